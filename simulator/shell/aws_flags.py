"""The AWS CLI's words: service, operation and flags; errors in its own manner.

Rule 1: a flag takes the words up to the next flag; one without any is a switch.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from simulator.shell.text_names import camel

USAGE: Final = (
    "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n"
    "To see help text, you can run:\n\n"
    "  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n"
)
GLOBAL: Final = frozenset(
    {"region", "profile", "output", "query", "endpoint-url", "no-cli-pager", "debug", "color",
     "no-paginate", "no-verify-ssl", "cli-connect-timeout", "cli-read-timeout", "no-sign-request",
     "max-items", "page-size", "starting-token", "dry-run", "no-dry-run"}
)  # fmt: skip
_SWITCHES: Final = frozenset(
    {"no-cli-pager", "debug", "no-paginate", "no-verify-ssl", "no-sign-request", "dry-run",
     "recursive", "human-readable", "summarize"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A typed AWS line."""

    service: str
    operation: str
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    """Words that belong to no flag, after the operation."""

    @property
    def name(self) -> str:
        """`rds describe-db-instances`."""
        return f"{self.service} {self.operation}"

    @property
    def api(self) -> str:
        """The operation as the API spells it: `DescribeDBInstances`."""
        return camel(self.operation)

    def flag(self, name: str) -> str:
        """A flag's value, its words joined; empty where it was not given."""
        return " ".join(self.flags.get(name, ()))


def read_request(words: Sequence[str]) -> Request:
    """The request in a line's words after `aws`."""
    flags: dict[str, tuple[str, ...]] = {}
    plain: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--") or word == "--":
            plain.append(word)
            continue
        name, equals, value = word[2:].partition("=")
        values: list[str] = [value] if equals else []
        # Before service and operation are known a flag takes one word, as `--region x rds ...`.
        most = len(rest) if len(plain) >= 2 and not equals and name not in GLOBAL else 1
        takes = not equals and name not in _SWITCHES
        while takes and rest and not rest[0].startswith("--") and len(values) < most:
            values.append(rest.pop(0))
        flags[name] = tuple(values)
    service, operation = (*plain, "", "")[:2]
    return Request(service=service, operation=operation, flags=flags, words=tuple(plain[2:]))


def pairs(values: Sequence[str]) -> list[dict[str, Any]]:
    """Shorthand (`Name=a,Values=b,c Name=...`) or JSON as a list of mappings."""
    text = " ".join(values).strip()
    if text.startswith(("[", "{")):
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            return []
        listed = read if isinstance(read, list) else [read]
        return [one for one in listed if isinstance(one, dict)]
    found: list[dict[str, Any]] = []
    for value in values:
        one: dict[str, Any] = {}
        name = ""
        for part in value.split(","):
            key, equals, rest = part.partition("=")
            if equals:
                name = key.strip()
                one[name] = rest.strip("\"'")
            elif name:
                held = one[name]
                one[name] = [*(held if isinstance(held, list) else [held]), part.strip("\"'")]
        if one:
            found.append(one)
    return found


def many(value: Any) -> list[str]:
    """A shorthand value as a list of texts."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
