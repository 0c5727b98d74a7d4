"""Whatever is typed ends in one of four ways, and never in an exception."""

import pytest
from documents_fake import ALICE, EMPTY, WORLD
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.shell.filters import FILTERS
from simulator.shell.kubectl_request import VERBS
from simulator.shell.prompt import matches, request_of, run

WORDS = st.sampled_from(
    [
        *("kubectl " + verb for verb in VERBS),
        *FILTERS,
        *("curl", "dig", "host", "openssl s_client -connect", "ssh", "git -C shop-config log"),
        *("git -C shop-config show", "ping", "nc -zv", "pg_isready -h", "mtr", "xargs", "watch"),
        *("sh -c", "time", "date", "echo", "printf", "sleep", "shopctl", "seq", "for x in", "do"),
        *("done", "pods", "deploy/api", "pod/api-6d4f-aaaaa", "api", "node-1", "-n", "prod", "-A"),
        *("-o", "json", "yaml", "wide", "-l", "app=api", "--", "-f", "-", "--tail=1", "--all"),
        *("api.shop.test", "https://api.shop.test/health", "ingest-1", "HEAD", "journalctl", "-u"),
        *(
            "|",
            "&&",
            "||",
            ";",
            "(",
            ")",
            "{",
            "}",
            "'",
            '"',
            "$(",
            "`",
            "<<E",
            "\n",
            "E",
            ">",
            "2>&1",
        ),
        *("$X", "${X:-y}", "jsonpath={.items[*]}", "{range .a}", "'{print $1}'", "-E", "'(a|b)+'"),
        *(
            "s/a/b/g",
            "1,3p",
            "'.items[]|.x'",
            "--replicas=2",
            "A=1",
            "-5",
            "+%s",
            "0",
            "99999999999",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.lists(WORDS, max_size=9).map(" ".join))
def test_no_text_raises(line):
    """Random signs and random words of the trade, with and without a world."""
    for documents in (WORLD, EMPTY):
        reply = run(line, documents, ALICE)

        assert reply.way in ("answered", "normal", "refused", "not_simulated")
        assert reply.way != "not_simulated" or (len(reply.nearest) <= 3 and not reply.acts)
        assert 0 <= reply.takes_s[0] <= reply.takes_s[1]
    assert isinstance(request_of(line, ALICE), tuple)
    assert matches(line, line, ALICE) in (True, False)


@pytest.mark.parametrize(
    ("line", "way", "status"),
    [
        ("kubectl get pods", "answered", 0),
        ("date", "normal", 0),
        ("foo --bar", "refused", 127),
        ("kubectl get pods > pods.txt", "refused", 1),
        ("cat runbook.md", "refused", 1),
        ("helm list", "not_simulated", 0),
        ("kubectl get pods | perl -ne print", "not_simulated", 0),
        ("shopctl nope", "not_simulated", 0),
        ("while true; do date; done", "not_simulated", 0),
        ("", "normal", 0),
        ("x" * 5000, "refused", 2),
    ],
)
def test_four_ways(line, way, status):
    """Answered, plausibly normal, refused as a shell would, or honestly not simulated."""
    reply = run(line, WORLD, ALICE)

    assert (reply.way, reply.status) == (way, status)


def test_a_line_is_simulated_whole_or_not_at_all():
    """An act before an unknown part has not happened."""
    reply = run("kubectl scale deploy/api --replicas=8 && terraform apply", WORLD, ALICE)

    assert (reply.way, reply.acts, reply.takes_s) == ("not_simulated", (), (0, 0))


def test_what_is_not_simulated_names_three_lines_that_work():
    """The nearest by looks."""
    reply = run("docker logs api", WORLD, ALICE)

    assert len(reply.nearest) == 3


def test_lines_of_several_commands_add_up():
    """Outputs joined, acts in order, seconds summed, the last one's status."""
    reply = run(
        "kubectl delete pod api-6d4f-aaaaa --wait=false; sleep 5; kubectl get pod nope",
        WORLD,
        ALICE,
    )

    assert [act.target for act in reply.acts] == ["pod/api-6d4f-aaaaa"]
    assert (reply.status, reply.takes_s) == (1, (19, 29))
    assert reply.reads == ("k8s/pods",)


def test_or_is_reached_only_after_failure():
    """`&&` and `||` follow the exit status."""
    line = "kubectl get pod nope 2>/dev/null && echo yes || echo no"

    assert run(line, WORLD, ALICE).out == "no\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('echo "$(kubectl get po -o name | wc -l) pods"', "5 pods\n"),
        ("N=prod; kubectl get po -n $N -o name | head -1", "pod/api-6d4f-aaaaa\n"),
        ("kubectl get pod nope 2>&1 | grep -o NotFound", "NotFound\n"),
        ("kubectl get po -o name | tail -1 | xargs kubectl get -o name", "pod/worker-5c5c-eeeee\n"),
        ("watch -n 2 'kubectl get po -o name | wc -l'", "5\n"),
        ("date +%H:%M -d '10 minutes ago'", "14:00\n"),
        ("history", "    1  kubectl get po\n"),
        ("shopctl tenants list | grep -c active", "2\n"),
    ],
)
def test_shell_habits(line, expected):
    """Substitutions, variables, redirections, xargs, watch, and an organisation's own tool."""
    assert run(line, WORLD, ALICE).out == expected


def test_what_is_read_from_nowhere_is_still_printed():
    """`</dev/null` takes the input away, not the output."""
    assert run("kubectl get pods </dev/null", WORLD, ALICE).out == (
        run("kubectl get pods", WORLD, ALICE).out
    )
    assert run("kubectl get pods </dev/null", WORLD, ALICE).out != ""


