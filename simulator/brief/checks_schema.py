"""Which edition of the document format a file is written in, before anything else is asked of it.

Rule 1: a document that does not say is of the first edition; a newer one is refused at its key,
because its other keys would only look misspelt.
Rule 2: an edition is a whole number; it goes up when a document that was right no longer is.
"""

from typing import Final

from simulator import __version__
from simulator.brief.nodes import Mapping, Node, Scalar
from simulator.errors import BriefError, Problem

EDITION: Final = 1
"""The newest edition this version reads, and the oldest there is."""
KEY: Final = "schema"


def check_schema(node: Node, file: str) -> None:
    """Raises BriefError where a document says it is of an edition this version cannot read."""
    said = node.items.get(KEY) if isinstance(node, Mapping) else None
    if said is None or (isinstance(said, Scalar) and said.text == str(EDITION)):
        return
    text = said.text if isinstance(said, Scalar) else ""
    if text.isascii() and text.isdecimal() and int(text[:9]) > EDITION:
        found = f"this document needs gameday > {__version__}, which reads `schema` up to {EDITION}"
        hint = f"it is written in schema {text[:9]}; use the version it was written for, or a later"
    else:
        found = f"`schema` is the edition of the format, a whole number from {EDITION} on"
        hint = f"write `schema: {EDITION}`, or leave it out"
    raise BriefError(
        [
            Problem(
                file=file, line=said.line, column=said.column, code="E145", found=found, hint=hint
            )
        ]
    )
