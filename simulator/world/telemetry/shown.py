"""What an answer shows of what is true: a fact is found only where the screen lets it be read.

Rule 1: an answer that read nothing (no such host, no such command) shows no fact and no clue.
Rule 2: that a service answers nothing is shown by asking the service itself, or its pods; what a
cloud's catalogue, a file, a log or a panel says of it an author lists as a fact of the look, and it
never says that the service answers.
Rule 3: an answer that failed shows only who did not answer, never that somebody is well.
Rule 4: a fact its author ties to a condition is shown only while that holds, and one that a look
only lets somebody suspect is never shown for certain by it.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from simulator.brief.scenario.sight import Look
from simulator.brief.scenario.system import Service
from simulator.brief.vocabulary import RANKED
from simulator.shell.reply import Reply
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.past import held_at

DOWN: Final = "service_down"
_NAMES: Final = "dns/"
_DOORS: Final = ("sql/", "http/", "net/", "tool/redis-cli")
"""Documents of a service's own door: whoever read one has asked the service itself."""
_PODS: Final = "k8s/"


def has_read(reply: Reply | None) -> bool:
    """Whether an answer was made of anything but the names on the way there.

    A refusal that read nothing tells of the tool and of the terminal, of nothing else.
    """
    if reply is None or reply.way != "refused":
        return True
    return any(not kind.startswith(_NAMES) for kind in reply.reads)


def doors(reads: Iterable[str]) -> frozenset[str]:
    """The documents among those read that are a service's own door."""
    return frozenset(kind for kind in reads if kind.startswith(_DOORS))


def hosts_at(reads: Iterable[str]) -> frozenset[str]:
    """The hosts behind the doors among these documents, each by the name its owner gave it.

    A server is known by its first label, as psql finds it; a page and an address by all of it.
    """
    found: set[str] = set()
    for kind in doors(reads):
        source, _, rest = kind.partition("/")
        if source == "net":
            rest = rest.partition("/")[2].rpartition(":")[0]
        host = rest.partition("/")[0]
        label = host.partition(".")[0]
        found.add(host if source == "http" or label.isdecimal() else label)
    return frozenset(found)


def listed_now(around: Surroundings, look: Look) -> tuple[str, ...]:
    """The facts an author lists for a look, as far as its answer shows them now."""
    return tuple(name for name in look.facts if _holds(around, look, name))


def held_facts(around: Surroundings, look: Look, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a look without those whose condition does not hold now, none surer than it is.

    A look that only lets somebody suspect never takes back what is known for certain.
    """
    held = {name: value for name, value in facts.items() if _holds(around, look, name)}
    for name in look.suspects:
        _, feared, worst = RANKED[name]
        if held.get(name) != worst:
            continue
        known = around.stage.situation.known.facts.get(name)
        if known is not None and known.value == worst:
            del held[name]
        else:
            held[name] = feared
    return held


def readable(
    reply: Reply,
    facts: Mapping[str, Any],
    *,
    views: Collection[str],
    listed: Collection[str],
    services: Mapping[str, Service],
    asked: Collection[str] | None = None,
) -> dict[str, Any]:
    """Those of the facts that this answer lets somebody read.

    `asked` are the services at whose door a line was, where that is not what the facts are about.
    """
    if not has_read(reply):
        return {}
    seen = dict(facts)
    tries = "reproduce" in views
    at_the_door = tries or any(doors(reply.reads))
    if DOWN in seen and at_the_door and not tries and asked is not None:
        seen[DOWN] = tuple(name for name in seen[DOWN] if name in asked)
        if not asked and DOWN not in listed:
            del seen[DOWN]
    if DOWN in seen and not at_the_door:
        if any(kind.startswith(_PODS) for kind in reply.reads):
            seen[DOWN] = tuple(name for name in seen[DOWN] if services[name].workload is not None)
        elif DOWN not in listed or not seen[DOWN]:
            del seen[DOWN]
    if reply.way == "refused":
        kept = {DOWN} if at_the_door else set()
        seen = {n: value for n, value in seen.items() if n in kept or (tries and n not in listed)}
    if reply.status and not seen.get(DOWN, True):
        del seen[DOWN]
    return seen


def _holds(around: Surroundings, look: Look, name: str) -> bool:
    when = look.facts_when.get(name)
    return when is None or held_at(around, when, around.stage.now)
