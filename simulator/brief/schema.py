"""The JSON Schema of a document kind, for editors that complete and check while one types.

Rule 1: it describes what an author writes (texts with units), never what the engine holds.
Rule 2: every key carries a sentence: the docstring under its field, else that of its kind.
Rule 3: it is never stricter than the binding: what binds is valid.
"""

import ast
import inspect
import textwrap
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from simulator.brief.kinds import dataclasses_in, keys_of

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: type) -> dict[str, Any]:
    """The schema of a document of this kind, with a sentence for every key that has one."""
    schema = TypeAdapter(kind).json_schema(mode="validation")
    definitions = schema.setdefault("$defs", {})
    members = {member.__name__: member for member in dataclasses_in(kind)}
    described = {name: part for name, part in definitions.items() if name in members}
    if (title := schema.get("title")) in members:
        described[title] = schema
    for name, part in described.items():
        part["description"] = _sentence(members[name])
    for name, part in described.items():
        _describe(part, members[name], definitions)
    if not definitions:
        del schema["$defs"]
    return {"$schema": _DIALECT, **schema}


def _sentence(member: type) -> str:
    """The first paragraph of a dataclass's own docstring."""
    text = inspect.getdoc(member) or ""
    is_generated = text.startswith(f"{member.__name__}(")
    return "" if is_generated else " ".join(text.split("\n\n")[0].split())


def _describe(schema: dict[str, Any], member: type, definitions: dict[str, Any]) -> None:
    """Write the sentences of a dataclass into its part of the schema."""
    sentences: dict[str, str] = {}
    for kind in reversed(member.__mro__):  # what is inherited was explained where it was written
        if is_dataclass(kind):
            sentences |= field_sentences(kind)
    named = {key: name for key, (name, _) in keys_of(member).items()}
    for name, part in schema.get("properties", {}).items():
        part.pop("default", None)  # a default is the engine's value, not what one writes
        _forget_null(part)
        grammar = part.get("description") or _implied(part, definitions)
        if sentence := f"{sentences.get(named[name], '')} {grammar}".strip():
            part["description"] = sentence
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


def _implied(part: dict[str, Any], definitions: dict[str, Any]) -> str:
    """The sentence of what a key's list, mapping or choice is made of."""
    if reference := part.get("$ref"):
        name = reference.rpartition("/")[2]
        return str(definitions.get(name, {}).get("description", ""))
    if "enum" in part:
        return f"One of: {', '.join(str(word) for word in part['enum'])}."
    inner = [part.get("items"), part.get("additionalProperties")]
    inner += [*part.get("patternProperties", {}).values(), *part.get("anyOf", [])]
    inner += part.get("oneOf", [])
    found = (
        one.get("description") or _implied(one, definitions)
        for one in inner
        if one and one is not True
    )
    return next((sentence for sentence in found if sentence), "")


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
