"""A shop's folder as one archive, consistent while others go on writing. Restoring is unpacking it.

The journal's store says what to copy of it. Every other file of ours is replaced in one step and never
changed in place, so a file that is open is whole. The ledger is read before the rows it names (a folder's
files come before the folders in it), and rows are never taken away from under a ledger: what the archive's
ledger names is in the archive. Locks, half-written files and the cache stay out; they mean nothing elsewhere.
Each folder and file is opened once, from the folder it is in, and never through a link: whoever may write in
the shop cannot make somebody else's backup read another file.
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
"""``secrets.toml`` and what looks like a copy of it, whichever editor made it: an archive travels, and a
robot's key is a line to write again."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What went into the archive."""

    file: Path
    files: int
    size: int
    """Bytes of the archive."""


def back_up(folder: Path, file: Path, journal: Iterable[tuple[str, Path]]) -> Backup:
    """Write the shop's folder into ``file`` (.tar.gz) in an older one's place; CannotWrite leaves that alone.

    ``journal``: what to keep of it, by its name in the folder (:meth:`core.journal.store.Store.copies`).
    UsageError for a file inside the shop; BadInput when something in the shop may not be read: half a backup
    is none.
    """
    target = file.resolve()
    if target.is_relative_to(folder.resolve()):
        raise UsageError(say("Put the backup outside the shop's folder: {folder}.", folder=folder))
    if target.is_dir():
        raise UsageError(
            say("{file} is a folder; name a file such as {name}.tar.gz.", file=file, name=folder.name)
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
    """Add the files of the folder and the folders in it; return how many files."""
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
    """What of an open file or folder tarfile asks for."""

    name: str
    handle: int

    def fileno(self) -> int:
        return self.handle


def _head(archive: tarfile.TarFile, inside: str, handle: int) -> tarfile.TarInfo:
    """Return what the archive says of the open file or folder."""
    return archive.gettarinfo(arcname=inside, fileobj=cast("IO[bytes]", _Open(inside, handle)))


def _add(archive: tarfile.TarFile, inside: str, name: str, at: int) -> int:
    """Add the file that is there now and return 1; 0 for links, for what is no file and what has gone."""
    try:
        with RegularFile(Path(name), at=at) as source:
            head = _head(archive, inside, source.fileno())
            data = source.read()  # the size belongs to exactly these bytes, whoever edits the file by hand
    except OSError as error:
        if error.errno in (*NOT_REGULAR, errno.ENOENT):
            return 0
        raise _not_read(inside, error) from error
    head.type, head.linkname, head.size = tarfile.REGTYPE, "", len(data)
    archive.addfile(head, io.BytesIO(data))
    return 1


def _unreadable(error: OSError) -> None:
    if error.errno == errno.ENOENT:  # gone since it was listed
        return
    raise _not_read(error.filename, error) from error


def _not_read(file: str, error: OSError) -> BadInput:
    reason = error.strerror or str(error)
    return BadInput(say("{file} cannot be read: {reason}. No backup was made.", file=file, reason=reason))
