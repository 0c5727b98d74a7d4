"""Whole drills played by bots: they end well, each is a pure fold, and the probes do not."""

import random
from functools import cache
from itertools import pairwise

import pytest
from small_incident import small_brief

from simulator.chance import Chance
from simulator.drill import Drill, Terms
from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import Declare
from simulator.journal.commands.talk import SendMessage
from simulator.journal.commands.work import Hypothesise, Look, Mitigate
from simulator.journal.events.incident import IncidentResolved
from simulator.journal.events.world import EffectTook
from simulator.journal.situation import Situation, visible_to
from simulator.responders.chairs import seated

BRIEF = small_brief()
EXPERTS = ("expert", "expert-mitigate", "expert-delegate", "expert-communicate")


@cache
def played(policy, variant="query", seed=1, plan="fraiseql"):
    """A drill with one policy in every chair."""
    brief = BRIEF if plan == "fraiseql" else small_brief(plan)
    people = dict.fromkeys(brief.people(), policy)
    drill = Drill(brief, Terms(seed=seed, variant=variant, policies=people))
    drill.run()
    return drill


def orders(drill, *kinds):
    """The orders of these kinds that were given."""
    return [e.what for e in drill.entries if isinstance(e.what, kinds)]


@pytest.mark.parametrize("policy", [*EXPERTS, "competent", "novice"])
@pytest.mark.parametrize("variant", ["query", "release"])
def test_people_who_respond_bring_it_to_its_end(policy, variant):
    """Whatever comes first for them, it is restored, resolved and closed, and the report is in."""
    situation = played(policy, variant).stage.situation

    assert situation.ended == "closed"
    assert {"restored", "resolved", "closed"} <= set(situation.marks)
    assert "report" in situation.deeds


@pytest.mark.parametrize("policy", EXPERTS)
def test_experts_prove_it_before_they_say_it(policy):
    """No gate is open and no watch is cut short when an expert calls it over."""
    said = [e.what for e in played(policy).entries if isinstance(e.what, IncidentResolved)]

    assert [(one.gates_open, one.watch_left_s) for one in said] == [((), 0)]


@pytest.mark.parametrize("plan", ["platform", "code", "virtengine"])
def test_an_expert_plays_every_plan(plan):
    """The same incident under another organisation's words ends as well."""
    situation = played("expert", plan=plan).stage.situation

    assert situation.ended == "closed"
    assert "restored" in situation.marks


def test_practice_shows_in_the_time_it_takes():
    """An expert restores sooner than a competent colleague, who is sooner than a novice."""
    marks = [played(who).stage.situation.marks for who in ("expert", "competent", "novice")]
    took = [mark["restored"] - mark["fired"] for mark in marks]

    assert took == sorted(took)


@pytest.mark.parametrize(
    ("variant", "cause"), [("query", "slow-query"), ("release", "bad-release")]
)
def test_an_expert_names_what_it_was(variant, cause):
    """The clues lead where the truth is, in either variant."""
    named = [one.cause for one in orders(played("expert", variant), Hypothesise)]

    assert named[-1] == cause


def test_who_mitigates_first_acts_before_a_cause_is_named():
    """Read-only mode helps in every variant, can be taken back, and needs nobody's leave."""
    given = orders(played("expert-mitigate"), Mitigate, Hypothesise)

    assert given[0] == Mitigate(action="read-only")


def test_nobody_learns_and_acts_in_one_second():
    """Every order comes later than whatever its giver was last told, its own refusals included."""
    drill = played("expert")
    for order in (e for e in drill.entries if isinstance(e.what, Command)):
        before = [e for e in drill.entries[: order.seq] if visible_to(e, order.by)]

        assert not [e for e in before if e.at == order.at and e.by == "engine"]


@pytest.mark.parametrize("policy", ["expert", "novice", "random", "spammer"])
def test_a_bot_is_what_it_heard_and_nothing_else(policy):
    """Told the same entries, a fresh bot wants the same at the same second, however often asked."""
    drill, draw = played(policy), random.Random(5)
    for person in BRIEF.people()[:2]:
        often, picture = seated(person, policy, BRIEF, Chance(1)), Situation()
        heard = [e for e in drill.entries if visible_to(e, person)]
        stops = set(draw.sample(range(len(heard)), min(5, len(heard))))
        for n, entry in enumerate(heard):
            picture = picture.after(entry)
            often.notice(entry, picture)
            if draw.random() < 0.3:
                assert often.intent is None or often.intent.at > entry.at
            if n in stops:
                assert retold(person, policy, heard[: n + 1]) == often.intent


def retold(person, policy, heard):
    """What a fresh bot wants after hearing this."""
    fresh, picture = seated(person, policy, BRIEF, Chance(1)), Situation()
    for entry in heard:
        picture = picture.after(entry)
        fresh.notice(entry, picture)
    return fresh.intent


def test_idle_does_nothing():
    """Not one order, until the drill reaches its limit."""
    drill = played("idle")

    assert orders(drill, Command) == []
    assert drill.stage.situation.ended == "limit"


def test_random_says_something_every_minute():
    """One order a minute and person, none of them an end without an incident."""
    drill = played("random")
    for person in BRIEF.people():
        said = [e.at for e in drill.entries if e.by == person]

        assert all(60 <= after - before <= 62 for before, after in pairwise(said))


def test_the_spammer_takes_every_action_and_looks_at_nothing():
    """Top level, all actions in the order of the file, messages all the time, not one look."""
    drill = played("spammer")
    by_ann = [e.what for e in drill.entries if e.by == "ann"]
    actions = [one.action for one in by_ann if isinstance(one, Mitigate)]

    assert [one.level for one in by_ann if isinstance(one, Declare)] == ["CRITICAL"]
    assert list(dict.fromkeys(actions)) == list(BRIEF.scenario.actions)
    assert len([one for one in by_ann if isinstance(one, SendMessage)]) > 20
    assert not orders(drill, Look)


def test_experts_do_no_harm():
    """Every effect an expert causes helps, or is at least of no harm."""
    judged = [e.what.judged for e in played("expert").entries if isinstance(e.what, EffectTook)]

    assert "harmful" not in judged
