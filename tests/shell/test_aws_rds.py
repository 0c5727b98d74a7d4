"""`aws rds` in the drills: instances, events, log files, and what changes them."""

import json

import pytest
from cloud_papers import aws

from simulator.shell.aws_special import process_of
from simulator.shell.documents import LogLine


def test_the_primary_is_failed():
    """Look 5: four fields by a query, times as ISO."""
    reply = aws(
        "rds describe-db-instances --db-instance-identifier fraiseql-db-a --query"
        " DBInstances[0].[DBInstanceStatus,MultiAZ,LatestRestorableTime,AllocatedStorage]"
    )

    assert json.loads(reply.out) == ["failed", False, "2026-03-13T10:01:50+00:00", 100]
    assert (reply.way, reply.reads, reply.status) == ("answered", ("aws/rds/db-instances",), 0)


def test_events_show_the_last_hour_unless_asked():
    """Look 6: the day-old event needs a longer duration."""
    line = "rds describe-events --source-type db-instance --source-identifier fraiseql-db-a"
    hour = json.loads(aws(f"{line} --duration 60").out)["Events"]
    days = json.loads(aws(f"{line} --duration 4320").out)["Events"]

    assert [one["Message"] for one in hour] == ["The DB instance has failed."]
    assert [one["Message"] for one in days] == ["old", "The DB instance has failed."]


def test_the_replicas_log_file():
    """Look 10: plain text, as the paginating CLI prints it."""
    reply = aws(
        "rds download-db-log-file-portion --db-instance-identifier fraiseql-db-b"
        " --log-file-name error/postgresql.log.2026-03-13-10 --output text"
    )

    assert reply.out.startswith("2026-03-13 10:05:05 UTC::@:[")
    assert "LOG:  could not connect to the primary server" in reply.out


@pytest.mark.parametrize("hour", ["2026-03-13-11", "2026-03-12-09"])
def test_the_log_of_an_hour_to_come_or_long_gone_is_empty(hour):
    """The instance is known and the name is one of its log files: there is nothing in it."""
    reply = aws(
        "rds download-db-log-file-portion --db-instance-identifier fraiseql-db-b"
        f" --log-file-name error/postgresql.log.{hour} --output text"
    )

    assert (reply.out.strip(), reply.err, reply.status) == ("", "", 0)


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
    ],
)
def test_the_service_refuses_in_its_words(line, words):
    """Status 254, nothing printed, no act."""
    reply = aws(line)

    assert words in reply.err
    assert (reply.way, reply.status, reply.acts, reply.out) == ("refused", 254, (), "")


@pytest.mark.parametrize(
    ("text", "process"),
    [
        ("LOG:  restartpoint complete: wrote 612 buffers", 531),
        ("LOG:  restored log file from archive", 530),
        ("FATAL:  could not connect to the primary server", 20093),
    ],
)
def test_each_line_of_a_log_file_names_the_process_that_wrote_it(text, process):
    """The checkpointer and the recovery have theirs; each attempt to connect is its own."""
    line = LogLine(at_ms=1773396311_000, fields={"service": "db-a"}, text=text)

    assert process_of(line) == process
