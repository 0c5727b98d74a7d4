"""Words and promises that cannot stand together: actions, deadlines, causes, praise and blame.

Rule 1: themes of praise and of trouble are compared by a short list of words (assumed); a finding
quotes both, so that people judge.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from simulator.clock import DAY, said
from simulator.debrief.aftermath import amounts
from simulator.debrief.aftermath.account import ToldDeadline
from simulator.debrief.aftermath.amounts import said_at
from simulator.debrief.aftermath.claims import Claims, is_blank
from simulator.debrief.aftermath.contradiction import Contradiction

SURE: Final = 0.7
"""Below this a cause is probable, not confirmed: where the plans' own words change."""
KEPT: Final = frozenset({"met", "kept", "in time", "yes"})
LATE: Final = frozenset({"late", "no"})
UNDONE: Final = frozenset({"missed", "not done"})
WHOLE_OFF: Final = 0.005
"""How far parts may miss a whole: half a percent, for rounding."""
THEMES: Final = {
    "detection": r"detect|alert",
    "communication": r"communicat|status page|update|notice",
    "response": r"mitigat|rollback|respon",
    "documentation": r"document|runbook",
}
_PRAISE: Final = re.compile(
    r"\b(fast|quick(ly)?|prompt(ly)?|early|clear|effective|good|accurate(ly)?|excellent)\b",
    re.IGNORECASE,
)
_TROUBLE: Final = re.compile(
    r"\b(late|later|delay(ed)?|slow(er)?|too high|earlier|faster|better|unclear|unannounced"
    r"|not communicated|missing|needed)\b",
    re.IGNORECASE,
)


def check_claims(claims: Claims) -> Iterator[Contradiction]:
    """Everything that is wrong with actions, promises and words."""
    yield from _ids(claims)
    yield from _actions(claims)
    for one in (*claims.account.deadlines, *claims.account.notices):
        yield from _deadline(claims, one)
    yield from _cause(claims)
    yield from _sums(claims)
    yield from _compared(claims)
    yield from _alert(claims)
    yield from _praise(claims)


def _ids(claims: Claims) -> Iterator[Contradiction]:
    account = claims.account
    for other in dict.fromkeys(account.ids):
        if account.id and other != account.id:
            yield Contradiction(
                code="id_differs",
                where="id",
                found=f"{account.id} here, {other} elsewhere",
                expected="one incident has one id",
                do="Correct one of the two",
            )
    for name, times in Counter(one.id for one in account.actions if one.id).items():
        if times > 1:
            yield Contradiction(
                code="id_twice",
                where="actions",
                found=f"{name} names {times} actions",
                expected="an id names one thing",
                do="Number them anew",
            )


def _actions(claims: Claims) -> Iterator[Contradiction]:
    seen: dict[str, str] = {}
    for one in claims.account.actions:
        where = f"action “{one.action}”"
        key = " ".join(re.findall(r"\w+", one.action.casefold()))
        if key in seen:
            yield _finding(
                "action_twice",
                where,
                "it stands there twice",
                "an action has one owner and one date",
                "Merge the two",
            )
        seen[key] = one.action
        if is_blank(one.owner):
            yield _finding(
                "action_without_owner",
                where,
                "nobody owns it",
                "each action has an owner",
                "Name one, or strike the action",
            )
        yield from _dates(claims, where, one.due, one.priority)


def _dates(claims: Claims, where: str, text: str, priority: str) -> Iterator[Contradiction]:
    if is_blank(text):
        yield _finding(
            "action_without_date",
            where,
            "it has no due date",
            "each action has a date",
            "Set one, or strike the action",
        )
        return
    due = amounts.calendar_day(text, claims.day.year if claims.day else None)
    if due is None:
        yield _finding(
            "action_without_date",
            where,
            f"“{text}” is no day",
            "expected a day such as 2026-03-17",
            "Write the day",
        )
        return
    day = claims.day
    if day is not None and due < day:
        yield _finding(
            "action_before_incident",
            where,
            f"due {due}, before the incident",
            f"the incident was on {day}",
            "Correct the year or the day",
        )
    elif day is not None:
        yield from _urgency(claims, where, day, due, priority)


def _urgency(
    claims: Claims, where: str, day: date, due: date, priority: str
) -> Iterator[Contradiction]:
    within = claims.plan.post_incident.action_priorities.get(priority.strip())
    days = (due - day).days
    if within is not None and days * DAY > within + DAY:
        yield _finding(
            "action_too_late",
            where,
            f"{priority} and due after {days} days",
            f"the plan gives {priority} {said(within)}",
            "Bring the date forward, or lower the priority",
        )


