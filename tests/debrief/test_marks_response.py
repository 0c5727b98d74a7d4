"""Mitigation, words and papers, one mark at a time: what earns it, what its guard takes."""

from dataclasses import replace

from scored_brief import (
    ALICE,
    BOB,
    CHARLIE,
    HEALTHY,
    MINUTE,
    at,
    breaches,
    looked,
    mark,
    said,
    well_done,
    without,
)

from simulator.journal.events import incident, paging, talk, world


def test_a_gate_is_passed_by_a_look_after_the_cure_that_showed_it():
    """A look before the cure, or one that showed ill, proves nothing."""
    acts = well_done()
    acts["proof.alerts"] = (400, looked("alerts", facts=HEALTHY))
    acts["proof.tickets"] = (1200, looked("tickets", facts={"tickets": 3}))
    gates = {part.name: part.outcome for part in mark(acts, "gates").parts}

    assert [gates["gate.alert-normal"], gates["gate.reports-resolved"]] == ["missed", "missed"]
    assert gates["gate.metrics-healthy"] == "met"


def test_a_watch_cut_short_is_early():
    """Ten minutes of the watch were left."""
    acts = well_done()
    acts["resolved"] = (2400, incident.IncidentResolved(by=CHARLIE, watch_left_s=600))
    found = mark(acts, "watch")

    assert (found.outcome, found.earned) == ("early", 0)


def test_a_debt_without_an_owner_halves_what_the_watch_earned():
    """Two opportunities, one taken; an owner makes it two."""
    acts = well_done()
    acts["debt"] = (700, world.DebtOpened(debt="rule", says="a rule stands open", undo="close it",
                                          action="restart-db"))  # fmt: skip
    loose = mark(acts, "watch").earned
    acts["owned"] = (900, incident.DebtOwned(debt="rule", owner=BOB, by=ALICE, due_in_s=3600))

    assert [loose, mark(acts, "watch").earned] == [500, 1000]


def test_a_dishonest_notice_earns_nothing_and_costs_discipline():
    """More certain than its sender had reason to be."""
    acts = well_done()
    acts["customers"] = (420, said("customer_notice", audience="customers", honest=False))

    assert mark(acts, "customer_notice").earned == 0
    assert breaches(acts) == [("statement", 950)]


def test_a_message_earns_its_share_of_content():
    """Three of four required fields say something."""
    acts = well_done()
    acts["status_page"] = (200, said("status_page", filled=3, audience="public"))

    assert mark(acts, "status_page").earned == 750


def test_silence_costs_its_share_of_the_owed_time():
    """No update from T+2:40 on: five minutes after the limit of the first are covered."""
    acts = without(well_done(), *(f"update{n}" for n in range(8)))
    found = mark(acts, "cadence").earned

    assert found == 2 * 300 * 1000 // (40 * MINUTE - 100)


def test_an_early_first_update_is_never_held_against_anyone():
    """The second one's clock runs from the first one's limit."""
    acts = well_done()
    early = at(acts, "first_update", 101)
    late = at(acts, "first_update", 399)

    assert mark(early, "cadence").earned == mark(late, "cadence").earned


def test_leave_that_was_needed_and_not_had_is_counted_twice():
    """No approval: the mark is missed, and the act unauthorised."""
    acts = well_done()
    second, started = acts["started"]
    acts["started"] = (second, replace(started, allowed=False, asks=("commander",)))

    assert mark(acts, "approvals").earned == 0
    assert breaches(acts) == [("unauthorised", 850)]


def test_a_role_handed_on_without_a_word_is_half():
    """Handed over, and nothing said."""
    silent = well_done() | {
        "over": (700, talk.HandedOver(role="commander", before=CHARLIE, person=BOB))}  # fmt: skip
    aloud = silent | {
        "over": (700, talk.HandedOver(role="commander", before=CHARLIE, person=BOB, says="so"))
    }

    assert [mark(silent, "approvals").earned, mark(aloud, "approvals").earned] == [500, 1000]


def test_a_report_earns_its_share_of_sections():
    """Half the sections, half the mark."""
    acts = well_done()
    second, report = acts["report"]
    names = list(report.fields)
    half = dict.fromkeys(names[: len(names) // 2], "said")
    acts["report"] = (second, replace(report, fields=half))

    assert mark(acts, "report").earned == len(half) * 1000 // len(names)


def test_actions_need_an_owner_and_a_date():
    """One of two actions is somebody's."""
    acts = well_done()
    acts["loose"] = (5500, incident.ActionAdded(by=CHARLIE, text="later", owner="", due_in_s=0))

    assert mark(acts, "actions").earned == 500


def test_a_special_path_counts_from_the_second_its_fact_was_seen():
    """A breach found at T+10 owes the security lead two minutes from then, and stays owed."""
    acts = well_done()
    acts["breach"] = (600, looked("metrics", facts={"breach": "suspected"}))
    acts["gone"] = (620, looked("metrics", facts={"breach": "none"}))
    in_time = acts | {
        "lead": (700, paging.Notified(role="security_lead", person="security-lead", by=ALICE,
                                      text=""))}  # fmt: skip
    late = at(in_time, "lead", 780)

    def part(acts):
        parts = mark(acts, "notices").parts
        return next(part for part in parts if part.name == "security.0").earned

    assert [part(acts), part(in_time), part(late)] == [0, 1000, 500]
