"""The timeline of a post-incident report: the moments that mattered, merged, at most 25 lines.

Rule 1: key moments stand always, called as the plan's form calls them; the rest by their weight,
what came first before what came later.
Rule 2: a step of work is one line from its start to what came of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reports.incident_contents import Moment
from reports.incident_facts import Facts
from reports.timeline import speaker
from reports.wording import SENDS, sentence, title
from simulator.brief.plan.afterwards import Section
from simulator.journal.entry import Entry
from simulator.journal.events.incident import Regraded, StatusSet, StoodDown
from simulator.journal.events.paging import Joined, Paged
from simulator.journal.events.talk import HandedOver, MessageSent, Noted
from simulator.journal.events.work import ActionFinished, ActionStarted, HypothesisStated
from simulator.journal.events.world import AlertFired, ImpactReturned
from simulator.text import clean_line

LONGEST: Final = 25
MARKS: Final[Mapping[str, str]] = {
    "began": "Impact began", "detected": "First page", "acknowledged": "Acknowledged",
    "declared": "Declared", "identified": "Cause named", "mitigated": "First relief",
    "restored": "Service restored", "verified": "Verified", "resolved": "Called resolved",
    "closed": "Closed",
}  # fmt: skip
"""Key moments, where the form has no word of its own."""
_HAPPENED: Final[Mapping[str, str]] = {
    "began": "customers begin to feel it",
    "restored": "customers are served as usual again",
    "closed": "the incident is closed",
}
_AGAIN: Final = "customers begin to feel it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that may stand in the timeline."""

    at: int
    seq: int
    weight: int
    """1 stands before 2."""
    who: str = ""
    says: str = ""
    mark: str = ""


def story(facts: Facts, section: Section) -> tuple[Moment, ...]:
    """The timeline in order."""
    called = {**MARKS, **_called(section)}
    keys = list(_keys(facts))
    known = {line.seq for line in keys}
    others = sorted(
        (line for line in _others(facts) if line.seq not in known),
        key=lambda line: (line.weight, line.at, line.seq),
    )
    chosen = [*keys, *others[: LONGEST - len(keys)]]
    chosen.sort(key=lambda line: (line.at, list(MARKS).index(line.mark) if line.mark else 99))
    return tuple(
        Moment(
            time=facts.clock(line.at), mark=called.get(line.mark, ""), who=line.who,
            says=_capital(line.says),
        )
        for line in chosen
    )  # fmt: skip


def _called(section: Section) -> dict[str, str]:
    """What the form calls its moments."""
    named = section.lines.values()
    return {line.shows.partition(".")[2]: clean_line(line.title) for line in named}


def _keys(facts: Facts) -> Iterator[_Line]:
    """The moments of the incident, each with what happened in it."""
    entries = facts.played.entries
    for name, at in facts.moments.items():
        if name not in MARKS:
            continue
        entry = _behind(facts, name, at)
        if entry is not None:
            yield _of(facts, entry, weight=0, mark=name)
        else:
            seq = next((e.seq for e in entries if e.at >= at), 0)
            says = _HAPPENED.get(name, MARKS[name].lower())
            if name == "restored" and _asks_more(facts):
                says = "all that this drill asks of “restored” holds again"
            yield _Line(at=at, seq=-seq - 1, weight=0, mark=name, says=says)


_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "detected": ("Paged", "Voice"),
    "acknowledged": ("PageAcknowledged",),
    "declared": ("IncidentDeclared",),
    "identified": ("HypothesisStated", "StatusSet"),
    "mitigated": ("EffectRelieved", "EffectTook", "FaultCured"),
    "verified": ("Found",),
    "resolved": ("IncidentResolved",),
}
"""What is told at a moment, the most telling first."""


def _behind(facts: Facts, name: str, at: int) -> Entry | None:
    """The entry that made a moment what it is."""
    at_once = [entry for entry in facts.played.entries if entry.at == at]
    for kind in _KINDS.get(name, ()):
        for entry in at_once:
            if type(entry.what).__name__ == kind:
                return entry
    return None


def _asks_more(facts: Facts) -> bool:
    """Whether the author asks more of restored than that customers are served."""
    scenario = facts.played.brief.scenario
    variant = scenario.variants.get(facts.played.opened.variant)
    return bool(scenario.restored_when or (variant and variant.restored_when))


def _others(facts: Facts) -> Iterator[_Line]:
    """What else may stand there, by weight."""
    last = facts.moments.get("closed", facts.moments.get("resolved", facts.played.situation.at))
    first = facts.moments.get("began", 0)
    seen: set[str] = {facts.detection.by}  # its page tells of that alert
    for entry in facts.played.entries:
        if not first <= entry.at <= last:
            continue
        match entry.what:
            case ImpactReturned():
                yield _Line(at=entry.at, seq=entry.seq, weight=1, says=_AGAIN)
            case HypothesisStated() | Regraded() | HandedOver() | StoodDown():
                yield _of(facts, entry, weight=1)
            case ActionStarted():
                yield _step(facts, entry, entry.what)
            case MessageSent(use=use) if use not in seen:
                seen.add(use)
                yield _of(facts, entry, weight=2, says=SENDS.get(use, "sends a message"))
            case Paged(why="no_ack" | "unresolved" | "special" as why, to=to) if (
                f"{why}:{to}" not in seen
            ):
                seen.add(f"{why}:{to}")
                yield _of(facts, entry, weight=3)
            case AlertFired(alert=alert, page=True) if alert not in seen:
                seen.add(alert)
                yield _of(facts, entry, weight=3)
            case Joined(person=person) if person == facts.played.situation.holder("commander"):
                yield _of(facts, entry, weight=3)
            case StatusSet():
                yield _of(facts, entry, weight=4)
            case Noted(decision=True):
                yield _of(facts, entry, weight=5)


def _step(facts: Facts, entry: Entry, started: ActionStarted) -> _Line:
    """One line from the start of an action to what its terminal said at its end."""
    called = title(facts.played.title_of(started.action), longest=90)
    leave = "" if started.allowed else ", without the approval the plan asks for"
    ended = next(
        (
            later
            for later in facts.played.entries[entry.seq :]
            if isinstance(later.what, ActionFinished) and later.what.work == started.work
        ),
        None,
    )
    if ended is None or not isinstance(ended.what, ActionFinished):
        says = f"starts {called}{leave}"
    else:
        how = "it stops with an error" if ended.what.failed else "done"
        says = f"starts {called}{leave}; {how} at {facts.clock(ended.at)}"
    return _of(facts, entry, weight=2, says=says)


def _of(facts: Facts, entry: Entry, *, weight: int, mark: str = "", says: str = "") -> _Line:
    """The line of an entry; who did it stands beside the sentence."""
    by = speaker(entry)
    who = facts.played.who(by)
    told = says or sentence(facts.played, entry).removeprefix(f"{who} ").removeprefix(f"{who}: ")
    is_system = by in ("engine", "facilitator")
    return _Line(
        at=entry.at, seq=entry.seq, weight=weight, mark=mark, says=told,
        who="" if is_system else who,
    )  # fmt: skip


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def left_out(facts: Facts, shown: Sequence[Moment]) -> int:
    """How many lines the drill's own report tells beside these."""
    known = sum(1 for _ in _others(facts)) + len(facts.moments)
    return max(0, known - len(shown))
