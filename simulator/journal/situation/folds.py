"""How each event changes the picture: one `match` a theme, one branch an event.

Rule 1: a fold is pure and total; an event it does not know changes nothing.
Rule 2: a deed is noted once, here, so that duties, marks and scores agree on what was done.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from simulator.journal.entry import Entry
from simulator.journal.events import exercise, incident, paging, room, talk, work, world
from simulator.journal.situation.anew import anew
from simulator.journal.situation.folds_exercise import fold_exercise
from simulator.journal.situation.folds_incident import fold_incident
from simulator.journal.situation.folds_talk import fold_talk
from simulator.journal.situation.folds_work import fold_work, learned
from simulator.journal.situation.folds_world import fold_world
from simulator.journal.situation.notes import marked, noted, with_item
from simulator.journal.situation.parts import PageState
from simulator.journal.situation.picture import Picture

T = TypeVar("T")


def folded(now: Picture, entry: Entry) -> Picture:
    """The picture after an event; `now` already carries its second and seq."""
    fold = _THEMES.get(type(entry.what).__module__)
    return fold(now, entry) if fold else now


def _fold_room(now: Picture, entry: Entry) -> Picture:
    match entry.what:
        case room.DrillOpened(chairs=chairs) | room.Briefed(chairs=chairs):
            return anew(now, chairs=dict(chairs))
        case room.DutyWaived(duty=duty, because=because):
            return anew(now, waived=with_item(now.waived, duty, because))
        case room.DeviationAccepted(duty=duty):
            return anew(now, accepted=with_item(now.accepted, duty, entry.seq))
        case room.Skipped(by=by) if by not in now.skip_asked:
            return anew(now, skip_asked=(*now.skip_asked, by))
        case room.SkipBegan():
            return anew(now, skipping=entry.at)
        case room.SkipEnded():
            return anew(now, skipping=None, skip_asked=())
        case room.HintGiven(to=to):
            return anew(now, hints=(*now.hints, (entry.seq, to)))
        case room.ContractAccepted(person=person, version=version):
            return anew(now, contract=with_item(now.contract, person, version))
        case room.SteppedOut(person=person):
            return anew(now, left=(*now.left, person))
        case room.DrillEnded(reason=reason):
            return anew(now, ended=reason, skipping=None, skip_asked=())
    return now


def _fold_paging(now: Picture, entry: Entry) -> Picture:
    match entry.what:
        case paging.Paged() as sent:
            now = noted(now, entry, f"page:{sent.role}", sent.to, by=sent.by or "engine")
            if sent.why == "alert":
                now = marked(now, "fired", entry.at)
            known = learned(now.known, entry.seq, sent.facts, sent.measured_at, ())
            now = anew(now, known=known)
            return anew(now, pages=with_item(now.pages, sent.page, _paged(now, entry, sent)))
        case paging.PageJoined(page=page, alert=alert):
            return _page(now, page, lambda p: replace(p, alerts=(*p.alerts, alert)))
        case paging.PageAcknowledged(page=page, by=by):
            now = _acknowledged(now, entry, page, by)
            return _page(
                now,
                page,
                lambda p: replace(
                    p, state="acknowledged", acknowledged=(*p.acknowledged, (by, entry.at))
                ),
            )
        case paging.PageDismissed(page=page, by=by):
            now = noted(now, entry, "assess", page, by=by)
            now = noted(now, entry, "dismiss", page, by=by)
            return _page(now, page, lambda p: replace(p, state="dismissed"))
        case paging.PageResolved(page=page):
            return _page(now, page, lambda p: replace(p, state="resolved"))
        case paging.Notified(role=role, person=person, by=by):
            return noted(now, entry, f"notify:{role}", person, by=by)
        case paging.Joined(person=person, role=role):
            now = noted(now, entry, f"joined:{role}", person, by=person)
            return anew(now, joined=with_item(now.joined, person, entry.at))
    return now


def _paged(now: Picture, entry: Entry, sent: paging.Paged) -> PageState:
    before = now.pages.get(sent.page)
    if before is not None:
        return replace(before, sent=(*before.sent, (sent.to, entry.at)))
    return PageState(
        alerts=(sent.alert,) if sent.alert else (),
        level=sent.level,
        summary=sent.summary,
        why=sent.why,
        at=entry.at,
        sent=((sent.to, entry.at),),
        role=sent.role,
        by=sent.by,
    )


def _acknowledged(now: Picture, entry: Entry, page: str, by: str) -> Picture:
    """An alert's page taken is the claim `acknowledged`; a person called in only answers."""
    now = noted(now, entry, f"answer:{by}", page, by=by)
    state = now.pages.get(page)
    if state is not None and state.why in ("alert", "no_ack"):
        now = noted(now, entry, "acknowledge", page, by=by)
        if by not in now.joined:
            now = anew(now, joined=with_item(now.joined, by, entry.at))
        if "acknowledged" not in now.marks:
            now = anew(now, marks=with_item(now.marks, "acknowledged", entry.at))
    return now


def _page(now: Picture, page: str, change: Callable[[PageState], PageState]) -> Picture:
    before = now.pages.get(page)
    if before is None:
        return now
    return anew(now, pages=with_item(now.pages, page, change(before)))


_THEMES: Final[Mapping[str, Callable[[Any, Entry], Any]]] = {
    room.__name__: _fold_room,
    world.__name__: fold_world,
    paging.__name__: _fold_paging,
    incident.__name__: fold_incident,
    work.__name__: fold_work,
    talk.__name__: fold_talk,
    exercise.__name__: fold_exercise,
}
