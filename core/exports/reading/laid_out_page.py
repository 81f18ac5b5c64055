"""A table with a layout's rules applied: rows left out, blank cells filled from above, columns added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.exports import cells
from core.exports.header_keys import key_of
from core.exports.layouts.file_layout import RowRules
from core.exports.reading.dictionary_column import Cells, Coded, coded, filled
from core.exports.reading.raw_table import Piece, RawTable, text_of

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class PageRules:
    """A layout's rules for one table, by column index (from 0)."""

    keep: Mapping[int, frozenset[str]]
    """For each column, the values a row must have to count, compared without regard to width, case and
    spaces."""
    drop: Mapping[int, frozenset[str]]
    fill_down: tuple[int, ...]
    sums: Mapping[int, tuple[tuple[int, int], ...]]
    """For each virtual column (an index beyond the table's width): the columns to add up, each with sign 1 or
    -1."""
    values: Mapping[int, Mapping[str, str]]
    """For each column, replacements for texts in its cells."""
    keyed: tuple[int, ...] = ()
    """The sheet's key columns except the date; a blank cell is filled only from a row with the same key."""
    dates: tuple[int, ...] = ()
    date_format: str = ""
    """The format of the dates in ``dates``; empty: any format that :mod:`core.exports.cells` recognizes."""


def page_rules(
    rows: RowRules,
    places: Mapping[str, int],
    sums: Mapping[int, tuple[tuple[int, int], ...]],
    values: Mapping[int, Mapping[str, str]],
) -> PageRules:
    """Return the rules by column index, skipping rules for headers that are not in ``places``."""

    def by_column(rule: Mapping[str, tuple[str, ...]]) -> dict[int, frozenset[str]]:
        return {
            places[key_of(header)]: frozenset(map(key_of, chosen))
            for header, chosen in rule.items()
            if key_of(header) in places
        }

    down = tuple(places[key_of(header)] for header in rows.fill_down if key_of(header) in places)
    return PageRules(by_column(rows.keep), by_column(rows.drop), down, sums, values)


class LaidOutPage:
    """A table with its layout's rules applied; it is read like any other table."""

    def __init__(self, page: RawTable, rules: PageRules) -> None:
        self.inner, self._rules = page, rules
        self.name, self.top, self.hidden, self.cells = page.name, page.top, page.hidden, page.cells
        self.left_out = 0
        """The number of rows left out by the layout's rules."""
        self._above: dict[int, Any] = {}

    @property
    def ends_in_row(self) -> bool:
        """Whether the file ends in the middle of its last row."""
        return self.inner.ends_in_row

    @property
    def odd_marks(self) -> int:
        """The number of characters that could not be decoded."""
        return self.inner.odd_marks

    def pieces(self, wanted: Sequence[int], texts: frozenset[int], start: int, width: int) -> Iterator[Piece]:
        """Yield the wanted columns piece by piece, without the rows that the layout leaves out."""
        rules = self._rules
        parts = {at for one in wanted for at, _ in rules.sums.get(one, ())}
        judged = {*rules.keep, *rules.drop, *rules.fill_down, *(rules.keyed if rules.fill_down else ())}
        own = sorted({one for one in wanted if one not in rules.sums} | parts | judged)
        self._above.clear()
        self.left_out = 0
        for piece in self.inner.pieces(own, (texts & frozenset(own)) | judged, start, width):
            columns = dict(piece.columns)
            if rules.fill_down:
                self._fill(columns)
            for at, said in rules.values.items():
                if at in columns:
                    columns[at] = _named(coded(columns[at]), said)
            for at in rules.dates if rules.date_format else ():
                if at in columns:
                    columns[at] = _dated(coded(columns[at]), rules.date_format)
            keep = self._counted(columns, len(piece.rows))
            self.left_out += int((~keep).sum())
            columns |= {at: _added_up(columns, rules.sums[at]) for at in wanted if at in rules.sums}
            if keep.all():
                yield replace(piece, columns=columns)
            elif keep.any():
                inside = {at: _some(column, keep) for at, column in columns.items()}
                yield Piece(piece.rows[keep], inside, piece.long[keep])

    def _counted(self, columns: Mapping[int, Cells], rows: int) -> np.ndarray:
        """Return a mask of the rows that the layout's ``keep`` and ``drop`` rules do not leave out."""
        import numpy as np

        counted = np.ones(rows, bool)
        for at, chosen in self._rules.keep.items():
            counted &= _said(coded(columns[at]), chosen)
        for at, chosen in self._rules.drop.items():
            counted &= ~_said(coded(columns[at]), chosen)
        return counted

    def _fill(self, columns: dict[int, Cells]) -> None:
        """Fill each blank cell with the value above it, within rows of the same key, also across pieces."""
        import numpy as np

        rules = self._rules
        held = {at: coded(columns[at]) for at in (*rules.fill_down, *rules.keyed)}
        rows = len(next(iter(held.values()))) if held else 0
        goes_on = np.full(rows, fill_value=True)
        for at in rules.keyed:
            if at in rules.fill_down:
                held[at] = _from_above(held[at], np.full(rows, fill_value=True), self._above.get(at))
            goes_on &= self._same_as_above(at, held[at])
        for at in rules.fill_down:
            if at not in rules.keyed:
                held[at] = _from_above(held[at], goes_on, self._above.get(at))
        for at, column in held.items():
            columns[at] = column
            self._above[at] = column.cell(rows - 1) if rows else self._above.get(at)

    def _same_as_above(self, at: int, column: Coded) -> np.ndarray:
        """Return a mask of the rows whose cell equals the one above; an empty cell counts as equal."""
        import numpy as np

        codes = column.codes
        same = np.full(len(codes), fill_value=False)
        same[1:] = codes[1:] == codes[:-1]
        if len(codes):
            same[0] = column.cell(0) is not None and column.cell(0) == self._above.get(at)
        return same | (codes < 0)


