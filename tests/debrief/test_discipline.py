"""What discipline costs, what is luck, and what is whose."""

from scored_brief import (
    ALICE,
    BOB,
    at,
    breaches,
    brief,
    journal,
    mark,
    said,
    well_done,
    without,
)

from simulator.debrief.scoring import score
from simulator.journal.events import paging, work, world


def effect(judged, action="restart-api", second=350, **changes):
    return {
        "begun": (second - 20, work.ActionStarted(by=BOB, work="w7", action=action,
                                                  kind="restart")),
        "took": (second, world.EffectTook(action=action, by=BOB, judged=judged, **changes)),
    }  # fmt: skip


def test_a_useless_act_inside_ones_authority_costs_its_time():
    """Two are free, the third costs a little; an irreversible one costs at once."""
    acts = well_done() | effect("useless")
    many = dict(acts)
    for n in range(2):
        many |= {f"{k}{n}": v for k, v in effect("useless", second=360 + n).items()}

    assert breaches(acts) == [("useless", 1000)]
    assert breaches(many) == [("useless", 1000), ("useless", 1000), ("useless_again", 970)]
    assert breaches(well_done() | effect("useless", action="drop")) == [("useless", 950)]


def test_harm_that_ended_within_ten_minutes_and_lost_nothing_costs_its_time():
    """Mended harm of a reversible act is free; harm that stays is not."""
    acts = well_done() | effect("harmful", started=("lost-writes",))
    mended = acts | {"mended": (600, world.FaultCured(fault="lost-writes"))}
    lost = mended | effect("harmful", started=("lost-writes",), lost={"writes": 4000})

    assert [breaches(acts), breaches(mended), breaches(lost)] == [
        [("harmful", 850)], [("harmful", 1000)], [("harmful", 850)],
    ]  # fmt: skip


def test_messages_beyond_four_in_an_interval_cost():
    """Six updates within two minutes: two too many; the first of all was owed and is free."""
    acts = without(well_done(), *(f"update{n}" for n in range(8)))
    for n in range(6):
        acts[f"flood{n}"] = (1500 + 20 * n, said("update"))

    assert breaches(acts) == [("message_flood", 980), ("message_flood", 980)]


def test_the_third_needless_page_costs():
    """The first call is never a loss, two needless ones are forgiven."""
    acts = well_done()
    for n in range(5):
        acts[f"call{n}"] = (500 + n, paging.Paged(
            page=f"p{n + 5}", to=f"lawyer{n}", role="legal", alert="", level="CRITICAL",
            summary="", why="called", by=ALICE))  # fmt: skip

    assert breaches(acts) == [("needless_page", 970), ("needless_page", 970)]


def test_luck_is_taken_off_what_was_late_and_never_makes_late_what_was_kept():
    """Restored at T+16 of 15: a minute of it was drawn; a lucky minute inside the limit is kept."""
    acts = at(well_done(), "effect", 700)
    acts["restored"] = (970, world.ImpactEnded(since=100 + 960))
    unlucky = acts | {
        "drawn": (
            310,
            work.WorkBegan(
                by=ALICE, work="w9", kind="action", item="restart-db", takes_s=390, luck_s=60
            ),
        )
    }
    lucky = well_done() | {
        "drawn": (
            310,
            work.WorkBegan(
                by=ALICE, work="w9", kind="action", item="restart-db", takes_s=190, luck_s=-600
            ),
        )
    }

    assert [mark(acts, "restore").earned, mark(unlucky, "restore").earned] == [933, 1000]
    assert mark(lucky, "restore").earned == 1000


def test_an_idle_person_among_good_ones_has_nothing_to_show():
    """Bob did nothing: his card holds no points, and nobody else's deeds."""
    acts = {name: act for name, act in well_done().items() if getattr(act[1], "by", "") != BOB}
    cards = {card.person: card for card in score(journal(acts), brief()).people}

    assert cards[BOB].points_milli in (None, 0)
    assert cards[ALICE].points_milli > 90_000


def test_a_missed_duty_is_ones_own_only_where_nobody_else_owed_it():
    """The manager's call is owed by two people: it is neither's alone."""
    acts = without(well_done(), "told_manager", "joined", "commander")
    cards = score(journal(acts), brief()).people
    missed = [(c.person, m.part) for c in cards for m in c.marks if m.outcome == "missed"]

    assert ("bob", "notify.0") not in missed
