"""What happens around bots by hand: pages, looks, people who come, an incident that is open."""

from small_incident import small_brief

from simulator.journal.commands.work import Look
from simulator.journal.events.incident import ChannelOpened, IncidentDeclared, RoleAssigned
from simulator.journal.events.paging import Joined, PageAcknowledged, Paged
from simulator.journal.events.work import Found, WorkBegan, WorkEnded

BRIEF = small_brief()
ALL_FAIL = {"errors": 1_000_000, "traffic_share": 1_000_000}


def page(to="ann", role="on_call", page="p1", why="alert"):
    return Paged(
        page=page, to=to, role=role, alert="errors" if why == "alert" else "", level="CRITICAL",
        summary="All requests fail", why=why, facts=ALL_FAIL, measured_at=110,
    )  # fmt: skip


def answered(room, who="ann", role="on_call"):
    """The page was taken, and who took it is at work."""
    order = room.obey(who)
    at = room.entries[-1].at
    room.told(at, PageAcknowledged(page=order.page, by=who), Joined(person=who, role=role))
    return at


def looked(room, who, look, clues=(), facts=None):
    """A look of ten seconds, begun with the pending order."""
    order = room.obey(who)
    at = room.entries[-1].at
    assert order == Look(look=look)
    views = BRIEF.scenario.looks[look].views
    room.told(at, WorkBegan(by=who, work=f"w{at}", kind="look", item=look))
    room.told(
        at + 10,
        WorkEnded(by=who, work=f"w{at}", kind="look", item=look),
        Found(
            by=who, work=f"w{at}", look=look, views=views, of="api", facts=facts or {},
            measured_at=at, clues=tuple(clues), content="...",
        ),
    )  # fmt: skip
    return at + 10


def declared(room, at, who="ann", level="CRITICAL"):
    """It is open, and there is room for it."""
    room.told(
        at,
        IncidentDeclared(incident="INC-1", level=level, title="All fail", by=who),
        ChannelOpened(kind="channel", name="#inc-1", by=who),
        ChannelOpened(kind="bridge", name="huddle", by=who),
        RoleAssigned(role="commander", person="cat", by=who),
    )


def here(room, at, *people):
    """These were called and have come."""
    for person in people:
        role = {"ann": "on_call", "bob": "sme"}.get(person, "commander")
        room.told(at, Joined(person=person, role=role))


def found(at, *, by="ann", look="logs", clues=(), **facts):
    """What a look showed."""
    return Found(
        by=by, work=f"w{at}", look=look, views=BRIEF.scenario.looks[look].views, of="api",
        facts=facts, measured_at=at, clues=tuple(clues), content="...",
    )  # fmt: skip


def wishes(room, person, wants):
    """The orders these wants would like to give now."""
    return [wish.order for wish in wants(room.bots[person].mind())]
