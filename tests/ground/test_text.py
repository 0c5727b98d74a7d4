"""No one else's text can act on a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.text import clean, clean_line, did_you_mean, is_clean, nearest

ESCAPES = ["\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "\u202eabc", "a\u200bb", "\ud800", "\x00"]


def test_nothing_that_could_act_survives():
    """Escape sequences, bidi marks, zero widths and halves of pairs are taken away."""
    actual = [clean(text) for text in ESCAPES]

    assert actual == ["]52;c;aGk=", "[2J", "31m", "abc", "ab", "", ""]


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    """What is clean stays as it is."""
    once = clean(text)

    assert clean(once) == once
    assert is_clean(once)


def test_marks_do_not_pile_up_on_one_letter():
    """A tower of accents is cut to two."""
    actual = clean("x" + "\u0301" * 20)

    assert len(actual) <= 3


def test_a_line_is_one_line():
    """Newlines and tabs become spaces."""
    actual = clean_line("one\n two\t three")

    assert actual == "one two three"


def test_the_nearest_word_is_named():
    """A slip of the fingers finds its word; nonsense finds the valid ones."""
    actual = nearest("durration", ["duration", "during"]), did_you_mean("zzz", ["b", "a"])

    assert actual == ("duration", "known: a, b")
    assert did_you_mean("durration", ["duration"]) == "did you mean 'duration'?"
    assert nearest("sev1", ["SEV1", "SEV2"]) == "SEV1"
