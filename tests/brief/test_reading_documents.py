"""From text to tree to value: places, comments, choices, and the way back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from small_document import GOOD, STRICT, Service, SmallDocument, problems, told

from simulator.brief import units
from simulator.brief.binding import bind, from_plain, origins, plain, warnings_of
from simulator.brief.nodes import Mapping as MappingNode
from simulator.brief.nodes import Scalar, Sequence, compose
from simulator.brief.problems import MEANINGS
from simulator.brief.scenario.story import Hints
from simulator.brief.scenario.system import System
from simulator.brief.words import _PLAINLY_CLEAN
from simulator.errors import BriefError, EngineError
from simulator.text import clean


def test_a_good_document_becomes_values():
    """Units are read, words like NO stay words, defaults fill the rest."""
    document = bind(SmallDocument, compose(GOOD, "x.yaml"), "x.yaml")

    assert document.services["web"] == Service(
        traffic=40.0, used=0.45, replicas=4, needs={"api": 1.0}
    )
    assert document.services["api"].takes == units.Span(low_s=30.0, high_s=60.0)
    assert (document.begins, document.every, document.lasts) == (
        "2026-03-13T14:20:00Z",
        300,
        5400.0,
    )
    assert document.words == ("NO", "on", "yes", "12:30:45")
    assert (document.watched, document.title) == (False, "The shop's pool runs dry: ${minutes}")


def test_the_way_to_plain_and_back_gives_an_equal_value():
    """A journal carries the plain tree; binding it again is binding the file again."""
    node = compose(GOOD, "x.yaml")
    again = from_plain(plain(node))

    assert bind(SmallDocument, again, "journal") == bind(SmallDocument, node, "x.yaml")


PLAIN = st.recursive(
    st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


@given(PLAIN)
@settings(max_examples=100)
def test_plain_trees_survive_the_way_there_and_back(tree):
    """`plain` undoes `from_plain` for every tree of dict, list and str."""
    again = plain(from_plain(tree))

    assert again == tree


def test_a_plain_tree_of_anything_else_is_refused():
    """A number in a journal's document was never written by an author."""
    with pytest.raises(TypeError, match="not int"):
        from_plain({"a": 1})


def test_comments_become_the_origins_of_the_leaves_on_their_line():
    """A plan may say where each figure comes from."""
    found = origins(compose(GOOD, "x.yaml"))

    assert found == {
        "id": "001:341",
        "begins": "assumed: a busy afternoon",
        "services.web.traffic": "001:12",
        "services.web.used": "001:12",
        "services.web.replicas": "001:12",
        "services.web.needs.api": "001:12",
    }


def test_a_hash_inside_a_text_is_no_comment():
    """Only what YAML calls a comment is one."""
    tree = compose("a: x#y\nb: 'p # q' # real\nc: | # block\n  t # no\n", "x.yaml")
    assert isinstance(tree, MappingNode)

    assert {key: (one.text, one.comment) for key, one in tree.items.items()} == {
        "a": ("x#y", ""),
        "b": ("p # q", "real"),
        "c": ("t # no\n", "block"),
    }


