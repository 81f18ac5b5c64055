"""Convert a column of raw cells to its declared type, and mark the cells that cannot be converted.

Values that pandas can parse are converted in bulk; the rest (thousands separators, 万, %, odd dates) is
parsed by ``core.exports.cells``, once per distinct text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from core.exports import cells
from core.exports.reading.dictionary_column import Cells, Coded
from core.exports.reading.headings import MappedColumn
from core.exports.reading.raw_table import text_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

LONGEST = 2_000
"""The maximum number of characters of a text; longer ones are cut."""
_EDGE = "[\\x00-\\x20\\x7f-\\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]"
_DRESSED = rf"^{_EDGE}|{_EDGE}$|^=|\x00"
"""Matches texts that need cleaning: with surrounding spaces or invisible characters, or written as a
formula."""
_POINTS_FROM = 1.0
"""A rate column whose median is above this is in percent, not a fraction."""


@dataclass(slots=True)
class Cast:
    """The result of converting a column."""

    values: dict[str, pd.Series]
    """The converted values, by name of the frame's column: one column, or two for a range."""
    bad: np.ndarray
    why: dict[str, type[cells.Unreadable]] = field(default_factory=dict)
    """The kind of error for each unreadable text."""
    cut: int = 0
    """The number of texts that were cut because they were too long."""
    zoned: bool = False
    """Whether some of the times had another time zone than the shop's."""


def cast(raw: Cells, found: MappedColumn, zone: tzinfo = cells.SHANGHAI) -> Cast:
    """Convert the column to its declared kind; times are converted to the shop's time zone."""
    column = found.column
    if isinstance(raw, Coded):
        return _cast_coded(raw, found, zone)
    if column.kind == "id":
        return _ids(raw, column.name)
    if column.kind == "text":
        return _texts(raw, found)
    if column.kind in ("date", "time"):
        return _moments(raw, column.name, zone, whole_days=column.kind == "date")
    if column.kind == "range":
        return _ranges(raw, column.name)
    return _numbers(raw, found)


def _cast_coded(raw: Coded, found: MappedColumn, zone: tzinfo) -> Cast:
    """Convert each distinct text once.

    Rates are converted row by row, because the median of all rows tells whether they are in percent.
    """
    import numpy as np
    import pandas as pd

    if found.column.kind == "rate":
        return cast(raw.series(), found)
    made = cast(raw.texts, found, zone)
    if made.cut:
        return cast(raw.series(), found)
    values = {}
    for name, series in made.values.items():
        if series.dtype == "float64":
            values[name] = pd.Series(np.append(series.to_numpy(), np.nan)[raw.codes])
        else:
            nothing = "" if series.dtype == "str" else None
            values[name] = pd.Series(series.array.take(raw.codes, allow_fill=True, fill_value=nothing))
    return Cast(values, np.append(made.bad, False)[raw.codes], made.why, zoned=made.zoned)


def _each(
    raw: pd.Series, read: Callable[[str], Any]
) -> tuple[np.ndarray, np.ndarray, dict[str, type[cells.Unreadable]]]:
    """Parse each distinct text once.

    Return the values, a mask of the unreadable ones, and the error for each unreadable text.
    """
    import numpy as np
    import pandas as pd

    codes, texts = pd.factorize(raw, use_na_sentinel=True)
    values: list[Any] = [None] * (len(texts) + 1)
    bad = np.zeros(len(texts) + 1, bool)
    why: dict[str, type[cells.Unreadable]] = {}
    for number, text in enumerate(texts):
        try:
            values[number] = read(str(text))
        except cells.Unreadable as error:
            bad[number] = True
            why[str(text)] = type(error)
    held = np.empty(len(values), dtype=object)
    held[:] = values
    return held[codes], bad[codes], why


def _numbers(raw: pd.Series, found: MappedColumn) -> Cast:
    import numpy as np
    import pandas as pd

    column = found.column
    if raw.dtype == bool:
        raw = raw.astype("str")
    if pd.api.types.is_numeric_dtype(raw):
        values = raw.to_numpy(dtype="float64", na_value=np.nan)
        bad = np.isinf(values)
        values = np.where(bad, np.nan, values)
        return _scaled(values, np.zeros(len(values), bool), bad, {}, found)
    values = _plain_numbers(raw)
    rest = np.flatnonzero(np.isnan(values) & raw.notna().to_numpy())
    bad, signed = np.zeros(len(values), bool), np.zeros(len(values), bool)
    why: dict[str, type[cells.Unreadable]] = {}
    if len(rest):
        texts = raw.iloc[rest].astype("str")
        percent = column.kind in ("rate", "ratio")
        read = {"hour": cells.hour, "seconds": cells.seconds}.get(column.kind)
        got, bad[rest], why = _each(texts, read or (lambda text: cells.number(text, percent=percent)))
        values[rest] = got.astype("float64")
        if percent:
            signed[rest] = texts.str.contains("[%％]").to_numpy(dtype=bool)
    return _scaled(values, signed, bad, why, found)


