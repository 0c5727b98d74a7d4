"""A gateway of twelve pods and a worker, written as an author writes them, for stories of pods."""

from small_shop import SCENARIO, staged

from simulator.journal.events.work import WorkBegan, WorkEnded
from simulator.journal.events.world import PodChanged, StateSet

GATEWAY = """  services:
    gate:
      traffic: 120/s
      adds: 40ms
      used: 50%
      replicas: 12
      groups:
        well: {replicas: 12}
        stale: {replicas: 0, draw: 1.17}
        hung: {replicas: 0, ready: no, unready_in: 46s}
        new: {replicas: 0, version: v3}
        bad-node: {replicas: 0, draw: 1.27, node: node-7,
                   catches: {while: fault.bad-node > 0, most: 1, after: 90s}}
      workload: {deployment: gate, namespace: prod, image: "shop/gate:v2", revision: 47,
                 previous_image: "shop/gate:v1", room: 15, ROOM}
      boot: {takes: 40s..60s, grace: 20s, BOOT}
"""
FAULTS = """faults:
  jwks:
    title: Three pods know one key only
    strikes: [{service: gate, group: stale, pods: 3, over: 40s}]
    bends: [{on: gate, pods: stale, errors: 35%}]
    until: gate.group.stale.pods == 0
  hourly:
    title: As the former, for a while
    strikes: [{service: gate, group: stale, pods: 3, lasts: 300s..400s}]
    bends: [{on: gate, pods: stale, errors: 35%}]
    until: gate.group.stale.pods == 0
  hangs:
    title: All hang
    strikes: [{service: gate, group: hung, pods: 12}]
    bends: [{on: gate, pods: hung, errors: 100%, silent: yes}]
    until: gate.group.hung.pods == 0
  bad-node:
    title: A node is bad
    strikes: [{service: gate, group: bad-node, pods: 1}]
    bends: [{on: gate, pods: bad-node, errors: 100%, fails_in: 8ms}]
  bad-build:
    title: The new build fails
    bends: [{on: gate, pods: new, errors: 15%}]
"""
ACTS = """actions:
  ship: {title: s, kind: config, takes: 1s,
         then: [{do: {rollout: [{service: gate, image: "shop/gate:v3", cause: v3}]}}]}
  undo: {title: u, kind: rollback, takes: 1s, then: [{do: {rollout: [{service: gate, undo: yes}]}}]}
  to-47: {title: t, kind: rollback, takes: 1s,
          then: [{do: {rollout: [{service: gate, to_revision: 47}]}}]}
  slowly: {title: s, kind: config, takes: 1s,
           then: [{do: {rollout: [{service: gate, image: "shop/gate:v4", slow: yes}]}}]}
  restart: {title: r, kind: restart, takes: 1s,
            then: [{do: {replicas: [{service: gate, rolling_restart: yes}]}}]}
  delete-stale: {title: d, kind: restart, takes: 1s,
                 then: [{do: {replicas: [{service: gate, delete: {group: stale}}]}}]}
  delete-bad: {title: d, kind: restart, takes: 1s,
               then: [{do: {replicas: [{service: gate, delete: {group: bad-node, count: 1}}]}}]}
  more: {title: m, kind: scale, takes: 1s, then: [{do: {replicas: [{service: gate, to: 20}]}}]}
"""


def gate(*, room="age: 6d", boot="cold: 0s", seed=7, **names):
    """The gateway beside the shop, quiet until a fault is begun by hand."""
    services = GATEWAY.replace("ROOM", room).replace("BOOT", boot)
    text = SCENARIO.replace("  services:\n", services).replace("faults:\n", FAULTS, 1)
    text = text[: text.index("actions:\n")] + ACTS
    for before, after in names.items():
        text = text.replace(before, after)
    return staged(variant="other", text=text, seed=seed)


def act(stage, action, by="bob"):
    """Somebody's act comes to its end now."""
    work = stage.count("w")
    stage.emit(WorkBegan(by=by, work=work, kind="action", item=action, takes_s=0))

    def ends():
        yield stage.pause(0)
        stage.emit(WorkEnded(by=by, work=work, kind="action", item=action))

    stage.play(ends())


def steps(stage, row):
    """(second, value) of a row of the gateway's at each change after the first second."""
    return [(e.at, e.what.value) for e in stage.entries
            if e.at and isinstance(e.what, StateSet) and e.what.name == f"gate.{row}"]  # fmt: skip


def pods(stage):
    """The gateway's pods as the engine knows them, those that stop left out."""
    live = stage.situation.world.pods["gate"].values()
    return [pod for pod in live if pod.phase != "stopping"]


def turned(stage, phase):
    """(second, pod) of each turn of the gateway's pods to a phase."""
    return [(e.at, e.what.pod) for e in stage.entries
            if isinstance(e.what, PodChanged) and e.what.service == "gate"
            and e.what.phase == phase]  # fmt: skip
