"""kubectl's JSONPath templates: `{.items[*].metadata.name}`, `{range}`, filters, `custom-columns`.

Rule 1: a path is read into steps and walked; nothing of it is ever run as Python.
Rule 2: a path that leads nowhere yields nothing, as kubectl's does.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from simulator.shell.kubectl_objects import Complaint

Step: TypeAlias = tuple[Any, ...]
"""`("key", name)`, `("each",)`, `("at", n)`, `("slice", a, b)`, `("deep", name)`, `("where",)`."""

_KEY: Final = re.compile(r"(?:[A-Za-z0-9_/-]|\\.)+")
_FILTER: Final = re.compile(
    r"\[\?\(\s*@(?P<path>[^=!<>\s)]*)\s*"
    r"(?:(?P<op>==|!=|<=|>=|<|>)(?P<value>[^)]*))?\)\]"
)
_QUOTED: Final = re.compile(r"\[['\"]([^'\"]*)['\"]\]")
_SLICE: Final = re.compile(r"\[(-?\d{0,6})(?::(-?\d{0,6}))?\]")


def rendered(template: str, document: Any) -> str:
    """A JSONPath template filled from a document.

    Raises:
        Complaint: for a template kubectl would not read.
    """
    text = template if "{" in template else "{" + template + "}"
    parts = _parts(text)
    depth = 0
    for kind, action in parts:
        depth += kind == "action" and action.startswith("range")
        depth -= (kind, action) == ("action", "end")
        if depth < 0:
            raise Complaint(
                f'error: error executing jsonpath "{template}": Error executing template: '
                "not in range, nothing to end. Printing more information for debugging the "
                f"template:\n\ttemplate was:\n\t\t{template}"
            )
    return "".join(_filled(parts, document))


def values_at(path: str, document: Any) -> list[Any]:
    """Everything a path such as `.spec.containers[*].image` leads to.

    Raises:
        Complaint: for a path kubectl would not read.
    """
    here = [document]
    for step in read_path(path):
        here = [value for holder in here for value in _stepped(step, holder)]
    return here


def shown(value: Any) -> str:
    """A value as JSONPath prints it: texts bare, the rest as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return "" if value is None else str(value)


def read_path(path: str) -> list[Step]:
    """The steps of a path.

    Raises:
        Complaint: for a path kubectl would not read.
    """
    text = path.strip().removeprefix("$").removeprefix("@")
    steps: list[Step] = []
    at = 0
    while at < len(text):
        step, at = _step(text, at, path)
        steps.append(step)
    return steps


def _step(text: str, at: int, path: str) -> tuple[Step, int]:
    if text.startswith("[*]", at):
        return ("each",), at + 3
    for pattern in (_QUOTED, _FILTER, _SLICE):
        found = pattern.match(text, at)
        if found is None:
            continue
        if pattern is _QUOTED:
            return ("key", found[1]), found.end()
        if pattern is _FILTER:
            value = (found["value"] or "").strip()
            return ("where", found["path"], found["op"] or "", value), found.end()
        if found[2] is None:
            return ("at", int(found[1] or 0)), found.end()
        low, high = (int(edge) if edge not in ("", "-") else None for edge in (found[1], found[2]))
        return ("slice", low, high), found.end()
    deep = text.startswith("..", at)
    start = at + (2 if deep else text.startswith(".", at))
    if text.startswith("*", start):
        return ("each",), start + 1
    found = _KEY.match(text, start)
    if found:
        name = re.sub(r"\\(.)", r"\1", found.group())
        return ("deep" if deep else "key", name), found.end()
    if start > at and text[start : start + 1] in ("", "["):
        return ("self",), start
    raise Complaint(f"error: error parsing jsonpath {path}, unrecognized character in action")


def _stepped(step: Step, holder: Any) -> Iterator[Any]:
    match step:
        case ("key", name):
            if isinstance(holder, Mapping) and name in holder:
                yield holder[name]
        case ("each",):
            if isinstance(holder, Mapping):
                yield from holder.values()
            else:
                yield from _items(holder)
        case ("at", index):
            if -len(_items(holder)) <= index < len(_items(holder)):
                yield holder[index]
        case ("slice", low, high):
            yield from _items(holder)[low:high]
        case ("deep", name):
            yield from _deep(holder, name)
        case ("self",):
            yield holder
        case _:
            items = holder if _is_list(holder) else [holder]
            yield from (item for item in items if _meets(item, *step[1:]))


def _is_list(holder: Any) -> bool:
    return isinstance(holder, Sequence) and not isinstance(holder, str)


def _items(holder: Any) -> Sequence[Any]:
    """The elements of a list; none of anything else."""
    return holder if _is_list(holder) else ()


def _deep(holder: Any, name: str) -> Iterator[Any]:
    waiting = [holder]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Mapping):
            if name in here:
                yield here[name]
            waiting.extend(reversed(list(here.values())))
        elif _is_list(here):
            waiting.extend(reversed(here))


def _meets(item: Any, path: str, operator: str, value: str) -> bool:
    found = values_at(path, item)
    if not operator:
        return bool(found)
    wanted = value.strip("\"'")
    for each in found:
        text = shown(each)
        try:
            left, right = float(text), float(wanted)
            order = (left > right) - (left < right)
        except ValueError:
            order = (text > wanted) - (text < wanted)
        if _held(operator, order):
            return True
    return False


def _held(operator: str, order: int) -> bool:
    return {
        "==": order == 0,
        "!=": order != 0,
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
    }[operator]


def _parts(template: str) -> list[tuple[str, str]]:
    """The template as `("text", ...)` and `("action", ...)`."""
    parts: list[tuple[str, str]] = []
    at = 0
    while at < len(template):
        if template[at] != "{":
            end = template.find("{", at)
            end = len(template) if end < 0 else end
            parts.append(("text", template[at:end]))
        else:
            end = _closing(template, at + 1)
            parts.append(("action", template[at + 1 : end].strip()))
            end += 1
        at = end
    return parts


def _closing(template: str, at: int) -> int:
    quote = ""
    while at < len(template):
        sign = template[at]
        if sign == "\\":
            at += 1
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "}":
            return at
        at += 1
    raise Complaint(f"error: error parsing jsonpath {template}, unclosed action")


def _filled(parts: list[tuple[str, str]], document: Any) -> Iterator[str]:
    at = 0
    while at < len(parts):
        kind, text = parts[at]
        at += 1
        if kind == "text":
            yield text.replace("\\n", "\n").replace("\\t", "\t")
        elif text.startswith("range"):
            ends = _end_of_range(parts, at)
            for item in values_at(text.removeprefix("range"), document):
                yield from _filled(parts[at:ends], item)
            at = ends + 1
        elif text[:1] in ("'", '"'):
            yield text[1:-1].replace("\\n", "\n").replace("\\t", "\t")
        else:
            yield " ".join(shown(value) for value in values_at(text, document))


def _end_of_range(parts: list[tuple[str, str]], at: int) -> int:
    """Where the `{end}` of a range stands; a range that nobody ends goes on to the last part."""
    depth = 1
    for position in range(at, len(parts)):
        kind, text = parts[position]
        if kind == "action":
            depth += text.startswith("range") - (text == "end")
        if depth == 0:
            return position
    return len(parts)
