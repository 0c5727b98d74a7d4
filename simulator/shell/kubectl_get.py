"""`kubectl get`: objects picked by name, label, field and namespace, shown in any format.

Rule 1: what exists is what the documents hold; an empty answer names the namespace looked in.
Rule 2: `-w` shows the first answer only: following is the console's business.
"""

from collections.abc import Sequence
from typing import Any

from simulator.shell.documents import Documents, Row
from simulator.shell.kubectl_cells import event_time
from simulator.shell.kubectl_objects import (
    ALL,
    Complaint,
    Kind,
    field_selected,
    found,
    kind_named,
    kind_or_complaint,
    labels_of,
    namespace_of,
    rows_of,
    selected,
)
from simulator.shell.kubectl_paths import shown, values_at
from simulator.shell.kubectl_print import printed, table
from simulator.shell.kubectl_request import Reference, Request
from simulator.shell.kubectl_tables import columns_of
from simulator.shell.reply import Reply


def get(request: Request, documents: Documents) -> Reply:
    """The objects asked for, as the API server and kubectl would show them.

    Raises:
        Complaint: where kubectl complains instead of answering.
    """
    references = _asked(request)
    kinds: list[Kind] = []
    objects: list[tuple[Kind, Row]] = []
    errors: list[str] = []
    for reference in references:
        kind = kind_or_complaint(reference.typed)
        kinds.append(kind)
        try:
            rows = picked(request, documents, kind, reference.name)
        except Complaint as complaint:
            if not request.given.has("ignore-not-found"):
                errors.append(f"{complaint}\n")
            continue
        objects.extend((kind, row) for row in rows)
    out, note = _shown(request, documents, objects, kinds, references)
    return Reply(
        way="answered" if objects or not errors else "refused",
        out=out,
        err="".join(errors) or note,
        status=1 if errors else 0,
        takes_s=(8, 12),
        reads=tuple(sorted({kind.document for kind in kinds})),
    )


def picked(request: Request, documents: Documents, kind: Kind, name: str) -> list[Row]:
    """The objects of one kind a request means.

    Raises:
        Complaint: where a name does not exist or a selector cannot be read.
    """
    if name and request.every_namespace:
        raise Complaint("error: a resource cannot be retrieved by name across all namespaces")
    if name:
        return [found(documents, kind, request.namespace, name)]
    rows = rows_of(documents, kind, None if request.every_namespace else request.namespace)
    rows = selected(rows, request.given.value("selector"))
    return field_selected(rows, request.given.value("field-selector"))


def _asked(request: Request) -> tuple[Reference, ...]:
    if request.given.has("filename"):
        raise Complaint(f'error: the path "{request.given.value("filename")}" does not exist')
    if not request.references:
        raise Complaint(
            'You must specify the type of resource to get. Use "kubectl api-resources" for a '
            "complete list of supported resources.\n\nerror: Required resource not specified."
        )
    if [reference.typed for reference in request.references] == ["all"]:
        return tuple(Reference(kind=kind_named(plural), typed=plural) for plural in ALL)
    return request.references


def _shown(
    request: Request,
    documents: Documents,
    objects: list[tuple[Kind, Row]],
    kinds: Sequence[Kind],
    references: Sequence[Reference],
) -> tuple[str, str]:
    """What is printed, and the note on standard error where there is nothing."""
    output = request.given.value("output").removeprefix("=")
    single = len(references) == 1 and bool(references[0].name)
    objects = _sorted(request, objects)
    if output and output != "wide":
        return printed(output, objects, single=single), ""
    if not objects:
        return "", _nothing(request, kinds)
    parts: list[str] = []
    several = len({kind.plural for kind in kinds}) > 1 or request.given.has("show-kind")
    for kind in dict.fromkeys(kinds):
        rows = [row for each, row in objects if each is kind]
        if rows:
            prefix = kind if several else None
            parts.append(_table(request, documents, kind, rows, prefix, wide=output == "wide"))
    return "\n".join(parts), ""


def _nothing(request: Request, kinds: Sequence[Kind]) -> str:
    if request.given.has("ignore-not-found"):
        return ""
    if request.every_namespace or not any(kind.namespaced for kind in kinds):
        return "No resources found\n"
    return f"No resources found in {request.namespace} namespace.\n"


def _table(
    request: Request,
    documents: Documents,
    kind: Kind,
    rows: Sequence[Row],
    prefix: Kind | None,
    *,
    wide: bool,
) -> str:
    columns = columns_of(kind.plural, wide=wide)
    spaced = request.every_namespace and kind.namespaced
    extra = [
        name for text in request.given.flags.get("label-columns", ()) for name in text.split(",")
    ]
    labelled = request.given.has("show-labels")
    headers = [
        *(["NAMESPACE"] if spaced else []),
        *columns.headers,
        *(columns.wide_headers if wide else ()),
        *(name.rpartition("/")[2].upper() for name in extra),
        *(["LABELS"] if labelled else []),
    ]
    lines: list[list[str]] = []
    for row in rows:
        cells = columns.cells(row, documents.now)
        if prefix is not None and kind.plural != "events":
            cells[0] = prefix.shown(cells[0])
        labels = labels_of(row)
        everything = ",".join(f"{key}={value}" for key, value in labels.items()) or "<none>"
        lines.append(
            [
                *([namespace_of(row)] if spaced else []),
                *cells,
                *(columns.wide_cells(row, documents.now) if wide else ()),
                *(str(labels.get(name, "")) for name in extra),
                *([everything] if labelled else []),
            ]
        )
    return table(lines if request.given.has("no-headers") else [headers, *lines])


def _sorted(request: Request, objects: list[tuple[Kind, Row]]) -> list[tuple[Kind, Row]]:
    path = request.given.value("sort-by").strip("{}")
    if not path:
        if any(kind.plural != "events" for kind, _ in objects):
            return objects
        return sorted(objects, key=lambda pair: str(event_time(pair[1])))

    def rank(pair: tuple[Kind, Row]) -> tuple[float, str]:
        values: list[Any] = values_at(path if path.startswith(".") else f".{path}", pair[1])
        first = values[0] if values else ""
        if isinstance(first, int | float):
            return float(first), ""
        return 0.0, shown(first)

    return sorted(objects, key=rank)
