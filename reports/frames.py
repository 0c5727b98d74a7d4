"""Journal entries as tables: one frame for each thing a chart draws or a CSV file holds.

Rule 1: `t` is seconds since T0, `seq` the entry that proves the row; shares run 0..1.
Rule 2: what was true and what was seen never share a row.
Rule 3: a frame without rows still has its columns.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from reports.played import TRUE_MARKS, Played
from reports.timeline import speaker
from reports.wording import sentence
from simulator.debrief.scorecard import Scorecard
from simulator.journal.entry import TAGS
from simulator.journal.events.base import Event
from simulator.journal.events.paging import Paged
from simulator.journal.events.talk import SaidTo
from simulator.journal.events.work import Found, WorkBegan, WorkCancelled, WorkEnded
from simulator.journal.events.world import (
    AlertFired,
    FactsChanged,
    FaultBegan,
    FaultCured,
    ImpactCounted,
    SignalsChanged,
)
from simulator.journal.units import PPM, natural

CUSTOMERS: Final = "customers"
"""What a fact is about; a signal is about its service."""
MARK_WORDS: Final[Mapping[str, str]] = {
    "impact": "impact",
    "fired": "T0: paged",
    "acknowledged": "acknowledged",
    "declared": "declared",
    "identified": "cause named",
    "mitigated": "eased",
    "restored": "restored",
    "relapsed": "impact again",
    "resolved": "resolved",
    "closed": "closed",
}
"""Marks and claims, in the order of a response, as a chart labels them."""
TRUE_COLUMNS: Final = ("t", "at", "of", "signal", "value", "seq")
SEEN_COLUMNS: Final = ("t", "at", "measured_t", "of", "signal", "value", "by", "source", "seq")
_SHARES: Final = frozenset({"errors", "degraded", "saturation"})


def true_signals(played: Played) -> pd.DataFrame:
    """Each change of a true signal or of a fact about customers; steps, not samples."""
    return _frame(_true_rows(played), TRUE_COLUMNS)


def seen_signals(played: Played) -> pd.DataFrame:
    """Each figure somebody was shown: by a look, an alert or a page, with when it was measured."""
    return _frame(_seen_rows(played), SEEN_COLUMNS)


def marks(played: Played) -> pd.DataFrame:
    """Marks (true) and claims (said), those that came, in order of time."""
    found = played.situation.marks
    rows = [
        {"mark": name, "says": word, "at": found[name], "t": found[name] - played.t0,
         "true": name in TRUE_MARKS}
        for name, word in MARK_WORDS.items()
        if name in found
    ]  # fmt: skip
    if "closed" not in found:
        end = played.situation.at
        rows.append(
            {"mark": "ended", "says": "drill ends", "at": end, "t": end - played.t0, "true": True}
        )
    frame = _frame(rows, ("mark", "says", "at", "t", "true"))
    return frame.sort_values("at", kind="stable", ignore_index=True)


def harm(played: Played) -> pd.DataFrame:
    """The sums as they grew: requests lost, users hit, share of the month's budget."""
    rows = [
        {"t": e.at - played.t0, "at": e.at, "requests": e.what.failed, "users": e.what.users,
         "budget": e.what.budget / PPM, "money": e.what.money}
        for e in played.entries
        if isinstance(e.what, ImpactCounted)
    ]  # fmt: skip
    return _frame(rows, ("t", "at", "requests", "users", "budget", "money"))


def work(played: Played) -> pd.DataFrame:
    """Who was busy with what, from when to when; work cut short ends where it was cut."""
    begun: dict[str, dict[str, Any]] = {}
    for entry in played.entries:
        match entry.what:
            case WorkBegan() as began:
                begun[began.work] = {
                    "person": began.by, "kind": began.kind, "item": began.item,
                    "t": entry.at - played.t0, "seq": entry.seq, "until": None,
                }  # fmt: skip
            case WorkEnded(work=name) | WorkCancelled(work=name) if name in begun:
                begun[name]["until"] = entry.at - played.t0
    end = played.situation.at - played.t0
    for row in begun.values():
        row["until"] = end if row["until"] is None else row["until"]
    return _frame(begun.values(), ("person", "kind", "item", "t", "until", "seq"))


def faults(played: Played) -> pd.DataFrame:
    """Each fault's life: when it began and when nothing was left of it; nuisances left out."""
    known = played.brief.scenario.faults
    rows: list[dict[str, Any]] = []
    end = played.situation.marks.get("closed", played.situation.at) - played.t0
    for entry in played.entries:
        match entry.what:
            case FaultBegan(fault=name) if name not in known or known[name].impact:
                rows.append({"fault": name, "t": entry.at - played.t0, "until": end})
            case FaultCured(fault=name):
                for row in rows:
                    if row["fault"] == name:
                        row["until"] = min(row["until"], entry.at - played.t0)
    return _frame(rows, ("fault", "t", "until"))


