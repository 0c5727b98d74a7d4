"""Four databases by hand: one with everything in it, one empty, one that only follows, one shut."""

from cloud_fake import Papers

from simulator.shell.reply import Terminal

DATABASES = Papers(
    tables={
        "sql/main": [{"ends": "ok", "seconds": 0.1}],
        "sql/main/visits": [
            {"id": 1, "who": "ann", "note": "a\nbb"},
            {"id": 22, "who": None, "note": "c"},
        ],
        "sql/main/Odd": [],
        "sql/main/pg_extension": [{"extname": "pgcrypto", "extversion": "1.3"}],
        "sql/main/pg_indexes": [
            {
                "schemaname": "public",
                "tablename": "visits",
                "indexname": "visits_pkey",
                "indexdef": "PRIMARY KEY, btree (id)",
            }
        ],
        "sql/main/pg_roles": [
            {"rolname": "root", "rolsuper": True, "rolcreatedb": True},
            {"rolname": "old", "rolcanlogin": False},
        ],
        "sql/main/pg_settings": [
            {"name": "max_connections", "setting": "100"},
            {"name": "shared_buffers", "setting": "16384", "unit": "8kB"},
        ],
        "sql/main/functions": [{"data_checksums": "on", "pg_blocking_pids": {"41": "{40}"}}],
        "sql/main/pg_replication_slots": [
            {"slot_name": "busy", "active": True, "active_pid": 7},
            {"slot_name": "idle", "active": False},
        ],
        "sql/empty": [{"ends": "ok", "seconds": 0.1}],
        "sql/ro": [{"ends": "ok", "seconds": 0.1}],
        "sql/ro/functions": [{"pg_is_in_recovery": True, "slow": {"error": "out of patience"}}],
        "sql/ro/visits": [{"id": 1}],
        "sql/odd": [{"ends": "failed"}],
        "dns/loop.test": [{"type": "CNAME", "value": "loop.test."}],
        "dns/ip.test": [{"type": "A", "value": "10.0.0.5"}],
        "http/web.test": [{"path": "/"}],
    }
)
ALICE = Terminal(user="alice", host="bastion", variables={"PGHOST": "main", "PGDATABASE": "shop"})
