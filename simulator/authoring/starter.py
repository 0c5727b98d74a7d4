"""A small complete drill made from a few answers: the scenario to grow from, and its roster.

Rule 1: two truths behind one first page, of the kinds asked for; every name follows the answers.
Rule 2: what is written is read, bound and checked before anybody gets it; a name that spoils the
drill is refused, not written.
Rule 3: the texts stand in `starters/`, one page a kind; this file only joins them.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import DictLoader, Environment, StrictUndefined

from simulator.authoring.answers import FAMILIES, Answers, Refusal
from simulator.authoring.check import check
from simulator.brief.binding import bind
from simulator.brief.brief import Brief, documents_of
from simulator.brief.checks_brief import Sheet, check_brief, needed_roles
from simulator.brief.checks_scenario import check_scenario
from simulator.brief.library import read_plan
from simulator.brief.nodes import Node, compose
from simulator.brief.plan.plan import Plan
from simulator.brief.roster import Roster
from simulator.brief.scenario.scenario import Scenario
from simulator.errors import Problem

SCHEMA: Final = "scenario.json"
"""The JSON Schema beside the drill, for editors."""
SEATS: Final = (
    ("ann", "Ann", ("on_call",)),
    ("ben", "Ben", ("backup", "sme", "tech_lead")),
    ("cleo", "Cleo", ("commander", "manager", "security_lead")),
    ("dan", "Dan", ("comms_lead", "support_lead", "scribe", "service_owner", "product_manager")),
    ("eva", "Eva", ("executive", "director", "legal")),
)
"""Person, name, and the roles they may hold, as far as the plan wants them."""
_WEIGHTS: Final = (2, 1)
_HARDER: Final = {"key": 3}
"""Kinds that play finds harder than 2, because of the leave their remedy takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """What is written: two files that belong together."""

    scenario: str
    roster: str
    roster_id: str
    notes: tuple[Problem, ...]
    """What `check` says of them; no error among it."""


def starter(answers: Answers) -> Starter:
    """The drill these answers ask for; raises `Refusal` where a name would spoil it."""
    plan = read_plan(answers.plan)
    roster_id = f"{answers.id[:41]}-people"
    scenario = _scenario(answers, roster_id, next(iter(plan.value.runbooks), ""))
    node = compose(scenario, f"{answers.id}.yaml")
    bound = bind(Scenario, node, f"{answers.id}.yaml")
    roster = _roster(answers, roster_id, bound, plan.value)
    people = compose(roster, f"{roster_id}.yaml")
    brief = Brief(
        scenario=bound,
        plan=plan.value,
        roster=bind(Roster, people, f"{roster_id}.yaml"),
        documents=documents_of(node, plan.node, people),
    )
    sheets = [
        Sheet(node=node, file=f"{answers.id}.yaml"),
        Sheet(node=plan.node, file=plan.file),
        Sheet(node=people, file=f"{roster_id}.yaml"),
    ]
    notes = (*_of_scenario(node, bound, answers.id), *check_brief(brief, *sheets))
    if bad := [one for one in notes if not one.is_warning]:
        raise Refusal(f"these names spoil the drill ({bad[0].found}); choose others")
    return Starter(scenario=scenario, roster=roster, roster_id=roster_id, notes=notes)


def _of_scenario(node: Node, scenario: Scenario, name: str) -> tuple[Problem, ...]:
    file = f"{name}.yaml"
    return (*check_scenario(node, scenario, file), *check(node, scenario, file))


def _scenario(answers: Answers, roster_id: str, runbook: str) -> str:
    """The scenario's text; `runbook` is one the plan knows, empty where it has none."""
    named = {
        **asdict(answers),
        "file": f"{answers.id}.yaml",
        "roster": roster_id,
        "runbook": runbook,
        "schema": SCHEMA,
        "namespace": answers.service,
        "image": f"registry.example/{answers.service}",
        "restore": "20m" if "key" in (answers.kind, answers.other) else "15m",
        "difficulty": max(_HARDER.get(kind, 2) for kind in (answers.kind, answers.other)),
    }
    chosen = (answers.kind, answers.other)
    pages = [_page(kind, {**named, "weight": w}) for kind, w in zip(chosen, _WEIGHTS, strict=True)]
    every = [_page(kind, {**named, "weight": 0}) for kind in FAMILIES]

    def each(part: str) -> str:
        told = every if part == "causes" else pages
        return "".join(str(getattr(page, part)) for page in told)

    causes = [_first_key(str(page.causes)) for page in pages]
    not_named = " and ".join(f"not named.{cause}" for cause in causes)
    text = _environment().get_template("drill").render(
        {**named, "each": each, "causes": causes, "not_named": not_named}
    )  # fmt: skip
    return re.sub(r"\n{3,}", "\n\n", text)


def _page(kind: str, named: dict[str, Any]) -> Any:
    """The parts of one kind of trouble, each a text under its name."""
    return _environment().get_template(kind).make_module(named)


def _first_key(text: str) -> str:
    return text.strip().partition(":")[0]


@cache
def _environment() -> Environment:
    """The pages of `starters/`; what a page asks for and nobody gives is a fault."""
    folder = files("simulator.authoring") / "starters"
    texts = {
        name: (folder / f"{name}.yaml.j2").read_text(encoding="utf-8")
        for name in ("drill", *FAMILIES)
    }
    environment = Environment(
        loader=DictLoader(texts),
        variable_start_string="<<",
        variable_end_string=">>",
        trim_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - YAML, not HTML; answers are read before they come here
    )
    quoted: Callable[[str], str] = _quoted
    environment.filters["quoted"] = quoted
    return environment


def _quoted(text: str) -> str:
    """A text as YAML in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _roster(answers: Answers, roster_id: str, scenario: Scenario, plan: Plan) -> str:
    """The people the plan wants, five at most."""
    nobody = Brief(scenario=scenario, plan=plan, roster=Roster(id="x", title="x"), documents={})
    wanted = {*needed_roles(nobody), "sme"}
    lines = [
        f"# Who sits where in {answers.id}. A chair without a person is played by a bot.",
        f"id: {roster_id}",
        f"title: {_quoted(f'{answers.organisation}, the people')}",
        f"organisation: {_quoted(answers.organisation)}",
        "people:",
    ]
    for person, name, may in SEATS:
        if roles := [role for role in may if role in wanted]:
            lines.append(f"  {person}: {{name: {name}, roles: [{', '.join(roles)}]}}")
    return "\n".join(lines) + "\n"
