"""One place where a report contradicts itself, its plan or its own figures.

Rule 1: a finding says where, what was found, what would agree, and what to do; it never guesses
which of two claims is the true one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A finding."""

    code: str
    where: str
    """The claim it is about, as the report names it."""
    found: str
    expected: str
    do: str

    def says(self) -> str:
        """In one sentence."""
        return f"{self.where}: {self.found}; {self.expected}. {self.do}."
