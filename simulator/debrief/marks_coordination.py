"""Coordination: roles engaged, people told who must know, leave asked and roles handed on.

Rule 1: only opportunities that arose are counted; who needed no leave loses nothing.
Rule 2: leave asked for what changed nothing is no opportunity: asking about everything earns none.
"""

from typing import Final

from simulator.debrief.marks_detection import Parts
from simulator.debrief.rubric import FULL
from simulator.debrief.scorecard import Outcome, Part
from simulator.debrief.timeline import Timeline
from simulator.debrief.timing import timed
from simulator.journal.events.base import ENGINE
from simulator.journal.events.talk import ApprovalAsked, ApprovalLapsed, HandedOver, MessageSent
from simulator.journal.events.work import ActionStarted

ENGAGING: Final = ("engage", "assign", "mobilise", "open_channel", "open_bridge")
TELLING: Final = ("notify", "escalate", "resolution_message")
UNSPOKEN: Final = 500


def roles(told: Timeline) -> Parts:
    """Each duty that brings people together."""
    return tuple(timed(told, target) for target in told.owed(*ENGAGING)) or None


def notices(told: Timeline) -> Parts:
    """Each escalation and notice that fell due; what the pager did by itself is nobody's deed."""
    owed = [t for t in told.owed(*TELLING) if t.done is None or t.done.by != ENGINE]
    return tuple(timed(told, target) for target in owed) or None


def approvals(told: Timeline) -> Parts:
    """Acts that needed leave and had it, requests that were answered, roles handed over aloud."""
    parts = [*_leaves(told), *_answers(told), *_messages(told), *_handovers(told)]
    return tuple(sorted(parts, key=lambda part: part.cites))


def _leaves(told: Timeline) -> list[Part]:
    found = []
    for entry, started in told.told(ActionStarted):
        if not started.asks or started.action not in told.mattered:
            continue
        given = [d for d in told.final.deeds.get("approve", ()) if d.item == started.approval]
        cites = (*(d.seq for d in given[:1]), entry.seq)
        found.append(_act(f"leave.{started.action}", is_met=started.allowed, cites=cites))
    return found


def _answers(told: Timeline) -> list[Part]:
    lapsed = {said.request: entry.seq for entry, said in told.told(ApprovalLapsed)}
    found = []
    for entry, asked in told.told(ApprovalAsked):
        state = told.final.talk.approvals[asked.request].state
        if state == "asked" or not _matters(told, asked.action):
            continue
        settled = [
            deed.seq
            for kind in ("approve", "refuse")
            for deed in told.final.deeds.get(kind, ())
            if deed.item == asked.request
        ]
        cites = (entry.seq, *settled[:1], *(lapsed[r] for r in lapsed if r == asked.request))
        holds = tuple(role for role, who in told.final.chairs.items() if who == asked.of)
        found.append(
            _act(f"answer.{asked.request}", is_met=state != "lapsed", cites=cites, roles=holds)
        )
    return found


def _matters(told: Timeline, item: str) -> bool:
    """Whether leave was asked for a message, or for an act that then changed something."""
    return item in told.mattered or item in told.plan.templates


def _messages(told: Timeline) -> list[Part]:
    found = []
    for entry, sent in told.told(MessageSent):
        template = told.plan.templates.get(sent.template)
        if template is not None and template.needs_approval_of:
            name = f"leave.{sent.template}"
            found.append(_act(name, is_met=sent.authorised, cites=(entry.seq,)))
    return found


def _handovers(told: Timeline) -> list[Part]:
    found = []
    for entry, handed in told.told(HandedOver):
        is_aloud = bool(handed.says.strip()) and not handed.seized
        found.append(
            Part(
                name=f"handover.{handed.role}",
                outcome="met" if is_aloud else "partly",
                grade=FULL if is_aloud else UNSPOKEN,
                why="" if is_aloud else "without a word of how things stand",
                cites=(entry.seq,),
            )
        )
    return found


def _act(name: str, *, is_met: bool, cites: tuple[int, ...], roles: tuple[str, ...] = ()) -> Part:
    outcome: Outcome = "met" if is_met else "missed"
    return Part(name=name, outcome=outcome, grade=FULL if is_met else 0,
                cites=tuple(sorted(cites)), roles=roles)  # fmt: skip
