"""Parse single cells of exports into the values they stand for.

A function returns None if the cell is marked as having no value, and raises :class:`Unreadable` if its
content is not of the expected kind; neither case becomes 0. Nothing is guessed: dates written with the day
first, ids that lost digits and numbers with misplaced commas are refused.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

MISSING = frozenset(
    (
        *("", "-", "--", "---", "—", "——", "–", "/", "nan", "null", "none", "nil", "\\n", "n/a", "#n/a"),
        *(
            "#div/0!",
            "延迟统计",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "暂无",
            "暂无数据",
            "无退款申请",
            "无数据",
        ),
    )
)
"""Texts of cells that mean "no figure", in lower case. 0, 0.00 and 0.00% are figures."""
TOTALS = frozenset(
    (
        *(
            "总计",
            "合计",
            "汇总",
            "小计",
            "共计",
            "总和",
            "平均值",
            "平均",
            "汇总值",
            "全店汇总值",
            "全店平均值",
        ),
        *("全店汇总", "同行同层优秀", "同行同层均值", "同行均值", "同行优秀", "total", "sum"),
    )
)
"""Labels of rows with totals, averages or peer benchmarks, in the cell where other rows have a date, name or
id."""
TOTAL_OF: Final = (
    *(f"{which}{span}" for which in "本当" for span in "月周日年"),
    *("全店", "全部", "全", "分类", "分组", "本页", "当页", "以上", "所有", "店铺", "账户", "客服", "团队"),
    *("全员", "计划", "商品", "宝贝", "渠道", "部门", "仓库", "期间", "时段", "自然月", "自然周"),
    *(f"{month}月" for month in range(1, 13)),
    *(f"{month}月份" for month in range(1, 13)),
)  # fmt: skip
"""Words that may precede the word for "total" in a totals label: 客服 in 客服汇总, 11月 in 11月合计."""
_TOTAL = re.compile(
    rf"(?:{'|'.join(TOTAL_OF)})?"
    r"(?:(总计|合计|汇总|小计|共计|总和|累计|总量|grandtotal|total|sum|overall)|平均值?|均值|[日周月]均|average)"
    r"(?:值|数)?:?"
)

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

_NUMBER = re.compile(r"([+-]?)[￥¥$]?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(?:e([+-]?\d{1,3}))?")
_UNITS = re.compile(r"(?<=[\d.万亿])(元|人|件|次|笔|个|条|单|分|星|秒|s)$")
_DAY = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})[日号]|(\d{4})(\d{2})(\d{2})"
)
_CLOCK = re.compile(r"[ t]*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?: ?(z|utc|gmt|[+-]\d{2}:?\d{2}))?")
_SPLIT = re.compile(r"\s*(?:~|～|至|—|–|--| - | to )\s*")
_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?")
_ID = re.compile(r"[0-9A-Za-z_\-.:/#*+]{1,64}")
YEARS = (1990, 2100)
"""The first and last plausible year."""
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_415
"""The Excel serial numbers of 1990-01-01 and 2100-12-31."""
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a count of days, no moment
_SAFE_DIGITS = 15
"""The number of significant digits that Excel keeps."""


class Unreadable(ValueError):
    """Raised if a cell's content is not a value of the kind that its column holds."""


class ManyDays(Unreadable):
    """Raised if a cell names several days where a single day is needed."""


class LostDigits(Unreadable):
    """Raised if a cell was an id that a spreadsheet program turned into a rounded number."""


def fold(text: str) -> str:
    """Return the text in half width, without surrounding spaces, NULs and invisible characters.

    Spaces inside the text are kept.
    """
    plain = unicodedata.normalize("NFKC", text)
    return plain.translate(_INVISIBLE).strip()


_INVISIBLE = dict.fromkeys((0, 8203, 8204, 8205, 8206, 8207, 8288, 65279, 173))


def is_missing(text: str) -> bool:
    """Return whether the cell is marked as having no figure, e.g. ``--`` or 暂无数据."""
    return fold(text).lower() in MISSING


def is_total(text: str) -> bool:
    """Return whether the cell labels a row of totals, averages or benchmarks."""
    plain = fold(text).lower().strip(":")
    return plain in TOTALS or _TOTAL.fullmatch(plain.replace(" ", "")) is not None


