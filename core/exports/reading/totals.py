"""Recognize totals rows, remove them, and compare them with the sum of the other rows.

If a totals row differs from the sum of the other rows, rows are missing from the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from core.exports import cells
from core.exports.dimensions import is_whole
from core.exports.reading.column_types import Cast
from core.exports.reading.dictionary_column import Cells, Coded, coded
from core.exports.reading.headings import MappedColumn
from core.exports.reading.problem_collector import ProblemCollector, figure
from core.exports.sheet import Sheet
from core.language.wording import plural, say

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

NAMES: Final = ("plan", "title", "item_title", "agent")
"""Columns that may contain the label of a totals row, besides those of the key."""
SHARE: Final = 0.005
"""The relative difference allowed between a total and the sum of rows, which were rounded one by one."""
_LEAST: Final = 1.0
_FEWEST: Final = 2
"""The minimum number of figures, none of them 0, that equal the sums exactly in a totals row without a
label."""
_ALIKE: Final = 3
"""The minimum number of figures that must agree to recognize a totals row by its figures alone."""


class Totals:
    """The totals rows of one table."""

    def __init__(self, sheet: type[Sheet], columns: Mapping[str, MappedColumn]) -> None:
        self._sheet, self._columns = sheet, columns
        self._first = min((found.at for found in columns.values()), default=0)
        self._words: dict[str, int] = {}
        self._rows: list[pd.DataFrame] = []

    def find(self, raw: Mapping[str, Cells], casts: Mapping[str, Cast], rows: np.ndarray) -> np.ndarray:
        """Return a mask of the totals rows of a piece, and remember their figures."""
        import numpy as np

        totals = np.zeros(len(rows), bool)
        if self._sheet.totals == "keep":
            return totals
        sums = np.zeros(len(rows), bool)
        for name, found in self._columns.items():
            if not self._may_say(name, found):
                continue
            suspects = None if found.column.kind == "text" else casts[name].bad
            if suspects is not None and not suspects.any():
                continue
            column = coded(raw[name])
            for code in _suspicious(column, suspects, dates=found.column.kind == "date"):
                word = column.texts.iloc[code]
                here = column.codes == code
                here = here if suspects is None else suspects & here
                said = cells.fold(str(word))
                self._words[said] = self._words.get(said, 0) + int((~totals[here]).sum())
                totals |= here
                if cells.is_sum(said) or is_whole(said):
                    sums |= here
        if sums.any():
            self._rows.append(self._said(casts, sums))
        return totals

    def _may_say(self, name: str, found: MappedColumn) -> bool:
        kind = found.column.kind
        if kind in ("date", "time", "id", "hour") or found.at == self._first:
            return True
        return kind == "text" and (name in self._sheet.key or name in NAMES)

    def _said(self, casts: Mapping[str, Cast], rows: np.ndarray) -> pd.DataFrame:
        """Return the keys and additive figures of these rows; a totals label in a key becomes ""."""
        import pandas as pd

        names = [name for name in (*self._sheet.key, *self._sheet.adds) if name in casts]
        said = pd.DataFrame({name: casts[name].values[name][rows] for name in names}).reset_index(drop=True)
        for name in names:
            if self._sheet.column(name).kind == "text":
                word = said[name].map(lambda text: cells.is_total(text) or is_whole(text)).astype(bool)
                said[name] = said[name].mask(word, "")
        return said

    def tell(self, troubles: ProblemCollector) -> None:
        """Add a note on how many totals rows were removed."""
        for word, n in self._words.items():
            troubles.note(
                plural(
                    "{n} row of totals ({word}) was left out, so that nothing is counted twice.",
                    "{n} rows of totals ({word}) were left out, so that nothing is counted twice.",
                    n,
                    word=word,
                )
            )

    @property
    def there(self) -> bool:
        """Return whether the table contains a totals row."""
        return bool(self._rows)

    def check(self, frame: pd.DataFrame, troubles: ProblemCollector) -> None:
        """Warn about a figure whose total in the file differs from the sum of its rows."""
        import pandas as pd

        if not self._rows:
            return
        said = pd.concat(self._rows, ignore_index=True)
        keys = [name for name in self._sheet.key if name in said and name in frame]
        filled = said[keys].notna() & (said[keys] != "")
        for pattern, group in said.groupby([filled[name] for name in keys], sort=False) if keys else ():
            scope = [name for name, there in zip(keys, _flags(pattern), strict=True) if there]
            if wrong := self._differs(group, frame, scope):
                name, total, own = wrong
                header = self._columns[name].header
                troubles.doubt(
                    say(
                        "The file says that {header} totals {total}, but its rows add up to {sum}: rows are "
                        "missing.",
                        header=header,
                        total=figure(total),
                        sum=figure(own),
                    ),
                    say("Download the file again."),
                    column=header,
                )
                return

    def _differs(
        self, said: pd.DataFrame, frame: pd.DataFrame, scope: Sequence[str]
    ) -> tuple[str, float, float] | None:
        """Return (name, total, sum of rows) of the first figure whose sum agrees with no total in the file.

        None if all agree. ``scope``: the key columns by which the totals are given, e.g. the date; empty:
        over all rows.
        """
        names = [name for name in self._sheet.adds if name in said and name in frame]
        if scope:
            owns = {key: own.sum(min_count=1) for key, own in frame.groupby(list(scope))[names]}
            pairs = [(told, owns.get(key)) for key, told in said.groupby(list(scope))[names]]
        else:
            pairs = [(said[names], frame[names].sum(min_count=1))]
        for told, own in pairs:
            for name in names:
                value = float("nan") if own is None else float(own[name])
                choices = [*told[name].dropna().tolist(), float(told[name].sum())]
                if value == value and choices[:-1] and not any(near(one, value) for one in choices):  # noqa: PLR0124
                    return name, choices[0], value
        return None


def near(one: float, other: float) -> bool:
    """Return whether two sums are equal except for rounding."""
    return abs(one - other) <= max(_LEAST, SHARE * max(abs(one), abs(other)))


def _flags(pattern: object) -> tuple[bool, ...]:
    return tuple(map(bool, pattern)) if isinstance(pattern, tuple) else (bool(pattern),)


def _suspicious(column: Coded, suspects: np.ndarray | None, *, dates: bool) -> list[int]:
    """Return the codes of the column's texts that label a totals row.

    ``suspects``: a mask of the only rows to consider. ``dates``: words for "all" (全部) count as labels too.
    """
    import numpy as np

    if suspects is None:
        codes = np.flatnonzero(_is_spelled_so(column.texts))
    else:
        codes = np.unique(column.codes[suspects])
    found = [(int(code), column.texts.iloc[code]) for code in codes if code >= 0]
    words = [(code, text) for code, text in found if isinstance(text, str)]
    return [code for code, text in words if cells.is_total(text) or (dates and is_whole(text))]


def _is_spelled_so(texts: pd.Series) -> np.ndarray:
    """Return a mask of the texts that are known spellings of a totals label."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if texts.dtype == object:
        known = set(_spellings())
        return np.array([isinstance(text, str) and text in known for text in texts], bool)
    held = pa.array(texts.array)
    words = held if isinstance(held, pa.Array) else held.combine_chunks()
    found: np.ndarray = pc.is_in(words, value_set=_spelled(words.type)).to_numpy(zero_copy_only=False)
    return found


