"""Stories about what bots may claim: means, ends, starts, verdicts, causes, roles and promises."""

import pytest
from one_desk import Desk

from simulator.journal.events.incident import RoleAssigned, StatusSet
from simulator.journal.events.paging import Joined
from simulator.journal.events.talk import MessageSent, Voice
from simulator.journal.events.work import (
    ActionStarted,
    FindPosted,
    HypothesisStated,
    WorkBegan,
)
from simulator.responders import span
from simulator.responders.fields import cause, content
from simulator.responders.items import lesson_items
from simulator.responders.lessons import late_duties
from simulator.responders.messages import stated
from simulator.responders.phrases import doing, phrase
from simulator.responders.report import report
from simulator.responders.voices import replying

AT_10 = 600
"""Second 600 is 10:10."""


def field(desk, now, name, holds, template="status-update"):
    """What she writes into one field."""
    terms = desk.brief.plan.templates[template]
    return content(desk.mind(now), terms, name, holds)


def free(desk, now, name):
    """What she writes into a field of free text."""
    return phrase(desk.mind(now), desk.brief.plan.templates["status-update"], name)


def cured(desk):
    """All failed, a step ended at 10:10, and a try a minute later met nothing wrong."""
    desk.found(400, "try", errors=1_000_000)
    desk.did(AT_10, "kill-query")
    desk.found(660, "try", errors=0)
    return desk


def test_a_mean_over_a_change_is_no_present():
    """Two minutes after the step the panel still tells of the three minutes before it."""
    desk = Desk()
    desk.found(400, "try", errors=1_000_000)
    desk.did(AT_10, "kill-query")
    desk.found(720, errors=600_000)

    assert stated(desk.mind(730)) == "over the 5 min until 10:12 UTC 60 % of requests failed"


def test_a_try_is_told_beside_the_mean_it_contradicts():
    """Customers read both figures with their times, and neither as the present."""
    desk = cured(Desk())
    desk.found(890, errors=21_000)

    assert stated(desk.mind(900), outside=True) == (
        "at 10:11 UTC 0 % of requests failed; "
        "over the 5 min until 10:14 UTC 2.1 % of requests failed"
    )


def test_a_mean_that_proves_new_failures_is_the_present():
    """Three minutes after a good try no old failure leaves ninety percent."""
    desk = cured(Desk())
    desk.found(1000, errors=900_000)

    assert stated(desk.mind(1010)) == "90 % of requests fail"


def test_a_falling_mean_does_not_put_the_end_off():
    """It was over at the try, whatever the panel still remembered later."""
    desk = cured(Desk())
    desk.found(890, errors=21_000)
    desk.found(1000, errors=400)

    assert span.until(desk.mind(1010)) == 660


def test_without_a_try_the_end_is_where_the_good_window_begins():
    """A mean of five good minutes shows that it was well for five minutes."""
    desk = Desk()
    desk.found(400, "try", errors=1_000_000)
    desk.did(AT_10, "kill-query")
    desk.found(720, errors=600_000)
    desk.found(960, errors=400)

    assert span.until(desk.mind(970)) == 660


@pytest.mark.parametrize(("share", "ends"), [(900_000, None), (21_000, 660)])
def test_failures_that_came_back_are_no_end(share, ends):
    """What the minutes before the try cannot explain is failing still."""
    desk = cured(Desk())
    desk.found(900, errors=share)

    assert span.until(desk.mind(910)) == ends


def test_a_rising_mean_fails_at_its_second():
    """A small mean above the one before it is news, not memory."""
    desk = cured(Desk())
    desk.found(890, errors=400)
    desk.found(950, errors=40_000)

    assert span.until(desk.mind(960)) is None


def test_a_posted_try_counts_as_a_try():
    """What a colleague showed ends it as well as a look of one's own."""
    desk = Desk()
    desk.found(400, "try", errors=1_000_000)
    desk.told(
        700,
        FindPosted(by="bob", found=99, look="try", views=("reproduce",), of="api",
                   facts={"errors": 0}, measured_at=660, clues=()),
    )  # fmt: skip
    desk.found(890, errors=21_000)

    assert span.until(desk.mind(900)) == 660


def test_customers_say_since_when():
    """A report that names an earlier minute sets the start; what is no report does not."""
    desk = cured(Desk())
    desk.told(400, Voice(sender="vendor", text="The region is slow since 09:58."))
    before = field(desk, 410, "started", "time")
    desk.told(420, Voice(sender="customers", text="All fails since 10:03.", ticket=True))
    desk.told(700, StatusSet(by="ann", status="monitoring"))

    assert (before, field(desk, 430, "started", "time"), field(desk, 430, "detected", "time")) == (
        "10:05 UTC (first alert)",
        "10:03 UTC",
        "10:05 UTC",
    )
    assert stated(desk.mind(710)).startswith("from 10:03 UTC to 10:11 UTC up to 100 %")


def test_another_story_is_no_start():
    """What customers date an hour back did not begin with this incident."""
    desk = Desk()
    desk.told(420, Voice(sender="customers", text="Invoices wrong since 9:00.", ticket=True))

    assert not span.start_is_known(desk.mind(430))


def test_a_check_tells_its_verdict():
    """A count that failed is no step done, in the update and in the report alike."""
    desk = Desk()
    desk.did(500, "count", "FAIL missing 160; ghosts: 160")

    assert doing(desk.mind(510)) == "checked: Count the orders: FAIL missing 160; ghosts: 160"
    assert "checked: Count the orders: FAIL" in report(desk.mind(510)).fields["timeline"]


