"""What somebody says of the drill they want to write, each answer read before anything is written.

Rule 1: an answer is one line of plain text; what could hide or act is refused, not taken out.
Rule 2: a refusal is a sentence: what was found, what is expected, an example.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from simulator.brief import words
from simulator.brief.library import names
from simulator.brief.terms import KEYWORDS
from simulator.brief.vocabulary import FACTS
from simulator.brief.written import Unreadable
from simulator.text import did_you_mean

FAMILIES: Final[Mapping[str, str]] = {
    "overload": "a service has less room than it needs",
    "deploy": "a release is broken",
    "database": "a statement holds the database's sessions",
    "dependency": "an outside provider is slow",
    "disk": "a disk runs full, and would again",
    "key": "a stranger uses somebody's key",
}
"""Kind of trouble -> what it is; each has its own page of `starters/`."""
TITLE_LENGTH: Final = 80
SERVICE_LENGTH: Final = 24
_HEADS: Final = (
    "fault", "cured", "done", "debt", "found", "named", "probe", "role", "said", "fact", "mark",
    "now", "elapsed", "variant", "unresolved", "level", "status", "mode", "queue", "ask",
    "sessions", "second-provider", *FACTS, *KEYWORDS,
)  # fmt: skip
"""What conditions and the starter itself call something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The drill somebody wants to write."""

    id: str
    title: str
    organisation: str
    plan: str
    """The name of a plan that comes with gameday, or of a file beside the drill."""
    kind: str
    """What is wrong, of `FAMILIES`."""
    other: str
    """What is wrong instead in the second variant."""
    service: str
    """Where customers come in."""
    store: str
    """Its database."""
    vendor: str
    """The outside provider it asks."""


class Refusal(ValueError):  # noqa: N818 - a sentence for whoever answered, said as an answer
    """An answer that cannot be used, and the sentence that says why."""


def an_id(text: str) -> str:
    """The id of the drill, which is the name of its file too."""
    try:
        return words.identifier(text)
    except Unreadable as error:
        raise Refusal(f"{error.found}; {_hint(error)}, as in `shop-slow`") from None


def a_title(text: str) -> str:
    """What the drill is called: one line that gives nothing away."""
    return _phrase(text, TITLE_LENGTH, "Orders fail")


def an_organisation(text: str) -> str:
    """Whose service it is."""
    return _phrase(text, words.WORD_LENGTH, "A small shop")


def a_service(text: str) -> str:
    """The name of a service, as it stands in conditions and command lines."""
    try:
        name = words.identifier(text)
    except Unreadable as error:
        raise Refusal(f"{error.found}; {_hint(error)}, as in `checkout`") from None
    if len(name) > SERVICE_LENGTH:
        raise Refusal(f"{name} has {len(name)} signs; at most {SERVICE_LENGTH} are expected")
    if name in _HEADS:
        raise Refusal(f"{name!r} is a word of the conditions; call the service otherwise")
    return name


def a_kind(text: str) -> str:
    """One of the families of trouble."""
    if text not in FAMILIES:
        raise Refusal(f"no kind of trouble is called {_shown(text)}; {_known(text, FAMILIES)}")
    return text


def a_plan(text: str) -> str:
    """A plan that comes with gameday."""
    known = names("plan")
    if text not in known:
        raise Refusal(f"no plan is called {_shown(text)}; {_known(text, known)}")
    return text


READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "id": an_id,
    "title": a_title,
    "organisation": an_organisation,
    "plan": a_plan,
    "kind": a_kind,
    "other": a_kind,
    "service": a_service,
    "store": a_service,
    "vendor": a_service,
}
"""Answer -> who reads it; raises `Refusal`."""


def answers_of(said: Mapping[str, str]) -> Answers:
    """All answers, read and held against one another; raises `Refusal` with the first that fails.

    `other` may be left out: the likeliest other truth stands in.
    """
    kind = a_kind(said["kind"])
    given = {"other": other_than(kind), **said}
    read = {name: reader(given[name]) for name, reader in READERS.items()}
    called = [read[name] for name in ("service", "store", "vendor")]
    if len(set(called)) < len(called):
        raise Refusal(f"{', '.join(called)}: three services need three names")
    if read["kind"] == read["other"]:
        raise Refusal(f"both truths are {kind}; the other one is wrong in another way")
    return Answers(**read)


def other_than(kind: str) -> str:
    """The second truth where nobody asks for one: a release, or for a release the database."""
    return "database" if kind == "deploy" else "deploy"


def id_from(title: str) -> str:
    """An id somebody could have given this title."""
    parts = re.findall(r"[a-z0-9]+", title.lower())
    text = "-".join(parts).lstrip("0123456789-")[:40].strip("-")
    return text or "my-drill"


def _phrase(text: str, longest: int, example: str) -> str:
    told = text.strip()
    try:
        words.line(told)
    except Unreadable as error:
        raise Refusal(f"{error.found}; write one line such as `{example}`") from None
    if len(told) > longest:
        raise Refusal(f"the text has {len(told):,} signs; at most {longest} are expected")
    if "${" in told:
        raise Refusal("the text holds `${`, which stands for a value; write it without")
    return told


def _known(text: str, known: Mapping[str, str] | tuple[str, ...]) -> str:
    return did_you_mean(text[:80], known)


def _hint(error: Unreadable) -> str:
    return error.hint or "write a small letter, then small letters, digits, `-` or `_`"


def _shown(text: str) -> str:
    return ascii(text if len(text) <= words.WORD_LENGTH else f"{text[:37]}...")
