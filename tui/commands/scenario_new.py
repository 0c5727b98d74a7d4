"""`gameday scenarios new`: a small complete drill to grow from, by questions or by options.

Rule 1: nothing that exists is overwritten, and nothing is left half written.
Rule 2: on a terminal what is not given is asked for, and asked again while it cannot be used;
elsewhere an answer that cannot be used ends the command with a sentence.
"""

import contextlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from tui import show

if TYPE_CHECKING:
    from simulator.authoring.starter import Starter

QUESTIONS: Final = (
    ("title", "What do people notice? A title that gives nothing away", "Orders fail"),
    ("organisation", "Whose service is it", "A small shop"),
    ("service", "The service where customers come in", "checkout"),
    ("store", "Its database", "orders-db"),
    ("vendor", "An outside provider it asks", "payments"),
    ("kind", "What is wrong", "deploy"),
    ("plan", "The response plan", "fraiseql"),
)
"""Answer, question, what stands in where nobody says otherwise."""
ENDINGS: Final = (".yaml", ".yml")


@click.command("new", short_help="A small drill to grow from.")
@click.option("--id", "id_", default=None, metavar="ID", help="Its id.  [default: from the title]")
@click.option("--title", default=None, metavar="TEXT", help="What people notice.")
@click.option("--organisation", default=None, metavar="TEXT", help="Whose service it is.")
@click.option("--plan", default=None, metavar="PLAN", help="The response plan it is played under.")
@click.option("--kind", default=None, metavar="KIND",
              help="overload, deploy, database, dependency, disk or key.")  # fmt: skip
@click.option("--other", default=None, metavar="KIND",
              help="What is wrong one time in three.  [default: deploy or database]")  # fmt: skip
@click.option("--service", default=None, metavar="NAME", help="Where customers come in.")
@click.option("--store", default=None, metavar="NAME", help="Its database.")
@click.option("--vendor", default=None, metavar="NAME", help="An outside provider it asks.")
@click.option("--out", default=None, metavar="FILE", type=click.Path(dir_okay=False),
              help="The file to write; never overwritten.  [default: ID.yaml]")  # fmt: skip
def new(*, id_: str | None, out: str | None, **given: str | None) -> int:
    """Write a small complete drill to grow from: a scenario, its people, a schema for editors.

    Whatever no option says is asked for on a terminal and chosen for you elsewhere. The drill is
    sound and is played by bots as it stands: `gameday scenarios check FILE`, `gameday run FILE`.
    """
    from simulator.authoring.answers import Refusal, answers_of, id_from
    from simulator.authoring.starter import starter

    said = _answered(given)
    said["id"] = id_ if id_ is not None else id_from(said["title"])
    try:
        answers = answers_of(said)
        made = starter(answers)
    except Refusal as refusal:
        raise click.UsageError(str(refusal)) from refusal
    file = Path(out) if out is not None else Path(f"{answers.id}.yaml")
    _write(_texts(file, made))
    show.result(str(file))
    show.talk(f"the people in it: {file.parent / made.roster_id}.yaml")
    for note in made.notes:
        show.talk(f"for later: {note.found}")
    show.talk(f"next: gameday scenarios check {file}; gameday run {file}")
    return 0


def _answered(given: Mapping[str, str | None]) -> dict[str, str]:
    """Every answer: given, asked for, or the one that stands in."""
    from simulator.authoring.answers import FAMILIES, READERS, Refusal

    asks = sys.stdin.isatty() and sys.stderr.isatty()
    said = {name: value for name, value in given.items() if value is not None}
    for name, reader in READERS.items():
        if name in said:
            try:
                reader(said[name])
            except Refusal as refusal:
                raise click.BadParameter(str(refusal), param_hint=f"--{name}") from refusal
    if asks and "kind" not in said:
        for kind, means in FAMILIES.items():
            show.talk(f"  {kind:<10} {means}")
    for name, question, default in QUESTIONS:
        if name not in said:
            said[name] = _asked(question, default, READERS[name]) if asks else default
    return said


def _asked(question: str, default: str, reader: Callable[[str], str]) -> str:
    """One question, again while its answer cannot be used."""

    def read(text: str) -> str:
        try:
            return reader(text)
        except ValueError as refusal:
            raise click.UsageError(str(refusal)) from refusal

    answer: Any = click.prompt(question, default=default, value_proc=read, err=True)
    return str(answer)


def _texts(file: Path, made: "Starter") -> dict[Path, str]:
    """What is written where; the schema only where none is yet."""
    from simulator.authoring.starter import SCHEMA
    from simulator.brief.published import published

    if file.suffix not in ENDINGS:
        raise click.UsageError(f"--out {str(file)!r} does not end in .yaml; a scenario is a file"
                               " such as `orders-fail.yaml`")  # fmt: skip
    texts = {file: made.scenario, file.parent / f"{made.roster_id}.yaml": made.roster}
    if not (file.parent / SCHEMA).exists():
        texts[file.parent / SCHEMA] = published("scenario")
    return texts


def _write(texts: Mapping[Path, str]) -> None:
    """All files or none; raises HostError where one is there already or cannot be written."""
    from simulator.errors import HostError
    from simulator.text import clean_line

    written: list[Path] = []
    for path, text in texts.items():
        try:
            with path.open("x", encoding="utf-8") as file:
                written.append(path)
                file.write(text)
        except (OSError, ValueError) as error:
            for one in written:
                with contextlib.suppress(OSError):
                    one.unlink()
            shown = clean_line(str(path), longest=300)
            if isinstance(error, FileExistsError):
                why = "exists already; nothing is overwritten, choose another --out or --id"
            else:
                why = f"cannot be written: {getattr(error, 'strerror', None) or error}"
            raise HostError(f"{shown} {why}") from error
