"""Free text of messages: what was seen, what is done about it, what readers should know.

Rule 1: each field has a sentence of its own by its name; what none is known for tells what was
seen last and what is being done.
"""

from collections.abc import Iterator
from typing import Final

from simulator.brief.plan.words import Template
from simulator.brief.scenario.sight import AlertRule
from simulator.clock import MINUTE, said
from simulator.responders.impact import ahead, clock, is_over, losses, settled_at
from simulator.responders.mind import Mind
from simulator.responders.outcomes import WRITING_S, done, outcomes, under_way
from simulator.responders.span import lasted_s, over_at, since_when, until

LAST_PROMISE_S: Final = 30 * MINUTE
OUTSIDE: Final = ("customers", "public")
_GRADES: Final = ("critical", "major", "minor", "none")


def phrase(mind: Mind, template: Template, name: str) -> str:
    """Free text by the name of its field; empty where there is nothing to say."""
    for part in (_about_it, _about_steps, _to_readers):
        if (text := part(mind, template, name)) is not None:
            return text
    return "; ".join(t for t in (evidence(mind), doing(mind)) if t)


def gap_s(mind: Mind, audience: str = "internal") -> int:
    """How long until these readers are due the next word: the plan's cadence for them."""
    verb = "updates" if audience == "internal" else "status_page_updates"
    incident = mind.picture.incident
    watching = incident is not None and incident.status == "monitoring"
    for rule in mind.brief.plan.duties.values():
        if rule.does == verb and mind.level in rule.every:
            slower = rule.every_watching if watching else {}
            return slower.get(mind.level) or rule.every[mind.level]
    return LAST_PROMISE_S


def next_word_at(mind: Mind, template: Template) -> int:
    """The second the next word is promised for, at a full minute."""
    at = mind.now + WRITING_S + gap_s(mind, template.audience)
    return at + (-at) % MINUTE


def alerting(mind: Mind) -> Iterator[AlertRule]:
    """The rules of the alerts that belong to it: those that page first, the oldest first."""
    rules = mind.brief.scenario.alerts
    fired = [(not rules[name].page, at, name) for at, name in mind.memory.alerts if name in rules]
    for _, _, alert in sorted(fired):
        if not rules[alert].unrelated:
            yield rules[alert]


def service(mind: Mind, *, outside: bool) -> str:
    """What the first alert was about; to the outside whose service it is."""
    scenario = mind.brief.scenario
    if outside and scenario.organisation:
        return f"the service of {scenario.organisation}"
    services = scenario.system.services
    name = next((r.service for r in alerting(mind) if r.service), next(iter(services)))
    return services[name].title or name


def runbook(mind: Mind) -> str:
    """The runbook the alerts name, else the first there is; empty where there is none."""
    written = [rule.runbook for rule in alerting(mind) if rule.runbook]
    return next(iter((*written, *mind.brief.scenario.runbooks)), "")


def next_steps(mind: Mind, *, outside: bool) -> str:
    """What is still to be done, from what temporary measures left behind."""
    if outside:
        return "We review how this could happen and say what we change."
    left = [
        f"put right: {d.says.rstrip('.')}" for d in mind.picture.debts.values() if not d.settled
    ]
    return "; ".join((*left[:3], "a review of how this could happen"))


def evidence(mind: Mind) -> str:
    """What speaks for how it stands: once it works again, what was looked at since."""
    back = settled_at(mind)
    if back is None:
        return seen(mind)
    scenario = mind.brief.scenario
    later = [f.look for f in mind.memory.finds if f.at >= back and f.look in scenario.looks]
    titles = [scenario.looks[look].title for look in dict.fromkeys(later)]
    return f"looked at since it works again: {'; '.join(titles[-3:])}" if titles else ""


def seen(mind: Mind) -> str:
    """What was seen that speaks for the named cause, else the last thing anybody looked at."""
    scenario, known = mind.brief.scenario, mind.picture.known.clues
    clues = [
        scenario.clues[c] for c in sorted(known, key=lambda c: known[c]) if c in scenario.clues
    ]
    telling = [c for c in clues if not mind.named or c.reads.get(mind.named, 1.0) > 1]
    said_of = [c.shows for c in telling if "$" not in c.shows]
    if said_of:
        return " ".join(said_of[-2:])
    titles = [scenario.looks[f.look].title for f in mind.memory.finds if f.look in scenario.looks]
    return f"last checked: {titles[-1]}" if titles else ""


def _about_it(mind: Mind, template: Template, name: str) -> str | None:
    """What the incident is."""
    incident, outside = mind.picture.incident, template.audience in OUTSIDE
    match name:
        case "id" | "ticket":
            return incident.id if incident else ""
        case "title" | "name" | "incidents" | "active":
            return incident.title if incident else ""
        case "service" | "components" | "features":
            return service(mind, outside=outside)
        case "impact_grade":
            return _GRADES[min(mind.brief.plan.ordered().index(mind.level), len(_GRADES) - 1)]
        case "summary":
            return _summary(mind)
        case "affected":
            return _affected(mind)
        case "evidence" | "findings":
            return evidence(mind)
        case "hypothesis" | "challenges" | "open":
            known = mind.brief.scenario.causes.get(mind.named, "")
            return f"we take it for: {known}" if known else "the cause is not known yet"
    return None


