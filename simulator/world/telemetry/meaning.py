"""What a look amounts to: its views, the service it was about, the sealed clues it holds.

Rule 1: a typed line nobody foresaw is judged by the documents it read, by the visible table here.
Rule 2: it holds the clues of every look whose own line reads the same documents about the same
things: whoever sees the same may conclude the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from simulator.brief.scenario.sight import Look
from simulator.brief.vocabulary import ViewKind
from simulator.shell.documents import Documents
from simulator.shell.reply import Reply, Terminal
from simulator.world.facts import entries_of
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.past import held_at
from simulator.world.telemetry.shown import hosts_at

VIEWS: Final[Mapping[str, tuple[ViewKind, ...]]] = {
    "k8s/configmaps": ("config",),
    "k8s/secrets": ("config",),
    "k8s/replicasets": ("deploys",),
    "k8s/networkpolicies": ("network",),
    "k8s/": ("infrastructure",),
    "aws/rds/": ("database",),
    "aws/docdb/": ("database",),
    "aws/dynamodb/": ("database",),
    "aws/elasticache/": ("dependency",),
    "aws/sqs/": ("dependency",),
    "aws/s3/": ("dependency",),
    "aws/kms/": ("dependency",),
    "aws/cloudtrail/": ("audit",),
    "aws/guardduty/": ("audit",),
    "aws/iam/": ("audit",),
    "aws/sts/": (),
    "aws/health/": ("vendor",),
    "aws/ec2/network": ("network",),
    "aws/ec2/security": ("network",),
    "aws/ec2/route": ("network",),
    "aws/ec2/vpc": ("network",),
    "aws/route53/": ("network",),
    "aws/wafv2/": ("network",),
    "aws/codepipeline/": ("deploys",),
    "aws/codebuild/": ("deploys",),
    "aws/cloudformation/": ("deploys",),
    "aws/ssm/": ("config",),
    "aws/secretsmanager/": ("config",),
    "aws/logs/": ("logs",),
    "aws/cloudwatch/alarms": ("alerts",),
    "aws/cloudwatch/": ("metrics",),
    "aws/": ("infrastructure",),
    "sql/": ("database",),
    "net/": ("network",),
    "dns/": ("network",),
    "tls/": ("network",),
    "http/": ("reproduce",),
    "git/": ("deploys",),
    "host/": ("logs",),
    "logs": ("logs",),
    "metric/ALERTS": ("alerts",),
    "metric/": ("metrics",),
    "tool/redis-cli": ("dependency",),
    "tool/": ("infrastructure",),
}
"""Kind of document, by its beginning -> what kind of look reading it is; the longest counts."""

_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{1,}")


_ON_THE_WAY: Final = ("dns/", "net/")
_INSIDE: Final = ("k8s/pods", "k8s/deployments")
_BEHIND: Final = ("logs", "http/", "sql/", "net/", "tls/", "host/", "tool/")


def views_of(reads: Iterable[str]) -> tuple[ViewKind, ...]:
    """The kinds of look that reading these documents is, each once, in order.

    What was read only to get there does not count: a name resolved before a request, the pod whose
    log or shell was asked for.
    """
    kinds = list(reads)
    if any(kind.startswith(_BEHIND) for kind in kinds):
        kinds = [kind for kind in kinds if kind not in _INSIDE]
    if not all(kind.startswith(_ON_THE_WAY) for kind in kinds):
        kinds = [kind for kind in kinds if not kind.startswith(_ON_THE_WAY)]
    return tuple(dict.fromkeys(view for kind in kinds for view in _view(kind)))


def _view(kind: str) -> tuple[ViewKind, ...]:
    best = max((start for start in VIEWS if kind.startswith(start)), key=len, default="")
    return VIEWS.get(best, ())


def clues_of(around: Surroundings, looks: Sequence[str]) -> tuple[str, ...]:
    """The clues these looks hold in this variant at this second."""
    return tuple(
        name
        for name, clue in around.scenario.clues.items()
        if clue.covers(around.stage.variant)
        and not set(looks).isdisjoint(clue.looks)
        and (clue.when is None or held_at(around, clue.when, around.stage.now))
    )


@dataclass(slots=True, kw_only=True)
class Alike:
    """Which looks a typed line is like; what each look's own line reads is found out once."""

    around: Surroundings
    _reads: dict[str, tuple[int, frozenset[str]]] = field(default_factory=dict)
    _ids: frozenset[str] | None = None

    def looks_like(
        self, line: str, reply: Reply, documents: Documents, terminal: Terminal
    ) -> tuple[str, ...]:
        """The looks whose own line reads no more than this one, about the same things."""
        if not reply.out and not reply.err:
            return ()
        read, things, tools = set(reply.reads), self.things(line, terminal), tools_in(line)
        telling = {look for clue in self.around.scenario.clues.values() for look in clue.looks}
        return tuple(
            name
            for name, look in self.around.scenario.looks.items()
            if look.lines
            and name in telling
            and look.covers(self.around.stage.variant)
            and tools & tools_in(look.lines[0])
            and self.things(look.lines[0], terminal) == things
            and (own := self._read_by(name, look, documents, terminal))
            and own <= read
        )

    def behind(
        self, reads: Iterable[str], documents: Documents, terminal: Terminal
    ) -> frozenset[str]:
        """The services whose doors were asked, as the looks at those services tell."""
        wanted = hosts_at(reads)
        return frozenset(
            look.of
            for name, look in self.around.scenario.looks.items()
            if look.of
            and look.lines
            and look.covers(self.around.stage.variant)
            and hosts_at(self._read_by(name, look, documents, terminal)) & wanted
        )

    def things(self, line: str, terminal: Terminal) -> frozenset[str]:
        """The services (by any of their names) and cloud resources a line names."""
        if self._ids is None:
            self._ids = resources(self.around)
        for name, value in terminal.variables.items():
            line = line.replace(f"${{{name}}}", value).replace(f"${name}", value)
        words = set(_WORD.findall(line))
        return frozenset(words & self._ids) | frozenset(services_in(self.around, words))

    def _read_by(
        self, name: str, look: Look, documents: Documents, terminal: Terminal
    ) -> frozenset[str]:
        from simulator.shell.prompt import run  # noqa: PLC0415 - tools load when somebody types

        now = self.around.stage.now
        known = self._reads.get(name)
        if known is None or known[0] != now:
            reply = run(look.lines[0], documents, terminal)
            known = self._reads[name] = (now, frozenset(reply.reads))
        return known[1]


