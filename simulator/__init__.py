"""The simulator: a brief is agreed, a drill is played, a journal tells it, a debrief reads it.

Rooms, from the ground up: errors, clock, chance and text; brief and shell; journal; stage;
world, response and responders; drill; debrief and archive; authoring. An import points down
this list, never up; rooms named together are strangers (see pyproject.toml, import contracts).
"""

__version__ = "0.1.0"
