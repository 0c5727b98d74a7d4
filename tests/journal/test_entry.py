"""Every order and every event goes over the wire and comes back the same."""

import dataclasses
import typing

import pytest

from simulator.errors import JournalError
from simulator.journal.entry import KINDS, TAGS, Entry, body_of, build, from_line, tag, to_line
from simulator.journal.events.base import ENGINE, EVERYONE, FACILITATOR, Event
from simulator.journal.record import GENESIS, parsed

SAMPLES = {str: "x", int: 3, bool: True, tuple: ("a", "b"), dict: {"k": "v"}}


def sample(kind):
    """One of a kind, every field filled by its type."""
    hints = typing.get_type_hints(kind)
    filled = {}
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        origin = typing.get_origin(hint) or hint
        if origin in SAMPLES:
            filled[field.name] = SAMPLES[origin]
        elif "Mapping" in str(hint):
            filled[field.name] = {"k": "v"}
        else:
            filled[field.name] = "x"
    return kind(**filled)


@pytest.mark.parametrize("kind", list(TAGS), ids=list(KINDS))
def test_what_is_written_is_read_back(kind):
    """Entry to line to entry is the identity."""
    entry = Entry(seq=0, at=5, by="bob", what=sample(kind), cause=-1)

    assert from_line(to_line(entry, GENESIS)) == entry


def test_tags_are_unique_and_plain():
    """One tag a class, in snake case."""
    assert len(KINDS) == len(TAGS)
    assert tag(type(build("drill_ended", {"reason": "limit"}))) == "drill_ended"


@pytest.mark.parametrize("kind", [k for k in TAGS if issubclass(k, Event)], ids=str)
def test_every_event_says_who_is_told(kind):
    """An audience token, or a field that holds people."""
    fields = {field.name for field in dataclasses.fields(kind)}

    assert kind.told
    assert all(name in {EVERYONE, ENGINE, FACILITATOR} | fields for name in kind.told)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("no_such", {}), ("drill_ended", {"reason": "x", "extra": 1}), ("drill_ended", {})],
)
def test_a_newer_or_damaged_entry_is_refused(kind, fields):
    """An unknown tag, an unknown field or a missing one is no entry of ours."""
    with pytest.raises(JournalError):
        build(kind, fields)


def test_a_body_is_canonical():
    """Keys sorted, no spaces, so that equal entries have equal bytes."""
    body = body_of(build("noted", {"text": "a", "by": "b", "decision": False}))

    assert body == '{"by":"b","decision":false,"text":"a"}'
    assert parsed(body)["by"] == "b"
