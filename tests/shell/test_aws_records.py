"""`aws cloudwatch`, `kms`, `cloudtrail`, `sqs`, `s3`, `events`: figures, keys and trails."""

import json

import pytest
from cloud_papers import aws


def test_replica_lag_from_cloudwatch():
    """Look 8: the exporter's series, by dimension, a minute a point."""
    reply = aws(
        "cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name ReplicaLag"
        " --dimensions Name=DBInstanceIdentifier,Value=fraiseql-db-b --statistics Maximum"
        " --start-time 2026-03-13T10:05:00Z --end-time 2026-03-13T10:09:00Z --period 60"
        " --query Datapoints[].Maximum --output text"
    )

    assert reply.out == "4.0\t64.0\t124.0\t184.0\n"
    assert reply.reads == ("metric/aws_rds_replica_lag_maximum",)


def test_targets_keys_trails_and_queues():
    """Looks 16, 17, 18 of drill 1 and the queue's depth; an alias finds its key."""
    health = aws("elbv2 describe-target-health --target-group-arn ...fq-api/DRILL").out
    key = aws(
        "kms describe-key --key-id alias/fraiseql-data"
        " --query KeyMetadata.[KeyId,KeyState,DeletionDate] --output text"
    ).out
    trail = aws(
        "cloudtrail lookup-events --lookup-attributes"
        " AttributeKey=EventName,AttributeValue=ScheduleKeyDeletion --query Events[].Username"
        " --output text"
    ).out
    depth = aws(
        "sqs get-queue-attributes --queue-url https://sqs/0/ingest --attribute-names All"
        " --query Attributes.ApproximateNumberOfMessages --output text"
    ).out

    assert json.loads(health)["TargetHealthDescriptions"][0]["TargetHealth"] == {
        "State": "draining"
    }
    assert (key, trail, depth) == (
        "DRILL-77\tPendingDeletion\t2026-04-11\n",
        "ops-key-janitor\n",
        "31\n",
    )


def test_nothing_there_is_plausibly_normal():
    """An empty list, not an error."""
    reply = aws("elasticache describe-events --duration 1440")

    assert (json.loads(reply.out), reply.way) == ({"Events": []}, "normal")


def test_buckets_are_listed_plainly():
    """`s3 ls` has its own form."""
    assert aws("s3 ls").out == "2026-03-13 09:00:00 fq-evidence-drill\n"
    assert "(NoSuchBucket)" in aws("s3 ls s3://nope").err


@pytest.mark.parametrize(
    ("line", "verb", "target", "option"),
    [
        (
            "events disable-rule --name ops-key-janitor --region eu-central-1",
            "events disable-rule",
            "ops-key-janitor",
            None,
        ),
        ("kms cancel-key-deletion --key-id DRILL-77", "kms cancel-key-deletion", "DRILL-77", None),
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
        ("kms enable-key --key-id DRILL-77", "(KMSInvalidStateException)"),
        ("kms cancel-key-deletion --key-id alias/fraiseql-data", "Invalid keyId"),
    ],
)
def test_the_service_refuses_in_its_words(line, words):
    """Status 254, nothing printed, no act."""
    reply = aws(line)

    assert words in reply.err
    assert (reply.way, reply.status, reply.acts, reply.out) == ("refused", 254, (), "")
