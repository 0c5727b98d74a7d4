"""Deadlines: from when, until when, and what fulfils them."""

from dataclasses import replace
from pathlib import Path

from simulator.brief.binding import bind
from simulator.brief.conditions import parse
from simulator.brief.nodes import compose
from simulator.brief.plan.plan import Plan
from simulator.journal.entry import Entry
from simulator.journal.events import incident, paging, room, talk, work, world
from simulator.journal.gaps import cadence_of, filled
from simulator.journal.gates import gates_passed
from simulator.journal.holding import held_since
from simulator.journal.situation import Situation
from simulator.journal.targets import targets

PLANS = Path(__file__).parents[2] / "scenarios" / "plans"


def shipped(name):
    """A plan as it ships."""
    return bind(Plan, compose((PLANS / name).read_text(encoding="utf-8"), name), name)


PLAN, VIRT = shipped("fraiseql.yaml"), shipped("virtengine.yaml")
PAGE = paging.Paged(page="p1", to="alice", role="on_call", alert="a", level="CRITICAL", summary="")
TAKEN = paging.PageAcknowledged(page="p1", by="alice")
DECLARED = incident.IncidentDeclared(incident="i1", level="CRITICAL", title="", by="alice")
NAMED = work.HypothesisStated(by="alice", cause="pool", confidence=90)
RESOLVED = incident.IncidentResolved(by="alice")
HEALTHY = {
    "alerts": 0, "errors": 0, "tickets": 0, "p95_ratio": 1000, "saturation": 0, "service_down": (),
}  # fmt: skip


def picture(*acts):
    """The engine's situation after `(second, event)` acts."""
    found = Situation()
    for seq, (at, what) in enumerate(acts):
        found = found.after(Entry(seq=seq, at=at, by="engine", what=what))
    return found


def target(situation, duty, level="CRITICAL", **asked):
    return next(t for t in targets(PLAN, situation, level, **asked) if t.duty == duty)


def look(view, **facts):
    return work.Found(by="alice", work="w", look=view, views=(view,), of="api", facts=facts,
                      measured_at=0, clues=(), content="")  # fmt: skip


def test_a_limit_runs_from_the_page():
    """Two strict minutes, so the second minute's end is late."""
    found = target(picture((60, PAGE)), "acknowledge")

    assert (found.due, found.strict, found.overdue(179), found.overdue(180)) == (
        180, True, False, True,
    )  # fmt: skip


def test_flip_flopping_buys_no_time():
    """A level left and taken again counts from when it, or one above it, first came."""
    grading = [(60, "HIGH"), (100, "CRITICAL"), (200, "HIGH")]
    found = target(picture((60, PAGE)), "acknowledge", grading)
    again = target(picture((60, PAGE)), "acknowledge", [*grading, (300, "CRITICAL")])

    assert (found.level, found.due) == ("HIGH", 60 + 15 * 60)
    assert (again.level, again.due) == ("CRITICAL", 220)


def test_a_conditional_duty_counts_from_when_its_condition_first_held():
    """A breach seen at 600: the lead within two minutes of that, though it is gone by 700."""
    acts = [(60, PAGE), (90, TAKEN), (600, look("audit", breach="suspected"))]
    held = held_since(PLAN, {}, picture(*acts))
    later = picture(*acts, (700, look("audit", breach="none")))
    held = held_since(PLAN, held, later)

    assert target(later, "security.0", held_since=held).due == 720
    assert not [t for t in targets(PLAN, later, "CRITICAL") if t.duty == "security.0"]


def test_gates_and_watch_are_never_overdue():
    """They hold the ending up; nobody is late with them."""
    acts = [(60, PAGE), (90, DECLARED), (100, world.ImpactEnded(since=95)), (200, RESOLVED)]
    now = picture(*acts)

    assert not target(now, "gates").overdue(90_000)
    assert not target(now, "watch").overdue(90_000)


def test_a_watch_is_kept_by_resolving_after_it():
    """Thirty minutes from the restoration, not within them."""
    begun = [(60, PAGE), (90, DECLARED), (100, world.ImpactEnded(since=95))]
    early = target(picture(*begun, (300, RESOLVED)), "watch")
    kept = target(picture(*begun, (1900, RESOLVED)), "watch")

    assert [early.kept(), kept.kept()] == [False, True]


def test_gates_are_done_once_every_proof_was_seen_after_the_cure():
    """The find before the cure proves nothing; the last proof is the deed."""
    views = [gate.by for gate in PLAN.gates.values()]
    ill = [(60, PAGE), (70, world.FaultBegan(fault="f", strength=1_000_000))]
    ill += [(80, look("alerts", **HEALTHY)), (100, world.FaultCured(fault="f"))]
    proofs = [(200 + n, look(view, **HEALTHY)) for n, view in enumerate(views)]
    none = gates_passed(PLAN, picture(*ill))
    done = target(picture(*ill, *proofs, (300, DECLARED), (400, RESOLVED)), "gates").done

    assert none == {}
    assert done.at == 200 + len(views) - 1


