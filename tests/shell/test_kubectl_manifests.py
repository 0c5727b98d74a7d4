"""kubectl over manifests and paths: what is applied, what is asked for by JSONPath, and refusals."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from cluster_fake import ALICE, UNWELL
from tellings import told

from simulator.shell.documents import Nothing
from simulator.shell.matching import matches
from simulator.shell.prompt import run
from simulator.shell.reply import Terminal

TOLD = [
    (
        "kubectl rollout nope",
        "",
        ("error: unknown command \"nope\"\nSee 'kubectl rollout -h' for help and examples\n"),
        1,
    ),
    (
        "kubectl get pods --namespace",
        "",
        ("error: flag needs an argument: --namespace\nSee 'kubectl get --help' for usage.\n"),
        1,
    ),
    (
        "kubectl label x=1",
        "",
        "error: required resource not specified\n",
        1,
    ),
    (
        "kubectl create -f - <<E\nkind: ConfigMap\nmetadata:\n  name: limits\nE",
        "",
        'Error from server (AlreadyExists): error when creating "STDIN": configmaps "limits" already exists\n',
        1,
    ),
    (
        'kubectl apply -f - <<< \'{"kind":"ConfigMap","metadata":{"name":"limits"}}\'',
        "configmap/limits configured\n",
        "",
        0,
    ),
    (
        "kubectl apply -f - <<< 'kind: ConfigMap'",
        "",
        "error: resource name may not be empty\n",
        1,
    ),
    (
        "kubectl apply -f - <<E\napiVersion: shop.test/v1\nkind: Shop\nmetadata:\n  name: one\nE",
        "",
        (
            'error: resource mapping not found for name: "one" namespace: "" from "STDIN": no matches for kind "Shop" in version "shop.test/v1"\n'
            "ensure CRDs are installed first\n"
        ),
        1,
    ),
    (
        "kubectl apply -f shop-config/nothing.yaml",
        "",
        'error: the path "shop-config/nothing.yaml" does not exist\n',
        1,
    ),
    (
        "kubectl get pod probed -o jsonpath='{.metadata.name.}{.spec.containers.[0].image}{.metadata.name[*]}{.metadata.name[0:1]}'",
        "probedshop/probed:1",
        "",
        0,
    ),
    (
        "kubectl get pods -o jsonpath='{range .items[*]}{.metadata.name} '",
        "agent-x crashed done leaving probed silent waits ",
        "",
        0,
    ),
    (
        "kubectl get pods -o jsonpath='{.kind}{end}'",
        "",
        (
            'error: error executing jsonpath "{.kind}{end}": Error executing template: not in range, nothing to end. Printing more information for debugging the template:\n'
            "\ttemplate was:\n"
            "\t\t{.kind}{end}\n"
        ),
        1,
    ),
    (
        "kubectl get pods -o jsonpath='{.items[-9].kind}{.items[9].kind}{.kind}'",
        "List",
        "",
        0,
    ),
]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_a_manifest_or_a_path_is_read_as_kubectl_reads_it(line, out, err, status):
    """Both streams and the status."""
    assert told(line, UNWELL, ALICE) == (out, err, status)


def test_an_authors_here_string_stands_for_a_manifest_that_says_the_same():
    """The words in their order are enough; a manifest of another object is another line."""
    asked = "kubectl apply -f - <<< 'kind: DestinationRule name: breaker outlierDetection'"
    written = (
        "kubectl apply -f - <<EOF\nkind: DestinationRule\nmetadata:\n  name: breaker\nspec:\n"
        "  trafficPolicy:\n    outlierDetection:\n      interval: 30s\nEOF"
    )
    terminal = Terminal(user="ana", variables={})
    other = written.replace("breaker", "other")

    assert [matches(asked, line, terminal) for line in (written, other)] == [True, False]


def test_rules_of_the_mesh_are_objects_like_any():
    """Where there is none of a kind, kubectl says so; it does not say that the kind is unknown."""
    terminal = Terminal(user="ana", variables={"KUBE_NAMESPACE": "prod"})
    reply = run("kubectl get destinationrules", Nothing(), terminal)

    assert reply.err == "No resources found in prod namespace.\n"
