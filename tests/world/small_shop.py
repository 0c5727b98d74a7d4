"""A small shop on a cluster, written as an author writes it, for the stories about telemetry.

Second 0 is Thu 12 Mar 2026 14:00:00 UTC; at 60 s the database begins to refuse for two in five
requests of the api, in variant `other` nothing ever happens.
"""

from collections.abc import Sequence
from pathlib import Path

from simulator.brief.binding import bind
from simulator.brief.brief import Brief
from simulator.brief.nodes import compose
from simulator.brief.plan.plan import Plan
from simulator.brief.roster import Roster
from simulator.brief.scenario.scenario import Scenario
from simulator.chance import Chance
from simulator.journal.entry import Entry
from simulator.journal.events.base import Event
from simulator.journal.events.work import LookEnded
from simulator.shell.documents import Documents
from simulator.stage import Stage
from simulator.world import world
from simulator.world.history import History
from simulator.world.surroundings import Surroundings
from simulator.world.system import at_rest
from simulator.world.telemetry import documents_at
from simulator.world.watch import Watch

BEGINS = 1773324000
PLAN = Path(__file__).parents[2] / "scenarios" / "plans" / "fraiseql.yaml"
SCENARIO = """\
id: small-shop
title: A small shop
organisation: Shop
plan: fraiseql
roster: small
begins: 2026-03-12T14:00:00Z
brief: [One shop.]
expected: {restore: 20m}
causes: {db-refuses: The database refuses, not-known: Not known}
variables: {KUBE_NAMESPACE: prod, DB: db.shop.internal}
system:
  services:
    api:
      title: The shop's api
      traffic: 20/s
      adds: 60ms
      used: 40%
      replicas: 4
      errors: 0.1%
      slo: 99.9%
      needs: {db: {share: 100%, mode: fails, timeout: 5s}}
      workload:
        deployment: shop-api
        namespace: prod
        image: shop/api:2.14.0
        revision: 42
        previous_image: shop/api:2.13.4
        age: 21h
        cpu: 60m
        memory: 410Mi
        limits: {memory: 1Gi}
        env: {MODE: live}
        history: [{number: 41, image: "shop/api:2.13.4", ago: 9d, cause: release 2.13.4}]
      boot: {takes: 20s}
    worker:
      traffic: 1/s
      customer_facing: no
      adds: 200ms
      used: 10%
      replicas: 2
      needs: {db: {share: 100%, mode: fails}}
      workload: {deployment: shop-worker, namespace: prod, image: "shop/worker:1.9.2"}
    db: {p95: 6ms, used: 9%, replicas: 1}
  gauges:
    repl_lag: {start: 0.5, unit: s, flows: [{rate: 1/s, when: fault.db-refuses > 0}]}
    disk_free: {start: 53, source: cloud, before: [{ago: 1d, is: 60}]}
  state: {db.role: primary, mode: normal}
  probes:
    health: {up: api.errors < 50%}
  metrics:
    - {name: http_requests_total, labels: {svc: api, code: "200"}, reads: api.served, kind: counter}
    - {name: http_requests_total, labels: {svc: api, code: "500"}, reads: api.failed, kind: counter}
    - {name: http_p95_seconds, labels: {svc: api}, reads: api.p95}
    - {name: probe_success, labels: {job: health}, reads: probe.health}
    - {name: replica_lag_seconds, reads: repl_lag}
    - {name: aws_rds_free_storage_space_minimum, labels: {db: db-a}, reads: disk_free, source: cloud}
  logs_per_s: 40
faults:
  db-refuses:
    title: The database refuses
    at: 60s
    bends: [{on: db, errors: 40%}]
    facts: {data: at_risk}
variants:
  refuses: {title: Refuses, weight: 1, cause: db-refuses, faults: [db-refuses]}
  other: {title: Nothing, weight: 0, cause: not-known, faults: []}
alerts:
  errors: {when: "api.errors[1m] > 5%", severity: high, page: yes, summary: Errors, service: api}
looks:
  pods:
    {title: Pods, views: [infrastructure], lines: [kubectl get pods], takes: 10s, of: api}
  panel:
    title: Panel
    views: [metrics]
    lines: ['promql "sum(rate(http_requests_total[1m]))"']
    takes: 15s
    of: api
  note:
    title: A note
    views: [vendor]
    shows:
      - {text: "errors ${api.errors}, lag ${repl_lag} s, ${db.role}, ${clock}", when: api.errors > 5%}
      - {text: "all well at ${clock}"}
    takes: 5s
  catalog:
    title: Slots
    views: [database]
    lines: ["psql -h db.shop.internal -c 'select slot_name, active from pg_replication_slots'"]
    takes: 15s
    of: db
  api-log:
    {title: Log, views: [logs], lines: ["logs 'service:api and level:error' --since 5m"], takes: 20s}
clues:
  pods-ready:
    {looks: [pods], shows: All pods ready, when: api.errors > 5%, reads: {db-refuses: 2}}
  slot:
    {looks: [catalog], shows: A slot, reads: {db-refuses: 3}}
records:
  - {kind: sql/db.shop.internal, row: {ends: ok, seconds: "0.06"}}
  - kind: sql/db.shop.internal/pg_replication_slots
    row: {slot_name: feed, active: no, restart_lsn: 0/1}
    since: fault.db-refuses > 0
    lag: log
  - kind: git/shop-config
    row:
      hash: 7c1f0de4a1b2c3d4e5f60718293a4b5c6d7e8f90
      author: Kim Example <kim@example.com>
      at: "${begins:-2h}"
      subject: raise limits
      files: [limits.yaml]
  - kind: host/ingest-1/shop-ingest
    row: {at: "${time:-30s*n}", text: "committed ${n} rows"}
    count: 5
  - {kind: http/api.shop.test, row: {path: /health, service: api, body: ok}}
  - {kind: net/laptop/db.shop.internal:22, row: {ends: timeout, seconds: 130}}
  - kind: k8s/configmaps
    row: {metadata: {name: limits, namespace: prod}, data: {mode: "${mode}"}}
logs:
  - {service: api, level: warn, text: "slow field: lines ${n}", per_min: 1}
  - {service: api, level: error, text: "query failed: ${db.role} refused", per_min: 30, when: fault.db-refuses > 0}
  - {service: worker, level: error, text: connection lost, once: yes, burst: 3, when: fault.db-refuses > 0}
actions:
  restart-api:
    title: Restart
    kind: restart
    lines: [kubectl rollout restart deployment/shop-api]
    takes: 60s
    then: [{do: {replicas: [{service: api, rolling_restart: yes}]}}]
"""  # noqa: E501 - YAML reads best on one line


