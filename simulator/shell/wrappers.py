"""The command behind what was typed: aliases, wrappers and a leading path are peeled off.

Rule 1: a wrapper (`time`, `watch`, `timeout`) is peeled off and the command inside answered once.
Rule 2: nothing is started here; `tools` and `matching` both read what a line starts from this file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from simulator.shell.flags import flag_table, read_flags
from simulator.shell.syntax import Simple

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "k": ("kubectl",),
    "kc": ("kubectl",),
    "kgp": ("kubectl", "get", "pods"),
    "kibana": ("logs",),
    "promtool": ("promql",),
    "ll": ("ls", "-l"),
    "la": ("ls", "-a"),
    "g": ("git",),
}
SHELLS: Final = frozenset({"sh", "bash", "/bin/sh", "/bin/bash", "zsh", "eval"})
"""Programs that read a line and start it."""
WRAPPERS: Final = frozenset(
    {"time", "watch", "timeout", "nohup", "command", "exec", "env", "sudo", "nice", "stdbuf"}
)
"""Commands whose operand is another command."""

_WRAPPER_FLAGS: Final = {
    "watch": "n|interval= d|differences t|no-title c|color b|beep e|errexit x|exec g|chgexit",
    "timeout": "s|signal= k|kill-after= preserve-status foreground v|verbose",
    "time": "p v|verbose f|format=",
    "env": "i|ignore-environment u|unset=",
    "sudo": "u|user= E i n k H S",
    "nice": "n|adjustment=",
    "stdbuf": "o|output= e|error= i|input=",
    "command": "v V p",
}


def peeled(command: Simple) -> Simple:
    """The command behind aliases, wrappers and a leading path."""
    words = command.words
    for _ in range(8):
        if not words:
            break
        name = words[0].rpartition("/")[2] if words[0].startswith(("/", "./")) else words[0]
        if name in ALIASES:
            words = (*ALIASES[name], *words[1:])
            if words[:2] == ("promql", "query") and len(words) > 4:
                # `promtool query instant <server> <expression>`: there is one server here.
                words = (words[0], *words[4:])
        elif name in WRAPPERS and _inner_of((name, *words[1:])):
            words = _inner_of((name, *words[1:]))
        else:
            words = (name, *words[1:])
            break
    return replace(command, words=words)


def _inner_of(words: Sequence[str]) -> tuple[str, ...]:
    """The command inside a wrapper; the words themselves where there is none."""
    name = words[0]
    given = read_flags(words[1:], flag_table(_WRAPPER_FLAGS.get(name, "")), operands_first=True)
    rest = list(given.operands or given.rest)
    if name == "timeout":
        rest = rest[1:]
    while name == "env" and rest and "=" in rest[0]:
        rest = rest[1:]
    if name == "watch" and len(rest) == 1 and " " in rest[0]:
        return ("sh", "-c", rest[0])
    return tuple(rest)
