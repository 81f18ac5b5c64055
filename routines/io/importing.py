"""Import exports file by file: preview, commit, undo.

Returns plain dicts. The command line calls these; a user interface leaves them to
``routines.analyst.analyst``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

from core.errors import BadInput, CannotWrite, Problem
from core.exports.reading.recognise import waiting
from core.facts import imports
from core.language.wording import say
from core.shop.loading import load_shop
from core.shop.permissions import check_writes

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with (files done, files in all, the file at work)."""


def preview_files(
    folder: Path, paths: Sequence[Path] = (), *, today: date, progress: Progress | None = None
) -> list[dict[str, Any]]:
    """Return what importing the files would do, one dict a file; no files: everything in the inbox.

    Keys: path file hash sheet title rows dates problems state (new, same, refused) replaces.
    """
    return [_told(_preview(folder, path, today)) for path in _each(folder, paths, progress)]


def commit_files(
    folder: Path,
    paths: Sequence[Path] = (),
    *,
    today: date,
    who: str,
    at: datetime,
    progress: Progress | None = None,
) -> list[dict[str, Any]]:
    """Import the files and return one dict a file: a preview's keys, state ``imported`` and its ``batch``.

    A file that was imported before stays ``same``; a refused one is left alone with its problems.
    """
    check_writes(load_shop(folder), who)
    told: list[dict[str, Any]] = []
    for path in _each(folder, paths, progress):
        notes: list[Problem] = []
        looked = None
        try:
            looked = _preview(folder, path, today)
            one = _told(looked)
            if looked.state == "new":
                batch = imports.commit(folder, looked, who=who, at=at, tell=notes.append)
                one |= {"state": "imported", "batch": batch.id}
        except (CannotWrite, BadInput) as error:
            if not told and looked is None:  # nothing was done yet
                raise
            one = _told(imports.not_taken(path, error, looked))
        one["problems"] = [*map(_problem, notes), *one["problems"]]
        told.append(one)
    return told


def undo_batch(folder: Path, batch: str, *, who: str, at: datetime) -> dict[str, Any]:
    """Take the batch back and return it; UsageError when there is none."""
    check_writes(load_shop(folder), who)
    undone = imports.undo(folder, batch, who=who, at=at)
    return {"batch": undone.id, "sheet": undone.sheet, "file": undone.file, "rows": undone.rows}


def _preview(folder: Path, path: Path, today: date) -> imports.Preview:
    return imports.preview(folder, path, today=today)


def _each(folder: Path, paths: Sequence[Path], progress: Progress | None) -> Iterator[Path]:
    """Go through the files, saying which one is at work."""
    files = list(paths) or waiting(folder / "inbox", load_shop(folder).limits.inbox)
    for number, path in enumerate(files):
        if progress is not None:
            progress(number, len(files), path.name)
        yield path
    if progress is not None:
        progress(len(files), len(files), "")


def _told(preview: imports.Preview) -> dict[str, Any]:
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
        "batch": None,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return problem._asdict() | {"sentence": problem.sentence()}
