"""How facts stand in the journal (whole numbers) and how conditions read them (natural units)."""

from typing import Any, Final

from simulator.brief.conditions import Found

PPM: Final = 1_000_000
IN_PPM: Final = frozenset({"errors", "traffic_share", "user_share", "saturation", "budget"})
IN_THOUSANDTHS: Final = frozenset({"p95_ratio"})


def signal_in_units(item: str, value: int) -> float:
    """A journalled signal of a service or of its part (`class.reads.errors`), as it is compared.

    Shares 0..1, seconds, a second; replicas as they are.
    """
    last = item.rpartition(".")[2]
    if last in ("errors", "degraded", "saturation"):
        return value / PPM
    if last in ("p95", "latency"):
        return value / 1000
    if last in ("offered", "served", "failed", "extra") or last.isdecimal():
        return value / 60
    return float(value)


def natural(name: str, value: Any) -> Found:
    """A fact's journalled value as conditions compare it: shares 0..1, plain ratios, words."""
    if isinstance(value, int) and not isinstance(value, bool):
        if name in IN_PPM:
            return value / PPM
        if name in IN_THOUSANDTHS:
            return value / 1000
    found: Found = value
    return found


def journalled(name: str, value: float) -> int:
    """A natural value as the journal keeps it."""
    if name in IN_PPM:
        return round(value * PPM)
    if name in IN_THOUSANDTHS:
        return round(value * 1000)
    return round(value)
