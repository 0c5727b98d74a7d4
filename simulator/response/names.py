"""Names a plan makes up by pattern, texts a scenario fills from the state table, duties by name."""

import re
from collections.abc import Mapping
from typing import Final

from simulator.brief.plan.plan import Plan
from simulator.clock import instant, wall
from simulator.journal.situation.parts import State
from simulator.response.orders import begins
from simulator.stage import Stage

_PLACE: Final = re.compile(r"\$\{([a-z0-9_.-]+)\}")
_FIRST: Final = "001"
"""The number of the day's incident: a drill has one."""


def filled(stage: Stage, pattern: str, incident: str = "") -> str:
    """A pattern such as `#incident-${yyyymmdd}-${number}` at this second."""
    now = instant(begins(stage), stage.now)
    values = {
        "date": f"{now:%Y-%m-%d}",
        "time": f"{now:%H:%M}",
        "number": _FIRST,
        "id": incident,
        "yyyymmdd": f"{now:%Y%m%d}",
        "yyyy": f"{now:%Y}",
        "mmdd": f"{now:%m%d}",
        "hhmm": f"{now:%H%M}",
        "hhmmss": f"{now:%H%M%S}",
    }
    return _fill(pattern, values)


def told(stage: Stage, text: str) -> str:
    """A scenario's text with its numbers taken from the state table and the gauges of now."""
    world = stage.situation.world
    levels = {name: f"{gauge.level_at(stage.now):.0f}" for name, gauge in world.gauges.items()}
    rows = {name: _as_read(name, value, begins(stage)) for name, value in world.state.items()}
    return _fill(text, {**levels, **rows})


def _as_read(name: str, value: State, begins: str) -> str:
    """A row as people read it: yes or no, and a time of day for since when a credential stands."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    is_moment = name.startswith("cred.") and name.endswith((".since", ".bites_at"))
    return wall(begins, value) if is_moment and isinstance(value, int) else str(value)


def duty_names(plan: Plan) -> tuple[str, ...]:
    """Every duty somebody may owe, as `journal.targets` names them."""
    paths = plan.escalation.special.items()
    return (
        *plan.duties,
        *(f"notify.{n}" for n in range(len(plan.escalation.notify))),
        *(f"unresolved.{n}" for n in range(len(plan.escalation.unresolved))),
        *(f"{name}.{n}" for name, path in paths for n in range(len(path.steps))),
    )


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Each known `${name}` replaced; an unknown one is left as it stands."""
    return _PLACE.sub(lambda found: values.get(found.group(1), found.group(0)), text)