def acts(played: Played) -> pd.DataFrame:
    """What people did, one row an act, by the fold's own index of deeds."""
    rows = [
        {"person": deed.by, "kind": kind, "item": deed.item, "t": deed.at - played.t0,
         "seq": deed.seq}
        for kind, deeds in played.situation.deeds.items()
        for deed in deeds
    ]  # fmt: skip
    frame = _frame(rows, ("person", "kind", "item", "t", "seq"))
    return frame.sort_values(["seq", "kind"], kind="stable", ignore_index=True)


def picture(seen: pd.DataFrame, signal: str) -> pd.DataFrame:
    """The newest reading the team had at each moment: what it believed this signal to be."""
    rows = seen[(seen["signal"] == signal) & (seen["of"] == CUSTOMERS)]
    rows = rows.sort_values(["at", "seq"], kind="stable")
    return rows[rows["measured_t"] >= rows["measured_t"].cummax()].reset_index(drop=True)


def deadlines(played: Played, card: Scorecard | None) -> pd.DataFrame:
    """Each duty with when it fell due, when it was done, and the card's word for it."""
    rows = [
        {"t": duty.due_at - played.t0, "duty": duty.duty, "does": duty.does, "level": duty.level,
         "owed_by": " ".join(duty.roles), "done_t": None if duty.done_at is None
         else duty.done_at - played.t0, "outcome": duty.outcome, "advisory": duty.advisory,
         "proof": " ".join(map(str, duty.cites))}
        for duty in (card.duties if card else ())
    ]  # fmt: skip
    columns = ("t", "duty", "does", "level", "owed_by", "done_t", "outcome", "advisory", "proof")
    return _frame(rows, columns).sort_values(["t", "duty"], kind="stable", ignore_index=True)


def competencies(card: Scorecard, titles: Mapping[str, str]) -> pd.DataFrame:
    """Points, weight and how much fell due, one row a competency; titles by id."""
    rows = [
        {"title": titles[one.id], "weight": one.weight_milli / 1000, "due": one.due_milli / 1000,
         "points": None if one.points_milli is None else one.points_milli / 1000}
        for one in card.competencies
    ]  # fmt: skip
    return _frame(rows, ("title", "weight", "points", "due"))


def events(played: Played) -> pd.DataFrame:
    """Every entry that is an event, those the timeline leaves out too."""
    rows = [
        {"seq": e.seq, "at": e.at, "t": e.at - played.t0, "clock": played.clock(e.at),
         "who": played.who(speaker(e)), "kind": TAGS[type(e.what)], "cause": e.cause,
         "says": sentence(played, e)}
        for e in played.entries
        if isinstance(e.what, Event) and not isinstance(e.what, SaidTo)
    ]  # fmt: skip
    return _frame(rows, ("seq", "at", "t", "clock", "who", "kind", "cause", "says"))


def _true_rows(played: Played) -> Iterator[dict[str, Any]]:
    for entry in played.entries:
        moment = {"t": entry.at - played.t0, "at": entry.at, "seq": entry.seq}
        match entry.what:
            case SignalsChanged(services=services):
                for name in sorted(services):
                    for signal, value in sorted(services[name].items()):
                        plain = value / PPM if signal in _SHARES else float(value)
                        yield {**moment, "of": name, "signal": signal, "value": plain}
            case FactsChanged(facts=facts):
                for signal, figure in _figures(facts):
                    yield {**moment, "of": CUSTOMERS, "signal": signal, "value": figure}


def _seen_rows(played: Played) -> Iterator[dict[str, Any]]:
    for entry in played.entries:
        match entry.what:
            case Found(facts=facts, measured_at=measured, by=by):
                source = "look"
            case AlertFired(facts=facts, measured_at=measured):
                source, by = "alert", ""
            case Paged(facts=facts, measured_at=measured, to=by):
                source = "page"
            case _:
                continue
        for signal, value in _figures(facts):
            yield {
                "t": entry.at - played.t0, "at": entry.at, "measured_t": measured - played.t0,
                "of": CUSTOMERS, "signal": signal, "value": value, "by": by,
                "source": source, "seq": entry.seq,
            }  # fmt: skip


def _figures(facts: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """The facts that are numbers, in natural units."""
    for name in sorted(facts):
        value = natural(name, facts[name])
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield name, float(value)


def _frame(rows: Any, columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns))
