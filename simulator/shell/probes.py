"""Small probes of the network: ping, mtr, nc, pg_isready, openssl.

Rule 1: each prints what the real one prints of `net/`, `tls/` and `sql/` documents.
Rule 2: a name nobody knows does not resolve; a packet nobody answers takes its full time.
"""

import re
from datetime import UTC, datetime
from typing import Final

from simulator.shell.connect import (
    aliases,
    as_reach,
    path_to,
    port_of,
    resolved,
    waited,
    whole,
)
from simulator.shell.documents import Documents
from simulator.shell.flags import flag_table, read_flags
from simulator.shell.reply import Reply, Terminal
from simulator.shell.syntax import Simple

_PORTS: Final = {
    5432: "postgresql",
    443: "https",
    80: "http",
    6379: "redis",
    22: "ssh",
    53: "domain",
}


def _refused(message: str, status: int, seconds: float = 0.0) -> Reply:
    return Reply(way="refused", err=message, status=status, takes_s=whole(seconds))


def ping(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """Four echoes, or as many as asked for up to ten."""
    del piped
    table = flag_table("c|count= i|interval= W|timeout= w|deadline= n q 4 6 s|size= t= D")
    given = read_flags(command.words[1:], table)
    if given.unknown or not given.operands:
        return _refused("ping: usage error: Destination address required\n", 1)
    name = given.operands[-1].lower()
    count = min(given.number("count", 4) or 4, 10)
    address, known, reads = resolved(documents, name)
    if not known:
        return _refused(f"ping: {name}: Name or service not known\n", 2)
    path = path_to(documents, terminal, name, 0)
    shown = address or "10.20.0.1"
    head = f"PING {name} ({shown}) 56(84) bytes of data.\n"
    answered = path.reach.ends == "ok"
    ms = max(path.reach.seconds * 1000 / 8, 0.4)
    lines = [
        f"64 bytes from {shown}: icmp_seq={number} ttl=58 time={ms:.1f} ms\n"
        for number in range(1, count + 1 if answered else 1)
    ]
    loss = 0 if answered else 100
    received = count if answered else 0
    tail = (
        f"\n--- {name} ping statistics ---\n{count} packets transmitted, {received} received, "
        f"{loss}% packet loss, time {(count - 1) * 1001}ms\n"
    )
    return Reply(
        way="answered" if reads else "normal",
        out=head + "".join(lines) + tail,
        status=0 if answered else 1,
        takes_s=(count + 3, count + (6 if answered else 10)),
        reads=tuple(sorted({*reads, *path.reads})),
    )


def mtr(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """The hops to a host, in `mtr --report`'s shape; `traceroute` alike."""
    del piped
    valued = ("-c", "-P", "-i", "-p", "-m", "-w", "-q", "--port", "--report-cycles")
    words = list(command.words[1:])
    port = 0
    operands: list[str] = []
    while words:
        word = words.pop(0)
        if word in valued and words:
            value = words.pop(0)
            port = (port_of(value) or 0) if word in ("-P", "--port", "-p") else port
        elif not word.startswith("-"):
            operands.append(word)
    if not operands:
        return _refused("mtr: a hostname is required\n", 1)
    name = operands[0].lower()
    path = path_to(documents, terminal, name, port)
    if not path.known:
        return _refused(f"mtr: Failed to resolve host: {name}: Name or service not known\n", 1)
    hops = [("gateway", 0.6), ("10.20.0.1", 1.1)]
    last = (path.address or name, max(path.reach.seconds * 250, 1.4))
    lines = [f"HOST: {terminal.host:<24} Loss%   Snt   Last   Avg  Best  Wrst StDev"]
    for number, (label, ms) in enumerate(hops, start=1):
        lines.append(_hop(number, label, ms))
    if path.reach.ends == "ok":
        lines.append(_hop(3, *last))
    else:
        lines.append(f"  3.|-- {'???':<23}100.0    10    0.0   0.0   0.0   0.0   0.0")
    out = "".join(f"{line}\n" for line in lines)
    return Reply(way="answered", out=out, takes_s=(10, 15), reads=tuple(sorted(set(path.reads))))


def _hop(number: int, label: str, ms: float) -> str:
    times = "".join(f"{value:>6.1f}" for value in (ms, ms, ms * 0.9, ms * 1.3, ms * 0.1))
    return f"{number:>3}.|-- {label:<23}  0.0%    10{times}"


def nc(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """Whether a port answers."""
    del piped
    table = flag_table("z v n u w|timeout= 4 6 k l p|port= q|quit= G|connect=")
    given = read_flags(command.words[1:], table)
    if given.unknown:
        return _refused(f"nc: invalid option -- '{given.unknown.lstrip('-')}'\n", 1)
    if given.has("l"):
        return Reply(way="not_simulated")
    if len(given.operands) < 2:
        return _refused("usage: nc [-46CDdFhklNnrStUuvZz] [-w timeout] [destination] [port]\n", 1)
    name, text = given.operands[:2]
    port = port_of(text)
    if port is None:
        return _refused(f"nc: port number invalid: {text}\n", 1)
    path = path_to(documents, terminal, name.lower(), port)
    if not path.known:
        message = f'nc: getaddrinfo for host "{name}" port {port}: Name or service not known\n'
        return _refused(message, 1)
    limit = given.number("timeout", 0) or given.number("connect", 0)
    seconds = waited(path.reach.seconds, float(limit) if limit else None)
    service = _PORTS.get(port, "*")
    ends = path.reach.ends
    if ends == "timeout" or (limit and path.reach.seconds > limit):
        line = f"nc: connect to {name} port {port} (tcp) timed out: Operation now in progress\n"
    elif ends == "ok":
        line = f"Connection to {name} {port} port [tcp/{service}] succeeded!\n"
    else:
        line = f"nc: connect to {name} port {port} (tcp) failed: Connection refused\n"
    return Reply(
        way="answered",
        err=line if given.has("v") else "",
        status=0 if ends == "ok" else 1,
        takes_s=whole(seconds),
        reads=tuple(sorted(set(path.reads))),
    )


def pg_isready(
    command: Simple, documents: Documents, terminal: Terminal, piped: str | None
) -> Reply:
    """Whether a PostgreSQL server accepts connections."""
    del piped
    table = flag_table("h|host= p|port= t|timeout= U|username= d|dbname= q|quiet")
    given = read_flags(command.words[1:], table)
    if given.unknown:
        flag = given.unknown
        hint = 'pg_isready: hint: Try "pg_isready --help" for more information.\n'
        return _refused(f"pg_isready: invalid option -- '{flag.lstrip('-')}'\n{hint}", 3)
    name = (given.value("host") or terminal.variables.get("PGHOST", "")).lower()
    port = port_of(given.value("port", "5432")) or 5432
    if not name:
        out = f"/var/run/postgresql:{port} - no response\n"
        return Reply(way="answered", out=out, status=2, takes_s=(4, 6))
    path = path_to(documents, terminal, name, port)
    kinds = [f"sql/{each}" for each in (name, *aliases(documents, name))]
    kind = next((each for each in kinds if documents.rows(each)), kinds[0])
    rows = documents.rows(kind)
    reach = path.reach
    if reach.ends == "ok" and rows:
        reach = as_reach(rows[0])
    limit = given.number("timeout", 3)
    seconds = waited(reach.seconds, float(3 if limit is None else limit) or None)
    words, status = "no response", 2
    if path.known and reach.ends == "ok":
        words, status = "accepting connections", 0
    elif path.known and reach.ends == "failed" and "database system is" in reach.message:
        words, status = "rejecting connections", 1
    elif path.known and reach.ends == "failed":
        words, status = "accepting connections", 0  # an error after the greeting is an answer
    return Reply(
        way="answered",
        out="" if given.has("quiet") else f"{name}:{port} - {words}\n",
        status=status,
        takes_s=whole(seconds),
        reads=tuple(sorted({*path.reads, *([kind] if rows else [])})),
    )


_SUBJECT: Final = re.compile(r"^subject=(.*)$", re.MULTILINE)
_ISSUER: Final = re.compile(r"^issuer=(.*)$", re.MULTILINE)
_DATES: Final = re.compile(r"NotBefore: ([^;\n]*); NotAfter: ([^\n]*)")


def openssl(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """`s_client -connect host:port`, and `x509 -noout -dates` behind it."""
    words = command.words[1:]
    if words[:1] == ("x509",):
        return _certificate(words, piped or "")
    if words[:1] != ("s_client",) or "-connect" not in words[:-1]:
        return Reply(way="not_simulated")
    name, _, text = words[words.index("-connect") + 1].partition(":")
    port = port_of(text or "443")
    name = name.lower()
    if port is None:
        return _refused("s_client: -connect argument malformed\n", 1)
    path = path_to(documents, terminal, name, port)
    if not path.known:
        return _refused(f"BIO_lookup_ex:system lib:{name}: Name or service not known\n", 1)
    if path.reach.ends != "ok":
        seconds = waited(path.reach.seconds, None)
        why = "Connection timed out" if path.reach.ends == "timeout" else "Connection refused"
        code = 110 if path.reach.ends == "timeout" else 111
        line = f"connect:errno={code}\n{why}\n"
        return Reply(way="answered", err=line, status=1, takes_s=whole(seconds), reads=path.reads)
    served = words[words.index("-servername") + 1] if "-servername" in words[:-1] else name
    kind = f"tls/{served}"
    rows = documents.rows(kind)
    if not rows:
        out = "CONNECTED(00000003)\nno peer certificate available\n"
        return Reply(way="normal", out=out, status=1, reads=(kind,))
    return _greeting(documents, name, kind, path.reads)


def _greeting(documents: Documents, name: str, kind: str, reads: tuple[str, ...]) -> Reply:
    row = documents.rows(kind)[0]
    subject = str(row.get("subject", f"CN = {name}"))
    issuer = str(row.get("issuer", "C = US, O = Amazon, CN = Amazon RSA 2048 M03"))
    ends = row.get("not_after", documents.now)
    ends = int(ends) if isinstance(ends, int | float) else documents.now
    begins = row.get("not_before", ends - 395 * 86400)
    begins = int(begins) if isinstance(begins, int | float) else ends
    verified = "0 (ok)" if ends > documents.now else "10 (certificate has expired)"
    lines = [
        "CONNECTED(00000003)",
        "---",
        "Certificate chain",
        f" 0 s:{subject}",
        f"   i:{issuer}",
        f"   v:NotBefore: {_moment(begins)}; NotAfter: {_moment(ends)}",
        "---",
        "Server certificate",
        f"subject={subject}",
        f"issuer={issuer}",
        "---",
        "New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256",
        f"Verify return code: {verified}",
        "---",
    ]
    out = "".join(f"{line}\n" for line in lines)
    return Reply(way="answered", out=out, takes_s=(7, 10), reads=tuple(sorted({kind, *reads})))


def _moment(seconds: int) -> str:
    then = datetime.fromtimestamp(max(0, min(seconds, 4_000_000_000)), UTC)
    return f"{then:%b} {then.day:>2} {then:%H:%M:%S %Y} GMT"


def _certificate(words: tuple[str, ...], text: str) -> Reply:
    subject, issuer, dates = _SUBJECT.search(text), _ISSUER.search(text), _DATES.search(text)
    if not (subject and issuer and dates):
        line = "Could not find certificate from <stdin>\n"
        return Reply(way="refused", err=line, status=1, takes_s=(0, 1))
    lines: list[str] = []
    for word in words:
        if word in ("-dates", "-startdate", "-text"):
            lines.append(f"notBefore={dates[1]}")
        if word in ("-dates", "-enddate", "-text"):
            lines.append(f"notAfter={dates[2]}")
        if word in ("-subject", "-text"):
            lines.append(f"subject={subject[1]}")
        if word in ("-issuer", "-text"):
            lines.append(f"issuer={issuer[1]}")
    return Reply(way="normal", out="".join(f"{line}\n" for line in lines), takes_s=(0, 1))
