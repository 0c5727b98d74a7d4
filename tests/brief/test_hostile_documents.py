"""Whatever stands in a file, the author gets a verdict with a place: never a crash or a wait."""

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_document import GOOD, problems, told

from simulator.brief.nodes import compose
from simulator.errors import BriefError

HOUSE = Path(__file__).parents[2]
PLAN = HOUSE / "scenarios" / "plans" / "code.yaml"
VALUE = re.compile(r" *(?:- )?(?:[\w.-]+: )?(?=[A-Za-z0-9])(?![\w.-]+:)(?<=[:-] )")
"""What stands before a plain value of a document."""

BOMBS = {
    "billion laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "self alias": "a: &a [*a]\n",
    "merge bomb": "a: &a {x: 1}\nb: {<<: [*a, *a]}\n",
    "200,000 brackets": "[" * 200_000,
    "200,000 braces": "{" * 200_000,
    "nested dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "60,000 items": "- a\n" * 60_000,
    "64,000 items in flow": "a: [" + "b," * 64_000 + "]",
    "30,000 keys without values": "a: {" + ",".join(f"k{n}" for n in range(30_000)) + "}",
    "python object": "a: !!python/object/apply:os.system [id]\n",
    "a megabyte": "a: " + "x" * 1_000_000,
    "a megabyte of bytes": b"a: " + b"\xff" * 1_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once(name):
    """A bomb that went off would run for minutes or eat the memory; `bench_load` has the ms."""
    begun = time.process_time()
    found = told(BOMBS[name])
    took_s = time.process_time() - begun

    assert len(found) == 1
    assert took_s < 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 E100"]),
        ("# only a comment\n", ["1:1 E100"]),
        ("\ufeff", ["1:1 E100"]),
        ("id: caf\xe9".encode("latin-1"), ["1:8 E101"]),
        ("id: x".encode("utf-16"), ["1:1 E101"]),
        ("id: x\ntitle: a\x00b", ["2:9 E103"]),
        ("id: x\ntitle: a\x1b[31m", ["2:9 E103"]),
        ("id: x\ntitle: a\x9b31m", ["2:9 E103"]),
        ("id: x\ntitle: a\u2028b", ["2:9 E103"]),
        ("id: x\rtitle: y", ["1:6 E103"]),
        ("services:\n\tweb: {}", ["2:1 E104"]),
        ("id:\tx", ["1:4 E104"]),
        ('id: "never\nmore: x\n', ["1:5 E105", "3:1 E105"]),
        ("id: [a, b\nmore: x\n", ["1:5 E105", "2:5 E105"]),
        ("id: {a: b\n", ["1:5 E105", "2:1 E105"]),
        ("id: x\n---\nid: y\n", ["2:1 E107"]),
        ("id: x\n...\nid: y\n", ["3:1 E107"]),
        ("id: x\ntitle: y\nid: z\n", ["3:1 E108"]),
        ("a: {b: 1, b: 2}\na: 1\n", ["1:11 E108", "2:1 E108"]),
        ("id: &x y\n", ["1:5 E109"]),
        ("id: *x\n", ["1:5 E109"]),
        ("<<: {id: x}\n", ["1:1 E109"]),
        ("id: !!binary aGk=\n", ["1:5 E110"]),
        ("id: !!int abc\n", ["1:5 E110"]),
        ("id: !x y\n", ["1:5 E110"]),
        ("%YAML 1.1\n---\nid: x\n", ["1:1 E110"]),
        ("a: " + "[" * 33, ["1:35 E111"]),
        ("[a, b]: c\n", ["1:1 E113"]),
        ("? a\n: b\n", ["1:1 E113"]),
        ('id: x\ntitle: "\\ud800"\n', ["2:11 E114"]),
        ('id: x\ntitle: "\\x1b]52"\n', ["2:8 E114"]),
        ('id: x\ntitle: "\\U00110000"\n', ["2:11 E114"]),
        ("id: x: y\n", ["1:6 E106"]),
        ("id: x\n  title: y\n", ["2:8 E106"]),
        ("id: @x\n", ["1:5 E106"]),
        ("id: {x:}\n", ["1:7 E106"]),
        ("id: [x,,y]\n", ["1:8 E106"]),
        ("id: x\n\ufefftitle: y\n", ["2:1 E103"]),
        ("\ufeff\ufeffid: x\n", ["1:1 E103"]),
        ("id: x\n# fine\there\n\t# not here\n", ["3:1 E104"]),
        ("id: [x,\t'y\tz',\tu\tv]\n", ["1:17 E104"]),
        ("id: [? x]\n", ["1:6 E113"]),
        ("%FOO ?\n---\nid: x\n", ["1:1 E110"]),
        ("id: !x &y z\n", ["1:5 E110"]),
        ("id: &y !x z\n", ["1:5 E109"]),
        ("id: & x\n", ["1:5 E109"]),
        ("id: [&x y, 'never\n", ["1:6 E109"]),
        ("? x\n'never\n", ["1:1 E113"]),
        ("id: x\n&y z\n", ["2:1 E109"]),
        ('ab|"\\x]... }a: ::', ["1:17 E106"]),
        ('\n- ?---|..."\\x\n{&@}\n', ["3:2 E109"]),
        ("\n- ...b\n- ->|\n{%", ["4:2 E106"]),
        ("id: x\n...\n# the end\n", []),
    ],
)
def test_an_unreadable_text_is_named_with_its_place(text, expected):
    """Each kind of broken text has its number and its place."""
    found = told(text)

    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("org: 'CODE\nsays: it's fine\n", ["1:6 E105", "2:1 E105"]),
        ("org: 'CODE\nwho: 'Ann'\n", ["1:6 E105", "2:1 E105"]),
        ('org: "CODE\nnotes: ""\n', ["1:6 E105", "2:1 E105"]),
        ("org: 'CODE\nlooks: '*'\n", ["1:6 E105", "2:1 E105"]),
        ("org: 'CODE\nwho: the traders'\nend: 'x'\n", ["1:6 E105", "2:1 E105"]),
        ("a: {org: 'CODE, b: 1}\nwho: 'Ann'\n", ["1:10 E105", "2:1 E105"]),
        ("- 'Ann\n- the traders'\n", ["1:3 E105", "2:1 E105"]),
        ("a:\n  org: 'CODE\n  who: x\nend: 'y'\n", ["2:8 E105", "3:3 E105"]),
        ("org: 'CODE\n  it's fine\n", ["1:6 E105", "2:6 E105"]),
        ("org: 'it isn't'\n", ["1:14 E106"]),
        ("org: 'two\n  lines'\nend: [x,,y]\n", ["3:9 E106"]),
        ("org: 'two\n  note: lines'\nend: 'y'\n", []),
        ("org: [x, 'two\n  lines', y]\n", []),
    ],
)
def test_a_quote_left_open_is_named_where_it_opened(text, expected):
    """Not where the next quote sign ended it; a text of two lines is no offence."""
    found = []
    try:
        compose(text, "x.yaml")
    except BriefError as error:
        found = [f"{one.line}:{one.column} {one.code}" for one in error.problems]

    assert found == expected


