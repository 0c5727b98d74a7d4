"""psql's flags: a line's words become what was asked for.

Rule 1: short flags bundle (`-Atc`), long ones take `=` or the next word, as getopt_long has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

_WITH_VALUE: Final = {
    "-h": "host", "-p": "port", "-U": "user", "-d": "database", "-c": "command", "-f": "file",
    "-v": "variable", "-P": "pset", "-F": "separator", "-R": "record", "-o": "output",
    "-L": "log", "-T": "table", "--host": "host", "--port": "port", "--username": "user",
    "--dbname": "database", "--command": "command", "--file": "file", "--set": "variable",
    "--variable": "variable", "--pset": "pset", "--field-separator": "separator",
    "--output": "output", "--log-file": "log",
}  # fmt: skip
_PLAIN: Final = {
    "-A": "unaligned", "-t": "tuples", "-x": "expanded", "-q": "quiet", "-X": "norc",
    "-w": "nopass", "-W": "pass", "-1": "single", "-e": "echo", "-a": "echo", "-b": "echo",
    "-E": "echo", "-n": "noread", "-S": "line", "-s": "step", "-l": "list", "-V": "version",
    "-?": "help", "--no-align": "unaligned", "--tuples-only": "tuples", "--expanded": "expanded",
    "--quiet": "quiet", "--no-psqlrc": "norc", "--csv": "csv", "--list": "list",
    "--version": "version", "--help": "help", "--no-password": "nopass", "--password": "pass",
    "--single-transaction": "single", "--echo-all": "echo", "--echo-queries": "echo",
}  # fmt: skip


@dataclass(slots=True)
class Asked:
    """The flags of one psql line."""

    values: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    commands: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    wrong: str = ""


def read_flags(words: Sequence[str]) -> Asked:
    """What the words ask for; `wrong` says what getopt would."""
    asked = Asked()
    rest = list(words)
    while rest and not asked.wrong:
        word = rest.pop(0)
        if word == "--":
            asked.words += rest
            break
        if word.startswith("--"):
            name, equals, value = word.partition("=")
            if name in _WITH_VALUE and (equals or rest):
                _give(asked, _WITH_VALUE[name], value if equals else rest.pop(0))
            elif name in _PLAIN:
                asked.flags.add(_PLAIN[name])
            elif name in _WITH_VALUE:
                asked.wrong = f"option '{name}' requires an argument"
            else:
                asked.wrong = f"unrecognized option '{word}'"
        elif word.startswith("-") and len(word) > 1:
            _short(asked, word, rest)
        else:
            asked.words.append(word)
    return asked


def _short(asked: Asked, word: str, rest: list[str]) -> None:
    """A bundle such as `-Atc`, whose last letter may take the next word."""
    for place, letter in enumerate(word[1:], 1):
        name = f"-{letter}"
        if name in _PLAIN:
            asked.flags.add(_PLAIN[name])
            continue
        if name not in _WITH_VALUE:
            asked.wrong = f"invalid option -- '{letter}'"
        elif word[place + 1 :]:
            _give(asked, _WITH_VALUE[name], word[place + 1 :])
        elif rest:
            _give(asked, _WITH_VALUE[name], rest.pop(0))
        else:
            asked.wrong = f"option requires an argument -- '{letter}'"
        return


def _give(asked: Asked, name: str, value: str) -> None:
    if name == "command":
        asked.commands.append(value)
    elif name in ("variable", "pset"):
        asked.settings.append(value)
    else:
        asked.values[name] = value


HELP: Final = """psql is the PostgreSQL interactive terminal.

Usage:
  psql [OPTION]... [DBNAME [USERNAME]]

General options:
  -c, --command=COMMAND    run only single command (SQL or internal) and exit
  -d, --dbname=DBNAME      database name to connect to
  -l, --list               list available databases, then exit
  -A, --no-align           unaligned table output mode
  -t, --tuples-only        print rows only
  -x, --expanded           turn on expanded table output
  -h, --host=HOSTNAME      database server host
  -p, --port=PORT          database server port
  -U, --username=USERNAME  database user name
"""
