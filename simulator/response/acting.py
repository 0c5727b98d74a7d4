"""Changing something: what it needs, whose leave it wants, whether it was done blind.

Rule 1: going ahead without the approval the plan asks for is possible, recorded and scored; it
takes the word `anyway`.
Rule 2: what the tool itself needs is read when the work starts, and refused in the tool's words.
Rule 3: a second action on the same object is refused while the first runs, and so is a second one
of the same person: one may look meanwhile, and wait for one thing while doing another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulator.brief.authority import Verdict, authority
from simulator.brief.conditions import holds
from simulator.brief.scenario.deeds import Action
from simulator.chance import Drawn
from simulator.clock import MINUTE
from simulator.journal.commands.work import CancelWork, Mitigate, OwnDebt, RunStep
from simulator.journal.entry import Entry
from simulator.journal.events.incident import DebtOwned
from simulator.journal.events.work import ActionProgressed, ActionStarted, WorkCancelled
from simulator.journal.events.world import StateSet
from simulator.journal.situation import Work
from simulator.response import effort
from simulator.response.looking import log_in, logged_in, passes_login, take_look
from simulator.response.names import told
from simulator.response.orders import (
    Waiting,
    names_of,
    occupied,
    refuse,
    roles_of,
    running_by,
    stands_still,
    unknown,
)
from simulator.stage import Process, Stage

RECENT_S: Final = 10 * MINUTE
"""A look older than this is no look before an action (docs/score.md, definitions)."""


def mitigate(stage: Stage, entry: Entry) -> None:
    """Take one of the scenario's actions."""
    order = entry.what
    assert isinstance(order, Mitigate)
    take_action(stage, entry, order.action, approval=order.approval, anyway=order.anyway)


def take_action(
    stage: Stage,
    entry: Entry,
    name: str,
    *,
    approval: str = "",
    anyway: bool = False,
    line: str = "",
) -> None:
    """Take an action for whoever gave this order, however they asked for it."""
    action = stage.brief.scenario.actions.get(name)
    if action is None or not action.covers(stage.variant):
        actions = stage.brief.scenario.actions.items()
        there = {one: terms.title for one, terms in actions if terms.covers(stage.variant)}
        refuse(stage, entry, "unknown", unknown("action", name, there))
        return
    if still := stands_still(stage):
        refuse(stage, entry, "ended", still)
        return
    if busy := occupied(stage, entry.by) or _in_the_way(stage, entry.by, name, action):
        refuse(stage, entry, "busy", busy)
        return
    if approval and approval not in stage.situation.talk.approvals:
        known = stage.situation.talk.approvals
        refuse(stage, entry, "unknown", unknown("request", approval, known))
        return
    verdict = authority(stage.brief.plan, roles_of(stage.situation, entry.by), action)
    leave = given(stage, name, approval)
    if not (verdict.allowed or leave or anyway):
        refuse(stage, entry, "authority", _wants(stage, verdict))
        return
    asked = _Asked(entry, name, action, verdict, leave, line)
    if logged_in(stage, entry.by):
        _start(stage, asked)
    else:
        stage.play(_after_login(stage, asked, log_in(stage, entry.by)))


def given(stage: Stage, item: str, request: str = "") -> str:
    """The request by which leave for an action or template was given; empty for none."""
    approvals = stage.situation.talk.approvals
    names = [request] if request else list(approvals)
    fits = (n for n in names if approvals[n].action == item and approvals[n].state == "given")
    return next(fits, "")


@dataclass(frozen=True, slots=True)
class _Asked:
    """An action somebody wants, checked as far as the plan goes."""

    entry: Entry
    name: str
    action: Action
    verdict: Verdict
    leave: str
    """The request by which leave was given; empty for none."""
    line: str


def _after_login(stage: Stage, asked: _Asked, login: tuple[str, Drawn]) -> Process:
    by = asked.entry.by
    if (yield from passes_login(stage, by, login)):
        if busy := _in_the_way(stage, by, asked.name, asked.action):
            refuse(stage, asked.entry, "busy", busy)
        else:
            _start(stage, asked)


def _start(stage: Stage, asked: _Asked) -> None:
    """Begin the work, unless the tool itself refuses."""
    entry, name, action, verdict = asked.entry, asked.name, asked.action, asked.verdict
    look, by = stage.true(), entry.by
    for need in action.needs:
        if not holds(need.holds, look):
            refuse(stage, entry, "needs", told(stage, need.otherwise))
            return
    takes = effort.drawn(stage, action.takes, "action", by, name)
    frees = action.holds_terminal
    work = effort.begin(stage, by, "action", name, takes, line=asked.line, frees_person=frees)
    stage.emit(
        ActionStarted(
            by=by,
            work=work,
            action=name,
            kind=action.kind,
            line=asked.line,
            approval=asked.leave,
            allowed=verdict.allowed or bool(asked.leave),
            asks=verdict.asks,
            blind=_blind(stage, by, action, verdict),
        )
    )
    if action.says:
        stage.emit(ActionProgressed(by=by, action=name, text=told(stage, action.says)))
    stage.play(_works(stage, by, name, work, takes, undisturbed=frees))


def _works(
    stage: Stage, by: str, name: str, work: str, takes: Drawn, *, undisturbed: bool
) -> Process:
    done = yield from effort.lasts(stage, by, work, takes, undisturbed=undisturbed)
    if done and stage.brief.scenario.actions[name].until is not None:
        done = yield from _has_come(stage, work)
    if done:
        effort.end(stage, by, work, "action", name)


