"""What cures a named cause, step by step, and whom to ask on the way.

Rule 1: the sealed remedy of a cause is opened only once that cause was named; in a hurry, some
follow the runbook the page names before that (`lapses`).
Rule 2: the next step is the first undone one whose condition holds on found facts; a step under
way is waited for; a step that waits for a fact makes people look for that fact.
"""

from collections.abc import Iterator
from typing import Final

from simulator.brief.authority import authority
from simulator.brief.conditions import names
from simulator.brief.scenario.deeds import Action
from simulator.brief.scenario.trouble import RemedyStep
from simulator.brief.vocabulary import ROLES
from simulator.clock import said
from simulator.journal.commands.talk import AskApproval, Delegate, Note
from simulator.journal.commands.work import Hypothesise, Look, Mitigate
from simulator.responders.evidence import before_acting, before_naming, price, waited_until
from simulator.responders.lapses import hurried, rushes, works_again
from simulator.responders.mind import Mind
from simulator.responders.permission import Leave, approvers, leave
from simulator.responders.reading import NOT_KNOWN, likeliest
from simulator.responders.steps import MOST_TRIES, waits_for
from simulator.responders.wish import Wish, key_of

TELLING: Final = 5
"""A look worth less is not waited for before the likeliest cause is named."""
ASKS_AGAIN_S: Final = 120
SPEAKS_FOR_S: Final = 480
"""So long a note about a decision speaks for what is done next."""
RETRY_S: Final = 60


def naming(mind: Mind) -> Iterator[Wish]:
    """Naming the cause, once it is believed or there is nothing left to look at."""
    if not mind.acts or mind.picture.incident is None or mind.named:
        return
    cause, share = likeliest(mind.beliefs)
    works = works_again(mind)
    unseen = any(
        look.worth >= TELLING
        and name not in mind.memory.begun
        and f"look:{name}" not in mind.memory.barred
        for name, look in mind.brief.scenario.looks.items()
    )
    enough = 1.5 / max(2, len(mind.beliefs))
    guesses = not unseen and not works  # only who still needs a way out follows a guess
    if share >= mind.habits.trust or (guesses and share > enough):
        if look := before_naming(mind, cause):
            yield Wish(order=Look(look=look), kind="name", ready_at=_again(mind, look))
            return
        order = Hypothesise(cause=cause, confidence=round(100 * share))
        yield Wish(order=order, kind="name")
    elif (works or not unseen) and mind.memory.finds and not unknown_cause(mind):
        yield Wish(order=Hypothesise(cause=NOT_KNOWN, confidence=50), kind="name")


def unknown_cause(mind: Mind) -> bool:
    """Whether people have said last that they do not know what it is."""
    stated = mind.picture.deeds.get("hypothesise", ())
    return bool(stated) and stated[-1].item == NOT_KNOWN


def acting(mind: Mind) -> Iterator[Wish]:
    """The next step of the remedy of the cause that was named."""
    if not mind.acts:
        return
    if mind.named:
        step = mind.progress.next_step(mind.named)
        if step is not None:
            yield from taking(mind, step.do)
        elif undo := undoing(mind):
            yield from taking(mind, undo)
        yield from _insuring(mind)
        if mind.habits.plans_ahead:
            yield from _ahead(mind)
    elif mind.picture.incident is not None and rushes(mind):
        if name := hurried(mind):
            yield from taking(mind, name)
    elif mind.manner.eases_first and mind.memory.finds:
        yield from _easing(mind)


def awaited(mind: Mind) -> tuple[str, ...]:
    """Looks that may show what a step of the named remedy still waits for."""
    scenario, progress = mind.brief.scenario, mind.progress
    remedy = progress.remedy(mind.named)
    if any(progress.under_way(step.do) and not step.optional for step in remedy):
        return ()
    looks: list[str] = []
    for step in remedy:
        if step.when is None or not progress.is_open(step) or progress.may(step, mind.named):
            continue
        for name in names(step.when):
            kind, _, item = name.text.partition(".")
            if kind == "found" and item in scenario.clues:
                looks.extend(scenario.clues[item].looks)
            looks.extend(look for look, terms in scenario.looks.items() if name.text in terms.facts)
    return tuple(look for look in dict.fromkeys(looks) if look in scenario.looks)


