"""How a kind of value is written: its reader, its grammar for editors, its sentence.

Rule 1: a reader takes the author's text and gives the value, or raises `Unreadable`.
Rule 2: pydantic never guesses: where a text is expected, only a text is taken.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Unreadable(ValueError):  # noqa: N818 - it names what is wrong with a text
    """A text that is not written as its kind is written."""

    def __init__(self, found: str, hint: str = "", *, code: str = "E124", offset: int = 0) -> None:
        super().__init__(found)
        self.found, self.hint, self.code = found, hint, code
        self.offset = offset
        """Where in the text the trouble begins, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Metadata for `Annotated`: turns a document's text into a value of the annotated type."""

    read: Callable[[Any], Any]
    says: str
    """One sentence for editors: what is written here, with an example."""
    name: str
    """What an author calls it: "a duration"."""
    json: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    """The JSON Schema an editor checks while typing; never stricter than the reader."""

    any_shape: bool = False
    """Whether lists and mappings of text go to the reader too."""

    def __hash__(self) -> int:
        return id(self)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The reader alone decides; the annotated type is what it returns."""
        return core_schema.no_info_plain_validator_function(self._validated)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """What the author may write, not what it becomes."""
        return {**self.json, "description": self.says}

    def _validated(self, value: object) -> Any:
        """The value of a text; a list or mapping in its place is a mismatch of kinds."""
        if not isinstance(value, str) and not self.any_shape:
            found = "a list" if isinstance(value, list | tuple) else "a mapping"
            raise PydanticCustomError(
                "not_a_text", "found {found}; expected {name}", {"found": found, "name": self.name}
            )
        return self.read(value)