def test_places_are_those_an_editor_shows():
    """Keys and values know their line and column, in block and flow alike."""
    tree = compose("a:\n  - {b: 'c'}\n", "x.yaml")
    inner = tree.items["a"].items[0]

    assert (inner.line, inner.column) == (2, 5)
    assert inner.keys["b"] == Scalar(text="b", line=2, column=6)
    assert inner.items["b"] == Scalar(text="c", line=2, column=9, quoted=True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("used: 0.55", "usd: 0.55"), ["9:3 E121", "10:5 E120"]),
        (("id: shop-pool-dry", "ident: x"), ["2:1 E121", "2:1 E120"]),
        (("every: 5m", "every: [5m]"), ["5:8 E122"]),
        (("every: 5m", "every:"), ["5:7 E124"]),
        (("mode: degrades", "mode: degrade"), ["12:11 E123"]),
        (("do: cure", "do: heal"), ["14:3 E123"]),
        (("- {do: cure, fault: pool-full}", "- {fault: pool-full}"), ["14:3 E121"]),
        (("- {do: cure, fault: pool-full}", "- cure"), ["14:3 E122"]),
        (("by: -2.5", "by: two"), ["16:7 E124"]),
        (("lasts: 1h30m", "lasts: {do: move, by: x}"), ["17:23 E124"]),
        (("lasts: 1h30m", "lasts: {do: move, buy: 1}"), ["17:1 E121", "17:19 E120"]),
        (("lasts: 1h30m", "lasts: 90"), ["17:8 E124"]),
        (("needs: {api: 100%}", "needs: {Api: 100%}"), ["8:56 E124"]),
        (("needs: {api: 100%}", "needs: {api: 101%}"), ["8:61 E125"]),
        (("needs: {api: 100%}", "needs: [api]"), ["8:55 E122"]),
        (("words: [NO,", "words: [[],"), ["19:9 E122"]),
        (("words: [NO,", 'words: ["",'), ["19:9 E124"]),
        (("least: -1", "least: 2"), ["2:1 E129"]),
        (("declared or", "declared nor"), ["18:53 E128"]),
        (("services:\n", "services: []\nspare:\n"), ["7:11 E122", "8:1 E120"]),
    ],
)
def test_what_does_not_fit_is_named_at_its_place(change, expected):
    """Each misfit has its number and stands where the author has to look."""
    assert change[0] in GOOD

    assert told(GOOD.replace(*change)) == expected


def test_all_problems_are_told_at_once_in_the_order_of_the_file():
    """An author mends a file in one go."""
    text = GOOD.replace("45%", "145%").replace("every: 5m", "every: 0s").replace("by:", "bye:")

    assert told(text) == ["5:8 E125", "8:30 E125", "15:3 E121", "16:3 E120"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("used: 0.55", "usd: 0.55"), "10:5: error[E120]: unknown key 'usd'; did you mean 'used'?"),
        (("id: shop-pool-dry", ""), "3:1: error[E121]: the document lacks the required key `id`"),
        (("used: 0.55", "used: {}"), "10:11: error[E122]: found a mapping; expected a share"),
        (("least: -1", "least: 2"), "2:1: error[E129]: least 2 is above most 1"),
    ],
)  # fmt: skip
def test_a_problem_says_found_expected_and_nearest(change, expected):
    """One line, as editors understand it."""
    lines = [str(one) for one in problems(GOOD.replace("  # 001:341", "").replace(*change))]

    assert f"x.yaml:{expected}" in lines


def test_invisible_signs_are_refused_in_ids_and_taken_out_of_prose():
    """A right-to-left override cannot hide in a name; in prose it goes, with a warning."""
    bad_id = told(GOOD.replace("shop-pool-dry", "shop\u202e"))
    prose = GOOD.replace("runs dry", "runs\u202e dry")
    node = compose(prose, "x.yaml")
    document = bind(SmallDocument, node, "x.yaml")

    assert bad_id == ["2:5 E127"]
    assert document.title == "The shop's pool runs dry: ${minutes}"
    assert [(one.line, one.code) for one in warnings_of(node, "x.yaml")] == [(3, "W101")]


def test_signs_that_are_not_cleaned_one_by_one_need_no_cleaning():
    """The quick look lets through nothing the thorough one would take out or compose."""
    signs = "".join(sign for sign in map(chr, range(0x110000)) if _PLAINLY_CLEAN.fullmatch(sign))

    assert clean(signs + signs[::-1], longest=10_000) == signs + signs[::-1]


def test_a_long_text_is_refused_by_its_field():
    """A title of 10,000 signs is no title."""
    found = told(f"id: x\ntitle: {'y' * 10_000}\n")

    assert found == ["2:8 E126"]


def test_a_name_outside_its_alphabet_is_told_as_the_name_it_is():
    """A bad key is named itself, not the good value behind it."""
    text = "services: {}\nstate: {Bad Key: up}\nmetrics: [{name: 5xx, reads: api.errors}]\n"

    assert [str(one).partition(";")[0] for one in problems(text, System)] == [
        "x.yaml:2:9: error[E124]: 'Bad Key' is not the name of a state or gauge",
        "x.yaml:3:18: error[E124]: '5xx' is not the name of a metric",
    ]


def test_a_key_that_is_a_word_of_pythons_is_told_as_it_is_written():
    """Who adds an underscore, as in Python, is led to the key without one."""
    (told,) = problems("stage: Triage\nwhile_: declared\nsteps: [Look again]\n", Hints)

    assert str(told) == "x.yaml:2:1: error[E120]: unknown key 'while_'; did you mean 'while'?"


