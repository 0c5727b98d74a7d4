"""What documents say of themselves: names, doubles, cycles, placeholders."""

from small_document import GOOD

from simulator.brief.nodes import compose
from simulator.brief.references import (
    at,
    cycles,
    duplicates,
    placeholders,
    shares,
    unfilled,
    unknown,
)

FILE = "x.yaml"


def test_a_problem_stands_at_the_value_or_at_its_key():
    """Keys and values of one path have places of their own."""
    node = compose(GOOD, FILE)
    path = ("services", "api", "used")
    value = at(node, path, file=FILE, code="E141", found="no")
    key = at(node, path, file=FILE, code="E141", found="no", key=True)

    assert [(one.line, one.column) for one in (value, key)] == [(10, 11), (10, 5)]


def test_a_path_that_ends_too_soon_leads_as_far_as_it_goes():
    """A key left out is told at the mapping that lacks it."""
    node = compose(GOOD, FILE)
    problem = at(node, ("then", 1, "fault"), file=FILE, code="E141", found="no")

    assert (problem.line, problem.column) == (15, 3)


def test_an_unknown_name_comes_with_the_nearest():
    """A typing slip is mended without a search."""
    node = compose(GOOD, FILE)
    path = ("services", "web", "needs", "api")
    problem = unknown(
        node, path, file=FILE, what="service", name="apy", known=["api", "web"], key=True
    )

    assert str(problem) == (
        "x.yaml:8:56: error[E141]: no service is called 'apy'; did you mean 'api'?"
    )


def test_names_that_look_the_same_are_doubles():
    """Width, case and surrounding spaces make no difference to people."""
    node = compose("- Anna\n- \uff21nna\n- bob\n- ' ANNA '\n- bob\n", FILE)
    named = [(item.text, (place,)) for place, item in enumerate(node.items)]
    found = duplicates(node, named, file=FILE, what="people are")

    assert [(one.line, one.code) for one in found] == [(2, "E140"), (4, "E140"), (5, "E140")]
    assert "line 1 and line 2" in found[0].found
    assert ["looks the same" in one.found for one in found] == [True, True, False]


GRAPH = """\
a: [b]
b: [c]
c: [a, d]
d: [d]
e: [a]
"""


def test_a_cycle_is_told_with_its_lines():
    """Each ring once, a self-dependency too."""
    node = compose(GRAPH, FILE)
    edges = {
        key: {item.text: (key, place) for place, item in enumerate(node.items[key].items)}
        for key in node.items
    }
    found = cycles(node, edges, file=FILE, what="services")

    assert [str(one) for one in found] == [
        (
            "x.yaml:1:5: error[E142]: services form a cycle: "
            "a (line 1) -> b (line 2) -> c (line 3) -> a"
        ),
        "x.yaml:4:5: error[E142]: services form a cycle: d (line 4) -> d",
    ]


def test_a_long_chain_is_no_cycle():
    """Ten thousand links neither frighten nor exhaust the walk."""
    node = compose("a: b\n", FILE)
    edges = {str(link): {str(link + 1): ("a",)} for link in range(10_000)}

    assert cycles(node, edges, file=FILE, what="includes") == ()


def test_a_placeholder_nothing_fills_is_told():
    """`${minuts}` is a slip; `{pid}` and `{{7*7}}` are text."""
    title = "${minutes} ${minuts} {pid} {{7*7}}"
    node = compose(f"title: {title}\n", FILE)
    found = unfilled(node, ("title",), title, file=FILE, known=["minutes", "service"])

    assert [str(one) for one in found] == [
        (
            "x.yaml:1:8: error[E143]: nothing fills the placeholder '${minuts}'; "
            "did you mean 'minutes'?"
        )
    ]


def test_placeholders_are_found_once_each():
    """In the order of the text."""
    assert placeholders("${b} ${a} ${b} ${} $c {d}") == ("b", "a", "")


def test_shares_that_do_not_add_up_show_their_sum():
    """Three thirds are a whole, two halves and a bit are not."""
    node = compose("parts: {a: 50%, b: 60%}\n", FILE)
    found = shares(node, ("parts",), file=FILE, parts=[0.5, 0.6])

    assert [one.found for one in found] == ["the shares add up to 1.1; 1 is expected"]
    assert shares(node, ("parts",), file=FILE, parts=[0.333333, 0.333333, 0.333333]) == ()
