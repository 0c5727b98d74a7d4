"""What is done about it in the seldom turns: whose step, whose leave, which look, who is called."""

from dataclasses import replace

import pytest
from one_desk import Desk, desk, mind_of, orders
from small_incident import SCENARIO

from simulator.journal.commands.talk import AskApproval
from simulator.journal.events.incident import IncidentResolved, PageMerged, RoleAssigned
from simulator.journal.events.paging import Joined, PageAcknowledged, Paged
from simulator.journal.events.talk import (
    ApprovalAsked,
    ApprovalGiven,
    ApprovalRefused,
)
from simulator.journal.events.work import ActionStarted, HypothesisStated, WorkBegan
from simulator.journal.events.world import AlertFired, DebtOpened
from simulator.responders import (
    checks,
    commander,
    evidence,
    lapses,
    permission,
    remedies,
)
from simulator.responders.habits import NOVICE
from simulator.responders.wish import key_of

CARELESS = replace(NOVICE, misses=1.0)
NAMED = HypothesisStated(by="ann", cause="slow-query", confidence=90)


@pytest.mark.parametrize(
    ("answer", "state", "of"),
    [
        (None, "wait", "bob"),
        (ApprovalGiven(request="r1", by="bob", to="ann", action="promote"), "given", ""),
        (ApprovalRefused(request="r1", by="bob", to="ann", action="promote", words="no"),
         "refused", "cat"),
        (ApprovalRefused(request="r1", by="bob", to="ann", action="promote", words="why?",
                         asks_back=True), "refused", "bob"),
    ],
)  # fmt: skip
def test_leave_stands_as_it_was_answered(answer, state, of):
    """Who asked back is asked again; who refused is passed over for the next."""
    found = Desk()
    asked = ApprovalAsked(request="r1", by="ann", of="bob", action="promote", reason="x", risk="",
                          way_back="")  # fmt: skip
    found.told(300, *(Joined(person=one, role="sme") for one in ("bob", "cat")))
    found.told(400, asked)
    if answer:
        found.told(430, answer)
    stands = permission.leave(found.mind(440), "promote", ("backup", "commander"))

    assert (stands.state, stands.of) == (state, of)


def test_a_look_that_may_show_what_a_step_waits_for_is_taken_again():
    """The remedy waits for a clue: its look is awaited until somebody has begun the step."""
    waits = SCENARIO.replace("{do: kill-query}]", "{do: kill-query, when: found.held-pool}]")
    found = desk(waits)
    found.told(400, NAMED)
    awaited = remedies.awaited(found.mind(410))

    assert awaited == ("sessions",)
    assert "sessions" in [
        getattr(one, "look", "") for one in orders(checks.looking(found.mind(410)))
    ]
    found.told(420, NAMED)
    found.did(480, "kill-query")
    assert remedies.awaited(found.mind(490)) == ()


def test_a_measure_beside_the_remedy_is_taken_back():
    """Read-only was tried for another cause: once the right one is mended it is undone."""
    undo = SCENARIO.replace("{do: read-only, optional: yes}, {do: kill-query}", "{do: kill-query}")
    undo = undo.replace("kind: flag, takes: 60s,", "kind: flag, takes: 60s, undo: roll-back,")
    found = desk(undo)
    found.told(400, NAMED)
    found.did(450, "read-only")
    found.told(451, DebtOpened(debt="d1", says="Nobody writes.", undo="roll-back",
                               action="read-only"))  # fmt: skip
    before = remedies.undoing(found.mind(455))
    found.did(480, "kill-query")
    after = remedies.undoing(found.mind(490))
    found.did(700, "roll-back")

    assert (before, after, remedies.undoing(found.mind(710))) == ("", "roll-back", "")


def test_who_rushes_waits_for_no_leave_of_somebody_far_away():
    """The approver is not here: the rushing go ahead, the others ask."""
    rushing = replace(NOVICE, rushes=1.0, skips_gate=0.0)
    found = Desk()
    hurried = orders(remedies.taking(mind_of(found, habits=rushing), "promote"))
    asking = orders(remedies.taking(found.mind(600), "promote"))

    assert [getattr(one, "anyway", None) for one in hurried] == [True]
    assert [type(one) for one in asking] == [AskApproval]


