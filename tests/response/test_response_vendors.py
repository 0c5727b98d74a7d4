"""Stories about somebody outside: a machine at once, a person when the contract says."""

from rehearsal import Rehearsal
from small_brief import PLAN, ROSTER, small_brief

from simulator.clock import t_plus
from simulator.journal.commands.paging import Acknowledge, Notify, Page
from simulator.journal.commands.room import StepOut
from simulator.journal.commands.talk import AskColleague, HandOver
from simulator.journal.events.paging import Joined
from simulator.journal.events.talk import QuestionAnswered, Voice

CONTRACT = (
    PLAN.replace("  manager: {word: Manager}\n", "  manager: {word: Manager}\n"
                 "  vendor: {word: The cloud}\n")
    .replace("mobilisation: {roles: {CRITICAL: [on_call, manager]}}",
             "mobilisation: {roles: {CRITICAL: [on_call, manager]},"
             " later: [{role: vendor, after: {CRITICAL: 15m, LOW: 60m}}]}")
)  # fmt: skip
PEOPLE = ROSTER + "  vic: {name: Vic, roles: [vendor]}\n"


def contracted(**texts):
    """A drill with a vendor who comes after 15 minutes, and a page at 60 s."""
    drill = Rehearsal(small_brief(plan=CONTRACT, roster=PEOPLE, **texts))
    drill.fires(at=60)
    return drill


def heard(drill):
    """What alice heard of the vendor."""
    return [
        (t_plus(e.at), e.what.wants)
        for e in drill.stage.entries
        if isinstance(e.what, Voice) and e.what.sender == "vendor" and e.what.to == ("alice",)
    ]


def test_a_machine_answers_at_once_and_a_person_by_contract():
    """The person asks what the case said already; a second word opens no second case."""
    drill = contracted()
    drill.say("alice", Notify(role="vendor", text="your region is gone"), at=120)
    drill.say("alice", Notify(role="vendor", text="hello?"), at=300)
    drill.until(2000)

    assert heard(drill) == [("T+02:00", "nothing"), ("T+17:00", "answer")]
    assert drill.lines(Joined, "{e.person} as {e.role}") == ["T+17:00 vic as vendor"]


def test_a_vendor_who_is_paged_comes_no_sooner():
    """Taking the page is the machine's; the person follows the contract."""
    drill = contracted()
    drill.say("alice", Page(role="vendor", text="it burns"), at=120)
    drill.say("vic", Acknowledge(page="p2"), at=150)
    drill.until(2000)

    assert drill.lines(Joined, "{e.person}") == ["T+17:00 vic"]


def test_a_question_to_the_vendor_is_answered_by_the_person():
    """Asking opens the case; reading and answering begin when somebody is there."""
    drill = contracted()
    drill.say("alice", AskColleague(person="vic", text="is the region down for you?"), at=120)
    drill.until(2000)
    (at,) = [e.at for e in drill.stage.entries if isinstance(e.what, QuestionAnswered)]

    assert 120 + 900 + 40 <= at <= 120 + 900 + 240


def test_without_a_contract_a_vendor_is_a_colleague():
    """Nothing in the plan says when: told is told, and a page brings them in by a briefing."""
    drill = Rehearsal(small_brief(roster=PEOPLE))
    drill.say("alice", Notify(role="vendor"), at=20)
    drill.until(2000)

    assert (heard(drill), drill.happened(Joined)) == ([], [])


def test_a_vendor_who_is_here_already_asks_and_joins_no_second_time():
    """Vic took the backup's pager over in between."""
    drill = contracted()
    drill.say("alice", Notify(role="vendor", text="your region is gone"), at=120)
    drill.say("bob", HandOver(role="backup", person="vic"), at=130)
    drill.until(2000)

    assert heard(drill) == [("T+02:00", "nothing"), ("T+17:00", "answer")]
    assert [one.person for one in drill.happened(Joined)] == ["vic"]


def test_a_vendor_who_left_comes_to_no_case():
    """Nobody joins, and nobody asks."""
    drill = contracted()
    drill.say("alice", Notify(role="vendor", text="your region is gone"), at=120)
    drill.say("vic", StepOut(), at=130)
    drill.until(2000)

    assert heard(drill) == [("T+02:00", "nothing")]
    assert drill.happened(Joined) == []
