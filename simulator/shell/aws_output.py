"""The AWS CLI's three output forms of one response: json, text and table.

Rule 1: text has a line a list element, scalars in key order between tabs, nested parts on lines of
    their own led by their name in capitals; nothing is escaped.
Rule 2: times stored as epoch seconds are shown as ISO 8601, as version 2 of the CLI does.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

_TIMELY: Final = ("Time", "Date", "Timestamp", "Created", "At", "LastModified")
WIDEST_CELL: Final = 120


def printable(value: Any, name: str = "") -> Any:
    """A response with its times as text."""
    if isinstance(value, Mapping):
        return {str(key): printable(one, str(key)) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one, name) for one in value]
    timely = name.endswith(_TIMELY) or name in ("lastUpdatedTime", "startTime", "endTime")
    if timely and isinstance(value, int | float) and 1e9 <= value < 4e9:
        at = datetime.fromtimestamp(value, tz=UTC)
        return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds")
    return value


def rendered(response: Any, form: str, operation: str) -> str:
    """The response as `json`, `text` or `table`; nothing where there is none."""
    if response is None and form != "json":
        return "None\n"
    match form:
        case "text":
            return "".join(f"{line}\n" for line in _text(response))
        case "table":
            return "".join(f"{line}\n" for line in _table(response, operation))
    if response in ({}, ""):
        return ""
    return json.dumps(response, indent=4, ensure_ascii=False, default=str) + "\n"


def _scalar(value: Any) -> str:
    return str(value)


def _nests(value: Any) -> bool:
    return isinstance(value, Mapping | list)


def _text(item: Any, name: str = "", keys: Sequence[str] | None = None) -> list[str]:
    if isinstance(item, Mapping):
        return _text_of_mapping(item, name, keys)
    if isinstance(item, list):
        return _text_of_list(item, name)
    return [_scalar(item)]


def _text_of_list(items: Sequence[Any], name: str) -> list[str]:
    if any(isinstance(one, Mapping) for one in items):
        # Every element shows the same columns, so that they line up.
        keys = sorted(
            {
                k
                for one in items
                if isinstance(one, Mapping)
                for k, v in one.items()
                if not _nests(v)
            }
        )
        return [line for one in items for line in _text(one, name, keys)]
    scalars = [_scalar(one) for one in items if not _nests(one)]
    lines: list[str] = []
    if scalars and name:
        lines = [f"{name.upper()}\t{one}" for one in scalars]
    elif scalars:
        lines = ["\t".join(scalars)]
    return lines + [line for one in items if _nests(one) for line in _text(one, name)]


def _text_of_mapping(item: Mapping[str, Any], name: str, keys: Sequence[str] | None) -> list[str]:
    if keys is None:
        keys = sorted(key for key, value in item.items() if not _nests(value))
    cells = [_scalar(item.get(key, "")) for key in keys if not _nests(item.get(key))]
    lines: list[str] = []
    if cells:
        lines = ["\t".join([name.upper(), *cells] if name else cells)]
    for key in sorted(key for key, value in item.items() if _nests(value)):
        lines += _text(item[key], key)
    return lines


def _table(response: Any, title: str) -> list[str]:
    blocks = _blocks(response, title)
    width = max(
        (len(_row(row, _widths(rows))) for _, rows in blocks for row in rows[:1]), default=0
    )
    width = max(width, max((len(name) + 4 for name, _ in blocks), default=0))
    lines = ["-" * width]
    for name, rows in blocks:
        lines.append(f"|{name.center(width - 2)}|")
        if rows:
            widths = _widths(rows)
            widths[-1] += width - len(_row(rows[0], widths))
            rule = "+" + "+".join("-" * (one + 4) for one in widths) + "+"
            lines += [rule]
            for place, row in enumerate(rows):
                lines.append(_row(row, widths))
                if place == 0 and len(rows) > 1 and name.endswith(" "):
                    lines.append(rule)
            lines.append(rule)
    return [line.rstrip() for line in lines]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    count = max(len(row) for row in rows)
    return [max((len(row[i]) for row in rows if i < len(row)), default=0) for i in range(count)]


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [*row, *[""] * (len(widths) - len(row))]
    inner = "|".join(f"  {cell.ljust(w)}  " for cell, w in zip(cells, widths, strict=True))
    return f"|{inner}|"


def _blocks(item: Any, title: str) -> list[tuple[str, list[list[str]]]]:
    """Titles with their rows: a mapping's scalars by name, a list's elements under a header."""
    if isinstance(item, Mapping):
        rows = [[key, _cell(value)] for key, value in sorted(item.items()) if not _nests(value)]
        out = [(title, rows)]
        for key, value in sorted(item.items()):
            if _nests(value):
                out += _blocks(value, key)
        return out
    if not isinstance(item, list):
        return [(title, [[_cell(item)]])]
    maps = [one for one in item if isinstance(one, Mapping)]
    if maps and len(maps) == len(item):
        keys = sorted({k for one in maps for k, v in one.items() if not _nests(v)})
        rows = [keys, *([_cell(one.get(key, "")) for key in keys] for one in maps)]
        # The blank marks a block whose first row is a header.
        out = [(f"{title} ", rows)] if keys else []
        for one in maps:
            for key, value in sorted(one.items()):
                if _nests(value):
                    out += _blocks(value, key)
        return out
    flat = [[_cell(one) for one in row] if isinstance(row, list) else [_cell(row)] for row in item]
    return [(title, [row for row in flat if row])]


def _cell(value: Any) -> str:
    text = json.dumps(value, default=str) if _nests(value) else str(value)
    return text.replace("\n", " ")[:WIDEST_CELL]
