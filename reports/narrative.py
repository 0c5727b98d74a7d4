"""The sentences of a drill's report: what broke, what was noticed and done, what it cost.

Rule 1: pure; the same drill and card give the same words.
Rule 2: blameless: systems and procedures before people, and none of the words of `BANNED`
about what somebody did (docs/score.md, safety); the targets table alone has outcome words.
Rule 3: luck is named wherever a time is judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from reports.contents import Figure
from reports.losses import losses
from reports.played import Played
from reports.wording import counted
from simulator.brief.conditions import AllOf, Condition, holds, names
from simulator.clock import said, t_plus
from simulator.debrief.scorecard import OwnTable, Scorecard
from simulator.journal.events.world import AccessCut, EffectRelieved, EffectTook, ImpactCounted
from simulator.journal.narration.figures import demands
from simulator.journal.truth import truth
from simulator.journal.units import PPM
from simulator.text import clean_line

BANNED: Final = (
    "should", "missed", "failed", "mistake", "obviously", "simply", "human error", "root cause",
)  # fmt: skip
"""Never in a generated sentence about what people did."""


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
        later = incident.levels[1:]
        if len(later) > 1:
            parts.append(f"it was re-graded {len(later)} times and ended as {later[-1][1]}")
        else:
            parts += [f"{to} from {played.t(at)}" for at, to in later]
    return f"{_listed(parts)}."


def done(played: Played) -> str:
    """What brought the first relief, what cured, and how many other actions helped or did not."""
    took = _effects(played)
    if not took:
        return "No action had taken effect by the end of the drill."
    named = _named(took)
    parts = [_did(played, effect) for effect in named]
    rest = [effect for effect in took if effect not in named]
    helped = sum(effect.judged in ("right", "partial") for effect in rest)
    if helped:
        parts.append(f"{counted(helped, 'other action')} did part of the work")
    if others := len(rest) - helped:
        parts.append(f"{counted(others, 'other action')} changed nothing for customers")
    return f"{_listed(parts)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effect:
    """An action that took effect."""

    at: int
    by: str
    action: str
    judged: str
    did: str = ""
    """What it did, where that can be said in a word."""


def _effects(played: Played) -> list[_Effect]:
    """What took effect, in order; relief that came a little later is its action's."""
    took: list[_Effect] = []
    for entry in played.entries:
        match entry.what:
            case EffectTook(action=action, judged=judged, by=by, cured=cured, eased=eased):
                did = "cured a fault" if cured else "made a fault weaker" if eased else ""
                did = "made things worse" if judged == "harmful" else did
                took.append(_Effect(at=entry.at, by=by, action=action, judged=judged, did=did))
            case EffectRelieved(action=action):
                took = [
                    _relieved(effect, entry.at) if effect.action == action else effect
                    for effect in took
                ]
            case AccessCut(credentials=cut):
                did = "shut an intruder out" if cut else "slowed an intruder"
                took[-1:] = [replace(effect, did=effect.did or did) for effect in took[-1:]]
    return took


def _relieved(effect: _Effect, at: int) -> _Effect:
    """The effect with the relief it brought; without a word of its own, as of that second."""
    if effect.did:
        return replace(effect, judged="right" if effect.judged == "right" else "partial")
    judged = "right" if effect.judged == "right" else "partial"
    return replace(effect, at=at, judged=judged, did="brought customers relief")


def _named(took: list[_Effect]) -> list[_Effect]:
    """The first that did something, the last that cured, and what did harm, in order."""
    telling = [effect for effect in took if effect.did]
    cures = [effect for effect in telling if effect.did == "cured a fault"]
    harms = [effect for effect in telling if effect.judged == "harmful"]
    wanted = [*telling[:1], *cures[-1:], *harms]
    return [effect for effect in took if effect in wanted]


def _did(played: Played, effect: _Effect) -> str:
    title = clean_line(played.title_of(effect.action), longest=90)
    return f"{played.who(effect.by)} ran “{title}”, which {effect.did} at {played.t(effect.at)}"


def restored(played: Played, card: Scorecard | None) -> str:
    """Restored against expected, with the luck in it, and what people said afterwards."""
    marks = played.situation.marks
    own = _restore_row(card)
    if "restored" not in marks:
        expected = f"; {said(own.expected_s)} were expected" if own else ""
        return f"Service was not restored within the drill{expected}.{_wanting(played)}"
    parts = [*_milestones(played, card)]
    asked = _asked(played)
    says = f"all that this drill asks of “restored” held from {played.t(marks['restored'])}"
    parts.append(says if asked else f"Service was restored at {played.t(marks['restored'])}")
    if own is not None and own.actual_s is not None:
        parts[-1] += f" against {said(own.expected_s)} expected: {faster(own)}"
    if "resolved" in marks:
        parts.append(f"it was called resolved at {played.t(marks['resolved'])}")
    if "relapsed" in marks:
        parts.append(f"impact had come back at {played.t(marks['relapsed'])}")
    wants = f" “Restored” asks for: {demands(asked)}." if asked else ""
    return f"{_sentence(parts)}{wants}"


