"""A customer's key has leaked, as a whole small incident: two keys, sockets, a cache, one thief."""

from functools import cache
from pathlib import Path

from simulator.brief.brief import agreed
from simulator.brief.nodes import compose
from simulator.drill import Drill, Terms

PLAN = Path(__file__).parents[2] / "scenarios" / "plans" / "fraiseql.yaml"
ROSTER = """\
id: small
title: Three people
people:
  ann: {name: Ann, roles: [on_call]}
  bob: {name: Bob, roles: [backup, sme, tech_lead]}
  cat: {name: Cat, roles: [commander, manager, security_lead, executive, director]}
"""
SCENARIO = """\
id: leaked-key
title: A leaked key
organisation: Shop
plan: fraiseql
roster: small
begins: 2026-03-14T11:00:00Z
brief: [One shop whose customers hold keys.]
expected: {restore: 20m}
limit: 3h
restored_when: intruder.footholds == 0
restored_for: 15m
causes: {one-key: One key has leaked, second-key: A second key was minted, busy-owner: A customer
         imports, not-known: Not known}
system:
  services:
    api: {title: The api, traffic: 3/s, p95: 60ms, used: 7%, replicas: 4, errors: 0.04%, slo: 99.9%}
  gauges:
    key_uses: {follows: cred.hl01.uses_per_min, whole: yes}
    rows_stolen: {loss: yes, whole: yes, flows: [{rate: 1/min, times: intruder.rows_per_min}]}
  state: {evidence_kept: no}
  probes: {health: {up: api.errors < 90%}}
  credentials:
    hl01:
      holder: Harbourline
      created: 2025-06-02T08:00:00Z
      bites_purged: 0s..30s
      uses:
        sync: {by: owner, per_min: 18, rows: 100}
        thief: {by: intruder, per_min: 900, rows: 100, on: api, while: fault.leak > 0 or
                cured.leak}
    sockets: {kind: session, holder: Harbourline, opened_with: hl01, reopens_in: 5s, only_in: [one],
              uses: {stream: {by: intruder, per_min: 24, rows: 100, while: fault.leak > 0}}}
    hl09: {holder: Harbourline, opened_with: hl01, at_rest: absent, bites_purged: 0s..30s,
           uses: {trickle: {by: intruder, per_min: 12, rows: 100}}}
faults:
  leak: {title: A key has leaked, at: 2m, facts: {breach: confirmed},
         until: intruder.footholds == 0 for 15m}
variants:
  one: {title: One key, weight: 1, cause: one-key, faults: [leak], best: {rows_stolen: 3000000},
        remedy: [{do: keep-evidence}, {do: revoke-hl01}, {do: close-sockets}], lead: [usage]}
  two: {title: A second key, weight: 1, cause: second-key, faults: [leak],
        best: {rows_stolen: 3000000},
        remedy: [{do: keep-evidence}, {do: revoke-offspring}], lead: [usage, minted]}
intruder:
  steps:
    mints: {only_in: [two], when: fault.leak > 0, after: 100s..140s, do: {create: [hl09]}}
    wakes: {when: cred.hl01.accepted == no and cred.hl09.accepted == yes, after: 90s..150s,
            do: {paces: [{credential: hl09, use: trickle, per_min: 900}]}}
alerts:
  key-usage: {when: key_uses > 144 for 60s, severity: critical, page: yes,
              summary: A key is used far more than usual, service: api}
looks:
  panel: {title: Panel, views: [metrics], shows: [{text: "uses ${key_uses}"}], takes: 15s,
          of: api, worth: 6, facts: [breach]}
  usage: {title: Use by address, views: [logs, audit], takes: 30s, of: api, worth: 9,
          facts: [breach],
          shows: [{text: "HL01 ${cred.hl01} ${cred.hl01.sync.per_min} ${cred.hl01.thief.per_min}"}]}
  minted: {title: Keys made today, views: [database], takes: 15s, worth: 8,
           shows: [{text: "HL09 since ${cred.hl09.since} by key HL01", when: cred.hl09 == live},
                   {text: none}]}
  probe: {title: Is it still accepted, views: [config], takes: 10s, worth: 5,
          shows: [{text: "HL01 ${cred.hl01.accepted}, HL09 ${cred.hl09.accepted}"}]}
  releases: {title: Releases, views: [deploys], shows: [{text: a list}], takes: 20s, worth: 2}
  pods: {title: Pods, views: [infrastructure], shows: [{text: pods}], takes: 10s, worth: 2}
  pages: {title: Status pages, views: [dependency, vendor], shows: [{text: green}], takes: 25s}
  desk: {title: Tickets, views: [tickets], shows: [{text: tickets}], takes: 20s}
  board: {title: Alerts, views: [alerts], shows: [{text: alerts}], takes: 10s}
clues:
  stranger: {looks: [usage], shows: A stranger uses the key, when: cred.hl01.thief.per_min > 0,
             reads: {one-key: 4, second-key: 4, busy-owner: 0.02}}
  no-child: {looks: [minted], shows: No key was made, when: cred.hl09 == absent,
             reads: {one-key: 6, second-key: 0.05}}
  child: {looks: [minted], shows: A key made by a key, when: cred.hl09 == live,
          reads: {second-key: 30, one-key: 0.05}}
actions:
  keep-evidence: {title: Export the evidence, kind: evidence, takes: 10s,
                  then: [{do: {sets: {evidence_kept: yes}}}]}
  revoke-hl01:
    title: Revoke HL01
    kind: revoke
    takes: 20s
    on: [api]
    needs: [{holds: cred.hl01 == live, otherwise: "already revoked at ${cred.hl01.since}"}]
    then: [{do: {deactivate: [hl01], purge: [hl01]}, says: "HL01 ${cred.hl01}"}]
  revoke-offspring:
    title: Revoke HL01 and all that it made
    kind: revoke
    takes: 20s
    on: [api]
    then: [{do: {deactivate: [hl01], purge: [hl01, hl09], cascade: yes}}]
  close-sockets:
    title: Close the sockets
    kind: isolate
    takes: 40s
    on: [api]
    then: [{do: {close: [sockets]}}]
  delete-hl01: {title: Delete HL01, kind: revoke, takes: 10s, irreversible: yes,
                then: [{do: {delete: [hl01]}}]}
colleagues:
  cat: {role: commander}
"""


@cache
def brief():
    """The documents, agreed."""
    return agreed(
        compose(SCENARIO, "leaked-key.yaml"),
        compose(PLAN.read_text(encoding="utf-8"), PLAN.name),
        compose(ROSTER, "small.yaml"),
        ("leaked-key.yaml", PLAN.name, "small.yaml"),
    )


@cache
def played(policy, variant, seed=1):
    """The drill with one policy in every chair, played to its end."""
    people = dict.fromkeys(brief().people(), policy)
    drill = Drill(brief(), Terms(seed=seed, variant=variant, policies=people))
    drill.run()
    return drill
