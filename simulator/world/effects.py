"""What an effect does to the state: an action's, a complication's, an intruder's.

Rule 1: every part an author wrote is done, in the order the schema lists them.
Rule 2: what came of it is told to the caller, who judges; nothing here judges.
"""

from collections.abc import Sequence

from simulator.brief.scenario.deeds import Effect, Move, Replicas, Rollout
from simulator.journal.events.world import (
    DebtOpened,
    DebtSettled,
    GaugeMoved,
    RolloutAsked,
    StateSet,
)
from simulator.world import access, faults
from simulator.world.surroundings import Surroundings


class Done:
    """What one effect changed."""

    __slots__ = (
        "broken",
        "changed",
        "cured",
        "cut",
        "eased",
        "lost",
        "spoilt",
        "started",
        "stolen",
    )

    def __init__(self) -> None:
        self.cured: list[str] = []
        self.eased: list[str] = []
        self.started: list[str] = []
        self.lost: dict[str, int] = {}
        self.changed = False
        self.cut: list[str] = []
        """Credentials an intruder drew on that died."""
        self.broken: list[str] = []
        """Credentials only their owners used that died."""
        self.spoilt = False
        self.stolen = (0, 0)
        """An intruder's uses a minute before and after."""

    @classmethod
    def of(cls, parts: Sequence["Done"]) -> "Done":
        """What several effects at once changed of credentials and of rows."""
        whole = cls()
        whole.changed = any(part.changed for part in parts)
        whole.cut = [name for part in parts for name in part.cut]
        whole.broken = [name for part in parts for name in part.broken]
        whole.spoilt = any(part.spoilt for part in parts)
        if parts:
            whole.stolen = (parts[0].stolen[0], parts[-1].stolen[1])
        return whole

    @property
    def hinders(self) -> bool:
        """Whether an intruder is worse off than before."""
        return bool(self.cut) or self.stolen[1] < self.stolen[0]


def apply(around: Surroundings, effect: Effect, source: str) -> Done:
    """Change the state as the effect says; what came of it."""
    stage, done = around.stage, Done()
    stolen = access.stolen_per_min(around)
    done.cured = [name for name in effect.cure if faults.cure(around, name, source)]
    done.eased = [e.fault for e in effect.ease if faults.ease(around, e.fault, e.to)]
    done.started = [name for name in effect.start if faults.begin(around, name)]
    for row, value in effect.sets.items():
        if stage.state(row) != value:
            stage.emit(StateSet(name=row, value=value))
            done.changed = True
    for move in effect.move:
        _move(around, move, done)
    for way in effect.repoint:
        prefix = f"{way.service}.{way.of_class}" if way.of_class else way.service
        row = f"{prefix}.need.{way.need}"
        if stage.state(row) != way.to:
            stage.emit(StateSet(name=row, value=way.to))
            done.changed = True
    for change in effect.replicas:
        _replicas(around, change, done)
    for rollout in effect.rollout:
        _roll_out(around, rollout, done)
    for debt in effect.debt:
        stage.emit(DebtOpened(debt=debt.id, says=debt.says, undo=debt.undo, action=source))
    for paid in effect.settles:
        if paid in stage.situation.debts and not stage.situation.debts[paid].settled:
            stage.emit(DebtSettled(debt=paid))
            done.changed = True
    turned = access.change(around, effect)
    access.settle(around)
    done.changed |= turned.changed
    done.cut, done.broken, done.spoilt = list(turned.cut), list(turned.broken), turned.spoilt
    done.stolen = (stolen, access.stolen_per_min(around))
    return done


def _move(around: Surroundings, move: Move, done: Done) -> None:
    stage = around.stage
    gauge = around.scenario.system.gauges[move.gauge]
    stands = stage.situation.world.gauges[move.gauge]
    level = stands.level_at(stage.now)
    if move.to is not None:
        after = move.to
    elif move.by_gauge is not None:
        source = stage.situation.world.gauges[move.by_gauge]
        after = level + move.times * source.level_at(stage.now)
    else:
        after = level + (move.by or 0.0)
    after = max(gauge.least, after if gauge.most is None else min(gauge.most, after))
    stage.emit(GaugeMoved(gauge=move.gauge, level=round(after * 1000), slope=stands.slope))
    if after != level:
        done.changed = True
        if gauge.loss and after > level:
            done.lost[move.gauge] = round((after - level) * 1000)


def _replicas(around: Surroundings, change: Replicas, done: Done) -> None:
    stage = around.stage
    if change.to is not None and stage.state(f"{change.service}.replicas") != change.to:
        stage.emit(StateSet(name=f"{change.service}.replicas", value=change.to))
        done.changed = True
    wanted = {
        "rolling": change.rolling_restart,
        "all": change.restart_all,
        "one": change.restart_one,
    }
    if change.delete is not None:
        count = "" if change.delete.count is None else change.delete.count
        wanted[f"{count} of {change.delete.group}"] = True
    for how, asked in wanted.items():
        if asked:
            row = f"{change.service}.restart"
            number = int(str(stage.state(row) or "0").partition(" ")[0]) + 1
            stage.emit(StateSet(name=row, value=f"{number} {how}"))
            done.changed = True


def _roll_out(around: Surroundings, rollout: Rollout, done: Done) -> None:
    stage = around.stage
    before = stage.state(f"{rollout.service}.image")
    stage.emit(
        RolloutAsked(
            service=rollout.service,
            image=rollout.image,
            undo=rollout.undo,
            to_revision=rollout.to_revision or 0,
            cause=rollout.cause,
            slow=rollout.slow,
        )
    )
    # A tool that finds its image rolled out already says so and does nothing.
    done.changed |= rollout.image != before
