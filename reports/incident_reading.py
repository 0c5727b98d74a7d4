"""A post-incident report read back: our Markdown, as it was drafted or as people edited it.

Rule 1: a line's meaning is its place: below which heading it stands and what it is called there;
headings and names are the plan's.
Rule 2: what cannot be placed is people's own and is left alone; a heading that is gone is told.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reports.incident_claims import losses_in, placed
from reports.incident_draft import in_head
from reports.incident_markdown import BLANK, TRUTH
from reports.incident_record import (
    BECAUSE,
    DEADLINES,
    LENGTHS,
    LEVEL,
    LOSSES,
    RECORD,
    SPANS,
    SUMS,
    TIMES,
)  # fmt: skip
from reports.incident_story import MARKS
from simulator.brief.plan.afterwards import Section
from simulator.brief.plan.plan import Plan
from simulator.debrief.aftermath.account import (
    Account,
    Again,
    ToldAction,
    ToldCause,
    ToldDeadline,
    ToldLine,
)
from simulator.text import clean, clean_line

LONGEST: Final = 400_000
"""Characters of an edited report that are read."""
_ROW: Final = re.compile(r"^- \*\*(?P<title>.+?):\*\*\s*(?P<value>.*)$")
_LINE: Final = re.compile(r"^- (?P<at>(?:\d{4}-\d\d-\d\d )?\S+) - (?P<says>.*)$")
_MARK: Final = re.compile(r"^\*\*(?P<mark>.+?)\.\*\*\s*(?P<says>.*)$")
_ITEM: Final = re.compile(r"^(?:- |\d+\. )(?P<item>(?!\[[ x]\] ).*)$")
_CELL: Final = re.compile(r"(?<!\\)\|")
_ESCAPED: Final = re.compile(r"\\([\\`*_\[\]|#~])")
_CAUSE: Final = re.compile(r"^“?(?P<says>.*?)”?\s*\((?P<sure>\d+ ?%) sure\)")


@dataclass(slots=True, kw_only=True)
class Below:
    """What stands below one heading."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Everything else, as written."""
    grids: list[list[list[str]]] = field(default_factory=list)
    """Tables, each from its heading row on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A report as it stands in its file."""

    account: Account
    gone: tuple[str, ...]
    """Headings and lines of the plan's form that are no longer there."""
    blanks: int
    """How many blanks people have not filled yet."""


def reread(text: str, plan: Plan) -> Reread:
    """The claims of an edited report, by the plan it was drafted under."""
    page = clean(text[:LONGEST], longest=LONGEST)
    body = page.partition(f"### {TRUTH}")[0]
    places = _places(body)
    claims = _Gathering(plan, places)
    return Reread(
        account=claims.account(),
        gone=tuple(_gone(plan, places)),
        blanks=body.count(BLANK) - 1 if "What is left as" in body else body.count(BLANK),
    )


def _places(body: str) -> dict[tuple[str, str], Below]:
    """(shared heading, heading) -> what stands there; the head of the page is ("", "")."""
    places: dict[tuple[str, str], Below] = {}
    at = ("", "")
    in_table = False
    for line in body.splitlines():
        if line.startswith("### "):
            at = (at[0], plain(line[4:]))
        elif line.startswith("## "):
            at = (plain(line[3:]), "")
        here = places.setdefault(at, Below())
        if line.startswith("#"):
            continue
        is_table = line.startswith("|")
        if is_table and not set(line) <= set("|-: "):
            if not in_table:
                here.grids.append([])
            here.grids[-1].append([plain(cell) for cell in _CELL.split(line)[1:-1]])
        elif found := _ROW.match(line):
            here.rows.append((plain(found["title"]), _filled(found["value"])))
        elif line.strip():
            here.lines.append(line)
        in_table = is_table
    return places


def plain(text: str) -> str:
    """Markdown's escapes undone."""
    return _ESCAPED.sub(r"\1", html.unescape(text.strip())).strip()


def _filled(text: str) -> str:
    value = plain(text)
    return "" if set(value) <= {"_", " "} else value


def _gone(plan: Plan, places: Mapping[tuple[str, str], Below]) -> Iterator[str]:
    for section in plan.post_incident.sections.values():
        title, under = clean_line(section.title), clean_line(section.under)
        if not in_head(section):
            if _place(places, section) is None:
                yield f"{under}: {title}" if under else title
            continue
        names = [clean_line(line.title) for line in section.lines.values()] or [title]
        held = _head_rows(places, section)
        yield from (name for name in names if name not in held)


def _head_rows(places: Mapping[tuple[str, str], Below], section: Section) -> dict[str, str]:
    """The named lines of the head, those of its own heading before all others."""
    own = places.get((clean_line(section.under), ""), Below())
    others = [row for place in places.values() for row in place.rows]
    return {**dict(reversed(others)), **dict(own.rows)}


def _place(places: Mapping[tuple[str, str], Below], section: Section) -> Below | None:
    title, under = clean_line(section.title), clean_line(section.under)
    return places.get((under, title) if under else (title, ""))


