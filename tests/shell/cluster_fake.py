"""A cluster with one object of every kind kubectl has columns for, some of them unwell."""

from documents_fake import (
    CRASHED,
    DAY,
    NOW,
    FakeDocuments,
    deployment,
    iso,
    log,
    node,
    pod,
    replica_set,
)

from simulator.shell.reply import Terminal

ALICE = Terminal(user="alice", variables={"KUBE_NAMESPACE": "prod"})
TEMPLATE = {
    "spec": {
        "nodeSelector": {"disk": "ssd"},
        "containers": [
            {
                "name": "agent",
                "image": "shop/agent:3",
                "ports": [{"containerPort": 9100}],
                "resources": {"limits": {"memory": "1Gi"}, "requests": {"cpu": "100m"}},
                "livenessProbe": {"httpGet": {"path": "/health", "port": 9100}},
                "readinessProbe": {"tcpSocket": {"port": 9100}, "periodSeconds": 5},
                "env": [
                    {"name": "MODE", "value": "live"},
                    {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "token"}}},
                ],
            }
        ],
    }
}


def named(name, *, days=3, **parts):
    """An object of the namespace, so many days old."""
    created = {"creationTimestamp": iso(NOW - days * DAY)}
    return {"metadata": {"name": name, "namespace": "prod", **created}, **parts}


def alone(name, **parts):
    """An object of the whole cluster."""
    made = named(name, **parts)
    del made["metadata"]["namespace"]
    return made


SICK = node("node-9") | {
    "metadata": {
        "name": "node-9",
        "labels": {"node-role.kubernetes.io/worker": ""},
        "creationTimestamp": iso(NOW - 60 * DAY),
    },
    "spec": {"unschedulable": True, "taints": [{"key": "gone", "effect": "NoExecute"}]},
    "status": {
        "conditions": [
            {"type": "Ready", "status": "False", "reason": "KubeletNotReady", "message": "PLEG"}
        ],
        "addresses": [
            {"type": "InternalIP", "address": "10.20.1.9"},
            {"type": "ExternalIP", "address": "203.0.113.9"},
        ],
        "nodeInfo": {"kubeletVersion": "v1.31.4", "osImage": "Bottlerocket"},
        "capacity": {"cpu": "4", "memory": "16Gi"},
        "allocatable": {"cpu": "4", "memory": "15Gi"},
    },
}
CLUSTER = FakeDocuments(
    tables={
        "k8s/nodes": [SICK],
        "k8s/statefulsets": [
            named(
                "queue",
                spec={"replicas": 3, "template": TEMPLATE, "selector": {"matchLabels": {"q": "1"}}},
                status={"readyReplicas": 2},
            )
        ],
        "k8s/daemonsets": [
            named(
                "agent",
                spec={"template": TEMPLATE},
                status={
                    "desiredNumberScheduled": 3,
                    "currentNumberScheduled": 3,
                    "numberReady": 2,
                    "updatedNumberScheduled": 3,
                    "numberAvailable": 2,
                },
            )
        ],
        "k8s/secrets": [named("token", type="Opaque", data={"key": "c2VjcmV0"})],
        "k8s/horizontalpodautoscalers": [
            named(
                "api",
                spec={
                    "scaleTargetRef": {"kind": "Deployment", "name": "api"},
                    "minReplicas": 2,
                    "maxReplicas": 8,
                    "metrics": [
                        {"resource": {"name": "cpu", "target": {"averageUtilization": 60}}},
                        {"resource": {"name": "memory", "target": {"averageUtilization": 80}}},
                    ],
                },
                status={
                    "currentReplicas": 4,
                    "currentMetrics": [
                        {"resource": {"name": "cpu", "current": {"averageUtilization": 91}}}
                    ],
                },
            )
        ],
        "k8s/services": [
            named(
                "front",
                spec={
                    "type": "LoadBalancer",
                    "clusterIP": "172.20.0.11",
                    "ports": [{"port": 443, "nodePort": 31443}],
                    "selector": {"app": "front"},
                },
                status={"loadBalancer": {"ingress": [{"hostname": "lb.test"}]}},
            ),
            named("vendor", spec={"type": "ExternalName", "externalName": "api.vendor.test"}),
        ],
        "k8s/endpoints": [
            named(
                "front",
                subsets=[
                    {
                        "ports": [{"port": 8080}],
                        "addresses": [{"ip": f"10.20.1.{last}"} for last in range(1, 6)],
                    }
                ],
            ),
            named("vendor"),
        ],
        "k8s/jobs": [
            named(
                "rollup",
                status={
                    "startTime": iso(NOW - 3600),
                    "completionTime": iso(NOW - 3510),
                    "succeeded": 1,
                    "conditions": [{"type": "Complete", "status": "True"}],
                },
            ),
            named("backup", status={"startTime": iso(NOW - 300)}),
            named("import", status={"conditions": [{"type": "Failed", "status": "True"}]}),
        ],
        "k8s/cronjobs": [
            named(
                "nightly",
                spec={"schedule": "0 3 * * *", "suspend": True},
                status={"lastScheduleTime": iso(NOW - 7200), "active": [{}]},
            ),
            named("never", spec={"schedule": "0 0 1 1 *"}),
        ],
        "k8s/namespaces": [alone("prod", status={"phase": "Active"})],
        "k8s/ingresses": [
            named(
                "shop",
                spec={"ingressClassName": "alb", "rules": [{"host": "shop.test"}], "tls": [{}]},
                status={"loadBalancer": {"ingress": [{"ip": "203.0.113.7"}]}},
            )
        ],
        "k8s/poddisruptionbudgets": [
            named("api", spec={"minAvailable": 3}, status={"disruptionsAllowed": 1})
        ],
        "k8s/persistentvolumeclaims": [named("disk", spec={"storageClassName": "gp3"})],
    }
)


