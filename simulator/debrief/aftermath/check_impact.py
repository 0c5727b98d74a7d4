"""Losses and levels that cannot be true together: requests, shares, budget, money, the plan's rows.

Rule 1: a product of three rough figures agrees within a quarter (assumed); a plain share or sum
within what its last digit allows.
Rule 2: the level is the plan's own: the facts a report gives are asked by `severity_of`, as pager,
bots and score ask it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from simulator.brief.conditions import Found, Look, Name
from simulator.brief.severity import severity_of, steps_above
from simulator.brief.vocabulary import FACTS, SHARES
from simulator.clock import DAY, HOUR, MINUTE, said
from simulator.debrief.aftermath import amounts
from simulator.debrief.aftermath.amounts import Amount
from simulator.debrief.aftermath.claims import Claims
from simulator.debrief.aftermath.contradiction import Contradiction

ROUGH: Final = 0.25
MONTH_S: Final = 30 * DAY
TOTAL: Final = 0.99
"""From this share of errors on an outage is total (assumed)."""
_NUMBERS: Final = frozenset(
    {
        "p95_ms",
        "p95_ratio",
        "users",
        "saturation",
        "revenue_per_h",
        "alerts",
        "tickets",
    }
)
_NONE: Final = re.compile(
    r"\bno (?:customer|user)s?(?: impact)?\b|\bnobody (?:was )?(?:hit|felt)\b", re.IGNORECASE
)


def check_impact(claims: Claims) -> Iterator[Contradiction]:
    """Everything that is wrong with losses and level."""
    yield from _requests(claims)
    yield from _over_time(claims)
    yield from _budget(claims)
    yield from _availability(claims)
    yield from _money(claims)
    yield from _nothing(claims)
    yield from _total(claims)
    yield from _level(claims)


def _requests(claims: Claims) -> Iterator[Contradiction]:
    failed, offered = claims.figures.get("requests"), claims.figures.get("offered")
    mean, peak = claims.figures.get("errors"), claims.figures.get("peak")
    if failed and offered and failed.value > offered.value:
        yield Contradiction(
            code="failed_beyond_offered",
            where="impact.requests",
            found=f"{failed.value:,.0f} of {offered.value:,.0f} requests failed",
            expected="no more can fail than were sent",
            do="Correct one of the two",
        )
    elif failed and offered and offered.value and mean:
        share = failed.value / offered.value
        if not mean.agrees(share, within=0.02):
            yield _differs(
                "share_differs",
                "impact.errors",
                f"{_percent(mean.value)} failed",
                f"{failed.value:,.0f} of {offered.value:,.0f} is {_percent(share)}",
            )
    if mean and peak and mean.value > peak.value + mean.off + peak.off:
        yield _differs(
            "mean_above_peak",
            "impact.peak",
            f"the highest share of errors is {_percent(peak.value)}",
            f"the mean alone is {_percent(mean.value)}",
        )


def _over_time(claims: Claims) -> Iterator[Contradiction]:
    """Requests a minute, for so many minutes, failing by such a share."""
    rate, lasted = claims.figures.get("rate"), claims.span("impact") or claims.span("incident")
    failed, mean = claims.figures.get("requests"), claims.figures.get("errors")
    offered = claims.figures.get("offered")
    if not rate or not lasted:
        return
    sent = rate.value * lasted / MINUTE
    over = f"{rate.value:,.0f} a minute for {said(round(lasted))}"
    if offered and not offered.agrees(sent, within=ROUGH):
        yield _differs(
            "requests_do_not_fit",
            "impact.offered",
            f"{offered.value:,.0f} requests were sent",
            f"{over} is {sent:,.0f}",
        )
    if failed and mean and not failed.agrees(sent * mean.value, within=ROUGH):
        yield _differs(
            "requests_do_not_fit",
            "impact.requests",
            f"{failed.value:,.0f} requests failed",
            f"{_percent(mean.value)} of {over} is {sent * mean.value:,.0f}",
        )


def _budget(claims: Claims) -> Iterator[Contradiction]:
    used, slo = claims.figures.get("budget"), claims.figures.get("slo")
    some, whole = claims.figures.get("budget_minutes"), claims.figures.get("budget_of_minutes")
    if used and some and whole and whole.value:
        share = some.value / whole.value
        if not used.agrees(share):
            yield _differs(
                "budget_differs",
                "impact.budget",
                f"{_percent(used.value)} of the error budget was used",
                f"{some.value / 60:.1f} of {whole.value / 60:.2f} min is {_percent(share)}",
            )
    failed, allowed = claims.figures.get("requests"), claims.figures.get("allowed")
    if used and failed and allowed and allowed.value:
        share = failed.value / allowed.value
        if not used.agrees(share, within=0.02):
            yield _differs(
                "budget_differs",
                "impact.budget",
                f"{_percent(used.value)} of the error budget was used",
                f"{failed.value:,.0f} of {allowed.value:,.0f} failures is {_percent(share)}",
            )
        return
    yield from _burnt(claims, used, slo)


def _burnt(claims: Claims, used: Amount | None, slo: Amount | None) -> Iterator[Contradiction]:
    """Minutes times share against the month's budget, for traffic that is even."""
    promised = slo.value if slo else claims.plan.terms.slo
    lasted, mean = claims.span("impact"), _mean(claims)
    if not used or not promised or promised >= 1 or not lasted or mean is None:
        return
    burnt = lasted * mean / (MONTH_S * (1 - promised))
    if not used.agrees(burnt, within=ROUGH):
        yield _differs(
            "budget_differs",
            "impact.budget",
            f"{_percent(used.value)} of the error budget was used",
            f"{_percent(mean)} failing for {said(round(lasted))} burns "
            f"{_percent(burnt)} of a month at {100 * promised:g} %",
        )


