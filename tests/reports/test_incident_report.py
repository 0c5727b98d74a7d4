"""The post-incident report: each plan's own form, filled from a journal, read back, checked."""

import gzip
import html
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hand_made_drill import CHARLIE, HEAD, brief, card, entries
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.incident_draft import in_head, incident_report
from reports.incident_markdown import BLANK, incident_markdown
from reports.incident_page import incident_html
from reports.incident_reading import plain, reread
from reports.incident_report import check_incident, incident_files, write_incident
from reports.narrative import BANNED
from simulator.archive.exchange import received
from simulator.brief.binding import bind
from simulator.brief.nodes import compose
from simulator.brief.plan.plan import Plan
from simulator.debrief.aftermath.contradictions import contradictions
from simulator.debrief.replay import brief_of, entries_of
from simulator.debrief.scoring import score
from simulator.errors import HostError
from simulator.journal.events.incident import ReportSubmitted
from simulator.journal.events.paging import Paged
from simulator.journal.events.talk import MessageSent

HERE = Path(__file__).parents[1]
PLANS = ("fraiseql", "platform", "code", "virtengine")


@cache
def plan_of(name):
    """A plan as it ships."""
    text = (HERE.parent / "scenarios" / "plans" / f"{name}.yaml").read_text(encoding="utf-8")
    return bind(Plan, compose(text, name), name)


@cache
def whole():
    """The hand-made drill's brief."""
    return brief()


@cache
def golden(name):
    """A recorded drill under a plan, in that plan's form of today."""
    (path,) = (HERE / "golden").glob(f"fraiseql-database-recovery.{name}.*.jsonl.gz")
    lines = received(io.BytesIO(gzip.decompress(path.read_bytes()))).lines
    told, played_by = entries_of(lines), brief_of(lines)
    today = replace(
        played_by, plan=replace(played_by.plan, post_incident=plan_of(name).post_incident)
    )
    return incident_report(
        told, today, score(told, played_by), drill_id=path.stem, verified_head=lines[-1].hash
    )


def drafted(**changes):
    """The hand-made drill's report."""
    with_card = changes.pop("card", card())
    told = changes.pop("told", entries())
    under = changes.pop("under", None) or whole()
    return incident_report(told, under, with_card, drill_id="d-1", verified_head=HEAD)


def found_in(page):
    """The codes found in a page."""
    return [
        one.code
        for one in contradictions(reread(page, plan_of("fraiseql")).account, plan_of("fraiseql"))
    ]


def edited(old, new, times=1):
    """The codes that a change by hand adds to the hand-made report, whose sums are rounded."""
    page = incident_markdown(drafted())
    assert old in page
    before = found_in(page)
    return [code for code in found_in(page.replace(old, new, times)) if code not in before]


@pytest.mark.parametrize("name", PLANS)
def test_the_form_is_the_plans(name):
    """Every heading and every named line of the plan, in its order, and none before its turn."""
    page = incident_markdown(golden(name)).partition("\n---\n")[0]
    said = [
        plain(re.sub(r"^(?:#+ |- \*\*)", "", line).partition(":** ")[0])
        for line in page.splitlines()
        if line.startswith(("## ", "### ", "- **")) and "." not in line.partition(":** ")[0]
    ]
    asked = []
    for section in plan_of(name).post_incident.sections.values():
        if section.under and section.under not in asked:
            asked.append(section.under)
        asked += [] if in_head(section) and section.lines else [section.title]
        if section.holds != "timeline":
            asked += [line.title for line in section.lines.values()]

    assert [title for title in said if title in asked] == asked


@pytest.mark.parametrize("name", PLANS)
def test_a_draft_does_not_contradict_itself(name):
    """What is drafted from a journal agrees with itself and has every heading."""
    read = reread(incident_markdown(golden(name)), plan_of(name))

    assert [one.says() for one in contradictions(read.account, plan_of(name))] == []
    assert read.gone == ()
    assert read.blanks > 0


@pytest.mark.parametrize("name", PLANS)
def test_a_timeline_is_short_and_has_its_key_moments(name):
    """At most 25 lines, in order, each key moment once."""
    read = reread(incident_markdown(golden(name)), plan_of(name)).account
    marks = [mark for line in read.timeline for mark in line.marks]
    proven = [mark for mark in marks if mark == "verified"]

    assert len(read.timeline) <= 25
    assert len(proven) <= 1
    assert [mark for mark in marks if mark != "verified"] == [
        "began", "detected", "acknowledged", "declared", "identified", "mitigated", "restored",
        "resolved", "closed",
    ]  # fmt: skip


