"""ssh: a command answered from another host, or the reason it cannot be reached.

Rule 1: a host that has documents (`host/<name>/<unit>`) lets people in, unless a path says no.
Rule 2: the host's journal is read with journalctl; any other tool answers from that host.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from simulator.shell.connect import path_to, waited, whole
from simulator.shell.documents import Documents, Row
from simulator.shell.everyday import spoken
from simulator.shell.flags import flag_table, read_flags
from simulator.shell.kubectl_objects import moment
from simulator.shell.reply import Reply, Terminal
from simulator.shell.starting import StartLine
from simulator.shell.syntax import Simple

_TABLE: Final = flag_table("i= l= p= o= J= F= t T v q A N f L= R= D= 4 6 C X Y n a x k")
_JOURNAL: Final = flag_table(
    "u|unit= n|lines= S|since= U|until= f|follow r|reverse no-pager p|priority= o|output= e x b "
    "k|dmesg q|quiet g|grep= utc a|all no-hostname"
)
_PLAIN_PORT: Final = 22


def answer(
    command: Simple, documents: Documents, terminal: Terminal, piped: str | None, start: StartLine
) -> Reply:
    """The remote command's answer; `start` answers the line that the shell there is given."""
    del piped
    given = read_flags(command.words[1:], _TABLE, operands_first=True)
    if given.unknown:
        return Reply(
            way="refused",
            err=f"unknown option -- {given.unknown.lstrip('-')}\n"
            "usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] destination [command]\n",
            status=255,
        )
    operands = given.operands or given.rest
    if not operands:
        return Reply(way="refused", err="usage: ssh destination [command]\n", status=255)
    host = operands[0].rpartition("@")[2].lower()
    path = path_to(documents, terminal, host, _PLAIN_PORT)
    units = documents.kinds(f"host/{host}/")
    if not path.known:
        return _lost(
            f"Could not resolve hostname {host}: Name or service not known", 0.1, path.reads
        )
    if path.reach.ends == "refused":
        reason = f"connect to host {host} port 22: Connection refused"
        return _lost(reason, path.reach.seconds, path.reads)
    if path.reach.ends != "ok" or not (units or path.reads_net):
        seconds = waited(path.reach.seconds if path.reach.ends != "ok" else 130.0, None)
        return _lost(f"connect to host {host} port 22: Connection timed out", seconds, path.reads)
    words = operands[1:]
    if not words:
        return Reply(way="not_simulated", nearest=(f"ssh {host} journalctl -u <unit> -n 20",))
    return _remote(words, documents, replace(terminal, host=host), start)


def _lost(reason: str, seconds: float, reads: tuple[str, ...]) -> Reply:
    err = f"ssh: {reason}\n"
    return Reply(way="refused", err=err, status=255, takes_s=whole(seconds), reads=reads)


def _remote(
    words: tuple[str, ...], documents: Documents, there: Terminal, start: StartLine
) -> Reply:
    line = " ".join(words)
    plain = [word for word in words if word != "sudo"]
    if plain[:1] == ["journalctl"] and not any(sign in line for sign in "|;&<>$`"):
        return _journal(tuple(plain[1:]), documents, there.host)
    # ssh hands its words to a shell there, joined by blanks.
    variables = {**there.variables, "HOSTNAME": there.host}
    return start(line, documents, replace(there, variables=variables))


def journal(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """`journalctl` on the host the terminal stands at."""
    del piped
    return _journal(command.words[1:], documents, terminal.host)


def _journal(words: tuple[str, ...], documents: Documents, host: str) -> Reply:
    given = read_flags(words, _JOURNAL)
    if given.unknown:
        err = f"journalctl: unrecognized option '{given.unknown}'\n"
        return Reply(way="refused", err=err, status=1)
    unit = given.value("unit").removesuffix(".service")
    units = documents.kinds(f"host/{host}/")
    kinds = [f"host/{host}/{unit}"] if unit else list(units)
    rows = sorted(
        (
            (_at(row), kind.rpartition("/")[2], row)
            for kind in kinds
            for row in documents.rows(kind)
        ),
        key=lambda each: each[0],
    )
    now = documents.now
    since = spoken(given.value("since"), now) if given.value("since") else 0
    until = spoken(given.value("until"), now) if given.value("until") else now
    wanted = given.value("grep").lower()
    lines = [
        _line(at, host, name, row)
        for at, name, row in rows
        if since <= at <= until and wanted in str(row.get("text", "")).lower()
    ]
    count = given.number("lines", 10 if given.has("follow") else 1000)
    if count is None:
        return Reply(way="refused", err="Failed to parse lines\n", status=1)
    lines = lines[len(lines) - min(count, len(lines)) :]
    lines = lines[::-1] if given.has("reverse") else lines
    out = "".join(f"{line}\n" for line in lines) or "-- No entries --\n"
    return Reply(way="answered", out=out, takes_s=(18, 28), reads=tuple(sorted(kinds)))


def _at(row: Row) -> int:
    found = moment(row.get("at", 0))
    return 0 if found is None else found


def _line(at: int, host: str, unit: str, row: Row) -> str:
    then = datetime.fromtimestamp(at, UTC)
    return f"{then:%b} {then.day:02d} {then:%H:%M:%S} {host} {unit}[812]: {row.get('text', '')}"
