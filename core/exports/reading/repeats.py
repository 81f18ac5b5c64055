"""Resolve rows with the same key: exact copies, successive states of one event, or parts of a total.

Of several copies one is kept, and of an event's states the last one. Parts cannot be resolved: the file is
refused, naming the column that distinguishes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from core.exports.dimensions import dimension_of, is_harmless
from core.exports.header_keys import key_of
from core.exports.reading.dictionary_column import Coded, coded
from core.exports.reading.problem_collector import ProblemCollector, figure, short
from core.exports.reading.raw_table import Piece, text_of
from core.exports.reading.recognise import Match, SheetPage
from core.exports.reading.rounded_ids import looks_rounded, refuse_rounded
from core.exports.sheet import EVERY, NUMBERS, Sheet
from core.language.dates import short_day
from core.language.wording import plural, say

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_TABLE, _FULL = "_table", "_full"
_SAMPLE: Final = 100
"""The number of repeated keys, and of rows of each, that are examined in detail."""
_MANY_ROWS, _FEW_KEYS, _FEW_SHARE = 200, 5, 0.005
"""In a file with at least this many rows, the rows of up to this many repeated keys (number, share of rows)
are left out instead of refusing the file."""
_FIGURE_NAME: Final = re.compile(
    r"(数|量|额|率|价|金|费|比|值|时长|变化|roi|gmv|cost|amount|rate|value|\(.+\))$"
)
_HALF: Final = 0.5
_MIX = 0x9E3779B97F4A7C15


def settle_repeats(
    frame: pd.DataFrame, tables: np.ndarray, match: Match, keys: Sequence[str], troubles: ProblemCollector
) -> pd.DataFrame:
    """Return the frame with one row per key; refuse the file if that is not possible.

    ``tables``: the table number of each row. ``keys``: the frame's columns that identify a row: the sheet's
    key plus the columns whose parts are added up later.
    """
    held = frame.assign(**{_TABLE: tables})
    repeated = held.duplicated(list(keys), keep=False)
    if not repeated.any():
        return frame
    look = _Rows(match, held[repeated])
    held[_FULL] = 0
    held.loc[repeated.to_numpy(), _FULL] = look.hashes()
    names = [name for name in frame.columns if name not in keys]
    copies = held.duplicated([*keys, *names, _FULL, _TABLE])
    over = _copies_of_other_tables(held[~copies], keys, names)
    copies[~copies.to_numpy()] = over.to_numpy()
    if copies.any():
        troubles.note(
            plural(
                "{n} row appears twice with the same figures; it was counted once.",
                "{n} rows appear twice with the same figures; each was counted once.",
                int(copies.sum()),
            )
        )
    held = held[~copies]
    sheet = match.sheet
    if EVERY in sheet.attributes:
        held = _last_states(held, sheet, keys, troubles)
    left = held.duplicated(list(keys), keep=False)
    if left.any():
        held = _refused(held, left, look, keys, troubles)
    return held[list(frame.columns)]


def _copies_of_other_tables(held: pd.DataFrame, keys: Sequence[str], names: Sequence[str]) -> pd.Series:
    """Return a mask of the rows that repeat a row of another table with the same figures."""
    import pandas as pd

    if held[_TABLE].nunique() < 2:  # noqa: PLR2004 - one table has no other
        return pd.Series(data=False, index=held.index)
    once = ~held.duplicated([*keys, _TABLE], keep=False)
    return held.duplicated([*keys, *names]) & once


def _last_states(
    held: pd.DataFrame, sheet: type[Sheet], keys: Sequence[str], troubles: ProblemCollector
) -> pd.DataFrame:
    """Keep the last row of each event (an order, a refund) if its rows have the same figures.

    Such rows are successive states of the event; its refunded amount may differ as well.
    """
    repeated = held.duplicated(list(keys), keep=False)
    figures = [name for name in sheet.adds if name in held and name != "refund_amount"]
    same = repeated
    if figures:
        number = held.groupby(list(keys), sort=False, dropna=False).ngroup()
        different = held[figures].groupby(number).nunique(dropna=False).gt(1).any(axis=1)
        same = repeated & ~number.isin(different[different].index)
    if sheet.key and any(
        looks_rounded(str(one))
        for one in held.loc[same, sheet.key[0]].unique()
        if sheet.column(sheet.key[0]).kind == "id"
    ):
        return held
    older = same & held.duplicated(list(keys), keep="last")
    if older.any():
        troubles.note(
            plural(
                "{n} row appears again with a newer status; the newest row counts.",
                "{n} rows appear again with a newer status; the newest rows count.",
                int(older.sum()),
            )
        )
    return held[~older]


def _refused(
    held: pd.DataFrame, left: pd.Series, look: _Rows, keys: Sequence[str], troubles: ProblemCollector
) -> pd.DataFrame:
    """Leave out the repeated rows if they are few; otherwise refuse the file and give the reason."""
    rows = held[left]
    groups = rows.groupby(list(keys), sort=False)
    if len(held) >= _MANY_ROWS and groups.ngroups <= min(_FEW_KEYS, _FEW_SHARE * len(held)):
        for row in rows.index:
            troubles.row(
                int(row),
                say(
                    "{key} appears in several rows with different figures.",
                    key=key_text(rows[(rows.index == row)], look.sheet),
                ),
                say("Correct the value in the file, or download the file again."),
            )
        return held[~left]
    samples = [group for _, group in islice(groups, _SAMPLE)]
    look.look_at(samples)
    group = samples[0]
    shown = key_text(group, look.sheet)
    if look.is_rounded(group):
        name = next(name for name in look.sheet.key if look.sheet.column(name).kind == "id")
        refuse_rounded(len(rows), len(held), look.header(name), str(group[name].iloc[0]), troubles)
    elif len(group[_TABLE].unique()) > 1 and not group.duplicated(_TABLE).any():
        a, b = (look.page(number) for number in list(group[_TABLE])[:2])
        troubles.refuse(
            say("The worksheets {a} and {b} have different figures for {key}.", a=a, b=b, key=shown),
            say("Keep only one of the two worksheets."),
        )
    elif header := look.tells_apart(samples):
        a, b, *_ = look.values(group, header)
        troubles.refuse(
            say(
                "{key} has {n} rows, which differ by {header} ({a}, {b} …). Each row is only a part, so "
                "none is the total.",
                key=shown,
                n=len(group),
                header=header,
                a=short(a),
                b=short(b),
            ),
            say("Download the file again without the column {header}.", header=header),
            header,
        )
    else:
        a, b = _two_figures(group, look.sheet)
        troubles.refuse(
            say(
                "{key} appears in {n} rows with different figures ({a} and {b}), and no column explains the "
                "difference.",
                key=shown,
                n=len(group),
                a=a,
                b=b,
            ),
            say("Download the file again."),
        )
    return held


def key_text(row: pd.DataFrame, sheet: type[Sheet]) -> str:
    """Return the first row's key as a person would name it: its last text or id, and its day."""
    first = row.iloc[0]
    words = [
        str(first[name]) for name in sheet.key if sheet.column(name).kind in ("id", "text") and first[name]
    ]
    words += [f"{first[name]:02.0f}:00" for name in sheet.key if sheet.column(name).kind == "hour"]
    day = short_day(first["date"].date())
    if not words:
        return day
    return f"{short(words[-1])} ({day})" if "date" in sheet.key else short(words[-1])


