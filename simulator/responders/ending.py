"""Bringing it to an end: statuses, the watch, and saying that it is over.

Rule 1: it is over once every gate of the plan is passed, by what was seen (`proofs`), and the
plan's watch is kept.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.brief.plan.words import Status
from simulator.journal.commands.incident import Resolve, SetStatus
from simulator.responders.checks import is_mended
from simulator.responders.messages import message, template_for
from simulator.responders.mind import Mind
from simulator.responders.wish import Wish


def passed_at(mind: Mind) -> int | None:
    """The second from which all gates stand passed, by what was seen; None while one is open."""
    if not is_mended(mind):
        return None
    if not all(proof.passed for proof in mind.proofs):
        return None
    shown = [at for proof in mind.proofs if (at := proof.shown_at) is not None]
    return max([mind.cured_at, *shown])


def ending(mind: Mind) -> Iterator[Wish]:
    """Statuses, the watch, and saying that it is over."""
    incident = mind.picture.incident
    if incident is None or incident.closed_at is not None or not mind.acts:
        return
    proven = passed_at(mind)
    wanted = _wanted_status(mind, proven)
    step = _towards(mind, incident.status, wanted) if wanted else ""
    if step:
        yield Wish(order=SetStatus(status=step), kind="status", pace="quick")
    if proven is None or incident.resolved_at is not None or step:
        return
    yield from _announcing(mind, proven)
    ending = mind.brief.plan.ending
    watch = ending.watch.get(mind.level, 0) if ending.watch_is == "before_resolved" else 0
    begun = [at for at, status in incident.statuses if status == "monitoring"]
    ready = max([proven, *begun[-1:]]) + watch
    yield Wish(order=Resolve(), kind="end", ready_at=ready)


def _announcing(mind: Mind, proven: int) -> Iterator[Wish]:
    """Saying that it works again, where the plan counts that word from the restoration."""
    plan, picture = mind.brief.plan, mind.picture
    rules = [r for r in plan.duties.values() if r.does == "resolution_message"]
    name = template_for(mind, "resolution")
    if (
        not name
        or "message:resolution" in picture.deeds
        or mind.memory.times(f"send_message:{name}")
    ):
        return
    if any(rule.since == "restored" and mind.level in rule.within for rule in rules):
        ready = proven + (plan.ending.announce_after or 0)
        yield Wish(order=message(mind, name), kind="message", ready_at=ready)


def _wanted_status(mind: Mind, proven: int | None) -> str:
    """The status that says how it stands: the cause is told before the first step is ordered."""
    if "resolved" in mind.picture.marks:
        return ""
    if proven is not None:
        return "monitoring"
    incident = mind.picture.incident
    told = {status for _, status in incident.statuses} if incident else set()
    # A plan without a word for a known cause says at once that it is worked on.
    identified = "identified" if "identified" in mind.brief.plan.statuses else "mitigating"
    if mind.named and not told & {"identified", "mitigating", "monitoring"}:
        return identified
    if mind.memory.started or (mind.named and mind.progress.next_step(mind.named)):
        return "mitigating"
    return identified if mind.named else ""


def _towards(mind: Mind, at: str, wanted: str) -> str:
    """The next legal status on the shortest way; empty where there is none or it is reached."""
    statuses: Mapping[Any, Status] = mind.brief.plan.statuses
    queue = [(at, "")]
    seen = {at}
    while queue:
        status, step = queue.pop(0)
        if status == wanted:
            return step
        terms = statuses.get(status)
        for following in terms.next if terms else ():
            if following not in seen and following not in ("resolved", "closed"):
                seen.add(following)
                queue.append((following, step or following))
    return ""
