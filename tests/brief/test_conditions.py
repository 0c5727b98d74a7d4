"""Conditions: read, said, looked up; never run."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.brief.conditions import (
    AllOf,
    Among,
    AnyOf,
    Comparison,
    Known,
    Lasting,
    Name,
    Negation,
    Quantity,
    Text,
    comparisons,
    holds,
    lastings,
    names,
    parse,
    said,
)
from simulator.brief.written import Unreadable

IDS = st.from_regex(r"\A[a-z][a-z0-9_-]{0,6}\Z").filter(
    lambda word: word not in {"and", "or", "not", "in", "for"}
)
DOTTED = st.lists(IDS, min_size=2, max_size=3).map(".".join)
WINDOWS = st.none() | st.integers(1, 90_000)
NAMES = st.builds(lambda text, window: Name(text=text, window_s=window), IDS | DOTTED, WINDOWS)
FAR_NAMES = st.builds(lambda text, window: Name(text=text, window_s=window), DOTTED, WINDOWS)
TEXTS = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=8).filter(
    lambda text: not ('"' in text and "'" in text)
)
QUANTITIES = st.one_of(
    st.integers(-99, 99).map(lambda n: Quantity(text=str(n), amount=float(n))),
    st.integers(0, 99).map(lambda n: Quantity(text=f"{n}%", amount=n / 100, measure="share")),
    st.integers(0, 99).map(lambda n: Quantity(text=f"{n}m", amount=n * 60.0, measure="seconds")),
    st.integers(-9, 9).map(lambda n: Quantity(text=f"{n}/s", amount=float(n), measure="rate")),
)
TESTS = st.one_of(
    NAMES.map(lambda name: Known(name=name)),
    st.builds(
        lambda name, operator, value: Comparison(name=name, operator=operator, value=value),
        NAMES,
        st.sampled_from(["==", "!=", ">", ">=", "<", "<="]),
        QUANTITIES | FAR_NAMES,
    ),
    st.builds(
        lambda name, operator, text: Comparison(
            name=name, operator=operator, value=Text(text=text)
        ),
        NAMES,
        st.sampled_from(["==", "!="]),
        TEXTS,
    ),
    st.builds(lambda word, name: Among(word=word, name=name), TEXTS, NAMES),
)
CONDITIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        inner.map(lambda part: Negation(part=part)),
        st.builds(lambda part, s: Lasting(part=part, seconds=s), inner, st.integers(1, 9_000)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: AllOf(parts=tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: AnyOf(parts=tuple(parts))),
    ),
    max_leaves=5,
)


def _refusal(text):
    """The refusal of a text; nothing for a condition."""
    try:
        parse(text)
    except Unreadable as error:
        return error
    return None


@given(CONDITIONS)
@settings(max_examples=200)
def test_what_is_said_reads_back_the_same(condition):
    """No bracket too few, no quote too many."""
    text = said(condition)
    refusal = _refusal(text)
    assume(refusal is None or "max 500" not in refusal.found)
    assume(refusal is None or "nested deeper" not in refusal.found)

    assert parse(text) == condition


FRAGMENTS = st.sampled_from(["a", "b.c", "5%", "(", ")", "[5m]", "for", "and", "not", ">", "'"])


@given(st.text(max_size=60) | st.lists(FRAGMENTS).map(" ".join))
@settings(max_examples=200)
def test_any_text_is_read_or_refused_at_a_place_inside_it(text):
    """No text makes the reader stumble."""
    refusal = _refusal(text)

    assert refusal is None or 0 <= refusal.offset <= len(text)


def test_words_and_brackets_bind_as_authors_expect():
    """`and` before `or`, `not` before both, `for` with what stands just before it."""
    condition = parse("a or b and not c > 5 for 30s")

    assert condition == AnyOf(
        parts=(
            Known(name=Name(text="a")),
            AllOf(
                parts=(
                    Known(name=Name(text="b")),
                    Negation(
                        part=Lasting(
                            part=Comparison(
                                name=Name(text="c"),
                                operator=">",
                                value=Quantity(text="5", amount=5.0),
                            ),
                            seconds=30,
                        )
                    ),
                )
            ),
        )
    )


WORLD = {
    "api.errors": 0.08,
    "api.errors[300s]": 0.04,
    "db.connections": 81,
    "db.role": "primary",
    "breach": "confirmed",
    "core": True,
    "declared": False,
    "elapsed": 301,
    "service_down": frozenset({"api", "worker"}),
    "limits.pool": 80,
    "queue.rate": 0.25,
    "web.p95": 0.059,
}


def _look(name: Name):
    return WORLD.get(name.text if name.window_s is None else f"{name.text}[{name.window_s}s]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("api.errors > 5%", True),
        ("api.errors[5m] > 5%", False),
        ("db.connections > 80", True),
        ("db.connections > limits.pool", True),
        ("db.connections > api.unknown", False),
        ("db.role == primary", True),
        ("db.role != primary", False),
        ('breach == "confirmed"', True),
        ("core == yes", True),
        ("declared == no", True),
        ("declared", False),
        ("not declared", True),
        ("elapsed > 300s", True),
        ("elapsed >= 5m and elapsed < 302", True),
        ("queue.rate == 15/min", True),
        ("web.p95 < 60ms", True),
        ("api in service_down", True),
        ("web in service_down or worker in service_down", True),
        ("stranger", False),
        ("stranger != 5", False),
        ("stranger == 5", False),
        ("x in stranger", False),
        ("db.role > 5", False),
        ("db.role == 5", False),
        ("not stranger > 5", True),
    ],
)
def test_a_condition_holds_by_what_is_known(text, expected):
    """Who is not known makes a comparison false, never an error."""
    assert holds(parse(text), _look) is expected


def test_for_asks_whoever_keeps_time():
    """A condition that lasts holds only when it has held long enough, by someone's clock."""
    condition = parse("db.connections > 80 for 30s")
    too_soon = holds(condition, _look, lambda _: 29)
    at_last = holds(condition, _look, lambda _: 30)

    assert (too_soon, at_last, holds(condition, _look)) == (False, True, False)


