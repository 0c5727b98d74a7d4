"""A shop whose customer's key has leaked, for the stories about access; written as an author would.

The key hl01 is used by its owner and, from 60 s on, by a thief, who opened sockets with it; in
variant `minted` the thief has minted hl09. The key bp02 belongs to somebody honest and busy.
"""

from types import SimpleNamespace

from hypothesis import strategies as st

from simulator.brief.binding import bind
from simulator.brief.library import read_plan
from simulator.brief.nodes import compose
from simulator.brief.scenario.deeds import Effect
from simulator.brief.scenario.scenario import Scenario
from simulator.chance import Chance
from simulator.journal.events.world import StateSet
from simulator.stage import Stage
from simulator.world import effects, world
from simulator.world.history import History
from simulator.world.surroundings import Surroundings
from simulator.world.system import at_rest
from simulator.world.watch import Watch

PLAN = read_plan("fraiseql").value
"""Any plan: the world never asks it."""
SHOP = """\
id: leaky
title: A leaked key
organisation: nobody
plan: fraiseql
roster: small
begins: 2026-03-14T11:00:00Z
brief: [A shop with keys.]
expected: {restore: 20m}
restored_when: intruder.footholds == 0
restored_for: 15m
causes: {one-key: One key, not-known: Not known}
system:
  services:
    api: {traffic: 10/s, p95: 60ms, used: 10%, replicas: 2}
  gauges:
    rows_stolen: {loss: yes, whole: yes, flows: [{rate: 1/min, times: intruder.rows_per_min}]}
  credentials:
    hl01:
      holder: Harbourline
      scopes: ["read:*", "write:shipments"]
      created: 2025-06-02T08:00:00Z
      bites_purged: 0s..30s
      uses:
        sync: {by: owner, from: 192.0.2.40, agent: harbourline-sync/3.2, per_min: 18, rows: 100}
        thief: {by: intruder, from: 203.0.113.24, agent: python-requests, per_min: 900, rows: 100,
                on: api, while: now >= 60, shut_while: waf == blocking}
    sockets:
      kind: session
      holder: Harbourline
      opened_with: hl01
      reopens_in: 3s..8s
      uses: {stream: {by: intruder, per_min: 24, rows: 100, while: now >= 60}}
    watcher:
      kind: token
      holder: Harbourline
      opened_with: hl01
      outlives: no
      uses: {poll: {by: owner, per_min: 6}}
    hl09:
      holder: Harbourline
      bites_purged: 0s..30s
      opened_with: hl01
      at_rest: absent
      uses: {trickle: {by: intruder, per_min: 12, rows: 100}}
    bp02:
      holder: Bluepeak
      uses: {import: {by: owner, from: 192.0.2.130, per_min: 30}}
faults:
  leak: {title: A key has leaked, at: 60s, facts: {breach: confirmed}, until: contained}
variants:
  leaked: {title: l, weight: 1, cause: one-key, faults: [leak], best: {rows_stolen: 1000000},
           remedy: [{do: cut-off}]}
  minted: {title: m, weight: 0, cause: one-key, faults: [leak]}
intruder:
  steps:
    mints: {only_in: [minted], title: mints a key of their own, when: now >= 120, after: 10s..20s,
            unless: cred.hl01.accepted == no, do: {create: [hl09]}}
    wakes: {when: cred.hl01.accepted == no and cred.hl09.accepted == yes, after: 90s..150s,
            do: {paces: [{credential: hl09, use: trickle, per_min: 900}]}}
    moves: {when: waf == blocking, after: 60s..120s, again: yes, do: {sets: {waf: passed}}}
alerts: {}
looks: {}
clues: {}
actions:
  cut-off: {title: Cut it off, kind: revoke, takes: 20s,
            then: [{do: {deactivate: [hl01], purge: [hl01], close: [sockets]}}]}
  cut-wrong: {title: Cut another off, kind: revoke, takes: 20s,
              then: [{do: {deactivate: [bp02]}}]}
  delete: {title: Delete it, kind: revoke, takes: 5s, then: [{do: {delete: [hl01]}}]}
  export: {title: Keep the evidence, kind: evidence, takes: 10s,
           then: [{do: {sets: {evidence_kept: yes}}}]}
  slow-down: {title: Limit it, kind: rate_limit, takes: 15s,
              then: [{do: {caps: [{credential: hl01, per_min: 60}]}}]}
  block: {title: Block the address, kind: isolate, takes: 45s,
          then: [{do: {sets: {waf: blocking}}}]}
  nothing: {title: Nothing, kind: config, takes: 5s, then: []}
"""
NAMES = ("hl01", "sockets", "watcher", "hl09", "bp02")


def leaky(variant="leaked", seed=3, **changes):
    """A stage on which the leaky shop's world plays, with nobody answering."""
    text = SHOP
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    scenario = bind(Scenario, compose(text, "leaky.yaml"), "leaky.yaml")
    stage = Stage(SimpleNamespace(scenario=scenario, plan=PLAN), Chance(seed), variant)
    world.play(stage)
    return stage


def effect(text):
    """An effect as an author writes it."""
    return bind(Effect, compose(text, "effect.yaml"), "effect.yaml")


def do(stage, text):
    """Let an effect happen now."""
    return effects.apply(around_of(stage), effect(text), "test")


def around_of(stage):
    """What the processes of this stage's world share, with the history they have heard."""
    (history,) = (w.__self__ for w in stage.watchers if isinstance(w.__self__, History))
    scenario = stage.brief.scenario
    return Surroundings(
        stage=stage,
        scenario=scenario,
        variant=scenario.variants[stage.variant],
        rest=at_rest(scenario.system),
        history=history,
        watch=Watch(stage),
    )


def changes_of(stage, row):
    """(second, value) of every change of a row of the state table, the first included."""
    return [(e.at, e.what.value) for e in stage.entries
            if isinstance(e.what, StateSet) and e.what.name == row]  # fmt: skip


def row(stage, name):
    """A row as it stands."""
    return stage.state(name)


@st.composite
def orders(draw):
    """A handful of effects on credentials, each at its second."""
    verbs = ("deactivate", "reactivate", "delete", "close", "create", "purge")
    found = []
    for _ in range(draw(st.integers(1, 8))):
        verb = draw(st.sampled_from(verbs))
        on = draw(st.sampled_from(("sockets",) if verb == "close" else NAMES))
        cascade = ", cascade: yes" if draw(st.booleans()) else ""
        found.append((draw(st.integers(61, 900)), f"{{{verb}: [{on}]{cascade}}}"))
    return sorted(found)
