"""A whole journal told to a reader: each thing once, by its title, with what messages claim."""

import pytest
from told_by_hand import ALERT, FOUND, PAGE, POSTED, T0, brief, journal, says

from simulator.brief.conditions import parse
from simulator.journal.commands import incident as incident_orders
from simulator.journal.commands import paging as paging_orders
from simulator.journal.commands import talk as talk_orders
from simulator.journal.commands import work as work_orders
from simulator.journal.entry import Entry
from simulator.journal.events import incident, paging, room, talk, work, world
from simulator.journal.narration import narrate, retold
from simulator.journal.narration.telling import Telling


def test_an_order_and_its_event_are_one_line():
    """The event tells it; an order nothing came of yet is told as what was wanted."""
    entries = journal(
        (T0, "engine", PAGE),
        (90, "alice", paging_orders.Acknowledge(page="p1")),
        (90, "engine", paging.PageAcknowledged(page="p1", by="alice"), 1),
        (95, "alice", talk_orders.AskColleague(person="bob", text="Have you seen it?")),
    )

    assert says(entries) == [
        "Alice is paged: DbDown",
        "Alice acknowledges the page",
        "Alice wants to ask Bob: Have you seen it?",
    ]


def test_everything_is_told_where_it_is_asked_for():
    """The order beside its event, work that ends, what the story does in silence."""
    entries = journal(
        (T0, "alice", work_orders.Look(look="db-log")),
        (T0, "engine", work.WorkBegan(by="alice", work="w1", kind="look", item="db-log"), 0),
        (80, "engine", work.WorkEnded(by="alice", work="w1", kind="look", item="db-log"), 0),
        (90, "engine", room.InjectFired(inject="quiet")),
    )

    assert says(entries) == []
    assert says(entries, everything=True) == [
        'Alice wants to look at "Log of the database"',
        'Alice begins to look at "Log of the database"',
        'Alice is done with "Log of the database"',
        "the story goes on: quiet",
    ]


def test_a_find_is_told_with_its_meaning_to_the_facilitator_alone():
    """A seat reads the facts; what they mean it must see by itself."""
    entries = journal((100, "engine", FOUND))
    line = 'Alice sees "Log of the database": 97.1 % of requests fail, down: db'

    assert says(entries) == [f"{line}. It ran out of memory."]
    assert says(entries, reader="alice") == [line]
    assert [one.whole for one in retold(entries, brief())] == [("Out of memory", "Killed")]


def test_a_find_shown_to_all_has_its_figures_for_those_who_hear_them_first():
    """Who saw the find hears only that it was shown, and how old it was by then."""
    entries = journal((100, "engine", FOUND), (400, "engine", POSTED))
    shown = 'Alice shows everybody "Log of the database", as it was at T+01:40'

    assert says(entries, reader="alice")[-1] == shown
    assert says(entries, reader="bob") == [f"{shown}: 97.1 % of requests fail, down: db"]


def message(**changed):
    fields = {"status": "mitigating", "cause": "db-crash", "impact": "97 % of requests fail",
              "actions": "restart under way", "next-update": "300", "eta": "81"}  # fmt: skip
    told = {"by": "charlie", "template": "status-update", "use": "update",
            "audience_of": "internal", "fields": fields, "text": "", "filled": 6, "required": 6,
            "next_update_s": 660}  # fmt: skip
    return talk.MessageSent(**{**told, **changed})


def test_a_message_is_told_with_what_it_claims():
    """Status, cause and impact as it said them, and by when the next word was promised."""
    entries = journal((T0, "engine", PAGE), (360, "engine", message()))
    *_, sent = retold(entries, brief())

    assert sent.says == (
        'Charlie sends the status update: Mitigating; cause "The database went down";'
        ' impact "97 % of requests fail"; eta 1 min 21 s; next word by 10:11 UTC (T+10:00)'
    )
    assert "actions: restart under way" in sent.whole


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"template": "status-page", "use": "status_page", "audience_of": "public",
          "fields": {"status": "investigating", "next-update": "soon"}, "next_update_s": 0},
         "Charlie updates the status page: Investigating; next word: soon"),
        ({"template": "customer-notice", "use": "customer_notice", "audience_of": "customers",
          "fields": {}, "text": "We are on it.", "next_update_s": 0},
         "Charlie sends the customer notice to customers; We are on it."),
    ],
)  # fmt: skip
def test_each_message_says_to_whom_it_goes(changed, line):
    """The status page is read by all; a free text is told as it stands."""
    entries = journal((360, "engine", message(**changed)))

    assert says(entries) == [line]


def test_an_alert_and_the_page_it_joins_are_one_line():
    """The alert says it; so does a declaration of the page it is about."""
    entries = journal(
        (T0, "engine", PAGE),
        (70, "engine", ALERT),
        (70, "engine", paging.PageJoined(page="p1", alert="db-down", summary=ALERT.summary)),
        (90, "engine", incident.IncidentDeclared(incident="INC-1", level="CRITICAL",
                                                 title="", by="alice", provisional=True)),
        (90, "engine", incident.PageMerged(page="p1", by="alice")),
    )  # fmt: skip

    assert says(entries) == [
        "Alice is paged: DbDown",
        "critical alert fires: DbDown - no answer from db",
        "Alice declares CRITICAL provisionally, INC-1",
    ]


