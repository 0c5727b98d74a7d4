"""What the tools read: rows by kind, metric samples and log lines, all of one second.

Rule 1: a tool sees the simulated world through this and nothing else.
Rule 2: rows have the shape the real tool's API gives them, so its own queries work on them.
Rule 3: one fact, one place: where two kinds show the same fact, whoever projects them agrees.

The kinds, and where each tool looks:

| kind | a row is |
|---|---|
| `k8s/<plural>` (`k8s/pods`, `k8s/deployments`, `k8s/events` ...) | a Kubernetes object |
| `k8s/podmetrics`, `k8s/nodemetrics` | usage, in the shape of metrics.k8s.io |
| `k8s/rules` | `users, verbs, resources`; with none everybody may do everything |
| `aws/<service>/<collection>` (`aws/rds/db-instances`, `aws/ec2/network-acls` ...) | an item |
| `aws/rds/log-files` | `DBInstanceIdentifier, LogFileName, LogFileData` |
| `sql/<host>` | one row: how a connection to that database ends (`Reach`) |
| `sql/<host>/<table>` | a row of that table or catalog view |
| `sql/<host>/functions` | one row: function -> value, `{argument: value}` or `{"error": text}` |
| `sql/<host>/information_schema.columns` | the columns of tables that are empty |
| `net/<from>/<host>:<port>` | one row: how a connection from there ends (`Reach`) |
| `http/<host>[:<port>]` | one row a path: `path, status, seconds, headers, body`, maybe `method` |
| `dns/<name>` | one row a record: `type, ttl, value` |
| `tls/<host>` | one row: `subject, issuer, not_after` (epoch seconds) |
| `git/<repository>` | a commit, newest first: `hash, author, at, subject, body, files, patch` |
| `host/<name>/<unit>` | one row a journal line: `at, text` |
| `tool/<name>` | an answer of one's own tool: `line, out, err, seconds, status, acts, on` |

A reply's `reads` names these, and `metric/<name>` and `logs/<service>` for series and log lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""JSON-like: text, numbers, truth values, lists and mappings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How a connection ends, as a row of `sql/<host>` or `net/<from>/<host>:<port>`."""

    ends: Literal["ok", "timeout", "refused", "failed"]
    seconds: float
    """How long until it ended."""
    message: str = ""
    """The server's own words, where it said any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Samples of one metric with one set of labels, on the scrape grid."""

    name: str
    labels: Mapping[str, str]
    samples: Sequence[tuple[int, float]]
    """(epoch second, value), oldest first; a gap is absent, NaN marks the series stale."""


class LogLine(NamedTuple):
    """One line of the collected logs; a tuple, because a search makes thousands of them."""

    at_ms: int
    """Epoch milliseconds."""
    fields: Mapping[str, str]
    """`service`, `pod`, `level` and whatever the service writes."""
    text: str


class Documents(Protocol):
    """The simulated world at one second, as the tools' sources would tell it."""

    @property
    def now(self) -> int:
        """The labelled moment, epoch seconds."""
        ...

    def rows(self, kind: str) -> Sequence[Row]:
        """The rows of a kind; none where nothing of the kind exists."""
        ...

    def kinds(self, prefix: str) -> Sequence[str]:
        """Every kind that begins so, sorted: what exists, for errors and completion."""
        ...

    def series(self, name: str, start: int, end: int) -> Sequence[Series]:
        """Samples of a metric between two epoch seconds, both included."""
        ...

    def logs(self, start: int, end: int) -> Sequence[LogLine]:
        """Collected log lines between two epoch seconds, oldest first, as far as shipped."""
        ...


class Nothing:
    """Documents of an empty world: for reading a request where only `answer` can read it."""

    now = 0

    def rows(self, kind: str) -> Sequence[Row]:
        """None."""
        del kind
        return ()

    def kinds(self, prefix: str) -> Sequence[str]:
        """None."""
        del prefix
        return ()

    def series(self, name: str, start: int, end: int) -> Sequence[Series]:
        """None."""
        del name, start, end
        return ()

    def logs(self, start: int, end: int) -> Sequence[LogLine]:
        """None."""
        del start, end
        return ()
