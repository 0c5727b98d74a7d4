"""Scenarios, plans and rosters from their files, by name or by path, as one brief.

Rule 1: the only file of this room that reads files; regular files only, each read once.
Rule 2: a word with a separator or a YAML ending is a path; every other word is the name of a
document beside the scenario's file or in the package.
Rule 3: all problems of all documents are told at once; warnings come back beside the brief.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final, Generic, Literal, TypeAlias, TypeVar

from simulator.brief.binding import bind, origins, warnings_of
from simulator.brief.brief import Brief, documents_of
from simulator.brief.checks_brief import Sheet, check_brief
from simulator.brief.checks_plan import check_plan
from simulator.brief.checks_scenario import check_scenario
from simulator.brief.checks_schema import check_schema
from simulator.brief.foundation import Foundation, laid_on, system_of
from simulator.brief.nodes import Mapping, Node, Scalar, compose
from simulator.brief.plan.plan import Plan
from simulator.brief.raw import LARGEST
from simulator.brief.roster import Roster
from simulator.brief.scenario.scenario import Scenario
from simulator.errors import BriefError, HostError, Problem, UnknownNameError
from simulator.text import clean_line, did_you_mean

Kind: TypeAlias = Literal["scenario", "plan", "roster", "system"]
T = TypeVar("T")
FOLDERS: Final[dict[Kind, str]] = {
    "scenario": "incidents",
    "plan": "plans",
    "roster": "rosters",
    "system": "systems",
}
"""Where in the package the documents of each kind lie."""
_ENDINGS: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Generic[T]):
    """One document, read, bound and checked by itself."""

    file: str
    """As problems name it: a path one can open."""
    node: Node
    value: T
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A brief, and what there is to warn of."""

    brief: Brief
    warnings: tuple[Problem, ...]
    files: tuple[str, ...]
    """Of the scenario, the plan and the roster."""


def names(kind: Kind) -> tuple[str, ...]:
    """The names of the documents of a kind that come with the package."""
    folder = _package() / FOLDERS[kind]
    return tuple(sorted(path.stem for path in folder.iterdir() if path.suffix in _ENDINGS))


def load(scenario: str, *, plan: str = "", roster: str = "", no_bots: bool = False) -> Loaded:
    """The brief of a scenario under the plan and roster asked for, else those it names.

    With `no_bots` a role nobody holds is a problem, since no bot may fill its chair.
    Raises UnknownNameError with the nearest name, HostError for a path that cannot be read, and
    BriefError with every problem of all three documents.
    """
    problems: list[Problem] = []
    told = _told(read_scenario, problems, scenario)
    near = _folder_of(scenario) if told is None else Path(told.file).parent
    wanted_plan = plan or (told.value.plan if told else _said_of(scenario, "plan"))
    wanted_roster = roster or (told.value.roster if told else _said_of(scenario, "roster"))
    agreed = _told(read_plan, problems, wanted_plan, near) if wanted_plan else None
    people = _told(read_roster, problems, wanted_roster, near) if wanted_roster else None
    if told is None or agreed is None or people is None:
        raise BriefError(problems)
    brief = Brief(
        scenario=told.value,
        plan=agreed.value,
        roster=people.value,
        documents=documents_of(told.node, agreed.node, people.node),
    )
    sheets = [Sheet(node=one.node, file=one.file) for one in (told, agreed, people)]
    together = check_brief(brief, *sheets, no_bots=no_bots)
    _refuse(together)
    warnings = (*told.warnings, *agreed.warnings, *people.warnings, *together)
    return Loaded(brief=brief, warnings=warnings, files=(told.file, agreed.file, people.file))


def read_scenario(word: str, near: Path | None = None) -> Document[Scenario]:
    """One scenario by name or path, laid on the system it stands on; raises as `load` does."""
    text, file = _text_of("scenario", word, near)
    node = compose(text, file)
    if said := system_of(node):
        node = laid_on(node, _system(said, _path_of("scenario", word, near).parent).node)
    return _bound(Scenario, check_scenario, node, file)


def read_system(word: str, near: Path | None = None) -> Document[Foundation]:
    """One system's document by name or path; raises as `load` does."""
    return _read("system", Foundation, lambda _node, _value, _file: (), word, near)


