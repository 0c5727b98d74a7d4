"""Looking takes time and occupies; what it shows the world answers in the second it ends.

Rule 1: nobody is refused a look because of a phase, a status or an unnamed cause.
Rule 2: the first command of a person costs the login, once.
Rule 3: a look is taken whatever the variant: to refuse one would tell what is true.
Rule 4: two views may be followed; while anything moves they show it again every 15 s, for nothing.
"""

from typing import Final

from simulator.brief.vocabulary import VIEW_KINDS
from simulator.chance import Drawn
from simulator.journal.commands.work import Follow, Hypothesise, Look, Unfollow
from simulator.journal.entry import Entry
from simulator.journal.events.base import Event
from simulator.journal.events.work import (
    Followed,
    HypothesisStated,
    LookEnded,
    Unfollowed,
)
from simulator.journal.events.world import (
    AlertFired,
    AlertResolved,
    EffectTook,
    FactsChanged,
    SignalsChanged,
    StateSet,
)
from simulator.response import effort
from simulator.response.orders import Waiting, names_of, occupied, refuse, stands_still, unknown
from simulator.stage import Process, Stage

FOLLOWED: Final = 2
STEP_S: Final = 15
SETTLES_S: Final = 600
"""Windows and lags are over by then: a panel that is still is left alone (assumed)."""
PLAIN_S: Final = (10, 25)
"""A kind of view the scenario has no look for: normal, and it counts (assumed)."""
NOT_KNOWN: Final = "not-known"
_MOVES: Final[tuple[type[Event], ...]] = (
    SignalsChanged, StateSet, FactsChanged, AlertFired, AlertResolved, EffectTook,
)  # fmt: skip


def look(stage: Stage, entry: Entry) -> None:
    """Take one of the scenario's looks."""
    order = entry.what
    assert isinstance(order, Look)
    take_look(stage, entry, order.look)


def take_look(stage: Stage, entry: Entry, name: str, line: str = "") -> None:
    """Take a look for whoever gave this order, however they asked for it."""
    looks = stage.brief.scenario.looks
    if name not in looks and not _is_plain(stage, name):
        refuse(stage, entry, "unknown", unknown("look", name, looks))
    elif still := stands_still(stage):
        refuse(stage, entry, "ended", still)
    elif busy := occupied(stage, entry.by):
        refuse(stage, entry, "busy", busy)
    else:
        wanted = name in looks and looks[name].login and not logged_in(stage, entry.by)
        work = log_in(stage, entry.by) if wanted else _begin(stage, entry.by, name, line)
        stage.play(_looks(stage, entry.by, name, line, work=work, login=wanted))


def _is_plain(stage: Stage, kind: str) -> bool:
    """Whether this is a kind of view no look of the scenario gives: only then all is normal."""
    looks = stage.brief.scenario.looks.values()
    return kind in VIEW_KINDS and not any(kind in look.views for look in looks)


def logged_in(stage: Stage, person: str) -> bool:
    """Whether this person has been through the login in this drill."""
    return f"login:{person}" in stage.situation.deeds


def log_in(stage: Stage, person: str) -> tuple[str, Drawn]:
    """Begin the login the first command costs."""
    takes = effort.drawn(stage, stage.brief.scenario.system.clock.login, "login", person)
    return effort.begin(stage, person, "login", "login", takes), takes


def passes_login(stage: Stage, person: str, work: tuple[str, Drawn]) -> Waiting:
    """Wait for the login; False where it was given up."""
    if not (yield from effort.lasts(stage, person, *work)):
        return False
    effort.end(stage, person, work[0], "login", "login")
    return True


def _begin(stage: Stage, by: str, name: str, line: str) -> tuple[str, Drawn]:
    terms = stage.brief.scenario.looks.get(name)
    takes = effort.drawn(stage, terms.takes if terms else PLAIN_S, "look", by, name)
    return effort.begin(stage, by, "look", name, takes, line=line), takes


