"""Files that several processes write: the old bytes or the new ones, never half, and one writer at a time.

The journal and the facts stand on these few functions. Whoever shares a shop folder shares a Unix
group, so files are 0660 and folders 2770 whatever the umask of the writer.
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
"""How long a writer waits for the one before it."""

_COURTESY = 0.005
"""Seconds that who has just written leaves to the others: else one busy writer could starve the rest."""
_released: dict[Path, float] = {}

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_atomically(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Put the bytes in the file's place in one step; CannotWrite leaves the old file as it was.

    ``lasting=False``: need not outlive a power cut, so the disk is not waited for.
    NotConfirmed: the new file is in place, but the disk did not confirm that it lasts.
    """
    with written_atomically(path, lasting=lasting) as file:
        file.write(data)


@contextmanager
def written_atomically(
    path: Path, *, place: Callable[[Path, Path], object] = Path.replace, lasting: bool = True
) -> Iterator[IO[bytes]]:
    """Give a file that takes ``path``'s place when the block ends well and is gone when it does not.

    ``place(beside, path)`` gives the complete file its name; what it raises leaves the old file.
    Errors as :func:`write_atomically`.
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
            beside.unlink(missing_ok=True)
    if lasting:
        sync_folder(path.parent)


def _opened(path: Path, flags: int) -> int:
    """Open a file, made with its folder where there is none."""
    flags |= os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(path, flags, FILE_MODE)
    except FileNotFoundError:
        make_folder(path.parent)
        return os.open(path, flags, FILE_MODE)


def sync_folder(folder: Path) -> None:
    """Make the folder's new, changed and removed names last through a power cut.

    NotConfirmed when the disk does not say that they will: the names themselves have changed by then.
    """
    try:
        _sync(folder)
    except OSError as error:
        raise NotConfirmed(
            say(
                "The change in {folder} is made, but the disk did not confirm it ({reason}): a power cut now "
                "could undo it. Check the disk; look whether the change is there before you repeat it.",
                folder=folder,
                reason=error.strerror or type(error).__name__,
            )
        ) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some shared mounts know no such thing
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make the folder and the ones above it, open to the group; one that is there stays as it is."""
    try:
        if folder.is_dir():
            return
    except OSError as error:
        raise cannot_write(folder, error) from error
    make_folder(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
        with suppress(PermissionError):  # another process may have made it first
            folder.chmod(FOLDER_MODE)
        _sync(folder.parent)
    except OSError as error:
        raise cannot_write(folder, error) from error


def open_to_group(path: str, flags: int) -> int:
    """Open a log so that the group can go on with it: for ``open(path, "a", opener=open_to_group)``."""
    handle = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK, FILE_MODE)
    check_regular(handle, path)
    with suppress(OSError):  # a colleague's, who has already opened it to the group
        _open_to_group(handle)
    return handle


def _open_to_group(handle: int) -> None:
    """Give the file our mode unless it has it: each change is one more thing for the disk to keep."""
    if stat.S_IMODE(os.fstat(handle).st_mode) != FILE_MODE:
        os.fchmod(handle, FILE_MODE)


@contextmanager
def locked(path: Path, *, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock file ``path`` for the block; CannotWrite when others hold it for longer than ``seconds``.

    The lock belongs to the open file and goes with the process, so a killed writer blocks nobody.
    It also keeps two threads of one process apart. It is never removed: who removes a lock file breaks it.
    """
    handle = _open_lock(path)
    try:
        if (courtesy := _released.get(path, 0.0) + _COURTESY - time.monotonic()) > 0:
            time.sleep(courtesy)  # never for 0 seconds: that would give the processor away
        _wait_for(handle, path, time.monotonic() + seconds, seconds)
        yield
    finally:
        os.close(handle)
        _released[path] = time.monotonic()


def _open_lock(path: Path) -> int:
    try:
        handle = _opened(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        check_regular(handle, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    with suppress(OSError):  # made by a colleague, who has already opened it to the group
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
            time.sleep(random.uniform(0.001, 0.004))  # noqa: S311 - who has waited long waits no longer than others
        except OSError as error:
            raise cannot_write(path, error) from error
        else:
            return


def reason_of(error: ShopdayError) -> str:
    """Return why it could not be written, in the system's words, to go into another sentence."""
    return getattr(error.__cause__, "strerror", None) or say("somebody else is writing")


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Return what the operator reads when the system refused a write."""
    if error.errno in _FULL:
        return CannotWrite(
            say("The disk is full. Nothing was changed; make room and try again ({file}).", file=path)
        )
    if error.errno in _DENIED:
        return CannotWrite(
            say(
                "You may not write in {folder}. Nothing was changed; ask for write permission ({file}).",
                file=path,
                folder=path.parent,
            )
        )
    reason = error.strerror or str(error)
    return CannotWrite(
        say("Writing failed ({reason}). Nothing was changed ({file}).", file=path, reason=reason)
    )
