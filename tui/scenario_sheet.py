"""A scenario on paper: what everybody may read, and, sealed behind `--spoilers`, what is true.

Rule 1: 80 columns are enough for all of it.
Rule 2: the sealed part begins with a line that says so.
"""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from tui import show

if TYPE_CHECKING:
    from simulator.authoring.dossier import Moment, Truth
    from simulator.brief.brief import Brief
    from simulator.brief.roster import Roster
    from simulator.brief.scenario.scenario import Scenario

WIDTH: Final = 78
SIGNS: Final = {"alone": "++", "some": "+", "nothing": "."}


def as_data(
    scenario: "Scenario", roster: "Roster | None", sealed: "Brief | None" = None
) -> dict[str, Any]:
    """The sheet for a program, beside what a listing says; `sealed` opens what is true."""
    from simulator.authoring.dossier import moments, truths

    spoilers = sealed is not None
    told = moments(scenario)
    data: dict[str, Any] = {
        "brief": list(scenario.brief),
        "causes": dict(scenario.causes),
        "services": {name: one.title or name for name, one in scenario.system.services.items()},
        "people": _seats(roster),
        "colleagues": {name: one.title or one.role for name, one in scenario.colleagues.items()},
        "timeline": [asdict(one) for one in told if spoilers or not one.is_sealed],
        "objectives": {name: one.says for name, one in scenario.teaching.objectives.items()},
        "questions": [asdict(one) for one in scenario.teaching.questions],
    }
    if sealed is not None:
        teaching = scenario.teaching
        data["variants"] = [asdict(one) for one in truths(sealed)]
        data["hints"] = [{"stage": one.stage, "steps": list(one.steps)} for one in teaching.hints]
        data["mistakes"] = list(teaching.mistakes)
        data["lessons"] = list(teaching.lessons)
    return data


def print_sheet(
    scenario: "Scenario", roster: "Roster | None", sealed: "Brief | None" = None
) -> None:
    """The sheet as people read it; `sealed` opens what is true."""
    from simulator.authoring.dossier import moments
    from simulator.brief.contract import SHORT, WHERE

    _head(scenario)
    _listed("Briefing", (text.strip() for text in scenario.brief), mark="")
    _people(scenario, roster)
    _listed("Before anybody takes a seat", (SHORT, f"The whole: {WHERE}."), mark="")
    show.heading("Services")
    for name, service in scenario.system.services.items():
        needs = f" (needs {', '.join(service.needs)})" if service.needs else ""
        _wrapped(f"{name}: {service.title or name}{needs}", mark="- ")
    _listed("Causes one can name", (f"{cause}: {text}" for cause, text in scenario.causes.items()))
    _timeline(scenario, [one for one in moments(scenario) if sealed or not one.is_sealed])
    teaching = scenario.teaching
    aims = teaching.objectives.values()
    _listed("Objectives", (f"{one.competency}: {one.says.strip()}" for one in aims))
    _listed("Questions", (f"{one.phase}: {one.asks.strip()}" for one in teaching.questions))
    if sealed is not None:
        _sealed(sealed)


def _head(scenario: "Scenario") -> None:
    from simulator.clock import said

    show.result(scenario.title)
    show.result(f"{scenario.organisation}; plan {scenario.plan}, roster {scenario.roster}")
    show.result(f"begins {scenario.begins}, difficulty {scenario.difficulty}")
    if scenario.competencies:
        _wrapped(f"practises: {', '.join(scenario.competencies)}")
    session = scenario.expected.session
    box = f"; {said(session)} in people's calendars" if session is not None else ""
    _wrapped(
        f"expected to be restored within {said(scenario.expected.restore)} of the first page{box}"
    )


def _people(scenario: "Scenario", roster: "Roster | None") -> None:
    seats = _seats(roster)
    _listed("Who sits where", (f"{name}: {', '.join(roles)}" for name, roles in seats.items()))
    _listed(
        "Who can be asked",
        (f"{name}: {one.title or one.role}" for name, one in scenario.colleagues.items()),
    )


