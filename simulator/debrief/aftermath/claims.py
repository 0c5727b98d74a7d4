"""A report's claims read once: moments, lengths and figures, and what could not be read.

Rule 1: a time without a day is of the report's day; a timeline that runs past midnight goes on.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from simulator.brief.plan.plan import Plan
from simulator.clock import DAY
from simulator.debrief.aftermath import amounts
from simulator.debrief.aftermath.account import Account, ToldLine
from simulator.debrief.aftermath.amounts import Amount, Moment
from simulator.debrief.aftermath.contradiction import Contradiction

T = TypeVar("T")

HALF_A_DAY: Final = DAY // 2
BLANK: Final = frozenset({"", "-", "?", "tbd", "n/a", "none", "never", "nobody", "not known"})
"""What people write where there is nothing to say."""
_SHARES: Final = frozenset({"errors", "peak", "budget", "slo", "availability"})
_LENGTHS: Final = frozenset({"period", "down", "budget_minutes", "budget_of_minutes"})
_WORDS: Final = frozenset({"complete", "said", "complaints"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a report says, readable."""

    account: Account
    plan: Plan
    day: date | None
    times: Mapping[str, Moment]
    spans: tuple[tuple[str, str, Amount], ...]
    """(name, as written, seconds), as often as it is stated."""
    figures: Mapping[str, Amount]
    lines: tuple[tuple[ToldLine, Moment], ...]
    unreadable: tuple[Contradiction, ...] = field(default=())

    def span(self, name: str) -> float | None:
        """How long a span was: by its moments, else by the first length stated; in seconds."""
        from_marks = self.between(*ENDS[name]) if name in ENDS else None
        if from_marks is not None:
            return float(from_marks)
        return next((amount.value for own, _, amount in self.spans if own == name), None)

    def between(self, start: str, end: str) -> int | None:
        """Seconds from one moment to another; None where one is not told."""
        first, last = self.when(start), self.when(end)
        return None if first is None or last is None else last - first

    def when(self, name: str) -> Moment | None:
        """A moment; `over` is the end, else when it was called resolved."""
        if name == "over":
            return self.times.get("ended") or self.times.get("resolved")
        if name == "back":
            return self.times.get("restored") or self.times.get("verified")
        return self.times.get(name)


ENDS: Final[Mapping[str, tuple[str, str]]] = {
    "incident": ("began", "over"),
    "impact": ("began", "back"),
    "detect": ("began", "detected"),
    "acknowledge": ("detected", "acknowledged"),
    "identify": ("detected", "identified"),
    "mitigate": ("detected", "mitigated"),
}
"""The moments a span lies between; of the others only the plan or the report can say."""


def claims_of(account: Account, plan: Plan) -> Claims:
    """The claims, read against a plan."""
    wrong: list[Contradiction] = []
    day = _day(account)
    times: dict[str, Moment] = {
        name: when
        for name, text in account.times.items()
        if (when := _read(wrong, f"times.{name}", text, lambda text: amounts.moment(text, day),
                          "a moment such as 14:23 or 2026-03-10 14:23 UTC")) is not None
    }  # fmt: skip
    spans = tuple(
        (name, text, long)
        for name, texts in account.spans.items()
        for text in texts
        if (long := _read(wrong, f"spans.{name}", text, amounts.length,
                          "a length of time such as 24 min")) is not None
    )  # fmt: skip
    figures: dict[str, Amount] = {
        name: amount
        for name, text in account.impact.items()
        if name not in _WORDS
        and (amount := _read(wrong, f"impact.{name}", text, *figure_of(name))) is not None
    }
    return Claims(
        account=account,
        plan=plan,
        day=day,
        times=times,
        spans=spans,
        figures=figures,
        lines=tuple(_lines(account, day, wrong)),
        unreadable=tuple(wrong),
    )


def figure_of(name: str) -> tuple[Callable[[str], Amount | None], str]:
    """Who reads a figure of the impact, and what is expected of it."""
    if name in _SHARES:
        return amounts.share, "a percentage such as 0.8 %"
    if name in _LENGTHS:
        return amounts.length, "a length of time such as 31.2 min"
    return amounts.number, "a number such as 450"


def _read(
    wrong: list[Contradiction],
    where: str,
    text: str,
    reader: Callable[[str], T | None],
    expected: str,
) -> T | None:
    if is_blank(text):
        return None
    value = reader(text)
    if value is None:
        wrong.append(
            Contradiction(
                code="unreadable",
                where=where,
                found=f"“{text}” cannot be read",
                expected=f"expected {expected}",
                do="Write it so, or leave it empty",
            )
        )
    return value


def is_blank(text: str) -> bool:
    """Whether people left it empty, in whatever words."""
    return text.strip().rstrip(".").casefold() in BLANK


def _day(account: Account) -> date | None:
    texts = (account.date, *account.times.values(), account.id)
    return next((day for text in texts if (day := amounts.calendar_day(text))), None)


def _lines(
    account: Account, day: date | None, wrong: list[Contradiction]
) -> Iterator[tuple[ToldLine, Moment]]:
    """The timeline with its moments; midnight passed means the next day."""
    days, before = 0, None
    for n, line in enumerate(account.timeline, 1):
        when = _read(wrong, f"timeline line {n}", line.at, lambda text: amounts.moment(text, day),
                     "a time such as 14:23")  # fmt: skip
        if when is None:
            continue
        if not when.dated:
            when = Moment(at=when.at + days * DAY, grain=when.grain, dated=False)
            if before is not None and before - when > HALF_A_DAY:
                days += 1
                when = Moment(at=when.at + DAY, grain=when.grain, dated=False)
        before = when
        yield line, when
