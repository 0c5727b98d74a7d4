"""A find holds what its screen lets somebody read, and nothing that is merely true."""

import pytest
from small_shop import SCENARIO, look, staged

from simulator.shell.reply import Reply
from simulator.world.telemetry.shown import has_read, hosts_at

DEAD = SCENARIO.replace("errors: 40%", "errors: 100%")
"""The shop from 60 s on: its database answers nobody, and its data is at risk."""
DOOR = '  - {kind: sql/db.shop.internal, row: {ends: ok, seconds: "0.06"}}\n'
BEHIND = DOOR.replace("{ends: ok, ", "{service: db, ")
"""The database's own door, which answers as the database does."""


def shop(looks: str = "", records: str = "", clues: str = "") -> str:
    """The dead shop with more to look at."""
    text = DEAD.replace(DOOR, BEHIND).replace("looks:\n", f"looks:\n{looks}", 1)
    return text.replace("clues:\n", f"clues:\n{clues}", 1).replace(
        "records:\n", f"records:\n{records}", 1
    )


def one_look(line: str, *, views: str = "database", more: str = "") -> str:
    """A look of the database by this line."""
    return f"""\
  odd:
    title: Odd
    views: [{views}]
    lines: ['{line}']
    takes: 10s
    of: db
{more}"""


ODD_CLUE = "  odd-clue: {looks: [odd], shows: Something odd, reads: {db-refuses: 4}}\n"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('psql -h test-db.shop.internal -c "select 1"', "could not translate host name"),
        ("shop-backup check newest", "command not found"),
    ],
)
def test_an_answer_that_read_nothing_shows_nothing(line: str, says: str):
    """No such host, no such command: neither a fact nor a clue, though the database is down."""
    facts = "    facts: [data, service_down]\n"
    text = shop(one_look(line.replace("'", '"'), more=facts), clues=ODD_CLUE)

    found = look(staged(text=text), "odd", at=200)

    assert says in found.content
    assert (found.way, found.facts, found.clues) == ("refused", {}, ())


def test_no_such_object_shows_nothing_of_it():
    """The catalogue knows no such instance; that says nothing of the one that is down."""
    line = "aws rds describe-db-instances --db-instance-identifier db-b"
    row = "  - {kind: aws/rds/db-instances, row: {DBInstanceIdentifier: db-a}}\n"
    text = shop(one_look(line, more="    facts: [data]\n"), records=row)

    found = look(staged(text=text), "odd", at=200)

    assert "DBInstanceNotFound" in found.content
    assert found.facts == {}


def test_a_door_that_does_not_answer_shows_who_is_down():
    """A refused connection to a database that is down says so, and nothing of its data."""
    line = 'psql -h db.shop.internal -c "select 1"'
    text = shop(one_look(line, more="    facts: [data]\n"), clues=ODD_CLUE)

    found = look(staged(text=text), "odd", at=200)

    assert "Connection refused" in found.content
    assert (found.facts, found.clues) == ({"service_down": ("db",)}, ("odd-clue",))


def test_a_failed_answer_never_shows_that_somebody_is_well():
    """A path that is closed says nothing good of the database behind it."""
    line = 'psql -h db.shop.internal -c "select 1"'
    shut = "  - {kind: net/laptop/db.shop.internal:5432, row: {ends: timeout, seconds: 10}}\n"
    text = shop(one_look(line), records=shut)

    found = look(staged(text=text, variant="other"), "odd", at=200)

    assert "timeout" in found.content
    assert found.facts == {}


