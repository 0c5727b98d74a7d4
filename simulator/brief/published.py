"""The JSON Schemas that ship beside the documents, so that an editor checks while one types.

Rule 1: generated from the kinds themselves, never written by hand; a test makes them again, and
`gameday schema plan > scenarios/schema/plan.json` renews one.
"""

import json
from typing import Any, Final

from simulator.brief.plan.plan import Plan
from simulator.brief.roster import Roster
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.schema import json_schema

DOCUMENTS: Final[dict[str, type]] = {"scenario": Scenario, "plan": Plan, "roster": Roster}


def schema_of(document: str) -> dict[str, Any]:
    """The schema of `scenario`, `plan` or `roster`."""
    return json_schema(DOCUMENTS[document])


def published(document: str) -> str:
    """The text of the shipped file."""
    return json.dumps(schema_of(document), indent=1, ensure_ascii=True) + "\n"
