"""A query's result as psql draws it: aligned, unaligned, expanded, tuples only, CSV.

Rule 1: as psql 16 with its default border: names in the middle, numbers to the right, a row count
    at the end; but no blanks behind the last value.
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


def drawn(result: Result, form: Form, title: str = "", footer: Sequence[str] | None = None) -> str:
    """The result as text, newline-terminated; under it the footer, else the count of its rows."""
    cells = [
        [
            form.null if value is None else shown(value, kind, scale)
            for value, kind, scale in zip(row, result.kinds, result.scales, strict=True)
        ]
        for row in result.rows
    ]
    if form.csv:
        return _as_csv(result.columns, cells, form)
    heads = [title] if title and not form.tuples_only else []
    if form.expanded and (cells or form.aligned):
        return _expanded(result.columns, cells, form, heads, [*(footer or ())])
    if form.expanded:
        return ""
    feet = [f"({len(cells)} row{'' if len(cells) == 1 else 's'})"] if footer is None else [*footer]
    if form.tuples_only:
        feet = []
    if not form.aligned:
        names = [] if form.tuples_only else [form.separator.join(result.columns)]
        lines = [*heads, *names, *(form.separator.join(row) for row in cells), *feet]
        return _text(lines)
    right = [kind in RIGHT_ALIGNED for kind in result.kinds]
    return _text([*_aligned(result.columns, cells, right, form, heads), *feet, ""])


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


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
    heads: Sequence[str],
) -> list[str]:
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
        middle = [" " * ((len(rule) - len(head)) // 2) + head for head in heads]
        lines = [*middle, "|".join(names), rule]
    for row in cells:
        lines += _row_lines(row, widths, right)
    return lines


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


def _expanded(
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    form: Form,
    heads: Sequence[str],
    feet: Sequence[str],
) -> str:
    """A line a value and a rule a record, as print_aligned_vertical of PostgreSQL's psql."""
    if not cells:
        return "\n" if form.tuples_only else "(0 rows)\n\n"
    names = max((len(name) for name in columns), default=0)
    values = max(
        (len(line) for row in cells for cell in row for line in cell.split("\n")), default=0
    )
    lines = [*heads]
    for place, row in enumerate(cells, 1):
        if not form.aligned:
            lines += [""] if lines else []
            lines += [f"{n}{form.separator}{cell}" for n, cell in zip(columns, row, strict=True)]
            continue
        if not form.tuples_only:
            lines.append(_record(place, names, values))
        elif place > 1:
            lines.append(f"{'-' * (names + 1)}+{'-' * (values + 1)}")
        for name, cell in zip(columns, row, strict=True):
            lines += _value_lines(name.ljust(names), cell.split("\n"), values)
    if feet and not form.tuples_only:
        lines += ["", *feet]
    return _text([*lines, ""] if form.aligned else lines)


def _record(number: int, names: int, values: int) -> str:
    """`-[ RECORD 1 ]--+------`: the cross stands above the bars where the head leaves it room."""
    head = f"-[ RECORD {number} ]"
    if len(head) <= names + 1:
        return f"{head.ljust(names + 1, '-')}+{'-' * (values + 1)}"
    return head.ljust(names + values + 3, "-")


def _value_lines(name: str, parts: Sequence[str], width: int) -> list[str]:
    """One value on as many lines as it has; `+` marks one that goes on."""
    *more, last = parts
    shown_parts = [*(f"{part:<{width}}+" for part in more), last]
    heads = [name, *[" " * len(name)] * len(more)]
    return [f"{head} | {part}".rstrip() for head, part in zip(heads, shown_parts, strict=True)]
