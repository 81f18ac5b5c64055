"""Rewrite a settings file safely while people may save it from an editor, which takes no lock.

The change is computed from the file's content and written only if the file still has that content. If
somebody has saved the file in between, the change is recomputed; after a few attempts it is refused.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

import tomlkit
from tomlkit.exceptions import TOMLKitError

from core.errors import BadSettings, CannotWrite
from core.language.wording import say
from core.shop.settings_wall import check_may_change
from core.storage.atomic_files import locked, written_atomically
from core.storage.decoding import TooDeep, settings_place, toml_document, unreadable_settings
from core.storage.regular_files import read_regular

TRIES: Final = 5
_PAUSE: Final = 0.05
"""Seconds to wait before the next attempt, long enough for an editor that saves in two steps."""
_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2
_NOT_HERE: Final = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM)
"""Error numbers of file systems that cannot exchange or link files, e.g. some network mounts."""
_MARK: Final = "\ufeff"

Change: TypeAlias = Callable[[bytes | None], bytes | None]
"""A function from the file's bytes (None: no file) to the new bytes (None: no change)."""


class _SavedMeanwhile(Exception):
    """Raised if the file has changed since the new content was computed."""


def rewrite(file: Path, lock: Path, change: Change, *, last: Callable[[], object] = lambda: None) -> bool:
    """Apply ``change`` to the file (following links); return False if there was nothing to change.

    ``last`` is called in each attempt when the new file is on disk, just before it replaces the old one; an
    exception it raises keeps the old file. Raise CannotWrite if somebody saves the file during every attempt,
    if writing fails, or if only another account may change the settings, and BadSettings if the file cannot
    be read. Exceptions of ``change`` are passed on. The file keeps its mode and, for root, its owner.
    """
    check_may_change(file.parent, file.name)
    path = settings_place(file)
    with locked(lock):
        for number in range(TRIES):
            if number:
                time.sleep(_PAUSE)
            old = _bytes(path)
            new = change(old)
            if new is None:
                return False
            place = _place(old, new, last)
            try:
                with written_atomically(path, place=place) as beside:
                    beside.write(new)
                    _as_closed(beside.fileno(), path)
            except _SavedMeanwhile:
                continue
            return True
    raise CannotWrite(
        say(
            "Somebody else saved {file} each time it was about to be changed. Nothing was changed; try "
            "again in a moment.",
            file=path.name,
        )
    )


def _as_closed(handle: int, path: Path) -> None:
    """Give the new file the mode of the old one and, if run as root, its owner, to keep access restricted."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return
    if os.geteuid() == 0:
        os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))


def edited(name: str, raw: bytes, edit: Callable[[tomlkit.TOMLDocument], None]) -> bytes:
    """Return the edited TOML; comments, line ends and byte order mark are kept.

    Raise BadSettings, mentioning the file as ``name``, if the edit is not possible.
    """
    try:
        text = raw.decode("utf-8")
        mark = _MARK if text.startswith(_MARK) else ""
        document = toml_document(text.removeprefix(_MARK), name)
        edit(document)
        made = tomlkit.dumps(document)
    except TooDeep:
        raise
    except (TOMLKitError, TypeError, AttributeError, KeyError, ValueError) as error:
        raise by_hand(name) from error
    if "\r\n" in text:
        made = made.replace("\r\n", "\n").replace("\n", "\r\n")
    return (mark + made).encode("utf-8")


def by_hand(name: str) -> BadSettings:
    """Return the error for an edit that would change more than was asked for."""
    return BadSettings(
        say("{file} cannot be changed here without changing other lines too. Edit it by hand.", file=name)
    )


def _bytes(path: Path) -> bytes | None:
    try:
        return _held(path)
    except OSError as error:
        raise unreadable_settings(path, error) from error


def _held(path: Path) -> bytes | None:
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None


def _place(old: bytes | None, new: bytes, last: Callable[[], object]) -> Callable[[Path, Path], None]:
    def place(beside: Path, path: Path) -> None:
        last()
        if _held(path) != old:
            raise _SavedMeanwhile
        if old is None:
            _put_first(beside, path)
        else:
            _put_instead(beside, path, old, new)

    return place


def _put_first(beside: Path, path: Path) -> None:
    """Move the new file into place; raise _SavedMeanwhile if a file of that name now exists."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise _SavedMeanwhile from None
    except OSError as error:
        if error.errno not in _NOT_HERE:
            raise
        beside.replace(path)


def _put_instead(beside: Path, path: Path, old: bytes, new: bytes) -> None:
    """Exchange the two files and check the old one: if somebody saved it at the last moment, restore it.

    If the file system cannot exchange files, rename the new file over the old one, which was compared just
    before.
    """
    if not _exchange(beside, path):
        beside.replace(path)
        return
    try:
        found, put = read_regular(beside), new
    except OSError:
        _exchange(beside, path)
        raise
    while found != old:
        try:
            _exchange(beside, path)
        except _SavedMeanwhile:  # an editor has just moved the file away
            _put_first(beside, path)
            raise
        taken = read_regular(beside)
        if taken == put:
            raise _SavedMeanwhile
        found, put = taken, found  # saved again in between: keep the latest version


def _exchange(one: Path, other: Path) -> bool:
    """Swap the two files atomically; return False if the system does not support it."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HERE:
        return False
    if number == errno.ENOENT:
        raise _SavedMeanwhile
    raise OSError(number, os.strerror(number), str(other))
