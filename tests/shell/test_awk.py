"""awk behind a pipe: fields, rules, arithmetic, texts and faults."""
# ruff: noqa: E501 - an output stands in one piece, as it is printed

import pytest

from simulator.shell.filters import filtered
from simulator.shell.syntax import Unreadable

PODS = "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n"
CELLS = "a,b,c\n1,2,3\n4,5,6\n"
SAME = [
    (
        ['{print NR": "$0}'],
        PODS,
        "1: NAME READY STATUS\n2: api-1 0/1 Running\n3: api-2 1/1 Running\n4: web-9 0/1 Crash\n",
        0,
    ),
    (["NR==2"], PODS, "api-1 0/1 Running\n", 0),
    (['NR==2{print $2; next} {print "-"}'], PODS, "-\n0/1\n-\n-\n", 0),
    (["END{print NR}"], PODS, "4\n", 0),
    (['BEGIN{print "h"} {n++} END{print n}'], PODS, "h\n4\n", 0),
    (
        ['BEGIN{OFS="-"} {print $1,$3}'],
        PODS,
        "NAME-STATUS\napi-1-Running\napi-2-Running\nweb-9-Crash\n",
        0,
    ),
    (
        ['{$2="X"; print}'],
        PODS,
        "NAME X STATUS\napi-1 X Running\napi-2 X Running\nweb-9 X Crash\n",
        0,
    ),
    (["{print length($1), length}"], PODS, "4 17\n5 17\n5 17\n5 15\n", 0),
    (["{print substr($1,2), substr($1,1,3)}"], PODS, "AME NAM\npi-1 api\npi-2 api\neb-9 web\n", 0),
    (['{print index($1,"-")}'], PODS, "0\n4\n4\n4\n", 0),
    (
        ["{print toupper($1), tolower($3)}"],
        PODS,
        "NAME status\nAPI-1 running\nAPI-2 running\nWEB-9 crash\n",
        0,
    ),
    (['{print int(3.7), int("5x")}'], PODS, "3 5\n3 5\n3 5\n3 5\n", 0),
    (
        ['{printf "%-10s|%5s|\\n", $1, $3}'],
        PODS,
        "NAME      |STATUS|\napi-1     |Running|\napi-2     |Running|\nweb-9     |Crash|\n",
        0,
    ),
    (
        ['{printf "%d %5.2f %s%%\\n", NR, NR/3, NR}'],
        PODS,
        "1  0.33 1%\n2  0.67 2%\n3  1.00 3%\n4  1.33 4%\n",
        0,
    ),
    (['BEGIN{printf "%c|%i\\n", "A", 7}'], PODS, "A|7\n", 0),
    (['$3=="Running" && $1 ~ /2$/'], PODS, "api-2 1/1 Running\n", 0),
    (['$3!="Running" || NR==1'], PODS, "NAME READY STATUS\nweb-9 0/1 Crash\n", 0),
    (["$1 !~ /api/"], PODS, "NAME READY STATUS\nweb-9 0/1 Crash\n", 0),
    (["!/Running/"], PODS, "NAME READY STATUS\nweb-9 0/1 Crash\n", 0),
    (['{print ($3=="Running") ? "up" : "down"}'], PODS, "down\nup\nup\ndown\n", 0),
    (['{if (NR>1) print $1; else print "first"}'], PODS, "first\napi-1\napi-2\nweb-9\n", 0),
    (['{if (NR>1) {print $1} else {print "x"}}'], PODS, "x\napi-1\napi-2\nweb-9\n", 0),
    (['{if ($3=="Crash")\nprint "bad"}'], PODS, "bad\n", 0),
    (
        ['NR>1{a[$3]=a[$3] $1} END{print a["Crash"]; if ("Crash" in a) print "in"}'],
        PODS,
        "web-9\nin\n",
        0,
    ),
    (["NR>1{c[$3]++} END{print length(c)}"], PODS, "2\n", 0),
    (["{s+=NR; s-=1; s*=2; s/=1; s%=1000} END{print s}"], PODS, "22\n", 0),
    (["BEGIN{print 1+2*3-4/2, 7%4, -3, +2, !1, !0}"], PODS, "5 3 -3 2 0 1\n", 0),
    (['BEGIN{x="5"; if (x==5.0) print "eq"}'], PODS, "eq\n", 0),
    (['BEGIN{print length("")}'], PODS, "0\n", 0),
    (['BEGIN{print "a" "b" 1}'], PODS, "ab1\n", 0),
    (['BEGIN{print("a","b")}'], PODS, "a b\n", 0),
    (["BEGIN{print (1,2) }"], PODS, "1 2\n", 0),
    (['BEGIN{exit} END{print "end"}'], PODS, "end\n", 0),
    (["{print; exit}"], PODS, "NAME READY STATUS\n", 0),
    (['NR==1{next} {print $1} END{exit; print "no"}'], PODS, "api-1\napi-2\nweb-9\n", 0),
    (['BEGIN{print sprintf("%03d", 7)}'], PODS, "007\n", 0),
    (['BEGIN { print "t\\tn\\"q\\"" }'], PODS, 't\tn"q"\n', 0),
    (["{ }"], PODS, "", 0),
    (["{print $NF, NF}"], PODS, "STATUS 3\nRunning 3\nRunning 3\nCrash 3\n", 0),
    (["{print $(NF-1)}"], PODS, "READY\n0/1\n1/1\n0/1\n", 0),
    (['$2 ~ "^0"'], PODS, "api-1 0/1 Running\nweb-9 0/1 Crash\n", 0),
    (['BEGIN{print -"3x"+1}'], PODS, "-2\n", 0),
    (['{x="A"; y=x "B"; print y}'], PODS, "AB\nAB\nAB\nAB\n", 0),
    (["NR>1&&NR<4{print}"], PODS, "api-1 0/1 Running\napi-2 1/1 Running\n", 0),
    (['{print NR%2?"odd":"even"}'], PODS, "odd\neven\nodd\neven\n", 0),
    (['BEGIN{a["x"]=1; for (k in a) print k, a[k]}'], PODS, "x 1\n", 0),
    (['BEGIN{if(!x)print "unset"}'], PODS, "unset\n", 0),
    (['BEGIN{print 1==1.0, "a"=="a"}'], PODS, "1 1\n", 0),
    (['{print $9 "|"}'], PODS, "|\n|\n|\n|\n", 0),
    (["{print ($1)}"], PODS, "NAME\napi-1\napi-2\nweb-9\n", 0),
    (
        ['{$5="new"; print NF; print}'],
        PODS,
        "5\nNAME READY STATUS  new\n5\napi-1 0/1 Running  new\n5\napi-2 1/1 Running  new\n5\nweb-9 0/1 Crash  new\n",
        0,
    ),
    (["NF"], PODS, "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (
        ['"x"'],
        PODS,
        "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n",
        0,
    ),
    (["0"], PODS, "", 0),
    (["1"], PODS, "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n", 0),
    (["-F,", "{print $2}"], CELLS, "b\n2\n5\n", 0),
    (["-F", "\\t", "{print $1}"], "a\tb\n", "a\n", 0),
    (["-F", "[,;]", "{print $3}"], "a,b;c\n", "c\n", 0),
    (["-v", "x=5", "{print x+$1}"], CELLS, "5\n6\n9\n", 0),
    (["-F:", "{print NF}"], "\na:b\n", "0\n2\n", 0),
    (
        ["{print}", "-"],
        PODS,
        "NAME READY STATUS\napi-1 0/1 Running\napi-2 1/1 Running\nweb-9 0/1 Crash\n",
        0,
    ),
    (['BEGIN{FS=","} {print $1}'], CELLS, "a\n1\n4\n", 0),
    (["-F, ", "{print $1}"], "a, b\n", "a\n", 0),
    (["{print /api/}"], PODS, "0\n1\n1\n0\n", 0),
    (["BEGIN{x=1; print ++x, x--, --x, x}"], PODS, "2 2 0 0\n", 0),
    (['BEGIN{printf "%c%c\\n", 65, "bc"}'], PODS, "Ab\n", 0),
    (['NR==2{$0="a b"; print NF, $2}'], PODS, "2 b\n", 0),
    (['BEGIN{print 1e3+1, "2e1"+1, 1e16}'], PODS, "1001 21 10000000000000000\n", 0),
    (["/[\\]0-9]$/"], PODS, "", 0),
]
REFUSED = [
    (["{print $1"], PODS, "awk: cmd. line:1: {print $1\nawk: cmd. line:1: syntax error\n", 1),
    (["{print $1}}"], PODS, "awk: cmd. line:1: {print $1}}\nawk: cmd. line:1: syntax error\n", 1),
    (['{print "a'], PODS, 'awk: cmd. line:1: {print "a\nawk: cmd. line:1: syntax error\n', 1),
    (["/abc"], PODS, "awk: cmd. line:1: unterminated regexp\n", 1),
    (["{print $-1}"], PODS, "awk: cmd. line:1: fatal: attempt to access field -1\n", 1),
    (["{1=2}"], PODS, "awk: cmd. line:1: syntax error\n", 1),
    (["{printf}"], PODS, "awk: cmd. line:1: printf: no arguments\n", 1),
    (["@"], PODS, "awk: cmd. line:1: @\nawk: cmd. line:1: syntax error\n", 1),
    (["{print a..b}"], PODS, "awk: cmd. line:1: {print a..b}\nawk: cmd. line:1: syntax error\n", 1),
    (["-Z", "1"], PODS, "awk: unknown option -Z ignored\n", 1),
    (
        [],
        PODS,
        "Usage: awk [POSIX or GNU style options] -f progfile [--] file ...\nUsage: awk [POSIX or GNU style options] [--] 'program' file ...\n",
        1,
    ),
    (
        ["{print}", "pods.txt"],
        PODS,
        "awk: cmd. line:1: fatal: cannot open file `pods.txt' for reading: No such file or directory\n",
        1,
    ),
    (["BEGIN{print 1/0}"], PODS, "awk: cmd. line:1: fatal: division by zero attempted\n", 1),
    (["{5++}"], PODS, "awk: cmd. line:1: syntax error\n", 1),
    (["BEGIN{x=(1,2)}"], PODS, "awk: cmd. line:1: syntax error\n", 1),
]
NOT_SIMULATED = [
    (['{gsub(/a/,"b"); print}'], PODS),
    (['{split($1,p,"-"); print p[1]}'], PODS),
    (["BEGIN{for(i=0;i<2;i++) print i}"], PODS),
    (["NR==1,NR==2"], PODS),
    (['{print match($0,"a")}'], PODS),
    (["{delete a}"], PODS),
    (["function f(){}"], PODS),
    (["{foo(1)}"], PODS),
    (["{print; print}"], "x" * 150_000),
    (["{x++}"], "\n" * 140_000),
    (["{$2000=1}"], PODS),
    (["BEGIN{x=1e99; x*=x; print x*x}"], PODS),
    (["{" * 50], PODS),
    (["(" * 50], PODS),
    (["!" * 50], PODS),
]


@pytest.mark.parametrize(("words", "text", "out", "status"), SAME)
def test_it_prints_what_the_real_one_prints(words, text, out, status):
    """Outputs recorded from a real awk on the same input."""
    result = filtered("awk", words, text)

    assert (result.out, result.status) == (out, status)


@pytest.mark.parametrize(("words", "text", "err", "status"), REFUSED)
def test_a_misuse_is_refused_in_its_own_words(words, text, err, status):
    """Nothing is printed; the reason and the status are what a script would meet."""
    result = filtered("awk", words, text)

    assert (result.out, result.err, result.status) == ("", err, status)


@pytest.mark.parametrize(("words", "text"), NOT_SIMULATED)
def test_what_is_real_but_not_played_says_so(words, text):
    """Never a wrong answer for what the real one could do."""
    with pytest.raises(Unreadable) as caught:
        filtered("awk", words, text)

    assert caught.value.simulated is False
