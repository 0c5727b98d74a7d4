"""The small words everybody types: date, echo, ls, sleep, help.

Rule 1: there are no files: whatever is listed or opened is empty or not found, as on a bare laptop.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from simulator.shell.documents import Documents
from simulator.shell.kubectl_objects import moment, seconds_of
from simulator.shell.reply import Reply, Terminal
from simulator.shell.syntax import Simple

_DATE: Final = "%a %b %e %H:%M:%S UTC %Y"
_HARMLESS: Final = frozenset(
    {"true", ":", "clear", "reset", "exit", "logout", "export", "set", "cd"}
)
_QUIET: Final = frozenset(
    {"unset", "alias", "source", ".", "wait", "bg", "fg", "stty", "ulimit", "umask"}
)
WORDS: Final = tuple(
    sorted(
        {
            "cat",
            "date",
            "echo",
            "false",
            "help",
            "history",
            "hostname",
            "id",
            "jobs",
            "ls",
            "printf",
        }
        | {
            "login",
            "pwd",
            "sleep",
            "sso",
            "type",
            "uname",
            "uptime",
            "vpn",
            "which",
            "whoami",
            "seq",
        }
        | {"aws-vault", "man", "test", "["}
        | _HARMLESS
        | _QUIET
    )
)
EDITORS: Final = frozenset({"vi", "vim", "nano", "emacs", "code"})
"""Programs that take over the screen: not simulated."""


def answer(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """What a small word prints."""
    del piped  # no small word reads its input
    name, *words = command.words
    if name in _HARMLESS or name in _QUIET:
        return Reply(way="normal", takes_s=(0, 1))
    if name in EDITORS:
        return Reply(way="not_simulated")
    texts = _told(name, words, documents, terminal)
    if texts is not None:
        return Reply(way="normal", out=texts, takes_s=(0, 1))
    match name:
        case "sleep":
            return _slept(words)
        case "false":
            return Reply(way="normal", status=1, takes_s=(0, 1))
        case "test" | "[":
            return Reply(way="not_simulated")
        case "ls" | "cat" if words and not words[-1].startswith("-"):
            verb = "cannot access " if name == "ls" else ""
            shown = f"'{words[-1]}'" if name == "ls" else words[-1]
            return _refused(
                f"{name}: {verb}{shown}: No such file or directory", 2 - (name == "cat")
            )
        case "man" | "type" | "which" | "help":
            return Reply(way="normal", out="", takes_s=(0, 1))
        case "vpn" | "login" | "sso" | "aws-vault":
            # The first connection of a shift with its second factor; later ones take seconds.
            return Reply(way="normal", out="Connected; session valid for 8 h\n", takes_s=(5, 15))
        case _:
            return Reply(way="normal", takes_s=(0, 1))


def _refused(message: str, status: int) -> Reply:
    return Reply(way="refused", err=f"{message}\n", status=status, takes_s=(0, 1))


def _told(name: str, words: list[str], documents: Documents, terminal: Terminal) -> str | None:
    """The text of a word that only tells; None for any other word."""
    host = terminal.variables.get("HOSTNAME") or terminal.host
    match name:
        case "echo":
            return _echoed(words)
        case "printf":
            return _formatted(words)
        case "date":
            return _dated(words, documents.now)
        case "whoami":
            return f"{terminal.user}\n"
        case "id":
            return f"uid=1000({terminal.user}) gid=1000({terminal.user})\n"
        case "hostname":
            return f"{host}\n"
        case "uname":
            return f"Linux {host} 6.8.0 x86_64 GNU/Linux\n" if words else "Linux\n"
        case "pwd":
            return f"/home/{terminal.user}\n"
        case "uptime":
            clock = datetime.fromtimestamp(documents.now, UTC)
            return f" {clock:%H:%M:%S} up 3 days,  4:11,  1 user,  load average: 0.31, 0.28, 0.24\n"
        case "history":
            numbered = enumerate(terminal.history, start=1)
            return "".join(f"{number:>5}  {line}\n" for number, line in numbered)
        case "seq":
            return _counted(words)
        case "jobs" | "ls" if not words or words[-1].startswith("-"):
            return ""
        case _:
            return None


def _echoed(words: list[str]) -> str:
    ends = "\n"
    escaped = False
    while words and words[0] in ("-n", "-e", "-ne", "-en", "-E"):
        flag = words.pop(0)
        ends = "" if "n" in flag else ends
        escaped = escaped or "e" in flag
    text = " ".join(words)
    return (text.replace("\\n", "\n").replace("\\t", "\t") if escaped else text) + ends


def _formatted(words: list[str]) -> str:
    if not words:
        return ""
    shape = words[0].replace("\\n", "\n").replace("\\t", "\t")
    waiting = words[1:]
    out: list[str] = []
    parts = shape.split("%s")
    while True:
        taken = waiting[: len(parts) - 1]
        waiting = waiting[len(parts) - 1 :]
        taken += [""] * (len(parts) - 1 - len(taken))
        out.append("".join(part for pair in zip(parts, [*taken, ""], strict=True) for part in pair))
        if not waiting or len(parts) == 1:
            return "".join(out)


def _dated(words: list[str], now: int) -> str:
    shape = next((word[1:] for word in words if word.startswith("+")), "")
    moment_wanted = now
    for at, word in enumerate(words):
        value = word.partition("=")[2] if "=" in word else "".join(words[at + 1 : at + 2])
        if word.startswith(("-d", "--date")):
            moment_wanted = spoken(value, now)
    then = datetime.fromtimestamp(moment_wanted, UTC)
    if any(word.startswith(("-I", "--iso")) for word in words):
        return f"{then:%Y-%m-%dT%H:%M:%S+00:00}\n"
    if not shape:
        return f"{then.strftime(_DATE)}\n"
    kept = {"s": str(moment_wanted), "F": f"{then:%Y-%m-%d}", "T": f"{then:%H:%M:%S}"}
    out: list[str] = []
    at = 0
    while at < len(shape):
        if shape[at] == "%" and at + 1 < len(shape):
            sign = shape[at + 1]
            known = sign in "YmdHMSyjaAbBeIpZz"
            out.append(kept.get(sign) or (then.strftime(f"%{sign}") if known else f"%{sign}"))
            at += 2
        else:
            out.append(shape[at])
            at += 1
    return "".join(out) + "\n"


def spoken(text: str, now: int) -> int:
    """`5 minutes ago`, `@1741000000`, an ISO moment; now for anything else."""
    digits = text.removeprefix("@")
    if digits.isdecimal() and digits.isascii() and len(digits) < 11:
        return int(digits)
    parts = text.removesuffix("ago").replace("-", "").split()
    if len(parts) == 2 and parts[0].isdecimal() and parts[0].isascii() and len(parts[0]) < 6:
        units = {"sec": 1, "min": 60, "hou": 3600, "day": 86400}
        return now - int(parts[0]) * units.get(parts[1][:3], 0)
    if text == "yesterday":
        return now - int(timedelta(days=1).total_seconds())
    found = moment(text)
    return now if found is None else found


def _counted(words: list[str]) -> str:
    numbers = [int(word) for word in words if word.isdecimal() and word.isascii() and len(word) < 4]
    if not numbers or len(numbers) > 2:
        return ""
    first, last = (1, numbers[0]) if len(numbers) == 1 else numbers
    return "".join(f"{number}\n" for number in range(first, last + 1))


def _slept(words: list[str]) -> Reply:
    text = words[0] if words else ""
    seconds = seconds_of(text if text[-1:].isalpha() else f"{text}s")
    if seconds is None:
        return _refused(f"sleep: invalid time interval '{text}'", 1)
    seconds = min(seconds, 600)
    return Reply(way="normal", takes_s=(seconds, seconds))
