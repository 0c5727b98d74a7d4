"""What a database server's own functions answer, and which of them would change it.

Rule 1: a fact comes from the one row of `sql/<host>/functions` (name -> value); a value that is a
    mapping is looked up by the function's first argument, and `{"error": text}` is a refusal.
Rule 2: an acting function is noted with the arguments it got; nothing happens here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlglot import exp

from simulator.shell.sql_functions import FUNCTIONS, NotSimulated, SqlError
from simulator.shell.sql_resolve import NOW_NAMES, place_of
from simulator.shell.sql_tables import Database
from simulator.shell.sql_values import Kind, Stored, kind_among, stored

ACTING: Final[Mapping[str, Kind]] = {
    "pg_terminate_backend": "bool",
    "pg_cancel_backend": "bool",
    "pg_drop_replication_slot": "text",
    "pg_create_physical_replication_slot": "text",
    "pg_create_logical_replication_slot": "text",
    "pg_promote": "bool",
    "pg_wal_replay_pause": "text",
    "pg_wal_replay_resume": "text",
    "pg_switch_wal": "text",
    "pg_reload_conf": "bool",
    "pg_stat_reset": "text",
    "pg_advisory_unlock_all": "text",
    "setval": "int",
}
_RECOVERY_ONLY: Final = frozenset({"pg_promote", "pg_wal_replay_pause", "pg_wal_replay_resume"})
_PRIMARY_ONLY: Final = frozenset(
    {"pg_switch_wal", "pg_current_wal_lsn", "pg_current_wal_insert_lsn", "pg_current_wal_flush_lsn"}
)
FACTS: Final[Mapping[str, Kind]] = {
    "pg_is_in_recovery": "bool",
    "pg_is_wal_replay_paused": "bool",
    "pg_last_wal_receive_lsn": "text",
    "pg_last_wal_replay_lsn": "text",
    "pg_last_xact_replay_timestamp": "timestamptz",
    "pg_current_wal_lsn": "text",
    "pg_current_wal_insert_lsn": "text",
    "pg_current_wal_flush_lsn": "text",
    "pg_postmaster_start_time": "timestamptz",
    "pg_conf_load_time": "timestamptz",
    "pg_database_size": "int",
    "pg_table_size": "int",
    "pg_relation_size": "int",
    "pg_total_relation_size": "int",
    "pg_indexes_size": "int",
    "pg_backend_pid": "int",
    "pg_blocking_pids": "text",
    "inet_server_addr": "text",
    "inet_server_port": "int",
    "txid_current": "int",
    "version": "text",
    "current_setting": "text",
    "current_database": "text",
    "current_user": "text",
    "session_user": "text",
    "current_schema": "text",
}
VERSION: Final = "PostgreSQL 16.4 on aarch64-unknown-linux-gnu, compiled by gcc, 64-bit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An acting function that was called: once for each row it met."""

    name: str
    arguments: tuple[Stored, ...]


@dataclass(slots=True)
class Session:
    """What the functions of one query have noted."""

    calls: list[Call] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    failure: Exception | None = None
    lost: Literal["", "canceled", "terminated"] = ""
    """What the query did to the session it runs in."""


def function_kinds(facts: Mapping[str, Any]) -> dict[str, Kind]:
    """The kind of every function that is a fact or an act."""
    kinds: dict[str, Kind] = {**ACTING, **FACTS}
    for name, value in facts.items():
        if name not in kinds:
            values = list(value.values()) if isinstance(value, Mapping) else [value]
            kinds[name] = kind_among(name, values)
    return kinds


_REAL: Final = (
    "pg_", "json", "array_", "to_", "regexp_", "date_", "has_", "obj_", "col_", "quote_", "txid",
    "current_", "inet", "row_to", "unnest", "generate_", "format", "trim", "lpad", "rpad", "mod",
    "ceil", "floor", "power", "sqrt", "random", "md5", "make_", "justify_", "set_config", "encode",
)  # fmt: skip


