"""Stories about messages: what they cost, what they hold, whether they are true."""

from rehearsal import Rehearsal
from small_brief import PLAN, small_brief

from simulator.brief.authority import authority
from simulator.brief.severity import severity_of
from simulator.journal.commands.incident import Declare, Resolve, SetStatus
from simulator.journal.commands.talk import (
    AskApproval,
    GiveApproval,
    Note,
    PostFind,
    SendMessage,
)
from simulator.journal.commands.work import Hypothesise, Look
from simulator.journal.events.talk import MessageSent, Noted
from simulator.journal.events.work import FindPosted, Found

GOOD = {
    "status": "investigating",
    "impact": "38 % of requests fail",
    "cause": "not-known",
    "next": "600",
}


def sent(fields, *, looked: bool = True, text: str = "", template: str = "update") -> MessageSent:
    """The message as it went out, written by Alice after a look at the panel."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    if looked:
        drill.say("alice", Look(look="panel"), at=10)
    order = SendMessage(template=template, fields=fields, text=text)
    drill.say("alice", order, at=40)
    drill.until(200)
    (message,) = drill.happened(MessageSent)
    return message


def test_a_good_update_is_whole_and_honest():
    """Every required field has content; the next one is promised for ten minutes on."""
    message = sent(GOOD)

    assert (message.filled, message.required, message.honest, message.next_update_s) == (
        4,
        4,
        True,
        40 + 90 + 600,
    )


def test_a_field_without_content_does_not_count():
    """Presence is not content: dashes for a time, a blank for a cause."""
    message = sent({**GOOD, "next": "soon", "cause": " "})

    assert message.filled == 2


def test_more_than_was_seen_is_an_overclaim():
    """Ninety percent were never measured."""
    assert sent({**GOOD, "impact": "90 % of requests fail"}).overclaims == ("impact",)


def test_far_less_than_was_seen_is_an_omission():
    """One percent, where the panel showed 38."""
    assert sent({**GOOD, "impact": "1 % of requests fail"}).omits == ("errors",)


def test_lost_data_that_is_left_out_is_an_omission():
    """The panel told her of it, and her impact speaks of requests alone."""
    drill = Rehearsal()
    drill.facts["data"] = "lost"
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", SendMessage(template="update", fields=GOOD), at=40)
    whole = {**GOOD, "impact": "38 % of requests fail, data lost"}
    drill.say("alice", SendMessage(template="update", fields=whole), at=200)
    drill.until(400)

    assert [message.omits for message in drill.happened(MessageSent)] == [("data",), ()]


def test_a_cause_nobody_named_is_an_overclaim():
    """Neither a clue nor a hypothesis speaks for it."""
    assert sent({**GOOD, "cause": "bad-release"}).overclaims == ("cause",)


def test_a_belief_said_as_belief_is_none():
    """A word of doubt claims nothing."""
    assert sent({**GOOD, "cause": "probably bad-release"}).honest


def test_calling_it_resolved_against_ones_own_figures_is_an_overclaim():
    """The newest panel still shows 38 %."""
    assert "status" in sent({**GOOD, "status": "resolved"}).overclaims


def test_an_end_nobody_works_towards_is_an_overclaim():
    """Ten minutes to the cure, with nothing begun."""
    assert sent({**GOOD, "eta": "in 10 min"}).overclaims == ("eta",)


def test_no_data_lost_must_have_been_seen():
    """Nobody has looked."""
    impact = "38 % of requests fail, no data lost"

    assert sent({**GOOD, "impact": impact}).overclaims == ("data",)


def test_a_named_cause_may_be_told():
    """Once it is named in the channel, saying so is honest."""
    drill = Rehearsal()
    drill.say("alice", Hypothesise(cause="pool-full", confidence=80), at=5)
    order = SendMessage(template="update", fields={**GOOD, "cause": "pool-full"})
    drill.say("alice", order, at=10)
    drill.until(200)

    assert drill.happened(MessageSent)[0].overclaims == ()


def test_cost_is_what_was_changed_not_what_was_typed():
    """90 s new, 60 s edited, 30 s unchanged."""
    drill = Rehearsal()
    for at, status in ((10, "investigating"), (200, "mitigating"), (400, "mitigating")):
        order = SendMessage(template="update", fields={**GOOD, "status": status})
        drill.say("alice", order, at=at)
    drill.until(600)

    assert [e.at for e in drill.stage.entries if isinstance(e.what, MessageSent)] == [100, 260, 430]


def test_a_notice_without_leave_goes_out_and_says_so():
    """The manager's word was not asked for."""
    message = sent({"impact": "38 % fail"}, template="notice", text="A disaster, we know")

    assert (message.authorised, message.banned) == (False, ("disaster",))


def test_a_notice_with_leave_is_authorised():
    """Ana approves the message by its name."""
    drill = Rehearsal()
    drill.comes("ana")
    drill.say("alice", AskApproval(action="notice", reason="they feel it"), at=10)
    drill.settle()
    drill.say("ana", GiveApproval(request="r1"), at=30)
    order = SendMessage(template="notice", fields={"impact": "38 % fail"}, authorised_by="r1")
    drill.say("alice", order, at=40)
    drill.until(200)

    assert drill.happened(MessageSent)[0].authorised