@pytest.mark.parametrize("name", PLANS)
def test_generated_words_blame_nobody(name):
    """None of the banned words outside the plan's headings and the table of deadlines."""
    it = golden(name)
    lines = [
        line
        for part in (*it.parts, *it.record)
        for block in part.blocks
        for line in getattr(block, "items", ()) or (getattr(block, "text", ""),)
    ]
    quoted = re.compile(r"“[^”]*”|requests failed")
    without_quotes = [quoted.sub("", line) for line in lines]

    assert [
        (word, line)
        for line in without_quotes
        for word in BANNED
        if re.search(rf"\b{word}\b", line, re.IGNORECASE)
    ] == []


def test_what_is_read_back_is_what_was_written():
    """Moments, losses, level, actions and deadlines survive the page."""
    account = reread(incident_markdown(drafted()), plan_of("fraiseql")).account

    assert dict(account.times) == {
        "began": "2026-03-12 10:01:00 UTC", "detected": "2026-03-12 10:01:45 UTC",
        "acknowledged": "2026-03-12 10:02:30 UTC", "declared": "2026-03-12 10:03:50 UTC",
        "identified": "2026-03-12 10:06:40 UTC", "mitigated": "2026-03-12 10:09:00 UTC",
        "restored": "2026-03-12 10:10:00 UTC", "resolved": "2026-03-12 10:41:40 UTC",
        "closed": "2026-03-12 10:41:40 UTC", "ended": "2026-03-12 10:41:40 UTC",
    }  # fmt: skip
    assert (account.impact["requests"], account.impact["users"]) == ("21,300", "905")
    assert (account.level, account.cause.confidence) == ("CRITICAL", "85 %")
    assert [one.outcome for one in account.deadlines] == ["met", "late", "missed"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("**Duration:** 40 min 40 s", "**Duration:** 2 hours 15 minutes", "duration_differs"),
        ("**Start time:** 2026-03-12 10:01:00", "**Start time:** 2026-03-12 10:04:00",
         "said_twice"),
        ("| Service restored | 2026-03-12 10:10:00", "| Service restored | 2026-03-12 10:50:00",
         "resolved_before_verified"),
        ("- 10:06 - **Cause named.**", "- 10:16 - **Cause named.**", "timeline_differs"),
        ("**Severity:** CRITICAL", "**Severity:** LOW", "level_below_facts"),
        ("**Severity:** CRITICAL", "**Severity:** terrible", "level_unknown"),
        ("| 10:07:30 | late |", "| 10:07:30 | met |", "late_but_kept"),
        ("(85 % sure)", "(35 % sure), confirmed", "confirmed_without_confidence"),
        ("**Requests that failed:** 21,300", "**Requests that failed:** 2,300", "said_twice"),
        ("10:01:45 UTC", "soon", "unreadable"),
    ],
)  # fmt: skip
def test_an_edit_that_does_not_fit_is_found(old, new, code):
    """One change by hand, and the check names what no longer agrees."""
    assert code in edited(old, new)


def test_an_action_somebody_adds_needs_an_owner_and_a_day():
    """A row added by hand is checked like the others."""
    table = "| Action | Owner | Due | Tracker |\n|---|---|---|---|\n"

    assert edited(table, f"{table}| Alert on memory |  | 2026-03-20 |  |\n") == [
        "action_without_owner"
    ]
    assert edited(table, f"{table}| Alert on memory | Team | 2025-03-20 |  |\n") == [
        "action_before_incident"
    ]
    assert edited(table, f"{table}| Alert on memory | Team | 2026-03-20 |  |\n") == []


def test_a_blank_is_the_plans_own_question():
    """What the record cannot know is asked in the plan's words, and counted until it is filled."""
    page = incident_markdown(drafted())
    ask = f"- [ ] What made it worse: {BLANK}"
    before = reread(page, plan_of("fraiseql")).blanks
    after = reread(
        page.replace(ask, "- [x] What made it worse: no limit"), plan_of("fraiseql")
    ).blanks

    assert ask in page
    assert f"- [ ] Prevention: {BLANK}" in page
    assert before - after == 1


def test_a_heading_that_is_gone_is_told(tmp_path):
    """Nothing of the plan's form gets lost in the editing."""
    page = incident_markdown(drafted())
    path = tmp_path / "incident.md"
    path.write_text(page.replace("## Contributing factors\n", "").replace("**Title:**", "**T:**"))
    found = check_incident(path, plan_of("fraiseql")).found

    assert [one.where for one in found if one.code == "heading_gone"] == [
        "“Title”", "“Contributing factors”",
    ]  # fmt: skip


def test_what_was_true_stands_apart():
    """The box behind the form names the truth and how the team's cause compares with it."""
    truth = {row.title: row.value for row in drafted().truth}
    form = [part.title for part in drafted().parts]

    assert truth["What was true this time"] == brief().scenario.variants["crash"].title
    assert truth["Against what was named"].endswith("is the true one")
    assert "What was true" not in form


