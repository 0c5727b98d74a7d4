"""A drill as a host describes it, and lines that continue a chain."""

from simulator.archive.schema import DrillSummary
from simulator.journal.record import GENESIS, Line, canonical, chained

OPENING = (
    ("drill_opened", {"mode": "standard", "seed": 7, "engine": "0.1.0"}),
    ("briefed", {"scenario": "fraiseql-database", "plan": "fraiseql"}),
)
"""How a drill that `about` describes begins."""


def about(drill_id: str = "fraiseql-database-7", **changes) -> DrillSummary:
    """A drill as a host describes it before it begins."""
    fields = {
        "scenario": "fraiseql-database",
        "plan": "fraiseql",
        "mode": "standard",
        "seed": 7,
        "began": "2023-11-14 22:13 UTC",
        "engine": "0.1.0",
    }
    return DrillSummary(drill_id=drill_id, **(fields | changes))


WALL_MS = 1_700_000_000_000
"""The wall clock in the minute that `about` says."""


def chain(
    count: int, *, after: Line | None = None, text: str = "checked the pool", ended: str = ""
) -> list[Line]:
    """So many lines that continue a chain: from nothing, they open and brief; `ended`, they end."""
    lines: list[Line] = []
    for number in range(count):
        before = lines[-1] if lines else after
        seq = 0 if before is None else before.seq + 1
        by, kind, body = "alice", "noted", {"text": f"{text} {seq}"}
        if seq < len(OPENING):
            by, (kind, body) = "engine", OPENING[seq]
        elif ended and number == count - 1:
            by, kind, body = "engine", "drill_ended", {"reason": ended}
        lines.append(
            chained(
                seq=seq,
                at=seq // 2,
                by=by,
                cause=seq - 1,
                kind=kind,
                body=canonical(body),
                prev=GENESIS if before is None else before.hash,
            )
        )
    return lines
