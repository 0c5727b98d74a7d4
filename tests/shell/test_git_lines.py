"""git in all the forms people type, over three commits."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from network_fake import BOB, NET
from tellings import told

from simulator.shell.prompt import run

TOLD = [
    (
        "git",
        ("usage: git [-C <path>] <command> [<args>]\n\n   log show diff blame revert push\n"),
        "",
        0,
    ),
    (
        "git -C app log",
        (
            "commit aaaa1111bbbb2222cccc3333dddd4444eeee5555\n"
            "Author: Kim Example <kim.example@example.com>\n"
            "Date:   Thu Mar 12 14:09:30 2026 +0000\n"
            "\n"
            "    tune the pool\n"
            "\n"
            "    Asked for in INC-7.\n"
            "\n"
            "commit bbbb2222\n"
            "Author: Ola <ola@example.com>\n"
            "Date:   Thu Mar 12 12:10:00 2026 +0000\n"
            "\n"
            "    docs\n"
            "\n"
            "commit cccc3333\n"
            "Author: Ola <ola@example.com>\n"
            "Date:   Wed Mar 11 14:00:00 2026 +0000\n"
            "\n"
            "    limits\n"
        ),
        "",
        0,
    ),
    (
        "git -C app log --author=kim --format='%H|%h|%an|%ae|%ad|%at|%aI|%s|%b|%cr'",
        "aaaa1111bbbb2222cccc3333dddd4444eeee5555|aaaa111|Kim Example|kim.example@example.com|Thu Mar 12 14:09:30 2026 +0000|1773324570|2026-03-12T14:09:30+00:00|tune the pool|Asked for in INC-7.|30 seconds ago\n",
        "",
        0,
    ),
    (
        "git -C app log --pretty=oneline --reverse",
        ("cccc333 limits\nbbbb222 docs\naaaa111 tune the pool\n"),
        "",
        0,
    ),
    ("git -C app log -n x", "", "fatal: 'x': not an integer\n", 128),
    ("git -C app log --until='1 hour ago' --format=%s", ("docs\nlimits\n"), "", 0),
    ("git -C app log -S max --format=%s", "limits\n", "", 0),
    ("git -C app log app --format=%s", ("tune the pool\nlimits\n"), "", 0),
    ("git -C app log nope.yaml", "", "", 0),
    (
        "git -C app log --shortstat -1",
        (
            "commit aaaa1111bbbb2222cccc3333dddd4444eeee5555\n"
            "Author: Kim Example <kim.example@example.com>\n"
            "Date:   Thu Mar 12 14:09:30 2026 +0000\n"
            "\n"
            "    tune the pool\n"
            "\n"
            "    Asked for in INC-7.\n"
            "\n"
            " 1 file changed, 1 insertion(+)\n"
        ),
        "",
        0,
    ),
    (
        "git -C app log --name-only -1",
        (
            "commit aaaa1111bbbb2222cccc3333dddd4444eeee5555\n"
            "Author: Kim Example <kim.example@example.com>\n"
            "Date:   Thu Mar 12 14:09:30 2026 +0000\n"
            "\n"
            "    tune the pool\n"
            "\n"
            "    Asked for in INC-7.\n"
            "\n"
            "app/pool.yaml\n"
        ),
        "",
        0,
    ),
    (
        "git -C app log --name-status -1",
        (
            "commit aaaa1111bbbb2222cccc3333dddd4444eeee5555\n"
            "Author: Kim Example <kim.example@example.com>\n"
            "Date:   Thu Mar 12 14:09:30 2026 +0000\n"
            "\n"
            "    tune the pool\n"
            "\n"
            "    Asked for in INC-7.\n"
            "\n"
            "M\tapp/pool.yaml\n"
        ),
        "",
        0,
    ),
    (
        "git -C app log --numstat --format=%h",
        ("aaaa111\n1\t0\tapp/pool.yaml\nbbbb222\ncccc333\n1\t1\tapp/limits.yaml\n"),
        "",
        0,
    ),
    ("git -C app log --since=2026-03-12 --format=%ar", ("30 seconds ago\n2 hours ago\n"), "", 0),
    ("git -C app log --grep=limits --format=%h", "cccc333\n", "", 0),
    ("git -C app log bbbb2222~1 --format=%h", "cccc333\n", "", 0),
    (
        "git -C app show",
        (
            "commit aaaa1111bbbb2222cccc3333dddd4444eeee5555\n"
            "Author: Kim Example <kim.example@example.com>\n"
            "Date:   Thu Mar 12 14:09:30 2026 +0000\n"
            "\n"
            "    tune the pool\n"
            "\n"
            "    Asked for in INC-7.\n"
            "\n"
            "diff --git a/app/pool.yaml b/app/pool.yaml\n"
            "+++ b/app/pool.yaml\n"
            "+size: 20\n"
        ),
        "",
        0,
    ),
    (
        "git -C app show aaaa --stat",
        (
            "commit aaaa1111bbbb2222cccc3333dddd4444eeee5555\n"
            "Author: Kim Example <kim.example@example.com>\n"
            "Date:   Thu Mar 12 14:09:30 2026 +0000\n"
            "\n"
            "    tune the pool\n"
            "\n"
            "    Asked for in INC-7.\n"
            "\n"
            " app/pool.yaml | 1 +\n"
            " 1 file changed, 1 insertion(+)\n"
        ),
        "",
        0,
    ),
    (
        "git -C app show HEAD^",
        (
            "commit bbbb2222\n"
            "Author: Ola <ola@example.com>\n"
            "Date:   Thu Mar 12 12:10:00 2026 +0000\n"
            "\n"
            "    docs\n"
        ),
        "",
        0,
    ),
    (
        "git -C app show HEAD~9",
        "",
        (
            "fatal: ambiguous argument 'HEAD~9': unknown revision or path not in the working tree.\n"
            "Use '--' to separate paths from revisions, like this:\n"
            "'git <command> [<revision>...] -- [<file>...]'\n"
        ),
        128,
    ),
    (
        "git -C app show zzz",
        "",
        (
            "fatal: ambiguous argument 'zzz': unknown revision or path not in the working tree.\n"
            "Use '--' to separate paths from revisions, like this:\n"
            "'git <command> [<revision>...] -- [<file>...]'\n"
        ),
        128,
    ),
    ("git -C app diff", "", "", 0),
    (
        "git -C app diff HEAD~2",
        ("diff --git a/app/pool.yaml b/app/pool.yaml\n+++ b/app/pool.yaml\n+size: 20\n"),
        "",
        0,
    ),
    ("git -C app diff HEAD~2..HEAD --name-only -- app/limits.yaml", "", "", 0),
    (
        "git -C app diff nope1",
        "",
        (
            "fatal: ambiguous argument 'nope1': unknown revision or path not in the working tree.\n"
            "Use '--' to separate paths from revisions, like this:\n"
            "'git <command> [<revision>...] -- [<file>...]'\n"
        ),
        128,
    ),
    (
        "git -C app diff HEAD nope1",
        "",
        (
            "fatal: ambiguous argument 'nope1': unknown revision or path not in the working tree.\n"
            "Use '--' to separate paths from revisions, like this:\n"
            "'git <command> [<revision>...] -- [<file>...]'\n"
        ),
        128,
    ),
    (
        "git -C app blame app/limits.yaml",
        "cccc3333 (Ola            2026-03-11 14:00:00 +0000) max: 2\n",
        "",
        0,
    ),
    ("git -C app blame nope", "", "fatal: no such path 'nope' in HEAD\n", 128),
    ("git -C app blame", "", "usage: git blame [<options>] [<rev>] [--] <file>\n", 128),
    (
        "git -C app status",
        (
            "On branch main\n"
            "Your branch is up to date with 'origin/main'.\n"
            "\n"
            "nothing to commit, working tree clean\n"
        ),
        "",
        0,
    ),
    ("git -C app status -s", "", "", 0),
    ("git -C app branch", "* main\n", "", 0),
    ("git -C app branch --show-current", "main\n", "", 0),
    ("git -C app remote", "origin\n", "", 0),
    (
        "git -C app remote -v",
        ("origin\tgit@git.internal:app.git (fetch)\norigin\tgit@git.internal:app.git (push)\n"),
        "",
        0,
    ),
    ("git -C app rev-parse HEAD", "aaaa1111bbbb2222cccc3333dddd4444eeee5555\n", "", 0),
    ("git -C app rev-parse --short HEAD", "aaaa111\n", "", 0),
    ("git -C app pull", "Already up to date.\n", "", 0),
    ("git -C app fetch", "", "", 0),
    (
        "git -C app revert",
        "",
        "usage: git revert [--[no-]edit] [-n] [-m <parent-number>] <commit>...\n",
        129,
    ),
    (
        "git -C app revert HEAD",
        '[main b278726] Revert "tune the pool"\n 1 file changed, 1 deletion(-)\n',
        "",
        0,
    ),
    ("git -C app push", "", ("To git@git.internal:app.git\n   aaaa111..main  main -> main\n"), 0),
    ("git -C app log --bogus", "", "fatal: unrecognized argument: --bogus\n", 128),
    (
        "git --bogus",
        "",
        ("unknown option: --bogus\nusage: git [-C <path>] <command> [<args>]\n"),
        1,
    ),
    (
        "git -C bare log",
        "",
        "fatal: not a git repository (or any of the parent directories): .git\n",
        128,
    ),
    (
        "git -C twice diff ffff6666 --stat",
        (
            " a.yaml          |   3 +-\n"
            " b.yaml          | 203 +++++++++++++++++++++++++++++++++++++++++++++++++++++++-\n"
            " c.yaml          |   2 +-\n"
            " charts/app.yaml |   1 -\n"
            " 4 files changed, 202 insertions(+), 7 deletions(-)\n"
        ),
        "",
        0,
    ),
    (
        "git -C twice diff ffff6666 --shortstat",
        " 4 files changed, 202 insertions(+), 7 deletions(-)\n",
        "",
        0,
    ),
    (
        "git -C twice diff ffff6666 --name-only",
        ("a.yaml\nb.yaml\nc.yaml\ncharts/app.yaml\n"),
        "",
        0,
    ),
    (
        "git -C twice diff HEAD~1 --numstat",
        ("0\t2\ta.yaml\n0\t1\tcharts/app.yaml\n"),
        "",
        0,
    ),
    (
        "git -C twice log -1 --stat",
        (
            "commit dddd4444\n"
            "Author: Ola <ola@example.com>\n"
            "Date:   Thu Mar 12 14:09:00 2026 +0000\n"
            "\n"
            "    drop it\n"
            "\n"
            " a.yaml          | 2 --\n"
            " charts/app.yaml | 1 -\n"
            " 2 files changed, 3 deletions(-)\n"
        ),
        "",
        0,
    ),
    (
        "git -C twice blame a.yaml",
        "ffff6666 (Ola            2026-03-12 14:07:00 +0000) size: 20\n",
        "",
        0,
    ),
    (
        "git -C twice revert HEAD",
        ('[main a2171fd] Revert "drop it"\n 2 files changed, 3 insertions(+)\n'),
        "",
        0,
    ),
    (
        "git -C app revert bbbb2222",
        '[main 549573d] Revert "docs"\n',
        "",
        0,
    ),
    (
        "git -C twice diff eeee5555 HEAD --name-status",
        ("M\ta.yaml\nM\tcharts/app.yaml\n"),
        "",
        0,
    ),
    (
        "git -C long diff 1111aaaa --stat",
        (
            " .../deep/deep/deep/limits-of-every-tenant.yaml     | 42 ++++++++++++++++++++--\n"
            " ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.yaml |  2 +-\n"
            " 2 files changed, 41 insertions(+), 3 deletions(-)\n"
        ),
        "",
        0,
    ),
]
NOT_PLAYED = ["git -C app commit -m x", "git -C app tag"]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_it_says_what_the_real_one_says(line, out, err, status):
    """Output, complaint and status of a line, as git has them."""
    assert told(line, NET, BOB) == (out, err, status)


@pytest.mark.parametrize("line", NOT_PLAYED)
def test_what_is_not_played_says_so(line):
    """With something that works instead, and nothing printed."""
    reply = run(line, NET, BOB)

    assert (reply.way, reply.out, bool(reply.nearest)) == ("not_simulated", "", True)


def test_a_revert_names_its_repository_and_a_push_its_remote():
    """What the world is asked for."""
    line = "git -C app revert HEAD && git -C app push --force"
    acts = run(line, NET, BOB).acts

    assert [(act.verb, act.target, dict(act.options)) for act in acts] == [
        ("revert", "HEAD", {"repository": "app"}),
        ("push", "app", {"force": "true"}),
    ]
