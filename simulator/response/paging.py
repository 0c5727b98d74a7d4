"""Pages: an alert wakes the on-call, further alerts join it, silence climbs, people take or refuse.

Rule 1: only an alert whose level pages wakes anybody; the others stand in the channel, and a page
of theirs exists from the second a person takes one by hand.
Rule 2: what fires again after T0's impact is a new page, so that T0 is never a forewarning's.
Rule 3: a page ends when its alerts are quiet; the incident it belongs to does not.
"""

from collections.abc import Mapping
from typing import Any

from simulator.journal.commands.paging import Acknowledge, Dismiss
from simulator.journal.entry import Entry
from simulator.journal.events.incident import IncidentClosed
from simulator.journal.events.paging import (
    Joined,
    PageAcknowledged,
    Paged,
    PageDismissed,
    PageJoined,
    PageResolved,
)
from simulator.journal.events.world import AlertFired, AlertResolved, ImpactBegan
from simulator.journal.situation import PageState
from simulator.response import joining, ladder
from simulator.response.orders import hears, names_of, refuse, roles_of, unknown
from simulator.stage import Process, Stage

OPEN = ("triggered", "acknowledged")


def play(stage: Stage) -> None:
    """Listen to the monitoring for as long as the drill lasts."""
    stage.play(hears(stage, (AlertFired,), lambda entry: _fired(stage, entry)))
    stage.play(hears(stage, (ImpactBegan,), lambda _: stage.play(_reminds(stage))))
    stage.play(hears(stage, (AlertResolved,), lambda _: _quiet(stage)))
    stage.play(hears(stage, (IncidentClosed,), lambda _: _over(stage)))


def acknowledge(stage: Stage, entry: Entry) -> None:
    """Take a page, or by hand an alert that woke nobody."""
    order = entry.what
    assert isinstance(order, Acknowledge)
    page = stage.situation.pages.get(order.page)
    if page is None:
        _take_alert(stage, entry, order.page)
        return
    if all(person != entry.by for person, _ in page.sent):
        refuse(stage, entry, "not_yours", f"{names_of(stage).page(order.page)} was not sent to you")
        return
    if page.state not in OPEN:
        refuse(
            stage, entry, "lifecycle", f"{names_of(stage).page(order.page)} is {page.state} already"
        )
        return
    if any(person == entry.by for person, _ in page.acknowledged):
        refuse(
            stage,
            entry,
            "lifecycle",
            f"you have taken {names_of(stage).page(order.page, entry.by)} already",
        )
        return
    _taken(stage, entry.by, order.page, page)


def dismiss(stage: Stage, entry: Entry) -> None:
    """Call a page a false alarm."""
    order = entry.what
    assert isinstance(order, Dismiss)
    page = stage.situation.pages.get(order.page)
    if page is None:
        refuse(stage, entry, "unknown", unknown("page", order.page, stage.situation.pages))
    elif page.state not in OPEN:
        refuse(
            stage, entry, "lifecycle", f"{names_of(stage).page(order.page)} is {page.state} already"
        )
    elif all(person != entry.by for person, _ in page.sent):
        refuse(stage, entry, "not_yours", f"{names_of(stage).page(order.page)} was not sent to you")
    elif not order.reason.strip():
        refuse(stage, entry, "needs", "say why it is a false alarm")
    else:
        stage.emit(PageDismissed(page=order.page, by=entry.by, reason=order.reason))


def by_hand(stage: Stage, by: str, summary: str, alert: str = "", level: str = "") -> None:
    """A person takes the first report without having been woken: that is T0."""
    page = stage.count("p")
    stage.emit(
        Paged(
            page=page,
            to=by,
            role=next(iter(roles_of(stage.situation, by)), "on_call"),
            alert=alert,
            level=level,
            summary=summary,
            by=by,
        )
    )
    _taken(stage, by, page, stage.situation.pages[page])


