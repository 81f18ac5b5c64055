"""Calendar rows drafted from the shop's past sales and the public dates, until somebody confirms them.

A draft counts in targets, forecasts and baselines like a confirmed row, but makes their ranges wider. Rows in
shop.toml, whatever their state, take precedence over drafts of the same days.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from core.measures.baseline import is_ordinary
from core.measures.festivals.public_festivals import Occurrence, moved, occurrence, occurrences
from core.measures.festivals.seen import seen, times_usual
from core.measures.festivals.shape import (
    OWN_STRENGTH,
    QUIET,
    QUIET_DAYS,
    expected_shape,
    own_ratios,
    shrunk_multiplier,
)
from core.shop.settings import CalendarDay, Shop

REACH: Final = 60
"""Number of days before and after today for which rows are drafted."""
FEWEST_GONE: Final = 3
"""Number of days of a draft that must be over before their sales can refute it (a judgement)."""
_NEAR: Final = 20
"""Rows of last year within this many days of a festival's public dates may be the shop's own dates for it."""


def drafted(shop: Shop, today: date, sales: Mapping[date, float]) -> Shop:
    """Return the shop with calendar rows drafted for the festivals around today that its calendar lacks.

    ``sales`` are the shop's sales by day, as far as they are known. Days that sold like a festival although
    no row covers them get a row without a multiplier, so that they do not count as usual days.
    """
    rows = [
        row
        for one in proposals(shop, today - timedelta(days=REACH), today + timedelta(days=REACH), sales)
        for row in _with_quiet(one, shop, sales, today)
    ]
    made = shop._replace(calendar=(*rows, *shop.calendar))
    large = [
        CalendarDay(days[0], days[-1], note=one.festival.name, state="proposed", source="sales")
        for one in seen(made, sales, today - timedelta(days=1))
        if (days := [day for day in one.days if is_ordinary(made, day)])
    ]
    return shop._replace(calendar=(*rows, *large, *shop.calendar)) if rows or large else shop


def _with_quiet(
    one: CalendarDay, shop: Shop, sales: Mapping[date, float], today: date
) -> Iterator[CalendarDay]:
    """Yield the drafted row, followed by a row for the quiet days after it.

    A festival of unknown shape gets a row of ordinary days: the shop is asked about it, and no figure
    changes. If its days so far sold like ordinary days rather than like the draft, those days are set to
    ordinary, its coming days keep the drafted sizes, and no quiet days follow.
    """
    if not one.profile:
        yield one._replace(multiplier=1.0)
        return
    if not _fits(one, shop, sales, today):
        sizes = [1.0 if one.start + timedelta(days=n) < today else size for n, size in enumerate(one.profile)]
        yield one._replace(profile=tuple(sizes))
        return
    yield one
    if one.kind == "platform":
        yield from _quiet(one, shop)


def _fits(one: CalendarDay, shop: Shop, sales: Mapping[date, float], today: date) -> bool:
    """Return whether the sales so far fit the draft better than ordinary days, by squared log errors.

    True while fewer than :data:`FEWEST_GONE` days are known.
    """
    gone = [one.start + timedelta(days=n) for n in range(len(one.profile))]
    times = times_usual(sales, shop, [day for day in gone if day < today and sales.get(day, 0.0) > 0])
    if len(times) < FEWEST_GONE:
        return True
    logs = [(math.log(value), math.log(one.on(day).multiplier or 1.0)) for day, value in times.items()]
    return math.fsum((found - drawn) ** 2 for found, drawn in logs) < math.fsum(found**2 for found, _ in logs)


def proposals(shop: Shop, first: date, last: date, sales: Mapping[date, float]) -> Iterator[CalendarDay]:
    """Yield a drafted row for each festival from ``first`` to ``last`` that no calendar row covers."""
    for public in occurrences(first, last):
        own = _last_years_own(shop, public)
        start, end, source = own or (public.start, public.end, _source(public))
        if any(one.touches(start, end) for one in shop.calendar if one.kind != "supplier_closed"):
            continue
        dated = public._replace(start=start, end=end)
        yield CalendarDay(
            start,
            end,
            kind="festival" if public.festival.size == "holiday" else "platform",
            note=public.festival.name,
            profile=_profile(shop, dated, sales),
            state="proposed",
            source=source,  # type: ignore[arg-type]  # one of the sources
        )


def shape_named(note: str, start: date, end: date) -> tuple[float, ...]:
    """Return the usual day sizes of a festival, as multiples of an ordinary day; empty if it is unknown.

    The festival is found by its name and the days ``start`` to ``end``.
    """
    for one in occurrences(start - timedelta(days=_NEAR), end + timedelta(days=_NEAR)):
        if one.festival.name == note.strip():
            return expected_shape(one._replace(start=start, end=end))
    return ()


def unconfirmed(shop: Shop, day: date) -> CalendarDay | None:
    """Return the unconfirmed draft that sets the day's multiplier; None if there is none."""
    special = shop.special(day)
    sized = special is not None and special.state == "proposed" and special.multiplier not in (None, 1.0)
    return special if sized else None


