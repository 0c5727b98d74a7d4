"""A drill without a screen: bots play, the archive keeps every second, the score is stored.

Rule 1: the record comes first: a result is made from what the archive has.
Rule 2: a drill that is stopped is put down at a whole second and can be taken up again.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from simulator import __version__
from simulator.archive.archive import Archive
from simulator.archive.drill_writer import DrillWriter
from simulator.archive.schema import DrillSummary
from simulator.brief.brief import Brief
from simulator.debrief.replay import brief_of, entries_of, followed, fork, opened_of, t_zero
from simulator.debrief.scorecard import Scorecard
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms
from simulator.errors import EngineError, JournalError
from simulator.journal.record import Line, canonical
from simulator.session.recorder import Recorder

LONGEST_BASE: Final = 72
"""Letters of a drill's id before its number."""
MOST_ALIKE: Final = 100_000
"""Drills of one scenario and seed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A drill that has been played to its end."""

    drill_id: str
    ended: str
    """Why it ended."""
    lines: int
    head: str
    card: Scorecard


def play(archive: Archive, brief: Brief, terms: Terms) -> Played:
    """Play a new drill to its end; everything is in the archive when this returns."""
    recorder = Recorder()
    drill = Drill(brief, terms, watcher=recorder.hear)
    about = _about(brief, terms.seed, terms.mode)
    writer = _new(archive, f"{brief.scenario.id}-s{terms.seed}", about)
    return _to_the_end(archive, writer, recorder, drill)


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
    return _to_the_end(archive, writer, recorder, drill)


def play_fork(
    archive: Archive, drill_id: str, after_page: int, policies: Mapping[str, str]
) -> Played:
    """Play a recorded drill on from a second after its first page, other policies in some chairs.

    The fork is a drill of its own that names its parent; until the switch both are the same.
    """
    parent = archive.find(drill_id)
    lines = archive.read(parent.drill_id)
    opened, zero = opened_of(lines), t_zero(entries_of(lines))
    recorder = Recorder()
    drill = fork(lines, zero + after_page, policies, watcher=recorder.hear)
    about = _about(brief_of(lines), opened.seed, opened.mode, parent=parent.drill_id)
    writer = _new(archive, f"{parent.drill_id}-fork", about)
    return _to_the_end(archive, writer, recorder, drill)


def scored(lines: tuple[Line, ...]) -> Scorecard:
    """The score of a recorded drill, from its lines alone."""
    return score(entries_of(lines), brief_of(lines))


def _to_the_end(archive: Archive, writer: DrillWriter, recorder: Recorder, drill: Drill) -> Played:
    """Play, seal and score; where something stops it, put it down at a whole second."""
    recorder.keep_in(writer)
    try:
        recorder.commit()
        drill.run()
        recorder.commit()
    except EngineError:
        recorder.commit()  # the drill has told its fault and its end
        writer.seal("stopped")
        raise
    except BaseException:
        recorder.commit_whole_seconds()
        writer.close()
        raise
    ended = drill.stage.situation.ended
    if not ended:
        writer.close()
        raise EngineError(f"drill {writer.drill_id} never ended; it is kept as it stands")
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


def _about(brief: Brief, seed: int, mode: str, *, parent: str = "") -> DrillSummary:
    """The drill as a listing shows it; its id is given when it is known to be free."""
    return DrillSummary(
        drill_id="to-be-named",
        scenario=brief.scenario.id,
        plan=brief.plan.id,
        mode=mode,
        seed=seed,
        began=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        engine=__version__,
        parent=parent,
    )


def _new(archive: Archive, asked: str, about: DrillSummary) -> DrillWriter:
    """A new drill called as asked, or with the first free number behind it."""
    base = asked.replace("_", "-")[:LONGEST_BASE].strip("-")
    taken = {drill.drill_id for drill in archive.list()}
    for number in range(1, MOST_ALIKE):
        name = base if number == 1 else f"{base}-{number}"
        if name in taken:
            continue
        with contextlib.suppress(JournalError):  # another program was quicker
            return archive.new_drill(replace(about, drill_id=name))
    raise JournalError(f"there are {MOST_ALIKE} drills called {base} already")
