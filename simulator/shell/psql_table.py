"""A query's result as psql draws it: aligned, unaligned, expanded, tuples only, CSV.

Rule 1: as psql 16 with its default border: names in the middle, numbers to the right, no blanks
    behind the last value, a row count at the end.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.shell.sql_run import Result
from simulator.shell.sql_values import RIGHT_ALIGNED, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How results are drawn."""

    aligned: bool = True
    tuples_only: bool = False
    expanded: bool = False
    csv: bool = False
    separator: str = "|"
    null: str = ""


def drawn(result: Result, form: Form, title: str = "") -> str:
    """The result as text, newline-terminated."""
    cells = [
        [
            form.null if value is None else shown(value, kind, scale)
            for value, kind, scale in zip(row, result.kinds, result.scales, strict=True)
        ]
        for row in result.rows
    ]
    if form.csv:
        return _as_csv(result.columns, cells, form)
    if form.expanded:
        return _expanded(result.columns, cells, form)
    if not form.aligned:
        lines = [form.separator.join(row) for row in cells]
        if not form.tuples_only:
            lines = [form.separator.join(result.columns), *lines, _count(len(cells))]
        return "".join(f"{line}\n" for line in lines)
    right = [kind in RIGHT_ALIGNED for kind in result.kinds]
    return _aligned(result.columns, cells, right, form, title)


def _count(rows: int) -> str:
    return f"({rows} row{'' if rows == 1 else 's'})"


def _as_csv(columns: Sequence[str], cells: Sequence[Sequence[str]], form: Form) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if not form.tuples_only:
        writer.writerow(columns)
    writer.writerows(cells)
    return out.getvalue()


def _aligned(
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    right: Sequence[bool],
    form: Form,
    title: str,
) -> str:
    widths = [len(name) for name in columns]
    for row in cells:
        for place, cell in enumerate(row):
            widths[place] = max(widths[place], *(len(part) for part in cell.split("\n")))
    lines: list[str] = []
    if not form.tuples_only:
        # psql puts the odd blank to the right; str.center does not always.
        names = [
            " "
            + " " * ((width - len(name)) // 2)
            + name
            + " " * ((width - len(name) + 1) // 2)
            + " "
            for name, width in zip(columns, widths, strict=True)
        ]
        rule = "+".join("-" * (width + 2) for width in widths)
        lines = ["|".join(names), rule]
        if title:
            lines.insert(0, title.center(len(rule)).rstrip())
    for row in cells:
        lines += _row_lines(row, widths, right)
    foot = "" if form.tuples_only else f"{_count(len(cells))}\n"
    return "".join(f"{line}\n" for line in lines) + foot + "\n"


def _row_lines(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    """One row, on as many lines as its tallest cell; `+` marks a cell that goes on."""
    parts = [cell.split("\n") for cell in row]
    lines: list[str] = []
    for level in range(max((len(one) for one in parts), default=1)):
        drawn_cells: list[str] = []
        for place, one in enumerate(parts):
            text = one[level] if level < len(one) else ""
            padded = text.rjust(widths[place]) if right[place] else text.ljust(widths[place])
            drawn_cells.append(f" {padded}{'+' if level < len(one) - 1 else ' '}")
        lines.append("|".join(drawn_cells).rstrip())
    return lines


def _expanded(columns: Sequence[str], cells: Sequence[Sequence[str]], form: Form) -> str:
    if not cells:
        return "" if form.tuples_only else "(0 rows)\n\n"
    names = max((len(name) for name in columns), default=0)
    values = max(
        (len(line) for row in cells for cell in row for line in cell.split("\n")), default=0
    )
    lines: list[str] = []
    for place, row in enumerate(cells, 1):
        if not form.tuples_only:
            head = f"-[ RECORD {place} ]"
            if not form.aligned:
                lines += [""] if place > 1 else []
            elif len(head) < names + 1:
                lines.append(f"{head.ljust(names + 1, '-')}+{'-' * (values + 1)}")
            else:
                lines.append(head.ljust(names + values + 3, "-"))
        for name, cell in zip(columns, row, strict=True):
            if form.aligned:
                lines.append(f"{name.ljust(names)} | {cell}".rstrip())
            else:
                lines.append(f"{name}{form.separator}{cell}")
    return "".join(f"{line}\n" for line in lines) + ("\n" if form.aligned else "")