def test_a_proof_needs_the_fact_it_speaks_of():
    """A look of the right kind that shows nothing about services proves nothing about them."""
    cured = [(60, PAGE), (70, world.FaultBegan(fault="f", strength=1)),
             (100, world.FaultCured(fault="f")), (200, look("dependency"))]  # fmt: skip

    assert gates_passed(PLAN, picture(*cured)) == {}


def test_whoever_took_the_page_is_on_call_already():
    """The mobilisation asks for the commander only."""
    now = picture((60, PAGE), (90, TAKEN), (100, DECLARED),
                  (200, paging.Joined(person="charlie", role="commander")))  # fmt: skip

    assert target(now, "mobilise").done.at == 200


def test_a_manager_who_commands_need_not_be_told():
    """One person, two chairs: whoever is in the response knows."""
    chairs = {"manager": "charlie", "commander": "charlie", "on_call": "alice"}
    opened = room.Briefed(scenario="s", title="", plan="p", chairs=chairs)
    begun = [(0, opened), (60, PAGE), (100, DECLARED)]
    came = incident.RoleAssigned(role="commander", person="charlie", by="alice")

    assert target(picture(*begun), "notify.0").done is None
    assert target(picture(*begun, (200, came)), "notify.0").done.at == 200


def test_what_opens_after_it_is_over_is_not_owed():
    """A notice "if it lasts half an hour" falls away where it lasted ten minutes."""
    begun = [(60, PAGE), (90, replace(DECLARED, level="HIGH"))]
    short = picture(*begun, (700, world.ImpactEnded(since=660)))
    names = {t.duty for t in targets(PLAN, short, "HIGH")}
    long = {t.duty for t in targets(PLAN, picture(*begun), "HIGH")}

    assert "customer-notice" in long
    assert "customer-notice" not in names


def test_a_gap_is_filled_and_what_the_plan_says_is_kept():
    """Without a word on declaring, five minutes from the acknowledgement; nothing else moves."""
    duties = {name: rule for name, rule in PLAN.duties.items() if rule.does != "declare"}
    whole = filled(replace(PLAN, duties=duties))

    assert whole.duties["gap.declare"].within["CRITICAL"] == 300
    assert filled(PLAN).duties == PLAN.duties


def test_the_cadence_is_the_plans_or_fifteen_and_thirty_minutes():
    """FraiseQL speaks every five minutes; a silent plan every fifteen at the top, then thirty."""
    duties = {name: rule for name, rule in PLAN.duties.items() if rule.does != "updates"}
    silent = cadence_of(replace(PLAN, duties=duties))

    assert cadence_of(PLAN)["CRITICAL"] == 300
    assert silent == {"CRITICAL": 900, "HIGH": 1800}


def status(name):
    return incident.StatusSet(status=name, by="alice")


def said(use):
    return talk.MessageSent(by="alice", template=use, use=use, audience_of="public", fields={},
                            text="", filled=1, required=1)  # fmt: skip


def test_the_page_is_owed_anew_when_what_it_says_has_changed():
    """The first post does not answer for the second: only what follows the naming does."""
    acts = [(60, PAGE), (100, DECLARED), (120, said("status_page")), (300, NAMED)]
    before = target(picture(*acts), "status-page-identified")
    after = target(picture(*acts, (400, said("status_page"))), "status-page-identified")

    assert (before.due, before.done, after.done.at) == (600, None, 400)


def page(template="status_page", **fields):
    """A status page that went out."""
    return replace(said("status_page"), template=template, fields=fields)


def restated(plan, *pages, duty):
    """When a page was restated: named at 300, restored at 600, over at 900, by these pages."""
    acts = [(60, PAGE), (100, DECLARED), (300, NAMED), (650, world.ImpactEnded(since=600)),
            (900, RESOLVED), *pages]  # fmt: skip
    level = plan.ordered()[0]
    found = targets(plan, picture(*sorted(acts, key=lambda act: act[0])), level)
    done = next(t for t in found if t.duty == duty).done
    return done and done.at


def test_a_page_that_tells_an_earlier_status_restates_nothing():
    """By its field, in the plan's word, the public's or the status's own name."""
    pages = [(400, page("status-page", status="Investigating")),
             (500, page("status-page", status="mitigating")),
             (910, page("status-page", status="Identified")),
             (920, page("status-page", status="RESOLVED"))]  # fmt: skip

    assert restated(PLAN, *pages, duty="status-page-identified") == 500
    assert restated(PLAN, *pages, duty="status-page-restored") == 910
    assert restated(PLAN, *pages, duty="status-page-resolved") == 920
    assert restated(PLAN, *pages[:3], duty="status-page-resolved") is None


def test_a_page_restates_by_the_statuses_its_template_is_for():
    """No field says how it stands; the template of another status does not speak for it."""
    pages = [(700, page("page_investigating")), (710, page("page_monitoring")),
             (920, page("page_resolved"))]  # fmt: skip

    assert restated(VIRT, *pages, duty="status_page_restored") == 710
    assert restated(VIRT, *pages, duty="status_page_resolved") == 920


