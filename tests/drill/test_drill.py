"""A drill is a story that can be told again, taken up anywhere, and changed in one place."""

from dataclasses import replace

import pytest
from whole import brief, drill, orders, played, told

from simulator.drill import Drill, terms_of
from simulator.errors import EngineError
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.commands.room import HandBack, InjectFault, TakeChair
from simulator.journal.commands.work import CancelWork, Look
from simulator.journal.entry import Entry
from simulator.journal.events.paging import PageAcknowledged, Paged
from simulator.journal.events.room import ChairHandedBack, ChairTaken, Refused
from simulator.journal.events.world import AlertFired, FaultBegan, SignalsChanged


def again(entries, until=None):
    """The same drill, following the recorded orders up to a second, then its bots."""
    opened = entries[0].what
    copy = Drill(brief(), terms_of(opened))
    copy.follow(entries, until=until)
    return copy


def test_a_record_runs_again_to_the_same_entries():
    """Nobody decides anew: the recorded orders alone make the same journal."""
    entries = played()

    assert tuple(again(entries).entries) == entries


@pytest.mark.parametrize("second", [1, 664, 700, 1111, 1900, 2743, 3600])
def test_a_drill_taken_up_anywhere_ends_the_same(second):
    """Resumed at any second, bots go on as if nothing had happened."""
    entries = played()
    copy = again(entries, until=second)
    copy.run()

    assert tuple(copy.entries) == entries


@pytest.mark.parametrize("slice_s", [1, 7, 600])
def test_slices_of_time_change_nothing(slice_s):
    """Advanced by a second, by seven or by ten minutes: entry for entry the same."""
    entries = played()
    sliced = drill()
    while not sliced.ended:
        sliced.advance(sliced.now + slice_s)

    assert tuple(sliced.entries) == entries


def test_a_changed_record_is_named_at_its_first_difference():
    """An order put into another mouth is found where its consequence differs."""
    entries = list(played())
    at = next(n for n, e in enumerate(entries) if isinstance(e.what, Acknowledge))
    moved = entries[at]
    entries[at] = Entry(seq=moved.seq, at=moved.at, by="alice", what=moved.what)

    with pytest.raises(EngineError, match=f"entry {at + 1} differs"):
        again(entries)


def test_one_changed_decision_changes_nothing_before_it():
    """Two runs are the same until the second one of them acts otherwise."""
    usual = played()
    other = drill()
    other.advance(1500)
    other.submit("bob", CancelWork())
    other.run()
    split = next(n for n, e in enumerate(other.entries) if n >= len(usual) or e != usual[n])

    assert other.entries[split].at == 1500
    assert isinstance(other.entries[split].what, CancelWork)


def test_after_a_changed_decision_the_same_luck_is_drawn():
    """The world's own luck (phases, lags, boots) does not depend on what people do."""
    idle, busy = played("idle"), played("competent")

    def first_alerts(entries):
        return [(at, e.alert) for at, e in told(entries, AlertFired) if at <= 60]

    assert first_alerts(idle) == first_alerts(busy)


def test_a_person_takes_a_chair_and_hands_it_back():
    """While a person sits there the bot is silent; handed back, it takes the page that waits."""
    taken = drill()
    taken.advance(600)
    taken.submit("host", TakeChair(person="bob"))
    taken.advance(740)
    silent = [who for at, who, _ in orders(taken.entries) if who == "bob"]
    taken.submit("host", HandBack(person="bob"))
    taken.run()
    kinds = [type(e.what) for e in taken.entries]

    assert silent == []
    assert kinds.index(ChairTaken) < kinds.index(ChairHandedBack)
    assert any(who == "bob" and at > 740 for at, who, _ in orders(taken.entries))
    assert taken.ended


def test_a_live_order_runs_at_once():
    """A person at bob's chair takes the page in the second it comes."""
    live = drill(bob="idle")
    page = None
    while page is None:
        live.advance(live.now + 1)
        page = next((e.what.page for e in live.entries if isinstance(e.what, Paged)), None)
    second = live.now
    live.submit("bob", Acknowledge(page=page))

    assert [(e.at, e.what.by) for e in live.entries if isinstance(e.what, PageAcknowledged)] == [
        (second, "bob")
    ]


@pytest.mark.parametrize(
    ("by", "order", "code"),
    [
        ("bob", Look(look="no-such-look"), "unknown"),
        ("bob", InjectFault(fault="volume-lost"), "not_yours"),
        ("bob", Acknowledge(page="p99"), "unknown"),
    ],
)
def test_an_impossible_order_is_refused_and_changes_nothing(by, order, code):
    """The refusal goes to whoever asked; the picture stays as it was."""
    live = drill("idle")
    live.advance(300)
    before = live.stage.situation
    live.submit(by, order)
    after = live.stage.situation

    refused = live.entries[-1].what
    assert isinstance(refused, Refused)
    assert (refused.to, refused.code) == (by, code)
    assert replace(after, at=before.at, seq=before.seq) == before


def test_a_facilitator_breaks_something_now():
    """An injected fault bends the world in the same second."""
    live = drill("idle")
    live.advance(200)
    live.submit("facilitator", InjectFault(fault="volume-lost"))
    live.advance(202)

    kinds = [type(e.what) for e in live.entries if e.at == 200]
    assert FaultBegan in kinds
    assert SignalsChanged in kinds


def test_a_seat_never_reads_the_truth():
    """No entry about faults, signals or state is in any seat's picture."""
    whole = drill()
    whole.run()

    for person in brief().people():
        world = whole.stage.seat(person).world
        assert (world.state, world.signals, world.faults, world.gauges) == ({}, {}, {}, {})


def test_a_variant_with_a_clock_of_its_own_is_played_on_it():
    """What is recorded and what people write share the variant's own hour."""
    begun = drill(variant="executed")
    clock = brief().scenario.variants["executed"].begins

    assert begun.entries[0].what.begins == clock != brief().scenario.begins
    assert begun.stage.brief.scenario.begins == clock
