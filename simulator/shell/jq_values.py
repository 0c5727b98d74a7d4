"""jq's values: read from JSON and printed as it, ordered, added and told in its errors."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from simulator.shell.syntax import Unreadable


class JqError(ValueError):
    """A filter failed on a value, in jq's words."""


def described(value: Any) -> str:
    """A value as jq's errors show it: kind and, shortened, the value."""
    kinds = {bool: "boolean", int: "number", float: "number", str: "string", list: "array"}
    if value is None:
        return "null (null)"
    shown = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    short = shown if len(shown) <= 11 else f"{shown[:10]}..."
    return f"{kinds.get(type(value), 'object')} ({short})"


def ordered(value: Any) -> Any:
    """A sort key for any two values: null, false, true, numbers, texts, arrays, objects."""
    if value is None:
        return (0,)
    if isinstance(value, bool):
        return (1 + value,)
    if isinstance(value, int | float):
        return (3, value)
    if isinstance(value, str):
        return (4, value)
    if isinstance(value, list):
        return (5, tuple(ordered(item) for item in value))
    pairs = sorted(value.items())
    return (6, tuple(key for key, _ in pairs), tuple(ordered(item) for _, item in pairs))


def calculated(operator: str, left: Any, right: Any) -> Any:
    """`left operator right`.

    Raises:
        JqError: where jq knows no such sum.
    """
    low, high = ordered(left), ordered(right)
    comparisons: dict[str, Callable[[], bool]] = {
        "==": lambda: bool(low == high),
        "!=": lambda: bool(low != high),
        "<": lambda: bool(low < high),
        "<=": lambda: bool(low <= high),
        ">": lambda: bool(low > high),
        ">=": lambda: bool(low >= high),
    }
    if operator in comparisons:
        return comparisons[operator]()
    if is_number(left) and is_number(right):
        return _arithmetic(operator, left, right)
    if operator == "+":
        if left is None or right is None:
            return right if left is None else left
        if isinstance(left, str) and isinstance(right, str):
            return left + right
        if isinstance(left, list) and isinstance(right, list):
            return left + right
        if isinstance(left, dict) and isinstance(right, dict):
            return {**left, **right}
    if operator == "-" and isinstance(left, list) and isinstance(right, list):
        return [item for item in left if item not in right]
    if operator == "*" and isinstance(left, dict) and isinstance(right, dict):
        return _merged(left, right)
    if operator == "/" and isinstance(left, str) and isinstance(right, str):
        return left.split(right) if right else list(left)
    verb = {"+": "added", "-": "subtracted", "*": "multiplied"}.get(operator, "divided")
    raise JqError(f"{described(left)} and {described(right)} cannot be {verb}")


def _merged(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    """Both objects, the right one's values before the left one's, deeper objects alike."""
    both = dict(left)
    for key, item in right.items():
        held = both.get(key)
        if isinstance(held, dict) and isinstance(item, dict):
            both[key] = _merged(held, item)
        else:
            both[key] = item
    return both


def is_number(value: Any) -> bool:
    """Whether a value is a number and no truth."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _arithmetic(operator: str, left: float, right: float) -> float:
    if operator in "/%" and right == 0:
        raise JqError(
            f"{described(left)} and {described(right)} cannot be divided "
            "because the divisor is zero"
        )
    if max(abs(left), abs(right)) > 1e100:
        raise Unreadable("so large a number in jq", simulated=False)
    match operator:
        case "+":
            result = left + right
        case "-":
            result = left - right
        case "*":
            result = left * right
        case "/":
            result = left / right
        case _:
            result = int(left) % int(right) if int(right) else 0
    return int(result) if result == int(result) and abs(result) < 1e17 else result


def printed(value: Any, *, compact: bool, sort_keys: bool) -> str:
    """A value as JSON text."""
    if compact:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=sort_keys)


def values_in(text: str) -> tuple[list[Any], str]:
    """The JSON values of a text and where it stops being JSON."""
    decoder = json.JSONDecoder()
    values: list[Any] = []
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text):
            return values, ""
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            line = text.count("\n", 0, at) + 1
            column = at - (text.rfind("\n", 0, at) + 1) + 1
            return values, f"Invalid numeric literal at line {line}, column {column}"
        values.append(value)