def test_a_quote_left_open_anywhere_in_a_plan_is_found():
    """Whatever quotes and apostrophes come later, the first problem names its line."""
    lines = PLAN.read_text(encoding="utf-8").split("\n")
    values = [(n, found) for n, line in enumerate(lines) if (found := VALUE.match(line))]
    named = []
    for number, value in values[::40]:
        for sign in ("'", '"'):
            torn = [*lines[:number], value[0] + sign + lines[number][value.end() :]]
            text = "\n".join(torn + lines[number + 1 :])
            with pytest.raises(BriefError) as caught:
                compose(text, "plan.yaml")
            named.append(caught.value.problems[0].line)

    assert len(named) > 40
    assert named == [number + 1 for number, _ in values[::40] for _ in range(2)]


def test_an_escape_that_does_not_exist_may_be_that_of_another_text():
    """Inside a quoted text of several lines, the other remedy is to close its quote."""
    (problem,) = problems('id: "never\n  more \\d"\n')

    assert (problem.line, problem.column) == (2, 8)
    assert problem.hint.endswith("; or close the quote that opens at line 1, column 5")


def test_both_lines_of_a_double_key_are_named():
    """Nobody has to search for the first of two equal keys."""
    (problem,) = problems("id: x\ntitle: y\nid: z\n")

    assert problem.found == "the key 'id' stands twice: line 1 and line 3"


