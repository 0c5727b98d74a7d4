"""A small incident and who answers it: documents as an author writes them, entries as told."""

from pathlib import Path

from simulator.brief.brief import agreed
from simulator.brief.nodes import compose
from simulator.chance import Chance
from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.journal.events.room import Briefed
from simulator.journal.situation import Situation, visible_to
from simulator.responders.chairs import seated

PLANS = Path(__file__).parents[2] / "scenarios" / "plans"
ROSTER = """\
id: small
title: Three people
people:
  ann: {name: Ann, roles: [on_call]}
  bob: {name: Bob, roles: [backup, sme]}
  cat: {name: Cat, roles: [commander, manager, executive, director]}
"""
SCENARIO = """\
id: shop-pool
title: A full pool
organisation: Shop
plan: fraiseql
roster: small
begins: 2026-03-13T10:00:00Z
brief: [One shop with a database.]
expected: {restore: 20m}
causes: {slow-query: A query holds the pool, bad-release: The last release, dead-db: The database,
         not-known: Not known}
system:
  services:
    api: {title: The api, traffic: 20/s, adds: 60ms, used: 40%, replicas: 4, errors: 0.04%,
          slo: 99.9%, users: 900, needs: {db: {share: 100%, timeout: 5s}}}
    db: {p95: 6ms, used: 9%, replicas: 1}
  probes: {health: {up: api.errors < 90%}}
faults:
  held: {title: A query holds the pool, at: 2m, bends: [{on: db, errors: 100%}]}
  released: {title: A bad release, at: 2m, bends: [{on: api, errors: 100%}]}
variants:
  query:
    {title: q, weight: 1, cause: slow-query, faults: [held],
     remedy: [{do: read-only, optional: yes}, {do: kill-query}], lead: [sessions]}
  release:
    {title: r, weight: 1, cause: bad-release, faults: [released],
     remedy: [{do: read-only, optional: yes}, {do: roll-back}]}
alerts:
  errors: {when: "api.errors[1m] > 50% for 30s", severity: critical, page: yes,
           summary: All requests fail, service: api}
looks:
  panel: {title: Panel, views: [metrics], shows: [{text: "errors ${api.errors}"}], takes: 15s,
          of: api, worth: 6}
  logs: {title: Logs, views: [logs], shows: [{text: lines}], takes: 30s, of: api, worth: 4}
  sessions: {title: Sessions, views: [database], shows: [{text: sessions}], takes: 15s, of: db,
             worth: 8}
  releases: {title: Releases, views: [deploys], shows: [{text: a list}], takes: 20s, worth: 5}
  pods: {title: Pods, views: [infrastructure], shows: [{text: pods}], takes: 10s, worth: 2}
  pages: {title: Status pages, views: [dependency, vendor], shows: [{text: green}], takes: 25s}
  desk: {title: Tickets, views: [tickets], shows: [{text: tickets}], takes: 20s}
  board: {title: Alerts, views: [alerts], shows: [{text: alerts}], takes: 10s}
clues:
  all-fail: {looks: [panel], shows: All fail, when: api.errors > 50%, reads: {dead-db: 1.5}}
  held-pool: {looks: [sessions], shows: One query holds all, when: fault.held > 0,
              reads: {slow-query: 30, bad-release: 0.5, dead-db: 0.1}}
  quiet-pool: {looks: [sessions], shows: Few sessions, when: fault.released > 0,
               reads: {slow-query: 0.05, dead-db: 0.2}}
  fresh-release: {looks: [releases], shows: Released five minutes ago,
                  when: fault.released > 0, reads: {bad-release: 12}}
  lagging: {looks: [logs], shows: The replica lags, when: fault.released > 0,
            reads: {bad-release: 1.1}}
actions:
  kill-query: {title: Kill the query, kind: kill_query, takes: 15s, on: [db],
               then: [{do: {cure: [held]}}]}
  roll-back: {title: Roll back, kind: rollback, takes: 120s, on: [api],
              then: [{do: {cure: [released]}}]}
  promote: {title: Promote the replica, kind: failover, takes: 240s, on: [db], irreversible: yes,
            then: []}
  read-only: {title: Read-only mode, kind: flag, takes: 60s, on: [api],
              then: [{do: {ease: [{fault: held, to: 40%}, {fault: released, to: 40%}]}}]}
colleagues:
  cat: {role: commander, asks_first: [How far behind is it?],
        refuses_unless: {promote: found.lagging}}
"""


def small_brief(plan="fraiseql", scenario=SCENARIO, roster=ROSTER):
    """The documents, agreed."""
    file = PLANS / f"{plan}.yaml"
    return agreed(
        compose(scenario, "scenario"),
        compose(file.read_text(encoding="utf-8"), file.name),
        compose(roster, "roster"),
        ("scenario", file.name, "roster"),
    )


class Room:
    """A journal by hand: what happens is written, seats hear what they may, orders are taken."""

    def __init__(self, brief, seed=7, **policies):
        self.brief = brief
        self.chance = Chance(seed)
        self.entries = []
        self.pictures = dict.fromkeys(policies, Situation())
        self.bots = {who: seated(who, how, brief, self.chance) for who, how in policies.items()}
        self.told(0, Briefed(scenario="s", title="t", plan=brief.plan.id, chairs=brief.chairs()))

    def told(self, at, *events):
        """These happened at a second."""
        for event in events:
            self._write(at, "engine", event)

    def obey(self, person):
        """Write the person's pending order down, as the drill does; the order."""
        intent = self.bots[person].intent
        self._write(intent.at, person, intent.command)
        return intent.command

    def wants(self, person):
        """The pending order, or None."""
        intent = self.bots[person].intent
        return intent.command if intent else None

    def at(self, person):
        """The second of the pending order."""
        return self.bots[person].intent.at

    def _write(self, at, by, what):
        entry = Entry(seq=len(self.entries), at=at, by=by, what=what)
        assert isinstance(what, Command) == (by != "engine")
        self.entries.append(entry)
        for person, bot in self.bots.items():
            if visible_to(entry, person):
                self.pictures[person] = self.pictures[person].after(entry)
                bot.notice(entry, self.pictures[person])
