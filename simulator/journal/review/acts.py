"""Acts of review: signed, annotated, contested, answered, sealed, amended, voided; and their wire.

Rule 1: an act is frozen, and its line canonical JSON in a chain like the journal's.
Rule 2: an act's own words never stand in its line, only a salted hash of them: they can be taken
away later and the chain still verifies (docs/promises.md, the review).
Rule 3: real time stands here, in seconds since 1970: nothing is simulated after a drill. It is
passed in; nothing here reads a clock.
"""

import dataclasses
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal, TypeAlias, get_args

from simulator.errors import JournalError
from simulator.journal.record import GENESIS, LARGEST_INT, Line, canonical, chained, parsed
from simulator.text import is_clean

LONGEST_WORDS: Final = 4000
PERSON: Final = re.compile(r"[a-z][a-z0-9._-]{0,47}")
"""Who acts: the id of a seat, or of a facilitator; a name is kept in the archive's index only."""
Ground: TypeAlias = Literal["real_incident", "crash", "accommodation"]
"""Why a run leaves no score."""
GROUNDS: Final[tuple[str, ...]] = get_args(Ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What an act says, its own words apart."""

    wants_words: ClassVar[bool] = False
    """Whether it is nothing without its words: a reason, a note, an objection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOpened(What):
    """The first act: which sealed journal this is about, and what the engine made of it."""

    head: str
    """Hash of the journal's last line."""
    lines: int
    ended: str
    """Why the drill ended."""
    rubric: str
    """Hash of the rubric it was opened under."""
    total_milli: int | None
    """The engine's total; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed(What):
    """A facilitator has looked at the score and stands for it."""

    assessed_alone: bool
    """Whether the signer is the only person whom the drill assessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated(What):
    """Somebody says something beside a mark."""

    wants_words: ClassVar[bool] = True
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested(What):
    """Somebody does not agree with a mark; it waits for an answer."""

    wants_words: ClassVar[bool] = True
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(What):
    """An objection is answered; where it is accepted, an amendment follows."""

    wants_words: ClassVar[bool] = True
    to: int
    """The seq of the objection."""
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureAccepted(What):
    """A departure from a duty, reasoned in the drill, is settled: it leaves the sums."""

    wants_words: ClassVar[bool] = True
    duty: str
    total_milli: int | None
    """The total from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAmended(What):
    """A mark is worth something else than the engine found; both stay."""

    wants_words: ClassVar[bool] = True
    mark: str
    was: int | None
    """Thousandths it earned until now; None: outside the sums."""
    now: int | None
    total_milli: int | None
    """The total from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineAmended(What):
    """Something happened at another second than the journal has it; both stay."""

    wants_words: ClassVar[bool] = True
    entry: int
    """The journal's entry."""
    was_s: int
    """Second of the drill until now."""
    now_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed(What):
    """The score is final; from here on it is only amended."""

    total_milli: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescored(What):
    """Another rubric was laid on the same journal; its total is a row of its own."""

    rubric: str
    total_milli: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided(What):
    """The run leaves no score; its journal stays."""

    wants_words: ClassVar[bool] = True
    ground: Ground


KINDS: Final[Mapping[str, type[What]]] = {
    "review_opened": ReviewOpened,
    "review_signed": Signed,
    "mark_annotated": Annotated,
    "mark_contested": Contested,
    "contest_answered": Answered,
    "departure_accepted": DepartureAccepted,
    "mark_amended": MarkAmended,
    "timeline_amended": TimelineAmended,
    "score_sealed": Sealed,
    "rescored": Rescored,
    "run_voided": Voided,
}
"""Every act by its wire tag; a tag never changes once a chain holds it."""
TAGS: Final[Mapping[type[What], str]] = {kind: tag for tag, kind in KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who said what of a drill, when, in which words."""

    seq: int
    at: int
    """Seconds since 1970."""
    by: str
    what: What
    words: str | None = ""
    """None where they were erased; empty where there never were any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An act's own words and the salt that makes their hash tell nothing."""

    salt: str
    text: str

    @property
    def hash(self) -> str:
        """What stands in the act's line instead of them."""
        return hashlib.sha256(f"{self.salt}\x1f{self.text}".encode()).hexdigest()


def to_line(act: Act, prev: str, *, salt: str) -> tuple[Line, Words | None]:
    """The act as a line after the hash `prev` (`GENESIS` for the first), and its words."""
    words = Words(salt=salt, text=act.words) if act.words else None
    fields = {field.name: getattr(act.what, field.name) for field in dataclasses.fields(act.what)}
    line = chained(
        seq=act.seq,
        at=act.at,
        by=act.by,
        cause=act.what.to if isinstance(act.what, Answered) else act.seq - 1,
        kind=TAGS[type(act.what)],
        body=canonical({**fields, "words": words.hash if words else ""}),
        prev=prev or GENESIS,
    )
    return line, words


def from_line(line: Line, words: Words | None) -> Act:
    """The act of a line; JournalError where it is none of ours or the words are not its own."""
    kind = KINDS.get(line.kind)
    if kind is None:
        raise JournalError(f"act {line.seq} is a {line.kind!r}, which this version does not know")
    fields = parsed(line.body, largest=65_536, deepest=4)
    if not isinstance(fields, dict) or "words" not in fields:
        raise JournalError(f"act {line.seq} ({line.kind}) is not written as an act is")
    expected = fields.pop("words")
    if words is not None and (words.hash != expected or not _may_be_read(words.text)):
        raise JournalError(
            f"the words of act {line.seq} ({line.kind}) are not those it was said in"
        )
    erased = None if expected else ""
    return Act(
        seq=line.seq,
        at=line.at,
        by=_person(line),
        what=_built(kind, fields, line),
        words=words.text if words is not None else erased,
    )


def _may_be_read(text: str) -> bool:
    return 0 < len(text) <= LONGEST_WORDS and is_clean(text)


def _person(line: Line) -> str:
    if not PERSON.fullmatch(line.by):
        raise JournalError(f"act {line.seq} is by {line.by[:48]!r}, which is no person's id")
    return line.by


def _built(kind: type[What], fields: Mapping[str, Any], line: Line) -> What:
    """The act's fields, each of its own type; bool is no int here."""
    wanted = {field.name: field.type for field in dataclasses.fields(kind)}
    if fields.keys() != wanted.keys():
        raise JournalError(f"act {line.seq} ({line.kind}) has other fields than {sorted(wanted)}")
    for name, value in fields.items():
        if not _fits(value, wanted[name]):
            raise JournalError(f"act {line.seq} ({line.kind}): its {name} cannot be {value!r:.60}")
    return kind(**fields)


def _fits(value: Any, wanted: Any) -> bool:
    if wanted == Ground:
        return isinstance(value, str) and value in GROUNDS
    if wanted is str:
        return isinstance(value, str) and len(value) <= 200 and is_clean(value)
    if wanted is bool:
        return isinstance(value, bool)
    if value is None:
        return bool(wanted == (int | None))
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_INT
