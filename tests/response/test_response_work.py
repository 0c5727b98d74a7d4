"""Stories about work: looks, actions, whose leave they want, typed lines."""

from rehearsal import Rehearsal

from simulator.journal.commands.talk import AskApproval, AskColleague, GiveApproval
from simulator.journal.commands.work import (
    CancelWork,
    Follow,
    Hypothesise,
    Look,
    Mitigate,
    OwnDebt,
    RunStep,
    Type,
    Unfollow,
)
from simulator.journal.events.incident import DebtOwned
from simulator.journal.events.room import Refused
from simulator.journal.events.work import (
    ActionFinished,
    ActionStarted,
    Found,
    HypothesisStated,
    LookEnded,
    WorkBegan,
    WorkCancelled,
    WorkEnded,
)
from simulator.journal.events.world import DebtOpened, StateSet


def begun(drill: Rehearsal) -> list[str]:
    """What was begun, when, for how long."""
    return drill.lines(WorkBegan, "{e.by} {e.kind} {e.item} {e.takes_s} s")


def test_a_look_takes_its_time_and_finds():
    """Twenty seconds at the panel."""
    drill = Rehearsal()
    drill.say("alice", Look(look="panel"), at=10)
    drill.until(60)

    assert (begun(drill), drill.lines(Found, "{e.by} {e.look}")) == (
        ["T+00:10 alice look panel 20 s"],
        ["T+00:30 alice panel"],
    )


def test_the_first_command_costs_the_login_once():
    """VPN and second factor come before the first line and never again."""
    drill = Rehearsal()
    drill.say("alice", Look(look="pods"), at=10)
    drill.say("alice", Look(look="pods"), at=100)
    drill.until(200)

    assert begun(drill) == [
        "T+00:10 alice login login 60 s",
        "T+01:10 alice look pods 10 s",
        "T+01:40 alice look pods 10 s",
    ]


def test_a_busy_person_is_refused_a_second_look():
    """One thing at a time."""
    drill = Rehearsal()
    drill.say("alice", Look(look="panel"), at=10)

    assert drill.refused("alice", Look(look="quiet")) == "busy"


def test_a_question_costs_whoever_is_at_work():
    """Bob's question makes Alice's look 20 to 40 s longer."""
    drill = Rehearsal()
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("bob", AskColleague(person="alice", text="how is it going over there"), at=15)
    drill.until(200)
    ended = next(e.at for e in drill.stage.entries if isinstance(e.what, WorkEnded))

    assert 50 <= ended <= 70


def test_what_is_stopped_shows_nothing():
    """A look given up in the second it was begun ends there."""
    drill = Rehearsal()
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", CancelWork())
    drill.until(60)

    assert (len(drill.happened(WorkCancelled)), drill.happened(LookEnded)) == (1, [])


def test_there_must_be_something_to_stop():
    """An idle person is refused."""
    drill = Rehearsal()

    assert drill.refused("alice", CancelWork()) == "needs"


def test_a_followed_view_comes_by_itself():
    """Every 15 s while things move, without occupying; after it was let go, never."""
    drill = Rehearsal()
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", Follow(look="panel"), at=40)
    drill.until(100)
    drill.say("alice", Unfollow(look="panel"), at=100)
    drill.until(300)

    assert (
        drill.lines(Found, "{e.look}")[1:],
        drill.stage.situation.busy("alice"),
    ) == (["T+00:55 panel", "T+01:10 panel", "T+01:25 panel"], None)


def test_a_view_nobody_found_is_not_followed():
    """First look, then follow."""
    drill = Rehearsal()

    assert drill.refused("alice", Follow(look="panel")) == "needs"


def test_a_cause_is_named_with_what_one_holds():
    """The find that showed the clue stands beside the claim."""
    drill = Rehearsal()
    drill.clues = ("pool-is-full",)
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", Hypothesise(cause="pool-full", confidence=80), at=40)
    found = next(e.seq for e in drill.stage.entries if isinstance(e.what, Found))

    assert drill.happened(HypothesisStated)[0].evidence == (found,)


def test_a_cause_nobody_listed_is_refused():
    """Free text stands beside a listed cause."""
    drill = Rehearsal()

    assert (
        drill.refused("alice", Hypothesise(cause="gremlins", confidence=50)),
        drill.refused("alice", Hypothesise(cause="pool-full", confidence=101)),
    ) == ("unknown", "needs")


