"""What one kind of export is: nothing but a declaration, and the typed frame that follows it.

A new export is one file with one subclass of :class:`Sheet` and one line in ``core.exports.kinds.registry``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias

from core.language.wording import plural

if TYPE_CHECKING:
    import pandas as pd

Kind: TypeAlias = Literal[
    "id", "text", "date", "time", "hour", "money", "count", "rate", "ratio", "seconds", "range", "flag"
]
NUMBERS: tuple[Kind, ...] = ("hour", "money", "count", "rate", "ratio", "seconds")
"""Kinds that become one float64 column; NaN is missing."""
NOTHING: Final = MappingProxyType[str, str]({})
EVERY: Final = "*"
"""In :attr:`Sheet.attributes`: no dimension splits a row, since each row is one event with an id."""


@dataclass(frozen=True, slots=True, init=False)
class Column:
    """One column of a sheet and the headers it goes by, the preferred one first.

    A header may be written without its unit: ``花费(元)`` is found as ``花费``, ``花费(分)`` becomes yuan.
    ``商家编码#2`` is the second column of that name.
    """

    name: str
    kind: Kind
    headers: tuple[str, ...]
    private: bool
    """Known so that it is recognised, and dropped while reading: it never enters a frame."""
    fen_headers: tuple[str, ...]
    """Headers under which the figure is in fen though the header does not say so."""
    keep: Callable[[str], str] | None
    """What of a text may be kept: a province of an address, for example."""
    inner: bool
    """Read for ``refine`` only; it never enters a frame either."""

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
        """The frame's columns this one becomes: none when private or inner, two for a range."""
        if self.private or self.inner:
            return ()
        return (f"{self.name}_low", f"{self.name}_high") if self.kind == "range" else (self.name,)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows came from: what the file says about them outside the table."""

    file: str
    page: str = ""
    """The workbook's sheet name; empty for csv."""
    preamble: tuple[str, ...] = ()
    """The texts above the header row."""
    headers: tuple[str, ...] = ()
    salt: bytes = b""
    """What buyer names are hashed with."""


class Sheet:
    """One kind of export: a declaration, and around a typed frame an instance of it."""

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    """A message id, marked with ``N_``; shown with ``say``."""
    patterns: ClassVar[tuple[str, ...]] = ()
    """File name hints; they only break ties, since files get renamed."""
    how: ClassVar[str] = ""
    """Where the platform offers it, as the menu is labelled."""
    key: ClassVar[tuple[str, ...]] = ()
    """The newest import wins for each of these."""
    scope: ClassVar[tuple[str, ...]] = ()
    """Where a file is always whole: a newer one replaces all of the same scope, not only the same key."""
    grain: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    needs: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Columns a file must have to be this sheet; each group asks for one of its names."""
    least: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """As ``needs``, for a file whose layout is known anyway; empty: the same columns."""
    wants: ClassVar[tuple[str, ...]] = ()
    """Columns whose absence is told, because an analysis will miss them."""
    must: ClassVar[tuple[str, ...]] = ()
    """Columns without which a row is about nothing."""
    strangers: ClassVar[tuple[str, ...]] = ()
    """Headers that show that the file is something else, however much it looks like this sheet."""
    adds: ClassVar[tuple[str, ...]] = ()
    """Figures whose whole is the sum of its parts: money, clicks, pieces; never people, rates or scores."""
    weighted: ClassVar[Mapping[str, str]] = NOTHING
    """Averages, and the figure each is weighted by when rows are added up."""
    constant: ClassVar[tuple[str, ...]] = ()
    """Figures that every part of a row repeats: a price, a cost."""
    add_over: ClassVar[tuple[str, ...]] = ()
    """Dimensions, or single headers, whose parts make up a row: rows that differ only there are added up."""
    attributes: ClassVar[tuple[str, ...]] = ()
    """Dimensions that cannot split a row: an item has one brand. :data:`EVERY` for rows that are events."""
    keyed: ClassVar[tuple[str, ...]] = ()
    """Dimensions the key holds: further columns about them (a plan's account) tell nothing apart."""
    whole_for: ClassVar[tuple[str, ...]] = ()
    """For these together a file is whole: rows that a newer one does not have any more are gone."""
    weight: ClassVar[tuple[str, ...]] = ()
    """By which figure rows weigh that a newer file lacks: the first of these that is known."""
    totals: ClassVar[Literal["drop", "keep"]] = "drop"
    """Whether totals rows are left out, or marked by the sheet itself."""
    days: ClassVar[int] = 60
    """How far back an analysis looks unless it says otherwise."""
    snapshot: ClassVar[bool] = False
    """A state, not a flow: only the latest date counts."""
    lasting: ClassVar[bool] = False
    """What it says holds until a newer file says otherwise; a file without a day is of the day it is read."""
    blends: ClassVar[bool] = False
    """Several exports fill columns of one row: a newer file without a column leaves it as it was."""
    drifts: ClassVar[int] = 0
    """Days by which a key's date may move between exports (an unpaid order is paid the day after)."""
    coded: ClassVar[bool] = False
    """A window's texts are categories, in order: for the largest reports, which repeat few texts often."""
    unread: ClassVar[tuple[str, ...]] = ()
    """Columns that are kept in the facts and that no analysis looks at: a window leaves them out."""
    gaps: ClassVar[str] = "date"
    """The date or time column in which a missing day is worth telling; empty for none."""
    outliers: ClassVar[tuple[str, ...]] = ()
    """Columns in which a figure far beyond all others is told."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.batches: tuple[str, ...] = ()

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the frame's columns in their order."""
        return tuple(name for column in cls.columns for name in column.fields)

    @classmethod
    def column(cls, name: str) -> Column:
        """Return the declared column; KeyError when there is none."""
        return next(column for column in cls.columns if column.name == name)

    @classmethod
    def refine(cls, frame: pd.DataFrame, origin: Origin) -> pd.DataFrame:
        """Fill what no single cell says (a subtotal, a place from the file name); rows keep their index."""
        del origin
        return frame

    @classmethod
    def remarks(cls, frame: pd.DataFrame) -> tuple[str, ...]:
        """Return what is odd about the rows as a whole, one sentence each."""
        del frame
        return ()

    @classmethod
    def undated(cls, n: int) -> str:
        """Say that n rows were left out because they belong to no day."""
        return plural("{n} row without a date was left out.", "{n} rows without a date were left out.", n)

    @classmethod
    def settle(cls, frame: pd.DataFrame) -> pd.DataFrame:
        """Choose between imports that overlap beyond the key; ``_rank`` grows with newer batches."""
        return frame

    @classmethod
    def shaped(cls, frame: pd.DataFrame, names: Sequence[str] = ()) -> pd.DataFrame:
        """Return the frame with exactly the declared columns and types; what is absent becomes missing.

        ``names``: only these columns. Texts that come as categories stay so.
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
    """Return the frames of the sheets that are there, by the sheet's id: what figures are looked up in."""
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
