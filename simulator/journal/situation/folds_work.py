"""How work and finds change the picture."""

from collections.abc import Mapping
from typing import Any

from simulator.journal.entry import Entry
from simulator.journal.events import work
from simulator.journal.situation.anew import anew
from simulator.journal.situation.notes import marked, noted, with_item
from simulator.journal.situation.parts import Fact, Find, Knowledge, Work
from simulator.journal.situation.picture import Picture


def fold_work(now: Picture, entry: Entry) -> Picture:
    """Who is busy with what, what was found, what was thought."""
    match entry.what:
        case work.WorkBegan() as began:
            return _began(now, entry, began)
        case work.WorkEnded(by=by, work=ended, kind="login"):
            return noted(_ended(now, by, ended), entry, f"login:{by}", by=by)
        case work.WorkEnded(by=by, work=ended) | work.WorkCancelled(by=by, work=ended):
            return _ended(now, by, ended)
        case work.Found() as found:
            return _found(now, entry, found)
        case work.FindPosted() as posted:
            now = noted(now, entry, "post", posted.look, by=posted.by)
            known = learned(now.known, entry.seq, posted.facts, posted.measured_at, posted.clues)
            return anew(now, known=known)
        case work.Followed(by=by, look=look):
            mine = (*now.known.followed.get(by, ()), look)
            followed = with_item(now.known.followed, by, mine)
            return anew(now, known=anew(now.known, followed=followed))
        case work.Unfollowed(by=by, look=look):
            mine = tuple(name for name in now.known.followed.get(by, ()) if name != look)
            followed = with_item(now.known.followed, by, mine)
            return anew(now, known=anew(now.known, followed=followed))
        case work.ActionStarted(by=by, action=action, kind=kind):
            now = noted(now, entry, "mitigate", action, by=by)
            now = noted(now, entry, f"mitigate:{kind}", action, by=by)
            return noted(now, entry, f"start:{action}", action, by=by)
        case work.ActionFinished(by=by, action=action, failed=failed):
            return now if failed else noted(now, entry, f"done:{action}", action, by=by)
        case work.HypothesisStated(by=by, cause=cause):
            now = noted(now, entry, "hypothesise", cause, by=by)
            return marked(now, "identified", entry.at) if cause != "not-known" else now
    return now


def _began(now: Picture, entry: Entry, began: work.WorkBegan) -> Picture:
    item = Work(
        work=began.work,
        kind=began.kind,
        item=began.item,
        since=entry.at,
        looks_until=began.looks_until,
        frees_person=began.frees_person,
    )
    if began.frees_person:
        return anew(now, running=with_item(now.running, began.work, item))
    return anew(now, work=with_item(now.work, began.by, item))


def _ended(now: Picture, by: str, ended: str) -> Picture:
    if ended in now.running:
        running = {name: item for name, item in now.running.items() if name != ended}
        return anew(now, running=running)
    mine = now.work.get(by)
    if mine is None or mine.work != ended:
        return now
    return anew(now, work={name: item for name, item in now.work.items() if name != by})


def _found(now: Picture, entry: Entry, found: work.Found) -> Picture:
    for view in found.views:
        now = noted(now, entry, f"look:{view}", found.look or found.line, by=found.by)
    find = Find(
        seq=entry.seq,
        at=entry.at,
        by=found.by,
        look=found.look,
        views=found.views,
        of=found.of,
        facts=found.facts,
        clues=found.clues,
        line=found.line,
    )
    known = learned(now.known, entry.seq, found.facts, found.measured_at, found.clues)
    known = anew(known, finds=(*known.finds, find))
    now = anew(now, known=known)
    return noted(now, entry, "look", found.look or found.line, by=found.by)


def learned(
    known: Knowledge,
    seq: int,
    facts: Mapping[str, Any],
    measured_at: int,
    clues: tuple[str, ...],
) -> Knowledge:
    """The newest measurement of a fact wins; a clue is known from its first showing on."""
    newer = {
        name: Fact(value=value, measured_at=measured_at, seq=seq)
        for name, value in facts.items()
        if name not in known.facts or known.facts[name].measured_at <= measured_at
    }
    first = {clue: seq for clue in clues if clue not in known.clues}
    return anew(known, facts={**known.facts, **newer}, clues={**known.clues, **first})
