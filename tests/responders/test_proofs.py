"""Which look proves a gate: one that says something of it, and another where one said nothing."""

from small_incident import SCENARIO, small_brief

from simulator.journal.situation import Find
from simulator.responders.proofs import Proof

NODES = (
    "  nodes: {title: Nodes, views: [infrastructure], shows: [{text: up}], takes: 5s, worth: 5}\n"
)
BRIEF = small_brief(scenario=SCENARIO.replace("clues:\n", NODES + "clues:\n", 1))


def gate():
    """Every machine answers."""
    plans = small_brief("code").plan.gates
    return next(one for one in plans.values() if one.by == "infrastructure")


def proof(*looks):
    """What Ann knows of it: (look, facts) taken one after the other."""
    finds = tuple(
        Find(
            seq=n,
            at=400 + n,
            by="ann",
            look=look,
            views=("infrastructure",),
            of="",
            facts=facts,
            clues=(),
        )
        for n, (look, facts) in enumerate(looks)
    )
    return Proof(gate=gate(), skipped=False, scenario=BRIEF.scenario, barred=(), finds=finds)


def test_a_look_that_said_nothing_of_it_is_followed_by_another():
    """The nodes are worth most and tell nothing of who answers; the pods do."""
    mute, told = ("nodes", {"data": "ok"}), ("pods", {"service_down": ()})

    assert (proof().look, proof(mute).look) == ("nodes", "pods")
    assert (proof(mute).passed, proof(mute, told).passed) == (False, True)


def test_where_every_look_is_mute_nobody_tries_for_ever():
    """After three tries it is left to the report."""
    mute = [("nodes", {}), ("pods", {}), ("nodes", {})]

    assert (proof(*mute[:2]).passed, proof(*mute).passed) == (False, True)
