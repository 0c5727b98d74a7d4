"""A small believable shop on a cluster, made by hand: four api pods of which one crash-loops.

Shared by the tests of the shell's tools; `NOW` is Thu 12 Mar 2026 14:10:00 UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from simulator.shell.documents import LogLine, Row, Series
from simulator.shell.reply import Terminal

NOW = 1773324600
DAY = 86400


def iso(seconds: int) -> str:
    """An epoch second as the API writes it."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True, kw_only=True)
class FakeDocuments:
    """Documents from plain dictionaries."""

    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    metrics: Sequence[Series] = ()
    lines: Sequence[LogLine] = ()
    now: int = NOW

    def rows(self, kind: str) -> Sequence[Row]:
        return self.tables.get(kind, ())

    def kinds(self, prefix: str) -> Sequence[str]:
        return sorted(kind for kind in self.tables if kind.startswith(prefix))

    def series(self, name: str, start: int, end: int) -> Sequence[Series]:
        return [
            Series(
                name=one.name,
                labels=one.labels,
                samples=[(t, v) for t, v in one.samples if start <= t <= end],
            )
            for one in self.metrics
            if one.name == name and any(start <= t <= end for t, _ in one.samples)
        ]

    def logs(self, start: int, end: int) -> Sequence[LogLine]:
        return [line for line in self.lines if start * 1000 <= line.at_ms <= end * 1000 + 999]


def pod(name: str, *, app: str = "api", node: str = "node-1", **container: Any) -> dict[str, Any]:
    """A pod of one container; `container` adds to its status."""
    ready = bool(container.get("ready", True))
    status = {"name": app, "ready": ready, "restartCount": 0, "image": f"shop/{app}:2.14.0"}
    status["state"] = {"running": {"startedAt": iso(NOW - 21 * 3600)}}
    status.update(container)
    return {
        "metadata": {
            "name": name,
            "namespace": "prod",
            "labels": {"app": app, "tier": "backend"},
            "creationTimestamp": iso(NOW - 21 * 3600),
            "ownerReferences": [{"kind": "ReplicaSet", "name": f"{app}-6d4f"}],
        },
        "spec": {
            "nodeName": node,
            "containers": [
                {
                    "name": app,
                    "image": f"shop/{app}:2.14.0",
                    "resources": {"limits": {"memory": "1Gi"}},
                    "env": [{"name": "MODE", "value": "live"}],
                }
            ],
        },
        "status": {
            "phase": "Running",
            "podIP": "10.20.1.7",
            "startTime": iso(NOW - 21 * 3600),
            "conditions": [{"type": "Ready", "status": "True" if ready else "False"}],
            "containerStatuses": [status],
        },
    }


CRASHED = {
    "ready": False,
    "restartCount": 5,
    "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 2m40s"}},
    "lastState": {
        "terminated": {
            "exitCode": 101,
            "reason": "Error",
            "startedAt": iso(NOW - 32),
            "finishedAt": iso(NOW - 30),
        }
    },
}


def deployment(name: str, replicas: int, available: int, *, paused: bool = False) -> dict[str, Any]:
    """A deployment, all of whose pods are of the newest template."""
    return {
        "metadata": {
            "name": name,
            "namespace": "prod",
            "labels": {"app": name},
            "creationTimestamp": iso(NOW - 90 * DAY),
            "generation": 3,
        },
        "spec": {
            "replicas": replicas,
            "paused": paused,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "spec": {
                    "containers": [
                        {
                            "name": name,
                            "image": f"shop/{name}:2.14.0",
                            "env": [{"name": "MODE", "value": "live"}],
                        }
                    ]
                }
            },
        },
        "status": {
            "observedGeneration": 3,
            "replicas": replicas,
            "updatedReplicas": replicas,
            "readyReplicas": available,
            "availableReplicas": available,
            "unavailableReplicas": replicas - available,
            "conditions": [{"type": "Progressing", "status": "True", "reason": "NewReplicaSet"}],
        },
    }


def replica_set(name: str, owner: str, revision: int, replicas: int, image: str) -> dict[str, Any]:
    """A replica set of a deployment's history."""
    return {
        "metadata": {
            "name": name,
            "namespace": "prod",
            "creationTimestamp": iso(NOW - 21 * 3600),
            "annotations": {"deployment.kubernetes.io/revision": str(revision)},
            "ownerReferences": [{"kind": "Deployment", "name": owner}],
        },
        "spec": {
            "replicas": replicas,
            "template": {"spec": {"containers": [{"name": owner, "image": image}]}},
        },
        "status": {"replicas": replicas, "readyReplicas": replicas},
    }


def node(name: str) -> dict[str, Any]:
    """A ready node."""
    return {
        "metadata": {"name": name, "labels": {}, "creationTimestamp": iso(NOW - 60 * DAY)},
        "spec": {},
        "status": {
            "conditions": [{"type": "Ready", "status": "True"}],
            "nodeInfo": {"kubeletVersion": "v1.31.4"},
            "allocatable": {"cpu": "4", "memory": "16Gi"},
        },
    }


def event(
    about: str, reason: str, message: str, seconds_ago: int, count: int = 1
) -> dict[str, Any]:
    """A warning about a pod."""
    return {
        "metadata": {"name": f"{about}.{seconds_ago}", "namespace": "prod"},
        "involvedObject": {"kind": "Pod", "name": about, "namespace": "prod"},
        "type": "Warning",
        "reason": reason,
        "message": message,
        "count": count,
        "firstTimestamp": iso(NOW - 500),
        "lastTimestamp": iso(NOW - seconds_ago),
        "source": {"component": "kubelet"},
    }


