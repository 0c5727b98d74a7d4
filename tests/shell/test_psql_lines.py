"""psql lines as people type them: flags, forms, backslashes, statements, and where they connect."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from databases_fake import ALICE, DATABASES

from simulator.shell.prompt import run

TOLD = [
    (
        "psql -l",
        (
            "                   List of databases\n"
            " Name |  Owner   | Encoding |   Collate   |    Ctype    \n"
            "------+----------+----------+-------------+-------------\n"
            " shop | fraiseql | UTF8     | en_US.UTF-8 | en_US.UTF-8\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\l' -c '\\dx'",
        (
            "                   List of databases\n"
            " Name |  Owner   | Encoding |   Collate   |    Ctype    \n"
            "------+----------+----------+-------------+-------------\n"
            " shop | fraiseql | UTF8     | en_US.UTF-8 | en_US.UTF-8\n"
            "(1 row)\n"
            "\n"
            " List of installed extensions\n"
            "   Name   | Version | Schema \n"
            "----------+---------+--------\n"
            " pgcrypto | 1.3     | public\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\d'",
        (
            "         List of relations\n"
            " Schema |  Name  | Type  |  Owner   \n"
            "--------+--------+-------+----------\n"
            " public | Odd    | table | fraiseql\n"
            " public | visits | table | fraiseql\n"
            "(2 rows)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\dt vis*'",
        (
            "         List of relations\n"
            " Schema |  Name  | Type  |  Owner   \n"
            "--------+--------+-------+----------\n"
            " public | visits | table | fraiseql\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    ("psql -c '\\dt nope'", "", 'Did not find any relation named "nope".\n', 1),
    ("psql -c '\\d nope'", "", 'Did not find any relation named "nope".\n', 1),
    (
        "psql -c '\\du'",
        (
            "          List of roles\n"
            " Role name |      Attributes      \n"
            "-----------+----------------------\n"
            " root      | Superuser, Create DB\n"
            " old       | Cannot login\n"
            "(2 rows)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\dn'",
        (
            "  List of schemas\n"
            "  Name  |  Owner   \n"
            "--------+----------\n"
            " public | fraiseql\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\di'",
        (
            "           List of relations\n"
            " Schema |    Name     | Type  | Table  \n"
            "--------+-------------+-------+--------\n"
            " public | visits_pkey | index | visits\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    ("psql -c '\\dv'", "Did not find any relations.\n", "", 0),
    (
        "psql -c '\\?'",
        "\\d [NAME]  \\dt  \\du  \\dx  \\di  \\l  \\x  \\conninfo  \\timing  \\q\n",
        "",
        0,
    ),
    (
        "psql -c '\\conninfo'",
        'You are connected to database "shop" as user "alice" on host "main" at port "5432".\n',
        "",
        0,
    ),
    ("psql -c '\\bogus'", "", ("invalid command \\bogus\nTry \\? for help.\n"), 1),
    ("psql -h empty -c '\\d'", "", "Did not find any relations.\n", 1),
    ("psql -V", "psql (PostgreSQL) 16.4\n", "", 0),
    ("psql --version", "psql (PostgreSQL) 16.4\n", "", 0),
    ("psql --help | head -1", "psql is the PostgreSQL interactive terminal.\n", "", 0),
    (
        "psql -Z",
        "",
        ("psql: invalid option -- 'Z'\npsql: hint: Try \"psql --help\" for more information.\n"),
        1,
    ),
    (
        "psql --nope",
        "",
        (
            "psql: unrecognized option '--nope'\n"
            'psql: hint: Try "psql --help" for more information.\n'
        ),
        1,
    ),
    (
        "psql -h",
        "",
        (
            "psql: option requires an argument -- 'h'\n"
            'psql: hint: Try "psql --help" for more information.\n'
        ),
        1,
    ),
    (
        "psql --host",
        "",
        (
            "psql: option '--host' requires an argument\n"
            'psql: hint: Try "psql --help" for more information.\n'
        ),
        1,
    ),
    ("psql -f script.sql", "", "psql: error: script.sql: No such file or directory\n", 1),
    (
        "psql --host=main --csv -c 'select * from visits'",
        ('id,who,note\n1,ann,"a\nbb"\n22,,c\n'),
        "",
        0,
    ),
    ("psql --csv -t -c 'select id from visits'", ("1\n22\n"), "", 0),
    ("psql -xt -c 'select id from visits'", ("id | 1\nid | 22\n\n"), "", 0),
    ("psql -xA -c 'select id from visits'", ("id|1\n\nid|22\n"), "", 0),
    ("psql -x -c 'select 1 where false'", ("(0 rows)\n\n"), "", 0),
    ("psql -A -F, -c 'select id,who from visits'", ("id,who\n1,ann\n22,\n(2 rows)\n"), "", 0),
    (
        "psql -c 'select * from visits'",
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
    ("psql -t -c 'select id from visits'", ("  1\n 22\n\n"), "", 0),
    (
        "psql -P expanded=on -c 'select 1 as a_rather_long_name_of_a_column'",
        ("-[ RECORD 1 ]------------------+--\na_rather_long_name_of_a_column | 1\n\n"),
        "",
        0,
    ),
    ("psql -c 'select 1 as a \\gx'", ("-[ RECORD 1 ]\na | 1\n\n"), "", 0),
    ("psql -c 'select 1 as a \\watch 5'", (" a \n---\n 1\n(1 row)\n\n"), "", 0),
    (
        "psql -v ON_ERROR_STOP=1 -c 'select nope()' -c 'select 1'",
        "",
        (
            "ERROR:  function nope() does not exist\n"
            "LINE 1: select nope()\n"
            "               ^\n"
            "HINT:  No function matches the given name and argument types. You might need to add explicit type casts.\n"
        ),
        1,
    ),
    (
        "psql -c 'select nope()' -c 'select 1'",
        (" ?column? \n----------\n        1\n(1 row)\n\n"),
        (
            "ERROR:  function nope() does not exist\n"
            "LINE 1: select nope()\n"
            "               ^\n"
            "HINT:  No function matches the given name and argument types. You might need to add explicit type casts.\n"
        ),
        0,
    ),
    ("psql 'host=main dbname=shop user=eve' -Atc 'select current_user'", "eve\n", "", 0),
    ("psql postgresql://eve@main:5432/shop -Atc 'select current_user'", "eve\n", "", 0),
    ("psql shop eve -Atc 'select current_user'", "eve\n", "", 0),
    (
        "psql -h loop.test -c 'select 1'",
        "",
        'psql: error: could not translate host name "loop.test" to address: Name or service not known\n',
        2,
    ),
    (
        "psql -h odd -c 'select 1'",
        "",
        'psql: error: connection to server at "odd", port 5432 failed: server closed the connection unexpectedly\n',
        2,
    ),
    (
        "psql -h nope.test -c 'select 1'",
        "",
        'psql: error: could not translate host name "nope.test" to address: Name or service not known\n',
        2,
    ),
    (
        "psql -c 'show max_connections'",
        (" max_connections \n-----------------\n 100\n(1 row)\n\n"),
        "",
        0,
    ),
    (
        "psql -c 'show server_version'",
        (" server_version \n----------------\n 16.4\n(1 row)\n\n"),
        "",
        0,
    ),
    (
        "psql -c 'show data_checksums'",
        (" data_checksums \n----------------\n on\n(1 row)\n\n"),
        "",
        0,
    ),
    ("psql -c 'show nonsense'", "", 'ERROR:  unrecognized configuration parameter "nonsense"\n', 1),
    (
        "psql -Atc 'select version()'",
        "PostgreSQL 16.4 on aarch64-unknown-linux-gnu, compiled by gcc, 64-bit\n",
        "",
        0,
    ),
    ("psql -Atc 'select inet_server_port(), pg_is_in_recovery()'", "5432|f\n", "", 0),
    (
        "psql -Atc \"select current_setting('max_connections'), pg_blocking_pids(41), pg_blocking_pids(9)\"",
        "100|{40}|{}\n",
        "",
        0,
    ),
    (
        "psql -h ro -c 'select pg_switch_wal()'",
        "",
        (
            "ERROR:  recovery is in progress\n"
            "HINT:  WAL control functions cannot be executed during recovery.\n"
        ),
        1,
    ),
    ("psql -h ro -c 'select slow()'", "", "ERROR:  out of patience\n", 1),
    (
        "psql -h ro -c 'delete from visits'",
        "",
        "ERROR:  cannot execute DELETE in a read-only transaction\n",
        1,
    ),
    ("psql -h ro -c 'vacuum visits'", "", "ERROR:  cannot execute VACUUM during recovery\n", 1),
    ("psql -h ro -c 'checkpoint'", "CHECKPOINT\n", "", 0),
    (
        "psql -h ro -c 'select pg_wal_replay_pause()'",
        (" pg_wal_replay_pause \n---------------------\n\n(1 row)\n\n"),
        "",
        0,
    ),
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
        "psql -c 'select * from pg_catalog.pg_tables'",
        (
            " schemaname | tablename | tableowner | hasindexes \n"
            "------------+-----------+------------+------------\n"
            " public     | Odd       | fraiseql   |\n"
            " public     | visits    | fraiseql   |\n"
            "(2 rows)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c 'select table_name from information_schema.tables'",
        (" table_name \n------------\n Odd\n visits\n(2 rows)\n\n"),
        "",
        0,
    ),
    (
        "psql -c 'select rolname from pg_roles order by 1'",
        (" rolname \n---------\n old\n root\n(2 rows)\n\n"),
        "",
        0,
    ),
    (
        "psql -h empty -c 'select usename from pg_user'",
        (" usename \n---------\n alice\n(1 row)\n\n"),
        "",
        0,
    ),
    (
        "psql -h empty -c 'select rolname from pg_roles'",
        (" rolname \n---------\n alice\n(1 row)\n\n"),
        "",
        0,
    ),
    (
        "psql -h empty -c 'select datname from pg_database'",
        (" datname \n---------\n shop\n(1 row)\n\n"),
        "",
        0,
    ),
    (
        "psql <<E\n\\x on\nselect 1 as a;\n\\x\n\\a\n\\t\n\\timing\n\\echo hi\n\\pset pager off\n\\q\nselect 2;\nE",
        (
            "Expanded display is on.\n"
            "-[ RECORD 1 ]\n"
            "a | 1\n"
            "\n"
            "Expanded display is off.\n"
            "Output format is unaligned.\n"
            "Tuples only is on.\n"
            "Timing is on.\n"
            "hi\n"
        ),
        "",
        0,
    ),
    (
        "psql <<E\nselect nope();\nselect 1;\nE",
        (" ?column? \n----------\n        1\n(1 row)\n\n"),
        (
            "ERROR:  function nope() does not exist\n"
            "LINE 1: select nope()\n"
            "               ^\n"
            "HINT:  No function matches the given name and argument types. You might need to add explicit type casts.\n"
        ),
        0,
    ),
    (
        "psql -v ON_ERROR_STOP=1 <<E\nselect nope();\nselect 1;\nE",
        "",
        (
            "ERROR:  function nope() does not exist\n"
            "LINE 1: select nope()\n"
            "               ^\n"
            "HINT:  No function matches the given name and argument types. You might need to add explicit type casts.\n"
        ),
        3,
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
]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_psql_prints(line, out, err, status):
    """Both streams and the status."""
    reply = run(line, DATABASES, ALICE)

    assert (reply.out, reply.err, reply.status) == (out, err, status)


@pytest.mark.parametrize("line", NOT_PLAYED)
def test_real_sql_that_is_not_played(line):
    """Said so, with three lines that work."""
    reply = run(line, DATABASES, ALICE)

    assert (reply.way, len(reply.nearest)) == ("not_simulated", 3)
