"""The text output of ``shopday doctor --repair`` and ``--prune``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from core.facts.batch import Batch
from core.facts.repair import Repaired
from core.language.numbers import count
from core.language.wording import plural, say
from tui.text.columns import table

_LISTED: Final = 20
"""Maximum number of imports that are listed; the others are counted."""


def repaired_lines(done: Repaired) -> Iterator[str]:
    """Yield the lines that describe the result of a repair."""
    if done == Repaired():
        yield say("There is nothing to repair.")
    if done.ledger_kept is not None:
        yield say("What was no list of imports is kept as {file}.", file=done.ledger_kept)
    if number := len(done.named):
        yield plural(
            "{n} import is in the list again, as its rows tell it:",
            "{n} imports are in the list again, as their rows tell it:",
            number,
        )
        yield from _listed(done.named)
    if number := len(done.guessed):
        yield plural(
            "{n} import of an older shopday is in the list again and counts. Its rows do not tell the file's "
            "name, who imported it and whether it was taken back; if it was: shopday undo SHOP BATCH",
            "{n} imports of an older shopday are in the list again and count. Their rows do not tell the "
            "file's name, who imported it and whether it was taken back; if it was: shopday undo SHOP BATCH",
            number,
        )
        yield from _listed(done.guessed)
    if number := len(done.undone):
        yield plural(
            "{n} import had been taken back and counts no more:",
            "{n} imports had been taken back and count no more:",
            number,
        )
        yield from _listed(done.undone)
    if number := len(done.gone):
        yield plural(
            "{n} import has lost its rows and counts no more; import its file again:",
            "{n} imports have lost their rows and count no more; import their files again:",
            number,
        )
        yield from _listed(done.gone)
    if number := len(done.brought_back):
        yield plural(
            "{n} file of rows was moved out of quarantine.",
            "{n} files of rows were moved out of quarantine.",
            number,
        )
    if number := len(done.quarantined):
        yield plural(
            "{n} file of rows is damaged, or its export counts already; it was put in quarantine: {file}",
            "{n} files of rows are damaged, or their exports count already; they were put in quarantine, "
            "the last: {file}",
            number,
            file=done.quarantined[-1],
        )


def shape(done: Repaired) -> dict[str, Any]:
    """Return the result of a repair in JSON form, as documented at ``shopday doctor``."""
    batches = {name: getattr(done, name) for name in ("named", "guessed", "undone", "gone")}
    return {
        "ledger_kept": str(done.ledger_kept) if done.ledger_kept else None,
        **{name: [batch.id for batch in found] for name, found in batches.items()},
        "brought_back": [str(path) for path in done.brought_back],
        "quarantined": [str(path) for path in done.quarantined],
    }


def pruned_line(removed: int, kept: int) -> str:
    """Return a sentence on the number of files removed from quarantine and of those kept."""
    words = [plural("{n} file of rows removed.", "{n} files of rows removed.", removed)]
    if kept:
        words.append(
            plural(
                "{n} file of rows stays in quarantine: it has not lain there for 14 days.",
                "{n} files of rows stay in quarantine: they have not lain there for 14 days.",
                kept,
            )
        )
    return " ".join(words)


def _listed(batches: Sequence[Batch]) -> Iterator[str]:
    rows = [["   ", one.id, one.sheet, one.file, f"{one.first} - {one.last}"] for one in batches[-_LISTED:]]
    yield table(rows)
    if len(batches) > _LISTED:
        yield "    " + say("and {number} more", number=count(len(batches) - _LISTED))
