"""What every part of a scenario is written with: no key too many, ids of services and of state."""

from typing import Annotated, TypeAlias

from pydantic import Field

from simulator.brief.units import Identifier

STRICT = {"extra": "forbid"}
ServiceId: TypeAlias = Identifier
StateName: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,63}$")]
"""`db.role`, `mode`, `deployment.api.revision`: a row of the state table."""
