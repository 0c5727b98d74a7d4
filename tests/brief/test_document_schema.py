"""What editors are told about documents."""

import re

import pytest
from small_document import GOOD, SmallDocument

from simulator.brief import amounts, units, words
from simulator.brief.binding import plain
from simulator.brief.nodes import compose
from simulator.brief.schema import json_schema


def test_every_key_has_a_sentence():
    """The docstring of a field and the grammar of its kind."""
    schema = json_schema(SmallDocument)
    service = schema["$defs"]["Service"]

    assert schema["description"] == "A little of everything."
    assert service["properties"]["used"]["description"] == (
        "How busy it is. A share from 0 to 1, such as `45%` or `0.45`."
    )
    assert all(
        "description" in part or "$ref" in str(part) or "enum" in part
        for part in (schema["properties"] | service["properties"]).values()
        if part.get("type") not in ("array", "object")
    )


def test_unknown_and_missing_keys_are_underlined_while_typing():
    """Strict here as in the binding."""
    schema = json_schema(SmallDocument)

    assert (schema["additionalProperties"], schema["required"]) == (False, ["id"])


def test_the_good_document_knows_only_keys_of_the_schema():
    """Schema and binding speak of the same keys."""
    keys = set(plain(compose(GOOD, "x.yaml")))

    assert keys <= set(json_schema(SmallDocument)["properties"])


@pytest.mark.parametrize(
    ("kind", "read", "texts"),
    [
        (units.Seconds, amounts.seconds, ["5m", "1h30m", "250ms", "1.5s"]),
        (units.Latency, amounts.latency, ["60ms", "2s"]),
        (units.Span, amounts.span, ["30s..60s", "45s", "1m..1h30m"]),
        (units.RatePerSecond, amounts.rate, ["40/s", "0.25/s", "500 / min"]),
        (units.SignedRate, amounts.signed_rate, ["-0.48/s"]),
        (units.Fraction, amounts.fraction, ["45%", "0.45", "99.9%", "-0%"]),
        (units.Identifier, words.identifier, ["a", "shop-pool_2"]),
        (units.Instant, words.instant, ["2026-03-13T09:55Z", "2026-03-13T09:55:00Z"]),
    ],
)
def test_an_editor_never_underlines_what_is_read(kind, read, texts):
    """The pattern for editors lets through whatever the reader takes."""
    pattern = json_schema(kind)["pattern"]

    for text in texts:
        read(text)
        assert re.search(pattern, text)
