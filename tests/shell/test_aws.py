"""The cloud's command line: the drills' looks and actions, its forms, its refusals."""

import json

import pytest
from cloud_fake import ALICE, NOW, Papers, at, typed
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.shell.aws import answer
from simulator.shell.documents import LogLine, Series


def entry(number, *, egress, low, high):
    """One line of a network ACL."""
    return {
        "RuleNumber": number,
        "Protocol": "6",
        "RuleAction": "allow",
        "Egress": egress,
        "CidrBlock": "100.64.0.0/16",
        "PortRange": {"From": low, "To": high},
    }


TABLES = {
    "aws/rds/db-instances": [
        {
            "DBInstanceIdentifier": "fraiseql-db-a",
            "DBInstanceStatus": "failed",
            "MultiAZ": False,
            "LatestRestorableTime": at("10:01:50"),
            "AllocatedStorage": 100,
        },
        {
            "DBInstanceIdentifier": "fraiseql-db-b",
            "DBInstanceStatus": "available",
            "MultiAZ": False,
            "AllocatedStorage": 100,
            "ReadReplicaSourceDBInstanceIdentifier": "fraiseql-db-a",
        },
        {
            "DBInstanceIdentifier": "fraiseql-db-c",
            "DBInstanceStatus": "storage-full",
            "MultiAZ": False,
            "AllocatedStorage": 100,
        },
    ],
    "aws/rds/events": [
        {
            "SourceIdentifier": "fraiseql-db-a",
            "SourceType": "db-instance",
            "Message": "The DB instance has failed.",
            "EventCategories": ["failure"],
            "Date": at("10:08:30"),
        },
        {
            "SourceIdentifier": "fraiseql-db-a",
            "SourceType": "db-instance",
            "Message": "old",
            "EventCategories": [],
            "Date": NOW - 86_400,
        },
    ],
    "aws/ec2/network-acls": [
        {
            "NetworkAclId": "acl-0DRILLdba",
            "Associations": [{"SubnetId": "subnet-0DRILLdba"}],
            "Entries": [entry(100, egress=False, low=5432, high=5432)],
            "Tags": [{"Key": "Name", "Value": "db-a"}],
        },
        {
            "NetworkAclId": "acl-0DRILLother",
            "Associations": [{"SubnetId": "subnet-0DRILLother"}],
            "Entries": [],
        },
    ],
    "aws/ec2/security-groups": [
        {
            "GroupId": "sg-0DRILLdba",
            "IpPermissions": [
                {
                    "IpProtocol": "tcp",
                    "FromPort": 5432,
                    "ToPort": 5432,
                    "UserIdGroupPairs": [{"GroupId": "sg-0DRILLapps"}],
                }
            ],
        }
    ],
    "aws/elbv2/target-health": [
        {
            "TargetGroupArn": "arn:aws:elasticloadbalancing:eu:0:targetgroup/fq-api/DRILL",
            "Target": {"Id": "100.64.1.7", "Port": 8080},
            "TargetHealth": {"State": "draining"},
        }
    ],
    "aws/kms/keys": [
        {"KeyId": "DRILL-77", "KeyState": "PendingDeletion", "DeletionDate": "2026-04-11"}
    ],
    "aws/kms/aliases": [{"AliasName": "alias/fraiseql-data", "TargetKeyId": "DRILL-77"}],
    "aws/cloudtrail/events": [
        {"EventName": "ScheduleKeyDeletion", "Username": "ops-key-janitor",
         "EventTime": at("09:57:10"), "Resources": [{"ResourceName": "DRILL-77"}]},
        {"EventName": "GetSecretValue", "Username": "external-secrets",
         "EventTime": at("09:00:00")},
    ],
    "aws/route53/hosted-zones": [{"Id": "/hostedzone/ZDRILL", "Name": "fraiseql.internal."}],
    "aws/sqs/queues": [
        {"QueueUrl": "https://sqs/0/ingest", "Attributes": {"ApproximateNumberOfMessages": 31}}
    ],
    "aws/elasticache/events": [],
    "aws/s3/buckets": [{"Name": "fq-evidence-drill", "CreationDate": at("09:00:00")}],
    "aws/events/rules": [{"Name": "ops-key-janitor", "State": "ENABLED"}],
}  # fmt: skip
LAG = Series(
    name="aws_rds_replica_lag_maximum",
    labels={"db": "fraiseql-db-b"},
    samples=[(at("10:05:00") + 60 * i, v) for i, v in enumerate([4, 64, 124, 184])],
)
LINES = [
    LogLine(
        at_ms=at("10:05:05") * 1000,
        fields={"service": "fraiseql-db-b"},
        text="LOG:  could not connect to the primary server",
    )
]
PAPERS = Papers(tables=TABLES, metrics=[LAG], lines=LINES)


