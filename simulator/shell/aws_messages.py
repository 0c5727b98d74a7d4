"""Errors of AWS services, in their words: `Code: text`, `{value}` for the name that was given."""

from typing import Final

NO_DB: Final = "DBInstanceNotFound: DBInstance {value} not found."
NO_KEY: Final = "NotFoundException: Key '{value}' does not exist"
NO_GROUP: Final = "InvalidGroup.NotFound: The security group '{value}' does not exist"
NO_ACL: Final = "InvalidNetworkAclID.NotFound: The networkAcl ID '{value}' does not exist"
NO_RULE: Final = "ResourceNotFoundException: Rule {value} does not exist on EventBus default."
NO_CACHE: Final = "ReplicationGroupNotFoundFault: ReplicationGroup {value} not found."
NO_SECRET: Final = "ResourceNotFoundException: Secrets Manager can't find the specified secret."  # noqa: S105
NO_ENTITY: Final = "NoSuchEntity: The {what} with name {value} cannot be found."
NO_ZONE: Final = "NoSuchHostedZone: No hosted zone found with ID: {value}"


class AwsError(Exception):
    """An error the service answers: `Code: text`."""

    def __init__(self, text: str) -> None:
        code, _, message = text.partition(": ")
        super().__init__(text)
        self.code = code
        self.message = message
