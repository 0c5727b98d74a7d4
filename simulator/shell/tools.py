"""Every command this shell knows, by name, and how one simple command finds its tool.

Rule 1: `TOOLS` and `STARTERS` are the whole list; nothing registers itself.
Rule 2: an author's answer (`tool/<name>` rows) comes first, then a tool, then a filter.
Rule 3: a tool that reads a rich language is imported when first used: start-up stays quick.
Rule 4: a tool that starts another command or line is handed what starts it.
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Final, TypeAlias

from simulator.shell import dns, everyday, git, kubectl, network, probes, ssh
from simulator.shell.documents import Documents, Row
from simulator.shell.filters import FILTERS, filtered
from simulator.shell.matching import same_command
from simulator.shell.real_tools import REAL
from simulator.shell.reply import Act, Reply, Terminal
from simulator.shell.starting import StartLine
from simulator.shell.syntax import Simple
from simulator.shell.wrappers import ALIASES, SHELLS, WRAPPERS, peeled

__all__ = ["ALIASES", "answer", "joined", "nearest_lines", "requested", "starts_shell"]

Tool: TypeAlias = Callable[[Simple, Documents, Terminal, str | None], Reply]
Starter: TypeAlias = Callable[[Simple, Documents, Terminal, str | None, StartLine], Reply]
"""A tool that may start another command, as `kubectl exec` and ssh do."""

_EXAMPLES: Final = (
    *kubectl.EXAMPLES,
    "curl -isS -m 10 https://<host>/<path>",
    "dig <host>",
    "openssl s_client -connect <host>:443",
    "nc -zv <host> <port>",
    "pg_isready -h <host>",
    "psql -h <host> -c '<sql>'",
    "aws rds describe-db-instances",
    "aws rds describe-events --duration 60",
    "aws cloudwatch get-metric-statistics",
    "promql '<expression>'",
    "logs 'service:<name>'",
    "git -C <repository> log --since='24 hours ago' --stat",
    "ssh <host> journalctl -u <unit> -n 20",
)


def answer(
    command: Simple, documents: Documents, terminal: Terminal, piped: str | None, start: StartLine
) -> Reply:
    """What one simple command comes to, after aliases and wrappers.

    `start` answers a line that the command starts, as `sh -c` does.
    """
    command = peeled(command)
    name = command.words[0]
    text = command.heredoc if command.heredoc is not None else piped
    if name in SHELLS:
        return _shell(command, documents, terminal, start)
    if name == "xargs":
        return _spread(command, documents, terminal, text, start)
    authored = _authored(command, documents, terminal)
    if authored is not None:
        return authored
    if name in FILTERS and not (name == "cat" and text is None and len(command.words) == 1):
        result = filtered(name, command.words[1:], text)
        return Reply(
            way="refused" if result.err and text is None else "normal",
            out=result.out,
            err=result.err,
            status=result.status,
            takes_s=(0, 0),
        )
    if name in STARTERS:
        reply = STARTERS[name](command, documents, terminal, piped, start)
    elif name in TOOLS:
        reply = TOOLS[name](command, documents, terminal, piped)
    else:
        return _unknown(command, documents)
    if reply.way == "not_simulated" and not reply.nearest:
        return replace(reply, nearest=nearest_lines(" ".join(command.words)))
    return reply


def requested(command: Simple, terminal: Terminal) -> tuple[Act, ...] | None:
    """The acts a simple command asks for, read without documents; None where that cannot be told.

    kubectl and git can tell; the others are asked through `answer`.
    """
    command = peeled(command)
    if not command.words:
        return ()
    name = command.words[0]
    if name == "kubectl":
        inner = kubectl.inner_of(command, terminal)
        return requested(inner, terminal) if inner else kubectl.requested(command, terminal)
    if name == "git":
        return git.requested(command, terminal)
    return None


def starts_shell(command: Simple) -> bool:
    """Whether a command starts another line or spreads its input: `sh -c`, `xargs`."""
    words = peeled(command).words
    return bool(words) and words[0] in ("xargs", *SHELLS)


def nearest_lines(line: str) -> tuple[str, ...]:
    """The three lines that work and look most like this one."""
    return tuple(difflib.get_close_matches(line[:200], _EXAMPLES, n=3, cutoff=0.0))


def _lazily(module: str) -> Tool:
    def start(
        command: Simple, documents: Documents, terminal: Terminal, piped: str | None
    ) -> Reply:
        reply: Reply = import_module(module).answer(command, documents, terminal, piped)
        return reply

    return start


def _authored(command: Simple, documents: Documents, terminal: Terminal) -> Reply | None:
    """The answer of a `tool/<name>` row whose `line` asks for the same; None without one.

    A row may say `on` (a host or pod name, or `pod`) where only there it is true, and `acts` where
    the line changes something.
    """
    name = command.words[0]
    for row in documents.rows(f"tool/{name}"):
        place = str(row.get("on", ""))
        here = (terminal.host, terminal.variables.get("HOSTNAME", ""))
        if (place and place not in here) or not same_command(
            str(row.get("line", "")), command.words, terminal
        ):
            continue
        status = row.get("status", 0)
        seconds = row.get("seconds", 2)
        whole = int(seconds) if isinstance(seconds, int | float) else 2
        failed = isinstance(status, int) and status != 0
        text = str(row.get("out", ""))
        text = text if not text or text.endswith("\n") else f"{text}\n"
        return Reply(
            way="refused" if failed else "answered",
            out="" if failed else text,
            err=text if failed else str(row.get("err", "")),
            status=status if isinstance(status, int) else 0,
            takes_s=(whole, max(whole, whole * 3 // 2)),
            acts=(_own_act(command),) if row.get("acts") and not failed else (),
            reads=(f"tool/{name}",),
        )
    return None


def _own_act(command: Simple) -> Act:
    """An act of an organisation's own tool: leading words, last operand, flags as typed."""
    options: dict[str, str] = {}
    operands: list[str] = []
    waiting = list(command.words[1:])
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("--"):
            operands.append(word)
            continue
        flag, equals, value = word.removeprefix("--").partition("=")
        if not equals and waiting and not waiting[0].startswith("-"):
            value = waiting.pop(0)
        options[flag] = value or "true"
    return Act(
        tool=command.words[0],
        verb=" ".join(operands[:-1] or operands),
        target=operands[-1] if len(operands) > 1 else "",
        options=options,
        line=command.line,
    )


