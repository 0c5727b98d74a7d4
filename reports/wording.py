"""What happened, in a report's words: no ids, figures with their units, nothing said twice.

Rule 1: a report is read by people who were not there; where the journal's own sentence names a
page, a debt or an alert by its id, the sentence here names what it is about.
Rule 2: events told well already keep the journal's sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from reports.played import Played
from simulator.journal.entry import Entry
from simulator.journal.events import exercise, incident, paging, room, talk, work, world
from simulator.journal.narration import narrate
from simulator.journal.units import natural
from simulator.text import clean_line

LONGEST: Final = 220
SHORT: Final = 120
ENDS: Final[Mapping[str, str]] = {
    "closed": "the incident was closed and its follow-up done",
    "limit": "the time set for it was over",
    "stood_down": "the response was stood down",
    "stopped": "it was stopped",
    "real_emergency": "somebody had a real emergency",
    "fault": "the engine had a fault",
    "exercise_over": "everything it asked for was settled",
}
"""Why a drill ended; other reasons say themselves."""
SENDS: Final[Mapping[str, str]] = {
    "declaration": "announces the incident",
    "update": "sends an update",
    "resolution": "announces that it is resolved",
    "status_page": "writes on the status page",
    "customer_notice": "tells the customers",
    "customer_resolution": "tells the customers that it is over",
    "escalation": "escalates",
    "stakeholder": "informs the stakeholders",
    "social": "posts in public",
    "report": "sends the report",
}
"""What sending each kind of message is called."""
WHY_PAGED: Final[Mapping[str, str]] = {
    "no_ack": " because nobody had taken it",
    "unresolved": " because it lasts",
}


def sentence(played: Played, entry: Entry) -> str:
    """The one sentence of an entry, with roles for people, cleaned and on one line."""
    tell = _THEMES.get(type(entry.what).__module__)
    says = tell(played, entry.what) if tell else ""
    return clean_line(says or narrate(entry, None, played.told_as), longest=LONGEST)


def ended(reason: str) -> str:
    """Why a drill ended, as people say it."""
    return ENDS.get(reason, reason.replace("_", " "))


def title(text: str, *, longest: int = SHORT) -> str:
    """What something is called, in quotation marks."""
    return f"“{clean_line(text, longest=longest)}”"


def facts(values: Mapping[str, Any]) -> str:
    """What a look showed, as people say it: `97 % of requests lost, p95 185 ms, edge down`."""
    known = [name for name in _FACTS if name in values]
    others = sorted(set(values) - set(known))
    wanted = [name for name in (*known, *others) if name != "p95_ratio" or "p95_ms" not in values]
    return ", ".join(_fact(name, natural(name, values[name])) for name in wanted)


def counted(number: int, noun: str) -> str:
    """`1 act`, `2 acts`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _fact(name: str, value: Any) -> str:
    if name in _FACTS and isinstance(value, int | float):
        return _FACTS[name](value)
    if name == "service_down":
        return f"{', '.join(map(str, value))} down" if value else "no service down"
    words = name.replace("_", " ")
    return f"{words} {value:g}" if isinstance(value, float) else f"{words} {value}"


_FACTS: Final[Mapping[str, Callable[[float], str]]] = {
    "errors": lambda v: f"{100 * v:.3g} % of requests lost",
    "p95_ms": lambda v: f"p95 {v:,.0f} ms",
    "p95_ratio": lambda v: f"p95 {v:.3g} times its normal",
    "saturation": lambda v: f"fullest service {100 * v:.3g} % used",
    "traffic_share": lambda v: f"{100 * v:.3g} % of traffic affected",
    "user_share": lambda v: f"{100 * v:.3g} % of users hit",
    "users": lambda v: f"{counted(int(v), 'user')} hit",
    "budget": lambda v: f"{100 * v:.3g} % of the error budget left",
    "revenue_per_h": lambda v: f"${v:,.0f} lost an hour",
    "alerts": lambda v: counted(int(v), "alert"),
    "tickets": lambda v: counted(int(v), "new ticket"),
}


def _room(_played: Played, what: object) -> str:
    match what:
        case room.DrillEnded(reason=reason):
            return f"the drill ends: {ended(reason)}"
    return ""


def _paging(played: Played, what: object) -> str:
    who = played.who
    match what:
        case paging.Paged(to=to, why=why, by=by, summary=summary):
            called = f" by {who(by)}" if why == "called" and by else WHY_PAGED.get(why, "")
            return f"{who(to)} is paged{called}{_after(summary)}"
        case paging.PageJoined(summary=summary):
            return f"another alert joins the page{_after(summary)}"
        case paging.PageAcknowledged(page=page, by=by):
            return f"{who(by)} takes {_page(played, page)}"
        case paging.PageDismissed(page=page, by=by, reason=reason):
            return f"{who(by)} dismisses {_page(played, page)}{_after(reason)}"
    return ""


def _incident(played: Played, what: object) -> str:
    who = played.who
    match what:
        case incident.PageMerged(page=page, by=by):
            return f"{who(by)} puts {_page(played, page)} with the incident"
        case incident.DebtOwned(debt=debt, owner=owner, by=by):
            return f"{who(by)} gives {who(owner)} what was left to put right{_debt(played, debt)}"
        case incident.IncidentResolved(by=by, gates_open=names) if names:
            return f"{who(by)} says it is resolved, without proof of {_gates(played, names)}"
    return ""


