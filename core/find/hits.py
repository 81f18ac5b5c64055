"""The search itself: the days that match a query, what was written on them, and their figures.

Each day's figures are shown together with those of the following day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.find.figures import Figures
from core.find.query import Condition, Query
from core.find.searchable_text import SearchableText
from core.find.text_index import TextIndex

MOST_DAYS: Final = 60
"""Maximum number of days returned in full; further ones are only counted."""
USUAL: Final = ("gmv", "visitors", "conversion")
"""The figures shown for a day if the query names no figure."""
_TALK: Final = ("note", "reply", "decision", "action", "action-update", "skipped")
"""Kinds of journal entries shown for a day that was found by its figures alone."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure on the day and on the following day; None if unknown."""

    metric: str
    value: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class FoundDay:
    """One matching day, with what was written on it and its figures."""

    day: date
    said: tuple[SearchableText, ...]
    figures: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """The matching days, newest first."""

    query: Query
    days: tuple[FoundDay, ...]
    all_days: int
    """Number of matching days; :attr:`days` contains at most the newest :data:`MOST_DAYS`."""
    all_lines: int
    """Number of matching entries; if the query has no words, of the entries in :attr:`days`."""
    unknown: int = 0
    """Number of days that could not be checked because a figure in the query is unknown for them."""


def search(text: TextIndex, figures: Figures, query: Query, *, most: int = MOST_DAYS) -> Matches:
    """Return the days that match the query; the text must be up to date (:meth:`TextIndex.renew`).

    With words in the query: the days with an entry that contains all of them. With conditions: of these, or
    of all days within the query's dates, those whose figures meet every condition.
    """
    if not query.of_words:
        return _by_figures(text, figures, query, most)
    lines = text.lines(query)
    places = {day: found for day, found in lines.days().items() if query.covers(day)}
    fitting, unknown = _judged(list(places), figures, query.conditions)
    told = sorted(fitting, reverse=True)[:most]
    days = []
    for day in told:
        whole = text.said(day)
        mine = [whole[place] for place in lines.of(day, places[day]) if place < len(whole)]
        days.append(FoundDay(day, tuple(mine), _moved(figures, day, query.conditions)))
    count = sum(len(places[day]) for day in fitting)
    return Matches(query, tuple(days), len(fitting), count, unknown)


def _by_figures(text: TextIndex, figures: Figures, query: Query, most: int) -> Matches:
    written = text.days(query)
    among = {day for day in {*written, *(figures if query.conditions else ())} if query.covers(day)}
    fitting, unknown = _judged(sorted(among), figures, query.conditions)
    told = sorted(fitting, reverse=True)[:most]
    days = [FoundDay(day, _talk(text, day), _moved(figures, day, query.conditions)) for day in told]
    return Matches(query, tuple(days), len(fitting), sum(len(one.said) for one in days), unknown)


def _talk(text: TextIndex, day: date) -> tuple[SearchableText, ...]:
    return tuple(one for one in text.said(day) if one.kind in _TALK)


def _judged(
    days: Sequence[date], figures: Figures, conditions: Sequence[Condition]
) -> tuple[list[date], int]:
    """Return the days whose figures meet the conditions, and the number of days with unknown figures."""
    if not conditions:
        return list(days), 0
    fitting, unknown = [], 0
    for day in days:
        known: Mapping[str, float] = figures.get(day, {})
        if any(one.metric not in known for one in conditions):
            unknown += 1
        elif all(one.fits(known[one.metric]) for one in conditions):
            fitting.append(day)
    return fitting, unknown


def _moved(figures: Figures, day: date, conditions: Sequence[Condition]) -> tuple[Moved, ...]:
    """Return the figures in the conditions, else the usual ones, of the day and of the following day."""
    asked = tuple(dict.fromkeys(one.metric for one in conditions))
    own, after = figures.get(day, {}), figures.get(day + timedelta(days=1), {})
    names = asked or tuple(name for name in USUAL if name in own or name in after)
    return tuple(Moved(name, own.get(name), after.get(name)) for name in names)
