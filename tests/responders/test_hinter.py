"""Whoever takes every hint there is: asks, does what a hint names, asks again, and then stops."""

from functools import cache
from itertools import pairwise

import pytest
from small_incident import ROSTER, SCENARIO, Room, small_brief

from simulator.drill import Drill, Terms
from simulator.journal.commands.base import Command
from simulator.journal.commands.room import IAmStuck
from simulator.journal.commands.work import Look
from simulator.journal.events.paging import Joined, Paged
from simulator.journal.events.room import HintGiven, Refused
from simulator.journal.events.work import WorkBegan, WorkEnded
from simulator.journal.events.world import AlertFired
from simulator.responders.memory import BACK_OFF_S
from simulator.responders.probes import STUCK_EVERY_S, USED_UP_S

THREE = (
    "One thing holds the others up.",
    "Read the status pages of those we depend on.",
    "Sessions tell who holds the pool.",
)
"""Only the second names a look by two words of its title: `Status pages`."""
MANY = tuple(f"Think again for the {n}th time." for n in range(99))


def hinted(steps, roster=ROSTER):
    """The small incident with these hints, whatever stage people are in."""
    lines = "".join(f"      - {text}\n" for text in steps)
    teaching = f"teaching:\n  hints:\n  - stage: Triage\n    steps:\n{lines}"
    return small_brief(scenario=SCENARIO + teaching, roster=roster)


@cache
def played(steps=THREE, seed=1, mode="standard"):
    """A drill with a taker of hints in every chair."""
    return drill_of(hinted(steps), seed, mode)


def drill_of(brief, seed=1, mode="standard"):
    """One drill of this brief, to its end."""
    people = dict.fromkeys(brief.people(), "hinter")
    drill = Drill(brief, Terms(seed=seed, variant="query", mode=mode, policies=people))
    drill.run()
    return drill


def told(drill, *kinds):
    """The entries of these kinds."""
    return [e for e in drill.entries if isinstance(e.what, kinds)]


def asks(drill):
    """The seconds at which somebody asked for a hint."""
    return [e.at for e in told(drill, IAmStuck)]


def test_hints_are_asked_for_one_after_another():
    """Three minutes after the alert at the earliest, and three minutes after the hint before."""
    drill = played()
    began = drill.stage.situation.marks["fired"]
    given = dict.fromkeys(e.what.text for e in told(drill, HintGiven))

    assert all(b - a >= STUCK_EVERY_S for a, b in pairwise([began, *asks(drill)]))
    assert tuple(given) == THREE


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_look_a_hint_names_is_taken_next(seed):
    """Two words of its title name it; whatever else there is to do waits."""
    drill = played(seed=seed)
    hint = next(e for e in told(drill, HintGiven) if e.what.text == THREE[1])
    following = [e.what for e in told(drill, Command) if e.by == hint.what.to and e.seq > hint.seq]

    assert following[0] == Look(look="pages")


def test_one_word_names_no_look():
    """`Sessions` alone is a word like others: what ann would do anyway goes on."""
    drill = played()
    hint = next(e for e in told(drill, HintGiven) if e.what.text == THREE[2])
    following = [e.what for e in told(drill, Command) if e.by == hint.what.to and e.seq > hint.seq]

    assert following[0] != Look(look="sessions")
    assert Look(look="sessions") in following


def test_what_is_used_up_is_seldom_asked_for_again():
    """The last hint given twice is the last of its stage: from then on ten minutes pass."""
    times = asks(played())
    pauses = [later - sooner for sooner, later in pairwise(times)]

    assert all(pause >= USED_UP_S for pause in pauses[len(THREE) :])
    assert len(times) > len(THREE) + 1


def test_the_hints_of_a_later_stage_are_taken_as_well():
    """Once a cause was named other hints are there, and both of them are asked for."""
    stages = (
        "  - {stage: Triage, while: not named.slow-query, steps: [One thing holds the others.]}\n"
        "  - {stage: Cure, while: named.slow-query, steps: [What can be undone?, Who owns it?]}\n"
    )
    drill = drill_of(small_brief(scenario=f"{SCENARIO}teaching:\n  hints:\n{stages}"))
    given = dict.fromkeys(e.what.text for e in told(drill, HintGiven))

    assert tuple(given) == (
        "One thing holds the others.",
        "What can be undone?",
        "Who owns it?",
    )


def test_only_who_acts_asks():
    """Cat has come and takes hints as well, but it is ann's to find out."""
    drill = played()
    came = next(e.at for e in told(drill, Joined) if e.what.person == "cat")

    assert came + STUCK_EVERY_S < asks(drill)[-1]
    assert {e.by for e in told(drill, IAmStuck)} == {"ann"}


def paged():
    """Ann, whose phone is off, was paged at 100; the alert still stands at 900."""
    silent = ROSTER.replace("roles: [on_call]", "roles: [on_call], silent: yes")
    room = Room(hinted(THREE, silent), ann="hinter")
    room.told(
        100,
        Paged(page="p1", to="ann", role="on_call", alert="errors", level="CRITICAL", summary="All"),
    )
    room.told(900, AlertFired(alert="errors", severity="critical", summary="All", page=True))
    return room


def test_nobody_asks_before_they_have_come():
    """The page has long rung; the first thing ann says is that she needs help."""
    room = paged()
    before = room.wants("ann")
    room.told(910, Joined(person="ann", role="on_call"))

    assert (before, room.wants("ann")) == (None, IAmStuck())


def test_nobody_asks_with_hands_full():
    """A look is under way: the question comes when it has ended."""
    room = paged()
    room.told(910, Joined(person="ann", role="on_call"))
    room.told(911, WorkBegan(by="ann", work="w1", kind="look", item="panel", looks_until=960))
    during = room.wants("ann")
    room.told(960, WorkEnded(by="ann", work="w1", kind="look", item="panel"))

    assert (during, room.wants("ann")) == (None, IAmStuck())


def test_who_is_refused_a_hint_asks_ever_more_seldom():
    """An assessed run has none: each refusal doubles the pause."""
    drill = played(mode="assessed")
    refused = [e.at for e in told(drill, Refused) if e.what.order == "i_am_stuck"]
    pauses = [later - sooner for sooner, later in pairwise(refused)]

    assert told(drill, HintGiven) == []
    assert all(pause >= BACK_OFF_S * 2**n for n, pause in enumerate(pauses))


def test_once_it_works_again_no_hint_is_asked_for():
    """There are hints for hours: they are asked for until it is called over."""
    drill = played(MANY)
    resolved = drill.stage.situation.marks["resolved"]
    last = drill.entries[-1].at

    assert resolved - 3 * STUCK_EVERY_S < asks(drill)[-1] < resolved
    assert resolved + STUCK_EVERY_S < last