def check_functions(tree: exp.Expr, kinds: Mapping[str, Kind], facts: Mapping[str, Any]) -> None:
    """Refuse what the server would refuse; raises `SqlError` or `NotSimulated`."""
    recovering = bool(facts.get("pg_is_in_recovery"))
    for node in tree.find_all(exp.Anonymous):
        name = node.name.lower()
        told = facts.get(name)
        if isinstance(told, Mapping) and "error" in told:
            raise SqlError(str(told["error"]))
        if name in _PRIMARY_ONLY and recovering:
            hint = "HINT:  WAL control functions cannot be executed during recovery."
            raise SqlError("recovery is in progress", detail=hint)
        if name in _RECOVERY_ONLY and not recovering:
            hint = "HINT:  Recovery control functions can only be executed during recovery."
            raise SqlError("recovery is not in progress", detail=hint)
        if name == "age" or name in kinds or name in FUNCTIONS or name in NOW_NAMES:
            continue
        if name.startswith(_REAL):
            raise NotSimulated(f"function {name}")
        hint = (
            "HINT:  No function matches the given name and argument types. You might need to add"
            " explicit type casts."
        )
        types = ", ".join(["unknown"] * len(node.expressions))
        raise SqlError(
            f"function {name}({types}) does not exist", place_of(tree, node.name), detail=hint
        )


def fact(
    name: str, kind: Kind, database: Database, facts: Mapping[str, Any]
) -> Callable[..., Stored]:
    """The function of a fact."""

    def tell(*arguments: Stored) -> Stored:
        told = facts.get(name)
        if isinstance(told, Mapping):
            key = str(arguments[0]) if arguments else ""
            told = told.get(key, told.get(arguments[0] if arguments else ""))
        if told is None:
            told = _usual(name, arguments, database)
        return stored(told, kind)

    return tell


def _usual(name: str, arguments: Sequence[Stored], database: Database) -> Any:
    """What a healthy server says of itself where the documents say nothing."""
    match name:
        case "pg_is_in_recovery" | "pg_is_wal_replay_paused":
            return False
        case "inet_server_port":
            return 5432
        case "pg_backend_pid":
            return database.own_pid()
        case "pg_blocking_pids":
            return "{}"
        case "current_setting":
            return setting(str(arguments[0]) if arguments else "", database)
    return None


def setting(name: str, database: Database) -> str:
    """A run-time parameter as `SHOW` prints it; raises `SqlError` for an unknown one."""
    facts = database.functions()
    table = database.table("pg_settings")
    for row in table.rows if table is not None else ():
        if str(row.get("name", "")) == name.lower():
            return f"{row.get('setting', '')}{_unit(row.get('unit'))}"
    if name.lower() in facts:
        return str(facts[name.lower()])
    usual = {
        "server_version": "16.4",
        "timezone": "UTC",
        "search_path": '"$user", public',
        "transaction_read_only": "on" if facts.get("pg_is_in_recovery") else "off",
        "in_hot_standby": "on" if facts.get("pg_is_in_recovery") else "off",
        "default_transaction_read_only": "off",
        "server_encoding": "UTF8",
        "client_encoding": "UTF8",
    }
    if name.lower() not in usual and "_" in name:
        # Most likely a real setting that no document states: no figure is invented.
        raise NotSimulated(f"the setting {name}")
    if name.lower() not in usual:
        raise SqlError(f'unrecognized configuration parameter "{name}"')
    return usual[name.lower()]


def _unit(unit: object) -> str:
    return str(unit) if unit else ""


def acting(name: str, session: Session, database: Database) -> Callable[..., Stored]:
    """The function that notes an act."""

    def act(*arguments: Stored) -> Stored:
        call = Call(name=name, arguments=arguments)
        if name in ("pg_terminate_backend", "pg_cancel_backend"):
            if arguments and arguments[0] == database.own_pid():
                session.lost = "terminated" if name == "pg_terminate_backend" else "canceled"
                return 1
            backends = database.table("pg_stat_activity")
            pids = {row.get("pid") for row in backends.rows} if backends is not None else set()
            if not arguments or arguments[0] not in pids:
                pid = arguments[0] if arguments else ""
                session.warnings.append(f"PID {pid} is not a PostgreSQL backend process")
                return 0
        if name == "pg_drop_replication_slot":
            _check_slot(str(arguments[0]) if arguments else "", database)
        if call not in session.calls:
            session.calls.append(call)
        return 1 if ACTING[name] == "bool" else ""

    return act


def _check_slot(name: str, database: Database) -> None:
    slots = database.table("pg_replication_slots")
    held = [
        row for row in (slots.rows if slots is not None else ()) if row.get("slot_name") == name
    ]
    if not held:
        raise SqlError(f'replication slot "{name}" does not exist')
    if held[0].get("active"):
        pid = held[0].get("active_pid") or 0
        raise SqlError(f'replication slot "{name}" is active for PID {pid}')
