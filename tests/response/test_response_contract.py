"""The safety contract: one text, accepted by each person for their own seat."""

from pathlib import Path

import pytest
from rehearsal import Rehearsal

from simulator.brief.contract import PARTS, VERSION
from simulator.journal.commands.room import AcceptContract
from simulator.journal.events.room import ContractAccepted

ACCEPT = AcceptContract(version=VERSION)


def test_a_person_accepts_for_their_own_seat():
    """It is recorded under their name, told to them and whoever leads, and moves nothing else."""
    drill = Rehearsal()
    drill.say("alice", ACCEPT)
    accepted = ContractAccepted(person="alice", version=VERSION)

    assert dict(drill.stage.situation.contract) == {"alice": VERSION}
    assert accepted.audience() == ("alice", "facilitator")


def test_it_is_accepted_once_and_as_it_is_now():
    """A second time is refused, and so is a version that no longer holds."""
    drill = Rehearsal()
    drill.say("alice", ACCEPT)

    assert drill.refused("alice", ACCEPT) == "lifecycle"
    assert drill.refused("bob", AcceptContract(version=VERSION + 1)) == "overtaken"
    assert dict(drill.stage.situation.contract) == {"alice": VERSION}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_the_page_says_what_is_accepted(part):
    """Word for word: what is shown whole is what people accepted."""
    page = Path(__file__).parents[2] / "docs" / "promises.md"

    assert f"- **{part.title}.** {part.says}\n" in page.read_text(encoding="utf-8")
