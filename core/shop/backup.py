"""A shop's folder as one archive, consistent while others go on writing. Restoring is unpacking it.

The journal's store says what to copy of it. Every other file of ours is replaced in one step and never
changed in place, so a file that is open is whole. The ledger is read before the rows it names, and rows are
never taken away from under a ledger: what the archive's ledger names is in the archive. Locks,
half-written files and the cache stay out; they mean nothing elsewhere.
"""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import BadInput, UsageError
from core.language.wording import say
from core.storage.atomic_files import written_atomically

_FIRST: Final = ("facts/ledger.json",)
_LEFT_OUT: Final = ("cache", "journal")
_STAYS_HERE: Final = "secrets.toml"
"""Keys and passwords for posting: an archive travels, and they are a few lines to write again."""


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
        for path in _paths(folder):
            number += _add(archive, path, f"{folder.name}/{path.relative_to(folder)}")
        for name, copy in journal:
            for path in (copy, *(_inside(copy) if copy.is_dir() else ())):
                number += _add(archive, path, f"{folder.name}/{name}{str(path).removeprefix(str(copy))}")
    return Backup(target, number, target.stat().st_size)


def _paths(folder: Path) -> Iterator[Path]:
    """Go through folders and files: first what names other files, a folder before what is in it."""
    first = [folder / name for name in _FIRST if (folder / name).is_file()]
    yield from first
    yield from (path for path in _inside(folder, _LEFT_OUT) if path not in first)


def _inside(folder: Path, left_out: tuple[str, ...] = ()) -> Iterator[Path]:
    """Go through what is in the folder, a folder before what is in it."""
    for place, names, files in os.walk(folder, onerror=_unreadable):
        at = Path(place)
        if at == folder:
            names[:] = [name for name in names if name not in left_out]
        names.sort()
        if at != folder:
            yield at
        yield from (at / name for name in sorted(files) if not _passing(name))


def _passing(name: str) -> bool:
    return name in (".lock", _STAYS_HERE) or (name.startswith(".") and name.endswith(".tmp"))


def _add(archive: tarfile.TarFile, path: Path, name: str) -> int:
    """Add what is there now; 1 for a file. What has gone since it was listed is left out; so are links."""
    try:
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            return 0
        if path.is_dir():
            archive.addfile(archive.gettarinfo(path, name))
            return 0
        with path.open("rb") as source:
            head = archive.gettarinfo(arcname=name, fileobj=source)
            data = source.read()  # the size belongs to exactly these bytes, whoever edits the file by hand
        head.type, head.linkname, head.size = tarfile.REGTYPE, "", len(data)
        archive.addfile(head, io.BytesIO(data))
    except FileNotFoundError:
        return 0
    except OSError as error:
        _unreadable(error)
    return 1


def _unreadable(error: OSError) -> None:
    if error.filename is None:  # it was the archive that could not be written
        raise error
    raise BadInput(
        say(
            "{file} cannot be read: {reason}. No backup was made.",
            file=error.filename,
            reason=error.strerror or str(error),
        )
    ) from error
