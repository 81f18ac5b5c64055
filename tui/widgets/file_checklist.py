"""The checklist of the exports a day needs: the state of each, its last day, and where to get it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.language.dates import clock, short_day
from core.language.dates import days as day_list
from core.language.wording import listing, plural, say, sentences
from tui.text.sanitize import Shown, fit, line
from tui.text.text_layout import Block, hang
from tui.widgets.table import TableView, ViewColumn

if TYPE_CHECKING:
    from routines.answers.file_needed import FileNeeded, FileState

_MARKS: Final[dict[FileState, str]] = {
    "expected": "✗", "partial": "✗", "stale": "✗", "tonight": "~", "present": "✓",
}  # fmt: skip
_LOOKS: Final[dict[FileState, str]] = {
    "expected": "act", "partial": "act", "stale": "act", "tonight": "quiet", "present": "good",
}  # fmt: skip


STRIP: Final = 14
"""Number of days whose completeness is shown."""
_LEAST: Final = 8
_STATE: Final = 2
"""The number of the column with the state."""
_STEPS_AT: Final = 3
"""The number of the column with the steps."""
_NAMED: Final = 2
_STEPS: Final = 16
"""Cells for the names of the steps that need a file."""
_TOGETHER: Final = timedelta(minutes=10)
"""Files imported within this time count as one import."""


def show_checklist(
    table: TableView, files: Sequence[FileNeeded], title: Callable[[str], str], *, wide: bool
) -> None:
    """Show the exports as the rows of the table widget; ``title`` returns the title of a step by its id.

    Only a wide table names the steps that need each export.
    """
    heads = [say("file"), say("data until"), say("state"), say("where to get it")]
    if wide:
        heads.insert(_STEPS_AT, say("needed by"))
    table.load(
        [ViewColumn(one) for one in heads],
        [_cells(one, title, wide=wide) for one in files],
        look=lambda row, column: _look(files[row]) if column == _STATE else "",
    )


def last_days(files: Sequence[FileNeeded], today: date, room: int) -> list[Shown]:
    """Return, for each export, which of the last 14 days it has, as lines of at most ``room`` cells."""
    days = [today - timedelta(days=ago) for ago in range(STRIP, 0, -1)]
    side = min(24, room - STRIP * 3 - 2)
    if side < _LEAST:
        return []
    heads = " ".join(f"{day:%d}" for day in days)
    rows = [line(" ", (fit(say("The last 14 days"), side), "bold $heading"), " ", (heads, "$quiet"))]
    for one in files:
        parts: list[tuple[str, str]] = []
        for day in days:
            mark = _mark(one, day)
            parts.append((f"{mark}  ", {"✗": "$level-act", "✓": "$level-good"}.get(mark, "$quiet")))
        rows.append(line(" ", fit(one.title, side), " ", *parts))
    return rows


def _mark(file: FileNeeded, day: date) -> str:
    if not file.file or file.last is None or file.state == "tonight":
        return "-"
    return "✗" if day in file.days or day > file.last else "✓"


def last_import(files: Sequence[FileNeeded]) -> str:
    """Return when files were last imported, and how many of those in use at that time; empty if never."""
    times = [one.imported for one in files if one.imported is not None]
    if not times:
        return ""
    last = max(times)
    together = sum(last - one <= _TOGETHER for one in times)
    return plural(
        "Last import: {day} {time}, {n} file in use",
        "Last import: {day} {time}, {n} files in use",
        together,
        day=short_day(last.date()),
        time=clock(last),
    )


def checklist_words(files: Sequence[FileNeeded]) -> str:
    """Return how many exports the day needs and how many are complete; empty if they are not known yet."""
    if not files:
        return ""
    states = [one.state for one in files]
    there, tonight = states.count("present"), states.count("tonight")
    missing = sum(one.missed for one in files)
    parts = [say("Files for today: {n}.", n=len(files)), say("complete: {n}", n=there)]
    if missing:
        parts.append(say("missing: {n}", n=missing))
    if tonight:
        parts.append(say("only tonight: {n}", n=tonight))
    if never := len(files) - there - tonight - missing:
        parts.append(say("never used: {n} (optional)", n=never))
    return sentences([parts[0], listing(parts[1:])])


def file_rows(file: FileNeeded, title: Callable[[str], str]) -> list[Block]:
    """Return the lines on one export: days to download, steps that use it, where to find it.

    ``title`` returns the title of the step with a given id.
    """
    rows: list[Block] = []
    if file.days and file.state != "present":
        rows.append(hang((say("Days to download: {days}.", days=day_list(file.days)), "")))
    rows.append(hang((say("Used in these steps: {steps}.", steps=listing(map(title, file.steps))), "$quiet")))
    rows.append(hang((file.how, "$quiet")))
    return rows


def _look(file: FileNeeded) -> str:
    return _LOOKS[file.state] if file.state in ("present", "tonight") or file.missed else "quiet"


def _cells(one: FileNeeded, title: Callable[[str], str], *, wide: bool) -> tuple[str, ...]:
    last = short_day(one.last) if one.last else "-"
    cells = [one.title, last, f"{_MARKS[one.state]} {_state(one)}", one.how]
    if wide:
        steps = " ".join(title(step) for step in one.steps[:_NAMED])
        cells.insert(_STEPS_AT, fit(steps, _STEPS).rstrip())
    return tuple(cells)


def _state(file: FileNeeded) -> str:
    if file.state == "present":
        return say("complete")
    if file.state == "tonight":
        return say("only tonight")
    if not file.file:
        return say("missing") if file.required else say("never used")
    return plural("{n} day missing", "{n} days missing", len(file.days))
