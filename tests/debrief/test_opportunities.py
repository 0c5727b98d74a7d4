"""What arose only in some drills: leave and answers, milestones, tools in the way, odd plans."""

from dataclasses import replace

from scored_brief import (
    ALICE,
    BOB,
    CHARLIE,
    DOWN,
    HEALTHY,
    MINUTE,
    brief,
    journal,
    looked,
    mark,
    plan,
    said,
    scenario,
    well_done,
    without,
)

from simulator.brief.conditions import parse
from simulator.brief.scenario.sight import AlertRule
from simulator.brief.scenario.story import Milestone, Objective, Teaching
from simulator.debrief.rubric import MARKS
from simulator.debrief.scoring import score, scored
from simulator.journal.events import incident, room, talk, work, world


def asked(action, request="r1"):
    return talk.ApprovalAsked(request=request, by=ALICE, of=CHARLIE, action=action, reason="",
                              risk="", way_back="")  # fmt: skip


def test_a_request_that_mattered_is_an_opportunity_of_whoever_was_asked():
    """Answered is met, lapsed is missed; leave for what changed nothing is no opportunity."""
    acts = well_done() | {
        "ask": (305, asked("restart-db")),
        "leave": (308, talk.ApprovalGiven(request="r1", by=CHARLIE, to=ALICE, action="restart-db")),
        "again": (309, asked("restart-db", "r2")),
        "lapsed": (549, talk.ApprovalLapsed(request="r2", of=CHARLIE, next="")),
        "idle": (700, asked("restart-api", "r3")),
        "granted": (
            710,
            talk.ApprovalGiven(request="r3", by=CHARLIE, to=ALICE, action="restart-api"),
        ),
    }
    parts = mark(acts, "approvals").parts

    assert {part.name: part.outcome for part in parts} == {
        "answer.r1": "met",
        "answer.r2": "missed",
    }


def test_a_message_that_wants_leave_is_an_opportunity():
    """The plan's template says whose leave it needs."""
    name, _ = next((n, t) for n, t in plan().templates.items() if t.needs_approval_of)
    sent = replace(said("customer_notice", audience="customers"), template=name, authorised=False)
    parts = mark(well_done() | {"customers": (420, sent)}, "approvals").parts

    assert [(part.name, part.outcome) for part in parts] == [(f"leave.{name}", "missed")]


def test_who_delegated_what_was_done_in_its_time_has_a_share_in_it():
    """Charlie asked Alice to tell the customers; the notice is a deed of both."""
    acts = well_done() | {
        "task": (400, talk.Delegated(by=BOB, to=CHARLIE, what="send_message", order={}, task="t1",
                                     within_s=60)),
    }  # fmt: skip
    cards = {card.person: card for card in score(journal(acts), brief()).people}

    assert "customer_notice" in [one.mark for one in cards[BOB].marks]


def test_a_hint_about_something_else_assists_nothing():
    """Only marks of the hint's own stage are assisted."""
    acts = well_done() | {"hint": (250, room.HintGiven(to=ALICE, text="when?", stage="follow-up"))}
    found = score(journal(acts), brief()).marks

    assert {one.id for one in found if one.assisted} == set()


def test_a_message_that_asks_for_nothing_has_all_it_needs():
    """No required field, no share to earn."""
    sent = replace(said("status_page", filled=0, audience="public"), required=0)

    assert mark(well_done() | {"status_page": (200, sent)}, "status_page").earned == 1000


def test_an_incident_resolved_as_it_was_declared_owed_nobody_an_update():
    """No time passed in which anybody waited."""
    acts = well_done() | {"resolved": (100, incident.IncidentResolved(by=CHARLIE))}

    assert mark(acts, "cadence").parts == ()


def test_parts_of_several_outcomes_share_the_word_that_says_most():
    """Early beats all; set aside with the rest met is deviated; the rest is a share."""
    debt = world.DebtOpened(debt="rule", says="open", undo="close", action="restart-db")
    early = well_done() | {
        "debt": (700, debt),
        "resolved": (2400, incident.IncidentResolved(by=CHARLIE, watch_left_s=600)),
    }
    aside = without(well_done(), "bridge") | {
        "aside": (200, incident.DutyDeviated(duty="open-bridge", because="one room", by=ALICE)),
    }
    less = without(well_done(), "deploys", "proof.deploys")

    assert [mark(early, "watch").outcome, mark(aside, "roles").outcome,
            mark(less, "checks").outcome] == ["early", "deviated", "partly"]  # fmt: skip


def test_a_level_kept_most_of_the_time_is_partly_kept():
    """Nearly all of the time is no lateness."""
    acts = well_done()
    acts["measured"] = (150, looked("metrics", by=CHARLIE, facts={"errors": 30_000}))

    assert mark(acts, "severity").outcome == "partly"


