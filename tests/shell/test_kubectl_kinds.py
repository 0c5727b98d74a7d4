"""Every kind of object in its own columns, at length, and as it is stored."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from cluster_fake import ALICE, CLUSTER

from simulator.shell.prompt import run

TOLD = [
    (
        "kubectl get nodes -o wide",
        (
            "NAME     STATUS                        ROLES    AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE       KERNEL-VERSION   CONTAINER-RUNTIME\n"
            "node-9   NotReady,SchedulingDisabled   worker   60d   v1.31.4   10.20.1.9     203.0.113.9   Bottlerocket   <unknown>        <unknown>\n"
        ),
    ),
    (
        "kubectl get sts -o wide",
        (
            "NAME    READY   AGE   CONTAINERS   IMAGES         SELECTOR\n"
            "queue   2/3     3d    agent        shop/agent:3   q=1\n"
        ),
    ),
    (
        "kubectl get ds",
        (
            "NAME    DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE\n"
            "agent   3         3         2       3            2           disk=ssd        3d\n"
        ),
    ),
    ("kubectl get secrets", ("NAME    TYPE     DATA   AGE\ntoken   Opaque   1      3d\n")),
    (
        "kubectl get hpa",
        (
            "NAME   REFERENCE        TARGETS                               MINPODS   MAXPODS   REPLICAS   AGE\n"
            "api    Deployment/api   cpu: 91%/60%, memory: <unknown>/80%   2         8         4          3d\n"
        ),
    ),
    (
        "kubectl get svc -o wide",
        (
            "NAME     TYPE           CLUSTER-IP    EXTERNAL-IP       PORT(S)         AGE   SELECTOR\n"
            "front    LoadBalancer   172.20.0.11   lb.test           443:31443/TCP   3d    app=front\n"
            "vendor   ExternalName   <none>        api.vendor.test   <none>          3d    <none>\n"
        ),
    ),
    (
        "kubectl get ep",
        (
            "NAME     ENDPOINTS                                                  AGE\n"
            "front    10.20.1.1:8080,10.20.1.2:8080,10.20.1.3:8080 + 2 more...   3d\n"
            "vendor   <none>                                                     3d\n"
        ),
    ),
    (
        "kubectl get jobs",
        (
            "NAME     STATUS     COMPLETIONS   DURATION   AGE\n"
            "backup   Running    0/1           5m         3d\n"
            "import   Failed     0/1                      3d\n"
            "rollup   Complete   1/1           90s        3d\n"
        ),
    ),
    (
        "kubectl get cronjobs",
        (
            "NAME      SCHEDULE    TIMEZONE   SUSPEND   ACTIVE   LAST SCHEDULE   AGE\n"
            "never     0 0 1 1 *   <none>     False     0        <none>          3d\n"
            "nightly   0 3 * * *   <none>     True      1        120m            3d\n"
        ),
    ),
    ("kubectl get ns", ("NAME   STATUS   AGE\nprod   Active   3d\n")),
    (
        "kubectl get ing",
        (
            "NAME   CLASS   HOSTS       ADDRESS       PORTS     AGE\n"
            "shop   alb     shop.test   203.0.113.7   80, 443   3d\n"
        ),
    ),
    (
        "kubectl get pdb",
        (
            "NAME   MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE\n"
            "api    3               N/A               1                     3d\n"
        ),
    ),
    ("kubectl get pvc", ("NAME   AGE\ndisk   3d\n")),
    (
        "kubectl describe node node-9",
        (
            "Name:             node-9\n"
            "Labels:           node-role.kubernetes.io/worker=\n"
            "Annotations:      <none>\n"
            "Unschedulable:    true\n"
            "Taints:           gone=:NoExecute\n"
            "Conditions:\n"
            "  Type   Status  Reason           Message\n"
            "  Ready  False   KubeletNotReady  PLEG\n"
            "Capacity:\n"
            "  cpu:  4\n"
            "  memory:  16Gi\n"
            "Allocatable:\n"
            "  cpu:  4\n"
            "  memory:  15Gi\n"
            "Non-terminated Pods:  (0 in total)\n"
            "  Namespace  Name  Memory Requests  Memory Limits  Age\n"
            "Events:  <none>\n"
        ),
    ),
    (
        "kubectl describe sts que",
        (
            "Name:             queue\n"
            "Namespace:        prod\n"
            "Labels:           <none>\n"
            "Annotations:      <none>\n"
            "spec:\n"
            "  replicas: 3\n"
            "  selector:\n"
            "    matchLabels:\n"
            '      q: "1"\n'
            "  template:\n"
            "    spec:\n"
            "      containers:\n"
            "      - env:\n"
            "        - name: MODE\n"
            "          value: live\n"
            "        - name: TOKEN\n"
            "          valueFrom:\n"
            "            secretKeyRef:\n"
            "              name: token\n"
            "        image: shop/agent:3\n"
            "        livenessProbe:\n"
            "          httpGet:\n"
            "            path: /health\n"
            "            port: 9100\n"
            "        name: agent\n"
            "        ports:\n"
            "        - containerPort: 9100\n"
            "        readinessProbe:\n"
            "          periodSeconds: 5\n"
            "          tcpSocket:\n"
            "            port: 9100\n"
            "        resources:\n"
            "          limits:\n"
            "            memory: 1Gi\n"
            "          requests:\n"
            "            cpu: 100m\n"
            "      nodeSelector:\n"
            "        disk: ssd\n"
            "status:\n"
            "  readyReplicas: 2\n"
            "Events:  <none>\n"
        ),
    ),
    (
        "kubectl describe hpa api",
        (
            "Name:             api\n"
            "Namespace:        prod\n"
            "Labels:           <none>\n"
            "Annotations:      <none>\n"
            "spec:\n"
            "  maxReplicas: 8\n"
            "  metrics:\n"
            "  - resource:\n"
            "      name: cpu\n"
            "      target:\n"
            "        averageUtilization: 60\n"
            "  - resource:\n"
            "      name: memory\n"
            "      target:\n"
            "        averageUtilization: 80\n"
            "  minReplicas: 2\n"
            "  scaleTargetRef:\n"
            "    kind: Deployment\n"
            "    name: api\n"
            "status:\n"
            "  currentMetrics:\n"
            "  - resource:\n"
            "      current:\n"
            "        averageUtilization: 91\n"
            "      name: cpu\n"
            "  currentReplicas: 4\n"
            "Events:  <none>\n"
        ),
    ),
    (
        "kubectl describe secrets",
        (
            "Name:             token\n"
            "Namespace:        prod\n"
            "Labels:           <none>\n"
            "Annotations:      <none>\n"
            "\n"
            "Type:  Opaque\n"
            "\n"
            "Data\n"
            "====\n"
            "key:  6 bytes\n"
            "Events:  <none>\n"
        ),
    ),
    (
        "kubectl get ds -o yaml",
        (
            "apiVersion: v1\n"
            "items:\n"
            "- apiVersion: apps/v1\n"
            "  kind: DaemonSet\n"
            "  metadata:\n"
            '    creationTimestamp: "2026-03-09T14:10:00Z"\n'
            "    name: agent\n"
            "    namespace: prod\n"
            "  spec:\n"
            "    template:\n"
            "      spec:\n"
            "        containers:\n"
            "        - env:\n"
            "          - name: MODE\n"
            "            value: live\n"
            "          - name: TOKEN\n"
            "            valueFrom:\n"
            "              secretKeyRef:\n"
            "                name: token\n"
            "          image: shop/agent:3\n"
            "          livenessProbe:\n"
            "            httpGet:\n"
            "              path: /health\n"
            "              port: 9100\n"
            "          name: agent\n"
            "          ports:\n"
            "          - containerPort: 9100\n"
            "          readinessProbe:\n"
            "            periodSeconds: 5\n"
            "            tcpSocket:\n"
            "              port: 9100\n"
            "          resources:\n"
            "            limits:\n"
            "              memory: 1Gi\n"
            "            requests:\n"
            "              cpu: 100m\n"
            "        nodeSelector:\n"
            "          disk: ssd\n"
            "  status:\n"
            "    currentNumberScheduled: 3\n"
            "    desiredNumberScheduled: 3\n"
            "    numberAvailable: 2\n"
            "    numberReady: 2\n"
            "    updatedNumberScheduled: 3\n"
            "kind: List\n"
            "metadata:\n"
            '  resourceVersion: ""\n'
        ),
    ),
    (
        "kubectl get svc vendor -o yaml",
        (
            "apiVersion: v1\n"
            "kind: Service\n"
            "metadata:\n"
            '  creationTimestamp: "2026-03-09T14:10:00Z"\n'
            "  name: vendor\n"
            "  namespace: prod\n"
            "spec:\n"
            "  externalName: api.vendor.test\n"
            "  type: ExternalName\n"
        ),
    ),
    (
        "kubectl get jobs backup -o json",
        (
            "{\n"
            '    "apiVersion": "batch/v1",\n'
            '    "kind": "Job",\n'
            '    "metadata": {\n'
            '        "creationTimestamp": "2026-03-09T14:10:00Z",\n'
            '        "name": "backup",\n'
            '        "namespace": "prod"\n'
            "    },\n"
            '    "status": {\n'
            '        "startTime": "2026-03-12T14:05:00Z"\n'
            "    }\n"
            "}\n"
        ),
    ),
    (
        "kubectl get all",
        (
            "NAME             TYPE           CLUSTER-IP    EXTERNAL-IP       PORT(S)         AGE\n"
            "service/front    LoadBalancer   172.20.0.11   lb.test           443:31443/TCP   3d\n"
            "service/vendor   ExternalName   <none>        api.vendor.test   <none>          3d\n"
            "\n"
            "NAME                   DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE\n"
            "daemonset.apps/agent   3         3         2       3            2           disk=ssd        3d\n"
            "\n"
            "NAME                     READY   AGE\n"
            "statefulset.apps/queue   2/3     3d\n"
            "\n"
            "NAME                                      REFERENCE        TARGETS                               MINPODS   MAXPODS   REPLICAS   AGE\n"
            "horizontalpodautoscaler.autoscaling/api   Deployment/api   cpu: 91%/60%, memory: <unknown>/80%   2         8         4          3d\n"
            "\n"
            "NAME                    SCHEDULE    TIMEZONE   SUSPEND   ACTIVE   LAST SCHEDULE   AGE\n"
            "cronjob.batch/never     0 0 1 1 *   <none>     False     0        <none>          3d\n"
            "cronjob.batch/nightly   0 3 * * *   <none>     True      1        120m            3d\n"
            "\n"
            "NAME               STATUS     COMPLETIONS   DURATION   AGE\n"
            "job.batch/backup   Running    0/1           5m         3d\n"
            "job.batch/import   Failed     0/1                      3d\n"
            "job.batch/rollup   Complete   1/1           90s        3d\n"
        ),
    ),
    (
        "kubectl top nodes",
        (
            "NAME     CPU(cores)   CPU(%)      MEMORY(bytes)   MEMORY(%)\n"
            "node-9   <unknown>    <unknown>   <unknown>       <unknown>\n"
        ),
    ),
    ("kubectl rollout status sts/queue", "Waiting for 1 pods to be ready...\n"),
    (
        "kubectl rollout status ds/agent",
        'Waiting for daemon set "agent" rollout to finish: 2 of 3 updated pods are available...\n',
    ),
]


@pytest.mark.parametrize(("line", "out"), TOLD)
def test_a_kind_is_told_as_kubectl_tells_it(line, out):
    """Columns, descriptions and stored forms, with what is unwell in plain sight."""
    assert run(line, CLUSTER, ALICE).out == out
