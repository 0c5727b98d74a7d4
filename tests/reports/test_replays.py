"""The section of the replayed decisions: figures as people say them, and no word of blame."""

import json
from dataclasses import replace

from hand_made_drill import HEAD, brief, entries

from reports.drill_report import report_files
from reports.narrative import BANNED
from reports.played import played
from reports.replays import replays, sentence
from simulator.debrief.regret.arms import Outcome
from simulator.debrief.regret.decisions import Decision
from simulator.debrief.regret.verdict import Regret, weighed

RESTART = Decision(kind="left_out", at=260, by="alice", item="restart-api", judged="useless",
                   stake_s=100, done_at=260, cites=(12,))  # fmt: skip
START = replace(RESTART, kind="at_once", by="bob", at=341, item="restart-db", judged="right")
PAGE = replace(RESTART, kind="in_time", at=400, by="charlie", item="status-page", judged="late",
               done_at=700)  # fmt: skip


def came(restored_s, failed, *, in_time=True):
    return Outcome(restored_s=restored_s, in_time=in_time, failed=failed, users=900)


def weighed_as(decision, played_s, other_s, *, failed=(20_000, 20_000), recorded_s=495):
    """A decision whose ten futures scatter by a minute round these."""
    futures = {("as_played", n): came(played_s + 6 * n, failed[0]) for n in range(10)}
    futures |= {("otherwise", n): came(other_s + 7 * n, failed[1] + n) for n in range(10)}
    return weighed(decision, futures, came(recorded_s, failed[0]))


def regret(*replayed, stopped=""):
    return Regret(head=HEAD, asked=40, found=4, recorded=came(495, 20_000), limit_s=3600,
                  replayed=replayed, stopped=stopped)  # fmt: skip


def told(*replayed, stopped=""):
    return replays(played(entries(), brief()), regret(*replayed, stopped=stopped), "hand-made-s7")


def test_each_kind_of_decision_has_its_sentence():
    """An action left out, an action at once, a duty in its time."""
    whole = played(entries(), brief())
    found = [
        sentence(whole, weighed_as(RESTART, 900, 600)),
        sentence(whole, weighed_as(START, 495, 435, failed=(20_000, 15_000))),
        sentence(whole, weighed_as(PAGE, 500, 900)),
    ]

    assert found == [
        (
            "In 10 replays from T+02:35, leaving out “Restart the API pods” restored service 5 min"
            " sooner (5-5)."
        ),
        (
            "In 10 replays from T+03:56, “Start PostgreSQL again” at once restored service 56 s"
            " sooner (53-58) and lost 4,996 fewer requests (4,993-4,998)."
        ),
        (
            "In 10 replays from T+04:55, the duty “status page” done then restored service 7 min"
            " later (7-7)."
        ),
    ]


def test_what_was_seen_stands_before_what_was_true():
    """The database's log was read a second before; the health endpoint was somebody else's find."""
    (one,) = told(weighed_as(START, 900, 600)).told

    assert one.saw == ("T+03:55 “PostgreSQL log”: The kernel killed PostgreSQL for memory",)
    assert one.true == "PostgreSQL ran out of memory and did not come back"
    assert one.again == "gameday fork hand-made-s7 --at 3m56s --responder competent"


def test_decision_and_luck_are_two_sentences():
    """Costly, and in the best quarter of its own replays; good, and in the worst."""
    (lucky,) = told(weighed_as(RESTART, 900, 600, recorded_s=495)).told
    (unlucky,) = told(weighed_as(RESTART, 400, 600, recorded_s=495)).told

    assert (lucky.sort, unlucky.sort) == (
        "Costly on average, with luck: this drill came out in the best quarter of its own replays.",
        (
            "A good decision, without luck: this drill came out in the worst quarter of its own"
            " replays."
        ),
    )


def test_nothing_that_is_generated_blames():
    """None of the banned words, whatever the sort."""
    section = told(
        weighed_as(RESTART, 900, 600), weighed_as(START, 400, 600), weighed_as(PAGE, 500, 900)
    )
    words = json.dumps([section.says, *(list(vars_of(one)) for one in section.told)]).lower()

    assert [word for word in BANNED if word in words] == []


def vars_of(one):
    """Every text of a replay."""
    return [getattr(one, name) for name in one.__slots__ if name not in ("at", "proof")]


def test_replays_beyond_the_limit_are_counted_aloud():
    """Ten of ten as it was; each counts as the limit."""
    futures = {("as_played", n): came(3600, 20_000, in_time=False) for n in range(10)}
    futures |= {("otherwise", n): came(600 + n, 20_000) for n in range(10)}
    (one,) = told(weighed(RESTART, futures, came(495, 20_000))).told

    assert one.limit == (
        "As it was, 10 of 10 replays were not restored by the limit; otherwise 0. Each of them"
        " counts as the limit, T+1:00:00."
    )


def test_a_part_says_that_it_is_one():
    """Interrupted, or a worker gone."""
    assert [told(stopped=why).partial for why in ("", "interrupted", "worker_died")] == [
        "",
        "These figures are partial: the replays were interrupted.",
        "These figures are partial: a process that played the replays died.",
    ]


def test_the_page_has_the_section_only_where_replays_were_played():
    """And their figures for a program in a file of their own."""

    def files(found):
        return report_files(entries(), brief(), None, drill_id="hand-made-s7", verified_head=HEAD,
                            regret=found)  # fmt: skip

    without, with_ = files(None), files(regret(weighed_as(RESTART, 900, 600)))

    assert "Decisions, replayed" not in without["report.html"] + without["report.md"]
    assert (
        "leaving out “Restart the API pods” restored service 5 min sooner" in with_["report.html"]
    )
    assert "## Decisions, replayed" in with_["report.md"]
    assert set(with_) - set(without) == {"regret.json"}
    assert json.loads(with_["regret.json"])["replayed"][0]["sort"] == "costly / lucky"
