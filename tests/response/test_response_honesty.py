"""Stories about what counts as honest: old figures, promises by the clock, overtaken drafts."""

from rehearsal import Rehearsal
from small_brief import small_brief

from simulator.journal.commands.incident import Declare, Resolve, SetStatus
from simulator.journal.commands.talk import SendMessage
from simulator.journal.commands.work import Look, Mitigate
from simulator.journal.events.room import Refused
from simulator.journal.events.talk import MessageSent
from simulator.journal.events.world import EffectTook
from simulator.response.honesty import has_content

GOOD = {
    "status": "investigating",
    "impact": "38 % of requests fail",
    "cause": "not-known",
    "next": "600",
}


def sent(fields) -> MessageSent:
    """The update as it went out, written by Alice after a look at the panel."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", SendMessage(template="update", fields=fields), at=40)
    drill.until(200)
    return drill.happened(MessageSent)[0]


def eased(impact: str, *, measures_again: float | None = None) -> MessageSent:
    """Alice's message after she saw 38 %, restarted the api, and that it helped."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", Mitigate(action="restart-api"), at=100)
    drill.until(250)
    helped = EffectTook(by="alice", action="restart-api", cured=("dry",), judged="right")
    drill.stage.emit(helped)
    if measures_again is not None:
        drill.facts = {"errors": round(measures_again * 1_000_000)}
        drill.say("alice", Look(look="panel"), at=260)
    drill.say("alice", SendMessage(template="update", fields={**GOOD, "impact": impact}), at=300)
    drill.until(500)
    return drill.happened(MessageSent)[0]


def test_a_figure_from_before_the_cure_is_no_present():
    """She knows that the restart is done and repeats what the panel showed before it."""
    assert eased("38 % of requests fail").overclaims == ("impact",)


def test_a_figure_told_with_its_time_is_honest():
    """What was so at 14:20 was so, whatever was done since."""
    assert eased("at 14:20 38 % of requests failed; not measured again yet").honest


def test_a_time_makes_no_figure_true():
    """Nobody was ever shown ninety percent."""
    assert eased("at 14:20 90 % of requests failed").overclaims == ("impact",)


def test_a_newer_find_contradicts_an_older_figure():
    """The panel has shown five percent since."""
    told = [eased(text, measures_again=0.05) for text in ("38 % fail", "5 % fail")]

    assert [one.overclaims for one in told] == [("impact",), ()]


def test_a_figure_stays_true_while_nothing_has_helped():
    """A restart that changed nothing makes no honest figure a lie."""
    drill = Rehearsal()
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", Mitigate(action="restart-api"), at=100)
    drill.until(250)
    drill.say("alice", SendMessage(template="update", fields=GOOD), at=300)
    drill.until(500)

    assert drill.happened(MessageSent)[0].honest


def test_a_promise_by_the_clock_is_kept_by_the_clock():
    """14:30 is 600 s into the drill, however long the writing took; a past one stays past."""
    told = [sent({**GOOD, "next": text}).next_update_s for text in ("14:30 UTC", "by 14:21")]

    assert told == [600, 60]


def test_a_promise_for_another_day_names_it():
    """14:20 of the next day is a day on; no day of that name is no promise."""
    told = [
        sent({**GOOD, "next": text}).next_update_s
        for text in ("14 March 14:20 UTC", "31 February 14:20 UTC")
    ]

    assert told == [86_400, 0]


def test_a_bare_number_or_a_channel_says_little():
    """A number is no latency with a unit, a channel no runbook; a count is one."""
    brief = small_brief()
    said = [
        has_content(brief, holds, text, name)
        for holds, text, name in (
            ("number", "1", "availability"),
            ("number", "99.96 %", "availability"),
            ("number", "3", "number"),
            ("text", "1", "findings"),
            ("place", "The huddle", "runbook"),
            ("place", "#incidents", "channel"),
        )
    ]

    assert said == [False, True, True, False, False, True]


def test_a_cause_told_by_its_title_is_judged_like_its_id():
    """Nobody named it, and no clue speaks for it."""
    assert sent({**GOOD, "cause": "The last release is bad"}).overclaims == ("cause",)


def test_a_message_goes_out_with_the_status_that_holds_then():
    """Bob sets mitigating while Alice writes investigating."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    drill.say("alice", SendMessage(template="update", fields=GOOD), at=10)
    drill.say("bob", SetStatus(status="mitigating"), at=60)
    drill.until(200)

    assert drill.happened(MessageSent)[0].fields["status"] == "mitigating"


def test_a_draft_the_end_has_overtaken_is_not_sent():
    """It was called over while Bob wrote how bad it is."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    drill.say("alice", SetStatus(status="monitoring"), at=10)
    drill.say("bob", SendMessage(template="update", fields=GOOD), at=20)
    drill.say("alice", Resolve(), at=60)
    drill.until(200)

    assert drill.happened(MessageSent) == []
    assert [(one.to, one.code) for one in drill.happened(Refused)] == [("bob", "overtaken")]


def test_a_draft_that_is_true_after_the_end_as_well_is_sent():
    """A notice to customers is of no status: that it was called over meanwhile stops it not."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL"), at=5)
    drill.say("alice", SetStatus(status="monitoring"), at=10)
    drill.say("bob", SendMessage(template="notice", fields={"impact": "38 % failed"}), at=20)
    drill.say("alice", Resolve(), at=60)
    drill.until(200)

    assert (len(drill.happened(MessageSent)), drill.happened(Refused)) == (1, [])