def _milestones(played: Played, card: Scorecard | None) -> Iterator[str]:
    """What worked again on the way, such as reads before writes, in the order it did."""
    scenario, whole = played.brief.scenario, _restore_row(card)
    known = {
        name: one.title
        for name, one in scenario.teaching.milestones.items()
        if any(asked.text.split(".")[0] in scenario.system.services for asked in names(one.when))
    }
    rows = [(row.actual_s, row.name) for row in (card.table if card else ()) if row.name in known]
    ends = whole.actual_s if whole else None
    for at, name in sorted((at, name) for at, name in rows if at is not None):
        if ends is not None and at < ends:
            yield f"{clean_line(known[name])}: {t_plus(at)}"


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
    return f", with {drawn(seconds)}" if seconds else ""


def drawn(seconds: int) -> str:
    """How far drawn durations lay from their middles: `12 s of good luck in drawn durations`."""
    kind = "bad" if seconds > 0 else "good"
    return f"{said(abs(seconds))} of {kind} luck in the drawn durations"


def lost(played: Played) -> str:
    """What customers lost, by the exact sums."""
    sums = [e.what for e in played.entries if isinstance(e.what, ImpactCounted)]
    gone = [f"{one.amount} {one.title}" for one in losses(played)]
    if not sums:
        return f"{_listed(gone)}." if gone else "Nothing: no customer was hit."
    last = sums[-1]
    parts = [f"{counted(last.failed, 'request')} got no good answer"]
    if last.users:
        parts.append(f"{counted(last.users, 'user')} met that at least once")
    parts += gone
    if last.budget:
        parts.append(f"{100 * last.budget / PPM:.1f} % of the month's error budget went")
    if last.money:
        parts.append(f"about ${last.money:,} was lost")
    return f"{_listed(parts)}."


def figures(played: Played) -> tuple[Figure, ...]:
    """The key figures: marks, claims and sums."""
    marks = played.situation.marks
    found = [
        Figure(
            name=name,
            value=played.t(marks[mark]) if mark in marks else "never",
            note=_note(played, mark, note) if mark in marks else "",
        )
        for mark, name, note in _FIGURES
    ]
    found[0] = Figure(name="T0", value=played.clock(played.t0), note="the first page")
    sums = [e.what for e in played.entries if isinstance(e.what, ImpactCounted)]
    last = sums[-1] if sums else ImpactCounted(failed=0, users=0, budget=0)
    found.append(Figure(name="Requests lost", value=f"{last.failed:,}", note="got no good answer"))
    if last.users or not sums:
        found.append(Figure(name="Users hit", value=f"{last.users:,}", note="at least once"))
    found += [
        Figure(name="Lost or harmed", value=one.amount, note=one.title) for one in losses(played)
    ]
    if last.budget or not sums:
        share = f"{100 * last.budget / PPM:.1f} %"
        found.append(Figure(name="Error budget used", value=share, note="of the month's"))
    return tuple(found)


_FIGURES: Final = (
    ("fired", "T0", "the first page"),
    ("acknowledged", "Acknowledged", "somebody took it"),
    ("declared", "Declared", "an incident was opened"),
    ("mitigated", "Eased", "the first act that helped"),
    ("restored", "Restored", "customers were served as usual again"),
    ("resolved", "Resolved", "people said it was over"),
    ("closed", "Closed", "the incident was closed"),
)


def _note(played: Played, mark: str, note: str) -> str:
    """What a mark means here: an author may ask more of restored than that customers are served."""
    is_written = mark == "restored" and _asked(played) is not None
    return "all that this drill asks of it held" if is_written else note


def _wanting(played: Played) -> str:
    """What of the author's condition for restored did not hold at the end; empty for unknown."""
    written = _asked(played)
    if written is None:
        return ""
    parts = written.parts if isinstance(written, AllOf) else (written,)
    look = truth(played.situation, played.situation.at)
    left = [demands(part) for part in parts if not holds(part, look)]
    return f" At its end this was still wanting: {_listed(left)}." if left else ""


def _asked(played: Played) -> Condition | None:
    """What the author asks of restored; None where it is the engine's own condition."""
    scenario = played.brief.scenario
    variant = scenario.variants.get(played.opened.variant)
    return (variant and variant.restored_when) or scenario.restored_when


def _restore_row(card: Scorecard | None) -> OwnTable | None:
    return next(iter(card.table), None) if card else None


def _sentence(parts: list[str]) -> str:
    """`A; b; c.`, as a sentence."""
    told = _listed(parts)
    return f"{told[:1].upper()}{told[1:]}."


def _listed(parts: list[str]) -> str:
    """`a; b; c`."""
    return "; ".join(parts)
