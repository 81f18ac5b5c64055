"""The base class for declaring a kind of export (a "sheet"), and the typed frame that follows from it.

A new export is one file with one subclass of :class:`Sheet` and one line in ``core.exports.kinds.registry``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias

from core.language.wording import plural
from core.platforms.profile import profile

if TYPE_CHECKING:
    import pandas as pd

Kind: TypeAlias = Literal[
    "id", "text", "date", "time", "hour", "money", "count", "rate", "ratio", "seconds", "range", "flag"
]
NUMBERS: tuple[Kind, ...] = ("hour", "money", "count", "rate", "ratio", "seconds")
"""Kinds stored as one float64 column; NaN means missing."""
NOTHING: Final = MappingProxyType[str, str]({})
EVERY: Final = "*"
"""In :attr:`Sheet.attributes`: no dimension splits a row, because each row is an event with its own id."""


@dataclass(frozen=True, slots=True, init=False)
class Column:
    """A column of a sheet with its possible headers, the preferred one first.

    A header may be written without its unit: ``花费(元)`` is found as ``花费``, and ``花费(分)`` is converted
    to yuan. ``商家编码#2`` is the second column with that name.
    """

    name: str
    kind: Kind
    headers: tuple[str, ...]
    private: bool
    """Personal data: the column is recognized but dropped while reading, and never part of a frame."""
    fen_headers: tuple[str, ...]
    """Headers whose figures are in fen although the header does not say so."""
    keep: Callable[[str], str] | None
    """A function returning the part of a text that may be kept, e.g. the province of an address."""
    inner: bool
    """Whether the column is read only for use in ``refine``, and never part of a frame."""

    def __init__(
        self,
        name: str,
        kind: Kind,
        *headers: str,
        private: bool = False,
        fen_headers: tuple[str, ...] = (),
        keep: Callable[[str], str] | None = None,
        inner: bool = False,
    ) -> None:
        put = object.__setattr__
        put(self, "name", name)
        put(self, "kind", kind)
        put(self, "headers", headers)
        put(self, "private", private)
        put(self, "fen_headers", fen_headers)
        put(self, "keep", keep)
        put(self, "inner", inner)

    @property
    def fields(self) -> tuple[str, ...]:
        """The frame columns made from this column: none if it is private or inner, two for a range."""
        if self.private or self.inner:
            return ()
        return (f"{self.name}_low", f"{self.name}_high") if self.kind == "range" else (self.name,)


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known about the origin of a table's rows from outside the table."""

    file: str
    page: str = ""
    """The name of the workbook's tab; empty for csv."""
    preamble: tuple[str, ...] = ()
    """The texts above the header row."""
    headers: tuple[str, ...] = ()
    salt: bytes = b""
    """The salt for hashing buyer names."""


