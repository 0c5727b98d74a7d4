"""One line of the record: canonical, whole-numbered, and chained to the line before it.

Rule 1: a body is canonical JSON: sorted keys, no spaces, integers, text and truth values only.
Rule 2: a line's hash covers its own fields and the hash before it, so any later edit is found.
Rule 3: foreign JSON is measured before it is parsed, and refused when it is ambiguous.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from simulator.errors import JournalError

GENESIS: Final = "0" * 64
"""The hash before the first line."""
LARGEST_BODY: Final = 4_000_000
DEEPEST: Final = 24
"""A brief nests deeper than a message does; a message from a seat is held to less."""
LARGEST_INT: Final = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One journal line as it is stored, sent and hashed."""

    seq: int
    """Counted from 0, no gaps."""
    at: int
    """Seconds since the drill began; never less than the line before."""
    by: str
    """Who: a seat, or `engine`."""
    cause: int
    """The seq of the line that led to this one; -1 where nothing did."""
    kind: str
    """The wire tag of the command or event, such as `paged`."""
    body: str
    """Its fields, as canonical JSON."""
    prev: str
    """Hash of the line before, 64 hex digits."""
    hash: str
    """Hash of this line."""


_CANONICAL: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical(value: Any) -> str:
    """The one way this value is written as JSON; raises ValueError for floats and NaN."""
    _no_floats(value)
    return _CANONICAL.encode(value)


def chained(*, seq: int, at: int, by: str, cause: int, kind: str, body: str, prev: str) -> Line:
    """The line with its hash."""
    text = "\x1f".join((prev, str(seq), str(at), by, str(cause), kind, body))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Line(seq=seq, at=at, by=by, cause=cause, kind=kind, body=body, prev=prev, hash=digest)


def verify(lines: Iterable[Line]) -> str:
    """The head hash of an unbroken chain.

    Raises JournalError naming the first line that was changed, is missing or is out of order.
    """
    prev, at, seq = GENESIS, 0, -1
    for seq, line in enumerate(lines):
        if line.seq != seq:
            raise JournalError(f"line {seq} is missing: found line {line.seq} in its place")
        if line.at < at:
            raise JournalError(f"line {seq} runs backwards: second {line.at} after {at}")
        expected = chained(
            seq=seq,
            at=line.at,
            by=line.by,
            cause=line.cause,
            kind=line.kind,
            body=line.body,
            prev=prev,
        )
        if line.prev != prev or line.hash != expected.hash:
            raise JournalError(f"line {seq} ({line.kind}) was changed after it was written")
        prev, at = line.hash, line.at
    if seq < 0:
        raise JournalError("the journal is empty")
    return prev


def parsed(text: str, *, largest: int = LARGEST_BODY, deepest: int = DEEPEST) -> Any:
    """The value of foreign JSON.

    Raises JournalError when it is too large, too deep, not JSON, or says a key twice, a number
    that is not finite, an integer beyond 64 bits or half a surrogate pair.
    """
    if len(text) > largest:
        raise JournalError(f"a body of {len(text)} characters; at most {largest} are read")
    if _depth(text) > deepest:
        raise JournalError(f"a body nested deeper than {deepest} levels")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_finite,
            parse_int=_sixty_four_bits,
            parse_float=_finite,
        )
        _whole(value)
    except (ValueError, UnicodeEncodeError) as error:
        raise JournalError(f"a body that is not readable: {error}") from error
    return value


def _no_floats(value: Any) -> None:
    if isinstance(value, str | int):
        return
    if isinstance(value, float):
        raise ValueError(f"a journal holds whole numbers; found {value!r}")  # noqa: TRY004
    if isinstance(value, dict):
        for part in value.values():
            _no_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _no_floats(part)


def _whole(value: Any) -> None:
    """Raises UnicodeEncodeError for half a surrogate pair anywhere in the value."""
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, dict):
        for key, part in value.items():
            key.encode()
            _whole(part)
    elif isinstance(value, list):
        for part in value:
            _whole(part)


def _depth(text: str) -> int:
    """The deepest nesting of brackets outside strings, found without parsing."""
    deepest = depth = 0
    inside = escaped = False
    for sign in text:
        if inside:
            inside = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            inside = True
        elif sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _finite(text: str) -> Any:
    raise ValueError(f"{text} is not a whole number")


def _sixty_four_bits(text: str) -> int:
    if len(text) > 20 or abs(int(text)) > LARGEST_INT:
        raise ValueError(f"{text[:24]} does not fit 64 bits")
    return int(text)
