"""What an author hears: references, cycles, shares and ladders, each at its place."""

import pytest
from small_drill import ROSTER, SCENARIO, write

from simulator.brief.library import load, names, plan_origins, read_plan, read_scenario
from simulator.brief.provenance import assumed, kind_of
from simulator.errors import BriefError


def problems(tmp_path, *changes, roster=ROSTER):
    """What is said of the small shop once texts in it were replaced."""
    text = SCENARIO
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = write(tmp_path, scenario=text, roster=roster)
    try:
        loaded = load(str(file))
    except BriefError as error:
        return [str(problem).replace(f"{tmp_path}/", "") for problem in error.problems]
    return [str(problem).replace(f"{tmp_path}/", "") for problem in loaded.warnings]


def test_a_sound_brief_is_read_without_a_word(tmp_path):
    """The small shop, its roster and the shipped plan fit together but for chairs bots fill."""
    said = problems(tmp_path)

    assert [one.split("[")[1].split("]")[0] for one in said] == ["W104"]
    assert "nobody holds" in said[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "[{on: api, errors",
            "[{on: apo, errors",
            "no service is called 'apo'; did you mean 'api'",
        ),
        ("needs: {db:", "needs: {dbb:", "no service is called 'dbb'; did you mean 'db'?"),
        ("faults: [bad-release]", "faults: [bad-relaese]", "did you mean 'bad-release'?"),
        ("[{do: roll-back}]", "[{do: rollback}]", "no action is called 'rollback'"),
        ("looks: [panel]", "looks: [panels]", "no look or answer is called 'panels'"),
        ("reads: {bad-release: 9}", "reads: {bad: 9}", "no cause is called 'bad'"),
        ("cause: bad-release", "cause: bad-reloase", "no cause is called 'bad-reloase'"),
        ("cure: [bad-release]", "cure: [good]", "no fault is called 'good'"),
        ("of: api", "of: ap", "no service is called 'ap'; did you mean 'api'?"),
        ("api.errors[1m]", "apo.errors[1m]", "nothing is called 'apo.errors'"),
        ("api.errors[1m]", "api.eros[1m]", "no api is called 'eros'; did you mean 'errors'?"),
        ("${api.errors}", "${api.error}", "nothing fills the placeholder '${api.error}'"),
        ("${clock}", "${clock:-5parsecs}", "nothing fills the placeholder"),
        ("write: {share: 40%}", "write: {share: 30%}", "the shares add up to 0.9"),
        ("p95: 6ms, used: 9%", "used: 9%", "write exactly one: `p95` (the whole) or `adds`"),
        ("p95: 6ms,", "p95: 6ms, adds: 1ms,", "db has both `p95` and `adds`"),
        ("weight: 1,", "weight: 0,", "no variant has a weight above 0"),
        ("limit: 4h", "limit: 5m", "before the 1200 s it expects to be restored in"),
        ("plan: fraiseql", "plan: fraiseq", "no plan is called 'fraiseq'"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path, old, new, said):
    """A name, figure or time that does not fit is one problem that says so."""
    try:
        told = problems(tmp_path, (old, new))
    except Exception as error:  # noqa: BLE001 - an unknown name is told otherwise than a problem
        told = [str(error)]

    errors = [one for one in told if "warning[" not in one]
    assert len(errors) == 1
    assert said in errors[0]


def test_a_cycle_is_told_once_with_its_lines(tmp_path):
    """`api -> db -> api`, at the place where it begins; a service never needs itself."""
    ring = problems(tmp_path, ("db: {p95: 6ms,", "db: {p95: 6ms, needs: {api: {}},"))
    itself = problems(tmp_path, ("db: {p95: 6ms,", "db: {p95: 6ms, needs: {db: {}},"))

    assert [one.partition("cycle: ")[2] for one in (*ring, *itself)] == [
        "api (line 19) -> db (line 23) -> api",
        "db (line 23) -> db",
    ]


def test_every_problem_of_every_document_is_told_at_once(tmp_path):
    """The roster's mistake is not hidden behind the scenario's."""
    said = problems(tmp_path, ("of: api", "of: ap"), roster=ROSTER.replace("on_call", "oncall", 1))

    assert [one.split(":")[0] for one in said] == ["small-shop.yaml", "small-team.yaml"]


def test_a_name_the_journal_keeps_for_itself_is_refused(tmp_path):
    """Nobody may sit at a drill as `engine`."""
    said = problems(tmp_path, roster=ROSTER.replace("alice:", "engine:"))

    assert any("'engine' is a name the journal keeps for itself" in one for one in said)


def test_a_ladder_that_pages_the_same_person_again_is_a_warning(tmp_path):
    """One person as on-call and backup: silence would page her twice."""
    said = problems(tmp_path, roster=ROSTER.replace("[on_call]", "[on_call, backup]")
                    .replace("  bob: {name: Bob, roles: [backup]}\n", ""))  # fmt: skip

    assert any("W105" in one and "pages alice again" in one for one in said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("high: HIGH ", "high: HIHG ", "no level is called 'HIHG'; did you mean 'HIGH'?"),
        ("      CRITICAL: 2m  ", "      CRITCAL: 2m  ", "no level is called 'CRITCAL'"),
        ("errors >= 100% ", "eror >= 100% ", "nothing is called 'eror'"),
    ],
)
def test_a_plan_that_contradicts_itself_is_told(tmp_path, old, new, said):
    """Levels and facts a plan names must be its own and the engine's."""
    text = _shipped("fraiseql")
    assert old in text
    file = tmp_path / "plan.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(BriefError) as caught:
        read_plan(str(file))

    assert said in str(caught.value)


@pytest.mark.parametrize("kind", ["scenario", "plan"])
def test_every_shipped_document_is_sound(kind):
    """What comes with gameday passes its own checks."""
    read = {"scenario": read_scenario, "plan": read_plan}[kind]
    found = {name: read(name).value.id for name in names(kind)}

    assert found
    assert found == {name: name for name in found}


def test_every_shipped_scenario_fits_its_plan_and_roster():
    """What a scenario names comes with gameday too."""
    loaded = [load(name) for name in names("scenario")]

    assert [len(one.files) for one in loaded] == [3] * len(names("scenario"))


@pytest.mark.parametrize(
    ("origin", "kind"),
    [
        ("001:119, 001:175", "seed"),
        ("K-F19", "seed"),
        ("FP21, else page only at 15m (001:134)", "published"),
        ("001:305; assumed: none new for five minutes", "assumed"),
        ("a thought", "unstated"),
    ],
)
def test_an_origin_has_a_kind(origin, kind):
    """The first place named decides, and what is partly ours is ours."""
    assert kind_of(origin) == kind


def test_what_a_plan_assumes_is_listed_with_its_reason():
    """Nobody takes our figures for the organisation's."""
    found = dict(assumed(plan_origins("fraiseql")))

    assert found["duties.mobilise.within.CRITICAL"].startswith("assumed: no time stated")


def _shipped(plan):
    from importlib.resources import files

    return (files("scenarios") / "plans" / f"{plan}.yaml").read_text(encoding="utf-8")
