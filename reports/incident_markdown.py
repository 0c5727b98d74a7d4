"""The post-incident report as Markdown: to edit, to keep beside the code, to be read back.

Rule 1: one block has one form, and `incident_reading` undoes it: what is written here is parsed
there, line by line.
Rule 2: every foreign text is escaped and on one line.
"""

from collections.abc import Iterator
from typing import Final

from reports.incident_contents import (
    Blanks,
    Block,
    Grid,
    IncidentReport,
    Items,
    Part,
    Quote,
    Row,
    Rows,
    Story,
    Text,
)
from reports.page import in_markdown

BLANK: Final = r"\_\_\_\_"
"""What people fill in: four low lines, as Markdown shows them."""
STORY: Final = ("Time (UTC)", "Event", "Who")
TRUTH: Final = "What was true"
ONLY_A_DRILL: Final = "Only a drill can tell this: it is no part of the form."


def incident_markdown(it: IncidentReport) -> str:
    """The whole report."""
    lines = [f"# {_said(it.heading)}: {_said(it.title)}", "", *_note(it)]
    lines += _parts(it.parts)
    lines += ["", "---", *_parts(it.record)]
    if it.truth:
        lines += ["", f"### {TRUTH}", "", f"> {ONLY_A_DRILL}"]
        lines += ["", *(_row(row) for row in it.truth)]
    lines += ["", *_foot(it)]
    return "\n".join(_single_spaced(lines)) + "\n"


def _note(it: IncidentReport) -> Iterator[str]:
    form = f"{_said(it.organisation)} ({_said(it.plan)})"
    yield (
        f"> A draft from the record of drill {_said(it.drill)}: nothing was real. Form and "
        f"headings are those of {form}. What is left as {BLANK} only people can write."
    )
    if it.rules:
        yield ">"
        yield f"> {_said('; '.join(it.rules))}."
    yield ""


def _foot(it: IncidentReport) -> Iterator[str]:
    proof = f"record verified, head {_said(it.head)}" if it.head else "record not verified"
    check = f"gameday report {it.drill} --incident --check FILE"
    yield (
        f"Drawn from drill {_said(it.drill)}, {proof}; gameday {_said(it.engine)}. After editing, "
        f"`{check}` says where it contradicts itself."
    )


def _parts(parts: tuple[Part, ...]) -> Iterator[str]:
    above = ""
    for part in parts:
        if part.under and part.under != above:
            yield from ("", f"## {_said(part.under)}", "")
        above = part.under
        if part.title:
            yield from ("", f"{'###' if part.under else '##'} {_said(part.title)}", "")
        for block in part.blocks:
            yield from _block(block)
            yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Rows(rows=rows):
            yield from (_row(row) for row in rows)
        case Text(text=text):
            yield _said(text)
        case Items(items=items):
            yield from (f"- {_said(item)}" for item in items)
        case Grid(columns=columns, rows=cells):
            yield from _grid(columns, cells)
        case Story(moments=moments, as_list=True):
            for one in moments:
                who = f" ({_said(one.who)})" if one.who else ""
                yield f"- {_said(one.time)} - {_marked(one.mark)}{_said(one.says)}{who}"
        case Story(moments=moments):
            yield from _table(STORY)
            for one in moments:
                says = f"{_marked(one.mark)}{_said(one.says)}"
                yield f"| {_said(one.time)} | {says} | {_said(one.who)} |"
        case Blanks(asks=asks):
            yield from (f"- [ ] {_said(ask)}: {BLANK}" for ask in asks)
        case Quote(who=who, text=text):
            yield f"> {_said(text)} ({_said(who)}, as handed in)"


def _row(row: Row) -> str:
    return f"- **{_said(row.title)}:** {_said(row.value) or BLANK}"


def _marked(mark: str) -> str:
    return f"**{_said(mark)}.** " if mark else ""


def _grid(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield from _table(columns)
    for row in rows:
        yield f"| {' | '.join(_said(cell) for cell in row)} |"


def _table(columns: tuple[str, ...]) -> tuple[str, str]:
    return f"| {' | '.join(_said(one) for one in columns)} |", f"|{'---|' * len(columns)}"


def _said(text: str) -> str:
    return str(in_markdown(text))


def _single_spaced(lines: list[str]) -> Iterator[str]:
    """Never more than one empty line on end."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
