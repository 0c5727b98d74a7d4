"""What acts and owners do in the rarer states: nothing twice, nothing after a cancellation."""

from small_shop import SCENARIO, scenario, staged, until

from simulator.journal.events.room import InjectAsked, InjectFired
from simulator.journal.events.work import ActionFinished, WorkBegan, WorkCancelled, WorkEnded
from simulator.journal.events.world import (
    AlertFired,
    AlertResolved,
    EffectRelieved,
    EffectTook,
    FaultBegan,
    FaultCured,
    FaultInjected,
    PodChanged,
    StateSet,
)

NEW = """\
  again:
    title: Break it again
    kind: config
    takes: 10s
    then: [{do: {start: [db-refuses]}}]
  grow:
    title: Six of them
    kind: scale
    takes: 10s
    then: [{do: {replicas: [{service: api, to: 6}]}}]
  lead:
    title: Lead it where it goes
    kind: traffic_shift
    takes: 10s
    then: [{do: {repoint: [{service: api, need: db, to: db}]}}]
  slow:
    title: Slowly
    kind: config
    takes: 60s
    during: [{after: 30s, do: {sets: {mode: halfway}}}]
  promote:
    title: Promote, and restart on the way
    kind: failover
    takes: 30s
    during: [{after: 20s, do: {replicas: [{service: api, restart_all: yes}]}}]
    then: [{do: {sets: {db.role: promoted}}}]
  spare:
    title: Lead it to the spare database
    kind: failover
    takes: 10s
    then: [{do: {repoint: [{service: api, need: db, to: spare}]}}]
injects:
  ceo: {when: api.errors > 5%, sender: executive, says: Why is it down?}
"""


def played(more: str = NEW, **how):
    """The shop with more written below it."""
    return staged(text=SCENARIO + more, **how)


def act(stage, item: str, *, takes: int = 10) -> None:
    """Carry an action out, from now to its end, as response would tell it."""
    stage.emit(WorkBegan(by="bob", work="w1", kind="action", item=item, takes_s=takes))
    until(stage, stage.now + takes)
    stage.emit(WorkEnded(by="bob", work="w1", kind="action", item=item))
    until(stage, stage.now + 1)


def told(stage, *kinds):
    """What was told of these kinds, in order."""
    return [entry.what for entry in stage.entries if isinstance(entry.what, kinds)]


def test_an_action_starts_no_fault_that_is_there_already():
    """What is broken cannot be broken again, so it is nobody's harm."""
    stage = played()
    until(stage, 90)
    act(stage, "again")

    assert [(took.started, took.judged) for took in told(stage, EffectTook)] == [((), "useless")]


def test_a_facilitator_may_break_what_is_broken_and_nothing_comes_of_it():
    """One beginning, however often it is asked for."""
    stage = played()
    until(stage, 90)
    stage.emit(FaultInjected(by="kim", fault="db-refuses"))
    until(stage, 100)

    assert len(told(stage, FaultBegan)) == 1


def test_scaling_by_an_action_boots_the_pods_that_are_missing():
    """Six wanted, and six ready once two have booted."""
    stage = played()
    until(stage, 90)
    act(stage, "grow")
    before = stage.state("api.ready")
    until(stage, 200)

    assert (stage.state("api.replicas"), before, stage.state("api.ready")) == (6, 4, 6)


def test_an_unscaled_number_boots_nothing():
    """Four said anew is four: no pod comes up, none goes."""
    stage = played()
    until(stage, 90)
    stage.emit(StateSet(name="api.replicas", value=4))
    until(stage, 200)

    assert [e.value for e in told(stage, StateSet) if e.name == "api.ready"] == [4]


def test_leading_a_need_where_it_leads_changes_nothing():
    """The state table has one row of it, from the first second."""
    stage = played()
    until(stage, 90)
    act(stage, "lead")

    assert [e.value for e in told(stage, StateSet) if e.name == "api.need.db"] == ["db"]
    assert [took.judged for took in told(stage, EffectTook)] == ["useless"]