def _plain_numbers(raw: pd.Series) -> np.ndarray:
    """Return the cells that pandas can parse as float64; NaN for all others."""
    import numpy as np
    import pandas as pd

    if raw.dtype != object:
        values: np.ndarray = pd.to_numeric(raw, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    else:  # cells of a workbook: floats and texts
        numeric = (cell if isinstance(cell, float | str) else None for cell in raw)
        values = pd.to_numeric(pd.Series(list(numeric), dtype=object), errors="coerce").to_numpy("float64")
    return np.where(np.isinf(values), np.nan, values)


def _scaled(
    values: np.ndarray,
    signed: np.ndarray,
    bad: np.ndarray,
    why: dict[str, type[cells.Unreadable]],
    found: MappedColumn,
) -> Cast:
    """Convert fen to yuan and percent to fractions, and mark impossible values as bad."""
    import numpy as np
    import pandas as pd

    kind = found.column.kind
    values = values * found.factor
    if kind == "rate":
        bare = ~signed & ~np.isnan(values)
        usual = float(np.median(values[bare])) if bare.any() else 0.0
        if found.points or usual > _POINTS_FROM:
            values = np.where(bare, values / 100, values)
        bad = bad | (values > 1 + 1e-9)
    if kind in ("count", "money", "seconds", "rate"):
        bad = bad | (values < 0)
    return Cast({found.column.name: pd.Series(values)}, bad, why)


def _moments(raw: pd.Series, name: str, zone: tzinfo, *, whole_days: bool) -> Cast:
    import numpy as np
    import pandas as pd

    if raw.dtype == object and len(raw):
        raw = pd.Series(
            [cell.isoformat(" ") if isinstance(cell, datetime) else cell for cell in raw], dtype=object
        )
    codes, texts = pd.factorize(raw.astype("str").where(raw.notna()), use_na_sentinel=True)
    different = pd.Series(texts, dtype="str")
    values = pd.to_datetime(different, format="%Y-%m-%d %H:%M:%S", errors="coerce")
    values = values.where(values.dt.year.between(*cells.YEARS)).astype("datetime64[ns]")
    rest = np.flatnonzero(values.isna().to_numpy())
    bad = np.zeros(len(different) + 1, bool)
    why: dict[str, type[cells.Unreadable]] = {}
    zoned = False
    if len(rest):
        got, bad[rest], why = _each(different.iloc[rest], lambda text: cells.moment(text, zone))
        zoned = any(cells.is_zoned(str(text), zone) for text in different.iloc[rest])
        read = pd.to_datetime(pd.Series(got, index=rest), errors="coerce").astype("datetime64[ns]")
        values = values.fillna(read)
    if whole_days:
        values = values.dt.normalize()
    taken = values.array.take(codes, allow_fill=True)
    return Cast({name: pd.Series(taken)}, bad[codes], why, zoned=zoned)


def _ids(raw: pd.Series, name: str) -> Cast:
    import numpy as np
    import pandas as pd

    why: dict[str, type[cells.Unreadable]] = {}
    if raw.dtype == object:
        made, bad = [], np.zeros(len(raw), bool)
        for number, cell in enumerate(raw):
            try:
                made.append(_id(cell))
            except cells.Unreadable as error:
                made.append("")
                bad[number] = True
                why[text_of(cell)] = type(error)
        return Cast({name: pd.Series(made, dtype="str")}, bad, why)
    texts = raw.astype("str")
    plain = texts.str.fullmatch(r"\d+").fillna(value=False).to_numpy(dtype=bool)
    values = texts.where(pd.Series(plain), "")
    bad = np.zeros(len(raw), bool)
    rest = np.flatnonzero(~plain & texts.notna().to_numpy())
    if len(rest):
        got, bad[rest], why = _each(texts.iloc[rest], cells.identifier)
        read = pd.Series([text or "" for text in got], index=rest, dtype="str")
        values = values.mask(pd.Series(~plain), read.reindex(range(len(values)))).fillna("")
    return Cast({name: values}, bad, why)


def _id(cell: Any) -> str:  # noqa: ANN401 - a workbook's cell
    if cell is None:
        return ""
    return cells.identifier_of_number(cell) if isinstance(cell, float) else cells.identifier(str(cell))


def _texts(raw: pd.Series, found: MappedColumn) -> Cast:
    import numpy as np
    import pandas as pd

    if raw.dtype == object:
        raw = pd.Series([None if cell is None else _words(cell) for cell in raw], dtype="str")
    texts = raw.astype("str").fillna("")
    long = int((texts.str.len() > LONGEST).sum())
    if long:
        texts = texts.str.slice(0, LONGEST)
    codes, found_texts = pd.factorize(texts)
    different = pd.Series(found_texts, dtype="str")
    dressed = np.flatnonzero(different.str.contains(_DRESSED) | different.str.lower().isin(cells.MISSING))
    if len(dressed):
        different.iloc[dressed] = [_text(str(text)) for text in different.iloc[dressed]]
    if (keep := found.column.keep) is not None:
        different = pd.Series([keep(str(text)) if text else "" for text in different], dtype="str")
    values = pd.Series(different.array.take(codes)) if len(codes) else texts
    return Cast({found.column.name: values}, np.zeros(len(texts), bool), cut=long)


def _text(text: str) -> str:
    """Return the text without NULs, invisible characters, outer spaces and formula quotes; "" if missing.

    Full-width characters stay full width, since keywords and titles are matched as typed.
    """
    words = text.replace("\0", "").strip().strip("\ufeff\u200b").strip()
    if words.startswith('="') and words.endswith('"'):
        words = words[2:-1]
    return "" if words.lower() in cells.MISSING else words


def _words(cell: Any) -> str:  # noqa: ANN401 - a workbook's cell
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) else str(cell)
    return str(cell)


def _ranges(raw: pd.Series, name: str) -> Cast:
    import pandas as pd

    texts = raw.map(_words, na_action="ignore") if raw.dtype == object else raw.astype("str")
    got, bad, why = _each(texts, cells.span)
    low = pd.Series([pair[0] if pair else float("nan") for pair in got], dtype="float64")
    high = pd.Series([pair[1] if pair else float("nan") for pair in got], dtype="float64")
    return Cast({f"{name}_low": low, f"{name}_high": high}, bad, why)
