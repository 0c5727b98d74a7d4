"""`gameday review`: what people say of a drill after it, until its score is final.

Rule 1: an act is recorded for good or refused with its reason (exit 1); nothing is rewritten.
Rule 2: `--by` is a person's id; names are kept in the archive's index only.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tui import show
from tui.options import Share, archive_option, json_option, opened

if TYPE_CHECKING:
    from simulator.journal.review.acts import What
    from tui.reviewing import Case

F = TypeVar("F", bound=Callable[..., Any])
GROUNDS = ("real_incident", "crash", "accommodation")
"""`journal.review.acts.GROUNDS`, said again: `--help` loads no journal."""
EARLY = "sealed before the seven days were over: nobody can annotate or contest any more"


def _spoken(*, wants_text: bool = True) -> Callable[[F], F]:
    """Who says it, in which words, and where."""
    said = "In your own words."
    words = (
        click.option("--text", required=True, metavar="TEXT", help=said)
        if wants_text
        else click.option("--text", default="", metavar="TEXT", help=said)
    )

    def with_options(command: F) -> F:
        for option in (
            json_option,
            archive_option,
            words,
            click.option("--called", default="", metavar="NAME",
                         help="What that person is called; kept in the index alone."),
            click.option("--by", required=True, metavar="ID", help="Who says it: a person's id."),
            click.argument("drill"),
        ):  # fmt: skip
            command = option(command)
        return command

    return with_options


@click.group(short_help="Review a past drill until its score is final.")
def review() -> None:
    """Sign, annotate, contest, answer, seal, amend or void a drill's score."""


@review.command("show", short_help="How final it is, and what was said.")
@click.argument("drill")
@archive_option
@json_option
def show_(drill: str, archive: str | None, json_: bool) -> None:
    """Show how final the score of DRILL is, every total it had, and what was said of it."""
    from tui.reviewing import as_json, case_of

    with opened(archive) as history:
        case = case_of(history, drill)
    if json_:
        show.as_json(as_json(case, case.review))
    else:
        _told(case)


@review.command("sign", short_help="Stand for the score, as a facilitator.")
@_spoken(wants_text=False)
def sign(**given: Any) -> int:
    """Sign the score of DRILL: for seven days its people may annotate or contest any mark."""
    from simulator.debrief.finality import assessed_alone
    from simulator.journal.review.acts import Signed

    def act(case: "Case", by: str) -> "What":
        alone = assessed_alone(case.entries, by)
        if alone:
            show.talk(f"{by} is the only person this drill assessed; ask somebody else to sign too")
        return Signed(assessed_alone=alone)

    return _say(act, **given)


@review.command("annotate", short_help="Say something beside a mark.")
@click.option("--mark", required=True, metavar="MARK", help="A mark's name, or `discipline`.")
@_spoken()
def annotate(mark: str, **given: Any) -> int:
    """Say something beside a mark of DRILL; the figures stay."""
    from simulator.journal.review.acts import Annotated

    return _say(lambda _case, _by: Annotated(mark=mark), **given)


@review.command("contest", short_help="Object to a mark.")
@click.option("--mark", required=True, metavar="MARK", help="A mark's name, or `discipline`.")
@_spoken()
def contest(mark: str, **given: Any) -> int:
    """Object to a mark of DRILL, as somebody who sat in it; a facilitator answers."""
    from simulator.journal.review.acts import Contested

    return _say(lambda _case, _by: Contested(mark=mark), **given)


@review.command("answer", short_help="Answer an objection.")
@click.option("--to", "to", required=True, type=click.IntRange(min=0), metavar="ACT",
              help="The objection's number (`review show`).")  # fmt: skip
@click.option("--accept/--decline", "accepted", required=True, default=None,
              help="Whether it is right; an accepted one is followed by an amendment.")  # fmt: skip
@_spoken()
def answer(to: int, accepted: bool, **given: Any) -> int:
    """Answer an objection to a mark of DRILL."""
    from simulator.journal.review.acts import Answered

    return _say(lambda _case, _by: Answered(to=to, accepted=accepted), **given)


@review.command("accept", short_help="Accept a departure from a duty.")
@click.option("--duty", required=True, metavar="DUTY", help="The duty that was departed from.")
@_spoken()
def accept(duty: str, **given: Any) -> int:
    """Accept a reasoned departure from a duty in DRILL: it counts neither for nor against."""
    from simulator.journal.review.acts import DepartureAccepted

    def act(case: "Case", _by: str) -> "What":
        total = case.total_with(departures=(*case.now.departures, duty))
        return DepartureAccepted(duty=duty, total_milli=total)

    return _say(act, **given)


