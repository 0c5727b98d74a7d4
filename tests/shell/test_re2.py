"""Regular expressions without traps: what matches, what is refused, how long it takes."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.shell.re2 import PatternError, re2_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "whole", "part"),
    [
        ("5..", "503", True, True),
        ("5..", "1503", False, True),
        ("fraiseql-(api|worker).*", "fraiseql-api-7", True, True),
        ("(?i)TIMED out", "timed OUT", True, True),
        (r"\d{2,3}ms$", "took 212ms", False, True),
        (r"\bapi\b", "the api", False, True),
        (r"\bapi\b", "rapid", False, False),
        ("[^a-z]+", "10.20", True, True),
        ("a|", "", True, True),
        ("^b", "ab", False, False),
        (r"\A10\.20\z", "10.20", True, True),
        ("a{x}", "a{x}", True, True),
        (r"[\d\.\]]+", "1.]", True, True),
    ],
)
def test_it_matches_whole_or_part(pattern, text, whole, part):
    """Prometheus asks for the whole text, filters for a part."""
    made = re2_pattern(pattern)

    assert (made.whole(text), made.found(text)) == (whole, part)


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "a**",
        "[a",
        "a{9999}",
        "\\1",
        "(?=a)",
        "*",
        "x" * 501,
        "a{1}{2}",
        "(" * 40,
        "((((){999}){999}){999}){999}",
    ],
)
def test_what_it_cannot_read_it_refuses(pattern):
    """With a reason, never with a wrong answer."""
    with pytest.raises(PatternError):
        re2_pattern(pattern)


def test_no_pattern_runs_away():
    """A trap that takes a backtracking engine ages is over at once."""
    began = time.process_time()
    found = re2_pattern("(a+)+(a|aa)*.*.*.*b").found("a" * 3000)

    assert not found
    assert time.process_time() - began < 2


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(list("ab.*+?|()[]^$1-")), max_size=8).map("".join),
    st.text("ab1-", max_size=6),
)
def test_it_agrees_with_pythons_engine(pattern, text):
    """Where both can read a pattern, both find the same."""
    try:
        mine, theirs = re2_pattern(pattern), re.compile(pattern)
    except (PatternError, re.error):
        return

    assert mine.whole(text) == bool(theirs.fullmatch(text))
    assert mine.found(text) == bool(theirs.search(text))
