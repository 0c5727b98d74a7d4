"""The drill's report: what it says, how it is built, and what it never does."""

import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import hand_made_drill as hand_made
import pytest

from reports.contents import Contents
from reports.drill_report import report_files, write_report
from reports.gather import contents
from reports.narrative import BANNED, restored
from reports.played import played
from simulator.brief.conditions import parse
from simulator.errors import HostError, JournalError
from simulator.journal.events import world

VOID = {"meta", "br", "hr", "img", "input", "link"}
HOSTILE = '<script>alert("x")</script>[@click=app.bell]'


def told(**changes) -> Contents:
    """The contents of the hand-made drill."""
    whole = played(hand_made.entries(), hand_made.brief())
    return contents(
        whole, hand_made.card(), drill_id="hand-made-7", verified_head=hand_made.HEAD, **changes
    )


@cache
def usual_files():
    """The hand-made drill's files, drawn once for all who only read them."""
    return written(hand_made.brief(), hand_made.entries())


def files(brief=None, entries=None, **changes):
    """The report's files as text."""
    if brief is None and entries is None and not changes:
        return usual_files()
    return written(brief or hand_made.brief(), entries or hand_made.entries(), **changes)


def written(brief, entries, **changes):
    return report_files(
        entries,
        brief,
        hand_made.card(),
        drill_id="hand-made-7",
        verified_head=hand_made.HEAD,
        **changes,
    )


