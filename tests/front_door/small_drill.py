"""A small incident one can write to a folder, and the front door as a person meets it."""

from dataclasses import dataclass
from pathlib import Path

SCENARIO = """\
id: small-shop
title: A small shop
organisation: Shop
plan: fraiseql
roster: small-team
begins: 2026-03-12T14:00:00Z
brief: [One shop.]
expected: {restore: 20m}
limit: 4h
causes: {bad-release: The new release fails, not-known: Not known}
system:
  services:
    api:
      traffic: 20/s
      adds: 60ms
      used: 40%
      replicas: 4
      errors: 0.1%
      needs: {db: {share: 100%}}
      classes:
        read: {share: 60%}
        write: {share: 40%}
    db: {p95: 6ms, used: 9%}
  gauges:
    disk_free: {start: 53}
faults:
  bad-release:
    title: The new release fails
    at: 60s
    bends: [{on: api, errors: 60%}]
variants:
  release: {title: Release, weight: 1, cause: bad-release, faults: [bad-release],
            remedy: [{do: roll-back}]}
alerts:
  errors: {when: "api.errors[1m] > 5%", severity: critical, page: yes, summary: Errors,
           service: api}
looks:
  panel:
    title: Panel
    views: [metrics, logs, deploys, infrastructure, dependency]
    shows: [{text: "errors ${api.errors} at ${clock}"}]
    takes: 15s
    of: api
clues:
  new-release:
    looks: [panel]
    shows: A release just before
    reads: {bad-release: 9}
actions:
  roll-back:
    title: Roll back
    kind: rollback
    takes: 60s
    on: [api]
    then: [{do: {cure: [bad-release]}, says: rolled back}]
"""
ROSTER = """\
id: small-team
title: A small team
people:
  alice: {name: Alice, roles: [on_call]}
  bob: {name: Bob, roles: [backup]}
  charlie: {name: Charlie, roles: [manager, commander]}
"""


@dataclass(frozen=True)
class Answer:
    """What one command came to."""

    code: int
    out: str
    err: str


def write(folder: Path, *, scenario: str = SCENARIO, roster: str = ROSTER) -> Path:
    """The scenario's file, its roster beside it; the plan is the shipped one it names."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "small-team.yaml").write_text(roster, encoding="utf-8")
    file = folder / "small-shop.yaml"
    file.write_text(scenario, encoding="utf-8")
    return file
