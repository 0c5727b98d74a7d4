"""What response does by itself, what a facilitator does, and how a drill ends.

Rule 1: the drill ends at the first of: closed and the report settled; stood down; nothing
declared and all quiet for ten minutes (or a hand-over drill's hand-over done); the limit.
Rule 2: the limit is the expected time, the plan's longest watch and an hour; it runs until closed.
Rule 3: the world acts on what a facilitator breaks; here it is only said.
"""

from typing import Final

from simulator.brief.brief import Brief
from simulator.brief.conditions import holds
from simulator.brief.scenario.story import Hints
from simulator.clock import DAY, MINUTE
from simulator.journal.commands.room import (
    AcceptDeviation,
    FireInject,
    GiveHint,
    IAmStuck,
    InjectFault,
    RealEmergency,
    StepOut,
    Waive,
)
from simulator.journal.entry import Entry
from simulator.journal.events.base import Event
from simulator.journal.events.incident import (
    ActionAdded,
    IncidentClosed,
    IncidentDeclared,
    MeetingBooked,
    MeetingHeld,
    ReportSubmitted,
    StoodDown,
)
from simulator.journal.events.paging import Paged, PageDismissed, PageJoined, PageResolved
from simulator.journal.events.room import (
    DeviationAccepted,
    DrillEnded,
    DutyWaived,
    HintGiven,
    InjectAsked,
    SteppedOut,
)
from simulator.journal.events.talk import HandedOver
from simulator.journal.events.work import WorkBegan, WorkEnded
from simulator.journal.events.world import AlertFired, AlertResolved, FaultInjected
from simulator.response import exercise, ladder, paging, vendors
from simulator.response.names import duty_names, told
from simulator.response.orders import names_of, opened, refuse, unknown
from simulator.stage import Process, Stage

SLACK_S: Final = 60 * MINUTE
QUIET_S: Final = 10 * MINUTE
AFTER_REPORT_S: Final = 30 * MINUTE
"""What is left of the afterpart may still be done so long after the report (assumed)."""
GRACE_S: Final = 5 * MINUTE
"""Where nobody is at it any more, so long after the last thing done (assumed)."""
LAST_REPORT_S: Final = 5 * DAY
_AFTER: Final = {
    "book_meeting": "book_meeting", "hold_meeting": "hold_meeting", "actions": "action_item",
}  # fmt: skip
_DONE: Final[tuple[type[Event], ...]] = (
    ReportSubmitted, DutyWaived, MeetingBooked, MeetingHeld, ActionAdded,
)  # fmt: skip
_STIRS: Final[tuple[type[Event], ...]] = (
    Paged, PageJoined, PageDismissed, PageResolved, AlertFired, AlertResolved, IncidentDeclared,
)  # fmt: skip


def play(stage: Stage) -> None:
    """Start everything response does by itself."""
    paging.play(stage)
    ladder.play(stage)
    vendors.play(stage)
    exercise.play(stage)
    endings = [_stood_down, _afterpart, _limit]
    if not stage.brief.scenario.items:  # what asks for items ends when they are settled
        endings += [_all_quiet, _handed_over]
    for ending in endings:
        stage.play(ending(stage))


def inject_fault(stage: Stage, entry: Entry) -> None:
    """Break something now."""
    order = entry.what
    assert isinstance(order, InjectFault)
    faults = stage.brief.scenario.faults
    if order.fault not in faults:
        refuse(stage, entry, "unknown", unknown("fault", order.fault, faults))
    elif order.fault in stage.situation.world.faults:
        refuse(stage, entry, "lifecycle", f"{names_of(stage).fault(order.fault)} is active already")
    elif stage.frozen:
        refuse(stage, entry, "lifecycle", "the world stands still since the closing")
    else:
        stage.emit(FaultInjected(fault=order.fault, by=entry.by))


