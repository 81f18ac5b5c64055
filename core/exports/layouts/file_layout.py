"""The data of a layout: which headers of a file stand for which columns of a sheet, which rows are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from core.exports.header_keys import key_of, without_unit

Unit: TypeAlias = Literal["", "yuan", "fen", "wan", "percent", "fraction", "seconds", "minutes"]
NOTHING: Final = MappingProxyType[str, Any]({})


class ColumnRule(NamedTuple):
    """Which headers of the file stand for a column of the sheet."""

    headers: tuple[str, ...] = ()
    """Its possible headers, the preferred one first; ``商家编码#2`` is the second column with that name."""
    sum: tuple[str, ...] = ()
    """Headers to add up instead; one with a leading ``-`` is subtracted."""
    unit: Unit = ""
    """The unit of the figures; empty: the unit in the header, else yuan or seconds; rates with a median above
    1 are in percent."""
    values: Mapping[str, str] = NOTHING
    """Replacements for texts in the file's cells."""

    @classmethod
    def in_full(cls, short: object) -> object:
        """Expand the short forms of a rule, a single header or a list of headers, into the full form."""
        if isinstance(short, str):
            return {"headers": [short]}
        return {"headers": short} if isinstance(short, list) else short

    @property
    def named(self) -> tuple[str, ...]:
        """All headers mentioned in the rule."""
        return (*self.headers, *(part.removeprefix("-") for part in self.sum))


class RowRules(NamedTuple):
    """The rules by which rows of the table are used or left out."""

    keep: Mapping[str, tuple[str, ...]] = NOTHING
    """For each header, the values a row must have to count; all other rows are left out."""
    drop: Mapping[str, tuple[str, ...]] = NOTHING
    """For each header, the values of rows to leave out."""
    fill_down: tuple[str, ...] = ()
    """Headers whose blank cells take the value of the cell above."""


class TaughtBy(NamedTuple):
    """Who defined a layout (with ``shopday teach``), when, and with which file."""

    by: str
    at: datetime
    file: str = ""


class FileLayout(NamedTuple):
    """A known file format: its sheet, the headers it is recognized by, and how to read its columns."""

    id: str
    sheet: str
    """The id of the sheet (the kind of export)."""
    columns: Mapping[str, ColumnRule]
    """The rule for each column of the sheet."""
    requires: tuple[str, ...] = ()
    """Headers that a file needs in order to match; another header of the same column's rule may replace
    one."""
    without: tuple[str, ...] = ()
    """Headers that rule the layout out if the file has them."""
    title: str = ""
    page: str = ""
    """The name of the workbook tab to read; ``*`` matches anything, empty: every tab."""
    skip_after_header: int = 0
    """The number of explanatory rows below the header."""
    date_format: str = ""
    """The format of dates, e.g. ``%m/%d/%Y``; empty: any format that :mod:`core.exports.cells` recognizes."""
    rows: RowRules = RowRules()
    add_over: tuple[str, ...] = ()
    """Headers of columns that divide rows into parts: rows differing only in these are added up."""
    attributes: tuple[str, ...] = ()
    """Headers of columns that only describe a row and do not split it into parts."""
    amount_per: Literal["", "order", "line"] = ""
    """Whether the amount on each line of an order is the whole order's or the line's; empty: inferred."""
    ignored: tuple[str, ...] = ()
    """Headers deliberately left out."""
    signature: str = ""
    """The signature of the headers of the file it was taught from
    (:func:`core.exports.header_keys.signature_of`)."""
    version: int = 1
    """The number of the version, increased with every change."""
    taught: TaughtBy | None = None
    """Who taught the layout; None for layouts shipped with the program."""
    platform: str = ""
    source: str = ""
    """Where it is documented that files look like this."""
    confidence: Literal["", "verified", "partial"] = ""
    """``verified``: shown by a real file or by two independent programs that read it; ``partial``: by one."""
    how: str = ""
    """Where to find the file on the platform, with the labels of its menus."""

    @property
    def name(self) -> str:
        """The layout's title, or its id if it has no title."""
        return self.title or self.id

    @property
    def edition(self) -> str:
        """The layout's id and version, e.g. ``orders@2``, as stored with an import."""
        return f"{self.id}@{self.version}"

    def headers(self) -> Iterator[str]:
        """Yield all headers mentioned in the layout."""
        for rule in self.columns.values():
            yield from rule.named
        yield from (*self.requires, *self.rows.keep, *self.rows.drop, *self.rows.fill_down)
        yield from (*self.add_over, *self.attributes, *self.ignored)

    def splits(self, header: str) -> Literal["sum", "ignore", ""]:
        """Return how a column that no rule maps affects the rows; "" if the layout does not say."""
        key = without_unit(key_of(header))[0]
        if key in _keys(self.add_over):
            return "sum"
        settled = (*self.attributes, *self.ignored, *self.rows.keep, *self.rows.drop)
        return "ignore" if key in _keys(settled) else ""


def _keys(headers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(without_unit(key_of(header))[0] for header in headers)


class Layouts(NamedTuple):
    """The layouts to try on a shop's files."""

    taught: tuple[FileLayout, ...] = ()
    """Layouts taught by the shop, the latest last."""
    known: tuple[FileLayout, ...] = ()
    """Layouts shipped with the program."""
