"""Discipline: the product of what did harm, was done without leave, was untrue or was noise.

Rule 1: never below its floor; every breach names its entries.
Rule 2: a reversible act inside one's authority is free to be wrong: it costs its time.
Rule 3: what a duty asks for is never noise, and the first call for help never a loss.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from simulator.brief.conditions import holds
from simulator.debrief.levels import level_at
from simulator.debrief.marks_communication import USES
from simulator.debrief.rubric import DISCIPLINE, FLOOR, FULL
from simulator.debrief.scorecard import Breach, Discipline
from simulator.debrief.timeline import Timeline
from simulator.journal.entry import Entry
from simulator.journal.events.incident import IncidentClosed, IncidentResolved
from simulator.journal.events.paging import Paged
from simulator.journal.events.talk import MessageSent
from simulator.journal.events.work import ActionStarted
from simulator.journal.events.world import EffectTook, FaultCured
from simulator.journal.gaps import CADENCE_S, cadence_of
from simulator.journal.truth import truth

HARM_ENDS_S: Final = 600
FREE_USELESS: Final = 2
FREE_NEEDLESS: Final = 2
MESSAGES: Final = 4
"""Messages to one audience that a cadence interval bears."""
SPEAKING: Final = frozenset({
    "declaration", "update", "resolution", "status_page", "customer_notice", "customer_resolution",
    "stakeholder", "social",
})  # fmt: skip


def discipline(told: Timeline) -> Discipline:
    """Every breach in the order of the journal, and their product."""
    breaches = sorted(_breaches(told), key=lambda breach: (breach.cites, breach.kind))
    product = Fraction(1)
    for breach in breaches:
        product *= Fraction(breach.factor, FULL)
    return Discipline(factor_milli=max(FLOOR, int(product * FULL)), breaches=tuple(breaches))


def _breaches(told: Timeline) -> Iterator[Breach]:
    yield from _effects(told)
    yield from _starts(told)
    yield from _endings(told)
    yield from _statements(told)
    yield from _needless_pages(told)
    yield from _flood(told)


def _effects(told: Timeline) -> Iterator[Breach]:
    """Harmful and useless actions."""
    free = 0
    for entry, took in told.told(EffectTook):
        start = _start_of(told, entry, took)
        is_free = _is_free(told, took.action, start)
        cites = (start[0].seq, entry.seq) if start else (entry.seq,)
        if took.judged == "harmful":
            is_mended = is_free and not took.lost and _harm_ended(told, entry, took.started)
            yield _breach("harmful", took.by, took.action, cites, free=is_mended)
        elif took.judged == "useless" and not _is_probe(told, took.action):
            free += is_free
            is_again = is_free and free > FREE_USELESS
            kind = "useless_again" if is_again else "useless"
            yield _breach(kind, took.by, took.action, cites, free=is_free and not is_again)


def _starts(told: Timeline) -> Iterator[Breach]:
    """Unauthorised and blind actions."""
    for entry, started in told.told(ActionStarted):
        if not started.allowed:
            yield _breach("unauthorised", started.by, started.action, (entry.seq,))
        if started.blind:
            yield _breach("blind", started.by, started.action, (entry.seq,))


def _endings(told: Timeline) -> Iterator[Breach]:
    """Called over while the fault was alive and no accepted end was reached: once a drill."""
    claims = [(e, said.by) for e, said in told.told(IncidentResolved)]
    claims += [(e, said.by) for e, said in told.told(IncidentClosed)]
    for entry, by in sorted(claims, key=lambda claim: claim[0].seq):
        picture = told.reading.over[entry.seq]
        alive = [
            name
            for name, strength in picture.world.faults.items()
            if strength and name in told.scenario.faults and told.scenario.faults[name].impact
        ]
        look = truth(picture, entry.at)
        if alive and not any(holds(end, look) for end in told.scenario.end_states):
            yield _breach("fault_alive", by, ", ".join(sorted(alive)), (entry.seq,))
            return


def _statements(told: Timeline) -> Iterator[Breach]:
    """False or banned words."""
    for entry, sent in told.told(MessageSent):
        if not sent.honest or sent.banned:
            says = ", ".join((*sent.overclaims, *sent.omits, *sent.banned))
            yield _breach("statement", sent.by, says, (entry.seq,))


def _needless_pages(told: Timeline) -> Iterator[Breach]:
    """Calls nobody owed, or of somebody who is here already; the third and later ones count."""
    needless = 0
    called: set[str] = set()
    for entry, sent in told.told(Paged):
        if sent.why != "called" or not sent.by:
            continue
        is_needless = sent.to in called or (bool(called) and sent.role not in told.wanted)
        called.add(sent.to)
        if is_needless:
            needless += 1
            if needless > FREE_NEEDLESS:
                yield _breach("needless_page", sent.by, sent.role, (entry.seq,))


def _flood(told: Timeline) -> Iterator[Breach]:
    """Messages beyond four to one audience within a cadence interval; what is owed is free."""
    owed = _owed_messages(told)
    gaps = cadence_of(told.plan)
    sent: dict[str, list[int]] = {}
    for entry, message in told.told(MessageSent):
        if message.use not in SPEAKING or entry.seq in owed:
            continue
        gap = gaps.get(level_at(told.grading, entry.at), CADENCE_S)
        before = [at for at in sent.get(message.audience_of, []) if entry.at - at < gap]
        sent.setdefault(message.audience_of, []).append(entry.at)
        if len(before) >= MESSAGES:
            yield _breach("message_flood", message.by, message.template, (entry.seq,))


def _owed_messages(told: Timeline) -> set[int]:
    """The first message of each duty that asks for one."""
    uses = (*USES.values(), ("resolution",))
    firsts = set()
    for kinds in uses:
        seqs = [entry.seq for entry, sent in told.told(MessageSent) if sent.use in kinds]
        firsts |= set(seqs[:1])
    return firsts


def _start_of(
    told: Timeline, effect: Entry, took: EffectTook
) -> tuple[Entry, ActionStarted] | None:
    starts = [
        (entry, started)
        for entry, started in told.told(ActionStarted)
        if started.action == took.action and started.by == took.by and entry.seq < effect.seq
    ]
    return starts[-1] if starts else None


def _is_free(told: Timeline, action: str, start: tuple[Entry, ActionStarted] | None) -> bool:
    """Reversible, and inside what its doer may do alone."""
    terms = told.scenario.actions.get(action)
    is_reversible = terms is not None and not terms.irreversible
    return is_reversible and start is not None and start[1].allowed and not start[1].asks


def _is_probe(told: Timeline, action: str) -> bool:
    terms = told.scenario.actions.get(action)
    return terms is not None and bool(terms.probe)


def _harm_ended(told: Timeline, effect: Entry, started: tuple[str, ...]) -> bool:
    """Whether every fault it started was cured within ten minutes."""
    cured = {
        over.fault
        for entry, over in told.told(FaultCured)
        if effect.at <= entry.at <= effect.at + HARM_ENDS_S and entry.seq > effect.seq
    }
    return bool(started) and set(started) <= cured


def _breach(kind: str, by: str, says: str, cites: tuple[int, ...], *, free: bool = False) -> Breach:
    factor = FULL if free else DISCIPLINE[kind]
    return Breach(kind=kind, factor=factor, cites=cites, by=by, says=says)
