"""The AWS CLI's words: service, operation and flags; errors in its own manner.

Rule 1: a flag takes the words up to the next flag; one without any is a switch.
"""

import json
import re
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


class ParamError(Exception):
    """A flag's value that the command line itself refuses, in its words."""


_NAME: Final = re.compile(r"[A-Za-z0-9_.#/:-]*")


def pairs(request: Request, flag: str, known: Sequence[str]) -> list[dict[str, Any]]:
    """A flag's shorthand (`Name=a,Values=b,c Name=...`) or JSON as a list of mappings.

    Raises `ParamError` for what cannot be read or has a name beside those `known`.
    """
    values = request.flags.get(flag, ())
    text = " ".join(values).strip()
    if text.startswith(("[", "{")):
        try:
            read = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise _unread(flag, f"Invalid JSON: {error}\nJSON received: {text}") from None
        listed = read if isinstance(read, list) else [read]
        found = [one for one in listed if isinstance(one, dict)]
    else:
        found = [_shorthand(flag, value) for value in values]
    for place, name in ((place, name) for place, one in enumerate(found) for name in one):
        if name not in known:
            shown = flag.title().replace("-", "")
            raise ParamError(
                f'Parameter validation failed:\nUnknown parameter in {shown}[{place}]: "{name}", '
                f"must be one of: {', '.join(known)}"
            )
    return found


def _shorthand(flag: str, text: str) -> dict[str, Any]:
    """`Name=a,Values=b,c` as a mapping; a part without a name goes on with the one before."""
    one: dict[str, Any] = {}
    name, at = "", 0
    for part in text.split(","):
        key = _NAME.match(part)
        ends = key.end() if key else 0
        if part[ends : ends + 1] == "=":
            name = part[:ends]
            one[name] = part[ends + 1 :].strip("\"'")
        elif not name:
            raise _unread(flag, _expected("=", part[ends : ends + 1] or "EOF", text, at + ends))
        elif not part:
            raise _unread(flag, _expected("<second>", "<none>", text, at))
        else:
            held = one[name]
            one[name] = [*(held if isinstance(held, list) else [held]), part.strip("\"'")]
        at += len(part) + 1
    return one


def _expected(wanted: str, received: str, text: str, at: int) -> str:
    return f"Expected: '{wanted}', received: '{received}' for input:\n{text}\n{' ' * at}^\n"


def _unread(flag: str, why: str) -> ParamError:
    return ParamError(f"Error parsing parameter '--{flag}': {why}")


def many(value: Any) -> list[str]:
    """A shorthand value as a list of texts."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