def test_a_step_that_changes_no_fault_by_itself_is_not_blamed():
    """A right step is told by its end alone; a useless one by what it was."""
    finished = work.ActionFinished(by="alice", work="w1", action="restart-db",
                                   says='{\n "ok": true }')  # fmt: skip
    entries = journal(
        (90, "engine", world.EffectTook(action="restart-db", by="alice", judged="right")),
        (90, "engine", finished),
        (95, "engine", world.EffectTook(action="restart-db", by="alice", judged="useless")),
    )

    assert says(entries) == [
        '"Start the database" by Alice is done',
        '"Start the database" by Alice changes nothing',
    ]


def test_a_deed_is_told_before_what_it_did():
    """The journal has it the other way round; nobody would say it so."""
    entries = journal(
        (90, "engine", world.DebtOpened(debt="d1", says="Alone.", undo="", action="restart-db")),
        (90, "engine", work.ActionFinished(by="al", work="w1", action="restart-db", says="OK")),
    )

    assert [one.entry.seq for one in retold(entries, brief())] == [1, 0]
    assert [one.entry.seq for one in retold(entries, brief(), everything=True)] == [0, 1]


def test_a_cure_is_told_by_what_cured_it():
    """The effect names fault and action; the fault's own end would say it again."""
    entries = journal(
        (40, "engine", world.FaultBegan(fault="crash", strength=1_000_000)),
        (90, "engine", world.FaultCured(fault="crash", by_action="restart-db")),
        (90, "engine", world.EffectTook(action="restart-db", by="alice", cured=("crash",))),
    )

    assert says(entries) == [
        '"PostgreSQL is down" begins',
        '"Start the database" by Alice cures "PostgreSQL is down"',
    ]
    assert says(entries, reader="alice") == []


def test_a_refusal_said_over_and_over_is_told_once():
    """By what was wanted and why it could not be, until the reason is another."""
    order = talk_orders.SendMessage(template="status-update")
    refused = room.Refused(to="alice", order="send_message", reason="w", code="busy")
    writes = work.WorkBegan(by="alice", work="w1", kind="message", item="declaration",
                            takes_s=90, looks_until=180)  # fmt: skip
    entries = journal(
        (T0, "engine", PAGE),
        (90, "engine", writes),
        (100, "alice", order),
        (100, "engine", refused, 2),
        (110, "alice", order),
        (110, "engine", refused, 4),
    )

    assert says(entries, reader="alice")[1:] == [
        "Alice begins to write the declaration",
        "Alice cannot send the status update: busy with the declaration until about T+02:00",
    ]


def test_a_person_with_two_pages_says_which():
    """An alert's page by the alert, a call by the role one was called in."""
    call = paging.Paged(page="p2", to="alice", role="sme", alert="", level="CRITICAL",
                        summary="Come", why="called", by="charlie")  # fmt: skip
    entries = journal(
        (T0, "engine", PAGE),
        (70, "engine", call),
        (80, "engine", paging.PageAcknowledged(page="p1", by="alice")),
        (90, "engine", paging.PageAcknowledged(page="p2", by="alice")),
    )

    assert says(entries)[1:] == [
        "Charlie pages Alice as Subject Matter Expert: Come",
        'Alice acknowledges the page "DbDown"',
        "Alice acknowledges the page as Subject Matter Expert",
    ]


def test_leave_is_asked_for_with_its_grounds_and_named_when_it_is_used():
    """Why, at what risk and what leads back; the way back by its title."""
    asked = talk.ApprovalAsked(request="r1", by="alice", of="charlie", action="restart-db",
                               reason="It is down", risk="A minute", way_back="none")  # fmt: skip
    started = work.ActionStarted(by="alice", work="w1", action="restart-db", kind="restart",
                                 approval="r1")  # fmt: skip
    entries = journal((90, "engine", asked), (99, "engine", started))

    assert says(entries) == [
        ('Alice asks Charlie for leave for "Start the database"; why: It is down;'
         " risk: A minute; way back: none"),
        'Alice starts "Start the database", with leave of Charlie',
    ]  # fmt: skip


def test_what_is_left_and_put_right_is_told_by_what_it_is():
    """A debt by its sentence, from whoever owns it to its end."""
    opened = world.DebtOpened(debt="d1", says="It runs alone.", undo="", action="restart-db")
    entries = journal(
        (90, "engine", opened),
        (95, "engine", incident.DebtOwned(debt="d1", owner="bob", by="alice", due_in_s=86_400)),
        (99, "engine", world.DebtSettled(debt="d1")),
    )

    assert says(entries) == [
        '"Start the database" leaves something to be put right: It runs alone.',
        'Alice gives Bob "It runs alone." to put right within 1 d',
        'put right: "It runs alone."',
    ]


