"""Flags and operands of a command line, read from a tool's own table of flags.

Rule 1: `--flag value`, `--flag=value`, `-f value`, `-fvalue` and clusters (`-it`) mean the same.
Rule 2: a flag is known by its long name afterwards, whatever was typed.
Rule 3: reading decides nothing; a tool words its own refusal from `unknown` and `lacking`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FlagTable:
    """What a tool's flags are called and which of them take a value."""

    valued: Mapping[str, str]
    """Spelling with dashes -> long name without."""
    switches: Mapping[str, str]

    def and_also(self, text: str) -> "FlagTable":
        """This table and further flags, written as for `flag_table`."""
        more = flag_table(text)
        return FlagTable({**self.valued, **more.valued}, {**self.switches, **more.switches})


def flag_table(text: str) -> FlagTable:
    """A table from words: `n|namespace=` takes a value, `A|all-namespaces` does not."""
    valued: dict[str, str] = {}
    switches: dict[str, str] = {}
    for word in text.split():
        names = word.rstrip("=").split("|")
        table = valued if word.endswith("=") else switches
        for name in names:
            table[f"-{name}" if len(name) == 1 else f"--{name}"] = names[-1]
    return FlagTable(valued, switches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a command line said."""

    operands: tuple[str, ...] = ()
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By long name, every value in order; a switch has `true` or what stood behind its `=`."""
    rest: tuple[str, ...] = ()
    """The words after `--`."""
    dashed: bool = False
    """Whether `--` was there."""
    unknown: str = ""
    """The first flag the tool does not know, as typed."""
    lacking: str = ""
    """The flag that came last and lacks its value, as typed."""

    def has(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.flags.get(name, ("false",))[-1] != "false"

    def value(self, name: str, default: str = "") -> str:
        """The last value of a flag."""
        return self.flags.get(name, (default,))[-1]

    def number(self, name: str, default: int) -> int | None:
        """The value as a whole number; None where it is none."""
        text = self.value(name, str(default))
        digits = text.removeprefix("-").removeprefix("+")
        return int(text) if digits.isdecimal() and digits.isascii() and len(digits) < 10 else None


def read_flags(words: Sequence[str], table: FlagTable, *, operands_first: bool = False) -> Given:
    """The flags and operands of the words behind a tool's name.

    With `operands_first` the first operand ends the flags: the rest belongs to another command.
    """
    operands: list[str] = []
    flags: dict[str, list[str]] = {}
    unknown = lacking = ""
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return _given(operands, flags, unknown, lacking, rest=waiting, dashed=True)
        if not word.startswith("-") or word == "-":
            operands.append(word)
            if operands_first:
                operands.extend(waiting)
                break
            continue
        for spelling, value in _spelt(word, table):
            if spelling in table.switches:
                flags.setdefault(table.switches[spelling], []).append(value or "true")
            elif spelling not in table.valued:
                unknown = unknown or spelling
            elif value is not None:
                flags.setdefault(table.valued[spelling], []).append(value)
            elif waiting:
                flags.setdefault(table.valued[spelling], []).append(waiting.pop(0))
            else:
                lacking = lacking or spelling
    return _given(operands, flags, unknown, lacking)


def _given(
    operands: list[str],
    flags: dict[str, list[str]],
    unknown: str,
    lacking: str,
    *,
    rest: Iterable[str] = (),
    dashed: bool = False,
) -> Given:
    return Given(
        operands=tuple(operands),
        flags={name: tuple(values) for name, values in flags.items()},
        rest=tuple(rest),
        dashed=dashed,
        unknown=unknown,
        lacking=lacking,
    )


def _spelt(word: str, table: FlagTable) -> list[tuple[str, str | None]]:
    """The flags in one word, each with the value that stands in the same word."""
    name, equals, value = word.partition("=")
    known = table.valued.keys() | table.switches.keys()
    if word.startswith("--") or name in known:
        return [(name, value if equals else None)]
    found: list[tuple[str, str | None]] = []
    for at in range(1, len(word)):
        spelling = f"-{word[at]}"
        if spelling in table.valued:
            found.append((spelling, word[at + 1 :].removeprefix("=") or None))
            return found
        found.append((spelling, None))
        if spelling not in table.switches:
            return [*found[:-1], (spelling, None)]
    return found
