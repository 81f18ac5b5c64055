"""Parsing of search queries: words, excluded words, conditions on figures, and days.

``直通车 -老客 "首屏 换图" 转化率<2% 2026-11 周一`` finds entries that contain 直通车 and 首屏 换图 but not
老客, on Mondays of November 2026 on which the conversion was below 2 %. Chinese needs no word boundaries:
even a single character is a word. 达标 and 没达标 select days on which the target was reached or missed. In
quotation marks all of these are plain words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final, Literal, TypeAlias, cast

from core.errors import UsageError
from core.find.names import known_names, metric_of
from core.find.normalize import folded
from core.language.wording import say
from core.measures.metrics import RATES

Relation: TypeAlias = Literal["<", "<=", ">", ">=", "="]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a figure; rates are fractions, money is in yuan."""

    metric: str
    """The metric's name, or the id of a table's column."""
    relation: Relation
    value: float
    slack: float = 0.0
    """Tolerance for ``=``: half a unit of the last digit typed."""

    def fits(self, figure: float) -> bool:
        """Return whether the figure meets the condition."""
        match self.relation:
            case "<":
                return figure < self.value
            case "<=":
                return figure <= self.value
            case ">":
                return figure > self.value
            case ">=":
                return figure >= self.value
        return abs(figure - self.value) <= self.slack


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; its words are normalized (:func:`core.find.normalize.folded`)."""

    words: tuple[str, ...] = ()
    """Words that must all occur in the same entry."""
    without: tuple[str, ...] = ()
    """Words that must not occur in the entry."""
    conditions: tuple[Condition, ...] = ()
    first: date | None = None
    last: date | None = None
    weekdays: tuple[int, ...] = ()
    """Weekdays to search (0 is Monday); empty for all."""

    def covers(self, day: date) -> bool:
        """Return whether the day is within the query's dates and weekdays."""
        after = self.first is None or day >= self.first
        before = self.last is None or day <= self.last
        return after and before and (not self.weekdays or day.weekday() in self.weekdays)

    @property
    def of_words(self) -> bool:
        """Return whether the query contains words, so that it searches for entries rather than only days."""
        return bool(self.words or self.without)


_VALUE: Final = r"¥?(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?P<unit>%|万|w|千|k|亿|m)?"
_CONDITION: Final = re.compile(
    rf"(?P<name>[^\s<>=\"]+(?: [^\s<>=\"]+)*?)\s*(?P<relation><=|>=|=<|=>|[<>=])\s*{_VALUE}(?![\d.,])"
)
_PHRASE: Final = re.compile(r"(?<!\S)(?P<minus>-?)\"(?P<words>[^\"]*)\"")
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»「」『』", '"'))
_TIMES: Final = {"%": 0.01, "千": 1e3, "k": 1e3, "万": 1e4, "w": 1e4, "m": 1e6, "亿": 1e8}
_REACHED: Final = dict.fromkeys(("达标", "达成", "达到目标", "on-target"), True) | dict.fromkeys(
    ("没达标", "未达标", "不达标", "没达成", "未达成", "off-target"), False
)
"""Words for whether the day's target was reached: True if reached, False if missed."""
_WEEKDAY_WORDS: Final = {
    folded(word): number
    for number, words in enumerate(
        (
            ("周一", "星期一", "礼拜一", "monday", "mondays"),
            ("周二", "星期二", "礼拜二", "tuesday", "tuesdays"),
            ("周三", "星期三", "礼拜三", "wednesday", "wednesdays"),
            ("周四", "星期四", "礼拜四", "thursday", "thursdays"),
            ("周五", "星期五", "礼拜五", "friday", "fridays"),
            ("周六", "星期六", "礼拜六", "saturday", "saturdays"),
            ("周日", "周天", "星期日", "星期天", "礼拜天", "sunday", "sundays"),
        )
    )
    for word in words
}
LONGEST: Final = 1_000
"""Maximum length of a query in characters, because extracting conditions takes quadratic time."""
_LONGEST_NAME: Final = 5
"""Maximum number of words in the name of a figure, e.g. “visitors of the day”."""