def test_a_scenario_that_weighs_nothing_has_no_total():
    """Every mark at weight 0: nothing could fall due."""
    found = score(journal(well_done()), brief(marks=dict.fromkeys((m.id for m in MARKS), 0.0)))

    assert (found.total_milli, found.due_milli, found.incomplete) == (None, 0, True)


def test_a_truth_the_scenario_does_not_know_asks_for_no_cause():
    """Without a variant there is no cause to name, and no evidence to wait on."""
    found = score(journal(without(well_done(), "effect")), brief(variants={}))

    assert found.mark("cause").absent


def test_a_decision_after_the_first_act_is_no_decision_to_wait():
    """Somebody had begun to change something already, and nothing came of it."""
    acts = without(well_done(), "effect", "cured", "decided")
    acts["noted"] = (330, talk.Noted(by=ALICE, text="let it run", decision=True))

    assert mark(acts, "restore").earned == 0


def test_a_plan_without_a_watch_asks_for_none():
    """What the plan is silent about is absent."""
    own = replace(plan(), ending=replace(plan().ending, watch={}))

    assert scored(journal(well_done()), own, scenario()).mark("watch").absent


def test_an_effect_whose_start_is_not_told_is_not_blind():
    """Nothing says in what light it was begun."""
    assert mark(without(well_done(), "started"), "restore").earned == 1000


def test_a_commander_who_has_seen_nothing_changes_no_expectation():
    """The level stays that of the page until the new seat learns something."""
    acts = without(well_done(), "joined")
    acts["commander"] = (130, incident.RoleAssigned(role="commander", person="dora", by=ALICE))

    assert score(journal(acts), brief()).levels["expected"] == ((100, "CRITICAL"),)


def milestones(acts, **terms):
    """(name, seconds from T0) of the rows after the first."""
    teaching = Teaching(milestones={
        name: Milestone(title=name, when=parse(when), within=600) for name, when in terms.items()
    })  # fmt: skip
    table = score(journal(acts), brief(teaching=teaching)).table
    return [(row.name, row.actual_s, row.label) for row in table[1:]]


def test_a_milestone_is_reached_when_its_condition_holds_again():
    """What was lost comes back, or never; what was never lost is no milestone of this drill."""
    found = milestones(well_done(), back="errors < 1%", never="errors < 0%", kept="p95_ms < 60000")

    assert found == [("back", 540, "EXCELLENT"), ("never", None, "")]


def test_a_milestone_lost_again_by_the_response_itself_keeps_its_first_second():
    """Reached once is reached."""
    acts = well_done() | {
        "worse": (700, world.FactsChanged(facts=DOWN)),
        "better2": (760, world.FactsChanged(facts=HEALTHY)),
    }

    assert milestones(acts, back="errors < 1%") == [("back", 540, "EXCELLENT")]


def test_the_table_names_lateness_as_its_scale_does():
    """Within a quarter LATE, beyond it POOR."""

    def label(minutes):
        acts = well_done()
        acts["restored"] = (minutes * MINUTE + 60, world.ImpactEnded(since=100 + minutes * MINUTE))
        return score(journal(acts), brief()).table[0].label

    assert [label(9), label(15), label(18), label(25)] == ["EXCELLENT", "GOOD", "LATE", "POOR"]


def test_an_objective_may_ask_what_became_of_a_mark():
    """`mark.<id>` stands for its outcome word; a mark that was not reached for nothing."""
    teaching = Teaching(objectives={
        "taken": Objective(competency="detection", says="Taken",
                           met=parse("mark.acknowledge == met")),
        "again": Objective(competency="mitigation", says="Relapsed", met=parse("relapsed <= 1h")),
    })  # fmt: skip
    found = score(journal(well_done()), brief(teaching=teaching)).objectives

    assert [one.achieved for one in found] == [True, False]


def test_noise_and_missing_tools_become_findings():
    """An alert of no fault woke somebody; a tool was tried once, another twice."""
    noise = AlertRule(when=parse("errors > 1%"), severity="low", page=True, summary="Certificate",
                      unrelated=True)  # fmt: skip
    fired = world.AlertFired(alert="noise", severity="low", page=True, summary="Certificate")

    def typed(line, way="not_simulated"):
        return work.LineAnswered(by=ALICE, line=line, way=way, content="")

    acts = well_done() | {
        "fired": (50, fired),
        "known": (215, typed("uptime", "answered")),
        "strace": (220, typed("strace -p 1")),
        "tcpdump": (225, typed("tcpdump -i any")),
        "tcpdump2": (230, typed("tcpdump -i eth0")),
    }
    found = score(journal(acts), brief(alerts={"noise": noise})).findings
    told = [(one.kind, one.item, one.says) for one in found if one.kind in ("alert", "tool")]

    assert told == [
        ("alert", "noise", "it woke somebody and belonged to no fault of this drill"),
        ("tool", "strace", "tried once here, and not simulated"),
        ("tool", "tcpdump", "tried 2 times here, and not simulated"),
    ]
