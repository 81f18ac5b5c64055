"""Work done as another account of this machine; needs root."""

from __future__ import annotations

import os
import pickle
import pwd
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import TypeVar

T = TypeVar("T")
GROUP = 100
"""A group that every account here is in while it works: the shop's."""


def as_account(user: str, work: Callable[[], T]) -> T:
    """Return what the work gives in a process of that account; what it raises is raised here."""
    account = pwd.getpwnam(user)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(read)
            os.setgroups([GROUP])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
            with os.fdopen(write, "wb") as out:
                try:
                    pickle.dump((True, work()), out)
                except BaseException as error:  # noqa: BLE001 - told to the parent
                    pickle.dump((False, error), out)
            code = 0
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as sent:
        raw = sent.read()
    os.waitpid(child, 0)
    good, found = pickle.loads(raw)  # noqa: S301 - from our own child
    if not good:
        raise found
    made: T = found
    return made


@contextmanager
def open_folder() -> Iterator[Path]:
    """Give a folder that every account can reach: pytest's own is closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="shopday-accounts-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)
