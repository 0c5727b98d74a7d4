"""What a look amounts to: its views, the service it was about, the sealed clues it holds.

Rule 1: a typed line nobody foresaw is judged by the documents it read, by the visible table here.
Rule 2: it holds the clues of every look whose own line reads the same documents about the same
things: whoever sees the same may conclude the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from simulator.brief.scenario.sight import Look
from simulator.brief.vocabulary import ViewKind
from simulator.shell.documents import Documents
from simulator.shell.reply import Reply, Terminal
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.past import held_at

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
    "aws/sts/": ("audit",),
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
    _named: frozenset[str] = frozenset()

    def looks_like(
        self, line: str, reply: Reply, documents: Documents, terminal: Terminal
    ) -> tuple[str, ...]:
        """The looks whose own line reads no more than this one, about the same things."""
        if not reply.out and not reply.err:
            return ()
        read, words = set(reply.reads), self._things(line)
        return tuple(
            name
            for name, look in self.around.scenario.looks.items()
            if look.lines
            and look.covers(self.around.stage.variant)
            and self._things(look.lines[0]) == words
            and (own := self._read_by(name, look, documents, terminal))
            and own <= read
        )

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

    def _things(self, line: str) -> frozenset[str]:
        """The services, workloads, hosts and ids a line names."""
        if not self._named:
            self._named = named(self.around)
        return frozenset(word for word in _WORD.findall(line) if word in self._named)


def named(around: Surroundings) -> frozenset[str]:
    """What lines may be about: services, workloads, hosts, repositories, ids of cloud resources."""
    services = around.scenario.system.services
    workloads = {s.workload.deployment for s in services.values() if s.workload is not None}
    hosts, ids = set[str](), set[str]()
    for record in around.scenario.records:
        source, _, rest = record.kind.partition("/")
        if source in ("sql", "http", "git", "host", "dns", "tls"):
            hosts.add(rest.partition("/")[0])
        if source == "aws" and isinstance(record.row, dict):
            ids |= {
                value
                for key, value in record.row.items()
                if str(key).endswith(("Identifier", "Id", "Name")) and isinstance(value, str)
            }
    return frozenset({*services, *workloads, *hosts, *ids})


def service_of(around: Surroundings, line: str, reply: Reply) -> str:
    """The service a typed line was about, where one is named; the first of several."""
    words = {*_WORD.findall(line), *(kind.partition("/")[2] for kind in reply.reads)}
    for name, service in around.scenario.system.services.items():
        deployment = service.workload.deployment if service.workload is not None else name
        if name in words or deployment in words:
            return name
    return ""
