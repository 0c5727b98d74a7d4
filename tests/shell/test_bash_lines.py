"""What bash itself makes of a line: words, pipes, loops, streams, wrappers and small words."""

import pytest
from network_fake import BOB, NET
from tellings import told

from simulator.shell.prompt import run

TOLD = [
    ("true", "", "", 0),
    ("date", "Thu Mar 12 14:10:00 UTC 2026\n", "", 0),
    ("date +%F_%T", "2026-03-12_14:10:00\n", "", 0),
    ("date +'%Y %q%'", "2026 %q%\n", "", 0),
    ("date -d '5 minutes ago' +%s", "1773324300\n", "", 0),
    ("date -d @1773324600 -Is", "2026-03-12T14:10:00+00:00\n", "", 0),
    ("date --date=yesterday +%F", "2026-03-11\n", "", 0),
    ("date -d '2 hours ago' +%H:%M", "12:10\n", "", 0),
    ("date -d nonsense +%s", "1773324600\n", "", 0),
    ("echo -n a; echo b", "ab\n", "", 0),
    ("echo -e 'a\\nb\\tc'", ("a\nb\tc\n"), "", 0),
    ("printf '%s-%s\\n' a b c", ("a-b\nc-\n"), "", 0),
    ("printf", "", "", 0),
    ("printf 'x\\n'", "x\n", "", 0),
    (
        "whoami; id; hostname; uname; uname -a; pwd; uptime",
        (
            "bob\n"
            "uid=1000(bob) gid=1000(bob)\n"
            "laptop\n"
            "Linux\n"
            "Linux laptop 6.8.0 x86_64 GNU/Linux\n"
            "/home/bob\n"
            " 14:10:00 up 3 days,  4:11,  1 user,  load average: 0.31, 0.28, 0.24\n"
        ),
        "",
        0,
    ),
    ("history", "", "", 0),
    ("seq 3", ("1\n2\n3\n"), "", 0),
    ("seq 2 4", ("2\n3\n4\n"), "", 0),
    ("seq x", "", "", 0),
    ("seq 1 2 3", "", "", 0),
    ("ls", "", "", 0),
    ("ls -l", "", "", 0),
    ("ls /tmp", "", "ls: cannot access '/tmp': No such file or directory\n", 2),
    ("cat /etc/hosts", "", "cat: /etc/hosts: No such file or directory\n", 1),
    ("cat", "", "", 0),
    ("sleep 1", "", "", 0),
    ("sleep 1m", "", "", 0),
    ("sleep x", "", "sleep: invalid time interval 'x'\n", 1),
    ("false || echo no", "no\n", "", 0),
    ("false && echo yes", "", "", 1),
    ("vpn connect", "Connected; session valid for 8 h\n", "", 0),
    ("man ls", "", "", 0),
    ("jobs", "", "", 0),
    ("unset X", "", "", 0),
    ("type ls", "", "", 0),
    ("A=1; echo $A", "1\n", "", 0),
    ("A=1 B=2", "", "", 0),
    ("export A=5; echo $A", "5\n", "", 0),
    ("export A", "", "", 0),
    ('echo "$HOME $USER $PWD $? $HOSTNAME"', "/home/bob bob /home/bob 0 laptop\n", "", 0),
    ("cd /srv/app; echo $PWD", "/srv/app\n", "", 0),
    ("cd x; echo $PWD", "/home/bob/x\n", "", 0),
    ("echo ~ ~/x", "/home/bob /home/bob/x\n", "", 0),
    ("echo a > /dev/null", "", "", 0),
    ("echo a > file", "", "-bash: file: Read-only file system\n", 1),
    ("echo a >> file", "", "-bash: file: Read-only file system\n", 1),
    ("wc -l < file", "", "-bash: file: No such file or directory\n", 1),
    ("echo a >&2", "", "a\n", 0),
    ("echo a 2>/dev/null", "a\n", "", 0),
    ("nope 2>/dev/null", "", "", 127),
    ("nope", "", "-bash: nope: command not found\n", 127),
    ("echo a | nope", "", "-bash: nope: command not found\n", 127),
    ("nope |& wc -l", "1\n", "", 0),
    ("false 2>&1 | wc -l", "0\n", "", 0),
    ("ls nofile &>/dev/null", "", "", 2),
    ("ls nofile >/dev/null 2>&1", "", "", 2),
    ("ls nofile 2>&1 >/dev/null", "ls: cannot access 'nofile': No such file or directory\n", "", 2),
    ("ls nofile 2>/dev/stdout | wc -l", "1\n", "", 0),
    ("echo a >/dev/stderr", "", "a\n", 0),
    ("echo a 2>&-", "a\n", "", 0),
    ("ls nofile 2>&-", "", "", 2),
    ("(echo a; echo b) | wc -l", "2\n", "", 0),
    ("{ echo a; echo b; }", ("a\nb\n"), "", 0),
    ("for i in 1 2; do echo $i; done", ("1\n2\n"), "", 0),
    ("for i in a b; do echo $i; done | tac", ("b\na\n"), "", 0),
    ("for i in $(seq 3); do echo -n $i; done", "123", "", 0),
    ("for i in ; do echo x; done", "", "", 0),
    ("echo $(echo a b)", "a b\n", "", 0),
    ("echo \"$(echo 'a  b')\"", "a  b\n", "", 0),
    ("echo `echo x`", "x\n", "", 0),
    ("echo $(nope)", "\n", "-bash: nope: command not found\n", 0),
    ("echo ${X:-dflt} ${Y-d}", "dflt d\n", "", 0),
    (
        "echo 'a",
        "",
        (
            "-bash: unexpected EOF while looking for matching `''\n"
            "-bash: syntax error: unexpected end of file\n"
        ),
        2,
    ),
    (
        'echo "a',
        "",
        (
            "-bash: unexpected EOF while looking for matching `\"'\n"
            "-bash: syntax error: unexpected end of file\n"
        ),
        2,
    ),
    (
        "echo $(a",
        "",
        (
            "-bash: unexpected EOF while looking for matching `)'\n"
            "-bash: syntax error: unexpected end of file\n"
        ),
        2,
    ),
    (
        "echo `a",
        "",
        (
            "-bash: unexpected EOF while looking for matching ``'\n"
            "-bash: syntax error: unexpected end of file\n"
        ),
        2,
    ),
    ("echo a |", "", "-bash: syntax error: unexpected end of file\n", 2),
    ("echo a &&", "", "-bash: syntax error: unexpected end of file\n", 2),
    ("&& echo a", "", "-bash: syntax error near unexpected token `&&'\n", 2),
    ("echo a ;; echo b", "", "-bash: syntax error near unexpected token `;;'\n", 2),
    ("| x", "", "-bash: syntax error near unexpected token `|'\n", 2),
    (")", "", "-bash: syntax error near unexpected token `)'\n", 2),
    ("( echo a", "", "-bash: syntax error: unexpected end of file\n", 2),
    ("for", "", "-bash: syntax error near unexpected token `newline'\n", 2),
    ("for x y", "", "-bash: syntax error near unexpected token `y'\n", 2),
    ("for x in a; echo", "", "-bash: syntax error near unexpected token `echo'\n", 2),
    ("for x in a; do echo", "", "-bash: syntax error: unexpected end of file\n", 2),
    ("do", "", "-bash: syntax error near unexpected token `do'\n", 2),
    ("done", "", "-bash: syntax error near unexpected token `done'\n", 2),
    ("echo a &", "a\n", "", 0),
    ("cat <<E", "", "", 0),
    ('cat <<< "$USER x"', "bob x\n", "", 0),
    ("echo >", "", "-bash: syntax error near unexpected token `newline'\n", 2),
    ("echo a # remark", "a\n", "", 0),
    ("echo a\\ b 'c\"d' \"e'f\" $'g'", "a b c\"d e'f g\n", "", 0),
    ('echo "\\$x \\\\ \\"q\\" \\`"', '$x \\ "q" `\n', "", 0),
    ("sh -c 'echo in; exit'", "in\n", "", 0),
    ('bash -lc "whoami"', "bob\n", "", 0),
    ("eval echo a b", "a b\n", "", 0),
    ("eval", "", "", 0),
    ("time echo a", "a\n", "", 0),
    ("watch -n 5 'echo a b'", "a b\n", "", 0),
    ("watch echo a", "a\n", "", 0),
    ("timeout 5 echo a", "a\n", "", 0),
    ("env A=1 echo a", "a\n", "", 0),
    ("sudo -u root whoami", "bob\n", "", 0),
    ("nice -n 5 echo x", "x\n", "", 0),
    ("/usr/bin/whoami", "bob\n", "", 0),
    ("./whoami", "bob\n", "", 0),
    ("xargs", "", "", 0),
    ("echo a b | xargs echo x", "x a b\n", "", 0),
    ("echo a b | xargs -n1 echo x", ("x a\nx b\n"), "", 0),
    ("echo a b | xargs -n x echo", ("a\nb\n"), "", 0),
    ("echo a b | xargs -I{} echo x{}y", "xa by\n", "", 0),
    ("echo a b | xargs -I {} echo {}", "a b\n", "", 0),
    ("echo a b | xargs -P 2 echo", "a b\n", "", 0),
    ("echo a | xargs -d , echo", "a\n", "", 0),
    ("echo a b | xargs", "a b\n", "", 0),
    ("printf '' | xargs echo", "", "", 0),
    ("promtool query instant http://prom 'up'", "Empty query result\n", "", 0),
    ("cat file | wc -l", "0\n", "cat: file: No such file or directory\n", 0),
    ("wc -l", "", "wc: waits for standard input, which nobody types; ^C\n", 130),
    ("tee x", "", "tee: x: Read-only file system\n", 1),
    ("echo a | tee x", "a\n", "tee: x: Read-only file system\n", 1),
    ("echo a | less", "a\n", "", 0),
    ("echo a | less x", "", "x: No such file or directory\n", 1),
    (
        "echo a | grep",
        "",
        ("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n"),
        2,
    ),
    ("head", "", "head: waits for standard input, which nobody types; ^C\n", 130),
    ("cat <<E\na $USER\nE", "a bob\n", "", 0),
    ("cat <<'E'\na $USER\nE", "a $USER\n", "", 0),
    ("cat <<-E\n\ta\n\tE", "a\n", "", 0),
    ("cat <<E\nopen", "open\n", "", 0),
    ("echo a \\\n b", "a b\n", "", 0),
    ("echo a\n\necho b", ("a\nb\n"), "", 0),
    ("echo a |\ncat", "a\n", "", 0),
    ("for i in 1; do for j in 1 2; do echo $i$j; done; done", ("11\n12\n"), "", 0),
    ("echo ${HOME:-x}y", "/home/boby\n", "", 0),
    ("xargs echo <<E\na\nE", "a\n", "", 0),
    ("echo x\\", "x\n", "", 0),
    ('echo "a\\\nb"', "ab\n", "", 0),
    ("bin/nope", "", "-bash: bin/nope: No such file or directory\n", 127),
    ("X=' b'; echo a$X", "a b\n", "", 0),
    ("X='b '; echo a${X}c", "ab c\n", "", 0),
    ("echo $ a$.b", "$ a$.b\n", "", 0),
    ("echo $(echo a\\)b)", "a)b\n", "", 0),
    ("echo a >/dev/tty", "a\n", "", 0),
    ("echo $'a\\tb\\'c\\q' 'd\\n'", "a\tb'c\\q d\\n\n", "", 0),
    ("grep -c $'^b' <<< $'a\\nb'", "1\n", "", 0),
    ("sh <<E\necho hi\nE", "hi\n", "", 0),
    ("echo a | xargs -r echo", "a\n", "", 0),
    ("printf '%s %s\\n' a b c", "a b\nc \n", "", 0),
]
NOT_PLAYED = [
    "vi file",
    "test -f x",
    "[ -f x ]",
    "for i in 1; do python x; done",
    "echo $(python x)",
    "echo ${X%a}",
    "echo $((1+2))",
    "while true; do echo; done",
    "if true; then echo; fi",
    "bash -c",
    "sh",
    "echo 'echo piped' | sh",
    'sh -c \'sh -c "sh -c \\"sh -c ls\\""\'',
    "env",
    "nohup",
    "echo a | xargs sh -c",
    "helm list",
    "kubectl get pods | helm",
    'echo "$(echo "$(echo "$(echo "$(echo "$(echo a)")")")")"',
    "cat <<E | sh\necho here\nE",
    "time time time time time time time time time echo a",
    "nohup",
    "env",
]
UNBOUNDED = [
    "echo 1 | jq '" + "|".join("." * 1500) + "'",
    "(" * 9 + "echo" + ")" * 9,
    ";".join(["echo a"] * 121),
    f"for i in {' '.join('a' * 41)}; do echo; done",
    "; ".join(["kubectl api-resources | sed 's/./&&&&&&&&/g'"] * 30),
    'echo "$(echo "$(echo "$(echo "$(echo "$(echo a)")")")")"',
]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_a_line_comes_to_what_bash_makes_of_it(line, out, err, status):
    """Both streams and the status a script would see."""
    assert told(line, NET, BOB) == (out, err, status)


@pytest.mark.parametrize("line", [*NOT_PLAYED, *UNBOUNDED])
def test_real_but_not_played_or_without_bound(line):
    """Nothing of the line has happened, and three lines that work are named."""
    reply = run(line, NET, BOB)

    assert (reply.way, reply.out, len(reply.nearest)) == ("not_simulated", "", 3)


def test_a_line_too_long_is_refused():
    """Before anything of it is read."""
    assert run("a" * 4001, NET, BOB).err == "-bash: line too long\n"
