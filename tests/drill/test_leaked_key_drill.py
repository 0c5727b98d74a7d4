"""A breach played whole: experts contain it and prove it quiet, nobody does if nobody acts."""

import pytest
from leaked_key import brief, played

from simulator.authoring.sameness import terms, trials
from simulator.drill import Drill, Terms
from simulator.journal.commands.work import Mitigate
from simulator.journal.events.room import Refused
from simulator.journal.events.world import AccessCut, EffectTook, ImpactEnded, IntruderActed
from simulator.journal.narration import retold


def told(drill, kind):
    """Every event of a kind."""
    return [entry.what for entry in drill.entries if isinstance(entry.what, kind)]


@pytest.mark.parametrize("variant", ["one", "two"])
def test_experts_contain_it(variant):
    """No foothold is left, it has been quiet for a quarter of an hour, and it is called over."""
    drill = played("expert", variant)
    situation = drill.stage.situation

    assert situation.ended == "closed"
    assert dict(situation.world.faults) == {}
    assert drill.stage.state("intruder.footholds") == 0
    assert {"mitigated", "restored", "resolved"} <= set(situation.marks)
    assert situation.marks["mitigated"] <= situation.marks["restored"]


@pytest.mark.parametrize("variant", ["one", "two"])
def test_the_proof_comes_a_quarter_of_an_hour_after_the_mark(variant):
    """Restored is the second the last foothold was gone."""
    drill = played("expert", variant)
    (known,) = [entry for entry in drill.entries if isinstance(entry.what, ImpactEnded)]

    assert known.at - known.what.since == 900


def test_experts_do_no_harm_to_keys():
    """Every step of the remedy is right, and it is told who was shut out."""
    drill = played("expert", "one")
    judged = {took.action: took.judged for took in told(drill, EffectTook)}

    assert judged == {"keep-evidence": "right", "revoke-hl01": "right", "close-sockets": "right"}
    assert [cut.credentials for cut in told(drill, AccessCut)] == [("hl01",), ("sockets",)]
    assert drill.stage.state("evidence") == "intact"


@pytest.mark.parametrize("variant", ["one", "two"])
def test_if_nobody_acts_the_thief_stays(variant):
    """Never restored, and ninety thousand rows a minute are gone to the end."""
    drill = played("idle", variant)
    end = drill.stage.now

    assert "restored" not in drill.stage.situation.marks
    assert drill.stage.state("intruder.active") is True
    assert drill.stage.situation.world.gauges["rows_stolen"].level_at(end) > 1500 * (end - 121)


def test_both_keys_in_one_stroke_wake_nobody():
    """The second key was minted, and it was found before the thief had to need it."""
    steps = [acted.step for acted in told(played("expert", "two"), IntruderActed)]

    assert steps == ["mints"]


def test_no_seat_hears_of_the_intruder():
    """What is told to the one on call holds no row of access and no step."""
    drill = played("expert", "two")
    heard = {
        type(told.entry.what).__name__ for told in retold(drill.entries, brief(), reader="ann")
    }

    assert heard
    assert heard.isdisjoint({"IntruderActed", "AccessCut", "StateSet", "EffectTook"})


def test_a_key_is_revoked_once():
    """The tool refuses the second time, and says when the first was."""
    drill = Drill(brief(), Terms(seed=1, variant="one", policies={}))
    drill.advance(300)
    drill.submit("cat", Mitigate(action="revoke-hl01", anyway=True))
    drill.advance(900)
    drill.submit("cat", Mitigate(action="revoke-hl01", anyway=True))
    drill.advance(1800)
    (refused,) = told(drill, Refused)

    assert "already revoked at 11:" in refused.reason


@pytest.mark.parametrize("tick", [1, 7, 600])
def test_a_breach_is_the_same_however_it_is_played(tick):
    """In steps, again, resumed and forked: the same bytes."""
    tried = list(trials(brief(), terms(brief(), 2), ticks=(tick,)))

    assert [f"{trial.way}: {trial.found}" for trial in tried if not trial.same] == []