def _deadline(claims: Claims, one: ToldDeadline) -> Iterator[Contradiction]:
    due, done = amounts.moment(one.due, claims.day), amounts.moment(one.done, claims.day)
    outcome = one.outcome.strip().casefold().partition(" ")[0] if one.outcome else ""
    where = f"deadline “{one.duty}”"
    if outcome in UNDONE and done is not None and not is_blank(one.done):
        yield _finding(
            "deadline_differs",
            where,
            f"{one.outcome}, yet done at {said_at(done)}",
            "what was done was not left out",
            "Correct outcome or time",
        )
    if outcome in KEPT and done is None:
        yield _finding(
            "deadline_differs",
            where,
            f"{one.outcome}, without a time it was done",
            "what was kept was done",
            "Give the time",
        )
    if due is None or done is None:
        return
    after = done.at - due.at
    if outcome in KEPT and after >= max(1, max(due.grain, done.grain) - 1):
        yield _finding(
            "late_but_kept",
            where,
            f"called {one.outcome}",
            f"done at {said_at(done)}, {said(after)} after {said_at(due)}",
            "Correct outcome or times",
        )
    if outcome in LATE and after < 0:
        yield _finding(
            "kept_but_late",
            where,
            f"called {one.outcome}",
            f"done at {said_at(done)}, before {said_at(due)}",
            "Correct outcome or times",
        )


def _cause(claims: Claims) -> Iterator[Contradiction]:
    cause = claims.account.cause
    sure = amounts.number(cause.confidence)
    if cause.confirmed.strip().casefold() != "yes":
        return
    if is_blank(cause.says):
        yield _finding(
            "confirmed_without_cause",
            "cause",
            "a confirmed cause that is not named",
            "what is confirmed can be said",
            "Name it, or say it is not known",
        )
    elif sure is not None and sure.value < SURE:
        yield _finding(
            "confirmed_without_confidence",
            "cause",
            f"called confirmed at {cause.confidence}",
            f"under {100 * SURE:.0f} % a cause is probable",
            "Say probable, or give what confirms it",
        )


def _sums(claims: Claims) -> Iterator[Contradiction]:
    for name, parts in claims.account.shares.items():
        read = [amount.value for part in parts if (amount := amounts.share(part))]
        if read and abs(sum(read) - 1) > WHOLE_OFF * len(read):
            yield _finding(
                "shares_do_not_add_up",
                f"shares.{name}",
                " + ".join(parts),
                f"that is {100 * sum(read):.4g} %",
                "Parts of a whole make 100 %",
            )


def _compared(claims: Claims) -> Iterator[Contradiction]:
    for one in claims.account.compared:
        expected, actual = amounts.length(one.expected), amounts.length(one.actual)
        told = amounts.share(one.faster)
        if not expected or not actual or not told or not expected.value:
            continue
        gained = (expected.value - actual.value) / expected.value
        if not told.agrees(gained):
            yield _finding(
                "percentage_differs",
                f"compared “{one.name}”",
                f"{one.faster} faster",
                f"{one.actual} against {one.expected} is {100 * gained:.3g} %",
                "Correct the percentage or the times",
            )


def _alert(claims: Claims) -> Iterator[Contradiction]:
    rule = claims.account.alert
    needs, spoke = amounts.length(rule.needs), amounts.length(rule.spoke_after)
    if needs and spoke and spoke.value + spoke.off < needs.value:
        yield _finding(
            "detected_before_the_rule_can",
            "alert",
            f"it spoke {rule.spoke_after} after the start",
            f"its condition must hold for {rule.needs} first",
            "Correct the time to detect, or name what spoke first",
        )


def _praise(claims: Claims) -> Iterator[Contradiction]:
    """A theme that is praised in one list and found wanting in another."""
    account = claims.account
    for theme, words in THEMES.items():
        about = re.compile(words, re.IGNORECASE)
        good = next((t for t in account.went_well if about.search(t) and _PRAISE.search(t)), "")
        bad = next(
            (
                text
                for text in (*account.went_badly, *account.factors)
                if about.search(text) and _TROUBLE.search(text)
            ),
            "",
        )
        if good and bad:
            yield _finding(
                "praised_and_faulted",
                theme,
                f"“{good}” went well",
                f"“{bad}” did not",
                "Say which part of it each is about",
            )


def _finding(code: str, where: str, found: str, expected: str, do: str) -> Contradiction:
    return Contradiction(code=code, where=where, found=found, expected=expected, do=do)