def test_a_decision_is_written_once():
    """Who has decided on a way writes no second line about it, nor do the careless one."""
    found = Desk()
    found.told(400, NAMED)
    action = found.brief.scenario.actions["kill-query"]
    first = orders(remedies._decision(found.mind(410), "kill-query", action))
    careless = orders(remedies._decision(mind_of(found, habits=CARELESS), "kill-query", action))
    found.did(480, "kill-query")

    assert [one.text for one in first] == ["Decision: we work on: A query holds the pool"]
    assert careless == []
    assert orders(remedies._decision(found.mind(490), "kill-query", action)) == []


def test_insurance_is_given_to_somebody_with_a_free_terminal():
    """A side step that holds a terminal is bob's while ann goes on; it is asked for once."""
    holds = SCENARIO.replace(
        "kind: flag, takes: 60s,", "kind: flag, takes: 60s, holds_terminal: yes,"
    )
    found = desk(holds)
    found.told(400, NAMED)
    alone = orders(remedies._insuring(found.mind(410)))
    found.told(
        420, Joined(person="bob", role="sme"), RoleAssigned(role="sme", person="bob", by="ann")
    )
    given = orders(remedies._insuring(found.mind(430)))

    assert alone == []
    assert [(one.person, one.order) for one in given] == [("bob", {"action": "read-only"})]


def test_easing_is_reversible_and_taken_once():
    """What most causes begin with, unless it is under way or cannot be undone."""
    hard = SCENARIO.replace("{do: read-only, optional: yes}", "{do: promote, optional: yes}")
    found = Desk()
    first = orders(remedies._easing(found.mind(410)))
    found.did(480, "read-only")

    assert [one.action for one in first] == ["read-only"]
    assert orders(remedies._easing(found.mind(490))) == []
    assert orders(remedies._easing(desk(hard).mind(410))) == []


def test_what_no_look_of_the_story_shows_is_not_looked_for_again():
    """Only an alert told how many fail: nobody opens a look for that."""
    found = Desk()
    found.told(400, NAMED)
    alarm = AlertFired(alert="errors", severity="critical", summary="All", page=True,
                       facts={"errors": 1_000_000}, measured_at=410)  # fmt: skip
    found.told(410, alarm)
    found.did(480, "kill-query")
    alerted = orders(checks._refreshing(found.mind(600)))
    again = Desk()
    again.found(410, errors=1_000_000)
    again.did(480, "kill-query")

    assert alerted == []
    assert [one.look for one in orders(checks._refreshing(again.mind(600)))] == ["panel"]


def test_a_story_without_a_panel_of_the_whole_is_watched_by_nobody():
    """There is nothing to look at now and then."""
    blind = SCENARIO.replace("views: [metrics]", "views: [logs]")

    assert orders(checks._watching(desk(blind).mind(600))) == []
    assert [one.look for one in orders(checks._watching(Desk().mind(600)))] == ["panel"]


def test_what_never_gets_through_is_not_tried_for_ever():
    """Each step of the runbook was refused or failed too often: nothing is left to hurry to."""
    booked = SCENARIO.replace(
        "colleagues:\n", "runbooks: {restart: [panel, roll-back, kill-query]}\ncolleagues:\n"
    ).replace("summary: All requests fail,", "summary: All requests fail, runbook: restart,")
    found = desk(booked)
    page = Paged(page="p1", to="ann", role="on_call", alert="errors", level="CRITICAL", summary="x")
    found.told(330, page)
    mind = mind_of(found, habits=replace(NOVICE, rushes=1.0, forgets=0.0))
    memory = replace(
        mind.memory, refused={"mitigate:roll-back": (9, 400)}, failed={"kill-query": 9}
    )

    assert lapses.hurried(mind) == "roll-back"
    assert lapses.hurried(replace(mind, memory=memory)) == ""


