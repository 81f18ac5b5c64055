"""Teach a layout from a file: suggest a draft, show what it would read, and save it as a layout.

The command line calls these functions directly; a user interface uses ``routines.analyst.analyst``.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import BadExport, BadInput, UsageError
from core.exports.cells import Unreadable, number
from core.exports.dimensions import verdict
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.file_layout import FileLayout, Layouts, TaughtBy, Unit
from core.exports.layouts.known_layouts import layouts_of
from core.exports.layouts.layout_file import layouts_in, missing_targets, targets_of
from core.exports.layouts.shop_layouts import keep, nobody_knows
from core.exports.reading.problem_collector import figure
from core.exports.reading.recognise import waiting
from core.exports.sheet import Column, Kind, Sheet
from core.exports.teaching.column_words import called
from core.exports.teaching.draft import LayoutDraft, draft_from, layout_from
from core.exports.teaching.file_look import FileLook, first_draft, look_at
from core.exports.teaching.suggestions import SURE, HeaderSeen, guesses
from core.facts import imports
from core.facts.ledger import Ledger
from core.facts.window import load
from core.language.wording import excerpt, listing, plural, say
from core.shop.loading import load_shop
from core.shop.permissions import check_writes
from core.shop.restricted_mode import out_of_bounds
from core.storage.decoding import settings_bytes
from core.storage.regular_files import RegularFile

if TYPE_CHECKING:
    from core.exports.reading.result import Reading

UNITS: Final[Mapping[Kind, tuple[Unit, ...]]] = {
    "money": ("", "yuan", "fen", "wan"),
    "count": ("", "wan"),
    "rate": ("", "percent", "fraction"),
    "ratio": ("", "percent", "fraction"),
    "seconds": ("", "seconds", "minutes"),
}
"""The units allowed for each kind of column; "": as the header says, or the default."""
_SHOWN, _CELLS, _VALUES = 20, 3, 6
"""The numbers of sample rows, of sample cells per column, and of values offered for selection."""
_LONG: Final = 62
"""The maximum number of days for which figures already known are compared with the file's."""
_FEN_FROM, _FEN_TO = 33.0, 300.0
"""If the file's figures are this many times the known ones, they are probably in fen (1/100 yuan)."""


def look(
    folder: Path,
    path: Path,
    shape: Mapping[str, Any] | None,
    *,
    today: date,
    sheet: str = "",
    said: Sequence[Sequence[str]] = (),
) -> dict[str, Any]:
    """Return the file as read with the draft (None: the most likely one), as JSON.

    ``said``: (header, what, value) choices to add to the draft in order, as in :meth:`LayoutDraft.said`.

    Result: ``{"file", "page", "header_row", "draft", "sheets": [{"id", "title"}], "targets": [{"name",
    "label", "called", "kind", "units"}], "columns": [{"header", "cells", "private", "target", "likeness",
    "unit", "split", "values", "guesses"}], "rows", "days": [ISO], "sums": [[label, value]], "known":
    sentence, "problems": [sentence], "blocked": why it cannot be saved yet or "", "sample": {"columns",
    "rows"}}``. Raise BadExport if the file contains no table.
    """
    layouts = layouts_of(folder)
    seen = _seen(folder, path, layouts)
    draft = draft_from(shape) if shape is not None else first_draft(seen, layouts, path.name, today, sheet)
    for header, what, value in said:
        draft = draft.said(header, what, value)
    read = _read(folder, path, seen, draft, layouts, today)
    chosen = SHEETS[draft.sheet]
    known, fen = _known(folder, chosen, draft, read)
    return {
        "file": path.name,
        "page": seen.page,
        "header_row": seen.header_row,
        "draft": draft.shape(),
        "sheets": [{"id": one.id, "title": say(one.title)} for one in SHEETS.values()],
        "targets": [_target(one) for one in targets_of(chosen)],
        "columns": [_column(one, chosen, draft, today) for one in seen.columns],
        "rows": read.rows,
        "days": [day.isoformat() for day in read.dates],
        "sums": _sums(chosen, draft, read),
        "known": known,
        "problems": [problem.sentence() for problem in read.problems if problem.level != "refused"],
        "blocked": _blocked(chosen, draft, read) or fen,
        "sample": _sample(chosen, draft, read),
    }


