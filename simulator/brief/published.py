"""The JSON Schemas that ship beside the documents, so that an editor checks while one types.

Rule 1: generated from the kinds themselves, never written by hand; a test makes them again, and
`gameday schema plan > scenarios/schema/plan.json` renews one.
Rule 2: a scenario may leave to its system what the system's document holds: there an editor asks
for no key, and the binding does.
"""

import json
from typing import Any, Final

from simulator.brief.foundation import KEY, Foundation
from simulator.brief.plan.plan import Plan
from simulator.brief.roster import Roster
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.schema import json_schema

DOCUMENTS: Final[dict[str, type]] = {
    "scenario": Scenario,
    "plan": Plan,
    "roster": Roster,
    "system": Foundation,
}


def schema_of(document: str) -> dict[str, Any]:
    """The schema of `scenario`, `plan`, `roster` or `system`."""
    schema = json_schema(DOCUMENTS[document])
    return _leaning(schema) if document == "scenario" else schema


def published(document: str) -> str:
    """The text of the shipped file."""
    return json.dumps(schema_of(document), indent=1, ensure_ascii=True) + "\n"


def _leaning(schema: dict[str, Any]) -> dict[str, Any]:
    """The scenario's schema where a system's document may hold part of it."""
    system = json_schema(Foundation)
    for name in _mapped(system["$defs"], system["properties"]):
        schema["$defs"].get(name, {}).pop("required", None)
    left = [key for key in schema["required"] if key in system["properties"]]
    own = ("id", "title", "organisation")
    schema["required"] = [key for key in schema["required"] if key not in left or key in own]
    alone = [key for key in left if key not in own]
    return schema | {"anyOf": [{"required": [KEY]}, {"required": alone}]}


def _mapped(definitions: dict[str, Any], part: Any) -> set[str]:
    """The kinds a document may hold in mappings, which join; those in lists stand whole."""
    found: set[str] = set()
    waiting = [part]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            name = str(here.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                waiting.append(definitions[name])
            waiting += [inner for key, inner in here.items() if key != "items"]
    return {name for name in found if "properties" in definitions[name]}
