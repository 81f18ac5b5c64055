"""Replacement of a whole folder of generated files at once, e.g. of a small web site.

A file ``.shopday-page`` in the folder lists what was generated, so that a folder with anything else in it is
never replaced.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from core.errors import UsageError
from core.language.wording import say
from core.storage.atomic_files import cannot_write, locked, make_folder, sync_folder
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

MARKER: Final = ".shopday-page"
_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2
_CANNOT_EXCHANGE: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def replace_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files into a new folder beside ``folder``, then put it in place of ``folder`` at once.

    Readers see either all old files or all new ones. Raise UsageError if ``folder`` is a file or holds
    anything that this function did not write, and CannotWrite if writing fails; ``folder`` is then unchanged.
    """
    folder = folder.resolve()
    check_replaceable(folder)
    make_folder(folder.parent)
    new = folder.with_name(f".{folder.name}.new")
    with locked(folder.with_name(f".{folder.name}.lock")):
        try:
            shutil.rmtree(new, ignore_errors=True)  # left behind by a run that was killed
            new.mkdir()
            for name, text in files.items():
                _write(new / name, text)
            _write(new / MARKER, json.dumps(sorted(files)))
            if folder.exists():
                shutil.copymode(folder, new)
            sync_folder(new)
            check_replaceable(folder)
            _put_in_place(new, folder)
        except OSError as error:
            raise cannot_write(folder, error) from error
        finally:
            shutil.rmtree(new, ignore_errors=True)
    sync_folder(folder.parent)


def check_replaceable(folder: Path) -> None:
    """Raise UsageError if the folder is a file, or holds what :func:`replace_folder` did not write."""
    try:
        held = {entry.name for entry in os.scandir(folder)}
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UsageError(say("{folder} is a file; name a folder for the pages.", folder=folder)) from None
    except OSError as error:
        raise cannot_write(folder / MARKER, error) from error
    others = sorted(held - _generated(folder))
    if others:
        raise UsageError(
            say(
                "{folder} holds other files ({name}), so nothing was written. Name a new or an empty folder.",
                folder=folder,
                name=others[0],
            )
        )


def _generated(folder: Path) -> set[str]:
    """Return the names of the files that were generated in the folder, the list of them included."""
    with suppress(OSError, ValueError, TypeError):
        return {*map(str, json_in(read_regular(folder / MARKER), MARKER)), MARKER}
    return set()


def _write(path: Path, text: str) -> None:
    """Write a file that does not exist yet, with the rights that the umask leaves: a web server reads it."""
    with path.open("x", encoding="utf-8", errors="replace") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(new: Path, folder: Path) -> None:
    """Exchange the two folders in one step, or by two renames where the file system cannot do that."""
    if not folder.exists():
        new.rename(folder)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    exchange = getattr(libc, "renameat2", None)
    if exchange is not None:
        if exchange(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(folder), _EXCHANGE) == 0:
            return
        error = ctypes.get_errno()
        if error not in _CANNOT_EXCHANGE:
            raise OSError(error, os.strerror(error))
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
