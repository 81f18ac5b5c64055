"""Headers of dimensions that split figures into parts (channel, warehouse …), and words for "all".

The catalogue is data (``dimensions.json``); how a dimension affects a kind of export is part of that kind's
declaration (:class:`core.exports.sheet.Sheet`).
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from core.exports.cells import fold
from core.exports.sheet import EVERY, Sheet

Verdict: TypeAlias = Literal["ignore", "own", "sum", "sound", "pieces", "period", "one", "refuse"]
"""How a column that names a dimension affects the rows of a file.

``ignore``: it cannot split them · ``own``: only rows naming this shop are kept · ``sum``: rows that differ
only in it are added up · ``sound``: only sellable goods are kept · ``pieces``: it should say that goods are
counted in pieces, not packs · ``period``: each row must be a single day · ``one``: all rows must have the
same value · ``refuse``: each row is only a part, so the file is refused.
"""
_FILE: Final = Path(__file__).with_suffix(".json")
_MEASURE: Final = "measure"
"""The dimension for units of measure (piece, carton); it does not split rows."""
_SAME: Final[dict[str, Verdict]] = {"shop": "own", "shop_id": "own", "period": "period", "currency": "one"}
"""Dimensions that affect the rows of every kind of export in the same way."""


def dimension_of(header: str) -> str:
    """Return the dimension a header stands for (e.g. ``source`` for ``channel`` headers); "" if none."""
    return _headers().get(_plain(header), "")


def is_harmless(header: str) -> bool:
    """Return whether the column only annotates the figures, e.g. with a weekday, a remark or a link."""
    return _plain(header) in _words("harmless")


def is_whole(value: str) -> bool:
    """Return whether the value says that the row is not split, e.g. 全部, 所有终端, all."""
    return _plain(value) in _words("whole")


def is_day(value: str) -> bool:
    """Return whether the value of a period column means single days (日, 按天, daily) or "all"."""
    return _plain(value) in _words("days") or is_whole(value)


def is_sound(value: str) -> bool:
    """Return whether a value for the quality of goods (e.g. 正品, 良品) means that they can be sold."""
    return _plain(value) in _words("sound")


def is_damaged(warehouse: str) -> bool:
    """Return whether a warehouse's name says that its goods cannot be sold, e.g. 残次品仓."""
    return any(word in _plain(warehouse) for word in _words("damaged"))


def is_yuan(currency: str) -> bool:
    """Return whether a currency's name or code means yuan."""
    return _plain(currency) in _words("yuan")


def is_pack(unit: str) -> bool:
    """Return whether one unit of measure stands for several pieces, e.g. 箱."""
    return _plain(unit) in _words("packs")


def verdict(sheet: type[Sheet], header: str, keyed: frozenset[str]) -> Verdict:
    """Return how a column that the sheet does not use affects the file's rows (see :data:`Verdict`).

    ``keyed``: the dimensions that the file's key columns stand for.
    """
    dimension = dimension_of(header)
    if dimension == _MEASURE:
        return "pieces" if sheet.snapshot else "ignore"
    if not dimension or dimension in sheet.attributes or is_harmless(header):
        return "ignore"
    if same := _SAME.get(dimension):
        return same
    if header in sheet.add_over:
        return "sum"
    return _split(sheet, dimension, keyed)


def _split(sheet: type[Sheet], dimension: str, keyed: frozenset[str]) -> Verdict:
    """Return how the dimension affects the rows, according to what the sheet declares about dimensions."""
    if EVERY in sheet.attributes or dimension in keyed & {*sheet.keyed, *sheet.add_over}:
        return "ignore"
    if dimension in sheet.add_over:
        return "sum"
    return "sound" if dimension == "quality" and "warehouse" in sheet.add_over else "refuse"


@cache
def _catalogue() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return read


@cache
def _headers() -> dict[str, str]:
    named = _catalogue()["headers"].items()
    return {_plain(header): dimension for dimension, names in named for header in names}


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in _catalogue()[kind])


def _plain(text: str) -> str:
    """Return the text normalized for comparison: half width, without whitespace, lower case."""
    return re.sub(r"\s+", "", fold(text[:200])).casefold()
