"""The picture: what somebody who read these entries knows.

One class for all: the engine folds every entry, a seat folds those it is told; so a hidden fault
cannot leak through a careless screen. Themes fold in files of their own.
"""

from simulator.journal.situation.parts import (
    Alert,
    Approval,
    Debt,
    Deed,
    Fact,
    Find,
    Gauge,
    Incident,
    ItemState,
    Knowledge,
    Message,
    PageState,
    Question,
    Talk,
    Task,
    Work,
    World,
)
from simulator.journal.situation.situation import Situation, visible_to

__all__ = [
    "Alert",
    "Approval",
    "Debt",
    "Deed",
    "Fact",
    "Find",
    "Gauge",
    "Incident",
    "ItemState",
    "Knowledge",
    "Message",
    "PageState",
    "Question",
    "Situation",
    "Talk",
    "Task",
    "Work",
    "World",
    "visible_to",
]
