"""Looks are answered in their second, with what is there to see and no more."""

from small_shop import BEGINS, SCENARIO, answers, documents, look, staged, until

from simulator.journal.events.work import Found, LineAnswered, LookEnded
from simulator.journal.events.world import SignalsChanged, StateSet
from simulator.shell.prompt import run
from simulator.shell.reply import Terminal
from simulator.world.telemetry.answers import CUT, LONGEST, bounded


def test_a_text_without_a_tool_is_filled_from_the_truth():
    """A note about a failing api names the share, the lag, the role and the hour."""
    stage = staged()

    found = look(stage, "note", at=120)

    assert found.content == "errors 40.1 %, lag 60 s, primary, 14:02:00\n"


def test_the_first_text_whose_condition_holds_is_shown():
    """Before anything is wrong the note says so."""
    stage = staged()

    found = look(stage, "note", at=30)

    assert found.content == "all well at 14:00:30\n"


def test_a_pipe_counts_the_pods_that_do_not_run():
    """Only the header is left of pods that all run."""
    stage = staged()

    found = look(stage, line="kubectl get pods | grep -v Running | wc -l", at=100)

    assert (found.content.strip(), found.views, found.line) == (
        "1",
        ("infrastructure",),
        "kubectl get pods | grep -v Running | wc -l",
    )


def test_a_line_that_is_not_simulated_finds_nothing():
    """Helm exists in the world and not here: the nearest lines are offered instead."""
    stage = staged()

    told = look(stage, line="helm list", at=100)

    assert (type(told), told.way, len(told.nearest)) == (LineAnswered, "not_simulated", 3)


def test_a_refused_word_is_answered_as_a_shell_would():
    """An unknown command is no look."""
    stage = staged()

    told = look(stage, line="foo --bar", at=100)

    assert (type(told), told.content, told.status) == (
        LineAnswered,
        "-bash: foo: command not found\n",
        127,
    )


def test_a_clue_is_held_only_while_its_condition_holds():
    """All pods Ready says something only once the api fails."""
    stage = staged()

    early, late = look(stage, "pods", at=30), look(stage, "pods", at=100)

    assert (early.clues, late.clues) == ((), ("pods-ready",))


def test_a_line_that_shows_the_same_holds_the_same_clue():
    """Another select over the same table of the same server is the same look to a reader."""
    stage = staged()

    asked = "psql -h $DB -c 'select * from pg_replication_slots'"
    other = "psql -h $DB -c 'select 1'"

    assert [look(stage, line=asked, at=200).clues, look(stage, line=other, at=210).clues] == [
        ("slot",),
        (),
    ]


def test_a_step_is_a_ramp_on_the_panel():
    """A minute after four in ten began to fail, five minutes' average shows less than one."""
    stage = staged()

    early, late = look(stage, "panel", at=120), look(stage, "panel", at=420)

    assert 50_000 < early.facts["errors"] < 100_000
    assert late.facts["errors"] == 400_600
    assert early.measured_at <= 120


def test_a_look_tells_what_it_can_show_of_what_is_down():
    """Trying and the dependencies' panel name what is silent; its pods are Ready all the same."""
    text = SCENARIO.replace("errors: 40%", "errors: 100%")
    stage = staged(text=text)

    reproduced = look(stage, line="curl -is https://api.shop.test/health", at=200)
    cluster = look(stage, "pods", at=205)
    panel = look(stage, "dependency", at=240)

    assert reproduced.facts == {"service_down": ("api",)}
    assert panel.facts["service_down"] == ("api", "worker", "db")
    assert cluster.facts["service_down"] == ()
    assert reproduced.content.startswith("HTTP/1.1 503 Service Unavailable")


def test_a_look_tells_of_its_own_service_alone():
    """Reading a catalog shows that its database is down, and neither the api nor the data."""
    stage = staged(text=SCENARIO.replace("errors: 40%", "errors: 100%"))

    assert look(stage, "catalog", at=200).facts == {"service_down": ("db",)}


