"""What has to be seen before a cause is named or a step is taken, and what was seen of its price.

Rule 1: a cause is named only after a look at each object its sharpest clues are about.
Rule 2: a step is ordered, or asked for, only after a look at what it changes, where a clue about
that speaks for the named cause; before what cannot be undone the last word of customers counts too.
Rule 3: whoever skips guards skips these looks as well, each for itself, until leave is refused.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from simulator.brief.conditions import names
from simulator.brief.scenario.deeds import Action
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.sight import Clue
from simulator.clock import said
from simulator.responders.mind import Mind
from simulator.responders.steps import waits_for

SHARP: Final = 0.5
"""A clue at least so strong as this share of a cause's strongest is about its object."""
SPEAKS: Final = 2.0
"""From this weight on a clue speaks for a cause."""


def before_naming(mind: Mind, cause: str) -> str:
    """The look still owed before this cause is named; empty for none."""
    if mind.lapses("guard", mind.habits.skips_gate, f"see:{cause}"):
        return ""
    groups = _objects(mind.brief.scenario, cause)
    return next((look for group in groups if (look := _unseen(mind, group))), "")


def before_acting(mind: Mind, name: str) -> str:
    """The look still owed before this action is taken or asked for; empty for none."""
    if not mind.named:
        return ""
    skips = mind.lapses("guard", mind.habits.skips_gate, f"see:{name}")
    if skips and not was_refused(mind, name):
        return ""
    scenario = mind.brief.scenario
    action = scenario.actions[name]
    about = [look for clue in _about(scenario, action, mind.named) for look in clue.looks]
    owed = _unseen(mind, about)
    if not owed and action.irreversible:
        owed = next((o for look in _prices(scenario, name) if (o := _unseen(mind, [look]))), "")
    return owed


def was_refused(mind: Mind, name: str) -> bool:
    """Whether leave for this action was refused before, with what was wanting."""
    told = mind.picture.talk.approvals.values()
    return any(one.action == name and one.state == "refused" for one in told)


def waited_until(mind: Mind, name: str) -> int:
    """The second the waiting before a step ended; what was seen and granted earlier is stale."""
    actions = mind.brief.scenario.actions
    if not actions[name].irreversible:
        return 0
    step = next((s for s in mind.progress.remedy(mind.named) if s.do == name), None)
    waits = waits_for(step) if step else ()
    finished = mind.memory.finished
    return max((finished.get(w, 0) for w in waits if actions[w].kind == "evidence"), default=0)


def price(mind: Mind, name: str) -> str:
    """What was seen of the loss, and how long it takes until all that follows is done.

    After a wait that is what the waiting showed in the end.
    """
    scenario, since = mind.brief.scenario, waited_until(mind, name)
    wanted = {one for one, _ in _asked(scenario, name)}
    clues = dict.fromkeys(clue for find in mind.memory.finds for clue in find.clues)
    told = [scenario.clues[one].shows for one in clues if one in wanted]
    ended = [one for one, at in mind.memory.finished.items() if since and at == since]
    told = [text for one in ended if (text := mind.memory.says.get(one))] or told
    loss = " ".join(told) or ("not known yet" if wanted else "none that we know of")
    return f"Loss: {loss.rstrip('.')}. It takes about {said(_left_s(mind))} until all is back."


def _left_s(mind: Mind) -> int:
    """How long the rest of the named remedy takes, by the middle of each range."""
    actions = mind.brief.scenario.actions
    left = (s.do for s in mind.progress.remedy(mind.named) if mind.progress.is_open(s))
    return round(sum((actions[n].takes.low_s + actions[n].takes.high_s) / 2 for n in left))


def _objects(scenario: Scenario, cause: str) -> Iterator[tuple[str, ...]]:
    """For each service the sharp clues of a cause are about, the looks of the sharpest."""
    fit = [clue for clue in scenario.clues.values() if clue.reads.get(cause, 1.0) > 1.0]
    top = max((clue.reads[cause] for clue in fit), default=0.0)
    told: set[str] = set()
    for clue in sorted(fit, key=lambda one: -one.reads[cause]):
        looks = tuple(look for look in clue.looks if look in scenario.looks)
        of = next((scenario.looks[look].of for look in looks), None)
        if of is not None and of not in told and clue.reads[cause] >= SHARP * top:
            told.add(of)
            yield looks


def _about(scenario: Scenario, action: Action, cause: str) -> list[Clue]:
    """Clues for a cause about the very state an action sets, the sharpest first."""
    rows = {row for outcome in action.then for row in outcome.do.sets}
    found = [
        clue
        for clue in scenario.clues.values()
        if clue.when is not None
        and clue.reads.get(cause, 1.0) >= SPEAKS
        and any(name.text in rows for name in names(clue.when))
    ]
    return sorted(found, key=lambda one: -one.reads[cause])


def _asked(scenario: Scenario, name: str) -> Iterator[tuple[str, Clue]]:
    """The clues whoever grants an action wants to hear of."""
    for colleague in scenario.colleagues.values():
        if name in colleague.refuses_unless:
            for asked in names(colleague.refuses_unless[name]):
                kind, _, item = asked.text.partition(".")
                if kind == "found" and item in scenario.clues:
                    yield item, scenario.clues[item]


def _prices(scenario: Scenario, name: str) -> tuple[str, ...]:
    """The looks that show what an action costs."""
    return tuple(dict.fromkeys(clue.looks[0] for _, clue in _asked(scenario, name)))


def _unseen(mind: Mind, looks: Iterable[str]) -> str:
    """The first of these looks where none of them was taken; empty where one was."""
    there = [
        look
        for look in looks
        if look in mind.brief.scenario.looks and f"look:{look}" not in mind.memory.barred
    ]
    taken = {find.look for find in mind.memory.finds}
    return "" if not there or not taken.isdisjoint(there) else there[0]
