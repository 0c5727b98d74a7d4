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
        "net/laptop/box.test:22": [{"ends": "ok", "seconds": 0.1}],
        "git/app": COMMITS,
        "git/bare": [],
        "tool/deployctl": [
            {"line": "deployctl status", "out": "all well", "status": 0, "seconds": 3},
            {"line": "deployctl fail", "out": "broken\n", "status": 4},
            {"line": "deployctl push <env> --force", "out": "", "acts": True, "err": "pushed\n"},
        ],
    }
)
