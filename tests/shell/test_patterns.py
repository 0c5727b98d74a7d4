"""Regular expressions match as Python's do, and never hang."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.shell.posix import basic_to_extended, fixed_pattern, posix_pattern
from simulator.shell.syntax import Unreadable

PARTS = [
    "a",
    "b",
    ".",
    "a*",
    "b+",
    "c?",
    "[ab]",
    "[^a]",
    "(ab|c)",
    "(a|b)*",
    "a{2}",
    "b{1,3}",
    "^",
    "$",
    "\\b",
    "\\w",
    "|",
    "(a*)*",
    "c{0,2}",
    "(a+|b)?",
    "\\d",
    "[0-9]",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5), st.text("abc 1", max_size=9))
def test_it_finds_what_a_backtracking_engine_finds(parts, text):
    """The oracle is Python's own engine, on patterns it can take."""
    source = "".join(parts)
    try:
        oracle = re.compile(source, re.ASCII)
    except re.error:
        return
    ours = posix_pattern(source)

    assert (ours.found(text), ours.whole(text)) == (
        bool(oracle.search(text)),
        bool(oracle.fullmatch(text)),
    )


def test_a_catastrophic_pattern_is_answered_at_once():
    """Nested repetition over a long line is linear here."""
    began = time.process_time()

    found = posix_pattern("(a+)+$").found("a" * 20_000 + "b")

    assert (found, time.process_time() - began < 2) == (False, True)


def test_matches_are_leftmost_and_longest():
    """As POSIX tools match."""
    assert posix_pattern("a|ab|abc").spans("abcab") == [(0, 3), (3, 5)]


def test_plain_greps_operators_are_the_escaped_ones():
    """Basic syntax as extended."""
    assert basic_to_extended(r"a\|b+[+](c)\{2\}") == r"a|b\+[+]\(c\){2}"


@pytest.mark.parametrize("source", ["[a", "(a", "a)", "\\", "[[:nope:]]", "[z-a]", "a{9,1}"])
def test_a_broken_pattern_is_refused(source):
    """With a fault of the person who typed it."""
    with pytest.raises(Unreadable) as caught:
        posix_pattern(source)

    assert caught.value.simulated is True


def test_a_back_reference_is_not_simulated():
    """Real, but not matched by states."""
    with pytest.raises(Unreadable) as caught:
        posix_pattern(r"(a)\1")

    assert caught.value.simulated is False


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "(b)", "(a*)", "(b+|c)?", "(c|ab)*", "."]), max_size=5),
    st.text("abc", max_size=8),
)
def test_brackets_stand_for_what_a_backtracking_engine_says(parts, text):
    """The earlier choice and the longer repeat, as Python's engine prefers them."""
    source = "".join(parts)
    oracle = re.fullmatch(source, text)
    ours = posix_pattern(source)
    if oracle is None:
        assert not ours.whole(text)
        return

    assert ours.groups(text, 0, len(text)) == tuple(part or "" for part in oracle.groups())


def test_a_bracket_may_hold_a_place():
    """An anchor that does not hold leaves the choice beside it."""
    assert posix_pattern("(^b|b)").groups("ab", 1, 2) == ("b",)


def test_more_signs_than_are_remembered_are_matched_as_well():
    """Twenty thousand different signs, then the one wanted."""
    text = "".join(map(chr, range(0x3400, 0x3400 + 20_010)))

    assert posix_pattern(f"{text[-2]}.$").found(text) is True


def test_a_fixed_text_means_itself():
    """Operators are signs to `grep -F`."""
    assert fixed_pattern("a.*b").found("xA.*B") is False
    assert fixed_pattern("a.*b", ignore_case=True).spans("xA.*B") == [(1, 5)]


@pytest.mark.parametrize(
    "source", ["a****", "(a{0}){200}", "((((){200}){200}){200}){200}", "((a?)*)+", "a{0,200}"]
)
def test_repeats_upon_repeats_stay_small(source):
    """However they are nested, an answer or a refusal comes at once."""
    began = time.process_time()
    try:
        found = posix_pattern(source).found("b")
    except Unreadable as fault:
        found = str(fault) == "Regular expression too big"

    assert (found, time.process_time() - began < 2) == (True, True)
