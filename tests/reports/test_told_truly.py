"""A report says what was so: what was lost, what restored meant, whose cue it was, what it cost."""

from dataclasses import replace

import hand_made_drill as hand_made
from hand_made_drill import ALICE, BOB, CHARLIE

from reports.carried import carried
from reports.drill_report import report_files
from reports.narrative import figures, lost, restored
from reports.played import played
from reports.score_rows import owed_title, score_of, target_rows
from simulator.brief.conditions import parse
from simulator.brief.scenario.gauges import Gauge
from simulator.brief.scenario.story import Milestone
from simulator.debrief.scorecard import Breach, Discipline, DutyCard, OwnTable
from simulator.journal.entry import Entry
from simulator.journal.events import incident, paging, room, talk, work, world

MILESTONES = {
    "reads": Milestone(title="Reads work again", when=parse("api.errors < 50%"), within=600),
    "told": Milestone(title="Customers told", when=parse("said.status_page"), within=900),
}


def told(*more, without=(), scenario=None):
    """The hand-made drill with further entries, read; nothing before second 361 moves."""
    kept = [one for one in hand_made.story() if not isinstance(one[1], without)]
    acts = sorted((*kept, *more), key=lambda one: one[0])
    entries = tuple(
        Entry(seq=seq, at=at, by="engine", what=what) for seq, (at, what) in enumerate(acts)
    )
    brief = hand_made.brief()
    changed = replace(brief.scenario, **(scenario or {}))
    return played(entries, replace(brief, scenario=changed))


def says(drill, person):
    """What a report says that this person carried the team with."""
    label = drill.who(person)
    return next(one.says for one in carried(drill) if one.who == label)


def with_losses(**gauges):
    system = hand_made.brief().scenario.system
    return {"system": replace(system, gauges=gauges)}


def test_what_no_database_holds_any_more_is_a_loss_of_customers():
    """Two gauges count losses, one of them grew; a third only shows how full a queue is."""
    scenario = with_losses(
        writes=Gauge(title="Acknowledged writes that nobody holds", whole=True, loss=True),
        rows=Gauge(title="Rows written twice", whole=True, loss=True),
        queue=Gauge(title="Jobs that wait", whole=True),
    )
    moved = [(361, world.GaugeMoved(gauge=name, level=0, slope=0))
             for name in ("writes", "rows", "queue")]  # fmt: skip
    moved += [(541, world.GaugeMoved(gauge=name, level=160_000, slope=0))
              for name in ("writes", "queue")]  # fmt: skip
    drill = told(*moved, scenario=scenario)

    assert lost(drill) == (
        "21,300 requests got no good answer; 905 users met that at least once; 160 acknowledged "
        "writes that nobody holds; 20.5 % of the month's error budget went."
    )
    assert [(f.value, f.note) for f in figures(drill) if f.name == "Lost or harmed"] == [
        ("160", "acknowledged writes that nobody holds"),
    ]


def test_restored_is_what_the_author_asks_of_it_and_not_the_end_of_the_outage():
    """Reads were back two minutes before; a milestone about words is no service."""
    teaching = replace(hand_made.brief().scenario.teaching, milestones=MILESTONES)
    asked = {"teaching": teaching, "restored_when": parse("api.errors < 1% and declared")}
    rows = tuple(
        OwnTable(name=name, expected_s=600, actual_s=at, faster_percent=0, luck_s=0, label="GOOD")
        for name, at in (("restored", 495), ("told", 345), ("reads", 375))
    )
    drill = told(scenario=asked)
    shown = {figure.name: figure.note for figure in figures(drill)}

    assert restored(drill, replace(hand_made.card(), table=rows)) == (
        "Reads work again: T+06:15; all that this drill asks of “restored” held from T+08:15 "
        "against 10 min expected: as expected (GOOD); it was called resolved at T+39:55. "
        "“Restored” asks for: api errors below 1 %, declared."
    )
    assert shown["Restored"] == "all that this drill asks of it held"


def test_restored_by_the_usual_figures_says_so():
    """Where the author asks for nothing of their own, customers were served as usual again."""
    shown = {figure.name: figure.note for figure in figures(told())}

    assert shown["Restored"] == "customers were served as usual again"


def test_whoever_had_not_joined_read_nothing():
    """The manager came at 400: what was posted at 360 led nobody to the status page."""
    late = told((400, paging.Joined(person=CHARLIE, role="commander")))
    early = told((350, paging.Joined(person=CHARLIE, role="commander")))
    gone = told((350, paging.Joined(person=CHARLIE, role="commander")),
                (355, talk.Released(person=CHARLIE, by=ALICE)))  # fmt: skip

    assert says(late, CHARLIE) == "At T+05:45 sent a clear status page: 3 of 3 fields filled."
    assert says(gone, CHARLIE) == says(late, CHARLIE)
    assert says(early, CHARLIE).startswith("Read what was posted of “PostgreSQL log” at T+04:15;")


