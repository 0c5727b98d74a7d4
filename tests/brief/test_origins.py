"""Every origin a shipped document names can be looked up in docs/origins.md."""

import re
from collections.abc import Iterator
from pathlib import Path

from simulator.brief.binding import origins
from simulator.brief.nodes import compose

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "origins.md").read_text(encoding="utf-8")
FACT = re.compile(r"\b(?:FP|FR|VP|VD|VR|PP|CP|CR|K-[FVPCX])\d+\b")
ROW = re.compile(r"^\| (\S+) \|", re.MULTILINE)
DOCUMENT = re.compile(r"\b(\d{3}):\d+")


def comments() -> Iterator[tuple[str, str]]:
    """File name and comment of every value of every shipped document."""
    for file in sorted((HOUSE / "scenarios").rglob("*.yaml")):
        tree = compose(file.read_text(encoding="utf-8"), file.name)
        yield from ((file.name, comment) for comment in origins(tree).values())


def test_every_fact_and_reading_has_a_row() -> None:
    """A stranger finds each id that stands behind a value."""
    rows = set(ROW.findall(PAGE))
    without = {
        (file, name) for file, said in comments() for name in FACT.findall(said) if name not in rows
    }

    assert without == set()


def test_every_source_document_has_a_row() -> None:
    """`000:42` leads to a repository, a file and a commit."""
    rows = set(ROW.findall(PAGE))
    named = {name for _, said in comments() for name in DOCUMENT.findall(said)}

    assert named <= rows


def test_no_row_stands_twice() -> None:
    """One id, one meaning."""
    rows = [row for row in ROW.findall(PAGE) if FACT.fullmatch(row)]

    assert len(rows) == len(set(rows))
