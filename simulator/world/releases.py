"""What a variant finds released when its drill begins, beside what runs on a good day.

Rule 1: a release of before the drill is as any other: a revision with its age and cause, which
pods run and an undo leads back from.
"""

from dataclasses import replace

from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.trouble import Variant
from simulator.brief.scenario.workload import Revision, Workload


def as_released(scenario: Scenario, variant: Variant) -> Scenario:
    """The scenario with what this variant has released; itself where that is nothing."""
    if not variant.releases:
        return scenario
    services = dict(scenario.system.services)
    for name, revision in variant.releases.items():
        service = services[name]
        if service.workload is not None:
            services[name] = replace(service, workload=_released(service.workload, revision))
    return replace(scenario, system=replace(scenario.system, services=services))


def _released(workload: Workload, revision: Revision) -> Workload:
    """The workload after that release: other pods, as old as it is."""
    before = Revision(number=workload.revision, image=workload.image, ago=workload.age)
    known = tuple(each for each in workload.history if each.number < revision.number)
    if workload.revision not in [each.number for each in known]:
        known = (*known, before)
    return replace(
        workload,
        image=revision.image,
        revision=revision.number,
        previous_image=workload.image,
        history=(*known, revision),
        pods=(),
        age=revision.ago,
    )
