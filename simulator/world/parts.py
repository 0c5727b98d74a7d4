"""What monitoring tells apart inside a service: its classes, its pod groups, its answers.

Rule 1: a part is told only where some metric reads it; whoever reads none pays nothing.
Rule 2: `simulator.brief.parts` says how parts are named.
"""

from collections.abc import Mapping, Sequence

from simulator.brief.parts import read_of
from simulator.brief.scenario.system import System
from simulator.journal.units import PPM
from simulator.world.flows import Flow
from simulator.world.signals import Signals


def read_parts(system: System) -> Mapping[str, tuple[str, ...]]:
    """Service -> the parts of it that metrics read, each once, in the file's order."""
    services = system.services.items()
    found = {name: read_of(name, service, system.metrics) for name, service in services}
    return {name: items for name, items in found.items() if items}


def told_parts(signals: Signals, service: str, items: Sequence[str]) -> dict[str, int]:
    """The figures of these parts in the journal's units (docs/model.md, units)."""
    return {item: _figure(signals, service, item) for item in items}


def _figure(signals: Signals, service: str, item: str) -> int:
    match item.split("."):
        case ["answered", status]:
            return _answered(signals.services[service], status)
        case [kind, part, "answered", status]:
            return _answered(_flow(signals, service, kind, part), status)
        case [kind, part, signal]:
            return _measured(_flow(signals, service, kind, part), signal)
        case _:
            raise AssertionError(f"{item} is no part of {service}")


def _flow(signals: Signals, service: str, kind: str, part: str) -> Flow:
    of = signals.classes if kind == "class" else signals.groups
    return of[service, part]


def _answered(flow: Flow, status: str) -> int:
    return round(dict(flow.answers).get(int(status), 0.0) * flow.offered_per_s * 60)


def _measured(flow: Flow, signal: str) -> int:
    match signal:
        case "offered":
            return round(flow.offered_per_s * 60)
        case "served":
            return round(flow.served_per_s * 60)
        case "failed":
            return round(flow.failed_per_s * 60)
        case "p95":
            return round(flow.p95_s * 1000)
        case "latency":
            return round(flow.latency_shown_s * 1000)
        case "saturation":
            return round(flow.saturation * PPM)
        case _:
            return round(flow.errors * PPM)
