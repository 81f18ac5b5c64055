"""Turn doubts about the imports that an answer is based on into limits of that answer.

A limit says what cannot be concluded. A doubt is resolved when its import is undone or newer files replace
all the import's days, because then no answer uses a row of that import any more.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from core.exports.kinds.registry import SHEETS
from core.facts.batch import Batch
from core.facts.ledger import Ledger
from core.language.message import Words, plural, say


def doubts(folder: Path, used: Collection[str]) -> tuple[Words, ...]:
    """Return one sentence for each export that has doubtful or incomplete rows in batches in use.

    ``used``: the ids of the batches the answer is based on.
    """
    told: dict[str, list[Batch]] = {}
    for batch in Ledger(folder).batches():
        if batch.id in used and any(problem.level in ("doubt", "row") for problem in batch.problems):
            told.setdefault(batch.sheet, []).append(batch)
    return tuple(_said(sheet, batches) for sheet, batches in told.items())


def _said(sheet: str, batches: list[Batch]) -> Words:
    newest = batches[-1]
    problem = next(one for one in newest.problems if one.level in ("doubt", "row"))
    title = say(SHEETS[sheet].title) if sheet in SHEETS else sheet
    if len(batches) == 1:
        return say(
            "{title} may be wrong. {file}: {what}",
            title=title,
            file=newest.file,
            what=problem.what,
        )
    return plural(
        "{title} may be wrong. {file}: {what} ({n} more file)",
        "{title} may be wrong. {file}: {what} ({n} more files)",
        len(batches) - 1,
        title=title,
        file=newest.file,
        what=problem.what,
    )
