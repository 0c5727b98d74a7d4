"""psql lines by their form: flags, backslashes, scripts, and where they connect."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from databases_fake import ALICE, DATABASES
from tellings import told

TOLD = [
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
    (
        "psql -xt -c 'select id from visits'",
        ("id | 1\n---+---\nid | 22\n\n"),
        "",
        0,
    ),
    (
        "psql -x -c 'select * from visits'",
        (
            "-[ RECORD 1 ]\n"
            "id   | 1\n"
            "who  | ann\n"
            "note | a  +\n"
            "     | bb\n"
            "-[ RECORD 2 ]\n"
            "id   | 22\n"
            "who  |\n"
            "note | c\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "psql -x -c 'select 1 as twelve_signs'",
        ("-[ RECORD 1 ]+--\ntwelve_signs | 1\n\n"),
        "",
        0,
    ),
    (
        "psql -xt -c 'select 1 where false'",
        "\n",
        "",
        0,
    ),
    (
        "psql -xA -c 'select 1 where false'",
        "",
        "",
        0,
    ),
    (
        "psql <<E\n\\x auto\nE",
        "Expanded display is used automatically.\n",
        "",
        0,
    ),
    (
        "PGHOST= psql -c 'select 1'",
        "",
        (
            'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: No such file or directory\n'
            "\tIs the server running locally and accepting connections on that socket?\n"
        ),
        2,
    ),
    (
        "psql -p x -c 'select 1'",
        "",
        'psql: error: invalid integer value "x" for connection option "port"\n',
        2,
    ),
    (
        "psql postgresql://eve:pw@main:99999/shop -c 'select 1'",
        "",
        'psql: error: invalid port number: "99999"\n',
        2,
    ),
    (
        "psql 'postgresql:///shop?host=main' -Atc 'select current_database()'",
        "shop\n",
        "",
        0,
    ),
    (
        "psql -h far -c 'select 1'",
        "",
        (
            'psql: error: connection to server at "far", port 5432 failed: Connection timed out\n'
            "\tIs the server running on that host and accepting TCP/IP connections?\n"
        ),
        2,
    ),
    (
        "psql -h door -c 'select 1'",
        "",
        (
            'psql: error: connection to server at "door", port 5432 failed: Connection refused\n'
            "\tIs the server running on that host and accepting TCP/IP connections?\n"
        ),
        2,
    ),
]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_psql_prints(line, out, err, status):
    """Both streams and the status."""
    assert told(line, DATABASES, ALICE) == (out, err, status)
