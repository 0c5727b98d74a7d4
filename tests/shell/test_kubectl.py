"""kubectl answers from documents as the real one answers from a cluster."""

import pytest
from documents_fake import ALICE, WORLD

from simulator.shell.prompt import run


def out(line):
    """What a line prints."""
    return run(line, WORLD, ALICE).out


def test_pods_by_label_show_their_crash_and_when():
    """The table a trainee reads first."""
    actual = out("kubectl -n prod get pods -l app=api")

    assert actual == (
        "NAME             READY   STATUS             RESTARTS      AGE\n"
        "api-6d4f-aaaaa   1/1     Running            0             21h\n"
        "api-6d4f-bbbbb   1/1     Running            0             21h\n"
        "api-6d4f-ccccc   1/1     Running            0             21h\n"
        "api-6d4f-ddddd   0/1     CrashLoopBackOff   5 (30s ago)   21h\n"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("k get po -o wide --no-headers | grep -vc Running", "1\n"),
        (
            "kubectl get pods -A --no-headers | awk '{print $4}' | sort | uniq -c | sort -rn",
            "      4 Running\n      1 CrashLoopBackOff\n",
        ),
        ("kubectl get pods -o name -l 'app in (worker)'", "pod/worker-5c5c-eeeee\n"),
        ("kubectl get po --field-selector spec.nodeName=node-2 -o name", "pod/api-6d4f-bbbbb\n"),
        ("kubectl get pod/api-6d4f-aaaaa -o jsonpath='{.status.podIP}'", "10.20.1.7"),
        (
            (
                'kubectl get pods -o jsonpath=\'{range .items[?(@.spec.nodeName=="node-2")]}'
                '{.metadata.name}{"\\n"}{end}\''
            ),
            "api-6d4f-bbbbb\n",
        ),
        (
            (
                "kubectl get pods -o json | jq -r '.items[]|select(.status.containerStatuses[0]."
                "restartCount>0).metadata.name'"
            ),
            "api-6d4f-ddddd\n",
        ),
        (
            "kubectl get deploy -o custom-columns=N:.metadata.name,R:.status.readyReplicas",
            "N        R\napi      3\nworker   1\n",
        ),
        (
            (
                "kubectl get pods --sort-by=.status.containerStatuses[0].restartCount "
                "-o name | tail -1"
            ),
            "pod/api-6d4f-ddddd\n",
        ),
        (
            "kubectl get nodes",
            (
                "NAME     STATUS   ROLES    AGE   VERSION\n"
                "node-1   Ready    <none>   60d   v1.31.4\n"
                "node-2   Ready    <none>   60d   v1.31.4\n"
            ),
        ),
        (
            "kubectl get events --sort-by=.lastTimestamp | tail -1",
            (
                "12s         Warning   BackOff   pod/api-6d4f-ddddd   "
                "Back-off restarting failed container api\n"
            ),
        ),
        (
            "kubectl get cm shop-limits -o yaml | grep -A2 limits.yaml",
            "  limits.yaml: |\n    bulk:\n      max_complexity:\n",
        ),
        (
            "kubectl get deploy api",
            (
                "NAME   READY   UP-TO-DATE   AVAILABLE   AGE\napi  "
                "  3/4     4            3           90d\n"
            ),
        ),
        ("kubectl top pods --no-headers", "api-6d4f-aaaaa   60m   420Mi\n"),
        (
            "kubectl describe pod api-6d4f-d | grep -E 'Exit Code|x24'",
            (
                "      Exit Code:    101\n"
                "  Warning  BackOff  12s (x24 over 8m20s)  kubelet  "
                "Back-off restarting failed container api\n"
            ),
        ),
        (
            "kubectl logs api-6d4f-ddddd --previous --tail=20",
            "panicked at src/policy.rs:212: value required\n",
        ),
        ("kubectl logs deploy/api --since=40s", "GET /orders 200 30ms\n"),
        (
            "kubectl logs -l app=api --tail=1 --prefix",
            (
                "[pod/api-6d4f-aaaaa/api] GET /orders 200 30ms\n"
                "[pod/api-6d4f-ddddd/api] panicked at src/policy.rs:212: value required\n"
            ),
        ),
        (
            "kubectl rollout status deployment/api --watch=false",
            (
                'Waiting for deployment "api" rollout to finish: '
                "3 of 4 updated replicas are available...\n"
            ),
        ),
        ("kubectl rollout status deploy worker", 'deployment "worker" successfully rolled out\n'),
        (
            "kubectl rollout history deploy/api --revision=41 | grep Image",
            "    Image:\tshop/api:2.13.4\n",
        ),
        ("kubectl set env deploy/api --list", "# deployments api, container api\nMODE=live\n"),
        (
            "for p in $(kubectl get po -o name | head -1); do kubectl logs $p --tail 1; done",
            "GET /orders 200 30ms\n",
        ),
    ],
)
def test_looks(line, expected):
    """The ways people look, with the filters they pipe into."""
    assert out(line) == expected


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("kubectl get pod nope", 'Error from server (NotFound): pods "nope" not found'),
        (
            "kubectl get deploy nope",
            'Error from server (NotFound): deployments.apps "nope" not found',
        ),
        ("kubectl get podz", 'error: the server doesn\'t have a resource type "podz"'),
        ("kubectl gett po", 'error: unknown command "gett" for "kubectl"'),
        ("kubectl get po --foo", "error: unknown flag: --foo"),
        ("kubectl get po -n", "error: flag needs an argument: 'n' in -n"),
        (
            "kubectl logs api-6d4f-aaaaa -p",
            (
                "Error from server (BadRequest): previous terminated "
                'container "api" in pod "api-6d4f-aaaaa" not found'
            ),
        ),
        (
            "kubectl exec api-6d4f-ddddd -- env",
            (
                "error: Internal error occurred: unable to upgrade "
                'connection: container not found ("api")'
            ),
        ),
        (
            "kubectl scale deploy/api",
            "error: The --replicas=COUNT flag is required, and COUNT must be >= 0",
        ),
        (
            "kubectl rollout undo deploy/api --to-revision=7",
            "error: unable to find specified revision 7 in history",
        ),
        ("kubectl set image deploy/api web=x:1", 'error: unable to find container named "web"'),
        ("kubectl apply -f nope.yaml", 'error: the path "nope.yaml" does not exist'),
        ("kubectl rollout restart cm/shop-limits", "error: configmaps restarting is not supported"),
    ],
)
def test_refusals_are_in_kubectls_words(line, complaint):
    """What does not exist, is misspelt, or makes no sense; no act is asked for."""
    reply = run(line, WORLD, ALICE)

    assert (reply.way, reply.err.splitlines()[0], reply.acts) == ("refused", complaint, ())


