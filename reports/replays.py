"""The section "Decisions, replayed": what each cost or was worth, beside what its seat had seen.

Rule 1: what was seen comes before what was true; figures before words about them.
Rule 2: forward-looking and blameless: nothing here says what somebody ought to have done.
Rule 3: only what the verdict tells is told; how much was looked at is said beside it.
"""

from collections.abc import Iterator
from typing import Final

from reports.contents import Replay, Replays
from reports.played import Played
from reports.score_rows import duty_title
from reports.wording import counted, facts, title
from simulator.clock import MINUTE, said
from simulator.debrief.regret.decisions import Decision
from simulator.debrief.regret.estimate import Interval
from simulator.debrief.regret.verdict import Regret, Replayed
from simulator.journal.entry import Entry
from simulator.journal.events.work import FindPosted, Found
from simulator.journal.situation import visible_to
from simulator.text import clean_line

MOST_SEEN: Final = 4
MINUTES_FROM_S: Final = 120
"""From here on a difference is said in minutes."""
_QUALITY: Final = {True: "Costly on average", False: "A good decision"}
_LUCK: Final = {
    1: "with luck: this drill came out in the best quarter of its own replays.",
    0: "with neither good luck nor bad: this drill came out as its own replays do.",
    -1: "without luck: this drill came out in the worst quarter of its own replays.",
}
_STOPPED: Final = {
    "interrupted": "These figures are partial: the replays were interrupted.",
    "worker_died": "These figures are partial: a process that played the replays died.",
}


def replays(played: Played, found: Regret, drill_id: str) -> Replays:
    """The section, whether or not anything tells."""
    return Replays(
        says=_about(found),
        partial=_STOPPED.get(found.stopped, ""),
        told=tuple(_replay(played, found, one, drill_id) for one in found.told),
    )


def sentence(played: Played, one: Replayed) -> str:
    """The figures as `In 40 replays from T+14:31, “Roll back” at once restored 6 min sooner`."""
    figures = [_figure(name, one.measures[name]) for name in one.telling]
    *others, last = figures
    listed = f"{', '.join(others)} and {last}" if others else last
    replayed = counted(one.futures, "replay")
    when = played.t(one.decision.at)
    return f"In {replayed} from {when}, {_other_way(played, one.decision)} {listed}."


def _replay(played: Played, found: Regret, one: Replayed, drill_id: str) -> Replay:
    decision = one.decision
    variant = played.brief.scenario.variants.get(played.opened.variant)
    return Replay(
        at=decision.at,
        t=played.t(decision.at),
        who=played.who(decision.by),
        saw=tuple(_seen(played, decision)),
        true=clean_line(variant.title) if variant else "",
        did=_did(played, decision),
        says=sentence(played, one),
        limit=_beyond(played, found, one),
        sort=f"{_QUALITY[_is_costly(one)]}, {_LUCK[one.luck]}",
        spread=_spread(found, one),
        ahead=_ahead(played, one),
        again=f"gameday fork {clean_line(drill_id, longest=120)} --at {_moment(played, decision)}"
        " --responder competent",
        proof=decision.cites,
    )


def _about(found: Regret) -> str:
    """How much was looked at, and what it was compared with."""
    much = counted(len(found.replayed), "decision")
    told = sum(bool(one.telling) for one in found.replayed)
    tells = "none of them moved the outcome by more than luck does" if not told else (
        f"{told} moved the outcome by more than luck does" if told > 1
        else "one moved the outcome by more than luck does")  # fmt: skip
    if not found.replayed:
        return "No decision of this drill was open to another way that could be replayed."
    return (
        f"{much} were each played on from their second in two ways, as it was and otherwise, with"
        " the same practised hands in every chair and the same luck in both; what was hidden"
        f" stayed as it was. {tells[:1].upper()}{tells[1:]}. In brackets stands where the true mean"
        " lies, 95 times in 100 (Student's t over the pairs). A figure is the worth of that one"
        " order in that second, not of all that was done later."
    )


