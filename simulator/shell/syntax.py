"""The nouns of a typed line - words, commands, loops, steps - and what a word expands to.

Rule 1: `grammar.parse` makes these nouns of text; this file reads no text and runs nothing.
Rule 2: what bash itself would refuse is `Unreadable`; so is what is real bash but not simulated.
Rule 3: only `expand` needs values, and asks its caller for them.
Rule 4: no file exists: a glob that would match nothing stays as it was typed, as in bash.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

_ASSIGNMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")


class Unreadable(ValueError):  # noqa: N818 - read aloud at the prompt: "the line is unreadable"
    """The line cannot be read; raised inside the shell only, and caught at the prompt."""

    def __init__(self, message: str, *, simulated: bool = True) -> None:
        super().__init__(message)
        self.simulated = simulated
        """False where real bash would have read it and only we do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simple:
    """One simple command after expansion: what a tool is started with."""

    words: tuple[str, ...]
    heredoc: str | None = None
    """What a here-document or here-string puts on standard input."""
    line: str = ""
    """The command as typed, without pipes and redirections of others."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a word: text as it stands, or the name or line whose value belongs there."""

    kind: Literal["text", "variable", "command"]
    text: str
    quoted: bool = False
    """A quoted value is never split into several words."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, unexpanded."""

    pieces: tuple[Piece, ...]

    @property
    def plain(self) -> str | None:
        """The text of a word that stands unquoted and unexpanded, as keywords do."""
        if len(self.pieces) == 1 and self.pieces[0].kind == "text" and not self.pieces[0].quoted:
            return self.pieces[0].text
        return None


@dataclass(frozen=True, slots=True)
class Redirect:
    """`2>&1`, `>/dev/null`, `< file`: descriptor, operator, target."""

    descriptor: str
    operator: str
    target: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A simple command as read."""

    words: tuple[Word, ...]
    assignments: tuple[tuple[str, Word], ...] = ()
    redirects: tuple[Redirect, ...] = ()
    heredoc: Word | None = None
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """`for name in words; do body; done`, or a group in brackets where `name` is empty."""

    name: str
    words: tuple[Word, ...]
    body: "Script"


@dataclass(frozen=True, slots=True)
class Step:
    """A pipeline and what must have happened before it."""

    after: Literal[";", "&&", "||"]
    pipeline: tuple[Command | Loop, ...]


Script: TypeAlias = tuple[Step, ...]


def expand(
    command: Command, variables: Mapping[str, str], substitute: Callable[[str], str]
) -> Simple:
    """The command with its variables and `$(...)` replaced and its words split."""
    words: list[str] = []
    for word in command.words:
        words.extend(expand_word(word, variables, substitute))
    heredoc = None
    if command.heredoc is not None:
        heredoc = _joined(command.heredoc, variables, substitute)
    return Simple(words=tuple(words), heredoc=heredoc, line=command.line)


def expand_word(
    word: Word, variables: Mapping[str, str], substitute: Callable[[str], str]
) -> tuple[str, ...]:
    """The words one typed word becomes: none for an empty unquoted value, several if it splits."""
    done: list[str] = []
    current: str | None = None
    for piece in word.pieces:
        value = _value(piece, variables, substitute)
        if piece.kind == "text" or piece.quoted:
            current = (current or "") + value
            continue
        parts = value.split()
        if value[:1].isspace() and current is not None:
            done.append(current)
            current = None
        for index, part in enumerate(parts):
            current = (current or "") + part
            if index < len(parts) - 1 or value[-1:].isspace():
                done.append(current)
                current = None
    if current is not None:
        done.append(current)
    return tuple(done)


def joined_word(word: Word, variables: Mapping[str, str], substitute: Callable[[str], str]) -> str:
    """The value of a word where bash splits nothing: an assignment, a redirection's target."""
    return _joined(word, variables, substitute)


def assignment_of(word: Word) -> tuple[str, Word] | None:
    """The name and value of a word such as `NAME=value`, if it is one."""
    if not word.pieces or word.pieces[0].kind != "text" or word.pieces[0].quoted:
        return None
    first = word.pieces[0].text
    found = _ASSIGNMENT.match(first)
    if found is None:
        return None
    rest = Piece("text", first[found.end() :])
    return found.group()[:-1], Word((rest, *word.pieces[1:]))


def _joined(word: Word, variables: Mapping[str, str], substitute: Callable[[str], str]) -> str:
    return "".join(_value(piece, variables, substitute) for piece in word.pieces)


def _value(piece: Piece, variables: Mapping[str, str], substitute: Callable[[str], str]) -> str:
    if piece.kind == "text":
        return piece.text
    if piece.kind == "command":
        return substitute(piece.text).rstrip("\n")
    name, _, default = piece.text.partition(":-")
    return variables.get(name, "") or default