def fire_inject(stage: Stage, entry: Entry) -> None:
    """Let something of the story happen now."""
    order = entry.what
    assert isinstance(order, FireInject)
    injects = stage.brief.scenario.injects
    if order.inject not in injects:
        refuse(stage, entry, "unknown", unknown("inject", order.inject, injects))
    elif stage.frozen:
        refuse(stage, entry, "lifecycle", "the world stands still since the closing")
    else:
        stage.emit(InjectAsked(inject=order.inject, by=entry.by))


def give_hint(stage: Stage, entry: Entry) -> None:
    """Help a seat along."""
    order = entry.what
    assert isinstance(order, GiveHint)
    if order.person not in stage.brief.people():
        refuse(stage, entry, "unknown", unknown("person", order.person, stage.brief.people()))
    elif not order.text.strip():
        refuse(stage, entry, "needs", "an empty hint helps nobody")
    else:
        stage.emit(HintGiven(to=order.person, text=order.text))


def i_am_stuck(stage: Stage, entry: Entry) -> None:
    """Give the next hint of the stage people are in; an assessed run has none."""
    assert isinstance(entry.what, IAmStuck)
    start = opened(stage)
    hints = _hints_now(stage)
    if start is not None and start.mode == "assessed":
        refuse(stage, entry, "lifecycle", "an assessed run has no hints")
    elif hints is None:
        refuse(stage, entry, "needs", "there is no hint for where you are")
    else:
        given = sum(
            isinstance(e.what, HintGiven) and e.what.to == entry.by and e.what.stage == hints.stage
            for e in stage.entries
        )
        text = hints.steps[min(given, len(hints.steps) - 1)]
        stage.emit(HintGiven(to=entry.by, text=told(stage, text), stage=hints.stage))


def _hints_now(stage: Stage) -> Hints | None:
    """The first stage whose condition holds; without conditions, the one progress points at."""
    every = stage.brief.scenario.teaching.hints
    look = stage.true()
    for hints in every:
        if hints.while_ is not None and holds(hints.while_, look):
            return hints
    plain = [hints for hints in every if hints.while_ is None and hints.steps]
    steps = ("declared", "identified", "mitigated")
    reached = next((n for n, mark in enumerate(steps) if mark not in stage.situation.marks), 3)
    return plain[min(reached, len(plain) - 1)] if plain else None


def waive(stage: Stage, entry: Entry) -> None:
    """Take a duty out of the drill."""
    order = entry.what
    assert isinstance(order, Waive)
    names = duty_names(stage.brief.plan)
    if order.duty not in names and not order.duty.startswith("gap."):
        refuse(stage, entry, "unknown", unknown("duty", order.duty, names))
    elif order.duty in stage.situation.waived:
        refuse(stage, entry, "lifecycle", f"{names_of(stage).duty(order.duty)} is waived already")
    else:
        stage.emit(DutyWaived(duty=order.duty, because=order.because))


def accept_deviation(stage: Stage, entry: Entry) -> None:
    """Settle a departure from a duty that somebody gave a reason for."""
    order = entry.what
    assert isinstance(order, AcceptDeviation)
    departed = stage.situation.deviated
    if order.duty not in departed:
        refuse(stage, entry, "unknown", unknown("departure from", order.duty, departed))
    elif order.duty in stage.situation.accepted:
        departure = f"the departure from {names_of(stage).duty(order.duty)}"
        refuse(stage, entry, "lifecycle", f"{departure} is accepted already")
    else:
        because = order.because.strip()
        stage.emit(DeviationAccepted(duty=order.duty, by=entry.by, because=because))


def step_out(stage: Stage, entry: Entry) -> None:
    """Leave without loss."""
    assert isinstance(entry.what, StepOut)
    stage.emit(SteppedOut(person=entry.by))


def real_emergency(stage: Stage, entry: Entry) -> None:
    """Stop everything: something real has happened."""
    assert isinstance(entry.what, RealEmergency)
    stage.emit(DrillEnded(reason="real_emergency"))


def limit_s(stage: Stage) -> int:
    """The second at which an unclosed drill is stopped."""
    return limit_of(stage.brief, stage.variant)


