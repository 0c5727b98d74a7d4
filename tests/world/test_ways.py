"""A need leads somewhere else: pods, limits and gauges go by where it leads now."""

from dataclasses import replace

import pytest
from gateway import DB, GATEWAY, SLOWED
from shop import play, shop, told

from simulator.journal.events.work import WorkBegan, WorkEnded
from simulator.journal.events.world import FaultCured, StateSet
from simulator.world.feedback import step
from simulator.world.graph import Edge, Graph, RequestClass
from simulator.world.memory import Memory
from simulator.world.signals import solve

STANDBY = "    cache: {p95: 2ms, used: 20%, replicas: 2}\n"
SPARE = (
    STANDBY
    + "    spare: {traffic: 3/s, customer_facing: no, p95: 12ms, used: 5%, replicas: 1, tau: 5s}\n"
)
ACTIONS = """actions:
  lead: {title: lead, kind: infrastructure, takes: 10s,
         then: [{do: {repoint: [{service: api, need: db, to: spare}]}}]}
  lead-reads: {title: lead, kind: infrastructure, takes: 10s,
               then: [{do: {repoint: [{service: api, need: db, of_class: read, to: spare}]}}]}
  restart-all: {title: all, kind: restart, takes: 10s,
                then: [{do: {replicas: [{service: api, restart_all: yes}]}}]}
"""
CLASSES = """boot: {takes: 40s, waits_for: [db]},
          classes: {read: {share: 80%, needs: {db: {calls: 2, timeout: 5s}, cache: {}}},
                    write: {share: 20%, needs: {db: {calls: 2, timeout: 5s}}}},"""
REPLICA = replace(DB, id="replica")


def spare_shop(variant, **changes):
    """The shop with a second database nobody needs yet, and an outage that stays."""
    return shop(variant, **{STANDBY: SPARE, "actions:\n": ACTIONS, "lasts: 5m, ": ""}, **changes)


def act(stage, action, at):
    """Somebody carries out an action that ends at a second."""

    def doing():
        yield stage.until(at - 10)
        work = stage.count("w")
        stage.emit(WorkBegan(by="bob", work=work, kind="action", item=action, takes_s=10))
        yield stage.pause(10)
        stage.emit(WorkEnded(by="bob", work=work, kind="action", item=action))

    stage.play(doing())


def ready(stage):
    """(second, how many pods of the api are Ready) at each change after the drill has begun."""
    return [(at, e.value) for at, e in told(stage, StateSet) if e.name == "api.ready" and at]


def test_pods_wait_for_where_their_need_leads_now():
    """All are restarted in the outage; led to the spare database at 900, they are Ready at once."""
    stage = spare_shop("outage")
    act(stage, "restart-all", at=400)
    act(stage, "lead", at=900)
    play(stage, 1500)

    assert ready(stage) == [(400, 0), (900, 6)]


def test_pods_come_up_when_one_kind_of_request_finds_its_way():
    """Reads alone are led away from the dead database."""
    stage = spare_shop("outage", **{"boot: {takes: 40s, waits_for: [db]},": CLASSES})
    act(stage, "restart-all", at=400)
    act(stage, "lead-reads", at=900)
    play(stage, 1500)

    assert ready(stage) == [(400, 0), (900, 6)]


def test_a_cut_way_is_left_by_leading_the_need_elsewhere():
    """The way to the first database stays cut; nobody waits for it any more."""
    stage = spare_shop("cut", **{"cut: refused}": "cut: refused, towards: db}"})
    act(stage, "restart-all", at=400)
    act(stage, "lead", at=900)
    play(stage, 1500)

    assert ready(stage) == [(400, 0), (900, 6)]


def test_a_cut_that_is_mended_lets_waiting_pods_in():
    """No traffic goes that way meanwhile, so no signal tells; the cure does."""
    stage = spare_shop("cut")
    act(stage, "restart-all", at=400)
    play(stage, 900)
    stage.emit(FaultCured(fault="cut", by_action=""))
    play(stage, 1000)

    assert ready(stage) == [(400, 0), (900, 6)]


def test_pods_may_wait_for_a_service_they_do_not_call():
    """Named by its own name, it is asked for itself."""
    stage = spare_shop("outage", **{"waits_for: [db]": "waits_for: [spare]"})
    act(stage, "restart-all", at=400)
    play(stage, 1000)

    assert ready(stage) == [(400, 0), (440, 6)]


def led(*edges, **classes):
    """The platform with a replica beside its database, the gateway's calls led so."""
    gateway = replace(GATEWAY, needs=edges, **classes)
    return Graph(services=(gateway, DB, REPLICA))


