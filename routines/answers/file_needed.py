"""One export that a day needs, with its state, as a value that passes between processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias

FileState: TypeAlias = Literal["present", "partial", "stale", "expected", "tonight"]


@dataclass(frozen=True, slots=True)
class FileNeeded:
    """One kind of export and its state for a day."""

    sheet: str
    title: str
    """The export's name in the reader's language."""
    state: FileState
    """``expected``: no data in its window; ``partial``: days in between are missing; ``stale``: it ends
    before yesterday or contains days exported before they were final; ``present``: complete; ``tonight``: not
    complete, and no step needs it before the evening."""
    days: tuple[date, ...]
    """The days to export, in order; empty if it is present."""
    last: date | None
    """The last day with data; None if there is none."""
    file: str
    """The name of the newest file in use; empty if there is none."""
    imported: datetime | None
    in_doubt: int
    """The number of files in use that have doubtful rows or rows left out."""
    steps: tuple[str, ...]
    """The ids of the day's steps that read the export, in order."""
    required: bool
    """Whether at least one of these steps requires it."""
    how: str
    """Where to find the export on the platform, with the labels of its menus."""

    @property
    def missed(self) -> bool:
        """Whether the export is missing or incomplete although the shop should have exported it.

        An export that no step requires counts only if the shop has exported it before.
        """
        return self.state not in ("present", "tonight") and (self.required or bool(self.file))

    def lacks(self, day: date) -> bool:
        """Return whether the export should contain the data of ``day`` and does not."""
        return self.missed and day in self.days


def lacking(files: tuple[FileNeeded, ...], today: date) -> tuple[FileNeeded, ...]:
    """Return the exports that should contain yesterday's data and do not."""
    return tuple(one for one in files if one.lacks(today - timedelta(days=1)))


def shape(one: FileNeeded) -> dict[str, Any]:
    """Return the export and its state as a JSON-serializable dictionary."""
    return {
        "sheet": one.sheet,
        "title": one.title,
        "state": one.state,
        "days": [day.isoformat() for day in one.days],
        "last": one.last.isoformat() if one.last else None,
        "file": one.file or None,
        "imported": one.imported.isoformat() if one.imported else None,
        "in_doubt": one.in_doubt,
        "steps": list(one.steps),
        "required": one.required,
        "how": one.how,
    }


def from_shape(shape: dict[str, Any]) -> FileNeeded:
    """Return the export and its state from a dictionary written by :func:`shape`."""
    return FileNeeded(
        **shape
        | {
            "days": tuple(map(date.fromisoformat, shape["days"])),
            "last": date.fromisoformat(shape["last"]) if shape["last"] else None,
            "file": shape["file"] or "",
            "imported": datetime.fromisoformat(shape["imported"]) if shape["imported"] else None,
            "steps": tuple(shape["steps"]),
        }
    )