def aws(line):
    """The reply to a line without quotes."""
    return answer(typed("aws", *line.split()), PAPERS, ALICE, None)


def test_the_primary_is_failed():
    """Look 5: four fields by a query, times as ISO."""
    reply = aws(
        "rds describe-db-instances --db-instance-identifier fraiseql-db-a --query"
        " DBInstances[0].[DBInstanceStatus,MultiAZ,LatestRestorableTime,AllocatedStorage]"
    )

    assert json.loads(reply.out) == ["failed", False, "2026-03-13T10:01:50+00:00", 100]
    assert (reply.way, reply.reads, reply.status) == ("answered", ("aws/rds/db-instances",), 0)


def test_text_puts_tabs_between_scalars():
    """One line a list, nested parts on lines of their own under their name."""
    one = aws(
        "rds describe-db-instances --query DBInstances[*].[DBInstanceIdentifier,DBInstanceStatus]"
        " --output text"
    )
    acls = aws("ec2 describe-network-acls --network-acl-ids acl-0DRILLdba --output text")

    assert one.out == (
        "fraiseql-db-a\tfailed\nfraiseql-db-b\tavailable\nfraiseql-db-c\tstorage-full\n"
    )
    assert acls.out.splitlines()[:4] == [
        "NETWORKACLS\tacl-0DRILLdba",
        "ASSOCIATIONS\tsubnet-0DRILLdba",
        "ENTRIES\t100.64.0.0/16\tFalse\t6\tallow\t100",
        "PORTRANGE\t5432\t5432",
    ]


def test_a_table_frames_rows_under_their_names():
    """`--output table` draws the operation's name on top."""
    out = aws("kms list-aliases --output table").out

    assert out.splitlines()[1].strip("| ") == "ListAliases"
    assert "|  AliasName            |  TargetKeyId  |" in out


def test_events_show_the_last_hour_unless_asked():
    """Look 6: the day-old event needs a longer duration."""
    line = "rds describe-events --source-type db-instance --source-identifier fraiseql-db-a"
    hour = json.loads(aws(f"{line} --duration 60").out)["Events"]
    days = json.loads(aws(f"{line} --duration 4320").out)["Events"]

    assert [one["Message"] for one in hour] == ["The DB instance has failed."]
    assert [one["Message"] for one in days] == ["old", "The DB instance has failed."]


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


def test_the_replicas_log_file():
    """Look 10: plain text, as the paginating CLI prints it."""
    reply = aws(
        "rds download-db-log-file-portion --db-instance-identifier fraiseql-db-b"
        " --log-file-name error/postgresql.log.2026-03-13-10 --output text"
    )

    assert reply.out.startswith("2026-03-13 10:05:05 UTC::@:[")
    assert "LOG:  could not connect to the primary server" in reply.out


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


