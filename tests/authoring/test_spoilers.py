from types import SimpleNamespace

import pytest

from simulator.authoring.spoilers import giveaways, named_in

SCENARIO = SimpleNamespace(
    causes={
        "disk-full": "The primary's disk is full and the server has stopped itself",
        "path-closed": "The database is well but the network no longer reaches it",
    },
    faults={
        "wal": SimpleNamespace(title="Write-ahead log kept for a forgotten slot", impact=True),
        "cut": SimpleNamespace(title="Entries of fq-db-a were removed", impact=True),
    },
    variants={
        "full": SimpleNamespace(cause="disk-full", title="Full disk", faults=("wal",)),
        "cut": SimpleNamespace(cause="path-closed", title="Cut off", faults=("cut",)),
    },
)


@pytest.mark.parametrize(
    ("variant", "text"),
    [
        ("full", "DbDown: the disk is full"),
        ("full", "FATAL: full disk on node 3"),
        ("full", "All fine.\nDisks filled? no. A forgotten slot kept the write-ahead log"),
        ("cut", "the path to the database is fine; path was closed at ten"),
    ],
)
def test_a_text_that_names_the_cause_is_found(variant, text):
    """By the words of its id, of the variant's title, or of the sentence that explains it."""
    assert named_in(text, giveaways(SCENARIO, variant)) != ""


@pytest.mark.parametrize(
    ("variant", "text"),
    [
        ("full", "DbStorageLow - no storage left within 24 h"),
        ("full", "could not write: No space left on device"),
        ("full", "The disk of node-2 was swapped; its log is full of warnings"),
        ("cut", "connection to fq-db-a timed out"),
        ("cut", "Disk full"),
    ],
)
def test_a_symptom_is_no_spoiler(variant, text):
    """A word in common, another variant's cause, or the name of a machine."""
    assert named_in(text, giveaways(SCENARIO, variant)) == ""
