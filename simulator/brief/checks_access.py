"""Whether what a scenario says of access can be: doors, their children, who uses them.

Rule 1: what a use waits for may ask about doors, never about what follows from uses: that would
be asking itself.
Rule 2: names are looked up by the tables of `checks_scenario`; here stands what they cannot say.
"""

from collections.abc import Iterator
from typing import Final

from simulator.brief.conditions import lastings, names, parse
from simulator.brief.nodes import Node
from simulator.brief.pointing import spots
from simulator.brief.references import Path, at, cycles, unknown
from simulator.brief.scenario.access import Credential
from simulator.brief.scenario.scenario import Scenario
from simulator.clock import instant
from simulator.errors import Problem

EFFECTS: Final = (
    "actions/*/then/*/do",
    "actions/*/during/*/do",
    "injects/*/do",
    "intruder/steps/*/do",
)
"""Where effects are written."""
USED_WHILE: Final = (
    "system/credentials/*/uses/*/while",
    "system/credentials/*/uses/*/shut_while",
)
CLOSED: Final = ("session", "role_session", "token")
"""Kinds that are closed, as a connection is; a key or a password is deactivated."""
MOST: Final = 200
"""Credentials of one scenario: each brings some ten rows of state."""
_ROWS: Final = ("accepted", "since", "bites_at", "limit", "uses_per_min", "rows_per_min",
                "intruder_per_min", "refused_per_min")  # fmt: skip
_INTRUDER: Final = ("footholds", "active", "uses_per_min", "rows_per_min")


def access_words(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """What a condition may ask about access, by the head it stands behind."""
    credentials = scenario.system.credentials
    if not credentials:
        return {}
    rows: list[str] = []
    for name, credential in credentials.items():
        rows += [name, *(f"{name}.{row}" for row in _ROWS)]
        rows += [f"{name}.{use}.per_min" for use in credential.uses]
    return {"cred": tuple(rows), "intruder": _INTRUDER}


def check_access(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Every problem of a scenario's credentials, and of what effects do to them."""
    credentials = scenario.system.credentials
    yield from _parents(node, scenario, file)
    for name, credential in credentials.items():
        yield from _one(node, scenario, (name, credential), file)
    yield from _uses(node, file)
    yield from _closing(node, scenario, file)
    yield from _pacing(node, scenario, file)
    if len(credentials) > MOST:
        path: Path = ("system", "credentials")
        found = f"{len(credentials)} credentials; at most {MOST} are expected"
        yield at(node, path, file=file, code="E130", found=found, key=True)


def _parents(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    edges: dict[str, dict[str, Path]] = {
        name: {one.opened_with: ("system", "credentials", name, "opened_with")}
        for name, one in scenario.system.credentials.items()
        if one.opened_with is not None
    }
    yield from cycles(node, edges, file=file, what="credentials opened with one another")


def _one(
    node: Node, scenario: Scenario, named: tuple[str, Credential], file: str
) -> Iterator[Problem]:
    """What contradicts itself in one credential."""
    name, one = named
    path: Path = ("system", "credentials", name)
    if one.opened_with is None:
        for key, is_said in (("outlives", not one.outlives), ("reopens_in", one.reopens_in)):
            if is_said:
                found = f"{name} has `{key}`, and nothing says what it was opened with"
                hint = "write `opened_with`, the credential it was opened or minted with"
                yield at(node, (*path, key), file=file, code="E129", found=found, hint=hint)
    made = one.created if one.at_rest == "live" else None
    if made is not None and instant(made, 0) > instant(scenario.begins, 0):
        found = f"{name} is there when the drill begins, and was created later"
        hint = "write an earlier `created`, or `at_rest: absent`"
        yield at(node, (*path, "created"), file=file, code="E129", found=found, hint=hint)


def _uses(node: Node, file: str) -> Iterator[Problem]:
    """Conditions of a use that ask about uses, or for how long something has held."""
    for pattern in USED_WHILE:
        for spot in spots(node, pattern):
            condition = parse(spot.name)
            asked = [n.text for n in names(condition) if _follows(n.text)]
            if asked:
                found = f"a use cannot wait for {asked[0]}, which follows from uses"
                hint = "ask about a credential (`cred.<id>`, `.accepted`) or a state of your own"
                yield at(node, spot.path, file=file, code="E129", found=found, hint=hint)
            if lastings(condition):
                found = "a use is on or off at once: nobody keeps time of a `for` here"
                hint = "let a step of the intruder set a state, and ask about that"
                yield at(node, spot.path, file=file, code="E129", found=found, hint=hint)


def _follows(name: str) -> bool:
    head, _, item = name.partition(".")
    return head == "intruder" or (head == "cred" and item.endswith("per_min"))


def _closing(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    credentials = scenario.system.credentials
    for effect in EFFECTS:
        for spot in spots(node, f"{effect}/close/*"):
            one = credentials.get(spot.name)
            if one is not None and one.kind not in CLOSED:
                found = f"{spot.name} is a {one.kind.replace('_', ' ')}, which nobody closes"
                hint = f"write `deactivate`; closed is what is a {', '.join(CLOSED)}"
                yield at(node, spot.path, file=file, code="E129", found=found, hint=hint)


def _pacing(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Paces of a use its credential does not have."""
    credentials = scenario.system.credentials
    for effect in EFFECTS:
        of = {spot.path[:-1]: spot.name for spot in spots(node, f"{effect}/paces/*/credential")}
        for spot in spots(node, f"{effect}/paces/*/use"):
            one = credentials.get(of.get(spot.path[:-1], ""))
            if one is not None and spot.name not in one.uses:
                what = f"use of {of[spot.path[:-1]]}"
                yield unknown(node, spot.path, file=file, what=what, name=spot.name, known=one.uses)
