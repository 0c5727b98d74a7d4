"""An order somebody would like to give, and which of several comes first.

Rule 1: a wish is known by what it orders, so that it can be recognised in the journal once given.
Rule 2: what is ready comes before what must wait; among the ready the lower rank, then the sooner
due; nothing else decides.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from simulator.journal.commands.base import Command
from simulator.journal.entry import TAGS

Pace: TypeAlias = Literal["ack", "think", "quick", "read", "reply", "approve"]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """An order, how pressing it is, and from when on it makes sense."""

    order: Command
    kind: str
    """A kind of `habits.RANKS`."""
    draft: Callable[[Any], Command] | None = None
    """Writes the order out in full, where `order` says only what it is about; asked at most once a
    second, for the wish that comes first, with the mind of the second it is said in."""
    ready_at: int = 0
    due: int = 0
    """Breaks ties of rank: the sooner due comes first."""
    pace: Pace = "think"
    asked_at: int = 0
    """For answers: the second it was asked; the delay runs from there."""

    @cached_property
    def key(self) -> str:
        """What the order is about."""
        return key_of(self.order)

    def written(self, then: Any) -> Command:
        """The order in full, as the mind of that second writes it."""
        return self.order if self.draft is None else self.draft(then)


_ABOUT: Final[dict[str, tuple[str, ...]]] = {
    "acknowledge": ("page",), "dismiss": ("page",), "merge_page": ("page",), "page": ("role",),
    "notify": ("role",), "regrade": ("level",), "open_channel": ("kind",), "assign": ("role",),
    "set_status": ("status",), "deviate": ("duty",), "look": ("look",), "follow": ("look",),
    "hypothesise": ("cause",), "mitigate": ("action",), "own_debt": ("debt",), "say": ("text",),
    "ask_colleague": ("person",), "ask_approval": ("action",), "give_approval": ("request",),
    "refuse_approval": ("request",), "delegate": ("person", "what"), "hand_over": ("role",),
    "take_over": ("role",), "release": ("person",), "send_message": ("template",),
    "note": ("text",), "decide": ("item",),
    "post_find": ("found",), "add_action": ("text",), "type": ("line",),
}  # fmt: skip


def key_of(order: Command) -> str:
    """What an order is about: its tag and the one or two fields that tell it from its like."""
    tag = TAGS[type(order)]
    return ":".join((tag, *(str(getattr(order, name)) for name in _ABOUT.get(tag, ()))))


def first(wishes: Iterable[Wish], ranks: dict[str, int], now: int) -> Wish | None:
    """The wish that comes first at this second; None where there is none."""

    def order(wish: Wish) -> tuple[Any, ...]:
        waits = max(0, wish.ready_at - now)
        return (waits, ranks[wish.kind], wish.due, wish.key)

    return min(wishes, key=order, default=None)