@pytest.mark.parametrize(
    ("line", "verb", "target", "option"),
    [
        (
            (
                "rds promote-read-replica --db-instance-identifier fraiseql-db-b"
                " --backup-retention-period 7"
            ),
            "rds promote-read-replica",
            "fraiseql-db-b",
            ("backup-retention-period", "7"),
        ),
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
                "rds restore-db-instance-to-point-in-time"
                " --source-db-instance-identifier fraiseql-db-a"
                " --target-db-instance-identifier fraiseql-db-r1 --use-latest-restorable-time"
                " --vpc-security-group-ids sg-0DRILLdbb"
            ),
            "rds restore-db-instance-to-point-in-time",
            "fraiseql-db-r1",
            ("use-latest-restorable-time", "true"),
        ),
        (
            (
                "rds modify-db-instance --db-instance-identifier fraiseql-db-c"
                " --allocated-storage 200"
                " --apply-immediately"
            ),
            "rds modify-db-instance",
            "fraiseql-db-c",
            ("allocated-storage", "200"),
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
        (
            (
                "rds create-db-snapshot --db-instance-identifier fraiseql-db-b"
                " --db-snapshot-identifier s1"
            ),
            "rds create-db-snapshot",
            "s1",
            ("db-instance-identifier", "fraiseql-db-b"),
        ),
        (
            "rds delete-db-instance --db-instance-identifier fraiseql-db-a --skip-final-snapshot",
            "rds delete-db-instance",
            "fraiseql-db-a",
            ("skip-final-snapshot", "true"),
        ),
        (
            (
                "rds create-db-instance-read-replica --db-instance-identifier fraiseql-db-d"
                " --source-db-instance-identifier fraiseql-db-b"
            ),
            "rds create-db-instance-read-replica",
            "fraiseql-db-d",
            ("source-db-instance-identifier", "fraiseql-db-b"),
        ),
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


def test_promotion_answers_with_the_instance_being_modified():
    """The response of the accepted call."""
    reply = aws(
        "rds promote-read-replica --db-instance-identifier fraiseql-db-b"
        " --backup-retention-period 7"
    )
    instance = json.loads(reply.out)["DBInstance"]

    assert instance["DBInstanceStatus"] == "modifying"
    assert instance["PendingModifiedValues"] == {"BackupRetentionPeriod": 7}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "rds describe-db-instances --db-instance-identifier nope",
            (
                "An error occurred (DBInstanceNotFound) when calling the DescribeDBInstances"
                " operation: DBInstance nope not found."
            ),
        ),
        (
            "rds promote-read-replica --db-instance-identifier fraiseql-db-c",
            (
                "An error occurred (InvalidDBInstanceState) when calling the PromoteReadReplica"
                " operation: Instance fraiseql-db-c is not in available state."
            ),
        ),
        (
            "rds reboot-db-instance --db-instance-identifier fraiseql-db-b --force-failover",
            (
                "(InvalidParameterCombination) when calling the RebootDBInstance operation:"
                " ForceFailover cannot be specified"
            ),
        ),
        (
            "rds modify-db-instance --db-instance-identifier fraiseql-db-c --allocated-storage 105",
            "at least 10 percent greater",
        ),
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
        ("kms enable-key --key-id DRILL-77", "(KMSInvalidStateException)"),
        ("kms cancel-key-deletion --key-id alias/fraiseql-data", "Invalid keyId"),
    ],
)
def test_the_service_refuses_in_its_words(line, words):
    """Status 254, nothing printed, no act."""
    reply = aws(line)

    assert words in reply.err
    assert (reply.way, reply.status, reply.acts, reply.out) == ("refused", 254, (), "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("rds describe-db-instance", "  * describe-db-instances"),
        ("rdss describe-db-instances", "  * rds"),
        ("rds promote-read-replica", "the following arguments are required: --db-instance-identif"),
        (
            "rds describe-db-instances --db-instance-identifer x",
            "Unknown options: --db-instance-id",
        ),
        ("rds describe-db-instances --query a[", "Bad value for --query a["),
    ],
)
def test_usage_errors_leave_with_252(line, words):
    """The CLI's own complaints name what would have been right."""
    reply = aws(line)

    assert words in reply.err
    assert (reply.way, reply.status) == ("refused", 252)


def test_what_is_not_played_says_so():
    """A real service's far corner: three nearest lines that work."""
    reply = aws("rds purchase-reserved-db-instances-offering")

    assert (reply.way, len(reply.nearest)) == ("not_simulated", 3)


def test_documents_alone_make_a_look():
    """An author's extra collection is answered without a line in any table."""
    papers = Papers(tables={"aws/ecs/services": [{"serviceName": "web"}]})
    reply = answer(typed("aws", "ecs", "describe-services"), papers, ALICE, None)

    assert json.loads(reply.out) == {"Services": [{"serviceName": "web"}]}


def test_buckets_are_listed_plainly():
    """`s3 ls` has its own form."""
    assert aws("s3 ls").out == "2026-03-13 09:00:00 fq-evidence-drill\n"
    assert "(NoSuchBucket)" in aws("s3 ls s3://nope").err


WORDS = st.lists(
    st.sampled_from(
        ["rds", "ec2", "s3", "ls", "kms", "cloudwatch", "get-metric-statistics", "help",
         "describe-db-instances", "describe-network-acls", "lookup-events", "cloudtrail", "--query",
         "DBInstances[0]", "[", "--output", "text", "table", "--filters", "Name=x,Values=y", "{",
         "--db-instance-identifier", "fraiseql-db-b", "--period", "60", "--start-time", "10:00",
         "reboot-db-instance", "--lookup-attributes", "AttributeKey=EventName", "--duration", "9"]
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(st.text(max_size=12), max_size=6), WORDS))
def test_no_text_raises(words):
    """Whatever is typed ends in a reply."""
    assert answer(typed("aws", *words), PAPERS, ALICE, None).status in (0, 252, 254)