def test_an_action_inside_ones_authority_starts_and_finishes():
    """Restarting is the on-call's to decide: a minute after the login it is done."""
    drill = Rehearsal()
    drill.say("alice", Mitigate(action="restart-api"), at=10)
    drill.until(200)
    (started,) = drill.happened(ActionStarted)

    assert (started.allowed, started.blind, drill.lines(ActionFinished, "{e.action}")) == (
        True,
        False,
        ["T+02:10 restart-api"],
    )


def test_without_the_approval_it_is_refused():
    """A failover is the manager's to allow."""
    drill = Rehearsal()

    assert drill.refused("alice", Mitigate(action="fail-over")) == "authority"


def test_doing_it_anyway_is_possible_and_recorded():
    """Not allowed, and blind: nobody had looked."""
    drill = Rehearsal()
    drill.say("alice", Mitigate(action="fail-over", anyway=True), at=10)
    drill.until(80)
    (started,) = drill.happened(ActionStarted)

    assert (started.allowed, started.asks, started.blind) == (False, ("manager", "backup"), True)


def test_an_approved_action_is_allowed():
    """Ana gives leave; the request stands beside the action."""
    drill = Rehearsal()
    drill.comes("ana")
    drill.say("alice", Look(look="panel"), at=10)
    ask = AskApproval(action="fail-over", reason="down", risk="writes", way_back="none")
    drill.say("alice", ask, at=40)
    drill.settle()
    drill.say("ana", GiveApproval(request="r1"), at=60)
    drill.say("alice", Mitigate(action="fail-over"), at=70)
    drill.until(140)
    (started,) = drill.happened(ActionStarted)

    assert (started.allowed, started.approval, started.blind) == (True, "r1", False)


def test_what_goes_on_by_itself_frees_its_starter():
    """Alice looks while the replica is promoted; a second such job is refused."""
    drill = Rehearsal()
    drill.say("alice", Mitigate(action="fail-over", anyway=True), at=10)
    drill.say("alice", Look(look="panel"), at=100)
    drill.until(150)

    assert (
        len(drill.happened(Found)),
        drill.refused("alice", Mitigate(action="fail-over", anyway=True)),
    ) == (1, "busy")


def test_one_job_at_a_time():
    """While her promotion runs alice may look, but the next change is somebody else's."""
    drill = Rehearsal()
    drill.say("alice", Mitigate(action="fail-over", anyway=True), at=10)
    drill.until(100)
    (answer,) = drill.say("alice", Mitigate(action="stop-queue"))
    drill.say("ana", Mitigate(action="stop-queue"))
    drill.until(600)

    assert answer.what.reason.startswith('Alice is still at "Promote the replica", until about T+')
    assert [began.by for began in drill.happened(ActionStarted)] == ["alice", "ana"]


NO_LOOK = (
    "there is no look 'xyz'; there is "
    '"The panel" (panel), "The pods" (pods), "The alerts" (quiet)'
)