def test_every_number_told_stands_in_the_table():
    """Authors may look every number up, and no number stands there that nobody tells."""
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).parents[2] / "simulator").rglob("*.py")
        if path.name != "problems.py"
    )

    assert set(re.findall(r'"([EW]1[0-9][0-9])"', sources)) == set(MEANINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lax:
    """Would ignore a misspelt key."""

    used: units.Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessing:
    """Would take `1_000` for a number."""

    __pydantic_config__ = STRICT

    counts: Mapping[units.Identifier, tuple[int, ...]]


@pytest.mark.parametrize("kind", [Lax, Guessing])
def test_a_kind_that_would_let_mistakes_through_is_our_own_mistake(kind):
    """The first binding finds it, not an author."""
    with pytest.raises(EngineError, match=kind.__name__):
        bind(kind, compose("used: 1\n", "x.yaml"), "x.yaml")


def test_a_plain_tree_deeper_than_documents_is_refused():
    """A hostile journal cannot exhaust the reader."""
    tree = "x"
    for _ in range(5_000):
        tree = [tree]

    with pytest.raises(ValueError, match="32 levels"):
        from_plain(tree)


def test_a_hundred_problems_are_told_and_the_rest_counted():
    """Nobody reads ten thousand lines, and nobody waits for them."""
    found = problems("id: x\nwords: [" + "[]," * 2_000 + "]\n")

    assert len(found) == 101
    assert found[-1].found == "1,900 more problems from here on"


def test_a_tab_inside_a_block_of_text_is_text():
    """Only indentation may not be a tab."""
    tree = compose("a: |\n  x\n  \ty\n", "x.yaml")

    assert tree.items["a"].text == "x\n\ty\n"


PIECES = st.sampled_from(
    [
        *("a", "b c", "key", "x#y", "1:2", "-", "- ", ": ", ":", ", ", ",", "[", "]", "{", "}"),
        *("\n", "\n  ", "\n    ", "\n\n", "'it''s'", '"q\\n"', '"two\n lines"', "# note", " # n"),
        *("|\n  block\n", ">-\n  folded\n  text\n", " ", "  ", "---\n", "...\n", "?", "\\", "é"),
        *('"', "\t", "&a ", "*a", "!t ", "%Y", "? ", "@", "`", "|2-", ">+", "'", "\ufeff"),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=200)
def test_what_is_read_is_what_yaml_means(text):
    """PyYAML's other scanner, which is not libyaml, gives the same tree of what we accept."""
    try:
        ours = plain(compose(text, "x.yaml"))
    except BriefError:
        return
    theirs = yaml.load(text, Loader=yaml.BaseLoader)

    assert ours == theirs


SIGNS = st.text(alphabet="ab#'\": ?-[]{},|>&*!%\\é", max_size=12)
WRITTEN = st.tuples(
    SIGNS, st.sampled_from(["plain", "single", "double", "block", "flow"]), SIGNS.map(str.strip)
)


@given(st.lists(WRITTEN, min_size=1, max_size=6))
@settings(max_examples=200)
def test_texts_places_and_comments_are_read_as_they_were_written(written):
    """However a text is quoted, a `#` in it stays in it, and the one behind it is a comment."""
    lines, expected = [], []
    for number, (text, style, comment) in enumerate(written):
        said, speaks, behind = _quoted(text, style), f"  # {comment}", _quoted_behind(text, style)
        expected.append((text, len(lines) + 1, 6 if style == "flow" else 5, comment))
        lines += f"{number}k: {said}{speaks}{behind}".split("\n")
    tree = compose("\n".join([*lines, "# the end", ""]), "x.yaml")
    leaves = [one.items[0] if isinstance(one, Sequence) else one for one in tree.items.values()]

    assert [(one.text, one.line, one.column, one.comment) for one in leaves] == expected


def _quoted(text, style):
    match style:
        case "single":
            return "'" + text.replace("'", "''") + "'"
        case "block":
            return "|2-"
        case "flow":
            return "[" + _quoted(text, "double") + ",\t'']"
        case "plain" if text.isalpha():
            return text
        case _:
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted_behind(text, style):
    return f"\n  {text}" if style == "block" else ""
