"""The project stands alone: what a sentence points to is in the repository."""

import re
from pathlib import Path

import pytest

from simulator.debrief.rubric import COMPETENCIES, DISCIPLINE, MARKS
from simulator.responders.habits import COMPETENT, EXPERT, NOVICE

ROOT = Path(__file__).parent.parent
ROOMS = ("simulator", "scenarios", "tui", "reports", "tests", "benchmarks", "docs")
KINDS = (".py", ".j2", ".yaml", ".json", ".md", ".toml", ".txt")
SOURCES = sorted(
    path
    for room in (ROOT, *(ROOT / name for name in ROOMS))
    for path in (room.glob("*") if room == ROOT else room.rglob("*"))
    if path.suffix in KINDS and path.name != "test_papers.py" and "__pycache__" not in path.parts
)
NAMES = (
    "SCORE|RESPONSE|WORLD|PROMISES|DESIGN|DEBRIEF|PERFORMANCE|STAFFING|ECOSYSTEM|SCENARIOS|FIELD"
    "|CASEBOOK[A-Z-]*|PLANS(?:-PUBLIC)?|STYLE"
)
PAPER = re.compile(rf"(?<![\w/-])(?:{NAMES})(?:\.md\b|,? (?:section|rule) \d|,? \d|,? T\d)")
PAGE = re.compile(r"(?<![\w./-])docs/([\w-]+\.md)(?:, ([a-z][a-z0-9 -]*?)(?=[)(.;:`]|$))?")
LINK = re.compile(r"\]\(([\w-]+\.md)\)")


def name_of(path):
    return str(path.relative_to(ROOT))


def headings(page):
    """The headings of a page, in small letters, title aside."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("## ")]


def cited(path, text):
    """(page, heading or nothing) of every citation in a file."""
    if path.parent.name == "docs":
        return [(page, "") for page in LINK.findall(text)]
    if path.suffix == ".yaml":  # beside comments, a scenario tells of other people's pages
        text = "\n".join(line.partition("# ")[2] for line in text.splitlines())
    return [(m[1], m[2] or "") for line in text.splitlines() for m in PAGE.finditer(line)]


def test_what_is_cited_is_here():
    """No source file cites a page, or a heading of a page, that docs/ does not hold."""
    held = {page.name: headings(page.name) for page in (ROOT / "docs").glob("*.md")}
    wrong = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        wrong += [(name_of(path), paper) for paper in PAPER.findall(text)]
        wrong += [
            (name_of(path), f"docs/{page}, {part}")
            for page, part in cited(path, text)
            if page not in held or (part and part not in held[page])
        ]

    assert wrong == []


@pytest.mark.parametrize("habits", [EXPERT, COMPETENT, NOVICE], ids=lambda habits: habits.name)
def test_the_page_says_what_the_bots_are(habits):
    """The table of the bots in docs/response.md holds the figures of the code."""
    figures = (
        habits.ack_s, habits.ack_sigma, habits.think_s, habits.think_sigma,
        habits.misses, habits.reading, habits.trust, habits.skips_gate,
        habits.forgets, habits.strays, habits.rushes,
    )  # fmt: skip
    row = " | ".join((habits.name, *(f"{figure:g}" for figure in figures)))

    assert f"| {row} |" in (ROOT / "docs" / "response.md").read_text(encoding="utf-8")


def test_the_page_says_what_the_rubric_is():
    """The tables of docs/score.md hold every weight and factor of the rubric."""
    page = (ROOT / "docs" / "score.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines()]
    marks = {row[1]: row[2] for row in rows if len(row) == 4}
    firsts = {row[0] for row in rows if len(row) == 4}
    breaches = page.split("## Discipline")[1].split("## ")[0]
    factors = re.findall(r"^\|[^|]+\| (0\.\d+) \|", breaches, re.MULTILINE)

    assert {mark.id: str(mark.weight) for mark in MARKS} == {
        name: weight for name, weight in marks.items() if weight.isdigit()
    }
    assert {f"{name} {weight}" for name, weight in COMPETENCIES.items()} <= firsts
    assert sorted(factors) == sorted(f"{f / 1000:.2f}" for f in DISCIPLINE.values())
