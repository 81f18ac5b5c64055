"""One import of one file, and how it is written down: JSON, one batch a line, under a version.

The ledger holds all batches of a shop in this format. Every row file carries its own batch in it too, so that
a lost ledger can be built again.
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
"""Counts up when a document written from now on could be misread by an older shopday."""
UNNUMBERED: Final = -1
_PLAIN: Final = ("id", "sheet", "file", "hash", "rows", "who", "undone_by", "number")


@dataclass(frozen=True, slots=True)
class Batch:
    """One import of one file."""

    id: str
    """Sortable by when it was imported, unique in the shop."""
    sheet: str
    file: str
    """The file's name; where it lay does not matter."""
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
    """When it was taken back; None while it counts."""
    undone_by: str = ""
    number: int = UNNUMBERED
    """Its place in the order of imports; the clock does not tell it. UNNUMBERED in ledgers of old."""
    told: datetime | None = None
    """When the file was made; None when it does not show: then it counts in the order of imports."""
    layout: str = ""
    """The layout it was read by, with its version; empty where the kind of export knows the headers."""
    whole: tuple[tuple[str, ...], ...] = ()
    """Groups (a day, and what else the sheet is whole for) of which nothing older counts."""

    @property
    def live(self) -> bool:
        """Tell whether it counts."""
        return self.undone is None


class NotALedger(ValueError):
    """The bytes are no document of batches."""


class NewerLedger(ValueError):
    """The document was written by a newer shopday."""


def document_of(batches: Iterable[Batch]) -> bytes:
    """Return the batches as JSON in UTF-8, one batch a line."""
    lines = ",\n".join(json_text(_plain(batch)) for batch in batches)
    return f'{{"version": {VERSION}, "batches": [\n{lines}\n]}}\n'.encode()


def batches_in(raw: bytes) -> tuple[Batch, ...]:
    """Return the batches in the document; NotALedger or NewerLedger when they cannot be used."""
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
    """Return the days as unbroken runs: a year of days is one pair."""
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
    """Return a word that may be part of a path; NotALedger for one that leads elsewhere."""
    name = _text(word)
    if not name or name.startswith(".") or "/" in name or "\0" in name:
        raise NotALedger("no name")
    return name


def _days(first: str, last: str) -> Iterator[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return (start + timedelta(days=n) for n in range((end - start).days + 1))
