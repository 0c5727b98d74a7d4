"""JSON in, JSON out: jq in the forms people type behind `-o json`.

Rule 1: a filter is a tree from `jq_reader`; nothing of it is ever run as Python.
Rule 2: every value made costs a step; a filter over its budget is "not simulated".
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from simulator.shell.flags import flag_table, read_flags
from simulator.shell.jq_functions import CALLS
from simulator.shell.jq_reader import Tree, read_filter
from simulator.shell.jq_values import (
    JqError,
    calculated,
    described,
    ordered,
    printed,
    values_in,
)
from simulator.shell.streams import LONGEST_OUTPUT, Filtered
from simulator.shell.syntax import Unreadable

_MOST_STEPS: Final = 400_000
_MOST_VALUES: Final = 100_000
_TABLE = flag_table(
    "r|raw-output c|compact-output e|exit-status s|slurp S|sort-keys M|monochrome-output "
    "C|color-output n|null-input j|join-output a|ascii-output tab indent="
)


def jq(words: Sequence[str], text: str) -> Filtered:
    """What the filter makes of each JSON value of the text."""
    given = read_flags(words, _TABLE)
    if given.unknown:
        return Filtered(
            "",
            f"jq: Unknown option: {given.unknown}\n"
            "Use jq --help for help with command-line options,\n"
            "or see the jq manpage, or online docs  at https://jqlang.github.io/jq\n",
            2,
        )
    source, *files = (*given.operands, *given.rest) or (".",)
    if files:
        return Filtered("", f"jq: error: Could not open {files[0]}: No such file or directory\n", 2)
    tree = read_filter(source)
    values, fault = values_in(text)
    if given.has("slurp"):
        values = [values]
    if given.has("null-input"):
        values = [None]
    out: list[str] = []
    written = 0
    status = 0
    errors: list[str] = []
    machine = Machine()
    compact, in_order = given.has("compact-output"), given.has("sort-keys")
    for value in values:
        try:
            for result in machine.run(tree, value):
                raw = isinstance(result, str) and (
                    given.has("raw-output") or given.has("join-output")
                )
                shown = result if raw else printed(result, compact=compact, sort_keys=in_order)
                written += len(shown) + 1
                if written > LONGEST_OUTPUT:
                    raise Unreadable("so much output of jq", simulated=False)
                out.append(shown if given.has("join-output") else f"{shown}\n")
                status = int(given.has("exit-status") and result in (None, False))
        except JqError as error:
            errors.append(f"jq: error (at <stdin>:1): {error}\n")
            status = 5
    if fault:
        errors.append(f"jq: parse error: {fault}\n")
        status = 2
    return Filtered("".join(out), "".join(errors), status)


class Machine:
    """Lives for one run: the steps spent."""

    def __init__(self) -> None:
        self.steps = 0

    def run(self, tree: Tree, value: Any) -> Iterator[Any]:
        """Every result of a filter for one value.

        Raises:
            JqError: in jq's words.
            Unreadable: where a function is not simulated or the budget is spent.
        """
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise Unreadable("so long a jq filter", simulated=False)
        match tree:
            case ("self",):
                yield value
            case ("value", constant):
                yield constant
            case ("empty",):
                return
            case ("field", name):
                yield _indexed(value, name)
            case ("pipe", left, right):
                for middle in self.run(left, value):
                    yield from self.run(right, middle)
            case ("comma", left, right):
                yield from self.run(left, value)
                yield from self.run(right, value)
            case ("try", inner):
                try:
                    yield from self.run(inner, value)
                except JqError:
                    return
            case ("each", inner):
                for holder in self.run(inner, value):
                    yield from _each(holder)
            case ("index", inner, key):
                for holder in self.run(inner, value):
                    for index in self.run(key, value):
                        yield _indexed(holder, index)
            case ("slice", inner, low, high):
                for holder in self.run(inner, value):
                    yield self._sliced(holder, low, high, value)
            case _:
                yield from self._made(tree, value)

    def _made(self, tree: Tree, value: Any) -> Iterator[Any]:
        for made in self._composed(tree, value):
            self._weigh(made)
            yield made

    def _weigh(self, value: Any) -> None:
        """Count what was made: a value shared a thousand times is a thousand values when printed.

        Raises:
            Unreadable: where it is more than anybody would print.
        """
        waiting = [value]
        size = 0
        while waiting:
            here = waiting.pop()
            size += 1 + (len(here) // 200 if isinstance(here, str) else 0)
            if size > _MOST_VALUES:
                raise Unreadable("so large a value in jq", simulated=False)
            if isinstance(here, list):
                waiting.extend(here)
            elif isinstance(here, dict):
                waiting.extend(here.values())
        self.steps += size // 10

    def _composed(self, tree: Tree, value: Any) -> Iterator[Any]:
        match tree:
            case ("array", inner):
                yield list(self.run(inner, value))
            case ("object", pairs):
                yield from self._objects(pairs, value)
            case ("string", parts):
                yield "".join(_shown(self.one(part, value)) for part in parts)
            case ("recurse",):
                yield from self._recursed(value)
            case ("if", condition, then, otherwise):
                for held in self.run(condition, value):
                    yield from self.run(then if _true(held) else otherwise, value)
            case ("alternative", left, right):
                found = [result for result in self._quietly(left, value) if _true(result)]
                yield from found or self.run(right, value)
            case ("and", left, right):
                for held in self.run(left, value):
                    yield _true(held) and _true(self.one(right, value))
            case ("or", left, right):
                for held in self.run(left, value):
                    yield _true(held) or _true(self.one(right, value))
            case ("math", operator, left, right):
                for second in self.run(right, value):
                    for first in self.run(left, value):
                        yield calculated(operator, first, second)
            case _:
                yield from self._called(tree[1], tree[2], value)

    def one(self, tree: Tree, value: Any) -> Any:
        """The first result; null where there is none."""
        return next(self.run(tree, value), None)

    def _quietly(self, tree: Tree, value: Any) -> Iterator[Any]:
        try:
            yield from self.run(tree, value)
        except JqError:
            return

    def _sliced(self, holder: Any, low: Tree, high: Tree, value: Any) -> Any:
        if holder is None:
            return None
        begins, ends = self.one(low, value), self.one(high, value)
        fits = all(edge is None or isinstance(edge, int) for edge in (begins, ends))
        if not isinstance(holder, str | list) or not fits:
            raise JqError("Start and end indices of an array slice must be numbers")
        return holder[begins:ends]

    def _objects(self, pairs: Sequence[tuple[Tree, Tree]], value: Any) -> Iterator[Any]:
        if not pairs:
            yield {}
            return
        *rest, (key, tree) = pairs
        for base in self._objects(rest, value):
            for name in self.run(key, value):
                if not isinstance(name, str):
                    raise JqError(f"Object keys must be strings, not {described(name)}")
                for part in self.run(tree, value):
                    yield {**base, name: part}

    def _recursed(self, value: Any) -> Iterator[Any]:
        waiting = [value]
        while waiting:
            self.steps += 1
            here = waiting.pop()
            yield here
            if isinstance(here, list):
                waiting.extend(reversed(here))
            elif isinstance(here, dict):
                waiting.extend(reversed(here.values()))

    def _called(self, name: str, parts: Sequence[Tree], value: Any) -> Iterator[Any]:
        if name == "empty":
            return
        if name == "select" and len(parts) == 1:
            for held in self.run(parts[0], value):
                if _true(held):
                    yield value
        elif name == "map" and len(parts) == 1:
            yield [result for item in _each(value) for result in self.run(parts[0], item)]
        elif name == "map_values" and len(parts) == 1 and isinstance(value, dict):
            yield {key: self.one(parts[0], item) for key, item in value.items()}
        elif name == "recurse" and not parts:
            yield from self._recursed(value)
        elif name == "values" and not parts:
            yield from () if value is None else (value,)
        elif name == "error":
            raise JqError(_shown(self.one(parts[0], value) if parts else value))
        elif name in ("sort_by", "group_by", "min_by", "max_by", "unique_by") and len(parts) == 1:
            yield self._by(name, parts[0], value)
        elif name in ("any", "all") and len(parts) == 1:
            held = [_true(self.one(parts[0], item)) for item in _each(value)]
            yield any(held) if name == "any" else all(held)
        elif name in ("first", "last") and len(parts) == 1:
            results = list(self.run(parts[0], value))
            yield from results[:1] if name == "first" else results[-1:]
        elif (name, len(parts)) in CALLS:
            yield CALLS[name, len(parts)](value, *(self.one(part, value) for part in parts))
        else:
            raise Unreadable(f"jq's `{name}/{len(parts)}'", simulated=False)

    def _by(self, name: str, key: Tree, value: Any) -> Any:
        def rank(item: Any) -> Any:
            return ordered(list(self.run(key, item)))

        items = sorted(_each(value), key=rank)
        if name == "sort_by":
            return items
        if name in ("min_by", "max_by"):
            return (items[0] if name == "min_by" else items[-1]) if items else None
        groups: list[list[Any]] = []
        for item in items:
            if groups and rank(groups[-1][0]) == rank(item):
                groups[-1].append(item)
            else:
                groups.append([item])
        return groups if name == "group_by" else [group[0] for group in groups]


def _true(value: Any) -> bool:
    return value is not None and value is not False


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else printed(value, compact=True, sort_keys=False)


def _each(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return list(value.values())
    raise JqError(f"Cannot iterate over {described(value)}")


def _indexed(value: Any, key: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, dict) and isinstance(key, str):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int | float):
        at = int(key)
        return value[at] if -len(value) <= at < len(value) else None
    kind = described(value).partition(" ")[0]
    if isinstance(key, str):
        raise JqError(f'Cannot index {kind} with "{key}"')
    raise JqError(f"Cannot index {kind} with {described(key).partition(' ')[0]}")
