"""A system several scenarios stand on: its document, and how a scenario is laid on it.

Rule 1: a scenario that says `stands_on: shop` is read as if the system's document stood in it;
afterwards nothing knows which of the two a line came from, but for the place problems name.
Rule 2: mappings join and the scenario's word counts; a key it leaves empty takes the system's
away. `records`, `logs` and `metrics` are the system's, then the scenario's; of every other list
the scenario's counts.
Rule 3: what breaks, who is blamed and how it is scored is never a system's: it has no such keys.
"""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Final

from simulator.brief.nodes import Mapping, Node, Scalar, Sequence
from simulator.brief.references import Path
from simulator.brief.scenario.deeds import Action
from simulator.brief.scenario.kinds import STRICT
from simulator.brief.scenario.sight import AlertRule, LogText, Look, Record
from simulator.brief.scenario.story import Colleague
from simulator.brief.scenario.system import System
from simulator.brief.units import Identifier, Line, PositiveCount, Prose, Word

KEY: Final = "stands_on"
_JOINED_LISTS: Final = (("records",), ("logs",), ("system", "metrics"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTeaching:
    """What is explained to everybody who practises on this system."""

    __pydantic_config__ = STRICT

    glossary: AnyMapping[Word, Prose] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    """One system on a good day: what its scenarios have in common."""

    __pydantic_config__ = STRICT

    schema: PositiveCount = 1
    """The edition of the format; the first where it is left out."""
    id: Identifier
    title: Prose
    organisation: Prose
    system: System
    alerts: AnyMapping[Identifier, AlertRule] = field(default_factory=dict)
    looks: AnyMapping[Word, Look] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    logs: tuple[LogText, ...] = ()
    actions: AnyMapping[Word, Action] = field(default_factory=dict)
    colleagues: AnyMapping[Identifier, Colleague] = field(default_factory=dict)
    runbooks: AnyMapping[Word, tuple[Word, ...]] = field(default_factory=dict)
    """For each runbook id, its steps: looks and actions in order."""
    variables: AnyMapping[Word, Line] = field(default_factory=dict)
    """Shell variables of every seat, such as FQ_DB."""
    teaching: SharedTeaching = field(default_factory=SharedTeaching)


_OWN: Final = ("schema", "id", "title")
"""What a system says of itself alone."""


def system_of(scenario: Node) -> Scalar | None:
    """Where a scenario says what it stands on; None for one that stands alone."""
    said = scenario.items.get(KEY) if isinstance(scenario, Mapping) else None
    return said if isinstance(said, Scalar) else None


def laid_on(scenario: Node, system: Node) -> Node:
    """The scenario's tree with the system's under it; each node keeps its file and place."""
    if not isinstance(scenario, Mapping) or not isinstance(system, Mapping):
        return scenario
    under = {key: part for key, part in system.items.items() if key not in _OWN}
    ground = Mapping(items=under, keys={key: system.keys[key] for key in under})
    return _joined(ground, scenario, ())


def _joined(below: Mapping, above: Mapping, path: Path) -> Mapping:
    """Two mappings as one: the scenario's keys where it wrote first, then what it left alone."""
    items: dict[str, Node] = {}
    for key, part in below.items.items():
        mine = above.items.get(key)
        if mine is None:
            items[key] = part
        elif not _is_empty(mine):
            items[key] = _over(part, mine, (*path, key))
    items |= {key: part for key, part in above.items.items() if key not in below.items}
    keys = {key: above.keys.get(key) or below.keys[key] for key in items}
    return Mapping(items=items, keys=keys, line=above.line, column=above.column, file=above.file)


def _over(below: Node, above: Node, path: Path) -> Node:
    match below, above:
        case Mapping(), Mapping():
            return _joined(below, above, path)
        case Sequence(), Sequence() if path in _JOINED_LISTS:
            return Sequence(
                items=(*below.items, *above.items),
                line=above.line,
                column=above.column,
                file=above.file,
            )
    return above


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and not node.quoted
