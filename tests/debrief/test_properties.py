"""What holds for every drill: haste never costs, noise never pays, waiting changes nothing."""

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from scored_brief import (
    ALICE,
    BOB,
    CHARLIE,
    T0,
    at,
    brief,
    journal,
    looked,
    said,
    well_done,
    without,
)

from simulator.debrief.scoring import score
from simulator.journal.commands.room import Skip
from simulator.journal.entry import Entry
from simulator.journal.events import incident, paging, room, talk, work, world

MOVED = (
    "acknowledge", "first_update", "status_page", "customers", "channel", "bridge", "commander",
    "told_manager", "report", "action",
)  # fmt: skip
WORLD = (
    "opened", "fault", "impact", "truth", "alert", "page", "cured", "effect", "better", "restored",
    "started", "ended", "closed", "resolved",
)  # fmt: skip
LAST = 126 * 60
QUICK = (Phase.explicit, Phase.generate)
"""Shrinking a whole drill takes minutes; a failing one is short enough to read."""


@st.composite
def drills(draw):
    """A drill in which any act may be missing, and any may come later than it should."""
    acts = dict(well_done())
    for name in list(acts):
        if name in WORLD or name.startswith(("proof", "update")):
            continue
        if draw(st.integers(0, 9)) == 0:
            del acts[name]
        elif draw(st.booleans()):
            later = acts[name][0] + draw(st.integers(0, 1200))
            acts = at(acts, name, min(later, LAST - 60))
    gone = draw(st.sets(st.integers(0, 7)))
    return without(acts, *(f"update{n}" for n in gone))


def total(acts):
    return score(journal(acts), brief()).total_milli or 0


def declared(acts):
    return acts["declare"][0] if "declare" in acts else 0


