"""jq's plain functions: values in, one value out.

Rule 1: a function here never runs a filter; those that do live with the machine in `jq`.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from simulator.shell.jq_values import JqError, calculated, described, is_number, ordered
from simulator.shell.posix import IN_BRACKETS, posix_pattern
from simulator.shell.streams import LONGEST_OUTPUT
from simulator.shell.syntax import Unreadable


def _split(value: Any, by: Any) -> list[str]:
    return _text(value).split(_text(by)) if by else list(_text(value))


def _length(value: Any) -> Any:
    if value is None:
        return 0
    if isinstance(value, bool):
        raise JqError(f"{described(value)} has no length")
    return abs(value) if is_number(value) else len(value)


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted(value)
    if isinstance(value, list):
        return list(range(len(value)))
    raise JqError(f"{described(value)} has no keys")


def _array(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise JqError(f"Cannot iterate over {described(value)}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise JqError(f"{described(value)} cannot be matched, as it is not a string")
    return value


def _tostring(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tonumber(value: Any) -> Any:
    if is_number(value):
        return value
    try:
        number = float(value[:40]) if isinstance(value, str) else None
    except ValueError:
        number = None
    if number is None or number != number or abs(number) > 1e100:  # noqa: PLR0124 - not a number
        raise JqError(f"{described(value)} cannot be parsed as a number")
    return int(number) if number == int(number) else number


def _add(value: Any) -> Any:
    total: Any = None
    for item in value.values() if isinstance(value, dict) else _array(value):
        total = calculated("+", total, item)
        if isinstance(total, str | list) and len(total) > LONGEST_OUTPUT:
            raise Unreadable("so long a sum in jq", simulated=False)
    return total


def _join(value: Any, between: Any) -> str:
    return _text(between).join("" if item is None else _tostring(item) for item in _array(value))


def _test(value: Any, source: Any, flags: Any = "") -> bool:
    folded = "i" in (flags or "")
    pattern = posix_pattern(_text(source), ignore_case=folded, escapes=IN_BRACKETS)
    return pattern.found(_text(value))


def _contains(value: Any, part: Any) -> bool:
    if isinstance(value, str) and isinstance(part, str):
        return part in value
    if isinstance(value, list) and isinstance(part, list):
        return all(any(_same(item, wanted) for item in value) for wanted in part)
    if isinstance(value, dict) and isinstance(part, dict):
        return all(key in value and _same(value[key], wanted) for key, wanted in part.items())
    raise JqError(f"{described(value)} and {described(part)} cannot have their containment checked")


def _same(value: Any, part: Any) -> bool:
    if type(value) is type(part) and isinstance(value, str | list | dict):
        return _contains(value, part)
    return bool(value == part)


def _has(value: Any, key: Any) -> bool:
    if isinstance(value, dict) and isinstance(key, str):
        return key in value
    if isinstance(value, list) and isinstance(key, int):
        return 0 <= key < len(value)
    raise JqError(f"Cannot check whether {described(value)} has a key {described(key)}")


def _to_entries(value: Any) -> Any:
    if not isinstance(value, dict):
        raise JqError(f"{described(value)} has no keys")
    return [{"key": key, "value": item} for key, item in value.items()]


def _from_entries(value: Any) -> Any:
    pairs = [item for item in _array(value) if isinstance(item, dict)]
    return {_tostring(item.get("key", item.get("name"))): item.get("value") for item in pairs}


def _flattened(value: Any) -> Any:
    out: list[Any] = []
    for item in _array(value):
        out.extend(_flattened(item) if isinstance(item, list) else [item])
    return out


def _unique(value: Any) -> Any:
    out: list[Any] = []
    for item in sorted(_array(value), key=ordered):
        if not out or ordered(out[-1]) != ordered(item):
            out.append(item)
    return out


def _tsv(value: Any) -> str:
    return "\t".join("" if item is None else _tostring(item) for item in _array(value))


def _csv(value: Any) -> str:
    quoted = [
        '"' + item.replace('"', '""') + '"' if isinstance(item, str) else _tostring(item)
        for item in _array(value)
    ]
    return ",".join("" if item == "null" else item for item in quoted)


def _type(value: Any) -> str:
    return described(value).partition(" ")[0]


def _date(value: Any) -> str:
    if not is_number(value) or not 0 <= value < 4e9:
        raise JqError("strftime/1 requires parsed datetime inputs")
    return datetime.fromtimestamp(int(value), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _epoch(value: Any) -> int:
    try:
        return int(datetime.fromisoformat(_text(value)).timestamp())
    except ValueError:
        raise JqError(f'date "{value}" does not match format "%Y-%m-%dT%H:%M:%SZ"') from None


CALLS: Final[Mapping[tuple[str, int], Callable[..., Any]]] = {
    ("@csv", 0): _csv,
    ("@json", 0): _tostring,
    ("@text", 0): _tostring,
    ("@tsv", 0): _tsv,
    ("add", 0): _add,
    ("all", 0): lambda value: all(item not in (None, False) for item in _array(value)),
    ("any", 0): lambda value: any(item not in (None, False) for item in _array(value)),
    ("ascii_downcase", 0): lambda value: _text(value).lower(),
    ("ascii_upcase", 0): lambda value: _text(value).upper(),
    ("contains", 1): _contains,
    ("endswith", 1): lambda value, part: _text(value).endswith(_text(part)),
    ("first", 0): lambda value: (_array(value) or [None])[0],
    ("flatten", 0): _flattened,
    ("floor", 0): lambda value: int(_tonumber(value) // 1),
    ("from_entries", 0): _from_entries,
    ("fromdateiso8601", 0): _epoch,
    ("fromdate", 0): _epoch,
    ("has", 1): _has,
    ("inside", 1): lambda value, whole: _contains(whole, value),
    ("join", 1): _join,
    ("keys", 0): _keys,
    ("last", 0): lambda value: (_array(value) or [None])[-1],
    ("length", 0): _length,
    ("ltrimstr", 1): lambda value, part: _text(value).removeprefix(_text(part)),
    ("max", 0): lambda value: max(_array(value), key=ordered, default=None),
    ("min", 0): lambda value: min(_array(value), key=ordered, default=None),
    ("not", 0): lambda value: value in (None, False),
    ("reverse", 0): lambda value: _array(value)[::-1],
    ("rtrimstr", 1): lambda value, part: _text(value).removesuffix(_text(part)),
    ("sort", 0): lambda value: sorted(_array(value), key=ordered),
    ("split", 1): _split,
    ("startswith", 1): lambda value, part: _text(value).startswith(_text(part)),
    ("test", 1): _test,
    ("test", 2): _test,
    ("to_entries", 0): _to_entries,
    ("todate", 0): _date,
    ("tonumber", 0): _tonumber,
    ("tostring", 0): _tostring,
    ("type", 0): _type,
    ("unique", 0): _unique,
}
