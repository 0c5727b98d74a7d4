"""A part of the picture with some fields set anew: the one move every fold is made of.

Rule 1: what is copied for every entry and every seat (the picture, the truth, what is known, talk,
the incident) is frozen but has no slots: its copy is one copied dict, where `dataclasses.replace`
would set and check each of twenty fields. To a type checker it is `replace`, fields and all.
"""

from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["anew"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import replace as anew
else:

    def anew(part: T, **changes: Any) -> T:
        """The part with these fields set anew; it has neither slots nor a `__post_init__`."""
        other = object.__new__(type(part))
        object.__setattr__(other, "__dict__", {**part.__dict__, **changes})
        return other
