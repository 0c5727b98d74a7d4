"""Orders of an exercise that asks for decisions."""

from dataclasses import dataclass

from simulator.journal.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(Command):
    """Answer one of the exercise's items; a later answer replaces an earlier one."""

    item: str
    choice: str
    because: str = ""
