"""Asking the name server: dig, host and nslookup, each in its own words.

Rule 1: every answer is read from `dns/<name>` documents, along the aliases they name.
Rule 2: a name nobody knows does not exist (NXDOMAIN); one without such a record gives no answer.
"""

from typing import Final

from simulator.shell.connect import is_address, reversed_name, whole
from simulator.shell.documents import Documents
from simulator.shell.flags import flag_table, read_flags
from simulator.shell.reply import Reply, Terminal
from simulator.shell.syntax import Simple

_TYPES: Final = frozenset(
    {"A", "AAAA", "CNAME", "MX", "NS", "TXT", "SOA", "PTR", "SRV", "ANY", "CAA"}
)
_RESOLVER: Final = "127.0.0.53"
"""Where a Linux host asks: the resolver on the host itself."""
_POD_RESOLVER: Final = "172.20.0.10"
"""Where a pod asks: the tenth address of the cluster's range of services."""
_ASKING: Final = frozenset({"type", "querytype", "query", "ty", "q"})
_SAID: Final = {
    "CNAME": "canonical name",
    "MX": "mail exchanger",
    "NS": "nameserver",
    "PTR": "name",
    "SRV": "service",
    "TXT": "text",
}
"""How nslookup names a record that is no address."""


def _refused(message: str) -> Reply:
    return Reply(way="refused", err=message, status=1, takes_s=whole(0.0))


def dig(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """The records of a name."""
    del terminal, piped
    words = [word for word in command.words[1:] if not word.startswith("@")]
    options = {word for word in words if word.startswith("+")}
    given = read_flags(
        [word for word in words if not word.startswith("+")],
        flag_table("t|type= x|reverse= p|port= 4 6 q|name= c|class="),
    )
    if given.unknown:
        return _refused(f"Invalid option: {given.unknown}\n")
    kinds = [word.upper() for word in given.operands if word.upper() in _TYPES]
    names = [word for word in given.operands if word.upper() not in (_TYPES | {"IN"})]
    wanted = given.value("type").upper() or (kinds[0] if kinds else "A")
    name = (given.value("name") or (names[0] if names else "")).rstrip(".").lower()
    if given.value("reverse"):
        name, wanted = reversed_name(given.value("reverse")), "PTR"
    if not name:
        return Reply(way="normal", out="\n; <<>> DiG 9.18.28 <<>>\n;; Query time: 2 msec\n")
    records = _records(documents, name, wanted)
    exists = bool(records) or bool(documents.rows(f"dns/{name}"))
    if "+short" in options:
        out = "".join(f"{value}\n" for _, _, _, value in records)
    else:
        out = _sections(name, wanted, records, exists=exists)
    return Reply(way="answered", out=out, takes_s=(4, 6), reads=(f"dns/{name}",))


def _sections(
    name: str, wanted: str, records: list[tuple[str, int, str, str]], *, exists: bool
) -> str:
    status = "NOERROR" if exists else "NXDOMAIN"
    lines = [
        "",
        f"; <<>> DiG 9.18.28 <<>> {name} {wanted}",
        ";; global options: +cmd",
        ";; Got answer:",
        f";; ->>HEADER<<- opcode: QUERY, status: {status}, id: 4242",
        f";; flags: qr rd ra; QUERY: 1, ANSWER: {len(records)}, AUTHORITY: 0, ADDITIONAL: 1",
        "",
        ";; QUESTION SECTION:",
        f";{name}.\t\t\tIN\t{wanted}",
        "",
    ]
    if records:
        lines.append(";; ANSWER SECTION:")
        lines += [f"{owner}.\t\t{ttl}\tIN\t{kind}\t{value}" for owner, ttl, kind, value in records]
        lines.append("")
    return "".join(f"{line}\n" for line in [*lines, ";; Query time: 2 msec", ""])


def host(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """The addresses of a name in sentences."""
    del terminal, piped
    operands = [word for word in command.words[1:] if not word.startswith("-")]
    if not operands:
        return _refused("Usage: host [-t type] hostname [server]\n")
    name = operands[0].rstrip(".").lower()
    records = _records(documents, name, "A")
    reads = (f"dns/{name}",)
    if not records:
        message = f"Host {name} not found: 3(NXDOMAIN)\n"
        return Reply(way="answered", out=message, status=1, reads=reads, takes_s=(4, 6))
    lines = [
        f"{owner} is an alias for {value}." if kind == "CNAME" else f"{owner} has address {value}"
        for owner, _, kind, value in records
    ]
    out = "".join(f"{line}\n" for line in lines)
    return Reply(way="answered", out=out, takes_s=(4, 6), reads=reads)


def nslookup(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """The server asked, then what it knows of a name or an address."""
    del piped
    operands = [word for word in command.words[1:] if not word.startswith("-")]
    options = [word.lstrip("-").partition("=") for word in command.words[1:] if word[:1] == "-"]
    if not operands:
        return Reply(way="not_simulated", nearest=("nslookup <name>", "dig <host>", "host <host>"))
    name = operands[0].rstrip(".").lower()
    server = (*operands[1:], _POD_RESOLVER if terminal.host == "pod" else _RESOLVER)[0]
    asked = [value.upper() for option, _, value in options if option in _ASKING]
    kinds = asked[-1:] or (["PTR"] if is_address(name) else ["A", "AAAA"])
    if is_address(name):
        name = reversed_name(name)
    records = [each for kind in kinds for each in _records(documents, name, kind)]
    exists = bool(records) or bool(documents.rows(f"dns/{name}"))
    lines = [f"Server:\t\t{server}", f"Address:\t{server}#53", ""]
    if exists:
        none = [f"*** Can't find {name}: No answer"]
        lines += ["Non-authoritative answer:", *(dict.fromkeys(map(_spelled, records)) or none)]
    else:
        lines.append(f"** server can't find {name}: NXDOMAIN")
    return Reply(
        way="answered",
        out="".join(f"{line}\n" for line in [*lines, ""]),
        status=0 if exists else 1,
        takes_s=(4, 6),
        reads=(f"dns/{name}",),
    )


def _spelled(record: tuple[str, int, str, str]) -> str:
    owner, _, kind, value = record
    if kind in ("A", "AAAA"):
        return f"Name:\t{owner}\nAddress: {value}"
    shown = f'"{value.strip(chr(34))}"' if kind == "TXT" else f"{value.rstrip('.')}."
    return f"{owner}\t{_SAID.get(kind, kind)} = {shown}"


def _records(documents: Documents, name: str, wanted: str) -> list[tuple[str, int, str, str]]:
    """The answer section: owner, ttl, type, value; following aliases."""
    found: list[tuple[str, int, str, str]] = []
    here, met = name, set[str]()
    while here not in met:
        met.add(here)
        target = ""
        for row in documents.rows(f"dns/{here}"):
            kind = str(row.get("type", "A")).upper()
            ttl = row.get("ttl", 60)
            value = str(row.get("value", ""))
            if kind in (wanted, "CNAME") or wanted == "ANY":
                found.append((here, ttl if isinstance(ttl, int) else 60, kind, value))
            if kind == "CNAME" and wanted != "CNAME":
                target = value.rstrip(".")
        here = target or here
    return found
