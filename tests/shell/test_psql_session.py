"""Whoever asks a database is a session of it too, and may even end itself."""

import pytest
from cloud_fake import ALICE, Papers, typed

from simulator.shell.psql import answer

MAIN = "sql/main"
OTHERS = [
    {"pid": 41, "datid": 16402, "datname": "shop", "usename": "web", "state": "active"},
    {"pid": 42, "datid": 16402, "datname": "shop", "usename": "web", "state": "idle"},
]
PAPERS = Papers(tables={MAIN: [{"ends": "ok", "seconds": 0.1}], f"{MAIN}/pg_stat_activity": OTHERS})
BARE = Papers(tables={MAIN: [{"ends": "ok", "seconds": 0.1}]})


def sql(*statements, papers=PAPERS, piped=None):
    """The reply to `-c` statements, or to a piped script, as alice on the shop's database."""
    flags = [word for statement in statements for word in ("-c", statement)]
    words = ("psql", "-h", "main", "-d", "shop", "-At", *flags)
    return answer(typed(*words), papers, ALICE, piped)


def test_the_asker_sees_its_own_query_running():
    """The last row is this very statement, active since this second."""
    statement = (
        "select pid,datid,datname,usename,application_name,state,backend_type,query"
        " from pg_stat_activity where query_start = now()"
    )
    reply = sql(statement)

    assert reply.out == f"43|16402|shop|alice|psql|active|client backend|{statement}\n"


def test_a_server_with_no_other_session_shows_one():
    """The view is never empty to somebody who can look."""
    assert sql("select count(*), max(state) from pg_stat_activity", papers=BARE).out == "1|active\n"


def test_the_asker_can_leave_itself_out():
    """`pid <> pg_backend_pid()`, as everybody writes it."""
    reply = sql(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where state = 'active' and pid <> pg_backend_pid()"
    )

    assert (reply.out, [act.target for act in reply.acts]) == ("t\n", ["41"])


def test_a_stated_process_is_the_one_shown():
    """What the server's facts say of the asker's process holds."""
    told = {**PAPERS.tables, f"{MAIN}/functions": [{"pg_backend_pid": 977}]}
    reply = sql("select max(pid), pg_backend_pid() from pg_stat_activity",
                papers=Papers(tables=told))  # fmt: skip

    assert reply.out == "977|977\n"


@pytest.mark.parametrize("piped", [False, True])
def test_terminating_every_session_ends_ones_own(piped):
    """The others are gone, the rows never arrive, nothing after it runs, psql leaves with 2."""
    kill = "select pg_terminate_backend(pid) from pg_stat_activity"
    reply = sql(piped=f"{kill};\nselect 1;\n") if piped else sql(kill, "select 1")

    assert (reply.out, reply.status) == ("", 2)
    assert reply.err.startswith("FATAL:  terminating connection due to administrator command\n")
    assert reply.err.endswith("connection to server was lost\n")
    assert [(act.verb, act.target) for act in reply.acts] == [("pg_terminate_backend", "41,42")]


def test_cancelling_ones_own_query_cancels_only_it():
    """An error like any other: the next statement runs."""
    reply = sql("select pg_cancel_backend(pg_backend_pid())", "select 1")

    assert (reply.out, reply.err) == ("1\n", "ERROR:  canceling statement due to user request\n")
    assert reply.acts == ()
