"""One drill: join, submit, advance, run.

Rule 1: `advance(until)` runs all that happens before `until`; in each second orders come first,
then the world's events.
Rule 2: a live order runs at once, in the second it is; a bot's in the second it named, bots of one
second in the order of their names.
Rule 3: until the switch of a rerun the record alone speaks; bots only listen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator import __version__
from simulator.brief.brief import Brief
from simulator.chance import Chance
from simulator.clock import LONGEST_DRILL_S
from simulator.errors import EngineError
from simulator.journal.commands.base import Command
from simulator.journal.commands.room import AcceptDeviation, HandBack, TakeChair
from simulator.journal.entry import TAGS, Entry
from simulator.journal.events.incident import IncidentClosed
from simulator.journal.events.room import (
    Briefed,
    ChairHandedBack,
    ChairTaken,
    DrillEnded,
    DrillOpened,
    EngineFaulted,
    Refused,
)
from simulator.journal.situation import Situation, visible_to
from simulator.responders import chairs
from simulator.responders.responder import Responder
from simulator.responders.scripted import Scripted
from simulator.response import HANDLERS, effort, facilitation, tasks
from simulator.stage import Stage
from simulator.world import world

FACILITATOR, HOST = "facilitator", "host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a drill is played, beside its brief."""

    seed: int
    variant: str = ""
    """Asked for by name; drawn by weight where empty."""
    mode: str = "standard"
    pace: str = "accelerated"
    policies: Mapping[str, str] = field(default_factory=dict)
    """Person -> policy; whoever is absent is human and nobody moves them."""
    rubric: str = ""


