"""What stands below each heading of a plan's report form: filled from the drill, or left blank.

Rule 1: what a section holds decides what fills it; its title and its place are the plan's.
Rule 2: a question the record cannot answer stays a blank, with the plan's own words.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from reports.incident_conduct import actions, unowned, went_badly, went_well
from reports.incident_contents import Blanks, Block, Grid, Items, Quote, Row, Rows, Story, Text
from reports.incident_facts import Facts
from reports.incident_lines import detected_by, level_line, value_of
from reports.incident_story import left_out, story
from reports.wording import counted, title
from simulator.brief.plan.afterwards import Section
from simulator.clock import said
from simulator.debrief.aftermath.detection import Gap
from simulator.journal.events.work import ActionFinished, ActionStarted
from simulator.journal.events.world import DebtOpened, EffectRelieved, EffectTook
from simulator.text import clean_line

HEAD: Final = frozenset({"id", "title", "level", "start", "end", "duration", "services"})
"""Sections that are one line of the head."""
PEOPLES: Final = frozenset({"lessons", "prevention", "text", "evidence", "safeguards"})
"""Sections whose questions only people can answer, whatever stands beside them."""
NOTHING: Final = "The record shows nothing; what people saw is theirs to add"


def head_value(facts: Facts, section: Section, *, has_end: bool) -> str:
    """The value of a section that is one line: a form without an end asks for the day alone."""
    match section.holds:
        case "start":
            return value_of(facts, "times.began" if has_end else "date")
        case "end":
            return facts.stamp("resolved")
        case "duration":
            return facts.span("incident")
        case "level":
            return level_line(facts)
        case "id" | "title" | "services":
            return value_of(facts, section.holds)
    return ""


def blocks(facts: Facts, name: str, section: Section) -> tuple[Block, ...]:
    """What stands below a section's heading."""
    fill = _FILLS.get(section.holds)
    found: list[Block] = []
    if section.lines and section.holds != "timeline":
        rows = (
            Row(title=clean_line(line.title), value=value_of(facts, line.shows))
            for line in section.lines.values()
        )
        found.append(Rows(rows=tuple(rows)))
    elif fill is not None:
        found += fill(facts, section)
    found += _handed(facts, name, section)
    found += _blanks(section, is_empty=not found)
    return tuple(found)


def _blanks(section: Section, *, is_empty: bool) -> Iterator[Block]:
    """The plan's questions that stay open; a section with nothing at all asks by its title."""
    asks = [*section.groups] if section.holds == "lessons" else []
    if section.holds in PEOPLES or section.holds in ("cause", "factors"):
        asks += section.asks
    if is_empty and not asks:
        asks = [section.title]
    if section.holds == "actions" and section.groups:
        asks = [f"Sort the actions: {group}" for group in section.groups]
    if asks:
        yield Blanks(asks=tuple(clean_line(ask) for ask in asks))


def _handed(facts: Facts, name: str, section: Section) -> Iterator[Block]:
    """What a person handed in for a section that is people's to write."""
    handed = facts.handed_in
    if handed is None or section.holds not in PEOPLES:
        return
    by_bot = facts.played.opened.policies.get(handed.by, "")
    text = clean_line(handed.fields.get(name, ""), longest=1500)
    if text and not by_bot:
        yield Quote(who=facts.played.who(handed.by), text=text)


def _impact(facts: Facts, _: Section) -> Iterator[Block]:
    yield Text(text=facts.impact_line())
    rows = [
        Row(title="Duration of the impact", value=facts.span("impact")),
        Row(title="Error budget", value=value_of(facts, "impact.budget")),
        Row(title="Money lost", value=value_of(facts, "impact.money")),
    ]
    known = tuple(row for row in rows if row.value)
    if known:
        yield Rows(rows=known)


def _timeline(facts: Facts, section: Section) -> Iterator[Block]:
    lines = story(facts, section)
    yield Story(moments=lines, as_list=section.form == "list")
    more = left_out(facts, lines)
    if more:
        told = f"{counted(more, 'further line')} in the drill's own report"
        yield Text(text=f"Times in UTC; {told}.")


