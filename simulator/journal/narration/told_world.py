"""What the system did, one sentence an event."""

from simulator.journal.events import world
from simulator.journal.events.base import Event
from simulator.journal.narration.names import Names, listed, quoted, shown


def of_world(event: Event, names: Names) -> str:
    """Truth, faults, impact, alerts, effects and debts."""
    match event:
        case world.StateSet(name=name, value=value):
            return f"{name} is {value}"
        case world.SignalsChanged(services=services):
            return f"the signals of {listed(sorted(services))} change"
        case world.GaugeMoved(gauge=gauge, level=level):
            return f"{gauge} stands at {level / 1000:g}"
        case world.FactsChanged(facts=facts):
            return f"the truth is now {shown(facts)}"
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
        case world.ImpactEnded():
            return "customers have been served again for a minute"
        case world.ImpactReturned():
            return "customers feel it again"
    return _of_alerts(event, names)


def _of_alerts(event: Event, names: Names) -> str:
    match event:
        case world.AlertFired(alert=alert, severity=severity, summary=summary):
            return f"alert {alert} fires, {severity}{quoted(summary)}"
        case world.AlertResolved(alert=alert):
            return f"alert {alert} clears"
        case world.EffectTook(action=action, by=by, cured=cured, eased=eased, started=started):
            parts = [f"cures {listed(map(names.fault, cured))}"] * bool(cured)
            parts += [f"eases {listed(map(names.fault, eased))}"] * bool(eased)
            parts += [f"starts {listed(map(names.fault, started))}"] * bool(started)
            what = listed(parts) if parts else "changes no fault"
            return f"{names.action(action)} of {names.person(by)} {what}"
        case world.EffectRelieved(action=action, by=by):
            return f"{names.action(action)} of {names.person(by)} has relieved customers"
        case world.FaultInjected(fault=fault, by=by):
            return f"{names.person(by)} breaks {names.fault(fault)}"
        case world.DebtOpened(says=says):
            return f"something is left to be put right{quoted(says)}"
        case world.DebtSettled(debt=debt):
            return f"{debt} is put right"
    raise AssertionError(f"no sentence for {type(event).__name__}")