def limit_of(brief: Brief, variant_id: str) -> int:
    """The second at which an unclosed drill of this brief is stopped."""
    scenario, plan = brief.scenario, brief.plan
    if scenario.limit is not None:
        return scenario.limit
    variant = scenario.variants.get(variant_id)
    own = variant.expected if variant is not None else None
    expected = scenario.expected.restore if own is None else own
    return expected + max(plan.ending.watch.values(), default=0) + SLACK_S


def _end(stage: Stage, reason: str) -> None:
    if not stage.situation.ended:
        stage.emit(DrillEnded(reason=reason))


def _stood_down(stage: Stage) -> Process:
    yield stage.when(StoodDown)
    _end(stage, "stood_down")


def _limit(stage: Stage) -> Process:
    if not (yield stage.when(IncidentClosed, until=limit_s(stage))):
        _end(stage, "limit")


def _afterpart(stage: Stage) -> Process:
    """Wait for the report, then for what else is owed while somebody is at it; never for ever."""
    yield stage.when(IncidentClosed)
    level = stage.situation.incident.level if stage.situation.incident else ""
    within = stage.brief.plan.post_incident.report_within
    last = stage.now + (2 * within[level] if level in within else LAST_REPORT_S)
    while not _report_settled(stage, level) and stage.now < last:
        yield stage.when(*_DONE, until=last)
    last = min(last, stage.now + AFTER_REPORT_S)
    begun = stage.now
    while _still_owed(stage, level) and stage.now < last:
        left = begun + GRACE_S if _nobody_is_at_it(stage) else last
        if stage.now >= left:
            break
        if (yield stage.when(*_DONE, WorkBegan, WorkEnded, until=min(left, last))) is not None:
            begun = stage.now
    _end(stage, "closed")


def _nobody_is_at_it(stage: Stage) -> bool:
    """Whether no afterpart goes on: nobody at work, no review in calendars that was not held."""
    booked = "book_meeting" in stage.situation.deeds and "hold_meeting" not in stage.situation.deeds
    return not (booked or stage.situation.work)


def _report_settled(stage: Stage, level: str) -> bool:
    """Whether the report is in, waived, or none of this level's business."""
    after = stage.brief.plan.post_incident
    if level not in after.required_at or "report" in stage.situation.deeds:
        return True
    duties = [n for n, rule in stage.brief.plan.duties.items() if rule.does == "report"]
    return bool(duties) and all(name in stage.situation.waived for name in duties)


def _still_owed(stage: Stage, level: str) -> bool:
    """Whether the plan wants more of the afterpart at this level than was done."""
    situation = stage.situation
    return any(
        rule.does in _AFTER
        and level in rule.within
        and name not in situation.waived
        and _AFTER[rule.does] not in situation.deeds
        for name, rule in stage.brief.plan.duties.items()
    )


def _all_quiet(stage: Stage) -> Process:
    """Nothing declared, every page of an alert over, its alerts quiet for ten minutes."""
    while True:
        yield stage.when(PageDismissed, PageResolved, AlertResolved)
        quiet_since = stage.now
        while stage.situation.incident is None and _is_quiet(stage):
            if stage.now >= quiet_since + QUIET_S:
                _end(stage, "nothing_declared")
                return
            yield stage.when(*_STIRS, until=quiet_since + QUIET_S)


def _is_quiet(stage: Stage) -> bool:
    pages = [page for page in stage.situation.pages.values() if page.alerts]
    alerts = stage.situation.alerts
    return bool(pages) and all(
        page.state in ("dismissed", "resolved")
        and not any(one in alerts and alerts[one].firing for one in page.alerts)
        for page in pages
    )


def _handed_over(stage: Stage) -> Process:
    """An exercise without an incident is over once the shift has changed hands."""
    while True:
        yield stage.when(HandedOver)
        is_drill = stage.brief.scenario.kind == "exercise"
        if is_drill and stage.situation.incident is None and not stage.situation.pages:
            _end(stage, "handed_over")
            return
