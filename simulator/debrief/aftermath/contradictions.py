"""Where a post-incident report contradicts itself: every claim against those that bear on it.

Rule 1: pure; the same account under the same plan gives the same findings, in the same order.
Rule 2: silence contradicts nothing; what was never claimed is never found wanting, except an
action's owner and date.
"""

from simulator.brief.plan.plan import Plan
from simulator.debrief.aftermath.account import Account
from simulator.debrief.aftermath.check_again import check_again
from simulator.debrief.aftermath.check_claims import check_claims
from simulator.debrief.aftermath.check_impact import check_impact
from simulator.debrief.aftermath.check_times import check_times
from simulator.debrief.aftermath.claims import claims_of
from simulator.debrief.aftermath.contradiction import Contradiction


def contradictions(account: Account, plan: Plan) -> tuple[Contradiction, ...]:
    """Everything found, times first; each finding once."""
    claims = claims_of(account, plan)
    found = (
        *claims.unreadable,
        *check_times(claims),
        *check_impact(claims),
        *check_claims(claims),
        *check_again(claims),
    )
    return tuple(dict.fromkeys(found))
