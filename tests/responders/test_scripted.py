"""A player who obeys a list, told from T0."""

import pytest
from small_incident import Room, small_brief

from simulator.errors import BriefError
from simulator.journal.commands.incident import Declare
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.events.paging import Paged
from simulator.responders.scripted import Scripted, lines_of

ROWS = [
    {"at": 60, "by": "ann", "command": "declare", "fields": {"level": "HIGH"}},
    {"at": 20, "by": "ann", "command": "acknowledge", "fields": {"page": "p1"}},
    {"at": 5, "by": "bob", "command": "resolve"},
]


def test_a_list_is_said_in_its_order_from_the_first_page_on():
    """The page comes at 120 s; what the list says at 20 and 60 s is said at 140 and 180 s."""
    room = Room(small_brief(), ann="idle")
    room.bots["ann"] = Scripted("ann", tuple(lines_of(ROWS)))
    assert room.bots["ann"].intent is None
    room.told(
        120,
        Paged(
            page="p1", to="ann", role="on_call", alert="errors", level="HIGH", summary="All fail"
        ),
    )

    assert (room.at("ann"), room.obey("ann")) == (140, Acknowledge(page="p1"))
    assert (room.at("ann"), room.obey("ann")) == (180, Declare(level="HIGH"))
    assert room.bots["ann"].intent is None


def test_a_line_that_is_no_order_is_the_authors():
    """A command nobody knows is told with its second."""
    rows = [{"at": 5, "by": "ann", "command": "panic"}]

    with pytest.raises(BriefError, match="5 s"):
        Scripted("ann", tuple(lines_of(rows)))