def test_a_refusal_speaks_of_people_and_titles():
    """No ids but those one types, and times from the first page."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Look(look="panel"), at=100)
    orders = {"alice": Look(look="panel"), "ana": Mitigate(action="restart"),
              "bob": Look(look="xyz")}  # fmt: skip
    said = [drill.say(by, order)[0].what.reason for by, order in orders.items()]

    assert said == [
        'Alice is still looking at "The panel", until about T+01:00',
        "there is no action 'restart'; did you mean \"Restart the api\" (restart-api)?",
        NO_LOOK,
    ]


def test_the_tool_refuses_in_its_own_words():
    """The pool is not full any more, and the words name what it is."""
    drill = Rehearsal()
    drill.stage.emit(StateSet(name="pool", value="empty"))
    drill.say("alice", Mitigate(action="empty-pool"), at=10)
    drill.until(100)

    assert [(no.code, no.reason) for no in drill.happened(Refused)] == [
        ("needs", "error: the pool is empty")
    ]


def test_a_second_hand_on_the_same_object_is_refused():
    """Bob may not scale what Alice restarts."""
    drill = Rehearsal()
    drill.say("alice", Mitigate(action="restart-api"), at=10)
    drill.until(90)

    assert drill.refused("ana", Mitigate(action="scale-api")) == "busy"


def test_what_is_done_once_is_not_done_twice():
    """The queue is stopped already."""
    drill = Rehearsal()
    drill.say("alice", Mitigate(action="stop-queue"), at=10)
    drill.until(200)

    assert drill.refused("alice", Mitigate(action="stop-queue")) == "busy"


def test_a_typed_line_is_the_look_it_was_written_for():
    """With another flag and a filter behind it."""
    drill = Rehearsal()
    drill.say("alice", Type(line="kubectl get pods -n shop -o wide | grep api"), at=10)
    drill.until(100)

    assert [(found.look, found.line[:16]) for found in drill.happened(Found)] == [
        ("pods", "kubectl get pods")
    ]


def test_a_typed_line_is_the_action_it_was_written_for():
    """The restart, typed."""
    drill = Rehearsal()
    drill.say("alice", Type(line="kubectl -n shop rollout restart deployment/api"), at=10)
    drill.until(100)

    assert drill.happened(ActionStarted)[0].action == "restart-api"


def test_a_line_nobody_foresaw_is_left_to_the_world():
    """It takes a little time and ends as a line."""
    drill = Rehearsal()
    drill.say("alice", Type(line="kubectl -n shop describe node n1"), at=10)
    drill.until(100)

    assert [(ended.look, ended.line) for ended in drill.happened(LookEnded)] == [
        ("", "kubectl -n shop describe node n1")
    ]


def test_a_line_that_changes_something_asks_the_plan():
    """Rolling back is nothing the on-call of this plan may do alone."""
    drill = Rehearsal()

    assert (
        drill.refused("alice", Type(line="kubectl -n shop rollout undo deployment/web")),
        drill.refused("alice", Type(line="  ")),
    ) == ("authority", "needs")


def test_a_runbook_step_is_its_look_or_action():
    """Step 1 looks, step 3 does not exist."""
    drill = Rehearsal()
    drill.say("alice", RunStep(runbook="dry-pool", step=1), at=10)
    drill.until(40)

    assert (
        drill.happened(Found)[0].look,
        drill.refused("alice", RunStep(runbook="dry-pool", step=3)),
    ) == ("panel", "unknown")


def test_a_debt_gets_an_owner():
    """Only one that is open."""
    drill = Rehearsal()
    drill.stage.emit(DebtOpened(debt="d", says="scale back", undo="", action="scale-api"))
    drill.say("alice", OwnDebt(debt="d", owner="bob", due_in_s=3600))

    assert (
        drill.happened(DebtOwned)[0].owner,
        drill.refused("alice", OwnDebt(debt="e", owner="bob")),
    ) == ("bob", "unknown")


def test_the_same_seed_draws_the_same_login():
    """Luck belongs to its key, not to what else was drawn."""
    from small_brief import SCENARIO, small_brief

    spread = SCENARIO.replace("login: 60s", "login: 60s..180s")
    times = []
    for others in (0, 1):
        drill = Rehearsal(small_brief(scenario=spread))
        if others:
            drill.say("bob", Look(look="pods"), at=5)
        drill.say("alice", Look(look="pods"), at=10)
        times.append([w.takes_s for w in drill.happened(WorkBegan) if w.by == "alice"])

    assert times[0] == times[1]


def test_a_line_that_is_not_simulated_costs_nothing():
    """No login, no work: the world says at once that it is not simulated."""
    drill = Rehearsal()
    drill.say("alice", Type(line="terraform plan"), at=10)

    assert (drill.happened(WorkBegan), [one.line for one in drill.happened(LookEnded)]) == (
        [],
        ["terraform plan"],
    )


def test_a_kind_of_view_without_a_look_counts_all_the_same():
    """There is nothing written about the vendor: looking there is possible."""
    drill = Rehearsal()
    drill.say("alice", Look(look="vendor"), at=10)
    drill.until(100)

    assert [found.look for found in drill.happened(Found)] == ["vendor"]


def test_a_kind_of_view_is_normal_only_where_no_look_gives_it():
    """Traces are nowhere in this scenario and count as seen; the panel has to be looked at."""
    drill = Rehearsal()
    drill.say("alice", Look(look="traces"), at=10)
    drill.say("alice", Look(look="metrics"), at=60)
    drill.until(120)

    assert [found.look for found in drill.happened(Found)] == ["traces"]
    assert [refused.code for refused in drill.happened(Refused)] == ["unknown"]
