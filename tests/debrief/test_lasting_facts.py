"""Since when a plan's conditions held, as the one pass over a journal counts it."""

from dataclasses import replace

from scored_brief import T0, journal, looked, opening, plan, scenario

from simulator.brief.conditions import parse
from simulator.debrief.reading import read

CALM = {"errors": 0}
FAILING = {"errors": 900_000}


def data_path(*looks):
    """Since when the data path is open, in seconds from T0; its condition asks for five minutes."""
    whole = plan()
    path = replace(whole.escalation.special["data"], only_if=parse("errors > 50% for 5m"))
    lasting = replace(whole, escalation=replace(whole.escalation, special={"data": path}))
    acts = opening() | {at: (at, looked("metrics", facts=facts)) for at, facts in looks}
    held = read(journal(acts), lasting, scenario()).held_since
    return held["data"] - T0 if "data" in held else None


def test_a_condition_that_must_last_counts_from_when_it_has_lasted():
    """Nobody looks in the second the five minutes are over, and it counts all the same."""
    assert data_path((100, FAILING), (900, FAILING)) == 300


def test_a_condition_that_was_broken_off_has_not_lasted():
    """Four minutes, a calm look, four minutes more."""
    assert data_path((240, CALM), (250, FAILING), (480, CALM)) is None
