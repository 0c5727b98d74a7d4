"""A drill as JSON lines: a heading, then one journal line each, for any tool and any archive.

Rule 1: what is read was written by a stranger: it is measured, then parsed, then verified.
Rule 2: nothing is believed that the chain does not prove: what the heading says must be what the
entries say. The name and the parent are claims, and so are order ids and wall clocks; `began` is
held against the first wall clock, and marked as a claim where there is none.
Rule 3: what goes out and comes in again is the same drill, hash for hash.
Rule 4: a review follows the lines of its drill, one act a line, and is counted in the heading; a
drill without one is written as it was before there were reviews.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any, BinaryIO, Final

from simulator.archive.claims import Proofs, with_label
from simulator.archive.drill_record import Labels
from simulator.archive.review_record import Review, review_verdict
from simulator.archive.schema import DrillSummary
from simulator.archive.verdict import judged
from simulator.errors import GamedayError, HostError, JournalError
from simulator.journal.record import DEEPEST, LARGEST_BODY, Line, canonical, parsed
from simulator.journal.review.acts import Words
from simulator.journal.review.rules import MOST_ACTS

FORMAT: Final = "gameday drill"
VERSION: Final = 2
WITHOUT_REVIEW: Final = 1
"""The version a drill without a review is written in, which every gameday reads."""
_LARGEST_LINE: Final = LARGEST_BODY + 4096
"""Characters; bytes are at most four times as many."""
_LARGEST_STREAM: Final = 1_000_000_000
_MOST_LINES: Final = 1_000_000
_LINE_KEYS: Final = frozenset(Line.__dataclass_fields__)
_LABEL_KEYS: Final = frozenset({"op_id", "wall_ms"})
_SAID_KEYS: Final = frozenset({"said"})
_WORDS_KEYS: Final = frozenset(Words.__dataclass_fields__)
_WHOLES: Final = ("seq", "at", "cause")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A whole drill on its way in or out."""

    about: DrillSummary
    lines: tuple[Line, ...]
    labels: Labels
    switched: int = -1
    """The seq from which a fork tells otherwise than its parent; -1 where it never does."""
    review: Review = field(default_factory=Review)
    """What was said of it after it; of no acts where nothing was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came of an import."""

    about: DrillSummary
    """The drill as it is here now."""
    is_new: bool
    """Not so where the same drill was here already, under this name or another."""
    acts_added: int = 0
    """How many acts of its review are new here."""


def written(parcel: Parcel, stream: BinaryIO) -> None:
    """Write the drill; JournalError where a body is not canonical JSON, HostError for the disk."""
    heading = {"format": FORMAT, "version": WITHOUT_REVIEW, "drill": parcel.about.as_row()}
    acts, words = parcel.review.lines, parcel.review.words
    if acts:
        heading |= {"version": VERSION, "acts": len(acts)}
    try:
        stream.write(canonical(heading).encode() + b"\n")
        stream.writelines(_outward(line, parcel.labels).encode() + b"\n" for line in parcel.lines)
        for act in acts:
            fields = _fields_of(act) | (
                {"said": asdict(words[act.seq])} if act.seq in words else {}
            )
            stream.write(canonical(fields).encode() + b"\n")
        stream.flush()
    except BrokenPipeError:
        raise  # whoever reads has had enough, which is no fault of the machine's
    except OSError as error:
        raise HostError(f"the export was NOT written: {error.strerror}") from error


def _fields_of(line: Line) -> dict[str, Any]:
    body = parsed(line.body)
    if canonical(body) != line.body:
        raise JournalError(f"line {line.seq} ({line.kind}) is not canonical; it cannot be exported")
    return {**asdict(line), "body": body}


def _outward(line: Line, labels: Labels) -> str:
    fields = _fields_of(line)
    if line.seq in labels:
        op_id, fields["wall_ms"] = labels[line.seq]
        fields |= {} if op_id is None else {"op_id": op_id}
    return canonical(fields)


def received(stream: BinaryIO) -> Parcel:
    """Read a whole drill and verify it; JournalError saying on which line of the file it fails."""
    texts = _measured(stream)
    first = next(texts, None)
    if first is None:
        raise JournalError("the import is empty: no heading, no lines")
    about, acts = _heading(first)
    lines, labels = _lines(islice(texts, about.lines) if acts else texts)
    proofs = Proofs()
    try:
        about = _proved(about, lines, labels, proofs)
        review = _review(texts, about, acts) if acts else Review()
    except (HostError, JournalError) as error:
        raise JournalError(f"the import of {about.drill_id} is refused: {error}") from error
    return Parcel(about=about, lines=lines, labels=labels, switched=proofs.switched, review=review)


def _proved(
    about: DrillSummary, lines: Sequence[Line], labels: Labels, proofs: Proofs
) -> DrillSummary:
    """The heading, every word of which an entry speaks for or which is marked as a claim."""
    verdict = judged(about.drill_id, proofs.watching(lines), count=about.lines, head=about.head)
    found = verdict.found or proofs.contradicted(about) or proofs.missing(about)
    if found:
        raise JournalError(found)
    return with_label(about, labels.get(0, (None, 0))[1])