def test_a_message_must_be_one_of_the_plans():
    """Neither an invented template, nor an invented field, nor one of another level."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="LOW"), at=5)

    assert (
        drill.refused("alice", SendMessage(template="poem")),
        drill.refused("alice", SendMessage(template="update", fields={"mood": "good"})),
        drill.refused("alice", SendMessage(template="notice", fields={"impact": "38 %"})),
    ) == ("unknown", "unknown", "lifecycle")


def test_a_message_of_another_status_is_refused():
    """Only once it is over may a notice of the end be written."""
    over = "    audience: customers\n    statuses: [resolved]\n"
    drill = Rehearsal(small_brief(plan=PLAN.replace("    audience: customers\n", over)))
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    (answer,) = drill.say("alice", SendMessage(template="notice", fields={"impact": "38 %"}))

    assert (answer.what.code, answer.what.reason) == (
        "lifecycle",
        "this message is for resolved; it is investigating",
    )


def test_a_find_is_shown_to_all():
    """Bob then holds the fact; what is nobody's find is refused."""
    drill = Rehearsal()
    drill.say("alice", Look(look="panel"), at=10)
    drill.until(40)
    seq = next(e.seq for e in drill.stage.entries if isinstance(e.what, Found))
    drill.say("alice", PostFind(found=seq))

    assert (
        len(drill.happened(FindPosted)),
        drill.stage.seat("bob").known.facts["errors"].value,
        drill.refused("bob", PostFind(found=seq)),
    ) == (1, 380_000, "unknown")


def test_an_empty_note_says_nothing():
    """A decision is a note that says so."""
    drill = Rehearsal()
    drill.say("alice", Note(text="we wait", decision=True))

    assert (drill.happened(Noted)[0].decision, drill.refused("alice", Note(text=" "))) == (
        True,
        "needs",
    )


def verdicts(person_roles, action: str):
    """What the small plan says to these roles."""
    brief = small_brief()
    return authority(brief.plan, person_roles, brief.scenario.actions[action])


def test_authority_is_the_sum_of_ones_roles():
    """Promoting is not the on-call's, is the backup's, is the manager's."""
    told = [verdicts(roles, "fail-over").allowed for roles in
            (("on_call",), ("on_call", "backup"), ("manager",))]  # fmt: skip

    assert told == [False, True, True]


def test_what_stands_nowhere_is_asked_of_the_rest():
    """An unlisted kind goes to whom the plan names for everything else."""
    brief = small_brief()
    action = brief.scenario.actions["fail-over"]
    revoke = type(action)(title="Revoke", kind="revoke", takes=action.takes)

    assert authority(brief.plan, ("on_call",), revoke).asks == ("manager",)


def test_an_amount_has_its_limit():
    """Twelve replicas are inside twenty; on the database two are the limit."""
    brief = small_brief()
    action = brief.scenario.actions["scale-api"]
    on_db = type(action)(title="x", kind="scale", takes=action.takes, amount=3, on=("db",))

    assert (verdicts(("on_call",), "scale-api").allowed,
            authority(brief.plan, ("on_call",), on_db).allowed) == (True, False)  # fmt: skip


def test_the_highest_level_that_holds_is_the_level():
    """38 % of errors are critical, one alert is low, nothing is nothing."""
    plan = small_brief().plan

    def grade(**facts):
        return severity_of(plan, lambda name: facts.get(name.text))

    assert (grade(errors=0.38, alerts=2), grade(alerts=1), grade()) == ("CRITICAL", "LOW", "")


def test_resolved_may_be_said_once_every_gate_was_passed():
    """Ana has looked at nothing, but everybody was told that it was proved."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    drill.say("ana", Look(look="panel"), at=6)
    drill.until(60)
    drill.facts = {"errors": 0}
    drill.say("alice", Look(look="panel"), at=70)
    drill.say("alice", SetStatus(status="monitoring"), at=100)
    drill.say("alice", Resolve(), at=110)
    fields = {**GOOD, "status": "resolved", "impact": "nobody is hurt any more"}
    drill.say("ana", SendMessage(template="update", fields=fields), at=120)
    drill.until(300)

    assert drill.happened(MessageSent)[0].honest


def test_a_status_that_knows_more_than_the_text_is_not_put_into_it():
    """Who wrote that the cause is looked for says so whole: it is not *Identified* in one line."""
    says = "mitigating: {word: Mitigating, public: Identified,"
    drill = Rehearsal(small_brief(plan=PLAN.replace("mitigating: {word: Mitigating,", says)))
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    drill.say("ana", SendMessage(template="update", fields=GOOD), at=20)
    drill.say("alice", SetStatus(status="mitigating"), at=40)
    drill.until(200)

    assert drill.happened(MessageSent)[0].fields["status"] == "investigating"


def test_a_status_set_meanwhile_is_put_as_it_holds():
    """From then on it only goes on: the desk writes how it stands as it goes out."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    drill.say("alice", SetStatus(status="mitigating"), at=10)
    fields = {**GOOD, "status": "mitigating"}
    drill.say("ana", SendMessage(template="update", fields=fields), at=20)
    drill.say("alice", SetStatus(status="monitoring"), at=40)
    drill.until(200)

    assert drill.happened(MessageSent)[0].fields["status"] == "monitoring"