def is_sum(text: str) -> bool:
    """Return whether the cell labels a sum of the other rows, not an average or a benchmark."""
    found = _TOTAL.fullmatch(fold(text).lower().replace(" ", ""))
    return found is not None and found[1] is not None


def number(text: str, *, percent: bool = False) -> float | None:
    """Parse a number such as ``12,186.70``, ``￥1``, ``0元`` or ``2.5万``; None for a cell without a value.

    With ``percent``, ``4.86%`` is accepted as well and gives the fraction 0.0486.
    """
    plain = fold(text).lower().replace(" ", "")
    if plain in MISSING:
        return None
    if plain.startswith("(") and plain.endswith(")"):  # accounting notation for negative numbers
        plain = f"-{plain[1:-1]}"
    scale = 1.0
    if plain.endswith("%"):
        if not percent:
            raise Unreadable(text)
        plain, scale = plain[:-1], 0.01
    plain = _UNITS.sub("", plain)
    if plain.endswith(("万", "亿")):
        plain, scale = plain[:-1], scale * (1e4 if plain.endswith("万") else 1e8)
    found = _NUMBER.fullmatch(plain)
    if found is None or (found[3] is None and found[4] is None) or (found[1] and found[2]):
        raise Unreadable(text)
    digits = (found[3] or "0").replace(",", "") + (found[4] or "") + (f"e{found[5]}" if found[5] else "")
    value = float(digits) * scale
    if value in (float("inf"), float("-inf")):
        raise Unreadable(text)
    return -value if "-" in (found[1], found[2]) else value


def seconds(text: str) -> float | None:
    """Parse a duration such as ``8.38``, ``12秒``, ``1分23秒`` or ``00:01:23`` into seconds."""
    plain = fold(text).lower().replace(" ", "")
    if found := re.fullmatch(
        r"(?:(\d+)(?:小时|时|h))?(?:(\d+)(?:分钟|分|m))(?:(\d+(?:\.\d+)?)(?:秒|s))?", plain
    ):
        return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + float(found[3] or 0)
    if found := re.fullmatch(r"(?:(\d+):)?(\d{1,2}):(\d{2}(?:\.\d+)?)", plain):
        return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3])
    return number(plain)


def span(text: str) -> tuple[float, float] | None:
    """Parse a range such as ``600 ~ 1200``, ``7500 ~ 1万`` or ``5% ~ 7.5%`` into (low, high).

    A single figure gives low = high; a cell without a value gives None.
    """
    plain = fold(text)
    if plain.lower() in MISSING:
        return None
    parts = _SPLIT.split(plain)
    if len(parts) == 1 and (found := re.fullmatch(r"([\d.,]+[万亿%]?)-([\d.,]+[万亿%]?)", plain)):
        parts = [found[1], found[2]]
    ends = [number(part, percent=True) for part in parts]
    if len(ends) > 2 or None in ends:  # noqa: PLR2004 - two ends
        raise Unreadable(text)
    low, high = ends[0], ends[-1]
    if low is None or high is None or low > high:
        raise Unreadable(text)
    return low, high


def hour(text: str) -> float | None:
    """Parse an hour such as ``8``, ``08:00``, ``08:00-08:59`` or ``8时`` into a number from 0 to 23."""
    plain = fold(text).lower().replace(" ", "")
    if plain in MISSING:
        return None
    found = re.match(r"(?:\d{4}-\d{1,2}-\d{1,2}t?)?(\d{1,2})(?:\.0)?(?:$|[:时点~-])", plain)
    if found is None or int(found[1]) > 23:  # noqa: PLR2004 - hours of a day
        raise Unreadable(text)
    return float(found[1])


def identifier(text: str) -> str:
    """Return the id in ``="19306…"``, ``'1930…``, ``ID：1930…`` or plain text; "" if there is none.

    Raise LostDigits if a spreadsheet program has turned it into scientific notation.
    """
    plain = fold(text)
    if plain.startswith("="):
        plain = plain[1:].strip()
    plain = plain.strip("\"'`’‘“”").strip()
    plain = re.sub(r"^(?:id|no)\s*[:.]\s*", "", plain, flags=re.IGNORECASE)
    if plain.lower() in MISSING:
        return ""
    if re.fullmatch(r"\d+(?:\.\d+)?e\+?\d+", plain, re.IGNORECASE):
        raise LostDigits(text)
    if not _ID.fullmatch(plain):
        raise Unreadable(text)
    return re.sub(r"(?<=\d)\.0+$", "", plain) if re.fullmatch(r"\d+\.0+", plain) else plain


