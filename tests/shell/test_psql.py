"""psql on the drill's databases: the drills' looks and actions, and what people type besides."""

import pytest
from cloud_fake import ALICE, Papers, at, typed
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.shell.psql import answer
from simulator.shell.reply import Terminal

ACTIVITY = [
    {"pid": 4711, "usename": "analytics", "state": "active", "query_start": at("09:15:30"),
     "query": "weekly_rollup: select a.x from one a join two b using (id)"},
    {"pid": 4712, "usename": "fraiseql", "state": "idle", "query_start": at("10:08:00"),
     "query": "commit"},
    {"pid": 4713, "usename": "fraiseql", "state": "idle", "query_start": None, "query": ""},
]  # fmt: skip
SLOTS = [
    {"slot_name": "rds_eu_db_b", "slot_type": "physical", "active": True, "active_pid": 77,
     "wal_status": "reserved", "restart_lsn": "A1/2F000000"},
    {"slot_name": "cdc_analytics", "slot_type": "logical", "active": False,
     "wal_status": "extended", "restart_lsn": "93/EF000000"},
]  # fmt: skip
PAPERS = Papers(
    tables={
        "sql/fraiseql-db-a": [{"ends": "ok", "seconds": 0.06}],
        "sql/fraiseql-db-a/functions": [
            {"pg_is_in_recovery": False, "pg_current_wal_lsn": "A1/2F000060"}
        ],
        "sql/fraiseql-db-a/pg_stat_activity": ACTIVITY,
        "sql/fraiseql-db-a/pg_replication_slots": SLOTS,
        "sql/fraiseql-db-a/tenant_schemas": [
            {"tenant_id": "T-1180", "version": 3, "type_count": 214,
             "published_at": "2026-03-12T09:12:00Z"},
            {"tenant_id": "T-3310", "version": 89, "type_count": 11800,
             "published_at": "2026-03-12T13:59:40Z"},
        ],
        "sql/fraiseql-db-b": [{"ends": "ok", "seconds": 0.06}],
        "sql/fraiseql-db-b/functions": [
            {
                "pg_is_in_recovery": True,
                "pg_last_wal_receive_lsn": "A1/2E000148",
                "pg_last_wal_replay_lsn": "A1/2E000148",
                "pg_last_xact_replay_timestamp": "2026-03-13T10:04:56.2Z",
                "pg_promote": {"error": "permission denied for function pg_promote"},
            }
        ],
        "sql/fraiseql-db-b/pg_stat_activity": ACTIVITY,
        "sql/fraiseql-db-b/tenants": [{"id": 1}],
        "sql/gone": [{"ends": "timeout", "seconds": 10}],
        "sql/shut": [{"ends": "refused", "seconds": 0}],
        "sql/stopping": [
            {
                "ends": "failed",
                "seconds": 0,
                "message": "FATAL:  the database system is shutting down",
            }
        ],
        "dns/db.fraiseql.internal": [
            {"type": "CNAME", "ttl": 30, "value": "fraiseql-db-a.rds.example."}
        ],
        "dns/gone": [{"type": "A", "value": "10.20.65.21"}],
        "net/pod/fraiseql-db-a:5432": [{"ends": "timeout", "seconds": 10}],
    }
)  # fmt: skip
MAIN = "fraiseql-db-a"
REPLICA = "fraiseql-db-b"


def sql(host, *rest, terminal=ALICE, heredoc=None, piped=None):
    """The reply to `psql -h host ...`."""
    words = typed("psql", "-h", host, *rest, heredoc=heredoc)
    return answer(words, PAPERS, terminal, piped)


def test_the_bastion_asks_whether_it_lives():
    """Look 4: one row in libpq's default frame, reached through the CNAME."""
    reply = sql("db.fraiseql.internal", "-c", "select 1, pg_is_in_recovery()")

    assert reply.out == (
        " ?column? | pg_is_in_recovery \n----------+-------------------\n        1 | f\n(1 row)\n\n"
    )
    assert reply.reads == (
        "dns/db.fraiseql.internal",
        "sql/fraiseql-db-a",
        "sql/fraiseql-db-a/functions",
    )


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("gone", 'server at "gone" (10.20.65.21), port 5432 failed: timeout expired'),
        ("shut", 'server at "shut", port 5432 failed: Connection refused'),
        ("stopping", "failed: FATAL:  the database system is shutting down"),
        ("nowhere", 'could not translate host name "nowhere" to address'),
    ],
)
def test_a_connection_fails_in_libpqs_words(host, words):
    """Timeout, refusal, the server's own last words, an unknown name."""
    reply = sql(host, "-c", "select 1")

    assert words in reply.err
    assert (reply.way, reply.status) == ("refused", 2)


