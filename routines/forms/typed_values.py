"""Parse what people type for a day, a number of pieces, a sum of money or a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from core.errors import UsageError
from core.language.dates import day as day_words
from core.language.wording import excerpt, say
from core.measures.metrics import RATES

_NAMED: Final[Mapping[str, int]] = {
    "今天": 0, "今日": 0, "today": 0,
    "明天": 1, "明日": 1, "明儿": 1, "tomorrow": 1,
    "后天": 2, "大后天": 3,
}  # fmt: skip
"""Words for a day, with the number of days from today."""
_WEEKDAYS: Final[Mapping[str, int]] = {
    **{name: number for number, name in enumerate("一二三四五六日")},
    "天": 6,
    **{name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}
_LONG_NAMES: Final = (
    r"mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_CHINESE_WEEKDAY: Final = re.compile(r"(下?)(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_ENGLISH_WEEKDAY: Final = re.compile(rf"(next )?({_LONG_NAMES})")
_AFTER: Final = re.compile(r"\+(\d{1,3})(?:天|d)?|(\d{1,3})天后")
_WITH_YEAR: Final = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
_WITHOUT_YEAR: Final = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_HALF_A_YEAR: Final = 183
"""A day typed without its year means next year's if this year's is more than this many days ago."""
_PIECES: Final = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)(万|w|千|k)?(?:件|个|双|条|套|pcs|pieces)?")
_SUM: Final = re.compile(r"(\d{1,9}(?:\.\d{1,2})?)(万|w|千|k)?(?:元|块|yuan)?")
_FIGURE: Final = re.compile(r"(\d{1,12}(?:\.\d{1,4})?)(万|w|千|k)?(%)?")
_SCALES: Final = {None: 1, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000}


def day_meant(typed: str, today: date) -> date:
    """Return the day that was typed: 2026-11-20, 11-20, 11月20日, 明天, 周五, 下周五, friday, +3.

    A weekday means the next day with that name, today included. A date without a year is in this year or, if
    that would be more than half a year ago, in the next. Raise UsageError if the text is not understood.
    """
    word = " ".join(typed.strip().casefold().split())
    found = _relative(word, today) or _dated(word, today)
    if found is None:
        raise UsageError(
            say("“{typed}” is not a date. Write 11-20, tomorrow, Friday or +3.", typed=excerpt(typed))
        )
    return found


def day_to_come(typed: str, today: date) -> date:
    """Return the day that was typed; raise UsageError if it is not understood or is before ``today``."""
    found = day_meant(typed, today)
    if found < today:
        raise UsageError(say("{day} is in the past: write today or a later day.", day=day_words(found)))
    return found


def pieces_meant(typed: str) -> float:
    """Return the number of pieces that was typed: 1055, 1,055件, 1.2万.

    Raise UsageError if it is not a whole number above 0.
    """
    found = _number(_PIECES, typed)
    if found is None or found != int(found):
        raise UsageError(
            say(
                "“{typed}” is not a number of pieces. Write it in figures, such as 1055.",
                typed=excerpt(typed),
            )
        )
    return found


def yuan_meant(typed: str) -> float:
    """Return the amount in yuan that was typed: 3500, ¥3,500, 0.35万.

    Raise UsageError if it is not an amount above 0.
    """
    found = _number(_SUM, typed)
    if found is None:
        raise UsageError(
            say("“{typed}” is not an amount. Write it in figures, such as 3500.", typed=excerpt(typed))
        )
    return found


def figure_meant(typed: str, metric: str = "") -> float:
    """Return the figure that was typed for a metric: 2.5%, 1,200, 3.8万.

    For a rate, a number above 1 without % is taken as a percentage. Raise UsageError if it is not a number,
    or if it is a percentage for a metric that is no rate.
    """
    word = re.sub(r"[,，¥￥\s元块秒]", "", str(typed)).casefold().replace("％", "%")
    found = _FIGURE.fullmatch(word)
    if found is None:
        raise UsageError(
            say("“{typed}” is not a number. Write it as 2.5%, 1200 or 3.8万.", typed=excerpt(typed))
        )
    if found[3] and metric and metric not in RATES:
        raise UsageError(
            say("“{typed}” is a share, but this figure is a number: write it as 1200.", typed=excerpt(typed))
        )
    value = float(found[1]) * _SCALES[found[2]]
    return value / 100.0 if found[3] or (metric in RATES and value > 1.0) else value


def _number(form: re.Pattern[str], typed: str) -> float | None:
    word = re.sub(r"[,，¥￥\s]", "", str(typed)).casefold()
    found = form.fullmatch(word)
    value = float(found[1]) * _SCALES[found[2]] if found else 0.0
    return value if value > 0 else None


def _relative(word: str, today: date) -> date | None:
    if word in _NAMED:
        return today + timedelta(days=_NAMED[word])
    if after := _AFTER.fullmatch(word):
        return today + timedelta(days=int(after[1] or after[2]))
    named = _CHINESE_WEEKDAY.fullmatch(word) or _ENGLISH_WEEKDAY.fullmatch(word)
    if named is None:
        return None
    weekday = _WEEKDAYS[named[2][:3]]
    if named[1]:
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _dated(word: str, today: date) -> date | None:
    found = _WITH_YEAR.fullmatch(word)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        found = _WITHOUT_YEAR.fullmatch(word)
        if not found:
            return None
        near = date(today.year, int(found[1]), int(found[2]))
        back = (today - near).days > _HALF_A_YEAR
        return date(today.year + 1, near.month, near.day) if back else near
    except ValueError:
        return None
