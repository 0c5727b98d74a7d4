"""What went well and what went badly, deadlines, messages and actions, for the report's sections.

Rule 1: blameless: systems and procedures before people, by the targets table and the record alone.
Rule 2: nothing is praised or found wanting that cannot be pointed at.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from reports.incident_contents import Grid, Items
from reports.incident_facts import Facts
from reports.score_rows import OUTCOMES, owed_title
from reports.wording import SENDS, counted, title
from simulator.clock import DAY, instant, said
from simulator.debrief.scorecard import DutyCard
from simulator.journal.events.incident import ActionAdded, IncidentResolved
from simulator.journal.events.talk import ApprovalAsked, ApprovalGiven, MessageSent
from simulator.journal.events.world import EffectTook, ImpactReturned
from simulator.text import clean_line

MOST: Final = 6
SLOW_LEAVE_S: Final = 120
"""Leave that takes longer is worth a line."""


def went_well(facts: Facts) -> Items:
    """What worked, with what shows it."""
    return Items(items=tuple(_good(facts)))


def went_badly(facts: Facts) -> Items:
    """What stood in the way, procedures and systems first."""
    return Items(items=tuple(_bad(facts)))


def _good(facts: Facts) -> Iterator[str]:
    moments = facts.moments
    eased, back = moments.get("mitigated"), moments.get("restored")
    if eased is not None and back is not None and back - eased > 60:
        yield f"Customers had relief {said(back - eased)} before all of it was restored"
    passed, gates = len(facts.proofs), len(facts.played.brief.plan.gates)
    if gates and passed == gates and "resolved" in moments:
        yield f"All {gates} proofs the plan asks for were seen before it was called resolved"
    sent = [e.what for e in facts.played.entries if isinstance(e.what, MessageSent)]
    honest = [one for one in sent if one.honest]
    if sent and len(honest) == len(sent):
        yield f"All {counted(len(sent), 'message')} said what was known, no more and no less"
    kept = [duty for duty in _duties(facts) if duty.outcome == "met" and duty.done_at is not None]
    kept.sort(key=lambda duty: duty.due_at)
    for duty in kept[:MOST]:
        spare = duty.due_at - (duty.done_at or duty.due_at)
        yield f"{_called(facts, duty)}: {_rough(spare)} inside its limit"


def _bad(facts: Facts) -> Iterator[str]:
    played = facts.played
    for entry in played.entries:
        match entry.what:
            case EffectTook(judged="harmful", action=action, started=started):
                known = played.brief.scenario.faults
                worse = ", ".join(title(known[f].title if f in known else f) for f in started)
                yield (
                    f"{title(played.title_of(action))} made it worse at {facts.clock(entry.at)}"
                    f"{f': {worse}' if worse else ''}"
                )
            case ImpactReturned():
                yield f"It came back at {facts.clock(entry.at)}"
            case IncidentResolved(gates_open=wanting) if wanting:
                gates = played.brief.plan.gates
                named = ", ".join(title(gates[n].says if n in gates else n) for n in wanting)
                yield f"It was called resolved without proof of {named}"
    yield from _overclaims(facts)
    for duty in _duties(facts):
        if duty.outcome == "late" and duty.done_at is not None:
            late = duty.done_at - duty.due_at
            yield f"{_called(facts, duty)}: {said(max(1, late))} after its limit"
        elif duty.outcome in ("missed", "early"):
            how = "not done within the drill" if duty.outcome == "missed" else "said too early"
            yield f"{_called(facts, duty)}: {how}"
    yield from _leave(facts)
    if "began" in facts.moments and "restored" not in facts.moments:
        yield "Service was not restored within the drill"


def _overclaims(facts: Facts) -> Iterator[str]:
    """Messages that said more, or less, than was known: each kind once."""
    found: dict[tuple[str, str], list[int]] = {}
    for entry in facts.played.entries:
        if not isinstance(entry.what, MessageSent):
            continue
        sent = entry.what
        for how, what in (("went beyond", sent.overclaims), ("left out", sent.omits)):
            if what:
                says = f"{how} what was known: {', '.join(what).replace('_', ' ')}"
                found.setdefault((sent.use.replace("_", " "), says), []).append(entry.at)
    for (use, says), times in found.items():
        often = "" if len(times) == 1 else f", {len(times)} times, first"
        yield f"A message ({use}){often} at {facts.clock(times[0])} {says}"


def _leave(facts: Facts) -> Iterator[str]:
    """Approvals that took long, by what was waited for."""
    asked: dict[str, int] = {}
    for entry in facts.played.entries:
        match entry.what:
            case ApprovalAsked(request=request):
                asked.setdefault(request, entry.at)
            case ApprovalGiven(request=request, action=action) if request in asked:
                took = entry.at - asked[request]
                if took >= SLOW_LEAVE_S:
                    what = title(facts.played.title_of(action), longest=90)
                    yield f"Leave for {what} took {said(took)}"


def deadlines(facts: Facts) -> Grid:
    """Every duty of the plan with its limit, as it went."""
    rows = tuple(
        (
            _called(facts, duty) + (" (advisory)" if duty.advisory else ""),
            facts.played.roles(duty.roles[:1]),
            duty.level,
            facts.clock(duty.due_at, seconds=True),
            "" if duty.done_at is None else facts.clock(duty.done_at, seconds=True),
            OUTCOMES.get(duty.outcome, duty.outcome),
        )
        for duty in sorted(_duties(facts, everything=True), key=lambda duty: duty.due_at)
    )
    return Grid(columns=("Duty", "Owed by", "Level", "Due", "Done", "Outcome"), rows=rows)


def messages(facts: Facts) -> Grid:
    """What was sent to whom, and whether it said what was known."""
    rows = tuple(
        (
            facts.clock(entry.at, seconds=True),
            clean_line(entry.what.audience_of.replace("_", " "), longest=40),
            facts.played.who(entry.what.by),
            SENDS.get(entry.what.use, entry.what.use.replace("_", " ")),
            _honesty(entry.what),
        )
        for entry in facts.played.entries
        if isinstance(entry.what, MessageSent)
    )
    return Grid(columns=("Sent", "To", "By", "What", "Against what was known"), rows=rows)


def _honesty(sent: MessageSent) -> str:
    if sent.overclaims:
        return f"goes beyond it: {', '.join(sent.overclaims)}".replace("_", " ")
    if sent.omits:
        return f"leaves out: {', '.join(sent.omits)}".replace("_", " ")
    return "as known"


def actions(facts: Facts) -> Grid:
    """The actions decided in the drill, by the plan's own columns."""
    after = facts.played.brief.plan.post_incident
    columns = tuple(after.action_fields) or ("action", "owner", "due")
    known = {name: _slot(name) for name in columns}
    rows = []
    for entry in facts.played.entries:
        if not isinstance(entry.what, ActionAdded):
            continue
        due = instant(facts.played.opened.begins, entry.at) + timedelta(seconds=entry.what.due_in_s)
        cells = {
            "action": clean_line(entry.what.text, longest=300),
            "owner": facts.played.who(entry.what.owner) if entry.what.owner else "",
            "due": f"{due:%Y-%m-%d}",
            "priority": _priority(facts, entry.what.due_in_s),
            "status": "Open",
        }
        rows.append(tuple(cells.get(known[name], "") for name in columns))
    return Grid(columns=tuple(_heading(name) for name in columns), rows=tuple(rows))


