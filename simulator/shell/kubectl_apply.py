"""`kubectl apply` and `create`: manifests from a here-document or from a repository's files.

Rule 1: a manifest is read for the kind and name of each object only; the text goes into the act.
Rule 2: there are no files but those a known repository holds; any other path does not exist.
"""

import json
import re
from dataclasses import replace
from typing import Final

from simulator.shell.documents import Documents
from simulator.shell.kubectl_objects import KINDS, Complaint, Kind, at, name_of, rows_of
from simulator.shell.kubectl_request import Request, acts_of
from simulator.shell.reply import Act, Reply
from simulator.shell.syntax import Unreadable

_VERSION: Final = re.compile(r"^apiVersion:[ \t]*[\"']?([A-Za-z0-9./-]{1,80})", re.MULTILINE)
_KIND: Final = re.compile(r"^kind:[ \t]*[\"']?([A-Za-z]{1,60})", re.MULTILINE)
_NAME: Final = re.compile(
    r"^metadata:[ \t]*\n(?:[ \t][^\n]*\n)*?[ \t]+name:[ \t]*[\"']?([A-Za-z0-9.-]{1,100})",
    re.MULTILINE,
)
_LONGEST_MANIFEST: Final = 4000
_WORDS: Final = {"apply": "configured", "replace": "replaced", "create": "created"}


def apply(request: Request, documents: Documents, text: str | None) -> Reply:
    """The server's answer to manifests, with the act they ask for.

    Raises:
        Complaint: where there is no manifest or it cannot be read.
    """
    paths = request.given.flags.get("filename") or request.given.flags.get("kustomize") or ()
    if not paths:
        raise Complaint("error: must specify one of -f and -k")
    dry = request.given.value("dry-run", "none") not in ("none", "false")
    suffix = f" ({request.given.value('dry-run')} dry run)" if dry else ""
    lines: list[str] = []
    acts: list[Act] = []
    reads: set[str] = set()
    for path in paths:
        objects, read = _objects(request, documents, path, text)
        reads |= read
        lines.extend(f"{shown} {word}{suffix}\n" for shown, word in objects)
        names = " ".join(shown for shown, _ in objects)
        manifest = {"manifest": text or ""} if path == "-" else {"matches": names}
        target = names if path == "-" else path
        acts.extend(
            replace(act, target=target, options={**act.options, **manifest})
            for act in acts_of(request)[:1]
        )
    return Reply(
        way="answered",
        out="".join(lines),
        acts=tuple(acts),
        takes_s=(6, 12),
        reads=tuple(sorted(reads)),
    )


def _objects(
    request: Request, documents: Documents, path: str, text: str | None
) -> tuple[list[tuple[str, str]], set[str]]:
    """Each object as kubectl prints it, what is done to it, and the kinds read."""
    if path != "-":
        return _from_repository(request, documents, path)
    if not text:
        raise Complaint("error: no objects passed to apply")
    found: list[tuple[str, str]] = []
    reads: set[str] = set()
    for kind, name in identities(text):
        reads.add(kind.document)
        exists = any(name_of(row) == name for row in rows_of(documents, kind, request.namespace))
        if exists and request.verb == "create":
            raise Complaint(
                'Error from server (AlreadyExists): error when creating "STDIN": '
                f'{kind.qualified} "{name}" already exists'
            )
        found.append((kind.shown(name), _WORDS[request.verb] if exists else "created"))
    return found, reads


def identities(text: str) -> list[tuple[Kind, str]]:
    """Kind and name of every manifest in a text.

    Raises:
        Complaint: for one that names neither.
    """
    parts = re.split(r"^---[ \t]*$", text[:_LONGEST_MANIFEST], flags=re.MULTILINE)
    return [_identity(part) for part in parts if part.strip()]


def _identity(part: str) -> tuple[Kind, str]:
    """Kind and name of one manifest, YAML or JSON."""
    if part.lstrip().startswith("{"):
        try:
            document = json.loads(part)
        except (ValueError, RecursionError):
            raise Unreadable("JSON that cannot be read", simulated=False) from None
        version, wanted, name = (
            str(at(document, path, "")) for path in ("apiVersion", "kind", "metadata.name")
        )
    else:
        version, wanted, name = (
            found[1] if (found := pattern.search(part)) else ""
            for pattern in (_VERSION, _KIND, _NAME)
        )
    if not wanted:
        raise Complaint('error: error validating "STDIN": error validating data: kind not set')
    if not name:
        raise Complaint("error: resource name may not be empty")
    for kind in KINDS:
        if kind.kind == wanted:
            return kind, name
    raise Complaint(
        f'error: resource mapping not found for name: "{name}" namespace: "" from "STDIN": '
        f'no matches for kind "{wanted}" in version "{version}"\nensure CRDs are installed first'
    )


def _from_repository(
    request: Request, documents: Documents, path: str
) -> tuple[list[tuple[str, str]], set[str]]:
    known = {kind.removeprefix("git/") for kind in documents.kinds("git/")}
    parts = [part for part in path.split("/") if part not in (".", "..", "~", "")]
    repository = next((part for part in parts if part in known), "")
    stem = parts[-1].rpartition(".")[0] or parts[-1] if repository else ""
    for kind in KINDS if stem else ():
        for row in rows_of(documents, kind, request.namespace):
            if name_of(row) == stem or name_of(row).endswith(f"-{stem}"):
                done = [(kind.shown(name_of(row)), _WORDS[request.verb])]
                return done, {f"git/{repository}", kind.document}
    raise Complaint(f'error: the path "{path}" does not exist')
