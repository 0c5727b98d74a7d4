"""The name server is asked by dig, host and nslookup, and each answers in its own words."""

import pytest
from documents_fake import ALICE, WORLD

from simulator.shell.prompt import run
from simulator.shell.reply import Terminal

SERVER = "Server:\t\t127.0.0.53\nAddress:\t127.0.0.53#53\n\n"


def told(line, terminal=ALICE):
    """Output and status of a line."""
    reply = run(line, WORLD, terminal)
    return reply.out, reply.status


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            "nslookup api.shop.test",
            (
                "Name:\tapi.shop.test\nAddress: 203.0.113.10\n"
                "Name:\tapi.shop.test\nAddress: 203.0.113.11\n"
            ),
        ),
        (
            "nslookup db.shop.internal.",
            (
                "db.shop.internal\tcanonical name = db-a.shop.internal.\n"
                "Name:\tdb-a.shop.internal\nAddress: 10.20.65.21\n"
            ),
        ),
        ("nslookup 10.20.65.21", "21.65.20.10.in-addr.arpa\tname = db-a.shop.internal.\n"),
        ("nslookup -type=mx shop.test", "shop.test\tmail exchanger = 10 mail.shop.test.\n"),
        ("nslookup -q=TXT shop.test", 'shop.test\ttext = "v=spf1 -all"\n'),
        ("nslookup shop.test", "*** Can't find shop.test: No answer\n"),
    ],
)
def test_nslookup_names_its_server_and_then_the_answer(line, answer):
    """As BIND's nslookup writes it: addresses in pairs of lines, other records in one."""
    assert told(line) == (f"{SERVER}Non-authoritative answer:\n{answer}\n", 0)


def test_nslookup_of_a_name_nobody_knows():
    """NXDOMAIN, and a status that a script can test."""
    assert told("nslookup nope.test") == (
        f"{SERVER}** server can't find nope.test: NXDOMAIN\n\n",
        1,
    )


def test_nslookup_asks_the_server_it_is_given_or_the_one_of_its_place():
    """A second word is the server; a pod asks its cluster."""
    other, _ = told("nslookup api.shop.test 10.9.8.7")
    pod, _ = told("nslookup api.shop.test", Terminal(user="root", host="pod"))

    assert other.splitlines()[:2] == ["Server:\t\t10.9.8.7", "Address:\t10.9.8.7#53"]
    assert pod.splitlines()[0] == "Server:\t\t172.20.0.10"


def test_nslookup_alone_is_a_dialogue_nobody_plays():
    """Not simulated, with what works instead."""
    reply = run("nslookup", WORLD, ALICE)

    assert (reply.way, reply.nearest[0]) == ("not_simulated", "nslookup <name>")
