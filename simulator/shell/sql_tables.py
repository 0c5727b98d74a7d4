"""The tables of one simulated database: which exist, their columns, and their rows.

Rule 1: a table is what the documents hold under `sql/<host>/<table>`; its columns come from
    `sql/<host>/information_schema.columns` where that has rows, from the catalog below for the
    server's own views, and from the rows themselves.
Rule 2: a view of the server that nobody filled is empty, not missing.
Rule 3: whoever asks is a session too: `pg_stat_activity` ends with the asker's own row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.shell.documents import Documents, Row
from simulator.shell.sql_values import TYPE_NAMES, Kind, kind_among, kind_of

_TIMES: Final = "backend_start:timestamptz xact_start:timestamptz query_start:timestamptz"

CATALOG: Final[Mapping[str, str]] = {
    "pg_stat_activity": (
        "datid:oid datname pid:int leader_pid:int usesysid:oid usename application_name client_addr"
        f" client_hostname client_port:int {_TIMES} state_change:timestamptz wait_event_type"
        " wait_event state backend_xid backend_xmin query_id:bigint query backend_type"
    ),
    "pg_stat_replication": (
        "pid:int usesysid:oid usename application_name client_addr client_hostname client_port:int"
        " backend_start:timestamptz backend_xmin state sent_lsn write_lsn flush_lsn replay_lsn"
        " write_lag:interval flush_lag:interval replay_lag:interval sync_priority:int sync_state"
        " reply_time:timestamptz"
    ),
    "pg_stat_wal_receiver": (
        "pid:int status receive_start_lsn receive_start_tli:int written_lsn flushed_lsn"
        " received_tli:int last_msg_send_time:timestamptz last_msg_receipt_time:timestamptz"
        " latest_end_lsn latest_end_time:timestamptz slot_name sender_host sender_port:int conninfo"
    ),
    "pg_replication_slots": (
        "slot_name plugin slot_type datoid:oid database temporary:bool active:bool active_pid:int"
        " xmin catalog_xmin restart_lsn confirmed_flush_lsn wal_status safe_wal_size:bigint"
        " two_phase:bool conflicting:bool"
    ),
    "pg_locks": (
        "locktype database:oid relation transactionid pid:int mode granted:bool fastpath:bool"
        " waitstart:timestamptz"
    ),
    "pg_settings": (
        "name setting unit category short_desc context vartype source min_val max_val boot_val"
        " reset_val pending_restart:bool"
    ),
    "pg_database": (
        "oid:oid datname datdba encoding datcollate datctype datallowconn:bool datconnlimit:int"
    ),
    "pg_roles": (
        "rolname rolsuper:bool rolinherit:bool rolcreaterole:bool rolcreatedb:bool rolcanlogin:bool"
        " rolreplication:bool rolconnlimit:int rolvaliduntil:timestamptz"
    ),
    "pg_stat_database": (
        "datid:oid datname numbackends:int xact_commit:bigint xact_rollback:bigint blks_read:bigint"
        " blks_hit:bigint tup_returned:bigint tup_fetched:bigint tup_inserted:bigint"
        " tup_updated:bigint tup_deleted:bigint conflicts:bigint temp_files:bigint deadlocks:bigint"
        " stats_reset:timestamptz"
    ),
    "pg_stat_user_tables": (
        "relid:oid schemaname relname seq_scan:bigint idx_scan:bigint n_tup_ins:bigint"
        " n_tup_upd:bigint n_tup_del:bigint n_live_tup:bigint n_dead_tup:bigint"
        " last_vacuum:timestamptz last_autovacuum:timestamptz last_analyze:timestamptz"
        " last_autoanalyze:timestamptz"
    ),
    "pg_stat_archiver": (
        "archived_count:bigint last_archived_wal last_archived_time:timestamptz failed_count:bigint"
        " last_failed_wal last_failed_time:timestamptz stats_reset:timestamptz"
    ),
    "pg_stat_statements": (
        "userid:oid dbid:oid queryid:bigint query calls:bigint total_exec_time:float"
        " mean_exec_time:float max_exec_time:float rows:bigint"
    ),
    "pg_stat_database_conflicts": (
        "datid:oid datname confl_tablespace:bigint confl_lock:bigint confl_snapshot:bigint"
        " confl_bufferpin:bigint confl_deadlock:bigint"
    ),
    "pg_stat_progress_vacuum": (
        "pid:int datname relid:oid phase heap_blks_total:bigint heap_blks_scanned:bigint"
    ),
    "pg_stat_subscription": (
        "subid:oid subname pid:int received_lsn latest_end_lsn latest_end_time:timestamptz"
    ),
    "pg_extension": "oid:oid extname extversion",
    "pg_tables": "schemaname tablename tableowner hasindexes:bool",
    "pg_indexes": "schemaname tablename indexname indexdef",
    "pg_user": (
        "usename usesysid:oid usecreatedb:bool usesuper:bool userepl:bool valuntil:timestamptz"
    ),
    "pg_publication": "oid:oid pubname puballtables:bool",
    "pg_stat_ssl": "pid:int ssl:bool version cipher bits:int client_dn",
    "information_schema.tables": "table_catalog table_schema table_name table_type",
    "information_schema.columns": (
        "table_catalog table_schema table_name column_name ordinal_position:int data_type"
        " is_nullable column_default"
    ),
}
"""Columns of the server's views (PostgreSQL 16), `name:type`, text where no type is said."""