@cache
def _spelled(kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    return pa.array(_spellings(), kind)


@cache
def _spellings() -> list[str]:
    """Return the spellings of totals labels: with and without prefixes and suffixes, with inner spaces."""
    before = ("", *cells.TOTAL_OF)
    words = (
        *(
            "总计",
            "合计",
            "汇总",
            "小计",
            "共计",
            "总和",
            "累计",
            "总量",
            "平均",
            "均值",
            "日均",
            "周均",
            "月均",
        ),
        *("同行同层优秀", "同行同层均值", "同行均值", "同行优秀"),
    )
    english = ("grand total", "grandtotal", "total", "sum", "average", "overall")
    plain = [first + word + last for first in before for word in words for last in ("", "值", "数")]
    spaced = [f"{word[0]}{blank}{word[1]}" for word in words[:8] for blank in (" ", "  ", "\u3000", "   ")]
    cased = [form for word in english for form in (word, word.capitalize(), word.title(), word.upper())]
    return [f"{word}{mark}" for word in (*plain, *spaced, *cased) for mark in ("", ":", "：")]


def by_arithmetic(frame: pd.DataFrame, sheet: type[Sheet]) -> pd.Series:
    """Return a mask of rows with 全部 or similar in their key whose figures are the sum of the other rows."""
    import numpy as np
    import pandas as pd

    total = pd.Series(data=False, index=frame.index)
    names = [name for name in sheet.adds if name in frame and frame[name].notna().any()]
    if len(names) < _ALIKE:
        return total
    for key in sheet.key:
        if key not in frame or sheet.column(key).kind != "text":
            continue
        words = {text for text in frame[key].unique() if text and is_whole(text)}
        whole = frame[key].isin(words)
        if not words or whole.all():
            continue
        if "date" not in sheet.key:
            continue
        own = frame[~whole].groupby("date")[names].sum().reindex(frame["date"]).to_numpy()
        told = frame[names].to_numpy()
        off = np.maximum(_LEAST, SHARE * np.maximum(np.abs(told), np.abs(own)))
        alike, there = (np.abs(told - own) <= off) & (told != 0), (told != 0) & ~np.isnan(told)
        total |= whole & (alike.sum(1) >= _ALIKE) & (alike.sum(1) == there.sum(1))
    return total


def by_blank_keys(frame: pd.DataFrame, sheet: type[Sheet]) -> pd.Series:
    """Return a mask of rows without a label that are exactly the sums of other rows.

    In such a totals row, a key column such as the plan or the item is blank or says "all".
    """
    import pandas as pd

    total = pd.Series(data=False, index=frame.index)
    names = [name for name in sheet.adds if name in frame and frame[name].notna().any()]
    keys = [name for name in sheet.key if name in frame and sheet.column(name).kind in ("id", "text")]
    if len(names) < _FEWEST or "date" not in sheet.key or not keys:
        return total
    blank = (frame[keys] == "") | frame[keys].apply(lambda column: column.map(is_whole))
    keys = [key for key in keys if blank[key].any() and not blank[key].all()]
    for pattern in blank.loc[blank[keys].any(axis=1), keys].drop_duplicates().itertuples(index=False):
        less = [key for key, gone in zip(keys, pattern, strict=True) if gone]
        more = ["date", *(key for key in sheet.key if key != "date" and key not in less and key in frame)]
        rows = (blank[keys] == list(pattern)).all(axis=1)
        parts = frame[~blank[less].any(axis=1)]
        if parts.empty:
            continue
        sums = parts.groupby(more)[names].sum(min_count=1)
        size = parts.groupby(more).size()
        where = pd.MultiIndex.from_frame(frame.loc[rows, more]) if len(more) > 1 else frame.loc[rows, "date"]
        told, said = frame.loc[rows, names].to_numpy(), sums.reindex(where).to_numpy()
        counts = size.reindex(where).fillna(0).to_numpy()
        same = (abs(told - said) <= 0.01 * counts[:, None] + 1e-6) | (pd.isna(told) & pd.isna(said))
        alike = (same & (told != 0) & ~pd.isna(told)).sum(axis=1)
        enough = (counts > 1) & (alike >= _FEWEST) | (counts == 1) & (alike >= _ALIKE)
        total.loc[rows] |= same.all(axis=1) & enough
    return total
