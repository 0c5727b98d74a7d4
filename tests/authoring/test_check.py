from dataclasses import replace
from pathlib import Path

import pytest

from simulator.authoring.check import check
from simulator.authoring.holding import why_never
from simulator.authoring.rehearsal import Played
from simulator.authoring.solve import solve, suggested, verdicts
from simulator.brief.binding import bind
from simulator.brief.brief import agreed
from simulator.brief.conditions import parse
from simulator.brief.nodes import compose
from simulator.brief.problems import ADVICE
from simulator.brief.scenario.scenario import Scenario

HERE = Path(__file__).parent
SHOP = (HERE / "corner_shop.yaml").read_text(encoding="utf-8")
PLAN = HERE.parents[1] / "scenarios" / "plans" / "fraiseql.yaml"
PEOPLE = HERE / "corner_shop_people.yaml"


def complaints(*changes):
    """(line's text, code) of all there is to say of the shop with these changes, but its size."""
    text = SHOP
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    lines = text.splitlines()
    return [(p.code, lines[p.line - 1].strip()) for p in checked(text) if p.code not in ADVICE]


def checked(text):
    """All there is to say of this scenario."""
    node = compose(text, "shop.yaml")
    return check(node, bind(Scenario, node, "shop.yaml"), "shop.yaml")


def test_the_shop_is_a_fair_drill():
    """Small, but fair: the checks find nothing to say of it."""
    assert complaints() == []


def test_a_page_that_names_the_cause_is_refused():
    """In words, whatever their order and endings."""
    line = "summary: OrdersFail - a slow query holds every session"

    assert complaints(("summary: OrdersFail - more than half of the answers are 5xx", line)) == [
        ("E160", line)
    ]


def test_an_error_line_that_names_the_cause_is_refused_only_where_it_is_told():
    """A warning may say more than an error; another variant's line is another matter."""
    logs = "logs:\n  - {service: api, level: LEVEL, text: bad release found}\nlooks:\n"

    assert complaints(("looks:\n", logs.replace("LEVEL", "error"))) == [
        ("E160", "- {service: api, level: error, text: bad release found}")
    ]
    assert complaints(("looks:\n", logs.replace("LEVEL", "info"))) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Releases,", "title: The broken release,"),
        ("  - One api before one database, 900 people a day.", "  - Mind the slow query."),
        ("says: Why is it down?", "says: Was it a bad release?"),
        ("summary: DiskGrowing - node-2", "summary: SlowQuery - query slow"),
    ],
)
def test_labels_and_the_briefing_give_nothing_away(before, after):
    """What everybody is shown unasked."""
    assert [code for code, _ in complaints((before, after))] == ["E161"]


def test_herrings_near_the_onset_are_counted_against_the_difficulty():
    """One is allowed at difficulty 2, none at 1."""
    assert complaints(("difficulty: 2", "difficulty: 1")) == [
        ("W161", "faults: [held, noisy]"),
        ("W161", "faults: [released, noisy]"),
    ]


def test_a_herring_long_before_is_no_herring():
    """Three minutes are the bound."""
    at = "at: {}m\n    bends:\n      - {{on: db, slow: 3"
    early = [(at.format(2), at.format(5))]

    assert complaints(("difficulty: 2", "difficulty: 1"), *early) == [
        ("W161", "faults: [released, noisy]")
    ]


def test_a_wrong_cause_nobody_can_rule_out_is_told():
    """No look speaks against a certificate in either variant."""
    found = complaints(
        ("  dead-db: The database is dead", "  dead-db: It is dead\n  certificate: It expired"),
        ("reads: {slow-query: 30,", "reads: {slow-query: 3,"),
        ("reads: {bad-release: 12}", "reads: {bad-release: 3}"),
    )

    assert [code for code, _ in found] == ["W162", "W162"]


@pytest.mark.parametrize(
    "condition",
    ["restored and not restored", "sessions > 90 and sessions < 10", "mode == read-only"],
)
def test_an_inject_that_never_comes_is_told(condition):
    """Two parts exclude one another, or nothing ever makes it true."""
    state = ("  probes:\n", "  state: {mode: normal}\n  probes:\n")
    found = complaints(state, ("when: restored,", f"when: {condition},"))

    assert [code for code, _ in found] == ["W160"]


