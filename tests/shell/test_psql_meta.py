"""psql's backslash commands: databases, relations, one of them at length, roles, the connection."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from databases_fake import ALICE, DATABASES
from tellings import told

TOLD = [
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
    (
        "psql -l",
        (
            "                                                   List of databases\n"
            " Name |  Owner   | Encoding | Locale Provider |   Collate   |    Ctype    | ICU Locale | ICU Rules | Access privileges \n"
            "------+----------+----------+-----------------+-------------+-------------+------------+-----------+-------------------\n"
            " shop | fraiseql | UTF8     | libc            | en_US.UTF-8 | en_US.UTF-8 |            |           |\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\dx'",
        (
            "       List of installed extensions\n"
            "   Name   | Version | Schema | Description \n"
            "----------+---------+--------+-------------\n"
            " pgcrypto | 1.3     | public |\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\dt nope'",
        "",
        'Did not find any relation named "nope".\n',
        0,
    ),
    (
        "psql -c '\\dt vis'",
        "",
        'Did not find any relation named "vis".\n',
        0,
    ),
    (
        "psql -c '\\di'",
        (
            "                List of relations\n"
            " Schema |    Name     | Type  |  Owner   | Table  \n"
            "--------+-------------+-------+----------+--------\n"
            " public | visits_pkey | index | fraiseql | visits\n"
            "(1 row)\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -h empty -c '\\di'",
        "",
        "Did not find any relations.\n",
        0,
    ),
    (
        "psql -c '\\dv'",
        "",
        "Did not find any relations.\n",
        0,
    ),
    (
        "psql -h empty -c '\\d'",
        "",
        "Did not find any relations.\n",
        0,
    ),
    (
        "psql -c '\\d visits'",
        (
            '              Table "public.visits"\n'
            " Column |  Type  | Collation | Nullable | Default \n"
            "--------+--------+-----------+----------+---------\n"
            " id     | bigint |           |          |\n"
            " who    | text   |           |          |\n"
            " note   | text   |           |          |\n"
            "Indexes:\n"
            '    "visits_pkey" PRIMARY KEY, btree (id)\n'
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -A -c '\\d vi*'",
        (
            'Table "public.visits"\n'
            "Column|Type|Collation|Nullable|Default\n"
            "id|bigint|||\n"
            "who|text|||\n"
            "note|text|||\n"
            "Indexes:\n"
            '    "visits_pkey" PRIMARY KEY, btree (id)\n'
        ),
        "",
        0,
    ),
    (
        "psql -xA -c '\\dn'",
        ("List of schemas\n\nName|public\nOwner|fraiseql\n"),
        "",
        0,
    ),
    (
        "psql -xt -c '\\dt'",
        (
            "Schema | public\n"
            "Name   | Odd\n"
            "Type   | table\n"
            "Owner  | fraiseql\n"
            "-------+---------\n"
            "Schema | public\n"
            "Name   | visits\n"
            "Type   | table\n"
            "Owner  | fraiseql\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\d pg_user'",
        (
            '                        View "pg_catalog.pg_user"\n'
            "   Column    |           Type           | Collation | Nullable | Default \n"
            "-------------+--------------------------+-----------+----------+---------\n"
            " usename     | text                     |           |          |\n"
            " usesysid    | oid                      |           |          |\n"
            " usecreatedb | boolean                  |           |          |\n"
            " usesuper    | boolean                  |           |          |\n"
            " userepl     | boolean                  |           |          |\n"
            " valuntil    | timestamp with time zone |           |          |\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\d information_schema.tables'",
        (
            '           View "information_schema.tables"\n'
            "    Column     | Type | Collation | Nullable | Default \n"
            "---------------+------+-----------+----------+---------\n"
            " table_catalog | text |           |          |\n"
            " table_schema  | text |           |          |\n"
            " table_name    | text |           |          |\n"
            " table_type    | text |           |          |\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -c '\\d pg_extension'",
        (
            '          Table "pg_catalog.pg_extension"\n'
            "   Column   | Type | Collation | Nullable | Default \n"
            "------------+------+-----------+----------+---------\n"
            " oid        | oid  |           |          |\n"
            " extname    | text |           |          |\n"
            " extversion | text |           |          |\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -h typed -c '\\d orders'",
        (
            '                         Table "public.orders"\n'
            " Column |            Type             | Collation | Nullable | Default \n"
            "--------+-----------------------------+-----------+----------+---------\n"
            " id     | bigint                      |           | not null |\n"
            " placed | timestamp without time zone |           | not null | now()\n"
            "Indexes:\n"
            '    "orders_pkey" PRIMARY KEY, btree (id)\n'
            '    "orders_once" UNIQUE, hash (placed)\n'
            '    "orders_placed" btree (placed)\n'
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -x -h typed -c '\\d orders'",
        (
            'Table "public.orders"\n'
            "-[ RECORD 1 ]--------------------------\n"
            "Column    | id\n"
            "Type      | bigint\n"
            "Collation |\n"
            "Nullable  | not null\n"
            "Default   |\n"
            "-[ RECORD 2 ]--------------------------\n"
            "Column    | placed\n"
            "Type      | timestamp without time zone\n"
            "Collation |\n"
            "Nullable  | not null\n"
            "Default   | now()\n"
            "\n"
            "Indexes:\n"
            '    "orders_pkey" PRIMARY KEY, btree (id)\n'
            '    "orders_once" UNIQUE, hash (placed)\n'
            '    "orders_placed" btree (placed)\n'
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -h ip.test -c '\\conninfo'",
        'You are connected to database "shop" as user "alice" on host "ip.test" (address "10.0.0.5") at port "5432".\n',
        "",
        0,
    ),
]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_a_backslash_command_tells(line, out, err, status):
    """Both streams and the status."""
    assert told(line, DATABASES, ALICE) == (out, err, status)
