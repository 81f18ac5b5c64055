"""Show a file to the person defining its layout: its headers, sample cells, and suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from core.errors import BadExport
from core.exports import cells
from core.exports.cells import fold
from core.exports.header_keys import key_of
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.file_layout import Layouts
from core.exports.reading.containers import pages_of
from core.exports.reading.dictionary_column import coded
from core.exports.reading.headings import LOOK, HeaderRow, find_heading, known_keys
from core.exports.reading.layout_match import has_layout, near_miss, was_taught_by
from core.exports.reading.raw_table import RawTable, text_of
from core.exports.teaching.draft import LayoutDraft, draft_of
from core.exports.teaching.suggestions import HeaderSeen, filled_in, likely_sheets, seen_column
from core.language.wording import say
from core.storage.regular_files import RegularFile

SAMPLE: Final = 200
"""The number of rows from which suggestions are made."""
_MOSTLY: Final = 0.5
"""The minimum share of the widest row's cells that a header row must fill."""


@dataclass(frozen=True, slots=True)
class FileLook:
    """The main table of a file, as shown to the person defining its layout."""

    page: str
    """The tab's name; empty for csv."""
    header_row: int
    """The row number, from 1."""
    headers: tuple[str, ...]
    """The headers as in the file; the second column with the same header is ``name#2``, a blank header ""."""
    columns: tuple[HeaderSeen, ...]
    """The columns that have a header, left to right."""


def look_at(export: RegularFile, layouts: Layouts) -> FileLook:
    """Return the main table of the file; raise BadExport if there is none."""
    pages, _ = pages_of(export)
    shown = [page for page in pages if not page.hidden] or list(pages)
    known = known_keys(SHEETS.values()) | {
        key_of(header.partition("#")[0])
        for layout in (*layouts.taught, *layouts.known)
        for header in layout.headers()
    }
    headed = [(page, heading) for page in shown if (heading := _heading(page, known))]
    if not headed:
        raise BadExport(say("The file contains no table. Download it again."))
    page, heading = max(headed, key=lambda one: one[0].cells)
    headers = _numbered(heading.headers)
    columns = [
        seen_column(header, texts)
        for header, texts in zip(headers, _cells(page, heading), strict=True)
        if header
    ]
    return FileLook(page.name, heading.row + 1, headers, tuple(columns))


def first_draft(look: FileLook, layouts: Layouts, name: str, today: date, sheet: str = "") -> LayoutDraft:
    """Return the draft to begin with: from a layout the file matches or nearly matches, else suggestions.

    ``sheet``: the kind of export if a person has chosen it, else "".
    """
    every = (*reversed(layouts.taught), *layouts.known)
    fits = [one for one in every if was_taught_by(one, look.headers) or has_layout(one, look.headers)]
    nearly = near_miss(every, look.headers)
    known = fits[0] if fits else nearly.layout if nearly else None
    if known is not None and sheet in ("", known.sheet):
        draft = draft_of(known, look.headers)
        return draft if fits else _completed(draft, look, today)
    chosen = SHEETS[sheet] if sheet else likely_sheets(look.columns, name, today)[0]
    return LayoutDraft(chosen.id, filled_in(chosen, look.columns, today))


def _completed(draft: LayoutDraft, look: FileLook, today: date) -> LayoutDraft:
    """Return the draft with near-certain suggestions added for the columns it does not mention."""
    said = {*draft.columns.values(), *draft.keep, *draft.add_over, *draft.attributes}
    free = [column for column in look.columns if column.header not in said]
    for target, header in filled_in(SHEETS[draft.sheet], free, today).items():
        if target not in draft.columns:
            draft = draft.mapped(header, target)
    return draft


def _heading(page: RawTable, known: frozenset[str]) -> HeaderRow | None:
    """Return the header row: the row with the most known headers, else the first row full of words."""
    found = find_heading(page.top, known)
    widest = max((sum(map(bool, row)) for row in page.top[:LOOK]), default=0)
    if found is not None and sum(map(bool, found.headers)) >= _MOSTLY * widest:
        return found
    for number, row in enumerate(page.top[:LOOK]):
        words = [cell for cell in row if cell and not _is_figure(cell)]
        if len(words) > 1 and len(words) == sum(map(bool, row)) >= _MOSTLY * widest:
            return HeaderRow(number, tuple(map(fold, row)), number + 1)
    return found


def _is_figure(cell: str) -> bool:
    try:
        cells.number(cell, percent=True)
    except cells.Unreadable:
        return False
    return True


def _numbered(headers: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    made = []
    for header in headers:
        key = key_of(header)
        seen[key] = seen.get(key, 0) + 1
        made.append(header if seen[key] == 1 or not header else f"{header}#{seen[key]}")
    return tuple(made)


def _cells(page: RawTable, heading: HeaderRow) -> list[list[str]]:
    """Return the non-empty cells of each column in the first :data:`SAMPLE` rows."""
    width = len(heading.headers)
    wanted = list(range(width))
    piece = next(page.pieces(wanted, frozenset(wanted), heading.body, width), None)
    if piece is None:
        return [[] for _ in wanted]
    made = []
    for at in wanted:
        column = coded(piece.columns[at])
        texts = (text_of(column.cell(row)) for row in range(min(SAMPLE, len(column))))
        made.append([text for text in islice(texts, SAMPLE) if text])
    return made
