"""What things are called in a sentence: titles from the brief, else their ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.brief.brief import Brief
from simulator.clock import said
from simulator.journal.situation import Situation
from simulator.journal.units import IN_PPM, IN_THOUSANDTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The words of one brief; without it, ids."""

    brief: Brief | None = None
    picture: Situation | None = None

    def person(self, person: str) -> str:
        """A person's name."""
        if self.brief is not None and person in self.brief.roster.people:
            return str(self.brief.roster.people[person].name)
        return person or "nobody"

    def people(self, people: Iterable[str]) -> str:
        """Several persons."""
        return listed(self.person(person) for person in people)

    def role(self, role: str) -> str:
        """A role's word in the plan."""
        terms = self.brief.plan.roles if self.brief else {}
        found = {str(name): word.word for name, word in terms.items()}
        return found.get(role, role.replace("_", " "))

    def level(self, level: str) -> str:
        """A level's word."""
        levels = self.brief.plan.levels if self.brief else {}
        return str(levels[level].word) if level in levels else level

    def status(self, status: str) -> str:
        """A status's word."""
        statuses = self.brief.plan.statuses if self.brief else {}
        words = {str(kind): terms.word for kind, terms in statuses.items()}
        return words.get(status, status.replace("_", " "))

    def action(self, action: str) -> str:
        """What an action is called."""
        actions = self.brief.scenario.actions if self.brief else {}
        return f'"{actions[action].title}"' if action in actions else action

    def look(self, look: str, line: str = "") -> str:
        """What a look is called; its line where nobody foresaw it."""
        looks = self.brief.scenario.looks if self.brief else {}
        if look in looks:
            return f'"{looks[look].title}"'
        return look or f"`{line}`"

    def fault(self, fault: str) -> str:
        """What is wrong, by its title."""
        faults = self.brief.scenario.faults if self.brief else {}
        return f'"{faults[fault].title}"' if fault in faults else fault

    def cause(self, cause: str) -> str:
        """A nameable cause."""
        causes = self.brief.scenario.causes if self.brief else {}
        return f'"{causes[cause]}"' if cause in causes else cause

    def duty(self, duty: str) -> str:
        """A duty of the plan."""
        duties = self.brief.plan.duties if self.brief else {}
        says = duties[duty].says if duty in duties else ""
        return f"{duty} ({says})" if says else duty


def listed(words: Iterable[str]) -> str:
    """`a, b and c`; nothing is said as `nothing`."""
    *first, last = [*words] or ["nothing"]
    return f"{', '.join(first)} and {last}" if first else last


def shown(values: Mapping[str, Any]) -> str:
    """Facts or fields as `name value`, by name; facts as people say them: `errors 97 %`."""
    return listed(
        f"{name.replace('_', ' ')} {_value(name, values[name])}" for name in sorted(values)
    )


def quoted(text: str, *, longest: int = 120) -> str:
    """A text in a sentence, shortened where it is long; empty for none."""
    short = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return f": {short}" if short.strip() else ""


def lasting(seconds: int) -> str:
    """` within 5 min`; empty for no time."""
    return f" within {said(seconds)}" if seconds else ""


def _value(name: str, value: Any) -> str:
    if isinstance(value, tuple | list):
        return listed(str(one) for one in value) if value else "none"
    if name in IN_PPM and isinstance(value, int):
        return f"{value / 10_000:.3g} %"
    if name in IN_THOUSANDTHS and isinstance(value, int):
        return f"{value / 1000:.3g}"
    return str(value)
