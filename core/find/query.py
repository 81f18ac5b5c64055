"""What is looked for, as people type it: words, words that must not be there, figures, days.

``直通车 -老客 "首屏 换图" 转化率<2% 2026-11 周一`` means: entries with 直通车 and with 首屏 换图 and
without 老客, on Mondays of November 2026 whose conversion was below 2 %. Chinese needs no word breaks:
one character is a word. 达标 and 没达标 are days on which the target was reached or not. In quotation marks
all of these are plain words.
"""

from __future__ import annotations

import re
from calendar import monthrange
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
    """One figure of a day held against a number; rates are fractions, money is yuan."""

    metric: str
    relation: Relation
    value: float
    slack: float = 0.0
    """Half of the last digit that was written: within it two figures are the same."""

    def fits(self, figure: float) -> bool:
        """Tell whether the day's figure is so."""
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
    """What is looked for; words are folded (:func:`core.find.normalize.folded`)."""

    words: tuple[str, ...] = ()
    """All of them must stand in one entry."""
    without: tuple[str, ...] = ()
    """None of them may."""
    conditions: tuple[Condition, ...] = ()
    first: date | None = None
    last: date | None = None
    weekdays: tuple[int, ...] = ()
    """Only these, Monday 0; empty: every day."""

    def covers(self, day: date) -> bool:
        """Tell whether the day is one of those that are looked at."""
        after = self.first is None or day >= self.first
        before = self.last is None or day <= self.last
        return after and before and (not self.weekdays or day.weekday() in self.weekdays)

    @property
    def of_words(self) -> bool:
        """Tell whether entries are looked for, not only days."""
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
"""Words that hold the day's sales against its target."""
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
"""Characters that can be looked for; reading figures out of them takes the square of it."""
_LONGEST_NAME: Final = 5
"""Words of the longest name of a figure: “visitors of the day” and the like."""


def read(text: str, *, first: date | None = None, last: date | None = None) -> Query:
    """Return what the text looks for; UsageError when it is nothing, too long, or a figure nobody knows.

    ``first`` and ``last`` bound the days besides what the text says of them.
    """
    if len(text) > LONGEST:
        raise UsageError(say("Look for fewer words: at most {n} characters.", n=f"{LONGEST:,}"))
    rest = folded(text.translate(_QUOTES)).replace("≤", "<=").replace("≥", ">=")
    words: list[str] = []
    without: list[str] = []
    for found in _PHRASE.finditer(rest):
        (without if found["minus"] else words).append(folded(found["words"]))
    rest, conditions = _conditions(_PHRASE.sub(" ", rest))
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
        raise UsageError(say("Look for words, or for a figure: 直通车 conversion<2%."))
    days = tuple(sorted(set(weekdays)))
    return Query(tuple(words), tuple(without), tuple(conditions), first, last, days)


def _conditions(text: str) -> tuple[str, list[Condition]]:
    """Take the conditions out of the text."""
    found: list[Condition] = []
    kept: list[str] = []
    at = 0
    for match in _CONDITION.finditer(text):
        before, metric = _named(match["name"])
        relation = cast("Relation", {"=<": "<=", "=>": ">="}.get(match["relation"], match["relation"]))
        found.append(_condition(metric, relation, match["number"].replace(",", ""), match["unit"] or ""))
        kept += [text[at : match.start()], before]
        at = match.end()
    return " ".join([*kept, text[at:]]), found


def _named(words: str) -> tuple[str, str]:
    """Return the words before the name, and the figure that the longest name at the end means."""
    parts = words.split()
    for size in range(min(len(parts), _LONGEST_NAME), 0, -1):
        metric = metric_of(" ".join(parts[-size:]))
        if metric is not None:
            return " ".join(parts[:-size]), metric
    name, names = parts[-1], known_names()
    close = get_close_matches(name, names, 1, 0.5)
    if close:
        raise UsageError(
            say("There is no figure “{name}”. Did you mean “{close}”? To look for the words as they are, "
                "put them in quotation marks.", name=name, close=close[0])
        )  # fmt: skip
    raise UsageError(say("There is no figure “{name}”. Known: {names}.", name=name, names=", ".join(names)))


def _condition(metric: str, relation: Relation, number: str, unit: str) -> Condition:
    """Return the condition; of a rate a number of 1 or more without % is meant as percent."""
    value, digits = float(number), len(number.partition(".")[2])
    times = _TIMES.get(unit, 1.0)
    if metric in RATES and not unit and value >= 1:
        times = 0.01
    return Condition(metric, relation, value * times, 0.5 * times * 10**-digits * (1 + 1e-9))


_DAY: Final = r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|年(?:(\d{1,2})月(?:(\d{1,2})[日号]?)?)?)"
_SPAN: Final = re.compile(rf"{_DAY}(?:(?:\.\.|~|至|到){_DAY})?")


def _days(word: str) -> tuple[date, date] | None:
    """Return the first and last day of ``2026-11-16``, ``2026年11月`` or ``2026-09..2026-11``."""
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