class Drill:
    """One drill from its first entry to its last."""

    def __init__(
        self,
        brief: Brief,
        terms: Terms,
        *,
        watcher: Callable[[Entry], None] | None = None,
        branches: bool = False,
    ) -> None:
        """`branches`: it is there to follow a record and then to `branch`; nobody thinks before.

        Only who obeys a script sits down at once, since what their work takes stands there.
        """
        chance = Chance(terms.seed, heard=set() if branches else None)
        self._branches = branches
        self.terms = terms
        variant = brief.variant(chance, terms.variant)
        brief = brief.playing(variant)
        self.stage = Stage(brief, chance, variant)
        if watcher is not None:
            self.stage.watchers.append(watcher)
        self.stage.watchers.append(self._tell)
        self._bots: dict[str, Responder] = {}
        self._record: Sequence[Entry] = ()
        self._open(brief, terms)

    @property
    def entries(self) -> Sequence[Entry]:
        """The journal so far."""
        return self.stage.entries

    @property
    def ended(self) -> bool:
        """Whether the last entry is written."""
        return bool(self.stage.situation.ended)

    @property
    def now(self) -> int:
        """The second it is: everything before it has happened."""
        return self.stage.now

    def submit(self, by: str, command: Command) -> Entry:
        """Give an order now; whatever comes of it follows in the journal."""
        bot = self._bots.get(by)
        takes = bot.takes_of(command) if isinstance(bot, Scripted) else None
        entry = self.stage.record(by, command, -1)
        self.stage.because(entry)
        if reason := self._forbidden(by, command):
            self.stage.emit(
                Refused(to=by, order=TAGS[type(command)], reason=reason, code="not_yours")
            )
            return entry
        match command:
            case TakeChair(person=person):
                self._bots.pop(person, None)
                self.stage.emit(ChairTaken(person=person))
            case HandBack(person=person, policy=policy):
                self._hand_back(person, policy or self.terms.policies.get(person, "competent"))
            case _:
                effort.fix(self.stage, by, takes)
                HANDLERS[type(command)](self.stage, entry)
                tasks.settle(self.stage, entry)
        return entry

    def advance(self, until: int) -> None:
        """Let everything happen that happens before this second."""
        env = self.stage.env
        while not self.ended:
            second = min(self._next_order(), env.peek())
            if second >= until:
                break
            if second > env.now:
                env.run(until=second)
            self._orders(int(second))
            while env.peek() == second and not self.ended:
                self.stage.steps += 1
                env.step()
        if not self.ended and until > env.now:
            env.run(until=until)

    def skip_on(self, longest: int = LONGEST_DRILL_S) -> int:
        """Hurry through a skip that is under way, with all of the second it ends in; that second.

        For whoever drives a drill that people play, at any pace; nothing where none is under way.
        """
        while self.stage.situation.skipping is not None and not self.ended:
            second = min(self._next_order(), self.stage.env.peek())
            if second >= longest:
                self.advance(longest)
                break
            self.advance(int(second) + 1)
        return self.now

    def run(self, *, longest: int = LONGEST_DRILL_S) -> Sequence[Entry]:
        """Play to the end, by the bots alone; the journal.

        An exception of the engine's own is journalled as `EngineFaulted` and raised again.
        """
        try:
            self.advance(longest)
        except EngineError as fault:
            self.stage.emit(EngineFaulted(text=str(fault)))
            self.stage.emit(DrillEnded(reason="stopped"))
            raise
        return self.entries

    def follow(self, record: Sequence[Entry], *, until: int | None = None) -> None:
        """Play what a journal's orders say, up to a second, checking each entry against it.

        From then on the bots go on. Raises EngineError at the first entry that differs.
        """
        self._record = record
        for entry in self.entries:
            self._compare(entry)
        given = [e for e in record if isinstance(e.what, Command)]
        for entry in given:
            if until is not None and entry.at >= until:
                break
            self._catch_up(entry.at)
            assert isinstance(entry.what, Command)
            self.submit(entry.by, entry.what)
        stop = record[-1].at + 1 if until is None else until
        self.advance(stop)
        self._record = ()

    def branch(self, future: int, policies: Mapping[str, str], orders: Sequence[Entry]) -> None:
        """From this second on draw another future: these orders first, then others in the chairs.

        What was drawn before keeps its value, so all that is under way ends as it would have.
        `policies` names who plays each chair from now on; a chair it leaves out is nobody's.
        Future 0 is the drill's own. Needs a drill that `branches`.
        """
        self.stage.chance = self.stage.chance.branched(future)
        for order in orders:
            assert isinstance(order.what, Command)
            self.submit(order.by, order.what)
        self._branches = False
        self._bots.clear()
        for person in sorted(policies):
            self.submit(HOST, HandBack(person=person, policy=policies[person]))

    def _catch_up(self, second: int) -> None:
        """To just before the orders of a second: its own events come after them."""
        if second > self.now:
            self.advance(second)

    def _open(self, brief: Brief, terms: Terms) -> None:
        seats = brief.chairs()
        policies = {p: terms.policies[p] for p in brief.people() if p in terms.policies}
        opened = DrillOpened(
            brief=brief.documents,
            mode=terms.mode,
            pace=terms.pace,
            seed=terms.seed,
            begins=brief.scenario.begins,
            variant=self.stage.variant,
            chairs=seats,
            policies=policies,
            engine=__version__,
            rubric=terms.rubric,
        )
        self._bots = {
            person: chairs.seated(person, policy, self.stage.brief, self.stage.chance)
            for person, policy in policies.items()
            if self._sits_down(policy)
        }
        self.stage.because(self.stage.emit(opened))
        self.stage.emit(
            Briefed(
                scenario=brief.scenario.id,
                title=brief.scenario.title,
                plan=brief.plan.id,
                chairs=seats,
            )
        )
        world.play(self.stage)
        facilitation.play(self.stage)

    def _forbidden(self, by: str, command: Command) -> str:
        if self.ended and not isinstance(command, AcceptDeviation):
            return "the drill has ended"
        speaker = by if by in (FACILITATOR, HOST) else "seat"
        if speaker not in command.said_by:
            return f"only {' or '.join(command.said_by)} may say that"
        if by in self.stage.situation.left:
            return "this seat has stepped out"
        return ""

    def _next_order(self) -> float:
        if self._record:
            return float("inf")
        seconds = [bot.due for bot in self._bots.values()]
        return min((at for at in seconds if at is not None), default=float("inf"))

    def _orders(self, second: int) -> None:
        if self._record:
            return
        for person in sorted(self._bots):
            bot = self._bots.get(person)
            intent = bot.intent if bot is not None and bot.due == second else None
            if intent is None:
                continue
            self.submit(person, intent.command)
            if self.ended:
                return

    def _tell(self, entry: Entry) -> None:
        if self._record:
            self._compare(entry)
        if isinstance(entry.what, IncidentClosed):
            self.stage.frozen = True
        for person, bot in self._bots.items():
            if visible_to(entry, person):
                bot.notice(entry, self.stage.seat(person))

    def _compare(self, entry: Entry) -> None:
        if entry.seq < len(self._record) and self._record[entry.seq] != entry:
            raise EngineError(
                f"entry {entry.seq} differs from the record: {entry} is not "
                f"{self._record[entry.seq]}"
            )

    def _sits_down(self, policy: str) -> bool:
        return not self._branches or policy == "scripted"

    def _hand_back(self, person: str, policy: str) -> None:
        if not self._sits_down(policy):
            self.stage.emit(ChairHandedBack(person=person, policy=policy))
            return
        bot = chairs.seated(person, policy, self.stage.brief, self.stage.chance)
        picture = Situation()
        for entry in self.stage.entries:
            if visible_to(entry, person):
                picture = picture.after(entry)
                bot.notice(entry, picture)
        self._bots[person] = bot
        self.stage.emit(ChairHandedBack(person=person, policy=policy))


def terms_of(opened: DrillOpened) -> Terms:
    """How a recorded drill was played."""
    return Terms(
        seed=opened.seed,
        variant=opened.variant,
        mode=opened.mode,
        pace=opened.pace,
        policies=dict(opened.policies),
        rubric=opened.rubric,
    )


def handlers_missing(handlers: Mapping[type[Command], Any]) -> tuple[str, ...]:
    """Orders nobody carries out; the house test wants none."""
    own = (TakeChair, HandBack)
    return tuple(
        TAGS[kind]
        for kind in TAGS
        if issubclass(kind, Command) and kind not in handlers and kind not in own
    )
