"""A stage with response alone on it: what the world would do is said by hand."""

from collections.abc import Mapping
from typing import Any

from small_brief import small_brief

from simulator.brief.brief import Brief
from simulator.chance import Chance
from simulator.clock import t_plus
from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.journal.events.base import Event
from simulator.journal.events.paging import Joined
from simulator.journal.events.room import Briefed, DrillOpened, Refused
from simulator.journal.events.work import ActionFinished, Found, LookEnded, WorkEnded
from simulator.journal.events.world import AlertFired, AlertResolved, StateSet
from simulator.response import HANDLERS, facilitation, tasks
from simulator.response.orders import hears
from simulator.stage import Stage

FAILING = {"errors": 380_000}


class Rehearsal:
    """A drill whose world is a hand that emits what the story needs."""

    def __init__(
        self,
        brief: Brief | None = None,
        *,
        seed: int = 7,
        bots: Mapping[str, str] | None = None,
        mode: str = "standard",
    ) -> None:
        self.brief = brief or small_brief()
        self.stage = Stage(self.brief, Chance(seed), "only")
        self.facts: dict[str, Any] = dict(FAILING)
        """What a panel shows."""
        self.clues: tuple[str, ...] = ()
        chairs = self.brief.chairs()
        opened = DrillOpened(
            brief={}, mode=mode, pace="accelerated", seed=seed, variant="only", chairs=chairs,
            begins=self.brief.scenario.begins, policies=dict(bots or {}), engine="", rubric="",
        )  # fmt: skip
        self.stage.emit(opened)
        self.stage.emit(Briefed(scenario="", title="", plan="", chairs=chairs))
        for name, value in self.brief.scenario.system.state.items():
            self.stage.emit(StateSet(name=name, value=value))
        facilitation.play(self.stage)
        self.stage.play(hears(self.stage, (LookEnded,), self._answers))
        self.stage.play(hears(self.stage, (WorkEnded,), self._takes_effect))
        self.until(1)

    def until(self, second: int) -> None:
        """Let everything happen before this second."""
        if second > self.stage.env.now:
            self.stage.env.run(until=second)

    def comes(self, *people: str) -> None:
        """These people are here already, each in the first role of theirs."""
        for person in people:
            role = self.brief.roster.people[person].roles[0]
            self.stage.emit(Joined(person=person, role=role))

    def settle(self) -> None:
        """Let everything of this second happen."""
        self.until(self.stage.now + 1)

    def say(self, by: str, command: Command, *, at: int | None = None) -> list[Entry]:
        """Give an order, as the drill would; what was recorded at once."""
        if at is not None:
            self.until(at)
        entry = self.stage.record(by, command, -1)
        self.stage.because(entry)
        HANDLERS[type(command)](self.stage, entry)
        tasks.settle(self.stage, entry)
        return self.stage.entries[entry.seq + 1 :]

    def refused(self, by: str, command: Command) -> str:
        """The code of the refusal; what was said with it changed nothing."""
        before = self.stage.situation
        (answer,) = self.say(by, command)
        assert isinstance(answer.what, Refused)
        after = self.stage.situation
        assert (after.incident, after.pages, after.work, after.talk, after.deeds) == (
            before.incident, before.pages, before.work, before.talk, before.deeds,
        )  # fmt: skip
        return answer.what.code

    def fires(self, alert: str = "api-errors", *, at: int | None = None) -> None:
        """The monitoring sees it."""
        if at is not None:
            self.until(at)
        rule = self.brief.scenario.alerts[alert]
        self.stage.emit(
            AlertFired(
                alert=alert, severity=rule.severity, summary=rule.summary, page=rule.page,
                facts=dict(self.facts), measured_at=self.stage.now,
            )
        )  # fmt: skip
        self.settle()

    def clears(self, alert: str = "api-errors", *, at: int) -> None:
        """The monitoring sees it no more."""
        self.until(at)
        self.stage.emit(AlertResolved(alert=alert))
        self.settle()

    def sees(self, **facts: Any) -> None:
        """Alice's panel showed these a second ago."""
        self.stage.emit(
            Found(
                by="alice", work="", look="panel", views=("metrics",), of="api",
                facts=facts, measured_at=self.stage.now - 1, clues=(), content="",
            )
        )  # fmt: skip

    def happened(self, *kinds: type[Event]) -> list[Any]:
        """What happened, of these kinds."""
        return [entry.what for entry in self.stage.entries if isinstance(entry.what, kinds)]

    def lines(self, kind: type[Event], words: str) -> list[str]:
        """One line for each, such as `T+02:00 bob is paged`."""
        return [
            f"{t_plus(entry.at)} {words.format(e=entry.what)}"
            for entry in self.stage.entries
            if isinstance(entry.what, kind)
        ]

    def _answers(self, entry: Entry) -> None:
        ended = entry.what
        look = self.brief.scenario.looks.get(ended.look)
        self.stage.emit(
            Found(
                by=ended.by, work=ended.work, look=ended.look, of=(look.of or "") if look else "",
                views=look.views if look else ("infrastructure",), facts=dict(self.facts),
                measured_at=self.stage.now, clues=self.clues, content="", line=ended.line,
            )
        )  # fmt: skip

    def _takes_effect(self, entry: Entry) -> None:
        ended = entry.what
        if ended.kind == "action":
            self.stage.emit(
                ActionFinished(by=ended.by, work=ended.work, action=ended.item, says="done")
            )
