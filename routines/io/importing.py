"""Preview, import and undo export files, with results as plain dicts.

The command line calls these functions directly; a user interface uses ``routines.analyst.analyst``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

from core.errors import BadInput, CannotWrite, Problem
from core.exports.kinds.registry import SHEETS
from core.exports.reading.recognise import waiting
from core.facts import imports
from core.facts.download_order import oldest_first
from core.facts.ledger import Ledger
from core.language.speech import language, speak
from core.language.wording import say
from core.shop.loading import load_shop
from core.shop.permissions import check_writes
from core.shop.settings import settings_file

Progress: TypeAlias = Callable[[int, int, str], None]
"""A callback with (files done, total files, current file name)."""


def preview_files(
    folder: Path, paths: Sequence[Path] = (), *, today: date, progress: Progress | None = None
) -> list[dict[str, Any]]:
    """Return what importing the files would do, one dict per file; ``paths`` empty: the whole inbox.

    Keys: path, file, hash, sheet, title, rows, dates, problems, state (new, same, refused), replaces (days
    whose rows the import would replace), batch, gives_back (files used again if the import were undone). For
    the whole inbox, earlier imports of files that are not in it follow, newest first, with an empty path and
    state ``same``.
    """
    told = [_told(folder, _preview(folder, path, today)) for path in _each(folder, paths, progress)]
    return told if paths else [*told, *_imported(folder, {one["hash"] for one in told})]


def commit_files(
    folder: Path,
    paths: Sequence[Path] = (),
    *,
    today: date,
    who: str,
    at: datetime,
    progress: Progress | None = None,
    replace: bool = False,
) -> list[dict[str, Any]]:
    """Import the files and return one dict per file: as for a preview, with state ``imported`` and ``batch``.

    ``replace``: replace all earlier rows of the files' days, even rows that the new files do not contain. A
    file imported before keeps the state ``same``; a refused one is not imported, and its problems are
    returned.
    """
    check_writes(load_shop(folder), who)
    told: list[dict[str, Any]] = []
    for path in _each(folder, paths, progress):
        notes: list[Problem] = []
        looked = None
        try:
            looked = imports.preview(folder, path, today=today, replace=replace)
            one = _told(folder, looked)
            if looked.state == "new":
                batch = imports.commit(folder, looked, who=who, at=at, tell=notes.append, replace=replace)
                one |= {"state": "imported", "batch": batch.id}
                one["gives_back"] = _gives_back(folder, batch.id)
        except (CannotWrite, BadInput) as error:
            if not told and looked is None:  # nothing was done yet
                raise
            one = _told(folder, imports.not_taken(path, error, looked))
        one["problems"] = [*map(_problem, notes), *one["problems"]]
        told.append(one)
    return told


def undo_batch(folder: Path, batch: str, *, who: str, at: datetime) -> dict[str, Any]:
    """Undo the import of the batch and return it as a dict; raise BadInput if it does not exist."""
    check_writes(load_shop(folder), who)
    undone = imports.undo(folder, batch, who=who, at=at)
    return {"batch": undone.id, "sheet": undone.sheet, "file": undone.file, "rows": undone.rows}


def _preview(folder: Path, path: Path, today: date) -> imports.Preview:
    return imports.preview(folder, path, today=today)


def _each(folder: Path, paths: Sequence[Path], progress: Progress | None) -> Iterator[Path]:
    """Yield the files, oldest first, reporting each one to ``progress``."""
    if settings_file(folder).is_file():
        shop = load_shop(folder)
        speak(language(), shop.platform, shop.currency)
    files = oldest_first(list(paths) or waiting(folder / "inbox", load_shop(folder).limits.inbox))
    for number, path in enumerate(files):
        if progress is not None:
            progress(number, len(files), path.name)
        yield path
    if progress is not None:
        progress(len(files), len(files), "")


def _imported(folder: Path, seen: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield the imports in use whose files are not in ``seen`` (by hash), newest first."""
    for batch in reversed(Ledger(folder).batches()):
        if batch.live and batch.hash not in seen:
            sheet = SHEETS.get(batch.sheet)
            yield {
                "path": "",
                "file": batch.file,
                "hash": batch.hash,
                "sheet": batch.sheet,
                "title": say(sheet.title) if sheet else batch.sheet,
                "rows": batch.rows,
                "dates": [day.isoformat() for day in batch.dates],
                "problems": [_problem(problem) for problem in batch.problems],
                "state": "same",
                "replaces": [],
                "batch": batch.id,
                "gives_back": _gives_back(folder, batch.id),
            }


def _gives_back(folder: Path, batch: str) -> list[dict[str, Any]]:
    """Return the files, with their days, that would be used again if the import were undone."""
    found = imports.comes_back(folder, batch) if batch else {}
    return [{"file": file, "days": [day.isoformat() for day in days]} for file, days in found.items()]


def _told(folder: Path, preview: imports.Preview) -> dict[str, Any]:
    return {
        "path": str(preview.path),
        "file": preview.file,
        "hash": preview.hash,
        "sheet": preview.sheet,
        "title": say(preview.title),
        "rows": preview.rows,
        "dates": [day.isoformat() for day in preview.dates],
        "problems": [_problem(problem) for problem in preview.problems],
        "state": preview.state,
        "replaces": [day.isoformat() for day in preview.replaces],
        "batch": preview.batch or None,
        "gives_back": _gives_back(folder, preview.batch),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return problem._asdict() | {"sentence": problem.sentence()}
