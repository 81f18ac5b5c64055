"""Rows of text as aligned columns, also for Chinese text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.language.sanitize import safe
from core.language.text_width import cells_of, padded


def table(rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> str:
    """Return the rows as sanitized, aligned columns; ``right`` has the indices of those to align right."""
    cells = [[safe(cell) for cell in row] for row in rows]
    widths = [max(map(cells_of, column)) for column in zip(*cells, strict=True)]
    if widths and len(widths) - 1 not in right:
        widths[-1] = 0  # the last column needs no padding
    return "\n".join(
        "  ".join(padded(cell, widths[i], right=i in right) for i, cell in enumerate(row)).rstrip()
        for row in cells
    )