@review.command("amend", short_help="Correct a mark or the timeline.")
@click.option("--mark", default="", metavar="MARK", help="A mark's name, or `discipline`.")
@click.option("--worth", type=Share(), default=None, help="What it earns: `80%`, or `out`.")
@click.option("--entry", type=click.IntRange(min=0), default=None, metavar="N",
              help="An entry of the journal, to move in time.")  # fmt: skip
@click.option("--second", type=click.IntRange(min=0), default=None, metavar="S",
              help="The second of the drill it really happened in.")  # fmt: skip
@_spoken()
def amend(
    mark: str, worth: tuple[int | None] | None, entry: int | None, second: int | None, **given: Any
) -> int:
    """Correct DRILL: what a mark is worth, or when something happened. What was stays beside it."""
    from simulator.journal.review.acts import MarkAmended, TimelineAmended

    if (bool(mark), worth is not None, entry is not None, second is not None) not in (
        (True, True, False, False),
        (False, False, True, True),
    ):
        raise click.UsageError("give --mark and --worth, or --entry and --second")
    if mark == "discipline" and worth == (None,):
        raise click.UsageError("discipline cannot be taken out; 100% takes nothing off")

    def of_mark(case: "Case", _by: str) -> "What":
        assert worth is not None
        was = case.now.amended.get(mark, case.subject.marks.get(mark))
        total = None
        if mark in case.subject.marks:
            total = case.total_with(amended={**case.now.amended, mark: worth[0]})
        return MarkAmended(mark=mark, was=was, now=worth[0], total_milli=total)

    def of_entry(case: "Case", _by: str) -> "What":
        assert entry is not None
        assert second is not None
        was = case.now.moved.get(entry, case.subject.seconds.get(entry, 0))
        return TimelineAmended(entry=entry, was_s=was, now_s=second)

    return _say(of_mark if mark else of_entry, **given)


@review.command("rescore", short_help="Lay today's rubric on it.")
@_spoken(wants_text=False)
def rescore(**given: Any) -> int:
    """Score DRILL under the rubric of this gameday, as a row beside every earlier total."""
    from simulator.debrief.rubric import rubric_hash
    from simulator.journal.review.acts import Rescored

    return _say(
        lambda case, _by: Rescored(rubric=rubric_hash(), total_milli=case.total_with()), **given
    )


@review.command("seal", short_help="Make the score final.")
@_spoken(wants_text=False)
def seal(**given: Any) -> int:
    """Seal the score of DRILL; later it is only amended."""
    from simulator.journal.review.acts import Sealed

    return _say(lambda case, _by: Sealed(total_milli=case.total_with()), **given)


@review.command("void", short_help="Leave no score.")
@click.option("--ground", required=True, type=click.Choice(GROUNDS), help="What happened.")
@_spoken()
def void(ground: Any, **given: Any) -> int:
    """Void DRILL: it leaves no score; its journal stays."""
    from simulator.journal.review.acts import Voided

    return _say(lambda _case, _by: Voided(ground=ground), **given)


def _say(
    act: "Callable[[Case, str], What]",
    *,
    drill: str,
    by: str,
    called: str,
    text: str,
    archive: str | None,
    json_: bool,
) -> int:
    """Record an act and tell what it led to; 1 where it is refused."""
    from dataclasses import replace

    from simulator.journal.review.acts import Rescored
    from tui.reviewing import as_json, case_of, say, speaker, stored

    with opened(archive) as history:
        case = case_of(history, drill)
        who = speaker(history, by, called)
        now, refused = say(history, case, act(case, who), by=who, text=text)
    if refused:
        show.talk(f"refused: {refused}")
        return 1
    case = replace(case, review=now)
    if type(now.now.acts[-1].what) is Rescored:
        with opened(archive) as history:
            stored(history, case)
    sealed, until = now.now.sealed, now.now.open_until
    if sealed is now.now.acts[-1] and until is not None and sealed.at < until:
        show.talk(EARLY)
    if json_:
        show.as_json(as_json(case, now))
    else:
        _told(case)
    return 0


def _told(case: "Case") -> None:
    from tui.review_sheet import print_review

    print_review(case)
