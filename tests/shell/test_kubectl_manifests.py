"""kubectl over manifests and paths: what is applied, what is asked for by JSONPath, and refusals."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from cluster_fake import ALICE, UNWELL
from tellings import told

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
