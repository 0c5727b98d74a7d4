"""AWS operations whose answer has a shape of its own: metric statistics, log files, identity, S3.

Rule 1: CloudWatch reads the measured series under the names exporters give them:
    `AWS/RDS ReplicaLag Maximum` is `aws_rds_replica_lag_maximum`, its dimensions are label values.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from simulator.shell.aws_flags import Request, pairs
from simulator.shell.aws_messages import AwsError
from simulator.shell.documents import Documents, LogLine, Series
from simulator.shell.lookback import Clock, hours_text
from simulator.shell.promql_values import total
from simulator.shell.reply import Terminal
from simulator.shell.sql_values import moment_text
from simulator.shell.text_names import snake

POINTS_MOST: Final = 1440
_STATISTICS: Final[Mapping[str, Callable[[Sequence[float]], float]]] = {
    "Average": lambda values: total(values) / len(values),
    "Maximum": max,
    "Minimum": min,
    "Sum": total,
    "SampleCount": lambda values: float(len(values)),
}
_UNITS: Final = (
    (("Storage", "Bytes", "Memory"), "Bytes"),
    (("Utilization", "Percent"), "Percent"),
    (("Lag", "Latency", "Time"), "Seconds"),
)
_CHECKPOINTER: Final = 531
"""The process id of a database server's checkpointer; its recovery runs one before."""
_OF_RECOVERY: Final = ("restored log file", "waiting for WAL", "new timeline", "recovery complete")


def special(
    request: Request, documents: Documents, terminal: Terminal
) -> tuple[Any, tuple[str, ...]]:
    """The response and the kinds read; raises `AwsError`."""
    match request.name:
        case "cloudwatch get-metric-statistics":
            return _statistics(request, documents)
        case "rds download-db-log-file-portion":
            return _log_file(request, documents)
        case _:
            return _identity(terminal), ()


def _statistics(request: Request, documents: Documents) -> tuple[Any, tuple[str, ...]]:
    metric, space = request.flag("metric-name"), request.flag("namespace")
    clock = Clock(documents.now)
    start, end = clock.moment(request.flag("start-time")), clock.moment(request.flag("end-time"))
    period_text = request.flag("period")
    if start is None or end is None or not (period_text.isascii() and period_text.isdigit()):
        raise AwsError(
            "InvalidParameterValue: The parameter StartTime, EndTime or Period is invalid."
        )
    period = max(1, int(period_text[:7]))
    if start >= end:
        raise AwsError(
            "InvalidParameterCombination: The parameter StartTime must be less than the parameter"
            " EndTime."
        )
    if (end - start) / period > POINTS_MOST:
        raise AwsError(
            f"InvalidParameterCombination: You have requested up to {(end - start) // period}"
            f" datapoints, which exceeds the limit of {POINTS_MOST:,}."
        )
    wanted = [one for one in request.flags.get("statistics", ()) if one in _STATISTICS]
    if not wanted:
        raise AwsError("MissingRequiredParameter: At least one of Statistics must be specified.")
    base = f"{snake(space)}_{snake(metric)}"
    values = {one.get("Value", "") for one in pairs(request, "dimensions", ("Name", "Value"))}
    points: dict[int, dict[str, Any]] = {}
    reads: set[str] = set()
    for statistic in wanted:
        series = _found(base, statistic, values, documents, (start, end))
        reads |= {f"metric/{one.name}" for one in series}
        for at, value in _bucketed(series, start, period, _STATISTICS[statistic]):
            points.setdefault(at, {"Timestamp": at})[statistic] = value
    unit = next((unit for words, unit in _UNITS if any(w in metric for w in words)), "Count")
    listed = [points[at] | {"Unit": unit} for at in sorted(points)]
    return {"Label": metric, "Datapoints": listed}, tuple(sorted(reads)) or (f"metric/{base}",)


def _found(
    base: str, statistic: str, values: set[str], documents: Documents, window: tuple[int, int]
) -> list[Series]:
    """The metric's series for this statistic, else for the nearest one that is collected."""
    for suffix in (statistic.lower(), "maximum", "average", "minimum", "sum", ""):
        name = f"{base}_{suffix}" if suffix else base
        found = [
            one
            for one in documents.series(name, *window)
            if values <= set(one.labels.values()) and one.samples
        ]
        if found:
            return found
    return []


def _of_hour(hour: str, documents: Documents) -> Iterator[LogLine]:
    """The lines of one hour, `2026-03-13-10`, of the last day; none where it names no hour."""
    try:
        begins = round(datetime.strptime(f"{hour}+0000", "%Y-%m-%d-%H%z").timestamp())
    except ValueError:
        return
    start, end = max(documents.now - 86_400, begins), min(documents.now, begins + 3600)
    yield from (one for one in documents.logs(start, end) if one.at_ms < 1000 * (begins + 3600))


