"""A duty with its deadline: what is owed, by whom, until when, and what has fulfilled it.

Rule 1: a strict limit is passed at its second, any other after it.
"""

from dataclasses import dataclass

from simulator.journal.situation import Deed

ENDING = ("gates", "watch")
"""Verbs that hold the ending up instead of running out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One duty with its deadline."""

    duty: str
    """Its name in the plan; `notify.<n>` and `unresolved.<n>` for escalation."""
    does: str
    """The engine's verb (brief.plan.levels.DutyVerb), `notify` or `escalate`."""
    owed_by: tuple[str, ...]
    """Roles; the first is asked first."""
    level: str
    opens: int
    """The second from which it is owed."""
    due: int
    """The second its limit passes."""
    limit_s: int
    strict: bool
    done: Deed | None
    role: str = ""
    """Whom it is about, for assign, notify and escalate."""
    advisory: bool = False
    repeats_s: int = 0
    """For what repeats: the longest gap allowed."""

    def kept(self) -> bool:
        """Whether it was done in time: at the limit itself a strict one is already late."""
        if self.done is None:
            return False
        if self.does == "watch":
            return self.done.at >= self.due
        return self.done.at < self.due if self.strict else self.done.at <= self.due

    def overdue(self, at: int) -> bool:
        """Whether it is neither done nor in time any more at this second.

        Gates and the watch run with the ending: they hold it up, but nobody is late with them.
        """
        if self.does in ENDING:
            return False
        return self.done is None and (at >= self.due if self.strict else at > self.due)
