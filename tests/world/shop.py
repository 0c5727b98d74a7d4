"""A small shop that can break, for the processes of the world; written as an author would."""

from types import SimpleNamespace

from simulator.brief.binding import bind
from simulator.brief.library import read_plan
from simulator.brief.nodes import compose
from simulator.brief.scenario.scenario import Scenario
from simulator.chance import Chance
from simulator.stage import Stage
from simulator.world import world

PLAN = read_plan("fraiseql").value
"""Any plan: the world never asks it."""

SHOP = """\
id: shop
title: A shop
organisation: nobody
plan: small
roster: small
begins: 2026-03-13T14:20:00Z
brief: [A shop with a database.]
expected: {restore: 24m}
causes: {bulk-query: b, not-known: n}
system:
  services:
    web: {traffic: 40/s, adds: 60ms, used: 45%, replicas: 4, slo: 99.9%, users: 5000,
          needs: {api: {timeout: 10s}}}
    api: {adds: 100ms, used: 55%, replicas: 6, needs: {db: {share: 80%, calls: 2, timeout: 5s},
          cache: {share: 60%, mode: degrades, fallback: 40ms}},
          boot: {takes: 40s, waits_for: [db]}, OWNER}
    db: {p95: 12ms, used: 35%, replicas: 1}
    cache: {p95: 2ms, used: 20%, replicas: 2}
  gauges:
    db.connections: {start: 38, most: 100, full: pool-full,
                     flows: [{rate: 9/min, when: fault.bulk-query},
                             {rate: -30/min, when: cured.bulk-query}]}
    rows.lost: {start: 0, loss: yes, flows: [{rate: 2/s, when: fault.pool-full}]}
  probes:
    health: {up: web.errors < 99%}
  clock: {scrape: 15s, evaluation: 30s}
faults:
  bulk-query: {title: a query, at: 3m, bends: [{on: db, slow: 3}]}
  pool-full: {title: no room, bends: [{on: db, errors: 60%}], facts: {data: at_risk}}
  step: {title: a step, at: 3m, bends: [{on: web, errors: 15%}]}
  ramp: {title: a ramp, at: 3m, bends: [{on: web, errors: 40%}],
         course: [{after: 0s, strength: 0%}, {after: 60s, strength: 50%},
                  {after: 120s, strength: 100%}]}
  outage: {title: dark, at: 3m, lasts: 5m, bends: [{on: db, capacity: 0, silent: yes}]}
  cut: {title: cut, at: 3m, bends: [{on: api, need: db, cut: refused}]}
variants:
  pool: {title: p, weight: 1, cause: bulk-query, faults: [bulk-query], best: {rows.lost: 10}}
  step: {title: s, weight: 0, cause: bulk-query, faults: [step]}
  ramp: {title: r, weight: 0, cause: bulk-query, faults: [ramp]}
  outage: {title: o, weight: 0, cause: bulk-query, faults: [outage]}
  cut: {title: c, weight: 0, cause: bulk-query, faults: [cut]}
alerts:
  pool-high: {when: db.connections > 80, severity: high, page: yes, summary: pool}
  errors: {when: "web.errors[5m] > 5% for 5m", severity: critical, page: yes, summary: errors,
           service: web}
  down: {when: probe.health == 0 for 45s, severity: critical, page: yes, summary: down}
looks: {}
clues: {}
actions:
  kill: {title: kill, kind: kill_query, takes: 30s, then: [{do: {cure: [bulk-query]}}]}
  half: {title: half, kind: rate_limit, takes: 30s,
         then: [{do: {ease: [{fault: step, to: 50%}]}}]}
  break: {title: break, kind: restart, takes: 30s, then: [{do: {start: [pool-full]}}]}
  restart: {title: restart, kind: restart, takes: 10s,
            then: [{do: {replicas: [{service: api, rolling_restart: yes}]}}]}
  nothing: {title: nothing, kind: restart, takes: 30s, then: []}
injects:
  boss: {at: 2m, sender: boss, says: Why is it down?}
  late: {when: restored, says: Thank you.}
"""


def shop(variant="pool", seed=3, *, owner="owner: {kind: manual}", **changes):
    """A stage on which the shop's world plays, with nobody answering."""
    text = SHOP.replace("OWNER", owner)
    for before, after in changes.items():
        text = text.replace(before, after)
    scenario = bind(Scenario, compose(text, "shop.yaml"), "shop.yaml")
    stage = Stage(SimpleNamespace(scenario=scenario, plan=PLAN), Chance(seed), variant)
    world.play(stage)
    return stage


def play(stage, until):
    """Let everything happen that happens before this second."""
    while stage.env.peek() < until:
        stage.env.step()
    stage.env.run(until=until)
    return stage


def told(stage, *kinds):
    """(second, event) of these kinds, in order."""
    return [(e.at, e.what) for e in stage.entries if isinstance(e.what, kinds)]
