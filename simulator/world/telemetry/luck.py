"""Small draws for what is stated nowhere, each from a key named by the question.

Rule 1: the same question has the same answer whenever and by whomever it is asked.
Rule 2: where thousands are needed (log lines), one digest of the key serves as many draws.
"""

import hashlib
from typing import Final

from simulator.chance import Chance

SIGNS: Final = "bcdfghjklmnpqrstvwxz2456789"
"""What a cluster makes up names from: no vowels, so that no word comes of it."""
HEX: Final = "0123456789abcdef"


def letters(chance: Chance, length: int, *key: str, alphabet: str = SIGNS) -> str:
    """A made-up name."""
    return "".join(alphabet[byte % len(alphabet)] for byte in marks(chance, *key)[:length])


def marks(chance: Chance, *key: str) -> bytes:
    """Thirty-two bytes that belong to this key alone."""
    return hashlib.sha256(stem(chance, *key).encode()).digest()


def stem(chance: Chance, *key: str) -> str:
    """What keys that begin alike share: whoever needs thousands puts it together once."""
    return "|".join((str(chance.seed), "telemetry", *key))


def between(chance: Chance, low: float, high: float, *key: str) -> float:
    """A number of this range that belongs to this key alone."""
    return low + (high - low) * chance.unit("telemetry", *key)
