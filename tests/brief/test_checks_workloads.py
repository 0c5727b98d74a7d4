"""What is written of pods and does not fit together is told, with its place and what to do."""

import pytest

from simulator.brief.binding import bind
from simulator.brief.checks_scenario import check_scenario
from simulator.brief.nodes import compose
from simulator.brief.scenario.scenario import Scenario

TEXT = """\
id: small
title: Small
organisation: Shop
plan: fraiseql
roster: small
begins: 2026-03-12T14:00:00Z
brief: [One shop.]
expected: {restore: 20m}
causes: {bad: Bad, not-known: Not known}
system:
  services:
    api:
      traffic: 20/s
      adds: 60ms
      used: 40%
      replicas: 4
      needs: {db: {}}
      groups: {well: {replicas: 4}, hung: {replicas: 0, ready: no, unready_in: 30s}}
      workload: {deployment: api, namespace: prod, image: "shop/api:2", room: 8}
      crashes: {bad-file: {while: fault.bad > 0, dies_in: 5s..9s, at_boot: 2s, pods: well}}
    db: {p95: 6ms, used: 9%}
faults:
  bad: {title: Bad, at: 60s, strikes: [{service: api, group: hung, pods: 2}],
        until: api.group.hung.pods == 0}
variants: {bad: {title: Bad, weight: 1, cause: bad, faults: [bad]}}
alerts: {}
looks: {}
clues: {}
logs: [{service: api, text: Oh, dying: bad-file}]
actions:
  ship: {title: Ship, kind: config, takes: 1s,
         then: [{do: {rollout: [{service: api, image: "shop/api:3"}]}}]}
  drop: {title: Drop, kind: restart, takes: 1s,
         then: [{do: {replicas: [{service: api, delete: {group: hung}}]}}]}
"""


def told(text):
    """(line, what was found) of each error."""
    node = compose(text, "small.yaml")
    found = check_scenario(node, bind(Scenario, node, "small.yaml"), "small.yaml")
    return [(each.line, each.found) for each in found if each.code.startswith("E")]


def test_what_fits_together_is_told_nothing():
    """Groups, a crash, a strike, last words, a rollout: all of them name what is there."""
    assert told(TEXT) == []


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("group: hung, pods: 2", "group: hnug, pods: 2", "hnug"),
        ("delete: {group: hung}", "delete: {group: hnug}", "hnug"),
        ("at_boot: 2s, pods: well", "at_boot: 2s, pods: wel", "wel"),
        ("dying: bad-file", "dying: bad-fiel", "bad-fiel"),
        ("{service: api, group: hung, pods: 2}", "{service: db, group: hung, pods: 2}",
         "db has no pods: it has neither a `workload` nor a `boot`"),
        ("room: 8", "room: 3", "room for 3 pods, and 4 at rest"),
        ("well: {replicas: 4}", "well: {replicas: 400}",
         "api has 400 pods; a drill keeps the lives of at most 200"),
        ('image: "shop/api:3"}', 'image: "shop/api:3", undo: yes}',
         "a rollout of api to 2 revisions at once"),
        ('{service: api, image: "shop/api:3"}', '{service: db, image: "shop/api:3"}',
         "db has no `workload`, so it has no revisions to roll out"),
        ("while: fault.bad > 0", "while: fault.bda > 0", "bda"),
        ("api.group.hung.pods == 0", "api.group.hnug.pods == 0", "hnug"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(before, after, says):
    """A group, a crash or a service that is not there; more pods than fit; two ways at once."""
    found = told(TEXT.replace(before, after))

    assert any(says in text for _, text in found)