@pytest.mark.parametrize(
    ("line", "printed", "acts"),
    [
        (
            "kubectl rollout restart deployment/api",
            "deployment.apps/api restarted\n",
            [("rollout restart", "deployment/api", {"namespace": "prod"})],
        ),
        (
            "kubectl -n prod rollout undo deploy api",
            "deployment.apps/api rolled back\n",
            [("rollout undo", "deployment/api", {"namespace": "prod"})],
        ),
        (
            "kubectl scale --replicas 8 deploy/api",
            "deployment.apps/api scaled\n",
            [("scale", "deployment/api", {"namespace": "prod", "replicas": "8"})],
        ),
        (
            "kubectl delete pods -l app=worker --grace-period=5",
            'pod "worker-5c5c-eeeee" deleted\n',
            [
                (
                    "delete",
                    "pods",
                    {
                        "namespace": "prod",
                        "selector": "app=worker",
                        "grace-period": "5",
                        "matches": "pod/worker-5c5c-eeeee",
                    },
                )
            ],
        ),
        (
            "kubectl set env deploy/api A=1 B-",
            "deployment.apps/api env updated\n",
            [("set env", "deployment/api", {"namespace": "prod", "env": "A=1 B-"})],
        ),
        (
            "kubectl set resources deploy api --limits=memory=3Gi",
            "deployment.apps/api resource requirements updated\n",
            [("set resources", "deployment/api", {"namespace": "prod", "limits": "memory=3Gi"})],
        ),
        (
            "kubectl patch cm shop-limits --type merge -p '{\"data\":{}}'",
            "configmap/shop-limits patched\n",
            [
                (
                    "patch",
                    "configmap/shop-limits",
                    {"namespace": "prod", "type": "merge", "patch": '{"data":{}}'},
                )
            ],
        ),
        (
            "kubectl cordon node-1",
            "node/node-1 cordoned\n",
            [("cordon", "node/node-1", {"namespace": "prod"})],
        ),
        (
            "kubectl apply -f - <<E\nkind: ConfigMap\nmetadata:\n  name: new\nE\n",
            "configmap/new created\n",
            [
                (
                    "apply",
                    "configmap/new",
                    {"namespace": "prod", "manifest": "kind: ConfigMap\nmetadata:\n  name: new\n"},
                )
            ],
        ),
        (
            "kubectl apply -f shop-config/limits.yaml",
            "configmap/shop-limits configured\n",
            [
                (
                    "apply",
                    "shop-config/limits.yaml",
                    {"namespace": "prod", "matches": "configmap/shop-limits"},
                )
            ],
        ),
        (
            "kubectl scale deploy/api --replicas=8 --dry-run=server",
            "deployment.apps/api scaled (server dry run)\n",
            [],
        ),
    ],
)
def test_changes_become_acts(line, printed, acts):
    """What the server answers at once, and what is asked of the world."""
    reply = run(line, WORLD, ALICE)

    assert reply.out == printed
    assert [(act.verb, act.target, dict(act.options)) for act in reply.acts] == acts


def test_a_pod_sees_the_network_from_where_it_stands():
    """The laptop reaches the database, the pods do not."""
    probe = "pg_isready -h db.shop.internal -t 5"
    new_pod = f"kubectl run t --rm -it --image=postgres:16 --restart=Never -- {probe}"

    assert out(probe) == "db.shop.internal:5432 - accepting connections\n"
    assert out(f"kubectl exec -it deploy/api -- {probe}") == "db.shop.internal:5432 - no response\n"
    assert out(new_pod) == 'db.shop.internal:5432 - no response\npod "t" deleted\n'


def test_an_answer_names_the_documents_it_read():
    """Evidence is what was read."""
    assert run("kubectl describe deploy api", WORLD, ALICE).reads == (
        "k8s/deployments",
        "k8s/events",
        "k8s/replicasets",
    )
