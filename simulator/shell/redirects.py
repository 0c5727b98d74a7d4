"""Where a command's two streams end up: `2>&1`, `>/dev/null` and their like."""

from collections.abc import Sequence
from dataclasses import replace

from simulator.shell.reply import Reply


def redirected(reply: Reply, sinks: Sequence[tuple[str, str]]) -> Reply:
    """The reply after its streams have been sent where the redirections say, left to right."""
    places = {"1": "out", "2": "err"}
    for operator, target in sinks:
        if "<" in operator:
            continue  # what is read from says nothing of where output goes
        if operator.startswith("&"):
            places = {"1": "none", "2": "none"} if target == "/dev/null" else places
            continue
        descriptor = "2" if operator.startswith("2") else "1"
        if operator.endswith(">&") and target in places:
            places[descriptor] = places[target]
        elif target in ("/dev/null", "-"):
            places[descriptor] = "none"
        elif target == "/dev/stderr":
            places[descriptor] = "err"
        elif target == "/dev/stdout":
            places[descriptor] = "out"
    texts = {"out": "", "err": "", "none": ""}
    texts[places["2"]] += reply.err
    texts[places["1"]] += reply.out
    return replace(reply, out=texts["out"], err=texts["err"])
