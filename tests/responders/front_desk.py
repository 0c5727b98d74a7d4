"""A small exercise: one call that may be an incident, one thing to do, and two people."""

from pathlib import Path

from simulator.brief.brief import Brief, agreed
from simulator.brief.nodes import compose

PLANS = Path(__file__).parents[2] / "scenarios" / "plans"
ROSTER = """\
id: desk
title: Two people
people:
  ann: {name: Ann, roles: [on_call]}
  bob: {name: Bob, roles: [backup]}
"""
SCENARIO = """\
id: front-desk
title: A call
organisation: Shop
kind: exercise
plan: fraiseql
roster: desk
begins: 2026-03-13T10:00:00Z
brief: [People call.]
expected: {restore: 10m}
limit: 30m
causes: {not-known: Not known}
system:
  services:
    web: {traffic: 20/s, p95: 60ms, used: 40%}
  state: {shop: open, pager: bob}
faults: {}
variants:
  well: {title: All is well, weight: 1, cause: not-known, faults: []}
  shut: {title: It is shut, weight: 1, cause: not-known, faults: [], state: {shop: shut}}
alerts: {}
looks:
  door: {title: The door, views: [reproduce], takes: 10s, login: no,
         shows: [{text: It is shut, when: shop == shut}, {text: It opens}]}
  pager: {title: The pager, views: [config], takes: 10s, login: no, shows: [{text: "${pager}"}]}
clues:
  opens: {looks: [door], shows: The door opens, when: shop == open, reads: {}}
  is-shut: {looks: [door], shows: The door is shut, when: shop == shut, reads: {}}
  mine: {looks: [pager], shows: The pager is Ann's, when: pager == ann, reads: {}}
  heard: {looks: [ask.bob], shows: Bob has told the week, reads: {}}
  gossip: {looks: [ask.bob], shows: Bob has told the rest, reads: {}}
actions:
  take: {title: Take the pager, kind: config, takes: 20s, then: [{do: {sets: {pager: ann}}}]}
  shout: {title: Shout, kind: config, takes: 20s}
colleagues:
  bob:
    role: backup
    answers_in: 10s
    knows:
      - {about: [week], says: A quiet week., clues: [heard]}
      - {about: [rest], says: That is all.}
items:
  real:
    title: Is it real
    competency: detection
    opens: now >= 60s
    within: 5m
    choices: {wait: Later, yes-it-is: Yes, no-it-is-not: No}
    right: no-it-is-not
    right_in: {shut: yes-it-is}
    evidence: {opens: no-it-is-not, is-shut: yes-it-is}
    how: [{look: door}]
  relieved:
    title: The pager is mine
    competency: coordination
    within: 6m
    done: found.mine
    how: [{look: pager}, {act: take, when: not found.mine}, {look: pager}]
  told:
    title: The week is told
    competency: coordination
    within: 6m
    done: found.heard
    how: [{ask: bob, about: How was the week?}]
"""


def brief_of(scenario: str = SCENARIO) -> Brief:
    """The exercise under FraiseQL's plan."""
    plan = (PLANS / "fraiseql.yaml").read_text(encoding="utf-8")
    return agreed(
        compose(scenario, "scenario"),
        compose(plan, "plan"),
        compose(ROSTER, "roster"),
        ("scenario", "plan", "roster"),
    )
