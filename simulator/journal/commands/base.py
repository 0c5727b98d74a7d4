"""What every command is."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

Speaker: TypeAlias = Literal["seat", "facilitator", "host"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An order; who gives it is stamped by the host, never carried by the order itself."""

    said_by: ClassVar[tuple[Speaker, ...]] = ("seat",)
