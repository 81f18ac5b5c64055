"""The days that fit: what was written on them, their figures, and the figures of the day after."""

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
"""Days that are told in full; the others are counted."""
USUAL: Final = ("gmv", "visitors", "conversion")
"""The figures that are told of a day when none was asked for."""
_TALK: Final = ("note", "reply", "decision", "action", "action-update", "skipped")
"""What is told of a day that was found by its figures alone."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure on the day, and on the day after; None is unknown."""

    metric: str
    value: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class FoundDay:
    """One day that fits."""

    day: date
    said: tuple[SearchableText, ...]
    figures: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """What fits, the newest days first."""

    query: Query
    days: tuple[FoundDay, ...]
    all_days: int
    """How many days fit; :attr:`days` holds at most the newest :data:`MOST_DAYS`."""
    all_lines: int
    """How many entries fit; of days found by figures alone what was written on the days told."""
    unknown: int = 0
    """Days that could not be judged: a figure that was asked for is not known of them."""


def search(text: TextIndex, figures: Figures, query: Query, *, most: int = MOST_DAYS) -> Matches:
    """Return the days that fit the query; the text must be up to date (:meth:`TextIndex.renew`).

    With words: the days on which an entry has all of them. With conditions: of these, or of all days in the
    query's bounds, those whose figures are all so.
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
    """Return the days whose figures fit, and how many could not be judged."""
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
    """Return the figures asked for, else the usual ones that are known, and the same the day after."""
    asked = tuple(dict.fromkeys(one.metric for one in conditions))
    own, after = figures.get(day, {}), figures.get(day + timedelta(days=1), {})
    names = asked or tuple(name for name in USUAL if name in own or name in after)
    return tuple(Moved(name, own.get(name), after.get(name)) for name in names)
