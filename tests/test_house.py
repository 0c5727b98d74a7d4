"""The house: what may be imported where, shown by running it."""

import json
import subprocess
import sys

import pytest

HEAVY = ("textual", "pandas", "matplotlib", "sqlalchemy")


def loaded_by(code):
    """The names of heavy libraries loaded after running this code in a fresh interpreter."""
    probe = (
        f"{code}\nimport sys, json; print(json.dumps([h for h in {HEAVY!r} if h in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "module",
    ["simulator.drill", "simulator.world.world", "simulator.response", "simulator.shell.prompt",
     "simulator.debrief", "simulator.responders.chairs"],
)  # fmt: skip
def test_the_engine_needs_no_screen_no_frame_no_chart(module):
    """Importing a room of the engine loads no textual, pandas, matplotlib or SQLAlchemy."""
    assert loaded_by(f"import {module}") == []


def test_every_order_has_one_who_carries_it_out():
    """No command is left without a handler."""
    from simulator.drill import handlers_missing
    from simulator.response import HANDLERS

    assert handlers_missing(HANDLERS) == ()
