"""Stories of what was released shortly before a drill begins, in one of its variants."""

from dataclasses import replace

import pytest

from simulator.brief.library import read_scenario
from simulator.brief.scenario.trouble import Variant
from simulator.brief.scenario.workload import Revision
from simulator.world.pods.revisions import written
from simulator.world.releases import as_released

NEW = Revision(number=43, image="img.fraiseql.internal/fq-api:v2.15.0", ago=720, cause="v2.15.0")


@pytest.fixture(scope="module")
def scenario():
    """A shipped scenario, whose api stands at revision 42."""
    return read_scenario("fraiseql-database-recovery").value


@pytest.fixture(scope="module")
def variant(scenario):
    """Its first truth, twelve minutes after a release of the api."""
    return replace(scenario.variants["lost-primary"], releases={"api": NEW})


def revisions(scenario, variant: Variant):
    """The api's revisions when the drill begins."""
    return written(as_released(scenario, variant).system.services["api"].workload)


def test_without_a_release_nothing_is_different(scenario):
    """The very same document."""
    plain = scenario.variants["lost-primary"]

    assert as_released(scenario, plain) is scenario


def test_a_release_of_before_the_drill_is_the_revision_that_runs(scenario, variant):
    """Its number, its image, its age and its cause."""
    current = revisions(scenario, variant).current

    assert (current.number, current.image, current.at, current.cause) == (
        43,
        NEW.image,
        -720,
        "v2.15.0",
    )


def test_an_undo_leads_back_from_it(scenario, variant):
    """To what the system runs on a good day, with its own age."""
    before = revisions(scenario, variant).previous

    assert before is not None
    assert (before.number, before.image) == (42, "img.fraiseql.internal/fq-api:v2.14.0")


def test_its_pods_are_others(scenario, variant):
    """No pod keeps the name it had under another revision; other services are left alone."""
    there = as_released(scenario, variant).system.services

    assert there["api"].workload.pods == ()
    assert there["worker"] == scenario.system.services["worker"]