@settings(phases=QUICK)
@given(acts=drills(), name=st.sampled_from(MOVED), share=st.integers(0, 100))
def test_what_is_owed_done_earlier_never_lowers_the_total(acts, name, share):
    """Page taken, first word, page, notice, people called, report: sooner is never worse."""
    if name not in acts or (name == "first_update" and not _is_first_word(acts)):
        return
    least = 1 if name == "acknowledge" else 0
    if name in ("channel", "bridge", "commander"):
        least = declared(acts)
    if name in ("first_update", "status_page", "customers", "told_manager"):
        least = declared(acts) + 1
    if name in ("report", "action"):
        least = 41 * 60
    second = acts[name][0]
    if second <= least:
        return
    earlier = at(acts, name, least + (second - least) * share // 100)
    before, after = score(journal(acts), brief()), score(journal(earlier), brief())
    if name == "acknowledge" and _guard(after) < _guard(before):
        return

    assert (after.total_milli or 0) >= (before.total_milli or 0)


def _is_first_word(acts):
    """No other update came between the declaration and this one: later ones carry the rhythm."""
    updates = (at for name, (at, _) in acts.items() if name.startswith("update"))
    return not any(declared(acts) <= at < acts["first_update"][0] for at in updates)


def _guard(card):
    return card.mark("acknowledge").parts[0].guard


IRRELEVANT = {
    "look": looked("reproduce", by=BOB, of=""),
    "note": talk.Noted(by=BOB, text="hm", decision=False),
    "talk": talk.Said(by=BOB, text="any news?"),
    "call": paging.Paged(page="p9", to="lawyer", role="legal", alert="", level="CRITICAL",
                         summary="", why="called", by=BOB),
    "useless": world.EffectTook(action="restart-api", by=BOB, judged="useless"),
    "costly": world.EffectTook(action="drop", by=BOB, judged="useless"),
    "message": said("stakeholder", by=BOB, audience="executives"),
    "question": talk.QuestionAsked(by=BOB, to=CHARLIE, text="?", question="q1"),
    "leave": talk.ApprovalAsked(request="r1", by=BOB, of=CHARLIE, action="restart-api", reason="",
                                risk="", way_back=""),
    "granted": talk.ApprovalGiven(request="r1", by=CHARLIE, to=BOB, action="restart-api"),
    "begun": work.ActionStarted(by=BOB, work="w8", action="restart-api", kind="restart"),
    "wrong": work.HypothesisStated(by=BOB, cause="bad-deploy", confidence=90),
    "harm": world.EffectTook(action="drop", by=BOB, judged="harmful"),
}  # fmt: skip


@settings(phases=QUICK)
@given(acts=drills(), name=st.sampled_from(sorted(IRRELEVANT)), second=st.integers(1, 2300))
def test_an_irrelevant_act_never_raises_the_total(acts, name, second):
    """Not on the plan's list, evidence for no cause, owed to nobody: it earns nothing."""
    more = acts | {"extra": (second, IRRELEVANT[name])}
    last = max((act[0] for key, act in acts.items() if key == "named"), default=-1)
    if name == "wrong" and second >= last:
        return

    assert total(more) <= total(acts)


@settings(phases=QUICK)
@given(acts=drills(), moments=st.lists(st.integers(0, LAST), max_size=6))
def test_skipping_and_waiting_change_nothing(acts, moments):
    """The same deeds in the same seconds score alike, whatever the clock was told between."""
    events = list(acts.values())
    skips = [(at, Skip()) for at in moments] + [(at, room.Skipped(by=ALICE)) for at in moments]
    found, again = score(journal(events), brief()), score(journal(events + skips), brief())

    assert (again.total_milli, again.due_milli) == (found.total_milli, found.due_milli)
    assert [m.earned for m in again.marks] == [m.earned for m in found.marks]


@settings(phases=QUICK)
@given(acts=drills(), gap=st.integers(0, 500))
def test_the_drills_own_clock_does_not_matter(acts, gap):
    """The same drill begun some minutes later in the day earns the same."""
    moved = tuple(
        Entry(seq=e.seq, at=e.at + gap, by=e.by, what=_moved(e.what, gap)) for e in journal(acts)
    )

    assert score(moved, brief()).total_milli == score(journal(acts), brief()).total_milli


def _moved(what, gap):
    if isinstance(what, world.ImpactEnded):
        return world.ImpactEnded(since=what.since + gap)
    return what


@settings(phases=QUICK)
@given(
    acts=drills(),
    flips=st.lists(st.integers(130, 530), min_size=1, max_size=4, unique=True),
    other=st.sampled_from(["HIGH", "MEDIUM", "LOW"]),
)
@example(acts=well_done(), flips=[150, 250, 350, 450], other="HIGH")
def test_flip_flopping_never_beats_standing_still(acts, flips, other):
    """Levels to and fro buy no time and no grade."""
    if "declare" not in acts:
        return
    restless = dict(acts)
    for n, second in enumerate(sorted(flips)):
        start = max(second, declared(acts) + 1 + n)
        restless[f"down{n}"] = (start, _level(other))
        restless[f"up{n}"] = (start + 15, _level("CRITICAL"))

    assert total(restless) <= total(acts)


def _level(level):
    return incident.Regraded(level=level, was="", by=CHARLIE, reason="")


@settings(phases=QUICK)
@given(acts=drills(), end=st.integers(10, 240))
def test_leaving_in_the_first_minutes_is_incomplete(acts, end):
    """Whoever leaves before most has fallen due has no total and no pass."""
    cut = {name: act for name, act in acts.items() if act[0] <= end and name != "ended"}
    cut["ended"] = (end, room.DrillEnded(reason="stood_down"))
    card = score(journal(cut), brief())

    assert (card.total_milli, card.passed, card.incomplete) == (None, False, True)


@settings(phases=QUICK)
@given(acts=drills())
def test_every_figure_is_whole_and_within_its_bounds(acts):
    """Grades and shares from 0 to 1000, points to 100000, and every citation exists."""
    entries = journal(acts)
    card = score(entries, brief())
    parts = [part for mark in card.marks for part in mark.parts]

    assert all(0 <= part.grade <= 1000 and 0 <= part.guard <= 1000 for part in parts)
    assert all(0 <= seq < len(entries) for part in parts for seq in part.cites)
    assert all(0 <= (c.points_milli or 0) <= 100_000 for c in card.competencies)
    assert 300 <= card.discipline.factor_milli <= 1000
    assert entries[0].at == T0 - 100
