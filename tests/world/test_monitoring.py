"""Monitoring fails as well: rules without data go quiet, panels are empty, the rest goes on."""

from small_shop import SCENARIO, documents, look, staged, until

from simulator.journal.events.world import AlertFired, AlertResolved

BLIND = (
    SCENARIO.replace("  logs_per_s: 40", "  logs_per_s: 40\n  clock: {samples_while: watch == up}")
    .replace("mode: normal}", "mode: normal, watch: up}")
    .replace(
        "variants:\n",
        """  blind:
    {title: B, at: 200s, lasts: 1200s, impact: no, sets: {watch: down}, cured_sets: {watch: up}}
  blind-first:
    {title: B, at: 30s, lasts: 370s, impact: no, sets: {watch: down}, cured_sets: {watch: up}}
variants:
  blind: {title: B, weight: 0, cause: db-refuses, faults: [db-refuses, blind]}
  blind-first: {title: B, weight: 0, cause: db-refuses, faults: [db-refuses, blind-first]}
""",
    )
    .replace(
        "looks:\n",
        """  behind: {when: repl_lag > 30, severity: low, summary: Behind}
  silence: {when: "api.offered[1m] < 1", severity: low, summary: Nobody asks}
  free: {when: disk_free < 60, severity: low, summary: Free, source: cloud}
  clock: {when: now > 100, severity: low, summary: Time}
looks:
  health:
    title: Health panel
    views: [metrics]
    shows: [{text: "errors ${api.errors}"}]
    takes: 5s
""",
    )
)
"""The shop whose monitoring is down from 200 s to 1400 s, or from 30 s to 400 s."""


def turns(stage, alert):
    """(fired or resolved, second) of an alert."""
    kinds = {AlertFired: "fired", AlertResolved: "resolved"}
    return [
        (kinds[type(e.what)], e.at)
        for e in stage.entries
        if isinstance(e.what, tuple(kinds)) and e.what.alert == alert
    ]


def metric(stage, name, end):
    """The seconds at which a series was sampled from 0 on."""
    begins = documents(stage).now - stage.now
    (series, *_) = documents(stage).series(name, begins, begins + end)
    return [at - begins for at, _ in series.samples]


def test_a_rule_goes_quiet_when_its_window_runs_out_of_samples():
    """The errors go on; from 200 s to 1400 s nobody counts them, and after that they fire again."""
    stage = staged(variant="blind", text=BLIND)
    until(stage, 1800)

    (first, fired), (then, quiet), (last, again) = turns(stage, "errors")
    assert (first, then, last) == ("fired", "resolved", "fired")
    assert 75 <= fired <= 150
    assert 200 <= quiet <= 200 + 60 + 45
    assert 1400 <= again <= 1400 + 60 + 75


def test_nobody_is_paged_by_what_nobody_measures():
    """Down before the trouble begins, monitoring pages only once it is back."""
    stage = staged(variant="blind-first", text=BLIND)
    until(stage, 700)

    (fired,) = turns(stage, "errors")
    assert 400 <= fired[1] <= 400 + 60 + 75


def test_a_gauge_that_is_no_longer_sampled_is_no_data_after_five_minutes():
    """Until then its last sample stands."""
    stage = staged(variant="blind", text=BLIND)
    until(stage, 1300)

    (_, fired), (word, quiet) = turns(stage, "behind")
    assert 90 <= fired <= 165
    assert word == "resolved"
    assert 485 <= quiet <= 545


def test_missing_samples_are_not_missing_requests():
    """The rule that asks whether anybody comes says nothing either."""
    stage = staged(variant="blind", text=BLIND)
    until(stage, 1800)

    assert turns(stage, "silence") == []


def test_the_clouds_own_monitoring_goes_on():
    """It is another's."""
    stage = staged(variant="blind", text=BLIND)
    until(stage, 1000)

    assert [word for word, _ in turns(stage, "free")] == ["fired"]
    assert max(metric(stage, "aws_rds_free_storage_space_minimum", 1000)) > 800


def test_a_rule_over_the_clock_needs_no_sample():
    """Time is not measured."""
    stage = staged(variant="blind-first", text=BLIND)
    until(stage, 300)

    assert [word for word, _ in turns(stage, "clock")] == ["fired"]


def test_nothing_is_stored_while_monitoring_is_down():
    """The graph has a hole, and goes on after it."""
    stage = staged(variant="blind", text=BLIND)
    until(stage, 1600)

    sampled = metric(stage, "http_p95_seconds", 1600)
    assert [at for at in sampled if 200 <= at < 1400] == []
    assert min(at for at in sampled if at >= 1400) < 1415
    assert [at for at in metric(stage, "ALERTS", 1600) if 200 <= at < 1400] == []


def test_a_panel_tells_the_second_of_its_last_sample_and_then_nothing():
    """Four minutes after it shows what was; seven minutes after there is no data."""
    stage = staged(variant="blind", text=BLIND)
    early = look(stage, "health", at=440)
    late = look(stage, "health", at=620)

    assert early.content == "errors 40.1 %\n"
    assert "errors" in early.facts
    assert 185 <= early.measured_at < 200
    assert (late.content, late.facts, late.measured_at) == ("No data.\n", {}, early.measured_at)


def test_logs_know_what_panels_do_not():
    """They come another way."""
    stage = staged(variant="blind", text=BLIND)

    assert look(stage, "api-log", at=900).facts["errors"] > 390_000


def test_a_look_at_dependencies_is_empty_too():
    """Its dashboard lives on the same samples."""
    stage = staged(variant="blind", text=BLIND)
    until(stage, 100)
    seen = look(stage, "dependency", at=150)

    assert seen.facts["service_down"] == ()
    assert look(stage, "dependency", at=900).facts == {}
