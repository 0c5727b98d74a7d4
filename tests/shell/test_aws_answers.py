"""aws lines off the beaten path: help, figures, log files, buckets, forms."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from cloud_rare import ALICE, RARE
from tellings import told

from simulator.shell.prompt import run

TOLD = [
    ("aws --version", "aws-cli/2.17.9 Python/3.11.8 Linux/6.1 exe/x86_64\n", "", 0),
    ("aws help | head -2", ("AVAILABLE SERVICES\n       o acm\n"), "", 0),
    ("aws rds help | head -1", "AVAILABLE COMMANDS\n", "", 0),
    (
        "aws rds describe-db-instances help | head -3",
        (
            "SYNOPSIS\n"
            "            describe-db-instances\n"
            "          [--db-instance-identifier <value>]\n"
        ),
        "",
        0,
    ),
    (
        "aws rds reboot-db-instance help | head -3",
        (
            "SYNOPSIS\n"
            "            reboot-db-instance\n"
            "          [--db-instance-identifier <value>]\n"
        ),
        "",
        0,
    ),
    (
        "aws sts get-caller-identity --query Arn --output text",
        "arn:aws:sts::000000000000:assumed-role/on-call/alice\n",
        "",
        0,
    ),
    (
        "aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name CPUUtilization --statistics Average Sum SampleCount Minimum --start-time 2026-03-13T10:05:00Z --end-time 2026-03-13T10:08:00Z --period 120 --output text",
        (
            "CPUUtilization\n"
            "DATAPOINTS\t0.5\t0.0\t2.0\t1.0\t2026-03-13T10:05:00+00:00\tPercent\n"
            "DATAPOINTS\t2.5\t2.0\t2.0\t5.0\t2026-03-13T10:07:00+00:00\tPercent\n"
        ),
        "",
        0,
    ),
    (
        "aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name Nothing --statistics Average --start-time 2026-03-13T10:05:00Z --end-time 2026-03-13T10:08:00Z --period 120",
        ('{\n    "Label": "Nothing",\n    "Datapoints": []\n}\n'),
        "",
        0,
    ),
    (
        "aws rds download-db-log-file-portion --db-instance-identifier db-1 --log-file-name error/kept.log --output text",
        ("one\ntwo\n\n"),
        "",
        0,
    ),
    (
        "aws rds download-db-log-file-portion --db-instance-identifier db-1 --log-file-name error/kept.log --number-of-lines 1 --output text",
        ("two\n\n"),
        "",
        0,
    ),
    (
        "aws rds download-db-log-file-portion --db-instance-identifier db-1 --log-file-name error/postgresql.log.2026-03-13-10 --query LogFileData",
        '"2026-03-13 10:05:00 UTC::@:[20091]:disk full\\n2026-03-13 10:06:00 UTC::@:[20103]:slow query\\n"\n',
        "",
        0,
    ),
    (
        "aws s3 ls s3://logs",
        ("                           PRE 2026/\n2026-03-13 10:07:30          1 top.txt\n"),
        "",
        0,
    ),
    (
        "aws s3 ls s3://logs/2026/",
        ("2026-03-13 10:08:30         12 a.gz\n                           PRE b/\n"),
        "",
        0,
    ),
    (
        "aws s3 ls s3://logs --recursive",
        (
            "2026-03-13 10:08:30         12 2026/a.gz\n"
            "1970-01-01 00:00:00          3 2026/b/c.gz\n"
            "2026-03-13 10:07:30          1 top.txt\n"
        ),
        "",
        0,
    ),
    ("aws s3 ls s3://logs/2026/a", "2026-03-13 10:08:30         12 a.gz\n", "", 0),
    (
        "aws rds modify-db-instance --db-instance-identifier db-2 --multi-az",
        (
            "{\n"
            '    "DBInstance": {\n'
            '        "DBInstanceIdentifier": "db-2",\n'
            '        "DBInstanceStatus": "available",\n'
            '        "AllocatedStorage": 100,\n'
            '        "PendingModifiedValues": {\n'
            '            "MultiAZ": true\n'
            "        }\n"
            "    }\n"
            "}\n"
        ),
        "",
        0,
    ),
    (
        "aws rds reboot-db-instance --db-instance-identifier db-1 --force-failover",
        (
            "{\n"
            '    "DBInstance": {\n'
            '        "DBInstanceIdentifier": "db-1",\n'
            '        "DBInstanceStatus": "rebooting",\n'
            '        "MultiAZ": true,\n'
            '        "DeletionProtection": true,\n'
            '        "AllocatedStorage": 100,\n'
            '        "Endpoint": {\n'
            '            "Address": "db-1.test",\n'
            '            "Port": 5432\n'
            "        }\n"
            "    }\n"
            "}\n"
        ),
        "",
        0,
    ),
    (
        "aws kms schedule-key-deletion --key-id k-1 --pending-window-in-days 7",
        (
            "{\n"
            '    "KeyId": "k-1",\n'
            '    "DeletionDate": "2026-03-20T10:08:30+00:00",\n'
            '    "KeyState": "PendingDeletion",\n'
            '    "PendingWindowInDays": 7\n'
            "}\n"
        ),
        "",
        0,
    ),
    ("aws kms enable-key --key-id k-1", "", "", 0),
    (
        "aws ec2 revoke-security-group-ingress --group-id sg-1 --protocol tcp --port 443 --cidr 0.0.0.0/0",
        ('{\n    "Return": true\n}\n'),
        "",
        0,
    ),
    (
        "aws ec2 revoke-security-group-ingress --group-id sg-1 --ip-permissions x",
        ('{\n    "Return": true\n}\n'),
        "",
        0,
    ),
    (
        'aws ec2 describe-security-groups --filters \'[{"Name":"group-id","Values":["sg-1"]}]\' --query SecurityGroups[].GroupId',
        ('[\n    "sg-1"\n]\n'),
        "",
        0,
    ),
    (
        "aws ec2 describe-security-groups --filters Name=group-id,Values=sg-9,sg-1 --output text",
        ("SECURITYGROUPS\tsg-1\nIPPERMISSIONS\t443\nIPRANGES\t0.0.0.0/0\nTAGS\tEnv\tprod\n"),
        "",
        0,
    ),
    (
        "aws ec2 describe-security-groups --filters Name=tag:Env,Values=p*",
        (
            "{\n"
            '    "SecurityGroups": [\n'
            "        {\n"
            '            "GroupId": "sg-1",\n'
            '            "Tags": [\n'
            "                {\n"
            '                    "Key": "Env",\n'
            '                    "Value": "prod"\n'
            "                }\n"
            "            ],\n"
            '            "IpPermissions": [\n'
            "                {\n"
            '                    "FromPort": 443,\n'
            '                    "IpRanges": [\n'
            "                        {\n"
            '                            "CidrIp": "0.0.0.0/0"\n'
            "                        }\n"
            "                    ]\n"
            "                }\n"
            "            ]\n"
            "        }\n"
            "    ]\n"
            "}\n"
        ),
        "",
        0,
    ),
    (
        "aws rds describe-db-instances --query 'DBInstances[].DBInstanceIdentifier' --output table",
        (
            "-----------------------\n"
            "| DescribeDBInstances |\n"
            "+---------------------+\n"
            "|  db-1               |\n"
            "|  db-2               |\n"
            "|  db-3               |\n"
            "+---------------------+\n"
        ),
        "",
        0,
    ),
    ("aws rds describe-db-instances --query 'DBInstances[0].Nope'", "null\n", "", 0),
    ("aws rds describe-db-instances --query 'DBInstances[0].Nope' --output text", "None\n", "", 0),
    (
        "aws rds describe-db-instances --output table --db-instance-identifier db-1 --query 'DBInstances[].Endpoint'",
        (
            "------------------------\n"
            "| DescribeDBInstances  |\n"
            "+-------------+--------+\n"
            "|  Address    |  Port  |\n"
            "+-------------+--------+\n"
            "|  db-1.test  |  5432  |\n"
            "+-------------+--------+\n"
        ),
        "",
        0,
    ),
    ("aws rds describe-db-instances --max-items 1 --query 'length(DBInstances)'", "1\n", "", 0),
    (
        "aws sqs get-queue-attributes --queue-url https://sqs/q --attribute-names ApproximateNumberOfMessages",
        ('{\n    "Attributes": {\n        "ApproximateNumberOfMessages": "31"\n    }\n}\n'),
        "",
        0,
    ),
    ("aws iam list-users", ('{\n    "Users": []\n}\n'), "", 0),
    (
        "aws rds describe-db-instances --filters Name=Endpoint.Address.More,Values=x --query 'length(DBInstances)'",
        "0\n",
        "",
        0,
    ),
    (
        "aws rds describe-db-instances --filters Name=engine,Values= --query DBInstances",
        "[]\n",
        "",
        0,
    ),
    (
        "aws rds describe-db-instances --query 'DBInstances[0]' --output table",
        (
            "----------------------------------------\n"
            "|         DescribeDBInstances          |\n"
            "+------------------------+-------------+\n"
            "|  AllocatedStorage      |  100        |\n"
            "|  DBInstanceIdentifier  |  db-1       |\n"
            "|  DBInstanceStatus      |  available  |\n"
            "|  DeletionProtection    |  True       |\n"
            "|  MultiAZ               |  True       |\n"
            "+------------------------+-------------+\n"
            "|               Endpoint               |\n"
            "+-----------+--------------------------+\n"
            "|  Address  |  db-1.test               |\n"
            "|  Port     |  5432                    |\n"
            "+-----------+--------------------------+\n"
        ),
        "",
        0,
    ),
    (
        "aws rds describe-db-instances --db-instance-identifier db-1 --output table",
        (
            "-------------------------------------------------------------------------------------------------------\n"
            "|                                         DescribeDBInstances                                         |\n"
            "|                                             DBInstances                                             |\n"
            "+--------------------+------------------------+--------------------+----------------------+-----------+\n"
            "|  AllocatedStorage  |  DBInstanceIdentifier  |  DBInstanceStatus  |  DeletionProtection  |  MultiAZ  |\n"
            "+--------------------+------------------------+--------------------+----------------------+-----------+\n"
            "|  100               |  db-1                  |  available         |  True                |  True     |\n"
            "+--------------------+------------------------+--------------------+----------------------+-----------+\n"
            "|                                               Endpoint                                              |\n"
            "+-----------+-----------------------------------------------------------------------------------------+\n"
            "|  Address  |  db-1.test                                                                              |\n"
            "|  Port     |  5432                                                                                   |\n"
            "+-----------+-----------------------------------------------------------------------------------------+\n"
        ),
        "",
        0,
    ),
    (
        "aws rds describe-db-instances --query 'length(DBInstances)' --output table",
        (
            "-----------------------\n"
            "| DescribeDBInstances |\n"
            "+---------------------+\n"
            "|  3                  |\n"
            "+---------------------+\n"
        ),
        "",
        0,
    ),
    (
        "aws rds describe-db-instances --query '{x:DBInstances[].DBInstanceIdentifier}' --output text",
        ("X\tdb-1\nX\tdb-2\nX\tdb-3\n"),
        "",
        0,
    ),
    (
        "aws secretsmanager rotate-secret --secret-id db",
        ('{\n    "ARN": "arn:db",\n    "Name": "db"\n}\n'),
        "",
        0,
    ),
    (
        "aws secretsmanager put-secret-value --secret-id db --secret-string y --query VersionStages",
        ('[\n    "AWSCURRENT"\n]\n'),
        "",
        0,
    ),
    (
        "aws wafv2 update-ip-set --name x --lock-token y --addresses z",
        "",
        "",
        0,
    ),
    (
        "aws kms describe-key --key-id alias/main --query KeyMetadata.KeyId",
        '"k-1"\n',
        "",
        0,
    ),
    (
        "aws events list-rules --name-prefix night",
        ('{\n    "Rules": [\n        {\n            "Name": "nightly"\n        }\n    ]\n}\n'),
        "",
        0,
    ),
    (
        "aws sqs list-queues",
        ('{\n    "QueueUrls": [\n        "https://sqs/q"\n    ]\n}\n'),
        "",
        0,
    ),
    (
        "aws cloudtrail lookup-events --start-time 09:30 --end-time 10:05 --query 'Events[].EventName'",
        ('[\n    "Login"\n]\n'),
        "",
        0,
    ),
    (
        "aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name DiskQueueDepth --statistics Average --start-time 10:05 --end-time 10:08 --period 60 --output text",
        ("DiskQueueDepth\nDATAPOINTS\t2.0\t2026-03-13T10:05:00+00:00\tCount\n"),
        "",
        0,
    ),
]
NOT_PLAYED = ["aws logs tail x"]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_a_line_is_answered(line, out, err, status):
    """What is printed, in the form asked for."""
    assert told(line, RARE, ALICE) == (out, err, status)


@pytest.mark.parametrize("line", NOT_PLAYED)
def test_a_far_corner_says_so(line):
    """With a line that works instead."""
    reply = run(line, RARE, ALICE)

    assert (reply.way, bool(reply.nearest)) == ("not_simulated", True)