_FIRST_PID: Final = 30_000
_SCHEMAS_LEFT_OUT: Final = frozenset({"", "public", "pg_catalog"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    name: str
    type_name: str
    """As `\\d` shows it."""
    kind: Kind
    nullable: bool = True
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table or view with its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """One server's database as the documents tell it."""

    documents: Documents
    host: str
    """The name under which its documents are kept."""
    name: str
    user: str
    query: str = ""
    """The statement being run; empty between statements."""

    @property
    def kind(self) -> str:
        """The prefix of its documents' kinds."""
        return f"sql/{self.host}"

    def functions(self) -> Mapping[str, Any]:
        """Facts the server's functions tell: name -> value."""
        rows = self.documents.rows(f"{self.kind}/functions")
        return rows[0] if rows else {}

    def user_tables(self) -> tuple[str, ...]:
        """The tables that are not the server's own, sorted."""
        prefix = f"{self.kind}/"
        names = {kind.removeprefix(prefix) for kind in self.documents.kinds(prefix)}
        names |= {str(row.get("table_name", "")) for row in self._declared()}
        names -= {"", "functions"}
        return tuple(sorted(n for n in names if not n.startswith(("pg_", "information_schema."))))

    def table(self, name: str, schema: str = "") -> Table | None:
        """The table of that name; `None` where it does not exist."""
        full = name if schema in _SCHEMAS_LEFT_OUT else f"{schema}.{name}"
        if full == "functions":
            return None
        rows = self.documents.rows(f"{self.kind}/{full}") or self._made(full)
        if full == "pg_stat_activity" and self.query:
            rows = [*rows, self._own_session(rows)]
        columns = self._columns(full, rows)
        kind = f"{self.kind}/{full}"
        known = full in CATALOG or kind in self.documents.kinds(kind)
        if not columns and not known:
            return None
        return Table(name=full, columns=columns, rows=rows)

    def own_pid(self) -> int:
        """The process that serves the asker: what the server says it is, else the newest."""
        told = self.functions().get("pg_backend_pid")
        rows = self.documents.rows(f"{self.kind}/pg_stat_activity")
        pids = [pid for row in rows if isinstance(pid := row.get("pid"), int)]
        return told if isinstance(told, int) else max(pids, default=_FIRST_PID) + 1

    def _own_session(self, others: Sequence[Row]) -> Row:
        now = self.documents.now
        alike = [row for row in others if row.get("datname") == self.name]
        return {
            "datid": alike[0].get("datid") if alike else None,
            "datname": self.name,
            "pid": self.own_pid(),
            "usename": self.user,
            "application_name": "psql",
            "backend_start": now,
            "xact_start": now,
            "query_start": now,
            "state_change": now,
            "state": "active",
            "query": self.query,
            "backend_type": "client backend",
        }

    def _declared(self) -> Sequence[Row]:
        return self.documents.rows(f"{self.kind}/information_schema.columns")

    def _columns(self, full: str, rows: Sequence[Row]) -> tuple[Column, ...]:
        types: dict[str, str] = {}
        for text in CATALOG.get(full, "").split():
            name, _, type_name = text.partition(":")
            types[name] = type_name or "text"
        declared = [row for row in self._declared() if row.get("table_name") == full]
        told = {str(row.get("column_name", "")): row for row in sorted(declared, key=_position)}
        types |= {name: str(row.get("data_type", "text")) for name, row in told.items()}
        columns = [
            Column(
                name=name,
                type_name=_SHOWN.get(type_name, type_name),
                kind=kind_of(type_name),
                nullable=told.get(name, {}).get("is_nullable") != "NO",
                default=str(told.get(name, {}).get("column_default") or ""),
            )
            for name, type_name in types.items()
        ]
        names: dict[str, None] = {}
        for row in rows:
            names.update(dict.fromkeys(name for name in row if name not in types))
        for name in names:
            kind = kind_among(name, (row.get(name) for row in rows))
            columns.append(Column(name=name, type_name=TYPE_NAMES.get(kind, kind), kind=kind))
        return tuple(columns)

    def _made(self, full: str) -> Sequence[Row]:
        """Rows of catalog views that follow from the other documents."""
        match full:
            case "pg_tables":
                return [
                    {"schemaname": "public", "tablename": name, "tableowner": "fraiseql"}
                    for name in self.user_tables()
                ]
            case "information_schema.tables":
                return [
                    {"table_catalog": self.name, "table_schema": "public", "table_name": name}
                    | {"table_type": "BASE TABLE"}
                    for name in self.user_tables()
                ]
            case "pg_database":
                return [{"datname": self.name, "encoding": "UTF8", "datallowconn": True}]
            case "pg_user" | "pg_roles":
                column = "usename" if full == "pg_user" else "rolname"
                return [
                    {column: self.user, "rolcanlogin": True}
                    if full == "pg_roles"
                    else {column: self.user}
                ]
        return ()


def _position(row: Row) -> int:
    return int(row.get("ordinal_position", 0))


_SHOWN: Final[Mapping[str, str]] = {
    "int": "integer",
    "bool": "boolean",
    "float": "double precision",
    "timestamptz": "timestamp with time zone",
}
"""The catalog's short names as `\\d` shows them."""