class _Gathering:
    """Lives for one reading: slots fill as places are visited; the form speaks first."""

    def __init__(self, plan: Plan, places: Mapping[tuple[str, str], Below]) -> None:
        self.plan, self.places = plan, places
        self.slots: dict[str, str] = {}
        self.again: list[Again] = []
        self.spans: dict[str, list[str]] = {}
        self.parts: dict[str, Any] = {}

    def account(self) -> Account:
        """Everything the report claims."""
        for section in self.plan.post_incident.sections.values():
            self._head(section) if in_head(section) else self._section(section)
        self._record()
        kinds: dict[str, dict[str, str]] = {"times": {}, "impact": {}}
        for slot, text in self.slots.items():
            kind, _, name = slot.partition(".")
            if kind in kinds and name:
                kinds[kind][name] = text
        level = self.slots.get("level", "")
        levels = [name for name in re.findall(r"[\w-]+", level) if name in self.plan.levels]
        return Account(
            id=self.slots.get("id", ""),
            title=self.slots.get("title", ""),
            level=levels[0] if levels else level,
            level_at_last=levels[-1] if levels else "",
            level_because=dict(self._below(LEVEL).rows).get(BECAUSE, ""),
            date=self.slots.get("date", ""),
            times=kinds["times"],
            impact=kinds["impact"],
            spans={name: tuple(texts) for name, texts in self.spans.items()},
            again=tuple(self.again),
            **self.parts,
        )

    def _fill(self, slot: str, text: str) -> None:
        kind, _, name = slot.partition(".")
        if not text or (slot in ("impact.said", "impact.complaints") and slot in self.slots):
            return
        if kind == "spans":
            self.spans.setdefault(name, []).append(text)
        elif slot in self.slots:
            self.again.append(Again(of=slot, says=text))
        else:
            self.slots[slot] = text

    def _line(self, shows: str, text: str) -> None:
        """One named line; a line of losses holds several figures."""
        for slot, value in placed(shows, text):
            self._fill(slot, value)

    def _head(self, section: Section) -> None:
        held = _head_rows(self.places, section)
        if section.lines:
            for line in section.lines.values():
                self._line(line.shows, held.get(clean_line(line.title), ""))
            return
        text = held.get(clean_line(section.title), "")
        shows = {"start": "times.began" if ":" in text else "date", "end": "times.ended",
                 "duration": "spans.incident"}.get(section.holds, section.holds)  # fmt: skip
        self._line(shows, text)

    def _section(self, section: Section) -> None:
        here = _place(self.places, section)
        if here is None:
            return
        shows = {clean_line(line.title): line.shows for line in section.lines.values()}
        if section.holds != "timeline":
            for name, value in here.rows:
                self._line(shows.get(name, ""), value)
        items = tuple(plain(m["item"]) for line in here.lines if (m := _ITEM.match(line)))
        match section.holds:
            case "impact":
                for slot, value in losses_in("\n".join(map(plain, here.lines))):
                    self._fill(slot, value)
            case "timeline":
                self.parts["timeline"] = tuple(_told(here, section))
            case "cause":
                self.parts["cause"] = _cause(here)
            case "factors":
                self.parts["factors"] = items
            case "went_well":
                self.parts["went_well"] = items
            case "went_poorly":
                self.parts["went_badly"] = items
            case "actions":
                self.parts["actions"] = tuple(_actions(here))

    def _record(self) -> None:
        called = {name: mark for mark, name in MARKS.items()}
        for row in self._grid(TIMES):
            mark = called.get(row.get("Moment", ""))
            if mark:
                self._fill(f"times.{mark}", row.get("Time", ""))
        spans = {name: span for span, name in SPANS.items()}
        for name, value in self._below(LENGTHS).rows:
            if name in spans:
                self._fill(f"spans.{spans[name]}", value)
        for name, value in self._below(LOSSES).rows:
            self._line(SUMS.get(name, ""), value)
        facts = {row["Fact"]: row["Was"] for row in self._grid(LEVEL) if {"Fact", "Was"} <= {*row}}
        self.parts["facts"] = {name: was for name, was in facts.items() if name}
        self.parts["deadlines"] = tuple(
            ToldDeadline(duty=row.get("Duty", ""), due=row.get("Due", ""),
                         done=row.get("Done", ""), outcome=row.get("Outcome", ""))
            for row in self._grid(DEADLINES)
        )  # fmt: skip

    def _below(self, title: str) -> Below:
        return self.places.get((RECORD, title), Below())

    def _grid(self, title: str) -> Iterator[dict[str, str]]:
        for grid in self._below(title).grids:
            for row in grid[1:]:
                yield dict(zip(grid[0], row, strict=False))


def _told(here: Below, section: Section) -> Iterator[ToldLine]:
    """The timeline, list or table."""
    named = {called: mark for mark, called in MARKS.items()}
    named |= {clean_line(one.title): one.shows.partition(".")[2] for one in section.lines.values()}
    rows = [(m["at"], m["says"]) for line in here.lines if (m := _LINE.match(line))]
    rows += [(row[0], row[1]) for grid in here.grids for row in grid[1:] if len(row) > 1]
    for at, text in rows:
        found = _MARK.match(text)
        mark = plain(found["mark"]) if found else ""
        says = plain(found["says"] if found else text)
        outside = mark.casefold() if mark.casefold() in ("before", "after") else ""
        yield ToldLine(
            at=at, says=says, marks=(named[mark],) if mark in named else (), outside=outside
        )


def _cause(here: Below) -> ToldCause:
    text = next((plain(line) for line in here.lines if not line.startswith(("-", ">"))), "")
    found = _CAUSE.match(text)
    confirmed = "yes" if re.search(r"\bconfirmed\b", text) and "not confirmed" not in text else ""
    if found is None:
        return ToldCause(says=text, confirmed=confirmed)
    return ToldCause(says=found["says"], confidence=found["sure"], confirmed=confirmed)


def _actions(here: Below) -> Iterator[ToldAction]:
    """Actions by the columns of their table, as the plan calls them."""
    for grid in here.grids:
        columns = [one.casefold() for one in grid[0]]
        for row in grid[1:]:
            cells = dict(zip(columns, row, strict=False))
            due = next((cells[name] for name in columns if name.startswith("due")), "")
            text = cells.get("action") or cells.get("title", "")
            if text or any(row):
                yield ToldAction(action=text, owner=cells.get("owner", ""), due=due,
                                 priority=cells.get("priority", ""))  # fmt: skip
