"""kubectl over a cluster where rollouts hang, pods end and containers wait."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from cluster_fake import ALICE, UNWELL
from tellings import told

from simulator.shell.prompt import request_of, run

TOLD = [
    (
        "kubectl get pods",
        (
            "NAME      READY   STATUS              RESTARTS      AGE\n"
            "agent-x   0/1     Running             0             8y\n"
            "crashed   0/1     CrashLoopBackOff    5 (30s ago)   4h\n"
            "done      0/1     Completed           0             4h\n"
            "leaving   0/1     Terminating         0             3y105d\n"
            "probed    1/1     Running             0             21h\n"
            "silent    0/1     Running             0             4h\n"
            "waits     0/1     ContainerCreating   0             4h\n"
        ),
        "",
        0,
    ),
    (
        "kubectl get rs,cm",
        (
            "NAME                       DESIRED   CURRENT   READY   AGE\n"
            "replicaset.apps/api-6d4f   4         4         4       21h\n"
            "\n"
            "NAME               DATA   AGE\n"
            "configmap/limits   1      3d\n"
        ),
        "",
        0,
    ),
    (
        "kubectl describe pod probed",
        (
            "Name:             probed\n"
            "Namespace:        prod\n"
            "Node:             node-1\n"
            "Start Time:       2026-03-11T17:10:00Z\n"
            "Labels:           app=probed\n"
            "                  tier=backend\n"
            "Status:           Running\n"
            "IP:               10.20.1.7\n"
            "Controlled By:    ReplicaSet/probed-6d4f\n"
            "Containers:\n"
            "  probed:\n"
            "    Image:          shop/probed:1\n"
            "    Ports:          80/TCP, 81/TCP\n"
            "    Host Ports:     0/TCP, 0/TCP\n"
            "    State:          Running\n"
            "      Started:      2026-03-11T17:10:00Z\n"
            "    Ready:          True\n"
            "    Restart Count:  0\n"
            "    Liveness:       exec [cat /tmp/ok] delay=0s timeout=2s period=10s #success=1 #failure=3\n"
            "    Readiness:      tcp-socket :80 delay=5s timeout=1s period=10s #success=1 #failure=3\n"
            "    Environment:    <none>\n"
            "Conditions:\n"
            "  Type   Status\n"
            "  Ready  True\n"
            "Events:  <none>\n"
        ),
        "",
        0,
    ),
    (
        "kubectl describe pod silent",
        (
            "Name:             silent\n"
            "Namespace:        prod\n"
            "Node:             node-1\n"
            "Start Time:       <none>\n"
            "Labels:           app=bare\n"
            "                  tier=backend\n"
            "Status:           Running\n"
            "IP:\n"
            "Controlled By:    ReplicaSet/bare-6d4f\n"
            "Containers:\n"
            "  bare:\n"
            "    Image:          shop/bare:1\n"
            "    State:          Unknown\n"
            "    Ready:          False\n"
            "    Restart Count:  0\n"
            "    Environment:    <none>\n"
            "Conditions:\n"
            "  Type  Status\n"
            "Events:  <none>\n"
        ),
        "",
        0,
    ),
    (
        "kubectl get pod probed -o yaml | grep -A30 spec: | head -32",
        (
            "spec:\n"
            "  containers:\n"
            "  - image: shop/probed:1\n"
            "    livenessProbe:\n"
            "      exec:\n"
            "        command:\n"
            "        - cat\n"
            "        - /tmp/ok\n"
            "      timeoutSeconds: 2\n"
            "    name: probed\n"
            "    ports:\n"
            "    - containerPort: 80\n"
            "    - containerPort: 81\n"
            "    readinessProbe:\n"
            "      initialDelaySeconds: 5\n"
            "      tcpSocket:\n"
            "        port: 80\n"
            "  hostNetwork: false\n"
            "  nodeName: node-1\n"
            "  nodeSelector: {}\n"
            "  priority: null\n"
            "  tolerations: []\n"
            "status:\n"
            "  conditions:\n"
            '  - status: "True"\n'
            "    type: Ready\n"
            "  containerStatuses:\n"
            "  - image: shop/probed:2.14.0\n"
            "    name: probed\n"
            "    ready: true\n"
            "    restartCount: 0\n"
        ),
        "",
        0,
    ),
    (
        "kubectl rollout restart deploy/frozen",
        "",
        'error: deployments.apps "frozen" can\'t restart paused deployment (run rollout resume first)\n',
        1,
    ),
    (
        "kubectl rollout status deploy/late",
        "",
        'error: deployment "late" exceeded its progress deadline\n',
        1,
    ),
    (
        "kubectl rollout status deploy/unseen",
        "Waiting for deployment spec update to be observed...\n",
        "",
        0,
    ),
    (
        "kubectl rollout status deploy/ending",
        'Waiting for deployment "ending" rollout to finish: 1 old replicas are pending termination...\n',
        "",
        0,
    ),
    (
        "kubectl rollout status ds -n other",
        "",
        "No resources found in other namespace.\n",
        1,
    ),
    (
        "kubectl rollout undo sts/queue",
        "statefulset.apps/queue rolled back\n",
        "",
        0,
    ),
    (
        "kubectl drain node-1",
        "",
        (
            'error: unable to drain node "node-1" due to error: cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): prod/agent-x, continuing command...\n'
            "There are pending nodes to be drained:\n"
            " node-1\n"
            "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): prod/agent-x\n"
        ),
        1,
    ),
    (
        "kubectl drain node-1 --ignore-daemonsets",
        (
            "node/node-1 cordoned\n"
            "evicting pod prod/crashed\n"
            "evicting pod prod/done\n"
            "evicting pod prod/leaving\n"
            "evicting pod prod/probed\n"
            "evicting pod prod/silent\n"
            "evicting pod prod/waits\n"
            "pod/crashed evicted\n"
            "pod/done evicted\n"
            "pod/leaving evicted\n"
            "pod/probed evicted\n"
            "pod/silent evicted\n"
            "pod/waits evicted\n"
            "node/node-1 drained\n"
        ),
        "",
        0,
    ),
    (
        "kubectl exec done -- ls",
        "",
        "error: cannot exec into a container in a completed pod; current phase is Succeeded\n",
        1,
    ),
    (
        "kubectl exec silent -- hostname",
        "silent\n",
        "",
        0,
    ),
    (
        "kubectl logs waits",
        "",
        'Error from server (BadRequest): container "bare" in pod "waits" is waiting to start: ContainerCreating\n',
        1,
    ),
    (
        "kubectl logs leaving",
        "killed\n",
        "",
        0,
    ),
    (
        "kubectl logs deploy/lonely",
        "",
        "error: timed out waiting for the condition\n",
        1,
    ),
    (
        "kubectl logs jobs/import",
        "",
        "error: timed out waiting for the condition\n",
        1,
    ),
    (
        "kubectl logs probed --since-time=noon",
        "",
        'error: parsing time "noon" as "2006-01-02T15:04:05Z07:00": cannot parse "noon" as "2006"\n',
        1,
    ),
    (
        "kubectl top nodes",
        (
            "NAME     CPU(cores)   CPU(%)   MEMORY(bytes)   MEMORY(%)\n"
            "node-1   250m         6%       4096Mi          25%\n"
        ),
        "",
        0,
    ),
    (
        "kubectl top nodes --no-headers",
        "node-1   250m   6%    4096Mi   25%\n",
        "",
        0,
    ),
    (
        "kubectl top pods -n other",
        "",
        "No resources found in other namespace.\n",
        0,
    ),
    (
        "kubectl auth can-i get pods",
        "yes\n",
        "",
        0,
    ),
    (
        "kubectl auth can-i delete pods",
        "no\n",
        "",
        1,
    ),
    (
        "kubectl describe deploy surging",
        (
            "Name:             surging\n"
            "Namespace:        prod\n"
            "Labels:           app=surging\n"
            "Annotations:      <none>\n"
            "Selector:         app=surging\n"
            "Replicas:         2 desired | 2 updated | 2 total | 2 available | 0 unavailable\n"
            "StrategyType:     RollingUpdate\n"
            "RollingUpdateStrategy:  25% max unavailable, 1 max surge\n"
            "Pod Template:\n"
            "  Containers:\n"
            "   agent:\n"
            "     Image:          shop/agent:3\n"
            "     Port:           9100/TCP\n"
            "     Host Port:      0/TCP\n"
            "     Limits:\n"
            "       memory:  1Gi\n"
            "     Requests:\n"
            "       cpu:  100m\n"
            "     Liveness:       http-get http://:9100/health delay=0s timeout=1s period=10s #success=1 #failure=3\n"
            "     Readiness:      tcp-socket :9100 delay=0s timeout=1s period=5s #success=1 #failure=3\n"
            "     Environment:\n"
            "       MODE:  live\n"
            "       TOKEN:  <set from elsewhere>\n"
            "Conditions:\n"
            "  Type         Status  Reason\n"
            "  Progressing  True    NewReplicaSet\n"
            "OldReplicaSets:   <none>\n"
            "NewReplicaSet:    <none>\n"
            "Events:  <none>\n"
        ),
        "",
        0,
    ),
    (
        "kubectl rollout status sts/queue",
        "waiting for statefulset rolling update to complete 2 pods at revision queue-2...\n",
        "",
        0,
    ),
    (
        "kubectl rollout status sts/store",
        "statefulset rolling update complete 3 pods at revision store-4...\n",
        "",
        0,
    ),
    (
        "kubectl rollout status ds/late",
        'Waiting for daemon set "late" rollout to finish: 2 out of 3 new pods have been updated...\n',
        "",
        0,
    ),
    (
        "kubectl rollout status ds/done",
        'daemon set "done" successfully rolled out\n',
        "",
        0,
    ),
    (
        "kubectl rollout status deploy/begun",
        'Waiting for deployment "begun" rollout to finish: 1 out of 2 new replicas have been updated...\n',
        "",
        0,
    ),
]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_what_is_unwell_is_told_as_kubectl_tells_it(line, out, err, status):
    """Both streams and the status."""
    assert told(line, UNWELL, ALICE) == (out, err, status)


@pytest.mark.parametrize(
    ("line", "acts"),
    [
        ("kubectl apply -f - <<< nonsense", []),
        ("kubectl apply -f - <<< '{\"kind\":'", []),
        ("kubectl set env deploy/api --list", []),
        ("kubectl exec probed -- git -C shop-config push", [("push", "shop-config")]),
    ],
)
def test_what_a_line_asks_for_is_read_without_the_cluster(line, acts):
    """Nothing for what cannot be read or only lists; what stands behind `exec` for itself."""
    assert [(act.verb, act.target) for act in request_of(line, ALICE)] == acts
    assert [(act.verb, act.target) for act in run(line, UNWELL, ALICE).acts] == acts
