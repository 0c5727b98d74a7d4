"""The sentences of a drill's report: what broke, what was noticed and done, what it cost.

Rule 1: pure; the same drill and card give the same words.
Rule 2: blameless: systems and procedures before people, and none of the words of DEBRIEF.md rule
5 about what somebody did (`BANNED`); the targets table alone has outcome words.
Rule 3: luck is named wherever a time is judged.
"""

from typing import Final

from reports.contents import Figure
from reports.played import Played
from simulator.clock import said
from simulator.debrief.scorecard import OwnTable, Scorecard
from simulator.journal.events.world import EffectRelieved, EffectTook, ImpactCounted
from simulator.journal.units import PPM
from simulator.text import clean_line

BANNED: Final = (
    "should", "missed", "failed", "mistake", "obviously", "simply", "human error", "root cause",
)  # fmt: skip
"""Never in a generated sentence about what people did."""
_JUDGED: Final = {
    "right": "cured what was broken",
    "partial": "made it weaker",
    "useless": "changed nothing",
    "harmful": "made it worse",
    "neutral": "changed nothing for customers",
}


def summary(played: Played, card: Scorecard | None) -> tuple[Figure, ...]:
    """What a manager reads in a minute, in five lines."""
    return (
        Figure(name="What broke", value=what_broke(played)),
        Figure(name="How it was noticed", value=noticed(played)),
        Figure(name="What was done", value=done(played)),
        Figure(name="When it was over", value=restored(played, card)),
        Figure(name="What customers lost", value=lost(played)),
    )


def what_broke(played: Played) -> str:
    """The variant, named only now, and the cause it is an example of."""
    scenario = played.brief.scenario
    variant = scenario.variants.get(played.opened.variant)
    if variant is None:
        return f"{clean_line(scenario.title)}."
    cause = clean_line(scenario.causes.get(variant.cause, ""))
    title = clean_line(variant.title)
    return f"{title}." if not cause or cause in title else f"{title} ({cause})."


def noticed(played: Played) -> str:
    """Impact, the first page, who took it, what was declared."""
    marks = played.situation.marks
    if "fired" not in marks:
        return "Nobody was paged."
    parts = []
    if "impact" in marks and (waited := marks["fired"] - marks["impact"]) >= 0:
        parts.append(f"The first page came {said(waited)} after customers were first hit")
    else:
        parts.append("The first page came before any customer was hit")
    if "acknowledged" in marks:
        by = played.who(played.situation.deeds["acknowledge"][0].by)
        parts.append(f"{by} took it at {played.t(marks['acknowledged'])}")
    else:
        parts.append("nobody took it")
    incident = played.situation.incident
    if incident is not None:
        level = incident.levels[0][1]
        parts.append(f"{level} was declared at {played.t(incident.declared_at)}")
        parts += [f"{to} from {played.t(at)}" for at, to in incident.levels[1:]]
    return f"{_listed(parts)}."


def done(played: Played) -> str:
    """The actions whose effects came, each with what it did."""
    took: list[tuple[int, str, str, str]] = []
    for entry in played.entries:
        match entry.what:
            case EffectTook(action=action, judged=judged, by=by):
                took.append((entry.at, by, action, judged))
            case EffectRelieved(action=action):
                took = [
                    (at, by, name, "partial" if name == action and how != "right" else how)
                    for at, by, name, how in took
                ]
    told = [
        f"{played.who(by)} ran “{clean_line(played.title_of(action), longest=90)}”, "
        f"which {_JUDGED.get(judged, 'took effect')} at {played.t(at)}"
        for at, by, action, judged in took
        if judged in ("right", "partial", "harmful")
    ]
    others = len(took) - len(told)
    if not took:
        return "No action had taken effect by the end of the drill."
    rest = f"{_count(others, 'further action')} changed nothing for customers" if others else ""
    return f"{_listed([*told, *([rest] if rest else [])])}."


def restored(played: Played, card: Scorecard | None) -> str:
    """Restored against expected, with the luck in it, and what people said afterwards."""
    marks = played.situation.marks
    own = _restore_row(card)
    if "restored" not in marks:
        expected = f"; {said(own.expected_s)} were expected" if own else ""
        return f"Service was not restored within the drill{expected}."
    parts = [f"Service was restored at {played.t(marks['restored'])}"]
    if own is not None and own.actual_s is not None:
        parts[0] += f" against {said(own.expected_s)} expected: {faster(own)}"
    if "resolved" in marks:
        parts.append(f"it was called resolved at {played.t(marks['resolved'])}")
    if "relapsed" in marks:
        parts.append(f"impact had come back at {played.t(marks['relapsed'])}")
    return f"{_listed(parts)}."


def faster(own: OwnTable) -> str:
    """`20 % faster (EXCELLENT), luck took 15 s off`."""
    percent = own.faster_percent
    if percent is None:
        return own.label or "no figure"
    direction = "faster" if percent > 0 else "slower"
    word = f"{abs(percent)} % {direction}" if percent else "as expected"
    label = f" ({own.label})" if own.label else ""
    return f"{word}{label}{luck(own.luck_s)}"


def luck(seconds: int) -> str:
    """What luck did to a time, in words; nothing where it did nothing."""
    if not seconds:
        return ""
    return f", luck {'added' if seconds > 0 else 'took off'} {said(abs(seconds))}"


def lost(played: Played) -> str:
    """What customers lost, by the exact sums."""
    counted = [e.what for e in played.entries if isinstance(e.what, ImpactCounted)]
    if not counted:
        return "Nothing: no customer was hit."
    last = counted[-1]
    parts = [f"{_count(last.failed, 'request')} got no good answer"]
    if last.users:
        parts.append(f"{_count(last.users, 'user')} met that at least once")
    if last.budget:
        parts.append(f"{100 * last.budget / PPM:.1f} % of the month's error budget went")
    if last.money:
        parts.append(f"about ${last.money:,} was lost")
    return f"{_listed(parts)}."


def figures(played: Played) -> tuple[Figure, ...]:
    """The key figures: marks, claims and sums."""
    marks = played.situation.marks
    found = [
        Figure(name=name, value=played.t(marks[mark]) if mark in marks else "never", note=note)
        for mark, name, note in _FIGURES
    ]
    found[0] = Figure(name="T0", value=played.clock(played.t0), note="the first page")
    counted = [e.what for e in played.entries if isinstance(e.what, ImpactCounted)]
    last = counted[-1] if counted else ImpactCounted(failed=0, users=0, budget=0)
    found.append(Figure(name="Requests lost", value=f"{last.failed:,}", note="got no good answer"))
    if last.users or not counted:
        found.append(Figure(name="Users hit", value=f"{last.users:,}", note="at least once"))
    if last.budget or not counted:
        share = f"{100 * last.budget / PPM:.1f} %"
        found.append(Figure(name="Error budget used", value=share, note="of the month's"))
    return tuple(found)


_FIGURES: Final = (
    ("fired", "T0", "the first page"),
    ("acknowledged", "Acknowledged", "somebody took it"),
    ("declared", "Declared", "an incident was opened"),
    ("mitigated", "Eased", "a fault got weaker"),
    ("restored", "Restored", "customers were served again"),
    ("resolved", "Resolved", "people said it was over"),
    ("closed", "Closed", "the incident was closed"),
)


def _restore_row(card: Scorecard | None) -> OwnTable | None:
    return next(iter(card.table), None) if card else None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _listed(parts: list[str]) -> str:
    """`a; b; c`."""
    return "; ".join(parts)
