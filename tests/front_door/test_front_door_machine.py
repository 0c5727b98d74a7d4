"""What a machine is asked: speed of help, schemas, locks, health, and what programs read."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from small_drill import write

from simulator.brief.published import DOCUMENTS, published
from tui.health import _sqlite
from tui.show import table

ROOT = Path(__file__).parents[2]
HEAVY = ("textual", "pandas", "matplotlib", "sqlalchemy", "pydantic", "simpy", "rich", "yaml")


def loaded_after(*arguments):
    """The heavy libraries a command has imported by the time it ends."""
    probe = (
        "import sys\nfrom tui.command_line import main\n"
        f"main({[str(one) for one in arguments]!r})\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, timeout=240,
        check=True,
    )  # fmt: skip
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["plans", "--help"], []])
def test_help_loads_click_and_nothing_else(arguments):
    """Who asks for help does not wait for libraries."""
    assert loaded_after(*arguments) == set()


def test_a_drill_without_a_report_loads_no_screen_no_frame_no_chart(tmp_path):
    """`--no-report` never imports what draws."""
    loaded = loaded_after(
        "run", write(tmp_path), "--no-report", "--archive", tmp_path / "history", "--json"
    )

    assert not loaded & {"textual", "pandas", "matplotlib"}


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_a_shipped_schema_is_the_one_the_kinds_make(gameday, document):
    """Where it differs, `gameday schema plan > scenarios/schema/plan.json` renews it."""
    file = ROOT / "scenarios" / "schema" / f"{document}.json"

    assert (
        file.read_text(encoding="utf-8") == published(document) == gameday("schema", document).out
    )


def test_an_editor_finds_the_schema_a_document_names():
    """The first line of a shipped document leads to a file that is there."""
    pattern = re.compile(r"\$schema=(\S+)")
    missing = [
        file.name
        for file in sorted((ROOT / "scenarios").rglob("*.yaml"))
        if (named := pattern.search(file.read_text(encoding="utf-8").split("\n")[0]))
        and not (file.parent / named.group(1)).is_file()
    ]

    assert missing == []


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_a_lock_holds_hashes_and_no_address(lock):
    """What is installed is what was locked, from wherever one installs."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    packages = [line for line in text.splitlines() if line[:1].isalnum()]
    hashed = re.findall(r"^[a-z0-9-]+==\S+.*\\\n    --hash=sha256:", text, re.MULTILINE)

    assert "://" not in text
    assert len(packages) == len(hashed) > 30


def test_every_dependency_is_locked():
    """A line added to pyproject.toml is in both locks."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=\[]", one)[0].replace(".", "-") for one in project["dependencies"]}
    dev = {re.split(r"[<>=\[]", one)[0] for one in project["optional-dependencies"]["dev"]}
    locked = {
        lock: set(
            re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements" / lock).read_text(), re.MULTILINE)
        )
        for lock in ("run.txt", "dev.txt")
    }

    assert wanted - locked["run.txt"] == set()
    assert (wanted | dev) - locked["dev.txt"] == set()


def test_a_listing_for_programs_parses(gameday):
    """Every listing speaks JSON in ASCII."""
    answers = [
        gameday(*command, "--json")
        for command in (["scenarios", "list"], ["plans", "list"], ["archive", "list"],
                        ["archive", "verify"], ["doctor"], ["plans", "show", "fraiseql"],
                        ["plans", "check", "fraiseql"])
    ]  # fmt: skip

    assert [(one.code, one.out.isascii()) for one in answers] == [(0, True)] * len(answers)
    assert all(json.loads(one.out) is not None for one in answers)


def test_a_scenario_is_shown_without_its_cause(gameday, tmp_path):
    """`scenarios show` tells what everybody may know: no fault, variant or remedy."""
    out = gameday("scenarios", "show", write(tmp_path)).out

    assert ("One shop." in out, "roll-back" in out, "Roll back" in out) == (True, False, False)


def test_the_doctor_names_a_place_no_archive_could_be_made_in(gameday, tmp_path):
    """A path through a file is BAD, and one through a folder is well; neither is made."""
    (tmp_path / "file").write_text("in the way")
    bad = gameday("doctor", "--archive", tmp_path / "file" / "history")
    good = gameday("doctor", "--archive", tmp_path / "deep" / "history")

    assert (bad.code, f"{tmp_path}/file takes no files" in bad.out) == (1, True)
    assert (good.code, (tmp_path / "deep").exists()) == (0, False)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script(gameday, shell):
    """The script names the program and speaks to the shell asked for."""
    answer = gameday("completion", shell)

    assert (answer.code, f"{shell}_" in answer.out, answer.err) == (0, True, "")


def test_completion_offers_the_commands():
    """What a shell asks for while one types is answered from the table."""
    done = subprocess.run(
        [sys.executable, "-m", "tui"], cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=False,
        env={"_GAMEDAY_COMPLETE": "bash_complete", "COMP_WORDS": "gameday re", "COMP_CWORD": "1",
             "PATH": "/usr/bin"},
    )  # fmt: skip

    assert [line.partition(",")[2] for line in done.stdout.splitlines()] == [
        "replay", "rerun", "report", "review",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("version", "verdict"),
    [((3, 40, 1), "WARN"), ((3, 44, 6), "OK"), ((3, 50, 6), "WARN"), ((3, 50, 7), "OK"),
     ((3, 51, 2), "WARN"), ((3, 51, 3), "OK"), ((3, 52, 0), "OK")],
)  # fmt: skip
def test_the_doctor_knows_which_sqlite_may_hurt(version, verdict):
    """The WAL-reset fault is in 3.7.0 to 3.51.2 but for two older lines that were mended."""
    assert _sqlite(version).verdict == verdict


@pytest.mark.parametrize(
    "hostile",
    ["\x1b]52;c;YQ==\x07", "\x1b[2J", "\u202eabc", "\x9b31m", "a\x00b", "\u200b\u200b"],
)
def test_no_text_of_a_file_acts_on_a_terminal(capsys, hostile):
    """What stands in a table or a sentence has lost every sign that could act."""
    table(("name",), [(f"x{hostile}y",)])
    out = capsys.readouterr().out

    assert [sign for sign in out if sign != "\n" and not sign.isprintable()] == []


def test_a_hostile_name_on_the_command_line_comes_back_harmless(gameday):
    """A word with escapes is echoed without them."""
    answer = gameday("plans", "show", "fra\x1b]52;c;YQ==\x07iseql")

    assert (answer.code, "\x1b" in answer.err, "\x07" in answer.err) == (2, False, False)
