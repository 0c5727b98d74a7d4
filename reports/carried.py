"""What carried the team: for each person something that worked, with the cue they had noticed.

Rule 1: good is explained as carefully as bad: a sentence names the act, its moment and its proof.
Rule 2: only what the entries show; nobody is praised for what cannot be pointed at.
Rule 3: a cue is what somebody was here to see, and what the act can have come from.
Rule 4: one person, one thing: the act that is told best, by the order of `_TELLS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from reports.contents import Carried
from reports.played import Played
from simulator.clock import said
from simulator.journal.entry import Entry
from simulator.journal.events.incident import DebtOwned, DutyDeviated, IncidentDeclared, Regraded
from simulator.journal.events.paging import Joined, PageAcknowledged, Paged
from simulator.journal.events.room import SteppedOut
from simulator.journal.events.talk import (
    ApprovalAsked,
    ApprovalGiven,
    HandedOver,
    MessageSent,
    Noted,
    QuestionAsked,
    Released,
)
from simulator.journal.events.work import ActionStarted, FindPosted, Found, HypothesisStated
from simulator.journal.events.world import AccessCut, EffectRelieved, EffectTook
from simulator.journal.situation import visible_to
from simulator.text import clean_line

CUE_S: Final = 300
"""A cue older than five minutes explains nothing."""
QUICK_S: Final = 60


def carried(played: Played) -> tuple[Carried, ...]:
    """One thing per person who had a part in it, in the order they came in."""
    best: dict[str, tuple[int, Carried]] = {}
    order: dict[str, int] = {}
    for entry in played.entries:
        for rank, person, says, proof in _told(played, entry):
            order.setdefault(person, entry.seq)
            held = best.get(person)
            if held is None or rank < held[0]:
                best[person] = (
                    rank, Carried(who=played.who(person), says=says, proof=tuple(sorted({*proof}))),
                )  # fmt: skip
    return tuple(best[person][1] for person in sorted(best, key=lambda p: order[p]))


def _told(played: Played, entry: Entry) -> Iterator[tuple[int, str, str, tuple[int, ...]]]:
    """(rank, person, sentence, proof) of an entry that is worth telling."""
    tell = _TELLS.get(type(entry.what))
    if tell is None:
        return
    found = tell(played, entry)
    if found is None:
        return
    rank, person, act, proof = found
    begun = _begun(played, entry, person)
    cue = _cue(played, begun, person)
    if cue is None:
        yield rank, person, f"At {played.t(begun.at)} {act}.", (*proof, entry.seq)
        return
    seen, noticed = cue
    gap = begun.at - seen.at
    after = "at once" if gap == 0 else f"{said(gap)} later"
    says = f"{noticed} at {played.t(seen.at)}; {after} {act}."
    yield rank, person, says, (*proof, seen.seq, entry.seq)


def _begun(played: Played, entry: Entry, person: str) -> Entry:
    """The start of an action whose effect this is: a cue is what was there before it."""
    if not isinstance(entry.what, EffectTook | EffectRelieved | AccessCut):
        return entry
    action = entry.what.action
    starts = [
        earlier
        for earlier in played.entries[: entry.seq]
        if isinstance(earlier.what, ActionStarted)
        and (earlier.what.action, earlier.what.by) == (action, person)
    ]
    return starts[-1] if starts else entry


def _cue(played: Played, entry: Entry, person: str) -> tuple[Entry, str] | None:
    """The newest thing this person was shown that explains the act; None where nothing does.

    Taking a page answers that page; an act against a cause, a find that speaks for that cause.
    """
    match entry.what:
        case FindPosted(found=found, look=look) if found < entry.seq:
            return played.entries[found], f"Saw “{_short(played.title_of(look))}”"
        case PageAcknowledged(page=page):
            return _call(played, entry, person, page)
    cause = _against(played, entry)
    for earlier in reversed(played.entries[: entry.seq]):
        if entry.at - earlier.at > CUE_S:
            return None
        if not visible_to(earlier, person):
            continue
        match earlier.what:
            case Found(by=by, look=look, line=line) if by == person:
                shown = f"Saw “{_short(played.title_of(look) if look else line)}”"
            case FindPosted(look=look, by=by) if by != person and _was_here(
                played, earlier, person
            ):
                shown = f"Read what was posted of “{_short(played.title_of(look))}”"
            case Paged(summary=summary, to=to) if to == person and not cause:
                return earlier, f"Was paged: “{_short(summary)}”"
            case _:
                continue
        if not cause or _speaks_for(played, earlier.what.clues, cause):
            return earlier, shown
    return None


def _call(played: Played, entry: Entry, person: str, page: str) -> tuple[Entry, str] | None:
    """The last call of this page to this person before they took it."""
    for earlier in reversed(played.entries[: entry.seq]):
        if entry.at - earlier.at > CUE_S:
            return None
        match earlier.what:
            case Paged(page=name, to=to, summary=summary) if (name, to) == (page, person):
                return earlier, f"Was paged: “{_short(summary)}”"
    return None


def _was_here(played: Played, moment: Entry, person: str) -> bool:
    """Whether this person was in the response at an entry: whoever is only called reads nothing."""
    for earlier in reversed(played.entries[: moment.seq]):
        match earlier.what:
            case Joined(person=who) if who == person:
                return True
            case PageAcknowledged(page=page, by=who) if who == person:
                state = played.situation.pages.get(page)
                if state is not None and state.why in ("alert", "no_ack"):
                    return True
            case Released(person=who) | SteppedOut(person=who) if who == person:
                return False
    return False


def _against(played: Played, entry: Entry) -> str:
    """The cause an act is for: that of this drill for what is done to the system; else none."""
    scenario, act = played.brief.scenario, entry.what
    if isinstance(act, HypothesisStated):
        return act.cause
    acts = ActionStarted | EffectTook | EffectRelieved | AccessCut | ApprovalAsked | ApprovalGiven
    variant = scenario.variants.get(played.opened.variant)
    return (
        variant.cause
        if isinstance(act, acts) and act.action in scenario.actions and variant
        else ""
    )


def _speaks_for(played: Played, clues: Iterable[str], cause: str) -> bool:
    """Whether one of these clues speaks for a cause in the truth of this drill."""
    known = played.brief.scenario.clues
    return any(
        known[clue].covers(played.opened.variant) and known[clue].reads.get(cause, 1) > 1
        for clue in clues
        if clue in known
    )


_Telling = tuple[int, str, str, tuple[int, ...]]


def _effect(played: Played, entry: Entry) -> _Telling | None:
    took = entry.what
    assert isinstance(took, EffectTook)
    if took.judged == "harmful" or not (took.cured or took.eased):
        return None
    verb = "cured what was broken" if took.cured else "made what was broken weaker"
    act = f"began “{_short(played.title_of(took.action))}”, which {verb} at {played.t(entry.at)}"
    return (0 if took.cured else 3), took.by, act, ()


def _relief(played: Played, entry: Entry) -> _Telling | None:
    took = entry.what
    assert isinstance(took, EffectRelieved)
    what = f"“{_short(played.title_of(took.action))}”"
    return 1, took.by, f"began {what}, which brought customers relief at {played.t(entry.at)}", ()


def _cut(played: Played, entry: Entry) -> _Telling | None:
    took = entry.what
    assert isinstance(took, AccessCut)
    what = f"“{_short(played.title_of(took.action))}”"
    did = "shut an intruder out" if took.credentials else "slowed an intruder"
    return 1, took.by, f"began {what}, which {did} at {played.t(entry.at)}", ()


def _hypothesis(played: Played, entry: Entry) -> _Telling | None:
    stated = entry.what
    assert isinstance(stated, HypothesisStated)
    variant = played.brief.scenario.variants.get(played.opened.variant)
    if variant is None or stated.cause != variant.cause:
        return None
    cause = _short(played.title_of(stated.cause))
    return 2, stated.by, f"named the cause, “{cause}”, {stated.confidence} % sure", ()


def _message(_played: Played, entry: Entry) -> _Telling | None:
    sent = entry.what
    assert isinstance(sent, MessageSent)
    if not sent.honest or sent.filled < sent.required or sent.banned:
        return None
    what = sent.use.replace("_", " ")
    promise = ", with a time for the next one" if sent.next_update_s else ""
    fields = f"{sent.filled} of {sent.required} fields filled"
    return 3, sent.by, f"sent a clear {what}: {fields}{promise}", ()


def _declared(_played: Played, entry: Entry) -> _Telling | None:
    declared = entry.what
    assert isinstance(declared, IncidentDeclared | Regraded)
    verb = "declared" if isinstance(declared, IncidentDeclared) else "regraded to"
    return 4, declared.by, f"{verb} {declared.level}", ()


def _acknowledged(played: Played, entry: Entry) -> _Telling | None:
    taken = entry.what
    assert isinstance(taken, PageAcknowledged)
    page = played.situation.pages.get(taken.page)
    waited = entry.at - page.at if page else QUICK_S + 1
    return (6 if waited <= QUICK_S else 9), taken.by, "took the page", ()


def _posted(_played: Played, entry: Entry) -> _Telling | None:
    posted = entry.what
    assert isinstance(posted, FindPosted)
    if not posted.clues:
        return None
    return 5, posted.by, "showed it to everybody", ()


def _simple(
    rank: int, act: Callable[[Played, Entry], tuple[str, str] | None]
) -> Callable[[Played, Entry], _Telling | None]:
    def tell(played: Played, entry: Entry) -> _Telling | None:
        found = act(played, entry)
        return None if found is None else (rank, found[0], found[1], ())

    return tell


def _act(played: Played, entry: Entry) -> tuple[str, str] | None:
    """(person, act) of what needs no looking up."""
    match entry.what:
        case Noted(by=by, text=text, decision=True):
            return by, f"wrote the decision down: “{_short(text)}”"
        case ApprovalAsked(by=by, action=action):
            return by, f"asked before “{_short(played.title_of(action))}”"
        case ApprovalGiven(by=by, action=action):
            return by, f"answered the request for “{_short(played.title_of(action))}”"
        case QuestionAsked(by=by, to=to):
            return by, f"asked {played.who(to)} for help"
        case HandedOver(before=before, role=role, person=person, seized=False):
            return before, f"handed {played.role(role)} to {played.who(person)} aloud"
        case DebtOwned(by=by, owner=owner):
            return by, f"gave what the quick fix left behind an owner, {played.who(owner)}"
        case DutyDeviated(by=by, duty=duty):
            return by, f"left {duty.replace('_', ' ')} aside and said why"
        case ActionStarted(by=by, action=action, allowed=True):
            return by, f"began “{_short(played.title_of(action))}”"
        case Found(by=by, look=look, clues=clues) if clues:
            return by, f"found something telling in “{_short(played.title_of(look))}”"
    return None


_TELLS: Final[Mapping[type, Callable[[Played, Entry], _Telling | None]]] = {
    EffectTook: _effect,
    EffectRelieved: _relief,
    AccessCut: _cut,
    HypothesisStated: _hypothesis,
    MessageSent: _message,
    IncidentDeclared: _declared,
    Regraded: _declared,
    FindPosted: _posted,
    PageAcknowledged: _acknowledged,
    Noted: _simple(4, _act),
    ApprovalAsked: _simple(5, _act),
    ApprovalGiven: _simple(5, _act),
    DebtOwned: _simple(5, _act),
    QuestionAsked: _simple(6, _act),
    HandedOver: _simple(5, _act),
    DutyDeviated: _simple(7, _act),
    Found: _simple(8, _act),
    ActionStarted: _simple(8, _act),
}
"""Who tells of which event; the lower the rank the better it tells."""


def _short(text: str) -> str:
    return clean_line(text, longest=90)