def _two_figures(group: pd.DataFrame, sheet: type[Sheet]) -> tuple[str, str]:
    """Return two differing values of the first column in which the rows differ."""
    for column in sheet.columns:
        for name in column.fields:
            if name in group and name not in sheet.key and len(group[name].unique()) > 1:
                values = [one for one in group[name].tolist() if one == one]  # noqa: PLR0124 - NaN is nothing
                texts = [figure(one) if column.kind in NUMBERS else short(str(one)) for one in values]
                texts = list(dict.fromkeys(texts))
                return texts[0] if texts else "–", texts[1] if len(texts) > 1 else "–"
    return "–", "–"


class _Rows:
    """The rows with repeated keys, and access to all their cells in the file, including unused columns."""

    def __init__(self, match: Match, rows: pd.DataFrame) -> None:
        self.sheet = match.sheet
        self._tables = match.tables
        self._rows = rows
        self._texts: dict[tuple[int, int], dict[str, str]] = {}

    def hashes(self) -> np.ndarray:
        """Return for each repeated row a hash of its cells in the columns that the sheet does not use."""
        import numpy as np

        made = np.zeros(len(self._rows), np.uint64)
        tables = self._rows[_TABLE].to_numpy()
        for table in self._tables:
            wanted = self._unused(table)
            mine = np.flatnonzero(tables == table.number)
            if not wanted or not len(mine):
                continue
            numbers = self._rows.index.to_numpy()[mine]
            order = np.argsort(numbers, kind="stable")
            for piece, spots in _pieces(table, wanted, numbers[order]):
                mixed = np.zeros(len(spots), np.uint64)
                for at in wanted:
                    mixed = mixed * np.uint64(_MIX) + _hashed(coded(piece.columns[at]), spots)
                places = np.searchsorted(numbers[order], piece.rows[spots])
                made[mine[order[places]]] = mixed
        return made.view("int64")

    @staticmethod
    def _unused(table: SheetPage) -> list[int]:
        """Return the indices of the file's columns that are not in the frame and may distinguish rows."""
        used = {found.at for found in table.columns.values() if not found.column.private}
        return [at for at, header in enumerate(table.heading.headers) if _counts(header) and at not in used]

    def look_at(self, groups: Sequence[pd.DataFrame]) -> None:
        """Load all cells of the rows in ``groups`` (one frame per key) from the file, at most 100 per key."""
        import numpy as np

        close = [
            (int(t), int(r))
            for group in groups
            for t, r in zip(group[_TABLE][:_SAMPLE], group.index, strict=False)
        ]
        for table in self._tables:
            numbers = np.array(sorted(row for number, row in close if number == table.number), dtype="int64")
            headers = table.heading.headers
            wanted = [at for at, header in enumerate(headers) if _counts(header)]
            for piece, spots in _pieces(table, wanted, numbers):
                cells = {at: coded(piece.columns[at]) for at in wanted}
                for spot in spots:
                    said = {headers[at]: text_of(cells[at].cell(int(spot))).strip() for at in wanted}
                    self._texts[table.number, int(piece.rows[spot])] = said

    def header(self, name: str) -> str:
        """Return the file's header for a column of the sheet."""
        found = self._tables[0].columns.get(name)
        return found.header if found else name

    def page(self, number: int) -> str:
        """Return the tab name of a table."""
        return self._tables[number].page.name

    def is_rounded(self, group: pd.DataFrame) -> bool:
        """Return whether the rows probably share an id only because a spreadsheet program rounded it."""
        names = [name for name in self.sheet.key if self.sheet.column(name).kind == "id"]
        return any(looks_rounded(str(group[name].iloc[0])) for name in names)

    def values(self, group: pd.DataFrame, header: str) -> list[str]:
        """Return the distinct values under the header in the rows of one key."""
        places = zip(group[_TABLE], group.index, strict=True)
        return list(
            dict.fromkeys(self._texts.get((int(t), int(r)), {}).get(header, "") or "–" for t, r in places)
        )

    def tells_apart(self, groups: Sequence[pd.DataFrame]) -> str:
        """Return the header that distinguishes the rows of most keys; "" if none does."""
        best, most = "", 0.0
        for header in self._candidates():
            apart = sum(len(self.values(group, header)) == len(group) for group in groups) / len(groups)
            some = sum(len(self.values(group, header)) > 1 for group in groups) / len(groups)
            score = apart + some / 10
            if score > most:
                best, most = header, score
        return best if most >= _HALF / 10 else ""

    def _candidates(self) -> list[str]:
        """Return the headers that may be dimensions: catalogued ones first, then texts, then numbers."""
        keyed = {
            key_of(found.header)
            for table in self._tables
            for name, found in table.columns.items()
            if name in self.sheet.key
        }
        figures = {
            key_of(found.header)
            for table in self._tables
            for found in table.columns.values()
            if found.column.kind in NUMBERS
        }
        headers = list(dict.fromkeys(header for texts in self._texts.values() for header in texts))
        free = [header for header in headers if key_of(header) not in keyed | figures]
        values = {header: [texts.get(header, "") for texts in self._texts.values()] for header in free}
        texts = [header for header in free if not _is_figure(header, values[header])]
        return sorted(texts, key=lambda header: (not dimension_of(header), _numeric(values[header])))