@pytest.mark.parametrize(("statuses", "back"), [(True, ["investigating"]), (False, [])])
def test_what_breaks_again_is_reopened_where_the_plan_has_a_way_back(statuses, back):
    """The alert fires after it was called over; a plan without a way back leaves it closed."""
    found = Desk()
    kept = {} if not statuses else found.brief.plan.statuses
    found.brief = replace(found.brief, plan=replace(found.brief.plan, statuses=kept))
    found.told(500, NAMED, IncidentResolved(by="ann"))
    quiet = orders(commander.reopening(found.mind(510)))
    found.told(600, AlertFired(alert="errors", severity="critical", summary="All", page=True))
    again = orders(commander.reopening(found.mind(610)))

    assert quiet == []
    assert [one.status for one in again] == back


def test_only_ones_own_later_page_is_put_with_the_incident():
    """Bob's page is bob's to merge, and what was merged is merged."""
    found = Desk()
    for name, who in (("p8", "ann"), ("p9", "bob")):
        found.told(500, Paged(page=name, to=who, role="on_call", alert="errors", level="CRITICAL",
                              summary="x"), PageAcknowledged(page=name, by=who))  # fmt: skip
    mine = orders(commander.merging(found.mind(510)))
    found.told(520, PageMerged(page="p8", by="ann"))

    assert [one.page for one in mine] == ["p8"]
    assert orders(commander.merging(found.mind(530))) == []


def test_an_approver_may_ask_for_more_than_clues():
    """A figure is no clue: what a promotion costs is told by the clue alone."""
    asks = SCENARIO.replace("promote: found.lagging", 'promote: "found.lagging and errors > 50%"')

    assert [name for name, _ in evidence._asked(desk(asks).brief.scenario, "promote")] == [
        "lagging"
    ]
    assert evidence._prices(desk(asks).brief.scenario, "promote") == ("logs",)


def test_who_has_seen_all_that_tells_and_believes_nothing_says_so():
    """Not known is a name as well; it is said once."""
    found = Desk()
    for second, look in enumerate(found.brief.scenario.looks):
        found.told(400 + second, WorkBegan(by="ann", work="w", kind="look", item=look))
        found.found(420 + second, look)
    named = orders(remedies.naming(found.mind(500)))
    found.told(510, HypothesisStated(by="ann", cause="not-known", confidence=50))

    assert [one.cause for one in named] == ["not-known"]
    assert orders(remedies.naming(found.mind(520))) == []


def test_undoing_follows_the_remedy():
    """Everything of the remedy is done: what was tried beside it is taken back."""
    undo = SCENARIO.replace("{do: read-only, optional: yes}, {do: kill-query}", "{do: kill-query}")
    undo = undo.replace("kind: flag, takes: 60s,", "kind: flag, takes: 60s, undo: roll-back,")
    found = desk(undo)
    found.told(400, NAMED)
    found.did(450, "read-only")
    found.told(451, DebtOpened(debt="d1", says="Nobody writes.", undo="roll-back",
                               action="read-only"))  # fmt: skip
    found.did(480, "kill-query")

    assert "roll-back" in [
        getattr(one, "action", "") for one in orders(remedies.acting(found.mind(600)))
    ]


def test_insurance_is_asked_for_once_and_of_nobody_at_work():
    """Bob has been asked already; cat, who is at work, is passed over."""
    holds = SCENARIO.replace(
        "kind: flag, takes: 60s,", "kind: flag, takes: 60s, holds_terminal: yes,"
    )
    found = desk(holds)
    found.told(400, NAMED, Joined(person="bob", role="sme"))
    found.told(410, RoleAssigned(role="sme", person="bob", by="ann"))
    mind = found.mind(430)
    (order,) = orders(remedies._insuring(mind))
    asked = replace(mind, memory=replace(mind.memory, given={key_of(order): (1, 420)}))
    found.told(440, WorkBegan(by="bob", work="w4", kind="look", item="panel", looks_until=500))
    begun = Desk()
    begun.brief = found.brief
    begun.told(400, NAMED, Joined(person="bob", role="sme"))
    begun.did(480, "read-only")

    assert orders(remedies._insuring(asked)) == []
    assert orders(remedies._insuring(found.mind(450))) == []
    assert orders(remedies._insuring(begun.mind(490))) == []


