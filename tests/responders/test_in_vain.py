"""When a remedy is held to have been in vain: panels that stay bad, not means that still fall."""

from dataclasses import dataclass, field

import pytest
from small_incident import SCENARIO

from simulator.brief.binding import bind
from simulator.brief.nodes import compose
from simulator.brief.scenario.scenario import Scenario
from simulator.journal.situation import Find
from simulator.responders.steps import Progress

SHOP = bind(Scenario, compose(SCENARIO, "scenario"), "scenario")
CURED = 100


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What Progress asks of a memory."""

    finds: tuple[Find, ...] = ()
    started: dict[str, tuple[int, str]] = field(default_factory=dict)
    finished: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)


def seen(at, share, view="metrics"):
    """A find that shows this share failing."""
    return Find(
        seq=at, at=at, by="ann", look="panel", views=(view,), of="api",
        facts={"errors": round(share * 1_000_000)}, clues=(),
    )  # fmt: skip


def given_up(*finds, now=900):
    """Whether the cause whose remedy ended at second 100 is given up."""
    memory = Remembered(finds=finds, finished={"roll-back": CURED})
    progress = Progress(
        scenario=SHOP,
        memory=memory,
        deeds={"done:roll-back": ()},
        known=lambda _name: None,
        now=now,
        left_out=lambda _cause: frozenset({"read-only"}),
    )
    return progress.in_vain("bad-release", 50)


@pytest.mark.parametrize(
    ("finds", "is_given_up"),
    [
        (((200, 0.5), (300, 0.5), (400, 0.5)), True),
        (((200, 0.5), (300, 0.5), (400, 0.48)), True),
        (((200, 0.7), (300, 0.4), (400, 0.1)), False),
        (((200, 0.5), (300, 0.5)), False),
        (((200, 0.5), (300, 0.5), (400, 0.5), (500, 0.001)), False),
    ],
)
def test_panels_that_stay_bad_speak_against_a_cause(finds, is_given_up):
    """Three of them; a mean that falls on and on is one that forgets, and a good one acquits."""
    assert given_up(*(seen(at, share) for at, share in finds)) == is_given_up


def test_a_log_without_errors_acquits_as_well():
    """What was looked at last counts, whichever screen it was."""
    bad = [seen(at, 0.5) for at in (200, 300, 400)]

    assert not given_up(*bad, seen(500, 0.0004, "logs"))
    assert given_up(*bad, seen(500, 0.0, "reproduce"))
