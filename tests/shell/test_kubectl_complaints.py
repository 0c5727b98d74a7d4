"""What kubectl says instead of an answer, word for word."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from documents_fake import ALICE, WORLD

from simulator.shell.prompt import run

COMPLAINTS = [
    (
        "kubectl auth can-i delete",
        1,
        "error: you must specify two arguments: verb resource or verb resource/name\n",
    ),
    (
        "kubectl port-forward pod/api-6d4f-aaaaa",
        1,
        "error: TYPE/NAME and list of ports are required for port-forward\n",
    ),
    (
        "kubectl wait --for=condition=Ready pod/api-6d4f-ddddd --timeout=5s",
        1,
        "error: timed out waiting for the condition on pods/api-6d4f-ddddd\n",
    ),
    ("kubectl wait pod/api-6d4f-ddddd", 1, "error: --for must be specified\n"),
    (
        "kubectl top",
        1,
        'error: unknown command for "kubectl top": use "kubectl top node" or "kubectl top pod"\n',
    ),
    (
        "kubectl top pod api-6d4f-bbbbb",
        1,
        "error: Metrics not available for pod prod/api-6d4f-bbbbb, age: 21h\n",
    ),
    ("kubectl top pods --sort-by=name", 1, "error: --sort-by accepts only cpu or memory\n"),
    ("kubectl rollout status", 1, "error: required resource not specified\n"),
    (
        "kubectl rollout status pod/api-6d4f-aaaaa",
        1,
        "error: no status viewer has been implemented for Pod\n",
    ),
    (
        "kubectl rollout history deploy/api --revision=9",
        1,
        "error: unable to find the specified revision 9\n",
    ),
    (
        "kubectl rollout history deploy/api --revision=x",
        1,
        'error: invalid argument "x" for "--revision" flag\n',
    ),
    (
        "kubectl rollout undo deploy/worker",
        1,
        'error: no rollout history found for deployment "worker"\n',
    ),
    (
        "kubectl rollout undo deploy/api --to-revision=x",
        1,
        'error: invalid argument "x" for "--to-revision" flag\n',
    ),
    ("kubectl rollout undo", 1, "error: required resource not specified\n"),
    (
        "kubectl scale deploy api --replicas=3 --current-replicas=9",
        1,
        "error: Expected replicas to be 9, was 4\n",
    ),
    (
        "kubectl scale cm/shop-limits --replicas=3",
        1,
        "Error from server (NotFound): the server could not find the requested resource\n",
    ),
    (
        "kubectl set env deploy/api",
        1,
        "error: at least one environment variable must be provided\n",
    ),
    (
        "kubectl set env deploy/api 9=1",
        1,
        "error: environment variables must be of the form key=value, got 9=1\n",
    ),
    ("kubectl set image deploy/api", 1, "error: at least one image update is required\n"),
    (
        "kubectl set resources deploy/api",
        1,
        "error: you must specify an update to requests or limits (in the form of --requests/--limits)\n",
    ),
    (
        "kubectl set resources deploy/api --limits=memory=lots",
        1,
        "error: unable to parse quantity's suffix or name: memory=lots\n",
    ),
    ("kubectl patch deploy api", 1, "error: must specify -p to patch\n"),
    (
        "kubectl patch deploy api -p '{}' --type=odd",
        1,
        "error: --type must be one of [json merge strategic], not 'odd'\n",
    ),
    (
        "kubectl patch deploy api -p nonsense",
        1,
        "error: unable to parse the patch: error converting YAML to JSON\n",
    ),
    (
        "kubectl delete pod api-6d4f-aaaaa --grace-period=x",
        1,
        'error: invalid argument "x" for "--grace-period" flag\n',
    ),
    ("kubectl delete pod", 1, "error: resource(s) were provided, but no name was specified\n"),
    ("kubectl delete pods -l app=none", 0, "No resources found\n"),
    ("kubectl delete -f x.yaml", 1, 'error: the path "x.yaml" does not exist\n'),
    (
        "kubectl get",
        1,
        (
            'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n'
            "\n"
            "error: Required resource not specified.\n"
        ),
    ),
    ("kubectl get -f x", 1, 'error: the path "x" does not exist\n'),
    ("kubectl get pods -n other", 0, "No resources found in other namespace.\n"),
    ("kubectl get secrets -A", 0, "No resources found\n"),
    (
        "kubectl get pods api-6d4f-aaaaa -A",
        1,
        "error: a resource cannot be retrieved by name across all namespaces\n",
    ),
    (
        "kubectl get pods -o odd",
        1,
        'error: unable to match a printer suitable for the output format "odd", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml\n',
    ),
    ("kubectl get pods -o jsonpath", 1, "error: template format specified but no template given\n"),
    (
        "kubectl get pods -o custom-columns",
        1,
        "error: custom-columns format specified but no custom columns given\n",
    ),
    (
        "kubectl get pods -o custom-columns=A",
        1,
        "error: unexpected custom-columns spec: A, expected <header>:<json-path-expr>\n",
    ),
    ("kubectl get pods -l 'a b'", 1, 'error: unable to parse requirement: found "a b"\n'),
    (
        "kubectl get pods --field-selector status.phase!=Running",
        0,
        "No resources found in prod namespace.\n",
    ),
    (
        "kubectl get pods --field-selector bad",
        1,
        'error: invalid selector: "bad"; can\'t understand "bad"\n',
    ),
    (
        'kubectl get pod api-6d4f-ddddd -o jsonpath="{.metadata.name"',
        1,
        "error: error parsing jsonpath {.metadata.name, unclosed action\n",
    ),
    (
        'kubectl get pod api-6d4f-ddddd -o jsonpath="{.items[*}"',
        1,
        "error: error parsing jsonpath .items[*, unrecognized character in action\n",
    ),
    (
        "kubectl exec",
        1,
        (
            "error: pod, type/name or --filename must be specified\n"
            "See 'kubectl exec -h' for help and examples\n"
        ),
    ),
    (
        "kubectl exec api-6d4f-aaaaa",
        1,
        "error: you must specify at least one command for the container\n",
    ),
    (
        "kubectl exec api-6d4f-aaaaa env",
        1,
        (
            "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\n"
            "See 'kubectl exec -h' for help and examples\n"
        ),
    ),
    (
        "kubectl exec api-6d4f-aaaaa -c nope -- env",
        1,
        "error: container nope is not valid for pod api-6d4f-aaaaa out of: api\n",
    ),
    ("kubectl exec api-6d4f-aaaaa -- false", 1, "command terminated with exit code 1\n"),
    (
        "kubectl exec cm/shop-limits -- env",
        1,
        "error: timed out waiting for a pod of configmap/shop-limits\n",
    ),
    (
        "kubectl debug api-6d4f-ddddd -it --image=busybox --target=api -- ls",
        1,
        'error: container "api" in pod "api-6d4f-ddddd" is not running: its processes cannot be targeted\n',
    ),
    (
        "kubectl run",
        1,
        ("error: NAME is required for run\nSee 'kubectl run -h' for help and examples\n"),
    ),
    ("kubectl run x", 1, 'error: required flag(s) "image" not set\n'),
    (
        "kubectl run x --image=y --rm",
        1,
        "error: --rm should only be used for attached containers\n",
    ),
    ("kubectl apply", 1, "error: must specify one of -f and -k\n"),
    ("kubectl apply -f -", 1, "error: no objects passed to apply\n"),
    (
        "kubectl replace -f - <<< 'nonsense'",
        1,
        'error: error validating "STDIN": error validating data: kind not set\n',
    ),
    (
        "kubectl describe",
        1,
        'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
    ),
    ("kubectl describe pods -l app=none", 0, "No resources found in prod namespace.\n"),
    ("kubectl describe pod zz", 1, 'Error from server (NotFound): pods "zz" not found\n'),
    (
        "kubectl logs",
        1,
        (
            "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
            "POD or TYPE/NAME is a required argument for the logs command\n"
            "See 'kubectl logs -h' for help and examples\n"
        ),
    ),
    ("kubectl logs nope", 1, 'Error from server (NotFound): pods "nope" not found\n'),
    (
        "kubectl logs deploy/nope",
        1,
        'Error from server (NotFound): deployments.apps "nope" not found\n',
    ),
    (
        "kubectl logs api-6d4f-aaaaa -c nope",
        1,
        "error: container nope is not valid for pod api-6d4f-aaaaa out of: api\n",
    ),
    (
        "kubectl logs api-6d4f-aaaaa --tail=x",
        1,
        'error: invalid argument "x" for "--tail" flag: strconv.ParseInt: parsing "x": invalid syntax\n',
    ),
    (
        "kubectl logs api-6d4f-aaaaa --since=x",
        1,
        'error: invalid argument "x" for "--since" flag: time: invalid duration "x"\n',
    ),
    ("kubectl logs -l app=none", 0, "No resources found in prod namespace.\n"),
]
NOT_PLAYED = [
    "kubectl create deployment x --image=y",
    "kubectl edit deploy api",
    "kubectl get pods -o go-template='{{.}}'",
    "kubectl exec -it api-6d4f-aaaaa -- sh",
    "kubectl config view",
    "kubectl apply -f - <<< '{'",
]


@pytest.mark.parametrize(("line", "status", "err"), COMPLAINTS)
def test_a_complaint_is_kubectls_own(line, status, err):
    """On standard error, with its status, and without an act."""
    reply = run(line, WORLD, ALICE)

    assert (reply.status, reply.err, reply.acts) == (status, err, ())


@pytest.mark.parametrize("line", NOT_PLAYED)
def test_a_far_corner_is_not_simulated(line):
    """Said so, with what works instead."""
    reply = run(line, WORLD, ALICE)

    assert (reply.way, len(reply.nearest), reply.out) == ("not_simulated", 3, "")
