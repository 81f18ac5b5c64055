"""Convert entries to and from their JSON form in the day's file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from core.journal.entry import Entry

_LIKE_AN_ID = "%Y%m%dT%H%M%S"
_AN_ID = re.compile(r"[0-9]{8}T[0-9]{9}")


def row_of(entry: Entry) -> dict[str, Any]:
    """Return the entry as a JSON document, without empty fields and the day (which is the file's name)."""
    row: dict[str, Any] = {"at": entry.at.isoformat(), "who": entry.who, "kind": entry.kind}
    if entry.step:
        row["step"] = entry.step
    if entry.late:
        row["late"] = True
    return row | {"data": entry.data, "id": entry.id}


def entry_of(row: Mapping[str, Any], day: date) -> Entry | None:
    """Return the entry; None if the document is not a valid entry, e.g. after manual editing."""
    try:
        at = datetime.fromisoformat(row["at"])
        words = (row["id"], row["who"], row["kind"], row.get("step", ""))
        data = row.get("data", {})
    except (KeyError, TypeError, ValueError):
        return None
    if at.tzinfo is None or not isinstance(data, dict) or not all(isinstance(word, str) for word in words):
        return None
    number, who, kind, step = words
    return Entry(number, at, who, kind, step, data, day, bool(row.get("late")))


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value in JSON-compatible form.

    NaN and infinity become None, tuples lists, lone surrogates "?", and dates ISO text. Raise TypeError for
    values JSON cannot represent.
    """
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None  # also true for NaN
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {plain(str(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} cannot be written into the journal")


def tick(at: datetime) -> int:
    """Return the time in milliseconds since the epoch."""
    return int(at.timestamp() * 1000)


def spelled(ticks: int) -> str:
    """Return the time (milliseconds since the epoch) in the form in which entry ids begin.

    The form is sortable and human-readable.
    """
    return f"{datetime.fromtimestamp(ticks // 1000, UTC):{_LIKE_AN_ID}}{ticks % 1000:03d}"


def tick_of(number: object) -> int:
    """Return the time with which an entry id begins, in milliseconds since the epoch.

    0 if ``number`` is not an entry id.
    """
    word = str(number).partition("-")[0]
    if not _AN_ID.fullmatch(word):
        return 0
    try:
        whole = datetime.fromisoformat(word[:-3]).replace(tzinfo=UTC)
    except ValueError:
        return 0
    return int(whole.timestamp()) * 1000 + int(word[-3:])


def moment_of(number: object) -> datetime | None:
    """Return the time with which an entry id begins, in UTC; None if ``number`` is not an entry id."""
    ticks = tick_of(number)
    return datetime.fromtimestamp(ticks / 1000, UTC) if ticks else None
