"""Laying a draft aside: what was learned while it was being written makes it wrong.

Rule 1: only what a reader would be misled by: another cause, a step that has ended, twice or half
as many failing as before.
Rule 2: a draft is laid aside once, and never where it is late or would be.
"""

from collections.abc import Iterator
from typing import Final

from simulator.journal.commands.work import CancelWork
from simulator.journal.situation import Work
from simulator.responders.duties import MESSAGES
from simulator.responders.grading import UNPRACTISED
from simulator.responders.mind import Mind
from simulator.responders.wish import Wish

WORTH_S: Final = 15
"""With less than this left to write, it goes out as it is."""
AGAIN_S: Final = 120
"""Laying it aside, writing it again, and something between."""
ONCE_IN_S: Final = 900
MISLEADS: Final = 2
"""So many times the failing share that was known, or its share, is another story."""
TELLS_PPM: Final = 10_000
"""A failing share below this is as good as none."""
_OF_THE_MOMENT: Final = (
    "declaration", "update", "status_page", "customer_notice", "stakeholder",
)  # fmt: skip


def redrafting(mind: Mind) -> Iterator[Wish]:
    """Stopping the message one is writing, where somebody practised sees that it misleads."""
    work = mind.picture.busy(mind.person)
    if work is None or work.kind != "message" or mind.habits.misses >= UNPRACTISED:
        return
    template = mind.brief.plan.templates.get(work.item)
    if template is None or template.use not in _OF_THE_MOMENT:
        return
    aside = mind.memory.laid_aside.get(f"send_message:{work.item}", -ONCE_IN_S)
    has_time = work.looks_until - mind.now > WORTH_S and aside + ONCE_IN_S <= work.since
    if has_time and _misleads(mind, work) and not _is_due(mind, template.use):
        yield Wish(order=CancelWork(), kind="urgent", pace="quick")


def _misleads(mind: Mind, work: Work) -> bool:
    """Whether what was learned since the writing began contradicts what was known then."""
    stated = mind.picture.deeds.get("hypothesise", ())
    if any(deed.at >= work.since for deed in stated):
        return True
    memory = mind.memory
    ended = (name for name, at in memory.finished.items() if at >= work.since)
    if any(memory.started.get(name, (work.since, ""))[0] < work.since for name in ended):
        return True
    return _fails_otherwise(mind, work)


def _fails_otherwise(mind: Mind, work: Work) -> bool:
    """Whether many more or many fewer fail than was known when the writing began."""
    known = [(at, facts["errors"]) for at, facts in mind.memory.measures if "errors" in facts]
    before = [share for at, share in known if at < work.since]
    since = [share for at, share in known if at >= work.since]
    if not before or not since:
        return False
    low, high = sorted((max(before[-1], TELLS_PPM), max(since[-1], TELLS_PPM)))
    return bool(high >= MISLEADS * low)


def _is_due(mind: Mind, use: str) -> bool:
    """Whether a limit of such a message has passed, or does before it could be written again."""
    verbs = {verb for verb, uses in MESSAGES.items() if use in uses}
    return any(
        target.does in verbs and target.due < mind.now + AGAIN_S
        for target in mind.owed(undone=True)
        if target.done is None
    )
