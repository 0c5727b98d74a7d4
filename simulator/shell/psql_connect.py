"""Where psql connects to, and how that ends, in libpq's words.

Rule 1: flags win over the connection string, the string over `PGHOST` and its like.
Rule 2: a name is followed through its CNAMEs to the server whose documents exist; the path from
    this terminal (`net/<from>/<host>:<port>`) fails before the server can answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs, unquote

from simulator.shell.connect import port_of
from simulator.shell.documents import Documents, Row

CNAMES_MOST: Final = 8
_URI: Final = re.compile(
    r"postgres(?:ql)?://(?:(?P<user>[^:@/?]*)(?::[^@/?]*)?@)?(?P<host>[^:/?]*)(?::(?P<port>[^/?]*))?"
    r"(?:/(?P<database>[^?]*))?(?:\?(?P<query>.*))?"
)
_PAIR: Final = re.compile(r"(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|\S*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Server, port, database and user a person named."""

    host: str = ""
    port: str = "5432"
    database: str = ""
    user: str = ""

    def with_words(self, **given: str) -> "Address":
        """The address with the words that are not empty."""
        return replace(self, **{key: value for key, value in given.items() if value})

    def with_string(self, text: str) -> "Address":
        """The address a URI, a `key=value` string or a bare database name adds."""
        if found := _URI.fullmatch(text):
            return self._with_uri(found)
        if "=" in text:
            pairs = {key: value.strip("'") for key, value in _PAIR.findall(text)}
            return self.with_words(
                host=pairs.get("host", "") or pairs.get("hostaddr", ""),
                port=pairs.get("port", ""),
                database=pairs.get("dbname", ""),
                user=pairs.get("user", ""),
            )
        return self.with_words(database=text)

    def _with_uri(self, found: re.Match[str]) -> "Address":
        query = parse_qs(found["query"] or "")
        return self.with_words(
            host=found["host"] or query.get("host", [""])[0],
            port=found["port"] or "",
            database=unquote(found["database"] or ""),
            user=unquote(found["user"] or ""),
        )


def from_variables(variables: Mapping[str, str], user: str) -> Address:
    """What `PGHOST`, `PGPORT`, `PGDATABASE` and `PGUSER` say."""
    return Address(user=user).with_words(
        host=variables.get("PGHOST", ""),
        port=variables.get("PGPORT", ""),
        database=variables.get("PGDATABASE", ""),
        user=variables.get("PGUSER", ""),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How connecting ended."""

    host: str = ""
    """The name the server's documents stand under; empty where nothing answered."""
    error: str = ""
    seconds: float = 0.0
    reads: tuple[str, ...] = ()
    ip: str = ""


def connect(address: Address, documents: Documents, origin: str) -> Connection:
    """Try to connect from the machine `origin`."""
    if port_of(address.port) is None:
        wrong = f'invalid integer value "{address.port}" for connection option "port"'
        beyond = f'invalid port number: "{address.port}"'
        return Connection(error=beyond if address.port.isdecimal() else wrong)
    if not address.host or address.host.startswith("/"):
        socket = f"{address.host or '/var/run/postgresql'}/.s.PGSQL.{address.port}"
        return Connection(
            error=f'connection to server on socket "{socket}" failed: No such file or directory\n'
            "\tIs the server running locally and accepting connections on that socket?"
        )
    chain, ip, reads = _followed(address.host.lower(), documents)
    host = next((name for name in chain if documents.rows(f"sql/{name}")), "")
    paths = [f"net/{origin}/{name}:{address.port}" for name in chain]
    path = next((one for one in paths if documents.rows(one)), "")
    if not host and not path:
        return Connection(
            error=f'could not translate host name "{address.host}" to address: Name or service'
            " not known",
            reads=reads,
        )
    at = f'"{address.host}"' + (f" ({ip})" if ip and ip != address.host else "")
    where = f"connection to server at {at}, port {address.port} failed: "
    seconds = 0.0
    for kind in (path, f"sql/{host}" if host else ""):
        if not kind:
            continue
        reads = (*reads, kind)
        reach = documents.rows(kind)[0]
        seconds = _seconds(reach)
        if reach.get("ends") != "ok":
            return Connection(error=where + _words(reach, seconds), seconds=seconds, reads=reads)
    if not host:
        return Connection(error=where + _words({"ends": "refused"}, 0.0), reads=reads)
    return Connection(host=host, seconds=seconds, reads=reads, ip=ip)


def _seconds(reach: Row) -> float:
    seconds = reach.get("seconds", 0)
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _followed(name: str, documents: Documents) -> tuple[list[str], str, tuple[str, ...]]:
    """The name and those it stands for, its address, and the records read."""
    chain: list[str] = []
    reads: list[str] = []
    ip = name if re.fullmatch(r"[\d.]+|[0-9a-f:]+:[0-9a-f:]*", name) else ""
    while name and len(chain) < CNAMES_MOST and name not in chain:
        chain.append(name)
        label = name.partition(".")[0]
        if label != name and not ip and not documents.rows(f"sql/{name}"):
            chain.append(label)
        following = ""
        for record in documents.rows(f"dns/{name}"):
            reads = [*reads, f"dns/{name}"] if f"dns/{name}" not in reads else reads
            if record.get("type") == "CNAME":
                following = str(record.get("value", "")).rstrip(".").lower()
            elif record.get("type") == "A":
                ip = ip or str(record.get("value", ""))
        name = following
    return chain, ip, tuple(reads)


def _words(reach: Row, seconds: float) -> str:
    asks = "\n\tIs the server running on that host and accepting TCP/IP connections?"
    match reach.get("ends"):
        case "timeout" if seconds >= 60:
            return f"Connection timed out{asks}"
        case "timeout":
            # A connect_timeout ends the wait before the kernel gives up.
            return "timeout expired"
        case "refused":
            return f"Connection refused{asks}"
    return str(reach.get("message") or "server closed the connection unexpectedly")