def bare(name, *, phase="Running", days=0, **status):
    """A pod of one container whose status is only what is said here."""
    made = pod(name, app="bare")
    made["metadata"]["creationTimestamp"] = iso(NOW - days * DAY - 4 * 3600)
    made["spec"]["containers"] = [{"name": "bare", "image": "shop/bare:1"}]
    made["status"] = {"phase": phase, "containerStatuses": [{"name": "bare", **status}]}
    return made


def rolling(name, *, spec=None, **status):
    """A deployment whose rollout has not come to its end."""
    made = deployment(name, 2, 2)
    made["spec"] |= spec or {}
    made["status"] |= status
    return made


LEAVING = bare("leaving", days=1200, state={"terminated": {"exitCode": 137}})
LEAVING["metadata"]["deletionTimestamp"] = iso(NOW - 5)
DAEMON = bare("agent-x", days=3000, state={"running": {"startedAt": iso(NOW - DAY)}})
DAEMON["metadata"]["ownerReferences"] = [{"kind": "DaemonSet", "name": "agent"}]
PROBED = pod("probed", app="probed")
PROBED["spec"] |= {
    "hostNetwork": False,
    "nodeSelector": {},
    "tolerations": [],
    "priority": None,
    "containers": [
        {
            "name": "probed",
            "image": "shop/probed:1",
            "ports": [{"containerPort": 80}, {"containerPort": 81}],
            "livenessProbe": {"exec": {"command": ["cat", "/tmp/ok"]}, "timeoutSeconds": 2},
            "readinessProbe": {"tcpSocket": {"port": 80}, "initialDelaySeconds": 5},
        }
    ],
}
UNWELL = FakeDocuments(
    tables={
        "k8s/pods": [
            LEAVING,
            DAEMON,
            PROBED,
            bare("waits", state={"waiting": {"reason": "ContainerCreating"}}),
            bare("done", phase="Succeeded", state={"terminated": {"reason": "Completed"}}),
            bare("crashed", **CRASHED),
            bare("silent"),
        ],
        "k8s/jobs": [named("import")],
        "k8s/deployments": [
            rolling("frozen", spec={"paused": True}),
            rolling(
                "late", conditions=[{"type": "Progressing", "reason": "ProgressDeadlineExceeded"}]
            ),
            rolling("unseen", observedGeneration=2),
            rolling("begun", updatedReplicas=1),
            rolling("ending", replicas=3),
            rolling(
                "surging",
                spec={"strategy": {"rollingUpdate": {"maxSurge": 1}}, "template": TEMPLATE},
            ),
            deployment("lonely", 1, 1),
        ],
        "k8s/statefulsets": [
            named(
                name,
                spec={"replicas": 3, "template": TEMPLATE},
                status={
                    "readyReplicas": 3,
                    "updatedReplicas": 2,
                    "currentReplicas": 3,
                    **revisions,
                },
            )
            for name, revisions in (
                ("queue", {"currentRevision": "queue-1", "updateRevision": "queue-2"}),
                ("store", {"currentRevision": "store-4", "updateRevision": "store-4"}),
            )
        ],
        "k8s/daemonsets": [
            named(name, status={"desiredNumberScheduled": 3, **counts})
            for name, counts in (
                ("late", {"updatedNumberScheduled": 2}),
                ("done", {"updatedNumberScheduled": 3, "numberAvailable": 3}),
            )
        ],
        "k8s/replicasets": [replica_set("api-6d4f", "api", 42, 4, "shop/api:2")],
        "k8s/configmaps": [named("limits", data={"a": "1"})],
        "k8s/nodes": [node("node-1")],
        "k8s/nodemetrics": [
            {"metadata": {"name": "node-1"}, "usage": {"cpu": "250000000n", "memory": "4194304Ki"}}
        ],
        "k8s/rules": [{"users": ["alice"], "verbs": ["get"], "resources": ["pods"]}],
        "git/shop-config": [{"hash": "7c1f0de4", "author": "Kim", "at": NOW, "files": []}],
    },
    lines=[log(31, "leaving", "killed"), log(30, "probed", "GET /orders 200 3ms")],
)
"""The same namespace on a worse day: nothing is finished, and little of it runs."""
