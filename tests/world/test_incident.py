"""The shipped incident goes by the plans' own words."""

import pytest

from simulator.brief.authority import authority, known_runbook
from simulator.brief.library import load

SCENARIO = "fraiseql-database-recovery"


@pytest.mark.parametrize(
    ("plan", "known"),
    [("fraiseql", True), ("virtengine", True), ("platform", False), ("code", False)],
)
def test_a_runbook_is_one_of_the_plans_or_frees_nothing(plan, known):
    """FraiseQL and VirtEngine have a book for a lost database; the other two have none."""
    brief = load(SCENARIO, plan=plan).brief
    named = {action.runbook for action in brief.scenario.actions.values()} - {""}

    assert named == set(brief.scenario.runbooks)
    assert {known_runbook(brief.plan, runbook) for runbook in named} == {known}


@pytest.mark.parametrize(("plan", "allowed"), [("virtengine", True), ("platform", False)])
def test_fencing_by_the_book_needs_no_leave_where_the_book_is_known(plan, allowed):
    """Both let who is on call isolate inside a runbook only."""
    brief = load(SCENARIO, plan=plan).brief

    verdict = authority(brief.plan, ("on_call",), brief.scenario.actions["fence"])
    assert verdict.allowed is allowed