def tools_in(line: str) -> frozenset[str]:
    """The tools a line starts: the first word's, and one behind `--` (`kubectl exec x -- curl`)."""
    from simulator.shell.tools import ALIASES  # noqa: PLC0415 - tools load when somebody types

    words = line.split()
    starts = words[:1] + [after for word, after in pairwise(words) if word == "--"]
    return frozenset(ALIASES.get(word, (word,))[0] for word in starts)


def resources(around: Surroundings) -> frozenset[str]:
    """The ids of cloud resources an author wrote."""
    return frozenset(
        value
        for record in around.scenario.records
        if record.kind.startswith("aws/") and isinstance(record.row, dict)
        for key, value in record.row.items()
        if str(key).endswith(("Identifier", "Id", "Name")) and isinstance(value, str)
    )


def services_in(around: Surroundings, words: Iterable[str]) -> tuple[str, ...]:
    """The services words name: by id, by deployment, or by one of their pods."""
    words = list(words)
    found = []
    for name, service in around.scenario.system.services.items():
        deployment = service.workload.deployment if service.workload is not None else name
        if any(
            word in (name, deployment) or (service.workload and word.startswith(f"{deployment}-"))
            for word in words
        ):
            found.append(name)
    return tuple(found)


def service_of(around: Surroundings, line: str, reply: Reply) -> str:
    """The service a typed line was about, where one is named; the first of several."""
    words = [*_WORD.findall(line), *(kind.partition("/")[2] for kind in reply.reads)]
    return next(iter(services_in(around, words)), "")


def shown_facts(around: Surroundings, reads: Iterable[str], of: str) -> frozenset[str]:
    """Which measured facts a typed line can show: customers' figures only from customers' side."""
    entries, found = entries_of(around) or ("",), set[str]()
    by_name: dict[str, list[str]] = {}
    for metric in around.scenario.system.metrics:
        by_name.setdefault(metric.name, []).append(metric.reads)
    for kind in reads:
        source, _, rest = kind.partition("/")
        if source == "logs" and (rest or of or entries[0]) in entries:
            found.add("errors")
        for reading in by_name.get(rest, ()) if source == "metric" else ():
            head, _, item = reading.partition(".")
            found |= _BY_SIGNAL.get(item, frozenset()) if head in entries else frozenset()
    return frozenset(found)


_BY_SIGNAL: Final[Mapping[str, frozenset[str]]] = {
    "served": frozenset({"errors", "traffic_share"}),
    "failed": frozenset({"errors", "traffic_share"}),
    "errors": frozenset({"errors", "traffic_share"}),
    "p95": frozenset({"p95_ms", "p95_ratio"}),
    "latency": frozenset({"p95_ms", "p95_ratio"}),
    "saturation": frozenset({"saturation"}),
}
"""Signal behind a metric -> the facts somebody who sees it knows."""
MEASURED: Final = frozenset({"errors", "traffic_share", "p95_ms", "p95_ratio", "saturation"})
"""Facts of the metrics and logs views, which a typed line shows only in part."""
