"""Whether a typed line asks for the same as an author's line.

Rule 1: `<word>` and `{word}` in the author's line stand for anything; so do three dots.
Rule 2: the order of flags, `--flag value` against `--flag=value`, aliases and the ways to name an
    object or the namespace do not matter; nor do flags of presentation and filters behind pipes.
Rule 3: flags that change what is asked must be the same on both sides.
Rule 4: what an author puts on standard input (`<<< 'kind: Job name: nightly'`) stands for any
    text that holds its words in their order, such as a manifest written out in full.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from simulator.shell.filters import FILTERS
from simulator.shell.grammar import parse
from simulator.shell.kubectl_objects import Complaint
from simulator.shell.kubectl_request import PRESENTATION, read_request
from simulator.shell.reply import Terminal
from simulator.shell.syntax import Command, Script, Simple, Unreadable, expand
from simulator.shell.wrappers import peeled

_ANY: Final = "\ue000"
"""A private character that stands for a wildcard while the author's line is read as bash."""
_WILD: Final = re.compile(r"<[A-Za-z_][\w.-]*>|\{[A-Za-z_][\w.-]*\}|\.\.\.")
_SHOWN: Final = frozenset(
    {"output", "o", "query", "watch", "w", "no-headers", "no-cli-pager", "profile", "region"}
    | {
        "color",
        "no-pager",
        "oneline",
        "v",
        "verbose",
        "quiet",
        "q",
        "csv",
        "sort-by",
        "show-labels",
    }
)
_SHOWN_OF: Final[Mapping[str, frozenset[str]]] = {
    "curl": frozenset({"s", "S", "i", "k", "L", "m", "max-time", "f", "silent", "show-error"}),
    "psql": frozenset({"t", "A", "x", "X", "P", "tuples-only", "no-align", "expanded"}),
    "git": frozenset({"n", "stat", "no-edit"}),
    "aws": frozenset({"max-items", "page-size", "no-paginate", "no-cli-auto-prompt"}),
}
_VALUED_OF: Final[Mapping[str, str]] = {
    "psql": "hpUdcfvP",
    "curl": "moXdHuwAeT",
    "git": "Cn",
    "redis-cli": "hpnau",
    "pg_isready": "hptUd",
    "ssh": "ilpoJ",
    "dig": "pqt",
    "nc": "wps",
    "logs": "n",
}
_SWITCHES: Final = frozenset(
    {"apply-immediately", "force-failover", "multi-az", "skip-final-snapshot", "ingress", "egress"}
    | {"use-latest-restorable-time", "dry-run", "force", "yes", "all", "stat", "no-edit", "oneline"}
    | {"all-pods", "delete-automated-backups", "no-paginate", "include-deleted"}
)
_TERM: Final = re.compile(r"[\w./-]+")
_UNHEARD: Final = frozenset(
    {"echo", "cd", "true", ":", "sleep", "date", "export", "clear", "vpn", "set", "printf"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A command stripped to what it asks for."""

    tool: str
    operands: tuple[str, ...]
    flags: Mapping[str, str]
    given: str = ""
    """What stands on its standard input."""


def matches(pattern: str, line: str, terminal: Terminal) -> bool:
    """Whether the typed line asks for what the author's line asks for. Never raises."""
    try:
        wanted = _all_asked(_WILD.sub(_ANY, pattern), terminal)
        typed = _all_asked(line.replace(_ANY, ""), terminal)
    except (Unreadable, RecursionError):
        return False
    return len(wanted) == len(typed) and bool(wanted) and all(map(_same, wanted, typed))


def same_command(pattern: str, words: Sequence[str], terminal: Terminal) -> bool:
    """As `matches`, for one simple command already split into words."""
    try:
        wanted = _all_asked(_WILD.sub(_ANY, pattern), terminal)
    except (Unreadable, RecursionError):
        return False
    return len(wanted) == 1 and bool(words) and _same(wanted[0], _asked(words, terminal))


def _all_asked(line: str, terminal: Terminal) -> list[_Asked]:
    commands = [expand(each, terminal.variables, lambda _: _ANY) for each in _first(parse(line))]
    asked = [
        replace(_asked(simple.words, terminal), given=simple.heredoc or "")
        for simple in commands
        if simple.words
    ]
    heard = [each for each in asked if each.tool not in _UNHEARD]
    return heard or asked


def _first(script: Script) -> list[Command]:
    """The commands of a script without the filters behind pipes."""
    found: list[Command] = []
    for step in script:
        for number, stage in enumerate(step.pipeline):
            if not isinstance(stage, Command):
                found.extend(_first(stage.body))
            elif number == 0 or not _is_filter(stage):
                found.append(stage)
    return found


def _is_filter(command: Command) -> bool:
    return bool(command.words) and (command.words[0].plain or "") in FILTERS


def _asked(words: Sequence[str], terminal: Terminal) -> _Asked:
    words = peeled(Simple(words=tuple(words))).words
    if words[0] == "kubectl":
        try:
            return _kubectl(words[1:], terminal)
        except Complaint:
            pass
    return _generic(words)


def _kubectl(words: Sequence[str], terminal: Terminal) -> _Asked:
    request = read_request(words, terminal)
    flags = {
        name: " ".join(values)
        for name, values in request.given.flags.items()
        if name not in PRESENTATION and name != "namespace"
    }
    cluster_wide = any(
        each.kind is not None and not each.kind.namespaced for each in request.references
    )
    if not cluster_wide:
        flags["namespace"] = "*" if request.every_namespace else request.namespace
    operands = [request.verb, *(each.shown for each in request.references)]
    if request.verb in ("run", "debug"):
        # The name of a throw-away pod and its image say nothing about what is looked at.
        for name in ("image", "restart", "target", "env", "labels", "command", "container"):
            flags.pop(name, None)
        operands = [request.verb, *operands[1:]]
    else:
        operands.extend(sorted(request.arguments))
    if request.given.rest:
        inner = _asked(request.given.rest, terminal)
        operands.extend([inner.tool, *inner.operands])
        flags.update({f"-- {name}": value for name, value in inner.flags.items()})
    return _Asked(tool="kubectl", operands=tuple(operands), flags=flags)


def _generic(words: Sequence[str]) -> _Asked:
    tool, *rest = words
    shown = _SHOWN | _SHOWN_OF.get(tool, frozenset())
    operands: list[str] = []
    flags: dict[str, str] = {}
    waiting = list(rest)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("-") or word == "-":
            operands.append(_plain(word))
            continue
        for name, value in _flags_in(tool, word, waiting):
            if name not in shown:
                flags[name] = f"{flags[name]} {value}" if name in flags else _plain(value)
    return _Asked(tool=tool, operands=tuple(operands), flags=flags)


_LONG: Final = {"host": "h", "port": "p", "username": "U", "dbname": "d", "command": "c"}


def _flags_in(tool: str, word: str, waiting: list[str]) -> list[tuple[str, str]]:
    """The flags of one word, taking their values from the words that wait."""
    if word.startswith("--") or tool == "openssl":
        name, equals, value = word.lstrip("-").partition("=")
        if not equals and name not in _SWITCHES and not name.startswith("no-"):
            values: list[str] = []
            while waiting and not waiting[0].startswith("-"):
                values.append(waiting.pop(0))
                if tool != "aws":
                    break
            value = " ".join(values)
        if tool == "psql":
            name = _LONG.get(name, name)
        return [(name, value)]
    valued = _VALUED_OF.get(tool, "")
    found: list[tuple[str, str]] = []
    for at in range(1, len(word)):
        sign = word[at]
        if sign in valued:
            value = word[at + 1 :] or (waiting.pop(0) if waiting else "")
            return [*found, (sign, value)]
        found.append((sign, ""))
    return found


def _plain(text: str) -> str:
    """A value without differences that mean nothing: blanks, capitals, a closing semicolon."""
    return " ".join(text.split()).rstrip(";").strip().lower()


def _same(wanted: _Asked, typed: _Asked) -> bool:
    if wanted.tool != typed.tool or len(wanted.operands) != len(typed.operands):
        return False
    if wanted.flags.keys() != typed.flags.keys():
        return False
    pairs = [
        *zip(wanted.operands, typed.operands, strict=True),
        *((value, typed.flags[name]) for name, value in wanted.flags.items()),
    ]
    return all(_fits(pattern, text) for pattern, text in pairs) and _holds(
        typed.given, wanted.given
    )


def _holds(text: str, wanted: str) -> bool:
    """Whether a text has all these words in their order."""
    words = iter(_TERM.findall(text.lower()))
    return all(word in words for word in _TERM.findall(wanted.lower()))


def _fits(pattern: str, text: str) -> bool:
    """Whether a text is the pattern with anything but nothing in place of each wildcard."""
    if _ANY not in pattern:
        return pattern.lower() == text.lower()
    first, *middle, last = pattern.lower().split(_ANY)
    text = text.lower()
    if not text.startswith(first) or not text.endswith(last):
        return False
    at = len(first)
    end = len(text) - len(last)
    for part in middle:
        found = text.find(part, at + 1, end)
        if found < 0:
            return False
        at = found + len(part)
    return at < end
