"""Headers that split a row into parts: by channel, by terminal, by warehouse; and the words for "not split".

The catalogue is data (``dimensions.json``); what a dimension means for one kind of export stands in that
kind's declaration (:class:`core.exports.sheet.Sheet`).
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from core.exports.cells import fold
from core.exports.sheet import EVERY, Sheet

Verdict: TypeAlias = Literal["ignore", "own", "sum", "sound", "period", "one", "refuse"]
"""What becomes of rows that a dimension splits.

``ignore``: it cannot split them · ``own``: it names the shop · ``sum``: the parts add up to the whole ·
``sound``: only goods that can be sold · ``period``: only days · ``one``: a single value ·
``refuse``: each row is a part.
"""
_FILE: Final = Path(__file__).with_suffix(".json")
_SAME: Final[dict[str, Verdict]] = {"shop": "own", "shop_id": "own", "period": "period", "currency": "one"}
"""What a dimension means in every kind of export."""


def dimension_of(header: str) -> str:
    """Return the dimension a header stands for (``channel`` headers are ``source``); "" when it is none."""
    return _headers().get(_plain(header), "")


def is_harmless(header: str) -> bool:
    """Tell whether the column only accompanies the figures: a weekday, a remark, a link."""
    return _plain(header) in _words("harmless")


def is_whole(value: str) -> bool:
    """Tell whether the value says that the row is not split: 全部, 所有终端, all."""
    return _plain(value) in _words("whole")


def is_day(value: str) -> bool:
    """Tell whether a period is a single day."""
    return _plain(value) in _words("days") or is_whole(value)


def is_sound(value: str) -> bool:
    """Tell whether goods of this quality can be sold."""
    return _plain(value) in _words("sound")


def verdict(sheet: type[Sheet], header: str, keyed: frozenset[str]) -> Verdict:
    """Return what a column of the file that the sheet does not use does to its rows.

    ``keyed``: the dimensions of the key's own columns in this file.
    """
    dimension = dimension_of(header)
    if not dimension or dimension in sheet.attributes or is_harmless(header):
        return "ignore"
    if same := _SAME.get(dimension):
        return same
    if header in sheet.add_over:
        return "sum"
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
    """Return the text as it is compared: half width, no blanks, lower case."""
    return re.sub(r"\s+", "", fold(text[:200])).casefold()