def read_plan(word: str, near: Path | None = None) -> Document[Plan]:
    """One plan by name or path; raises as `load` does."""
    return _read("plan", Plan, check_plan, word, near)


def read_roster(word: str, near: Path | None = None) -> Document[Roster]:
    """One roster by name or path; raises as `load` does."""
    return _read("roster", Roster, lambda _node, _value, _file: (), word, near)


def plan_origins(word: str) -> dict[str, str]:
    """Dotted key path -> the origin a plan states behind the value there."""
    return origins(compose(*_text_of("plan", word, None)))


def _read(
    kind: Kind,
    model: type[T],
    check: Callable[[Node, T, str], tuple[Problem, ...]],
    word: str,
    near: Path | None,
) -> Document[T]:
    text, file = _text_of(kind, word, near)
    return _bound(model, check, compose(text, file), file)


def _bound(
    model: type[T], check: Callable[[Node, T, str], tuple[Problem, ...]], node: Node, file: str
) -> Document[T]:
    check_schema(node, file)
    value = bind(model, node, file)
    found = (*warnings_of(node, file), *check(node, value, file))
    _refuse(found)
    return Document(file=file, node=node, value=value, warnings=found)


def _system(said: Scalar, near: Path) -> Document[Foundation]:
    """The system a scenario names; a name nothing goes by is a problem where it stands."""
    try:
        return read_system(said.text, near)
    except UnknownNameError as error:
        raise BriefError(
            [
                Problem(
                    file=said.file,
                    line=said.line,
                    column=said.column,
                    code="E141",
                    found=str(error),
                )
            ]
        ) from None


def _told(
    read: Callable[..., Document[T]], problems: list[Problem], word: str, near: Path | None = None
) -> Document[T] | None:
    """The document, or None with its problems added to those of the others."""
    try:
        return read(word, near)
    except BriefError as error:
        problems += error.problems
        return None


def _said_of(scenario: str, key: str) -> str:
    """What a scenario that is not sound names as its plan or roster; empty where unreadable."""
    try:
        node = compose(*_text_of("scenario", scenario, None))
    except BriefError:
        return ""
    named = node.items.get(key) if isinstance(node, Mapping) else None
    return named.text if isinstance(named, Scalar) else ""


def _refuse(problems: tuple[Problem, ...]) -> None:
    if any(not problem.is_warning for problem in problems):
        raise BriefError(sorted(problems, key=lambda one: (one.file, one.line, one.column)))


def _text_of(kind: Kind, word: str, near: Path | None) -> tuple[bytes, str]:
    """The bytes of a document and the name problems give it."""
    path = _path_of(kind, word, near)
    return _bytes_of(path), _shown(path)


def _path_of(kind: Kind, word: str, near: Path | None) -> Path:
    if _is_path(word):
        return Path(word).expanduser()
    places = [] if near is None else [near, near.parent / FOLDERS[kind]]
    for folder in (*places, _package() / FOLDERS[kind]):
        for ending in _ENDINGS:
            if word and _is_file(folder / f"{word}{ending}"):
                return folder / f"{word}{ending}"
    hint = did_you_mean(word, names(kind))
    raise UnknownNameError(f"no {kind} is called {clean_line(word, longest=80)!r}; {hint}")


def _is_path(word: str) -> bool:
    return "/" in word or os.sep in word or word.endswith(_ENDINGS)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a word no file can be called, such as one of 300 letters
        return False


def _folder_of(word: str) -> Path | None:
    return Path(word).expanduser().parent if _is_path(word) else None


def _bytes_of(path: Path) -> bytes:
    """A regular file's bytes, at most one more than a document may have."""
    shown = clean_line(str(path), longest=300)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise HostError(f"{shown} is a folder; give the YAML file itself")
        if not stat.S_ISREG(mode):
            raise HostError(f"{shown} is a pipe or a device; only regular files are read")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise HostError(
            f"{shown}: {error.strerror}; give a file you may read, or a name from the library"
        ) from error
    except ValueError as error:
        raise HostError(f"{shown} cannot be the path of a file: {error}") from error


def _shown(path: Path) -> str:
    """The path from where one stands, if it is below; problems print it for editors."""
    try:
        shown = str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        shown = str(path)
    return clean_line(shown, longest=300)


def _package() -> Path:
    """The folder of the documents that come with the package."""
    return Path(str(files("scenarios")))
