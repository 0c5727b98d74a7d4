"""One host a drill: a lock beside the drill's file, named after the process that holds it.

Rule 1: the kernel drops the lock with the process, so a killed host never leaves one behind.
Rule 2: the lock is a file of its own: locking a live database file would drop SQLite's locks.
Rule 3: whoever gives the lock back takes its file away, while still holding it.
"""

import contextlib
import os
import socket
import sys
import time
from pathlib import Path
from typing import Final, Self

from simulator.errors import HostError
from simulator.text import clean_line

_LONGEST: Final = 200
_TRIES: Final = 4
_PAUSE_S: Final = 0.02

if sys.platform == "win32":
    import msvcrt

    def _taken(handle: int, *, shared: bool) -> None:
        """Lock one byte far behind the text, which Windows would else hide from readers."""
        del shared
        os.lseek(handle, 1 << 30, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _taken(handle: int, *, shared: bool) -> None:
        """Lock at once or raise OSError; by handle, so that a second one here is refused too."""
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


class HostLock:
    """The right to write one drill, or, shared, to read it while it has no host."""

    def __init__(self, handle: int, path: Path) -> None:
        self._handle = handle
        self._path = path

    @classmethod
    def beside(cls, drill: Path, *, shared: bool = False) -> Self:
        """Take the lock of a drill's file, or raise HostError naming who holds it."""
        path = drill.with_suffix(".lock")
        while True:
            try:
                handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise HostError(
                    f"{path}: {error.strerror}; choose a folder you may write (--archive DIR)"
                ) from error
            try:
                _patiently_taken(handle, shared=shared)
            except OSError as error:
                os.close(handle)
                raise HostError(f"drill {drill.stem} is open in {_named(path)}") from error
            if _is_still(path, handle):
                break
            os.close(handle)  # its last holder took the file away between our two steps
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"process {os.getpid()} on {socket.gethostname()}".encode())
        return cls(handle, path)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        handle, self._handle = self._handle, -1
        if handle < 0:
            return
        # A shared lock becomes whole only for its last holder, who may take the file away.
        with contextlib.suppress(OSError):
            _taken(handle, shared=False)
            self._path.unlink(missing_ok=True)
        os.close(handle)


def _patiently_taken(handle: int, *, shared: bool) -> None:
    """Lock, waiting out a passing look by `holder`; a host's lock outlasts the patience."""
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            return _taken(handle, shared=shared)
        time.sleep(_PAUSE_S)
    return _taken(handle, shared=shared)


def holder(drill: Path) -> str:
    """Who has the drill open for writing (`process 4711 on laptop`), or nothing."""
    path = drill.with_suffix(".lock")
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return ""
    try:
        _taken(handle, shared=True)
    except OSError:
        return _named(path)
    finally:
        os.close(handle)
    return ""


def _named(path: Path) -> str:
    text = path.read_bytes()[:_LONGEST].decode(errors="replace")
    return clean_line(text) or "another process"


def _is_still(path: Path, handle: int) -> bool:
    """Whether the name still leads to the file we locked."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
