"""The report of an exercise: what was asked, what was answered, what was right."""

from functools import cache

from reports.drill_report import report_files
from reports.gather import contents
from reports.played import played
from simulator.brief.library import load
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms

SEED = 4


@cache
def drilled():
    """The alert drill as a competent person plays it."""
    brief = load("fraiseql-alert-drill").brief
    policies = dict.fromkeys(brief.people(), "competent")
    drill = Drill(brief, Terms(seed=SEED, policies=policies))
    drill.run()
    return tuple(drill.entries), drill.stage.brief


@cache
def files():
    """Its report as text."""
    entries, brief = drilled()
    card = score(entries, brief)
    return report_files(entries, brief, card, drill_id="alerts-4", verified_head="")


def told():
    """Its contents."""
    entries, brief = drilled()
    whole = played(entries, brief)
    return contents(whole, score(entries, brief), drill_id="alerts-4", verified_head="")


def test_every_item_is_told_with_what_was_right():
    """Twelve decisions, each with its answer; a wrong one is called so."""
    rows = told().items
    wrong = [row for row in rows if row.outcome == "wrong"]

    assert (len(rows), all(row.right for row in rows)) == (12, True)
    assert all((row.given == row.right) == (row not in wrong) for row in rows)


def test_it_says_in_three_lines_what_was_asked_and_how_it_went():
    """None of an incident's lines about what broke and who was hit."""
    names = [line.name for line in told().summary]

    assert names == ["What was asked", "What was true", "How it went"]


def test_the_page_shows_the_items_in_place_of_what_customers_felt():
    """There were no customers."""
    page, sheet = files()["report.html"], files()["report.md"]

    assert "What was asked</h2>" in page
    assert "What customers felt" not in page
    assert "| What ServiceDown measures |" in sheet


def test_it_ends_in_words():
    """Not by the engine's name for it."""
    assert "It ended when everything it asked for was settled" in files()["report.md"]
