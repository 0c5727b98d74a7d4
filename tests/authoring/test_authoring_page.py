import shlex

import pytest
from taught import blocks, mistakes, steps

from simulator.authoring.check import check
from simulator.authoring.solve import solve
from simulator.brief.library import load, read_scenario
from simulator.brief.problems import ADVICE
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms
from simulator.errors import BriefError
from tui.command_line import main

LAST = steps()[-1]


def findings(folder, text):
    """Every problem and warning of this scenario, as check tells them without playing."""
    file = folder / "tills.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        loaded = load(str(file))
    except BriefError as error:
        return list(error.problems)
    read = read_scenario(str(file))
    return [*loaded.warnings, *check(read.node, read.value, read.file)]


@pytest.mark.parametrize("number", range(len(steps())))
def test_every_step_of_the_page_is_sound(tmp_path, number):
    """Nothing must be mended after any addition; what is not there yet may be asked for."""
    codes = {one.code for one in findings(tmp_path, steps()[number])}

    assert {code for code in codes if code.startswith("E")} - {"E141"} == set()


def test_the_finished_drill_has_nothing_to_look_at(tmp_path):
    """But that it is small, and says nowhere where its figures come from."""
    told = findings(tmp_path, LAST)

    assert [str(one) for one in told if one.code not in {*ADVICE, "W104"}] == []


def test_experts_restore_the_finished_drill_in_time(tmp_path):
    """Both truths; its difficulty and its fifteen minutes are borne out by play."""
    (tmp_path / "tills.yaml").write_text(LAST, encoding="utf-8")
    read, brief = read_scenario(str(tmp_path / "tills.yaml")), load(str(tmp_path / "tills.yaml"))
    told = solve(brief.brief, read.node, read.file, tries=1, workers=1)

    assert [str(one) for one in told.problems] == []
    assert {one.in_time for one in told.skills if one.policy == "expert"} == {1}


@pytest.mark.parametrize(
    ("before", "after", "code", "said"), mistakes(), ids=[one[2] for one in mistakes()]
)
def test_a_common_mistake_is_answered_as_the_page_says(tmp_path, before, after, code, said):
    """The finished drill with this one line changed."""
    assert before in LAST
    told = findings(tmp_path, LAST.replace(before, after, 1))
    if code == "E162":
        read = read_scenario(str(tmp_path / "tills.yaml"))
        brief = load(str(tmp_path / "tills.yaml")).brief
        told = solve(brief, read.node, read.file, tries=1, workers=1).problems

    assert [one.code for one in told if one.code == code and said in str(one)] == [code]


def test_a_drill_stands_on_the_system_of_the_page(tmp_path):
    """The smallest drill without what its system says, and the same services all the same."""
    whole = steps()[0]
    services = whole.index("  services:"), whole.index("faults:")
    alone = whole[: services[0]].replace("system:\n", "stands_on: chain\n") + whole[services[1] :]
    (tmp_path / "chain.yaml").write_text(*blocks("system"), encoding="utf-8")
    (tmp_path / "tills.yaml").write_text(alone, encoding="utf-8")
    (tmp_path / "whole.yaml").write_text(whole, encoding="utf-8")
    read, same = (read_scenario(str(tmp_path / name)) for name in ("tills.yaml", "whole.yaml"))

    assert read.value.system == same.value.system


@pytest.mark.parametrize("variant", ["shut", "broken"])
def test_an_expert_settles_the_exercise_of_the_page(tmp_path, variant):
    """Whichever is true."""
    (tmp_path / "desk.yaml").write_text(*blocks("exercise"), encoding="utf-8")
    brief = load(str(tmp_path / "desk.yaml")).brief
    policies = dict.fromkeys(brief.people(), "expert")
    drill = Drill(brief, Terms(seed=1, variant=variant, policies=policies))
    drill.run()

    assert score(drill.entries, drill.stage.brief).total_milli == 100_000


def test_every_command_of_the_page_runs(tmp_path, monkeypatch, capfd):
    """Typed in their order in a folder of one's own; only the calibration may find something."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAMEDAY_ARCHIVE", str(tmp_path / "history"))
    (tmp_path / "tills.yaml").write_text(LAST, encoding="utf-8")
    (tmp_path / "desk.yaml").write_text(*blocks("exercise"), encoding="utf-8")
    codes = {}
    for line in (line for block in blocks("run") for line in block.splitlines()):
        command, _, file = line.removeprefix("gameday ").partition(" > ")
        capfd.readouterr()
        codes[command] = main(shlex.split(command))
        if file:
            (tmp_path / file).write_text(capfd.readouterr().out, encoding="utf-8")

    assert {command for command, code in codes.items() if code} <= {
        "scenarios check tills.yaml --no-play --calibrate --seeds 2"
    }
    assert set(codes.values()) <= {0, 1}
