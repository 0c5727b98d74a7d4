"""`psql [-h host] [-U user] [-d db] [-c sql] [connection string]`: asks a database.

Rule 1: connecting comes first and may fail in libpq's words; statements then run one by one.
Rule 2: `-c` text stops at its first error with status 1; a script goes on, as psql does.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from simulator.shell.documents import Documents
from simulator.shell.psql_connect import Address, Connection, connect, from_variables
from simulator.shell.psql_flags import HELP, Asked, read_flags
from simulator.shell.psql_meta import META, meta
from simulator.shell.psql_table import Form, drawn
from simulator.shell.reply import Act, Reply, Terminal
from simulator.shell.sql_functions import NotSimulated, SqlError
from simulator.shell.sql_statements import Outcome, executed, split
from simulator.shell.sql_tables import Database
from simulator.shell.syntax import Simple

_TAKES: Final = (8, 15)
_LIKE: Final = (
    'psql "$FQ_DB" -c "select state, count(*) from pg_stat_activity group by 1"',
    'psql -h <host> -c "select pg_is_in_recovery()"',
    'psql "$FQ_DB" -c "\\d"',
)


@dataclass(slots=True)
class _Said:
    """What one psql run has printed and asked for so far."""

    form: Form
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    kept: int = 0
    """Acts before the open transaction began."""
    reads: set[str] = field(default_factory=set)
    status: int = 0
    missing: str = ""
    """What is not simulated."""
    gone: bool = False
    """The session was terminated by its own query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where statements run."""

    database: Database
    address: Address
    connection: Connection
    line: str


def answer(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """What the line prints and would change; never raises."""
    asked = read_flags(command.words[1:])
    if asked.wrong:
        err = f'psql: {asked.wrong}\npsql: hint: Try "psql --help" for more information.\n'
        return Reply(way="refused", err=err, status=1)
    if "version" in asked.flags:
        return Reply(way="normal", out="psql (PostgreSQL) 16.4\n")
    if "help" in asked.flags:
        return Reply(way="normal", out=HELP)
    address = _address(asked, terminal)
    connection = connect(address, documents, terminal.host)
    if connection.error:
        takes = (
            max(_TAKES[0], int(connection.seconds)),
            max(_TAKES[1], int(connection.seconds) + 5),
        )
        return Reply(
            way="refused",
            err=f"psql: error: {connection.error}\n",
            status=2,
            takes_s=takes,
            reads=tuple(sorted(set(connection.reads))),
        )
    database = Database(
        documents=documents, host=connection.host, name=address.database, user=address.user
    )
    place = _Place(database=database, address=address, connection=connection, line=command.line)
    return _session(command, asked, place, piped)


def _address(asked: Asked, terminal: Terminal) -> Address:
    address = from_variables(terminal.variables, terminal.user)
    strings = [asked.values.get("database", ""), *asked.words[:1]]
    for text in strings:
        if text:
            address = address.with_string(text)
    address = address.with_words(
        host=asked.values.get("host", ""),
        port=asked.values.get("port", ""),
        user=asked.values.get("user", "") or "".join(asked.words[1:2]),
    )
    return address if address.database else address.with_words(database=address.user)


def _session(command: Simple, asked: Asked, place: _Place, piped: str | None) -> Reply:
    """Run everything on an open connection."""
    said = _Said(form=_form(asked), reads=set(place.connection.reads))
    typed_in = command.heredoc if command.heredoc is not None else piped
    if "list" in asked.flags:
        asked.commands.insert(0, "\\l")
    if (name := asked.values.get("file", "")) and name != "-":
        err = f"psql: error: {name}: No such file or directory\n"
        return Reply(way="refused", err=err, status=1, takes_s=_TAKES)
    if asked.commands:
        for text in asked.commands:
            said.status = 0
            _run(text, place, said, script=False)
            if said.gone or (said.status and _stops(asked)):
                break
    elif typed_in is not None:
        _run(typed_in, place, said, script=not _stops(asked))
        if not said.gone:
            said.status = 3 if said.status and _stops(asked) else 0
    else:
        said.missing = "an open psql session (give the statement with -c)"
    if said.missing:
        err = f"psql: not simulated here: {said.missing}\n"
        return Reply(way="not_simulated", err=err, status=1, nearest=_LIKE)
    return Reply(
        way="refused" if said.status and not said.out else "answered",
        out="".join(said.out),
        err="".join(said.err),
        status=said.status,
        takes_s=_TAKES,
        acts=tuple(said.acts),
        reads=tuple(sorted(said.reads)),
    )


def _stops(asked: Asked) -> bool:
    return any(one.replace(" ", "").upper() in _STOPS for one in asked.settings)


_STOPS: Final = frozenset({"ON_ERROR_STOP=1", "ON_ERROR_STOP=ON", "ON_ERROR_STOP=TRUE"})


def _form(asked: Asked) -> Form:
    separator = asked.values.get("separator", "|")
    return Form(
        aligned="unaligned" not in asked.flags,
        tuples_only="tuples" in asked.flags,
        expanded="expanded" in asked.flags or "expanded=on" in asked.settings,
        csv="csv" in asked.flags,
        separator={"\\t": "\t"}.get(separator, separator),
    )


def _run(text: str, place: _Place, said: _Said, *, script: bool) -> None:
    """Run a text's statements and backslash commands; a script goes on after an error."""
    for part in _parts(text):
        act = _meta if part.startswith("\\") else _statement
        ended = act(part, place, said)
        if said.missing or ended or (said.status and not script):
            return