class Outline(HTMLParser):
    """What a page is made of: every element, closed in order, and every identifier."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.ids, self.links = [], [], [], []
        self.astray = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.seen.append((tag, named))
        self.ids += [named["id"]] if "id" in named else []
        href = named.get("href") or named.get("xlink:href") or ""
        self.links += [href] if href else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.astray.append((tag, self.getpos()))


def outline(page):
    found = Outline()
    found.feed(page)
    found.close()
    return found


def test_a_manager_reads_five_lines():
    """What broke, how it was noticed, what was done, when it was over, what customers lost."""
    lines = [line.value for line in told().summary]

    assert lines == [
        "PostgreSQL ran out of memory and did not come back (The database went down).",
        (
            "The first page came 45 s after customers were first hit; On-Call Engineer took it at "
            "T+00:45; CRITICAL was declared at T+02:05."
        ),
        "On-Call Backup ran “Start PostgreSQL again”, which cured a fault at T+07:15.",
        (
            "Service was restored at T+08:15 against 15 min expected: 45 % faster (EXCELLENT), "
            "with 15 s of good luck in the drawn durations; it was called resolved at T+39:55."
        ),
        (
            "21,300 requests got no good answer; 905 users met that at least once; 20.5 % of the "
            "month's error budget went."
        ),
    ]


def test_what_was_wanting_is_named_where_service_was_not_restored():
    """The author asks for a declaration, which was made, and a step nobody took."""
    before = hand_made.brief()
    asked = parse("declared and done.start-nothing")
    brief = replace(before, scenario=replace(before.scenario, restored_when=asked))
    unrestored = tuple(e for e in hand_made.entries() if not isinstance(e.what, world.ImpactEnded))

    assert restored(played(unrestored, brief), None) == (
        "Service was not restored within the drill. "
        "At its end this was still wanting: done.start-nothing."
    )


def test_deadlines_stand_among_the_events_they_fell_among():
    """The page was taken before its deadline, the status page after its own."""
    lines = [m for phase in told().timeline for m in phase.moments]
    heard = [(m.t, m.who, m.says, m.outcome) for m in lines if m.kind in ("page", "deadline")]

    assert heard == [
        ("T+00:00", "On-Call Engineer", "is paged: API error share above 5 %", ""),
        ("T+00:45", "On-Call Engineer", "takes the page", ""),
        ("T+02:00", "On-Call Engineer", "due: acknowledge; done T+00:45", "met"),
        ("T+05:00", "Incident Commander", "due: status page; done T+05:45", "late"),
        ("T+2:24:55", "Incident Commander", "due: report", "missed"),
    ]


def test_every_person_who_acted_carried_the_team():
    """One thing each, with what they had noticed (the manager was not in the response yet)."""
    carried = [(one.who, one.says, one.proof) for one in told().carried]

    assert carried == [
        ("On-Call Engineer", "Saw “Health endpoint” at T+01:45; 20 s later declared CRITICAL.",
         (11, 12)),
        ("On-Call Backup",
         ("Saw “PostgreSQL log” at T+03:55; 1 min 20 s later began “Start PostgreSQL "
          "again”, which cured what was broken at T+07:15."), (18, 27)),
        ("On-Call Manager",
         "At T+05:45 sent a clear status page: 3 of 3 fields filled.", (24,)),
    ]  # fmt: skip


def test_what_there_was_to_see_tells_when_it_was_seen_and_said():
    """One sign was shown to everybody, one stayed with its finder, one nobody looked at."""
    sights = [(one.shows, one.visible, one.seen, one.said) for one in told().sights]

    assert sights == [
        ("Every query ends in connection refused", "the start", "T+01:45", ""),
        ("Nothing was deployed for two days", "the start", "", ""),
        ("The kernel killed PostgreSQL for memory", "T-00:45", "T+03:55", "T+04:15"),
    ]


def test_a_plan_with_a_limit_nobody_can_keep_gets_a_next_step():
    """Findings become work for owners of systems, the next drill comes last."""
    steps = [(step.says, step.owner) for step in told().steps]

    assert steps == [
        ("Change the limit of “status page”, or what stands before it", "owner of the plan"),
        ("Play “The database stops answering” once more, two weeks from now",
         "whoever leads the next drill"),
    ]  # fmt: skip


def test_no_generated_sentence_about_people_holds_a_banned_word():
    """The targets table has outcome words; nothing else the report says does."""
    it = told()
    moments = [m for phase in it.timeline for m in phase.moments]
    says = [
        *(line.value for line in it.summary),
        *(figure.note for figure in it.figures),
        *(m.says for m in moments),
        *(one.says for one in it.carried),
        *(one.says for one in it.plan),
        *(text for step in it.steps for text in (step.says, step.why)),
        *it.score.luck,
    ]
    found = [(word, line) for line in says for word in BANNED if re.search(rf"\b{word}\b", line)]

    assert found == []


def test_reports_name_roles_unless_names_are_asked_for():
    """A name reaches no file by itself; asked for, it stands beside the role."""
    plain = files(brief=hand_made.brief(names=("Aurelia", "Balthasar", "Cosima")))
    named = files(brief=hand_made.brief(names=("Aurelia", "Balthasar", "Cosima")), names=True)

    assert [name for name, text in plain.items() if "Aurelia" in text] == []
    assert "Aurelia (On-Call Engineer)" in named["report.html"]


def test_a_page_is_well_formed_and_needs_nothing_from_outside():
    """Every element closes, ids are unique, links stay on the page, charts have words."""
    page = files()["report.html"]
    found = outline(page)
    charts = [named for tag, named in found.seen if tag == "svg"]
    wanted = [link for link in found.links if not link.startswith("#")]
    unmet = [link for link in found.links if link.startswith("#") and link[1:] not in found.ids]
    bare = page.replace("http://www.w3.org/", "")

    assert (found.open, found.astray) == ([], [])
    assert [name for name in found.ids if found.ids.count(name) > 1] == []
    assert (wanted, unmet) == ([], [])
    assert [tag for tag, _ in found.seen if tag in ("script", "link", "img", "iframe")] == []
    assert re.findall(r"(?:https?:)?//[a-z]+\.|@import|url\((?!#)", bare) == []
    assert len(charts) == 3
    for chart in charts:
        assert chart["role"] == "img"
        assert set(chart["aria-labelledby"].split()) <= set(found.ids)


def test_every_table_says_what_its_heads_are_for():
    """Each header cell has a scope, each table a caption."""
    seen = outline(files()["report.html"]).seen
    heads = [named for tag, named in seen if tag == "th"]
    tables = [tag for tag, _ in seen if tag == "table"]
    captions = [tag for tag, _ in seen if tag == "caption"]

    assert [named for named in heads if named.get("scope") not in ("row", "col")] == []
    assert len(tables) == len(captions)


def test_a_page_prints_open_and_light():
    """Print rules: A4, folded parts open, and what runs nothing is declared to run nothing."""
    page = files()["report.html"]
    printed = page.split("@media print", 1)[1]

    assert "size: A4" in printed
    assert "details::details-content" in printed
    assert "prefers-color-scheme: dark" in page
    assert "default-src 'none'" in page


def test_hostile_names_and_messages_stay_text():
    """A title and a message that are markup are shown, never obeyed, in both faces."""
    brief = hand_made.brief(title=HOSTILE, names=(HOSTILE, "Bob", "Charlie"))
    made = files(brief=brief, entries=hand_made.entries(said=HOSTILE), names=True)

    assert "<script" not in made["report.html"]
    assert "&lt;script&gt;" in made["report.html"]
    assert "<script" not in made["report.md"]


def test_a_name_with_dollar_signs_is_a_name_on_a_chart():
    """A chart sets no formula out of what somebody is called."""
    page = files(brief=hand_made.brief(names=("$x^{2$", "Bob", "Charlie")), names=True)

    assert ">$x^{2$ (On-Call Enginee" in page["report.html"]


@pytest.mark.parametrize(
    "said",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20A"],
)
def test_what_people_wrote_is_no_formula_in_a_spreadsheet(said):
    """A cell that a spreadsheet would run begins with an apostrophe."""
    whole = files(brief=hand_made.brief(names=(said, "Bob", "Charlie")), names=True)
    rows = list(csv.reader(io.StringIO(whole["events.csv"])))
    cells = {cell for row in rows for cell in row}
    running = [
        cell for cell in cells if re.match(r"[=+@\t\r\uff1d\uff0b\uff0d\uff20]|-(?!\d+$)", cell)
    ]

    assert running == []
    assert any(cell.startswith("'") for cell in cells)


def test_the_csv_files_hold_figures_as_figures():
    """Targets by seconds from T0, signals told apart into true and seen."""
    made = files()
    targets = list(csv.DictReader(io.StringIO(made["targets.csv"])))
    signals = list(csv.DictReader(io.StringIO(made["signals.csv"])))
    errors = [
        (row["side"], row["t"], row["value"])
        for row in signals
        if row["signal"] == "errors" and row["of"] == "customers"
    ]

    assert [(row["duty"], row["t"], row["done_t"], row["outcome"]) for row in targets] == [
        ("acknowledge", "120", "45", "met"),
        ("status_page", "300", "345", "late"),
        ("report", "8695", "", "missed"),
    ]
    assert errors[:4] == [
        ("true", "-105", "0"), ("true", "-45", "0.985"), ("seen", "0", "0.97"),
        ("seen", "0", "0.97"),
    ]  # fmt: skip


def test_the_same_drill_makes_the_same_bytes():
    """Two reports of one journal do not differ, charts included."""
    again = written(hand_made.brief(), hand_made.entries())

    assert again is not usual_files()
    assert again == usual_files()


def test_json_holds_the_report_and_the_whole_card():
    """What the page says, and every figure of the scorecard beside it."""
    plain = json.loads(files()["report.json"])

    assert plain["setting"]["variant"] == "PostgreSQL ran out of memory and did not come back"
    assert plain["card"]["total_milli"] == 78_400
    assert plain["footing"]["head"] == hand_made.HEAD


def test_a_run_without_a_score_still_tells_its_story():
    """A voided run has no targets, no competencies and no total, and says so."""
    made = report_files(
        hand_made.entries(), hand_made.brief(), None, drill_id="d", verified_head=""
    )

    assert "This run has none" in made["report.html"]
    assert "not verified" in made["report.html"]
    assert "The numbers" not in made["report.html"]
    assert outline(made["report.html"]).astray == []


def test_a_drill_nobody_was_paged_in_has_a_report():
    """No page, no impact, no act: the page stands all the same."""
    entries = hand_made.entries()[:3]
    card = replace(hand_made.card(), table=(), duties=(), findings=())
    made = report_files(entries, hand_made.brief(), card, drill_id="d", verified_head="")

    assert "Nobody was paged." in made["report.html"]
    assert "Nothing: no customer was hit." in made["report.html"]


def test_a_report_overwrites_nothing(tmp_path):
    """Files go into a new or empty folder; a second report into the same one is refused."""
    out = tmp_path / "deep" / "report"
    asked = {"drill_id": "d", "verified_head": ""}
    made = write_report(hand_made.entries(), hand_made.brief(), hand_made.card(), out, **asked)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(HostError, match="overwritten"):
        write_report(hand_made.entries(), hand_made.brief(), hand_made.card(), out, **asked)

    assert [path.name for path in made] == [
        "report.html", "report.md", "report.json", "events.csv", "targets.csv", "signals.csv",
    ]  # fmt: skip
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_half_a_journal_has_no_report():
    """A report begins where the drill does."""
    with pytest.raises(JournalError, match="first entry"):
        played(hand_made.entries()[1:], hand_made.brief())
