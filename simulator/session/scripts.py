"""Lists of orders from files, onto the chairs they are written for.

Rule 1: a word with a separator or a YAML or JSON ending is a file, the name of a list that comes
with the package is that; every other word is a policy.
Rule 2: a file given alone sits on every chair it speaks for; `person=FILE` or `role=FILE` takes
from it that chair's lines only.
Rule 3: what is played stands in the brief, so that the journal needs no file to run again.
"""

import json
import os
from dataclasses import dataclass, replace
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, Final

from simulator.brief.brief import Brief
from simulator.brief.raw import LARGEST
from simulator.errors import HostError, UnknownNameError
from simulator.responders.script import read_script
from simulator.session.seating import EVERYBODY, seating
from simulator.text import clean_line, did_you_mean

SCRIPTED: Final = "scripted"
_ENDINGS: Final = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """Who plays, and the brief they play under."""

    brief: Brief
    policies: dict[str, str]
    """Person -> policy."""


def seats(brief: Brief, asked: str = "") -> Seats:
    """Everybody's policy as asked for, files of orders included.

    Raises BriefError for a file that is no script, HostError for one that cannot be read, and
    UnknownNameError as `seating` does, and where a chair is given two files or a file says nothing.
    """
    wishes = [part.strip() for part in asked.split(",")] if asked else []
    files = [wish for wish in wishes if _path_of(wish.partition("=")[2] or wish)]
    plain = ",".join(wish for wish in wishes if wish not in files)
    policies, rows = seating(brief, plain), list[Any]()
    named = {wish.partition("=")[0].strip() for wish in plain.split(",") if "=" in wish}
    for wish in files:
        name, _, word = wish.rpartition("=")
        if (name := name.strip()) in named - {EVERYBODY}:
            raise UnknownNameError(f"{name!r} is named twice, once with a file; once is enough")
        for person, mine in _parts(brief, word.strip(), name or EVERYBODY).items():
            if policies[person] == SCRIPTED:
                raise UnknownNameError(f"{person} is given two lists of orders; one is enough")
            policies[person] = SCRIPTED
            rows += mine
    if not files:
        return Seats(brief=brief, policies=policies)
    script = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    documents = {**brief.documents, "script": script}
    return Seats(brief=replace(brief, documents=documents), policies=policies)


def is_file(word: str) -> bool:
    """Whether a word means a file, as against a policy."""
    return "/" in word or os.sep in word or word.strip().endswith(_ENDINGS)


def shipped() -> dict[str, Path]:
    """The lists of orders that come with the package: drills as they were once executed."""
    folder = Path(str(package_files("scenarios"))) / "scripts"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def _path_of(word: str) -> Path | None:
    """Where a word's list of orders lies; None for a policy."""
    word = word.strip()
    return Path(word).expanduser() if is_file(word) else shipped().get(word)


def _parts(brief: Brief, word: str, name: str) -> dict[str, list[Any]]:
    """Person -> the rows of a file that are theirs, for the chair asked for or for all."""
    path = _path_of(word)
    assert path is not None, "asked only of words that are files"
    lines, kept = read_script(_text_of(path), clean_line(word), brief)
    chairs = brief.chairs()
    wanted = chairs.get(name, name)
    if name != EVERYBODY and wanted not in brief.people():
        hint = did_you_mean(name, (*chairs, *brief.people()))
        raise UnknownNameError(f"no role or person is called {name!r}; {hint}")
    parts: dict[str, list[Any]] = {}
    for line, row in zip(lines, json.loads(kept), strict=True):
        if name == EVERYBODY or line.by == wanted:
            parts.setdefault(line.by, []).append(row)
    if not parts:
        whom = "anybody" if name == EVERYBODY else wanted
        raise UnknownNameError(f"{clean_line(word)} holds no line of {whom}")
    return parts


def _text_of(path: Path) -> bytes:
    """A regular file's bytes, at most one more than a document may have."""
    shown = clean_line(str(path), longest=300)
    try:
        if not path.is_file():
            raise HostError(f"{shown} is no file that could be read; give a list of orders")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise HostError(f"{shown} cannot be read: {error}") from error
