"""Faults have a beginning, a course, an end of their own, and come back where they would."""

import pytest
from shop import play, shop, told

from simulator.journal.events.world import (
    FaultBegan,
    FaultBent,
    FaultCured,
    FaultInjected,
    ImpactEnded,
    ImpactReturned,
    StateSet,
)
from simulator.world import effects, faults
from simulator.world.history import History
from simulator.world.surroundings import Surroundings
from simulator.world.system import at_rest
from simulator.world.watch import Watch

FAULTS = """faults:
  late-ramp: {title: a ramp, at: 3m, bends: [{on: web, errors: 40%}],
              course: [{after: 60s, strength: 50%}, {after: 120s, strength: 100%}]}
  drained: {title: dry, at: 3m, until: flag == set, bends: [{on: web, errors: 40%}],
            sets: {seen: yes}, cured_sets: {seen: no}}
  leak: {title: leak, at: 3m, spreads: {step: 30s}, bends: [{on: cache, slow: 2}]}
  crowd: {title: crowd, when: flag == set, bends: [{on: web, errors: 40%}], lasts: 60s}
  back: {title: back, at: 3m, relapses: 2m, bends: [{on: web, errors: 40%}]}
  empty: {title: empty, bends: [{on: web, errors: 40%}]}
"""
VARIANTS = "variants:\n" + "".join(
    f"  {name}: {{title: v, weight: 0, cause: bulk-query, faults: [{name}]}}\n"
    for name in ("late-ramp", "drained", "leak", "crowd", "back", "empty")
)
ACTIONS = """actions:
  ease-ramp: {title: e, kind: rate_limit, takes: 5s,
              then: [{do: {ease: [{fault: late-ramp, to: 50%}]}}]}
  ease-back: {title: e, kind: rate_limit, takes: 5s,
              then: [{do: {ease: [{fault: back, to: 10%}]}}]}
  ease-wholly: {title: e, kind: rate_limit, takes: 5s,
                then: [{do: {ease: [{fault: back, to: 0%}]}}]}
"""
GAUGE = """  gauges:
    stock: {start: 10, least: 0, empty: empty,
            flows: [{rate: -6/min, when: now >= 60}, {rate: 12/min, when: now >= 180}]}
    echo: {start: 0, flows: [{rate: 1/s, when: stock <= 5}]}
"""


def faulty(variant):
    """The shop with more ways to break; its stock runs dry only where that is the story."""
    texts = {"faults:\n": FAULTS, "variants:\n": VARIANTS, "actions:\n": ACTIONS}
    gauge = GAUGE if variant == "empty" else "  gauges:\n"
    return shop(variant, **texts, **{"  gauges:\n": gauge})


def do(stage, second, action):
    """An action takes effect at a second."""
    play(stage, second)
    scenario = stage.brief.scenario
    for outcome in scenario.actions[action].then:
        effects.apply(around_of(stage), outcome.do, action)


def around_of(stage):
    """What the processes of this stage's world share."""
    scenario = stage.brief.scenario
    return Surroundings(
        stage=stage,
        scenario=scenario,
        variant=scenario.variants[stage.variant],
        rest=at_rest(scenario.system),
        history=History(),
        watch=Watch(stage),
    )


