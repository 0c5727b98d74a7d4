"""Recorded drills run again to the same bytes: nobody changes the engine without being told.

A golden drill is an export (`gameday archive export`), gzipped; it holds its own brief, so a
changed scenario or plan leaves it alone. Where a change of the engine is meant, record it anew:
`python tests/golden/record.py`, and say in the commit what people will see differently.
"""

import gzip
import io
from pathlib import Path

import pytest

from simulator.archive.exchange import received
from simulator.brief.library import names, read_scenario
from simulator.debrief.replay import rerun

DRILLS = sorted(Path(__file__).parent.glob("*.jsonl.gz"))


def lines_of(path):
    """The journal of a golden drill, measured, parsed and verified."""
    return received(io.BytesIO(gzip.decompress(path.read_bytes()))).lines


def test_every_incident_has_a_golden_drill_under_every_plan():
    """Six incidents by four plans."""
    kept = {tuple(path.name.split(".")[:2]) for path in DRILLS}
    incidents = [name for name in names("scenario") if read_scenario(name).value.kind == "incident"]

    assert kept == {(scenario, plan) for scenario in incidents for plan in names("plan")}


@pytest.mark.parametrize("path", DRILLS, ids=lambda path: path.stem)
def test_a_golden_drill_runs_again_to_the_same_bytes(path):
    """Orders alone are followed; every line must come out as it was recorded."""
    proof = rerun(lines_of(path))

    assert proof.same, proof.found
