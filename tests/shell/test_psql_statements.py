"""psql statements as people type them: settings, functions, changes, catalogs, faults."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from databases_fake import ALICE, DATABASES
from tellings import told

from simulator.shell.prompt import run

TOLD = [
    (
        "psql -c \"select pg_drop_replication_slot('busy')\"",
        "",
        'ERROR:  replication slot "busy" is active for PID 7\n',
        1,
    ),
    (
        "psql -c \"select pg_drop_replication_slot('none')\"",
        "",
        'ERROR:  replication slot "none" does not exist\n',
        1,
    ),
    (
        "psql -c \"select pg_drop_replication_slot('idle')\"",
        (" pg_drop_replication_slot \n--------------------------\n\n(1 row)\n\n"),
        "",
        0,
    ),
    (
        "psql -c 'begin' -c 'delete from visits where id = 1' -c 'rollback'",
        ("BEGIN\nDELETE 1\nROLLBACK\n"),
        "",
        0,
    ),
    (
        "psql -c 'begin' -c 'update visits set who = 1' -c 'commit'",
        ("BEGIN\nUPDATE 2\nCOMMIT\n"),
        "",
        0,
    ),
    ("psql -c \"insert into visits values (3,'x','y'),(4,'z','w')\"", "INSERT 0 2\n", "", 0),
    ("psql -c 'insert into visits select * from visits'", "INSERT 0 2\n", "", 0),
    (
        "psql -c 'insert into nope values (1)'",
        "",
        (
            'ERROR:  relation "nope" does not exist\n'
            "LINE 1: insert into nope values (1)\n"
            "                    ^\n"
        ),
        1,
    ),
    (
        "psql -c 'delete from nope'",
        "",
        (
            'ERROR:  relation "nope" does not exist\n'
            "LINE 1: delete from nope\n"
            "                    ^\n"
        ),
        1,
    ),
    (
        "psql -c 'update visits'",
        "",
        ("ERROR:  syntax error at end of input\nLINE 1: update visits\n                     ^\n"),
        1,
    ),
    ("psql -c 'alter system set work_mem = 64'", "ALTER SYSTEM\n", "", 0),
    ("psql -c 'alter table visits add column x int'", "ALTER TABLE\n", "", 0),
    (
        "psql -c 'alter table nope add column x int'",
        "",
        (
            'ERROR:  relation "nope" does not exist\n'
            "LINE 1: alter table nope add column x int\n"
            "                    ^\n"
        ),
        1,
    ),
    ("psql -c 'drop table nope'", "", 'ERROR:  table "nope" does not exist\n', 1),
    ("psql -c 'drop table if exists nope'", "DROP TABLE\n", "", 0),
    ("psql -c 'create index i on visits(id)'", "CREATE INDEX\n", "", 0),
    (
        "psql -c 'create'",
        "",
        ("ERROR:  syntax error at end of input\nLINE 1: create\n              ^\n"),
        1,
    ),
    ("psql -c 'create or replace view v as select 1'", "CREATE VIEW\n", "", 0),
    ("psql -c \"alter role root password 'x'\"", "ALTER ROLE\n", "", 0),
    ("psql -c 'grant select on visits to ann'", "GRANT\n", "", 0),
    ("psql -c 'truncate visits'", "TRUNCATE TABLE\n", "", 0),
    ("psql -c 'vacuum analyze visits'", "VACUUM\n", "", 0),
    ("psql -c 'reindex table visits'", "REINDEX\n", "", 0),
    ("psql -c 'set search_path = x'", "SET\n", "", 0),
    (
        "psql -c 'foo bar'",
        "",
        ('ERROR:  syntax error at or near "foo"\nLINE 1: foo bar\n        ^\n'),
        1,
    ),
    ("psql -c '!'", "", ('ERROR:  syntax error at or near "!"\nLINE 1: !\n        ^\n'), 1),
    (
        "psql -c 'select 1; select 2'",
        (
            " ?column? \n"
            "----------\n"
            "        1\n"
            "(1 row)\n"
            "\n"
            " ?column? \n"
            "----------\n"
            "        2\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c 'select (((((((((((((((((((((((((((((((((((((((((((((1)))))))))))))))))))))))))))))))))))))))))))))'",
        "",
        "ERROR:  stack depth limit exceeded\n",
        1,
    ),
    ("psql -c ''", "", "", 0),
    ("psql -c '-- only a remark'", "", "", 0),
    (
        "psql -c 'table visits'",
        (
            " id | who | note \n"
            "----+-----+------\n"
            "  1 | ann | a   +\n"
            "    |     | bb\n"
            " 22 |     | c\n"
            "(2 rows)\n"
            "\n"
        ),
        "",
        0,
    ),
    ("psql -c 'with a as (select 1 as x) select x from a'", (" x \n---\n 1\n(1 row)\n\n"), "", 0),
    (
        "psql -c 'select distinct who from visits order by who'",
        (" who \n-----\n ann\n\n(2 rows)\n\n"),
        "",
        0,
    ),
    (
        "psql -c 'select v.* from public.visits v limit 1'",
        (" id | who | note \n----+-----+------\n  1 | ann | a   +\n    |     | bb\n(1 row)\n\n"),
        "",
        0,
    ),
    (
        "psql -c 'select * from functions'",
        "",
        (
            'ERROR:  relation "functions" does not exist\n'
            "LINE 1: select * from functions\n"
            "                      ^\n"
        ),
        1,
    ),
    (
        "psql -c 'select v.nope from visits v'",
        "",
        (
            "ERROR:  column v.nope does not exist\n"
            "LINE 1: select v.nope from visits v\n"
            "               ^\n"
        ),
        1,
    ),
    (
        "psql -c 'select x.* from visits'",
        "",
        (
            'ERROR:  missing FROM-clause entry for table "x"\n'
            "LINE 1: select x.* from visits\n"
            "               ^\n"
        ),
        1,
    ),
    (
        "psql -c 'select 1 from visits v, visits v'",
        "",
        'ERROR:  table name "v" specified more than once\n',
        1,
    ),
    (
        "psql -c 'select id from visits order by nope'",
        "",
        (
            'ERROR:  column "nope" does not exist\n'
            "LINE 1: select id from visits order by nope\n"
            "                                       ^\n"
        ),
        1,
    ),
    (
        "psql -c 'insert into visits'",
        "",
        (
            "ERROR:  syntax error at end of input\n"
            "LINE 1: insert into visits\n"
            "                          ^\n"
        ),
        1,
    ),
    (
        "psql -c 'select \"open'",
        "",
        (
            'ERROR:  unterminated quoted identifier at or near ""open"\n'
            'LINE 1: select "open\n'
            "               ^\n"
        ),
        1,
    ),
    (
        "psql -c 'select pg_reload_conf(), pg_reload_conf()'",
        (
            " pg_reload_conf | pg_reload_conf \n"
            "----------------+----------------\n"
            " t              | t\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c 'select now() - 1'",
        "",
        (
            "ERROR:  operator does not exist: timestamp with time zone - integer\n"
            "HINT:  No operator matches the given name and argument types. You might need to add explicit type casts.\n"
        ),
        1,
    ),
]
NOT_PLAYED = [
    "psql -- main",
    "psql",
    "psql -c 'show work_mem'",
    "psql -c 'select to_tsvector(1)'",
    "psql -c 'copy visits to stdout'",
    "psql -c 'explain select 1'",
    "psql -c 'select * into x from visits'",
    "psql -c 'select * from generate_series(1,3)'",
    "psql -c 'values (1),(2)'",
    "psql -c 'select id = any(select id from visits) from visits'",
    "psql -c 'select $$a'",
    "psql -c 'delete from (select 1)'",
    "psql -c \"select x'41'\"",
    "psql -c \"select left('abc','x')\"",
    "psql -c \"select to_char(5,'999')\"",
    f"psql -c 'select {'not ' * 800}true'",
    "psql -c 'select array[1,2]'",
    "psql -c \"select date_trunc('day', to_timestamp(1e15))\"",
    "psql -c 'select * from visits v join visits w using (nope)'",
    "psql -c 'select count(*) from \"Odd\"'",
    "psql -c 'select id from visits for update'",
]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_psql_prints(line, out, err, status):
    """Both streams and the status."""
    assert told(line, DATABASES, ALICE) == (out, err, status)


@pytest.mark.parametrize("line", NOT_PLAYED)
def test_real_sql_that_is_not_played(line):
    """Said so, with three lines that work."""
    reply = run(line, DATABASES, ALICE)

    assert (reply.way, len(reply.nearest)) == ("not_simulated", 3)
