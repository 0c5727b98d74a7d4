"""Objects as JSON, YAML, names, templates and columns: kubectl's `-o`, apart from its tables.

Rule 1: what is printed is the row itself; only `kind` and `apiVersion` are added where missing.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from simulator.shell.documents import Row
from simulator.shell.kubectl_objects import Complaint, Kind, name_of
from simulator.shell.kubectl_paths import rendered, shown, values_at
from simulator.shell.syntax import Unreadable

_PLAIN: Final = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./ :@()=,+*%-]*")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"})
_NUMBER: Final = re.compile(r"[-+]?(\d[\d_]*\.?\d*([eE][-+]?\d+)?|0x[0-9a-fA-F]+|0o?[0-7]+)")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d([Tt ].*)?")


def complete(kind: Kind, row: Row) -> dict[str, Any]:
    """The object as the API returns it."""
    version = f"{kind.group}/{kind.version}" if kind.group else kind.version
    return {"apiVersion": version, "kind": kind.kind, **row}


def printed(output: str, objects: Sequence[tuple[Kind, Row]], *, single: bool) -> str:
    """Objects in one of kubectl's formats other than tables.

    Raises:
        Complaint: for a format kubectl does not know.
    """
    style, _, argument = output.partition("=")
    if style == "name":
        return "".join(f"{kind.shown(name_of(row))}\n" for kind, row in objects)
    documents = [complete(kind, row) for kind, row in objects]
    whole: Any = documents[0] if single and documents else _list_of(documents)
    match style:
        case "json":
            return (
                json.dumps(whole, indent=4, ensure_ascii=False, sort_keys=True, default=str) + "\n"
            )
        case "yaml":
            return yaml(whole)
        case "jsonpath" | "jsonpath-as-json":
            if not argument:
                raise Complaint("error: template format specified but no template given")
            return rendered(argument, whole)
        case "go-template" | "go-template-file" | "template" | "templatefile":
            raise Unreadable("a Go template", simulated=False)
        case "custom-columns":
            return _columns(argument, documents)
        case _:
            raise Complaint(
                f'error: unable to match a printer suitable for the output format "{style}", '
                "allowed formats are: custom-columns,custom-columns-file,go-template,"
                "go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,"
                "templatefile,wide,yaml"
            )


def _list_of(documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "items": list(documents),
        "kind": "List",
        "metadata": {"resourceVersion": ""},
    }


def _columns(argument: str, documents: Sequence[Mapping[str, Any]]) -> str:
    if not argument:
        raise Complaint("error: custom-columns format specified but no custom columns given")
    headers: list[str] = []
    paths: list[str] = []
    for part in re.split(r",(?![^\[]*\])", argument):
        header, colon, path = part.partition(":")
        if not colon:
            raise Complaint(
                f"error: unexpected custom-columns spec: {part}, expected <header>:<json-path-expr>"
            )
        headers.append(header)
        paths.append(path)
    rows = [
        [",".join(shown(value) for value in values_at(path, row)) or "<none>" for path in paths]
        for row in documents
    ]
    return table([headers, *rows])


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns three blanks apart, as kubectl aligns them."""
    count = max(len(row) for row in rows)
    widths = [
        max(max((len(row[at]) for row in rows if at < len(row)), default=0) + 3, 6)
        for at in range(count)
    ]
    lines = [
        "".join(cell.ljust(widths[at]) for at, cell in enumerate(row[:-1])) + row[-1]
        for row in rows
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def yaml(value: Any) -> str:
    """A value as YAML in the API server's style: keys sorted, lists not indented."""
    return "".join(f"{line}\n" for line in _yaml_lines(value))


def _yaml_lines(value: Any) -> list[str]:
    lines: list[str] = []
    if isinstance(value, Mapping) and value:
        for key in sorted(value, key=str):
            lines.extend(_yaml_entry(_scalar(str(key)), value[key]))
        return lines
    if isinstance(value, list | tuple) and value:
        for item in value:
            first, *more = _yaml_lines(item)
            lines.extend((f"- {first}", *(f"  {line}" for line in more)))
        return lines
    return [_scalar(value)]


def _yaml_entry(key: str, value: Any) -> list[str]:
    if isinstance(value, Mapping) and value:
        return [f"{key}:", *(f"  {line}" for line in _yaml_lines(value))]
    if isinstance(value, list | tuple) and value:
        return [f"{key}:", *_yaml_lines(value)]
    if isinstance(value, str) and "\n" in value.rstrip("\n"):
        mark = "|" if value.endswith("\n") else "|-"
        return [f"{key}: {mark}", *(f"  {line}" for line in value.rstrip("\n").split("\n"))]
    return [f"{key}: {_scalar(value)}"]


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, list | tuple):
        return "[]"
    if not isinstance(value, str):
        return str(value)
    plain = (
        _PLAIN.fullmatch(value)
        and not value.endswith((":", " "))
        and ": " not in value
        and value.lower() not in _WORDS
        and not _NUMBER.fullmatch(value)
        and not _MOMENT.fullmatch(value)
    )
    return value if plain else json.dumps(value, ensure_ascii=False)
