"""What a journal shows for the report: losses, rows of the plan's table, gaps of detection."""

from dataclasses import replace

import pytest
from told_for_the_report import HIT, RULES, plan, scenario, told

from simulator.debrief.aftermath.detection import Gap, detection_of
from simulator.debrief.aftermath.levels_met import reached, rows_met
from simulator.debrief.aftermath.losses import losses_of
from simulator.journal.events import paging, talk, world

MARKS = {"impact": 60, "fired": 120, "identified": 300, "restored": 660}


def gaps(*story, marks=MARKS):
    """What was found wanting in the detection."""
    return detection_of(told(*story), scenario(), "v", marks).gaps


def test_losses_are_the_worlds_own_sums():
    """Ten minutes at 2,400 a minute, half of them failing for five."""
    lost = losses_of(told(*HIT), scenario(), MARKS)

    assert lost is not None
    assert (lost.failed, lost.offered, lost.mean_ppm) == (6000, 24_000, 250_000)
    assert (lost.peak_ppm, lost.users, lost.budget_ppm) == (500_000, 300, 60_000)
    assert (lost.allowed, lost.slo) == (100_000, 0.999)
    assert (lost.outage_s, lost.degraded_s, lost.services) == (0, 300, ("api",))


def test_retries_are_no_requests_of_their_own():
    """A client that asks again is offered twice and counted once."""
    again = scenario(retries=1.0)
    story = [(at, _twice(what)) for at, what in HIT]
    lost = losses_of(told(*story), again, MARKS)

    assert lost is not None
    assert lost.offered == 24_000


def _twice(what):
    """The signals of a client that tries once more for each error."""
    if not isinstance(what, world.SignalsChanged):
        return what
    signals = what.services["api"]
    offered = signals["offered"] * (1_000_000 + signals["errors"]) // 1_000_000
    return replace(what, services={"api": {**signals, "offered": offered}})


def test_nobody_hit_is_no_loss():
    """Without an impact there is nothing to count."""
    assert losses_of(told(*HIT), scenario(), {"fired": 120}) is None


def test_what_was_never_restored_is_counted_to_the_end():
    """The last count stands."""
    lost = losses_of(told(*HIT), scenario(), {"impact": 60})

    assert lost is not None
    assert lost.failed == 6000


def test_rows_are_told_with_their_facts_and_second():
    """Half of all requests failing meets HIGH and what lies below, from its second on."""
    rows = rows_met(told(*HIT), plan(), MARKS)

    assert reached(rows) == "CRITICAL"
    assert [(row.level, row.at) for row in rows if row.level == "CRITICAL"] == [("CRITICAL", 200)]
    assert next(row.facts for row in rows if row.level == "CRITICAL") == {"data": "lost"}
    assert rows_met(told(*HIT), plan(), {}) == ()
    assert reached(()) == ""


def test_a_row_that_must_last_holds_once_it_has():
    """`for 5m` holds five minutes after it came true, at the next fact."""
    lasting = replace(
        plan(), levels={"HIGH": replace(plan().levels["HIGH"], when=(RULES["lasting"],))}
    )
    rows = rows_met(told(*HIT), lasting, MARKS)

    assert [(row.level, row.at) for row in rows] == [("HIGH", 360)]


@pytest.mark.parametrize(
    ("what", "gap"),
    [
        ((30, world.AlertFired(alert="errors", severity="high", page=True, summary="E", since=-90)),
         Gap(kind="stood", alert="errors", at=-90, seq=0)),
        ((130, world.AlertFired(alert="noise", severity="high", page=True, summary="N")),
         Gap(kind="unrelated", alert="noise", at=130, seq=0)),
        ((400, world.AlertFired(alert="late", severity="high", page=False, summary="L")),
         Gap(kind="afterwards", alert="late", at=400, seq=0)),
        ((90, talk.Voice(sender="customers", text="Down?", ticket=True)),
         Gap(kind="by_people", alert="customers", at=90, seq=0)),
        ((150, paging.PageDismissed(page="p1", by="alice", reason="noise")),
         Gap(kind="dismissed", alert="p1", at=150, seq=0)),
    ],
)  # fmt: skip
def test_a_gap_is_told(what, gap):
    """Stood before, unrelated, too late, told by people, dismissed: each by its own word."""
    assert gap in gaps(what)


def test_an_alert_that_never_spoke_is_told():
    """A rule that pages, of this incident, silent through it; another variant's is left alone."""
    found = gaps()

    assert [one.alert for one in found if one.kind == "silent"] == ["errors"]


def test_the_first_to_speak_is_named():
    """The alert behind the first page, else who reported it."""
    page = (120, paging.Paged(page="p1", to="alice", role="on_call", alert="errors",
                              level="HIGH", summary="E"))  # fmt: skip
    voice = (120, talk.Voice(sender="customers", text="Down?", ticket=True))
    by_alert = detection_of(told(page), scenario(), "v", MARKS)
    by_people = detection_of(told(voice), scenario(), "v", MARKS)

    assert (by_alert.by, by_alert.reported_by, by_alert.waited_s) == ("errors", "", 60)
    assert (by_people.by, by_people.reported_by) == ("", "customers")
