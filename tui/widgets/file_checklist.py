"""The checklist of the exports a day needs: the state of each, its last day, and where to get it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from core.language.dates import days as day_list
from core.language.dates import short_day
from core.language.wording import listing, plural, say, sentences
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


def show_checklist(table: TableView, files: Sequence[FileNeeded]) -> None:
    """Show the exports as the rows of the table widget."""
    titles = (say("state"), say("file"), say("data until"), say("where to get it"))
    table.load(
        [ViewColumn(title) for title in titles],
        [_cells(one) for one in files],
        look=lambda row, column: _look(files[row]) if column == 0 else "",
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


def _cells(file: FileNeeded) -> tuple[str, ...]:
    last = short_day(file.last) if file.last else "-"
    return f"{_MARKS[file.state]} {_state(file)}", file.title, last, file.how


def _state(file: FileNeeded) -> str:
    if file.state == "present":
        return say("complete")
    if file.state == "tonight":
        return say("only tonight")
    if not file.file:
        return say("missing") if file.required else say("never used")
    return plural("{n} day missing", "{n} days missing", len(file.days))
