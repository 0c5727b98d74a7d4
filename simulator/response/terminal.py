"""A typed line: the look or the action an author wrote it for, else a line of its own.

Rule 1: flags, order and aliases do not matter to what a line is (`simulator.shell.matching`).
Rule 2: a line nobody foresaw takes a little time and is answered by the world; one that would
change something asks the plan's leave by what its verb does.
"""

from collections.abc import Sequence
from typing import Final, cast

from simulator.brief.amounts import Span
from simulator.brief.authority import authority
from simulator.brief.scenario.deeds import Action
from simulator.brief.vocabulary import ActionKind
from simulator.chance import Drawn
from simulator.journal.commands.work import Type
from simulator.journal.entry import Entry
from simulator.journal.events.work import LookEnded
from simulator.response import effort
from simulator.response.acting import take_action
from simulator.response.looking import log_in, logged_in, passes_login, take_look
from simulator.response.orders import occupied, refuse, roles_of, stands_still
from simulator.shell.documents import LogLine, Row, Series
from simulator.shell.prompt import matches, request_of, run
from simulator.shell.reply import Act, Terminal
from simulator.stage import Process, Stage
from simulator.text import clean

LOOKS_S: Final = (3, 12)
ACTS_S: Final = (10, 30)
"""What typing and reading a line nobody foresaw takes (assumed), beside the tool's own time."""
_LONGEST: Final = 4000
_KINDS: Final = (
    ("rollout restart", "restart"), ("rollout undo", "rollback"), ("scale", "scale"),
    ("delete pod", "restart"), ("set env", "config"), ("apply", "config"), ("patch", "config"),
    ("pg_terminate_backend", "kill_query"), ("pg_cancel_backend", "kill_query"),
    ("reboot", "restart"), ("failover", "failover"), ("promote", "failover"),
    ("restore", "restore_data"), ("revoke", "isolate"), ("push", "config"),
)  # fmt: skip
"""A part of a verb -> the kind of action it is; anything else is infrastructure."""


def type_line(stage: Stage, entry: Entry) -> None:
    """Carry out what somebody typed at their terminal."""
    order = entry.what
    assert isinstance(order, Type)
    line = clean(order.line, longest=_LONGEST).strip()
    if not line:
        refuse(stage, entry, "needs", "an empty line does nothing")
        return
    at = Terminal(user=entry.by, variables=dict(stage.brief.scenario.variables))
    if look := _look(stage, line, at):
        take_look(stage, entry, look, line)
    elif action := _action(stage, line, at):
        take_action(stage, entry, action, anyway=order.anyway, line=line)
    elif busy := occupied(stage, entry.by):
        refuse(stage, entry, "busy", busy)
    elif still := stands_still(stage):
        refuse(stage, entry, "ended", still)
    else:
        _free_line(stage, entry, line, at, anyway=order.anyway)


def _look(stage: Stage, line: str, at: Terminal) -> str:
    looks = stage.brief.scenario.looks.items()
    return next(
        (
            name
            for name, look in looks
            if look.covers(stage.variant) and any(matches(one, line, at) for one in look.lines)
        ),
        "",
    )


def _action(stage: Stage, line: str, at: Terminal) -> str:
    actions = stage.brief.scenario.actions.items()
    return next(
        (
            name
            for name, act in actions
            if act.covers(stage.variant) and any(matches(one, line, at) for one in act.lines)
        ),
        "",
    )


def _free_line(stage: Stage, entry: Entry, line: str, at: Terminal, *, anyway: bool) -> None:
    tried = run(line, _Catalogue(stage), at)
    if tried.way == "not_simulated":
        # Said so at once by the world: no login, no time, no score.
        stage.emit(LookEnded(by=entry.by, work="", look="", line=line))
        return
    acts = request_of(line, at)
    kind = _kind(acts[0]) if acts else None
    if kind is not None:
        action = Action(title=line, kind=kind, takes=Span(low_s=ACTS_S[0], high_s=ACTS_S[1]))
        verdict = authority(stage.brief.plan, roles_of(stage.situation, entry.by), action)
        if not verdict.allowed and not anyway:
            asks = " or ".join(verdict.asks) or "nobody"
            reason = f"the plan asks {asks} for a {kind}; `anyway` does it all the same"
            refuse(stage, entry, "authority", reason)
            return
    low, high = ACTS_S if acts else LOOKS_S
    span = (low + tried.takes_s[0], high + tried.takes_s[1])
    takes = effort.drawn(stage, span, "typed", entry.by, line)
    if logged_in(stage, entry.by):
        stage.play(_types(stage, entry.by, line, _begin(stage, entry.by, line, takes)))
    else:
        stage.play(_logs_in(stage, entry.by, line, takes, log_in(stage, entry.by)))


def _begin(stage: Stage, by: str, line: str, takes: Drawn) -> tuple[str, Drawn]:
    return effort.begin(stage, by, "typed", line, takes, line=line), takes


def _logs_in(stage: Stage, by: str, line: str, takes: Drawn, login: tuple[str, Drawn]) -> Process:
    if (yield from passes_login(stage, by, login)):
        yield from _types(stage, by, line, _begin(stage, by, line, takes))


def _types(stage: Stage, by: str, line: str, work: tuple[str, Drawn]) -> Process:
    if (yield from effort.lasts(stage, by, *work)):
        effort.end(stage, by, work[0], "typed", line)
        stage.emit(LookEnded(by=by, work=work[0], look="", line=line))


class _Catalogue:
    """What tools there are, without what they would say: enough to know a line at all."""

    now = 0

    def __init__(self, stage: Stage) -> None:
        self._records = stage.brief.scenario.records

    def rows(self, kind: str) -> Sequence[Row]:
        """The rows an author wrote of a kind, whatever is true."""
        return [record.row for record in self._records if record.kind == kind]

    def kinds(self, prefix: str) -> Sequence[str]:
        """The kinds an author wrote rows of."""
        return sorted({one.kind for one in self._records if one.kind.startswith(prefix)})

    def series(self, name: str, start: int, end: int) -> Sequence[Series]:
        """None: figures are the world's."""
        del name, start, end
        return ()

    def logs(self, start: int, end: int) -> Sequence[LogLine]:
        """None: lines are the world's."""
        del start, end
        return ()


def _kind(act: Act) -> ActionKind:
    """The kind of action a tool's verb is."""
    said = f"{act.verb} {act.line}".lower()
    return next(
        (cast("ActionKind", kind) for part, kind in _KINDS if part in said), "infrastructure"
    )