def test_a_page_is_taken_because_it_came():
    """Somebody who is here reads a find, and takes the page of before; the page is the cue."""
    drill = told(
        (361, paging.Joined(person=CHARLIE, role="commander")),
        (362, paging.Paged(page="p9", to=CHARLIE, role="manager", alert="", level="CRITICAL",
                           summary="Come and help", why="called", by=ALICE)),
        (363, work.FindPosted(by=BOB, found=18, look="db-log", views=("logs",), of="db", facts={},
                              measured_at=330, clues=("oom",))),
        (364, paging.PageAcknowledged(page="p9", by=CHARLIE)),
        without=(incident.IncidentResolved, talk.MessageSent, talk.Noted),
    )  # fmt: skip

    assert says(drill, CHARLIE) == "Was paged: “Come and help” at T+04:17; 2 s later took the page."


def test_a_page_taken_long_after_it_came_is_told_without_its_cue():
    """A cue older than five minutes explains nothing."""
    drill = told(
        (362, paging.Paged(page="p9", to=CHARLIE, role="manager", alert="", level="CRITICAL",
                           summary="Come and help", why="called", by=ALICE)),
        (700, paging.PageAcknowledged(page="p9", by=CHARLIE)),
        without=(incident.IncidentResolved, talk.MessageSent, talk.Noted),
    )  # fmt: skip

    assert says(drill, CHARLIE) == "At T+09:55 took the page."


def test_a_find_that_speaks_for_nothing_led_to_no_cure():
    """Bob looked at the deployments last; it was the log that made him start the database."""
    seen = work.Found(by=BOB, work="w8", look="deploys", views=("deploys",), of="", facts={},
                      measured_at=400, clues=("no-deploy",), content="")  # fmt: skip
    clues = dict(hand_made.brief().scenario.clues)
    clues["no-deploy"] = replace(clues["no-deploy"], reads={"bad-deploy": 0.1, "db-crash": 1.0})
    drill = told((405, seen), scenario={"clues": clues})

    assert says(drill, BOB).startswith("Saw “PostgreSQL log” at T+03:55; 1 min 20 s later began")


def test_leaving_ends_what_one_reads():
    """Whoever stepped out reads nothing of what is posted then."""
    drill = told((340, paging.Joined(person=CHARLIE, role="commander")),
                 (359, room.SteppedOut(person=CHARLIE)))  # fmt: skip

    assert says(drill, CHARLIE) == "At T+05:45 sent a clear status page: 3 of 3 fields filled."


def discipline(*breaches, factor=1000):
    found = tuple(
        Breach(kind=kind, factor=one, cites=(22 + n,), by=BOB, says="restart-api")
        for n, (kind, one) in enumerate(breaches)
    )
    return replace(hand_made.card(), discipline=Discipline(factor_milli=factor, breaches=found))


def test_actions_that_changed_nothing_are_counted_truly():
    """Two are free, one of no way back counts apart, then come the third and the fourth."""
    card = discipline(
        ("useless", 1000), ("useless", 1000), ("useless", 950), ("useless_again", 970),
        ("useless_again", 970), ("harmful", 1000), factor=893,
    )  # fmt: skip
    free = "An action that can be taken back changed nothing and cost its time only"

    assert [line.partition(":")[0] for line in score_of(told(), card).breaches] == [
        free,
        free,
        "An action changed nothing",
        "The third action that can be taken back and changed nothing",
        "The fourth action that can be taken back and changed nothing",
        "An action made it worse, and what it did was over within ten minutes",
    ]


def test_a_factor_of_one_is_not_told():
    """It cost its time only: nothing is multiplied."""
    drill, card = told(), discipline(("useless", 1000))
    files = report_files(
        drill.entries, drill.brief, card, drill_id="d", verified_head=hand_made.HEAD
    )

    assert "x 1.00" not in files["report.md"] + files["report.html"]
    assert "Nothing is taken off what is earned" in files["report.html"]


def test_a_limit_that_runs_from_t0_for_want_of_its_start_says_why():
    """Nobody declared: the status page is owed all the same, and the row says from when."""
    owed = DutyCard(duty="status-page", does="status_page", level="CRITICAL", roles=("on_call",),
                    outcome="missed", advisory=False, due_at=405, done_at=None,
                    cites=())  # fmt: skip
    card = replace(hand_made.card(), duties=(owed,))
    undeclared = told(without=(incident.IncidentDeclared,))

    assert [row.duty for row in target_rows(told(), card)] == ["status page"]
    assert [row.duty for row in target_rows(undeclared, card)] == [
        "status page (from T0: nothing was declared)",
    ]


def test_a_call_owed_from_a_start_that_never_came_says_why_too():
    """Who must know is told from the page on; what a plan counts from the declaration says so."""
    drill = told(without=(incident.IncidentDeclared,))
    rule = replace(drill.brief.plan.escalation.notify[0], since="declared")
    escalation = replace(drill.brief.plan.escalation, notify=(rule,))
    plan = replace(drill.brief.plan, escalation=escalation)
    owed = DutyCard(duty="notify.0", does="notify", level="CRITICAL", roles=("on_call",),
                    outcome="missed", advisory=False, due_at=405, done_at=None,
                    cites=())  # fmt: skip
    other = replace(drill, brief=replace(drill.brief, plan=plan))

    assert owed_title(drill, owed) == f"tell {drill.role(rule.tell)}"
    assert owed_title(other, owed).endswith(" (from T0: nothing was declared)")