def teach(
    folder: Path, path: Path, shape: Mapping[str, Any], *, who: str, at: datetime, take_in: bool = True
) -> dict[str, Any]:
    """Save the draft as a layout and import the file with it, again if it was imported before.

    Return ``{"id", "version", "title", "file", "rows", "batch"}``. If ``take_in`` is false, the file is not
    imported. Raise UsageError if this person may not write, and BadInput if the draft is incomplete; in both
    cases nothing is saved.
    """
    check_writes(load_shop(folder), who)
    today = at.date()
    view = look(folder, path, shape, today=today)
    if view["blocked"]:
        raise BadInput(say("{file}: {why} No layout was saved.", file=path.name, why=view["blocked"]))
    layouts = layouts_of(folder)
    draft = draft_from(shape)
    wanted = _layout(_seen(folder, path, layouts), draft, layouts, TaughtBy(who, at, path.name))
    before = _same(wanted, layouts)
    if before is not None and before.edition != draft.base:
        raise BadInput(_taught_meanwhile(before))
    layout = keep(folder, wanted)
    made = {
        "id": layout.id,
        "version": layout.version,
        "title": layout.name,
        "file": path.name,
        "older": sum(
            one.layout != layout.edition and one.file != path.name for one in files_read_by(folder, layout.id)
        ),
    }
    if not take_in:
        return made | {"rows": view["rows"], "batch": ""}
    looked = imports.preview(folder, path, today=today)
    if looked.state == "same":
        imports.undo(folder, looked.batch, who=who, at=at)
        looked = imports.preview(folder, path, today=today)
    batch = imports.commit(folder, looked, who=who, at=at)
    return made | {"rows": batch.rows, "batch": batch.id}


def _taught_meanwhile(layout: FileLayout) -> str:
    """Return the error text for a draft that is not based on the current layout for such files."""
    return say(
        "A layout for such files exists already: “{title}” ({version}). Check the file again; no "
        "layout was saved.",
        title=layout.name,
        version=listing(
            [
                say("version {n}", n=layout.version),
                *([layout.taught.by] if layout.taught and layout.taught.by else []),
            ]
        ),
    )


def read_by(folder: Path, path: Path, layout: FileLayout, *, today: date) -> Reading:
    """Return the file as read with only this layout, without changing anything."""
    from core.exports.reading.reader import read

    taught = layout._replace(
        taught=layout.taught or TaughtBy("", datetime.combine(today, datetime.min.time()))
    )
    shop = load_shop(folder)
    return read(path, today=today, shop=shop, layouts=Layouts((taught,)), sheet=SHEETS[layout.sheet])


def files_read_by(folder: Path, layout_id: str) -> list[Any]:
    """Return the imports in use that were read with any version of the layout, oldest first."""
    return [one for one in Ledger(folder).batches() if one.live and one.layout.partition("@")[0] == layout_id]


def read_again(folder: Path, layout_id: str, *, who: str, at: datetime) -> list[dict[str, Any]]:
    """Import again, with the layout's latest version, the files in inbox/ that an earlier version read.

    Return ``[{"file", "rows", "why"}]``: the number of rows with the latest version, and why the file keeps
    its earlier import (empty if it was imported again). Raise UsageError if this person may not write, and
    BadInput if the shop has no such layout.
    """
    check_writes(load_shop(folder), who)
    layout = next((one for one in layouts_of(folder).taught if one.id == layout_id), None)
    if layout is None:
        raise nobody_knows(layout_id, [one.id for one in layouts_of(folder).taught])
    older = {one.id for one in files_read_by(folder, layout_id) if one.layout != layout.edition}
    told = []
    for path in waiting(folder / "inbox", load_shop(folder).limits.inbox) if older else ():
        looked = imports.preview(folder, path, today=at.date())
        if looked.state != "same" or looked.batch not in older:
            continue
        read = read_by(folder, path, layout, today=at.date())
        refused = next((problem for problem in read.problems if problem.level == "refused"), None)
        if refused is None:
            imports.undo(folder, looked.batch, who=who, at=at)
            imports.commit(folder, imports.preview(folder, path, today=at.date()), who=who, at=at)
        told.append({"file": path.name, "rows": read.rows, "why": refused.what if refused else ""})
    return told


