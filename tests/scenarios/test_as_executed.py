"""The drills as FraiseQL executed them, played from their scripts: the table its record prints."""

import pytest

from simulator.brief.library import load
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms
from simulator.session.scripts import seats, shipped

EXECUTED = {
    "fraiseql-database-recovery": (45, 30, 33),
    "fraiseql-security-incident": (20, 15, 25),
    "fraiseql-service-down": (15, 12, 20),
}
"""Scenario -> expected minutes, actual minutes, percent faster (000:131-133)."""


def played(scenario):
    """The drill, scripted chairs as written, everybody else silent."""
    brief = load(scenario).brief
    seated = seats(brief, f"{scenario}-executed,*=idle")
    drill = Drill(seated.brief, Terms(seed=1, variant="executed", policies=seated.policies))
    drill.run()
    return drill


def test_every_script_has_its_drill():
    """One for each drill that was executed, by the scenario's name."""
    assert [name.removesuffix("-executed") for name in shipped()] == list(EXECUTED)


@pytest.mark.parametrize("scenario", EXECUTED)
def test_the_record_of_the_source_comes_out(scenario):
    """Expected and actual minutes, and how much faster, without luck."""
    drill = played(scenario)
    card = score(drill.entries, drill.stage.brief)
    row = next(row for row in card.table if row.name == "restored")
    expected, actual, faster = EXECUTED[scenario]

    assert (row.expected_s // 60, round((row.actual_s or 0) / 60)) == (expected, actual)
    assert (row.faster_percent, row.label) == (faster, "EXCELLENT")
