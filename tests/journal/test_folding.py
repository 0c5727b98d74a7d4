"""What entries make of a picture, and who is told them: the rarer turns of a response."""

import pytest
from told_by_hand import brief, journal

from simulator.brief.conditions import Name
from simulator.journal.commands import incident as c_incident
from simulator.journal.commands import paging as c_paging
from simulator.journal.commands import room as c_room
from simulator.journal.commands import talk as c_talk
from simulator.journal.commands import work as c_work
from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.journal.events import incident, paging, room, talk, work, world
from simulator.journal.events.base import ENGINE, Event
from simulator.journal.gates import last_cure
from simulator.journal.narration import narrate, retold
from simulator.journal.situation import Situation, visible_to
from simulator.journal.truth import truth

ORDERS = (c_room, c_paging, c_incident, c_talk, c_work)
THEMES = (room, paging, incident, work, talk, world)
CURED = world.FaultCured(fault="leak", by_action="flush")
PAGE = paging.Paged(page="p1", to="ann", role="on_call", alert="a", level="HIGH", summary="")


def picture(*acts):
    """The situation after `(second, event)` acts."""
    of = Situation()
    for at, what in acts:
        of = of.after(Entry(seq=of.seq + 1, at=at, by=ENGINE, what=what))
    return of


def unforeseen(theme, kind=Event):
    """An event or order of a later day, in a theme of today."""
    return type("Unforeseen", (kind,), {"__module__": theme.__name__})()


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.__name__.rpartition(".")[2])
def test_an_event_no_branch_knows_moves_only_the_clock(theme):
    """A picture reads over what it has no place for."""
    assert picture((60, unforeseen(theme))) == picture((60, world.FaultInjected(fault="f", by="x")))


@pytest.mark.parametrize(
    ("theme", "kind"), [(one, Event) for one in THEMES] + [(one, Command) for one in ORDERS]
)
def test_what_has_no_sentence_is_never_passed_over(theme, kind):
    """Whoever adds an event or an order writes its sentence, or hears of it at once."""
    with pytest.raises(AssertionError, match="no sentence for Unforeseen"):
        narrate(Entry(seq=0, at=60, by="ann", what=unforeseen(theme, kind)))


def test_the_engine_is_told_everything_and_the_facilitator_all_but_its_secrets():
    """A signal is nobody's but the engine's; what happens to a fault is the facilitator's too."""
    secret = Entry(seq=0, at=0, by=ENGINE, what=world.SignalsChanged(services={}))
    open_to_all = Entry(seq=1, at=0, by=ENGINE, what=incident.IncidentResolved(by="ann"))

    assert [visible_to(one, ENGINE) for one in (secret, open_to_all)] == [True, True]
    assert [visible_to(one, "ann") for one in (secret, open_to_all)] == [False, True]


def test_the_first_to_take_a_page_marks_when_it_was_taken():
    """A second page taken later leaves the mark where it was."""
    second = paging.Paged(page="p2", to="bob", role="sme", alert="b", level="HIGH", summary="")
    after = picture(
        (60, PAGE),
        (70, second),
        (90, paging.PageAcknowledged(page="p1", by="ann")),
        (200, paging.PageAcknowledged(page="p2", by="bob")),
    )

    assert after.marks["acknowledged"] == 90
    assert [after.pages[name].state for name in ("p1", "p2")] == ["acknowledged", "acknowledged"]


def test_an_action_for_a_debt_gives_the_debt_its_owner():
    """Written down with a person and a date, it is owned; without a person it is a line only."""
    opened = world.DebtOpened(debt="d1", says="Alone.", undo="", action="promote")
    named = incident.ActionAdded(
        by="ann", text="Add a replica", owner="bob", due_in_s=60, debt="d1"
    )
    loose = incident.ActionAdded(by="ann", text="Add a replica", owner="", due_in_s=0, debt="d1")
    after = picture((60, opened), (90, named))

    assert (after.debts["d1"].owner, after.debts["d1"].due_in_s) == ("bob", 60)
    assert picture((60, opened), (90, loose)).debts["d1"].owner == ""


def test_an_answer_teaches_whoever_never_heard_the_question():
    """Its clues are known; there is no question to tick off."""
    answer = talk.QuestionAnswered(
        by="bob", to="ann", question="q9", text="It lags.", sure=80, clues=("lag",)
    )
    after = picture((60, answer))

    assert set(after.known.clues) == {"lag"}
    assert after.talk.questions == {}


def test_leave_for_a_request_one_never_heard_of_settles_nothing():
    """A seat that missed the request holds no half of it."""
    given = talk.ApprovalGiven(request="r9", by="cat", to="ann", action="promote")

    assert picture((60, given)).talk.approvals == {}


def test_only_the_work_somebody_is_at_comes_to_an_end():
    """The end of a work that was given up leaves the next one alone."""
    began = work.WorkBegan(by="ann", work="w2", kind="look", item="panel")
    late = work.WorkEnded(by="ann", work="w1", kind="look", item="logs")
    ended = work.WorkEnded(by="ann", work="w2", kind="look", item="panel")

    assert picture((60, began), (70, late)).busy("ann").work == "w2"
    assert picture((60, began), (70, late), (80, ended)).busy("ann") is None


def test_relief_that_came_later_is_a_mitigation():
    """From the second customers felt it, and not anew when more follows."""
    relief = world.EffectRelieved(action="flag", by="ann", before=1_000_000, after=125_000)

    assert picture((60, relief), (90, relief)).marks["mitigated"] == 60


@pytest.mark.parametrize(
    ("acts", "since"),
    [
        ([], 0),
        ([(60, work.ActionFinished(by="ann", work="w", action="flush", says=""))], 60),
        ([(60, world.FaultBegan(fault="leak", strength=9))], 0),
        (
            [
                (60, world.FaultBegan(fault="leak", strength=9)),
                (80, world.EffectTook(action="flag", by="ann", eased=("leak",))),
            ],
            80,
        ),
        ([(60, world.FaultBegan(fault="leak", strength=9, hurts=False)), (95, CURED)], 0),
        ([(60, world.FaultBegan(fault="leak", strength=9)), (95, CURED)], 95),
    ],
)
def test_a_proof_counts_from_the_cure_or_what_comes_nearest_to_it(acts, since):
    """The cure; the mitigation while faults stand; what was done, for a seat that sees no fault."""
    assert last_cure(picture(*acts), until=100) == since


def test_elapsed_runs_from_the_first_page():
    """Before it there is nothing to count from."""
    name = Name(text="elapsed")

    assert truth(picture((60, PAGE)), 100)(name) == 40
    assert truth(Situation(), 100)(name) is None


def test_the_whole_of_a_message_names_people_and_its_level():
    """Ids stand in the journal; a reader reads names and the plan's words."""
    sent = talk.MessageSent(
        by="alice", template="declaration", use="declaration", audience_of="internal",
        fields={"people": "alice, bob", "level": "CRITICAL"}, text="", filled=2, required=2,
    )  # fmt: skip
    (told,) = retold(journal((900, ENGINE, sent)), brief())

    assert told.whole == ("level: CRITICAL", "people: Alice, Bob")
    assert told.says.endswith("declaration: CRITICAL")


def test_closed_with_its_end_is_told_as_the_plan_means_it():
    """Under a plan whose incidents close when they are resolved, nobody closes them."""
    closed = Entry(seq=0, at=900, by=ENGINE, what=incident.IncidentClosed(by="alice"))

    assert narrate(closed, None, brief()) == "the incident is closed with that"
    assert narrate(closed) == "alice closes the incident"
