"""A network on a bad day: names, ports, pages and certificates that fail in different ways."""

from documents_fake import DAY, NOW, FakeDocuments

from simulator.shell.reply import Terminal

BOB = Terminal(user="bob")
IN_POD = Terminal(user="root", host="pod", variables={"HOSTNAME": "web-1"})
COMMITS = [
    {
        "hash": "aaaa1111bbbb2222cccc3333dddd4444eeee5555",
        "author": "Kim Example",
        "at": NOW - 30,
        "subject": "tune the pool",
        "body": "Asked for in INC-7.",
        "files": [{"path": "app/pool.yaml", "added": 1, "removed": 0}],
        "patch": "diff --git a/app/pool.yaml b/app/pool.yaml\n+++ b/app/pool.yaml\n+size: 20",
    },
    {"hash": "bbbb2222", "author": "Ola", "at": NOW - 2 * 3600, "subject": "docs", "files": []},
    {
        "hash": "cccc3333",
        "author": "Ola",
        "at": NOW - 600 - DAY,
        "subject": "limits",
        "files": ["app/limits.yaml"],
        "patch": "--- a/app/limits.yaml\n+++ b/app/limits.yaml\n-max: 1\n+max: 2\n",
    },
]
TWICE = [
    {
        "hash": "dddd4444",
        "author": "Ola",
        "at": NOW - 60,
        "subject": "drop it",
        "files": ["a.yaml", "charts/app.yaml"],
        "patch": (
            "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n-size: 20\n-  # as asked\n"
            "diff --git a/charts/app.yaml b/charts/app.yaml\n--- a/charts/app.yaml\n"
            "+++ b/charts/app.yaml\n-old\n"
        ),
    },
    {
        "hash": "eeee5555",
        "author": "Ola",
        "at": NOW - 120,
        "subject": "again",
        "files": ["a.yaml", "b.yaml +200 -3", "c.yaml +1 -1"],
        "patch": "--- a/a.yaml\n+++ b/a.yaml\n+size: 20\n",
    },
    {
        "hash": "ffff6666",
        "author": "Ola",
        "at": NOW - 180,
        "subject": "first",
        "files": ["a.yaml"],
        "patch": "--- a/a.yaml\n+++ b/a.yaml\n+size: 20\n",
    },
]
NET = FakeDocuments(
    tables={
        "dns/web.test": [{"type": "A", "ttl": "x", "value": "203.0.113.9"}],
        "dns/lost.test": [{"type": "CNAME", "value": "lost.test"}],
        "http/web.test": [
            {"path": "/", "body": "hello", "headers": {"content-length": "5"}},
            {"path": "/missing", "status": "odd"},
            {"path": "*", "method": "PUT", "status": 204},
        ],
        "http/web-1:9000": [{"path": "/", "body": "from the pod\n", "seconds": "odd"}],
        "http/plain.test": [{"path": "*", "body": "anything\n"}],
        "tls/web.test": [{"not_after": NOW - DAY, "not_before": "odd"}],
        "tls/odd.test": [{"subject": "CN = odd.test", "not_after": "odd"}],
        "net/laptop/web.test:81": [{"ends": "timeout", "seconds": 130}],
        "net/laptop/web.test:82": [{"ends": "failed", "seconds": 0.1}],
        "net/laptop/web.test:83": [{"ends": "refused", "seconds": "odd"}],
        "net/laptop/web.test:84": [{"ends": "exploded", "message": "TLS alert"}],
        "net/laptop/web.test:85": [{"ends": "ok", "seconds": 0.4}],
        "net/laptop/web.test:0": [{"ends": "timeout", "seconds": 10}],
        "net/laptop/web.test:22": [{"ends": "refused", "seconds": 0.01}],
        "net/laptop/start.test:5432": [
            {"ends": "failed", "message": "FATAL:  the database system is starting up"}
        ],
        "sql/start.test": [{"ends": "ok", "seconds": 0.1}],
        "sql/auth.test": [{"ends": "failed", "message": "FATAL:  no such role"}],
        "host/box.test/app": [
            {"at": NOW - 50, "text": "one"},
            {"at": "2026-03-12T14:09:30Z", "text": "two"},
            {"at": "never", "text": "old"},
        ],
        "host/box.test/db": [{"at": NOW - 40, "text": "three"}],
        "net/laptop/jump.test:22": [{"ends": "ok", "seconds": 0.1}],
        "net/laptop/box.test:22": [{"ends": "ok", "seconds": 0.1}],
        "git/app": COMMITS,
        "git/bare": [],
        "git/twice": TWICE,
        "git/long": [
            {
                "hash": "2222bbbb",
                "files": [
                    f"{'deep/' * 12}limits-of-every-tenant.yaml +40 -2",
                    {"path": f"{'x' * 70}.yaml", "added": 1, "removed": 1},
                ],
            },
            {"hash": "1111aaaa"},
        ],
        "tool/deployctl": [
            {"line": "deployctl status", "out": "all well", "status": 0, "seconds": 3},
            {"line": "deployctl say 'hi"},
            {"line": "deployctl pull <env> --from <place>", "acts": True},
            {"line": "deployctl fail", "out": "broken\n", "status": 4},
            {"line": "deployctl push <env> --force", "out": "", "acts": True, "err": "pushed\n"},
        ],
    }
)