def _unknown(command: Simple, documents: Documents) -> Reply:
    name = command.words[0]
    rows: Sequence[Row] = documents.rows(f"tool/{name}")
    if rows:
        lines = [str(row.get("line", "")) for row in rows]
        close = difflib.get_close_matches(" ".join(command.words)[:200], lines, n=3, cutoff=0.0)
        return Reply(way="not_simulated", nearest=tuple(close))
    if name in REAL or name in WRAPPERS:
        return Reply(way="not_simulated", nearest=nearest_lines(" ".join(command.words)))
    place = f"-bash: {name}: No such file or directory" if "/" in name else ""
    message = place or f"-bash: {name}: command not found"
    return Reply(way="refused", err=f"{message}\n", status=127, takes_s=(0, 1))


def _kubectl(
    command: Simple, documents: Documents, terminal: Terminal, piped: str | None, start: StartLine
) -> Reply:
    def inside(simple: Simple, documents: Documents, there: Terminal) -> Reply:
        return answer(simple, documents, there, None, start)

    return kubectl.answer(command, documents, terminal, piped, inside)


def _shell(command: Simple, documents: Documents, terminal: Terminal, start: StartLine) -> Reply:
    """`sh -c 'line'`: the line, one level deeper."""
    words = command.words
    if words[0] == "eval":
        return start(" ".join(words[1:]), documents, terminal)
    flags = [at for at, word in enumerate(words) if word in ("-c", "-lc", "-xc", "-ec")]
    if not flags or flags[0] + 1 >= len(words):
        if command.heredoc is not None:
            return start(command.heredoc, documents, terminal)
        return Reply(way="not_simulated", nearest=nearest_lines("sh -c"))
    return start(words[flags[0] + 1], documents, terminal)


