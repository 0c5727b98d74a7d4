"""What stands behind a pipe does what it does in a real shell."""

import json

import pytest

from simulator.shell.filters import filtered
from simulator.shell.syntax import Unreadable

TABLE = (
    "NAME READY STATUS RESTARTS\napi-1 0/1 Running 3\napi-2 1/1 Running 0\n"
    "web-9 0/1 CrashLoopBackOff 12\n"
)
ITEMS = json.dumps(
    {
        "items": [
            {"metadata": {"name": "a"}, "status": {"phase": "Running", "n": 3}},
            {"metadata": {"name": "b"}, "status": {"phase": "Failed", "n": 5}},
        ]
    }
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["grep", "-v", "Running"], "NAME READY STATUS RESTARTS\nweb-9 0/1 CrashLoopBackOff 12\n"),
        (["grep", "-c", "0/1"], "2\n"),
        (["grep", "-in", "CRASH"], "4:web-9 0/1 CrashLoopBackOff 12\n"),
        (["grep", "-E", "^(api|web)-2"], "api-2 1/1 Running 0\n"),
        (["grep", "-o", "api-."], "api-1\napi-2\n"),
        (["grep", "-A1", "api-1"], "api-1 0/1 Running 3\napi-2 1/1 Running 0\n"),
        (["grep", "-B", "1", "web"], "api-2 1/1 Running 0\nweb-9 0/1 CrashLoopBackOff 12\n"),
        (
            ["grep", "-w", "1"],
            "api-1 0/1 Running 3\napi-2 1/1 Running 0\nweb-9 0/1 CrashLoopBackOff 12\n",
        ),
        (["grep", "-F", "."], ""),
        (["head", "-1"], "NAME READY STATUS RESTARTS\n"),
        (["head", "-n", "-3"], "NAME READY STATUS RESTARTS\n"),
        (["tail", "-n", "+4"], "web-9 0/1 CrashLoopBackOff 12\n"),
        (["tail", "-1"], "web-9 0/1 CrashLoopBackOff 12\n"),
        (["wc", "-l"], "4\n"),
        (
            ["sort", "-k4", "-n", "-r"],
            (
                "web-9 0/1 CrashLoopBackOff 12\napi-1 0/1 Running 3\n"
                "api-2 1/1 Running 0\nNAME READY STATUS RESTARTS\n"
            ),
        ),
        (["cut", "-d", " ", "-f1,4"], "NAME RESTARTS\napi-1 3\napi-2 0\nweb-9 12\n"),
        (["awk", "{print $1, $NF}"], "NAME RESTARTS\napi-1 3\napi-2 0\nweb-9 12\n"),
        (["awk", "NR>1 && $4 > 2 {print $1}"], "api-1\nweb-9\n"),
        (["awk", "/api/ {s+=$4} END {print s}"], "3\n"),
        (
            ["awk", 'NR>1{c[$3]++} END{for(k in c) print k": "c[k]}'],
            "Running: 2\nCrashLoopBackOff: 1\n",
        ),
        (["awk", "-F/", "NR==2{print $1}"], "api-1 0\n"),
        (["awk", 'NR==2{printf "%-8s|%3d\\n", $1, $4}'], "api-1   |  3\n"),
        (["sed", "-n", "2,3p"], "api-1 0/1 Running 3\napi-2 1/1 Running 0\n"),
        (["sed", "-n", "/web/s/-/_/p"], "web_9 0/1 CrashLoopBackOff 12\n"),
        (["sed", "-E", "1d;s/^([a-z]+)-([0-9]).*/\\2\\1/"], "1api\n2api\n9web\n"),
        (["sed", "$!d"], "web-9 0/1 CrashLoopBackOff 12\n"),
        (["tr", "a-z", "A-Z"], TABLE.upper()),
    ],
)
def test_text_filters(typed, expected):
    """One everyday use each."""
    name, *words = typed

    assert filtered(name, words, TABLE).out == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["-r", ".items[].metadata.name"], "a\nb\n"),
        (["-r", '.items[]|select(.status.phase!="Running")|.metadata.name'], "b\n"),
        (
            ["-c", "[.items[]|{name:.metadata.name, n:.status.n}]"],
            '[{"name":"a","n":3},{"name":"b","n":5}]\n',
        ),
        ([".items|length"], "2\n"),
        (["-r", '.items[]|"\\(.metadata.name)=\\(.status.n)"'], "a=3\nb=5\n"),
        (["-r", ".items[]|[.metadata.name,.status.n]|@tsv"], "a\t3\nb\t5\n"),
        (["-c", ".items|map(.status.n)|add"], "8\n"),
        (["-r", ".items|sort_by(-.status.n)|.[0].metadata.name"], "b\n"),
        (["-r", '.nope // "none"'], "none\n"),
        (["-r", '.items[]|select(.metadata.name|test("^B$";"i")).status.phase'], "Failed\n"),
    ],
)
def test_jq(typed, expected):
    """The filters people type behind `-o json`."""
    assert filtered("jq", typed, ITEMS).out == expected


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        (["grep", "x", "notes.txt"], "grep: notes.txt: No such file or directory\n"),
        (["grep", "--nope", "x"], "grep: unrecognized option '--nope'\n"),
        (["grep", "["], "grep: Unmatched [, [^, [:, [., or [=\n"),
        (["sed", "k"], "sed: -e expression #1, char 1: unknown command: `k'\n"),
        (["jq", ".items.x"], 'jq: error (at <stdin>:1): Cannot index array with "x"\n'),
        (
            ["jq", "-r", ".[0] .["],
            (
                "jq: error: syntax error, unexpected end of file (Unix shell "
                "quoting issues?) at <top-level>, line 1:\n.[0] .[\njq: 1 compile error\n"
            ),
        ),
        (["cut", "-f"], "cut: option requires an argument -- 'f'\n"),
    ],
)
def test_misuse_is_told_in_the_filters_own_words(typed, complaint):
    """Files, options and programs that are wrong."""
    name, *words = typed
    result = filtered(name, words, ITEMS)

    assert (result.err, result.status > 0) == (complaint, True)


def test_grep_without_a_match_fails():
    """`grep -q x || ...` depends on it."""
    assert [filtered("grep", ["-q", word], TABLE).status for word in ("api", "zzz")] == [0, 1]


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("jq", "|".join(["[.,.]"] * 300)),
        ("jq", "|".join(['"\\(.)\\(.)"'] * 200)),
        ("jq", "|".join(["[.]|tostring"] * 250)),
        ("sed", ";".join(["s/./&&/g"] * 300)),
        ("sed", ";".join([r"s/\(.\)/\1\1/g"] * 200)),
        ("awk", "{" + ";".join(["s=s s $0"] * 300) + "}"),
        ("grep", "(((a{40}){40}){40})"),
    ],
)
def test_programs_that_grow_without_bound_end_soon(name, program):
    """Doubling three hundred times, which would never end, is not simulated or refused."""
    try:
        status = filtered(name, [program] if name != "grep" else ["-E", program], ITEMS).status
    except Unreadable as fault:
        status = 1 - fault.simulated

    assert status > 0