def test_the_place_of_a_bad_byte_is_told_in_bytes():
    """An editor that shows the file differently still finds the byte."""
    (problem,) = problems(b"id: x\ntitle: caf\xe9\n")

    assert problem.found == "byte 16 (0xE9) is not UTF-8"


def test_the_first_offence_is_told_though_the_scanner_looks_ahead():
    """Fifty brackets are too deep, whatever is wrong behind them on the line."""
    found = told("id: " + "[" * 50 + "'never\n")

    assert found == ["1:36 E111"]


def test_without_libyaml_nothing_is_read_otherwise():
    """Another scanner could give a document another meaning: the remedy is told instead."""
    probe = (
        "import sys\nsys.modules['yaml._yaml'] = None\n"
        "from simulator.brief.nodes import compose\nfrom simulator.errors import HostError\n"
        "try:\n    compose('id: x', 'x.yaml')\nexcept HostError as error:\n    print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=HOUSE, capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("PyYAML is installed here without libyaml")
    assert "--only-binary" in done.stdout


def test_a_byte_order_mark_and_windows_lines_are_no_offence():
    """Notepad's files are read like any other."""
    notepad = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()

    assert told(notepad) == []


def test_nesting_as_deep_as_allowed_is_read():
    """Thirty-two levels are composed; only the kind of document objects."""
    found = told("[" * 32 + "]" * 32)

    assert found == ["1:1 E122"]


def test_a_document_of_just_the_largest_size_is_read():
    """256 KB are allowed, one byte more is not."""
    fits = "# " + "x" * (256 * 1024 - len(GOOD) - 3) + "\n" + GOOD

    assert (told(fits), told(fits + "\n")) == ([], ["1:1 E102"])


def test_placeholders_and_templates_stay_text():
    """Nothing in a document is a program."""
    text = 'id: x\ntitle: "{e.__init__.__globals__} {{7*7}} {0:>999999999}"\n'

    assert told(text) == []


def _mutated(rng: random.Random) -> str | bytes:
    """The good document after one to four wounds."""
    text = GOOD
    for _ in range(rng.randint(1, 4)):
        at, to = sorted(rng.sample(range(len(text) + 1), 2))
        wound = rng.randrange(6)
        if wound == 0:
            text = text[:at] + text[min(to, at + rng.randint(1, 30)) :]
        elif wound == 1:
            text = text[:at] + rng.choice(_PIECES) + text[at:]
        elif wound == 2:
            text = text[:at] + text[at:to] * rng.randint(2, 4) + text[to:]
        elif wound == 3:
            text = text[:at] + chr(rng.randrange(0x110000)) + text[at + 1 :]
        elif wound == 4:
            lines = text.split("\n")
            rng.shuffle(lines)
            text = "\n".join(lines)
        else:
            text = text[:at] + rng.choice(_PIECES) * rng.randint(2, 2000) + text[at:]
    data = text.encode("utf-8", "surrogatepass")
    return data if rng.random() < 0.3 else text


_PIECES = [
    *"[]{},:#&*!|>'\"%@`-?~\t\n\0\x1b\x85\u2028\ufeff\u202e",
    *(": ", "- ", "? ", "\n  ", "<<: ", "---\n", "...\n", "&a ", "*a", "!!str ", "|\n", ">-\n"),
    *("\\ud800", '"\\ud800"', "9" * 400, ".nan", ".inf", "-0.0", "0x10", "1e400", "\uff11", "5m"),
    *("for ", "and ", "not ", "(", ")", "[5m]", "%", "..", "/s", "null", "é" * 50, "\ud800"),
]


def test_wounded_documents_get_a_verdict():
    """Each is read or refused in time, and 99 of 100 refusals lead to a line and column."""
    documents = int(os.environ.get("GAMEDAY_FUZZED_DOCUMENTS", "200"))
    refusals = placed = 0
    slowest_s = 0.0
    for seed in range(documents):
        wounded = _mutated(random.Random(seed))
        begun = time.process_time()
        found = problems(wounded)
        slowest_s = max(slowest_s, time.process_time() - begun)
        refusals += bool(found)
        placed += bool(found) and all(one.line > 0 and one.column > 0 for one in found)

    assert slowest_s <= 2.0
    assert refusals > documents // 2
    assert placed >= 0.99 * refusals
