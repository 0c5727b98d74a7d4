import pytest

from simulator.authoring.check import check
from simulator.brief.library import names, read_scenario


@pytest.mark.parametrize("name", names("scenario"))
def test_a_shipped_scenario_is_a_fair_drill(name):
    """No spoiler, no decoy that stands, nothing that can never hold: not even a warning."""
    read = read_scenario(name)

    assert [str(problem) for problem in check(read.node, read.value, read.file)] == []