def _cause(facts: Facts, _: Section) -> Iterator[Block]:
    named, at = facts.named, facts.moments.get("identified")
    if named is None:
        yield Text(text="No cause was named in the drill.")
        return
    who = facts.played.who(named.by)
    when = f" at {facts.clock(at)}" if at is not None else ""
    yield Text(text=f"{facts.cause_line()}, as {who} named it{when}.")
    seen = _evidence(facts)
    if seen:
        yield Items(items=tuple(seen))


def _evidence(facts: Facts) -> list[str]:
    """The finds that stood behind the cause as it was named, each once."""
    named = facts.named
    told: dict[str, str] = {}
    for seq in named.evidence if named else ():
        entry = facts.played.entries[seq] if seq < len(facts.played.entries) else None
        look = getattr(entry.what, "look", "") if entry else ""
        if entry is not None and look:
            who = facts.played.who(getattr(entry.what, "by", ""))
            told[look] = (
                f"{title(facts.played.title_of(look))}, seen by {who} at {facts.clock(entry.at)}"
            )
    return list(told.values())


def _factors(facts: Facts, _: Section) -> Iterator[Block]:
    found = [*_side_effects(facts), *(_gap(facts, gap) for gap in facts.detection.gaps)]
    yield Items(items=tuple(dict.fromkeys(found)) or (NOTHING,))


def _side_effects(facts: Facts) -> Iterator[str]:
    """What measures set off or left behind, and how late it was noticed."""
    played = facts.played
    waited = facts.detection.waited_s
    if waited is not None and waited > 0:
        yield f"The first page came {said(waited)} after customers were first hit"
    for entry in played.entries:
        match entry.what:
            case EffectTook(action=action, started=started) if started:
                known = played.brief.scenario.faults
                names = ", ".join(title(known[f].title if f in known else f) for f in started)
                yield f"{title(played.title_of(action))} set off {names}"
            case DebtOpened(action=action, says=says):
                yield f"{title(played.title_of(action))} left behind: {clean_line(says)}"


def gap_lines(facts: Facts) -> tuple[str, ...]:
    """What the monitoring did not do well, a line each."""
    return tuple(dict.fromkeys(_gap(facts, gap) for gap in facts.detection.gaps))


def _gap(facts: Facts, gap: Gap) -> str:
    rule = facts.played.brief.scenario.alerts.get(gap.alert)
    called = title(rule.summary if rule else gap.alert)
    when = "" if gap.at is None else facts.clock(max(0, gap.at))
    match gap.kind:
        case "stood":
            return f"The alert {called} had stood for {said(-(gap.at or 0))} before the drill began"
        case "silent":
            return f"The alert {called} never spoke"
        case "afterwards":
            return f"The alert {called} spoke at {when}, after the cause had been named"
        case "unrelated":
            return f"The alert {called} woke somebody at {when} and belonged to nothing of this"
        case "dismissed":
            return f"A page was dismissed as a false alarm at {when}"
    return f"{facts.played.who(gap.alert)} told of it at {when}, before any alert spoke"


def _detection(facts: Facts, _: Section) -> Iterator[Block]:
    waited = facts.span("detect")
    after = f", {waited} after the impact began" if waited and not waited.startswith("-") else ""
    yield Text(text=f"{detected_by(facts) or 'Nobody was paged'}{after}.")
    lines = gap_lines(facts)
    if lines:
        yield Items(items=lines)


def _safeguards(facts: Facts, _: Section) -> Iterator[Block]:
    lines = gap_lines(facts)
    if lines:
        yield Items(items=lines)


def _response(facts: Facts, _: Section) -> Iterator[Block]:
    yield Items(items=tuple(_steps(facts)) or ("Nothing was changed",))


