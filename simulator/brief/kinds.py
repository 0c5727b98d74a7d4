"""A look at the dataclasses documents are bound to: are they strict, and what are their fields?

Rule 1: a kind that would let a misspelt key or a guessed number through is our mistake, found
when the first document of that kind is bound, and named with its field.
"""

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from simulator.brief.written import Written
from simulator.errors import EngineError

_GUESSED: Final = (bool, int, float, complex, bytes, date, datetime, time, timedelta)


def check_kind(kind: Any) -> None:
    """Raises EngineError where a dataclass is lax, or a field's kind would be guessed."""
    for member in dataclasses_in(kind):
        config = getattr(member, "__pydantic_config__", {})
        if config.get("extra") != "forbid":
            raise EngineError(f"{member.__name__} would ignore misspelt keys: forbid extra ones")
        for name, hint in get_type_hints(member, include_extras=True).items():
            if any(part in _GUESSED for part in _leaves(hint)):
                raise EngineError(f"{member.__name__}.{name} needs a kind of simulator.brief.units")


def dataclasses_in(kind: Any) -> list[type]:
    """The dataclasses reachable from a kind, each once, outermost first."""
    found: list[type] = []
    waiting = [kind]
    while waiting:
        for leaf in _leaves(waiting.pop(0)):
            is_new = isinstance(leaf, type) and is_dataclass(leaf) and leaf not in found
            if is_new and not hasattr(leaf, "__get_pydantic_core_schema__"):
                found.append(leaf)
                hints = get_type_hints(leaf, include_extras=True)
                waiting += [hints[one.name] for one in fields(leaf)]
    return found


def fields_at(kind: Any, path: tuple[str | int, ...]) -> frozenset[str]:
    """The keys that may stand in the mapping at a path of a document of this kind."""
    here = list(_alternatives(kind))
    for step in path:
        here = [part for one in here for part in _inside(one, step)]
    return frozenset(key for one in here if is_dataclass(one) for key in keys_of(one))


def keys_of(member: Any) -> dict[str, tuple[str, Any]]:
    """Key, as an author writes it -> (name, type) of the field of a dataclass that holds it.

    They differ where the key is a word of Python's own (`is`, `while`).
    """
    hints = get_type_hints(member, include_extras=True)
    return {_key(one.name, hints[one.name]): (one.name, hints[one.name]) for one in fields(member)}


def _key(name: str, hint: Any) -> str:
    said = get_args(hint) if get_origin(hint) is Annotated else ()
    return next((alias for one in said if (alias := getattr(one, "alias", None))), name)


def _inside(hint: Any, step: str | int) -> Iterator[Any]:
    """What may stand under a key, or at a place of a list, of a value of this type."""
    arguments = get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        _, inner = keys_of(hint).get(str(step), ("", None))
        yield from _alternatives(inner) if inner else ()
    elif len(arguments) == 2 and isinstance(step, str):
        yield from _alternatives(arguments[1])
    elif arguments and isinstance(step, int):
        yield from _alternatives(arguments[0])


def _alternatives(hint: Any) -> Iterator[Any]:
    """The members of a union, or the hint itself, without what is annotated."""
    origin = get_origin(hint)
    if origin is Annotated:
        yield from _alternatives(get_args(hint)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(hint):
            yield from _alternatives(part)
    else:
        yield hint


def _leaves(hint: Any) -> Iterator[Any]:
    """The types a hint is made of; kinds with a reader of their own are left out."""
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *metadata = get_args(hint)
        if not any(isinstance(one, Written) for one in metadata):
            yield from _leaves(inner)
    elif origin is Literal or isinstance(hint, types.EllipsisType):
        return
    elif origin is None:
        yield hint
    else:
        for part in get_args(hint):
            yield from _leaves(part)
