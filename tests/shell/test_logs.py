"""The log search: both dialects over one small pile of lines."""

import pytest
from cloud_fake import ALICE, Papers, at, typed
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.shell.documents import LogLine
from simulator.shell.log_query import glob
from simulator.shell.logs import answer


def line(time, ms, text, **fields):
    """One collected line."""
    return LogLine(at_ms=at(time) * 1000 + ms, fields=fields, text=text)


API = {"service": "api", "pod": "fraiseql-api-1"}
PILE = Papers(
    lines=[
        line("09:00:00", 0, "long ago", level="info", **API),
        line("10:04:59", 900, "mutation ack id=77", level="info", index="logs-mutations-1", **API),
        line("10:05:01", 12, "server closed the connection unexpectedly", level="error", **API),
        line("10:05:06", 40, "connect 10.20.65.21:5432: timed out", level="error", **API),
        line("10:05:07", 0, "slow field: lines 212ms", level="warn", status="503", **API),
        line("10:05:09", 1, "write failed, leaving on SQS", level="error", service="ingest"),
    ]
)


def texts(*words):
    """The messages found, without their stamps."""
    out = answer(typed("logs", *words), PILE, ALICE, None).out
    return [one.split(" ", 3)[3] for one in out.splitlines()]


def test_the_drills_search_finds_the_timeouts():
    """Errors of the api in the last quarter of an hour, stamped, oldest first."""
    reply = answer(typed("logs", "service:api and level:error"), PILE, ALICE, None)

    assert reply.out == (
        "10:05:01.012 api/fraiseql-api-1 ERROR server closed the connection unexpectedly\n"
        "10:05:06.040 api/fraiseql-api-1 ERROR connect 10.20.65.21:5432: timed out\n"
    )
    assert (reply.way, reply.reads, reply.takes_s) == ("answered", ("logs/api",), (20, 35))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 5),
        ("*", 5),
        ("timed", 1),
        ('"timed out"', 1),
        ("service:api and not level:error", 2),
        ("not (level:error or level:warn)", 1),
        ("level:(error or warn)", 4),
        ("service:api level:error", 2),
        ("pod:fraiseql-*", 4),
        ("status >= 500", 1),
        ("status:>=504", 0),
        ("_index:logs-mutations-*", 1),
        ("message:10.20.65.21:5432", 1),
        ("connect*out", 1),
        ('{service="api"}', 4),
        ('{service=~"api|ingest", level="error"} |= "timed"', 1),
        ('{service="api"} != "connect"', 2),
        ('{service="api"} |~ "[0-9]+ms$"', 1),
        ('{service="api"} | json | level="warn"', 1),
        ('{service!="api"} !~ "SQS$"', 0),
        ("level:(error and warn)", 0),
    ],
)
def test_a_query_finds_its_lines(query, count):
    """Words, fields, groups, wildcards, comparisons, labels and filters."""
    out = answer(typed("logs", query, "--count"), PILE, ALICE, None).out

    assert int(out) == count


def test_the_last_acknowledged_write():
    """The mutation index, newest line only."""
    assert texts("--index", "logs-mutations-*", "--tail", "1") == ["mutation ack id=77"]


def test_tail_keeps_the_newest_and_says_what_it_left_out():
    """A note on standard error, so that pipes count only lines."""
    reply = answer(typed("logs", "service:api", "--tail=1"), PILE, ALICE, None)

    assert reply.out.endswith("212ms\n")
    assert reply.err == "4 lines, the newest 1 shown (--tail)\n"


def test_lines_are_counted_by_a_field():
    """Most frequent first."""
    reply = answer(typed("logs", "", "--count", "--by", "level"), PILE, ALICE, None)

    assert reply.out == "      3 error\n      1 info\n      1 warn\n"


def test_since_reads_ages_and_times():
    """Two hours find the old line, a time of day leaves out what was before it."""
    assert len(texts("", "--since", "2h")) == 6
    assert len(texts("", "--since", "10:05:06")) == 3


def test_a_bad_query_is_refused_with_a_caret():
    """As Kibana and Loki do."""
    kql = answer(typed("logs", "(level:error"), PILE, ALICE, None)
    logql = answer(typed("logs", '{service="api"} level'), PILE, ALICE, None)

    assert (kql.way, kql.status) == ("refused", 1)
    assert kql.err.endswith("but end of input found.\n(level:error\n------------^\n")
    assert logql.err == "logs: parse error at line 1, col 16: syntax error: unexpected l\n"


@pytest.mark.parametrize("query", ["(" * 40, "not " * 40 + "a", "a:" + "(" * 40])
def test_a_query_nests_only_so_deep(query):
    """Brackets, denials and groups of values alike."""
    assert answer(typed("logs", query), PILE, ALICE, None).err == "logs: query nests too deeply\n"


def test_of_more_than_anybody_reads_the_newest_is_kept():
    """Whole lines, the last of them the last that was written."""
    papers = Papers(lines=[line("10:05:00", n % 1000, f"{n:0100}") for n in range(2000)])
    out = answer(typed("logs", "--tail", "2000"), papers, ALICE, None).out

    assert (len(out) <= 200_000, out[:9], out[-5:]) == (True, "10:05:00.", "1999\n")


@pytest.mark.parametrize(
    ("wanted", "text", "fits"),
    [("a*c", "abc", True), ("a*bc", "abc", True), ("ab*bc", "abc", False), ("*b*", "abc", True)],
)
def test_a_star_stands_for_anything(wanted, text, fits):
    """Ends may not overlap."""
    assert glob(wanted, text) == fits


WORDS = st.lists(
    st.sampled_from(
        [
            "(",
            ")",
            "and",
            "or",
            "not",
            "level",
            ":",
            "*",
            '"',
            "a",
            "{",
            "}",
            '="x"',
            "|=",
            "|~",
            '"(a"',
            "<=",
            "\\",
            "service",
        ]
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=40), WORDS.map(" ".join), WORDS.map("".join)))
def test_no_text_raises(text):
    """Whatever is typed ends in a reply."""
    assert answer(typed("logs", text), PILE, ALICE, None).status in (0, 1, 2)
