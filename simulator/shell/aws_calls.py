"""The table of AWS operations that change something: what they act on and what they need.

Rule 1: adding an operation is adding a line here; the code that runs them knows no service.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from simulator.shell.aws_looks import LOOKS
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
class Change:
    """An operation that would change something."""

    target: str
    """The flag that names what it acts on."""
    kind: str = ""
    """Documents in which the target must exist; empty: not checked."""
    named: str = ""
    """The field holding the target's name."""
    key: str = ""
    """The response's top key, holding the item; empty: the call prints nothing."""
    becomes: Mapping[str, str] = field(default_factory=dict)
    """Fields the response shows changed."""
    missing: str = ""
    states: tuple[str, ...] = ()
    """Values of `status` in which the call is accepted; empty: any."""
    status: str = ""
    required: tuple[str, ...] = ()


_DB: Final = {"db-instance-identifier": "DBInstanceIdentifier"}
_ONE_DB: Final = Change(
    target="db-instance-identifier", kind="rds/db-instances", named="DBInstanceIdentifier",
    key="DBInstance", missing=NO_DB, status="DBInstanceStatus",
)  # fmt: skip


def _db(becomes: str, *states: str) -> Change:
    return Change(
        target=_ONE_DB.target, kind=_ONE_DB.kind, named=_ONE_DB.named, key=_ONE_DB.key,
        missing=NO_DB, status=_ONE_DB.status, states=states,
        becomes={"DBInstanceStatus": becomes} if becomes else {},
    )  # fmt: skip


_KEY: Final = Change(target="key-id", kind="kms/keys", named="KeyId", missing=NO_KEY)
_RULE: Final = Change(target="name", kind="events/rules", named="Name", missing=NO_RULE)
_GROUP: Final = Change(
    target="group-id", kind="ec2/security-groups", named="GroupId", missing=NO_GROUP
)
_ACL: Final = Change(
    target="network-acl-id", kind="ec2/network-acls", named="NetworkAclId", missing=NO_ACL,
    required=("rule-number",),
)  # fmt: skip
_CACHE: Final = Change(
    target="replication-group-id", kind="elasticache/replication-groups",
    named="ReplicationGroupId", key="ReplicationGroup", missing=NO_CACHE,
    status="Status", states=("available",), becomes={"Status": "modifying"},
)  # fmt: skip

