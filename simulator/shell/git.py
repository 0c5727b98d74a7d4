"""git: what was changed when and by whom, and the two ways back: revert and push.

Rule 1: a repository is its commits, newest first, on one branch `main`; nothing is checked out.
Rule 2: `revert` and `push` are acts; every other change of a repository is not simulated.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.shell.documents import Documents, Row
from simulator.shell.flags import Given, flag_table, read_flags
from simulator.shell.git_print import blamed, diffed, logged, shown
from simulator.shell.git_stat import undone
from simulator.shell.reply import Act, Reply, Terminal
from simulator.shell.syntax import Simple

_LEADING: Final = flag_table("C= c= git-dir= work-tree= no-pager P|paginate version help")
_LOG: Final = (
    "n|max-count= since= after= until= before= author= grep= oneline stat p|patch u name-only "
    "name-status format= pretty= reverse graph all decorate no-merges merges first-parent "
    "abbrev-commit date= i S= G= follow shortstat no-decorate color no-color L= summary "
    "committer= numstat M w"
)
_FLAGS: Final = {
    "log": flag_table(_LOG),
    "show": flag_table(_LOG),
    "diff": flag_table(
        "stat name-only name-status numstat cached staged shortstat w U= color no-color"
    ),
    "blame": flag_table("L= w e s l date="),
    "revert": flag_table("no-edit n|no-commit m|mainline= e|edit s|signoff abort continue"),
    "push": flag_table(
        "u|set-upstream f|force force-with-lease tags q|quiet v|verbose dry-run no-verify"
    ),
    "status": flag_table("s|short b|branch porcelain"),
    "branch": flag_table("a|all r|remotes v|verbose show-current vv"),
    "fetch": flag_table("all p|prune q|quiet tags"),
    "pull": flag_table("rebase ff-only q|quiet"),
    "remote": flag_table("v|verbose"),
    "rev-parse": flag_table("short abbrev-ref verify"),
    "shortlog": flag_table("s|summary n|numbered e|email since= after="),
}
_CHANGING: Final = frozenset(
    {
        "commit",
        "merge",
        "rebase",
        "reset",
        "checkout",
        "switch",
        "cherry-pick",
        "tag",
        "stash",
        "add",
    }
    | {"restore", "clone", "init", "rm", "mv", "apply", "am", "bisect", "clean", "worktree", "grep"}
    | {"ls-files", "reflog", "describe", "config", "cat-file", "ls-remote", "archive", "notes"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A git line, read."""

    repository: str
    """Empty where the terminal stands in none and none is named."""
    verb: str
    given: Given
    paths: tuple[str, ...]


def requested(command: Simple, terminal: Terminal) -> tuple[Act, ...]:
    """The acts a line asks for: one a commit to revert, one a push."""
    asked = _read(command.words[1:], terminal)
    if isinstance(asked, str) or asked.given.unknown or asked.given.has("dry-run"):
        return ()
    options = {
        name: " ".join(values) for name, values in asked.given.flags.items() if name == "force"
    }
    if asked.verb == "push":
        target = asked.repository
        return (Act(tool="git", verb="push", target=target, options=options, line=command.line),)
    if asked.verb != "revert":
        return ()
    return tuple(
        Act(
            tool="git",
            verb="revert",
            target=commit,
            options={**options, "repository": asked.repository},
            line=command.line,
        )
        for commit in asked.given.operands
    )


