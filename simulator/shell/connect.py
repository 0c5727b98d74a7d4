"""Names, addresses and ports as they look from one terminal: who answers, how and how soon.

Rule 1: `net/<from>/<host>:<port>` decides where it exists; a host merely known is reachable.
Rule 2: a name nobody knows does not resolve; a few public names always answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from simulator.shell.documents import Documents, Reach, Row
from simulator.shell.reply import Terminal

PUBLIC: Final = frozenset(
    {"google.com", "www.google.com", "github.com", "example.com", "1.1.1.1", "8.8.8.8"}
)
_ENDS: Final[Mapping[str, Literal["ok", "timeout", "refused", "failed"]]] = {
    "ok": "ok",
    "timeout": "timeout",
    "refused": "refused",
}
"""How a row may say a connection ends; any other word is a failure."""
_LONGEST_S: Final = 130
"""A connection nobody answers ends after two minutes of resending (*assumed*: Linux's default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """How a connection from a terminal to a host and port ends."""

    known: bool
    """Whether the name resolves."""
    reach: Reach
    address: str = ""
    reads: tuple[str, ...] = ()

    @property
    def reads_net(self) -> bool:
        """Whether a document states this very path."""
        return any(kind.startswith("net/") for kind in self.reads)


def path_to(documents: Documents, terminal: Terminal, host: str, port: int) -> Path:
    """The way from this terminal to a host and port."""
    address, known, reads = resolved(documents, host)
    for place in _places(terminal):
        for name in dict.fromkeys((host, address, *aliases(documents, host))):
            kind = f"net/{place}/{name}:{port}"
            rows = documents.rows(kind)
            if rows:
                reach = as_reach(rows[0])
                return Path(known=True, reach=reach, address=address or name, reads=(*reads, kind))
    ends = Reach(ends="ok", seconds=0.02)
    return Path(known=known, reach=ends, address=address, reads=reads)


def _places(terminal: Terminal) -> tuple[str, ...]:
    """The origins a path may be written for: this very host, then its kind."""
    own = terminal.variables.get("HOSTNAME", "")
    return tuple(dict.fromkeys(place for place in (own, terminal.host) if place))


def aliases(documents: Documents, host: str) -> list[str]:
    """The names a name stands for."""
    names = [host]
    while names[-1] and names[-1] not in names[:-1]:
        rows = documents.rows(f"dns/{names[-1]}")
        target = next((str(r.get("value", "")) for r in rows if r.get("type") == "CNAME"), "")
        names.append(target.rstrip("."))
    return names[1:-1]


def resolved(documents: Documents, host: str) -> tuple[str, bool, tuple[str, ...]]:
    """The first address of a host, whether anybody knows it, and the kinds read."""
    reads: list[str] = []
    for name in (host, *aliases(documents, host)):
        rows = documents.rows(f"dns/{name}")
        if rows:
            reads.append(f"dns/{name}")
        for row in rows:
            if row.get("type") in ("A", "AAAA"):
                return str(row.get("value", "")), True, tuple(reads)
    if is_address(host) or host in PUBLIC or host in ("localhost", "127.0.0.1"):
        return host if is_address(host) else "127.0.0.1", True, tuple(reads)
    known = any(documents.rows(f"{kind}/{host}") for kind in ("http", "tls", "sql"))
    known = known or bool(documents.kinds(f"host/{host}/")) or bool(reads)
    return "", known, tuple(reads)


def reversed_name(address: str) -> str:
    """The name under which an address is looked up."""
    return ".".join(reversed(address.split("."))) + ".in-addr.arpa"


def is_address(host: str) -> bool:
    """Whether a text is an IPv4 address."""
    parts = host.split(".")
    return len(parts) == 4 and all(
        part.isdecimal() and part.isascii() and len(part) < 4 and int(part) < 256 for part in parts
    )


def as_reach(row: Row) -> Reach:
    """A row as the connection it tells of."""
    seconds = row.get("seconds", 0.02)
    return Reach(
        ends=_ENDS.get(str(row.get("ends", "ok")), "failed"),
        seconds=float(seconds) if isinstance(seconds, int | float) else 0.02,
        message=str(row.get("message", "")),
    )


def waited(seconds: float, limit: float | None) -> float:
    """How long somebody waits for what takes so long, given a limit of their own."""
    seconds = min(seconds, _LONGEST_S)
    return seconds if limit is None else min(seconds, limit)


def port_of(text: str) -> int | None:
    """A port number; None for anything else."""
    if not (text.isdecimal() and text.isascii() and len(text) < 6):
        return None
    return int(text) if 0 < int(text) < 65536 else None


def whole(seconds: float) -> tuple[int, int]:
    """Seconds a probe holds its terminal: typing and reading (*assumed*) and the wait itself."""
    return int(seconds) + 5, int(seconds) + 9
