"""A settings file changed by the program while people may save it from an editor, which knows no lock.

The change is worked out on the file's text and written only in the place of exactly that text. When somebody
has saved the file meanwhile, the change is worked out again on theirs; after a few times it is refused.
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
"""Seconds before the next try: an editor that saves in two steps has made the second one by then."""
_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2
_NOT_HERE: Final = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM)
"""What a folder answers that cannot exchange or link files, as on some shared mounts."""
_MARK: Final = "\ufeff"

Change: TypeAlias = Callable[[bytes | None], bytes | None]
"""The file's bytes (None: no file) to the new ones (None: as they are)."""


class _SavedMeanwhile(Exception):
    """The file no longer holds what the change was worked out on."""


def rewrite(file: Path, lock: Path, change: Change, *, last: Callable[[], object] = lambda: None) -> bool:
    """Change the file, or the one a link leads to; False when there was nothing to change.

    ``last`` is called when the new file is complete on disk and about to take the old one's place, once for
    each try; what it raises leaves the old one. CannotWrite when somebody saves the file each time, or for
    disk or rights, or where another account alone changes the settings; BadSettings when it cannot be read.
    What ``change`` raises goes on to the caller. The file keeps its mode and its owner.
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
            "{file} was saved by somebody else each time it was about to be changed. Nothing was changed; "
            "try again in a moment.",
            file=path.name,
        )
    )


def _as_closed(handle: int, path: Path) -> None:
    """Give the new file the mode of the old one and, as root, its owner: a wall around it stays one."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return
    if os.geteuid() == 0:
        os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))


def edited(name: str, raw: bytes, edit: Callable[[tomlkit.TOMLDocument], None]) -> bytes:
    """Return the TOML with the edit in it: comments, line ends and byte order mark as they were.

    BadSettings when it cannot be changed that way; ``name`` is the file's, for the sentence.
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
    """Return the refusal of a change that would touch more than was asked for."""
    return BadSettings(
        say("{file} cannot be changed from here without touching more. Write it in by hand.", file=name)
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
    """Give the file its name, unless somebody has just made one of that name."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise _SavedMeanwhile from None
    except OSError as error:
        if error.errno not in _NOT_HERE:
            raise
        beside.replace(path)


def _put_instead(beside: Path, path: Path, old: bytes, new: bytes) -> None:
    """Exchange the two files and look what was taken out: a save of the last microseconds goes back in.

    Where files cannot be exchanged the new one is renamed over the old one, which has just been compared.
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
        found, put = taken, found  # saved once more in between: the latest save is the one that stays


def _exchange(one: Path, other: Path) -> bool:
    """Let the two files change names in one step; False where that cannot be done."""
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