def test_what_an_action_broke_on_its_own_way_relieves_nobody():
    """Its restart takes every pod away; that they come back is no merit of the promotion."""
    stage = played(variant="other")
    until(stage, 90)
    act(stage, "promote", takes=30)
    worst = customers_failing(stage)
    until(stage, 400)

    assert worst == 1_000_000
    assert customers_failing(stage) < 2_000
    assert told(stage, EffectRelieved) == []


def test_customers_who_are_better_off_than_before_were_relieved():
    """Two in five failed; led to a database that answers, next to none do."""
    spare = "    spare: {traffic: 1/s, customer_facing: no, p95: 6ms, used: 2%, replicas: 1}\n"
    stage = staged(text=SCENARIO.replace("  gauges:\n", f"{spare}  gauges:\n", 1) + NEW)
    until(stage, 90)
    act(stage, "spare")
    until(stage, 400)

    assert [(e.action, e.before // 10_000) for e in told(stage, EffectRelieved)] == [("spare", 40)]


def customers_failing(stage) -> int:
    """The share of the api's requests that fail now, ppm."""
    return stage.situation.world.signals["api"]["errors"]


def test_what_was_cancelled_does_nothing_midway():
    """Half a minute in, nobody is at it any more."""
    stage = played()
    until(stage, 90)
    stage.emit(WorkBegan(by="bob", work="w1", kind="action", item="slow", takes_s=60))
    until(stage, 100)
    stage.emit(WorkCancelled(by="bob", work="w1"))
    until(stage, 200)

    assert (stage.state("mode"), told(stage, ActionFinished)) == ("normal", [])


def test_work_on_something_unwritten_takes_no_effect():
    """An act no author foresaw is left to those who carry it out."""
    stage = played()
    until(stage, 90)
    act(stage, "dance")

    assert told(stage, EffectTook) == []


def test_what_a_facilitator_fired_does_not_come_again():
    """The executive asks once, now, and not again when it is down."""
    stage = played()
    until(stage, 30)
    stage.emit(InjectAsked(by="kim", inject="ceo"))
    until(stage, 600)

    assert [entry.at for entry in stage.entries if isinstance(entry.what, InjectFired)] == [30]


def test_an_alert_that_goes_quiet_while_its_group_waits_is_never_told():
    """Over before the page left: nobody hears of it, and nothing is resolved."""
    text = SCENARIO.replace("api.errors[1m] > 5%", "mode == broken")
    clock = "  clock: {group_wait: {high: 90s}}\n  logs_per_s: 40\n"
    stage = staged(text=text.replace("  logs_per_s: 40\n", clock))
    until(stage, 10)
    stage.emit(StateSet(name="mode", value="broken"))
    until(stage, 80)
    stage.emit(StateSet(name="mode", value="normal"))
    until(stage, 400)

    assert told(stage, AlertFired, AlertResolved) == []


def test_a_latency_rule_reads_the_newest_sample():
    """A slow api fires it; the rule's p95 is what was sampled, no window over it."""
    text = SCENARIO.replace("api.errors[1m] > 5%", "api.p95 > 50ms")
    fired = told_at(staged(text=text), 300)
    text = SCENARIO.replace("api.errors[1m] > 5%", "api.p95 > 100s")

    assert (len(fired), told_at(staged(text=text), 300)) == (1, [])


def told_at(stage, second: int):
    """The alerts told by a second."""
    until(stage, second)
    return told(stage, AlertFired)


def test_a_rule_over_something_unmeasured_never_fires():
    """Monitoring knows figures and rows; what people say it cannot measure."""
    text = SCENARIO.replace("api.errors[1m] > 5%", "said.customers or api.errors[1m] > 200%")

    assert told_at(staged(text=text), 400) == []


def test_a_flow_may_follow_a_signal():
    """A queue that fills by what fails: nothing until the database refuses."""
    flow = "{start: 0, flows: [{rate: 1/s, times: api.failed}]}"
    text = SCENARIO.replace("  state: {db.role", f"    queue: {flow}\n  state: {{db.role")
    stage = staged(text=text)
    until(stage, 55)
    before = stage.situation.world.gauges["queue"].level_at(55)
    until(stage, 160)
    after = stage.situation.world.gauges["queue"].level_at(160)

    assert before < 5
    assert after > 600


def test_a_cured_fault_may_begin_again_by_hand():
    """Two beginnings, one end between them."""
    stage = played()
    until(stage, 90)
    stage.emit(FaultCured(fault="db-refuses"))
    stage.emit(FaultInjected(by="kim", fault="db-refuses"))
    until(stage, 120)

    assert len(told(stage, FaultBegan)) == 2
    assert scenario(SCENARIO + NEW).injects.keys() == {"ceo"}


def test_a_rolling_restart_of_a_single_pod_takes_none_away_first():
    """A quarter of one is none: the new one comes up beside the old."""
    stage = staged(variant="other", text=SCENARIO.replace("replicas: 2\n", "replicas: 1\n"))
    until(stage, 90)
    stage.emit(StateSet(name="worker.restart", value="1 rolling"))
    until(stage, 300)

    pods = [e.phase for e in told(stage, PodChanged) if e.service == "worker"]
    assert [e.value for e in told(stage, StateSet) if e.name == "worker.ready"] == [1]
    assert pods == ["ready", "starting", "stopping", "ready", "gone"]


def test_a_fault_that_states_less_does_not_better_a_fact():
    """Data at risk stays at risk though a later fault says all is well with them."""
    more = """  harmless:
    title: Harmless
    at: 120s
    bends: [{on: worker, errors: 1%}]
    facts: {data: ok}
variants:
"""
    text = SCENARIO.replace("variants:\n", more, 1).replace(
        "faults: [db-refuses]}", "faults: [db-refuses, harmless]}"
    )
    stage = staged(text=text)
    until(stage, 300)

    assert stage.situation.world.facts["data"] == "at_risk"


def test_where_nothing_was_promised_no_budget_burns():
    """No objective, no error budget: all of it is left."""
    stage = staged(text=SCENARIO.replace("      slo: 99.9%\n", ""))
    until(stage, 600)

    assert stage.situation.world.facts["budget"] == 1_000_000


def test_a_breaker_before_nobody_is_probed_by_nobody():
    """No pod of the api is Ready; its breaker to the database knows what a probe would meet."""
    breaker = "timeout: 5s, breaker: {after: 10s, answers_in: 5ms, probe: 30s}}"
    text = SCENARIO.replace("timeout: 5s}", breaker)
    stage = staged(text=text)
    until(stage, 90)
    stage.emit(StateSet(name="api.ready", value=0))
    until(stage, 200)

    assert stage.situation.world.signals["api"]["errors"] == 1_000_000


def test_an_autoscaler_near_its_target_leaves_things_alone():
    """Forty of a target of forty percent in use: neither one more nor one fewer."""
    owner = "      owner: {kind: hpa, minimum: 2, maximum: 9, target: 40%}\n"
    text = SCENARIO.replace("      boot: {takes: 20s}\n", f"      boot: {{takes: 20s}}\n{owner}")
    stage = staged(text=text)
    until(stage, 600)

    assert [e.value for e in told(stage, StateSet) if e.name == "api.replicas"] == [4]


def test_a_controller_puts_back_only_what_differs():
    """Of two rows it holds one was changed; a third it names does not exist."""
    owner = "      owner: {kind: gitops, fields: [api.replicas, mode, nobody.s]}\n"
    text = SCENARIO.replace("      boot: {takes: 20s}\n", f"      boot: {{takes: 20s}}\n{owner}")
    stage = staged(text=text)
    until(stage, 100)
    stage.emit(StateSet(name="mode", value="odd"))
    until(stage, 900)

    assert [e.value for e in told(stage, StateSet) if e.name == "mode"] == [
        "normal",
        "odd",
        "normal",
    ]
    assert [e.value for e in told(stage, StateSet) if e.name == "api.replicas"] == [4]
