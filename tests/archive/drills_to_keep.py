"""A drill as a host describes it, and lines that continue a chain."""

from simulator.archive.schema import DrillSummary
from simulator.journal.record import GENESIS, Line, canonical, chained


def about(drill_id: str = "fraiseql-database-7", **changes) -> DrillSummary:
    """A drill as a host describes it before it begins."""
    fields = {
        "scenario": "fraiseql-database",
        "plan": "fraiseql",
        "mode": "standard",
        "seed": 7,
        "began": "2026-11-21 09:00",
        "engine": "0.1.0",
    }
    return DrillSummary(drill_id=drill_id, **(fields | changes))


def chain(count: int, *, after: Line | None = None, text: str = "checked the pool") -> list[Line]:
    """So many lines that continue a chain."""
    lines: list[Line] = []
    for _ in range(count):
        before = lines[-1] if lines else after
        seq = 0 if before is None else before.seq + 1
        lines.append(
            chained(
                seq=seq,
                at=seq // 2,
                by="alice",
                cause=seq - 1,
                kind="noted",
                body=canonical({"text": f"{text} {seq}"}),
                prev=GENESIS if before is None else before.hash,
            )
        )
    return lines