def _from_above(column: Coded, goes_on: np.ndarray, above: Any) -> Coded:  # noqa: ANN401 - a workbook's cell
    """Return the column with each blank cell filled by the last non-blank one above it.

    ``goes_on``: a mask of the rows that continue the row above; nothing is carried into other rows.
    ``above``: the last value before this piece.
    """
    import numpy as np
    import pandas as pd

    at = np.arange(len(column.codes))
    began = np.maximum.accumulate(np.where(goes_on, -1, at)) if len(at) else at
    last = np.maximum.accumulate(np.where(column.codes >= 0, at, -1)) if len(at) else at
    texts, before = column.texts, -1
    if above is not None:
        texts = pd.concat([texts.astype(object), pd.Series([above], dtype=object)], ignore_index=True)
        before = len(texts) - 1
    inside = (last >= 0) & (last >= began)
    made = np.where(inside, column.codes[np.maximum(last, 0)], np.where(began < 0, before, -1))
    return Coded(np.where(column.codes >= 0, column.codes, made), texts)


def _said(column: Coded, chosen: frozenset[str]) -> np.ndarray:
    """Return a mask of the rows whose value in the column is one of ``chosen`` (normalized texts)."""
    import numpy as np

    found = np.array([*(key_of(text_of(text)) in chosen for text in column.texts), False], bool)
    rows: np.ndarray = found[column.codes]
    return rows


def _named(column: Coded, said: Mapping[str, str]) -> Coded:
    import pandas as pd

    by_key = {key_of(text): ours for text, ours in said.items()}
    return Coded(
        column.codes,
        pd.Series([by_key.get(key_of(text_of(text)), text) for text in column.texts], dtype=object),
    )


def _dated(column: Coded, form: str) -> Coded:
    """Return the column with dates of the format ``form`` as ISO text; other cells stay unchanged."""
    import pandas as pd

    return Coded(column.codes, pd.Series([_iso(text, form) for text in column.texts], dtype=object))


def _iso(cell: Any, form: str) -> Any:  # noqa: ANN401 - whatever a workbook holds
    if not isinstance(cell, str):
        return cell
    try:
        return datetime.strptime(cells.fold(cell), form).isoformat(" ")  # noqa: DTZ007 - the file's own time
    except ValueError:
        return cell


def _added_up(columns: Mapping[int, Cells], parts: Sequence[tuple[int, int]]) -> Coded:
    """Return the sum of the parts for each row; blank parts count as 0; the sum is blank if all parts are.

    A part that is not a number is returned instead of the sum.
    """
    import numpy as np
    import pandas as pd

    rows = len(columns[parts[0][0]])
    total, there = np.zeros(rows), np.zeros(rows, bool)
    odd = np.full(rows, None, dtype=object)
    for at, sign in parts:
        column = coded(columns[at])
        read = [_number(cell) for cell in column.texts]
        values = np.array([*(np.nan if isinstance(one, str) else one for one in read), np.nan], float)[
            column.codes
        ]
        wrong = np.array([*(one if isinstance(one, str) else None for one in read), None], object)[
            column.codes
        ]
        odd = np.where(wrong == None, odd, wrong)  # noqa: E711 - comparison by element
        there |= filled(column)
        total += sign * np.nan_to_num(values)
    made = pd.Series(np.where(there, total, np.nan), dtype=object)
    return coded(made.where(pd.Series(odd).isna(), pd.Series(odd)))


def _number(cell: Any) -> float | str:  # noqa: ANN401 - whatever a workbook holds
    if isinstance(cell, float):
        return cell
    try:
        value = cells.number(str(cell))
    except cells.Unreadable:
        return str(cell)
    return float("nan") if value is None else value


def _some(column: Cells, rows: np.ndarray) -> Cells:
    if isinstance(column, Coded):
        return Coded(column.codes[rows], column.texts)
    return column[rows].reset_index(drop=True)