def _seen(folder: Path, path: Path, layouts: Layouts) -> FileLook:
    try:
        with RegularFile(path, follow=True) as export:
            if out_of_bounds(folder, export.real_path):
                raise UsageError(
                    say("{file} is outside inbox/, and this session is restricted.", file=path.name)
                )
            return look_at(export, layouts)
    except OSError as error:
        raise BadExport(
            say("The file cannot be opened: {reason}.", reason=error.strerror or str(error))
        ) from error


def _layout(seen: FileLook, draft: LayoutDraft, layouts: Layouts, taught: TaughtBy) -> FileLayout:
    """Return the draft as a layout, as the next version if the shop has a layout for the same headers."""
    made = layout_from(draft, seen.headers, taught, None)
    same = _same(made, layouts)
    every = (*layouts.taught, *layouts.known)
    base = next((one for one in every if one.edition == draft.base and one.sheet == draft.sheet), None)
    again = layout_from(draft, seen.headers, taught, base)
    return again._replace(id=same.id) if same else again


def _same(made: FileLayout, layouts: Layouts) -> FileLayout | None:
    """Return the shop's layout with the same headers or the same id; None if there is none."""
    return next((one for one in layouts.taught if made.id == one.id or made.signature == one.signature), None)


def _read(
    folder: Path, path: Path, seen: FileLook, draft: LayoutDraft, layouts: Layouts, today: date
) -> Reading:
    at = datetime.combine(today, datetime.min.time())
    layout = _layout(seen, draft, layouts, TaughtBy("", at, path.name))
    if missing_targets(SHEETS[draft.sheet], layout.columns):
        from core.exports.reading.result import Reading

        return Reading(SHEETS[draft.sheet], None, (), path.name)
    return read_by(folder, path, layout, today=today)


def _target(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "label": column.headers[0].partition("#")[0],
        "called": list(called(column.name)),
        "kind": column.kind,
        "units": list(UNITS.get(column.kind, ())),
    }


def _column(seen: HeaderSeen, sheet: type[Sheet], draft: LayoutDraft, today: date) -> dict[str, Any]:
    target = next((name for name, header in draft.columns.items() if header == seen.header), "")
    offers = guesses(sheet, seen, today)
    likeness = next((guess.likeness for guess in offers if guess.target == target), None)
    best = (
        likeness if likeness is not None else (1.0 if target else max([0.0, *(g.likeness for g in offers)]))
    )
    different = list(dict.fromkeys(seen.cells))
    return {
        "header": seen.header,
        "cells": different[:_CELLS],
        "private": seen.private,
        "target": target,
        "likeness": 3 if best >= SURE else 2 if best >= SURE / 2 else 1 if best else 0,
        "unit": draft.units.get(target, ""),
        "split": _split(seen.header, sheet, draft),
        "values": different[:_VALUES] if _tells_apart(seen.cells, different) else [],
        "guesses": [guess.target for guess in offers],
    }


def _tells_apart(cells: Sequence[str], different: Sequence[str]) -> bool:
    """Return whether the column may divide the rows into groups.

    It may if it has few distinct texts, each in several rows.
    """
    return 0 < len(different) <= len(cells) // 2 and not all(map(_is_figure, different))


def _is_figure(cell: str) -> bool:
    try:
        return number(cell, percent=True) is not None
    except Unreadable:
        return False


def _split(header: str, sheet: type[Sheet], draft: LayoutDraft) -> str:
    """Return what the column does to the rows: "keep", "sum" or "ignore" if the draft says so.

    If not, return the verdict on its header (:data:`core.exports.dimensions.Verdict`); empty if the column
    does nothing to the rows.
    """
    if header in draft.keep:
        return "keep"
    if header in draft.add_over:
        return "sum"
    if header in draft.attributes:
        return "ignore"
    means = "" if header in draft.columns.values() else verdict(sheet, header, frozenset())
    return "" if means == "ignore" else means