def _bucketed(
    series: Sequence[Series], start: int, period: int, statistic: Callable[[Sequence[float]], float]
) -> list[tuple[int, float]]:
    buckets: dict[int, list[float]] = {}
    for one in series:
        for at, value in one.samples:
            if value == value:  # noqa: PLR0124 - NaN is a stale marker
                buckets.setdefault(start + (at - start) // period * period, []).append(float(value))
    return [(at, round(statistic(values), 6)) for at, values in sorted(buckets.items())]


def _log_file(request: Request, documents: Documents) -> tuple[Any, tuple[str, ...]]:
    """The part of a database's log file; lines collected elsewhere where no file is kept."""
    instance, name = request.flag("db-instance-identifier"), request.flag("log-file-name")
    for row in documents.rows("aws/rds/log-files"):
        named = (row.get("DBInstanceIdentifier"), row.get("LogFileName")) == (instance, name)
        if named and "LogFileData" in row:
            data = _last_lines(str(row["LogFileData"]), request)
            return {"LogFileData": data}, ("aws/rds/log-files",)
    lines = [
        f"{moment_text(one.at_ms // 1000 * 1_000_000)[:19]} UTC::@:[{process_of(one)}]:{one.text}"
        for one in _of_hour(name.rpartition(".")[2], documents)
        if one.fields.get("service") == instance
    ]
    known = {row.get("DBInstanceIdentifier") for row in documents.rows("aws/rds/db-instances")}
    if instance not in known:
        raise AwsError(f"DBInstanceNotFound: DBInstance {instance} not found.")
    if not lines and not name.startswith("error/postgresql.log"):
        raise AwsError(
            f"DBLogFileNotFoundFault: DBLog File: {name}, is not found on the DB instance"
        )
    data = _last_lines("".join(f"{line}\n" for line in lines), request)
    return {"LogFileData": data}, (f"logs/{instance}",)


def process_of(line: LogLine) -> int:
    """The id of the server process that wrote a line.

    The checkpointer and the recovery have theirs; each session and attempt to connect its own.
    """
    if "point complete" in line.text:
        return _CHECKPOINTER
    if any(words in line.text for words in _OF_RECOVERY):
        return _CHECKPOINTER - 1
    return _CHECKPOINTER + 300 + line.at_ms // 5000 % 30_000


def _last_lines(text: str, request: Request) -> str:
    count = request.flag("number-of-lines")
    lines = text.splitlines()
    if count.isascii() and count.isdigit():
        lines = lines[max(0, len(lines) - int(count[:6])) :]
    return "".join(f"{line}\n" for line in lines[-5000:])


def _identity(terminal: Terminal) -> Any:
    session = f"AROADRILL0DRILL0DRILL:{terminal.user}"
    arn = f"arn:aws:sts::000000000000:assumed-role/on-call/{terminal.user}"
    return {"UserId": session, "Account": "000000000000", "Arn": arn}


def listed(request: Request, documents: Documents) -> tuple[str, str, tuple[str, ...]]:
    """`s3 ls [s3://bucket/prefix]`: output, error and kinds read."""
    place = request.words[0] if request.words else ""
    place = place.removeprefix("s3://")
    if not place:
        rows = documents.rows("aws/s3/buckets")
        out = "".join(f"{_stamp(row.get('CreationDate'))} {row.get('Name', '')}\n" for row in rows)
        return out, "", ("aws/s3/buckets",)
    bucket, _, prefix = place.partition("/")
    reads = ("aws/s3/buckets", "aws/s3/objects")
    if bucket not in {row.get("Name") for row in documents.rows("aws/s3/buckets")}:
        error = "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation:"
        return "", f"\n{error} The specified bucket does not exist\n", reads
    held = [row for row in documents.rows("aws/s3/objects") if row.get("Bucket") == bucket]
    held = [row for row in held if str(row.get("Key", "")).startswith(prefix)]
    base = prefix.rpartition("/")[0]
    skip = len(base) + 1 if base else 0
    lines: dict[str, None] = {}
    for row in held:
        name = str(row.get("Key", ""))[skip:]
        if "recursive" not in request.flags and "/" in name:
            lines[f"{'PRE':>30} {name.partition('/')[0]}/"] = None
        else:
            lines[f"{_stamp(row.get('LastModified'))} {row.get('Size', 0):>10} {name}"] = None
    return "".join(f"{line}\n" for line in lines), "", reads


def _stamp(value: Any) -> str:
    if isinstance(value, int | float):
        return moment_text(int(value) * 1_000_000)[:19]
    text = str(value or "")[:19].replace("T", " ")
    return text or f"1970-01-01 {hours_text(0)}"
