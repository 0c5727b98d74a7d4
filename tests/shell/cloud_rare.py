"""The cloud's rarer answers: protected, busy, odd and missing things, and a figure a minute."""

import math

from cloud_fake import ALICE, NOW, Papers, at

from simulator.shell.documents import LogLine, Series

__all__ = ["ALICE", "RARE"]

RARE = Papers(
    tables={
        "aws/rds/db-instances": [
            {"DBInstanceIdentifier": "db-1", "DBInstanceStatus": "available", "MultiAZ": True,
             "DeletionProtection": True, "AllocatedStorage": 100,
             "Endpoint": {"Address": "db-1.test", "Port": 5432}},
            {"DBInstanceIdentifier": "db-2", "DBInstanceStatus": "available",
             "AllocatedStorage": 100},
            {"DBInstanceIdentifier": "db-3", "DBInstanceStatus": "rebooting"},
        ],
        "aws/rds/log-files": [
            {"DBInstanceIdentifier": "db-1", "LogFileName": "error/kept.log",
             "LogFileData": "one\ntwo\n"}
        ],
        "aws/elasticache/replication-groups": [
            {"ReplicationGroupId": "cache", "Status": "modifying"}
        ],
        "aws/kms/keys": [{"KeyId": "k-1", "KeyState": "Enabled"}],
        "aws/kms/aliases": [
            {"AliasName": "alias/other", "TargetKeyId": "k-0"},
            {"AliasName": "alias/main", "TargetKeyId": "k-1"},
        ],
        "aws/secretsmanager/secrets": [{"Name": "db", "ARN": "arn:db", "SecretString": "x"}],
        "aws/events/rules": [{"Name": "nightly"}, {"Name": "hourly"}],
        "aws/s3/buckets": [{"Name": "logs", "CreationDate": "2026-01-01T00:00:00Z"}],
        "aws/s3/objects": [
            {"Bucket": "logs", "Key": "2026/a.gz", "Size": 12, "LastModified": NOW},
            {"Bucket": "logs", "Key": "2026/b/c.gz", "Size": 3},
            {"Bucket": "logs", "Key": "top.txt", "Size": 1, "LastModified": NOW - 60},
            {"Bucket": "other", "Key": "x"},
        ],
        "aws/ec2/security-groups": [
            {"GroupId": "sg-1", "Tags": [{"Key": "Env", "Value": "prod"}],
             "IpPermissions": [{"FromPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}
        ],
        "aws/ec2/network-acls": [{"NetworkAclId": "acl-1", "Entries": []}],
        "aws/cloudtrail/events": [
            {"EventName": "Login", "EventTime": at("10:01:00")},
            {"EventName": "Late", "EventTime": at("09:00:00")},
        ],
        "aws/sqs/queues": [
            {"QueueUrl": "https://sqs/q",
             "Attributes": {"ApproximateNumberOfMessages": 31, "DelaySeconds": 0}}
        ],
    },
    metrics=[
        Series(
            name="aws_rds_cpu_utilization_average",
            labels={"db": "db-1"},
            samples=[(at("10:05:00") + 60 * minute, float(minute)) for minute in range(4)],
        ),
        Series(
            name="aws_rds_disk_queue_depth_average",
            labels={"db": "db-1"},
            samples=[(at("10:05:00"), 2.0), (at("10:06:00"), math.nan)],
        ),
    ],
    lines=[
        LogLine(at_ms=at("10:05:00") * 1000, text="disk full",
                fields={"service": "db-1", "level": "error", "index": "main"}),
        LogLine(at_ms=at("10:06:00") * 1000 + 5, text="slow query",
                fields={"service": "db-1", "level": "warn", "pod": "p-1"}),
        LogLine(at_ms=at("10:07:00") * 1000, text="disk full", fields={"level": "error"}),
    ],
)  # fmt: skip