def test_the_path_from_here_decides_before_the_server_does():
    """Drill 2-D: from a pod nothing answers, from the bastion all is well."""
    assert (
        "timeout expired"
        in sql(MAIN, "-c", "select 1", terminal=Terminal(user="a", host="pod")).err
    )
    assert sql(MAIN, "-c", "select 1").status == 0


def test_the_replica_tells_how_far_it_is():
    """Look 7: receive, replay and the last replayed commit."""
    reply = sql(
        REPLICA, "-x", "-c",
        "select pg_is_in_recovery(), pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn(),"
        " pg_last_xact_replay_timestamp(), now() - pg_last_xact_replay_timestamp() as behind",
    )  # fmt: skip

    assert reply.out == (
        "-[ RECORD 1 ]-----------------+-------------------------\n"
        "pg_is_in_recovery             | t\n"
        "pg_last_wal_receive_lsn       | A1/2E000148\n"
        "pg_last_wal_replay_lsn        | A1/2E000148\n"
        "pg_last_xact_replay_timestamp | 2026-03-13 10:04:56.2+00\n"
        "behind                        | 00:03:33.8\n"
        "\n"
    )


def test_an_empty_view_still_has_its_columns():
    """Look 9: no receiver, zero rows, no error."""
    reply = sql(REPLICA, "-c", "select status,latest_end_time from pg_stat_wal_receiver")

    assert reply.out == (" status | latest_end_time \n--------+-----------------\n(0 rows)\n\n")


def test_the_long_query_is_found():
    """Look 12: who runs what, for how long."""
    reply = sql(
        REPLICA, "-At", "-c",
        "select pid,usename,state,now()-query_start,left(query,13) from pg_stat_activity"
        " where state='active'",
    )  # fmt: skip

    assert reply.out == (
        "4711|analytics|active|00:53:00|weekly_rollup\n4714|alice|active|00:00:00|select pid,us\n"
    )


def test_the_orphaned_slot_shows_its_size():
    """Look 13: 53 GB held by a slot nobody reads."""
    reply = sql(
        MAIN, "-Atc",
        "select slot_name,slot_type,active,wal_status,"
        "pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(),restart_lsn))"
        " from pg_replication_slots",
    )  # fmt: skip

    assert reply.out == (
        "rds_eu_db_b|physical|t|reserved|96 bytes\ncdc_analytics|logical|f|extended|53 GB\n"
    )


def test_sessions_by_state_and_newest_schemas():
    """Looks 15 and 19 of drill 1: grouping and ordering by position."""
    states = sql(MAIN, "-c", "select state,count(*) from pg_stat_activity group by 1")
    newest = sql(
        MAIN, "-Atc",
        "select tenant_id,version,type_count,published_at from tenant_schemas"
        " order by 4 desc limit 1",
    )  # fmt: skip

    assert states.out == (
        " state  | count \n--------+-------\n active |     2\n idle   |     2\n(2 rows)\n\n"
    )
    assert newest.out == "T-3310|89|11800|2026-03-12 13:59:40+00\n"


def test_killing_the_rollup_is_an_act_on_the_pids_found():
    """Action 3: the act names the process and whose it is."""
    line = "select pg_terminate_backend(pid) from pg_stat_activity where usename='analytics'"
    reply = sql(REPLICA, "-c", line)
    (act,) = reply.acts

    assert reply.out.splitlines()[2:] == [" t", "(1 row)", ""]
    assert (act.tool, act.verb, act.target) == ("psql", "pg_terminate_backend", "4711")
    assert (act.options["host"], act.options["usename"]) == (REPLICA, "analytics")


def test_an_unknown_process_is_only_a_warning():
    """No act, false, and a warning on standard error."""
    reply = sql(MAIN, "-Atc", "select pg_terminate_backend(99)")

    assert (reply.out, reply.acts) == ("f\n", ())
    assert reply.err == "WARNING:  PID 99 is not a PostgreSQL backend process\n"


