"""What a name in a scenario's condition stands for, by the truth of this second.

Names: `<service>.errors|degraded|saturation` (shares), `.p95|.latency` (seconds),
`.offered|.served|.failed|.extra` (a second), `.ready` (replicas); where a metric tells them
apart, the same of a part: `<service>.class.<class>.errors`, `<service>.group.<group>.served`, and
`<service>.answered.503` (failures answered so, a second); a gauge (its level); a row of the
state table; `fault.<id>` (its strength), `cured.<fault>`; `done.<action>`; `debt.<id>` (open);
`variant`; marks and claims; `elapsed` (seconds since T0), `now` (since the drill began);
facts; `role.<role>`, `level`, `status`, `said.<use>` (a message of that use went out).
"""

from simulator.brief.conditions import Found, Name
from simulator.journal.facts import Lookup, true_in
from simulator.journal.situation import Situation
from simulator.journal.units import PPM, signal_in_units


def truth(situation: Situation, at: int) -> Lookup:
    """The lookup of the engine at second `at`; only world, response and report ask it."""
    facts = true_in(situation)

    def look(name: Name) -> Found | None:
        return stands_for(situation, name.text, at, facts, name)

    return look


def stands_for(situation: Situation, text: str, at: int, facts: Lookup, name: Name) -> Found | None:
    """The value of one name; None where nobody knows it."""
    world = situation.world
    if text in world.state:
        return world.state[text]
    if text in world.gauges:
        return world.gauges[text].level_at(at)
    if text == "now":
        return at
    head, _, item = text.partition(".")
    if item and head in world.signals:
        return signal(situation, head, item)
    if head == "fault":
        return world.faults.get(item, 0) / PPM
    if head == "cured":
        return item in world.cured
    if head == "debt":
        debt = situation.debts.get(item)
        return debt is not None and not debt.settled
    if head == "done":
        return f"done:{item}" in situation.deeds
    if head == "said":
        return f"message:{item}" in situation.deeds
    if text == "elapsed":
        return at - situation.marks["fired"] if "fired" in situation.marks else None
    return facts(name)


def signal(situation: Situation, service: str, item: str) -> float | None:
    """A service's signal in natural units: shares 0..1, seconds, a second, replicas."""
    values = situation.world.signals[service]
    if item == "failed":
        return (values.get("offered", 0) - values.get("served", 0)) / 60
    found = values.get(item, 0 if item == "extra" else None)
    return None if found is None else signal_in_units(item, found)
