"""Stories about what bots write: one find's figures, old ones with their time, loss and an end."""

from dataclasses import replace

import pytest
from one_desk import Desk

from simulator.journal.events.incident import IncidentResolved, StatusSet
from simulator.journal.events.talk import MessageSent
from simulator.journal.events.work import ActionStarted, HypothesisStated, WorkBegan
from simulator.journal.events.world import AlertFired
from simulator.responders.lessons import late_duties, unheard
from simulator.responders.messages import as_of, message, stale_impact, stated
from simulator.responders.report import report


def test_figures_told_together_come_from_one_find():
    """The latency of another minute is not told beside the failures, nor any of an outage."""
    desk = Desk()
    desk.found(400, errors=120_000, p95_ms=185)
    whole = stated(desk.mind(410))
    desk.found(420, p95_ms=900)
    parts = stated(desk.mind(430))
    desk.found(440, errors=900_000, p95_ms=900)

    assert (whole, parts, stated(desk.mind(450))) == (
        "12 % of requests fail, p95 185 ms",
        "12 % of requests fail",
        "90 % of requests fail",
    )


def test_what_was_down_in_another_look_has_its_time():
    """The panel told the failures, the pods a moment later who is down."""
    desk = Desk()
    desk.found(400, errors=1_000_000)
    desk.found(430, "pods", service_down=("api",))

    assert stated(desk.mind(440)) == "100 % of requests fail; down at 10:07 UTC: api"


def test_a_figure_from_before_a_step_is_past():
    """Nobody has looked since read-only mode, so what was measured before is told as before."""
    desk = Desk()
    desk.found(400, errors=1_000_000)
    fresh = stale_impact(desk.mind(410))
    desk.did(480, "read-only")

    assert (fresh, stale_impact(desk.mind(490)), stated(desk.mind(490))) == (
        False,
        True,
        (
            "at 10:06 UTC 100 % of requests failed; since then done: Read-only mode, "
            "not measured again yet"
        ),
    )


def test_a_check_makes_no_figure_old():
    """Counting changes nothing for customers."""
    desk = Desk()
    desk.found(400, errors=1_000_000)
    desk.did(480, "count", "FAIL missing 0; ghosts: 0")

    assert not stale_impact(desk.mind(490))


def test_after_five_minutes_a_figure_is_past():
    """It is told with its time even where nothing was done."""
    desk = Desk()
    desk.found(400, errors=1_000_000)

    assert stated(desk.mind(701)) == "at 10:06 UTC 100 % of requests failed"


def test_a_draft_is_filled_anew_for_whoever_sends_it_later():
    """Five minutes on, the same order tells the figure as past and promises a later word."""
    desk = Desk()
    desk.found(400, errors=1_000_000)
    before = message(desk.mind(410), "status-update")
    after = as_of(desk.mind(800), before)

    assert [one.fields["impact"] for one in (before, after)] == [
        "100 % of requests fail",
        "at 10:06 UTC 100 % of requests failed",
    ]
    assert [one.fields["next-update"] for one in (before, after)] == ["10:14 UTC", "10:20 UTC"]


def test_customers_read_nothing_of_the_inside():
    """Neither which service is down nor what step was taken."""
    desk = Desk()
    desk.found(400, errors=1_000_000, service_down=("api", "db"))
    desk.did(480, "kill-query")

    assert (desk.fields(490, "customer-notice")["impact"]) == (
        "at 10:06 UTC 100 % of requests failed; not measured again yet"
    )


def test_acknowledged_writes_that_are_gone_are_told():
    """The newest count of the check stands in every message, until it is none."""
    desk = Desk()
    desk.found(400, errors=1_000_000)
    desk.did(500, "count", "FAIL missing 160; ghosts: 160")
    told = [desk.fields(510, name)["impact"] for name in ("status-update", "customer-notice")]
    desk.did(600, "count", "FAIL missing 0; ghosts: 0")

    assert all("lost: 160 orders nobody holds" in text for text in told)
    assert "lost" not in desk.fields(610)["impact"]


