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
        yield say("The damaged list of imports was saved as {file}.", file=done.ledger_kept)
    if number := len(done.named):
        yield plural(
            "{n} import was put back into the list, as recorded in its rows:",
            "{n} imports were put back into the list, as recorded in their rows:",
            number,
        )
        yield from _listed(done.named)
    if number := len(done.guessed):
        yield plural(
            "{n} import of an older version was put back into the list and counts. Its rows do not "
            "record the file's name, who imported it or whether it was undone; if it was, run: shopday "
            "undo SHOP BATCH",
            "{n} imports of an older version were put back into the list and count. Their rows do not "
            "record the file's name, who imported them or whether they were undone; if they were, run: "
            "shopday undo SHOP BATCH",
            number,
        )
        yield from _listed(done.guessed)
    if number := len(done.undone):
        yield plural(
            "{n} import had been undone and no longer counts:",
            "{n} imports had been undone and no longer count:",
            number,
        )
        yield from _listed(done.undone)
    if number := len(done.gone):
        yield plural(
            "The rows of {n} import are missing, and it no longer counts; import its file again:",
            "The rows of {n} imports are missing, and they no longer count; import their files again:",
            number,
        )
        yield from _listed(done.gone)
    if number := len(done.brought_back):
        yield plural(
            "{n} data file was moved out of quarantine.",
            "{n} data files were moved out of quarantine.",
            number,
        )
    if number := len(done.quarantined):
        yield plural(
            "{n} data file is damaged, or its data already count; it was moved to quarantine: {file}",
            "{n} data files are damaged, or their data already count; they were moved to quarantine, "
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
    words = [plural("{n} data file was deleted.", "{n} data files were deleted.", removed)]
    if kept:
        words.append(
            plural(
                "{n} data file stays in quarantine: it has not been there for 14 days yet.",
                "{n} data files stay in quarantine: they have not been there for 14 days yet.",
                kept,
            )
        )
    return " ".join(words)


def _listed(batches: Sequence[Batch]) -> Iterator[str]:
    rows = [["   ", one.id, one.sheet, one.file, f"{one.first} - {one.last}"] for one in batches[-_LISTED:]]
    yield table(rows)
    if len(batches) > _LISTED:
        yield "    " + say("and {number} more", number=count(len(batches) - _LISTED))
