"""Restricted mode (``SHOPDAY_RESTRICTED=1``, for sshd's ForceCommand): access to one shop's folder only.

A user let in this way has no shell on the server, only this program with the shop that ``SHOPDAY_SHOP``
names. All code that takes a path from the user checks it here first.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from core.errors import CannotWrite, UsageError
from core.language.wording import say
from core.shop.settings import settings_file
from core.storage.atomic_files import make_folder


def restricted() -> bool:
    """Return whether this process is limited to one shop's folder."""
    return os.environ.get("SHOPDAY_RESTRICTED", "") not in ("", "0")


def the_shop() -> Path:
    """Return the folder of the only shop that restricted mode gives access to.

    Raise UsageError if SHOPDAY_SHOP is not an absolute path.
    """
    word = os.environ.get("SHOPDAY_SHOP", "")
    if not Path(word).is_absolute():
        raise UsageError(say("Restricted mode needs SHOPDAY_SHOP=/path/of/the/shop."))
    return Path(word).resolve()


def enter() -> None:
    """Enter restricted mode before anything else runs; raise UsageError if the ssh client sent a command.

    A command sent to sshd is never run and never parsed as options. Temporary files go to the shop's cache,
    and environment variables that could make libraries write elsewhere are removed.
    """
    if os.environ.get("SSH_ORIGINAL_COMMAND"):
        raise UsageError(say("This connection runs no commands: connect with ssh -t and no command."))
    shop = the_shop()
    if (link := next(_links_out(shop), None)) is not None:
        refuse(say("{name} points outside the shop's folder.", name=link.relative_to(shop)))
    cache = shop / "cache"
    if settings_file(shop).is_file():
        with suppress(CannotWrite):
            make_folder(cache)
    for name in [name for name in os.environ if name.startswith(("TEXTUAL", "PYTHON", "XDG_"))]:
        del os.environ[name]
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    os.environ["TMPDIR"] = tempfile.tempdir = str(cache)


def _links_out(shop: Path) -> Iterator[Path]:
    """Yield links leading out of the shop's folder, except in the inbox (checked when its files are read)."""
    folders = [shop]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as found:
            for entry in found:
                path = Path(entry.path)
                if entry.is_symlink():
                    if not path.resolve().is_relative_to(shop):
                        yield path
                elif entry.is_dir() and path != shop / "inbox":
                    folders.append(path)


def out_of_bounds(folder: Path, path: Path) -> bool:
    """Return whether reading the file is forbidden: in restricted mode it must be in the shop's inbox."""
    return restricted() and not path.resolve().is_relative_to((folder / "inbox").resolve())


def check_output(path: Path) -> None:
    """Raise UsageError in restricted mode, in which the program writes files only into reports/."""
    if restricted():
        refuse(say("{name} cannot be written: reports are saved only in reports/.", name=path.name))


def refuse(what: str) -> None:
    """Raise UsageError saying that ``what`` is not possible in restricted mode."""
    raise UsageError(say("{what} This is a restricted session; nothing was changed.", what=what))
