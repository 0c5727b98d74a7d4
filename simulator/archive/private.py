"""Files and folders for their owner alone, whole from the moment they can be seen.

Rule 1: the umask is never trusted: what is made here is 0600 in a folder of 0700.
Rule 2: a file gets its name when it is complete, and a name that is taken stays taken.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from simulator.errors import HostError, JournalError

_PRIVATE_FILE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


def private_folder(folder: Path) -> None:
    """Make the folder for its owner alone; refuse one that others may look into."""
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        mode = folder.stat().st_mode
    except OSError as error:
        raise HostError(
            f"{folder}: {error.strerror}; choose a folder you may write (--archive DIR)"
        ) from error
    if mode & 0o077 and _is_ours_to_write(folder):
        raise HostError(f"{folder} is open to other users; close it with `chmod 700 {folder}`")


def archive_folder(folder: Path) -> None:
    """Make the folder for its owner alone, or use one that is there and nobody else may change."""
    if not folder.exists():
        private_folder(folder)
    if not folder.is_dir():
        raise HostError(f"{folder} is not a folder; an archive is a folder or a URL")
    if os.name == "posix" and folder.stat().st_mode & 0o002:
        raise HostError(f"anyone may write to {folder}; close it with `chmod o-w {folder}`")


def private_file(path: Path) -> None:
    """Make an empty file for its owner alone, whatever the umask, before SQLite opens it."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    except OSError as error:
        raise HostError(
            f"{path}: {error.strerror}; choose a folder you may write (--archive DIR)"
        ) from error
    os.close(handle)
    path.chmod(_PRIVATE_FILE)


@contextlib.contextmanager
def named_when_whole(path: Path) -> Iterator[Path]:
    """A private, empty file to fill; it gets its name only when the block ends well.

    Raises JournalError where the name is taken by then: nothing is ever overwritten.
    """
    building = path.with_suffix(f".{os.getpid()}.new")
    building.unlink(missing_ok=True)
    private_file(building)
    try:
        yield building
        _name(building, path)
    except FileExistsError as error:
        raise JournalError(f"{path} exists already; nothing is overwritten") from error
    finally:
        building.unlink(missing_ok=True)
    _synced(path.parent)


def _is_ours_to_write(path: Path) -> bool:
    """Whether something private could be put there; a copy on a read-only medium is only read."""
    return os.name == "posix" and os.access(path, os.W_OK)


def _name(building: Path, path: Path) -> None:
    """A hard link refuses a taken name in one step; where there are none, look first."""
    try:
        path.hardlink_to(building)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError from None
        building.rename(path)


def refuse_public(path: Path) -> None:
    """Raise HostError where other users may read a file that is about to be written."""
    if path.stat().st_mode & 0o077 and _is_ours_to_write(path):
        raise HostError(f"{path} is open to other users; close it with `chmod 600 {path}`")


def _synced(folder: Path) -> None:
    """Make new names in the folder survive a power cut."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file at rest; never call it on a live one."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