def test_what_a_person_handed_in_is_quoted():
    """Lessons somebody wrote stand in their words; what a bot filled in does not."""
    lessons = {"lessons": "A second | standby ## would have helped"}
    story = tuple(
        replace(entry, what=replace(entry.what, fields=lessons))
        if isinstance(entry.what, ReportSubmitted)
        else entry
        for entry in entries()
    )
    opened = replace(story[0].what, policies={CHARLIE: "competent"})
    by_bot = (replace(story[0], what=opened), *story[1:])
    page, other = (incident_markdown(drafted(told=told)) for told in (story, by_bot))

    quote = r"> A second \| standby \#\# would have helped (On-Call Manager, as handed in)"
    assert (quote in page, quote in other) == (True, False)


def test_what_happens_again_and_again_is_told_once():
    """Three messages that claim too much are one line; a page that climbs twice is one too."""
    story = list(entries())
    sent = next(entry for entry in story if isinstance(entry.what, MessageSent))
    paged = next(entry for entry in story if isinstance(entry.what, Paged))
    claims = replace(sent.what, honest=False, overclaims=("cause",))
    extra = [replace(sent, at=610 + n, what=claims) for n in range(3)]
    extra += [replace(paged, at=620 + n, what=replace(paged.what, why="no_ack")) for n in range(2)]
    whole_story = [entry for entry in story if entry.at <= 600] + extra
    whole_story += [entry for entry in story if entry.at > 620]
    told = tuple(replace(entry, seq=seq) for seq, entry in enumerate(whole_story))
    page = incident_markdown(drafted(told=told))

    assert page.count("went beyond what was known: cause") == 1
    assert "(status page), 3 times, first at 10:10" in page
    assert page.count("because nobody had taken it") == 1


def test_a_run_without_a_score_has_no_deadlines():
    """The form stands all the same."""
    titles = [part.title for part in drafted(card=None).record]

    assert "Deadlines" not in titles
    assert [part.title for part in drafted(card=None).parts] == [
        part.title for part in drafted().parts
    ]


def test_a_drill_nobody_was_hit_in_has_a_report():
    """No impact, nothing declared: blanks and plain words, no figure out of nothing."""
    quiet = entries()[:3]
    page = incident_markdown(drafted(told=quiet, card=None))

    assert "Nobody was hit" in page
    assert "No cause was named in the drill." in page
    assert f"- **Incident ID:** {BLANK}" in page


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_no_name_breaks_the_page(said):
    """Whatever a title or a channel holds, the page reads back as it was and marks nothing up."""
    it = drafted(told=entries(said=said), under=brief(title=said or "x"))
    account = reread(incident_markdown(it), plan_of("fraiseql")).account
    page = incident_html(it)

    assert account.times["restored"] == "2026-03-12 10:10:00 UTC"
    assert len(re.findall(r"<(?:script|img|iframe)\b", page)) == 0


def test_a_hostile_name_is_escaped():
    """A tag in a role, a table row in a title."""
    hostile = "<script>alert(1)</script> | ## x"
    people = brief(names=(hostile, "Bob", "Charlie"))
    it = incident_report(entries(), people, card(), drill_id="d-1", verified_head=HEAD, names=True)

    assert "<script>" not in incident_html(it) + incident_markdown(it)
    assert html.escape("<script>") in incident_html(it)


def test_a_record_that_does_not_verify_is_marked():
    """UNVERIFIED stands in the title of both faces."""
    files = incident_files(entries(), brief(), drill_id="d-1", verified_head="")

    assert files["incident.md"].startswith("# UNVERIFIED ")
    assert "<title>UNVERIFIED " in files["incident.html"]


def test_nothing_is_overwritten(tmp_path):
    """A second draft into the same folder is refused, and the first stays as it was edited."""
    files = incident_files(entries(), brief(), drill_id="d-1", verified_head=HEAD, card=card())
    page, text = write_incident(tmp_path, files)
    text.write_text("edited")
    with pytest.raises(HostError, match="choose another --out"):
        write_incident(tmp_path, files)

    assert (page.name, text.read_text()) == ("incident.html", "edited")


def test_claims_may_come_as_a_document(tmp_path):
    """Anybody's report, written down as claims, is checked by the same rules."""
    path = tmp_path / "claims.yaml"
    path.write_text("level: HIGH\nimpact: {requests: '70', offered: '60'}\n")
    front = tmp_path / "claims.md"
    front.write_text(f"---\n{path.read_text()}---\n# Ours\n")

    codes = [one.code for one in check_incident(path, plan_of("fraiseql")).found]
    assert codes == ["failed_beyond_offered"]
    assert check_incident(front, plan_of("fraiseql")) == check_incident(path, plan_of("fraiseql"))


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Missing, or far too long: one sentence each."""
    long = tmp_path / "long.md"
    long.write_text("x" * 400_001)

    for path in (tmp_path / "none.md", long):
        with pytest.raises(HostError, match=path.name):
            check_incident(path, plan_of("fraiseql"))
