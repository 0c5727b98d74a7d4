"""What a credential's rows read like in what people are shown."""

from leaky_shop import do, leaky
from shop import play

from simulator.clock import instant
from simulator.response.names import told as refused
from simulator.world.texts import Values, fill, fill_row


def values(stage):
    """What templates are filled from now."""
    begins = int(instant(stage.brief.scenario.begins, 0).timestamp())
    return Values(look=stage.true(), at=stage.now, begins=begins)


def test_a_key_is_shown_as_it_stands():
    """Status, door, uses and since when, as people read them."""
    stage = play(leaky(), 100)
    do(stage, "{deactivate: [hl01]}")
    text = "${cred.hl01} since ${cred.hl01.since}, accepted: ${cred.hl01.accepted}"
    uses = "${cred.hl01.uses_per_min}/min, thief ${cred.hl01.thief.per_min}"

    assert fill(text, values(stage)) == "deactivated since 11:01:40, accepted: yes"
    assert fill(uses, values(stage)) == "918/min, thief 900"


def test_a_row_of_a_table_holds_the_moment():
    """As ISO text by its offset; a number where the column is one."""
    stage = play(leaky(), 100)
    do(stage, "{deactivate: [hl01]}")
    row = {"revoked_at": "${begins:+cred.hl01.since}", "uses": "${cred.hl01.uses_per_min}"}

    assert fill_row(row, values(stage)) == {"revoked_at": "2026-03-14T11:01:40Z", "uses": 918}


def test_what_nobody_knows_is_said_so():
    """A key without a date, and one nobody has made."""
    stage = play(leaky(), 10)
    text = "${cred.bp02.since} ${cred.hl09} ${cred.hl01.limit}"

    assert fill(text, values(stage)) == "n/a absent n/a"


def test_a_refusal_says_it_as_people_read_it():
    """Already revoked, at a time of day."""
    stage = play(leaky(), 100)
    do(stage, "{deactivate: [hl01]}")
    says = "already revoked at ${cred.hl01.since}, still accepted: ${cred.hl01.accepted}"

    assert refused(stage, says) == "already revoked at 11:01:40, still accepted: yes"
