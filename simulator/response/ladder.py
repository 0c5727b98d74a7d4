"""Silence climbs, time escalates, some matters call their own people: the three escalations.

Rule 1: no-ack times are absolute from the page's first second; before declared the page's level
counts, after it the declared one.
Rule 2: at t = limit an acknowledgement of that second comes first: no page goes out.
Rule 3: nobody is paged twice in a row; a rung nobody new stands on is passed at once, and the
later rungs keep their times.
Rule 4: a ladder that loops is climbed until somebody takes the page, ten rounds at the most.
Rule 5: who is here or on the way is told instead of paged, and takes the role all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.brief.conditions import Condition, holds
from simulator.brief.plan.levels import SpecialPath, UnresolvedStep
from simulator.journal.events.incident import (
    IncidentClosed,
    IncidentDeclared,
    IncidentResolved,
    Regraded,
    StatusSet,
)
from simulator.journal.events.paging import (
    Joined,
    Notified,
    PageAcknowledged,
    Paged,
    PageDismissed,
    PageResolved,
)
from simulator.journal.events.work import FindPosted, Found
from simulator.journal.events.world import AlertFired
from simulator.journal.facts import known_by
from simulator.response.calling import coming, ringing, take_role
from simulator.response.orders import level_of
from simulator.stage import Process, Stage

FIRST_GAP_S = 300
"""Between the rounds of a ladder with one rung (assumed)."""
ROUNDS = 10
"""How often a ladder that begins again is climbed in all (assumed: nobody pages for ever)."""
_LEARNS = (Found, FindPosted, AlertFired, Paged, IncidentDeclared, Regraded)


def play(stage: Stage) -> None:
    """Watch the clock and the facts for those who must come because of them."""
    for step in stage.brief.plan.escalation.unresolved:
        if step.how == "automatic":
            stage.play(_too_long(stage, step))
    for path in stage.brief.plan.escalation.special.values():
        if path.page:
            stage.play(_special(stage, path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a page says, whoever it goes to."""

    page: str
    alert: str
    level: str
    summary: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    measured_at: int = 0


def climbs(stage: Stage, call: Call) -> Process:
    """Page rung after rung until somebody takes it, or it is over."""
    begun, last, round_s, rounds = stage.now, "", 0, 0
    climbed: set[int] = set()
    while _silent(stage, call.page):
        rungs = _rungs(stage, call)
        if not rungs:
            return
        left = [rung for rung in rungs if rung[1] not in climbed]
        if not left:
            rounds += 1
            if rounds == (ROUNDS if stage.brief.plan.escalation.loops else 1):
                return
            round_s += rungs[-1][0] + (rungs[1][0] - rungs[0][0] if rungs[1:] else FIRST_GAP_S)
            climbed.clear()
            continue
        due = begun + round_s + left[0][0]
        if due > stage.now:
            # A level may change on the way; the state is read again whatever woke this.
            yield stage.when(
                PageAcknowledged, PageDismissed, PageResolved, IncidentDeclared, Regraded, until=due
            )
            continue
        for _, number, roles in left:
            climbed.add(number)
            if reached := _page(stage, call, roles, last):
                last = reached
                break


def _rungs(stage: Stage, call: Call) -> list[tuple[int, int, tuple[str, ...]]]:
    """(after, number, roles) of the ladder at the level in force, lowest first."""
    level = level_of(stage, call.page) or call.level
    steps = enumerate(stage.brief.plan.escalation.no_ack)
    return sorted((step.after[level], n, step.page) for n, step in steps if level in step.after)


def _silent(stage: Stage, page: str) -> bool:
    state = stage.situation.pages.get(page)
    return state is None or state.state == "triggered"


def _page(stage: Stage, call: Call, roles: tuple[str, ...], last: str) -> str:
    """Page the holders of a rung but the one paged last; the last one paged now, if anybody."""
    reached = ""
    holders = {role: stage.situation.holder(role) for role in roles}
    for role, person in holders.items():
        if not person or person in (last, reached) or person in stage.situation.left:
            continue
        stage.emit(
            Paged(
                page=call.page,
                to=person,
                role=role,
                alert=call.alert,
                level=call.level,
                summary=call.summary,
                why="no_ack" if last else "alert",
                facts=call.facts,
                measured_at=call.measured_at,
            )
        )
        reached = person
    return reached


def summon(stage: Stage, role: str, why: str, summary: str, by: str = "") -> bool:
    """Call the holder of a role to the incident; False where nobody can be reached as that.

    Who is here or on the way is not woken again: they are told, and take the role.
    """
    person = stage.situation.holder(role)
    if not person or person == by or person in stage.situation.left:
        return False
    if person in stage.situation.joined or coming(stage, person):
        if by or summary != ringing(stage, person):
            told = Notified(role=role, person=person, by=by, text=summary, automatic=not by)
            stage.emit(told)
        take_role(stage, person, role, by)
        return True
    stage.emit(
        Paged(
            page=stage.count("p"),
            to=person,
            role=role,
            alert="",
            level=level_of(stage),
            summary=summary,
            why=why,
            by=by,
        )
    )
    return True


def _too_long(stage: Stage, step: UnresolvedStep) -> Process:
    """Call somebody by itself because it lasts too long, unless it is over by then."""
    while "closed" not in stage.situation.marks:
        if "fired" not in stage.situation.marks:
            # What rang before the impact was a forewarning: it is counted from the next page.
            yield stage.when(Paged)
            continue
        if "resolved" in stage.situation.marks:
            # It may be reopened; what has fallen due by then is due at once.
            yield stage.when(StatusSet, IncidentClosed)
            continue
        level = level_of(stage)
        due = stage.situation.marks["fired"] + step.after[level] if level in step.after else None
        if due is not None and stage.now >= due and _applies(stage, step.only_if):
            for role in step.to:
                if stage.situation.holder(role) not in stage.situation.joined:
                    summon(stage, role, "unresolved", step.page_says or _summary(stage))
            return
        yield stage.when(
            *_LEARNS, IncidentResolved, IncidentClosed, Joined, until=_turn(stage, due)
        )


def _special(stage: Stage, path: SpecialPath) -> Process:
    """Call a path's people when its condition first holds on what responders know."""
    while not ("fired" in stage.situation.marks and _applies(stage, path.only_if)):
        yield stage.when(*_LEARNS, IncidentClosed, until=_turn(stage))
        if "closed" in stage.situation.marks:
            return
    for role in path.page:
        if stage.situation.holder(role) not in stage.situation.joined:
            summon(stage, role, "special", path.page_says or _summary(stage))


def _applies(stage: Stage, only_if: Condition | None) -> bool:
    if only_if is None:
        return True
    return holds(only_if, known_by(stage.situation), stage.keeper.held_for(stage.now))


def _turn(stage: Stage, due: int | None = None) -> int | None:
    """The next second at which time alone may change what applies: this one, or a `for`'s end."""
    turns = (due, stage.keeper.next_turn(stage.now))
    return min((turn for turn in turns if turn is not None and turn > stage.now), default=None)


def _summary(stage: Stage) -> str:
    """What a called person reads first: the incident's title, else the first page's words."""
    situation = stage.situation
    if situation.incident is not None and situation.incident.title:
        return situation.incident.title
    return next((page.summary for page in situation.pages.values()), "")