def read(text: str, *, first: date | None = None, last: date | None = None) -> Query:
    """Parse a query; raise UsageError if it is empty, too long or names an unknown figure.

    ``first`` and ``last`` limit the days, in addition to any dates in the text.
    """
    if len(text) > LONGEST:
        raise UsageError(say("Search for fewer words: at most {n} characters.", n=f"{LONGEST:,}"))
    rest = folded(text.translate(_QUOTES)).replace("≤", "<=").replace("≥", ">=")
    words: list[str] = []
    without: list[str] = []
    for found in _PHRASE.finditer(rest):
        (without if found["minus"] else words).append(folded(found["words"]))
    rest, conditions = typed_conditions(_PHRASE.sub(" ", rest), _named, RATES)
    weekdays: list[int] = []
    for word in rest.replace('"', " ").split():
        span = _days(word)
        if span is not None:
            first = max(filter(None, (first, span[0])))
            last = min(filter(None, (last, span[1])))
        elif word in _WEEKDAY_WORDS:
            weekdays.append(_WEEKDAY_WORDS[word])
        elif word in _REACHED:
            conditions.append(Condition("target_share", ">=" if _REACHED[word] else "<", 1.0))
        elif word.startswith("-") and len(word) > 1:
            without.append(word[1:])
        else:
            words.append(word)
    words, without = [list(dict.fromkeys(filter(None, some))) for some in (words, without)]
    of_days = first is not None or last is not None or weekdays
    if not words and not without and not conditions and not of_days:
        raise UsageError(say("Search for words, or for a figure: refunds conversion<2%."))
    days = tuple(sorted(set(weekdays)))
    return Query(tuple(words), tuple(without), tuple(conditions), first, last, days)


def typed_conditions(
    text: str, named: Callable[[str], tuple[str, str]], rates: Container[str]
) -> tuple[str, list[Condition]]:
    """Extract the conditions from the folded text; return the remaining text and the conditions.

    ``named`` splits the words before a sign such as ``<`` into (other words, name of the figure); ``rates``
    holds the names of the figures that are rates.
    """
    found: list[Condition] = []
    kept: list[str] = []
    at = 0
    for match in _CONDITION.finditer(text):
        before, metric = named(match["name"])
        relation = cast("Relation", {"=<": "<=", "=>": ">="}.get(match["relation"], match["relation"]))
        value, slack = _figure(match["number"], match["unit"] or "", rate=metric in rates)
        found.append(Condition(metric, relation, value, slack))
        kept += [text[at : match.start()], before]
        at = match.end()
    return " ".join([*kept, text[at:]]), found


def _named(words: str) -> tuple[str, str]:
    """Split the words before a sign such as ``<`` into (other words, metric); the longest name wins."""
    parts = words.split()
    for size in range(min(len(parts), _LONGEST_NAME), 0, -1):
        metric = metric_of(" ".join(parts[-size:]))
        if metric is not None:
            return " ".join(parts[:-size]), metric
    name, names = parts[-1], known_names()
    close = get_close_matches(name, names, 1, 0.5)
    if close:
        raise UsageError(
            say("There is no figure “{name}”. Did you mean “{close}”? To search for the exact words, put "
        "them in quotation marks.", name=name, close=close[0])
        )  # fmt: skip
    raise UsageError(
        say("There is no figure “{name}”. Available: {names}.", name=name, names=", ".join(names))
    )


def _figure(number: str, unit: str, *, rate: bool) -> tuple[float, float]:
    """Return the value of a typed figure and half a unit of its last digit.

    For a rate, a number of 1 or more without "%" is taken as percent.
    """
    value, digits = float(number.replace(",", "")), len(number.partition(".")[2])
    times = _TIMES.get(unit, 1.0)
    if rate and not unit and value >= 1:
        times = 0.01
    return value * times, 0.5 * times * 10**-digits * (1 + 1e-9)


_DAY: Final = r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|年(?:(\d{1,2})月(?:(\d{1,2})[日号]?)?)?)"
_SPAN: Final = re.compile(rf"{_DAY}(?:(?:\.\.|~|至|到){_DAY})?")


def _days(word: str) -> tuple[date, date] | None:
    """Return the first and last day of ``2026-11-16``, ``2026年11月`` or ``2026-09..2026-11``; else None."""
    match = _SPAN.fullmatch(word)
    if match is None:
        return None
    groups = match.groups()
    start, end = groups[:5], groups[5:]
    try:
        return _bounds(start)[0], _bounds(end if end[0] else start)[1]
    except ValueError:
        return None


def _bounds(parts: tuple[str | None, ...]) -> tuple[date, date]:
    year, month, day = int(parts[0] or 0), parts[1] or parts[3], parts[2] or parts[4]
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
    found = date(year, int(month), int(day))
    return found, found
