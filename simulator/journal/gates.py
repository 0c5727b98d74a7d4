"""Which of a plan's proofs have been seen: a gate is passed by a look, never by a belief.

Rule 1: a gate is passed by a find of its kind, taken after the last cure, that showed what holds;
what hurt nobody (a build, a noise) proves nothing by its end.
Rule 2: the engine counts from true cures; a seat, which knows none, from its team's last action.
"""

from simulator.brief.conditions import Condition, Found, Name, holds, names
from simulator.brief.plan.plan import Plan
from simulator.journal.situation import Deed, Find, Situation
from simulator.journal.units import natural


def gates_passed(plan: Plan, situation: Situation, *, until: int | None = None) -> dict[str, Deed]:
    """Gate -> the first find that passed it, in the plan's order; `until` is the last second."""
    end = situation.at if until is None else until
    since = last_cure(situation, until=end)
    finds = [find for find in situation.known.finds if since <= find.at <= end]
    passed: dict[str, Deed] = {}
    for name, gate in plan.gates.items():
        for find in finds:
            if gate.by in find.views and shows(gate.holds, find):
                passed[name] = Deed(at=find.at, seq=find.seq, by=find.by, item=name)
                break
    return passed


def last_cure(situation: Situation, *, until: int) -> int:
    """The second after which a look proves something; 0 where nothing was done yet."""
    world = situation.world
    ended = world.cured.items()
    cures = [at for name, at in ended if at <= until and name not in world.harmless]
    if cures:
        return max(cures)
    if world.began:
        return min(situation.marks.get("mitigated", 0), until)
    done = [
        deed.at
        for kind, deeds in situation.deeds.items()
        if kind.startswith("done:")
        for deed in deeds
        if deed.at <= until
    ]
    return max(done, default=0)


def shows(condition: Condition, find: Find) -> bool:
    """Whether a find held at least one of the facts asked about, and the condition with it."""
    if not any(name.text in find.facts for name in names(condition)):
        return False

    def look(name: Name) -> Found | None:
        found = find.facts.get(name.text)
        return None if found is None else natural(name.text, found)

    return holds(condition, look)