def test_a_scheduler_finds_what_it_has_to_watch():
    """Names, comparisons and time-keeping, each in the order of the text."""
    condition = parse("(a.x > 5 or b) for 30s and c == d.e and a.x < 9")

    assert [name.text for name in names(condition)] == ["a.x", "b", "c", "d.e"]
    assert [one.name.text for one in comparisons(condition)] == ["a.x", "c", "a.x"]
    assert [one.seconds for one in lastings(condition)] == [30]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (0, "E128")),
        ("a and", (5, "E128")),
        ("(a", (2, "E128")),
        ("a)", (1, "E128")),
        ("a > b", (2, "E128")),
        ("5 > a", (0, "E128")),
        ("a == 010", (5, "E128")),
        ("a > 5x", (4, "E128")),
        ("a[5] > 1", (2, "E128")),
        ("a for 0s", (6, "E128")),
        ("a for", (5, "E128")),
        ("a == 'b", (5, "E128")),
        ("a.b in c", (0, "E128")),
        ("__import__('os')", (0, "E128")),
        ("a == b.__class__", (6, "E128")),
        ("a ; b", (2, "E128")),
        ("and", (0, "E128")),
        ("x" * 501, (0, "E126")),
        ("(" * 13 + "a" + ")" * 13, (13, "E128")),
        ("not " * 14 + "a", (52, "E128")),
    ],
)
def test_what_is_no_condition_is_refused_at_its_place(text, expected):
    """The author sees the very sign that does not fit."""
    with pytest.raises(Unreadable) as caught:
        parse(text)

    assert (caught.value.offset, caught.value.code) == expected


def test_the_longest_conditions_end():
    """Five hundred signs of anything are read or refused; backtracking would take for ever."""
    begun = time.process_time()
    for sign in ("(", "a", "a ", "not ", "'", "[", "5", ".", "a.", "a==a.a or ", "-", "%"):
        try:
            parse((sign * 500)[:500])
        except Unreadable:
            continue
    took_s = time.process_time() - begun

    assert took_s < 5
