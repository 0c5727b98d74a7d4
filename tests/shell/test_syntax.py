"""A typed line is read as bash reads it."""

import pytest

from simulator.shell.grammar import parse
from simulator.shell.syntax import Command, Unreadable, expand


def words(line, **variables):
    """The words of the line's first command; `$(x)` becomes `<x>`."""
    command = parse(line)[0].pipeline[0]
    assert isinstance(command, Command)
    return expand(command, variables, lambda inner: f"<{inner}>").words


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("echo 'a  b' \"c $X\" d\\ e", ("echo", "a  b", "c 1 2", "d e")),
        ("echo $X", ("echo", "1", "2")),
        ("echo a$X.b", ("echo", "a1", "2.b")),
        ("echo '$X' \"\\$X\"", ("echo", "$X", "$X")),
        ("echo ${NONE:-dflt} $NONE end", ("echo", "dflt", "end")),
        ('echo "$(date -u)" `id`', ("echo", "<date -u>", "<id>")),
        ("echo a # the rest is a remark", ("echo", "a")),
        ("echo a#b", ("echo", "a#b")),
        ("echo \\\nb", ("echo", "b")),
        ("echo '' \"\"", ("echo", "", "")),
        (
            "kubectl get po -o jsonpath='{.a[*]}{\"\\n\"}'",
            (
                "kubectl",
                "get",
                "po",
                "-o",
                'jsonpath={.a[*]}{"\\n"}',
            ),
        ),
    ],
)
def test_words_split_and_join_as_in_bash(line, expected):
    """Quotes, variables, substitutions and remarks."""
    actual = words(line, X="1 2")

    assert actual == expected


def test_a_pipeline_keeps_each_command_as_typed():
    """The act's line is the simple command without its pipes."""
    step = parse("kubectl get pods -o wide | grep -v Run | wc -l")[0]

    assert [stage.line for stage in step.pipeline] == [
        "kubectl get pods -o wide",
        "grep -v Run",
        "wc -l",
    ]


def test_connectors_say_what_must_have_happened_before():
    """`&&`, `||`, `;`, `&` and newlines."""
    actual = [step.after for step in parse("a && b || c; d & e\nf")]

    assert actual == [";", "&&", "||", ";", ";", ";"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("cat <<EOF\na $X\n\tb\nEOF\n", "a 7\n\tb\n"),
        ("cat <<'EOF'\na $X\nEOF", "a $X\n"),
        ("cat <<-EOF\n\ta\n\tEOF", "a\n"),
        ('cat <<< "v $X"', "v 7\n"),
    ],
)
def test_here_documents_reach_standard_input(line, expected):
    """With and without quotes round the delimiter, dedented, and as a here-string."""
    command = parse(line)[0].pipeline[0]

    assert expand(command, {"X": "7"}, str).heredoc == expected


def test_what_follows_a_here_document_is_the_next_command():
    """The delimiter ends the text, not the line typed."""
    actual = [step.pipeline[0].line for step in parse("k apply -f - <<E && a\nx: 1\nE\nb")]

    assert actual == ["k apply -f -", "a", "b"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("echo 'a", "-bash: unexpected EOF while looking for matching `''"),
        ('echo "a', "-bash: unexpected EOF while looking for matching `\"'"),
        ("echo $(a", "-bash: unexpected EOF while looking for matching `)'"),
        ("a | | b", "-bash: syntax error near unexpected token `|'"),
        ("&& a", "-bash: syntax error near unexpected token `&&'"),
        ("a )", "-bash: syntax error near unexpected token `)'"),
        ("a >", "-bash: syntax error near unexpected token `newline'"),
        ("a &&", "-bash: syntax error: unexpected end of file"),
        ("a" * 4001, "-bash: line too long"),
    ],
)
def test_what_bash_refuses_is_refused_in_its_words(line, complaint):
    """Open quotes, misplaced operators, endless lines."""
    with pytest.raises(Unreadable) as caught:
        parse(line)

    assert str(caught.value).splitlines()[0] == complaint


@pytest.mark.parametrize("line", ["while a; do b; done", "echo $((1+1))", "if a; then b; fi"])
def test_real_bash_that_is_not_simulated_says_so(line):
    """Nobody is told a syntax error that bash would not tell."""
    with pytest.raises(Unreadable) as caught:
        parse(line)

    assert caught.value.simulated is False