def _pieces(
    table: SheetPage, wanted: Sequence[int], numbers: np.ndarray
) -> Iterator[tuple[Piece, np.ndarray]]:
    """Yield each piece that contains rows with these (sorted) numbers, with the rows' positions in it."""
    import numpy as np

    headers = table.heading.headers
    width = max((at + 1 for at, header in enumerate(headers) if header), default=len(headers))
    if not len(numbers):
        return
    for piece in table.page.pieces(wanted, frozenset(wanted), table.heading.body, width):
        if len(piece.rows) and piece.rows[0] <= numbers[-1] and piece.rows[-1] >= numbers[0]:
            spots = np.flatnonzero(np.isin(piece.rows, numbers))
            if len(spots):
                yield piece, spots


def _hashed(column: Coded, spots: np.ndarray) -> np.ndarray:
    """Return a hash of the text of the column's cell in each of the rows ``spots``."""
    import numpy as np
    from pandas.util import hash_array

    texts = np.array([*(text_of(cell).strip() for cell in column.texts), ""], dtype=object)
    hashed: np.ndarray = hash_array(texts, categorize=False)[column.codes[spots]]
    return hashed


def _counts(header: str) -> bool:
    return bool(header) and not is_harmless(header)


def _is_figure(header: str, values: Sequence[str]) -> bool:
    """Return whether an unused column holds figures, rather than names that consist of digits."""
    if dimension_of(header) or not _numeric(values):
        return False
    return _FIGURE_NAME.search(key_of(header)) is not None or len(set(values)) > max(5, len(values) // 4)


def _numeric(values: Sequence[str]) -> bool:
    filled = [value for value in values if value not in ("", "-", "--")]
    return bool(filled) and sum(_is_number(value) for value in filled) >= 0.9 * len(filled)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[￥¥$]?[+-]?[\d,]*\.?\d+%?", text) is not None
