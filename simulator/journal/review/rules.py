"""Who may say what of a drill after it, and when: the rules of its review.

Rule 1: a refusal is a sentence: what stands in the way, and what can be done instead.
Rule 2: `refusal` needs the chain alone, so that a chain that came from elsewhere is held to the
same rules as one written here; `unfitting` also asks who sat in the drill and what was marked.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from simulator.journal.review.acts import (
    Act,
    Annotated,
    Answered,
    Contested,
    DepartureAccepted,
    MarkAmended,
    Rescored,
    ReviewOpened,
    Sealed,
    Signed,
    TimelineAmended,
    Voided,
    What,
)
from simulator.journal.review.finality import Finality
from simulator.text import did_you_mean

MOST_ACTS: Final = 10_000
FULL: Final = 1000
_UNSIGNED: Final = "nobody has signed this score yet: a facilitator signs it first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the acts of a review speak of: one drill that is over."""

    people: Collection[str]
    """Who sat in it."""
    marks: Mapping[str, int | None]
    """Every mark and what the engine found it earned, in thousandths; None: outside the sums."""
    departures: Collection[str] = ()
    """Duties departed from with a reason and not settled in the drill."""
    seconds: Mapping[int, int] = field(default_factory=dict)
    """Entry -> its second."""


def refusal(now: Finality, act: Act) -> str:
    """Why the act cannot follow, as a sentence; empty where it can."""
    if not now.acts:
        return "" if isinstance(act.what, ReviewOpened) else "no review was opened"
    if act.seq != len(now.acts):
        return f"act {act.seq} cannot follow act {len(now.acts) - 1}"
    if act.at < now.acts[-1].at:
        return "the clock here is behind that of the last act: set it right, then say it again"
    if act.seq >= MOST_ACTS:
        return f"a review holds at most {MOST_ACTS} acts"
    if act.what.wants_words and act.words == "":
        return "say why in a few words (--text)"
    if now.state == "void":
        return "this run is void: it has no score to review, and its journal stays as it is"
    rule = _RULES.get(type(act.what))
    return rule(now, act) if rule else "a review is opened once"


def unfitting(what: What, by: str, subject: Subject, now: Finality) -> str:
    """Why the act does not fit the drill it speaks of; empty where it does."""
    match what:
        case Contested() if by not in subject.people:
            there = ", ".join(sorted(subject.people)) or "nobody"
            return f"{by!r} did not sit in this drill: {there} may object, others may annotate"
        case Annotated(mark=mark) | Contested(mark=mark) if mark not in subject.marks:
            return f"no mark is called {mark!r}; {did_you_mean(mark, subject.marks)}"
        case MarkAmended(mark=mark, was=was):
            if mark not in subject.marks:
                return f"no mark is called {mark!r}; {did_you_mean(mark, subject.marks)}"
            if was != now.amended.get(mark, subject.marks[mark]):
                return f"the mark {mark!r} was not worth that until now"
        case DepartureAccepted(duty=duty) if duty not in subject.departures:
            hint = did_you_mean(duty, subject.departures) or "nobody departed from one"
            return f"no unsettled departure from {duty!r}; {hint}"
        case TimelineAmended(entry=entry, was_s=was_s):
            if entry not in subject.seconds:
                return f"the journal has no entry {entry}; its last is {len(subject.seconds) - 1}"
            if was_s != now.moved.get(entry, subject.seconds[entry]):
                return f"entry {entry} did not stand at second {was_s} until now"
    return ""


def _signed(now: Finality, act: Act) -> str:
    if now.state == "sealed":
        return "this score is sealed; amend it (`gameday review amend`)"
    if any(signature.by == act.by for signature in now.signatures):
        return f"{act.by} has signed already"
    return ""


def _said_in_time(now: Finality, act: Act) -> str:
    if now.state == "provisional":
        return _UNSIGNED
    if now.state == "sealed":
        return "this score is sealed: what is wrong with it is amended by a facilitator now"
    if now.open_until is not None and act.at > now.open_until:
        return "the seven days for notes and objections are over: a facilitator may amend it"
    return ""


def _contested(now: Finality, act: Act) -> str:
    assert isinstance(act.what, Contested)
    same = [
        one.seq
        for one in now.unanswered
        if isinstance(one.what, Contested) and (one.what.mark, one.by) == (act.what.mark, act.by)
    ]
    waits = (
        f"objection {same[0]} of {act.by} to this mark still waits for its answer" if same else ""
    )
    return _said_in_time(now, act) or waits


def _answered(now: Finality, act: Act) -> str:
    assert isinstance(act.what, Answered)
    objection = now.objections.get(act.what.to)
    if objection is None:
        known = ", ".join(str(one.seq) for one in now.unanswered) or "none waits"
        return f"act {act.what.to} is no objection; waiting for an answer: {known}"
    if act.what.to in now.answers:
        return f"objection {act.what.to} has its answer already"
    if objection.by == act.by:
        return "nobody answers their own objection: ask another facilitator"
    return "this score is sealed; amend it" if now.state == "sealed" else ""


def _amended(now: Finality, act: Act) -> str:
    if now.state == "provisional":
        return _UNSIGNED
    match act.what:
        case DepartureAccepted(duty=duty) if duty in now.departures:
            return f"the departure from {duty!r} is accepted already"
        case MarkAmended(was=was, now=worth) if was == worth:
            return "that is what the mark is worth already"
        case MarkAmended(mark=mark, was=was) if was != now.amended.get(mark, was):
            return f"the mark {mark!r} was not worth that until now"
        case MarkAmended(now=worth) if worth is not None and worth > FULL:
            return "a mark earns 0 to 100 %"
        case TimelineAmended(was_s=was, now_s=second) if was == second:
            return "that is the second it stands at already"
        case TimelineAmended(entry=entry, was_s=was) if was != now.moved.get(entry, was):
            return f"entry {entry} did not stand at second {was} until now"
    return ""


def _sealed(now: Finality, act: Act) -> str:
    if now.state == "provisional":
        return _UNSIGNED
    if now.state == "sealed":
        return "this score is sealed already"
    if now.unanswered and now.open_until is not None and act.at <= now.open_until:
        waiting = ", ".join(str(one.seq) for one in now.unanswered)
        return f"objections wait for an answer: {waiting}; answer them, or wait out the seven days"
    return ""


def _rescored(now: Finality, act: Act) -> str:
    assert isinstance(act.what, Rescored)
    if any(kept.rubric == act.what.rubric for kept in now.totals):
        return "it was scored under this rubric already"
    return ""


def _voided(now: Finality, _act: Act) -> str:
    return "this score is sealed; amend it" if now.state == "sealed" else ""


_RULES: Final[Mapping[type[What], Callable[[Finality, Act], str]]] = {
    Signed: _signed,
    Annotated: _said_in_time,
    Contested: _contested,
    Answered: _answered,
    DepartureAccepted: _amended,
    MarkAmended: _amended,
    TimelineAmended: _amended,
    Sealed: _sealed,
    Rescored: _rescored,
    Voided: _voided,
}
