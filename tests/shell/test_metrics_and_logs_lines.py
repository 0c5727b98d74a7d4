"""promql and logs as lines: ranges, forms of output, flags and faults."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from cloud_rare import ALICE, RARE
from tellings import told

from simulator.shell.documents import LogLine
from simulator.shell.logql import LogQl
from simulator.shell.prompt import run

TOLD = [
    (
        "logs",
        (
            "10:05:00.000 db-1 ERROR disk full\n"
            "10:06:00.005 db-1/p-1 WARN slow query\n"
            "10:07:00.000 - ERROR disk full\n"
        ),
        "",
        0,
    ),
    (
        "logs --help | head -1",
        "usage: logs [<query>] [--since 15m] [--until 10:07] [--tail 50] [--count [--by <field>]] [--index <name>] [--json]\n",
        "",
        0,
    ),
    ("logs 'level:error' --since 1h --count", "2\n", "", 0),
    ("logs 'level:error' --since 1h --by service", ("      1 -\n      1 db-1\n"), "", 0),
    ("logs 'level:error' --since 1h --by minute", ("      1 10:05\n      1 10:07\n"), "", 0),
    ("logs 'level:nope' --since 1h", "", "no lines since 09:08:30\n", 0),
    ("logs 'level:nope' --since 1h --count", "0\n", "", 0),
    (
        "logs 'service:db-1' --since 1h --json",
        (
            '{"time": "10:05:00.000", "service": "db-1", "level": "error", "index": "main", "message": "disk full"}\n'
            '{"time": "10:06:00.005", "service": "db-1", "level": "warn", "pod": "p-1", "message": "slow query"}\n'
        ),
        "",
        0,
    ),
    (
        "logs 'service:db-1' --since 1h --tail 1",
        "10:06:00.005 db-1/p-1 WARN slow query\n",
        "2 lines, the newest 1 shown (--tail)\n",
        0,
    ),
    (
        "logs --since nonsense x",
        "",
        (
            'logs: invalid time "nonsense": write "15m", "10:05" or "2026-03-13T10:05Z"\n'
            "usage: logs [<query>] [--since 15m] [--until 10:07] [--tail 50] [--count [--by <field>]] [--index <name>] [--json]\n"
            "examples: logs 'service:api and level:error' --since 15m\n"
            '          logs \'{service="api"} |= "timed out"\' --tail 20\n'
        ),
        2,
    ),
    (
        "logs --tail x x",
        "",
        (
            'logs: invalid argument "x" for "--tail"\n'
            "usage: logs [<query>] [--since 15m] [--until 10:07] [--tail 50] [--count [--by <field>]] [--index <name>] [--json]\n"
            "examples: logs 'service:api and level:error' --since 15m\n"
            '          logs \'{service="api"} |= "timed out"\' --tail 20\n'
        ),
        2,
    ),
    (
        "logs --tail",
        "",
        (
            "logs: flag needs an argument: --tail\n"
            "usage: logs [<query>] [--since 15m] [--until 10:07] [--tail 50] [--count [--by <field>]] [--index <name>] [--json]\n"
            "examples: logs 'service:api and level:error' --since 15m\n"
            '          logs \'{service="api"} |= "timed out"\' --tail 20\n'
        ),
        2,
    ),
    (
        "logs --bogus x",
        "",
        (
            "logs: unknown flag: --bogus\n"
            "usage: logs [<query>] [--since 15m] [--until 10:07] [--tail 50] [--count [--by <field>]] [--index <name>] [--json]\n"
            "examples: logs 'service:api and level:error' --since 15m\n"
            '          logs \'{service="api"} |= "timed out"\' --tail 20\n'
        ),
        2,
    ),
    (
        "logs -f --since 10:00 --until 10:08 service:db-1",
        ("10:05:00.000 db-1 ERROR disk full\n10:06:00.005 db-1/p-1 WARN slow query\n"),
        "",
        0,
    ),
    ("logs --index main service:db-1 --since 1h", "10:05:00.000 db-1 ERROR disk full\n", "", 0),
    (
        'logs \'{service="db-1"} |= "disk"\' --since 1h',
        "10:05:00.000 db-1 ERROR disk full\n",
        "",
        0,
    ),
    (
        'logs \'{service=~"db.*"} !~ "disk"\' --since 1h',
        "10:06:00.005 db-1/p-1 WARN slow query\n",
        "",
        0,
    ),
    (
        "logs '{service=~\"(\"}' --since 1h",
        "",
        "logs: parse error: error parsing regexp: missing closing ): `(`\n",
        1,
    ),
    ("logs '/dis[k]/' --since 1h", "", "no lines since 09:08:30\n", 0),
    ("logs 'disk OR slow' --since 1h --count", "3\n", "", 0),
    ("logs 'NOT disk' --since 1h --count", "1\n", "", 0),
    (
        "logs '(disk' --since 1h",
        "",
        ("logs: Expected AND, OR, end of input, value but end of input found.\n(disk\n-----^\n"),
        1,
    ),
    (
        "promql",
        "",
        (
            "promql: error: an expression is required\n"
            "usage: promql [--range <duration>] [--step <duration>] [--time <HH:MM[:SS]>] <expression>\n"
            "example: promql 'sum(rate(http_requests_total{svc=\"api\"}[1m]))' --range 15m --step 60s\n"
        ),
        1,
    ),
    (
        "promql help | head -1",
        "usage: promql [--range <duration>] [--step <duration>] [--time <HH:MM[:SS]>] <expression>\n",
        "",
        0,
    ),
    (
        "promql --bogus up",
        "",
        (
            "promql: error: unknown flag: --bogus\n"
            "usage: promql [--range <duration>] [--step <duration>] [--time <HH:MM[:SS]>] <expression>\n"
            "example: promql 'sum(rate(http_requests_total{svc=\"api\"}[1m]))' --range 15m --step 60s\n"
        ),
        1,
    ),
    (
        "promql --range",
        "",
        (
            "promql: error: flag needs an argument: --range\n"
            "usage: promql [--range <duration>] [--step <duration>] [--time <HH:MM[:SS]>] <expression>\n"
            "example: promql 'sum(rate(http_requests_total{svc=\"api\"}[1m]))' --range 15m --step 60s\n"
        ),
        1,
    ),
    (
        "promql --range odd up",
        "",
        (
            'promql: error: cannot parse time or duration: write "15m", "60s" or "10:05:30"\n'
            "usage: promql [--range <duration>] [--step <duration>] [--time <HH:MM[:SS]>] <expression>\n"
            "example: promql 'sum(rate(http_requests_total{svc=\"api\"}[1m]))' --range 15m --step 60s\n"
        ),
        1,
    ),
    (
        "promql --step 0s up",
        "",
        (
            'promql: error: cannot parse time or duration: write "15m", "60s" or "10:05:30"\n'
            "usage: promql [--range <duration>] [--step <duration>] [--time <HH:MM[:SS]>] <expression>\n"
            "example: promql 'sum(rate(http_requests_total{svc=\"api\"}[1m]))' --range 15m --step 60s\n"
        ),
        1,
    ),
    (
        "promql 'aws_rds_cpu_utilization_average'",
        'aws_rds_cpu_utilization_average{db="db-1"} => 3 @[10:08:30]\n',
        "",
        0,
    ),
    (
        "promql 'aws_rds_cpu_utilization_average[2m]'",
        ('aws_rds_cpu_utilization_average{db="db-1"} =>\n2 @[10:07:00]\n3 @[10:08:00]\n'),
        "",
        0,
    ),
    ("promql '1 + 1'", "scalar: 2 @[10:08:30]\n", "", 0),
    ("promql '\"x\"'", "string: 'x' @[10:08:30]\n", "", 0),
    (
        "promql --range 2m --step 60s 'aws_rds_cpu_utilization_average'",
        (
            'aws_rds_cpu_utilization_average{db="db-1"} =>\n'
            "1 @[10:06:30]\n"
            "2 @[10:07:30]\n"
            "3 @[10:08:30]\n"
        ),
        "",
        0,
    ),
    (
        "promql --range 2m --step 60s '3'",
        ("{} =>\n3 @[10:06:30]\n3 @[10:07:30]\n3 @[10:08:30]\n"),
        "",
        0,
    ),
    (
        "promql --range 2m '\"x\"'",
        "",
        'query error: execution: invalid expression type "string" for range query\n',
        1,
    ),
    (
        "promql --range 2m 'aws_rds_cpu_utilization_average[1m]'",
        "",
        'query error: execution: invalid expression type "range vector" for range query\n',
        1,
    ),
    ("promql --range 2m 'nope'", "Empty query result\n", "", 0),
    ("promql --time=10:07 'sum(aws_rds_cpu_utilization_average)'", "{} => 2 @[10:07:00]\n", "", 0),
    ("promql 'sum('", "", "query error: bad_data: parse error: unclosed left parenthesis\n", 1),
    ("promql 'a * on(x) a'", "Empty query result\n", "", 0),
    (
        "logs --since 200 --by message",
        ("      1 disk full\n      1 slow query\n"),
        "",
        0,
    ),
    (
        "logs --since 10m --until 2m",
        ("10:05:00.000 db-1 ERROR disk full\n10:06:00.005 db-1/p-1 WARN slow query\n"),
        "",
        0,
    ),
    (
        "logs '{service=\"db-1\"'",
        "",
        "logs: parse error at line 1, col 16: syntax error: unexpected $end\n",
        1,
    ),
    (
        "logs '{}'",
        "",
        "logs: parse error at line 1, col 2: syntax error: unexpected }\n",
        1,
    ),
    (
        "logs '{service=\"db-1\",}'",
        "",
        "logs: parse error at line 1, col 17: syntax error: unexpected }\n",
        1,
    ),
    (
        "promql '0/0'",
        "scalar: NaN @[10:08:30]\n",
        "",
        0,
    ),
    ("promql '1/0'", "scalar: +Inf @[10:08:30]\n", "", 0),
    ("promql '0 - 1/0'", "scalar: -Inf @[10:08:30]\n", "", 0),
    (
        "promql '3/2'",
        "scalar: 1.5 @[10:08:30]\n",
        "",
        0,
    ),
    (
        "promql --time 2m 'aws_rds_cpu_utilization_average'",
        'aws_rds_cpu_utilization_average{db="db-1"} => 1 @[10:06:30]\n',
        "",
        0,
    ),
]
NOT_PLAYED = ["promql 'timestamp(up)'"]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_a_line_is_answered(line, out, err, status):
    """Both streams and the status."""
    assert told(line, RARE, ALICE) == (out, err, status)


@pytest.mark.parametrize("line", NOT_PLAYED)
def test_a_far_corner_says_so(line):
    """With a line that works instead."""
    reply = run(line, RARE, ALICE)

    assert (reply.way, bool(reply.nearest)) == ("not_simulated", True)


def test_loki_holds_a_label_against_a_number():
    """`status >= 500` takes lines by amount; a line without such a number is not among them."""
    lines = [
        LogLine(at_ms=0, fields={"service": "api", "status": status}, text="error")
        for status in ("500", "404", "", "5xx")
    ]
    taken = LogQl('{service="api"} |= "error" | json | status >= 500').test()
    other = LogQl('{service="api"} | status < 500').test()

    assert [taken(line) for line in lines] == [True, False, False, False]
    assert [other(line) for line in lines] == [False, True, False, False]