def test_a_catalogue_does_not_show_whether_a_database_answers():
    """It says available while nobody gets an answer; what it says an author ties to its words."""
    line = "aws rds describe-db-instances"
    row = "  - {kind: aws/rds/db-instances, row: {DBInstanceStatus: '${db.status}'}}\n"
    state = "state: {db.role: primary, mode: normal"
    status = shop(one_look(line), records=row).replace(state, f"{state}, db.status: available")
    told = "    facts: [service_down, data]\n    facts_when:\n"
    told += "      service_down: db.status == failed\n      data: db.status == failed\n"
    tied = status.replace("    of: db\n", f"    of: db\n{told}", 1)

    plain = look(staged(text=status), "odd", at=200)
    early = look(staged(text=tied), "odd", at=200)
    late = look(staged(text=tied.replace("status: available", "status: failed")), "odd", at=200)

    assert "available" in plain.content
    assert (plain.facts, early.facts) == ({}, {})
    assert late.facts == {"service_down": ("db",), "data": "at_risk"}


def test_a_fact_of_its_kind_may_be_tied_to_a_condition_too():
    """Before the hour its author named, the door itself is not read as down."""
    line = 'psql -h db.shop.internal -c "select 1"'
    tied = one_look(line, more="    facts_when: {service_down: now > 300s}\n")

    early, late = (look(staged(text=shop(tied)), "odd", at=at) for at in (200, 320))

    assert (early.facts, late.facts) == ({}, {"service_down": ("db",)})


def test_a_typed_line_shows_only_whom_it_asked():
    """Pods do not show that the database is down; its own door does, under any name it has."""
    stage = staged(text=shop())

    pods = look(stage, line="kubectl get pods -o wide", at=200)
    door = look(stage, line="psql -h db.shop.internal -c 'select 2'", at=240)

    assert pods.facts["service_down"] == ()
    assert door.facts == {"service_down": ("db",)}


def test_a_door_of_nobody_s_service_shows_nothing_of_who_is_down():
    """A vendor's database answers under a name no look asks: ours may be down all the same."""
    stage = staged(text=shop(records=DOOR.replace("db.shop.internal", "vendor.test")))

    found = look(stage, line="psql -h vendor.test -c 'select 1'", at=200)

    assert (found.way, found.views, found.facts) == ("answered", ("database",), {})


def test_a_host_is_known_by_the_name_psql_finds_it_by():
    """A path, a server and its tables are one host; an address and a page stand for themselves."""
    reads = (
        "dns/db.shop.internal",
        "net/laptop/db.shop.internal:5432",
        "sql/db/pg_stat_activity",
        "net/pod/10.20.65.21:5432",
        "http/api.shop.test",
    )

    assert hosts_at(reads) == {"db", "10.20.65.21", "api.shop.test"}


def test_a_resolved_name_alone_is_no_reading():
    """A name on the way to nowhere is not what was asked for."""
    refused = Reply(way="refused", status=2, reads=("dns/x.shop.internal",))

    assert (has_read(refused), has_read(None), has_read(Reply(way="normal"))) == (
        False,
        True,
        True,
    )


LOST = "data: at_risk"
"""What the small shop's fault states."""


@pytest.mark.parametrize(("true", "shown"), [("at_risk", "at_risk"), ("lost", "at_risk")])
def test_a_screen_that_gives_ground_for_fear_proves_nothing(true: str, shown: str):
    """It never says that the worst has happened."""
    more = "    facts: [data]\n    suspects: [data]\n"
    text = shop(one_look("curl https://shop.example/health", more=more)).replace(
        LOST, f"data: {true}"
    )

    assert look(staged(text=text), "odd", at=200).facts["data"] == shown


def test_fear_never_takes_back_what_is_known():
    """Who has seen that data is lost is not told by a panel that it is at risk."""
    more = "    facts: [data]\n"
    fears = one_look("curl https://shop.example/health", more=f"{more}    suspects: [data]\n")
    knows = one_look("curl https://shop.example/", more=more).replace("  odd:", "  even:")
    text = shop(fears + knows).replace(LOST, "data: lost")
    stage = staged(text=text)

    assert look(stage, "even", at=200).facts["data"] == "lost"
    assert "data" not in look(stage, "odd", at=220).facts
