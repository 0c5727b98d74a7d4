"""How the truth and its alerts change the picture."""

from collections.abc import Mapping
from dataclasses import replace

from simulator.journal.entry import Entry
from simulator.journal.events import world
from simulator.journal.situation.anew import anew
from simulator.journal.situation.folds_work import learned
from simulator.journal.situation.notes import marked, with_item
from simulator.journal.situation.parts import Alert, Debt, Gauge, World
from simulator.journal.situation.picture import Picture


def fold_world(now: Picture, entry: Entry) -> Picture:
    """State, signals, gauges, faults, impact, alerts, effects and debts."""
    truth = now.world
    match entry.what:
        case world.StateSet(name=name, value=value):
            return anew(now, world=anew(truth, state=with_item(truth.state, name, value)))
        case world.SignalsChanged(services=services):
            signals = {**truth.signals, **services}
            return anew(now, world=anew(truth, signals=signals))
        case world.PodChanged() as pod:
            return anew(now, world=anew(truth, pods=_lives(truth, pod)))
        case world.GaugeMoved(gauge=gauge, level=level, slope=slope):
            stands = Gauge(at=entry.at, level=level, slope=slope)
            return anew(now, world=anew(truth, gauges=with_item(truth.gauges, gauge, stands)))
        case world.FactsChanged(facts=facts):
            return anew(now, world=anew(truth, facts={**truth.facts, **facts}))
        case world.ImpactCounted(failed=failed, users=users, budget=budget, money=money):
            counted = anew(truth, failed=failed, users=users, budget=budget, money=money)
            return anew(now, world=counted)
        case world.FaultBegan() as began:
            return anew(now, world=_began(truth, began, entry.at))
        case world.FaultBent(fault=fault, strength=strength):
            return anew(now, world=anew(truth, faults=with_item(truth.faults, fault, strength)))
        case world.FaultCured(fault=fault):
            return anew(now, world=_cured(truth, fault, entry.at))
        case world.ImpactBegan():
            # A page before any impact was a forewarning: T0 is the first one at or after it.
            marks = {name: at for name, at in now.marks.items() if name != "fired"}
            return marked(anew(now, marks=marks), "impact", entry.at)
        case world.ImpactEnded(since=since):
            marks = {k: v for k, v in now.marks.items() if k != "relapsed"}
            return anew(now, marks=with_item(marks, "restored", since))
        case world.ImpactReturned():
            marks = {k: v for k, v in now.marks.items() if k != "restored"}
            return anew(now, marks=with_item(marks, "relapsed", entry.at))
        case world.EffectTook(action=action, judged=judged, cured=cured, eased=eased):
            effects = (*truth.effects, (entry.seq, action, judged))
            now = anew(now, world=anew(truth, effects=effects))
            return marked(now, "mitigated", entry.at) if cured or eased else now
        case world.EffectRelieved() | world.AccessCut():
            return marked(now, "mitigated", entry.at)
    return _fold_alert(now, entry)


def _lives(truth: World, pod: world.PodChanged) -> dict[str, Mapping[int, world.PodChanged]]:
    known = truth.pods.get(pod.service, {})
    if pod.phase == "gone":
        left = {number: other for number, other in known.items() if number != pod.pod}
        return with_item(truth.pods, pod.service, left)
    return with_item(truth.pods, pod.service, with_item(known, pod.pod, pod))


def _began(truth: World, fault: world.FaultBegan, at: int) -> World:
    name = fault.fault
    return anew(
        truth,
        faults=with_item(truth.faults, name, fault.strength),
        cured={other: when for other, when in truth.cured.items() if other != name},
        began=with_item(truth.began, name, at),
        harmless=truth.harmless if fault.hurts else truth.harmless | {name},
    )


def _cured(truth: World, fault: str, at: int) -> World:
    faults = {name: left for name, left in truth.faults.items() if name != fault}
    return anew(truth, faults=faults, cured=with_item(truth.cured, fault, at))


def _fold_alert(now: Picture, entry: Entry) -> Picture:
    match entry.what:
        case world.AlertFired() as fired:
            alert = Alert(
                severity=fired.severity,
                summary=fired.summary,
                page=fired.page,
                at=entry.at,
                seq=entry.seq,
                since=fired.since,
            )
            # What an alert measured is known to whoever reads it.
            known = learned(now.known, entry.seq, fired.facts, fired.measured_at, ())
            alerts = with_item(now.alerts, fired.alert, alert)
            return anew(now, alerts=alerts, known=known)
        case world.AlertResolved(alert=name) if name in now.alerts:
            quiet = replace(now.alerts[name], firing=False)
            return anew(now, alerts=with_item(now.alerts, name, quiet))
        case world.DebtOpened() as opened:
            debt = Debt(
                says=opened.says,
                undo=opened.undo,
                action=opened.action,
                at=entry.at,
                seq=entry.seq,
            )
            return anew(now, debts=with_item(now.debts, opened.debt, debt))
        case world.DebtSettled(debt=name) if name in now.debts:
            paid = replace(now.debts[name], settled=True)
            return anew(now, debts=with_item(now.debts, name, paid))
    return now
