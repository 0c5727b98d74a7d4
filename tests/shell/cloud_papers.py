"""The cloud of a drill by hand: what each service of it holds, and a line typed at it."""

from cloud_fake import ALICE, NOW, Papers, at, typed

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