def _spread(
    command: Simple, documents: Documents, terminal: Terminal, text: str | None, start: StartLine
) -> Reply:
    """`xargs`: the words of the input as operands, all at once or, with `-n` or `-I`, singly."""
    words = list(command.words[1:])
    each = 0
    mark = ""
    while words and words[0].startswith("-"):
        flag = words.pop(0)
        if flag.startswith("-I"):
            mark = flag[2:] or (words.pop(0) if words else "{}")
        elif flag.startswith("-n"):
            value = flag[2:] or (words.pop(0) if words else "1")
            each = int(value) if value.isdecimal() and value.isascii() and len(value) < 5 else 1
        elif flag.startswith(("-P", "-L", "-d")) and len(flag) == 2 and words:
            words.pop(0)
    words = words or ["echo"]
    operands = (text or "").splitlines() if mark else (text or "").split()
    if not operands:
        return Reply(way="normal", takes_s=(0, 1))
    if mark:
        lines = [[word.replace(mark, operand) for word in words] for operand in operands[:40]]
    elif each:
        chunks = range(0, min(len(operands), 40 * each), each)
        lines = [[*words, *operands[at : at + each]] for at in chunks]
    else:
        lines = [[*words, *operands[:500]]]
    if any(line[0] in ("xargs", *SHELLS) for line in lines):
        return Reply(way="not_simulated", nearest=nearest_lines("for x in <words>; do"))
    return joined(
        [
            answer(Simple(words=tuple(line), line=" ".join(line)), documents, terminal, None, start)
            for line in lines
        ]
    )


def joined(replies: Sequence[Reply]) -> Reply:
    """Several replies as one: texts and acts in order, seconds summed, the last one's status."""
    unknown = next((reply for reply in replies if reply.way == "not_simulated"), None)
    if unknown is not None:
        return Reply(way="not_simulated", nearest=unknown.nearest)
    ways = {reply.way for reply in replies}
    return Reply(
        way="answered" if "answered" in ways else "refused" if "refused" in ways else "normal",
        out="".join(reply.out for reply in replies),
        err="".join(reply.err for reply in replies),
        status=replies[-1].status if replies else 0,
        takes_s=(
            sum(reply.takes_s[0] for reply in replies),
            sum(reply.takes_s[1] for reply in replies),
        ),
        acts=tuple(act for reply in replies for act in reply.acts),
        reads=tuple(sorted({kind for reply in replies for kind in reply.reads})),
    )


TOOLS: Final[Mapping[str, Tool]] = {
    "aws": _lazily("simulator.shell.aws"),
    "curl": network.answer,
    "dig": dns.dig,
    "git": git.answer,
    "host": dns.host,
    "journalctl": ssh.journal,
    "logs": _lazily("simulator.shell.logs"),
    "mtr": probes.mtr,
    "nc": probes.nc,
    "nslookup": dns.nslookup,
    "openssl": probes.openssl,
    "pg_isready": probes.pg_isready,
    "ping": probes.ping,
    "promql": _lazily("simulator.shell.promql"),
    "psql": _lazily("simulator.shell.psql"),
    "traceroute": probes.mtr,
    "wget": network.answer,
    **dict.fromkeys(everyday.WORDS, everyday.answer),
    **dict.fromkeys(everyday.EDITORS, everyday.answer),
}
STARTERS: Final[Mapping[str, Starter]] = {"kubectl": _kubectl, "ssh": ssh.answer}
