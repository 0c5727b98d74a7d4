"""Facts as people say them: `92.2 % of requests fail, p95 185 ms, down: edge and api`.

Rule 1: every fact that was shown is said, with its unit; none is judged.
Rule 2: a mean over a while is told with how long: `7 % of requests fail over 5 min`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from simulator.brief.terms import AllOf, Comparison, Condition, Name, Operator, Quantity, said
from simulator.clock import said as duration
from simulator.journal.narration.names import listed
from simulator.journal.units import natural


def seen(facts: Mapping[str, Any], over_s: Mapping[str, int] | None = None) -> str:
    """What a look or a page showed; empty for nothing.

    `over_s` says which facts are means and of how many seconds; told once after the last of each.
    """
    order = (*_FIRST, *sorted(set(facts) - {*_FIRST, _LAST}), _LAST)
    wanted = [name for name in order if name in facts and not _is_beside(name, facts)]
    means = over_s or {}
    last = {means[name]: name for name in wanted if name in means}
    return ", ".join(
        _fact(name, facts) + (f" over {duration(means[name])}" if name in last.values() else "")
        for name in wanted
    )


def demands(condition: Condition) -> str:
    """What a condition asks for, in words: `edge errors below 1 %, mode is normal`."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    return ", ".join(_demand(part) for part in parts)


_FIRST: Final = ("errors", "p95_ms", "p95_ratio", "data", "traffic_share", "user_share", "users")
_LAST: Final = "service_down"
"""A list of names, so nothing follows it."""
_FIGURES: Final[Mapping[str, Callable[[float], str]]] = {
    "errors": lambda v: f"{100 * v:.3g} % of requests fail",
    "p95_ms": lambda v: f"p95 {v:,.0f} ms",
    "p95_ratio": lambda v: f"p95 {_times(v)}",
    "traffic_share": lambda v: f"{100 * v:.3g} % of the traffic is affected",
    "user_share": lambda v: f"{100 * v:.3g} % of the users hit",
    "users": lambda v: f"{_counted(v, 'user')} hit",
    "saturation": lambda v: f"the fullest service {100 * v:.3g} % used",
    "budget": lambda v: f"{100 * v:.3g} % of the error budget left",
    "revenue_per_h": lambda v: f"${v:,.0f} lost an hour",
    "alerts": lambda v: f"{_counted(v, 'alert')} firing",
    "tickets": lambda v: _counted(v, "new ticket"),
}
_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("data", "at_risk"): "data at risk",
    ("vendor", "ok"): "the vendor is up",
    ("vendor", "down"): "the vendor is down",
    ("region", "ok"): "the region is up",
    ("region", "down"): "the region is down",
    ("customers", "one"): "one customer hit",
    ("customers", "several"): "several customers hit",
    ("customers", "all"): "all customers hit",
    ("core", "yes"): "a core function is hit",
    ("core", "no"): "no core function is hit",
    ("cosmetic", "yes"): "only looks are hit",
    ("cosmetic", "no"): "more than looks is hit",
}
_OPERATORS: Final[Mapping[Operator, str]] = {
    "==": "is", "!=": "is not", ">": "above", ">=": "at least", "<": "below", "<=": "at most",
}  # fmt: skip


def _is_beside(name: str, facts: Mapping[str, Any]) -> bool:
    """Whether it is said beside another fact: the ratio beside its figure."""
    return name == "p95_ratio" and "p95_ms" in facts


def _fact(name: str, facts: Mapping[str, Any]) -> str:
    value = natural(name, facts[name])
    if name in _FIGURES and isinstance(value, int | float):
        ratio = natural("p95_ratio", facts.get("p95_ratio"))
        if name == "p95_ms" and isinstance(ratio, int | float):
            return f"{_FIGURES[name](value)} ({_times(ratio)})"
        return _FIGURES[name](value)
    if name == "service_down" and isinstance(value, tuple | list):
        return f"down: {listed(value)}" if value else "nothing is down"
    if isinstance(value, tuple | list):
        return f"{_words(name)} {listed(map(str, value))}"
    return _WORDS.get((name, str(value)), f"{_words(name)} {_words(str(value))}")


def _times(ratio: float) -> str:
    times = f"{ratio:.2f}".rstrip("0").rstrip(".")
    return "as usual" if times == "1" else f"{times} times the usual"


def _counted(number: float, noun: str) -> str:
    count = int(number)
    return f"{count or 'no'} {noun}" if count < 2 else f"{count:,} {noun}s"


def _demand(part: Condition) -> str:
    if not isinstance(part, Comparison):
        return said(part)
    value = part.value
    right = _words(value.text) if isinstance(value, Name) else value.text
    if isinstance(value, Quantity):
        right = right.replace("%", " %").replace("ms", " ms")
    return f"{_words(part.name.text)} {_OPERATORS[part.operator]} {right}"


def _words(name: str) -> str:
    return name.replace("_", " ").replace(".", " ")
