"""git tells what was changed, and asks for the two ways back."""

import pytest
from documents_fake import ALICE, WORLD

from simulator.shell.prompt import request_of, run


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "git -C shop-config log --since='24 hours ago' --stat",
            (
                "commit 7c1f0de4a1b2c3d4e5f60718293a4b5c6d7e8f90\n"
                "Author: Kim Example <kim@example.com>\nDate:   Thu Mar 12 13:58:00 2026 +0000\n\n"
                "    limits: follow up on INC-10\n\n limits.yaml | 3 ++-\n"
                " 1 file changed, 2 insertions(+), 1 deletion(-)\n"
            ),
        ),
        (
            "git -C shop-config log --oneline",
            "7c1f0de limits: follow up on INC-10\n11aa22b webhooks: raise the limit\n",
        ),
        (
            "git -C shop-config log -1 -p | grep '^[-+] '",
            "-  max_complexity: 5000\n+  max_complexity:\n+  window: 60s\n",
        ),
        (
            "cd shop-config && git show HEAD~1 --stat | tail -1",
            " 1 file changed, 1 insertion(+), 1 deletion(-)\n",
        ),
        (
            "git -C shop-config log --format='%h %an %ar' -- webhooks.yaml",
            "11aa22b Ola Example 3 days ago\n",
        ),
        ("git -C shop-config diff 11aa22b 7c1f0de --stat | head -1", " limits.yaml | 3 ++-\n"),
    ],
)
def test_history(line, expected):
    """The ways people ask what changed."""
    assert run(line, WORLD, ALICE).out == expected


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("git log", "fatal: not a git repository (or any of the parent directories): .git\n"),
        ("git -C nope log", "fatal: cannot change to 'nope': No such file or directory\n"),
        ("git -C shop-config revert fffffff", "fatal: bad revision 'fffffff'\n"),
        ("git -C shop-config brew", "git: 'brew' is not a git command. See 'git --help'.\n"),
    ],
)
def test_refusals_are_in_gits_words(line, complaint):
    """No repository, no commit, no command."""
    reply = run(line, WORLD, ALICE)

    assert (reply.way, reply.err, reply.acts) == ("refused", complaint, ())


def test_revert_and_push_are_acts_in_order():
    """With documents and without, the same is asked for."""
    line = "git -C shop-config revert --no-edit 7c1f0de && git -C shop-config push"
    acts = run(line, WORLD, ALICE).acts

    assert [(act.verb, act.target) for act in acts] == [
        ("revert", "7c1f0de"),
        ("push", "shop-config"),
    ]
    assert request_of(line, ALICE) == acts
