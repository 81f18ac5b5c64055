"""Decide which of two files is newer.

Compare the time in the file name, else the modification time, else the browser's copy number such as (1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.exports.cells import SHANGHAI, fold

if TYPE_CHECKING:
    from core.facts.batch import Batch

_STAMP: Final = re.compile(
    r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)[_ -]?([0-2]\d)[:.]?([0-5]\d)(?:[:.]?([0-5]\d))?(?![\d-])"
)
_COPY: Final = re.compile(r"\s*(?:\((\d{1,3})\)|[-_ ]*(?:副本|copy)\s*\(?(\d{0,3})\)?)$", re.IGNORECASE)
_COPY_OF: Final = re.compile(r"^copy of\s+", re.IGNORECASE)
UNSURE: Final = timedelta(seconds=60)
"""The difference in time up to which the times of two copies may contradict their copy numbers without a
warning."""


@dataclass(frozen=True, slots=True)
class Download:
    """When a file was made, as far as known, and which copy of a download it is."""

    told: datetime | None
    """The time in the file name, else the modification time; None if neither is plausible."""
    base: str
    """The file name without the suffix a browser or system adds to a second copy."""
    copy: int
    """The number of the copy; 0 for the original."""


def download_of(path: Path, zone: tzinfo = SHANGHAI) -> Download:
    """Return when the file was made and which copy it is; raise OSError if the file is missing."""
    base, copy = copy_number(path.stem)
    told = stamp(path.stem, zone) or datetime.fromtimestamp(int(path.stat().st_mtime), zone)
    return Download(told, base, copy)


def plausible(made: Download, last: date | None, now: datetime) -> Download:
    """Return ``made``, without its time if that is later than ``now`` or earlier than the day ``last``."""
    if made.told is None or made.told > now or (last is not None and made.told.date() < last):
        return Download(None, made.base, made.copy)
    return made


def stamp(name: str, zone: tzinfo = SHANGHAI) -> datetime | None:
    """Return the time in a file name such as ``商品报表_20261119_110309``; None if it contains no time."""
    found = _STAMP.search(fold(name))
    if found is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in found.groups()), tzinfo=zone)  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def copy_number(name: str) -> tuple[str, int]:
    """Return the name without ``(1)``, ``- 副本`` or ``Copy of``, and the copy number (0: the original)."""
    plain = fold(name)
    if found := _COPY.search(plain):
        return plain[: found.start()], int(found[1] or found[2] or 1)
    bare = _COPY_OF.sub("", plain)
    return bare, int(bare != plain)


def oldest_first(files: Iterable[Path]) -> list[Path]:
    """Return the files from oldest to newest, so that the newest is imported last."""
    return sorted(files, key=_place)


def _place(file: Path) -> tuple[float, int, str]:
    try:
        made = download_of(file)
    except OSError:  # deleted meanwhile: the import reports it
        return 0.0, 0, file.name
    return made.told.timestamp() if made.told else 0.0, made.copy, file.name


def in_order(batches: Sequence[Batch]) -> tuple[Batch, ...]:
    """Return the batches from oldest to newest file.

    Batches whose time is unknown keep the order of imports.
    """
    made: list[Batch] = []
    for batch in batches:
        at = len(made)
        while at and is_newer(made[at - 1], made_of(batch)):
            at -= 1
        made.insert(at, batch)
    return tuple(made)


def made_of(batch: Batch) -> Download:
    """Return when the batch's file was made, as stored in the batch."""
    return Download(batch.told, *copy_number(Path(batch.file).stem))


def is_newer(one: Batch, made: Download) -> bool:
    """Return whether the file of ``one``, imported earlier, is newer than the file ``made`` describes.

    False if that is unknown.
    """
    if one.told is None or made.told is None:
        return False
    if one.told != made.told:
        return one.told > made.told
    base, copy = copy_number(Path(one.file).stem)
    return base == made.base and copy > made.copy


def is_unsure(one: Batch, made: Download) -> bool:
    """Return whether two files are copies of one download whose times contradict their copy numbers.

    The files are that of ``one`` and the one that ``made`` describes.
    """
    base, copy = copy_number(Path(one.file).stem)
    if one.told is None or made.told is None or base != made.base or copy == made.copy:
        return False
    return abs(one.told - made.told) > UNSURE and (one.told > made.told) != (copy > made.copy)
