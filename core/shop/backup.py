"""Back up a shop's folder as one .tar.gz archive, consistent even while other sessions write.

Unpacking the archive restores the shop. The journal's store decides which of its files are copied. All other
files are only ever replaced atomically, so an open file is always complete. The ledger is read before the row
files it lists (a folder's files come before its subfolders), and listed rows are never deleted; so every row
file listed in the archived ledger is in the archive. Locks, temporary files and the cache are left out. Every
folder and file is opened once, relative to its parent folder, and links are never followed, so that somebody
who can write to the shop cannot make another user's backup read a file elsewhere.
"""

from __future__ import annotations

import errno
import io
import os
import re
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, NamedTuple, cast

from core.errors import BadInput, UsageError
from core.language.wording import say
from core.storage.atomic_files import written_atomically
from core.storage.regular_files import NOT_REGULAR, RegularFile

_LEFT_OUT: Final = ("cache", "journal")
_SECRETS: Final = re.compile(r"[^\w]*secrets(?![^\W\d_])|.*secrets\.toml", re.IGNORECASE | re.DOTALL)
"""Matches ``secrets.toml`` and editors' backup copies of it. These are left out because archives get passed
on and the key of a chat robot is easy to enter again."""


@dataclass(frozen=True, slots=True)
class Backup:
    """The result of a backup."""

    file: Path
    files: int
    size: int
    """The size of the archive in bytes."""


def back_up(folder: Path, file: Path, journal: Iterable[tuple[str, Path]]) -> Backup:
    """Write the shop's folder to ``file`` (.tar.gz), replacing an older archive.

    ``journal``: the journal's files to archive, as (name in the shop's folder, path), from
    :meth:`core.journal.store.Store.copies`. Raise UsageError if ``file`` is inside the shop's folder or is a
    folder, BadInput if a file in the shop cannot be read (no incomplete backup is written), and CannotWrite
    if writing fails; an older archive then stays in place.
    """
    target = file.resolve()
    if target.is_relative_to(folder.resolve()):
        raise UsageError(say("Put the backup outside the shop's folder: {folder}.", folder=folder))
    if target.is_dir():
        raise UsageError(
            say("{file} is a folder; give a file name such as {name}.tar.gz.", file=file, name=folder.name)
        )
    number = 0
    with (
        written_atomically(target) as out,
        tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive,
    ):
        number += _add_folder(archive, folder.resolve(), folder.name, left_out=_LEFT_OUT)
        for name, copy in journal:
            inside = f"{folder.name}/{name}"
            if copy.is_dir():
                archive.addfile(archive.gettarinfo(copy, inside))
                number += _add_folder(archive, copy, inside)
            else:
                number += _add_file(archive, copy, inside)
    return Backup(target, number, target.stat().st_size)


def _add_folder(archive: tarfile.TarFile, folder: Path, prefix: str, left_out: tuple[str, ...] = ()) -> int:
    """Add the files of the folder and its subfolders to the archive; return the number of files."""
    number = 0
    for place, names, files, at in os.fwalk(folder, onerror=_unreadable):
        inside = os.path.relpath(place, folder)
        path = prefix if inside == "." else f"{prefix}/{inside}"
        if inside == ".":
            names[:] = [name for name in names if name not in left_out]
        else:
            archive.addfile(_head(archive, path, at))
        names.sort()
        for name in sorted(files):
            if not _stays_here(name):
                number += _add(archive, f"{path}/{name}", name, at)
    return number


def _add_file(archive: tarfile.TarFile, file: Path, inside: str) -> int:
    at = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        return _add(archive, inside, file.name, at)
    finally:
        os.close(at)


def _stays_here(name: str) -> bool:
    hidden = name.startswith(".")
    return bool(_SECRETS.match(name)) or (hidden and name.endswith((".lock", ".tmp")))


class _Open(NamedTuple):
    """The attributes of an open file or folder that ``TarFile.gettarinfo`` uses."""

    name: str
    handle: int

    def fileno(self) -> int:
        return self.handle


def _head(archive: tarfile.TarFile, inside: str, handle: int) -> tarfile.TarInfo:
    """Return the archive header for the open file or folder."""
    return archive.gettarinfo(arcname=inside, fileobj=cast("IO[bytes]", _Open(inside, handle)))


def _add(archive: tarfile.TarFile, inside: str, name: str, at: int) -> int:
    """Add the file to the archive and return 1; return 0 for links, special files and missing files."""
    try:
        with RegularFile(Path(name), at=at) as source:
            head = _head(archive, inside, source.fileno())
            data = source.read()  # the size belongs to exactly these bytes, even if somebody edits the file
    except OSError as error:
        if error.errno in (*NOT_REGULAR, errno.ENOENT):
            return 0
        raise _not_read(inside, error) from error
    head.type, head.linkname, head.size = tarfile.REGTYPE, "", len(data)
    archive.addfile(head, io.BytesIO(data))
    return 1


def _unreadable(error: OSError) -> None:
    if error.errno == errno.ENOENT:  # deleted since the folder was listed
        return
    raise _not_read(error.filename, error) from error


def _not_read(file: str, error: OSError) -> BadInput:
    reason = error.strerror or str(error)
    return BadInput(say("{file} cannot be read: {reason}. No backup was made.", file=file, reason=reason))
