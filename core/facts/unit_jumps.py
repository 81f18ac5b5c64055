"""Detect figures that changed by a factor of 100: probably a wrong unit (yuan/fen or percent/fraction)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import Problem
from core.exports.layouts.file_layout import Layouts
from core.facts.download_order import in_order
from core.facts.ledger import Ledger
from core.language.wording import say

if TYPE_CHECKING:
    from core.exports.reading.result import Reading

_JUMP: Final = 100.0
"""The factor between yuan and fen, and between a fraction and a percentage."""
_WITHIN: Final = 3.0
"""The factor by which figures may have changed in addition to a change of unit."""
_KINDS: Final = ("money", "rate", "ratio")


def unit_jump(folder: Path, reading: Reading, layouts: Layouts) -> Problem | None:
    """Return a refusal if a column's median is about 100 times, or 1/100 of, its median in the last file.

    The last file is the newest one read with the same version of the layout: saving the layout again, with or
    without another unit, confirms the figures. The median is that of the absolute values other than 0.
    """
    from core.facts.batches import fetch

    sheet = reading.sheet
    if sheet is None:
        return None
    ledger = Ledger(folder)
    same = [batch for batch in ledger.live(sheet.id) if batch.layout == reading.layout]
    if not same:
        return None
    last = in_order(same)[-1]
    names = [column.name for column in sheet.columns if column.kind in _KINDS]
    before = fetch(ledger.file_of(last), names, last.first, last.last)
    frame = reading.frame
    for name in names:
        if name not in before or name not in frame or frame[name].isna().all():
            continue
        old, new = (values[values != 0].abs().median() for values in (before[name], frame[name]))
        if not (old > 0 and new > 0):
            continue
        times = float(new / old)
        if _JUMP / _WITHIN <= max(times, 1 / times) <= _JUMP * _WITHIN:
            header = _header(reading.layout, name, layouts)
            more = say("about {times} times as large", times=f"{times:,.0f}")
            less = say("about 1/{times} of what it was", times=f"{1 / times:,.0f}")
            return Problem(
                say(
                    "Since {file}, the figures in {header} are {change}: is the unit yuan or "
                    "fen, percent or fraction?",
                    header=header,
                    change=more if times > 1 else less,
                    file=last.file,
                ),
                say(
                    "Teach the file again and choose the unit (press t, or run shopday teach); if the "
                    "figures "
                    "are right, confirm it there too."
                ),
                reading.file,
                column=header,
                level="refused",
            )
    return None


def _header(edition: str, name: str, layouts: Layouts) -> str:
    """Return the header that the layout uses for the column ``name``."""
    layout = next(one for one in (*layouts.taught, *layouts.known) if one.edition == edition)
    return layout.columns[name].named[0]