def unowned(facts: Facts) -> tuple[str, ...]:
    """What is left open and nobody has taken: no action names it."""
    written = {e.what.debt for e in facts.played.entries if isinstance(e.what, ActionAdded)}
    return tuple(
        clean_line(debt.says, longest=200)
        for name, debt in facts.played.situation.debts.items()
        if not debt.settled and not debt.owner and name not in written
    )


def _slot(column: str) -> str:
    """What a column of the plan's action table holds, by its name."""
    if column in ("action", "title"):
        return "action"
    return "due" if column.startswith("due") else column


def _heading(column: str) -> str:
    text = column.replace("_", " ").replace("-", " ")
    return f"{text[:1].upper()}{text[1:]}"


def _priority(facts: Facts, due_in_s: int) -> str:
    """The most urgent word of the plan whose time holds the date; empty where it has none."""
    windows = facts.played.brief.plan.post_incident.action_priorities
    fitting = [name for name, within in windows.items() if due_in_s <= within]
    return fitting[0] if fitting else next(iter(reversed(windows)), "")


def _duties(facts: Facts, *, everything: bool = False) -> Iterator[DutyCard]:
    for duty in facts.card.duties if facts.card else ():
        if duty.outcome in ("open", "not_played"):
            continue
        if everything or not duty.advisory:
            yield duty


def _called(facts: Facts, duty: DutyCard) -> str:
    text = owed_title(facts.played, duty)
    return clean_line(f"{text[:1].upper()}{text[1:]}", longest=120)


def _rough(seconds: int) -> str:
    """From an hour on without the odd parts."""
    if seconds >= DAY:
        return said(seconds - seconds % 3600)
    return said(seconds - seconds % 60 if seconds >= 3600 else seconds)
