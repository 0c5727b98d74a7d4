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
        "sql/far": [{"ends": "timeout", "seconds": 130}],
        "net/bastion/door:5432": [{"ends": "ok"}],
        "sql/typed": [{"ends": "ok", "seconds": 0.1}],
        "sql/typed/functions": [{"version": "PostgreSQL 15.2", "flags": {"x": True}}],
        "sql/typed/information_schema.columns": [
            {"table_name": "orders", "column_name": "placed", "ordinal_position": 2,
             "data_type": "timestamp without time zone", "is_nullable": "NO",
             "column_default": "now()"},
            {"table_name": "orders", "column_name": "id", "data_type": "bigint",
             "ordinal_position": 1, "is_nullable": "NO"},
        ],
        "sql/typed/orders": [{"id": 1, "placed": "2026-03-13T09:00:00Z"}],
        "sql/typed/mixed": [
            {"tags": ["a", "b"], "meta": {"k": 1}, "took": "00:01:30", "nothing": None, "odd": 1},
            {"tags": [], "meta": None, "took": None, "nothing": None, "odd": "x"},
        ],
        "sql/typed/pg_indexes": [
            {"tablename": "orders", "indexname": name, "indexdef": f"CREATE {made} USING {how}"}
            for name, made, how in (
                ("orders_pkey", "UNIQUE INDEX orders_pkey ON orders", "btree (id)"),
                ("orders_placed", "INDEX orders_placed ON orders", "btree (placed)"),
                ("orders_once", "UNIQUE INDEX orders_once ON orders", "hash (placed)"),
            )
        ],
        "dns/loop.test": [{"type": "CNAME", "value": "loop.test."}],
        "dns/ip.test": [
            {"type": "A", "value": "10.0.0.5"},
            {"type": "AAAA", "value": "::5"},
            {"type": "A", "value": "10.0.0.6"},
        ],
        "sql/ip.test": [{"ends": "ok", "seconds": 0.1}],
        "http/web.test": [{"path": "/"}],
    }
)  # fmt: skip
ALICE = Terminal(user="alice", host="bastion", variables={"PGHOST": "main", "PGDATABASE": "shop"})
