"""Which bot plays which chair, as a facilitator asks for it.

Rule 1: `novice` seats it everywhere; `on_call=novice,*=competent` mixes, by role or person, and
`*` is everybody else.
Rule 2: a chair nobody speaks of is played as its roster says, else by `competent`.
"""

from typing import Final

from simulator.brief.brief import Brief
from simulator.errors import UnknownNameError
from simulator.responders.chairs import POLICIES
from simulator.text import did_you_mean

DEFAULT: Final = "competent"
EVERYBODY: Final = "*"


def seating(brief: Brief, asked: str = "") -> dict[str, str]:
    """Person -> policy for everybody with a chair; raises as `wished` does."""
    return {person: _own(brief, person) for person in brief.people()} | wished(brief, asked)


def wished(brief: Brief, asked: str) -> dict[str, str]:
    """Person -> policy for those a wish is about; a wish by name beats one by role.

    Raises UnknownNameError for a policy, role or person nothing goes by, and where two wishes
    meet in one person.
    """
    wishes = _wishes(asked)
    chairs = brief.chairs()
    for name in wishes:
        known = {*chairs, *chairs.values()}
        if name != EVERYBODY and name not in known:
            hint = did_you_mean(name, known)
            raise UnknownNameError(f"no role or person is called {name!r}; {hint}")
    found = {}
    for person in brief.people():
        terms = brief.roster.people.get(person)
        held = tuple(terms.roles) if terms else ()
        fallen = tuple(role for role, who in chairs.items() if who == person)
        for names in ((person,), held, fallen, (EVERYBODY,)):
            policies = sorted({wishes[name] for name in names if name in wishes})
            if len(policies) > 1:
                both = " and ".join(policies)
                raise UnknownNameError(f"{person} holds several roles and cannot be {both} at once")
            if policies:
                found[person] = policies[0]
                break
    return found


def _wishes(asked: str) -> dict[str, str]:
    """Role, person or `*` -> policy."""
    wishes: dict[str, str] = {}
    for part in asked.split(",") if asked else ():
        name, equals, policy = (text.strip() for text in part.partition("="))
        if not equals:
            name, policy = EVERYBODY, name
        if policy not in POLICIES:
            hint = did_you_mean(policy, POLICIES)
            raise UnknownNameError(f"no policy is called {policy!r}; {hint}")
        if name in wishes:
            whom = "everybody" if name == EVERYBODY else repr(name)
            raise UnknownNameError(
                f"{whom} is named twice, as {wishes[name]} and as {policy}; once is enough"
            )
        wishes[name] = policy
    return wishes


def _own(brief: Brief, person: str) -> str:
    terms = brief.roster.people.get(person)
    return (terms.policy if terms else None) or DEFAULT
