"""Whether the parts of a scenario fit together: names, cycles, shares.

Rule 1: a scenario is bound before it comes here; every problem carries its place in the file.
Rule 2: where a document names something stands in the tables of this file, and nowhere else.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from simulator.brief.checks_access import EFFECTS, USED_WHILE, check_access
from simulator.brief.checks_exercise import check_items
from simulator.brief.checks_reached import never
from simulator.brief.checks_texts import check_texts
from simulator.brief.checks_workloads import check_workloads
from simulator.brief.nodes import Node
from simulator.brief.pointing import dangling, shares_beyond, strange_names, strange_words
from simulator.brief.references import Path, at, cycles, duplicates, shares, unknown
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.system import Need, Service
from simulator.brief.scenario_words import known_names, readable, words_of
from simulator.brief.vocabulary import SHARES
from simulator.errors import Problem

_NEEDS: Final = ("system/services/*", "system/services/*/classes/*")
_EFFECTS: Final = EFFECTS
_SCOPED: Final = ("alerts/*", "looks/*", "clues/*", "records/*", "logs/*", "actions/*", "injects/*",
                  "colleagues/*/knows/*", "system/credentials/*", "system/credentials/*/uses/*",
                  "intruder/steps/*", "items/*")  # fmt: skip


def _under(places: Iterable[str], *tails: str) -> tuple[str, ...]:
    return tuple(f"{place}/{tail}" for place in places for tail in tails)


NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "service": (
        "system/metrics/*/each_pod_of",
        *_under(_NEEDS, "needs/*/to"),
        "faults/*/bends/*/on",
        "alerts/*/service",
        "looks/*/of",
        "actions/*/on/*",
        "system/credentials/*/uses/*/on",
        *_under(_EFFECTS, "repoint/*/service", "repoint/*/to", "replicas/*/service"),
        *_under(_EFFECTS, "rollout/*/service"),
        "faults/*/strikes/*/service",
        "variants/*/releases/@",
    ),
    "gauge": (
        "variants/*/gauges/@",
        "variants/*/best/@",
        *_under(_EFFECTS, "move/*/gauge", "move/*/by_gauge"),
    ),
    "fault": (
        "variants/*/faults/*",
        "faults/*/spreads/@",
        "system/gauges/*/full",
        "system/gauges/*/empty",
        *_under(_EFFECTS, "cure/*", "ease/*/fault", "start/*"),
    ),
    "variant": (*_under(_SCOPED, "only_in/*", "not_in/*"), "items/*/right_in/@"),
    "cause": ("variants/*/cause", "clues/*/reads/@"),
    "action": (
        "variants/*/remedy/*/do",
        "items/*/how/*/act",
        "actions/*/undo",
        "colleagues/*/refuses_unless/@",
    ),
    "look": ("variants/*/lead/*", "items/*/how/*/look"),
    "clue": ("items/*/evidence/@", "colleagues/*/knows/*/clues/*"),
    "colleague": ("items/*/how/*/ask",),
    "fact": ("looks/*/facts/*", "looks/*/facts_when/@"),
    "look or answer": ("clues/*/looks/*",),
    "look or action": ("runbooks/*/*",),
    "shared limit": ("system/services/*/pools/*/limit",),
    "debt": _under(_EFFECTS, "settles/*"),
    "credential": (
        "system/credentials/*/opened_with",
        *_under(_EFFECTS, "create/*", "reactivate/*", "deactivate/*", "delete/*", "close/*"),
        *_under(_EFFECTS, "purge/*", "paces/*/credential", "caps/*/credential"),
    ),
}
"""What is named -> the places that name it."""

TRUE_CONDITIONS: Final = (
    "restored_when",
    "end_states/*",
    "hazards/*",
    "system/services/*/crashes/*/while",
    "system/services/*/boot/ready_while",
    "system/services/*/groups/*/catches/while",
    "system/probes/*/up",
    "system/gauges/*/flows/*/when",
    "system/clock/samples_while",
    "faults/*/when",
    "faults/*/until",
    "variants/*/restored_when",
    "variants/*/remedy/*/when",
    "alerts/*/when",
    "looks/*/shows/*/when",
    "looks/*/facts_when/*",
    "clues/*/when",
    "records/*/when",
    "records/*/since",
    "logs/*/when",
    "actions/*/until",
    "actions/*/needs/*/holds",
    "actions/*/then/*/when",
    "actions/*/during/*/when",
    "colleagues/*/knows/*/when",
    "colleagues/*/absent",
    "injects/*/when",
    "injects/*/unless",
    "teaching/hints/*/while",
    *USED_WHILE,
    "intruder/steps/*/when",
    "intruder/steps/*/unless",
    "items/*/opens",
    "items/*/done",
    "items/*/how/*/when",
)
"""Conditions over the truth or over what is measured."""
READINGS: Final = (
    "system/metrics/*/reads",
    "system/gauges/*/follows",
    "system/gauges/*/flows/*/times",
)
"""Names of something that is read, over the truth."""


def check_scenario(node: Node, scenario: Scenario, file: str) -> tuple[Problem, ...]:
    """Every problem and warning of how the parts of a scenario fit together."""
    words = words_of(scenario)
    return (
        *dangling(node, NAMED, known_names(scenario), file=file),
        *_inside_services(node, scenario, file),
        *_service_cycles(node, scenario, file),
        *_class_shares(node, scenario, file),
        *_figures(node, scenario, file),
        *_variants(node, scenario, file),
        *never(node, scenario, file),
        *check_access(node, scenario, file),
        *check_items(node, scenario, file),
        *_look_alikes(node, scenario, file),
        *strange_words(node, TRUE_CONDITIONS, words, file=file),
        *strange_names(node, READINGS, readable(scenario, words), file=file),
        *_shares_beyond(node, scenario, file),
        *check_workloads(node, scenario, file),
        *check_texts(node, words, file),
    )


def _shares_beyond(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    """Conditions that hold a fact, a service's errors or a fault against more than all of it."""
    services = scenario.system.services

    def is_share(name: str) -> bool:
        head, _, item = name.partition(".")
        if head in services:
            return item in ("errors", "degraded")
        return head == "fault" or name in SHARES or (head == "fact" and item in SHARES)

    return shares_beyond(node, TRUE_CONDITIONS, is_share, file=file)


