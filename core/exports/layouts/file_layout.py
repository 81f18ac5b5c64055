"""One layout of a file: which of a sheet's columns stand under which headers, and which rows count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from core.exports.header_keys import key_of, without_unit

Unit: TypeAlias = Literal["", "yuan", "fen", "wan", "percent", "fraction", "seconds", "minutes"]
NOTHING: Final = MappingProxyType[str, Any]({})


class ColumnRule(NamedTuple):
    """Where one of our columns stands in the file."""

    headers: tuple[str, ...] = ()
    """Spellings of its header, the preferred one first; ``商家编码#2`` is the second column of that name."""
    sum: tuple[str, ...] = ()
    """Headers that are added up instead; one with a ``-`` before it is taken off."""
    unit: Unit = ""
    """What the figures are in; empty: what the header says, else yuan, seconds, or percent by their size."""
    values: Mapping[str, str] = NOTHING
    """Texts of the file, and what stands for them here."""

    @classmethod
    def in_full(cls, short: object) -> object:
        """Return what is written short in full: one header, or a list of its spellings."""
        if isinstance(short, str):
            return {"headers": [short]}
        return {"headers": short} if isinstance(short, list) else short

    @property
    def named(self) -> tuple[str, ...]:
        """Every header it names."""
        return (*self.headers, *(part.removeprefix("-") for part in self.sum))


class RowRules(NamedTuple):
    """Which rows of the table count."""

    keep: Mapping[str, tuple[str, ...]] = NOTHING
    """By header, the values of the rows that count; all others are left out."""
    drop: Mapping[str, tuple[str, ...]] = NOTHING
    """By header, the values of the rows that are left out."""
    fill_down: tuple[str, ...] = ()
    """Headers whose blank cells mean the cell above them."""


class TaughtBy(NamedTuple):
    """Who taught a layout, when, and with which file."""

    by: str
    at: datetime
    file: str = ""


class FileLayout(NamedTuple):
    """What a file with these headers is, and how its columns are read."""

    id: str
    sheet: str
    """The id of a kind of export."""
    columns: Mapping[str, ColumnRule]
    """By our column, where it stands."""
    requires: tuple[str, ...] = ()
    """Headers that all must be there; another spelling of the same column will do."""
    without: tuple[str, ...] = ()
    """Headers of which none may be there."""
    title: str = ""
    page: str = ""
    """Which tab of a workbook; ``*`` stands for anything, empty for every tab."""
    skip_after_header: int = 0
    """Rows below the header that explain it."""
    date_format: str = ""
    """How its days are written, as ``%m/%d/%Y``; empty: one of the forms that are known anyway."""
    rows: RowRules = RowRules()
    add_over: tuple[str, ...] = ()
    """Headers whose values are the parts of one row: rows that differ only there are added up."""
    attributes: tuple[str, ...] = ()
    """Headers whose values split nothing."""
    amount_per: Literal["", "order", "line"] = ""
    """Of orders in several lines, whose amount stands on each; empty: what the lines show."""
    ignored: tuple[str, ...] = ()
    """Headers that were seen and left out on purpose."""
    signature: str = ""
    """Of the headers of the file it was taught by (:func:`core.exports.header_keys.signature_of`)."""
    version: int = 1
    """Grows with every change."""
    taught: TaughtBy | None = None
    """None for one that comes with the program."""
    platform: str = ""
    source: str = ""
    """How it is known that files look like that."""
    confidence: Literal["", "verified", "partial"] = ""
    """``verified``: a real file or two independent readers agree; ``partial``: one of them."""
    how: str = ""
    """Where the platform offers the file, as its menu is labelled."""

    @property
    def name(self) -> str:
        """The title, or the id where it has none."""
        return self.title or self.id

    @property
    def edition(self) -> str:
        """Id and version, as an import keeps them."""
        return f"{self.id}@{self.version}"

    def headers(self) -> Iterator[str]:
        """Give every header the layout says anything about."""
        for rule in self.columns.values():
            yield from rule.named
        yield from (*self.requires, *self.rows.keep, *self.rows.drop, *self.rows.fill_down)
        yield from (*self.add_over, *self.attributes, *self.ignored)

    def splits(self, header: str) -> Literal["sum", "ignore", ""]:
        """Return what a column that is not mapped does to the rows; empty when the layout does not say."""
        key = without_unit(key_of(header))[0]
        if key in _keys(self.add_over):
            return "sum"
        settled = (*self.attributes, *self.ignored, *self.rows.keep, *self.rows.drop)
        return "ignore" if key in _keys(settled) else ""


def _keys(headers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(without_unit(key_of(header))[0] for header in headers)


class Layouts(NamedTuple):
    """The layouts a shop's files are held against."""

    taught: tuple[FileLayout, ...] = ()
    """The shop's own; the later one taught last."""
    known: tuple[FileLayout, ...] = ()
    """Those that come with the program."""
