"""dig, host, ssh and journalctl: names, other hosts and what they wrote down."""

import pytest
from network_fake import BOB, NET
from tellings import told

from simulator.shell.prompt import run

TOLD = [
    ("dig", ("\n; <<>> DiG 9.18.28 <<>>\n;; Query time: 2 msec\n"), "", 0),
    (
        "dig -x 203.0.113.9",
        (
            "\n"
            "; <<>> DiG 9.18.28 <<>> 9.113.0.203.in-addr.arpa PTR\n"
            ";; global options: +cmd\n"
            ";; Got answer:\n"
            ";; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 4242\n"
            ";; flags: qr rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1\n"
            "\n"
            ";; QUESTION SECTION:\n"
            ";9.113.0.203.in-addr.arpa.\t\t\tIN\tPTR\n"
            "\n"
            ";; Query time: 2 msec\n"
            "\n"
        ),
        "",
        0,
    ),
    (
        "dig @1.1.1.1 web.test",
        (
            "\n"
            "; <<>> DiG 9.18.28 <<>> web.test A\n"
            ";; global options: +cmd\n"
            ";; Got answer:\n"
            ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4242\n"
            ";; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1\n"
            "\n"
            ";; QUESTION SECTION:\n"
            ";web.test.\t\t\tIN\tA\n"
            "\n"
            ";; ANSWER SECTION:\n"
            "web.test.\t\t60\tIN\tA\t203.0.113.9\n"
            "\n"
            ";; Query time: 2 msec\n"
            "\n"
        ),
        "",
        0,
    ),
    ("dig -Z web.test", "", "Invalid option: -Z\n", 1),
    (
        "dig lost.test MX",
        (
            "\n"
            "; <<>> DiG 9.18.28 <<>> lost.test MX\n"
            ";; global options: +cmd\n"
            ";; Got answer:\n"
            ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4242\n"
            ";; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1\n"
            "\n"
            ";; QUESTION SECTION:\n"
            ";lost.test.\t\t\tIN\tMX\n"
            "\n"
            ";; ANSWER SECTION:\n"
            "lost.test.\t\t60\tIN\tCNAME\tlost.test\n"
            "\n"
            ";; Query time: 2 msec\n"
            "\n"
        ),
        "",
        0,
    ),
    ("dig lost.test +short", "lost.test\n", "", 0),
    ("dig -t cname lost.test +short", "lost.test\n", "", 0),
    ("host web.test", "web.test has address 203.0.113.9\n", "", 0),
    ("host", "", "Usage: host [-t type] hostname [server]\n", 1),
    ("host db.web.test", "Host db.web.test not found: 3(NXDOMAIN)\n", "", 1),
    ("ssh", "", "usage: ssh destination [command]\n", 255),
    (
        "ssh -Z box.test",
        "",
        ("unknown option -- Z\nusage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] destination [command]\n"),
        255,
    ),
    (
        "ssh nope.test",
        "",
        "ssh: Could not resolve hostname nope.test: Name or service not known\n",
        255,
    ),
    ("ssh web.test", "", "ssh: connect to host web.test port 22: Connection refused\n", 255),
    (
        "ssh box.test journalctl",
        (
            "Jan 01 00:00:00 box.test app[812]: old\n"
            "Mar 12 14:09:10 box.test app[812]: one\n"
            "Mar 12 14:09:20 box.test db[812]: three\n"
            "Mar 12 14:09:30 box.test app[812]: two\n"
        ),
        "",
        0,
    ),
    (
        "ssh bob@box.test journalctl -u app -n 2 -r",
        ("Mar 12 14:09:30 box.test app[812]: two\nMar 12 14:09:10 box.test app[812]: one\n"),
        "",
        0,
    ),
    (
        "ssh box.test sudo journalctl -u app --since '1 minute ago' --grep TWO",
        "Mar 12 14:09:30 box.test app[812]: two\n",
        "",
        0,
    ),
    ("ssh box.test journalctl -n x", "", "Failed to parse lines\n", 1),
    ("ssh box.test journalctl --bogus", "", "journalctl: unrecognized option '--bogus'\n", 1),
    ("ssh box.test journalctl -u none", "-- No entries --\n", "", 0),
    ("ssh box.test hostname", "box.test\n", "", 0),
    ("ssh jump.test hostname", "jump.test\n", "", 0),
    ("ssh box.test 'journalctl | wc -l; hostname'", ("4\nbox.test\n"), "", 0),
    (
        "ssh box.test journalctl -f",
        (
            "Jan 01 00:00:00 box.test app[812]: old\n"
            "Mar 12 14:09:10 box.test app[812]: one\n"
            "Mar 12 14:09:20 box.test db[812]: three\n"
            "Mar 12 14:09:30 box.test app[812]: two\n"
        ),
        "",
        0,
    ),
    ("journalctl", "-- No entries --\n", "", 0),
]
NOT_PLAYED = ["ssh box.test", "deployctl say hi"]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_it_says_what_the_real_one_says(line, out, err, status):
    """Records, refusals and journals, each as its tool prints it."""
    assert told(line, NET, BOB) == (out, err, status)


@pytest.mark.parametrize("line", NOT_PLAYED)
def test_what_is_not_played_says_so(line):
    """With something that works instead, and nothing printed."""
    reply = run(line, NET, BOB)

    assert (reply.way, reply.out, bool(reply.nearest)) == ("not_simulated", "", True)


def test_an_organisations_own_tool_answers_for_itself():
    """What its author wrote: text, failure, or an act with its flags."""
    status, failed, pushed, pulled = (
        run(f"deployctl {line}", NET, BOB)
        for line in ("status", "fail", "push prod --force", "pull prod --from staging")
    )

    assert (status.out, failed.err, failed.status, pushed.err) == (
        "all well\n",
        "broken\n",
        4,
        "pushed\n",
    )
    acts = (*pushed.acts, *pulled.acts)
    assert [(act.verb, act.target, dict(act.options)) for act in acts] == [
        ("push", "prod", {"force": "true"}),
        ("pull", "prod", {"from": "staging"}),
    ]


def test_an_own_tool_misspelt_offers_its_own_lines():
    """The nearest of what its author wrote."""
    reply = run("deployctl stat", NET, BOB)

    assert (reply.way, reply.nearest[0]) == ("not_simulated", "deployctl status")
