"""What people do with a draft that news has overtaken, with a figure nobody saw, and when stuck."""

import pytest
from one_room import declared, found, here, wishes
from small_incident import SCENARIO, Room, small_brief

from simulator.journal.commands.incident import Regrade, SetStatus
from simulator.journal.commands.paging import Page
from simulator.journal.commands.talk import PostFind, Say, SendMessage
from simulator.journal.commands.work import CancelWork, Hypothesise
from simulator.journal.events.work import (
    ActionFinished,
    ActionStarted,
    FindPosted,
    HypothesisStated,
    WorkBegan,
    WorkCancelled,
)
from simulator.responders import ending, grading, remedies
from simulator.responders.redrafting import redrafting
from simulator.responders.stuck import stuck

BRIEF = small_brief()
KNOWING = small_brief(
    scenario=SCENARIO.replace(
        "colleagues:\n",
        "colleagues:\n  bob: {role: sme, knows: [{about: [pool], says: Long queries.}]}\n",
    ).replace("not-known: Not known", "not-known: Not known, a: A, b: B, c: C, d: D, e: E")
)
"""Bob may know; and there is more to choose from."""
UPDATE = "status-update"


def writing(policy="expert", *, plan="fraiseql", template=UPDATE, before=900_000):
    """Cat began to write at 400 s what she knew then; Ann is at the terminal."""
    room = Room(small_brief(plan), ann="expert", cat=policy)
    here(room, 280, "ann", "cat")
    declared(room, 300)
    shown(room, 380, before)
    room.told(
        400,
        WorkBegan(
            by="cat", work="w1", kind="message", item=template, takes_s=90, looks_until=490,
        ),
    )  # fmt: skip
    return room


def shown(room, at, errors):
    """Ann showed everybody how many fail."""
    room.told(
        at,
        FindPosted(
            by="ann", found=at, look="panel", views=("metrics",), of="api",
            facts={"errors": errors}, measured_at=at, clues=(),
        ),
    )  # fmt: skip


def drafts(room):
    """What Cat would do with her draft."""
    return wishes(room, "cat", redrafting)


def named(room, at):
    """Ann names the cause."""
    room.told(at, HypothesisStated(by="ann", cause="held", confidence=90))


@pytest.mark.parametrize(
    ("errors", "stops"), [(880_000, []), (300_000, [CancelWork()]), (0, [CancelWork()])]
)
def test_a_draft_is_laid_aside_when_half_as_many_fail(errors, stops):
    """A few less are no other story; a third, or none, are."""
    room = writing()
    shown(room, 410, errors)

    assert drafts(room) == stops


def test_a_draft_is_laid_aside_for_a_cause_or_a_step_that_ended():
    """It would say that the cause is looked for, or that the step is under way."""
    cause, step = writing(), writing()
    named(cause, 410)
    step.told(395, ActionStarted(by="ann", work="w2", action="kill-query", kind="kill_query"))
    step.told(412, ActionFinished(by="ann", work="w2", action="kill-query", says="ok"))

    assert (drafts(cause), drafts(step)) == ([CancelWork()], [CancelWork()])


@pytest.mark.parametrize("at", [480, 489])
def test_what_is_all_but_written_goes_out(at):
    """With ten seconds left nobody begins again."""
    room = writing()
    named(room, at)

    assert drafts(room) == []


def test_a_novice_sends_what_was_begun():
    """Only who is practised looks up from the desk."""
    room = writing("novice")
    named(room, 410)

    assert drafts(room) == []


def test_what_tells_no_moment_is_not_laid_aside():
    """Nor is a resolution, which speaks of all that was, or anything that is no message."""
    room = writing(template="resolution")
    named(room, 410)
    free = writing()
    free.told(405, WorkCancelled(by="cat", work="w1"))
    named(free, 410)

    assert (drafts(room), drafts(free)) == ([], [])