def bends(stage):
    """(second, strength in percent) of every change of strength."""
    return [(at, e.strength // 10_000) for at, e in told(stage, FaultBegan, FaultBent)]


def test_a_course_may_begin_with_nothing():
    """It is there, and bends nothing for a minute."""
    assert bends(play(faulty("late-ramp"), 400)) == [(180, 0), (240, 50), (300, 100)]


def test_what_was_eased_stays_eased_on_its_course():
    """Halved at 50 %, it reaches 50 %, not 100."""
    stage = faulty("late-ramp")
    do(stage, 270, "ease-ramp")
    play(stage, 400)

    assert bends(stage) == [(180, 0), (240, 50), (270, 25), (300, 50)]


def test_a_course_ends_with_its_fault():
    """Cured after the first step, the second never comes."""
    stage = faulty("late-ramp")
    play(stage, 270)
    stage.emit(FaultCured(fault="late-ramp", by_action=""))
    play(stage, 400)

    assert bends(stage) == [(180, 0), (240, 50)]


def test_a_fault_ends_by_itself_when_its_condition_holds():
    """And sets what it leaves behind."""
    stage = faulty("drained")
    play(stage, 300)
    stage.emit(StateSet(name="flag", value="set"))
    play(stage, 400)

    assert [at for at, _ in told(stage, FaultCured)] == [300]
    assert [e.value for _, e in told(stage, StateSet) if e.name == "seen"] == [True, False]


def test_a_fault_spreads_while_it_is_there():
    """Half a minute later another begins."""
    assert bends(play(faulty("leak"), 300)) == [(180, 100), (210, 100)]


def test_a_fault_that_is_gone_spreads_no_more():
    """Cured after ten seconds."""
    stage = faulty("leak")
    play(stage, 190)
    stage.emit(FaultCured(fault="leak", by_action=""))
    play(stage, 300)

    assert bends(stage) == [(180, 100)]


def test_a_fault_on_a_condition_begins_each_time_it_comes_to_hold():
    """The flag stays: ended after its minute, it begins again a second later."""
    stage = faulty("crowd")
    play(stage, 100)
    stage.emit(StateSet(name="flag", value="set"))
    play(stage, 200)

    assert [at for at, _ in told(stage, FaultBegan)] == [100, 161]


def test_what_was_eased_comes_back_where_its_cause_stands():
    """Two minutes after the easing it is whole again."""
    stage = faulty("back")
    do(stage, 300, "ease-back")
    play(stage, 500)

    assert bends(stage) == [(180, 100), (300, 10), (420, 100)]


def test_an_empty_gauge_starts_its_fault_and_a_filled_one_ends_it():
    """Ten at six a minute are gone after 100 s; twelve a minute flow from 180 s on."""
    stage = play(faulty("empty"), 400)

    assert [at for at, _ in told(stage, FaultBegan)] == [160]
    assert [at for at, _ in told(stage, FaultCured)] == [181]


def test_a_flow_turns_when_the_gauge_it_names_passes_its_mark():
    """At 110 s half the stock is gone; one second later the echo has begun to grow."""
    stage = play(faulty("empty"), 151)

    echo = stage.situation.world.gauges["echo"]
    assert echo.level_at(150) == 39


def test_what_was_wholly_eased_comes_back_as_it_was():
    """Nothing was left to multiply; and cured meanwhile it does not come back."""
    stage, cured = faulty("back"), faulty("back")
    for each in (stage, cured):
        do(each, 300, "ease-wholly")
    play(cured, 350)
    cured.emit(FaultCured(fault="back", by_action=""))
    play(stage, 500)
    play(cured, 500)

    assert bends(stage) == [(180, 100), (300, 0), (420, 100)]
    assert bends(cured) == [(180, 100), (300, 0)]


def test_a_facilitator_may_break_and_mend_anything():
    """A fault of no variant begins and ends on their word."""
    stage = faulty("pool")
    play(stage, 30)
    stage.emit(FaultInjected(fault="step", by="host"))
    play(stage, 60)

    assert [(at, e.fault) for at, e in told(stage, FaultBegan)] == [(30, "step")]


def test_trouble_after_restored_is_a_relapse():
    """The flag's minute of errors, twice."""
    stage = faulty("crowd")
    play(stage, 100)
    stage.emit(StateSet(name="flag", value="set"))
    play(stage, 130)
    stage.emit(StateSet(name="flag", value="off"))
    play(stage, 400)
    stage.emit(StateSet(name="flag", value="set"))
    play(stage, 450)

    assert [at for at, _ in told(stage, ImpactEnded)] == [220]
    assert [at for at, _ in told(stage, ImpactReturned)] == [400]


@pytest.mark.parametrize("end", ["ease", "cure"])
def test_what_is_not_there_is_neither_eased_nor_cured(end):
    """Nothing changes, and nothing is told."""
    stage = faulty("pool")
    play(stage, 30)
    ways = {"ease": lambda a: faults.ease(a, "step", 0.5), "cure": lambda a: faults.cure(a, "step")}

    assert ways[end](around_of(stage)) is False