def test_outsiders_read_no_terminal():
    """The verdict's words stay inside."""
    desk = Desk()
    desk.did(500, "count", "FAIL missing 160; ghosts: 160")

    assert doing(desk.mind(510), outside=True) == "checked: Count the orders"


def test_what_still_runs_was_only_started():
    """The terminal handed back while the copy is being built."""
    desk = Desk()
    desk.did(500, "promote", "db-r1: creating")

    assert doing(desk.mind(510)) == "started: Promote the replica: db-r1: creating"
    assert doing(desk.mind(510), ended=True) == "Promote the replica (started)"


def test_a_run_that_failed_is_called_so():
    """Nothing was done by it, and nothing of it is irreversible."""
    desk = Desk()
    desk.did(500, "promote", "Error: no such instance", failed=True)

    assert doing(desk.mind(510)) == "failed: Promote the replica: Error: no such instance"
    assert free(desk, 510, "way_back") == "stop, and put it back as it was"


def test_who_knows_the_cause_does_not_look_for_it():
    """Between the cause and the first step the fix is prepared."""
    desk = Desk()
    before = doing(desk.mind(490))
    desk.told(500, HypothesisStated(by="ann", cause="slow-query", confidence=90))

    assert (before, doing(desk.mind(510))) == ("looking for the cause", "preparing what cures it")


def test_what_cannot_be_undone_stays_so():
    """A later step that could be taken back does not take the promotion back."""
    desk = Desk()
    desk.told(410, ActionStarted(by="bob", work="w2", action="promote", kind="failover"))
    during = free(desk, 420, "risk")
    desk.did(500, "promote")
    desk.did(600, "read-only")

    assert (during, free(desk, 610, "risk")) == ("cannot be undone: Promote the replica",) * 2
    assert free(desk, 610, "way_back").startswith("none: Promote the replica")


def test_what_is_watched_is_not_claimed():
    """A gate nobody has seen passed is named as one to be seen yet."""
    desk = cured(Desk())
    told = free(desk, 700, "watching")
    gates = [gate.says for gate in desk.brief.plan.gates.values()]

    assert "to be seen yet: " in told
    assert all(says in told for says in gates)


def test_availability_is_what_was_measured():
    """A share of this minute, not of the day."""
    desk = Desk()
    desk.found(400, errors=400)

    assert field(desk, 410, "availability", "number") == "99.96 % of requests answered at 10:06 UTC"


@pytest.mark.parametrize(
    ("clues", "inside", "outside"),
    [
        ((), "not known yet; looked into: A query holds the pool", "not known yet"),
        (("held-pool",), "A query holds the pool", "A query holds the pool"),
    ],
)
def test_being_over_makes_nobody_sure(clues, inside, outside):
    """The cause is told as firmly after the end as its clues allow."""
    desk = cured(Desk())
    desk.found(670, "sessions", clues=clues)
    desk.told(680, HypothesisStated(by="bob", cause="slow-query", confidence=25))
    mind = desk.mind(700)

    assert (cause(mind), cause(mind, outside=True)) == (inside, outside)
    assert ("Find out why" in lesson_items(mind)[0].text) == (not clues)


def test_a_commander_is_named_once_there_is_one():
    """A chair is no commander while the plan wants one assigned."""
    desk = Desk("platform")
    desk.told(330, Joined(person="cat", role="executive"))
    template = next(iter(desk.brief.plan.templates))
    before = field(desk, 340, "commander", "people", template)
    desk.told(350, RoleAssigned(role="commander", person="cat", by="ann"))

    assert before == "not assigned yet"
    assert "Incident Commander" in field(desk, 360, "commander", "people", template)


def looked(desk, by):
    """Somebody began a look."""
    desk.told(
        400,
        WorkBegan(by=by, work="w9", kind="look", item="panel", line="", takes_s=15, luck_s=0,
                  frees_person=False, looks_until=415),
    )  # fmt: skip


@pytest.mark.parametrize(("by", "claims"), [("ann", True), ("bob", False)])
def test_nobody_calls_missed_what_others_may_have_seen(by, claims):
    """The checks of the plan are missed only by whoever knows that nobody else looked."""
    desk = Desk()
    looked(desk, by)
    lines = late_duties(desk.mind(4000))
    diagnosis = next(r.says for r in desk.brief.plan.duties.values() if r.does == "diagnosis")

    assert any(line.startswith(diagnosis.rstrip(".")) for line in lines) == claims


def test_a_missed_duty_has_its_time_by_the_clock():
    """No time counts from when the writer came in."""
    lines = [line for line in late_duties(Desk().mind(4000)) if "missed" in line]

    assert lines
    assert all("missed, due at 1" in line and line.endswith("UTC") for line in lines)


def sent(template, use, promise):
    """A message that promises the next word."""
    return MessageSent(
        by="ann", template=template, use=use, audience_of="", fields={}, text="", filled=1,
        required=1, next_update_s=promise,
    )  # fmt: skip


def test_the_next_word_is_the_newest_promise():
    """An earlier promise was kept or overtaken; the page's is nothing to the bridge."""
    desk = Desk()
    desk.told(400, sent("status-update", "update", 720))
    desk.told(410, sent("status-page", "status_page", 2000))
    desk.told(500, sent("status-update", "update", 960))
    told = []
    for seq, sender in enumerate(("executive", "customers")):
        desk.told(510 + seq, Voice(sender=sender, text="When?", wants="word"))
        wish = list(replying(desk.mind(520)))[-1]
        told.append(wish.written(desk.mind(520)).text.rpartition(". ")[2])
        desk.memory = type(desk.memory)(me="ann")

    assert told == ["Next word at 10:16 UTC.", "Next word at 10:33 UTC."]