def _has_come(stage: Stage, work: str) -> Waiting:
    """Wait until what the work waits for has come, which the world says in the state table."""
    row = f"{work}.come"

    def concerns(entry: Entry) -> bool:
        if isinstance(entry.what, WorkCancelled):
            return entry.what.work == work
        return isinstance(entry.what, StateSet) and entry.what.name == row

    if stage.state(row) is not None:
        return True
    told = yield stage.when(StateSet, WorkCancelled, where=concerns)
    return isinstance(told.what, StateSet)


def _in_the_way(stage: Stage, by: str, name: str, action: Action) -> str:
    """What keeps this action from being started; empty for nothing."""
    situation, actions = stage.situation, stage.brief.scenario.actions
    if action.once and (f"done:{name}" in situation.deeds):
        return action.again or f"{names_of(stage).action(name)} was done already"
    words = names_of(stage)
    held = [work for work in running_by(stage, by) if _is_job(actions, work)]
    if held and action.until is None:
        until = words.since(held[0].looks_until)
        own = f"{words.person(by)} is still at {words.action(held[0].item)}, until about {until}"
        return f"{own}; somebody else may do it meanwhile"
    for work in (*situation.work.values(), *situation.running.values()):
        if work.kind != "action" or work.item not in actions:
            continue
        if work.item == name and action.once:
            return action.again or f"{words.action(name)} is under way already"
        if action.object and actions[work.item].object == action.object:
            started = situation.deeds.get(f"start:{work.item}", ())
            who = words.person(started[-1].by if started else "")
            return f"{who} is still at {words.action(work.item)} on {action.object}"
    return ""


def _is_job(actions: Mapping[str, Action], work: Work) -> bool:
    """Whether this occupies whoever began it as a job does: an action that is no mere waiting."""
    return work.kind == "action" and work.item in actions and actions[work.item].until is None


def _wants(stage: Stage, verdict: Verdict) -> str:
    words, holder = names_of(stage), stage.situation.holder
    people = [
        f"{words.person(holder(role))}{words.chair(holder(role), role)}" for role in verdict.asks
    ]
    if not people:
        return "the plan does not allow it, and names nobody to ask; `anyway` does it all the same"
    return f"the plan asks {' or '.join(people)}; ask, or do it `anyway`, which is recorded"


def _blind(stage: Stage, by: str, action: Action, verdict: Verdict) -> bool:
    """Irreversible or outside `can`, with no look at anything affected in the last ten minutes.

    One's own find, a find shown in the channel and evidence taken are looks.
    A reversible action inside `can` is never blind, however wide: if useless it costs its time.
    """
    if verdict.allowed and not action.irreversible:
        return False
    faults, active = stage.brief.scenario.faults, stage.situation.world.faults
    bent = {bend.on for name in active if name in faults for bend in faults[name].bends}
    affected = bent | set(action.on)
    since = stage.now - RECENT_S
    picture = stage.seat(by)
    if any(
        find.at >= since and (find.of in affected or find.facts or not affected)
        for find in picture.known.finds
    ):
        return False
    if any(deed.at >= since for deed in picture.deeds.get("post", ())):
        return False
    actions = stage.brief.scenario.actions
    return not any(
        deed.at >= since and deed.by == by
        for name, one in actions.items()
        if one.kind == "evidence"
        for deed in picture.deeds.get(f"done:{name}", ())
    )


def run_step(stage: Stage, entry: Entry) -> None:
    """Do a step of a runbook: the look or the action it names."""
    order = entry.what
    assert isinstance(order, RunStep)
    runbooks = stage.brief.scenario.runbooks
    steps = runbooks.get(order.runbook)
    if steps is None:
        refuse(stage, entry, "unknown", unknown("runbook", order.runbook, runbooks))
    elif not 1 <= order.step <= len(steps):
        refuse(
            stage,
            entry,
            "unknown",
            f"{names_of(stage).runbook(order.runbook)} has steps 1 to {len(steps)}",
        )
    elif steps[order.step - 1] in stage.brief.scenario.looks:
        take_look(stage, entry, steps[order.step - 1])
    else:
        take_action(stage, entry, steps[order.step - 1])


def cancel_work(stage: Stage, entry: Entry) -> None:
    """Stop what one is doing, else the latest thing one has going; its progress is lost."""
    assert isinstance(entry.what, CancelWork)
    work = stage.situation.busy(entry.by) or next(iter(running_by(stage, entry.by)[-1:]), None)
    if work is None:
        refuse(stage, entry, "needs", "you are at nothing that could be stopped")
    else:
        stage.emit(WorkCancelled(by=entry.by, work=work.work))


def own_debt(stage: Stage, entry: Entry) -> None:
    """Give what a temporary measure left behind an owner and a date."""
    order = entry.what
    assert isinstance(order, OwnDebt)
    debt = stage.situation.debts.get(order.debt)
    if debt is None:
        refuse(stage, entry, "unknown", unknown("debt", order.debt, stage.situation.debts))
    elif debt.settled:
        refuse(stage, entry, "lifecycle", f"{names_of(stage).debt(order.debt)} is settled already")
    elif not order.owner.strip():
        refuse(stage, entry, "needs", "a debt needs somebody who owns it")
    else:
        due = max(0, order.due_in_s)
        stage.emit(DebtOwned(debt=order.debt, owner=order.owner, by=entry.by, due_in_s=due))