class Sheet:
    """A kind of export: the class declares it, an instance holds a typed frame."""

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    """A message id, marked with ``N_``; displayed with ``say``."""
    patterns: ClassVar[tuple[str, ...]] = ()
    """File name patterns; they only break ties, because files get renamed."""
    how: ClassVar[str] = ""
    """Where to find the export, with the labels of its menus, on platforms whose profile does not say it."""
    key: ClassVar[tuple[str, ...]] = ()
    """The columns that identify a row; of rows with the same key, that of the newest import counts."""
    scope: ClassVar[tuple[str, ...]] = ()
    """Columns for each combination of which a file is always complete: a newer file replaces all its older
    rows."""
    grain: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    needs: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Required columns; of each group, at least one must be present."""
    least: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Like ``needs``, but for files read with a layout; empty: the same as ``needs``."""
    wants: ClassVar[tuple[str, ...]] = ()
    """Columns whose absence is reported, because analyses use them."""
    must: ClassVar[tuple[str, ...]] = ()
    """Columns in which every row must have a value; rows without one are left out."""
    strangers: ClassVar[tuple[str, ...]] = ()
    """Headers that show that a file is another kind of export, even if it resembles this one."""
    adds: ClassVar[tuple[str, ...]] = ()
    """Additive figures (the whole is the sum of the parts): money, clicks, pieces; not people, rates or
    scores."""
    weighted: ClassVar[Mapping[str, str]] = NOTHING
    """Averages, each with the figure that weights it when rows are added up."""
    constant: ClassVar[tuple[str, ...]] = ()
    """Figures that are the same in every part of a row, e.g. a price or a cost."""
    add_over: ClassVar[tuple[str, ...]] = ()
    """Dimensions, or single headers, that divide a row into parts: rows differing only in these are added
    up."""
    attributes: ClassVar[tuple[str, ...]] = ()
    """Dimensions that cannot split a row into parts (an item has one brand). :data:`EVERY` for rows that are
    events."""
    keyed: ClassVar[tuple[str, ...]] = ()
    """Dimensions contained in the key: further columns about them (e.g. a plan's account) do not split
    rows."""
    whole_for: ClassVar[tuple[str, ...]] = ()
    """Columns (with the date) for each combination of which a file is normally complete: rows that a newer
    file lacks then no longer count."""
    weight: ClassVar[tuple[str, ...]] = ()
    """Figures that measure how much is in the rows a newer file lacks; the first one known is used."""
    totals: ClassVar[Literal["drop", "keep"]] = "drop"
    """Whether totals rows are removed, or kept and marked by the sheet itself."""
    days: ClassVar[int] = 60
    """The default number of past days an analysis loads."""
    snapshot: ClassVar[bool] = False
    """Whether the rows are a state at one moment, such as stock: only the latest date counts."""
    daily: ClassVar[bool] = True
    """Whether the day asks for the newest file; a monthly bill is used if it is there, and never missed."""
    lasting: ClassVar[bool] = False
    """Whether rows stay valid until a newer file replaces them; undated files get the day of import."""
    blends: ClassVar[bool] = False
    """Whether several exports fill one row: columns that a newer file lacks keep their older values."""
    drifts: ClassVar[int] = 0
    """Number of days by which a key's date may change between exports (an unpaid order is paid later)."""
    coded: ClassVar[bool] = False
    """Whether texts are loaded as sorted categoricals: for the largest reports, which repeat few texts
    often."""
    unread: ClassVar[tuple[str, ...]] = ()
    """Columns that are stored but used by no analysis, so that they are not loaded."""
    gaps: ClassVar[str] = "date"
    """The date or time column in which missing days are reported; empty: none."""
    outliers: ClassVar[tuple[str, ...]] = ()
    """Columns in which outliers are reported."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.batches: tuple[str, ...] = ()

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the frame's columns in order."""
        return tuple(name for column in cls.columns for name in column.fields)

    @classmethod
    def column(cls, name: str) -> Column:
        """Return the declared column with this name."""
        return next(column for column in cls.columns if column.name == name)

    @classmethod
    def how_on(cls, platform: str) -> str:
        """Return where to find the export on the platform; empty if it is not offered there."""
        return profile(platform).how.get(cls.id, cls.how)

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Add derived values, e.g. a subtotal flag or a value from the file name; rows keep their index."""
        del origin
        return frame

    @classmethod
    def remarks(cls, frame: pd.DataFrame) -> tuple[str, ...]:
        """Return remarks about the rows as a whole, one sentence each."""
        del frame
        return ()

    @classmethod
    def undated(cls, n: int) -> str:
        """Return the message that ``n`` rows without a date were left out."""
        return plural("{n} row without a date was left out.", "{n} rows without a date were left out.", n)

    @classmethod
    def settle(cls, frame: pd.DataFrame) -> pd.DataFrame:
        """Drop rows of older imports that newer ones replace although their keys differ.

        The column ``_rank`` is higher for newer imports.
        """
        return frame

    @classmethod
    def shaped(cls, frame: pd.DataFrame, names: Sequence[str] = ()) -> pd.DataFrame:
        """Return the frame with exactly the declared columns and types, filling in missing columns.

        ``names``: only these columns; empty: all. Categoricals are kept as they are.
        """
        import pandas as pd

        made: dict[str, pd.Series] = {}
        for column in cls.columns:
            for name in column.fields:
                if names and name not in names:
                    continue
                if name not in frame.columns:
                    made[name] = _absent(column.kind, frame.index)
                else:
                    made[name] = _typed(frame[name], _dtype(column.kind))
        return pd.DataFrame(made, index=frame.index, copy=False)

    @classmethod
    def empty(cls) -> pd.DataFrame:
        """Return a frame of this sheet without rows."""
        import pandas as pd

        return cls.shaped(pd.DataFrame())


def frames_of(*sheets: Sheet | None) -> dict[str, pd.DataFrame]:
    """Return the frames of the given sheets by sheet id, skipping None."""
    return {sheet.id: sheet.frame for sheet in sheets if sheet is not None}


def _dtype(kind: Kind) -> str:
    if kind in ("id", "text"):
        return "str"
    if kind in ("date", "time"):
        return "datetime64[ns]"
    return "bool" if kind == "flag" else "float64"


def _typed(values: pd.Series, dtype: str) -> pd.Series:
    import pandas as pd

    if values.dtype == dtype or isinstance(values.dtype, pd.CategoricalDtype):
        return values
    typed: pd.Series = values.astype(dtype)  # type: ignore[call-overload]
    return typed


def _absent(kind: Kind, index: pd.Index) -> pd.Series:
    import pandas as pd

    if kind in ("id", "text"):
        return pd.Series("", index=index, dtype="str")
    if kind == "flag":
        return pd.Series(data=False, index=index, dtype="bool")
    if kind in ("date", "time"):
        return pd.Series(pd.NaT, index=index, dtype="datetime64[ns]")
    return pd.Series(float("nan"), index=index, dtype="float64")
