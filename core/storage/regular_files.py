"""Opening files of a shop folder for reading, restricted to regular files and without blocking.

Anyone in the shop's group can put a link, FIFO or device where a file is expected. A link would expose
another file with the reader's permissions; opening a FIFO would wait for a writer indefinitely.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path
from typing import IO, Final, Self

from core.language.wording import say

NOT_REGULAR: Final = (errno.ELOOP, errno.EINVAL)
"""The errno values of the OSError raised for a path that exists but is not a regular file."""
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
_BUFFER = 1 << 16


class RegularFile:
    """A regular file, opened once, that can be read by several independent readers.

    Raise OSError for anything else: ELOOP for a link unless ``follow`` is true, EINVAL for a folder, FIFO or
    device. ``at`` is the descriptor of an open folder that ``path`` is relative to.
    """

    def __init__(self, path: Path, *, follow: bool = False, at: int | None = None) -> None:
        self.path = path
        self._handle = _opened(path, _READ if follow else _READ | os.O_NOFOLLOW, at)
        self.status = check_regular(self._handle, path)
        """The file's status (``os.fstat``) at the time it was opened."""

    def reader(self) -> IO[bytes]:
        """Return a new reader positioned at the start of the file.

        It remains usable after this object is closed.
        """
        return io.BufferedReader(_Reader(os.dup(self._handle)), _BUFFER)

    def read(self) -> bytes:
        """Return the whole content of the file."""
        read = bytearray()
        while block := os.pread(self._handle, max(self.status.st_size + 1 - len(read), _BUFFER), len(read)):
            read += block
        return bytes(read)

    def fileno(self) -> int:
        """Return the file descriptor, for callers that query the OS about the file (e.g. fstat)."""
        return self._handle

    def changed(self) -> bool:
        """Return whether the file has been modified since it was opened."""
        now = os.fstat(self._handle)
        return (now.st_mtime_ns, now.st_size) != (self.status.st_mtime_ns, self.status.st_size)

    @property
    def real_path(self) -> Path:
        """The opened file's real path, even if ``path`` now leads somewhere else."""
        try:
            return Path(f"/proc/self/fd/{self._handle}").readlink()
        except OSError:  # systems without /proc
            return self.path.resolve()

    def close(self) -> None:
        """Close the file; readers obtained from :meth:`reader` remain open."""
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_regular(path: Path) -> bytes:
    """Return the bytes of a regular file; raise OSError for a link, folder, FIFO or device."""
    with RegularFile(path) as file:
        return file.read()


def check_regular(handle: int, path: Path | str) -> os.stat_result:
    """Return the status of an open regular file.

    Close it and raise OSError if it is a folder, FIFO or device.
    """
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, say("not an ordinary file"), str(path))
    return status


def _opened(path: Path, flags: int, at: int | None) -> int:
    try:
        return os.open(path, flags, dir_fd=at)
    except OSError as error:
        if error.errno == errno.ELOOP and flags & os.O_NOFOLLOW:
            raise OSError(errno.ELOOP, say("a link instead of a file"), str(path)) from error
        raise


class _Reader(io.RawIOBase):
    """A raw reader with its own position in an already open file (it reads with ``pread``)."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        number = os.preadv(self._handle, [buffer], self._place)
        self._place += number
        return number

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: os.fstat(self._handle).st_size}
        if (place := start[whence] + offset) < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._place = place
        return place

    def close(self) -> None:
        if not self.closed:
            os.close(self._handle)
        super().close()
