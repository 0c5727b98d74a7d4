"""The room's own house: its modules lean one way, and no import hides a circle."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import simulator.shell

ROOM = Path(simulator.shell.__file__).parent
NAMES = {path.stem for path in ROOM.glob("*.py")} - {"__init__"}


def named_in(node):
    """The modules of the room that a piece of code names: imported, or written out as a string."""
    match node:
        case ast.ImportFrom(module="simulator.shell"):
            return {alias.name for alias in node.names}
        case ast.ImportFrom(module=str(module)):
            return {module.removeprefix("simulator.shell.")}
        case ast.Import():
            return {alias.name.removeprefix("simulator.shell.") for alias in node.names}
        case ast.Constant(value=str(text)) if text.startswith("simulator.shell."):
            return {text.removeprefix("simulator.shell.")}
        case _:
            return set()


def needed_by(code):
    """The modules of the room that code needs, wherever in it they are imported."""
    return {name for node in ast.walk(ast.parse(code)) for name in named_in(node)} & NAMES


def circle_among(needs):
    """The modules of a circle in the order they need one another; none where all lean one way."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        return circle.args[1]
    return []


def test_the_modules_of_the_shell_lean_one_way():
    """No circle, imports inside functions and modules loaded by name included."""
    needs = {path.stem: needed_by(path.read_text()) for path in ROOM.glob("*.py")}

    assert circle_among(needs) == []


def test_no_way_of_importing_hides_a_circle():
    """Modules, names of modules, imports within functions and modules loaded by name are seen."""
    up = "import simulator.shell.tools\nfrom simulator.shell import ssh\n"
    down = (
        "def run():\n    from simulator.shell.git import answer\n    load('simulator.shell.aws')\n"
    )

    assert needed_by(up + down) == {"tools", "ssh", "git", "aws"}
    assert circle_among({"ssh": needed_by(up), "tools": {"ssh"}}) != []