def _seats(roster: "Roster | None") -> dict[str, list[str]]:
    people = {} if roster is None else roster.people
    return {one.name: list(one.roles) or ["observes"] for one in people.values()}


def _timeline(scenario: "Scenario", told: "list[Moment]") -> None:
    if not told:
        return
    show.heading("What happens in the story")
    for one in told:
        is_everywhere = len(one.variants) == len(scenario.variants)
        only = "" if is_everywhere else f" [{', '.join(one.variants)}]"
        who = f"{one.sender}: " if one.sender else ""
        wants = "" if one.wants == "nothing" else f" (wants: {one.wants})"
        text = one.says or "unheard by anybody"
        _wrapped(f"{one.when or 'at no moment of its own'}{only}", mark="- ")
        _wrapped(f"{who}{text}{wants}", mark="    ")


def _sealed(brief: "Brief") -> None:
    """Everything that nobody who plays may read."""
    from simulator.authoring.dossier import truths

    show.heading("SEALED from here on: not for anybody who will play it")
    scenario, opened = brief.scenario, truths(brief)
    whole = sum(one.weight for one in opened)
    for one in opened:
        _truth(one, share=one.weight / whole if whole else 0)
    _matrix(scenario, opened)
    for hints in scenario.teaching.hints:
        _listed(f"Hints, {hints.stage}", hints.steps)
    _listed("Mistakes people make", scenario.teaching.mistakes)
    _listed("Lessons", scenario.teaching.lessons)


def _truth(one: "Truth", *, share: float) -> None:
    from simulator.clock import said

    drawn = f"drawn {share:.0%} of the time" if share else "by name only"
    show.heading(f"{one.variant}: {one.title} ({drawn})")
    _wrapped(f"cause: {one.cause}: {one.means}")
    _wrapped(f"expected to be restored within {said(one.expected_s)} of the first page")
    if one.note:
        _wrapped(one.note)
    for fault in one.faults:
        _wrapped(fault, mark="  fault ")
    for number, step in enumerate(one.remedy, 1):
        _wrapped(step, mark=f"  step {number} ")
    words = {"right": "right", "partial": "eases", "harmful": "harms", "state": "changes"}
    for deed in sorted(one.deeds, key=lambda deed: [*words, "nothing"].index(deed.judged)):
        if deed.judged in words:
            _wrapped(f"{deed.action}: {'; '.join(deed.does)}", mark=f"  {words[deed.judged]:<8}")
    idle = [deed.action for deed in one.deeds if deed.judged == "nothing"]
    if idle:
        _wrapped(", ".join(idle), mark="  nothing ")


def _matrix(scenario: "Scenario", opened: "tuple[Truth, ...]") -> None:
    """Looks by variants, a minute after the first page."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(opened)]
    show.heading("How they are told apart")
    for letter, one in zip(letters, opened, strict=False):
        show.result(f"{letter}  {one.variant}")
    show.result("++ from every other by itself, + from some, . from none, - is not there")
    tells: list[Mapping[str, str]] = [dict(one.tells) for one in opened]
    rows = []
    for name, look in scenario.looks.items():
        cells = [
            SIGNS[mine.get(name, "nothing")] if look.covers(one.variant) else "-"
            for one, mine in zip(opened, tells, strict=True)
        ]
        if {"+", "++"} & set(cells):
            rows.append((name, *cells))
    show.table(("look", *letters), rows)


def _listed(title: str, lines: "Iterable[str]", *, mark: str = "- ") -> None:
    """A heading and its lines; nothing where there are none."""
    told = list(lines)
    if told:
        show.heading(title)
        for line in told:
            _wrapped(line.strip(), mark=mark)


def _wrapped(text: str, *, mark: str = "") -> None:
    """A text on lines of at most 78 signs, those after the first under its first."""
    lines = textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
    show.result("\n".join(lines) or mark)
