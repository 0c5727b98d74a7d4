"""What people look at with kubectl beside plain tables: selectors, paths, contexts, places."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from documents_fake import ALICE, WORLD

from simulator.shell.prompt import run

LOOKS = [
    (
        "kubectl version",
        ("Client Version: v1.31.4\nKustomize Version: v5.4.2\nServer Version: v1.31.4\n"),
    ),
    ("kubectl config current-context", "prod\n"),
    (
        "kubectl config get-contexts",
        (
            "CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n"
            "*         prod   prod      alice      prod\n"
        ),
    ),
    ("kubectl cluster-info", "Kubernetes control plane is running at https://prod\n"),
    ("kubectl auth whoami", ("ATTRIBUTE   VALUE\nUsername    alice\n")),
    ("kubectl auth can-i delete pods", "yes\n"),
    (
        "kubectl api-resources | head -2",
        (
            "NAME                       SHORTNAMES   APIVERSION                     NAMESPACED   KIND\n"
            "pods                       po           v1                             true         Pod\n"
        ),
    ),
    ("kubectl help | head -1", "kubectl controls the Kubernetes cluster manager.\n"),
    ("kubectl port-forward pod/api-6d4f-aaaaa 8080:80", "Forwarding from 127.0.0.1:8080 -> 80\n"),
    ("kubectl wait --for=condition=Ready pod/api-6d4f-aaaaa", "pod/api-6d4f-aaaaa condition met\n"),
    (
        "kubectl top pod --containers",
        (
            "POD              NAME   CPU(cores)   MEMORY(bytes)\n"
            "api-6d4f-aaaaa   api    60m          420Mi\n"
        ),
    ),
    (
        "kubectl top pod -A",
        (
            "NAMESPACE   NAME             CPU(cores)   MEMORY(bytes)\n"
            "prod        api-6d4f-aaaaa   60m          420Mi\n"
        ),
    ),
    (
        "kubectl top pods --sort-by=memory",
        ("NAME             CPU(cores)   MEMORY(bytes)\napi-6d4f-aaaaa   60m          420Mi\n"),
    ),
    (
        "kubectl rollout status deploy",
        'Waiting for deployment "api" rollout to finish: 3 of 4 updated replicas are available...\n',
    ),
    (
        "kubectl rollout history deploy/api",
        ("deployment.apps/api \nREVISION  CHANGE-CAUSE\n41        <none>\n42        <none>\n\n"),
    ),
    (
        "kubectl get all -l app=worker",
        (
            "NAME                    READY   STATUS    RESTARTS   AGE\n"
            "pod/worker-5c5c-eeeee   1/1     Running   0          21h\n"
            "\n"
            "NAME                     READY   UP-TO-DATE   AVAILABLE   AGE\n"
            "deployment.apps/worker   1/1     1            1           90d\n"
        ),
    ),
    ("kubectl get pods nope --ignore-not-found", ""),
    ("kubectl get pods -n none --ignore-not-found", ""),
    (
        "kubectl get pods -L app --no-headers",
        (
            "api-6d4f-aaaaa      1/1   Running            0             21h   api\n"
            "api-6d4f-bbbbb      1/1   Running            0             21h   api\n"
            "api-6d4f-ccccc      1/1   Running            0             21h   api\n"
            "api-6d4f-ddddd      0/1   CrashLoopBackOff   5 (30s ago)   21h   api\n"
            "worker-5c5c-eeeee   1/1   Running            0             21h   worker\n"
        ),
    ),
    (
        "kubectl get pods worker-5c5c-eeeee --show-labels",
        (
            "NAME                READY   STATUS    RESTARTS   AGE   LABELS\n"
            "worker-5c5c-eeeee   1/1     Running   0          21h   app=worker,tier=backend\n"
        ),
    ),
    (
        "kubectl get pods,deploy -l app=worker",
        (
            "NAME                    READY   STATUS    RESTARTS   AGE\n"
            "pod/worker-5c5c-eeeee   1/1     Running   0          21h\n"
            "\n"
            "NAME                     READY   UP-TO-DATE   AVAILABLE   AGE\n"
            "deployment.apps/worker   1/1     1            1           90d\n"
        ),
    ),
    ("kubectl get pods -l 'app notin (api)' -o name", "pod/worker-5c5c-eeeee\n"),
    ("kubectl get pods -l app!=api -o name", "pod/worker-5c5c-eeeee\n"),
    ("kubectl get pods -l '!app' -o name", ""),
    ("kubectl get pods -l app,tier==backend -o name | wc -l", "5\n"),
    ("kubectl get pods -o jsonpath='{.items[0:2].metadata.name}'", "api-6d4f-aaaaa api-6d4f-bbbbb"),
    ("kubectl get pods -o jsonpath='{.items[-1].metadata.name}'", "worker-5c5c-eeeee"),
    (
        "kubectl get pods -o jsonpath='{..podIP}'",
        "10.20.1.7 10.20.1.7 10.20.1.7 10.20.1.7 10.20.1.7",
    ),
    (
        "kubectl get pods -o jsonpath='{.items[0].metadata.labels}'",
        '{"app":"api","tier":"backend"}',
    ),
    ("kubectl get pods -o jsonpath='{.items[3].status.containerStatuses[*].ready}'", "false"),
    (
        "kubectl get pods -o jsonpath='{.items[0].metadata.*}'",
        'api-6d4f-aaaaa prod {"app":"api","tier":"backend"} 2026-03-11T17:10:00Z [{"kind":"ReplicaSet","name":"api-6d4f"}]',
    ),
    ("kubectl get pods -o jsonpath='{.items[0].metadata[\"name\"]}'", "api-6d4f-aaaaa"),
    ("kubectl get pods -o jsonpath='{.items[0].spec.nope}{.items[0].metadata.labels[0]}'", ""),
    (
        'kubectl get pod api-6d4f-ddddd -o jsonpath="{.status.containerStatuses[?(@.restartCount>=5)].name}"',
        "api",
    ),
    (
        'kubectl get pod api-6d4f-ddddd -o jsonpath="{.status.containerStatuses[?(@.restartCount<5)].name}"',
        "",
    ),
    (
        "kubectl get pod api-6d4f-ddddd -o jsonpath=\"{.status.containerStatuses[?(@.name!='web')].ready}\"",
        "false",
    ),
    (
        'kubectl get pod api-6d4f-ddddd -o jsonpath="{.status.containerStatuses[?(@.state)].ready}"',
        "false",
    ),
    ("kubectl get pod api-6d4f-ddddd -o jsonpath=\"{['metadata'].name}\"", "api-6d4f-ddddd"),
    (
        'kubectl get pod api-6d4f-ddddd -o jsonpath="pod {.metadata.name}\\n"',
        "pod api-6d4f-ddddd\n",
    ),
    ('kubectl get pod api-6d4f-ddddd -o jsonpath=".metadata.name"', "api-6d4f-ddddd"),
    ("kubectl get pods --sort-by=.metadata.name -o name | head -1", "pod/api-6d4f-aaaaa\n"),
    ("kubectl exec node/node-1 -- hostname", "node-1\n"),
    (
        "kubectl debug api-6d4f-aaaaa -it --image=busybox --target=api -- hostname",
        "api-6d4f-aaaaa\n",
    ),
    ("kubectl debug node/node-1 -it --image=busybox -- hostname", "node-1\n"),
    (
        "kubectl describe deploy api",
        (
            "Name:             api\n"
            "Namespace:        prod\n"
            "Labels:           app=api\n"
            "Annotations:      <none>\n"
            "Selector:         app=api\n"
            "Replicas:         4 desired | 4 updated | 4 total | 3 available | 1 unavailable\n"
            "StrategyType:     RollingUpdate\n"
            "Pod Template:\n"
            "  Containers:\n"
            "   api:\n"
            "     Image:          shop/api:2.14.0\n"
            "     Environment:\n"
            "       MODE:  live\n"
            "Conditions:\n"
            "  Type         Status  Reason\n"
            "  Progressing  True    NewReplicaSet\n"
            "OldReplicaSets:   <none>\n"
            "NewReplicaSet:    api-6d4f (4/4 replicas created)\n"
            "Events:  <none>\n"
        ),
    ),
    (
        "kubectl describe pod worker-5c5c-eeeee",
        (
            "Name:             worker-5c5c-eeeee\n"
            "Namespace:        prod\n"
            "Node:             node-1\n"
            "Start Time:       2026-03-11T17:10:00Z\n"
            "Labels:           app=worker\n"
            "                  tier=backend\n"
            "Status:           Running\n"
            "IP:               10.20.1.7\n"
            "Controlled By:    ReplicaSet/worker-6d4f\n"
            "Containers:\n"
            "  worker:\n"
            "    Image:          shop/worker:2.14.0\n"
            "    State:          Running\n"
            "      Started:      2026-03-11T17:10:00Z\n"
            "    Ready:          True\n"
            "    Restart Count:  0\n"
            "    Limits:\n"
            "      memory:  1Gi\n"
            "    Environment:\n"
            "      MODE:  live\n"
            "Conditions:\n"
            "  Type   Status\n"
            "  Ready  True\n"
            "Events:  <none>\n"
        ),
    ),
    (
        "kubectl describe nodes node-1",
        (
            "Name:             node-1\n"
            "Labels:           <none>\n"
            "Annotations:      <none>\n"
            "Unschedulable:    false\n"
            "Taints:           <none>\n"
            "Conditions:\n"
            "  Type   Status  Reason  Message\n"
            "  Ready  True\n"
            "Capacity:\n"
            "Allocatable:\n"
            "  cpu:  4\n"
            "  memory:  16Gi\n"
            "Non-terminated Pods:  (4 in total)\n"
            "  Namespace  Name               Memory Requests  Memory Limits  Age\n"
            "  prod       api-6d4f-aaaaa     0                1Gi            21h\n"
            "  prod       api-6d4f-ccccc     0                1Gi            21h\n"
            "  prod       api-6d4f-ddddd     0                1Gi            21h\n"
            "  prod       worker-5c5c-eeeee  0                1Gi            21h\n"
            "Events:  <none>\n"
        ),
    ),
    (
        "kubectl logs api-6d4f-aaaaa --timestamps --tail=1",
        "2026-03-12T14:09:30.000000000Z GET /orders 200 30ms\n",
    ),
    (
        "kubectl logs deploy/api --all-pods --tail=1",
        (
            "[pod/api-6d4f-aaaaa/api] GET /orders 200 30ms\n"
            "[pod/api-6d4f-ddddd/api] panicked at src/policy.rs:212: value required\n"
        ),
    ),
    (
        "kubectl logs api-6d4f-aaaaa --since-time=2026-03-12T14:09:00Z",
        ("GET /orders 200 60ms\nGET /orders 200 30ms\n"),
    ),
    (
        "kubectl get events -o wide",
        (
            "LAST SEEN   TYPE      REASON    OBJECT               SUBOBJECT   SOURCE    MESSAGE                                    FIRST SEEN   COUNT   NAME\n"
            "40s         Warning   Pulled    pod/api-6d4f-ddddd               kubelet   Container image already present            8m20s        1       api-6d4f-ddddd.40\n"
            "12s         Warning   BackOff   pod/api-6d4f-ddddd               kubelet   Back-off restarting failed container api   8m20s        24      api-6d4f-ddddd.12\n"
        ),
    ),
]
ACTS = [
    (
        "kubectl rollout undo deploy/api --to-revision=42",
        "deployment.apps/api skipped rollback (current template already matches revision 42)\n",
        "rollout undo",
        "deployment/api",
    ),
    (
        "kubectl rollout pause deploy/api",
        "deployment.apps/api paused\n",
        "rollout pause",
        "deployment/api",
    ),
    (
        "kubectl rollout resume deploy/api",
        "deployment.apps/api resumed\n",
        "rollout resume",
        "deployment/api",
    ),
    (
        "kubectl rollout restart deploy",
        ("deployment.apps/api restarted\ndeployment.apps/worker restarted\n"),
        "rollout restart",
        "deployments",
    ),
    (
        "kubectl set image deploy/api api=shop/api:3",
        "deployment.apps/api image updated\n",
        "set image",
        "deployment/api",
    ),
    (
        "kubectl label pod api-6d4f-aaaaa x=1",
        "pod/api-6d4f-aaaaa labeled\n",
        "label",
        "pod/api-6d4f-aaaaa",
    ),
    (
        "kubectl annotate pod api-6d4f-aaaaa x=1",
        "pod/api-6d4f-aaaaa annotated\n",
        "annotate",
        "pod/api-6d4f-aaaaa",
    ),
    ("kubectl taint node node-1 k=v:NoSchedule", "node/node-1 tainted\n", "taint", "node/node-1"),
    (
        "kubectl delete pod api-6d4f-aaaaa --force --grace-period=0",
        'pod "api-6d4f-aaaaa" force deleted\n',
        "delete",
        "pod/api-6d4f-aaaaa",
    ),
    (
        "kubectl delete pods --all",
        (
            'pod "api-6d4f-aaaaa" deleted\n'
            'pod "api-6d4f-bbbbb" deleted\n'
            'pod "api-6d4f-ccccc" deleted\n'
            'pod "api-6d4f-ddddd" deleted\n'
            'pod "worker-5c5c-eeeee" deleted\n'
        ),
        "delete",
        "pods",
    ),
    ("kubectl uncordon node-1", "node/node-1 already uncordoned\n", "uncordon", "node/node-1"),
    (
        "kubectl drain node-2",
        (
            "node/node-2 cordoned\n"
            "evicting pod prod/api-6d4f-bbbbb\n"
            "pod/api-6d4f-bbbbb evicted\n"
            "node/node-2 drained\n"
        ),
        "drain",
        "node/node-2",
    ),
    (
        "kubectl autoscale deploy api --max=5",
        "deployment.apps/api autoscaled\n",
        "autoscale",
        "deployment/api",
    ),
    ("kubectl run x --image=y", "pod/x created\n", "run", "pod/x"),
]


@pytest.mark.parametrize(("line", "out"), LOOKS)
def test_a_look_prints_what_the_cluster_holds(line, out):
    """Nothing on standard error, nothing asked of the world."""
    reply = run(line, WORLD, ALICE)

    assert (reply.out, reply.err, reply.status, reply.acts) == (out, "", 0, ())


@pytest.mark.parametrize(("line", "out", "verb", "target"), ACTS)
def test_a_change_is_answered_and_asked_for(line, out, verb, target):
    """The server's words at once, one act for the world to decide."""
    reply = run(line, WORLD, ALICE)

    assert (reply.out, [(act.verb, act.target) for act in reply.acts]) == (
        out,
        [(verb, target)],
    )
