"""The earliest second a duty could be done by people who need no time to think.

Rule 1: a page is taken in the second it comes, and every order follows at once; what is left is the
time things take: looks, messages, approvals, people who join, the watch, meetings, reports.
Rule 2: every duration is the least the engine itself would draw, so nobody in a drill is faster.
Rule 3: a wait counts only where the engine or the plan makes people wait: nobody waits for the
watch before they say that service is back, only for the quiet minutes the plan asks for.
Rule 4: each duty is looked at alone: too late here means that no order of work would save it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, assert_never

from simulator.brief.authority import message_authority
from simulator.brief.plan.levels import DutyRule
from simulator.brief.plan.plan import Plan
from simulator.brief.scenario.scenario import Scenario
from simulator.response.afterpart import MEETING_S, REPORT_S
from simulator.response.approvals import ANSWERS_S
from simulator.response.comms import EDITED_S, NEW_S, UNCHANGED_S
from simulator.response.joining import BRIEFING_S

LOOK_S: Final = 10
"""A look where no scenario says what its looks take (assumed)."""
_USES: Final[dict[str, tuple[str, ...]]] = {
    "customer_notice": ("customer_notice", "customer_resolution"),
    "customer_resolution": ("customer_resolution",),
    "status_page": ("status_page",),
    "status_page_restated": ("status_page",),
    "first_update": ("update", "declaration"),
}
"""What a duty's messages are for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One thing that takes its time."""

    says: str
    seconds: int


def earliest(
    plan: Plan, scenario: Scenario | None, rule: DutyRule, level: str
) -> tuple[Cost, ...] | None:
    """What must pass between the duty's mark and its being done; None where no clock runs.

    Gates and the watch hold an ending up, and nobody is late with them.
    """
    match rule.does:
        case "gates" | "watch":
            return None
        case "acknowledge" | "engage" | "declare" | "open_channel" | "open_bridge" | "ticket":
            return ()
        case "assign":
            return ()  # whoever is there may take the role
        case "assess":
            return (quickest_look(scenario),)
        case "mobilise":
            return _joining(plan, level)
        case "first_update":
            return (*_leave(plan, rule), _message("a first message", NEW_S))
        case "updates" | "status_page_updates" | "customer_updates":
            return (_message("an unchanged message", UNCHANGED_S),)
        case "status_page" | "customer_notice" | "customer_resolution":
            return (*_leave(plan, rule), _message("a new message", NEW_S))
        case "status_page_restated":
            return (*_leave(plan, rule), _message("an edited message", EDITED_S))
        case "diagnosis":
            return _checks(plan, scenario)
        case "resolution_message":
            return (_announcement(plan, rule),)
        case "report":
            return (Cost(says="the report is written", seconds=REPORT_S[0]),)
        case "close":
            return _until_closed(plan, level)
        case "hold_meeting":
            return (*_until_closed(plan, level), _meeting(plan))
        case "book_meeting" | "actions":
            return ()
        case _:
            assert_never(rule.does)


def quickest_look(scenario: Scenario | None, kind: str = "") -> Cost:
    """The look of this kind (of any where empty) that takes the least, its login included."""
    costs = _looks(scenario, (kind,))
    seconds = sum(cost.seconds for cost in costs)
    return Cost(says=costs[-1].says, seconds=seconds)


def _checks(plan: Plan, scenario: Scenario | None) -> tuple[Cost, ...]:
    """The quickest look for each of the plan's checks, one after the other, by one person."""
    return _looks(scenario, dict.fromkeys(check.by for check in plan.checks.values()))


def _looks(scenario: Scenario | None, kinds: Iterable[str]) -> tuple[Cost, ...]:
    """The quickest look of each kind, each look once, after the login if one of them needs it."""
    if scenario is None:
        return tuple(Cost(says=f"a look at {kind or 'it'}", seconds=LOOK_S) for kind in kinds)
    login, chosen = round(scenario.system.clock.login.low_s), dict[str, int]()
    logs_in = False
    for kind in kinds:
        found = [
            (round(look.takes.low_s) + login * (look.login and not logs_in), name)
            for name, look in scenario.looks.items()
            if not kind or kind in look.views
        ]
        if not found:
            # A kind nobody wrote a look for is answered as normal, and takes as long as any look.
            chosen[kind] = LOOK_S
            continue
        _, name = min(found)
        chosen[name] = round(scenario.looks[name].takes.low_s)
        logs_in = logs_in or scenario.looks[name].login
    costs = [Cost(says="login", seconds=login)] if logs_in else []
    return (*costs, *(Cost(says=f"look {name}", seconds=took) for name, took in chosen.items()))


def _leave(plan: Plan, rule: DutyRule) -> tuple[Cost, ...]:
    """The least an approval takes, where none of those who owe the message may send it alone."""
    uses = _USES[rule.does]
    templates = [one for one in plan.templates.values() if one.use in uses]
    wanted = [one.needs_approval_of for one in templates]
    if wanted and all(wanted):
        alone = any(role in approvers for approvers in wanted for role in rule.owed_by)
    elif rule.does in ("customer_notice", "customer_resolution"):
        alone = any(message_authority(plan, (role,)).allowed for role in rule.owed_by)
    else:
        alone = True
    return () if alone else (Cost(says="an approval", seconds=ANSWERS_S[0]),)


def _joining(plan: Plan, level: str) -> tuple[Cost, ...]:
    """The shortest briefing, which a good status line halves, where anybody has to come."""
    if set(plan.mobilisation.roles.get(level, ())) <= {"on_call"}:
        return ()
    return (Cost(says="somebody joins", seconds=math.ceil(BRIEFING_S[0] / 2)),)


def _announcement(plan: Plan, rule: DutyRule) -> Cost:
    """Saying that it works again: after the plan's quiet minutes, the message written meanwhile."""
    quiet = (plan.ending.announce_after or 0) if rule.since == "restored" else 0
    if quiet > NEW_S:
        return Cost(says="the quiet before it is announced", seconds=quiet)
    return _message("a new message", NEW_S)


def _until_closed(plan: Plan, level: str) -> tuple[Cost, ...]:
    """The watch, where it lies between resolved and closed."""
    watch = plan.ending.watch.get(level, 0)
    if plan.ending.watch_is != "after_resolved" or not watch:
        return ()
    return (Cost(says="the watch", seconds=watch),)


def _meeting(plan: Plan) -> Cost:
    agenda = sum(plan.post_incident.meeting.agenda.values()) or MEETING_S
    return Cost(says="the meeting", seconds=agenda)


def _message(says: str, seconds: int) -> Cost:
    return Cost(says=says, seconds=seconds)
