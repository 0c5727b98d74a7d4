"""The first look at a file: bytes or text, its size, its signs; before any YAML is read.

Rule 1: nothing here parses; each check is one pass over the text.
Rule 2: what leaves here has newlines as its only line breaks and no control character.
"""

import re
from typing import Final

from simulator.errors import BriefError, Problem

LARGEST: Final = 256 * 1024
"""Bytes of one document."""
MOST_NODES: Final = 50_000
"""Keys, values and collections of one document."""

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_SEPARATOR: Final = re.compile(r",|(?<![\[{])[\[{]|: |\n[ \n]*")
_BOM: Final = "\ufeff"


def checked(text: str | bytes, file: str) -> str:
    """The document as text with plain newlines; raises BriefError naming the first offence."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        found = f"the document has {size:,} bytes; at most {LARGEST:,} are read"
        raise _refusal(file, "E102", found, "split it into several documents")
    decoded = text if isinstance(text, str) else _decoded(text, file)
    decoded = decoded.removeprefix(_BOM).replace("\r\n", "\n")
    if bad := _FORBIDDEN.search(decoded):
        code_point = f"U+{ord(bad.group()):04X}"
        found = f"the character {code_point} is not allowed in a document"
        raise _refusal(file, "E103", found, "remove it", place(decoded, bad.start()))
    if _separators(decoded) > MOST_NODES:
        raise _refusal(file, *too_many())
    return decoded


def _separators(text: str) -> int:
    """About as many as there are nodes: counting them keeps a flood from the parser.

    The quick count, which is never too small, is all that most documents need.
    """
    quick = sum(text.count(sign) for sign in (",", "[", "{", ": ", "\n"))
    return quick if quick <= MOST_NODES else len(_SEPARATOR.findall(text))


def too_many() -> tuple[str, str, str]:
    """Code, sentence and hint for a document of more nodes than anybody writes by hand."""
    found = f"the document has more than {MOST_NODES:,} keys and values"
    return "E112", found, "split it into several documents"


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset into the text."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _decoded(data: bytes, file: str) -> str:
    """The bytes as text; UTF-8 only, because guessing an encoding corrupts silently."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        found = f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8"
        hint = "save the file as UTF-8"
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            hint = "it looks like UTF-16; save it as UTF-8"
        raise _refusal(file, "E101", found, hint, place(before, len(before))) from None


def _refusal(
    file: str, code: str, found: str, hint: str, where: tuple[int, int] = (1, 1)
) -> BriefError:
    line, column = where
    return BriefError(
        [Problem(file=file, line=line, column=column, code=code, found=found, hint=hint)]
    )
