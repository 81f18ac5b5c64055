"""The files in inbox/ that have not been imported, so that importing them can be offered unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from core.exports.reading.recognise import waiting
from core.facts.ledger import Ledger
from core.shop.loading import load_shop
from routines.io.importing import preview_files

_LOOKED_INTO: Final = 20
"""If there are more files than this, they are only listed: reading them would delay answers."""


def not_imported(folder: Path, settled: Mapping[str, Sequence[int]], *, today: date) -> list[dict[str, Any]]:
    """Return one dict per file in inbox/ that has not been imported since it changed, sorted by name.

    Keys: path, file, stamp (size and modification time), state, title, dates. ``settled``: the stamps at the
    last look, by path. A file whose stamp is the same as then is completely written, so it is read; for other
    files, and for all files if there are too many, state, title and dates are empty. Raise BadInput if the
    inbox holds too many files.
    """
    imported: dict[str, datetime] = {}
    for batch in Ledger(folder).batches():
        imported[batch.file] = max(batch.at, imported.get(batch.file, batch.at))
    found: list[dict[str, Any]] = []
    for path in waiting(folder / "inbox", load_shop(folder).limits.inbox):
        with suppress(OSError):  # gone again
            status = path.stat()
            at = imported.get(path.name)
            if at is None or at.timestamp() < status.st_mtime:
                stamp = [status.st_size, status.st_mtime_ns]
                found.append({"path": str(path), "file": path.name, "stamp": stamp})
    whole = [one for one in found if list(settled.get(one["path"], ())) == one["stamp"]]
    told = {}
    if whole and len(whole) <= _LOOKED_INTO:
        previews = preview_files(folder, [Path(one["path"]) for one in whole], today=today)
        told = {one["path"]: one for one in previews}
    return [one | _of(told.get(one["path"], {})) for one in found]


def _of(preview: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "state": preview.get("state", ""),
        "title": preview.get("title", ""),
        "dates": preview.get("dates", []),
    }
