from pathlib import Path

import pytest

from simulator.authoring.attainable import Slack, attainable, played, unattainable
from simulator.brief.library import load, read_plan

PLANS = ("fraiseql", "virtengine", "platform", "code")


def slack_of(slacks, duty, level=None):
    """The one deadline of this name (at this level)."""
    (found,) = [s for s in slacks if s.duty == duty and level in (None, s.level)]
    return found


@pytest.mark.parametrize("name", PLANS)
def test_every_scored_duty_of_the_shipped_plans_can_be_kept(name):
    """What cannot be kept is advisory already: shown, never scored."""
    assert unattainable(attainable(read_plan(name).value)) == ()


def test_a_windowed_rule_cannot_detect_in_five_minutes():
    """VirtEngine's TTD: a fast rule keeps it, five minutes of five minutes do not (K-V12)."""
    told = attainable(read_plan("virtengine").value)

    found = {s.duty.split(": ")[1]: s.slack_s for s in told if s.kind == "detect"}
    assert found == {
        "a probe that fails for 1 min": 210,
        "5xx > 5 % of 5 min for 5 min, in a total outage": 300 - (15 + 300 + 30),
    }


def test_a_watch_of_half_an_hour_outlasts_a_message_owed_in_ten_minutes():
    """FraiseQL's resolution message runs from restored, and resolved comes after the watch."""
    told = slack_of(attainable(read_plan("fraiseql").value), "resolution-message", "CRITICAL")

    assert (told.earliest_s, told.slack_s) == (1800 + 90, 600 - 1890)
    assert told.row()[-1] == "UNATTAINABLE (advisory)"


def test_a_first_message_takes_what_a_message_takes():
    """Two minutes from the level on leave half a minute."""
    told = slack_of(attainable(read_plan("code").value), "first_message_sev1")

    assert (told.limit_s, told.earliest_s, told.slack_s) == (120, 90, 30)


def test_what_is_owed_only_after_a_while_leaves_the_rest():
    """A manager told between 30 and 60 minutes."""
    told = slack_of(attainable(read_plan("fraiseql").value), "notify.0 manager", "HIGH")

    assert (told.earliest_s, told.slack_s) == (1800, 1800)


@pytest.mark.parametrize(("strict", "kept"), [(True, False), (False, True)])
def test_a_strict_limit_is_not_kept_at_the_limit(strict, kept):
    """At 90 of 90 seconds."""
    told = Slack(level="A", duty="d", kind="duty", limit_s=90, earliest_s=90, strict=strict)

    assert told.slack_s == 0
    assert told.attainable is kept


def test_only_scored_duties_are_called_unattainable():
    """An advisory one is shown; a level may be asked for."""
    slacks = [
        Slack(level="A", duty="late", kind="duty", limit_s=60, earliest_s=90),
        Slack(level="B", duty="late", kind="duty", limit_s=600, earliest_s=90),
        Slack(level="B", duty="advised", kind="duty", limit_s=60, earliest_s=90, advisory=True),
    ]

    assert unattainable(slacks) == ("late",)
    assert unattainable(slacks, "B") == ()


def test_an_instant_team_shows_which_duties_wait_for_one_another():
    """In a real drill: nobody thinks, hands are few, and no duty is done before it could be."""
    here = Path(__file__).parent
    people = str(here / "corner_shop_people.yaml")
    brief = load(str(here / "corner_shop.yaml"), roster=people).brief

    told = {slack.duty: slack for slack in played(brief)}
    alone = {s.duty: s for s in attainable(brief.plan, brief.scenario) if s.level == "CRITICAL"}
    assert told["acknowledge"].earliest_s == 1
    assert {"declare", "first-update", "status-page"} <= set(told)
    for duty in ("acknowledge", "first-update", "status-page"):
        assert told[duty].earliest_s >= alone[duty].earliest_s
