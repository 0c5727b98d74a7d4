"""The small filters behind a pipe: head, tail, sort, uniq, cut, tr and kin."""
# ruff: noqa: E501 - an output stands in one piece, as it is printed

import pytest

from simulator.shell.filters import filtered

PODS = "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n"
CELLS = "a,b,c\n1,2,3\n4,5,6\n"
COUNTS = "10 x\n9 y\n100 z\n9 y\n"
SIZES = "2K\n1M\n900\n1G\n"
REPEATS = "a\na\nb\na\n"
SAME = [
    (["head", "-c", "3"], PODS, "NAM", 0),
    (["head", "-2"], PODS, "NAME READY STATUS\napi-1 0/1 Running\n", 0),
    (["tail", "-n", "2"], PODS, "api-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (["tail", "-n", "0"], PODS, "", 0),
    (["tail", "-c", "5"], PODS, "rash\n", 0),
    (["wc"], PODS, "      4      12      70\n", 0),
    (["wc", "-w"], PODS, "12\n", 0),
    (["wc", "-c"], PODS, "70\n", 0),
    (["wc", "-l", "-w"], PODS, "      4      12\n", 0),
    (["wc", "-m"], PODS, "70\n", 0),
    (["sort"], COUNTS, "10 x\n100 z\n9 y\n9 y\n", 0),
    (["sort", "-n"], COUNTS, "9 y\n9 y\n10 x\n100 z\n", 0),
    (["sort", "-rn"], COUNTS, "100 z\n10 x\n9 y\n9 y\n", 0),
    (["sort", "-u"], COUNTS, "10 x\n100 z\n9 y\n", 0),
    (["sort", "-nu"], COUNTS, "9 y\n10 x\n100 z\n", 0),
    (["sort", "-k2"], COUNTS, "10 x\n9 y\n9 y\n100 z\n", 0),
    (["sort", "-k2,2r"], COUNTS, "100 z\n9 y\n9 y\n10 x\n", 0),
    (["sort", "-t,", "-k2,2nr"], CELLS, "4,5,6\n1,2,3\na,b,c\n", 0),
    (["sort", "-h"], SIZES, "900\n2K\n1M\n1G\n", 0),
    (["sort", "-k", "1h"], SIZES, "900\n2K\n1M\n1G\n", 0),
    (["sort", "-f"], "b\nA\na\nB\n", "A\na\nB\nb\n", 0),
    (["sort", "-g"], COUNTS, "9 y\n9 y\n10 x\n100 z\n", 0),
    (["sort", "-n"], "b\n-2\n.5\na\n", "-2\na\nb\n.5\n", 0),
    (["uniq"], REPEATS, "a\nb\na\n", 0),
    (["uniq", "-c"], REPEATS, "      2 a\n      1 b\n      1 a\n", 0),
    (["uniq", "-d"], REPEATS, "a\n", 0),
    (["uniq", "-u"], REPEATS, "b\na\n", 0),
    (["uniq", "-i"], "a\nA\nb\n", "a\nb\n", 0),
    (["uniq", "-ci"], "a\nA\nb\n", "      2 a\n      1 b\n", 0),
    (["cut", "-d,", "-f2-"], CELLS, "b,c\n2,3\n5,6\n", 0),
    (["cut", "-d,", "-f", "-2"], CELLS, "a,b\n1,2\n4,5\n", 0),
    (["cut", "-c1-3"], PODS, "NAM\napi\napi\nweb\n", 0),
    (["cut", "-b", "2"], PODS, "A\np\np\ne\n", 0),
    (["cut", "-d,", "-f1", "-s"], "x\na,b\n", "a\n", 0),
    (["cut", "-d,", "-f1"], "x\na,b\n", "x\na\n", 0),
    (
        ["tr", "a-z", "A-Z"],
        PODS,
        "NAME READY STATUS\nAPI-1 0/1 RUNNING\nAPI-2 1/1 RUNNING\nWEB-9 0/1 CRASH\n",
        0,
    ),
    (
        ["tr", "[:lower:]", "[:upper:]"],
        PODS,
        "NAME READY STATUS\nAPI-1 0/1 RUNNING\nAPI-2 1/1 RUNNING\nWEB-9 0/1 CRASH\n",
        0,
    ),
    (
        ["tr", "-d", "\\n"],
        PODS,
        "NAME READY STATUSapi-1 0/1 Runningapi-2 1/1 Runningweb-9 0/1 Crash",
        0,
    ),
    (["tr", "-s", " "], "a  b\n", "a b\n", 0),
    (["tr", "-cd", "0-9\\n"], PODS, "\n101\n211\n901\n", 0),
    (["tr", "-s", "ab", "x"], "aab\n", "x\n", 0),
    (
        ["tr", "-c", "a-z\\n", "_"],
        PODS,
        "_________________\napi________unning\napi________unning\nweb________rash\n",
        0,
    ),
    (
        ["tr", " ", "\\t"],
        PODS,
        "NAME\tREADY\tSTATUS\napi-1\t0/1\tRunning\napi-2\t1/1\tRunning\nweb-9\t0/1\tCrash\n",
        0,
    ),
    (["tr", "abc", "x"], "abcd\n", "xxxd\n", 0),
    (
        ["column", "-t"],
        PODS,
        "NAME   READY  STATUS\napi-1  0/1    Running\napi-2  1/1    Running\nweb-9  0/1    Crash\n",
        0,
    ),
    (["column", "-t", "-s,"], CELLS, "a  b  c\n1  2  3\n4  5  6\n", 0),
    (["column", "-t", "-s,", "-o", "|"], CELLS, "a|b|c\n1|2|3\n4|5|6\n", 0),
    (
        ["cat", "-n"],
        PODS,
        "     1\tNAME READY STATUS\n     2\tapi-1 0/1 Running\n     3\tapi-2 1/1 Running\n     4\tweb-9 0/1 Crash\n",
        0,
    ),
    (
        ["cat"],
        PODS,
        "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n",
        0,
    ),
    (
        ["rev"],
        PODS,
        "SUTATS YDAER EMAN\ngninnuR 1/0 1-ipa\ngninnuR 1/1 2-ipa\nhsarC 1/0 9-bew\n",
        0,
    ),
    (
        ["tac"],
        PODS,
        "web-9 0/1 Crash\napi-2 1/1 Running\napi-1 0/1 Running\nNAME READY STATUS\n",
        0,
    ),
    (["nl"], "a\n", "     1\ta\n", 0),
    (
        ["tee"],
        PODS,
        "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n",
        0,
    ),
]
REFUSED = [
    (["head", "-n", "x"], PODS, "head: invalid number: 'x'\n", 1),
    (
        ["sort", "-k", "0"],
        COUNTS,
        "sort: invalid number at field start: invalid count at start of '0'\n",
        2,
    ),
    (
        ["sort", "-k", "x"],
        COUNTS,
        "sort: invalid number at field start: invalid count at start of 'x'\n",
        2,
    ),
    (
        ["sort", "-kn"],
        COUNTS,
        "sort: invalid number at field start: invalid count at start of 'n'\n",
        2,
    ),
    (["cut", "-f0"], PODS, "cut: invalid field value '0'\n", 1),
    (["cut", "-fz"], PODS, "cut: invalid field value 'z'\n", 1),
    (["cut", "-d", "ab", "-f1"], PODS, "cut: the delimiter must be a single character\n", 1),
    (["cut"], PODS, "cut: you must specify a list of bytes, characters, or fields\n", 1),
    (["tr"], PODS, "tr: missing operand\n", 1),
    (["cat", "nofile"], PODS, "cat: nofile: No such file or directory\n", 1),
    (
        ["head", "-z9"],
        PODS,
        "head: invalid option -- 'z'\nTry 'head --help' for more information.\n",
        1,
    ),
    (["head", "--bogus"], PODS, "head: unrecognized option '--bogus'\n", 1),
    (["head", "-n"], PODS, "head: option requires an argument -- 'n'\n", 1),
]


@pytest.mark.parametrize(("words", "text", "out", "status"), SAME)
def test_it_prints_what_the_real_one_prints(words, text, out, status):
    """Outputs recorded from the GNU tools on the same input."""
    result = filtered(words[0], words[1:], text)

    assert (result.out, result.status) == (out, status)


@pytest.mark.parametrize(("words", "text", "err", "status"), REFUSED)
def test_a_misuse_is_refused_in_its_own_words(words, text, err, status):
    """Nothing is printed; the reason and the status are what a script would meet."""
    result = filtered(words[0], words[1:], text)

    assert (result.out, result.err, result.status) == ("", err, status)