def _taken(stage: Stage, by: str, name: str, page: PageState) -> None:
    stage.emit(PageAcknowledged(page=name, by=by))
    if page.why in ("alert", "no_ack"):
        role = next(iter(roles_of(stage.situation, by)), "on_call")
        if f"joined:{role}" not in stage.situation.deeds:
            stage.emit(Joined(person=by, role=role))
    else:
        joining.answer(stage, by, page)


def _take_alert(stage: Stage, entry: Entry, name: str) -> None:
    alert = stage.situation.alerts.get(name)
    if alert is None:
        pages = (*stage.situation.pages, *stage.situation.alerts)
        refuse(stage, entry, "unknown", unknown("page", name, pages))
    elif not alert.firing:
        refuse(stage, entry, "lifecycle", f"{names_of(stage).alert(name)} is quiet again")
    elif any(name in p.alerts and p.state in OPEN for p in stage.situation.pages.values()):
        refuse(stage, entry, "lifecycle", f"{names_of(stage).alert(name)} is part of an open page")
    else:
        by_hand(stage, entry.by, alert.summary, name, level_for(stage, alert.severity))


def level_for(stage: Stage, severity: str) -> str:
    """The plan's level an alert of this rank carries."""
    levels: Mapping[Any, str] = stage.brief.plan.alert_levels
    return levels.get(severity, stage.brief.plan.ordered()[-1])


def _fired(stage: Stage, entry: Entry) -> None:
    fired = entry.what
    assert isinstance(fired, AlertFired)
    level = level_for(stage, fired.severity)
    if not fired.page or fired.since < 0 or stage.brief.plan.levels[level].pages != "page":
        return
    if name := _open_page(stage, fired.alert, level):
        stage.emit(PageJoined(page=name, alert=fired.alert, summary=fired.summary))
        return
    call = ladder.Call(
        page=stage.count("p"),
        alert=fired.alert,
        level=level,
        summary=fired.summary,
        facts=fired.facts,
        measured_at=fired.measured_at,
    )
    stage.play(ladder.climbs(stage, call))


def _open_page(stage: Stage, alert: str, level: str) -> str:
    """The open page a further alert joins: of the same matter, at least as high; else none."""
    situation, order = stage.situation, stage.brief.plan.ordered()
    impact = situation.marks.get("impact", 0)
    for name, page in reversed(tuple(situation.pages.items())):
        if page.state not in OPEN or not page.alerts or page.at < impact:
            continue
        alike = _unrelated(stage, alert) == _unrelated(stage, page.alerts[0])
        if alike and page.level in order and order.index(page.level) <= order.index(level):
            return name
    return ""


def _reminds(stage: Stage) -> Process:
    """Where impact found a forewarning's page open and no alert has followed, page anew: T0."""
    yield stage.pause(round(stage.brief.scenario.system.clock.group_interval))
    if "fired" in stage.situation.marks:
        return
    alerts = stage.situation.alerts
    for page in reversed(tuple(stage.situation.pages.values())):
        firing = [one for one in page.alerts if one in alerts and alerts[one].firing]
        if page.state in OPEN and firing and not _unrelated(stage, firing[0]):
            call = ladder.Call(
                page=stage.count("p"), alert=firing[0], level=page.level, summary=page.summary
            )
            stage.play(ladder.climbs(stage, call))
            return


def _unrelated(stage: Stage, alert: str) -> bool:
    rule = stage.brief.scenario.alerts.get(alert)
    return rule is not None and rule.unrelated


def _quiet(stage: Stage) -> None:
    """End each page whose alerts have all cleared."""
    alerts = stage.situation.alerts
    for name, page in stage.situation.pages.items():
        if page.state not in OPEN or not page.alerts:
            continue
        if not any(one in alerts and alerts[one].firing for one in page.alerts):
            stage.emit(PageResolved(page=name))


def _over(stage: Stage) -> None:
    """End what is left once the incident is closed."""
    for name, page in stage.situation.pages.items():
        if page.state in OPEN:
            stage.emit(PageResolved(page=name))
