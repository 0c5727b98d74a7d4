"""Laws of access: whatever is done to credentials, and in whatever steps it is played."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leaky_shop import NAMES, changes_of, do, leaky, orders
from shop import play

from simulator.brief.scenario.access import Use
from simulator.journal.entry import body_of
from simulator.journal.events.world import StateSet
from simulator.world.uses import Tried, getting_through


def played(orders_given, seed, until=1600, tick=None):
    """The leaky shop with effects at their seconds, played in steps of so many seconds."""
    stage = leaky("minted", seed)
    for at, text in orders_given:
        while tick and stage.now + tick < at:
            play(stage, stage.now + tick)
        if stage.now < at:
            play(stage, at)
        do(stage, text)
    return play(stage, until)


def value_at(changes, second):
    """What a row stood at, at the end of a second."""
    return next((value for at, value in reversed(changes) if at <= second), None)


@settings(max_examples=40, deadline=None)
@given(orders(), st.integers(0, 50))
def test_a_door_shuts_within_its_range(given_orders, seed):
    """Never later than the high bite after its death; never sooner than the low one unpurged."""
    stage = played(given_orders, seed)
    purged = any("purge" in text for _, text in given_orders)
    for name in ("hl01", "bp02", "hl09"):
        deaths = [at for at, status in changes_of(stage, f"cred.{name}")
                  if status in ("deactivated", "deleted")]  # fmt: skip
        for at, is_open in changes_of(stage, f"cred.{name}.accepted")[1:]:
            if not is_open:
                assert any(at - 300 <= died <= at for died in deaths)
                assert purged or any(at - 300 <= died <= at - 60 for died in deaths)


@settings(max_examples=40, deadline=None)
@given(orders(), st.integers(0, 50))
def test_footholds_are_accepted_credentials_an_intruder_has(given_orders, seed):
    """At the end of every second in which either has changed."""
    stage = played(given_orders, seed)
    doors = {name: changes_of(stage, f"cred.{name}.accepted") for name in NAMES}
    told = changes_of(stage, "intruder.footholds")
    for second in sorted({at for changes in (told, *doors.values()) for at, _ in changes}):
        theirs = [
            value_at(doors[name], second) is True and (second >= 60 or name == "hl09")
            for name in ("hl01", "sockets", "hl09")
        ]

        assert value_at(told, second) == sum(theirs)


@settings(max_examples=40, deadline=None)
@given(orders(), st.integers(0, 50))
def test_what_was_stolen_is_the_sum_of_rates_times_times(given_orders, seed):
    """Exactly, whatever was opened and shut in between."""
    stage = played(given_orders, seed)
    steps = [*changes_of(stage, "intruder.rows_per_min"), (1600, 0)]
    rows = sum(rate * (after - at) for (at, rate), (after, _) in pairwise(steps))
    gauge = stage.situation.world.gauges["rows_stolen"]

    assert gauge.level_at(1600) == pytest.approx(rows / 60, abs=0.02)


@settings(max_examples=40, deadline=None)
@given(orders(), st.integers(0, 50))
def test_what_is_deleted_or_closed_lets_nobody_in_for_long(given_orders, seed):
    """At the end only what is live is accepted, and everything live that is not bound is."""
    stage = played(given_orders, seed)
    for name in NAMES:
        is_live = stage.state(f"cred.{name}") == "live"
        bound = name == "watcher" and stage.state("cred.hl01.accepted") is not True

        assert stage.state(f"cred.{name}.accepted") is (is_live and not bound)


@settings(max_examples=20, deadline=None)
@given(orders(), st.integers(0, 50), st.sampled_from([1, 7, 600]))
def test_the_steps_it_is_played_in_change_nothing(given_orders, seed, tick):
    """Every entry the same, to the byte."""
    one, other = (played(given_orders, seed, tick=step) for step in (None, tick))

    assert [(e.at, body_of(e.what)) for e in one.entries] == [
        (e.at, body_of(e.what)) for e in other.entries
    ]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=6), st.integers(0, 6000))
def test_a_limit_lets_through_what_it_says(asked, most):
    """As much as is tried, up to the limit exactly; nobody gets more than they try."""
    use = Use(by="owner", per_min=1)
    tried = [
        Tried(name=f"u{n}", use=use, is_on=True, is_shut=False, per_min=count)
        for n, count in enumerate(asked)
    ]
    through = getting_through(tried, most)

    assert sum(through) == min(most, sum(asked))
    assert all(got <= count for got, count in zip(through, asked, strict=True))


def test_rows_are_told_only_where_they_change():
    """No row of access is told twice with one value in a row."""
    stage = played([(100, "{deactivate: [hl01], cascade: yes}")], 3)
    last = {}
    for entry in stage.entries:
        if isinstance(entry.what, StateSet) and entry.what.name.startswith(("cred", "intruder")):
            assert last.get(entry.what.name) != entry.what.value
            last[entry.what.name] = entry.what.value
