"""What things are called in a sentence: titles from the brief, else their ids.

Rule 1: a page, a debt, a request or a find is called by what the reader was told of it, so a name
gives nothing away.
Rule 2: a story told without a brief keeps its ids; they are its names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from simulator.brief.brief import Brief
from simulator.brief.vocabulary import ROLES
from simulator.clock import said, t_plus, wall
from simulator.journal.commands.base import Command
from simulator.journal.situation import Situation

OUTSIDE: Final = {"engine": "the system", "facilitator": "the facilitator", "host": "the host"}
"""Who speaks in a journal without holding a chair."""
LONGEST: Final = 600
"""Signs of a quoted text; what is longer is given whole where whole texts are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The words of one brief; without it, ids."""

    brief: Brief | None = None
    picture: Situation | None = None
    """What the reader knows by now."""
    zero: int | None = None
    """The second moments are counted from; None where nobody says."""
    order: Command | None = None
    """The order that led to the entry, where the reader may know it."""
    seen: frozenset[int] = frozenset()
    """Finds the reader was told when they were made."""
    sealed: bool = False
    """Whether the reader may be told what a find means."""

    def person(self, person: str) -> str:
        """A person's name; the role of a bot that nobody named."""
        if self.brief is not None and person in self.brief.roster.people:
            return str(self.brief.roster.people[person].name)
        role = person.replace("-", "_")
        if self.brief is not None and role in ROLES:
            return f"the {self.role(role)}"
        return OUTSIDE.get(person, person) or "nobody"

    def people(self, people: Iterable[str]) -> str:
        """Several persons."""
        return listed(self.person(person) for person in people)

    def sender(self, sender: str) -> str:
        """Who speaks from outside: a role by the plan's word, others as they are called."""
        return f"the {self.role(sender)}" if sender in ROLES else sender

    def role(self, role: str) -> str:
        """A role's word in the plan."""
        terms = self.brief.plan.roles if self.brief else {}
        found = {str(name): word.word for name, word in terms.items()}
        return found.get(role, role.replace("_", " "))

    def chair(self, person: str, role: str) -> str:
        """` as Incident Commander`; empty for somebody who is called by that role anyway."""
        word = self.role(role)
        return "" if self.person(person).removeprefix("the ") == word else f" as {word}"

    def level(self, level: str) -> str:
        """A level's word."""
        levels = self.brief.plan.levels if self.brief else {}
        return str(levels[level].word) if level in levels else level

    def status(self, status: str) -> str:
        """A status's word."""
        statuses = self.brief.plan.statuses if self.brief else {}
        words = {str(kind): terms.word for kind, terms in statuses.items()}
        return words.get(status, status.replace("_", " "))

    def plan(self, plan: str) -> str:
        """Whose plan it is."""
        return f"the plan of {self.brief.plan.organisation}" if self.brief else plan

    def action(self, action: str) -> str:
        """What is done to the system, or the message that is sent, as leave is asked for it."""
        actions = self.brief.scenario.actions if self.brief else {}
        if action in actions:
            return f'"{actions[action].title}"'
        templates = self.brief.plan.templates if self.brief else {}
        return self.template(action) if action in templates else action

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
        return f'"{causes[cause]}"' if cause in causes else cause.replace("-", " ")

    def alert(self, alert: str) -> str:
        """An alert by the name its summary begins with."""
        rules = self.brief.scenario.alerts if self.brief else {}
        return headed(rules[alert].summary) if alert in rules else alert

    def meaning(self, clues: Iterable[str]) -> tuple[str, ...]:
        """What there was to see in a find; nothing for those who must read it themselves."""
        known = self.brief.scenario.clues if self.brief and self.sealed else {}
        return tuple(brought(known[clue].shows) for clue in clues if clue in known)

    def page(self, page: str, by: str = "") -> str:
        """A page: which one only where whoever speaks has had several."""
        pages = self.picture.pages if self.picture else {}
        if page not in pages:
            return "the page" if self.brief else page
        held = [one for one in pages.values() if not by or by in dict(one.sent)]
        if len(held) < 2:
            return "the page"
        called = pages[page]
        named = f'"{headed(called.summary)}"' if called.alerts else f"as {self.role(called.role)}"
        return f"the page {named}"

    def sent(self, page: str) -> tuple[tuple[str, int], ...]:
        """To whom a page went, and when."""
        pages = self.picture.pages if self.picture else {}
        return pages[page].sent if page in pages else ()

    def debt(self, debt: str) -> str:
        """What a temporary measure left behind."""
        debts = self.picture.debts if self.picture else {}
        return f'"{debts[debt].says}"' if debt in debts else debt.replace("-", " ")

    def request(self, request: str) -> str:
        """What leave was asked for."""
        asked = self.picture.talk.approvals if self.picture else {}
        return self.action(asked[request].action) if request in asked else request

    def gate(self, gate: str) -> str:
        """A proof the plan asks for."""
        gates = self.brief.plan.gates if self.brief else {}
        return f'"{gates[gate].says}"' if gate in gates else gate.replace("-", " ")

    def item(self, item: str) -> str:
        """An item of the exercise, by its title."""
        known = self.brief.scenario.items if self.brief else {}
        return f'"{known[item].title}"' if item in known else item.replace("-", " ")

    def choice(self, item: str, choice: str) -> str:
        """An answer to an item, as people read it."""
        known = self.brief.scenario.items if self.brief else {}
        choices = known[item].choices if item in known else {}
        return f'"{choices[choice]}"' if choice in choices else choice.replace("-", " ")

    def inject(self, inject: str) -> str:
        """A thing of the story: what somebody says in it, else its id in words."""
        known = self.brief.scenario.injects if self.brief else {}
        says = known[inject].says if inject in known else ""
        return f'"{brought(says)}"' if says else inject.replace("-", " ")

    def template(self, template: str) -> str:
        """A message of the plan: `the status update`; all that the public reads on one page."""
        known = self.brief.plan.templates if self.brief else {}
        if template in known and known[template].use == "status_page":
            return "the status page"
        return f"the {template.replace('-', ' ').replace('_', ' ')}"

    def runbook(self, runbook: str) -> str:
        """A runbook's title."""
        runbooks = self.brief.plan.runbooks if self.brief else {}
        return f'"{runbooks[runbook].title}"' if runbook in runbooks else runbook

    def duty(self, duty: str) -> str:
        """A duty of the plan in its own sentence, else in words."""
        says = self._owed(duty)
        return f'"{says}"' if says else duty.replace("-", " ").replace("_", " ").replace(".", " ")

    def moment(self, at: int) -> str:
        """A second of the drill: `10:16 UTC (T+10:00)`, or that half of it that is known."""
        since = self.since(at)
        if self.brief is None:
            return since
        clock = f"{wall(self.brief.scenario.begins, at)[:5]} UTC"
        return clock if self.zero is None else f"{clock} ({since})"

    def since(self, at: int) -> str:
        """A second of the drill relative to T0: `T+10:00`; to its beginning where none is said."""
        return t_plus(at - (self.zero or 0))

    def _owed(self, duty: str) -> str:
        if self.brief is None:
            return ""
        plan = self.brief.plan
        if duty in plan.duties:
            return str(plan.duties[duty].says)
        head, _, number = duty.partition(".")
        path = plan.escalation.special.get(head)
        steps: tuple[object, ...] = path.steps if path else ()
        rules = {"notify": plan.escalation.notify, "unresolved": plan.escalation.unresolved}
        steps = rules.get(head, steps)
        within = number.isdigit() and int(number) < len(steps)
        return str(getattr(steps[int(number)], "says", "")) if within else ""


def listed(words: Iterable[str]) -> str:
    """`a, b and c`; nothing is said as `nothing`."""
    *first, last = [*words] or ["nothing"]
    return f"{', '.join(first)} and {last}" if first else last


def headed(summary: str) -> str:
    """The name an alert's summary begins with: `DbDown - no answer` is `DbDown`."""
    return summary.partition(" - ")[0]


def brought(text: str, *, longest: int = LONGEST) -> str:
    """A text on one line, shortened where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def quoted(text: str, *, longest: int = LONGEST) -> str:
    """A text at the end of a sentence; empty for none."""
    return f": {brought(text, longest=longest)}" if text.strip() else ""


def lasting(seconds: int) -> str:
    """` within 5 min`; empty for no time."""
    return f" within {said(seconds)}" if seconds else ""
