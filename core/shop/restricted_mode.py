"""Restricted mode (``SHOPDAY_RESTRICTED=1``, for sshd's ForceCommand): nothing outside one shop's folder.

Who is let in this way has no shell on the server, only this program on the one shop that ``SHOPDAY_SHOP``
names. Every place that takes a path from a person asks here first.
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
    """Tell whether this process may touch one shop's folder only."""
    return os.environ.get("SHOPDAY_RESTRICTED", "") not in ("", "0")


def the_shop() -> Path:
    """Return the one shop of restricted mode; UsageError when SHOPDAY_SHOP does not name it."""
    word = os.environ.get("SHOPDAY_SHOP", "")
    if not Path(word).is_absolute():
        raise UsageError(say("Restricted mode needs SHOPDAY_SHOP=/path/of/the/shop."))
    return Path(word).resolve()


def enter() -> None:
    """Close the ways out before anything else happens; UsageError when the session asks for another program.

    What the client asked sshd to run is never run and never read as options. Temporary files stay in the
    shop's cache; what others' libraries would take from the environment (files to log or draw into) is gone.
    """
    if os.environ.get("SSH_ORIGINAL_COMMAND"):
        raise UsageError(say("No commands are taken over this line: connect without one, with ssh -t."))
    shop = the_shop()
    if (link := next(_links_out(shop), None)) is not None:
        refuse(say("{name} leads out of the shop's folder.", name=link.relative_to(shop)))
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
    """Yield the links that lead out of the shop; those in the inbox are met one by one, when it is read."""
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
    """Tell whether the export may not be read: restricted, and it does not really lie in the shop's inbox."""
    return restricted() and not path.resolve().is_relative_to((folder / "inbox").resolve())


def check_output(path: Path) -> None:
    """UsageError: in restricted mode files are written by the program alone, into reports/."""
    if restricted():
        refuse(say("{name} cannot be written: reports go into reports/ only.", name=path.name))


def refuse(what: str) -> None:
    """Say that restricted mode does not do it."""
    raise UsageError(say("{what} This is a restricted session; nothing was changed.", what=what))
