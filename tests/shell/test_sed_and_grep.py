"""sed and grep behind a pipe: one engine of patterns, two tools."""

import pytest

from simulator.shell.filters import filtered
from simulator.shell.syntax import Unreadable

PODS = "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n"
SAME = [
    (
        ["sed", "s/a/b/"],
        PODS,
        "NAME READY STATUS\nbpi-1 0/1 Running\nbpi-2 1/1 Running\nweb-9 0/1 Crbsh\n",
        0,
    ),
    (
        ["sed", "s/i/I/g"],
        PODS,
        "NAME READY STATUS\napI-1 0/1 RunnIng\napI-2 1/1 RunnIng\nweb-9 0/1 Crash\n",
        0,
    ),
    (["sed", "s/i/I/2"], "iii\n", "iIi\n", 0),
    (["sed", "s/i/I/2g"], "iii\n", "iII\n", 0),
    (["sed", "-n", "2p"], PODS, "api-1 0/1 Running\n", 0),
    (["sed", "-n", "$p"], PODS, "web-9 0/1 Crash\n", 0),
    (["sed", "-n", "2,3p"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (["sed", "2,3d"], PODS, "NAME READY STATUS\nweb-9 0/1 Crash\n", 0),
    (["sed", "1d"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (["sed", "$d"], PODS, "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (["sed", "$!d"], PODS, "web-9 0/1 Crash\n", 0),
    (["sed", "/api/d"], PODS, "NAME READY STATUS\nweb-9 0/1 Crash\n", 0),
    (["sed", "/api/!d"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (
        ["sed", "-n", "/api-1/,/web/p"],
        PODS,
        "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n",
        0,
    ),
    (["sed", "-n", "/api-1/,2p"], PODS, "api-1 0/1 Running\n", 0),
    (["sed", "2q"], PODS, "NAME READY STATUS\napi-1 0/1 Running\n", 0),
    (["sed", "="], "a\nb\n", "1\na\n2\nb\n", 0),
    (["sed", "-n", "s/Running/up/p"], PODS, "api-1 0/1 up\napi-2 1/1 up\n", 0),
    (
        ["sed", "s/RUNNING/up/I"],
        PODS,
        "NAME READY STATUS\napi-1 0/1 up\napi-2 1/1 up\nweb-9 0/1 Crash\n",
        0,
    ),
    (
        ["sed", "s#/#:#"],
        PODS,
        "NAME READY STATUS\napi-1 0:1 Running\napi-2 1:1 Running\nweb-9 0:1 Crash\n",
        0,
    ),
    (
        ["sed", "-E", "s/([a-z]+)-([0-9])/\\2-\\1/"],
        PODS,
        "NAME READY STATUS\n1-api 0/1 Running\n2-api 1/1 Running\n9-web 0/1 Crash\n",
        0,
    ),
    (
        ["sed", "s/\\([a-z]*\\)-/[\\1]/"],
        PODS,
        "NAME READY STATUS\n[api]1 0/1 Running\n[api]2 1/1 Running\n[web]9 0/1 Crash\n",
        0,
    ),
    (
        ["sed", "s/api/<&>/"],
        PODS,
        "NAME READY STATUS\n<api>-1 0/1 Running\n<api>-2 1/1 Running\nweb-9 0/1 Crash\n",
        0,
    ),
    (["sed", "s/ /\\n/"], "a b\n", "a\nb\n", 0),
    (["sed", "s/a/\\&/"], "a\n", "&\n", 0),
    (["sed", "-e", "s/a/b/", "-e", "s/b/c/"], "a\n", "c\n", 0),
    (["sed", "s/a/b/;s/b/c/"], "a\n", "c\n", 0),
    (
        ["sed", "/api/s/Running/up/"],
        PODS,
        "NAME READY STATUS\napi-1 0/1 up\napi-2 1/1 up\nweb-9 0/1 Crash\n",
        0,
    ),
    (["sed", "-r", "s/(a)|(b)/[\\1\\2]/g"], "ab\n", "[a][b]\n", 0),
    (["sed", "p"], "a\n", "a\na\n", 0),
    (["sed", "-n", "/a\\/b/p"], "a/b\n", "a/b\n", 0),
    (["sed", "s/x*/-/g"], "abc\n", "-a-b-c-\n", 0),
    (["sed", "s/a\\|b/X/g"], "abc\n", "XXc\n", 0),
    (["sed", "s,a,b,g;2d"], "a\na\n", "b\n", 0),
    (["sed", "1,2!d"], PODS, "NAME READY STATUS\napi-1 0/1 Running\n", 0),
    (["sed", "-n", "2,1p"], PODS, "api-1 0/1 Running\n", 0),
    (["sed", "/a/,/b/d"], "x\na\ny\nb\nz\n", "x\nz\n", 0),
    (["sed", "s/a/b/;"], "a\n", "b\n", 0),
    (["sed", "-n", "/api/,$p"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (["grep", "-c", "api"], PODS, "2\n", 0),
    (["grep", "-n", "api"], PODS, "2:api-1 0/1 Running\n3:api-2 1/1 Running\n", 0),
    (["grep", "-on", "api-."], PODS, "2:api-1\n3:api-2\n", 0),
    (["grep", "-v", "api"], PODS, "NAME READY STATUS\nweb-9 0/1 Crash\n", 0),
    (["grep", "-q", "api"], PODS, "", 0),
    (["grep", "-q", "zz"], PODS, "", 1),
    (["grep", "-l", "api"], PODS, "(standard input)\n", 0),
    (["grep", "-l", "zz"], PODS, "", 1),
    (["grep", "-m1", "api"], PODS, "api-1 0/1 Running\n", 0),
    (["grep", "-e", "api-1", "-e", "web"], PODS, "api-1 0/1 Running\nweb-9 0/1 Crash\n", 0),
    (["grep", "-x", "api-1 0/1 Running"], PODS, "api-1 0/1 Running\n", 0),
    (["grep", "-C1", "api-2"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (["grep", "-1", "api-2"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (["grep", "-n", "-B1", "web"], PODS, "3-api-2 1/1 Running\n4:web-9 0/1 Crash\n", 0),
    (["grep", "-A1", "-n", "^N"], PODS, "1:NAME READY STATUS\n2-api-1 0/1 Running\n", 0),
    (["grep", "-A0", "api"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (["grep", "-P", "\\d/\\d"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (["grep", "-F", "-i", "API"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (["grep", "-E", "a{1,2}p"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (["grep", "-w", "api"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (
        ["grep", "-E", "[[:digit:]]/[^0]"],
        PODS,
        "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n",
        0,
    ),
    (["grep", "[]/]"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (
        ["grep", "-E", "\\bapi\\b|\\<web"],
        PODS,
        "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n",
        0,
    ),
    (["grep", "-E", "\\Bpi"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (["grep", "-E", "pi\\>"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (["grep", "-E", "\\W1"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (["grep", "-iE", "[a-c]RASH"], PODS, "web-9 0/1 Crash\n", 0),
    (["grep", "a\\{2\\}"], "aa\n", "aa\n", 0),
    (["grep", "[[:alpha:](]x"], "(x\n", "(x\n", 0),
    (["grep", "-E", "a{,2}b"], "ab\n", "ab\n", 0),
    (["grep", "-E", "x{y"], "x{y\n", "x{y\n", 0),
    (["grep", "*a"], "*a\n", "*a\n", 0),
    (["grep", "-A1", "a"], "a\nb\nc\nd\na\n", "a\nb\n--\na\n", 0),
    (["grep", "-o", "p*"], PODS, "p\np\n", 0),
    (["sed", "-n", "1s/E/[&]\\t/p"], PODS, "NAM[E]\t READY STATUS\n", 0),
    (["sed", "s/[\\t.]/-/"], "a\tb\n", "a-b\n", 0),
    (["egrep", "api-(1|2)"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (["fgrep", "0/1"], PODS, "api-1 0/1 Running\nweb-9 0/1 Crash\n", 0),
    (["grep", "^[\\d]$"], "d\n7\n", "d\n", 0),
    (["grep", "-P", "^[\\d]$"], "d\n7\n", "7\n", 0),
]
REFUSED = [
    (
        ["sed", "s/a/b"],
        PODS,
        "sed: -e expression #1, char 5: unterminated address regex or `s' command\n",
        1,
    ),
    (["sed", "s/a/b/x"], PODS, "sed: -e expression #1, char 7: unknown option to `s'\n", 1),
    (["sed", "s/[/b/"], PODS, "sed: -e expression #1, char 6: Unmatched [, [^, [:, [., or [=\n", 1),
    (
        ["sed", "s/a/\\1/"],
        PODS,
        "sed: -e expression #1, char 7: invalid reference \\1 on `s' command's RHS\n",
        1,
    ),
    (["sed", "2,p"], PODS, "sed: -e expression #1, char 2: unexpected `,'\n", 1),
    (["sed", "5"], PODS, "sed: -e expression #1, char 1: missing command\n", 1),
    (["sed"], PODS, "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n", 1),
    (["sed", "/[/d"], PODS, "sed: -e expression #1, char 3: Unmatched [, [^, [:, [., or [=\n", 1),
    (
        ["sed", "/a"],
        PODS,
        "sed: -e expression #1, char 2: unterminated address regex or `s' command\n",
        1,
    ),
    (["grep", "-A", "x", "a"], PODS, "grep: x: invalid context length argument\n", 2),
    (["grep", "["], PODS, "grep: Unmatched [, [^, [:, [., or [=\n", 2),
    (["grep", "-E", "("], PODS, "grep: Unmatched ( or \\(\n", 2),
    (
        ["grep"],
        PODS,
        "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
        2,
    ),
    (["grep", "api", "file"], PODS, "grep: file: No such file or directory\n", 2),
    (["grep", "-E", "[[:nope:]]"], PODS, "grep: Invalid character class name\n", 2),
    (["grep", "-E", "a{2,1}"], PODS, "grep: Invalid content of \\{\\}\n", 2),
    (["grep", "-E", "[z-a]"], PODS, "grep: Invalid range end\n", 2),
    (["grep", "-E", "a\\"], PODS, "grep: Trailing backslash\n", 2),
    (["sed", "s"], PODS, "sed: -e expression #1, char 1: unterminated `s' command\n", 1),
    (["grep", "-E", "(" * 26], PODS, "grep: Regular expression too deep\n", 2),
]
NOT_SIMULATED = [
    (["sed", "y/a/b/"], PODS),
    (["sed", "N;s/a/b/"], PODS),
    (["sed", "-n", "/api/{p}"], PODS),
    (["grep", "\\(a\\)\\1"], "aa\n"),
    (["sed", "p;p"], "x" * 150_000),
    (["sed", "s/\\(a\\)\\1/x/"], "aa\n"),
    (["grep", "\n".join("a" * 21)], "a\n"),
    (["grep", "a" * 301], "a\n"),
    (["grep", "-F", "a" * 301], "a\n"),
    (["column"], PODS),
]


@pytest.mark.parametrize(("words", "text", "out", "status"), SAME)
def test_it_prints_what_the_real_one_prints(words, text, out, status):
    """Outputs recorded from GNU sed and grep on the same input."""
    result = filtered(words[0], words[1:], text)

    assert (result.out, result.status) == (out, status)


@pytest.mark.parametrize(("words", "text", "err", "status"), REFUSED)
def test_a_misuse_is_refused_in_its_own_words(words, text, err, status):
    """Nothing is printed; the reason and the status are what a script would meet."""
    result = filtered(words[0], words[1:], text)

    assert (result.out, result.err, result.status) == ("", err, status)


@pytest.mark.parametrize(("words", "text"), NOT_SIMULATED)
def test_what_is_real_but_not_played_says_so(words, text):
    """Never a wrong answer for what the real one could do."""
    with pytest.raises(Unreadable) as caught:
        filtered(words[0], words[1:], text)

    assert caught.value.simulated is False
