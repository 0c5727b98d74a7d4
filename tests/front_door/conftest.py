"""The front door without a shell around it, and one drill that many stories look at."""

import contextlib
import io

import pytest
from small_drill import Answer, write

from tui.command_line import main


@pytest.fixture
def gameday(capsys, monkeypatch, tmp_path):
    """Run a command in a folder of its own; its code, result and talk."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAMEDAY_ARCHIVE", str(tmp_path / "history"))

    def run(*arguments):
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        said = capsys.readouterr()
        return Answer(code=code, out=said.out, err=said.err)

    return run


@pytest.fixture(scope="session")
def played(tmp_path_factory):
    """An archive with one drill of the small shop, seed 7."""
    folder = tmp_path_factory.mktemp("played")
    history = folder / "history"
    with contextlib.redirect_stdout(io.StringIO()):
        code = main(
            ["run", str(write(folder)), "--seed", "7", "--no-report", "--archive", str(history)]
        )
    assert code == 0
    return history
