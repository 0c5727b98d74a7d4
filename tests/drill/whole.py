"""Whole drills of the shipped database incident, each document read once a session."""

from functools import cache

from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.journal.commands.base import Command

SCENARIO = "fraiseql-database-recovery"
PLANS = ("fraiseql", "virtengine", "platform", "code")


@cache
def brief(plan="fraiseql"):
    """The incident under a plan."""
    return load(SCENARIO, plan=plan).brief


def drill(policy="competent", *, plan="fraiseql", seed=7, variant="", **chairs):
    """A drill nobody has advanced yet; `chairs` names the policies that differ."""
    agreed = brief(plan)
    policies = dict.fromkeys(agreed.people(), policy) | chairs
    return Drill(agreed, Terms(seed=seed, variant=variant, policies=policies))


@cache
def played(policy="competent", plan="fraiseql", seed=7, variant=""):
    """The journal of a drill played to its end by bots."""
    return tuple(drill(policy, plan=plan, seed=seed, variant=variant).run())


def orders(entries):
    """(second, who, what) of every order."""
    return [(e.at, e.by, e.what) for e in entries if isinstance(e.what, Command)]


def told(entries, *kinds):
    """(second after T0, event) of these kinds."""
    t0 = next((e.at for e in entries if type(e.what).__name__ == "Paged"), 0)
    return [(e.at - t0, e.what) for e in entries if isinstance(e.what, kinds)]