def log(seconds_ago: int, pod_name: str, text: str) -> LogLine:
    """A collected line of a pod."""
    fields = {"pod": pod_name, "service": "api", "level": "info"}
    return LogLine(at_ms=(NOW - seconds_ago) * 1000, fields=fields, text=text)


PATCH = (
    "diff --git a/limits.yaml b/limits.yaml\n--- a/limits.yaml\n+++ b/limits.yaml\n"
    "@@ -1,3 +1,4 @@\n bulk:\n-  max_complexity: 5000\n+  max_complexity:\n+  window: 60s\n"
)
TABLES: dict[str, list[dict[str, Any]]] = {
    "k8s/pods": [
        pod("api-6d4f-aaaaa"),
        pod("api-6d4f-bbbbb", node="node-2"),
        pod("api-6d4f-ccccc"),
        pod("api-6d4f-ddddd", **CRASHED),
        pod("worker-5c5c-eeeee", app="worker"),
    ],
    "k8s/deployments": [deployment("api", 4, 3), deployment("worker", 1, 1)],
    "k8s/replicasets": [
        replica_set("api-6d4f", "api", 42, 4, "shop/api:2.14.0"),
        replica_set("api-5a5a", "api", 41, 0, "shop/api:2.13.4"),
    ],
    "k8s/nodes": [node("node-1"), node("node-2")],
    "k8s/events": [
        event("api-6d4f-ddddd", "BackOff", "Back-off restarting failed container api", 12, 24),
        event("api-6d4f-ddddd", "Pulled", "Container image already present", 40),
    ],
    "k8s/configmaps": [
        {
            "metadata": {"name": "shop-limits", "namespace": "prod"},
            "data": {"limits.yaml": "bulk:\n  max_complexity:\n"},
        }
    ],
    "k8s/services": [
        {
            "metadata": {"name": "api", "namespace": "prod", "creationTimestamp": iso(NOW - DAY)},
            "spec": {
                "clusterIP": "172.20.0.10",
                "ports": [{"port": 80}],
                "selector": {"app": "api"},
            },
        }
    ],
    "k8s/podmetrics": [
        {
            "metadata": {"name": "api-6d4f-aaaaa", "namespace": "prod"},
            "containers": [{"name": "api", "usage": {"cpu": "60m", "memory": "420Mi"}}],
        }
    ],
    "dns/api.shop.test": [
        {"type": "A", "ttl": 60, "value": "203.0.113.10"},
        {"type": "A", "ttl": 60, "value": "203.0.113.11"},
    ],
    "dns/db.shop.internal": [{"type": "CNAME", "ttl": 30, "value": "db-a.shop.internal"}],
    "dns/db-a.shop.internal": [{"type": "A", "ttl": 5, "value": "10.20.65.21"}],
    "dns/21.65.20.10.in-addr.arpa": [{"type": "PTR", "value": "db-a.shop.internal"}],
    "dns/shop.test": [
        {"type": "MX", "value": "10 mail.shop.test"},
        {"type": "TXT", "value": "v=spf1 -all"},
        {"type": "CAA", "value": '0 issue "ca.test"'},
    ],
    "http/api.shop.test": [
        {
            "path": "/health",
            "status": 503,
            "seconds": 0.031,
            "headers": {"server": "awselb/2.0"},
            "body": "unhealthy\n",
        },
        {"path": "/slow", "status": 200, "seconds": 25.0, "body": "ok\n"},
    ],
    "tls/api.shop.test": [
        {"subject": "CN = api.shop.test", "issuer": "CN = Test CA", "not_after": NOW + 21 * DAY}
    ],
    "sql/db-a.shop.internal": [{"ends": "ok", "seconds": 0.06}],
    "net/pod/db.shop.internal:5432": [{"ends": "timeout", "seconds": 130}],
    "net/laptop/db-a.shop.internal:22": [{"ends": "timeout", "seconds": 130}],
    "net/laptop/api.shop.test:6379": [{"ends": "refused", "seconds": 0.003}],
    "host/ingest-1/shop-ingest": [
        {"at": NOW - 60 + 10 * number, "text": f"committed {number} rows"} for number in range(5)
    ],
    "git/shop-config": [
        {
            "hash": "7c1f0de4a1b2c3d4e5f60718293a4b5c6d7e8f90",
            "author": "Kim Example <kim@example.com>",
            "at": NOW - 720,
            "subject": "limits: follow up on INC-10",
            "files": ["limits.yaml"],
            "patch": PATCH,
        },
        {
            "hash": "11aa22bb33cc44dd55ee66ff77001122334455aa",
            "author": "Ola Example <ola@example.com>",
            "at": NOW - 3 * DAY,
            "subject": "webhooks: raise the limit",
            "files": ["webhooks.yaml +1 -1"],
            "patch": "",
        },
    ],
    "tool/shopctl": [
        {"line": "shopctl tenants list", "out": "T-1 active\nT-2 active", "seconds": 4},
        {"line": "shopctl mode set <mode>", "out": "mode set", "seconds": 60, "acts": True},
    ],
    "tool/ss": [{"line": "ss -tn dport = :6379", "out": "ESTAB 10.20.66.11:6379", "on": "pod"}],
}
LINES = sorted(
    [
        *(
            log(seconds, "api-6d4f-aaaaa", f"GET /orders 200 {seconds}ms")
            for seconds in (90, 60, 30)
        ),
        log(31, "api-6d4f-ddddd", "panicked at src/policy.rs:212: value required"),
    ],
    key=lambda line: line.at_ms,
)
WORLD = FakeDocuments(tables=TABLES, lines=LINES)
EMPTY = FakeDocuments()
ALICE = Terminal(user="alice", variables={"KUBE_NAMESPACE": "prod"}, history=("kubectl get po",))
