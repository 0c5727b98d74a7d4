"""The front door of the shell: a typed line in, a `Reply` out, whatever was typed.

Rule 1: no text raises: what cannot be read is refused in bash's words or honestly not simulated.
Rule 2: a line is simulated whole or not at all: one unknown part, and nothing of it has happened.
Rule 3: work is bounded: length of the line, commands started, depth, and size of the output.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from simulator.shell import tools
from simulator.shell.documents import Documents, Nothing
from simulator.shell.grammar import parse
from simulator.shell.matching import matches
from simulator.shell.redirects import redirected
from simulator.shell.reply import Act, Reply, Terminal
from simulator.shell.streams import LONGEST_OUTPUT
from simulator.shell.syntax import (
    Command,
    Loop,
    Redirect,
    Script,
    Simple,
    Unreadable,
    expand,
    expand_word,
    joined_word,
)
from simulator.text import clean

__all__ = ["matches", "request_of", "run", "run_inside"]

_MOST_COMMANDS: Final = (120, 8, 3)
"""By depth of prompts within prompts, so that their product stays small."""
_DEEPEST: Final = 4
_MOST_ROUNDS: Final = 40
_DEPTH: Final = "GAMEDAY_SHELL_DEPTH"
"""The variable that counts how deep a prompt was started from a prompt (`sh -c`, `exec`)."""
_UNCLEAN: Final = re.compile(r"[^\x20-\x7e\n\t]")
_SINKS: Final = frozenset({"/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty"})


def run(line: str, documents: Documents, terminal: Terminal) -> Reply:
    """What a typed line comes to. Never raises on any text."""
    reply = run_inside(clean(line, longest=LONGEST_OUTPUT), documents, terminal)
    if reply.way == "not_simulated":
        nearest = reply.nearest or tools.nearest_lines(line)
        return Reply(way="not_simulated", nearest=nearest[:3], takes_s=(0, 0))
    return replace(reply, out=_bounded(reply.out), err=_bounded(reply.err))


def run_inside(line: str, documents: Documents, terminal: Terminal) -> Reply:
    """As `run`, for a line started from another one."""
    text = terminal.variables.get(_DEPTH, "0")
    depth = int(text) if text.isdecimal() and len(text) < 3 else 0
    if depth >= len(_MOST_COMMANDS):
        return Reply(way="not_simulated")
    try:
        return _Shell(documents, terminal, depth).play(parse(line))
    except Unreadable as fault:
        if not fault.simulated:
            return Reply(way="not_simulated")
        return Reply(way="refused", err=f"{fault}\n", status=2, takes_s=(0, 1))
    except RecursionError:
        return Reply(way="not_simulated")


def request_of(line: str, terminal: Terminal) -> tuple[Act, ...]:
    """The acts a line asks for, read without documents, in order; none for a line that only looks.

    Whatever is true: branches after `&&` and `||` are taken to be reached. Substitutions have no
    value here, so a target that only `$(...)` would name stays empty.
    """
    try:
        script = parse(clean(line, longest=LONGEST_OUTPUT))
        simples = _simples(script, _variables(terminal))[: _MOST_COMMANDS[0]]
        return tuple(act for simple in simples for act in _requested(simple, terminal))
    except (Unreadable, RecursionError):
        return ()


def _requested(simple: Simple, terminal: Terminal) -> tuple[Act, ...]:
    asked = tools.requested(simple, terminal)
    if asked is not None:
        return asked
    if tools.starts_shell(simple):
        return ()
    return tools.answer(simple, Nothing(), terminal, None, run_inside).acts


def _simples(script: Script, variables: dict[str, str]) -> list[Simple]:
    """Every simple command of a script as far as it can be read without running anything."""
    found: list[Simple] = []
    for step in script:
        heredoc: str | None = None
        for stage in step.pipeline:
            if isinstance(stage, Loop):
                found.extend(_rounds(stage, variables))
                continue
            for name, word in stage.assignments:
                if not stage.words:
                    variables[name] = joined_word(word, variables, lambda _: "")
            simple = expand(stage, variables, lambda _: "")
            # `cat <<EOF | kubectl apply -f -`: the manifest reaches the command behind the pipe.
            heredoc = simple.heredoc if simple.heredoc is not None else heredoc
            found.append(replace(simple, heredoc=heredoc))
    return found


def _rounds(loop: Loop, variables: dict[str, str]) -> list[Simple]:
    if not loop.name:
        return _simples(loop.body, variables)
    values = [value for word in loop.words for value in expand_word(word, variables, lambda _: "")]
    found: list[Simple] = []
    for value in values[:_MOST_ROUNDS]:
        found.extend(_simples(loop.body, {**variables, loop.name: value}))
        if len(found) > _MOST_COMMANDS[0]:
            break
    return found


def _variables(terminal: Terminal) -> dict[str, str]:
    home = f"/home/{terminal.user}"
    own = {"USER": terminal.user, "HOME": home, "PWD": home, "HOSTNAME": terminal.host}
    return {**own, "?": "0", "$": "4242", "#": "0", **terminal.variables}


def _bounded(text: str) -> str:
    cut = text[:LONGEST_OUTPUT]
    return clean(cut, longest=LONGEST_OUTPUT) if _UNCLEAN.search(cut) else cut


class _Shell:
    """Lives for one line: its variables and how many commands were started."""

    def __init__(self, documents: Documents, terminal: Terminal, depth: int) -> None:
        self.documents = documents
        self.terminal = terminal
        self.variables = _variables(terminal)
        self.depth = depth
        self.substituted = 0
        self.started = 0
        self.aside: list[Reply] = []

    def play(self, script: Script) -> Reply:
        """Every step that is reached, as one reply."""
        replies: list[Reply] = []
        status = 0
        size = 0
        for step in script:
            if (step.after == "&&" and status) or (step.after == "||" and not status):
                continue
            reply = self._pipeline(step.pipeline)
            if reply.way == "not_simulated":
                return reply
            size += len(reply.out)
            if size > 2 * LONGEST_OUTPUT:
                return Reply(way="not_simulated")
            replies.append(reply)
            status = reply.status
            self.variables["?"] = str(status)
        return tools.joined(replies) if replies else Reply(way="normal", takes_s=(0, 0))

    def _pipeline(self, stages: Sequence[Command | Loop]) -> Reply:
        piped: str | None = None
        replies: list[Reply] = []
        for stage in stages:
            reply = self._stage(stage, piped)
            if reply.way == "not_simulated":
                return reply
            piped = reply.out[:LONGEST_OUTPUT]
            replies.append(reply)
        whole = tools.joined([*self.aside, *replies])
        self.aside = []
        if whole.way == "not_simulated":
            return whole
        way = replies[0].way if replies[0].way != "normal" else whole.way
        return replace(whole, way=way, out=replies[-1].out)

    def _stage(self, stage: Command | Loop, piped: str | None) -> Reply:
        if isinstance(stage, Loop):
            return self._loop(stage)
        self.started += 1
        if self.started > _MOST_COMMANDS[self.depth]:
            raise Unreadable("so many commands in one line", simulated=False)
        return self._command(stage, piped)

    def _loop(self, loop: Loop) -> Reply:
        if not loop.name:
            return self.play(loop.body)
        values = [
            value
            for word in loop.words
            for value in expand_word(word, self.variables, self._substitute)
        ]
        if len(values) > _MOST_ROUNDS:
            raise Unreadable("so long a loop", simulated=False)
        replies: list[Reply] = []
        for value in values:
            self.variables[loop.name] = value
            replies.append(self.play(loop.body))
            if replies[-1].way == "not_simulated":
                return replies[-1]
        return tools.joined(replies) if replies else Reply(way="normal", takes_s=(0, 0))

    def _command(self, command: Command, piped: str | None) -> Reply:
        given = {
            name: joined_word(word, self.variables, self._substitute)
            for name, word in command.assignments
        }
        simple = expand(command, self.variables, self._substitute)
        simple = replace(simple, words=tuple(self._home(word) for word in simple.words))
        if not simple.words:
            self.variables.update(given)
            return Reply(way="normal", takes_s=(0, 0))
        if simple.words[0] in ("export", "declare", "local", "readonly"):
            self._export(simple)
        if simple.words[0] == "cd":
            self._move(simple)
        refused = self._unwritable(command.redirects)
        if refused:
            return Reply(way="refused", err=f"-bash: {refused}\n", status=1, takes_s=(0, 1))
        reply = tools.answer(simple, self.documents, self._inside(given), piped, run_inside)
        return redirected(reply, [self._sink(each) for each in command.redirects])

    def _export(self, simple: Simple) -> None:
        for word in simple.words[1:]:
            name, equals, value = word.partition("=")
            if equals and name.isidentifier():
                self.variables[name] = value

    def _move(self, simple: Simple) -> None:
        """`cd`: no folder exists, but a repository is named by the last part of the path."""
        place = (*simple.words[1:], self.variables["HOME"])[0]
        here = self.variables["PWD"]
        self.variables["PWD"] = place if place.startswith("/") else f"{here}/{place}"

    def _inside(self, given: Mapping[str, str]) -> Terminal:
        """The terminal a command is started at: this line's variables, one level deeper."""
        own = {name: value for name, value in self.variables.items() if name not in ("?", "$", "#")}
        host = self.terminal.variables.get("HOSTNAME")
        own.update({"HOSTNAME": host} if host else {})
        if not host:
            own.pop("HOSTNAME", None)
        return replace(self.terminal, variables={**own, **given, _DEPTH: str(self.depth + 1)})

    def _home(self, word: str) -> str:
        if word == "~" or word.startswith("~/"):
            return self.variables["HOME"] + word[1:]
        return word

    def _substitute(self, line: str) -> str:
        """The output of `$(line)`; its seconds and acts count with the command around it."""
        if self.substituted >= _DEEPEST:
            raise Unreadable("so deep a substitution", simulated=False)
        inner = _Shell(self.documents, self.terminal, self.depth)
        inner.substituted = self.substituted + 1
        inner.variables = dict(self.variables)
        inner.started = self.started
        reply = inner.play(parse(line))
        self.started = inner.started
        self.aside.append(replace(reply, out=""))
        if reply.way == "not_simulated":
            return ""
        return reply.out[:LONGEST_OUTPUT]

    def _sink(self, redirect: Redirect) -> tuple[str, str]:
        target = joined_word(redirect.target, self.variables, self._substitute)
        return redirect.descriptor + redirect.operator, target

    def _unwritable(self, redirects: Sequence[Redirect]) -> str:
        """Bash's words for a redirection that fails before anything is started; else nothing."""
        for redirect in redirects:
            operator, target = self._sink(redirect)
            if operator.endswith(("&", ">&", "<&")) and (target.isdecimal() or target == "-"):
                continue
            if target in _SINKS:
                continue
            if "<" in operator:
                return f"{target}: No such file or directory"
            return f"{target}: Read-only file system"
        return ""
