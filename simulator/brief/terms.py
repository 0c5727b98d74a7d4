"""The tree of a condition, and how it is said in words again.

Rule 1: every node is frozen and comparable: `parse(said(condition)) == condition`.
Rule 2: amounts keep the author's text beside the value in seconds, shares or per second.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, assert_never

Operator: TypeAlias = Literal["==", "!=", ">", ">=", "<", "<="]
Measure: TypeAlias = Literal["number", "share", "seconds", "rate"]

KEYWORDS: Final = frozenset({"and", "or", "not", "in", "for"})
BARE_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
"""A word that needs no quotes, unless it is a keyword."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Something that can be looked up: `db.connections`, `api.errors[5m]`, `declared`."""

    text: str
    """Ids joined by dots."""
    window_s: int | None = None
    """Over how many past seconds it is measured; None for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount with its unit."""

    text: str
    """As the author wrote it."""
    amount: float
    """In seconds, as a share from 0 to 1, per second, or plain."""
    measure: Measure = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A word or a quoted text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A bare name: holds where it stands for something true, present or above nothing."""

    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A name against an amount, a text or another name."""

    name: Name
    operator: Operator
    value: Quantity | Text | Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """A word that is one of those a name stands for: `api in service_down`."""

    word: str
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """What does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """What has held without a break for a while."""

    part: "Condition"
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Two parts or more that hold together."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Two parts or more of which one holds."""

    parts: tuple["Condition", ...]


Condition: TypeAlias = Known | Comparison | Among | Negation | Lasting | AllOf | AnyOf


def said(condition: Condition) -> str:
    """The condition as an author would write it, with no more brackets than needed."""
    match condition:
        case AnyOf():
            return " or ".join(_inside(part, AnyOf) for part in condition.parts)
        case AllOf():
            return " and ".join(_inside(part, AllOf, AnyOf) for part in condition.parts)
        case Negation():
            return f"not {_inside(condition.part, AllOf, AnyOf)}"
        case Lasting():
            inner = _inside(condition.part, AllOf, AnyOf, Negation, Lasting)
            return f"{inner} for {condition.seconds}s"
        case Comparison():
            return f"{_named(condition.name)} {condition.operator} {_valued(condition.value)}"
        case Among():
            return f"{_quoted(condition.word)} in {_named(condition.name)}"
        case Known():
            return _named(condition.name)
        case _:
            assert_never(condition)


def _inside(part: Condition, *weaker: type) -> str:
    """A part of a larger condition, in brackets where it would be read otherwise without."""
    return f"({said(part)})" if isinstance(part, weaker) else said(part)


def _named(name: Name) -> str:
    return name.text if name.window_s is None else f"{name.text}[{name.window_s}s]"


def _valued(value: Quantity | Text | Name) -> str:
    match value:
        case Quantity():
            return value.text
        case Text():
            return _quoted(value.text)
        case Name():
            return _named(value)
    assert_never(value)


def _quoted(text: str) -> str:
    if BARE_WORD.fullmatch(text) and text not in KEYWORDS:
        return text
    mark = "'" if '"' in text else '"'
    return f"{mark}{text}{mark}"
