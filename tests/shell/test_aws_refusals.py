"""aws lines that are refused: by the service, with its code, or by the command line itself."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from cloud_rare import ALICE, RARE
from tellings import told

TOLD = [
    (
        "aws",
        "",
        (
            "\n"
            "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n"
            "To see help text, you can run:\n"
            "\n"
            "  aws help\n"
            "  aws <command> help\n"
            "  aws <command> <subcommand> help\n"
            "\n"
            "aws: error: the following arguments are required: command\n"
        ),
        252,
    ),
    (
        "aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name CPUUtilization --statistics Maximum --start-time x --end-time 10:09 --period 60",
        "",
        (
            "\n"
            "An error occurred (InvalidParameterValue) when calling the GetMetricStatistics operation: The parameter StartTime, EndTime or Period is invalid.\n"
        ),
        254,
    ),
    (
        "aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name CPUUtilization --statistics Maximum --start-time 2026-03-01T00:00:00Z --end-time 10:05 --period 1",
        "",
        (
            "\n"
            "An error occurred (InvalidParameterCombination) when calling the GetMetricStatistics operation: You have requested up to 1073100 datapoints, which exceeds the limit of 1,440.\n"
        ),
        254,
    ),
    (
        "aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name CPUUtilization --statistics Odd --start-time 10:00 --end-time 10:05 --period 60",
        "",
        (
            "\n"
            "An error occurred (MissingRequiredParameter) when calling the GetMetricStatistics operation: At least one of Statistics must be specified.\n"
        ),
        254,
    ),
    (
        "aws rds download-db-log-file-portion --db-instance-identifier nope --log-file-name error/kept.log",
        "",
        (
            "\n"
            "An error occurred (DBInstanceNotFound) when calling the DownloadDBLogFilePortion operation: DBInstance nope not found.\n"
        ),
        254,
    ),
    (
        "aws rds download-db-log-file-portion --db-instance-identifier db-1 --log-file-name other.log",
        "",
        (
            "\n"
            "An error occurred (DBLogFileNotFoundFault) when calling the DownloadDBLogFilePortion operation: DBLog File: other.log, is not found on the DB instance\n"
        ),
        254,
    ),
    (
        "aws rds delete-db-instance --db-instance-identifier db-1 --skip-final-snapshot",
        "",
        (
            "\n"
            "An error occurred (InvalidParameterCombination) when calling the DeleteDBInstance operation: Cannot delete protected DB Instance, please disable deletion protection and try again.\n"
        ),
        254,
    ),
    (
        "aws rds delete-db-instance --db-instance-identifier db-2",
        "",
        (
            "\n"
            "An error occurred (InvalidParameterCombination) when calling the DeleteDBInstance operation: FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.\n"
        ),
        254,
    ),
    (
        "aws rds promote-read-replica --db-instance-identifier db-2",
        "",
        (
            "\n"
            "An error occurred (InvalidDBInstanceState) when calling the PromoteReadReplica operation: DB Instance is not a read replica.\n"
        ),
        254,
    ),
    (
        "aws rds modify-db-instance --db-instance-identifier db-2 --allocated-storage x",
        "",
        (
            "\n"
            "An error occurred (ValidationError) when calling the ModifyDBInstance operation: Invalid value for AllocatedStorage: x\n"
        ),
        254,
    ),
    (
        "aws rds modify-db-instance --db-instance-identifier db-2 --allocated-storage 5",
        "",
        (
            "\n"
            "An error occurred (InvalidParameterCombination) when calling the ModifyDBInstance operation: Requested storage size must not be less than the current allocated storage.\n"
        ),
        254,
    ),
    (
        "aws rds reboot-db-instance --db-instance-identifier nope",
        "",
        (
            "\n"
            "An error occurred (DBInstanceNotFound) when calling the RebootDBInstance operation: DBInstance nope not found.\n"
        ),
        254,
    ),
    (
        "aws rds promote-read-replica --db-instance-identifier db-3",
        "",
        (
            "\n"
            "An error occurred (InvalidDBInstanceState) when calling the PromoteReadReplica operation: Instance db-3 is not in available state.\n"
        ),
        254,
    ),
    (
        "aws elasticache test-failover --replication-group-id cache --node-group-id 0001",
        "",
        (
            "\n"
            "An error occurred (InvalidReplicationGroupState) when calling the TestFailover operation: Replication group cache is not in available state.\n"
        ),
        254,
    ),
    (
        "aws kms cancel-key-deletion --key-id k-1",
        "",
        (
            "\n"
            "An error occurred (KMSInvalidStateException) when calling the CancelKeyDeletion operation: k-1 is not pending deletion.\n"
        ),
        254,
    ),
    (
        "aws kms describe-key --key-id none",
        "",
        (
            "\n"
            "An error occurred (NotFoundException) when calling the DescribeKey operation: Key 'none' does not exist\n"
        ),
        254,
    ),
    (
        "aws ec2 revoke-security-group-ingress --group-id sg-1 --protocol tcp --port 443 --cidr 10.0.0.0/8",
        "",
        (
            "\n"
            "An error occurred (InvalidPermission.NotFound) when calling the RevokeSecurityGroupIngress operation: The specified rule does not exist in this security group.\n"
        ),
        254,
    ),
    (
        "aws ec2 create-network-acl-entry --network-acl-id acl-1 --rule-number 7 --rule-action deny",
        "",
        (
            "\n"
            "An error occurred (MissingParameter) when calling the CreateNetworkAclEntry operation: The request must contain the parameter egress\n"
        ),
        254,
    ),
    (
        "aws cloudtrail lookup-events --lookup-attributes AttributeKey=Odd,AttributeValue=x",
        "",
        (
            "\n"
            "An error occurred (InvalidLookupAttributesException) when calling the LookupEvents operation: Lookup attribute key must be one of AccessKeyId, EventId, EventName, EventSource, ReadOnly, ResourceName, ResourceType, Username.\n"
        ),
        254,
    ),
    (
        "aws sqs get-queue-attributes --queue-url https://sqs/none",
        "",
        (
            "\n"
            "An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueAttributes operation: The specified queue does not exist.\n"
        ),
        254,
    ),
    (
        "aws rds describe-db-instances --query 'a['",
        "",
        (
            "\n"
            "Bad value for --query a[: Invalid jmespath expression: Incomplete expression:\n"
            '"a["\n'
            "   ^\n"
        ),
        252,
    ),
    (
        "aws rds describe-db-instances --query 'length(`1`)'",
        "",
        (
            "\n"
            "In function length(), invalid type for value: 1, expected one of: ['string', 'array', 'object'], received: \"number\"\n"
        ),
        255,
    ),
    (
        "aws rds describe-db-instances --db-instance-identifer db-1",
        "",
        (
            "\n"
            "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n"
            "To see help text, you can run:\n"
            "\n"
            "  aws help\n"
            "  aws <command> help\n"
            "  aws <command> <subcommand> help\n"
            "\n"
            "Unknown options: --db-instance-identifer, db-1\n"
        ),
        252,
    ),
    (
        "aws rds describe-db-instances --output odd",
        "",
        (
            "\n"
            "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n"
            "To see help text, you can run:\n"
            "\n"
            "  aws help\n"
            "  aws <command> help\n"
            "  aws <command> <subcommand> help\n"
            "\n"
            "aws: error: argument --output: Invalid choice, valid choices are:\n"
            "\n"
            "json                                     | text                                    \n"
            "table                                    | yaml                                    \n"
            "yaml-stream                             \n"
        ),
        252,
    ),
    (
        "aws rds describe-db-instances --filters db-1",
        "",
        (
            "\n"
            "Error parsing parameter '--filters': Expected: '=', received: 'EOF' for input:\n"
            "db-1\n"
            "    ^\n"
            "\n"
        ),
        252,
    ),
    (
        "aws rds describe-db-instances --filters Name=x,Values=a,",
        "",
        (
            "\n"
            "Error parsing parameter '--filters': Expected: '<second>', received: '<none>' for input:\n"
            "Name=x,Values=a,\n"
            "                ^\n"
            "\n"
        ),
        252,
    ),
    (
        "aws rds describe-db-instances --filters '[{]'",
        "",
        (
            "\n"
            "Error parsing parameter '--filters': Invalid JSON: Expecting property name enclosed in double quotes: line 1 column 3 (char 2)\n"
            "JSON received: [{]\n"
        ),
        252,
    ),
    (
        "aws rds describe-db-instances --filters tag:Env=prod",
        "",
        (
            "\n"
            "Parameter validation failed:\n"
            'Unknown parameter in Filters[0]: "tag:Env", must be one of: Name, Values\n'
        ),
        252,
    ),
    (
        "aws cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name DiskQueueDepth --statistics Average --start-time 10:08 --end-time 10:05 --period 60",
        "",
        (
            "\n"
            "An error occurred (InvalidParameterCombination) when calling the GetMetricStatistics operation: The parameter StartTime must be less than the parameter EndTime.\n"
        ),
        254,
    ),
]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_a_line_is_answered(line, out, err, status):
    """Nothing is printed; the reason and the status are the service's own."""
    assert told(line, RARE, ALICE) == (out, err, status)
