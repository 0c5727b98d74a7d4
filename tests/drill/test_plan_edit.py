"""A plan edit shows everywhere, with no code touched: paging, deadlines, score."""

import json

import pytest
from whole import PLANS, brief, told

from simulator.brief.brief import reread
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms
from simulator.journal.events.paging import Paged
from simulator.journal.targets import targets


def edited(plan, change):
    """The shipped incident under a copied plan with one value changed."""
    documents = dict(brief(plan).documents)
    tree = json.loads(documents["plan"])
    change(tree)
    return reread(documents | {"plan": json.dumps(tree)})


def highest(plan):
    """The top level's name."""
    return next(iter(brief(plan).plan.levels))


def play(agreed, policy, **chairs):
    """A whole drill under this brief."""
    policies = dict.fromkeys(agreed.people(), policy) | chairs
    whole = Drill(agreed, Terms(seed=7, policies=policies))
    whole.run()
    return whole


def mark(agreed, entries, name):
    """One mark of the score."""
    card = score(entries, agreed)
    return next(m for m in card.marks if m.id == name)


@pytest.mark.parametrize("plan", PLANS)
def test_an_earlier_acknowledgement_target_is_owed_and_scored_earlier(plan):
    """Thirty seconds instead of minutes: the same acknowledgement is late, its mark worth less."""
    level = highest(plan)

    def change(tree):
        tree["duties"]["acknowledge"]["within"][level] = "30s"

    tighter = edited(plan, change)
    usual, hurried = play(brief(plan), "competent"), play(tighter, "competent")
    due = next(
        t.limit_s
        for t in targets(tighter.plan, hurried.stage.situation, level)
        if t.duty == "acknowledge"
    )

    assert due == 30
    assert mark(brief(plan), usual.entries, "acknowledge").outcome == "met"
    assert mark(tighter, hurried.entries, "acknowledge").outcome != "met"


@pytest.mark.parametrize("plan", PLANS)
def test_an_earlier_escalation_pages_earlier(plan):
    """The second rung of the ladder at 20 s: somebody else is paged 20 s after T0."""
    level = highest(plan)

    def change(tree):
        rungs = [s for s in tree["escalation"]["no_ack"] if s["after"].get(level, "0s") != "0s"]
        rungs[0]["after"][level] = "20s"

    sooner = edited(plan, change)
    silent = play(sooner, "idle")
    pages = [at for at, page in told(silent.entries, Paged) if page.why == "no_ack"]

    assert pages[0] == 20
