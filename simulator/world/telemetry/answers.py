"""Answering looks: whoever looked finds, in the same second, what there is to see.

Rule 1: what this second brings is told first; then every look that ended in it is answered.
Rule 2: a followed view is found again only when what it shows has changed.
Rule 3: content is cleaned and bounded; a cut says so.
Rule 4: facts and clues are found only where the answer lets them be read (`shown`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from simulator.brief.conditions import Condition, holds, lastings
from simulator.brief.scenario.sight import Look
from simulator.brief.vocabulary import VIEW_KINDS
from simulator.journal.entry import Entry
from simulator.journal.events.base import Event
from simulator.journal.events.work import Found, LineAnswered, LookEnded
from simulator.journal.facts import Lookup
from simulator.shell.reply import Reply, Terminal
from simulator.stage import Process
from simulator.text import clean
from simulator.world.monitoring import is_down
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.meaning import (
    MEASURED,
    Alike,
    clues_of,
    service_of,
    shown_facts,
    views_of,
)
from simulator.world.telemetry.measured import averaged, facts_of
from simulator.world.telemetry.past import held_at, lookup_at
from simulator.world.telemetry.projection import Projection, Sources, keep, sources
from simulator.world.telemetry.shown import has_read, held_facts, listed_now, readable
from simulator.world.telemetry.windowed import as_measured, sampled_at
from simulator.world.texts import Values, as_counted, fill

LONGEST: Final = 20_000
CUT: Final = "... (cut: the output is longer than fits here; narrow it with a filter)\n"
NO_DATA: Final = "No data.\n"
"""What a panel shows whose last sample is too old."""
NORMAL: Final = "Nothing out of the ordinary.\n"


@dataclass(slots=True, kw_only=True)
class Desk:
    """Where looks are answered; lives as long as the drill."""

    around: Surroundings
    of: Sources
    alike: Alike
    answered: int = 0
    """How many entries of the journal have been read."""
    newest: dict[tuple[str, str], tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    """(person, look) -> the content and facts they saw last."""
    documents: Projection | None = None


def play(around: Surroundings) -> None:
    """Answer every look from now on; also when the world has stopped, for it can still be seen."""
    of = sources(around)
    keep(of)
    desk = Desk(around=around, of=of, alike=Alike(around=around))
    around.stage.play(_listen(desk))


def documents_at(around: Surroundings) -> Projection:
    """The documents of this second."""
    return Projection(sources(around))


def _listen(desk: Desk) -> Process:
    stage = desk.around.stage
    while True:
        # Let the rest of this second be told first, so that all who look in it see the same.
        yield stage.pause(0)
        yield stage.pause(0)
        unread, desk.answered = stage.entries[desk.answered :], len(stage.entries)
        ended = [entry for entry in unread if isinstance(entry.what, LookEnded)]
        for entry in ended:
            stage.because(entry)
            _answer(desk, entry)
        yield stage.when(LookEnded)


def _answer(desk: Desk, entry: Entry) -> None:
    ended = entry.what
    assert isinstance(ended, LookEnded), "only looks are answered"
    told = answer(desk, ended)
    if isinstance(told, Found):
        key, seen = (told.by, told.look or told.line), (told.content, told.facts)
        if ended.followed and desk.newest.get(key) == seen:
            return
        desk.newest[key] = seen
    desk.around.stage.emit(told)


def answer(desk: Desk, ended: LookEnded) -> Event:
    """What a look that ended now comes to."""
    look = desk.around.scenario.looks.get(ended.look)
    if look is not None:
        return _found(desk, ended, look)
    if ended.look in VIEW_KINDS:
        return _plain_view(desk, ended)
    return _typed(desk, ended)


def _found(desk: Desk, ended: LookEnded, look: Look) -> Found:
    around = desk.around
    line = ended.line or (look.lines[0] if look.lines else "")
    reply = _run(desk, line, ended.by) if line else None
    texts = [text for text in (_screen(reply), _shown(desk, look)) if text]
    listed = listed_now(around, look)
    whole, measured_at = facts_of(around, look.views, listed, of=look.of or "")
    facts = held_facts(around, look, whole)
    if reply is not None:
        services = around.scenario.system.services
        facts = readable(reply, facts, views=look.views, listed=listed, services=services)
    return Found(
        by=ended.by,
        work=ended.work,
        look=ended.look,
        views=look.views,
        of=look.of or "",
        facts=facts,
        measured_at=measured_at,
        clues=clues_of(around, (ended.look,)) if has_read(reply) else (),
        content=bounded("\n".join(texts)),
        way=reply.way if reply is not None else "answered",
        line=line,
        over_s=averaged(look.views, facts),
    )


def _plain_view(desk: Desk, ended: LookEnded) -> Found:
    """A kind of view the scenario has no look for: normal, and it counts."""
    facts, measured_at = facts_of(desk.around, (ended.look,))
    return Found(
        by=ended.by,
        work=ended.work,
        look=ended.look,
        views=(ended.look,),
        of="",
        facts=facts,
        measured_at=measured_at,
        clues=(),
        content=NORMAL,
        way="normal",
        line=ended.line,
        over_s=averaged((ended.look,), facts),
    )


def _typed(desk: Desk, ended: LookEnded) -> Event:
    """A line nobody foresaw: found where it read anything, else answered and no more."""
    around = desk.around
    reply = _run(desk, ended.line, ended.by)
    views = views_of(reply.reads)
    if reply.way == "not_simulated" or not views:
        return LineAnswered(
            by=ended.by,
            line=ended.line,
            way=reply.way,
            content=bounded(_screen(reply)),
            status=reply.status,
            nearest=reply.nearest,
        )
    terminal = _terminal(desk, ended.by)
    alike = desk.alike.looks_like(ended.line, reply, _documents(desk), terminal)
    of = service_of(around, ended.line, reply)
    # Whoever sees what a look shows may know what it is written to show.
    looks = [around.scenario.looks[name] for name in alike]
    also = dict.fromkeys(fact for look in looks for fact in listed_now(around, look))
    whole, measured_at = facts_of(around, views, also, of=of)
    seen = {*shown_facts(around, reply.reads, of), *also}
    facts = {name: value for name, value in whole.items() if name in seen or name not in MEASURED}
    services = around.scenario.system.services
    asked = (of,) if of else desk.alike.behind(reply.reads, _documents(desk), terminal)
    facts = readable(reply, facts, views=views, listed=also, services=services, asked=asked)
    return Found(
        by=ended.by,
        work=ended.work,
        look="",
        views=views,
        of=of,
        facts=facts,
        measured_at=measured_at,
        clues=clues_of(around, alike) if has_read(reply) else (),
        content=bounded(_screen(reply)),
        way=reply.way,
        line=ended.line,
        over_s=averaged(views, facts),
    )


def _run(desk: Desk, line: str, person: str) -> Reply:
    from simulator.shell.prompt import run  # noqa: PLC0415 - tools load when somebody types

    return run(line, _documents(desk), _terminal(desk, person))


def _documents(desk: Desk) -> Projection:
    """The documents of this second, made anew when anything has become true since."""
    if desk.documents is None or not desk.documents.is_of(desk.around):
        desk.documents = Projection(desk.of)
    return desk.documents


def _terminal(desk: Desk, person: str) -> Terminal:
    around = desk.around
    spaces = [s.workload.namespace for s in around.scenario.system.services.values() if s.workload]
    default = {"KUBE_NAMESPACE": spaces[0]} if spaces else {}
    finds = around.stage.situation.known.finds
    return Terminal(
        user=person,
        variables={**default, **around.scenario.variables},
        history=tuple(find.line for find in finds if find.by == person and find.line),
    )


def _screen(reply: Reply | None) -> str:
    """What stands on the screen: output, then errors."""
    return "" if reply is None else reply.out + reply.err


def _shown(desk: Desk, look: Look) -> str:
    """The first text whose condition holds, filled from the truth of this second."""
    around, now = desk.around, desk.around.stage.now
    at = sampled_at(around, now) if "metrics" in look.views and is_down(around) else now
    if at is None:
        return NO_DATA if look.shows else ""
    truth = lookup_at(around, at)
    told = as_measured(around, truth, now) if "metrics" in look.views else truth
    for shown in look.shows:
        if shown.when is None or _is_shown(around, shown.when, told, at):
            seen = as_counted(told, around.scenario.system.gauges)
            values = Values(look=seen, at=at, begins=desk.of.begins)
            text = fill(shown.text, values)
            return text if text.endswith("\n") else f"{text}\n"
    return ""


def _is_shown(around: Surroundings, when: Condition, told: Lookup, at: int) -> bool:
    """Whether a text's condition holds by what is told; one that must last, by what was true."""
    return held_at(around, when, at) if lastings(when) else holds(when, told)


def bounded(text: str) -> str:
    """The text cleaned and, where too long, cut at a line, saying so."""
    text = clean(text, longest=4 * LONGEST)
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - len(CUT)].rsplit("\n", 1)[0] + "\n" + CUT
