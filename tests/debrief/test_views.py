"""What stands beside the score: a commander's lines, levels with a clock, words about the plan."""

from dataclasses import replace

from scored_brief import ALICE, BOB, CHARLIE, brief, journal, looked, plan, said, well_done, without

from simulator.debrief.levels import LevelWatch, in_force, settled
from simulator.debrief.scoring import score
from simulator.journal.events import incident, room, talk, work


def lines(acts, person):
    cards = {card.person: card for card in score(journal(acts), brief()).people}
    return {what: (many, of) for what, many, of in cards[person].observations}


def findings(acts):
    found = score(journal(acts), brief()).findings
    return [(one.kind, one.item, one.says) for one in found]


def test_a_commanders_lines_are_counts():
    """Two tasks, one with a time box; a find and a minute later a decision; command handed on."""
    acts = well_done() | {
        "posted": (240, work.FindPosted(by=ALICE, found=0, look="logs", views=("logs",), of="api",
                                        facts={}, measured_at=0, clues=())),
        "task": (320, talk.Delegated(by=CHARLIE, to=BOB, what="look", order={}, task="t1",
                                     within_s=300)),
        "loose": (330, talk.Delegated(by=CHARLIE, to=BOB, what="note", order={}, task="t2")),
        "over": (1500, talk.HandedOver(role="commander", before=CHARLIE, person=BOB, says="calm")),
    }  # fmt: skip
    found = lines(acts, CHARLIE)

    assert found["tasks_with_a_time_box"] == (1, 2)
    assert found["finding_to_decision_s"] == (60, 1)
    assert found["command_handed_over_aloud"] == (1, 1)


def test_a_promise_of_a_next_update_is_kept_or_not():
    """Two promises: one kept by the next word, one forgotten."""
    promising = replace(said("update"), next_update_s=100 + 160 + 300)
    forgotten = replace(said("update"), next_update_s=100 + 720 + 60)
    acts = well_done() | {"first_update": (160, promising), "update1": (720, forgotten)}

    assert lines(acts, CHARLIE)["next_update_kept"] == (1, 2)


def test_a_deviation_tells_the_plan_why():
    """The reason somebody gave stands in the findings, as they gave it."""
    acts = without(well_done(), "status_page")
    acts["away"] = (250, incident.DutyDeviated(duty="status-page", because="it is down", by=ALICE))

    assert ("deviated", "status-page", "it is down") in findings(acts)


def test_what_got_in_the_way_becomes_a_finding():
    """A refusal by the lifecycle is the plan's, a misspelt order is nobody's."""
    acts = well_done() | {
        "barred": (700, room.Refused(to=ALICE, order="resolve", reason="watch", code="lifecycle")),
        "typo": (701, room.Refused(to=ALICE, order="look", reason="no such look", code="unknown")),
    }
    tools = [item for kind, item, _ in findings(acts) if kind == "tool"]

    assert tools == ["resolve"]


def test_a_level_that_needs_time_comes_when_the_time_has_passed():
    """P95 above half a second is HIGH once it has lasted five minutes, without a new fact."""
    watch = LevelWatch(plan())
    facts = {"p95_ms": 800}
    first = watch.told(100, lambda name: facts.get(name.text))

    assert first == "MEDIUM"
    assert watch.passed(399) == []
    assert watch.passed(500) == [(400, "HIGH")]


def test_the_expected_level_comes_into_force_after_its_grace():
    """The page's level first, what was seen two minutes after it was seen, nothing told twice."""
    seen = ((100, ""), (100, "CRITICAL"), (300, "HIGH"))

    assert in_force(seen, base="CRITICAL") == ((100, "CRITICAL"), (420, "HIGH"))
    assert settled([(1, "A"), (1, "B"), (2, "B"), (3, "A")]) == ((1, "B"), (3, "A"))


def test_a_look_at_something_else_is_not_relevant():
    """Of no affected service and not on the plan's list: it guards nothing."""
    acts = {name: act for name, act in well_done().items() if act[0] > 330 or name != "look"}
    acts["look"] = (80, looked("vendor", of="mail"))

    assert score(journal(acts), brief()).mark("declare").earned == 500
