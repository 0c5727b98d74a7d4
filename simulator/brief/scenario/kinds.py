"""What every part of a scenario is written with: no key too many, ids of services and of state."""

from typing import TypeAlias

from simulator.brief.units import Identifier

STRICT = {"extra": "forbid"}
ServiceId: TypeAlias = Identifier
