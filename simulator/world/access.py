"""Access: which credentials are accepted now, who uses them, and what an effect does to them.

Rule 1: a door is what the state table says: a live credential is accepted, and one that no longer
is goes on being accepted until the second its death reaches the door (`bites_at`).
Rule 2: what follows (who gets through, how often, with how much) is worked out anew whenever a
row, or what a use waits for, has changed; nothing is kept beside the table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.brief.conditions import Condition, holds, lasted
from simulator.brief.scenario.access import Credential, Use
from simulator.brief.scenario.deeds import Effect
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.terms import Comparison, Name, Negation, Text
from simulator.clock import instant
from simulator.journal.events.world import StateSet
from simulator.journal.situation.parts import State
from simulator.stage import Process
from simulator.world.surroundings import Surroundings
from simulator.world.uses import Tried, getting_through, taken

LIVE, DEACTIVATED, DELETED, ABSENT = "live", "deactivated", "deleted", "absent"
DEAD = (DEACTIVATED, DELETED)
"""No longer good, and yet accepted until it bites."""
KEPT = "evidence_kept"
"""The row an author's evidence export sets to yes."""
EVIDENCE = "evidence"


@dataclass(slots=True)
class Turned:
    """What an effect did to credentials."""

    changed: bool = False
    cut: tuple[str, ...] = ()
    """Live ones an intruder drew on that no longer are."""
    broken: tuple[str, ...] = ()
    """Live ones that only their owners used and that no longer are."""
    spoilt: bool = False
    """Whether evidence was lost by it."""


def play(around: Surroundings) -> None:
    """Follow every door and every use from second 0 on."""
    credentials = around.scenario.system.credentials
    if not credentials:
        return
    around.stage.play(_follow(around), of_world=True)
    for condition in dict.fromkeys(_conditions(credentials.values())):
        around.stage.play(_turns(around, condition), of_world=True)
    for name, credential in credentials.items():
        if credential.reopens_in is not None and credential.opened_with is not None:
            around.stage.play(_reopens(around, name, credential), of_world=True)


def first_rows(scenario: Scenario, variant: str) -> dict[str, State]:
    """The rows of second 0: what there is, since when, and which doors are open."""
    rows: dict[str, State] = {}
    zero = instant(scenario.begins, 0)
    for name, credential in scenario.system.credentials.items():
        is_there = credential.at_rest == LIVE and credential.covers(variant)
        rows[f"cred.{name}"] = LIVE if is_there else ABSENT
        if is_there and credential.created is not None:
            made = instant(credential.created, 0) - zero
            rows[f"cred.{name}.since"] = int(made.total_seconds())
    return rows | {EVIDENCE: "intact"} if rows else {}


def change(around: Surroundings, effect: Effect) -> Turned:
    """Do to credentials what the effect says; what follows from it is for `settle` to work out."""
    turned = Turned()
    stage, credentials = around.stage, around.scenario.system.credentials
    for name in effect.create:
        if stage.state(f"cred.{name}") == ABSENT:
            _become(around, name, LIVE, turned)
    for name in effect.reactivate:
        if stage.state(f"cred.{name}") == DEACTIVATED:
            _become(around, name, LIVE, turned)
    for names, status in ((effect.deactivate, DEACTIVATED), (effect.delete, DELETED)):
        for name in _with_children(around, names, cascade=effect.cascade):
            _end(around, name, status, turned)
    for name in _with_children(around, effect.close, cascade=effect.cascade):
        if stage.state(f"cred.{name}") in (LIVE, *DEAD):
            _note(around, name, turned)
            _become(around, name, ABSENT, turned)
    for name in _with_children(around, effect.purge, cascade=effect.cascade):
        _purge(around, name, credentials[name], turned)
    for pace in effect.paces:
        row = f"cred.{pace.credential}.{pace.use}.tries"
        turned.changed |= _set(around, row, pace.per_min)
    for cap in effect.caps:
        most: State = "none" if cap.per_min is None else cap.per_min
        turned.changed |= _set(around, f"cred.{cap.credential}.limit", most)
    return turned


def settle(around: Surroundings) -> None:
    """Tell every row that follows from the doors, the uses and the truth of now."""
    for row, value in following(around).items():
        _set(around, row, value)


