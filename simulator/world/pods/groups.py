"""Which group of its service a pod belongs to: its image's, else one that has pods at rest.

Rule 1: a group that has no pods at rest and no version of its own is a condition: pods come into it
by a fault that strikes or by being caught, never by merely being new.
"""

from collections.abc import Sequence

from simulator.brief.scenario.system import Service

ALL = ""
"""The group of a pod where no groups are written."""


def home(service: Service, image: str, there: Sequence[str]) -> str:
    """The group a new pod of this image joins, given the groups of the pods that are there.

    Of several it may join the one that lacks most of what it has at rest.
    """
    groups = service.groups
    if not groups:
        return ALL
    tag = image.rpartition(":")[2]
    fitting = [name for name, terms in groups.items() if terms.version and terms.version == tag]
    if not fitting:
        fitting = [name for name, g in groups.items() if not g.version and g.replicas]
    if not fitting:
        fitting = [name for name, terms in groups.items() if terms.replicas] or list(groups)

    def filled(name: str) -> float:
        return (sum(group == name for group in there) + 1) / max(1, groups[name].replicas)

    return min(fitting, key=filled)


def at_rest(service: Service, replicas: int) -> list[str]:
    """The group of each pod at rest, by number."""
    if not service.groups:
        return [ALL] * replicas
    return [name for name, terms in service.groups.items() for _ in range(terms.replicas)]


def image_of(service: Service, group: str, image: str) -> str:
    """The image of a pod at rest in a group: its group's version of the workload's."""
    terms = service.groups.get(group)
    if terms is None or not terms.version:
        return image
    return f"{image.rpartition(':')[0] or image}:{terms.version}"
