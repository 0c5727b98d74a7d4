"""What every event is, and who is told.

Rule 1: `told` lists audiences: EVERYONE, FACILITATOR, ENGINE, or the name of a field that holds a
person (or persons). The engine folds everything; a seat folds what it is told, and nothing else.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

EVERYONE: Final = "*"
FACILITATOR: Final = "facilitator"
ENGINE: Final = "engine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened."""

    told: ClassVar[tuple[str, ...]] = (EVERYONE,)

    def audience(self) -> tuple[str, ...]:
        """Who is told: EVERYONE, FACILITATOR, ENGINE, or persons by id.

        The facilitator is always among them, except for what only the engine keeps.
        """
        found: list[str] = []
        for name in self.told:
            if name in (EVERYONE, FACILITATOR, ENGINE):
                found.append(name)
                continue
            held = getattr(self, name)
            found.extend(held if isinstance(held, tuple) else (held,))
        if EVERYONE not in found and ENGINE not in found and FACILITATOR not in found:
            found.append(FACILITATOR)
        return tuple(dict.fromkeys(found))