def _parts(text: str) -> list[str]:
    """Statements and backslash commands, in order."""
    parts: list[str] = []
    sql: list[str] = []
    for row in text.split("\n"):
        if row.lstrip().startswith("\\"):
            parts += [*split("\n".join(sql)), row.strip()]
            sql = []
        else:
            sql.append(row)
    return [*parts, *split("\n".join(sql))]


_ENDING: Final = re.compile(r"\s*\\(gx|g|watch|x)\b[^\n]*$")


def _statement(part: str, place: _Place, said: _Said) -> bool:
    database = place.database
    form = said.form
    if found := _ENDING.search(part):
        part = part[: found.start()]
        form = replace(form, expanded=form.expanded or found[1] in ("gx", "x"))
    try:
        outcome = executed(part, database, place.line)
    except SqlError as error:
        said.err.append(error_text(error, part))
        said.status = 1
        return False
    except NotSimulated as error:
        said.missing = str(error)
        return True
    said.err += [f"WARNING:  {notice}\n" for notice in outcome.notices]
    if outcome.result is not None and outcome.result.lost:
        _lose(outcome, said)
    elif outcome.result is not None:
        said.out.append(drawn(outcome.result, form))
    else:
        said.out.append(f"{outcome.tag}\n")
    if outcome.tag in ("BEGIN", "START TRANSACTION", "COMMIT"):
        said.kept = len(said.acts)
    if outcome.tag == "ROLLBACK":
        del said.acts[said.kept :]
    said.acts += outcome.acts
    said.reads |= {f"{database.kind}/{table}" for table in outcome.tables}
    return said.gone


def _lose(outcome: Outcome, said: _Said) -> None:
    """A query that met its own session: its rows never arrive, what it did to others stands."""
    said.gone = outcome.result is not None and outcome.result.lost == "terminated"
    said.err.append(_TERMINATED if said.gone else _CANCELED)
    said.status = 2 if said.gone else 1


_CANCELED: Final = "ERROR:  canceling statement due to user request\n"
_TERMINATED: Final = (
    "FATAL:  terminating connection due to administrator command\n"
    "server closed the connection unexpectedly\n"
    "\tThis probably means the server terminated abnormally\n"
    "\tbefore or while processing the request.\n"
    "connection to server was lost\n"
)


def error_text(error: SqlError, statement: str) -> str:
    """`ERROR:  ...` with the line and a caret under the word, as psql shows it."""
    text = f"ERROR:  {error.message}\n"
    if error.at is not None and 0 <= error.at <= len(statement):
        before = statement[: error.at]
        row = before.count("\n")
        shown = statement.split("\n")[row].replace("\t", " ")
        head = f"LINE {row + 1}: "
        text += f"{head}{shown}\n{' ' * (len(head) + len(before) - before.rfind(chr(10)) - 1)}^\n"
    return text + (f"{error.detail}\n" if error.detail else "")


def _meta(part: str, place: _Place, said: _Said) -> bool:
    address, connection, database = place.address, place.connection, place.database
    word, _, rest = part[1:].partition(" ")
    if word in ("q", "quit"):
        return True
    if word in ("x", "a", "t", "pset", "timing", "set", "echo"):
        said.form, printed = _switched(word, rest.strip(), said.form)
        said.out.append(printed)
        return False
    if word == "conninfo":
        ip = f" (address {connection.ip!r})".replace("'", '"') if connection.ip else ""
        said.out.append(
            f'You are connected to database "{address.database}" as user "{address.user}" on host'
            f' "{address.host}"{ip} at port "{address.port}".\n'
        )
        return False
    if word.rstrip("+S") not in META:
        said.err.append(f"invalid command \\{word}\nTry \\? for help.\n")
        said.status = 1
        return False
    for found in meta(word.rstrip("+S"), rest.strip(), database):
        said.out.append(found.text)
        if found.result is not None:
            said.out.append(drawn(found.result, said.form, found.title, found.footer))
        said.err.append(found.error)
        said.status = found.status
        said.reads |= set(found.reads)
    return False


def _switched(word: str, rest: str, form: Form) -> tuple[Form, str]:
    """The form after a switch, and what psql says about it."""
    match word:
        case "x":
            if rest == "auto":
                return form, "Expanded display is used automatically.\n"
            expanded = rest == "on" if rest in ("on", "off") else not form.expanded
            return replace(form, expanded=expanded), (
                f"Expanded display is {'on' if expanded else 'off'}.\n"
            )
        case "a":
            aligned = not form.aligned
            return replace(form, aligned=aligned), (
                f"Output format is {'aligned' if aligned else 'unaligned'}.\n"
            )
        case "t":
            only = not form.tuples_only
            return replace(form, tuples_only=only), f"Tuples only is {'on' if only else 'off'}.\n"
        case "timing":
            return form, "Timing is on.\n"
        case "echo":
            return form, f"{rest}\n"
    return form, ""
