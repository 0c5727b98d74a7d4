"""Sending one of the plan's messages: whose leave it takes, and whether somebody is writing it.

Rule 1: leave is asked for first; a message that is about to be late goes out without it.
"""

from typing import Final

from simulator.journal.commands.talk import AskApproval, SendMessage
from simulator.responders.messages import message, stated
from simulator.responders.mind import Mind
from simulator.responders.permission import leave, readers
from simulator.responders.wish import Wish

GRACE_S: Final = 60
"""So long before its limit a message goes out without the answer that was asked for."""


def being_written(mind: Mind, uses: tuple[str, ...]) -> bool:
    """Whether somebody is writing one of these at this moment."""
    templates = mind.brief.plan.templates
    works = [work.item for work in mind.picture.work.values() if work.kind == "message"]
    return any(item in templates and templates[item].use in uses for item in works)


def sending(mind: Mind, name: str, *, urgent_from: int) -> Wish:
    """Sending a message: asking first where the plan wants leave, without it only when late."""
    template = mind.brief.plan.templates[name]
    stands = leave(mind, name, readers(mind, template))
    if stands.state == "ask":
        request = AskApproval(
            action=name,
            reason=f"{template.via}: {stated(mind)}",
            risk="It says only what was measured",
            way_back="A correction can follow",
            of=stands.of,
        )
        return Wish(order=request, kind="message")
    has_leave = stands.state in ("free", "given")
    granted = stands.request if has_leave else ""
    return Wish(
        order=SendMessage(template=name, authorised_by=granted),
        draft=lambda then: message(then, name, authorised_by=granted),
        kind="message",
        ready_at=0 if has_leave else urgent_from,
    )