def test_an_organisations_own_tool_may_act():
    """A row that says `acts` becomes an act in the tool's words."""
    act = run("shopctl mode set read-only --db=replica", WORLD, ALICE)
    bare = run("shopctl mode set read-only", WORLD, ALICE)

    assert act.way == "not_simulated"  # the row knows no such flag
    assert [(each.verb, each.target) for each in bare.acts] == [("mode set", "read-only")]


def test_terminal_escapes_never_come_out():
    """A typed escape sequence is harmless text by the time it is printed."""
    assert "\x1b" not in run("echo -e 'a\x1b[2J'; jq -rn '\"\\u001b[2J\"'", WORLD, ALICE).out


@pytest.mark.parametrize(
    "line",
    [
        "kubectl rollout restart deployment/api -n prod",
        "kubectl delete po -l app=api",
        "for d in api worker; do kubectl rollout restart deploy/$d; done",
        "kubectl apply -f - <<E\nkind: ConfigMap\nmetadata:\n  name: new\nE",
        "cat <<E | kubectl apply -f -\nkind: ConfigMap\nmetadata:\n  name: new\nE",
        "time kubectl scale deploy/api --replicas=3 | tee /dev/null",
    ],
)
def test_a_request_is_read_without_documents(line):
    """The same acts as with them, but for the names a selector matches."""
    asked = [(act.verb, act.target) for act in request_of(line, ALICE)]

    assert asked == [(act.verb, act.target) for act in run(line, WORLD, ALICE).acts]
    assert asked


@pytest.mark.parametrize(
    ("pattern", "line", "expected"),
    [
        ("kubectl -n prod rollout restart deployment/api", "k rollout restart deploy api", True),
        (
            "kubectl -n prod rollout restart deployment/api",
            "kubectl rollout restart deploy/x",
            False,
        ),
        (
            "kubectl -n prod rollout restart deployment/api",
            "kubectl -n dev rollout restart deploy/api",
            False,
        ),
        ("kubectl -n prod delete pod <pod>", "kubectl delete po/api-1", True),
        (
            "kubectl -n prod delete pods -l app=api --grace-period=5",
            "kubectl delete pod --grace-period 5 --selector=app=api",
            True,
        ),
        ("kubectl -n prod delete pods -l app=api", "kubectl delete pod -l app=web", False),
        (
            "kubectl get pods -l app=a",
            "kubectl get po -l app=a -o wide | grep -v Run | wc -l",
            True,
        ),
        ("kubectl -n prod set env deployment/api T=<ms>", "kubectl set env deploy/api T=15", True),
        (
            "kubectl -n prod scale deployment/api --replicas=8",
            "kubectl scale --replicas=4 deploy/api",
            False,
        ),
        (
            "psql -c 'select pg_terminate_backend({pid})'",
            "psql --command='SELECT  pg_terminate_backend(4711);' -t",
            True,
        ),
        (
            "aws rds reboot-db-instance --db-instance-identifier a",
            "aws rds reboot-db-instance --db-instance-identifier=a --region x",
            True,
        ),
        (
            "aws rds reboot-db-instance --db-instance-identifier a",
            "aws rds reboot-db-instance --db-instance-identifier a --force-failover",
            False,
        ),
        (
            "shopctl mode set read-only --db replica",
            "shopctl mode set --db=replica read-only",
            True,
        ),
        (
            "git -C c revert --no-edit <hash> && git -C c push",
            "git -C c revert 7c1f0de && echo ok && git -C c push",
            True,
        ),
        (
            "kubectl -n prod run t --rm -it --image=p:16 --restart=Never -- pg_isready -h db",
            "kubectl run me --rm -i --image=q --restart=Never -- pg_isready -h db",
            True,
        ),
        ("echo a", "'", False),
        ("(kubectl get pods)", "kubectl get pods", True),
        ("curl https://<host>/v1/<path>", "curl https://api.shop.test/v1/health", True),
        ("curl https://<host>/v1/<path>", "curl https://api.shop.test/v2/health", False),
        ("curl https://<host>/v1/<path>", "curl ftp://api.shop.test/v1/health", False),
    ],
)
def test_matching_an_authors_line(pattern, line, expected):
    """Wildcards, flag order, spellings and presentation do not matter; what is asked does."""
    assert matches(pattern, line, ALICE) is expected


@pytest.mark.parametrize(
    "line",
    ["promql up", "promql 'up[1m]' --range 5m", "logs x", "ssh box uptime",
     "psql -h db -c 'select 1'",
     "aws rds describe-db-instances", "aws cloudwatch get-metric-statistics --period 60",
     "sh -c 'kubectl delete pod x'", "echo x | xargs kubectl delete pod", "'open", "",
     "for i in 1; do ls; done", "kubectl nonsense", "git -C", "A=1"],
)  # fmt: skip
def test_a_line_that_only_looks_or_cannot_be_read_asks_for_nothing(line):
    """Read without documents: no act, and nothing raises."""
    assert request_of(line, ALICE) == ()


def test_loops_within_loops_ask_for_no_more_than_a_line_may_start():
    """Thirty rounds of six deletions are read up to the hundred and twentieth."""
    inner = "for b in 1 2 3 4 5 6; do kubectl delete pod $a$b; done"
    line = f"for a in {' '.join('abcdefghij' * 3)}; do {inner}; done"

    assert len(request_of(line, ALICE)) == 120


def test_a_loop_asks_once_a_round_and_a_group_as_it_stands():
    """Values are known without running anything; a variable is followed."""
    line = "N=prod; (for p in a b; do kubectl -n $N delete pod $p; done)"

    assert [(act.target, act.options["namespace"]) for act in request_of(line, ALICE)] == [
        ("pod/a", "prod"),
        ("pod/b", "prod"),
    ]
