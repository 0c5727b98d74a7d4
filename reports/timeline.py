"""The drill as lines in order: events, decisions and deadlines, and the two tales side by side.

Rule 1: a line is one entry that people or the world made; orders and bookkeeping are left out.
Rule 2: a deadline stands at the second it fell due, with the targets table's own word.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from reports.contents import Beside, Moment, Phase
from reports.played import Played
from reports.score_rows import done_at, outcome_word, owed_title
from reports.wording import sentence
from simulator.debrief.scorecard import Scorecard
from simulator.journal.entry import Entry
from simulator.journal.events import exercise, incident, paging, room, talk, work, world
from simulator.journal.events.base import ENGINE, FACILITATOR, Event

KINDS: Final[Mapping[str, str]] = {
    exercise.__name__: "exercise",
    incident.__name__: "incident",
    paging.__name__: "page",
    room.__name__: "drill",
    talk.__name__: "talk",
    work.__name__: "work",
    world.__name__: "world",
}
"""A theme of events -> what its lines are called."""
UNTOLD: Final[frozenset[type]] = frozenset({
    world.StateSet, world.SignalsChanged, world.PodChanged, world.RolloutAsked, world.GaugeMoved,
    world.FactsChanged, world.FaultBent,
    world.ImpactCounted, work.WorkBegan, work.WorkEnded, work.LookEnded, work.ActionProgressed,
    work.Followed, work.Unfollowed, paging.PageResolved, room.DrillOpened, room.Briefed,
    room.Skipped, room.SkipBegan, room.SkipEnded, room.InjectFired, talk.SaidTo,
})  # fmt: skip
"""Bookkeeping, what the figures or a voice already say, and what was said to one person alone."""
TYPING: Final = frozenset({"unknown", "busy", "ended"})
"""Reasons of a refusal that are the console's business, not the incident's."""
_SEEN: Final = (world.AlertFired, world.AlertResolved, paging.Paged, work.Found, talk.Voice,
                talk.QuestionAnswered)  # fmt: skip
_TRUE: Final = (world.FaultBegan, world.FaultCured, world.ImpactBegan, world.ImpactEnded,
                world.ImpactReturned, world.EffectTook, world.EffectRelieved, world.AccessCut,
                world.IntruderActed)  # fmt: skip
UNDECIDED: Final = frozenset({"open", "not_played"})
"""Outcomes of deadlines that stand in the table only: nothing happened at that second."""


PHASES: Final = (
    ("", "Before the first page"),
    ("fired", "From the first page"),
    ("declared", "From the declaration"),
    ("mitigated", "From the first relief"),
    ("restored", "Once it was restored"),
    ("resolved", "Once it was called resolved"),
    ("closed", "Afterwards"),
)
"""The mark a stretch begins with, and what the stretch is called."""


def timeline(played: Played, card: Scorecard | None) -> tuple[Phase, ...]:
    """Every line worth reading, deadlines between the events they fell among, by stretches.

    A stretch begins with its mark; marks that came out of order, or together, share one.
    """
    lines = [*_events(played), *_deadlines(played, card)]
    lines.sort(key=lambda line: (line.at, line.seq < 0, line.seq))
    begins = _stretches(played)
    found: dict[str, list[Moment]] = {title: [] for _, title in begins}
    for line in lines:
        title = next(title for at, title in reversed(begins) if line.at >= at)
        found[title].append(line)
    return tuple(Phase(title=title, moments=tuple(held)) for title, held in found.items() if held)


def _stretches(played: Played) -> list[tuple[int, str]]:
    """(second, title) of each stretch, in order; the later of two that begin together."""
    marks = played.situation.marks
    begins: list[tuple[int, str]] = []
    for mark, title in PHASES:
        at = marks.get(mark) if mark else 0
        if at is None or (begins and at < begins[-1][0]):
            continue
        if begins and at == begins[-1][0]:
            begins.pop()
        begins.append((at, title))
    return begins


def beside(played: Played) -> tuple[Beside, ...]:
    """What the team saw beside what was true, in the order it came."""
    rows: list[Beside] = []
    for entry in played.entries:
        is_seen, is_true = isinstance(entry.what, _SEEN), isinstance(entry.what, _TRUE)
        if not is_seen and not is_true:
            continue
        says = sentence(played, entry)
        rows.append(
            Beside(
                at=entry.at,
                t=played.t(entry.at),
                saw=says if is_seen else "",
                true=says if is_true else "",
            )
        )
    return tuple(_paired(rows))


def _paired(rows: list[Beside]) -> Iterator[Beside]:
    """Rows of one second, one on each side, share a line."""
    held: Beside | None = None
    for row in rows:
        if held is not None and held.at == row.at and bool(held.saw) != bool(row.saw):
            yield Beside(at=row.at, t=row.t, saw=held.saw + row.saw, true=held.true + row.true)
            held = None
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def speaker(entry: Entry) -> str:
    """Whose line it is: who did it, else whom it came to, else the system."""
    if isinstance(entry.what, talk.Voice):
        return entry.what.sender
    for name in ("by", "to", "person"):
        held = getattr(entry.what, name, "")
        if isinstance(held, str) and held:
            return held
    return ENGINE


def _events(played: Played) -> Iterator[Moment]:
    for entry in played.entries:
        if isinstance(entry.what, Event) and _is_told(played, entry.what):
            yield _moment(played, entry, entry.what)


def _is_told(played: Played, what: Event) -> bool:
    match what:
        case room.Refused(code=code):
            return code not in TYPING
        case incident.RoleAssigned(role=role, person=person):
            # "makes the commander commander": who sits in that chair anyway has joined already.
            return played.who(person) != played.role(role)
        case world.EffectTook(cured=(), eased=(), started=()):
            # Its end is told in the same second.
            return False
    return type(what) not in UNTOLD


def _moment(played: Played, entry: Entry, what: Event) -> Moment:
    """A line; the column beside it says who, so the sentence need not."""
    by = speaker(entry)
    who = played.who(by)
    if by == ENGINE and what.audience() == (FACILITATOR,):
        who = "the truth"
    says = sentence(played, entry).removeprefix(f"{who} ").removeprefix(f"{who}: ")
    return Moment(
        seq=entry.seq,
        at=entry.at,
        t=played.t(entry.at),
        clock=played.clock(entry.at),
        who=who,
        says=says,
        kind=KINDS[type(what).__module__],
    )


def _deadlines(played: Played, card: Scorecard | None) -> Iterator[Moment]:
    for duty in card.duties if card else ():
        if duty.outcome in UNDECIDED:
            continue
        done = "" if duty.done_at is None else f"; done {done_at(played, duty)}"
        yield Moment(
            seq=-1,
            at=duty.due_at,
            t=played.t(duty.due_at),
            clock=played.clock(duty.due_at),
            who=played.roles(duty.roles[:1]),
            says=f"due: {owed_title(played, duty)}{done}",
            kind="deadline",
            outcome=outcome_word(duty.outcome) + (" (advisory)" if duty.advisory else ""),
        )
