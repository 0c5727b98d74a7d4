"""Style as a failing test: length of files and functions, names nobody could say, test stories."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("simulator", "scenarios", "tui", "reports", "tests", "benchmarks")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
FILE_STOP, FUNCTION_STOP = 400, 70
VAGUE = {"util", "utils", "helper", "helpers", "manager", "misc", "common", "stuff"}


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_is_read_in_one_sitting(path):
    """No file over 400 lines, no function over 70, no vague name."""
    text = path.read_text()
    if name_of(path).startswith("tests/"):
        assert len(text.splitlines()) <= FILE_STOP * 2
        return
    functions = [
        (node.name, node.end_lineno - node.lineno + 1)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert len(text.splitlines()) <= FILE_STOP
    assert [f for f in functions if f[1] > FUNCTION_STOP] == []
    assert not VAGUE & set(path.stem.split("_"))


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if name_of(p).startswith("tests/")], ids=name_of
)
def test_a_test_tells_what_it_is_about(path):
    """Every test has a docstring of one sentence or more."""
    silent = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


@pytest.mark.parametrize(
    "path",
    [p for p in SOURCES if not name_of(p).startswith(("tests/", "benchmarks/"))],
    ids=name_of,
)
def test_a_room_says_what_it_is_for(path):
    """Every module opens with a docstring."""
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_every_module_is_used():
    """A file nobody imports is a file nobody needs."""
    texts = {path: path.read_text() for path in SOURCES}
    unused = []
    for path in SOURCES:
        if path.stem.startswith("__") or not name_of(path).startswith(("simulator/", "reports/")):
            continue
        mentions = [other for other, text in texts.items() if other != path and path.stem in text]
        if not mentions:
            unused.append(name_of(path))

    assert unused == []
