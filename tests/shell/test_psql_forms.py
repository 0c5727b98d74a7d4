"""psql lines by their form: flags, backslashes, scripts, and where they connect."""
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


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_psql_prints(line, out, err, status):
    """Both streams and the status."""
    reply = run(line, DATABASES, ALICE)

    assert (reply.out, reply.err, reply.status) == (out, err, status)
