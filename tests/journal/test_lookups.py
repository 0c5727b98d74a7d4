"""What conditions find behind a name: as a seat knows it, and as it truly is."""

from pathlib import Path

import pytest

from simulator.brief.conditions import Name
from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.errors import JournalError
from simulator.journal.entry import from_line
from simulator.journal.facts import known_by
from simulator.journal.record import GENESIS, chained, parsed, verify
from simulator.journal.situation import Situation
from simulator.journal.truth import truth
from simulator.journal.units import IN_PPM, IN_THOUSANDTHS, journalled, natural

SHOP = Path(__file__).parents[1] / "authoring" / "corner_shop.yaml"
PEOPLE = SHOP.with_name("corner_shop_people.yaml")


@pytest.fixture(scope="module")
def drill():
    """The shop on the corner, played to its end by people who know what they do."""
    brief = load(str(SHOP), roster=str(PEOPLE)).brief
    played = Drill(brief, Terms(seed=1, policies=dict.fromkeys(brief.people(), "expert")))
    played.run()
    return played


def test_a_seat_knows_its_incident_and_what_was_said(drill):
    """Level, status, holder of a role, hours since T0, a cause that was named."""
    situation = drill.stage.situation
    look = known_by(situation)
    named = situation.deeds["hypothesise"][-1].item

    assert look(Name(text="level")) == situation.incident.level
    assert look(Name(text="status")) == situation.incident.status
    assert look(Name(text="elapsed")) == situation.at - situation.marks["fired"]
    assert look(Name(text="role.commander")) == situation.holder("commander") != ""
    assert look(Name(text=f"named.{named}")) is True
    assert look(Name(text="named.dead-db")) is None
    assert look(Name(text="nothing.of-the-kind")) is None


@pytest.mark.parametrize("name", ["level", "status", "elapsed", "role.commander", "named.dead-db"])
def test_before_anything_happened_nobody_knows(name):
    """No incident, no T0, no holder: unknown, which is neither yes nor no."""
    assert known_by(Situation())(Name(text=name)) is None


def test_the_truth_has_rates_per_second_and_debts(drill):
    """Requests come by the minute in the journal; a debt nobody made is none."""
    situation = drill.stage.situation
    values = situation.world.signals["api"]
    look = truth(situation, drill.now)

    assert look(Name(text="api.offered")) == values["offered"] / 60
    assert look(Name(text="api.failed")) == (values["offered"] - values["served"]) / 60
    assert look(Name(text="api.ready")) == values["ready"]
    assert look(Name(text="api.no-such-signal")) is None
    assert look(Name(text="debt.nobody-made")) is False


@pytest.mark.parametrize("name", [*sorted(IN_PPM), *sorted(IN_THOUSANDTHS), "p95_ms"])
def test_a_value_survives_the_journal(name):
    """Shares to a millionth, ratios to a thousandth, the rest to one."""
    assert natural(name, journalled(name, 3.0)) == 3.0


def test_a_line_whose_body_is_no_mapping_is_no_entry():
    """However well it is chained."""
    line = chained(seq=0, at=0, by="x", cause=-1, kind="noted", body="[]", prev=GENESIS)

    with pytest.raises(JournalError, match="line 0: a body that is not a mapping"):
        from_line(line)


def test_a_record_never_runs_backwards():
    """Whatever its hashes say."""
    first = chained(seq=0, at=9, by="x", cause=-1, kind="noted", body="{}", prev=GENESIS)
    second = chained(seq=1, at=8, by="x", cause=-1, kind="noted", body="{}", prev=first.hash)

    with pytest.raises(JournalError, match="line 1 runs backwards: second 8 after 9"):
        verify([first, second])


def test_a_body_is_read_up_to_its_size():
    """One sign more than asked for is too many."""
    assert parsed('"ab"', largest=4) == "ab"
    with pytest.raises(JournalError, match="a body of 5 characters; at most 4 are read"):
        parsed('"abc"', largest=4)
