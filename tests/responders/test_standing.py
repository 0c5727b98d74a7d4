"""Who is about and whose duty it is: kept while nobody comes or goes, drawn anew when one does."""

from dataclasses import replace

from simulator.journal.rules import rules_of
from simulator.journal.situation import Situation
from simulator.responders.standing import Standing, standing
from tests.responders.small_incident import small_brief

PLAN = small_brief().plan
CHAIRS = {"on_call": "ann", "backup": "bob", "manager": "moe"}
PICTURE = Situation(chairs=CHAIRS, joined={"ann": 60})


def of_bob(seen=frozenset()):
    """What Bob knows of who is about."""
    return standing("bob", PLAN, PICTURE, frozenset(seen))


def test_it_is_kept_while_nobody_comes_goes_or_takes_a_role():
    """A later second with the same people is the same standing, answers and all."""
    known = of_bob()
    later = replace(PICTURE, at=900, seq=40)
    assert known.as_of(later, frozenset()) is known


def test_it_is_drawn_anew_when_somebody_comes():
    """Whoever joined, or was seen at work, is about from then on."""
    known = of_bob()
    joined = known.as_of(replace(PICTURE, joined={"ann": 60, "moe": 70}), frozenset())
    seen = known.as_of(PICTURE, frozenset({"bob"}))
    assert (known.here, joined.here, seen.here) == ({"ann"}, {"ann", "moe"}, {"ann", "bob"})


def test_a_duty_falls_to_the_first_who_is_about_else_to_a_stand_in():
    """The backup's own duty is the one's on call while the backup is not here."""
    assert of_bob().owing(["backup"]) == ("ann",)
    assert of_bob({"bob"}).owing(["backup", "on_call"]) == ("bob", "ann")


def test_where_nobody_is_about_it_is_ones_own():
    """Whoever asks takes what nobody else is there to take."""
    alone = standing("bob", PLAN, Situation(chairs=CHAIRS), frozenset())
    assert alone.owing(["on_call"]) == ("bob",)


def test_rules_are_chosen_once_a_standing_in_the_plans_order():
    """A question names its rules by verb and roles; what it chose is kept."""
    asked = []

    def declares(of: Standing, does, owed_by):
        asked.append((of.person, tuple(owed_by)))
        return does == "declare"

    known = of_bob()
    first, second = known.rules(declares), known.rules(declares)
    whole = rules_of(PLAN)
    assert first is second
    assert [n for n, _ in first.duties] == [n for n, r in whole.duties if r.does == "declare"]
    assert (first.notices, first.paths) == ((), ())
    assert len(asked) == len(PLAN.duties) + len(PLAN.escalation.notify) + sum(
        len(path.steps) for path in PLAN.escalation.special.values()
    ) + sum(step.how == "by_hand" for step in PLAN.escalation.unresolved)