def following(around: Surroundings) -> dict[str, State]:
    """Who is let in now, how often and with how much; and what an intruder stands on."""
    rows: dict[str, State] = {}
    footholds = stolen = rows_stolen = 0
    for name, credential in around.scenario.system.credentials.items():
        accepted = is_accepted(around, name)
        tried = [_tried(around, name, use, credential) for use in credential.uses]
        most = around.stage.state(f"cred.{name}.limit")
        cap = most if isinstance(most, int) else None
        through = getting_through(tried, cap) if accepted else (0,) * len(tried)
        away = [taken(one, count) for one, count in zip(tried, through, strict=True)]
        theirs = [n for n, one in enumerate(tried) if one.use.by == "intruder"]
        is_dead = not accepted and around.stage.state(f"cred.{name}") != ABSENT
        refused = sum(one.per_min for one in tried if one.use.by == "owner") if is_dead else 0
        rows[f"cred.{name}.accepted"] = accepted
        rows[f"cred.{name}.uses_per_min"] = sum(through)
        rows[f"cred.{name}.rows_per_min"] = sum(away)
        rows[f"cred.{name}.intruder_per_min"] = sum(through[n] for n in theirs)
        rows[f"cred.{name}.refused_per_min"] = refused
        for one, count in zip(tried, through, strict=True):
            rows[f"cred.{name}.{one.name}.per_min"] = count
        if accepted and any(tried[n].is_on for n in theirs):
            footholds += credential.count
        stolen += sum(through[n] for n in theirs)
        rows_stolen += sum(away[n] for n in theirs)
    if rows:
        rows["intruder.footholds"] = footholds
        rows["intruder.active"] = stolen > 0
        rows["intruder.uses_per_min"] = stolen
        rows["intruder.rows_per_min"] = rows_stolen
    return rows


def is_accepted(around: Surroundings, name: str) -> bool:
    """Whether its door lets it in at this second."""
    stage, credential = around.stage, around.scenario.system.credentials[name]
    status = stage.state(f"cred.{name}")
    bites_at = stage.state(f"cred.{name}.bites_at")
    still = status in DEAD and isinstance(bites_at, int) and stage.now < bites_at
    if status != LIVE and not still:
        return False
    if credential.outlives or credential.opened_with is None:
        return True
    return is_accepted(around, credential.opened_with)


def stolen_per_min(around: Surroundings) -> int:
    """An intruder's uses a minute that got through when it was last worked out."""
    return int(around.stage.state("intruder.uses_per_min") or 0)


def _follow(around: Surroundings) -> Process:
    """Work it out at the beginning, whenever a row of a credential changes, and at each bite."""
    stage = around.stage
    own = {f"cred.{name}{tail}" for name in around.scenario.system.credentials
           for tail in ("", ".bites_at", ".limit")}  # fmt: skip
    while True:
        settle(around)
        due = min((at for at in _bites(around) if at > stage.now), default=None)
        yield stage.when(StateSet, where=lambda e: e.what.name in own, until=due)


def _bites(around: Surroundings) -> Iterator[int]:
    for name in around.scenario.system.credentials:
        at = around.stage.state(f"cred.{name}.bites_at")
        if isinstance(at, int) and around.stage.state(f"cred.{name}") in DEAD:
            yield at


def _conditions(credentials: Iterable[Credential]) -> Iterator[Condition]:
    for credential in credentials:
        for use in credential.uses.values():
            yield from (c for c in (use.while_, use.shut_while) if c is not None)


def _turns(around: Surroundings, condition: Condition) -> Process:
    """Work it out anew each time a use's condition comes to hold or ceases."""
    while True:
        since = around.stage.now
        yield around.watch.until(condition)
        settle(around)
        yield around.watch.until(Negation(part=lasted(condition)))
        settle(around)
        if around.stage.now == since:
            # What turns itself off again in one second is asked again in the next.
            yield around.stage.pause(1)