def _looks(
    stage: Stage,
    by: str,
    name: str,
    line: str,
    *,
    work: tuple[str, Drawn],
    login: bool,
) -> Process:
    if login:
        if not (yield from passes_login(stage, by, work)):
            return
        work = _begin(stage, by, name, line)
    if (yield from effort.lasts(stage, by, *work)):
        effort.end(stage, by, work[0], "look", name)
        stage.emit(LookEnded(by=by, work=work[0], look=name, line=line))


def follow(stage: Stage, entry: Entry) -> None:
    """Keep a view open that one has found."""
    order = entry.what
    assert isinstance(order, Follow)
    picture = stage.seat(entry.by)
    mine = picture.known.followed.get(entry.by, ())
    if order.look not in stage.brief.scenario.looks:
        refuse(stage, entry, "unknown", unknown("look", order.look, stage.brief.scenario.looks))
    elif not any(find.look == order.look for find in picture.known.finds):
        refuse(
            stage, entry, "needs", f"take {names_of(stage).look(order.look)} first, then follow it"
        )
    elif still := stands_still(stage):
        refuse(stage, entry, "ended", still)
    elif order.look in mine:
        refuse(stage, entry, "lifecycle", f"{names_of(stage).look(order.look)} is followed already")
    elif len(mine) >= FOLLOWED:
        refuse(stage, entry, "busy", f"two views are open: {_listed(stage, mine)}; let one go")
    else:
        stage.emit(Followed(by=entry.by, look=order.look))
        stage.play(_follows(stage, entry.by, order.look), of_world=True)


def _listed(stage: Stage, looks: tuple[str, ...]) -> str:
    return " and ".join(names_of(stage).look(name) for name in looks)


def unfollow(stage: Stage, entry: Entry) -> None:
    """Let a followed view go."""
    order = entry.what
    assert isinstance(order, Unfollow)
    if order.look not in stage.situation.known.followed.get(entry.by, ()):
        refuse(stage, entry, "unknown", f"{names_of(stage).look(order.look)} is not followed")
    else:
        stage.emit(Unfollowed(by=entry.by, look=order.look))


def _follows(stage: Stage, by: str, name: str) -> Process:
    """Show it again at each change, at most every 15 s."""
    moved, read = stage.now, len(stage.entries)
    while True:
        let_go = yield stage.when(
            Unfollowed,
            where=lambda e: e.what.by == by and e.what.look == name,
            until=stage.now + STEP_S,
        )
        if let_go is not None:
            return
        fresh = stage.entries[read:]
        read += len(fresh)
        if any(isinstance(entry.what, _MOVES) for entry in fresh) or _flows(stage):
            moved = stage.now
        if stage.now - moved <= SETTLES_S:
            stage.emit(LookEnded(by=by, work="", look=name, followed=True))


def _flows(stage: Stage) -> bool:
    """Whether a stock is filling or draining."""
    return any(gauge.slope for gauge in stage.situation.world.gauges.values())


def hypothesise(stage: Stage, entry: Entry) -> None:
    """Name a likely cause; the finds one holds are written beside it."""
    order = entry.what
    assert isinstance(order, Hypothesise)
    causes = (*stage.brief.scenario.causes, NOT_KNOWN)
    if order.cause not in causes:
        refuse(stage, entry, "unknown", unknown("cause", order.cause, causes))
    elif not 0 <= order.confidence <= 100:
        refuse(stage, entry, "needs", "confidence is a percentage from 0 to 100")
    else:
        stage.emit(
            HypothesisStated(
                by=entry.by,
                cause=order.cause,
                confidence=order.confidence,
                text=order.text,
                evidence=evidence(stage, entry.by),
            )
        )


def evidence(stage: Stage, person: str) -> tuple[int, ...]:
    """Seqs of what this person holds: what showed each clue, and their newest find of each look."""
    known = stage.seat(person).known
    newest = {find.look or find.line: find.seq for find in known.finds}
    return tuple(sorted({*newest.values(), *known.clues.values()}))
