"""Luck, drawn so that one changed decision changes nothing else.

Rule 1: every draw has its own key (seed, purpose, owner, item, n-th time); no draw depends on
how many others were made.
Rule 2: only `random.Random.random()` is used, the one method promised stable across Pythons.
Rule 3: whoever makes a draw that matters journals its outcome; replay never draws.
Rule 4: another future of the same drill draws anew, by the same keys; what was drawn before it
branched off, and what the world is whether anybody looks or not, stays as it was.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Final, TypeAlias

Key: TypeAlias = tuple[tuple[str, ...], int]
"""What a draw belongs to: (purpose, owner, item), and which time it is."""
STANDING: Final = frozenset({
    "variant", "telemetry", "scrape phase", "evaluation phase", "reconcile phase", "source lag",
    "cloud lag",
})  # fmt: skip
"""Purposes that say what the world is, not what comes to pass: the same in every future."""
_TAU: Final = 2 * math.pi


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn duration beside the centre of its range; the difference is luck (docs/score.md)."""

    seconds: int
    """Rounded up."""
    centre: int
    """The middle of the range, rounded up."""

    @property
    def luck(self) -> int:
        """Seconds beyond (+) or short of (-) the centre."""
        return self.seconds - self.centre


@dataclass(frozen=True, slots=True)
class Chance:
    """All the luck of one drill, by key."""

    seed: int
    future: int = 0
    """Which future of the drill this is; 0 is its own."""
    past: frozenset[Key] = frozenset()
    """What was drawn before this future branched off."""
    heard: set[Key] | None = field(default=None, compare=False, repr=False)
    """Where every key is noted that is drawn by; None for nowhere."""

    def branched(self, future: int) -> "Chance":
        """Another future, from now on; 0 goes on as before. Needs to have `heard` every draw."""
        assert self.heard is not None, "what was drawn before a branch has to be known"
        past = self.past | self.heard
        return Chance(self.seed, future=future, past=past, heard=self.heard)

    def unit(self, *key: str, n: int = 0) -> float:
        """A number in [0, 1) that belongs to this key alone: purpose, owner, item, n-th time."""
        return self._pair(key, n)[0]

    def span(self, low_s: float, high_s: float, *key: str, n: int = 0) -> Drawn:
        """A duration uniform in [low_s, high_s], whole seconds, rounded up."""
        if high_s < low_s:
            raise ValueError(f"a range runs upwards: {low_s} > {high_s}")
        drawn = low_s + (high_s - low_s) * self.unit(*key, n=n)
        return Drawn(math.ceil(drawn), math.ceil((low_s + high_s) / 2))

    def human(self, median_s: float, sigma: float, *key: str, n: int = 0) -> Drawn:
        """A human delay: lognormal with this median and sigma, at least one second."""
        one, other = self._pair(key, n)
        # Box and Muller (1958); 1 - u keeps the logarithm off zero.
        normal = math.sqrt(-2 * math.log(1 - one)) * math.cos(_TAU * other)
        return Drawn(
            max(1, math.ceil(median_s * math.exp(sigma * normal))), max(1, math.ceil(median_s))
        )

    def happens(self, probability: float, *key: str, n: int = 0) -> bool:
        """Whether something of this probability (0..1) happens."""
        return self.unit(*key, n=n) < probability

    def pick(self, weights: Mapping[str, float], *key: str, n: int = 0) -> str:
        """One of the names, by weight; weights are positive somewhere and never negative."""
        mark = self.unit(*key, n=n) * math.fsum(weights.values())
        likely = [name for name, weight in weights.items() if weight > 0]
        for name in likely[:-1]:
            mark -= weights[name]
            if mark < 0:
                return name
        return likely[-1]  # what is left, whatever rounding has made of it

    def one_of(self, names: Sequence[str], *key: str, n: int = 0) -> str:
        """One of the names, all alike."""
        return names[int(self.unit(*key, n=n) * len(names))]

    def _pair(self, key: tuple[str, ...], n: int) -> tuple[float, float]:
        """The two numbers of a key in this future."""
        if self.heard is not None:
            self.heard.add((key, n))
        if not self.future or key[0] in STANDING or (key, n) in self.past:
            return _drawn(str(self.seed), key, n)
        return _drawn(f"{self.seed}/{self.future}", key, n)


@lru_cache(maxsize=4096)
def _drawn(source: str, key: tuple[str, ...], n: int) -> tuple[float, float]:
    """The first two numbers in [0, 1) of a key: a pure function, so the same ask costs nothing."""
    text = "|".join((source, *key, str(n))).encode()
    # A digest, because Random's own hashing of str differs with the hash seed.
    stream = Random(int.from_bytes(hashlib.sha256(text).digest()[:16]))  # noqa: S311 - luck, not secrets
    return stream.random(), stream.random()
