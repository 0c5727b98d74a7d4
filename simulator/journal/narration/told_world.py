"""What the system did, one sentence an event.

Rule 1: an effect is told by what it did to people or to a fault; a right step that is one of
several changes no fault by itself, and nobody says so of it.
"""

from typing import Final

from simulator.clock import said
from simulator.journal.events import world
from simulator.journal.events.base import Event
from simulator.journal.narration.figures import demands, seen
from simulator.journal.narration.names import Names, listed, quoted


def of_world(event: Event, names: Names) -> str:
    """Truth, faults, impact, alerts, effects and debts."""
    match event:
        case world.StateSet(name=name, value=value):
            return f"{name} is {value}"
        case world.SignalsChanged(services=services):
            return f"the signals of {listed(sorted(services))} change"
        case world.PodChanged():
            return _pod(event)
        case world.RolloutAsked(service=service, image=image, undo=undo, to_revision=number):
            other = f"revision {number}" if number else "the revision before"
            return f"{service} is to roll out {other if undo or number else image}"
        case world.GaugeMoved(gauge=gauge, level=level):
            return f"{gauge} stands at {level / 1000:g}"
        case world.FactsChanged(facts=facts):
            return f"the truth is now: {seen(facts) or 'as it was'}"
        case world.ImpactCounted(failed=failed, users=users):
            return f"{failed} requests have failed and {users} users are hit so far"
        case world.FaultBegan(fault=fault):
            return f"{names.fault(fault)} begins"
        case world.FaultBent(fault=fault, strength=strength):
            return f"{names.fault(fault)} is at {strength / 10_000:g} % of its strength"
        case world.FaultCured(fault=fault, by_action=action):
            return f"{names.fault(fault)} is over{f' by {names.action(action)}' if action else ''}"
        case world.ImpactBegan():
            return "customers begin to feel it"
        case world.ImpactEnded(since=since):
            return _restored(since, names)
        case world.ImpactReturned():
            return "customers feel it again"
    return _of_alerts(event, names)


def _pod(pod: world.PodChanged) -> str:
    """A turn of a pod's life, with how its container died where it has just done so."""
    of = f" in group {pod.group}" if pod.group else ""
    is_dead = pod.phase == "backoff" or (pod.phase == "starting" and pod.died == pod.started)
    died = f": its container has died ({pod.reason}, exit code {pod.exit})" if is_dead else ""
    return f"pod {pod.pod} of {pod.service}{of} is {_PHASES.get(pod.phase, pod.phase)}{died}"


_PHASES: Final = {
    "pending": "pending for want of room",
    "starting": "starting",
    "ready": "Ready",
    "unready": "running, but not Ready",
    "backoff": "dead",
    "stopping": "stopping",
    "gone": "gone",
}


def _restored(since: int, names: Names) -> str:
    """The drill's own condition for `restored`, which is more than that customers are served."""
    scenario = names.brief.scenario if names.brief else None
    condition = scenario.restored_when if scenario else None
    what = demands(condition) if condition else "usual figures, and no fault that customers feel"
    variant = names.picture.world.state.get("variant", "") if names.picture else ""
    held_s = scenario.must_hold_s(str(variant)) if scenario else 60
    held = "a minute" if held_s == 60 else said(held_s)
    return f"the drill counts it as restored since {names.moment(since)}, for {held} now: {what}"


def _of_alerts(event: Event, names: Names) -> str:
    match event:
        case world.AlertFired(alert=alert, severity=severity, summary=summary, since=since):
            verb = f"has been firing for {said(-since)}" if since < 0 else "fires"
            return f"{severity} alert {verb}: {' '.join(summary.split()) or alert}"
        case world.AlertResolved(alert=alert):
            return f"alert {names.alert(alert)} clears"
        case world.EffectTook(action=action, by=by):
            return f"{names.action(action)} by {names.person(by)} {_effect(event, names)}"
        case world.EffectRelieved(action=action, by=by, before=before, after=after):
            what = f"{names.action(action)} by {names.person(by)}"
            share = f"{_share(before)} of their requests failed before, {_share(after)} after"
            return f"{what} brings customers relief: {share}"
        case world.AccessCut(action=action, by=by, credentials=cut, before=before, after=after):
            what = f"{names.action(action)} by {names.person(by)}"
            ends = f"takes {listed(cut)} from the intruder" if cut else "slows the intruder"
            return f"{what} {ends}: {before} uses a minute before, {after} after"
        case world.IntruderActed(step=step, says=says):
            return f"the intruder acts: {says or step.replace('-', ' ')}"
        case world.FaultInjected(fault=fault, by=by):
            return f"{names.person(by)} breaks {names.fault(fault)}"
        case world.DebtOpened(says=says, action=action):
            left = f"{names.action(action)} leaves something" if action else "something is left"
            return f"{left} to be put right{quoted(says)}"
        case world.DebtSettled(debt=debt):
            return f"put right: {names.debt(debt)}"
    raise AssertionError(f"no sentence for {type(event).__name__}")


def _effect(took: world.EffectTook, names: Names) -> str:
    """What it did, good and bad; of a step that moved nothing by itself, how it was judged."""
    parts = [
        f"{verb} {listed(map(names.fault, faults))}"
        for verb, faults in (("cures", took.cured), ("eases", took.eased), ("starts", took.started))
        if faults
    ]
    if lost := [
        f"{name.replace('_', ' ')} {took.lost[name] / 1000:g}" for name in sorted(took.lost)
    ]:
        parts.append(f"costs: {listed(lost)}")
    judged = {"useless": "changes nothing", "harmful": "does harm", "right": "is a right step",
              "partial": "helps in part"}  # fmt: skip
    return listed(parts) if parts else judged.get(took.judged, "takes effect")


def _share(ppm: int) -> str:
    return f"{ppm / 10_000:.3g} %"