def _about_steps(mind: Mind, template: Template, name: str) -> str | None:
    """What is done about it, how risky that is, and what comes next."""
    outside = template.audience in OUTSIDE
    match name:
        case "method" if written := runbook(mind):
            return f"by the runbook {written}"
        case "actions" | "resolution" | "method":
            ended = template.use in ("resolution", "customer_resolution")
            return doing(mind, ended=ended, outside=outside)
        case "next-steps" | "next_steps" | "prevention" | "lessons":
            return next_steps(mind, outside=outside)
        case "risk":
            hard = _cannot_be_undone(mind)
            return f"cannot be undone: {'; '.join(hard)}" if hard else "it can be taken back"
        case "way_back":
            return _way_back(mind)
        case "watching" | "watch":
            return _watched(mind)
        case "asked" | "asks" | "needed":
            return f"come and help: {doing(mind)}"
    return None


def _cannot_be_undone(mind: Mind) -> list[str]:
    """Titles of what was begun and has no way back; a run that failed changed nothing."""
    actions, deeds = mind.brief.scenario.actions, mind.picture.deeds
    begun = (n for n in mind.memory.started if n in actions and actions[n].irreversible)
    return [actions[n].title for n in begun if f"done:{n}" in deeds or mind.progress.under_way(n)]


def _way_back(mind: Mind) -> str:
    """How the newest step is taken back; none once one was taken that cannot be."""
    actions = mind.brief.scenario.actions
    begun = [n for n in mind.memory.started if n in actions and actions[n].kind != "evidence"]
    if not begun:
        return "nothing was changed yet"
    action = actions[max(begun, key=lambda name: mind.memory.started[name][0])]
    hard = _cannot_be_undone(mind)
    if action.title in hard:
        return "none: it has to be carried through"
    if hard:
        return f"none: {'; '.join(hard)} cannot be undone and has to be carried through"
    undone = actions[action.undo].title if action.undo in actions else ""
    return undone or "stop, and put it back as it was"


def _watched(mind: Mind) -> str:
    """What has to be seen before it is called over: what was, and what was not yet."""
    shown = [p.gate.says for p in mind.proofs if p.passed and p.shown_at is not None]
    open_ = [p.gate.says for p in mind.proofs if p.gate.says not in shown]
    parts = (("seen", shown), ("to be seen yet", open_))
    return "; ".join(f"{what}: {', '.join(says)}" for what, says in parts if says)


def _to_readers(mind: Mind, template: Template, name: str) -> str | None:
    """What is said to people outside."""
    match name:
        case "apology":
            return "We are sorry for the trouble this has caused."
        case "support" | "contact":
            return "Write to support if it still fails for you."
        case "what_to_do" | "workaround":
            return "Try again now." if is_over(mind) else "Try again later; nothing else is needed."
        case "what_to_say" | "answers":
            if is_over(mind):
                return "It works again; a review follows."
            at = ahead(mind.brief, next_word_at(mind, template), mind.now)
            return f"We know and work on it; more at {at}."
        case "no_action":
            return "Nothing is asked of the readers."
        case "confidential":
            return "For the people named here only."
    return None


def _affected(mind: Mind) -> str:
    """Whom it hit, and when."""
    ends, began = over_at(mind), since_when(mind)
    span = f"since {began}" if ends is None else f"between {began} and {clock(mind.brief, ends)}"
    return f"everybody who used {service(mind, outside=True)} {span}"


def _summary(mind: Mind) -> str:
    """One sentence of what happened and how it stands."""
    incident = mind.picture.incident
    title = (incident.title if incident else "") or mind.brief.scenario.title
    ends = until(mind)
    if is_over(mind) and ends is not None:
        back = f"it works again since {clock(mind.brief, ends)}, after {said(lasted_s(mind))}"
        return "; ".join((title, back, *losses(mind)))
    return f"{title}; {doing(mind)}"


def doing(mind: Mind, *, ended: bool = False, outside: bool = False) -> str:
    """What was done and is being done, by title; once it ended, all that changed something."""
    actions = mind.brief.scenario.actions
    if ended or is_over(mind):
        checks = {one.title for one in actions.values() if one.kind == "evidence"}
        changed = [title for title in done(mind) if title not in checks]
        return "; ".join(changed) or "it was watched until it was well again"
    running = under_way(mind)
    parts = [text for _, text in outcomes(mind, outside=outside)[-2:]]
    parts += [f"under way: {title}" for title in running[-1:]]
    return "; ".join(parts) or _prepared(mind)


def _prepared(mind: Mind) -> str:
    """What people are at before anything was done: the leave for it, the cure, or the cause."""
    actions = mind.brief.scenario.actions
    asked = [one for one in mind.picture.talk.approvals.values() if one.action in actions]
    if asked and asked[-1].state == "given":
        return f"agreed, about to begin: {actions[asked[-1].action].title}"
    if asked and asked[-1].state == "asked":
        return f"leave is asked for: {actions[asked[-1].action].title}"
    return "preparing what cures it" if mind.named else "looking for the cause"
