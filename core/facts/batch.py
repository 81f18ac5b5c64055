"""The batch (the record of one imported file) and its JSON format: one batch per line, with a version number.

The ledger stores all batches of a shop in this format. Every row file also stores its own batch, so that a
lost ledger can be rebuilt from the row files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from core.errors import Problem
from core.language.sanitize import json_text
from core.storage.decoding import json_in

VERSION: Final = 1
"""The version of the format. Increase it whenever an older shopday could misread a newly written document."""
UNNUMBERED: Final = -1
_PLAIN: Final = ("id", "sheet", "file", "hash", "rows", "who", "undone_by", "number")


@dataclass(frozen=True, slots=True)
class Batch:
    """One imported file: what it contained, who imported it, and whether the import has been undone."""

    id: str
    """An id unique within the shop; ids sort by the time of the import."""
    sheet: str
    file: str
    """The file's name, without its folder."""
    hash: str
    """SHA-256 of the file's bytes."""
    first: date
    last: date
    dates: tuple[date, ...]
    """The days with rows, in order."""
    rows: int
    problems: tuple[Problem, ...]
    who: str
    at: datetime
    undone: datetime | None = None
    """When the import was undone; None as long as it counts."""
    undone_by: str = ""
    number: int = UNNUMBERED
    """The position in the order of imports, independent of the clock; UNNUMBERED in ledgers written by old
    versions."""
    told: datetime | None = None
    """When the file was made, according to its name or modification time; None if unknown: the order of
    imports then decides which file is newer."""
    layout: str = ""
    """The id and version of the layout used to read the file; empty if the sheet's built-in headers were
    enough."""
    whole: tuple[tuple[str, ...], ...] = ()
    """Groups (a day plus the sheet's other ``whole_for`` columns) that this file replaces completely, so that
    no older row of them counts."""

    @property
    def live(self) -> bool:
        """Return whether the import is in use, i.e. has not been undone."""
        return self.undone is None


class NotALedger(ValueError):
    """Raised if the bytes are not a valid document of batches."""


class NewerLedger(ValueError):
    """Raised if the document was written by a newer version of shopday."""


def document_of(batches: Iterable[Batch]) -> bytes:
    """Return the batches as JSON in UTF-8, one batch a line."""
    lines = ",\n".join(json_text(_plain(batch)) for batch in batches)
    return f'{{"version": {VERSION}, "batches": [\n{lines}\n]}}\n'.encode()


def batches_in(raw: bytes) -> tuple[Batch, ...]:
    """Parse the batches from a document.

    Raise NotALedger if the document is invalid, NewerLedger if a newer shopday wrote it.
    """
    try:
        data = json_in(raw, "ledger.json")
        version = data["version"]
        if type(version) is int and version > VERSION:
            raise NewerLedger(str(version))
        if type(version) is not int or version != VERSION:
            raise NotALedger("another program's file")
        batches = tuple(_batch(row) for row in data["batches"])
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        if isinstance(error, NewerLedger | NotALedger):
            raise
        raise NotALedger(str(error)) from error
    if len({batch.id for batch in batches}) < len(batches):
        raise NotALedger("one id twice")
    return batches


def runs(dates: Sequence[date]) -> list[tuple[date, date]]:
    """Return the days grouped into (first, last) ranges of consecutive days."""
    made: list[tuple[date, date]] = []
    for day in dates:
        if made and day - made[-1][1] == timedelta(days=1):
            made[-1] = (made[-1][0], day)
        else:
            made.append((day, day))
    return made


def _plain(batch: Batch) -> dict[str, Any]:
    return {
        **{name: getattr(batch, name) for name in _PLAIN},
        "days": [[first.isoformat(), last.isoformat()] for first, last in runs(batch.dates)],
        "problems": [problem._asdict() for problem in batch.problems],
        "at": batch.at.isoformat(),
        "undone": batch.undone.isoformat() if batch.undone else None,
        **({"told": batch.told.isoformat()} if batch.told else {}),
        **({"layout": batch.layout} if batch.layout else {}),
        **({"whole": [list(group) for group in batch.whole]} if batch.whole else {}),
    }


def _batch(row: Mapping[str, Any]) -> Batch:
    dates = tuple(day for first, last in row["days"] for day in _days(first, last))
    return Batch(
        id=_name(row["id"]),
        sheet=_name(row["sheet"]),
        file=_text(row["file"]),
        hash=_text(row["hash"]),
        first=dates[0],
        last=dates[-1],
        dates=dates,
        rows=int(row["rows"]),
        problems=tuple(Problem(**problem) for problem in row["problems"]),
        who=_text(row["who"]),
        at=datetime.fromisoformat(row["at"]),
        undone=datetime.fromisoformat(row["undone"]) if row["undone"] else None,
        undone_by=_text(row["undone_by"]),
        number=int(row.get("number", UNNUMBERED)),
        told=datetime.fromisoformat(row["told"]) if row.get("told") else None,
        layout=_text(row.get("layout", "")),
        whole=tuple(tuple(map(_text, group)) for group in row.get("whole", ())),
    )


def _text(word: object) -> str:
    if not isinstance(word, str):
        raise NotALedger("no text")
    return word


def _name(word: object) -> str:
    """Return ``word`` if it is safe to use as part of a path; raise NotALedger otherwise."""
    name = _text(word)
    if not name or name.startswith(".") or "/" in name or "\0" in name:
        raise NotALedger("no name")
    return name


def _days(first: str, last: str) -> Iterator[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return (start + timedelta(days=n) for n in range((end - start).days + 1))
