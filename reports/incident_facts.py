"""What a drill knows of its incident, gathered once for the sections of the post-incident report.

Rule 1: times are the drill's labelled ones, in UTC; a moment of another day carries its day.
Rule 2: people are roles, as in every report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.losses import losses as losses_beside
from reports.played import Played
from reports.wording import counted
from simulator.brief.severity import higher
from simulator.clock import instant, said
from simulator.debrief.aftermath.detection import Detection, detection_of
from simulator.debrief.aftermath.levels_met import RowMet, rows_met
from simulator.debrief.aftermath.losses import Losses, losses_of
from simulator.debrief.scorecard import Scorecard
from simulator.journal.events.incident import MeetingHeld, ReportSubmitted
from simulator.journal.events.paging import Joined
from simulator.journal.events.work import HypothesisStated
from simulator.journal.events.world import FactsChanged
from simulator.journal.gates import gates_passed
from simulator.journal.situation import Deed
from simulator.journal.units import PPM
from simulator.text import clean_line

SPAN_ENDS: Mapping[str, tuple[str, str]] = {
    "incident": ("began", "resolved"),
    "impact": ("began", "restored"),
    "detect": ("began", "detected"),
    "acknowledge": ("detected", "acknowledged"),
    "mitigate": ("detected", "mitigated"),
}
"""The moments each length lies between; `restore` is counted as the plan counts it."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One drill, as its post-incident report needs it."""

    played: Played
    card: Scorecard | None

    @cached_property
    def moments(self) -> Mapping[str, int]:
        """Moment of the incident -> second of the drill; those that came."""
        marks = self.played.situation.marks
        began = marks.get("impact", marks.get("fired"))
        found = {"began": began, "detected": marks.get("fired"), "closed": marks.get("closed")}
        found |= {name: marks.get(name) for name in (
            "acknowledged", "declared", "identified", "mitigated", "restored", "resolved",
        )}  # fmt: skip
        found["verified"] = self.verified_at
        return {name: at for name, at in found.items() if at is not None}

    @cached_property
    def verified_at(self) -> int | None:
        """When the last of the plan's proofs was seen; None where one is wanting."""
        gates = self.played.brief.plan.gates
        if not gates or set(self.proofs) != set(gates):
            return None
        return max(deed.at for deed in self.proofs.values())

    @cached_property
    def losses(self) -> Losses | None:
        """What was lost; None where nobody was hit."""
        scenario, marks = self.played.brief.scenario, self.played.situation.marks
        return losses_of(self.played.entries, scenario, marks)

    @cached_property
    def rows(self) -> tuple[RowMet, ...]:
        """The rows of the plan's table that held."""
        return rows_met(self.played.entries, self.played.brief.plan, self.played.situation.marks)

    @cached_property
    def detection(self) -> Detection:
        """How it was noticed."""
        brief, opened = self.played.brief, self.played.opened
        marks = self.played.situation.marks
        return detection_of(self.played.entries, brief.scenario, opened.variant, marks)

    @cached_property
    def proofs(self) -> Mapping[str, Deed]:
        """The plan's gates that were seen to hold before it was called over."""
        situation = self.played.situation
        return gates_passed(
            self.played.brief.plan, situation, until=situation.marks.get("resolved")
        )

    @cached_property
    def level(self) -> str:
        """The highest level it was given; empty where nothing was declared."""
        incident = self.played.situation.incident
        best = ""
        for _, level in incident.levels if incident else ():
            best = higher(self.played.brief.plan, best, level)
        return best

    @cached_property
    def named(self) -> HypothesisStated | None:
        """The cause as the team named it last."""
        told = [e.what for e in self.played.entries if isinstance(e.what, HypothesisStated)]
        return told[-1] if told else None

    @cached_property
    def handed_in(self) -> ReportSubmitted | None:
        """The report people handed in, if one was."""
        told = [e.what for e in self.played.entries if isinstance(e.what, ReportSubmitted)]
        return told[0] if told else None

    @cached_property
    def facilitator(self) -> str:
        """Who held the review; empty where none was."""
        by = [e.what.by for e in self.played.entries if isinstance(e.what, MeetingHeld)]
        return self.played.who(by[0]) if by else ""

    @cached_property
    def joined(self) -> Sequence[tuple[int, str]]:
        """(second, whom) in the order they came, whoever took the page first."""
        taken = self.played.situation.deeds.get("acknowledge", ())[:1]
        came = [(deed.at, deed.by) for deed in taken]
        came += [(e.at, e.what.person) for e in self.played.entries if isinstance(e.what, Joined)]
        first: dict[str, int] = {}
        for at, person in came:
            first.setdefault(person, at)
        return [(at, self.played.who(person)) for person, at in first.items()]

    @cached_property
    def services(self) -> tuple[str, ...]:
        """Services that were hit or answered nobody, by what they are called."""
        known = self.played.brief.scenario.system.services
        hit = dict.fromkeys(self.losses.services if self.losses else ())
        for entry in self.played.entries:
            if isinstance(entry.what, FactsChanged) and "service_down" in entry.what.facts:
                hit |= dict.fromkeys(entry.what.facts["service_down"])
        return tuple(clean_line(known[n].title or n) if n in known else n for n in hit)

    def stamp(self, name: str) -> str:
        """A moment with its day: `2026-03-13 10:05:00 UTC`; empty where it never came."""
        at = self.moments.get(name)
        if at is None:
            return ""
        return f"{instant(self.played.opened.begins, at):%Y-%m-%d %H:%M:%S} UTC"

    def day(self, at: int) -> str:
        """The day of a second."""
        return f"{instant(self.played.opened.begins, at):%Y-%m-%d}"

    def clock(self, at: int, *, seconds: bool = False) -> str:
        """A time of day, with its day where that is not the first one's."""
        form = "%H:%M:%S" if seconds else "%H:%M"
        text = instant(self.played.opened.begins, at).strftime(form)
        start = self.moments.get("began", 0)
        return text if self.day(at) == self.day(start) else f"{self.day(at)} {text}"

    def span(self, name: str) -> str:
        """A length of time as people say it; empty where an end of it never came."""
        ends = SPAN_ENDS.get(name)
        if name == "restore":
            start = self.played.brief.plan.ending.ttr_from
            ends = ("began" if start == "impact" else "detected", "restored")
        if ends is None or any(end not in self.moments for end in ends):
            return ""
        return said(self.moments[ends[1]] - self.moments[ends[0]])

    def impact_line(self) -> str:
        """What customers lost, in a line."""
        lost = self.losses
        if lost is None:
            return "Nobody was hit"
        whole = f"{lost.failed:,} of {lost.offered:,} requests failed ({percent(lost.mean_ppm)})"
        parts = [f"{whole}, {percent(lost.peak_ppm)} at the worst"]
        parts += [counted(lost.users, "user") + " hit"] if lost.users else []
        parts += [f"{one.amount} {one.title}" for one in losses_beside(self.played)]
        return "; ".join(parts)

    def cause_line(self) -> str:
        """The cause as named; empty where nobody named one."""
        if self.named is None:
            return ""
        called = clean_line(self.played.title_of(self.named.cause), longest=200).rstrip(".")
        return f"“{called}” ({self.named.confidence} % sure)"


def percent(ppm: float) -> str:
    """A share: `38.8 %`."""
    return f"{100 * ppm / PPM:.3g} %"