def _mean(claims: Claims) -> float | None:
    """The mean share of errors; a total outage says its own."""
    mean = claims.figures.get("errors")
    if mean is not None:
        return mean.value
    return 1.0 if claims.account.impact.get("complete", "").casefold() == "yes" else None


def _availability(claims: Claims) -> Iterator[Contradiction]:
    """A month's availability against the time it was down, and that against the incident."""
    kept, period = claims.figures.get("availability"), claims.figures.get("period")
    down = claims.figures.get("down")
    lasted = claims.span("impact") or claims.span("incident")
    if down and lasted and not down.agrees(lasted, within=0.05):
        yield _differs(
            "downtime_differs",
            "impact.down",
            f"down for {said(round(down.value))}",
            f"the incident lasted {said(round(lasted))}",
        )
    if not kept or not period:
        return
    lost = (1 - kept.value) * period.value
    mean = _mean(claims)
    felt = down.value if down else lasted * mean if lasted and mean is not None else None
    if felt is not None and not Amount(value=lost, off=kept.off * period.value).agrees(
        felt, within=0.02
    ):
        yield _differs(
            "availability_differs",
            "impact.availability",
            f"{100 * kept.value:g} % over {said(round(period.value))}, "
            f"which is {said(round(lost))} lost",
            f"the report has {said(round(felt))} lost",
        )


def _money(claims: Claims) -> Iterator[Contradiction]:
    money, hourly = claims.figures.get("money"), claims.figures.get("money_per_h")
    lasted = claims.span("impact") or claims.span("incident")
    if money and hourly and lasted and not money.agrees(hourly.value * lasted / HOUR, within=ROUGH):
        yield _differs(
            "money_differs",
            "impact.money",
            f"${money.value:,.0f} was lost",
            f"${hourly.value:,.0f} an hour for {said(round(lasted))} is "
            f"${hourly.value * lasted / HOUR:,.0f}",
        )


def _nothing(claims: Claims) -> Iterator[Contradiction]:
    told = claims.account.impact.get("said", "")
    lost = {name: claims.figures[name] for name in ("requests", "users") if name in claims.figures}
    hit = next((name for name, amount in lost.items() if amount.value > 0), None)
    if hit and _NONE.search(told):
        yield _differs(
            "no_impact_with_failures",
            "impact.said",
            f"“{told}”",
            f"the report counts {lost[hit].value:,.0f} {hit} hit",
        )


def _total(claims: Claims) -> Iterator[Contradiction]:
    worst = claims.figures.get("peak") or claims.figures.get("errors")
    is_total = claims.account.impact.get("complete", "").casefold() == "yes"
    if is_total and worst and worst.value + worst.off < TOTAL:
        yield _differs(
            "outage_differs",
            "impact.complete",
            "a complete outage",
            f"{_percent(worst.value)} of requests failed at the worst",
        )


def _level(claims: Claims) -> Iterator[Contradiction]:
    plan, level = claims.plan, claims.account.level
    facts = dict(told_facts(claims))
    if not level:
        return
    if level not in plan.levels:
        yield Contradiction(
            code="level_unknown",
            where="level",
            found=f"“{level}” is no level of the plan",
            expected=f"one of {', '.join(plan.levels)}",
            do="Write the level as the plan does",
        )
        return
    by_facts = severity_of(plan, look_at(facts), lambda _: float("inf"))
    if not facts or by_facts == level or claims.account.level_because.strip():
        return
    given = ", ".join(f"{name} {_shown(name, value)}" for name, value in facts.items())
    above = not by_facts or steps_above(plan, level, by_facts) > 0
    yield Contradiction(
        code="level_above_facts" if above else "level_below_facts",
        where="level",
        found=f"{level} with {given}",
        expected=f"by the plan's table these facts are {by_facts or 'no level at all'}",
        do=f"Name the fact that made it {level}"
        if above
        else "Grade it by its facts, or say why not",
    )


def told_facts(claims: Claims) -> Iterator[tuple[str, Found]]:
    """The facts a level may rest on: those given, and those that follow from the losses."""
    told = claims.account.facts
    for name, text in told.items():
        value = _fact(name, text)
        if value is not None:
            yield name, value
    worst = claims.figures.get("peak") or claims.figures.get("errors")
    if "errors" not in told and worst is not None:
        yield "errors", worst.value
    elif "errors" not in told and claims.account.impact.get("complete", "").casefold() == "yes":
        yield "errors", 1.0
    money, lasted = claims.figures.get("money"), claims.span("impact") or claims.span("incident")
    if "revenue_per_h" not in told and money and lasted:
        yield "revenue_per_h", money.value * HOUR / lasted


def look_at(facts: Mapping[str, Found]) -> Look:
    """What a condition's names stand for, by these facts alone."""

    def look(name: Name) -> Found | None:
        return facts.get(name.text)

    return look


def _fact(name: str, text: str) -> Found | None:
    """A fact as conditions compare it; None where it cannot be read."""
    if name not in FACTS or not text.strip():
        return None
    if name in SHARES or name in _NUMBERS:
        amount = amounts.number(text)
        return amount.value if amount else None
    if name == "service_down":
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text.strip()


def _shown(name: str, value: Found) -> str:
    if isinstance(value, str) or not isinstance(value, Collection | int | float):
        return str(value)
    if isinstance(value, Collection):
        return ", ".join(value)
    return _percent(value) if name in SHARES else f"{value:,.0f}"


def _percent(value: float) -> str:
    return f"{100 * value:.3g} %"


def _differs(code: str, where: str, found: str, expected: str) -> Contradiction:
    return Contradiction(
        code=code, where=where, found=found, expected=expected, do="Correct one, or say why both"
    )