def _steps(facts: Facts) -> Iterator[str]:
    ends = {
        entry.what.work: (entry.at, entry.what.failed)
        for entry in facts.played.entries
        if isinstance(entry.what, ActionFinished)
    }
    for entry in facts.played.entries:
        if not isinstance(entry.what, ActionStarted):
            continue
        at, bad = ends.get(entry.what.work, (None, False))
        until = "" if at is None else f" to {facts.clock(at)}"
        outcome = "; it stopped with an error" if bad else "" if at else "; it was not finished"
        who, what = facts.played.who(entry.what.by), facts.played.title_of(entry.what.action)
        yield f"{facts.clock(entry.at)}{until}: {title(what)} by {who}{outcome}"


def _resolution(facts: Facts, _: Section) -> Iterator[Block]:
    told: list[str] = []
    for entry in facts.played.entries:
        match entry.what:
            case EffectTook(cured=cured, action=action) if cured:
                known = facts.played.brief.scenario.faults
                names = ", ".join(title(known[f].title if f in known else f) for f in cured)
                what = title(facts.played.title_of(action))
                told.append(f"{what} ended {names} at {facts.clock(entry.at)}")
            case EffectRelieved(action=action):
                what = title(facts.played.title_of(action))
                told.append(f"{what} brought customers relief at {facts.clock(entry.at)}")
    yield Items(items=tuple(told) or ("No action ended it within the drill",))


def _verification(facts: Facts, _: Section) -> Iterator[Block]:
    gates = facts.played.brief.plan.gates
    told = [
        f"{clean_line(gates[name].says or name.replace('_', ' '))}: seen by "
        f"{facts.played.who(deed.by)} at {facts.clock(deed.at)}"
        for name, deed in facts.proofs.items()
    ]
    told += [
        f"{clean_line(gate.says or name.replace('_', ' '))}: no proof in the record"
        for name, gate in gates.items()
        if name not in facts.proofs
    ]
    yield Items(items=tuple(told) or (NOTHING,))


def _well(facts: Facts, _: Section) -> Iterator[Block]:
    found = went_well(facts)
    yield found if found.items else Items(items=(NOTHING,))


def _badly(facts: Facts, _: Section) -> Iterator[Block]:
    found = went_badly(facts)
    yield found if found.items else Items(items=(NOTHING,))


def _actions(facts: Facts, _: Section) -> Iterator[Block]:
    yield actions(facts)
    left = unowned(facts)
    if left:
        yield Text(text="Still open, and nobody owns it yet:")
        yield Items(items=left)


def _summary(facts: Facts, _: Section) -> Iterator[Block]:
    lasted = facts.span("impact")
    began, back = facts.moments.get("began"), facts.moments.get("restored")
    when = ""
    if began is not None and back is not None:
        when = f"From {facts.clock(began)} to {facts.clock(back)} UTC on {facts.day(began)} "
        when += f"({lasted}): "
    cause = facts.cause_line()
    after = f" The cause as the team named it: {cause}." if cause else " No cause was named."
    todo = len(actions(facts).rows)
    yield Text(text=f"{when}{facts.impact_line()}.{after} Actions agreed on: {todo}.")


def _people(facts: Facts, _: Section) -> Iterator[Block]:
    rows = tuple((who, facts.clock(at)) for at, who in facts.joined)
    yield Grid(columns=("Role", "Joined at"), rows=rows)


def _proof(facts: Facts, _: Section) -> Iterator[Block]:
    seen = _evidence(facts)
    if seen:
        yield Items(items=tuple(seen))


def _approvals(facts: Facts, _: Section) -> Iterator[Block]:
    asked = facts.played.brief.plan.post_incident.approvals
    if asked:
        rows = tuple((clean_line(one), "", "", "") for one in asked)
        yield Grid(columns=("Approval", "Name", "Date", "Signature"), rows=rows)


_FILLS: Final[Mapping[str, Callable[[Facts, Section], Iterator[Block]]]] = {
    "impact": _impact,
    "timeline": _timeline,
    "cause": _cause,
    "factors": _factors,
    "detection": _detection,
    "safeguards": _safeguards,
    "response": _response,
    "resolution": _resolution,
    "verification": _verification,
    "went_well": _well,
    "went_poorly": _badly,
    "actions": _actions,
    "summary": _summary,
    "people": _people,
    "evidence": _proof,
    "approvals": _approvals,
}