def remedy_done(mind: Mind) -> bool:
    """Whether a cause is named, nothing of its remedy is left, and nothing else is to be undone."""
    return bool(mind.named) and mind.is_remedied and not undoing(mind)


def undoing(mind: Mind) -> str:
    """What takes back a measure that was taken beside the remedy of the named cause; else empty."""
    if not mind.is_remedied:
        return ""
    actions = mind.brief.scenario.actions
    part = {step.do for step in mind.progress.remedy(mind.named)}
    for name, ended in mind.memory.finished.items():
        undo = actions[name].undo if name in actions else ""
        open_debt = any(d.action == name and not d.settled for d in mind.picture.debts.values())
        if name in part or undo not in actions or not open_debt:
            continue
        if (
            mind.memory.failed.get(undo, 0) < MOST_TRIES
            and mind.memory.finished.get(undo, -1) < ended
        ):
            return undo
    return ""


def taking(mind: Mind, name: str) -> Iterator[Wish]:
    """The action itself, or the asking for it where the plan wants that."""
    action = mind.brief.scenario.actions[name]
    stands = _stands(mind, name, action)
    retry = mind.memory.finished.get(name, -RETRY_S) + RETRY_S if name in mind.memory.failed else 0
    if stands.state != "wait" and (look := before_acting(mind, name)):
        yield Wish(order=Look(look=look), kind="act", ready_at=_again(mind, look))
        return
    if stands.state == "ask" and _goes_ahead(mind, name, stands.of):
        yield Wish(order=Mitigate(action=name, anyway=True), kind="act", ready_at=retry)
        return
    match stands.state:
        case "free" | "given":
            act = Mitigate(action=name, approval=stands.request)
            yield Wish(order=act, kind="act", ready_at=retry)
            yield from _decision(mind, name, action)
        case "ask":
            yield Wish(order=_request(mind, name, action, stands), kind="act", ready_at=retry)
        case "refused":
            fresh = any(seen.at > stands.at for seen in mind.memory.finds)
            ready = stands.at if fresh else stands.at + ASKS_AGAIN_S
            order = _request(mind, name, action, stands)
            yield Wish(order=order, kind="act", ready_at=max(retry, ready))


def _again(mind: Mind, look: str) -> int:
    """The second from which a look that showed nothing is worth taking once more."""
    return mind.memory.begun.get(look, (-RETRY_S, ""))[0] + RETRY_S


def _goes_ahead(mind: Mind, name: str, of: str) -> bool:
    """Whether whoever acts in a hurry does not wait for leave: nobody to ask, or not thought of."""
    if mind.named or not mind.habits.rushes:
        return False
    return of not in mind.here or mind.lapses("guard", mind.habits.skips_gate, f"leave:{name}")


def _stands(mind: Mind, name: str, action: Action) -> Leave:
    """How leave stands; what was granted before a wait was over is asked for afresh."""
    stands = leave(mind, name, approvers(mind, action))
    since = waited_until(mind, name) if stands.state in ("given", "wait") else 0
    if not since:
        return stands
    told = [(r, a) for r, a in mind.picture.talk.approvals.items() if a.action == name]
    request, last = told[-1]
    if last.at < since:
        return Leave(state="ask", of=last.of)
    return Leave(
        state="given" if last.state == "given" else stands.state,
        request=request,
        of=last.of,
        at=last.at,
    )


def _request(mind: Mind, name: str, action: Action, stands: Leave) -> AskApproval:
    """Leave asked for as one should: why, what may go wrong, how it is taken back."""
    cause, share = mind.named, mind.beliefs.get(mind.named, 0.0)
    why = mind.brief.scenario.causes.get(cause, cause or NOT_KNOWN)
    takes = said(round((action.takes.low_s + action.takes.high_s) / 2))
    risk = "cannot be undone" if action.irreversible else "can be undone"
    back = action.undo or ("none" if action.irreversible else "stop and put it back as it was")
    return AskApproval(
        action=name,
        reason=f"We believe {round(100 * share)} %: {why}",
        risk=f"{action.title} takes about {takes} and {risk}. {price(mind, name)}",
        way_back=f"Way back: {back}",
        of=stands.of,
    )