def _measured(stream: BinaryIO) -> Iterator[str]:
    """The lines of the stream, none too long, not too many, in UTF-8."""
    size = 0
    for number, raw in enumerate(iter(lambda: _piece(stream), b""), start=1):
        size += len(raw)
        if len(raw) > 4 * _LARGEST_LINE or size > _LARGEST_STREAM or number > _MOST_LINES + 1:
            raise JournalError(f"line {number} of the import: larger than any drill; refused")
        try:
            yield raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise JournalError(f"line {number} of the import is not UTF-8 text") from error


def _piece(stream: BinaryIO) -> bytes:
    """The next line, or as much of it as tells that it is too long; empty at the end."""
    try:
        return stream.readline(4 * _LARGEST_LINE + 1)
    except OSError as error:
        raise HostError(f"the import cannot be read: {error.strerror}") from error


def _heading(text: str) -> tuple[DrillSummary, int]:
    """The drill, and how many acts of review follow its lines."""
    try:
        found = parsed(text, largest=65_536, deepest=4)
    except JournalError as error:
        raise JournalError(f"line 1 of the import: {error}") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise JournalError(f"line 1 of the import is not the heading of a {FORMAT!r}")
    version, drill = found.get("version"), found.get("drill")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise JournalError("line 1 of the import: its version is no number from 1")
    if version > VERSION:
        raise JournalError(
            f"the import was written by a newer gameday (format {version}, known up to {VERSION})"
        )
    if not isinstance(drill, dict) or drill.keys() != DrillSummary.__dataclass_fields__.keys():
        raise JournalError("line 1 of the import does not describe a drill")
    lines = drill["lines"]
    if not isinstance(lines, int) or isinstance(lines, bool) or lines < 0:
        raise JournalError("line 1 of the import does not count its lines")
    if not all(isinstance(drill[name], str) for name in drill.keys() - {"lines"}):
        raise JournalError("line 1 of the import describes a drill in other types")
    if drill["state"] == "live":
        drill["state"] = "rested"  # its host is elsewhere
    acts = found.get("acts", 0)
    if not isinstance(acts, int) or isinstance(acts, bool) or not 0 <= acts <= MOST_ACTS:
        raise JournalError(f"line 1 of the import counts its acts as {acts!r:.40}")
    try:
        return DrillSummary.from_row(drill), acts
    except GamedayError as error:
        raise JournalError(f"line 1 of the import: {error}") from error


def _lines(texts: Iterator[str]) -> tuple[tuple[Line, ...], Labels]:
    lines: list[Line] = []
    labels: dict[int, tuple[str | None, int]] = {}
    for number, text in enumerate(texts, start=2):
        try:
            fields = _fields(text)
        except (JournalError, UnicodeEncodeError) as error:
            raise JournalError(f"line {number} of the import: {error}") from error
        op_id, wall_ms = fields.pop("op_id", None), fields.pop("wall_ms", 0)
        line = Line(**fields)
        lines.append(line)
        if op_id is not None or wall_ms:
            labels[line.seq] = (op_id, wall_ms)
    _once_each(lines, labels)
    return tuple(lines), labels


def _review(texts: Iterator[str], about: DrillSummary, count: int) -> Review:
    """The acts behind the lines, verified and held to the rules; JournalError naming the first."""
    lines: list[Line] = []
    words: dict[int, Words] = {}
    for number, text in enumerate(texts, start=about.lines + 2):
        try:
            fields = _fields(text, more=_SAID_KEYS)
            said = fields.pop("said", None)
            line = Line(**fields)
            if said is not None:
                words[line.seq] = Words(**said)
        except (JournalError, UnicodeEncodeError) as error:
            raise JournalError(f"line {number} of the import: {error}") from error
        lines.append(line)
    head = lines[-1].hash if lines else ""
    verdict, now = review_verdict(about, lines, words, count=count, head=head)
    if not verdict.intact:
        raise JournalError(f"its review is not sound: {verdict.found}")
    return Review(lines=tuple(lines), words=words, now=now)


def _fields(text: str, *, more: frozenset[str] = _LABEL_KEYS) -> dict[str, Any]:
    found = parsed(text, largest=_LARGEST_LINE, deepest=DEEPEST + 1)
    if not isinstance(found, dict) or not (_LINE_KEYS <= found.keys() <= _LINE_KEYS | more):
        raise JournalError("not the fields of a journal line")
    found["body"] = canonical(found["body"])
    wholes = [found[name] for name in _WHOLES] + [found.get("wall_ms", 0)]
    texts = [value for name, value in found.items() if name not in (*_WHOLES, "wall_ms", "said")]
    if (said := found.get("said")) is not None:
        if not isinstance(said, dict) or said.keys() != _WORDS_KEYS:
            raise JournalError("what was said is not a text with its salt")
        texts += said.values()
    if any(not isinstance(value, int) or isinstance(value, bool) for value in wholes):
        raise JournalError("a number of the line is not a whole number")
    if any(not isinstance(value, str) for value in texts):
        raise JournalError("a text of the line is not a text")
    for value in texts:
        value.encode()  # half a surrogate pair hides behind a \u escape until here
    return found


def _once_each(lines: Sequence[Line], labels: Labels) -> None:
    """A seat's order is recorded once."""
    seen: set[tuple[str, str]] = set()
    for line in lines:
        op_id, _ = labels.get(line.seq, (None, 0))
        if op_id is not None and (line.by, op_id) in seen:
            raise JournalError(f"line {line.seq} repeats an order of {line.by}")
        if op_id is not None:
            seen.add((line.by, op_id))
