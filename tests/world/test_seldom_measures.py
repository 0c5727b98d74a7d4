"""What is measured where there is little to measure: no customers, no samples, rows born late."""

from small_shop import BEGINS, SCENARIO, documents, look, staged, until

from simulator.journal.events.work import LookEnded
from simulator.journal.events.world import StateSet

INSIDE = SCENARIO.replace(
    "      traffic: 20/s\n", "      traffic: 20/s\n      customer_facing: no\n"
)
NOTE = "    views: [vendor]\n"
DARK = "  clock: {samples_while: fault.db-refuses == 0}\n  probes:\n"
"""Monitoring ends with the database."""


def noting(*facts):
    """The shop whose note shows these facts besides its vendor's."""
    return SCENARIO.replace(NOTE, f"{NOTE}    facts: [{', '.join(facts)}]\n")


def test_a_panel_of_a_system_without_customers_tells_nothing_of_them():
    """No entry, so no failing share, no p95 and no saturation; the same of a try as a user."""
    whole = INSIDE.replace("    takes: 15s\n    of: api\n", "    takes: 15s\n")
    tried = whole.replace("    views: [metrics]\n", "    views: [reproduce]\n")
    facts = [look(staged(text=text), "panel", at=120).facts for text in (INSIDE, whole, tried)]

    assert facts == [{}, {}, {"service_down": ()}]


def test_a_panel_in_the_first_minutes_counts_the_normal_day_before():
    """Its window reaches back before second 0."""
    found = look(staged(), "panel", at=30)

    assert found.facts["errors"] < 2_000
    assert found.facts["p95_ms"] == 66


def test_a_panel_knows_nothing_of_what_came_after_its_sample():
    """Five seconds in which all was a hundred times slower lie between the sample and the look."""
    text = SCENARIO.replace("  probes:\n", "  clock: {scrape: 60s}\n  probes:\n").replace(
        "    bends: [{on: db, errors: 40%}]\n", "    lasts: 5s\n    bends: [{on: db, slow: 100}]\n"
    )
    stage = staged(text=text)
    early, late = look(stage, "panel", at=70), look(stage, "panel", at=200)

    assert (early.measured_at < 60, early.facts["p95_ms"]) == (True, 66)
    assert late.facts["p95_ms"] > 66


def test_where_nearly_nobody_asked_before_every_failure_is_new():
    """Twenty requests an hour by night, none in most minutes; by three forty, as many failing."""
    hours = ", ".join(["0.5"] * 15 + ["1"] * 9)
    night = f"      traffic: 20/h\n      shape: [{hours}]\n"
    text = SCENARIO.replace("      traffic: 20/s\n", night)
    facts = look(staged(text=text), "panel", at=4000).facts

    assert facts["errors"] == 400_600
    assert facts["traffic_share"] == facts["errors"]


def test_a_look_shows_facts_beyond_its_kind_as_they_are_measured():
    """The failing share off a panel; what is down and how the data is, at a look."""
    facts = look(staged(text=noting("errors", "service_down", "data")), "note", at=400).facts

    assert 300_000 < facts["errors"] < 420_000
    assert (facts["service_down"], facts["data"]) == ((), "at_risk")


def test_a_look_beyond_its_kind_tells_no_truth_a_panel_does_not_show():
    """Without samples for five minutes nobody knows the failing share; the vendor's page stands."""
    text = noting("errors").replace("  probes:\n", DARK)
    facts = look(staged(text=text), "note", at=700).facts

    assert set(facts) == {"vendor", "region"}


def test_two_lines_of_one_second_are_read_against_the_same_look():
    """What the look's own line reads is found out once a second, and both hold its clue."""
    stage = staged()
    stage.env.run(until=120)
    seen = len(stage.entries)
    for work in ("w1", "w2"):
        stage.emit(
            LookEnded(by="alice", work=work, look="", line="kubectl get pods", followed=False)
        )
    until(stage, 120)
    clues = [entry.what.clues for entry in stage.entries[seen:] if hasattr(entry.what, "clues")]

    assert clues == [("pods-ready",), ("pods-ready",)]


def test_a_metric_of_a_row_that_came_later_begins_with_it():
    """Before the row existed there was nothing to sample."""
    text = SCENARIO.replace(
        "  metrics:\n", "  metrics:\n    - {name: drained, reads: db.drained}\n"
    )
    stage = staged(text=text)
    until(stage, 100)
    stage.emit(StateSet(name="db.drained", value=True))
    until(stage, 200)
    (series,) = documents(stage).series("drained", BEGINS, BEGINS + 200)

    assert min(at for at, _ in series.samples) >= BEGINS + 100
    assert {value for _, value in series.samples} == {1.0}


def test_lines_of_a_stretch_that_is_over_are_not_in_a_later_window():
    """The database refused from 60 s to 200 s; the quarter of an hour after it has none of it."""
    text = SCENARIO.replace("    at: 60s\n", "    at: 60s\n    lasts: 140s\n")
    stage = staged(text=text)
    until(stage, 1200)
    texts = [
        [line.text for line in documents(stage).logs(BEGINS + start, BEGINS + end)]
        for start, end in ((60, 200), (300, 1100))
    ]
    refused = [sum("primary refused" in text for text in window) for window in texts]

    assert refused[0] > 20
    assert refused[1] == 0
