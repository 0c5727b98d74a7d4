"""What a scenario gives a name, and the words its conditions and readings may use.

Rule 1: a name is known by what it is: a fault is no service, though both are called alike.
Rule 2: what a condition may ask here `journal.truth` answers; the two lists agree.
"""

from dataclasses import replace
from typing import Final, get_args

from simulator.brief.checks_access import access_words
from simulator.brief.checks_reached import effects
from simulator.brief.parts import parts_of, read_of
from simulator.brief.pointing import Words
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.system import Service
from simulator.brief.vocabulary import FACTS, ROLES, MarkName, MessageUse

NOT_KNOWN: Final = "not-known"
"""The cause that can always be named."""
_SIGNALS: Final = ("errors", "degraded", "saturation", "p95", "latency", "offered", "served",
                   "failed", "extra", "ready", "replicas", "revision", "image", "cause", "restarts",
                   "rollout")  # fmt: skip
_MOMENTS: Final = ("now", "elapsed", "variant", "unresolved", "level", "status")


def known_names(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Everything this scenario gives a name, by what it is."""
    answers = tuple(f"ask.{person}" for person in scenario.colleagues)
    return {
        "service": tuple(scenario.system.services),
        "gauge": tuple(scenario.system.gauges),
        "fault": tuple(scenario.faults),
        "variant": tuple(scenario.variants),
        "cause": (*scenario.causes, NOT_KNOWN),
        "action": tuple(scenario.actions),
        "look": tuple(scenario.looks),
        "clue": tuple(scenario.clues),
        "colleague": tuple(scenario.colleagues),
        "fact": tuple(FACTS),
        "look or answer": (*scenario.looks, *answers),
        "look or action": (*scenario.looks, *scenario.actions),
        "shared limit": tuple(scenario.system.limits),
        "credential": tuple(scenario.system.credentials),
        "debt": tuple(debt.id for effect in effects(scenario) for debt in effect.debt),
    }


def words_of(scenario: Scenario) -> Words:
    """The names a condition of this scenario may ask about (journal.truth says what they mean)."""
    known = known_names(scenario)
    services = scenario.system.services
    headed: dict[str, tuple[str, ...]] = {
        "fault": known["fault"],
        "cured": known["fault"],
        "done": known["action"],
        "debt": known["debt"],
        "found": tuple(scenario.clues),
        "decided": tuple(scenario.items),
        "settled": tuple(scenario.items),
        "named": known["cause"],
        "probe": tuple(scenario.system.probes),
        "firing": tuple(scenario.alerts),
        "role": ROLES,
        "said": get_args(MessageUse),
        "fact": tuple(FACTS),
        **access_words(scenario),
    }
    for name, service in services.items():
        told = read_of(name, service, scenario.system.metrics)
        headed[name] = (*_SIGNALS, *told, *_implied(service), *scenario.system.limits)
    states = {*scenario.system.state, *(s for v in scenario.variants.values() for s in v.state)}
    for fault in scenario.faults.values():
        states |= {*fault.sets, *fault.cured_sets}
    for effect in effects(scenario):
        states |= set(effect.sets)
    if scenario.system.credentials:
        states.add("evidence")
    whole = {*states, *scenario.system.gauges, *FACTS, *get_args(MarkName), *_MOMENTS}
    return Words(whole=whole, headed=headed)


def readable(scenario: Scenario, words: Words) -> Words:
    """What a metric may read and a gauge follow beside what is known: parts, and pools by half."""
    services = scenario.system.services
    more = {
        name: (*parts_of(each), *(f"{p}.{shown}" for p in each.pools for shown in ("busy", "most")))
        for name, each in services.items()
    }
    headed = {head: (*items, *more.get(head, ())) for head, items in words.headed.items()}
    return replace(words, headed=headed)


def _implied(service: Service) -> tuple[str, ...]:
    """Rows of the state table, behind its name, that a service brings with it."""
    rows = [*service.pools]
    rows += [f"group.{group}.{row}" for group in service.groups for row in ("ready", "pods")]
    rows += [f"need.{need}" for need in service.needs]
    for kind, own in service.classes.items():
        rows += [f"{kind}.need.{need}" for need in own.needs or ()]
    return tuple(rows)