def test_a_draft_is_laid_aside_once_and_may_be_written_again():
    """The second one goes out, whatever comes; the first counts as never sent."""
    room = Room(BRIEF, cat="expert")
    here(room, 280, "ann", "cat")
    declared(room, 300)
    memory = room.bots["cat"]._memory
    for at in (400, 500):
        room._write(at, "cat", SendMessage(template=UPDATE, fields={}))
        room.told(
            at,
            WorkBegan(by="cat", work=f"w{at}", kind="message", item=UPDATE, takes_s=90,
                      looks_until=at + 90),
        )  # fmt: skip
        named(room, at + 10)
        memory = room.bots["cat"]._memory
        assert memory.times(f"send_message:{UPDATE}") == 1
        if at == 400:
            assert drafts(room) == [CancelWork()]
            room.told(at + 15, WorkCancelled(by="cat", work=f"w{at}"))
            assert room.bots["cat"]._memory.times(f"send_message:{UPDATE}") == 0

    assert drafts(room) == []


def test_a_figure_is_shown_before_the_level_it_changes():
    """Who is to write about it has seen it by then."""
    room = Room(BRIEF, ann="expert")
    here(room, 280, "ann", "cat")
    declared(room, 300, level="LOW")
    room.told(310, found(310, look="panel", errors=990_000))
    first = wishes(room, "ann", grading.declaring)
    room._write(312, "ann", PostFind(found=room.entries[-1].seq))
    then = wishes(room, "ann", grading.declaring)

    assert [type(order) for order in (first[0], then[0])] == [PostFind, Regrade]


def test_a_plan_without_a_word_for_a_known_cause_says_that_it_is_worked_on():
    """One organisation knows no *identified*: once the cause is named it is *mitigating*."""
    for plan, status in (("fraiseql", "identified"), ("code", "mitigating")):
        room = Room(small_brief(plan), ann="expert")
        here(room, 280, "ann")
        declared(room, 300, level=small_brief(plan).plan.ordered()[0])
        named(room, 400)
        assert wishes(room, "ann", ending.ending)[0] == SetStatus(status=status)


def test_who_is_stuck_says_so_and_calls_one_who_may_know():
    """Five looks, no cause: said once, then a page; nobody else while that one comes."""
    room = Room(KNOWING, ann="novice")
    here(room, 280, "ann")
    declared(room, 300)
    for n in range(5):
        room.told(310 + n, found(310 + n, look="panel", errors=900_000))
    said = wishes(room, "ann", stuck)
    room._write(330, "ann", said[0])
    called = wishes(room, "ann", stuck)
    room._write(340, "ann", called[0])

    assert isinstance(said[0], Say)
    assert isinstance(called[0], Page)
    assert wishes(room, "ann", stuck) == []


def test_a_guess_is_no_cause_once_it_works_again():
    """After a rush that seems to have helped nobody names what no clue speaks for."""
    room = Room(KNOWING, ann="novice")
    here(room, 280, "ann")
    declared(room, 300)
    room.told(305, found(305, look="panel", errors=900_000))
    room.told(310, ActionStarted(by="ann", work="w2", action="kill-query", kind="kill_query"))
    room.told(340, ActionFinished(by="ann", work="w2", action="kill-query", says="ok"))
    room.told(400, found(400, look="panel", errors=0))

    (order,) = wishes(room, "ann", remedies.naming)
    assert (type(order), order.cause) == (Hypothesise, "not-known")


def test_a_late_word_is_not_made_later():
    """The first update is overdue: it goes out, whatever was named meanwhile."""
    room = Room(BRIEF, cat="expert")
    here(room, 280, "ann", "cat")
    declared(room, 300)
    room.told(
        1500,
        WorkBegan(
            by="cat", work="w1", kind="message", item=UPDATE, takes_s=90, looks_until=1590,
        ),
    )  # fmt: skip
    named(room, 1510)

    assert drafts(room) == []