def test_a_shared_limit_counts_where_the_need_leads_now():
    """Led to the replica, the gateway's connections are the replica's."""
    before = solve(led(Edge(to="db", calls=1.5)), ()).limits
    after = solve(led(Edge(to="replica", id="db", calls=1.5)), ()).limits

    assert {key: level.used for key, level in before.items()} == {("db", "slots"): 48 + 122}
    assert {key: level.used for key, level in after.items()} == {("replica", "slots"): 48 + 122}


def test_a_limit_refuses_at_the_service_that_is_full():
    """24 pods that ran dry want more than either database has, whichever they lead to."""
    worse = []
    for to in ("db", "replica"):
        graph = led(Edge(to=to, id="db", calls=1.5))
        slowed = [replace(SLOWED[0], service=to)]
        now = step(graph, slowed, None, Memory(), at_s=0)
        more = graph.with_ready("gateway", "all", 24)
        now = step(more, slowed, now.signals, now.memory, at_s=120)
        worse.append(round(now.signals.services["gateway"].errors, 3))

    assert worse == [0.18, 0.18]


def test_classes_led_apart_count_each_where_it_leads():
    """A quarter of the requests keeps to the database: what it opens counts there, no more."""
    edge = Edge(to="db", calls=1.5)
    apart = led(
        edge,
        classes=(
            RequestClass(id="read", share=0.75, needs=(replace(edge, to="replica"),)),
            RequestClass(id="write", share=0.25, needs=(edge,)),
        ),
    )
    bare = Graph(
        services=(
            replace(apart.by_id["gateway"], pools=(replace(GATEWAY.pools[0], least=0),)),
            DB,
            REPLICA,
        )
    )

    used = {key: level.used - 122 for key, level in solve(bare, ()).limits.items()}

    assert used["db", "slots"] + used["replica", "slots"] == pytest.approx(
        solve(bare, ()).pools["gateway", "all", "db"].open
    )
    assert used["db", "slots"] < used["replica", "slots"]


def test_a_pool_may_only_lead_to_services_that_have_its_limit():
    """A limit that is nowhere is a slip of the author's."""
    with pytest.raises(ValueError, match="has no limit 'seats'"):
        Graph(services=(replace(GATEWAY, pools=(replace(GATEWAY.pools[0], limit="seats"),)), DB))


def test_a_written_limit_goes_where_the_need_goes():
    """Every database of the system has so many slots; a repointed need finds them there."""
    stage = spare_shop(
        "outage",
        **{
            "boot: {takes: 40s, waits_for: [db]},": "boot: {takes: 40s},"
            " pools: {db: {to: db, per_replica: 20, least: 5, limit: slots}},",
            "  probes:\n": "  limits: {slots: 100}\n  probes:\n",
            "    rows.lost:": "    slots: {follows: db.slots}\n"
            "    spare.slots: {follows: spare.slots}\n    rows.lost:",
            "at: 3m, bends: [{on: db, capacity: 0": "at: 30m, bends: [{on: db, capacity: 0",
        },
    )
    act(stage, "lead", at=100)
    play(stage, 90)
    before = [stage.situation.world.gauges[name].level for name in ("slots", "spare.slots")]
    play(stage, 200)

    assert before == [30_000, 0]
    assert [stage.situation.world.gauges[n].level for n in ("slots", "spare.slots")] == [0, 30_000]


def test_a_gauge_that_follows_a_pool_shows_what_the_pool_holds_open():
    """Six pods keep five each; once it has four of them left, the gauge shows twenty."""
    stage = shop(
        "outage",
        **{
            "waits_for: [db]},": "waits_for: [db]}, pools: {conns: {to: db, per_replica: 20,"
            " least: 5, keeps: 10s}},",
            "    rows.lost:": "    conns.open: {follows: api.conns}\n    rows.lost:",
        },
    )
    play(stage, 30)
    before = stage.situation.world.gauges["conns.open"].level
    stage.emit(StateSet(name="api.ready", value=4))
    play(stage, 170)

    assert (before, stage.situation.world.gauges["conns.open"].level) == (30_000, 20_000)


def test_pods_come_up_cold_and_warm_up():
    """All six restarted at once are twice as slow for a minute, then as before."""
    cold = {"waits_for: [db]}": "waits_for: [db], cold: 60s, cold_slow: 2}"}
    stage = spare_shop("cut", **cold, **{"at: 3m, bends: [{on: api": "at: 50m, bends: [{on: api"})
    act(stage, "restart-all", at=400)
    shown = []
    for second in (399, 445, 495, 505):
        play(stage, second)
        shown.append(stage.situation.world.signals["api"]["p95"])

    assert shown[1] > 1.5 * shown[0]
    assert (shown[2], shown[3]) == (shown[1], shown[0])
