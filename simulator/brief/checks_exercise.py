"""Whether the items of an exercise can be asked, answered and judged.

Rule 1: an exercise asks for something, an incident for nothing but to be led.
Rule 2: a decision has at least two choices and one right one in each variant; what is to be done
has a condition and no choices.
"""

from collections.abc import Iterator

from simulator.brief.nodes import Node
from simulator.brief.references import Path, at, unknown
from simulator.brief.scenario.exercise import How, Item
from simulator.brief.scenario.scenario import Scenario
from simulator.errors import Problem


def check_items(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    """Every problem of a scenario's items."""
    problems: list[Problem] = []
    if scenario.items and scenario.kind != "exercise":
        found = "an incident asks for no items"
        hint = "write `kind: exercise`, or let milestones and objectives say it"
        problems.append(
            at(node, ("items",), file=file, code="E129", found=found, hint=hint, key=True)
        )
    if scenario.kind == "exercise" and not scenario.items and not scenario.faults:
        found = "an exercise without a fault and without `items` asks for nothing"
        problems.append(at(node, ("kind",), file=file, code="E121", found=found))
    for name, item in scenario.items.items():
        path: Path = ("items", name)
        problems += _of_item(node, scenario, item, path, file)
        for place, step in enumerate(item.how):
            problems += _of_step(node, step, (*path, "how", place), file)
    return problems


def _of_item(
    node: Node, scenario: Scenario, item: Item, path: Path, file: str
) -> Iterator[Problem]:
    if bool(item.choices) == (item.done is not None):
        found = "an item has either `choices` or `done`"
        yield at(node, path, file=file, code="E129", found=found, key=True)
        return
    if len(item.choices) == 1:
        found = "one choice is no decision; at least two are expected"
        yield at(node, (*path, "choices"), file=file, code="E130", found=found, key=True)
    for spot, choice in _choices(item, path):
        if choice is not None and choice not in item.choices:
            yield unknown(
                node, spot, file=file, what="choice here", name=choice, known=item.choices
            )
    if item.choices:
        unanswered = [v for v in scenario.variants if item.covers(v) and not item.answer(v)]
        if unanswered:
            found = f"no choice is right in {', '.join(unanswered)}"
            hint = "write `right`, or `right_in` for each variant"
            yield at(node, path, file=file, code="E121", found=found, hint=hint, key=True)


def _choices(item: Item, path: Path) -> Iterator[tuple[Path, str | None]]:
    """Every place that names one of the item's choices."""
    yield (*path, "right"), item.right
    yield from (((*path, "right_in", variant), one) for variant, one in item.right_in.items())
    yield from (((*path, "evidence", clue), one) for clue, one in item.evidence.items())


def _of_step(node: Node, step: How, path: Path, file: str) -> Iterator[Problem]:
    written = [one for one in (step.look, step.act, step.ask, step.note) if one is not None]
    if len(written) != 1:
        found = "a step is exactly one of `look`, `act`, `ask` and `note`"
        yield at(node, path, file=file, code="E129", found=found)
    if bool(step.about) != (step.ask is not None):
        found = "`ask` names a colleague and `about` says what is asked"
        yield at(node, path, file=file, code="E129", found=found)
