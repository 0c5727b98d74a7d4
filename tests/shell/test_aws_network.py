"""`aws ec2`, `elbv2` and `route53`: who may reach whom, and what changes it."""

import json

import pytest
from cloud_papers import aws


def test_the_network_acl_of_a_subnet():
    """Look 17: a filter reaches into associations; entries come as they are."""
    reply = aws(
        "ec2 describe-network-acls --filters Name=association.subnet-id,Values=subnet-0DRILLdba"
        " --query NetworkAcls[0].Entries[].RuleNumber --output text"
    )

    assert reply.out == "100\n"
    assert json.loads(aws("ec2 describe-network-acls --filters Name=tag:Name,Values=db-*").out)[
        "NetworkAcls"
    ]


@pytest.mark.parametrize(
    ("line", "verb", "target", "option"),
    [
        (
            (
                "ec2 revoke-security-group-ingress --group-id sg-0DRILLdba --protocol tcp"
                " --port 5432"
                " --source-group sg-0DRILLapps"
            ),
            "ec2 revoke-security-group-ingress",
            "sg-0DRILLdba",
            ("source-group", "sg-0DRILLapps"),
        ),
        (
            (
                "route53 change-resource-record-sets --hosted-zone-id ZDRILL --change-batch"
                " file://db-to-b.json"
            ),
            "route53 change-resource-record-sets",
            "ZDRILL",
            ("change-batch", "file://db-to-b.json"),
        ),
        (
            (
                "ec2 create-network-acl-entry --network-acl-id acl-0DRILLdba --rule-number 120"
                " --protocol 6 --port-range From=5432,To=5432 --cidr-block 100.64.0.0/16"
                " --rule-action allow --ingress"
            ),
            "ec2 create-network-acl-entry",
            "acl-0DRILLdba",
            ("ingress", "true"),
        ),
    ],
)
def test_an_acting_line_becomes_an_act(line, verb, target, option):
    """The drills' actions, with their options and without the presentation flags."""
    reply = aws(line)
    (act,) = reply.acts

    assert (act.tool, act.verb, act.target, reply.status) == ("aws", verb, target, 0)
    assert option is None or option in act.options.items()
    assert "region" not in act.options


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            (
                "ec2 revoke-security-group-ingress --group-id sg-0DRILLdba --protocol tcp --port 22"
                " --source-group sg-0DRILLapps"
            ),
            "(InvalidPermission.NotFound)",
        ),
        (
            (
                "ec2 create-network-acl-entry --network-acl-id acl-0DRILLdba --rule-number 100"
                " --ingress"
            ),
            "The network acl entry identified by 100 already exists.",
        ),
    ],
)
def test_the_service_refuses_in_its_words(line, words):
    """Status 254, nothing printed, no act."""
    reply = aws(line)

    assert words in reply.err
    assert (reply.way, reply.status, reply.acts, reply.out) == ("refused", 254, (), "")