WAITED = SCENARIO.replace(
    "{do: read-only, optional: yes}, {do: kill-query}",
    "{do: kill-query}, {do: await, when: done.kill-query}, {do: promote, when: done.await}",
).replace(
    "actions:\n",
    "actions:\n  await: {title: Wait, kind: evidence, takes: 30s, then: []}\n",
)


def test_before_a_step_of_no_return_one_looks_what_it_costs():
    """The approver wants to hear of the replica: its log is read before leave is asked for."""
    found = desk(WAITED)
    found.told(400, NAMED)
    found.did(450, "kill-query")
    first = orders(remedies.taking(found.mind(460), "promote"))
    ahead = orders(remedies._ahead(found.mind(460)))
    found.did(500, "await")
    after = orders(remedies._ahead(found.mind(510)))
    found.found(520, "logs")
    seen = orders(remedies.taking(found.mind(530), "promote"))

    assert [one.look for one in first] == ["logs"]
    assert [getattr(one, "look", "") for one in ahead] != ["logs"]
    assert [one.look for one in after] == ["logs"]
    assert [type(one) for one in seen] == [AskApproval]


def test_leave_from_before_a_wait_is_asked_for_afresh():
    """What was granted at 420 knew nothing of what the waiting showed; a later one holds."""
    found = desk(WAITED)
    action = found.brief.scenario.actions["promote"]
    found.told(400, NAMED, Joined(person="cat", role="commander"))
    asked = {
        "by": "ann",
        "of": "cat",
        "action": "promote",
        "reason": "",
        "risk": "",
        "way_back": "",
    }
    given = {"by": "cat", "to": "ann", "action": "promote"}
    found.told(410, ApprovalAsked(request="r1", **asked))
    found.told(420, ApprovalGiven(request="r1", **given))
    before = remedies._stands(found.mind(430), "promote", action).state
    found.did(500, "await")
    stale = remedies._stands(found.mind(510), "promote", action).state
    found.told(520, ApprovalAsked(request="r2", **asked))
    waiting = remedies._stands(found.mind(525), "promote", action)
    found.told(530, ApprovalGiven(request="r2", **given))
    fresh = remedies._stands(found.mind(540), "promote", action)

    assert (before, stale) == ("given", "ask")
    assert (fresh.state, fresh.request) == ("given", "r2")
    assert waiting.request == "r2"


def test_insurance_under_way_is_not_given_away():
    """Whoever has begun it does it."""
    holds = SCENARIO.replace(
        "kind: flag, takes: 60s,", "kind: flag, takes: 60s, holds_terminal: yes,"
    )
    found = desk(holds)
    found.told(400, NAMED, Joined(person="bob", role="sme"))
    found.told(410, RoleAssigned(role="sme", person="bob", by="ann"))
    free = orders(remedies._insuring(found.mind(415)))
    found.told(420, ActionStarted(by="ann", work="w5", action="read-only", kind="flag"))

    assert len(free) == 1
    assert orders(remedies._insuring(found.mind(430))) == []


def test_whoever_rushed_and_sees_it_work_looks_no_further():
    """A find after the last step decides: good enough, still failing, or none at all."""
    rushing = replace(NOVICE, rushes=1.0)
    seen = {}
    for name, errors in (("well", 400), ("ill", 900_000), ("unseen", None)):
        found = Desk()
        found.found(400, errors=900_000)
        found.did(480, "roll-back")
        if errors is not None:
            found.found(520, errors=errors)
        seen[name] = lapses.works_again(mind_of(found, 530, habits=rushing))

    assert seen == {"well": True, "ill": False, "unseen": False}
    assert not lapses.works_again(Desk().mind(530))
