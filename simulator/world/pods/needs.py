"""Whether what a new pod waits for answers it, by whichever way its need leads now."""

from typing import Final

from simulator.brief.scenario.system import Service
from simulator.world.surroundings import Surroundings

ANSWERS: Final = 500_000
"""What a pod waits for answers when it fails for less than half, ppm (assumed)."""


def answers(around: Surroundings, name: str, service: Service) -> bool:
    """Whether everything the pods of a service wait for at their boot answers now."""
    waits_for = service.boot.waits_for if service.boot is not None else ()
    return all(_answers(around, name, service, what) for what in waits_for)


def _answers(around: Surroundings, name: str, service: Service, what: str) -> bool:
    """Whether what a pod waits for answers it: a need of its own by any way, else that service."""
    if what not in service.needs:
        return _is_up(around, what)
    whole = not service.classes or any(each.needs is None for each in service.classes.values())
    kinds = [kind for kind, each in service.classes.items() if what in (each.needs or {})]
    return any(_leads(around, name, kind, what) for kind in (*((None,) if whole else ()), *kinds))


def _leads(around: Surroundings, name: str, kind: str | None, need: str) -> bool:
    """Whether a way to a need (of a class of requests, or the service's) is open and answers."""
    to = str(around.stage.state(f"{name}.{kind}.need.{need}" if kind else f"{name}.need.{need}"))
    is_cut = any(
        bend.cut
        and (bend.on, bend.need) == (name, need)
        and bend.of_class in (None, kind)
        and bend.towards in (None, to)
        for fault in around.stage.situation.world.faults
        for bend in around.scenario.faults[fault].bends
    )
    return not is_cut and _is_up(around, to)


def _is_up(around: Surroundings, name: str) -> bool:
    signals = around.stage.situation.world.signals.get(name)
    return signals is not None and signals["errors"] < ANSWERS