def test_a_status_in_words_of_ones_own_is_taken_as_meant():
    """A person may write more than the plan's word."""
    pages = [(650, page("status-page", status="It works again, we keep watching"))]

    assert restated(PLAN, *pages, duty="status-page-restored") == 650


def scored(*acts):
    """Duty -> (due, done) as the score asks for it."""
    found = targets(PLAN, picture(*acts), "CRITICAL", omitted="fired")
    return {t.duty: (t.due, t.done and t.done.at) for t in found}


def test_what_was_left_out_counts_from_t0_and_what_never_came_counts_from_nothing():
    """Nobody named a cause: the page owes that; nobody can owe the word that it works again."""
    idle = scored((60, PAGE))

    assert idle["status-page-identified"] == (60 + 300, None)
    assert idle["report"] == (60 + 24 * 3600, None)
    assert not idle.keys() & {
        "status-page-restored", "status-page-resolved", "customer-resolution", "resolution-message",
    }  # fmt: skip


def test_a_watch_over_nothing_starts_no_clock_for_who_sees_the_truth():
    """People say that it only needs watching; it never was restored."""
    acts = [(60, PAGE), (100, DECLARED), (900, status("monitoring"))]

    assert "status-page-restored" not in scored(*acts)
    assert target(picture(*acts), "status-page-restored").due == 900 + 300


def test_over_is_owed_once_it_was_restored_or_somebody_said_so():
    """Restored and never called over: the page counts from T0, as the omission it is."""
    back = scored((60, PAGE), (100, DECLARED), (660, world.ImpactEnded(since=600)))
    early = scored((60, PAGE), (100, DECLARED), (800, RESOLVED))

    assert back["status-page-resolved"] == (60 + 300, None)
    assert early["status-page-resolved"] == (800 + 300, None)


def test_a_page_about_looking_into_it_does_not_name_the_cause_that_nobody_named():
    """Counted from T0 the first page came after its start, and still says something else."""
    acts = [(60, PAGE), (100, DECLARED), (200, page("status-page", status="Investigating"))]
    told = (300, page("status-page", status="Identified"))

    assert scored(*acts)["status-page-identified"] == (360, None)
    assert scored(*acts, told)["status-page-identified"] == (360, 300)


def test_a_seat_counts_from_the_watch_where_the_truth_is_sealed():
    """Nobody is told that service is back; people say that it only needs watching."""
    acts = [(60, PAGE), (100, DECLARED), (900, status("monitoring"))]
    seat = picture(*acts)
    engine = picture(*acts, (960, world.ImpactEnded(since=840)))
    back = picture(*acts, (1000, status("investigating")))

    assert target(seat, "customer-resolution").due == 900 + 15 * 60
    assert target(engine, "customer-resolution").due == 840 + 15 * 60
    assert not [t for t in targets(PLAN, back, "CRITICAL") if t.duty == "customer-resolution"]


def test_customers_hear_again_until_they_hear_that_it_works():
    """Half an hour after the last notice, and never after the last word."""
    acts = [(60, PAGE), (100, DECLARED), (500, said("customer_notice"))]
    owed = target(picture(*acts), "customer-updates")
    told = picture(*acts, (900, said("customer_resolution")))

    assert (owed.due, owed.repeats_s) == (500 + 1800, 1800)
    assert not [t for t in targets(PLAN, told, "CRITICAL") if t.duty == "customer-updates"]


def test_who_is_here_for_another_role_is_not_called_a_second_time():
    """The commander came as backup: lasting long brings nobody new."""
    came = paging.Joined(person="carl", role="backup")
    chairs = room.Briefed(scenario="", title="", plan="", chairs={"director": "carl"})
    level = [(0, "SEV-2")]
    found = targets(VIRT, picture((0, chairs), (60, PAGE), (120, came)), level)
    (step,) = [t for t in found if t.does == "escalate" and t.role == "director"]

    assert step.done.at == 120


def steps_of(plan, situation, level):
    """Who is owed a call because it lasts, by when."""
    return {t.duty: t.due for t in targets(plan, situation, level) if t.does == "escalate"}


def test_what_lasts_too_long_is_counted_from_the_page_and_under_its_condition():
    """Nobody is called because it lasts before there is a page, nor while a condition is unmet."""
    (number, step), *_ = [
        one for one in enumerate(VIRT.escalation.unresolved) if one[1].how == "by_hand"
    ]
    steps = tuple(replace(one, only_if=parse("declared")) for one in VIRT.escalation.unresolved)
    strict = replace(VIRT, escalation=replace(VIRT.escalation, unresolved=steps))
    level, after = next(iter(step.after.items()))
    paged, name = picture((60, PAGE)), f"unresolved.{number}"

    assert steps_of(VIRT, picture(), level) == {}
    assert steps_of(VIRT, paged, level)[name] == 60 + after
    assert steps_of(strict, paged, level) == {}
    assert steps_of(strict, picture((60, PAGE), (90, DECLARED)), level)[name] == 60 + after


def test_a_level_the_plan_does_not_know_owes_nothing():
    """An alert's own word for its severity is no level of the plan."""
    assert targets(PLAN, picture((60, PAGE), (90, DECLARED)), "catastrophic") == ()
