"""Statements that would change a database, as acts for the world to decide."""

import pytest
from databases_fake import ALICE, DATABASES

from simulator.shell.prompt import run

ACTS = [
    ("psql -h ro -c 'checkpoint'", "checkpoint", "", {}),
    ("psql -h ro -c 'select pg_wal_replay_pause()'", "pg_wal_replay_pause", "", {}),
    ("psql -c \"select pg_drop_replication_slot('idle')\"", "pg_drop_replication_slot", "idle", {}),
    (
        "psql -c 'begin' -c 'update visits set who = 1' -c 'commit'",
        "update",
        "visits",
        {"rows": "2"},
    ),
    (
        "psql -c \"insert into visits values (3,'x','y'),(4,'z','w')\"",
        "insert",
        "visits",
        {"rows": "2"},
    ),
    ("psql -c 'insert into visits select * from visits'", "insert", "visits", {"rows": "2"}),
    ("psql -c 'select pg_reload_conf(), pg_reload_conf()'", "pg_reload_conf", "", {}),
    ("psql -c 'alter system set work_mem = 64'", "alter system", "work_mem", {"value": "64"}),
    ("psql -c 'alter table visits add column x int'", "alter table", "visits", {}),
    ("psql -c 'drop table if exists nope'", "drop table", "nope", {}),
    ("psql -c 'create index i on visits(id)'", "create index", "i", {}),
    ("psql -c 'create or replace view v as select 1'", "create view", "v", {}),
    ("psql -c \"alter role root password 'x'\"", "alter role", "root", {"password": "***"}),
    (
        "psql -c 'grant select on visits to ann'",
        "grant",
        "select on visits to ann",
        {"value": "ann"},
    ),
    ("psql -c 'truncate visits'", "truncate", "visits", {}),
    ("psql -c 'vacuum analyze visits'", "vacuum", "visits", {}),
    ("psql -c 'reindex table visits'", "reindex", "visits", {}),
]


@pytest.mark.parametrize(("line", "verb", "target", "options"), ACTS)
def test_a_change_is_asked_for(line, verb, target, options):
    """Verb, object and what else decides, beside host and database."""
    (act,) = run(line, DATABASES, ALICE).acts
    told = {name: value for name, value in act.options.items() if name not in ("host", "database")}

    assert (act.tool, act.verb, act.target, told) == ("psql", verb, target, options)
    assert act.options["database"] == "shop"
