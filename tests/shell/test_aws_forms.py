"""The cloud's command line whatever the service: forms of output, usage errors, far corners."""

import json

import pytest
from cloud_fake import ALICE, Papers, typed
from cloud_papers import PAPERS, aws
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.shell.aws import answer


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
        (
            "rds describe-db-instances --query " + "[" * 400,
            "maximum recursion depth exceeded",
        ),
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
