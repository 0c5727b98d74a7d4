"""A few steps that belong together, finished before a Ctrl-C or a polite end is heard.

Rule 1: what arrives meanwhile is kept and raised at the end, by the handler that was there before.
Rule 2: only the main thread hears signals; elsewhere nothing is held back, for nothing arrives.
"""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any, Final

_STOPS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let the block run to its end; then hear what asked the process to stop meanwhile."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[tuple[int, FrameType | None]] = []
    before = {
        number: handler
        for number in _STOPS
        if callable(handler := signal.getsignal(number))  # what ignores or kills stays as it is
    }
    for number in before:
        signal.signal(number, lambda number, frame: heard.append((number, frame)))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number, frame in heard[:1]:
        handler = before[signal.Signals(number)]
        assert callable(handler)
        _raised(handler, number, frame)


def _raised(handler: Any, number: int, frame: FrameType | None) -> None:
    handler(number, frame)