def _decision(mind: Mind, name: str, action: Action) -> Iterator[Wish]:
    """A line in the log before a way is taken, and before what cannot be undone."""
    incident, known = mind.picture.incident, mind.brief.scenario.causes
    if incident is None or name in mind.memory.started:
        return
    if mind.skips("misses", mind.habits.misses, f"note:{name}"):
        return
    why = known.get(mind.named)
    eases = f"{action.title}, because it eases what customers feel"
    texts = [f"Decision: we work on: {why}" if why else f"Decision: {eases}"]
    if action.irreversible:
        texts.append(f"Decision: {action.title}; it cannot be undone")
    told = mind.picture.deeds.get("decision", ())
    if told and mind.now - told[-1].at > SPEAKS_FOR_S:
        texts.append(f"Decision: next, {action.title}")
    for text in texts:
        if not mind.memory.times(f"note:{text}"):
            yield Wish(order=Note(text=text, decision=True), kind="decision", pace="quick")
            return


def _ahead(mind: Mind) -> Iterator[Wish]:
    """Leave for later steps, asked for while the first ones are under way.

    What a wait was for is asked for before anything else once the wait is over.
    """
    actions = mind.brief.scenario.actions
    for step in mind.progress.remedy(mind.named):
        if step.optional or not mind.progress.is_open(step) or mind.progress.under_way(step.do):
            continue
        action = actions[step.do]
        stands = _stands(mind, step.do, action)
        if stands.state != "ask" or (action.irreversible and _waits(mind, step)):
            continue
        kind = "decision" if waited_until(mind, step.do) else "ahead"
        if look := before_acting(mind, step.do):
            yield Wish(order=Look(look=look), kind=kind, ready_at=_again(mind, look))
        else:
            yield Wish(order=_request(mind, step.do, action, stands), kind=kind)
        return


def _waits(mind: Mind, step: RemedyStep) -> bool:
    """Whether a step comes after a wait that is not over, after which its price is another."""
    actions, finished = mind.brief.scenario.actions, mind.memory.finished
    before = waits_for(step)
    return any(actions[one].kind == "evidence" and one not in finished for one in before)


def _insuring(mind: Mind) -> Iterator[Wish]:
    """An optional step that would hold one's terminal: given to somebody free who may do it."""
    scenario, plan = mind.brief.scenario, mind.brief.plan
    for step in mind.progress.remedy(mind.named):
        action = scenario.actions[step.do]
        if not (step.optional and action.holds_terminal and mind.progress.is_open(step)):
            continue
        if step.do in mind.memory.started or not mind.progress.may(step, mind.named):
            continue
        for person in sorted(mind.here - {mind.person}):
            roles = tuple(role for role in ROLES if mind.picture.holder(role) == person)
            order = Delegate(person=person, what="mitigate", order={"action": step.do})
            free = mind.picture.busy(person) is None and person in mind.terminals
            if free and authority(plan, roles, action).allowed:
                if not mind.memory.times(key_of(order)):
                    yield Wish(order=order, kind="ahead")
                return


def _easing(mind: Mind) -> Iterator[Wish]:
    """A reversible action of one's own authority that most likely causes begin with."""
    scenario = mind.brief.scenario
    weight: dict[str, float] = {}
    for variant in scenario.variants.values():
        for step in variant.remedy:
            if step.when is None:
                weight[step.do] = weight.get(step.do, 0.0) + variant.weight
    whole = sum(variant.weight for variant in scenario.variants.values())
    name = max(weight, key=lambda one: weight[one], default="")
    if not name or weight[name] < whole / 2 or name in mind.memory.started:
        return
    action = scenario.actions[name]
    if not action.irreversible and not approvers(mind, action):
        yield Wish(order=Mitigate(action=name), kind="act")