def test_dropping_the_slot():
    """Action 11: an act where the slot is idle, the server's refusals where it is not."""
    dropped = sql(MAIN, "-c", "select pg_drop_replication_slot('cdc_analytics')")
    busy = sql(MAIN, "-c", "select pg_drop_replication_slot('rds_eu_db_b')")
    missing = sql(MAIN, "-c", "select pg_drop_replication_slot('x')")

    assert [(act.verb, act.target) for act in dropped.acts] == [
        ("pg_drop_replication_slot", "cdc_analytics")
    ]
    assert busy.err == 'ERROR:  replication slot "rds_eu_db_b" is active for PID 77\n'
    assert missing.err == 'ERROR:  replication slot "x" does not exist\n'


def test_the_server_refuses_what_it_would():
    """No promotion without the right, no write on a standby, no WAL position either."""
    assert sql(REPLICA, "-c", "select pg_promote()").err == (
        "ERROR:  permission denied for function pg_promote\n"
    )
    assert sql(REPLICA, "-c", "delete from tenants").err == (
        "ERROR:  cannot execute DELETE in a read-only transaction\n"
    )
    assert sql(REPLICA, "-c", "select pg_current_wal_lsn()").err.startswith(
        "ERROR:  recovery is in progress\nHINT:  "
    )
    assert sql(REPLICA, "-c", "delete from tenants").acts == ()


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        (
            "select nope from tenants",
            'ERROR:  column "nope" does not exist\nLINE 1: select nope from tenants\n'
            + " " * 15
            + "^\n",
        ),
        (
            "select * from nope",
            'ERROR:  relation "nope" does not exist\nLINE 1: select * from nope\n'
            + " " * 22
            + "^\n",
        ),
        ("selec 1", 'ERROR:  syntax error at or near "selec"\nLINE 1: selec 1\n        ^\n'),
        ("select 1/0", "ERROR:  division by zero\n"),
        (
            "select 1 +",
            "ERROR:  syntax error at end of input\nLINE 1: select 1 +\n                  ^\n",
        ),
    ],
)
def test_errors_come_in_postgresqls_words(statement, error):
    """With the line and a caret under the word."""
    reply = sql(REPLICA, "-c", statement)

    assert (reply.err, reply.status, reply.out) == (error, 1, "")


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("7/2", "3"),
        ("round(7/2.0, 2)", "3.50"),
        ("now()", "2026-03-13 10:08:30+00"),
        ("now() - interval '2 hours'", "2026-03-13 08:08:30+00"),
        ("now()::date", "2026-03-13"),
        ("date_trunc('hour', now())", "2026-03-13 10:00:00+00"),
        ("to_char(now(), 'HH24:MI')", "10:08"),
        ("extract(epoch from interval '90 seconds')", "90.000000"),
        ("'3 days 04:05:06'::interval", "3 days 04:05:06"),
        ("'a' || 1 || true", "a1true"),
        ("1 = 1 and not 2 > 3", "t"),
        ("pg_size_pretty(10240)", "10 kB"),
        ("pg_size_pretty(10239)", "10239 bytes"),
        ("coalesce(null, 'x')", "x"),
        ("split_part('a,b', ',', 2)", "b"),
    ],
)
def test_expressions_are_shown_as_psql_shows_them(expression, shown):
    """Numbers, times, spans, truth."""
    assert sql(MAIN, "-Atc", f"select {expression}").out == f"{shown}\n"


def test_queries_people_think_of_besides():
    """Subqueries, aggregates with filters, patterns, joins to the same view."""
    query = (
        "with long as (select pid, now()-query_start as d from pg_stat_activity"
        " where query ~* '^WEEKLY') select count(*) filter (where d > '5 min'), max(d),"
        " bool_or(usename like 'ana%') from long join pg_stat_activity using (pid)"
    )

    assert sql(MAIN, "-Atc", query).out == "1|00:53:00|t\n"


def test_changes_are_counted_and_become_acts():
    """An update tells how many rows; altering a role never repeats the password."""
    update = sql(MAIN, "-c", "update tenant_schemas set version=88 where tenant_id='T-3310'")
    alter = sql(MAIN, "-c", "alter role fq_readonly password 'secret'")

    assert (update.out, update.acts[0].verb, update.acts[0].target) == (
        "UPDATE 1\n", "update", "tenant_schemas",
    )  # fmt: skip
    assert (alter.out, alter.acts[0].verb, alter.acts[0].target) == (
        "ALTER ROLE\n", "alter role", "fq_readonly",
    )  # fmt: skip
    assert "secret" not in str(alter.acts[0].options)


