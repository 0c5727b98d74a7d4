"""An empty archive in a folder of its own, and a sealed drill in it."""

from pathlib import Path

import pytest
from drills_to_keep import WALL_MS, about, chain

from simulator.archive.archive import Archive
from simulator.journal.record import Line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the archive lies."""
    return tmp_path / "archive"


@pytest.fixture
def archive(folder: Path):
    """An empty archive in a folder."""
    with Archive.at(str(folder), {}) as opened:
        yield opened


@pytest.fixture
def sealed(archive: Archive) -> list[Line]:
    """Forty lines of one drill, played and sealed."""
    lines = chain(40, ended="resolved")
    writer = archive.new_drill(about())
    writer.append(lines, op_ids={3: "op-3"}, wall_ms=WALL_MS)
    writer.seal("resolved")
    return lines
