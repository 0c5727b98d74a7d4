"""A small shop, a small plan and three people, as their authors would write them."""

from functools import cache

from simulator.brief.brief import Brief, agreed
from simulator.brief.nodes import compose

SCENARIO = """\
id: shop-pool-dry
title: The shop's pool runs dry
organisation: Shop
plan: small
roster: three
begins: 2026-03-13T14:20:00Z
brief:
- You are on call for a shop.
expected: {restore: 20m}
causes:
  pool-full: The api holds every connection
  bad-release: The last release is bad
  not-known: Not known yet
system:
  services:
    web: {traffic: 40/s, adds: 60ms, used: 45%, replicas: 4, needs: {api: {}}}
    api: {adds: 100ms, used: 55%, replicas: 6, needs: {db: {}}}
    db: {p95: 12ms, used: 35%}
  state: {pool: full}
  clock: {login: 60s}
faults:
  dry: {title: The pool is dry, at: 60s, bends: [{on: api, errors: 38%}]}
variants:
  only: {title: The pool, weight: 1, cause: pool-full, faults: [dry], lead: [panel]}
alerts:
  api-errors: {when: "api.errors > 5%", severity: critical, page: yes, summary: Requests fail}
  web-errors: {when: "web.errors > 5%", severity: critical, page: yes, summary: Pages fail}
  db-warm: {when: "db.saturation > 80%", severity: low, page: yes, summary: The database is warm}
looks:
  panel: {title: The panel, views: [metrics], takes: 20s, of: api, login: no}
  pods: {title: The pods, views: [infrastructure], takes: 10s, of: api,
         lines: [kubectl -n shop get pods]}
  quiet: {title: The alerts, views: [alerts], takes: 5s, login: no}
clues:
  pool-is-full: {looks: [panel], shows: Every connection is held, reads: {pool-full: 8}}
  ana-saw-it: {looks: [ask.ana], shows: Ana raised a limit, reads: {pool-full: 4}}
actions:
  restart-api:
    title: Restart the api
    kind: restart
    takes: 60s
    object: deployment/api
    on: [api]
    lines: [kubectl -n shop rollout restart deployment/api]
    then: [{do: {cure: [dry]}, says: restarted}]
  scale-api: {title: Add replicas, kind: scale, takes: 30s, object: deployment/api, amount: 12,
              on: [api]}
  fail-over: {title: Promote the replica, kind: failover, takes: 4m, irreversible: yes, on: [db],
              holds_terminal: yes}
  empty-pool:
    title: Empty the pool
    kind: config
    takes: 15s
    needs: [{holds: pool == full, otherwise: "error: the pool is ${pool}"}]
  stop-queue: {title: Stop the queue, kind: flag, takes: 10s, once: yes, again: it is stopped}
colleagues:
  ana:
    role: manager
    knows:
    - {about: [limit, change], says: "I raised the limit; the pool is ${pool}.", sure: 70%}
    - {about: [limit], says: Nobody touched it., wrong: yes}
    asks_first: ["What is the reason?", "What is the risk?", "What is the way back?"]
    refuses_unless: {fail-over: errors > 10%}
  rui:
    role: sme
    title: Knows the database
    knows: [{about: [database], says: It is fine.}]
    answers_in: 40s..50s
    absent: pool == locked
runbooks:
  dry-pool: [panel, restart-api]
teaching:
  hints:
  - {stage: triage, steps: [Who is hurt?, How many?, Look at the panel]}
  - {stage: diagnosis, steps: [What holds the connections?]}
"""

PLAN = """\
id: small
organisation: Shop
title: A small plan
levels:
  CRITICAL:
    word: Critical
    means: Nothing works
    when: [errors >= 30%, data == lost]
    opens: provisional
    confirmed_by: [manager]
  LOW:
    word: Low
    means: Nobody feels it
    when: [alerts > 0]
    pages: ticket
alert_levels: {critical: CRITICAL, high: CRITICAL, medium: LOW, low: LOW}
duties:
  acknowledge: {does: acknowledge, owed_by: [on_call], within: {CRITICAL: 2m}, strict: yes}
  report: {does: report, owed_by: [on_call], since: resolved, within: {CRITICAL: 24h}}
  actions: {does: actions, owed_by: [on_call], since: resolved, within: {CRITICAL: 24h}}
escalation:
  no_ack:
  - {page: [on_call], after: {CRITICAL: 0s}}
  - {page: [backup], after: {CRITICAL: 2m}}
  - {page: [manager], after: {CRITICAL: 5m}}
  unresolved:
  - {to: [manager], after: {CRITICAL: 15m}, how: automatic, says: It lasts too long}
  special:
    data: {only_if: data == lost, page: [manager]}
    breach: {only_if: breach == confirmed, channel: private}
roles:
  on_call: {word: On-call}
  backup: {word: Backup}
  manager: {word: Manager}
authority:
  on_call:
    can:
      restart: {inside: anywhere}
      scale: {up_to: 20, up_to_on: {db: 2}}
      flag: {inside: anywhere}
      config: {inside: anywhere}
    asks: {failover: [manager, backup]}
    otherwise: [manager]
  backup: {can: {failover: {irreversible: yes}}}
  manager: {can_everything: yes}
mobilisation: {roles: {CRITICAL: [on_call, manager]}}
checks:
  metrics: {by: metrics, says: Look at the figures}
gates:
  errors: {by: metrics, holds: errors < 1%, says: Errors are gone}
statuses:
  investigating: {word: Investigating, next: [mitigating, monitoring]}
  mitigating: {word: Mitigating, next: [investigating, monitoring]}
  monitoring: {word: Monitoring, next: [investigating, resolved]}
  resolved: {word: Resolved, next: [investigating, closed]}
  closed: {word: Closed}
ending:
  watch: {CRITICAL: 10m, LOW: 10m}
  watch_is: before_resolved
channels:
  incident: "#incident-${yyyymmdd}-${number}"
  announce: "#incidents"
  security: "#security-${id}"
  bridge: The huddle
  incident_id: INC-${date}-${number}
status_page: {product: Shop}
templates:
  update:
    use: update
    via: Chat
    audience: internal
    fields:
      status: {holds: status}
      impact: {holds: impact}
      cause: {holds: cause}
      eta: {holds: eta, required: no}
      next: {holds: next_update}
  notice:
    use: customer_notice
    via: Mail
    audience: customers
    levels: [CRITICAL]
    needs_approval_of: [manager]
    fields:
      impact: {holds: impact}
language: {banned: [disaster]}
post_incident:
  report_title: Review
  report_id: PIR-${number}
  report_within: {CRITICAL: 24h}
  required_at: [CRITICAL]
  sections: {cause: {title: Why, holds: cause}}
  meeting: {title: Review, agenda: {all: 30m}}
"""

ROSTER = """\
id: three
title: Three people
people:
  alice: {name: Alice, roles: [on_call]}
  bob: {name: Bob, roles: [backup]}
  ana: {name: Ana, roles: [manager], wrong_share: 0%}
"""


@cache
def small_brief(*, scenario: str = SCENARIO, plan: str = PLAN, roster: str = ROSTER) -> Brief:
    """The brief of the three texts."""
    trees = [compose(text, name) for text, name in ((scenario, "s"), (plan, "p"), (roster, "r"))]
    return agreed(trees[0], trees[1], trees[2], ("s", "p", "r"))
