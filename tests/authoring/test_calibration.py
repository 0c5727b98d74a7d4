import pytest

from simulator.authoring.calibrate import STYLES, figures, grouped, mean_milli
from simulator.authoring.calibration import Calibration, Figure
from simulator.authoring.rehearsal import Played

FAIR = {
    "expert": 93_000, "expert-mitigate": 92_000, "expert-delegate": 94_000,
    "expert-communicate": 92_500, "competent": 82_000, "novice": 52_000, "random": 10_000,
    "spammer": 18_000, "idle": 0, "idle-person": 0,
}  # fmt: skip


def played(group, seed, total, **changes):
    """A drill as if it had been played."""
    told = {
        "group": group, "seed": seed, "variant": "v", "total_milli": total, "incomplete": False,
        "passed": total >= 70_000, "ended": "closed", "restore_s": 1200, "expected_s": 1440,
        "cause_right": True,
    }  # fmt: skip
    return Played(**{**told, **changes})


def drills(seeds=10, **totals):
    """A fair scenario's drills, some totals changed."""
    return [
        played(group.replace("_", "-"), seed, total)
        for seed in range(1, seeds + 1)
        for group, total in {**FAIR, **totals}.items()
    ]


def failing(runs, *, kind="incident", own_plan=True):
    """The names of the figures that are not met."""
    told = figures(grouped(runs), kind=kind, own_plan=own_plan)
    return [figure.name for figure in told if not figure.met]


def test_a_fair_scenario_meets_every_bound():
    """Figures that are well inside every bound of docs/score.md meet them all."""
    assert failing(drills()) == []


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({"expert": 89_999}, ["expert: mean"]),
        ({"novice": 34_999}, ["novice: mean"]),
        ({"novice": 70_001}, ["novice: mean"]),
        ({"random": 35_001}, ["random: mean"]),
        ({"spammer": 60_000}, ["spammer: mean"]),
        ({"idle": 5_001}, ["idle: maximum"]),
        ({"expert-delegate": 86_000}, ["expert styles: best mean less worst"]),
        (
            {"competent": 51_000},
            [
                "competent: mean, between novice's and expert's",
                "seeds with expert > competent > novice",
            ],
        ),
    ],
)
def test_each_bound_is_held_for_itself(changed, missed):
    """One figure out of bounds is one line of the verdict."""
    assert failing(drills(**changed)) == missed


def test_one_bad_seed_spoils_the_minimum_but_not_the_mean():
    """Nine experts at 95 and one at 79 have a fine mean and a poor worst day."""
    runs = [one for one in drills(expert=95_000) if (one.group, one.seed) != ("expert", 4)]
    runs.append(played("expert", 4, 79_000))

    assert failing(runs) == ["expert: minimum"]


def test_an_expert_who_is_late_in_two_of_ten_is_told():
    """Restored within the expected minutes in 80 % of seeds is not 90 %."""
    runs = [one for one in drills() if one.group != "expert" or one.seed > 2]
    runs += [played("expert", seed, 93_000, restore_s=1441) for seed in (1, 2)]

    assert failing(runs) == ["expert: restored within the expected minutes"]


def test_a_person_who_did_nothing_may_not_shine():
    """An idle person among competent ones scores at most 5 personally."""
    runs = drills()
    runs.append(played("idle-person", 11, 80_000, person="bob", person_milli=5_001))

    assert failing(runs) == ["idle person among competent ones: own points, maximum"]


def test_an_exercise_is_held_to_fewer_bounds():
    """No world fails in it, so a novice's mean and a time to restore are nobody's business."""
    assert failing(drills(novice=75_000), kind="exercise") == []
    assert failing(drills(expert=89_000), kind="exercise") == ["expert: mean"]


def test_another_plan_is_held_to_the_order_of_skill():
    """Expert 60, competent 50, novice 40 will do; a spammer above the novice will not."""
    runs = drills(expert=60_000, competent=50_000, novice=40_000)
    assert failing(runs, own_plan=False) == []

    loud = drills(expert=60_000, competent=50_000, novice=40_000, spammer=41_000)
    assert failing(loud, own_plan=False) == ["novice: mean, above spammer's"]


def test_an_engine_that_broke_is_never_hidden():
    """One drill in which a promise was broken fails the calibration."""
    runs = [*drills(), played("random", 11, 0, faulted="a loop of causes")]

    assert failing(runs) == ["drills the engine broke"]


def test_what_was_not_played_is_not_met():
    """With nothing played every figure of a policy is absent, and absent is not within bounds."""
    told = figures({}, kind="incident", own_plan=True)

    assert [figure.name for figure in told if figure.met] == ["drills the engine broke"]


def test_a_mean_is_rounded_to_the_nearest_thousandth():
    """Whole numbers in, a whole number out."""
    assert mean_milli([1, 2]) == 2
    assert mean_milli([1, 1, 2]) == 1
    assert mean_milli([]) is None


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (Figure(name="n", unit="points", found=93_049, least=90_000),
         ("n", "93.0", ">= 90.0", "met")),
        (Figure(name="n", unit="points", found=52_000, least=35_000, most=70_000),
         ("n", "52.0", "35.0..70.0", "met")),
        (Figure(name="n", unit="share", found=880, least=900),
         ("n", "88 %", ">= 90 %", "NOT MET")),
        (Figure(name="n", unit="points", found=5, least=5, strictly=True),
         ("n", "0.0", "> 0.0", "NOT MET")),
        (Figure(name="n", unit="drills", found=None, most=0), ("n", "none", "<= 0", "NOT MET")),
    ],
)  # fmt: skip
def test_a_figure_is_a_line_of_a_table(figure, said):
    """Figure, bound and verdict as people read them."""
    assert figure.row() == said


def test_a_whole_calibration_is_a_table_under_a_label():
    """A line a figure, and nothing said of a part."""
    runs = tuple(drills())
    told = Calibration(
        scenario="shop", plan="other", own_plan=False, kind="incident", seeds=10, rubric="r",
        figures=figures(grouped(runs), kind="incident", own_plan=True), played=runs, asked=100,
    )  # fmt: skip

    assert told.label() == "shop under other (another's plan), 10 seeds"
    assert told.rows()[0] == ("expert: mean", "93.0", ">= 90.0", "met")
    assert told.met


def test_a_part_of_a_calibration_says_so_and_is_not_met():
    """However good the figures of the part are."""
    runs = tuple(drills())
    told = Calibration(
        scenario="shop", plan="small", own_plan=True, kind="incident", seeds=50, rubric="r",
        figures=figures(grouped(runs), kind="incident", own_plan=True), played=runs, asked=500,
        stopped="interrupted",
    )  # fmt: skip

    assert told.label() == (
        "shop under small (its own plan), 50 seeds; PARTIAL: interrupted after 100 of 500 drills"
    )
    assert all(figure.met for figure in told.figures)
    assert not told.met
    assert '"stopped":"interrupted"' in told.canonical()


def test_the_four_styles_are_four():
    """The rubric is blind to style; so the calibration looks at each."""
    assert len(set(STYLES)) == 4