def _source(one: Occurrence) -> str:
    return {"press": "public", "seen": "public", "habit": "habit", "moved": "moved"}[one.confidence]


def _own_span(shop: Shop, public: Occurrence) -> tuple[date, date] | None:
    """Return the first and the last day of last year's festival according to the shop's own calendar rows.

    Only confirmed rows count; None if there are none.
    """
    before = occurrence(public.festival, public.end.year - 1)
    year = public.end.year - 1
    rows = [
        one
        for one in shop.calendar
        if one.state == "confirmed"
        and one.kind in ("platform", "festival")
        and one.last.year == year
        and (one.multiplier is None or one.multiplier >= 1 or public.festival.size == "holiday")
        and public.festival.name in one.note
    ]
    if before is not None:
        near = timedelta(days=_NEAR)
        rows = [one for one in rows if one.touches(before.start - near, before.end + near)]
    return (min(one.start for one in rows), max(one.last for one in rows)) if rows else None


def _last_years_own(shop: Shop, public: Occurrence) -> tuple[date, date, str] | None:
    """Return the shop's own dates of last year, moved to this year, and their source ("own").

    None if the shop's calendar did not list the festival, or if this year's public dates are known from the
    press or a file.
    """
    own = None if public.confidence in ("press", "seen") else _own_span(shop, public)
    dates = None if own is None else moved(public.festival.moves, *own, 1)
    if dates is None:
        return None
    peak = public.festival.peak_in(public.end.year)
    return (dates[0], dates[1] if peak is None else max(dates[1], peak), "own")


def _profile(shop: Shop, one: Occurrence, sales: Mapping[date, float]) -> tuple[float, ...]:
    """Return the festival's day sizes as multiples of an ordinary day.

    They are those of the public shape, mixed with the shop's own sales at the festival last year.
    """
    shape = expected_shape(one)
    own = _own_span(shop, one)
    if own is None:
        public = occurrence(one.festival, one.end.year - 1)
        own = None if public is None else (public.start, public.end)
    if not shape or own is None:
        return shape
    ratios = own_ratios(sales, *own)
    mixed = []
    for day, expected in zip(one.days, shape, strict=True):
        then = _same_place(one, day, *own)
        known = [ratios[then]] if then in ratios else []
        mixed.append(round(shrunk_multiplier(known, expected, OWN_STRENGTH), 2))
    return tuple(mixed)


def _same_place(one: Occurrence, day: date, start: date, end: date) -> date:
    """Return the day of another year's festival (``start`` to ``end``) that corresponds to ``day``.

    Days of the first half are counted from the first day, the others from the day the festival is named after
    or, without one, from the last day.
    """
    days = one.days
    peak, then = one.festival.peak_in(one.end.year), one.festival.peak_in(end.year)
    if day < days[len(days) // 2]:
        return start + (day - one.start)
    if peak is not None and then is not None:
        return then + (day - peak)
    return end - (one.end - day)


def _quiet(one: CalendarDay, shop: Shop) -> Iterator[CalendarDay]:
    """Yield the row for the quiet days after a great festival, if the calendar has no row in those days."""
    start, end = one.last + timedelta(days=1), one.last + timedelta(days=QUIET_DAYS)
    if not any(row.touches(start, end) for row in shop.calendar):
        yield one._replace(start=start, end=end, multiplier=QUIET, kind="after", profile=())