def _blocked(sheet: type[Sheet], draft: LayoutDraft, read: Reading) -> str:
    """Return the reason why the layout cannot be saved yet; empty if it can."""
    if missing := missing_targets(sheet, draft.columns):
        return say("No column of the file was chosen for {columns} yet.", columns=missing)
    refused = next((problem for problem in read.problems if problem.level == "refused"), None)
    return f"{refused.what} {refused.todo}".strip() if refused else ""


def _sums(sheet: type[Sheet], draft: LayoutDraft, read: Reading) -> list[list[str]]:
    frame = read.frame
    names = [name for name in sheet.adds if name in draft.columns and name in frame]
    return [[_label(sheet, name), figure(round(float(frame[name].sum()), 2))] for name in names]


def _label(sheet: type[Sheet], name: str) -> str:
    column = sheet.column(name)
    return column.headers[0].partition("#")[0] if column.headers else name


def _sample(sheet: type[Sheet], draft: LayoutDraft, read: Reading) -> dict[str, Any]:
    """Return the first rows as read, with the columns mapped in the draft."""
    frame = read.frame
    names = [name for name in sheet.names() if name in draft.columns or name == "date"]
    names = [name for name in names if name in frame]
    rows = frame[names].head(_SHOWN)
    return {
        "columns": [_label(sheet, name) for name in names],
        "rows": [[_cell(value) for value in row] for row in rows.itertuples(index=False)],
    }


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a frame holds
    import pandas as pd

    if isinstance(value, str):
        return excerpt(value, 20)
    if pd.isna(value):
        return "-"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return figure(float(value)) if not isinstance(value, bool) else str(value)


def _known(folder: Path, sheet: type[Sheet], draft: LayoutDraft, read: Reading) -> tuple[str, str]:
    """Return a comparison with the figures known for these days, and a question about the unit.

    Either is empty if there is nothing to compare or to ask.
    """
    main = next((name for name in (*sheet.weight, *sheet.adds) if name in draft.columns), "")
    if not main or sheet.snapshot or not 0 < len(read.dates) <= _LONG:
        return "", ""
    held = load(folder, sheet, read.dates[0], read.dates[-1], only=("date", main)).frame
    held = held[held["date"].dt.date.isin(read.dates)]
    days = set(held.loc[held[main].notna(), "date"].dt.date)
    if not days:
        return "", ""
    frame = read.frame
    told = float(frame.loc[frame["date"].dt.date.isin(days), main].sum())
    known = float(held[main].sum())
    label = _label(sheet, main)
    words = plural(
        "For {n} day that already has figures, {label} was {known}; this file says {told}.",
        "For {n} days that already have figures, {label} was {known} in total; this file says {told}.",
        len(days),
        label=label,
        known=figure(round(known, 2)),
        told=figure(round(told, 2)),
    )
    jump = told / known if known > 0 else 0.0
    unsaid = sheet.column(main).kind == "money" and not draft.units.get(main)
    if unsaid and _FEN_FROM <= jump <= _FEN_TO:
        return words, say("{label} seems to be in fen (1/100 yuan): choose its unit.", label=label)
    return words, ""


def take_over(folder: Path, file: Path) -> list[FileLayout]:
    """Save the layouts in a file exported by another shop, under ids not used here, and return them.

    Raise BadSettings if the file is invalid, and BadInput if it cannot be opened or the shop already has a
    layout for the same headers.
    """
    try:
        with RegularFile(file, follow=True) as opened:
            if out_of_bounds(folder, opened.real_path):
                raise UsageError(
                    say("{file} is outside inbox/, and this session is restricted.", file=file.name)
                )
        raw = settings_bytes(file)
    except OSError as error:
        raise BadInput(
            say("The file cannot be opened: {reason}.", reason=error.strerror or str(error))
        ) from error
    made = []
    for layout in layouts_in(file.name, raw):
        own = layouts_of(folder).taught
        if any(one.signature == layout.signature for one in own if layout.signature):
            raise BadInput(
                say("This shop already has a layout for such files: “{title}”.", title=layout.name)
            )
        made.append(keep(folder, layout._replace(id=_free(layout.id, {one.id for one in own}))))
    return made


def _free(layout_id: str, taken: Container[str]) -> str:
    """Return the id, with a number appended if it is taken."""
    name, number = layout_id, 1
    while name in taken:
        number += 1
        name = f"{layout_id}-{number}"
    return name