@pytest.mark.parametrize(
    ("condition", "what"),
    [
        (parse("api.errors < 1% and mode == normal"), "api errors below 1 %, mode is normal"),
        (None, "usual figures, and no fault that customers feel"),
    ],
)
def test_restored_says_what_the_drill_asks_for(condition, what):
    """Being served again is one thing; the condition may ask for more."""
    entry = Entry(seq=0, at=700, by="engine", what=world.ImpactEnded(since=640))
    told = narrate(entry, None, brief(restored_when=condition), zero=T0)
    by_clock = narrate(entry, None, brief(restored_when=condition))

    expected = (
        f"the drill counts it as restored since 10:10 UTC (T+09:40), for a minute now: {what}"
    )
    assert told == expected
    assert by_clock == expected.replace(" (T+09:40)", "")


def test_the_report_is_told_with_what_it_claims():
    """Impact, duration and cause in its line, every section in its text."""
    fields = {"impact": "All failed", "duration": "40 min", "lessons": "Look first"}
    entries = journal((900, "engine", incident.ReportSubmitted(by="charlie", fields=fields)))
    (told,) = retold(entries, brief())

    assert told == Telling(
        entry=entries[0],
        says="Charlie hands in the report, 3 sections: duration: 40 min; impact: All failed",
        whole=("duration: 40 min", "impact: All failed", "lessons: Look first"),
    )


def test_an_action_for_oneself_is_taken():
    """Whoever writes it down for themselves takes it."""
    order = incident_orders.AddAction(text="Add memory", owner="bob", due_in_s=86_400)
    added = incident.ActionAdded(by="bob", text="Add memory", owner="bob", due_in_s=86_400)
    entries = journal((900, "bob", order), (900, "engine", added, 0))

    assert says(entries) == ["Bob takes an action within 1 d: Add memory"]


def one_line(what):
    """What is told of one event."""
    (line,) = says(journal((900, "engine", what)))
    return line


def test_a_seat_nobody_was_named_for_goes_by_its_role():
    """A bot is the tech lead, and is not made what it is called anyway."""
    role, person = "tech_lead", "tech-lead"

    assert one_line(incident.RoleAssigned(role=role, person=person, by="alice")) == (
        "Alice assigns the role of tech lead"
    )
    assert one_line(incident.RoleAssigned(role=role, person="bob", by="alice")) == (
        "Alice makes Bob tech lead"
    )


def test_a_role_that_is_taken_is_told_otherwise_than_one_handed_over():
    """Who speaks first is who acts."""
    terms = {"role": "commander", "before": "alice", "person": "bob", "says": "I have it"}

    assert one_line(talk.HandedOver(**terms)).startswith("Alice hands ")
    assert one_line(talk.HandedOver(**terms, seized=True)).startswith("Bob takes ")


def test_what_the_plan_tells_by_itself_is_told_automatically():
    """Nobody is named as having done it."""
    told = {"role": "manager", "person": "charlie", "by": "engine", "text": "CRITICAL"}

    assert " is told automatically: CRITICAL" in one_line(paging.Notified(**told, automatic=True))


@pytest.mark.parametrize(
    ("duty", "said"),
    [("acknowledge", True), ("notify.0", True), ("unresolved.0", True), ("notify.99", False)],
)
def test_a_duty_is_told_in_the_plans_own_sentence(duty, said):
    """Ladders and notices have theirs too; what the plan has no sentence for is told in words."""
    plan = brief().plan
    own = {
        "acknowledge": plan.duties["acknowledge"].says,
        "notify.0": plan.escalation.notify[0].says,
        "unresolved.0": plan.escalation.unresolved[0].says,
    }.get(duty, "")
    line = one_line(incident.DutyDeviated(duty=duty, because="no phone", by="alice"))

    assert (f'"{own}"' if own else duty.replace(".", " ")) in line
    assert bool(own) is said


def test_a_step_and_a_task_are_told_once_with_what_brought_them():
    """The first word of an action in its own second, and a task done by doing it."""
    started = work.ActionStarted(by="bob", work="w1", action="restart-db", kind="restart")
    entries = journal(
        (900, "engine", started),
        (900, "engine", work.ActionProgressed(by="bob", action="restart-db", text="stopping")),
        (960, "engine", work.HypothesisStated(by="bob", cause="db-crash", confidence=80)),
        (960, "engine", talk.TaskDone(task="t1", by="bob", to="alice", what="name it")),
        (970, "engine", work.ActionProgressed(by="bob", action="restart-db", text="starting")),
    )

    assert [one.entry.seq for one in retold(entries, brief(), reader="bob")] == [0, 2, 4]


def test_a_handover_is_begun():
    """Two who hand over say so before they are done."""
    began = work.WorkBegan(by="alice", work="w1", kind="handover", item="commander")
    entries = journal((900, "engine", began))

    assert [one.says for one in retold(entries, brief(), everything=True)] == [
        "Alice begins to hand over"
    ]
