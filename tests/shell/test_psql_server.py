"""psql statements about the server itself: settings, catalogs, types, and what a standby refuses."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from databases_fake import ALICE, DATABASES
from tellings import told

TOLD = [
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
        "psql -h typed -c 'select version()'",
        ("     version     \n-----------------\n PostgreSQL 15.2\n(1 row)\n\n"),
        "",
        0,
    ),
    (
        "psql -h typed -c 'select * from orders'",
        (
            " id |       placed        \n"
            "----+---------------------\n"
            "  1 | 2026-03-13 09:00:00\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c 'select 1.50, (id), pg_catalog.pg_is_in_recovery(), (select 1 as n), (select max(id) from visits) from visits limit 1'",
        (
            " ?column? | id | pg_is_in_recovery | n | max \n"
            "----------+----+-------------------+---+-----\n"
            "     1.50 |  1 | f                 | 1 |  22\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -h typed -c 'select * from mixed'",
        (
            " tags  |   meta   |   took   | nothing | odd \n"
            "-------+----------+----------+---------+-----\n"
            ' {a,b} | {"k": 1} | 00:01:30 |         | 1\n'
            " {}    |          |          |         | x\n"
            "(2 rows)\n"
            "\n"
        ),
        "",
        0,
    ),
]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_the_server_tells_of_itself(line, out, err, status):
    """Both streams and the status."""
    assert told(line, DATABASES, ALICE) == (out, err, status)