def _reopens(around: Surroundings, name: str, credential: Credential) -> Process:
    """A closed session is opened again by whoever holds what opened it, where that is accepted."""
    stage, row, times = around.stage, f"cred.{name}", 0
    assert credential.opened_with is not None
    assert credential.reopens_in is not None
    low, high = credential.reopens_in.low_s, credential.reopens_in.high_s
    opener = Comparison(
        name=Name(text=f"cred.{credential.opened_with}.accepted"),
        operator="==",
        value=Text(text="yes"),
    )
    yield stage.pause(0)
    while True:
        yield stage.when(StateSet, where=lambda e: e.what.name == row and e.what.value == ABSENT)
        while stage.state(row) == ABSENT:
            yield around.watch.until(opener)
            drawn = stage.chance.span(low, high, "reopens", name, n=times)
            yield stage.pause(max(1, drawn.seconds))
            times += 1
            if stage.state(row) == ABSENT and is_accepted(around, credential.opened_with):
                _become(around, name, LIVE, Turned())


def _tried(around: Surroundings, name: str, use_name: str, credential: Credential) -> Tried:
    """A use as it is tried now."""
    stage, use = around.stage, credential.uses[use_name]
    is_on = _is_on(around, use)
    paced = stage.state(f"cred.{name}.{use_name}.tries")
    per_min = paced if isinstance(paced, int) else use.per_min
    shut = use.shut_while is not None and holds(use.shut_while, stage.true())
    return Tried(name=use_name, use=use, is_on=is_on, is_shut=shut, per_min=per_min if is_on else 0)


def _is_on(around: Surroundings, use: Use) -> bool:
    if not use.covers(around.stage.variant):
        return False
    return use.while_ is None or holds(use.while_, around.stage.true())


def _end(around: Surroundings, name: str, status: str, turned: Turned) -> None:
    """Deactivate or delete: the status at once, the door when it bites."""
    stage, row = around.stage, f"cred.{name}"
    stands = stage.state(row)
    if stands in (ABSENT, status, DELETED):
        return
    if status == DELETED and stage.state(KEPT) not in (True, "yes"):
        turned.spoilt |= _set(around, EVIDENCE, "lost")
    if stands == LIVE:
        _note(around, name, turned)
        span = around.scenario.system.credentials[name].bites
        times = _times(around, row, stage.now - 1)
        drawn = stage.chance.span(span.low_s, span.high_s, "bites", name, n=times)
        _set(around, f"{row}.bites_at", stage.now + drawn.seconds)
    _become(around, name, status, turned)


def _purge(around: Surroundings, name: str, credential: Credential, turned: Turned) -> None:
    """Empty the caches: it never lengthens what was left."""
    stage, row = around.stage, f"cred.{name}"
    due = stage.state(f"{row}.bites_at")
    if stage.state(row) not in DEAD or not isinstance(due, int) or due <= stage.now:
        return
    span = credential.bites_purged
    times = _times(around, row, stage.now)
    drawn = stage.chance.span(span.low_s, span.high_s, "bites purged", name, n=times)
    turned.changed |= _set(around, f"{row}.bites_at", min(due, stage.now + drawn.seconds))


def _times(around: Surroundings, row: str, until: int) -> int:
    """How often it has been ended up to and including a second."""
    return sum(at <= until and value in DEAD for at, value in around.history.states.get(row, ()))


def _note(around: Surroundings, name: str, turned: Turned) -> None:
    """Whose access ends here."""
    credential = around.scenario.system.credentials[name]
    by = {use.by for use in credential.uses.values() if _is_on(around, use)}
    if not is_accepted(around, name):
        return
    if "intruder" in by:
        turned.cut = (*turned.cut, name)
    elif "owner" in by:
        turned.broken = (*turned.broken, name)


def _with_children(around: Surroundings, names: Iterable[str], *, cascade: bool) -> tuple[str, ...]:
    """The named, and where it cascades all that was opened with them, whoever opened it."""
    found = dict.fromkeys(names)
    credentials = around.scenario.system.credentials
    while cascade:
        more = [n for n, c in credentials.items() if c.opened_with in found and n not in found]
        if not more:
            break
        found |= dict.fromkeys(more)
    return tuple(found)


def _become(around: Surroundings, name: str, status: str, turned: Turned) -> None:
    turned.changed |= _set(around, f"cred.{name}", status)
    _set(around, f"cred.{name}.since", around.stage.now)


def _set(around: Surroundings, row: str, value: State) -> bool:
    """Tell a row where it is another; whether it was."""
    if around.stage.state(row) == value:
        return False
    around.stage.emit(StateSet(name=row, value=value))
    return True
