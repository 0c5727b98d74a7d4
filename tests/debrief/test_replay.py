"""A recorded drill looked at again: what it opened with, whose eyes, and where a rerun differs."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.brief.library import load
from simulator.debrief.replay import brief_of, opened_of, replay, rerun
from simulator.drill import Drill, Terms
from simulator.errors import JournalError, UnknownNameError
from simulator.journal.entry import TAGS, Entry, to_line
from simulator.journal.events.room import DrillOpened
from simulator.journal.events.talk import Noted
from simulator.journal.record import GENESIS

SHOP = Path(__file__).parents[1] / "authoring" / "corner_shop.yaml"
PEOPLE = SHOP.with_name("corner_shop_people.yaml")


def lined(entries):
    """The entries as a record that verifies."""
    lines = []
    for entry in entries:
        lines.append(to_line(entry, lines[-1].hash if lines else GENESIS))
    return tuple(lines)


@pytest.fixture(scope="module")
def entries():
    """Twenty minutes of the shop on the corner, in which nobody does anything."""
    brief = load(str(SHOP), roster=str(PEOPLE)).brief
    short = replace(brief, scenario=replace(brief.scenario, limit=1200))
    # The limit is the recorded scenario's too, or a rerun would go on.
    assert '"limit":"2h"' in brief.documents["scenario"]
    scenario = brief.documents["scenario"].replace('"limit":"2h"', '"limit":"20m"')
    told = replace(short, documents={**brief.documents, "scenario": scenario})
    return Drill(told, Terms(seed=1, policies=dict.fromkeys(brief.people(), "idle"))).run()


def test_a_record_that_opens_no_drill_is_refused(entries):
    """Its first line is somebody's note."""
    note = Entry(seq=0, at=0, by="ann", what=Noted(by="ann", text="hello", decision=False))

    with pytest.raises(JournalError, match="line 0 does not open a drill"):
        opened_of(lined([note]))
    assert isinstance(opened_of(lined(entries)), DrillOpened)


def test_a_brief_this_version_cannot_read_names_the_one_that_recorded_it(entries):
    """The first of what is wrong with it follows."""
    opened = replace(entries[0].what, brief={"scenario": "{}"}, engine="9.9.9")
    lines = lined([replace(entries[0], what=opened)])

    with pytest.raises(JournalError, match=r"recorded by gameday 9\.9\.9: 'plan'"):
        brief_of(lines)


def test_a_drill_is_seen_through_a_persons_or_a_roles_eyes(entries):
    """The on-call person is one seat by two names; a stranger is none."""
    lines = lined(entries)

    mine = replay(lines, seat="ann")
    assert mine == replay(lines, seat="on_call")
    assert 0 < len(mine) < len(replay(lines))
    with pytest.raises(UnknownNameError, match="no seat is called 'anne'; did you mean 'ann'"):
        replay(lines, seat="anne")


def other(entries):
    """The same record with another word in its last entry, a later second, and another kind."""
    last = entries[-1]
    ended = replace(last, what=replace(last.what, reason="stopped"))
    later = replace(last, at=last.at + 1)
    note = replace(last, what=Noted(by="ann", text="hello", decision=False))
    return ended, later, note


def test_a_rerun_says_where_and_how_it_differs(entries):
    """Another body, another second, another kind, half a second, a line too many."""
    *before, last = entries
    extra = Entry(seq=len(entries), at=last.at, by="ann", what=other(entries)[2].what)
    records = [[*before, one] for one in other(entries)] + [entries[:2], [*entries, extra]]
    found = [rerun(lined(record)) for record in records]

    seq, at = last.seq, last.at
    again = f"the rerun tells a drill_ended at second {at}"
    assert rerun(lined(entries)).same
    assert [proof.differs_at for proof in found] == [seq, seq, seq, 2, seq + 1]
    assert [proof.found for proof in found] == [
        f"line {seq} (drill_ended) has another body in the rerun",
        f"line {seq} is a drill_ended at second {at + 1}; {again}",
        f"line {seq} is a noted at second {at}; {again}",
        f"the rerun goes on after line 1 with a {TAGS[type(entries[2].what)]}",
        f"the rerun ends after {seq + 1} lines; {seq + 2} are recorded",
    ]