@pytest.mark.parametrize(
    "condition",
    [
        "not (restored for 5m)",
        "api in service_down and sessions > 90",
        "sessions > db.errors and sessions > 90",
        "found.held-pool and not found.all-fail",
        "sessions != 3 and sessions >= 3 and sessions > 2 and sessions <= 9 and sessions < 12",
    ],
)
def test_what_can_be_is_no_matter_of_complaint(condition):
    """Whatever it cannot read to the end it takes to be possible."""
    assert complaints(("when: restored,", f'when: "{condition}",')) == []


def test_a_condition_of_too_many_ways_is_taken_to_be_possible():
    """Nine pairs of alternatives are 512 ways; none of them is counted to the end."""
    pairs = [f"(sessions > {n} or now > {n})" for n in range(9)]
    never = " and ".join([*pairs, "sessions > 90", "sessions < 10"])

    assert why_never(parse(never)) == ""
    assert why_never(parse("sessions > 90 and sessions < 10")) != ""


def test_a_row_that_tools_may_set_can_be_any_word():
    """A reboot writes `db.status`; a row of the author's own is only what the file makes of it."""
    rows = ("  probes:\n", "  state: {db.status: up, mode: normal}\n  probes:\n")
    tools = complaints(rows, ("when: restored,", "when: db.status == rebooting,"))
    own = complaints(rows, ("when: restored,", "when: mode == rebooting,"))

    assert (tools, [code for code, _ in own]) == ([], ["W160"])


def test_a_clue_that_shows_nothing_is_never_found():
    """Somebody waits for a clue of a look that is in no list."""
    found = complaints(("when: restored,", "when: found.no-such-clue,"))

    assert [code for code, _ in found] == ["W160"]


@pytest.mark.parametrize(("until", "told"), [("", []), ("until: sessions < 50, ", ["E164"])])
def test_nothing_comes_so_long_before_an_end_no_clock_knows(until, told):
    """An action that goes on until something holds has no second its end could be counted from."""
    midway = "during: [{before_end: 5s, do: {sets: {mode: busy}}}]"
    before = "kind: kill_query, takes: 10s..20s, on: [db],"
    after = f"kind: kill_query, {until}takes: 10s..20s, on: [db], {midway},"

    assert [code for code, _ in complaints((before, after))] == told


def test_that_place_is_named():
    """The sentence says until when, and the mark stands at the key itself."""
    text = SHOP.replace(
        "takes: 10s..20s,",
        "until: sessions < 50, takes: 10s..20s, during: [{before_end: 5s, do: {}}],",
    )
    (found,) = [one for one in checked(text) if one.code == "E164"]

    line = text.splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith("before_end: 5s")
    assert found.found == (
        "kill-query goes on until sessions < 50, so nothing can come 5 s before its end"
    )


def test_a_fault_that_waits_for_something_has_no_onset():
    """Nothing can be near a second nobody knows, or odd before it."""
    begins = "\n    bends:\n      - {on: db, slow: 3"
    found = complaints(
        (f"    at: 2m{begins}", f"    when: now > 120{begins}"), ("difficulty: 2", "difficulty: 1")
    )

    assert found == [("W161", "faults: [released, noisy]")]


def test_an_action_cannot_be_right_and_harmful_at_once():
    """Under one condition; under two that exclude one another it can."""
    both = "then: [{do: {cure: [held], start: [released]}}]"
    apart = (
        "then: [{when: sessions > 90, do: {cure: [held]}},"
        " {when: sessions <= 90, do: {start: [released]}}]"
    )
    before = "then: [{do: {cure: [held, no-room]}}]"

    assert [code for code, _ in complaints((before, both))] == ["E163"]
    assert complaints((before, apart)) == []


def test_something_harmless_is_odd_before_the_first_page():
    """An open alert that belongs to the incident must not be the only one."""
    found = complaints(
        ("    unrelated: yes\n", ""), ("    at: 1m\n    lasts", "    when: now > 700\n    lasts")
    )

    assert [code for code, _ in found] == ["W164", "W164"]


def test_too_little_to_look_at_is_told():
    """Two truths, eight looks and four actions leave nobody room to stray; it is advice."""
    told = [p.found.split(";")[0] for p in checked(SHOP) if p.code == "W163"]

    assert told == ["2 variants", "8 looks", "4 actions"]


