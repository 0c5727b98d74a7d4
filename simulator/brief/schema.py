"""The JSON Schema of a document kind, for editors that complete and check while one types.

Rule 1: it describes what an author writes (texts with units), never what the engine holds.
Rule 2: every key carries a sentence: the docstring under its field, else that of its kind.
Rule 3: it is never stricter than the binding: what binds is valid.
"""

import ast
import inspect
import textwrap
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from simulator.brief.kinds import dataclasses_in

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: type) -> dict[str, Any]:
    """The schema of a document of this kind, with a sentence for every key that has one."""
    schema = TypeAdapter(kind).json_schema(mode="validation")
    definitions = schema.setdefault("$defs", {})
    for member in dataclasses_in(kind):
        described = definitions.get(member.__name__)
        if described is None and schema.get("title") == member.__name__:
            described = schema
        if described is not None:
            _describe(described, member)
    if not definitions:
        del schema["$defs"]
    return {"$schema": _DIALECT, **schema}


def _describe(schema: dict[str, Any], member: type) -> None:
    """Write the sentences of a dataclass into its part of the schema."""
    if member.__doc__ and not member.__doc__.startswith(f"{member.__name__}("):
        schema["description"] = inspect.cleandoc(member.__doc__).split("\n\n")[0]
    sentences = field_sentences(member)
    for name, part in schema.get("properties", {}).items():
        part.pop("default", None)  # a default is the engine's value, not what one writes
        _forget_null(part)
        if name not in sentences:
            continue
        grammar = part.get("description", "")
        part["description"] = f"{sentences[name]} {grammar}".strip()
        if "$ref" in part:
            part["allOf"] = [{"$ref": part.pop("$ref")}]


def _forget_null(part: dict[str, Any]) -> None:
    """Take out `null`: an optional key is left out of a document, never left empty."""
    choices = [one for one in part.get("anyOf", []) if one != {"type": "null"}]
    if len(choices) == 1:
        del part["anyOf"]
        part.update(choices[0])
    elif choices:
        part["anyOf"] = choices


@cache
def field_sentences(member: type) -> dict[str, str]:
    """The docstring under each field of a dataclass, on one line."""
    source = textwrap.dedent(inspect.getsource(member))
    body = ast.parse(source).body[0]
    assert isinstance(body, ast.ClassDef)
    sentences: dict[str, str] = {}
    for above, below in zip(body.body, body.body[1:], strict=False):
        match above, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(sentence))),
            ):
                sentences[name] = " ".join(sentence.split())
    return sentences
