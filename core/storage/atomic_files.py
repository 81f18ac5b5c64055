"""Atomic file replacement and exclusive locks for files written by several processes.

The journal and the imported data are stored with these functions. The users of a shop folder share a Unix
group, so files are created with mode 0660 and folders with mode 2770, whatever the writer's umask is.
"""

from __future__ import annotations

import errno
import fcntl
import os
import random
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from core.errors import CannotWrite, NotConfirmed, ShopdayError
from core.language.wording import say
from core.storage.regular_files import check_regular
from core.storage.temporary_files import sweep, temporary

FILE_MODE = 0o660
FOLDER_MODE = 0o2770
LOCK_SECONDS = 10.0
"""Default time in seconds that a writer waits for the lock."""

_COURTESY = 0.005
"""Seconds this process waits before taking a lock it has just released, so that others are not starved."""
_released: dict[Path, float] = {}

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_atomically(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write ``data`` to ``path`` atomically.

    With ``lasting=False`` the file is not synced to disk, so it may be lost in a power cut. Raise CannotWrite
    if writing fails; the old file is then unchanged. Raise NotConfirmed if the new file is in place but the
    disk did not confirm the sync.
    """
    with written_atomically(path, lasting=lasting) as file:
        file.write(data)


@contextmanager
def written_atomically(
    path: Path, *, place: Callable[[Path, Path], object] = Path.replace, lasting: bool = True
) -> Iterator[IO[bytes]]:
    """Open a temporary file that replaces ``path`` if the block succeeds and is deleted if it fails.

    ``place(temporary, path)`` moves the finished file to its final name; if it raises, the old file is kept.
    Raises the same errors as :func:`write_atomically`.
    """
    beside = temporary(path)
    sweep(path.parent)
    try:
        handle = _opened(beside, os.O_WRONLY | os.O_EXCL)
        with os.fdopen(handle, "wb") as file:
            _open_to_group(handle)
            yield file
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        place(beside, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink()
    if lasting:
        sync_folder(path.parent)


def _opened(path: Path, flags: int) -> int:
    """Open a file, creating it and its folder if they do not exist."""
    flags |= os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(path, flags, FILE_MODE)
    except FileNotFoundError:
        make_folder(path.parent)
        return os.open(path, flags, FILE_MODE)


def sync_folder(folder: Path) -> None:
    """Sync the folder, so that files created, renamed or removed in it survive a power cut.

    Raise NotConfirmed if the disk does not confirm the sync; the changes themselves have been made by then.
    """
    try:
        _sync(folder)
    except OSError as error:
        raise NotConfirmed(
            say(
                "The change in {folder} was written, but the disk did not confirm it ({reason}): a power "
                "failure now could undo it. Check the disk; see whether the change is there before you "
                "repeat it.",
                folder=folder,
                reason=error.strerror or type(error).__name__,
            )
        ) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems cannot sync a folder
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create the folder and its parents with group access; an existing folder is left unchanged."""
    try:
        if folder.is_dir():
            return
    except OSError as error:
        raise cannot_write(folder, error) from error
    make_folder(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
        with suppress(PermissionError):  # another process may have created it first
            folder.chmod(FOLDER_MODE)
        _sync(folder.parent)
    except OSError as error:
        raise cannot_write(folder, error) from error


def open_to_group(path: str, flags: int) -> int:
    """Open a log file with group access, as the ``opener`` argument of ``open(path, "a")``."""
    handle = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK, FILE_MODE)
    check_regular(handle, path)
    with suppress(OSError):  # owned by a colleague, whose process has already set the mode
        _open_to_group(handle)
    return handle


def _open_to_group(handle: int) -> None:
    """Set the file's mode to ``FILE_MODE`` if it differs, to avoid needless metadata writes."""
    if stat.S_IMODE(os.fstat(handle).st_mode) != FILE_MODE:
        os.fchmod(handle, FILE_MODE)


@contextmanager
def locked(path: Path, *, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold an exclusive lock on the lock file ``path`` for the duration of the block.

    Raise CannotWrite if the lock is still held by somebody else after ``seconds``. The lock is released when
    the file is closed or the process ends, so a killed writer blocks nobody. It also excludes other threads
    of the same process. The lock file is never deleted: deleting it would break the lock.
    """
    handle = _open_lock(path)
    try:
        if (courtesy := _released.get(path, 0.0) + _COURTESY - time.monotonic()) > 0:
            time.sleep(courtesy)  # not called for 0 seconds, because sleep(0) yields the processor
        _wait_for(handle, path, time.monotonic() + seconds, seconds)
        yield
    finally:
        os.close(handle)
        _released[path] = time.monotonic()


@contextmanager
def locked_if_free(path: Path) -> Iterator[bool]:
    """Hold an exclusive lock on the lock file ``path``, as :func:`locked` does, but do not wait for it.

    Yield whether the lock is held; False: somebody else holds it. The file's folder is not created. Raise
    OSError if the file cannot be opened, e.g. because the folder is gone.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, FILE_MODE)
    check_regular(handle, path)
    try:
        with suppress(OSError):  # created by a colleague, whose process has already set the mode
            _open_to_group(handle)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _open_lock(path: Path) -> int:
    try:
        handle = _opened(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        check_regular(handle, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    with suppress(OSError):  # created by a colleague, whose process has already set the mode
        _open_to_group(handle)
    return handle


def _wait_for(handle: int, path: Path, until: float, seconds: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise CannotWrite(
                    say(
                        "Somebody else has been writing for {seconds:.0f} seconds. "
                        "Nothing was changed; try again in a moment ({folder}).",
                        folder=path.parent,
                        seconds=seconds,
                    )
                ) from None
            time.sleep(random.uniform(0.001, 0.004))  # noqa: S311 - no exponential backoff: each waiter polls at the same rate
        except OSError as error:
            raise cannot_write(path, error) from error
        else:
            return


def reason_of(error: ShopdayError) -> str:
    """Return why a write failed, in the operating system's words, to be used inside another sentence."""
    return getattr(error.__cause__, "strerror", None) or say("somebody else is writing")


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Return the CannotWrite error, with a message for the operator, for an OSError raised while writing."""
    if error.errno in _FULL:
        return CannotWrite(
            say("The disk is full. Nothing was changed; free some space and try again ({file}).", file=path)
        )
    if error.errno in _DENIED:
        return CannotWrite(
            say(
                "You have no write permission in {folder}. Nothing was changed; ask for write permission "
                "({file}).",
                file=path,
                folder=path.parent,
            )
        )
    reason = error.strerror or str(error)
    return CannotWrite(
        say("Writing failed ({reason}). Nothing was changed ({file}).", file=path, reason=reason)
    )
