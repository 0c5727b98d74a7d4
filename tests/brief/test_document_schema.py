"""What editors are told about documents."""

import re

import pytest
from small_document import GOOD, SmallDocument

from simulator.brief import amounts, units, words
from simulator.brief.binding import plain
from simulator.brief.nodes import compose
from simulator.brief.published import DOCUMENTS, schema_of
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


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_every_key_of_every_shipped_schema_has_a_sentence(document):
    """An editor says what a key is for while one types it."""
    schema = schema_of(document)
    parts = {document: schema, **schema["$defs"]}

    assert [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, terms in part.get("properties", {}).items()
        if not terms.get("description")
    ] == []


def test_what_a_key_is_inherited_from_explains_it():
    """`only_in` of a look is explained where every scoped thing gets it from."""
    look = schema_of("scenario")["$defs"]["Look"]["properties"]

    assert look["only_in"]["description"].startswith("The variants in which it is there.")


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
