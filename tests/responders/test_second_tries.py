"""What people do when something stands in the way: they read, they show, they look again."""

import pytest
from one_room import BRIEF, declared, found, here, wishes
from small_incident import Room

from simulator.journal.commands.incident import SetStatus
from simulator.journal.commands.talk import GiveApproval, PostFind, RefuseApproval
from simulator.journal.events.incident import IncidentResolved
from simulator.journal.events.talk import ApprovalAsked
from simulator.journal.events.work import ActionFinished, ActionStarted, Found
from simulator.responders import commander, posting


def room_of(**policies):
    """Ann and Cat are here, and it is open."""
    room = Room(BRIEF, **policies)
    here(room, 280, "ann", "cat")
    declared(room, 300)
    return room


@pytest.mark.parametrize(
    ("risk", "kind"),
    [
        ("Loss: The replica lags. It takes 4 min.", GiveApproval),
        ("It takes 4 min.", RefuseApproval),
    ],
)
def test_a_request_may_tell_what_it_rests_on(risk, kind):
    """Cat was never shown how far the replica is; Ann says it, or she does not."""
    room = room_of(cat="expert")
    asked = ApprovalAsked(
        request="r1", by="ann", of="cat", action="promote", reason="dead", risk=risk, way_back="no"
    )
    room.told(400, asked)

    assert isinstance(room.wants("cat"), kind)


def test_a_clue_is_shown_also_after_something_was_done():
    """Figures from before an act are past; that the replica lags is as true as before."""
    room = room_of(ann="expert")
    room.told(310, found(310, clues=["lagging"], errors=900_000))
    room.told(311, found(311, look="panel", errors=900_000))
    room.told(320, ActionStarted(by="ann", work="w9", action="read-only", kind="flag"))
    room.told(380, ActionFinished(by="ann", work="w9", action="read-only", says=""))
    seqs = [e.seq for e in room.entries if isinstance(e.what, Found)]

    assert wishes(room, "ann", posting.posting) == [PostFind(found=seqs[0])]


@pytest.mark.parametrize(("errors", "broken"), [(0, False), (600_000, True)])
def test_only_what_is_seen_afterwards_opens_it_again(errors, broken):
    """That data were lost was seen before it was called over; the new panel says how it is now."""
    room = room_of(ann="expert")
    room.told(310, found(310, data="lost"))
    room.told(900, IncidentResolved(by="ann", gates_open=()))
    room.told(960, found(960, look="panel", errors=errors))
    back = [o for o in wishes(room, "ann", commander.reopening) if isinstance(o, SetStatus)]

    assert bool(back) == broken
