"""What the worker has done for a shop, kept in ``cache/worker.json`` of the shop's folder.

The file says which state of the shop the last finished job has seen. If it is deleted, the shop is worked
through once more, which changes nothing: imported files are recognized and answers are in the cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from core.errors import BadInput
from core.language.sanitize import json_text
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

FILE: Final = Path("cache") / "worker.json"
FORMAT: Final = 1
FileStamp: TypeAlias = tuple[int, int]
"""A file's size and modification time in nanoseconds."""


class ShopState(NamedTuple):
    """What the last finished job of a shop has seen."""

    day: str = ""
    """The working day whose steps were answered; ISO date, empty before the first job."""
    at: str = ""
    """When the job began; ISO time with a time zone."""
    facts: str = ""
    """The stamp of the list of imports, after the job's own imports."""
    settings: str = ""
    """The stamp of shop.toml and routine.toml."""
    journal: str = ""
    """The stamp of the day's journal."""
    files: Mapping[str, FileStamp] = MappingProxyType({})
    """The inbox files that were imported or refused, by their path within the inbox."""
    begun: int = 0
    """How many jobs have begun since the last one that ended; more than one if workers were killed."""


def state_of(folder: Path) -> ShopState:
    """Return what was done for the shop; an empty state if the file is missing or cannot be read."""
    with suppress(OSError, BadInput, ValueError, KeyError, TypeError):
        return _state(json_in(read_regular(folder / FILE), FILE.name))
    return ShopState()


def keep_state(folder: Path, state: ShopState) -> None:
    """Write the file; raise CannotWrite if that is not possible."""
    words = {"format": FORMAT, **state._asdict(), "files": dict(state.files)}
    write_atomically(folder / FILE, json_text(words).encode(), lasting=False)


def _state(held: Any) -> ShopState:  # noqa: ANN401 - whatever the file contains
    if held["format"] != FORMAT:
        raise ValueError(held["format"])
    texts = {name: held[name] for name in ("day", "at", "facts", "settings", "journal")}
    if not all(isinstance(value, str) for value in texts.values()):
        raise TypeError(texts)
    files = {str(name): (int(size), int(changed)) for name, (size, changed) in held["files"].items()}
    return ShopState(**texts, files=files, begun=int(held["begun"]))


def file_stamp(path: Path) -> str:
    """Return a text that changes when the file, or the one it links to, changes; empty if there is none."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"