def test_times_may_be_epochs_or_iso_text():
    """A key minted minutes ago stands beside one of last year."""
    keys = [
        {"key_id": "HL01", "created_at": "2025-06-02T09:00:00Z"},
        {"key_id": "HL09", "created_at": at("10:01:05")},
    ]
    papers = Papers(tables={"sql/m": [{"ends": "ok", "seconds": 0}], "sql/m/api_keys": keys})
    query = "select * from api_keys where created_at > now()-interval '2 hours'"
    reply = answer(typed("psql", "-h", "m", "-Atc", query), papers, ALICE, None)

    assert reply.out == "HL09|2026-03-13 10:01:05+00\n"


def test_settings_are_told_or_not_simulated_but_never_invented():
    """`show` reads pg_settings; an unstated setting is said not to be simulated."""
    settings_rows = [{"name": "max_connections", "setting": "100"}]
    papers = Papers(
        tables={"sql/m": [{"ends": "ok", "seconds": 0}], "sql/m/pg_settings": settings_rows}
    )
    told = answer(typed("psql", "-h", "m", "-Atc", "show max_connections"), papers, ALICE, None)
    unstated = answer(typed("psql", "-h", "m", "-Atc", "show work_mem"), papers, ALICE, None)

    assert (told.out, unstated.way) == ("100\n", "not_simulated")


def test_a_rolled_back_change_is_no_act():
    """Statements of one line run in order."""
    reply = sql(MAIN, "-c", "begin; delete from tenant_schemas; rollback; select 1 as one")

    assert reply.acts == ()
    assert reply.out.startswith("BEGIN\nDELETE 2\nROLLBACK\n one \n")


def test_a_connection_string_and_a_here_document():
    """`psql "$FQ_DB" <<SQL` after expansion; backslash commands go between statements."""
    words = typed(
        "psql", "postgresql://alice:x@fraiseql-db-a:5432/fraiseql", heredoc="\\x\nselect 1 as a;\n"
    )
    reply = answer(words, PAPERS, ALICE, None)

    assert reply.out == "Expanded display is on.\n-[ RECORD 1 ]\na | 1\n\n"


def test_backslash_commands():
    """Tables, one table, connection, and an unknown command."""
    tables = sql(MAIN, "-d", "fraiseql", "-c", "\\dt").out
    table = sql(MAIN, "-c", "\\d tenant_schemas").out
    told = sql(MAIN, "-d", "fraiseql", "-U", "al", "-c", "\\conninfo").out

    assert " public | tenant_schemas | table | fraiseql" in tables
    assert " published_at | timestamp with time zone |" in table
    assert told.startswith('You are connected to database "fraiseql" as user "al" on host')
    assert sql(MAIN, "-c", "\\foo").err == "invalid command \\foo\nTry \\? for help.\n"


def test_an_open_session_is_not_simulated():
    """Said so, with three lines that work."""
    reply = sql(MAIN)

    assert (reply.way, len(reply.nearest)) == ("not_simulated", 3)


def test_a_query_without_end_is_cancelled():
    """The engine stops after a bounded number of steps."""
    endless = "with recursive t(n) as (select 1 union all select n+1 from t) select max(n) from t"
    reply = sql(MAIN, "-c", endless)

    assert reply.err == "ERROR:  canceling statement due to statement timeout\n"


WORDS = st.lists(
    st.sampled_from(
        ["select", "from", "pg_stat_activity", "where", "*", "(", ")", ",", "pid", "now()", "-",
         "'", "interval", "'1'", "group by", "order by", "1", "count(*)", "::", "date", "with", "a",
         "as", "join", "union", "case", "end", "limit", "over", "in", "any", "[", "]", ".", "\\x",
         ";", "update", "set", "=", "drop", "null", "not", "is", "/", "pg_cancel_backend(pid)"]
    ),
    max_size=12,
)  # fmt: skip


JOINED = WORDS.map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=40), JOINED, JOINED.map("select {}".format)))
def test_no_text_raises(text):
    """Whatever is typed ends in a reply."""
    assert sql(MAIN, "-c", text).status in (0, 1)