def _other_way(played: Played, decision: Decision) -> str:
    match decision.kind:
        case "left_out":
            return f"leaving out {title(played.title_of(decision.item))}"
        case "at_once":
            return f"{title(played.title_of(decision.item))} at once"
        case "in_time":
            return f"the duty {title(duty_title(played, decision.item))} done then"


def _did(played: Played, decision: Decision) -> str:
    """What was done instead, with its second."""
    who = played.who(decision.by)
    if decision.kind == "in_time":
        done = "it was still open at the end" if decision.done_at is None else (
            f"it was done at {played.t(decision.done_at)}")  # fmt: skip
        return f"{title(duty_title(played, decision.item))} was owed by then; {done}."
    at = played.t(decision.done_at if decision.done_at is not None else decision.at)
    return f"{who} started {title(played.title_of(decision.item))} at {at}."


def _figure(name: str, one: Interval) -> str:
    """`restored service 6 min sooner (4-8)`, `lost 1,200 fewer requests (900-1,500)`."""
    sizes = sorted((abs(one.low), abs(one.high)))
    if name == "restored":
        unit, word = (MINUTE, "min") if abs(one.mean) >= MINUTES_FROM_S else (1, "s")
        low, high = (f"{round(size / unit):,}" for size in sizes)
        how = "sooner" if one.mean < 0 else "later"
        return f"restored service {round(abs(one.mean) / unit):,} {word} {how} ({low}-{high})"
    low, high = (f"{round(size):,}" for size in sizes)
    how = "fewer" if one.mean < 0 else "more"
    verb, what = ("lost", "requests") if name == "failed" else ("hit", "users")
    return f"{verb} {round(abs(one.mean)):,} {how} {what} ({low}-{high})"


def _beyond(played: Played, found: Regret, one: Replayed) -> str:
    """Where futures were not restored by the limit; empty where all were."""
    mine, other = one.beyond_limit
    if not mine and not other:
        return ""
    zero = played.t0
    return (
        f"As it was, {mine} of {one.futures} replays were not restored by the limit; otherwise"
        f" {other}. Each of them counts as the limit, {played.t(found.limit_s + zero)}."
    )


def _spread(found: Regret, one: Replayed) -> str:
    low, middle, high = one.own
    mine = said(found.recorded.restored_s) if found.recorded.in_time else "not by the limit"
    return (
        f"Restored this time: {mine}. The middle half of its own replays: {said(low)} to"
        f" {said(high)}, half of them within {said(middle)}. Practised hands play on there, so not"
        " all of a distance is luck."
    )


def _is_costly(one: Replayed) -> bool:
    return (one.sort or "").startswith("costly")


def _ahead(played: Played, one: Replayed) -> str:
    """What to carry into the next one."""
    if not _is_costly(one):
        return "With the same in sight again, the way it was done is worth doing again."
    other = _other_way(played, one.decision)
    return f"With the same in sight again, worth trying: {other}."


def _seen(played: Played, decision: Decision) -> Iterator[str]:
    """What the seat had found or been shown by then, the newest last."""
    lines: list[str] = []
    for entry in played.entries:
        if entry.at >= decision.at:
            break
        if isinstance(entry.what, Found | FindPosted) and visible_to(entry, decision.by):
            shows = _shows(played, entry, entry.what)
            if shows and shows not in lines:
                lines.append(shows)
    yield from lines[-MOST_SEEN:] or ("No look had shown anything yet.",)


def _shows(played: Played, entry: Entry, found: Found | FindPosted) -> str:
    known = played.brief.scenario.clues
    clues = [clean_line(known[clue].shows, longest=120) for clue in found.clues if clue in known]
    says = "; ".join(clues) or facts(found.facts)
    if not says:
        return ""
    source = title(played.title_of(found.look)) if found.look else "a typed line"
    return f"{played.t(entry.at)} {source}: {says}"


def _moment(played: Played, decision: Decision) -> str:
    """The second as `fork --at` reads it."""
    minutes, seconds = divmod(max(0, decision.at - played.t0), MINUTE)
    return f"{minutes}m{seconds}s"
