"""The table of AWS operations that only look: which documents they read, under which key.

Rule 1: adding an operation is adding a line here; the code that runs them knows no service.
Rule 2: a look not listed still works where documents of its name exist (`describe-x` reads
    `aws/<service>/x`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from simulator.shell.aws_messages import (
    NO_ACL,
    NO_CACHE,
    NO_DB,
    NO_ENTITY,
    NO_GROUP,
    NO_KEY,
    NO_RULE,
    NO_SECRET,
    NO_ZONE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """An operation that only reads."""

    kind: str
    """Its documents, after `aws/`."""
    key: str
    """The response's top key; empty where the item itself is the response."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """flag -> field it must equal; a flag ending in `s` takes several values."""
    one: bool = False
    """Whether the response is one item rather than a list."""
    missing: str = ""
    """`Code: text` where a filter finds nothing, `{value}` in it; empty: an empty list."""
    required: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    """Fields of the documents that the response does not show."""
    shows: str = ""
    """The one field listed instead of whole items."""


_DB: Final = {"db-instance-identifier": "DBInstanceIdentifier"}
_SECRET: Final = {"secret-id": "Name"}

LOOKS: Final[Mapping[str, Look]] = {
    "rds describe-db-instances": Look(
        kind="rds/db-instances", key="DBInstances", filters=_DB, missing=NO_DB
    ),
    "rds describe-db-snapshots": Look(
        kind="rds/db-snapshots",
        key="DBSnapshots",
        filters=_DB | {"db-snapshot-identifier": "DBSnapshotIdentifier"},
    ),
    "rds describe-events": Look(
        kind="rds/events",
        key="Events",
        filters={"source-identifier": "SourceIdentifier", "source-type": "SourceType"},
    ),
    "rds describe-db-log-files": Look(
        kind="rds/log-files", key="DescribeDBLogFiles", filters=_DB,
        required=("db-instance-identifier",), hides=("DBInstanceIdentifier", "LogFileData"),
    ),
    "rds describe-db-instance-automated-backups": Look(
        kind="rds/automated-backups", key="DBInstanceAutomatedBackups", filters=_DB
    ),
    "rds describe-pending-maintenance-actions": Look(
        kind="rds/pending-maintenance-actions", key="PendingMaintenanceActions"
    ),
    "rds describe-db-parameters": Look(
        kind="rds/db-parameters", key="Parameters", required=("db-parameter-group-name",),
        filters={"db-parameter-group-name": "DBParameterGroupName"},
        hides=("DBParameterGroupName",),
    ),
    "rds describe-db-subnet-groups": Look(
        kind="rds/db-subnet-groups", key="DBSubnetGroups",
        filters={"db-subnet-group-name": "DBSubnetGroupName"},
    ),
    "rds describe-db-clusters": Look(kind="rds/db-clusters", key="DBClusters"),
    "ec2 describe-network-acls": Look(
        kind="ec2/network-acls", key="NetworkAcls",
        filters={"network-acl-ids": "NetworkAclId"}, missing=NO_ACL,
    ),
    "ec2 describe-security-groups": Look(
        kind="ec2/security-groups", key="SecurityGroups",
        filters={"group-ids": "GroupId", "group-names": "GroupName"}, missing=NO_GROUP,
    ),
    "ec2 describe-instances": Look(
        kind="ec2/reservations", key="Reservations",
        filters={"instance-ids": "Instances.InstanceId"},
    ),
    "ec2 describe-subnets": Look(
        kind="ec2/subnets", key="Subnets", filters={"subnet-ids": "SubnetId"}
    ),
    "ec2 describe-volumes": Look(
        kind="ec2/volumes", key="Volumes", filters={"volume-ids": "VolumeId"}
    ),
    "ec2 describe-route-tables": Look(
        kind="ec2/route-tables", key="RouteTables", filters={"route-table-ids": "RouteTableId"}
    ),
    "ec2 describe-vpcs": Look(kind="ec2/vpcs", key="Vpcs", filters={"vpc-ids": "VpcId"}),
    "ec2 describe-instance-status": Look(
        kind="ec2/instance-statuses", key="InstanceStatuses", filters={"instance-ids": "InstanceId"}
    ),
    "ec2 describe-nat-gateways": Look(kind="ec2/nat-gateways", key="NatGateways"),
    "ec2 describe-availability-zones": Look(
        kind="ec2/availability-zones", key="AvailabilityZones"
    ),
    "elbv2 describe-target-health": Look(
        kind="elbv2/target-health", key="TargetHealthDescriptions",
        filters={"target-group-arn": "TargetGroupArn"}, required=("target-group-arn",),
        hides=("TargetGroupArn",),
    ),
    "elbv2 describe-load-balancers": Look(
        kind="elbv2/load-balancers", key="LoadBalancers", filters={"names": "LoadBalancerName"}
    ),
    "elbv2 describe-target-groups": Look(
        kind="elbv2/target-groups", key="TargetGroups", filters={"names": "TargetGroupName"}
    ),
    "elbv2 describe-listeners": Look(
        kind="elbv2/listeners", key="Listeners", filters={"load-balancer-arn": "LoadBalancerArn"}
    ),
    "cloudwatch describe-alarms": Look(
        kind="cloudwatch/alarms", key="MetricAlarms",
        filters={"alarm-names": "AlarmName", "state-value": "StateValue"},
    ),
    "cloudwatch list-metrics": Look(
        kind="cloudwatch/metrics", key="Metrics",
        filters={"namespace": "Namespace", "metric-name": "MetricName"},
    ),
    "route53 list-resource-record-sets": Look(
        kind="route53/resource-record-sets", key="ResourceRecordSets",
        filters={"hosted-zone-id": "HostedZoneId"}, required=("hosted-zone-id",),
        hides=("HostedZoneId",), missing=NO_ZONE,
    ),
    "route53 list-hosted-zones": Look(kind="route53/hosted-zones", key="HostedZones"),
    "sqs list-queues": Look(kind="sqs/queues", key="QueueUrls", shows="QueueUrl"),
    "sqs get-queue-attributes": Look(
        kind="sqs/queues", key="Attributes", filters={"queue-url": "QueueUrl"}, one=True,
        required=("queue-url",), shows="Attributes",
        missing="AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.",
    ),
    "health describe-events": Look(kind="health/events", key="events"),
    "elasticache describe-events": Look(
        kind="elasticache/events", key="Events",
        filters={"source-identifier": "SourceIdentifier", "source-type": "SourceType"},
    ),
    "elasticache describe-replication-groups": Look(
        kind="elasticache/replication-groups", key="ReplicationGroups",
        filters={"replication-group-id": "ReplicationGroupId"}, missing=NO_CACHE,
    ),
    "elasticache describe-cache-clusters": Look(
        kind="elasticache/cache-clusters", key="CacheClusters",
        filters={"cache-cluster-id": "CacheClusterId"},
    ),
    "elasticache describe-update-actions": Look(
        kind="elasticache/update-actions", key="UpdateActions"
    ),
    "kms describe-key": Look(
        kind="kms/keys", key="KeyMetadata", filters={"key-id": "KeyId"}, one=True,
        required=("key-id",), missing=NO_KEY,
    ),
    "kms list-keys": Look(kind="kms/keys", key="Keys"),
    "kms list-aliases": Look(
        kind="kms/aliases", key="Aliases", filters={"key-id": "TargetKeyId"}
    ),
    "cloudtrail lookup-events": Look(kind="cloudtrail/events", key="Events"),
    "iam list-users": Look(kind="iam/users", key="Users"),
    "iam get-user": Look(
        kind="iam/users", key="User", filters={"user-name": "UserName"}, one=True,
        missing=NO_ENTITY.replace("{what}", "user"),
    ),
    "iam list-roles": Look(kind="iam/roles", key="Roles"),
    "iam get-role": Look(
        kind="iam/roles", key="Role", filters={"role-name": "RoleName"}, one=True,
        required=("role-name",), missing=NO_ENTITY.replace("{what}", "role"),
    ),
    "iam list-access-keys": Look(
        kind="iam/access-keys", key="AccessKeyMetadata", filters={"user-name": "UserName"},
        hides=("AccessKeyLastUsed",),
    ),
    "iam get-access-key-last-used": Look(
        kind="iam/access-keys", key="", filters={"access-key-id": "AccessKeyId"}, one=True,
        required=("access-key-id",), hides=("AccessKeyId", "Status", "CreateDate"),
        missing="AccessDenied: User is not authorized to perform: iam:GetAccessKeyLastUsed",
    ),
    "iam list-role-policies": Look(
        kind="iam/role-policies", key="PolicyNames", filters={"role-name": "RoleName"},
        required=("role-name",), shows="PolicyName",
    ),
    "iam list-attached-role-policies": Look(
        kind="iam/attached-role-policies", key="AttachedPolicies",
        filters={"role-name": "RoleName"}, required=("role-name",), hides=("RoleName",),
    ),
    "iam list-attached-user-policies": Look(
        kind="iam/attached-user-policies", key="AttachedPolicies",
        filters={"user-name": "UserName"}, required=("user-name",), hides=("UserName",),
    ),
    "secretsmanager list-secrets": Look(
        kind="secretsmanager/secrets", key="SecretList", hides=("SecretString",)
    ),
    "secretsmanager describe-secret": Look(
        kind="secretsmanager/secrets", key="", filters=_SECRET, one=True,
        required=("secret-id",), hides=("SecretString",), missing=NO_SECRET,
    ),
    "secretsmanager get-secret-value": Look(
        kind="secretsmanager/secrets", key="", filters=_SECRET, one=True,
        required=("secret-id",), missing=NO_SECRET,
    ),
    "events list-rules": Look(
        kind="events/rules", key="Rules", filters={"name-prefix": "Name*"}
    ),
    "events describe-rule": Look(
        kind="events/rules", key="", filters={"name": "Name"}, one=True, required=("name",),
        missing=NO_RULE,
    ),
    "events list-targets-by-rule": Look(
        kind="events/targets", key="Targets", filters={"rule": "Rule"}, required=("rule",),
        hides=("Rule",),
    ),
    "guardduty list-detectors": Look(
        kind="guardduty/detectors", key="DetectorIds", shows="DetectorId"
    ),
    "guardduty list-findings": Look(
        kind="guardduty/findings", key="FindingIds", shows="Id", required=("detector-id",)
    ),
    "guardduty get-findings": Look(
        kind="guardduty/findings", key="Findings", filters={"finding-ids": "Id"},
        required=("detector-id",),
    ),
    "wafv2 list-ip-sets": Look(
        kind="wafv2/ip-sets", key="IPSets", hides=("Addresses",)
    ),
    "wafv2 get-ip-set": Look(
        kind="wafv2/ip-sets", key="IPSet", filters={"name": "Name", "id": "Id"}, one=True
    ),
    "eks list-clusters": Look(kind="eks/clusters", key="clusters", shows="name"),
    "eks describe-cluster": Look(
        kind="eks/clusters", key="cluster", filters={"name": "name"}, one=True, required=("name",),
        missing="ResourceNotFoundException: No cluster found for name: {value}.",
    ),
    "acm list-certificates": Look(kind="acm/certificates", key="CertificateSummaryList"),
    "acm describe-certificate": Look(
        kind="acm/certificates", key="Certificate", one=True,
        filters={"certificate-arn": "CertificateArn"}, required=("certificate-arn",),
    ),
    "autoscaling describe-auto-scaling-groups": Look(
        kind="autoscaling/groups", key="AutoScalingGroups"
    ),
    "service-quotas list-service-quotas": Look(
        kind="service-quotas/quotas", key="Quotas", filters={"service-code": "ServiceCode"}
    ),
    "lambda list-functions": Look(kind="lambda/functions", key="Functions"),
    "logs describe-log-groups": Look(kind="logs/log-groups", key="logGroups"),
    "support describe-cases": Look(kind="support/cases", key="cases"),
}  # fmt: skip