def answer(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """What git prints."""
    del piped
    asked = _read(command.words[1:], terminal)
    if isinstance(asked, str):
        return _refused(asked, 1)
    if asked.verb == "help":
        out = "usage: git [-C <path>] <command> [<args>]\n\n   log show diff blame revert push\n"
        return Reply(way="normal", out=out)
    if asked.verb in _CHANGING:
        return Reply(way="not_simulated")
    if asked.verb not in _FLAGS:
        word = asked.verb
        return _refused(f"git: '{word}' is not a git command. See 'git --help'.\n", 1)
    if asked.given.unknown or asked.given.lacking:
        flag = asked.given.unknown or asked.given.lacking
        return _refused(f"fatal: unrecognized argument: {flag}\n", 128)
    kind = f"git/{asked.repository}"
    commits = documents.rows(kind)
    if not commits:
        return _nowhere(asked, documents)
    return _answered(asked, documents, commits, kind, requested(command, terminal))


def _refused(message: str, status: int) -> Reply:
    return Reply(way="refused", err=message, status=status, takes_s=(0, 1))


def _nowhere(asked: _Asked, documents: Documents) -> Reply:
    known = documents.kinds("git/")
    if asked.repository and f"git/{asked.repository}" not in known:
        return _refused(
            f"fatal: cannot change to '{asked.repository}': No such file or directory\n", 128
        )
    return _refused("fatal: not a git repository (or any of the parent directories): .git\n", 128)


def _read(words: Sequence[str], terminal: Terminal) -> _Asked | str:
    leading = read_flags(words, _LEADING, operands_first=True)
    if leading.unknown:
        return f"unknown option: {leading.unknown}\nusage: git [-C <path>] <command> [<args>]\n"
    place = leading.value("C") or leading.value("git-dir").removesuffix("/.git")
    home = f"/home/{terminal.user}"
    place = place or terminal.variables.get("PWD", home).removeprefix(home)
    repository = place.rstrip("/").rpartition("/")[2]
    if not leading.operands:
        return _Asked(repository=repository, verb="help", given=leading, paths=())
    verb, *rest = leading.operands
    table = _FLAGS.get(verb, flag_table(""))
    counted = [
        f"-n{word[1:]}" if _is_count(word) and verb in ("log", "show") else word for word in rest
    ]
    given = read_flags(counted, table)
    return _Asked(repository=repository, verb=verb, given=given, paths=given.rest)


def _is_count(word: str) -> bool:
    return word.startswith("-") and word[1:].isdecimal()


def _answered(
    asked: _Asked, documents: Documents, commits: Sequence[Row], kind: str, acts: tuple[Act, ...]
) -> Reply:
    given, now = asked.given, documents.now
    fault = ""
    out = ""
    match asked.verb:
        case "log" | "shortlog":
            revision, *more = (*given.operands, "")
            known = _from(commits, revision)
            paths = asked.paths
            if known is None:
                # Like git: an operand that is no revision is a path.
                paths = (*(each for each in (revision, *more) if each), *paths)
                known = list(commits)
            out, fault = logged(known, given, paths, now)
        case "show":
            found = _from(commits, given.operands[0] if given.operands else "HEAD")
            fault = "" if found else _unknown_revision(given.operands[0])
            out = shown(found[0], given) if found else ""
        case "diff":
            out, fault = _difference(asked, commits)
        case "blame":
            path = (*given.operands, *asked.paths)[-1:]
            out, fault = blamed(commits, path[0] if path else "")
        case "revert":
            return _reverted(given, commits, kind, acts)
        case "push":
            head = str(commits[0].get("hash", ""))[:7]
            err = f"To git@git.internal:{asked.repository}.git\n   {head}..main  main -> main\n"
            return Reply(way="answered", err=err, acts=acts, takes_s=(8, 14), reads=(kind,))
        case _:
            out = _told(asked, commits)
    if fault:
        return Reply(way="refused", err=fault, status=128, reads=(kind,), takes_s=(0, 1))
    return Reply(way="answered", out=out, takes_s=(12, 20), reads=(kind,))


def _unknown_revision(revision: str) -> str:
    return (
        f"fatal: ambiguous argument '{revision}': unknown revision or path not in the working tree."
        "\n"
        "Use '--' to separate paths from revisions, like this:\n"
        "'git <command> [<revision>...] -- [<file>...]'\n"
    )


def _from(commits: Sequence[Row], revision: str) -> list[Row] | None:
    """The commits from a revision on, newest first; None where nothing goes by that name."""
    name = revision.rpartition("..")[2] or revision
    base, tilde, steps = name.partition("~")
    caret = base.count("^")
    base = base.rstrip("^")
    back = caret + (
        int(steps or 1) if tilde and (steps or "1").isdecimal() and len(steps) < 5 else 0
    )
    start: int | None = None
    if base in ("", "HEAD", "main", "master", "origin/main", "@"):
        start = 0
    elif len(base) >= 4:
        hits = [at for at, row in enumerate(commits) if str(row.get("hash", "")).startswith(base)]
        start = hits[0] if hits else None
    if start is None or start + back >= len(commits):
        return None
    return list(commits[start + back :])


def _difference(asked: _Asked, commits: Sequence[Row]) -> tuple[str, str]:
    operands = [part for word in asked.given.operands for part in word.split("..") if part]
    if not operands:
        return "", ""
    older = _from(commits, operands[0])
    newer = _from(commits, operands[1] if len(operands) > 1 else "HEAD")
    if older is None or newer is None:
        return "", _unknown_revision(operands[0 if older is None else 1])
    count = len(newer) - len(older)
    between = newer[: max(0, count)] or older[: max(0, -count)]
    return diffed(between, asked.given, asked.paths), ""


def _reverted(given: Given, commits: Sequence[Row], kind: str, acts: tuple[Act, ...]) -> Reply:
    if not given.operands:
        return _refused(
            "usage: git revert [--[no-]edit] [-n] [-m <parent-number>] <commit>...\n", 129
        )
    lines: list[str] = []
    for revision in given.operands:
        found = _from(commits, revision)
        if not found:
            return _refused(f"fatal: bad revision '{revision}'\n", 128)
        commit = found[0]
        new = hashlib.sha256(f"revert {commit.get('hash')}".encode()).hexdigest()[:7]
        lines.append(f'[main {new}] Revert "{commit.get("subject", "")}"\n{undone(commit)}')
    return Reply(way="answered", out="".join(lines), acts=acts, takes_s=(6, 10), reads=(kind,))


def _told(asked: _Asked, commits: Sequence[Row]) -> str:
    match asked.verb:
        case "status":
            if asked.given.has("short") or asked.given.has("porcelain"):
                return ""
            return (
                "On branch main\nYour branch is up to date with 'origin/main'.\n\n"
                "nothing to commit, working tree clean\n"
            )
        case "branch":
            return "main\n" if asked.given.has("show-current") else "* main\n"
        case "remote":
            place = f"git@git.internal:{asked.repository}.git"
            lines = f"origin\t{place} (fetch)\norigin\t{place} (push)\n"
            return lines if asked.given.has("verbose") else "origin\n"
        case "rev-parse":
            full = str(commits[0].get("hash", ""))
            return f"{full[:7] if asked.given.has('short') else full}\n"
        case "pull":
            return "Already up to date.\n"
        case _:
            return ""
