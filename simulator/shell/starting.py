"""How a tool starts another command or line: by what it was handed, never by looking upward.

Rule 1: the prompt hands itself down to the tools, and the tools themselves to those who start one.
"""

from collections.abc import Callable
from typing import TypeAlias

from simulator.shell.documents import Documents
from simulator.shell.reply import Reply, Terminal
from simulator.shell.syntax import Simple

StartCommand: TypeAlias = Callable[[Simple, Documents, Terminal], Reply]
"""Answers one simple command, as `kubectl exec` starts it: without a shell around it."""
StartLine: TypeAlias = Callable[[str, Documents, Terminal], Reply]
"""Answers a whole line, as `sh -c` and ssh start it: one prompt deeper."""