def scenario(text: str = SCENARIO) -> Scenario:
    """The scenario, bound by the real reader."""
    return bind(Scenario, compose(text, "small-shop.yaml"), "small-shop.yaml")


def staged(*, seed: int = 7, variant: str = "refuses", text: str = SCENARIO) -> Stage:
    """A stage with the whole world playing and nobody on it."""
    roster = bind(Roster, compose("id: small\ntitle: Small\n", "roster.yaml"), "roster.yaml")
    plan = bind(Plan, compose(PLAN.read_text(encoding="utf-8"), PLAN.name), PLAN.name)
    brief = Brief(scenario=scenario(text), plan=plan, roster=roster, documents={})
    stage = Stage(brief, Chance(seed), variant)
    world.play(stage)
    return stage


def until(stage: Stage, second: int) -> None:
    """Let everything happen up to and including a second."""
    stage.env.run(until=second + 0.5)


def look(stage: Stage, name: str = "", *, line: str = "", at: int, followed: bool = False) -> Event:
    """What alice finds when a look of hers ends at a second."""
    stage.env.run(until=at)
    seen = len(stage.entries)
    stage.emit(LookEnded(by="alice", work="w1", look=name, line=line, followed=followed))
    until(stage, at)
    found = answers(stage.entries[seen:])
    assert found, "every look is answered in its second"
    return found[-1]


def documents(stage: Stage) -> Documents:
    """The documents of now, from the history the stage's own world has heard."""
    (history,) = (w.__self__ for w in stage.watchers if isinstance(w.__self__, History))
    scenario = stage.brief.scenario
    return documents_at(
        Surroundings(
            stage=stage,
            scenario=scenario,
            variant=scenario.variants[stage.variant],
            rest=at_rest(scenario.system),
            history=history,
            watch=Watch(stage),
        )
    )


def answers(entries: Sequence[Entry]) -> list[Event]:
    """What was found or answered, in order."""
    return [e.what for e in entries if type(e.what).__name__ in ("Found", "LineAnswered")]