def ended(desk):
    """It failed, was cured and was called over."""
    desk.found(400, errors=1_000_000)
    desk.told(500, HypothesisStated(by="ann", cause="slow-query", confidence=90))
    desk.did(600, "kill-query")
    desk.did(700, "count", "FAIL missing 4; ghosts: 4")
    desk.found(960, errors=400)
    desk.told(1500, IncidentResolved(by="ann"))
    return desk


def test_the_end_tells_the_worst_and_its_span():
    """From the first alert to when the panel's five minutes were all well, with what is gone."""
    fields = ended(Desk()).fields(1600, "customer-resolution")

    assert (fields["from"], fields["until"], fields["impact"]) == (
        "10:05 UTC (first alert)",
        "10:11 UTC",
        (
            "from 10:05 UTC (first alert) to 10:11 UTC up to 100 % of requests failed; now 0.04 %; "
            "lost: 4 orders nobody holds"
        ),
    )


def test_all_durations_of_one_incident_agree():
    """The resolution, the report and the span of the impact tell the same six minutes."""
    desk = ended(Desk())
    told = report(desk.mind(2000)).fields

    assert desk.fields(1600, "resolution")["duration"] == told["duration"] == "6 min"
    assert (told["start"], told["end"]) == (
        "2026-03-13 10:05 UTC (first alert)",
        "2026-03-13 10:11 UTC",
    )


def test_fields_hold_what_a_person_would_write():
    """Titles for causes, names with roles for people, clock times for moments."""
    desk = Desk()
    desk.found(400, errors=1_000_000)
    desk.told(500, HypothesisStated(by="ann", cause="slow-query", confidence=90))
    desk.told(
        510, WorkBegan(by="bob", work="w3", kind="action", item="promote", line="", takes_s=300,
                       luck_s=0, frees_person=False, looks_until=810),
    )  # fmt: skip
    desk.told(510, ActionStarted(by="bob", work="w3", action="promote", kind="failover"))
    update, declaration = desk.fields(520), desk.fields(520, "declaration")

    assert (update["cause"], update["eta"], update["next-update"], update["status"]) == (
        "not known yet; looked into: A query holds the pool",
        "10:14 UTC for: Promote the replica",
        "10:16 UTC",
        "Investigating",
    )
    assert (declaration["people"], declaration["dashboard"], declaration["started"]) == (
        "Ann (On-Call Engineer), Bob (On-Call Backup and Subject Matter Expert)",
        "Panel",
        "10:05 UTC (first alert)",
    )


def test_the_status_before_is_told_only_once():
    """The second word after a change has no earlier status to tell."""
    desk = Desk()
    sent = MessageSent(by="ann", template="status-update", use="update", audience_of="internal",
                       fields={}, text="", filled=8, required=8)  # fmt: skip
    desk.told(400, sent)
    desk.told(410, StatusSet(by="ann", status="mitigating"))
    first = desk.fields(420)
    desk.told(430, sent)

    assert first["previous-status"] == "Investigating"
    assert "previous-status" not in desk.fields(440)


@pytest.mark.parametrize("plan", ["fraiseql", "platform", "code", "virtengine"])
def test_no_field_borrows_anothers_words(plan):
    """No channel stands for a runbook, no bare number for a measure, no id for a person."""
    desk = ended(Desk(plan))
    for name, template in desk.brief.plan.templates.items():
        for field, text in desk.fields(1600, name).items():
            holds = template.fields[field].holds
            channel = text.startswith("#")

            assert not channel or field in ("channel", "war_room"), (name, field, text)
            assert not text.isdecimal() or field in ("number", "actions"), (name, field, text)
            assert holds != "people" or "ann" not in text, (name, field, text)
            assert holds != "cause" or text not in desk.brief.scenario.causes, (name, field, text)


def test_lessons_name_late_duties_and_alerts_nobody_had_taken():
    """No channel was ever opened; an alert had stood for ten minutes when it all began."""
    desk = Desk()
    old = AlertFired(alert="errors", severity="low", summary="Slow", page=False, since=-300)
    desk.told(330, replace(old))
    mind = desk.mind(4000)

    assert [says for _, says in unheard(mind)] == ['the alert "Slow" had stood for 10 min']
    assert any("missed" in line for line in late_duties(mind))
