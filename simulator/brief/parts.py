"""The names of a service's parts that a metric may read: its classes, pod groups and answers.

Rule 1: a name stands behind the service's own: `class.<class>.<signal>`, `group.<group>.<signal>`,
`answered.<status>`, `class.<class>.answered.<status>`, `group.<group>.answered.<status>`.
Rule 2: only a part that some metric reads is measured, so nothing else may ask about others.
"""

from collections.abc import Iterable
from typing import Final

from simulator.brief.scenario.system import Metric, Service

KINDS: Final = ("class", "group")
MEASURED: Final = ("offered", "served", "failed", "errors", "p95", "latency", "saturation")
"""Signals a part has, as a service has them."""
STATUSES: Final = (400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 501, 502, 503, 504)
"""What a failure may be answered with."""


def is_part(item: str) -> bool:
    """Whether the rest of a signal's name, behind its service, names a part."""
    match item.split("."):
        case ["answered", status]:
            return status.isdecimal()
        case [kind, _, "answered", status]:
            return kind in KINDS and status.isdecimal()
        case [kind, _, signal]:
            return kind in KINDS and signal in MEASURED
        case _:
            return False


def parts_of(service: Service) -> tuple[str, ...]:
    """Every part of a service that a metric could read."""
    answered = [f"answered.{status}" for status in STATUSES]
    whole = [f"class.{kind}" for kind in service.classes]
    whole += [f"group.{group}" for group in service.groups]
    each = [f"{part}.{signal}" for part in whole for signal in (*MEASURED, *answered)]
    return (*answered, *each)


def read_of(name: str, service: Service, metrics: Iterable[Metric]) -> tuple[str, ...]:
    """The parts of one service that metrics read, each once, in the file's order.

    A metric of each pod reads the pod's group.
    """
    groups = tuple(service.groups)
    head, found = f"{name}.", []
    for metric in metrics:
        if metric.reads.startswith(head):
            item = metric.reads.removeprefix(head)
            if metric.each_pod_of == name:
                found += [f"group.{group}.{item}" for group in groups]
            found.append(item)
    return tuple(dict.fromkeys(item for item in found if is_part(item)))