CHANGES: Final[Mapping[str, Change]] = {
    "rds promote-read-replica": _db("modifying", "available"),
    "rds reboot-db-instance": _db("rebooting", "available", "storage-optimization"),
    "rds modify-db-instance": _db("", "available", "storage-full", "storage-optimization"),
    "rds delete-db-instance": _db("deleting"),
    "rds start-db-instance": _db("starting", "stopped"),
    "rds stop-db-instance": _db("stopping", "available"),
    "rds create-db-snapshot": Change(
        target="db-snapshot-identifier", key="DBSnapshot", required=("db-instance-identifier",),
        becomes={"Status": "creating"},
    ),
    "rds create-db-instance-read-replica": Change(
        target="db-instance-identifier", key="DBInstance",
        required=("source-db-instance-identifier",), becomes={"DBInstanceStatus": "creating"},
    ),
    "rds restore-db-instance-to-point-in-time": Change(
        target="target-db-instance-identifier", key="DBInstance",
        becomes={"DBInstanceStatus": "creating"},
    ),
    "rds restore-db-instance-from-db-snapshot": Change(
        target="db-instance-identifier", key="DBInstance", required=("db-snapshot-identifier",),
        becomes={"DBInstanceStatus": "creating"},
    ),
    "ec2 revoke-security-group-ingress": _GROUP,
    "ec2 revoke-security-group-egress": _GROUP,
    "ec2 authorize-security-group-ingress": _GROUP,
    "ec2 authorize-security-group-egress": _GROUP,
    "ec2 create-network-acl-entry": _ACL,
    "ec2 delete-network-acl-entry": _ACL,
    "ec2 replace-network-acl-entry": _ACL,
    "ec2 reboot-instances": Change(target="instance-ids"),
    "ec2 stop-instances": Change(target="instance-ids"),
    "ec2 start-instances": Change(target="instance-ids"),
    "ec2 terminate-instances": Change(target="instance-ids"),
    "route53 change-resource-record-sets": Change(
        target="hosted-zone-id", kind="route53/hosted-zones", named="Id", key="ChangeInfo",
        missing=NO_ZONE, required=("change-batch",),
    ),
    "events disable-rule": _RULE,
    "events enable-rule": _RULE,
    "events delete-rule": _RULE,
    "kms cancel-key-deletion": _KEY,
    "kms schedule-key-deletion": _KEY,
    "kms enable-key": _KEY,
    "kms disable-key": _KEY,
    "kms update-alias": Change(target="alias-name", required=("target-key-id",)),
    "kms create-key": Change(target="", key="KeyMetadata"),
    "iam update-access-key": Change(
        target="access-key-id", kind="iam/access-keys", named="AccessKeyId", required=("status",),
        missing="NoSuchEntity: The Access Key with id {value} cannot be found",
    ),
    "iam delete-access-key": Change(
        target="access-key-id", kind="iam/access-keys", named="AccessKeyId",
        missing="NoSuchEntity: The Access Key with id {value} cannot be found.",
    ),
    "iam put-role-policy": Change(
        target="role-name", kind="iam/roles", named="RoleName",
        missing=NO_ENTITY.replace("{what}", "role"), required=("policy-name", "policy-document"),
    ),
    "iam put-user-policy": Change(
        target="user-name", kind="iam/users", named="UserName",
        missing=NO_ENTITY.replace("{what}", "user"), required=("policy-name", "policy-document"),
    ),
    "iam delete-user": Change(target="user-name", kind="iam/users", named="UserName"),
    "secretsmanager put-secret-value": Change(
        target="secret-id", kind="secretsmanager/secrets", named="Name", missing=NO_SECRET,
    ),
    "secretsmanager rotate-secret": Change(
        target="secret-id", kind="secretsmanager/secrets", named="Name", missing=NO_SECRET,
    ),
    "elasticache test-failover": _CACHE,
    "elasticache modify-replication-group": _CACHE,
    "elasticache reboot-cache-cluster": Change(target="cache-cluster-id"),
    "wafv2 update-ip-set": Change(
        target="name", kind="wafv2/ip-sets", named="Name", required=("lock-token", "addresses"),
    ),
    "elbv2 deregister-targets": Change(target="target-group-arn", required=("targets",)),
    "elbv2 register-targets": Change(target="target-group-arn", required=("targets",)),
    "elbv2 modify-listener": Change(target="listener-arn"),
    "elbv2 modify-target-group-attributes": Change(target="target-group-arn"),
    "sqs purge-queue": Change(target="queue-url", kind="sqs/queues", named="QueueUrl"),
    "autoscaling set-desired-capacity": Change(
        target="auto-scaling-group-name", required=("desired-capacity",)
    ),
    "guardduty archive-findings": Change(target="detector-id", required=("finding-ids",)),
    "support create-case": Change(target="subject"),
}  # fmt: skip

SPECIAL: Final = frozenset(
    {
        "cloudwatch get-metric-statistics",
        "rds download-db-log-file-portion",
        "sts get-caller-identity",
        "s3 ls",
    }
)
"""Operations with a shape of their own (`aws_special`)."""

SERVICES: Final = frozenset(
    {name.partition(" ")[0] for name in (*LOOKS, *CHANGES, *SPECIAL)}
    | {"s3api", "ecs", "ecr", "dynamodb", "sns", "ssm", "cloudformation", "configure", "backup",
       "ce", "organizations", "logs", "kinesis", "apigateway", "cloudfront", "eks", "sso"}
)  # fmt: skip


def operations_of(service: str) -> tuple[str, ...]:
    """The operations of a service that are listed, sorted."""
    names = {name for name in (*LOOKS, *CHANGES, *SPECIAL) if name.startswith(f"{service} ")}
    return tuple(sorted(name.partition(" ")[2] for name in names))