def identifier_of_number(value: float) -> str:
    """Return the text of an id that is stored as a number in a workbook; "" for an empty cell (NaN).

    Raise LostDigits if it is too long for a spreadsheet to store exactly.
    """
    if value != value:  # noqa: PLR0124 - NaN is an empty cell
        return ""
    text = f"{value:.0f}"
    if value != int(value):
        raise Unreadable(str(value))
    if len(text.lstrip("-")) > _SAFE_DIGITS:
        raise LostDigits(text)
    return text


def moment(text: str, zone: tzinfo = SHANGHAI) -> datetime | None:
    """Parse a date, or date and time, in the platforms' formats; a date alone means its midnight.

    A time with ``Z`` or an offset is converted to ``zone``, the shop's time zone; other times are in that
    zone already.
    """
    plain = fold(text).lower().strip("\"'=")
    if plain in MISSING:
        return None
    found = _DAY.match(plain)
    rest = plain[found.end() :] if found else ""
    clock = _CLOCK.fullmatch(rest) if rest else None
    if found is None or (rest and clock is None):
        return _odd_moment(text, plain)
    year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
    hours, minutes, secs = (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
    try:
        read = datetime(year, month, day, hours, minutes, secs)  # noqa: DTZ001 - shop time, as in the file
    except ValueError as error:
        raise Unreadable(text) from error
    if not YEARS[0] <= year <= YEARS[1]:
        raise Unreadable(text)
    return _in_zone(read, clock[4], zone) if clock and clock[4] else read


def is_zoned(text: str, zone: tzinfo = SHANGHAI) -> bool:
    """Return whether the cell is a time with an offset other than that of ``zone``, the shop's time zone."""
    found = re.search(r":\d{2}(?:\.\d+)? ?(z|utc|gmt|[+-]\d{2}:?\d{2})$", fold(text).lower().strip("\"'="))
    if found is None:
        return False
    noon = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - the zone is what is asked for
    try:
        return _in_zone(noon, found[1], zone) != noon
    except Unreadable:
        return False


def _in_zone(read: datetime, said: str, zone: tzinfo) -> datetime:
    """Convert ``read``, a time with the UTC offset ``said`` ("Z", "+08:00"), to ``zone``.

    ``zone`` is the shop's time zone; the result has no ``tzinfo``.
    """
    ahead = timedelta(0)
    if said[0] in "+-":
        hours, minutes = int(said[1:3]), int(said[-2:])
        ahead = timedelta(hours=hours, minutes=minutes) * (-1 if said[0] == "-" else 1)
    if abs(ahead) >= timedelta(days=1):
        raise Unreadable(said)
    return read.replace(tzinfo=timezone(ahead)).astimezone(zone).replace(tzinfo=None)


def _odd_moment(text: str, plain: str) -> datetime:
    """Parse an Excel serial number, or a range ``a ~ b`` whose two ends are on the same day.

    Raise ManyDays for a range of several days or for a month, Unreadable for anything else.
    """
    if re.fullmatch(r"\d{5}(?:\.\d+)?|\d{8}\.0+", plain):
        return moment_of_number(float(plain))
    ends = _SPLIT.split(plain)
    if len(ends) == 2 and all(_DAY.match(end) for end in ends):  # noqa: PLR2004 - two ends
        first, last = moment(ends[0]), moment(ends[1])
        if first is not None and last is not None and first.date() == last.date():
            return first
        raise ManyDays(text)
    if (found := _MONTH.fullmatch(plain)) and 1 <= int(found[2]) <= 12:  # noqa: PLR2004 - months
        raise ManyDays(text)
    raise Unreadable(text)


def moment_of_number(value: float) -> datetime:
    """Return the time that a number stands for: a day written as ``20260811`` or an Excel serial number."""
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return _EXCEL_EPOCH + timedelta(seconds=round(value * 86_400))
    if value == int(value) and len(str(int(value))) == 8 and (day := moment(str(int(value)))):  # noqa: PLR2004
        return day
    raise Unreadable(str(value))


def day_of(text: str) -> date | None:
    """Return the cell's day, None if it has none; raise ManyDays if the cell names several days."""
    found = moment(text)
    return None if found is None else found.date()
