"""What docs/authoring.md teaches, taken out of the page: files, additions, mistakes, commands."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "authoring.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"<!-- (\w+) -->\n```\w+\n(.*?)```", re.DOTALL)


def blocks(mark):
    """The text of every block behind this mark, in order."""
    return [text for kind, text in _BLOCK.findall(PAGE) if kind == mark]


def steps():
    """The smallest drill, and the drill after each addition."""
    (text,) = blocks("file")
    found = [text]
    for addition in blocks("add"):
        text = with_added(text, addition)
        found.append(text)
    return found


def with_added(text, addition):
    """The document with each top part of the addition under the part of its name."""
    parts = sections(text)
    for name, lines in sections(addition).items():
        parts.setdefault(name, [f"{name}:"]).extend(lines[1:])
    return "\n".join(line for lines in parts.values() for line in lines) + "\n"


def sections(text):
    """Top key -> its lines, the key's own line first."""
    found = {}
    for line in text.splitlines():
        if line[:1].isalpha():
            found[line.partition(":")[0]] = [line]
        elif found:
            found[list(found)[-1]].append(line)
    return found


def mistakes():
    """(before, after, code, what is said) of every mistake of the page."""
    (text,) = blocks("mistakes")
    found = []
    for one in text.strip().split("\n\n"):
        before, after, told = one.splitlines()
        code, said = told.removeprefix("=> ").split(": ", 1)
        found.append((before.removeprefix("- "), after.removeprefix("+ "), code, said))
    return found
