"""A shop's system and a scenario laid on it, as small as they may be."""

SYSTEM = """\
id: shop
title: The shop on a good day
organisation: Shop
system:
  services:
    web:
      traffic: 10/s
      p95: 80ms
      used: 40%
      replicas: 2
      needs:
        db: {}
    db:
      p95: 10ms
      used: 20%
  metrics:
    - {name: up, reads: web.ready}
alerts:
  web-errors: {when: "web.errors[5m] > 5% for 1m", severity: high, page: yes, summary: Web fails}
looks:
  panel: {title: The panel, views: [metrics], takes: 10s, shows: [{text: "${web.errors}"}]}
  page: {title: The page, views: [reproduce], takes: 5s, shows: [{text: It loads or it does not}]}
records:
  - {kind: dns/shop.example, row: {type: A, ttl: 60, value: 192.0.2.1}}
variables: {SHOP: shop.example}
teaching:
  glossary: {web: What customers reach}
"""
SCENARIO = """\
id: shop-slow-db
title: The shop fails
stands_on: shop
organisation: Shop
plan: fraiseql
roster: fraiseql-drill-2
begins: 2026-03-13T14:20Z
brief: [The shop sells.]
expected: {restore: 20m}
causes: {db: The database, web: The servers, not-known: Not known}
system:
  services:
    web: {replicas: 4}
  metrics:
    - {name: db_up, reads: db.ready}
faults:
  broken: {title: Broken, at: 1m, bends: [{on: db, errors: 60%}]}
variants:
  one: {title: One, weight: 1, cause: db, faults: [broken], remedy: [{do: mend}], lead: [panel]}
alerts:
  web-errors: {severity: critical}
looks:
  page:
records:
  - {kind: dns/db.example, row: {type: A, ttl: 60, value: 192.0.2.2}}
clues:
  seen: {looks: [panel], shows: It fails, reads: {db: 4}}
actions:
  mend: {title: Mend it, kind: restart, takes: 30s, then: [{do: {cure: [broken]}}]}
teaching:
  glossary: {db: Where orders are kept}
"""