def _needs_of(service: Service) -> dict[str, tuple[Need, Path]]:
    """Every need a service has, its own or a class's, with the path inside the service."""
    found: dict[str, tuple[Need, Path]] = {}
    for name, need in service.needs.items():
        found[name] = need, ("needs", name)
    for kind, own in service.classes.items():
        for name, need in (own.needs or {}).items():
            found.setdefault(name, (need, ("classes", kind, "needs", name)))
    return found


def _inside_services(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    """Names that must exist in one certain service: needs, pods, classes, pools."""
    services = scenario.system.services
    problems: list[Problem] = []

    def ask(path: Path, what: str, name: str | None, there: Iterable[str], *, key: bool) -> None:
        names = tuple(there)
        if name is not None and name not in names:
            problems.append(
                unknown(node, path, file=file, what=what, name=name, known=names, key=key)
            )

    for name, service in services.items():
        root: Path = ("system", "services", name)
        for need, (terms, path) in _needs_of(service).items():
            if terms.to is None:
                ask((*root, *path), "service", need, services, key=True)
        for pool, holding in service.pools.items():
            whole = (*root, "pools", pool, "to")
            ask(whole, f"need of {name}", holding.to, _needs_of(service), key=False)
        for position, what in enumerate(service.boot.waits_for if service.boot else ()):
            there = (*_needs_of(service), *services)
            ask((*root, "boot", "waits_for", position), "service", what, there, key=False)
    for place, text in enumerate(scenario.logs):
        if text.pods is not None:
            writes = services.get(text.service)
            there = () if writes is None else tuple(writes.groups)
            ask(("logs", place, "pods"), f"group of {text.service}", text.pods, there, key=False)
    for fault, broken in scenario.faults.items():
        for position, bend in enumerate(broken.bends):
            if bend.on not in services:
                continue
            bent, spot = services[bend.on], ("faults", fault, "bends", position)
            ask((*spot, "pods"), f"group of {bend.on}", bend.pods, bent.groups, key=False)
            ask((*spot, "of_class"), f"class of {bend.on}", bend.of_class, bent.classes, key=False)
            ask((*spot, "need"), f"need of {bend.on}", bend.need, _needs_of(bent), key=False)
    return problems


def _service_cycles(node: Node, scenario: Scenario, file: str) -> tuple[Problem, ...]:
    edges: dict[str, dict[str, Path]] = {}
    for name, service in scenario.system.services.items():
        edges[name] = {
            (need.to or called): ("system", "services", name, *path)
            for called, (need, path) in _needs_of(service).items()
        }
    return cycles(node, edges, file=file, what="services that need one another")


def _class_shares(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    return [
        problem
        for name, service in scenario.system.services.items()
        if service.classes
        for problem in shares(
            node,
            ("system", "services", name, "classes"),
            file=file,
            parts=[kind.share for kind in service.classes.values()],
        )
    ]


def _figures(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    """Values of one service or gauge that contradict each other."""
    problems = []
    for name, service in scenario.system.services.items():
        if (service.p95 is None) == (service.adds is None):
            found = f"{name} has both `p95` and `adds`" if service.adds else f"{name} has no p95"
            hint = "write exactly one: `p95` (the whole) or `adds` (its own part)"
            path: Path = ("system", "services", name)
            problems.append(
                at(node, path, file=file, code="E129", found=found, hint=hint, key=True)
            )
    for name, gauge in scenario.system.gauges.items():
        if gauge.most is not None and gauge.least > gauge.most:
            found = f"the gauge's least {gauge.least:g} is above its most {gauge.most:g}"
            path = ("system", "gauges", name, "least")
            problems.append(at(node, path, file=file, code="E129", found=found))
        if gauge.follows and gauge.flows:
            found = f"{name} follows {gauge.follows} and has flows of its own"
            path = ("system", "gauges", name, "flows")
            problems.append(at(node, path, file=file, code="E129", found=found, key=True))
    return problems


def _variants(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    weights = [variant.weight for variant in scenario.variants.values()]
    if sum(weights) > 0:
        return []
    found = "no variant has a weight above 0, so no seed can draw one"
    return [at(node, ("variants",), file=file, code="E144", found=found, key=True)]


def _look_alikes(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    """Ids that people would take for one another."""
    groups: tuple[tuple[str, Path, Iterable[str]], ...] = (
        ("services", ("system", "services"), scenario.system.services),
        ("looks", ("looks",), scenario.looks),
        ("actions", ("actions",), scenario.actions),
        ("causes", ("causes",), scenario.causes),
    )
    return [
        problem
        for what, root, names in groups
        for problem in duplicates(
            node, [(name, (*root, name)) for name in names], file=file, what=what, key=True
        )
    ]
