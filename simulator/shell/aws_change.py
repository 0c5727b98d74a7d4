"""An AWS operation that would change something: checked as the service checks it, then an act.

Rule 1: what the service would refuse at once (not found, wrong state, a rule that is not there)
    is refused here in its words; everything else is an act, done or refused by others.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.shell.aws_calls import Change
from simulator.shell.aws_flags import GLOBAL, Request
from simulator.shell.aws_messages import AwsError
from simulator.shell.documents import Documents, Row
from simulator.shell.reply import Act


def changed(request: Request, change: Change, documents: Documents, line: str) -> tuple[Any, Act]:
    """The response of the accepted call and its act; raises `AwsError`."""
    target = request.flag(change.target)
    if change.kind == "kms/keys" and target.startswith("alias/"):
        raise AwsError(f"NotFoundException: Invalid keyId '{target}'")
    row = _row(change, target, documents)
    _check_state(request, change, row, target)
    _CHECKS.get(request.name, _nothing)(request, row)
    options = {
        flag: " ".join(values) or "true"
        for flag, values in sorted(request.flags.items())
        if flag not in GLOBAL and flag != change.target
    }
    verb = request.name
    act = Act(tool="aws", verb=verb, target=target, options=options, line=line)
    return _response(request, change, row, documents), act


def _row(change: Change, target: str, documents: Documents) -> Row:
    if not change.kind:
        return {}
    rows = documents.rows(f"aws/{change.kind}")
    bare = target.rpartition("/")[2]
    for row in rows:
        held = str(row.get(change.named, ""))
        if held == target or held.rpartition("/")[2] == bare:
            return row
    if change.missing and (rows or documents.kinds(f"aws/{change.kind}")):
        raise AwsError(change.missing.replace("{value}", target))
    return {}


def _check_state(request: Request, change: Change, row: Row, target: str) -> None:
    status = str(row.get(change.status, "")) if change.status else ""
    if change.states and status and status not in change.states:
        what = "Instance" if request.service == "rds" else "Replication group"
        code = (
            "InvalidDBInstanceState" if request.service == "rds" else "InvalidReplicationGroupState"
        )
        raise AwsError(f"{code}: {what} {target} is not in available state.")


def _promote(request: Request, row: Row) -> None:
    del request
    if row and not row.get("ReadReplicaSourceDBInstanceIdentifier"):
        raise AwsError("InvalidDBInstanceState: DB Instance is not a read replica.")


def _reboot(request: Request, row: Row) -> None:
    if "force-failover" in request.flags and not row.get("MultiAZ"):
        raise AwsError(
            "InvalidParameterCombination: ForceFailover cannot be specified since the instance is"
            " not configured for MultiAZ"
        )


def _modify(request: Request, row: Row) -> None:
    asked, held = request.flag("allocated-storage"), row.get("AllocatedStorage")
    if not asked or not isinstance(held, int):
        return
    if not (asked.isascii() and asked.isdigit() and len(asked) < 9):
        raise AwsError(f"ValidationError: Invalid value for AllocatedStorage: {asked}")
    if int(asked) < held:
        raise AwsError(
            "InvalidParameterCombination: Requested storage size must not be less than the current"
            " allocated storage."
        )
    if int(asked) * 10 < held * 11 and int(asked) != held:
        raise AwsError(
            "InvalidParameterCombination: Invalid storage size: the new value must be at least 10"
            f" percent greater than the current value of {held} GiB."
        )


def _delete(request: Request, row: Row) -> None:
    if row.get("DeletionProtection"):
        raise AwsError(
            "InvalidParameterCombination: Cannot delete protected DB Instance, please disable"
            " deletion protection and try again."
        )
    final = {"skip-final-snapshot", "final-db-snapshot-identifier"} & set(request.flags)
    if not final and not row.get("ReadReplicaSourceDBInstanceIdentifier"):
        raise AwsError(
            "InvalidParameterCombination: FinalDBSnapshotIdentifier is required unless"
            " SkipFinalSnapshot is specified."
        )


def _cancel_deletion(request: Request, row: Row) -> None:
    if row and row.get("KeyState") != "PendingDeletion":
        raise AwsError(
            f"KMSInvalidStateException: {request.flag('key-id')} is not pending deletion."
        )


def _enable_key(request: Request, row: Row) -> None:
    if row.get("KeyState") == "PendingDeletion":
        raise AwsError(f"KMSInvalidStateException: {request.flag('key-id')} is pending deletion.")


def _revoke(request: Request, row: Row) -> None:
    port, group = request.flag("port"), request.flag("source-group")
    cidr = request.flag("cidr")
    if not row or request.flag("ip-permissions") or request.flag("security-group-rule-ids"):
        return
    for rule in row.get("IpPermissions") or []:
        groups = {str(pair.get("GroupId")) for pair in rule.get("UserIdGroupPairs") or []}
        ranges = {str(one.get("CidrIp")) for one in rule.get("IpRanges") or []}
        fits = str(rule.get("FromPort")) == port.partition("-")[0]
        if fits and (group in groups if group else cidr in ranges):
            return
    raise AwsError(
        "InvalidPermission.NotFound: The specified rule does not exist in this security group."
    )


def _create_entry(request: Request, row: Row) -> None:
    number, egress = request.flag("rule-number"), "egress" in request.flags
    if {"ingress", "egress"}.isdisjoint(request.flags):
        raise AwsError("MissingParameter: The request must contain the parameter egress")
    for entry in row.get("Entries") or []:
        if str(entry.get("RuleNumber")) == number and bool(entry.get("Egress")) == egress:
            raise AwsError(
                "NetworkAclEntryAlreadyExists: The network acl entry identified by"
                f" {number} already exists."
            )


def _nothing(request: Request, row: Row) -> None:
    del request, row


_CHECKS: Mapping[str, Any] = {
    "rds promote-read-replica": _promote,
    "rds reboot-db-instance": _reboot,
    "rds modify-db-instance": _modify,
    "rds delete-db-instance": _delete,
    "kms cancel-key-deletion": _cancel_deletion,
    "kms enable-key": _enable_key,
    "kms disable-key": _enable_key,
    "ec2 revoke-security-group-ingress": _revoke,
    "ec2 create-network-acl-entry": _create_entry,
}


def _response(request: Request, change: Change, row: Row, documents: Documents) -> Any:
    match request.name:
        case "route53 change-resource-record-sets":
            info = {
                "Id": "/change/C0DRILL0DRILL0",
                "Status": "PENDING",
                "SubmittedAt": documents.now,
            }
            return {change.key: info}
        case "ec2 revoke-security-group-ingress" | "ec2 authorize-security-group-ingress":
            return {"Return": True}
        case "kms cancel-key-deletion":
            return {"KeyId": row.get("Arn", request.flag("key-id"))}
        case "kms schedule-key-deletion":
            days = request.flag("pending-window-in-days")
            ahead = int(days) if days.isascii() and days.isdigit() and len(days) < 3 else 30
            return {
                "KeyId": row.get("Arn", request.flag("key-id")),
                "DeletionDate": documents.now + ahead * 86_400,
                "KeyState": "PendingDeletion",
                "PendingWindowInDays": ahead,
            }
        case "secretsmanager put-secret-value" | "secretsmanager rotate-secret":
            put = request.operation == "put-secret-value"
            stages = {"VersionStages": ["AWSCURRENT"]} if put else {}
            return {name: row[name] for name in ("ARN", "Name") if name in row} | stages
    if not change.key:
        return {}
    body = dict(row) | _named(request) | dict(change.becomes)
    pending = _pending(request, row)
    if request.name in ("rds modify-db-instance", "rds promote-read-replica") and pending:
        body["PendingModifiedValues"] = pending
    return {change.key: body}


_SHOWN: Mapping[str, str] = {
    "db-instance-identifier": "DBInstanceIdentifier",
    "target-db-instance-identifier": "DBInstanceIdentifier",
    "db-snapshot-identifier": "DBSnapshotIdentifier",
    "source-db-instance-identifier": "ReadReplicaSourceDBInstanceIdentifier",
}
_PENDING: Mapping[str, str] = {
    "allocated-storage": "AllocatedStorage",
    "backup-retention-period": "BackupRetentionPeriod",
    "db-instance-class": "DBInstanceClass",
    "multi-az": "MultiAZ",
}


def _named(request: Request) -> dict[str, Any]:
    found = {name: request.flag(flag) for flag, name in _SHOWN.items() if request.flag(flag)}
    if request.operation == "restore-db-instance-to-point-in-time":
        found.pop("ReadReplicaSourceDBInstanceIdentifier", None)
    return found


def _pending(request: Request, row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for flag, name in _PENDING.items():
        if flag in request.flags:
            text = request.flag(flag)
            value: Any = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
            found[name] = True if text == "" else value
    return {name: value for name, value in found.items() if row.get(name) != value}


def missing_flags(required: Sequence[str], target: str, request: Request) -> list[str]:
    """The flags a call cannot do without and that were not given."""
    wanted = [target, *required] if target else list(required)
    return [f"--{flag}" for flag in wanted if flag not in request.flags]
