"""How amounts, words and moments are written, and what is said of those that are not."""

import pytest

from simulator.brief import amounts, words
from simulator.brief.written import Unreadable


def _read(read, text):
    """The value, or the number of the refusal."""
    try:
        return read(text)
    except Unreadable as error:
        return error.code


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (amounts.number, "38", 38.0),
        (amounts.number, "-0.25", -0.25),
        (amounts.number, "1000000000000", 1e12),
        (amounts.count, "6", 6),
        (amounts.fraction, "45%", 0.45),
        (amounts.fraction, "99.9%", 0.999),
        (amounts.fraction, "0.45", 0.45),
        (amounts.fraction, "1", 1.0),
        (amounts.ratio, "150%", 1.5),
        (amounts.rate, "40/s", 40.0),
        (amounts.rate, "500/min", 500 / 60),
        (amounts.rate, "0.25/s", 0.25),
        (amounts.signed_rate, "-0.48/s", -0.48),
        (amounts.seconds, "250ms", 0.25),
        (amounts.seconds, "0s", 0.0),
        (amounts.seconds, "0.05s", 0.05),
        (amounts.seconds, "100m", 6000.0),
        (amounts.positive_seconds, "250ms", 0.25),
        (amounts.whole_seconds, "1h30m", 5400),
        (amounts.latency, "60ms", 0.06),
        (words.truth, "no", False),
        (words.instant, "2026-03-13T09:55Z", "2026-03-13T09:55:00Z"),
        (words.identifier, "shop-pool_dry2", "shop-pool_dry2"),
        (words.value, "yes", True),
        (words.value, "12", 12),
        (words.value, "012", "012"),
        (words.word, "SEV 1", "SEV 1"),
    ],
)
def test_what_is_written_as_its_kind_is_read(read, text, expected):
    """Units are scaled as decimals, so no share is nearly what was written."""
    assert _read(read, text) == expected


@pytest.mark.parametrize("text", ["-0", "-0.0", "-0%"])
def test_minus_zero_is_zero(text):
    """No sign of a zero ever reaches a formula."""
    assert str(amounts.ratio(text)) == "0.0"


@pytest.mark.parametrize(
    "text",
    [
        *("12:30:45", "010", "1_000", "0x10", "0o17", "1e3", "1e400", ".5", "5.", "+5", " 5", "5 "),
        *(".nan", "nan", ".inf", "inf", "Infinity", "", "five", "1,000", "--5"),
        *("\u0665", "\uff15", "\u00b2"),
    ],
)
def test_numbers_of_other_grammars_are_refused(text):
    """What YAML 1.1, Python or another script would take for a number is none."""
    for read in (amounts.number, amounts.count, amounts.fraction):
        with pytest.raises(Unreadable, match="is not a") as caught:
            read(text)

        assert "digits 0-9" in caught.value.hint


def test_a_duration_with_a_leading_zero_is_told_without_it():
    """`010` is eight to some readers and ten to others."""
    with pytest.raises(Unreadable) as caught:
        amounts.whole_seconds("01h005m")

    assert caught.value.hint == "write 1h5m"


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (amounts.number, "9" * 5_000, "E125"),
        (amounts.number, "1000000000001", "E125"),
        (amounts.count, "-1", "E125"),
        (amounts.count, "1.5", "E124"),
        (amounts.positive_count, "0", "E125"),
        (amounts.fraction, "101%", "E125"),
        (amounts.fraction, "-0.1", "E125"),
        (amounts.ratio, "-1", "E125"),
        (amounts.rate, "-1/s", "E125"),
        (amounts.rate, "40", "E124"),
        (amounts.rate, "40/fortnight", "E124"),
        (amounts.seconds, "5", "E124"),
        (amounts.seconds, "5 fortnights", "E124"),
        (amounts.seconds, "\u0665m", "E124"),
        (amounts.seconds, "\uff15m", "E124"),
        (amounts.seconds, "-5m", "E125"),
        (amounts.seconds, "010m", "E124"),
        (amounts.seconds, "1h05m", "E124"),
        (amounts.latency, "00.5s", "E124"),
        (amounts.positive_seconds, "0ms", "E125"),
        (amounts.seconds, "500d", "E125"),
        (amounts.seconds, "9" * 5_000 + "s", "E124"),
        (amounts.whole_seconds, "250ms", "E124"),
        (amounts.positive_whole_seconds, "0s", "E125"),
        (amounts.latency, "2h", "E125"),
        (amounts.span, "60s..30s", "E129"),
        (amounts.span, "30s..", "E124"),
        (words.truth, "true", "E124"),
        (words.truth, "on", "E124"),
        (words.instant, "2026-02-30T00:00Z", "E124"),
        (words.instant, "2026-03-13T09:55:00+01:00", "E124"),
        (words.instant, "2026-03-13", "E124"),
        (words.day, "2026-02-30", "E124"),
        (words.day, "30.02.2026", "E124"),
        (words.identifier, "Shop", "E124"),
        (words.identifier, "9lives", "E124"),
        (words.identifier, "a" * 49, "E124"),
        (words.identifier, "shop\u200b", "E127"),
        (words.identifier, "sh\u043ep", "E124"),
        (words.word, "", "E124"),
        (words.word, "x" * 41, "E126"),
        (words.word, "a\u202eb", "E127"),
        (words.line, "a\nb", "E124"),
        (words.line, "  ", "E124"),
        (words.line, "x" * 1_001, "E126"),
        (words.prose, "x" * 4_001, "E126"),
    ],
)
def test_what_is_not_written_as_its_kind_is_refused(read, text, expected):
    """Each refusal has the number of its reason."""
    assert _read(read, text) == expected


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (amounts.seconds, "5", "write 30s, 5m, 1h30m, 2d or 250ms (units: ms, s, m, h, d, w)"),
        (amounts.fraction, "45", "did you mean 45%?"),
        (amounts.span, "60s..30s", "write the shorter time first"),
        (words.day, "2026-02-30", "write a day such as 2026-03-13"),
    ],
)
def test_a_refusal_shows_how_it_is_written(read, text, expected):
    """The author never has to guess the grammar."""
    with pytest.raises(Unreadable) as caught:
        read(text)

    assert caught.value.hint == expected


def test_a_span_that_ends_before_it_begins_names_both_ends():
    """Both figures of a contradiction are told."""
    with pytest.raises(Unreadable) as caught:
        amounts.span("60s..30s")

    assert caught.value.found == "the span begins at 60s and ends earlier, at 30s"


def test_a_free_document_keeps_its_shape():
    """Whole numbers and JSON's constants are read, all else is text."""
    found = words.tree({"replicas": "3", "ready": "true", "tags": ["010", "null", "v1.2"]})

    assert found == {"replicas": 3, "ready": True, "tags": ["010", None, "v1.2"]}
