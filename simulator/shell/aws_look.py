"""Answers an AWS operation that only looks, from the documents its table line names.

Rule 1: identifiers, `--filters` and time windows select rows; nothing is invented but emptiness.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from simulator.shell.aws_flags import Request, many, pairs
from simulator.shell.aws_looks import Look
from simulator.shell.aws_messages import AwsError
from simulator.shell.documents import Documents, Row
from simulator.shell.lookback import Clock, moment_of
from simulator.shell.text_names import folded

RDS_EVENTS_S: Final = 3600
LOOKUP_MOST: Final = 50
_TIMED: Final = {
    "rds/events": "Date",
    "elasticache/events": "Date",
    "cloudtrail/events": "EventTime",
}


def looked(request: Request, look: Look, documents: Documents) -> Any:
    """The response of a look; raises `AwsError`."""
    rows: Sequence[Row] = documents.rows(f"aws/{look.kind}")
    for flag, name in look.filters.items():
        wanted = request.flags.get(flag, ())
        if wanted and wanted != ("",):
            rows = _selected(rows, name, wanted, look, documents)
    filters = pairs(request, "filters", ("Name", "Values"))
    rows = [row for row in rows if _passes(row, filters)]
    if look.kind in _TIMED:
        rows = _timely(request, rows, _TIMED[look.kind], documents.now)
    if look.kind == "cloudtrail/events":
        rows = _looked_up(request, rows)
    shown = [{k: v for k, v in row.items() if k not in look.hides} for row in rows]
    if look.one:
        return _single(request, look, rows, shown)
    if look.shows:
        return {look.key: [row.get(look.shows) for row in shown if look.shows in row]}
    most = request.flag("max-items") or request.flag("max-results") or request.flag("max-records")
    if most.isascii() and most.isdigit() and len(most) < 7:
        shown = shown[: int(most)]
    return {look.key: shown}


def _single(
    request: Request, look: Look, rows: Sequence[Row], shown: Sequence[Mapping[str, Any]]
) -> Any:
    if not rows:
        flag = next(iter(look.filters), "")
        raise AwsError(
            (look.missing or "ResourceNotFoundException: {value} not found").replace(
                "{value}", request.flag(flag)
            )
        )
    body: Any = shown[0].get(look.shows, {}) if look.shows else shown[0]
    if request.operation == "get-queue-attributes":
        wanted = set(request.flags.get("attribute-names", ("All",)))
        held = body if isinstance(body, Mapping) else {}
        body = {k: str(v) for k, v in held.items() if "All" in wanted or k in wanted}
    return {look.key: body} if look.key else body


def _selected(
    rows: Sequence[Row],
    name: str,
    wanted: Sequence[str],
    look: Look,
    documents: Documents,
) -> Sequence[Row]:
    """The rows a naming flag chooses; raises where a named thing does not exist."""
    if name.endswith("*"):
        return [row for row in rows if str(row.get(name[:-1], "")).startswith(wanted[0])]
    found: list[Row] = []
    for value in [part for one in wanted for part in one.split(",")]:
        named = {value, _aliased(value, documents) if look.kind == "kms/keys" else value}
        hits = [row for row in rows if any(_same(held, named) for held in values_at(row, name))]
        if not hits and look.missing and not look.one:
            raise AwsError(look.missing.replace("{value}", value))
        found += hits
    return found


def _aliased(name: str, documents: Documents) -> str:
    """The key behind an alias, else the name itself."""
    aliases = documents.rows("aws/kms/aliases")
    keys = (str(row.get("TargetKeyId", "")) for row in aliases if row.get("AliasName") == name)
    return next(keys, name)


def _same(held: Any, named: set[str]) -> bool:
    """Whether an id is meant: itself, its ARN's end, or a shortened `...name/ID`."""
    text = str(held)
    for name in named:
        bare = name.lstrip(".").removeprefix("/hostedzone/")
        if text == name or (bare and text.removeprefix("/hostedzone/") == bare):
            return True
        if bare and ((name.startswith("...") and text.endswith(bare)) or _arn_of(name, text)):
            return True
    return False


def _arn_of(name: str, text: str) -> bool:
    return name.startswith("arn:") and name.endswith((f"/{text}", f":{text}"))


def values_at(row: Any, path: str) -> list[Any]:
    """What stands at a dotted path, lists flattened, spellings compared without case."""
    held: list[Any] = [row]
    for part in path.split("."):
        following: list[Any] = []
        for one in held:
            for key, value in one.items() if isinstance(one, Mapping) else ():
                if folded(str(key)) in (folded(part), folded(part) + "s", folded(part) + "set"):
                    following += value if isinstance(value, list) else [value]
        held = following
    return held


def _passes(row: Row, filters: Sequence[Mapping[str, Any]]) -> bool:
    for one in filters:
        name = str(one.get("Name", ""))
        wanted = many(one.get("Values", []))
        if name.startswith("tag:"):
            tags = row.get("Tags") or []
            held = [tag.get("Value") for tag in tags if tag.get("Key") == name[4:]]
        else:
            held = values_at(row, name)
        texts = {_lowered(value) for value in held}
        if not any(_fits(value, texts) for value in wanted):
            return False
    return True


def _lowered(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fits(wanted: str, held: set[str]) -> bool:
    if "*" in wanted:
        first, _, last = wanted.partition("*")
        return any(one.startswith(first) and one.endswith(last.strip("*")) for one in held)
    return wanted in held


def _timely(request: Request, rows: Sequence[Row], name: str, now: int) -> Sequence[Row]:
    """Rows of the window asked for; event listings show the last hour where none is given."""
    start, end = 0.0, float(now)
    clock = Clock(now)
    if name == "Date":
        minutes = request.flag("duration")
        length = int(minutes) * 60 if minutes.isascii() and minutes.isdigit() else RDS_EVENTS_S
        start = now - min(length, 14 * 86_400)
    if text := request.flag("start-time"):
        start = float(clock.moment(text) or start)
    if text := request.flag("end-time"):
        end = float(clock.moment(text) or end)
    timed = [(moment, row) for row in rows if (moment := moment_of(str(row.get(name)))) is not None]
    timed = [(moment, row) for moment, row in timed if start <= moment <= end]
    newest_first = name == "EventTime"
    return [row for _, row in sorted(timed, key=lambda one: one[0], reverse=newest_first)]


_LOOKUP: Final = {
    "EventName": "EventName",
    "EventId": "EventId",
    "EventSource": "EventSource",
    "Username": "Username",
    "AccessKeyId": "AccessKeyId",
    "ReadOnly": "ReadOnly",
    "ResourceName": "Resources.ResourceName",
    "ResourceType": "Resources.ResourceType",
}


def _looked_up(request: Request, rows: Sequence[Row]) -> Sequence[Row]:
    for one in pairs(request, "lookup-attributes", ("AttributeKey", "AttributeValue")):
        key, value = str(one.get("AttributeKey", "")), str(one.get("AttributeValue", ""))
        if key not in _LOOKUP:
            raise AwsError(
                "InvalidLookupAttributesException: Lookup attribute key must be one of"
                f" {', '.join(sorted(_LOOKUP))}."
            )
        path = _LOOKUP[key]
        rows = [row for row in rows if value in {_lowered(held) for held in values_at(row, path)}]
    return rows[:LOOKUP_MOST]
