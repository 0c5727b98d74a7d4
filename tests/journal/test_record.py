"""A line that was changed after it was written is found."""

import contextlib
import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import JournalError
from simulator.journal.record import GENESIS, Line, canonical, chained, parsed, verify


def chain(count=5):
    lines, prev = [], GENESIS
    for seq in range(count):
        line = chained(seq=seq, at=seq * 2, by="engine", cause=seq - 1, kind="noted",
                       body=canonical({"n": seq}), prev=prev)  # fmt: skip
        lines.append(line)
        prev = line.hash
    return lines


def test_an_unbroken_chain_has_a_head():
    """The head is the hash of the last line."""
    lines = chain()

    assert verify(lines) == lines[-1].hash


@given(st.integers(0, 4), st.sampled_from(["at", "by", "cause", "kind", "body"]))
def test_any_later_edit_names_its_line(seq, field):
    """Whatever field of whatever line is edited, that line is named."""
    lines = chain()
    old = getattr(lines[seq], field)
    new = old + 1 if isinstance(old, int) else old + "x"
    lines[seq] = dataclasses.replace(lines[seq], **{field: new})

    with pytest.raises(JournalError, match=rf"line ({seq}|{seq + 1})\b"):
        verify(lines)


def test_a_missing_line_is_named():
    """Cutting one out leaves a hole that is seen."""
    lines = chain()
    del lines[2]

    with pytest.raises(JournalError, match="line 2 is missing"):
        verify(lines)


def test_a_float_never_reaches_the_journal():
    """Whole numbers only, however deep."""
    with pytest.raises(ValueError, match="whole numbers"):
        canonical({"a": [{"b": 0.5}]})


@pytest.mark.parametrize(
    "text",
    ['{"a":1,"a":2}', "NaN", "1.5", "Infinity", "9223372036854775808", '"\\ud800"',
     "[" * 40 + "]" * 40, "{", "1e400"],
)  # fmt: skip
def test_ambiguous_json_is_refused(text):
    """Repeated keys, floats, huge integers, half pairs and deep nesting are not read."""
    with pytest.raises(JournalError):
        parsed(text)


@given(st.text(max_size=60))
def test_foreign_text_is_read_or_refused(text):
    """Nothing but a JournalError ever leaves the reader."""
    with contextlib.suppress(JournalError):
        parsed(text)


def test_a_line_is_frozen():
    """A written line cannot be changed in place."""
    line = chain(1)[0]

    assert isinstance(line, Line)
    with pytest.raises(dataclasses.FrozenInstanceError):
        line.at = 9