def test_figures_without_an_origin_are_counted_once():
    """One line for all of them, and none for those that say where they come from."""
    (told,) = [p for p in checked(SHOP) if p.code == "W171"]
    of_api = next(n for n, line in enumerate(SHOP.splitlines(), 1) if "traffic: 20/s" in line)
    text = SHOP.replace("traffic: 20/s", "traffic: 20/s  # assumed")
    (less,) = [p for p in checked(text) if p.code == "W171"]

    assert told.line == of_api
    assert int(told.found.split()[0]) - int(less.found.split()[0]) == 1


def run(group, variant, restore_s, seed=1):
    """A drill as if it had been played."""
    return Played(
        group=group, seed=seed, variant=variant, total_milli=0, incomplete=False, passed=False,
        ended="limit" if restore_s is None else "closed", restore_s=restore_s, expected_s=1200,
        cause_right=True,
    )  # fmt: skip


def judged(*played):
    """Codes of what play says of the shop."""
    brief, node = brief_of(SHOP)
    return [problem.code for problem in verdicts(brief, node, "shop", played)]


def brief_of(text):
    """The brief of this scenario, and its tree."""
    nodes = [compose(text, "shop"), compose(PLAN.read_bytes(), "plan")]
    nodes.append(compose(PEOPLE.read_bytes(), "people"))
    return agreed(nodes[0], nodes[1], nodes[2], ("shop", "plan", "people")), nodes[0]


def test_a_variant_no_expert_restores_is_refused():
    """One of two who fails is only a warning."""
    fine = [run("expert", "release", 700), run("expert", "release", 700, seed=2)]

    assert judged(run("expert", "query", None), *fine) == ["E162"]
    assert judged(run("expert", "query", None), run("expert", "query", 700), *fine) == ["W166"]


def test_expected_minutes_are_an_experts_and_no_more_than_four_times_that():
    """20 minutes are expected."""
    fair, slow, quick = (
        [run("expert", name, seconds) for name in ("query", "release")]
        for seconds in (1000, 1300, 299)
    )

    assert [judged(*runs) for runs in (fair, slow, quick)] == [[], ["W166"], ["W166"]]


def test_difficulty_follows_the_novices():
    """All in time is easy, none is hard; one level apart is nobody's business."""
    easy = [run("novice", "query", 600)] * 4
    hard = [run("novice", "query", 5000)] * 4
    skilled = [run("competent", "query", 600)] * 3

    assert (suggested(easy), suggested(hard), suggested(hard, skilled)) == (1, 5, 3)
    assert judged(*easy) == []
    assert judged(*hard) == ["W165"]
    assert judged(*hard, *skilled) == []


def test_a_session_too_short_for_competent_people_is_told():
    """The box in people's calendars."""
    text = SHOP.replace("  restore: 20m\n", "  restore: 20m\n  session: 15m\n")
    brief, node = brief_of(text)
    slow = [run("competent", "query", 1000), *[run("novice", "query", 600)] * 4]

    assert [one.code for one in verdicts(brief, node, "shop", slow)] == ["W172"]


def test_a_variant_the_engine_cannot_play_is_refused():
    """Told once, with what the engine said."""
    broken = [
        replace(run("expert", "query", None, seed=seed), faulted="second 7 holds 5,001 entries")
        for seed in (1, 2)
    ]
    fine = [run("expert", "release", 700)]

    assert judged(*broken, *fine) == ["E166", "E162"]


def test_an_exercise_is_no_matter_of_minutes():
    """No world fails in it, so nobody restores anything, and nobody is told to."""
    brief, node = brief_of(SHOP.replace("difficulty: 2", "difficulty: 2\nkind: exercise"))

    assert list(verdicts(brief, node, "shop", [run("expert", "query", None)])) == []


def test_every_skill_plays_every_variant():
    """The shop is solved by who can; half a round would accuse by chance and says nothing."""
    brief, node = brief_of(SHOP)
    asked = []
    told = solve(brief, node, "shop", tries=1, workers=1, progress=lambda *far: asked.append(far))

    def weary(_done, _of):
        raise KeyboardInterrupt

    stopped = solve(brief, node, "shop", tries=1, workers=1, progress=weary)

    assert asked == [(number, 6) for number in range(1, 7)]
    assert [one.code for one in told.problems if not one.is_warning] == []
    assert [(one.variant, one.policy, one.in_time) for one in told.skills][:2] == [
        ("query", "expert", 1), ("query", "competent", 1),
    ]  # fmt: skip
    assert (stopped.stopped, stopped.problems) == ("interrupted", ())
