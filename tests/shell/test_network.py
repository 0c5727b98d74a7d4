"""curl and the probes tell what is reached from here, and how soon."""

import pytest
from documents_fake import ALICE, WORLD

from simulator.shell.prompt import run


def told(line):
    """Output, errors and status of a line."""
    reply = run(line, WORLD, ALICE)
    return reply.out, reply.err, reply.status


def test_curl_shows_head_body_and_what_was_asked_to_be_written():
    """The drill's first look."""
    line = "curl -isS -m 10 -w '%{http_code} %{time_total}' https://api.shop.test/health"

    assert told(line) == (
        (
            "HTTP/1.1 503 Service Unavailable\nserver: awselb/2.0\ncontent-length: 10\n\n"
            "unhealthy\n503 0.031000\n"
        ),
        "",
        0,
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "curl -sS -m 5 https://api.shop.test/slow",
            (
                "",
                "curl: (28) Operation timed out after 5001 milliseconds with 0 bytes received\n",
                28,
            ),
        ),
        ("curl -s -o /dev/null -w '%{http_code}' https://nope.test", ("000\n", "", 6)),
        ("curl nope.test", ("", "curl: (6) Could not resolve host: nope.test\n", 6)),
        (
            "curl -sSf https://api.shop.test/health",
            ("", "curl: (22) The requested URL returned error: 503\n", 22),
        ),
        ("dig +short db.shop.internal", ("db-a.shop.internal\n10.20.65.21\n", "", 0)),
        ("dig nope.test | grep -o 'status: [A-Z]*'", ("status: NXDOMAIN\n", "", 0)),
        ("host nope.test", ("Host nope.test not found: 3(NXDOMAIN)\n", "", 1)),
        (
            (
                "echo | openssl s_client -connect api.shop.test:443 2>/dev/null "
                "| openssl x509 -noout -enddate"
            ),
            ("notAfter=Apr  2 14:10:00 2026 GMT\n", "", 0),
        ),
        (
            "nc -zv db.shop.internal 5432",
            ("", "Connection to db.shop.internal 5432 port [tcp/postgresql] succeeded!\n", 0),
        ),
        (
            "nc -zv api.shop.test 6379",
            ("", "nc: connect to api.shop.test port 6379 (tcp) failed: Connection refused\n", 1),
        ),
        (
            "ssh ingest-1 journalctl -u shop-ingest -n 1",
            ("Mar 12 14:09:40 ingest-1 shop-ingest[812]: committed 4 rows\n", "", 0),
        ),
        ("ssh ingest-1 'journalctl -u shop-ingest | wc -l'", ("5\n", "", 0)),
        (
            "ssh db-a.shop.internal uptime",
            ("", "ssh: connect to host db-a.shop.internal port 22: Connection timed out\n", 255),
        ),
    ],
)
def test_probes(line, expected):
    """One believable end each."""
    assert told(line) == expected


def test_a_timeout_holds_the_terminal_as_long_as_its_limit():
    """Looking takes time."""
    assert run("curl -m 5 https://api.shop.test/slow", WORLD, ALICE).takes_s == (10, 14)


def test_a_request_that_changes_is_not_simulated():
    """Only an author's row may answer a POST."""
    assert run("curl -X POST https://api.shop.test/health", WORLD, ALICE).way == "not_simulated"
