"""The one family of errors; each name says whose fault it was.

Rule 1: a participant's bad command is never an exception: it is the event `Refused`.
Rule 2: every sentence says where, what was found, what was expected and what to do.
Rule 3: only the front door (`tui.command_line`) turns an error into an exit code.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a document, at a place a text editor can jump to."""

    file: str
    line: int
    """Counted from 1; 0 where the problem has no line (an unreadable file)."""
    column: int
    """Counted from 1."""
    code: str
    """Stable id such as `E108`, or `W…` for a warning."""
    found: str
    """A whole sentence: what was found and what is allowed."""
    hint: str = ""
    """What to do about it, or the nearest valid word."""

    @property
    def is_warning(self) -> bool:
        """Whether the document is usable all the same."""
        return self.code.startswith("W")

    def __str__(self) -> str:
        """The line an editor understands: `file:line:column: error[E108]: found; hint`."""
        kind = "warning" if self.is_warning else "error"
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {kind}[{self.code}]: {self.found}{hint}"


class GamedayError(Exception):
    """The family; never raised itself."""


class BriefError(GamedayError):
    """The author's: a scenario, plan or roster that cannot be used."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        """Every problem found, in the order of the file; at least one is no warning."""
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownNameError(GamedayError):
    """The caller's: a name (scenario, plan, policy, drill ...) nothing goes by."""


class JournalError(GamedayError):
    """The record's: an entry that is damaged, missing, out of order or from a newer version."""


class HostError(GamedayError):
    """The machine's: an unreadable path, a locked or foreign archive, a full disk."""


class SessionError(GamedayError):
    """The wire's: a seat that cannot join, or a message that breaks the protocol."""


class EngineError(GamedayError):
    """Ours: a broken promise inside the engine; the journal so far is kept."""
