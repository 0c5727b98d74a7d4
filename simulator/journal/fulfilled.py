"""Which deed fulfils a duty: the engine's verbs, and what somebody has done that counts as one.

Rule 1: the first deed of a kind fulfils what is owed once; of what several must do, the last.
Rule 2: nothing here knows a time; deadlines are `journal.targets`'.
Rule 3: a page is restated by one that says what its mark means; "investigating" does not say that
the cause is known.
"""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Final

from simulator.brief.plan.plan import Plan
from simulator.brief.plan.words import StatusKind
from simulator.journal.gates import gates_passed
from simulator.journal.situation import Deed, Situation
from simulator.journal.situation.parts import Message

_seq = attrgetter("seq")

TOLD: Final = ("notify", "page", "joined", "assign")
CALLED: Final = ("page", "joined", "assign", "hand_over")
UPDATES: Final = ("message:update", "message:declaration", "message:resolution")
_HANDS_ON: Final = ("look", "mitigate", "hypothesise", "declare", "message:update", "ask")
_DEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "acknowledge": ("acknowledge",),
    "engage": _HANDS_ON,
    "assess": ("assess",),
    "declare": ("declare",),
    "ticket": ("declare", "note"),
    "open_channel": ("open:channel", "open:war_room"),
    "open_bridge": ("open:bridge", "open:war_room"),
    "first_update": UPDATES,
    "status_page": ("message:status_page",),
    "customer_notice": ("message:customer_notice", "message:customer_resolution"),
    "customer_resolution": ("message:customer_resolution",),
    "resolution_message": ("message:resolution",),
    "report": ("report",),
    "book_meeting": ("book_meeting",),
    "hold_meeting": ("hold_meeting",),
    "actions": ("action_item",),
    "close": ("close",),
}


REPEATS: Final[Mapping[str, tuple[str, ...]]] = {
    "updates": UPDATES,
    "status_page_updates": ("message:status_page",),
    "customer_updates": ("message:customer_notice",),
}
"""What is said again and again: the next one is owed from the last one on."""
TELLS_ITS_MARK: Final = ("status_page_restated", "customer_resolution")
"""What says that its mark was reached: it counts only from there on, and is untrue before."""
_SAYS: Final[Mapping[str, tuple[StatusKind, ...]]] = {
    "identified": ("identified", "mitigating", "monitoring", "resolved", "post_incident", "closed"),
    "restored": ("monitoring", "resolved", "post_incident", "closed"),
    "resolved": ("resolved", "post_incident", "closed"),
}
"""Mark -> the statuses that tell of it: those that are reached with it or after it."""


def done_by(
    plan: Plan,
    situation: Situation,
    does: str,
    *,
    role: str = "",
    level: str = "",
    mark: str = "",
    since: int = 0,
) -> Deed | None:
    """The deed that fulfils a duty, or None: the first of one kind, the last of several.

    `mark` is what it runs from and `since` its second, for what must be said anew after it.
    """
    match does:
        case "assign":
            return first(situation, f"assign:{role}", f"joined:{role}", f"hand_over:{role}")
        case "mobilise":
            wanted = plan.mobilisation.roles.get(level, ())
            present = [first(situation, *_here(r)) for r in wanted]
            return _latest(present)
        case "diagnosis":
            looks = [first(situation, f"look:{check.by}") for check in plan.checks.values()]
            return _latest(looks)
        case "gates":
            return _gates(plan, situation)
        case "watch":
            over = "close" if plan.ending.watch_is == "after_resolved" else "resolve"
            return first(situation, over)
        case "status_page_restated":
            return _restated(plan, situation, mark, since)
        case _:
            after = since if does in TELLS_ITS_MARK else 0
            return first(situation, *_DEEDS.get(does, ()), since=after)


def _restated(plan: Plan, situation: Situation, mark: str, since: int) -> Deed | None:
    """The first page from the mark on that says so: one that tells an earlier status does not."""
    for sent in situation.talk.messages:
        if sent.use == "status_page" and sent.at >= since and _tells(plan, sent, mark):
            return Deed(at=sent.at, seq=sent.seq, by=sent.by, item=sent.template)
    return None


def _tells(plan: Plan, sent: Message, mark: str) -> bool:
    """Whether a page tells of a mark, by the statuses its template is for and by its own field.

    A status in words of one's own tells what its writer means by it; nobody can hold it to a list.
    """
    template, telling = plan.templates.get(sent.template), set[str](_SAYS.get(mark, ()))
    if template is None or not telling:
        return True
    if template.statuses and not telling & set(template.statuses):
        return False
    written = [
        sent.fields[name].strip().casefold()
        for name, terms in template.fields.items()
        if terms.holds == "status" and sent.fields.get(name, "").strip()
    ]
    meant = [kinds for text in written if (kinds := _meant_by(plan, text))]
    return not meant or any(telling & kinds for kinds in meant)


def _meant_by(plan: Plan, text: str) -> set[str]:
    """The statuses a word may stand for: as its id, the plan's word or what the public reads."""
    return {
        str(kind)
        for kind, terms in plan.statuses.items()
        if text in (str(kind), terms.word.casefold(), terms.public.casefold())
    }


def _here(role: str) -> tuple[str, ...]:
    """Deeds that bring a role in; whoever took the page is on call already."""
    took = ("acknowledge",) if role == "on_call" else ()
    return (f"assign:{role}", f"joined:{role}", f"hand_over:{role}", *took)


def _gates(plan: Plan, situation: Situation) -> Deed | None:
    """The find that passed the last of all gates, by what was seen when it was called over."""
    passed = gates_passed(plan, situation, until=situation.marks.get("resolved"))
    if len(passed) < len(plan.gates):
        return None
    return _latest(list(passed.values()))


def first(situation: Situation, *kinds: str, since: int = 0) -> Deed | None:
    """The first deed of any of these kinds from a second on."""
    found: Deed | None = None
    for kind in kinds:
        for deed in situation.deeds.get(kind, ()):
            if deed.at >= since:
                if found is None or deed.seq < found.seq:
                    found = deed
                break
    return found


def last(situation: Situation, *kinds: str) -> Deed | None:
    """The newest deed of any of these kinds."""
    found = [situation.deeds[kind][-1] for kind in kinds if kind in situation.deeds]
    return max(found, key=_seq, default=None)


def _latest(deeds: Sequence[Deed | None]) -> Deed | None:
    """The last of several that must all be done; None while one is missing."""
    done = [deed for deed in deeds if deed is not None]
    if not done or len(done) < len(deeds):
        return None
    return max(done, key=_seq)
