"""A drill without a screen: bots play, the archive keeps every second, the score is stored.

Rule 1: the record comes first: a result is made from what the archive has.
Rule 2: a drill that is stopped is put down at a whole second and can be taken up again; one that
is stopped within its first second leaves nothing behind.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, TypeAlias

from simulator import __version__
from simulator.archive.archive import Archive
from simulator.archive.claims import BEGAN
from simulator.archive.drill_writer import DrillWriter
from simulator.archive.schema import DrillSummary
from simulator.brief.brief import Brief
from simulator.clock import t_plus
from simulator.debrief.replay import brief_of, entries_of, followed, fork, opened_of, t_zero
from simulator.debrief.scorecard import Scorecard
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms
from simulator.errors import EngineError, JournalError, UnknownNameError
from simulator.journal.record import Line, canonical
from simulator.session.recorder import Founding, Recorder
from simulator.session.undisturbed import undisturbed

LONGEST_BASE: Final = 72
"""Letters of a drill's id before its number."""
MOST_ALIKE: Final = 100_000
"""Drills of one scenario and seed."""
Begun: TypeAlias = Callable[[str], None]
"""Told a drill's id."""


def _unheard(_drill_id: str) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A drill that has been played to its end."""

    drill_id: str
    ended: str
    """Why it ended."""
    lines: int
    head: str
    card: Scorecard


def play(archive: Archive, brief: Brief, terms: Terms, *, begun: Begun = _unheard) -> Played:
    """Play a new drill to its end; everything is in the archive when this returns.

    `begun` is told the drill's id as soon as it is kept and could be taken up again.
    """
    recorder = Recorder()
    drill = Drill(brief, terms, watcher=recorder.hear)
    about = _about(brief, terms.seed, terms.mode)
    recorder.found_by(_founding(archive, f"{brief.scenario.id}-s{terms.seed}", about, begun))
    return _to_the_end(archive, recorder, drill)


def resume(archive: Archive, drill_id: str) -> Played:
    """Take up a drill that was stopped or killed and play it to its end.

    Raises JournalError where it is sealed or has no entries, EngineError where this version would
    tell its past otherwise.
    """
    writer = archive.resume(drill_id)
    try:
        lines = archive.read(writer.drill_id)
        recorder = Recorder(recorded=lines)
        drill = followed(lines, watcher=recorder.hear)
    except BaseException:
        writer.close()
        raise
    recorder.keep_in(writer)
    return _to_the_end(archive, recorder, drill)


def play_fork(
    archive: Archive,
    drill_id: str,
    after_page: int,
    policies: Mapping[str, str],
    *,
    begun: Begun = _unheard,
) -> Played:
    """Play a recorded drill on from a second after its first page, other policies in some chairs.

    The fork is a drill of its own that names its parent; until the switch both are the same.
    Raises UnknownNameError where the second lies beyond the drill.
    """
    parent = archive.find(drill_id)
    lines = archive.read(parent.drill_id)
    opened, zero = opened_of(lines), t_zero(entries_of(lines))
    first, last = t_plus(-zero), lines[-1].at - zero
    if not -zero <= after_page <= last:
        raise UnknownNameError(
            f"{t_plus(after_page)} is not within the drill, which ran from {first} to"
            f" {t_plus(last)}, counted from the first page"
        )
    recorder = Recorder()
    drill = fork(lines, zero + after_page, policies, watcher=recorder.hear)
    about = _about(brief_of(lines), opened.seed, opened.mode, parent=parent.drill_id)
    recorder.found_by(_founding(archive, f"{parent.drill_id}-fork", about, begun))
    return _to_the_end(archive, recorder, drill)


def scored(lines: tuple[Line, ...]) -> Scorecard:
    """The score of a recorded drill, from its lines alone."""
    return score(entries_of(lines), brief_of(lines))


def _to_the_end(archive: Archive, recorder: Recorder, drill: Drill) -> Played:
    """Play, seal and score; where something stops it, put it down at a whole second."""
    try:
        drill.run()
        recorder.commit()
    except EngineError:
        recorder.commit()  # the drill has told its fault and its end
        _kept(recorder).seal("stopped")
        raise
    except BaseException:
        with undisturbed():
            try:
                recorder.commit_whole_seconds()
            finally:
                if recorder.writer is not None:
                    recorder.writer.close()
        raise
    writer, ended = _kept(recorder), drill.stage.situation.ended
    if not ended:
        writer.close()
        raise EngineError(f"drill {writer.drill_id} never ended; it is kept as it stands")
    with undisturbed():
        writer.seal(ended)
    lines = archive.read(writer.drill_id)
    card = scored(lines)
    # A run that was left early is incomplete: it has marks to talk about and no score to keep.
    if card.total_milli is not None:
        archive.store_score(
            writer.drill_id,
            rubric=card.conditions.rubric,
            status="provisional",
            total_milli=card.total_milli,
            card=canonical(card.as_json()),
        )
    return Played(
        drill_id=writer.drill_id, ended=ended, lines=len(lines), head=lines[-1].hash, card=card
    )


def _kept(recorder: Recorder) -> DrillWriter:
    assert recorder.writer is not None, "a commit makes the drill"
    return recorder.writer


def _founding(archive: Archive, asked: str, about: DrillSummary, begun: Begun) -> Founding:
    """How a drill gets its name and its place, once its first second is over."""

    def found(lines: Sequence[Line], wall_ms: int) -> DrillWriter:
        writer = _new(archive, asked, about, lines, wall_ms)
        begun(writer.drill_id)
        return writer

    return found


def _about(brief: Brief, seed: int, mode: str, *, parent: str = "") -> DrillSummary:
    """The drill as a listing shows it; its id is given when it is known to be free."""
    return DrillSummary(
        drill_id="to-be-named",
        scenario=brief.scenario.id,
        plan=brief.plan.id,
        mode=mode,
        seed=seed,
        began=datetime.now(UTC).strftime(BEGAN),
        engine=__version__,
        parent=parent,
    )


def _new(
    archive: Archive,
    asked: str,
    about: DrillSummary,
    lines: Sequence[Line] = (),
    wall_ms: int = 0,
) -> DrillWriter:
    """A new drill called as asked, or with the first free number behind it."""
    base = asked.replace("_", "-")[:LONGEST_BASE].strip("-")
    taken = {drill.drill_id for drill in archive.list()}
    for number in range(1, MOST_ALIKE):
        name = base if number == 1 else f"{base}-{number}"
        if name in taken:
            continue
        with contextlib.suppress(JournalError):  # another program was quicker
            return archive.new_drill(replace(about, drill_id=name), lines, wall_ms=wall_ms)
    raise JournalError(f"there are {MOST_ALIKE} drills called {base} already")
