"""What a reader concludes from the clues in hand: a belief over the nameable causes.

Rule 1: a clue's sealed key is opened only for clues that were found.
Rule 2: belief = product of weight ** reading over found clues, normalised over the causes; a cause
a clue does not mention keeps its weight of 1.
Rule 3: who reads less goes more by a hunch: one cause is 1 / reading times likelier from the start.
"""

import math
from collections.abc import Collection, Mapping
from typing import Final

from simulator.brief.scenario.scenario import Scenario

NOT_KNOWN: Final = "not-known"
_LEAST: Final = 1e-6
"""A weight of 0 rules a cause out all but wholly: no reader is that sure of one clue."""


def belief(
    scenario: Scenario,
    found: Collection[str],
    reading: float,
    *,
    without: Collection[str] = (),
    hunch: str = "",
) -> dict[str, float]:
    """How likely each cause is to somebody who holds these clues; sums to 1.

    `without` names causes that were tried and have not helped, `hunch` the one thought of first.
    Empty where no cause is left.
    """
    causes = [name for name in scenario.causes if name != NOT_KNOWN and name not in without]
    score = dict.fromkeys(causes, 0.0)
    if hunch in score and 0 < reading < 1:
        score[hunch] = -math.log(reading)
    for clue in sorted(found):
        if clue not in scenario.clues:
            continue
        reads = scenario.clues[clue].reads
        for cause in causes:
            score[cause] += reading * math.log(max(_LEAST, reads.get(cause, 1.0)))
    return _normalised(score)


def likeliest(beliefs: Mapping[str, float]) -> tuple[str, float]:
    """The cause believed most and how much; the first named of several; ("", 0) of none."""
    if not beliefs:
        return "", 0.0
    cause = max(beliefs, key=lambda name: beliefs[name])
    return cause, beliefs[cause]


def _normalised(score: Mapping[str, float]) -> dict[str, float]:
    """Shares from logarithms, without overflow."""
    if not score:
        return {}
    top = max(score.values())
    weights = {name: math.exp(value - top) for name, value in score.items()}
    total = math.fsum(weights.values())
    return {name: weight / total for name, weight in weights.items()}
