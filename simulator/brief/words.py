"""Readers of words: ids, labels, prose and moments.

Rule 1: what names something may not hide anything: no control, bidi, zero-width or unassigned sign.
Rule 2: what is only shown is cleaned, never interpreted: `${name}` and `{x}` stay as they stand.
Rule 3: a moment is a real one, in UTC.
"""

import re
from datetime import UTC, date, datetime
from typing import Any, Final

from simulator.brief.written import Unreadable
from simulator.text import PROSE_LENGTH, clean, is_clean

__all__ = ["PROSE_LENGTH"]

WORD_LENGTH: Final = 40
LINE_LENGTH: Final = 1000

_IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9_-]{0,47}")
_STATE_NAME: Final = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_METRIC_NAME: Final = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_INSTANT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]{0,11}")
_CONSTANTS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}
_PLAINLY_CLEAN: Final = re.compile(
    "[\t\n -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u259f]*"
)
"""Signs that `clean` takes as they come: visible, no marks, nothing that would be composed."""
_IDS: Final = "a small letter, then small letters, digits, `-` or `_`, at most 48 signs"


def identifier(text: str) -> str:
    """The id of something; ASCII, so that no two ids look alike."""
    return _formed(text, _IDENTIFIER, "an id", f"an id is {_IDS}")


def state_name(text: str) -> str:
    """A row of the state table, such as `db.role`."""
    hint = "write a small letter, then small letters, digits, `.`, `-` or `_`; at most 64 signs"
    return _formed(text, _STATE_NAME, "the name of a state or gauge", hint)


def metric_name(text: str) -> str:
    """A series of the metric store, such as `http_requests_total`."""
    hint = "write a letter, then letters, digits, `_` or `:`, as in `http_requests_total`"
    return _formed(text, _METRIC_NAME, "the name of a metric", hint)


def _formed(text: str, form: re.Pattern[str], what: str, hint: str) -> str:
    """The text, which is all of this form; what nobody can see in it is told before its form."""
    if not form.fullmatch(text):
        _check_visible(text)
        raise Unreadable(f"{_shown(text)} is not {what}", hint)
    return text


def word(text: str) -> str:
    """A label of 1 to 40 printable signs, without spaces around it."""
    _check_length(text, WORD_LENGTH)
    _check_visible(text)
    if not text.strip() or text != text.strip() or "\n" in text or "\t" in text:
        raise Unreadable(f"{_shown(text)} is not a label", "write 1 to 40 printable signs")
    return text


def line(text: str) -> str:
    """One line of 1 to 1,000 signs, kept as it stands."""
    _check_length(text, LINE_LENGTH)
    _check_visible(text)
    if not text.strip():
        raise Unreadable("found nothing; one line of text is expected")
    if "\n" in text.strip("\n"):
        raise Unreadable("found several lines; one line is expected")
    return text.strip("\n")


def prose(text: str) -> str:
    """A text to show, cleaned; at most 4,000 signs."""
    _check_length(text, PROSE_LENGTH)
    return text if _PLAINLY_CLEAN.fullmatch(text) else clean(text)


def truth(text: str) -> bool:
    """`yes` or `no`; nothing else is a truth."""
    if text not in ("yes", "no"):
        raise Unreadable(f"found {_shown(text)}; expected yes or no")
    return text == "yes"


def value(text: str) -> str | int | bool:
    """A value of the state table: a whole number, yes or no, otherwise a line of text."""
    if text in ("yes", "no"):
        return text == "yes"
    return int(text) if _WHOLE.fullmatch(text) else line(text)


def tree(plain: object) -> Any:
    """A free document: its texts as JSON would hold them, whole numbers and constants read."""
    match plain:
        case dict():
            return {prose(str(key)): tree(part) for key, part in plain.items()}
        case list():
            return [tree(part) for part in plain]
        case str() if plain in _CONSTANTS:
            return _CONSTANTS[plain]
        case str() if _WHOLE.fullmatch(plain):
            return int(plain)
        case _:
            return prose(str(plain))


def instant(text: str) -> str:
    """A real moment in UTC, given back with its seconds."""
    hint = "write a moment in UTC such as 2026-03-13T09:55:00Z"
    if not _INSTANT.fullmatch(text):
        raise Unreadable(f"{_shown(text)} is not a moment in UTC", hint)
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except ValueError as error:
        raise Unreadable(f"{text!r} is no real moment: {error}", hint) from None
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def day(text: str) -> date:
    """A real day."""
    hint = "write a day such as 2026-03-13"
    if not _DAY.fullmatch(text):
        raise Unreadable(f"{_shown(text)} is not a day", hint)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(f"{text!r} is no real day: {error}", hint) from None


def is_visible(text: str) -> bool:
    """As `is_clean`, and quick about letters, digits and the signs of everyday prose."""
    return bool(_PLAINLY_CLEAN.fullmatch(text)) or is_clean(text)


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise Unreadable(f"the text has {len(text):,} signs; max {longest:,}", code="E126")


def _check_visible(text: str) -> None:
    """Refuse what could hide, or act on a terminal, in something that is compared or typed."""
    if not is_visible(text):
        bad = next((sign for sign in text if not is_clean(sign)), "")
        named = f"U+{ord(bad):04X}" if bad else "a letter with too many or loose marks"
        raise Unreadable(f"the text holds {named}, which is invisible or unsafe", code="E127")


def _shown(text: str) -> str:
    """The text as a problem shows it: quoted, in ASCII, cut when long."""
    return ascii(text) if len(text) <= WORD_LENGTH else f"{text[: WORD_LENGTH - 3]!a}..."
