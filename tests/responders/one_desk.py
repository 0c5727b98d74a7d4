"""One seat by hand: what somebody is told second by second, and what they would write of it."""

from dataclasses import replace

from small_incident import SCENARIO, small_brief

from simulator.chance import Chance
from simulator.journal.entry import Entry
from simulator.journal.events.incident import IncidentDeclared
from simulator.journal.events.paging import Joined
from simulator.journal.events.room import Briefed
from simulator.journal.events.work import ActionFinished, ActionStarted, Found
from simulator.journal.events.world import AlertFired
from simulator.journal.situation import Situation
from simulator.responders.habits import EXPERT
from simulator.responders.memory import Memory
from simulator.responders.messages import message
from simulator.responders.mind import Mind
from simulator.responders.standing import standing

COUNTED = (
    SCENARIO.replace(
        "  probes: {health",
        "  gauges: {gone: {title: Orders nobody holds, whole: yes, loss: yes}}\n  probes: {health",
    )
    .replace(
        "  pods: {",
        "  try: {title: Try it, views: [reproduce], shows: [{text: tried}], takes: 10s, of: api}\n"
        "  pods: {",
    )
    .replace(
        "actions:\n",
        "actions:\n  count: {title: Count the orders, kind: evidence, takes: 30s, on: [db],\n"
        '    then: [{do: {cure: [held]}, says: "FAIL missing ${gone}; ghosts: ${gone}"}]}\n',
    )
)


class Desk:
    """Ann's seat by hand: what she is told second by second, and her mind about it."""

    def __init__(self, plan="fraiseql"):
        self.brief = small_brief(plan, COUNTED)
        self.picture, self.memory, self.seq = Situation(), Memory(me="ann"), 0
        chairs = self.brief.chairs()
        self.told(0, Briefed(scenario="s", title="t", plan=plan, chairs=chairs))
        self.told(300, AlertFired(alert="errors", severity="critical", summary="All", page=True))
        self.told(310, Joined(person="ann", role="on_call"))
        top = self.brief.plan.ordered()[0]
        self.told(320, IncidentDeclared(incident="INC-1", level=top, title="All fail", by="ann"))

    def told(self, at, *events):
        """These happened."""
        for event in events:
            entry = Entry(seq=self.seq, at=at, by="engine", what=event)
            self.seq += 1
            self.picture, self.memory = self.picture.after(entry), self.memory.after(entry)

    def found(self, at, look="panel", by="ann", clues=(), **facts):
        """Somebody looked, and it was told here."""
        terms = self.brief.scenario.looks[look]
        self.told(
            at,
            Found(
                by=by, work="w1", look=look, views=terms.views, of="api", facts=facts,
                measured_at=at, clues=clues, content="",
            ),
        )  # fmt: skip

    def did(self, at, action, says="done", *, failed=False):
        """Bob took a step that ended at this second."""
        kind = self.brief.scenario.actions[action].kind
        self.told(at - 10, ActionStarted(by="bob", work="w2", action=action, kind=kind))
        ended = ActionFinished(by="bob", work="w2", action=action, says=says, failed=failed)
        self.told(at, ended)

    def mind(self, now):
        """What she has at hand at this second."""
        return Mind(
            person="ann", brief=self.brief, habits=EXPERT, chance=Chance(7),
            picture=self.picture, memory=self.memory, now=now,
            standing=standing("ann", self.brief.plan, self.picture, self.memory.here),
        )  # fmt: skip

    def fields(self, now, template="status-update"):
        """A message of hers."""
        return message(self.mind(now), template).fields


def desk(scenario=None, plan="fraiseql", **changed):
    """Ann's desk in a declared incident, under another scenario's or plan's terms."""
    found = Desk(plan)
    if scenario is not None:
        found.brief = small_brief(plan, scenario)
    if changed:
        found.brief = replace(found.brief, plan=replace(found.brief.plan, **changed))
    return found


def mind_of(found, now=600, **changed):
    """Her mind at a second, of other habits."""
    return replace(found.mind(now), **changed)


def orders(wishes):
    """What is wished for."""
    return [wish.order for wish in wishes]