def _talk(played: Played, what: object) -> str:
    who = played.who
    match what:
        case talk.MessageSent(by=by, use=use, text=text, next_update_s=until):
            act = SENDS.get(use, f"sends a message ({use.replace('_', ' ')})")
            promise = " and says when the next word comes" if until else ""
            return f"{who(by)} {act}{promise}{_after(text)}"
        case talk.QuestionAnswered(by=by, to=to, text=text, sure=0):
            return f"{who(by)} answers {who(to)}{_after(text)}"
        case talk.ApprovalAsked(by=by, of=of, action=action):
            return f"{who(by)} asks {who(of)} to approve {title(played.title_of(action))}"
        case talk.ApprovalGiven(by=by, to=to, action=action):
            return f"{who(by)} approves {title(played.title_of(action))} for {who(to)}"
        case talk.ApprovalLapsed(request=request, of=of):
            asked = played.situation.talk.approvals.get(request)
            about = f" about {title(played.title_of(asked.action))}" if asked else ""
            return f"{who(of)} gives no answer{about}"
    return ""


def _work(played: Played, what: object) -> str:
    who = played.who
    match what:
        case work.Found(by=by, look=look, line=line, facts=values):
            seen = facts(values)
            return f"{who(by)} sees {title(played.title_of(look) if look else line)}{_after(seen)}"
        case work.FindPosted(by=by, look=look, facts=values):
            seen = facts(values)
            return f"{who(by)} shows everybody {title(played.title_of(look))}{_after(seen)}"
        case work.ActionStarted(by=by, action=action, allowed=allowed):
            leave = "" if allowed else ", without the approval the plan asks for"
            return f"{who(by)} starts {title(played.title_of(action))}{leave}"
        case work.ActionFinished(action=action, says=says, failed=failed):
            how = "stops with an error" if failed else "ends"
            return f"{title(played.title_of(action))} {how}{_after(says)}"
    return ""


def _world(played: Played, what: object) -> str:
    match what:
        case world.AlertFired(summary=summary, severity=severity):
            return f"the alert {title(summary)} fires ({severity})"
        case world.AlertResolved(alert=alert):
            rule = played.brief.scenario.alerts.get(alert)
            return f"the alert {title(rule.summary if rule else alert)} clears"
        case world.FaultBegan(fault=fault):
            return f"{_fault(played, fault)} begins"
        case world.FaultCured(fault=fault, by_action=action):
            by = f", by {title(played.title_of(action))}" if action else ""
            return f"{_fault(played, fault)} is over{by}"
        case world.EffectTook():
            return f"{title(played.title_of(what.action))} {_effect(played, what)}"
        case world.EffectRelieved(action=action):
            return f"{title(played.title_of(action))} brings customers relief"
        case world.AccessCut(action=action, credentials=cut):
            did = f"takes {', '.join(cut)} from the intruder" if cut else "slows the intruder"
            return f"{title(played.title_of(action))} {did}"
        case world.IntruderActed(step=step, says=says):
            return f"the intruder acts: {says or step.replace('-', ' ')}"
        case world.DebtOpened(action=action, says=says):
            return f"{title(played.title_of(action))} leaves something to put right{_after(says)}"
        case world.DebtSettled(debt=debt):
            return f"what was left to put right is done{_debt(played, debt)}"
    return ""


def _exercise(played: Played, what: object) -> str:
    items = played.brief.scenario.items
    match what:
        case exercise.ItemOpened(item=item) if item in items:
            return f"the exercise asks for {title(items[item].title)}"
        case exercise.ItemDecided(item=item, choice=choice, by=by) if item in items:
            answer = items[item].choices.get(choice, choice)
            return f"{played.who(by)} decides on {title(items[item].title)}: {title(answer)}"
        case exercise.ItemDone(item=item, by=by) if item in items:
            who = f", by {played.who(by)}" if by else ""
            return f"{title(items[item].title)} is done{who}"
    return ""


_THEMES: Final[Mapping[str, Callable[[Played, object], str]]] = {
    room.__name__: _room,
    paging.__name__: _paging,
    incident.__name__: _incident,
    talk.__name__: _talk,
    work.__name__: _work,
    world.__name__: _world,
    exercise.__name__: _exercise,
}


def _effect(played: Played, took: world.EffectTook) -> str:
    did = (("cures", took.cured), ("weakens", took.eased), ("sets off", took.started))
    parts = [
        f"{verb} {', '.join(_fault(played, one) for one in what)}" for verb, what in did if what
    ]
    return " and ".join(parts) or "is done; no fault is gone or weaker by it"


def _page(played: Played, page: str) -> str:
    """The page itself; which one, where there were several."""
    pages = played.situation.pages
    return (
        f"the page {title(pages[page].summary)}" if page in pages and len(pages) > 1 else "the page"
    )


def _debt(played: Played, debt: str) -> str:
    known = played.situation.debts.get(debt)
    return _after(known.says) if known else ""


def _fault(played: Played, fault: str) -> str:
    known = played.brief.scenario.faults.get(fault)
    return title(known.title if known else fault)


def _gates(played: Played, names: Sequence[str]) -> str:
    gates = played.brief.plan.gates
    return ", ".join(title(gates[n].says if n in gates else n.replace("_", " ")) for n in names)


def _after(text: str) -> str:
    """A text at the end of a sentence, cut at a word where it is long; nothing for none."""
    whole = clean_line(text)
    if len(whole) > SHORT:
        whole = f"{whole[:SHORT].rpartition(' ')[0] or whole[:SHORT]} …"
    return f": {whole}" if whole.strip() else ""
