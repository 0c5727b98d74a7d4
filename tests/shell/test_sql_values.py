"""What PostgreSQL says an expression is: texts, numbers, times, spans, truths and their faults."""

import pytest
from cloud_fake import ALICE, Papers, typed

from simulator.shell.psql import answer

PAPERS = Papers(
    tables={
        "sql/main": [{"ends": "ok", "seconds": 0.1}],
        "sql/main/visits": [
            {"id": 1, "who": "ann", "at": "2026-03-11T09:30:00Z", "ok": True, "ms": 12.5},
            {"id": 2, "who": "bob", "at": "2026-03-13T10:00:00Z", "ok": False, "ms": 80.0},
            {"id": 3, "who": None, "at": None, "ok": None, "ms": None},
        ],
        "sql/main/functions": [{"pg_database_size": {"shop": 5_000_000_000}}],
    }
)
"""The moment is Friday 13 March 2026, 10:08:30 UTC."""


def select(expression):
    """One value as psql prints it bare, or the first line of the complaint."""
    words = ("psql", "-h", "main", "-d", "shop", "-At", "-c", f"select {expression}")
    reply = answer(typed(*words), PAPERS, ALICE, None)
    return reply.out.rstrip("\n") or reply.err.split("\n")[0]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("pg_size_pretty(0)", "0 bytes"),
        ("pg_size_pretty(10240)", "10 kB"),
        ("pg_size_pretty(-123456789)", "-118 MB"),
        ("pg_size_pretty(pg_database_size('shop'))", "4768 MB"),
        ("pg_wal_lsn_diff('1/0','0/FFFFFFFF')", "1"),
        ("date_trunc('second', now())", "2026-03-13 10:08:30+00"),
        ("date_trunc('hour', now())", "2026-03-13 10:00:00+00"),
        ("date_trunc('week', now())", "2026-03-09 00:00:00+00"),
        ("date_trunc('month', now())", "2026-03-01 00:00:00+00"),
        ("date_trunc('year', now())", "2026-01-01 00:00:00+00"),
        ("extract(epoch from now() - interval '1 hour' - now())", "-3600.000000"),
        ("extract(hour from now())", "10"),
        ("extract(dow from now())", "5"),
        ("extract(doy from now())", "72"),
        ("extract(day from interval '2 days 3 hours')", "2"),
        ("extract(hour from interval '2 days 3 hours')", "3"),
        ("to_char(now(), 'YYYY-MM-DD HH24:MI')", "2026-03-13 10:08"),
        ("7 / 2", "3"),
        ("-7 / 2", "-3"),
        ("0 / 5", "0"),
        ("'42'::int + 1", "43"),
        ("2.5::int", "2"),
        ("round(2.567, 1)", "2.6"),
        ("round(-2.5)", "-3"),
        ("left('abcdef', 2) || right('abcdef', 2)", "abef"),
        ("right('abcdef', -2)", "cdef"),
        ("split_part('a.b.c', '.', 2)", "b"),
        ("split_part('a.b.c', '.', 9) is null", "f"),
        ("reverse('abc')", "cba"),
        ("concat('a', null, 1)", "a1"),
        ("'a' || 1 || 'b'", "a1b"),
        ("true || ''", "true"),
        ("'up: ' || (now() - interval '1 minute' > now())", "up: false"),
        ("upper('a') || lower('B') || length('abc')", "Ab3"),
        ("coalesce(null, 'x')", "x"),
        ("nullif(1, 1) is null", "t"),
        ("case when 1 > 2 then 'a' else 'b' end", "b"),
        ("'2026-03-13'::date - '2026-03-01'::date", "12"),
        ("'2026-03-13'::date + 1 = '2026-03-14'::date", "t"),
        ("current_date - 1 || '/' || 2 + current_date", "2026-03-12/2026-03-15"),
        ("now()::date", "2026-03-13"),
        ("current_date", "2026-03-13"),
        ("interval '90 minutes'", "01:30:00"),
        ("interval '1 day 2 hours'", "1 day 02:00:00"),
        ("age(now(), now() - interval '3 hours')", "03:00:00"),
        ("'5 minutes'::interval * 3", "00:15:00"),
        ("now() between '2026-03-13' and '2026-03-14'", "t"),
        ("now() at time zone 'UTC' > now() - interval '1 s'", "t"),
        ("to_timestamp(0)", "1970-01-01 00:00:00+00"),
        ("'abc' ~ '^a'", "t"),
        ("'ABC' ~* 'b'", "t"),
        ("'abc' !~ 'z'", "t"),
        ("'abc' like 'a%'", "t"),
        ("'abc' ilike 'A%'", "t"),
        ("2 = any(array[1,2])", "t"),
        ("'true'::bool and 'on'::boolean and not 'no'::bool", "t"),
        ("1::text || 'x'", "1x"),
        ("now()::text", "2026-03-13 10:08:30+00"),
        ("1.239::numeric(10,2)", "1.24"),
        ("'3'::float + 0.5", "3.5"),
        ("current_user || '@' || current_database()", "alice@shop"),
        ("count(*), count(who), sum(id), avg(ms), max(at) from visits",
         "3|2|6|46.25|2026-03-13 10:00:00+00"),
        ("string_agg(who, ',' order by who) from visits", "ann,bob"),
        ("string_agg(who, ',') from visits where id > 9", ""),
        ("string_agg(who, ',') from visits where id = 3", ""),
        ("array_agg(id) from visits", "{1,2,3}"),
        ("array_agg(who) from visits", "{ann,bob,NULL}"),
        ("who from visits where ok = 'true'", "ann"),
        ("who from visits where at > '2026-03-12' and ok in ('f')", "bob"),
        ("max(now() - at) from visits", "2 days 00:38:30"),
        ("bool_or(ok), bool_and(ok) from visits", "t|f"),
        ("pg_size_pretty(3::bigint * 1024 * 1024 * 1024 * 1024 * 1024 * 20)", "60 PB"),
        ("pg_size_pretty(null) is null", "t"),
        ("'2026-03-13'::date + interval '1 hour'", "2026-03-13 01:00:00"),
        ("'2026-03-13 10:00'::timestamp", "2026-03-13 10:00:00"),
        ("now()::timestamp", "2026-03-13 10:08:30"),
        ("clock_timestamp() - now()", "00:00:00"),
        ("('1' || ' hour')::interval", "01:00:00"),
        ("id::bool from visits limit 1", "t"),
        ("interval '2 days'", "2 days"),
        ("avg(id) from visits", "2.0000000000000000"),
        ("pg_last_wal_receive_lsn() is null", "t"),
    ],
)  # fmt: skip
def test_a_value_prints_as_the_server_prints_it(expression, value):
    """Bare, as `psql -At` shows it."""
    assert select(expression) == value


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("1 / 0", "ERROR:  division by zero"),
        ("'x'::int", 'ERROR:  invalid input syntax for type integer: "x"'),
        ("'x'::interval", 'ERROR:  invalid input syntax for type interval: "x"'),
        ("'maybe'::bool", 'ERROR:  invalid input syntax for type boolean: "maybe"'),
        (
            "now() > 'noon-ish'",
            'ERROR:  invalid input syntax for type timestamp with time zone: "noon-ish"',
        ),
        ("'a' ~ '('", "ERROR:  invalid regular expression: missing closing ): `(`"),
        ("pg_wal_lsn_diff('x','0/1')", 'ERROR:  invalid input syntax for type pg_lsn: "x"'),
        (
            "extract(fortnight from now())",
            'ERROR:  unit "fortnight" not recognized for type timestamp with time zone',
        ),
        (
            "date_trunc('fortnight', now())",
            'ERROR:  unit "fortnight" not recognized for type timestamp with time zone',
        ),
        (
            "extract(dow from interval '1 day')",
            'ERROR:  unit "dow" not supported for type interval',
        ),
        ("who::interval from visits", 'ERROR:  invalid input syntax for type interval: "ann"'),
        ("interval '3 fortnights'",
         'ERROR:  invalid input syntax for type interval: "3 fortnights"'),
        ("to_timestamp(1e15)", "ERROR:  timestamp out of range"),
        ("date_trunc('month', to_timestamp(1e15))", "ERROR:  timestamp out of range"),
        ("1e308::float * 10", "ERROR:  value out of range: overflow"),
        ("nope from visits", 'ERROR:  column "nope" does not exist'),
        ("1 from nope", 'ERROR:  relation "nope" does not exist'),
        ("nope(1)", "ERROR:  function nope(unknown) does not exist"),
        ("noon_timestamp()", "ERROR:  function noon_timestamp() does not exist"),
        ("who, count(*) from visits",
         ('ERROR:  column "visits.who" must appear in the GROUP BY clause or be used in an'
         " aggregate function")),
        ("1 from visits order by 3", "ERROR:  ORDER BY position 3 is not in select list"),
        ("pg_promote()", "ERROR:  recovery is not in progress"),
        ("from", "ERROR:  syntax error at end of input"),
        ("'open", "ERROR:  unterminated quoted string at or near \"'open\""),
        ("id from visits v join visits w on v.id = w.id",
         'ERROR:  column reference "id" is ambiguous'),
        ("x.id from visits", 'ERROR:  missing FROM-clause entry for table "x"'),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_the_servers_words(expression, complaint):
    """The first line of the error; psql leaves with status 1."""
    assert select(expression) == complaint