def test_customers_figures_are_seen_only_where_customers_are():
    """A panel of the database says nothing of how many customers' requests fail."""
    whole = "    takes: 15s\n    of: api\n"
    stage = staged(text=SCENARIO.replace(whole, whole.replace("of: api", "of: db")))

    assert look(stage, "panel", at=200).facts == {}


def test_a_panel_words_what_its_figures_say():
    """A minute after the step text and facts of one panel tell the same mean, not the truth."""
    note = "    views: [vendor]\n"
    stage = staged(text=SCENARIO.replace(note, "    views: [metrics]\n"))

    found = look(stage, "note", at=120)

    assert found.content.startswith(f"errors {found.facts['errors'] / 10_000:.3g} %, lag 60 s")


def test_a_mean_over_a_window_says_so():
    """The panel's share is one of five minutes; a user's tries are of this second."""
    stage = staged()
    panel = look(stage, "panel", at=120)
    tried = look(stage, "reproduce", at=125)

    assert panel.over_s == dict.fromkeys(("errors", "traffic_share", "p95_ms", "p95_ratio"), 300)
    assert tried.over_s == {}
    assert tried.facts["errors"] > 400_000 > panel.facts["errors"]


def test_a_followed_view_is_found_again_only_when_it_changed():
    """The pods stay as they are until a restart replaces them."""
    stage = staged()
    look(stage, "pods", at=100)
    for second in (115, 130):
        stage.env.run(until=second)
        stage.emit(LookEnded(by="alice", work="w1", look="pods", followed=True))
    until(stage, 130)
    before = len(answers(stage.entries))
    stage.emit(StateSet(name="api.ready", value=3))
    stage.env.run(until=145)
    stage.emit(LookEnded(by="alice", work="w1", look="pods", followed=True))
    until(stage, 145)

    assert (before, len(answers(stage.entries))) == (1, 2)


def test_two_who_look_in_one_second_see_the_same():
    """Whoever asks, and in whatever order, the answer is one."""
    stage = staged()
    stage.env.run(until=200)
    for person in ("alice", "bob"):
        line = "curl -s -w '%{http_code} %{time_total}' https://api.shop.test/orders"
        stage.emit(LookEnded(by=person, work="w1", look="", line=line))
    until(stage, 200)
    found = answers(stage.entries)

    assert [f.by for f in found] == ["alice", "bob"]
    assert found[0].content == found[1].content


def test_looking_changes_nothing():
    """The same drill with and without forty looks has the same signals at the same seconds."""

    def signals(*, looks: int) -> list[tuple[int, object]]:
        stage = staged()
        for number in range(looks):
            look(stage, line="logs 'level:error'", at=100 + 5 * number)
        until(stage, 400)
        return [(e.at, e.what) for e in stage.entries if isinstance(e.what, SignalsChanged)]

    assert signals(looks=40) == signals(looks=0)


def test_a_drill_repeats_itself_word_for_word():
    """The same seed and looks give the same finds, whatever the hash seed."""

    def finds(seed: int) -> list[str]:
        stage = staged(seed=seed)
        lines = (
            "kubectl get pods -o wide",
            "logs 'service:api' --tail 50",
            "promql http_p95_seconds",
        )
        return [look(stage, line=line, at=200 + 5 * n).content for n, line in enumerate(lines)]

    assert finds(3) == finds(3) != finds(4)


def test_a_kind_of_view_without_a_look_is_normal_and_counts():
    """No look of the scenario shows the audit log: nothing out of the ordinary there."""
    stage = staged()

    found = look(stage, "audit", at=900)

    assert (type(found), found.views, found.way) == (Found, ("audit",), "normal")


def test_long_output_is_cut_and_says_so():
    """Twenty thousand signs fit on the screen."""
    text = "a line of thirty signs, always\n" * 1000
    shown = bounded(text)

    assert len(shown) <= LONGEST
    assert shown.endswith("always\n" + CUT)


def test_documents_can_be_asked_beside_any_look():
    """The stroll asks the documents of a second directly, with the tools themselves."""
    stage = staged()
    until(stage, 300)
    shown = documents(stage)

    assert shown.now == BEGINS + 300
    assert run("dig db.shop.internal +short", shown, Terminal(user="a")).out.startswith("10.20.")
