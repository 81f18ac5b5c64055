"""Build the report of a week or month from its entries and exports, compared with the period before.

Headless: the figures come from ``routines.io.table_export``, which imports pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from core.answers.answer import LevelName, Mark, Series
from core.errors import NotEnoughData
from core.language import dates, money, numbers, wording
from core.language.wording import N_, plural, say
from core.measures import baseline
from core.reports import period_report
from core.reports.day_report import Figure, PlannedStep, Report, ReportLine
from core.review.correction import notices
from core.shop.settings import Shop
from core.tables.span import Span, before
from core.tables.table import ShopTable
from routines.io import net_outcome
from routines.io.table_export import step_titles, table
from routines.past.month_figures import corrected_days
from routines.plan.calendar import day_of
from routines.workday.workday import Workday

Show = Callable[[float | None], str]
FIGURES: Final[tuple[tuple[str, str, Show], ...]] = (
    ("gmv", N_("Sales"), money.money),
    ("net_sales", N_("Net sales"), money.money),
    ("visitors", N_("Visitors"), numbers.count),
    ("buyers", N_("Buyers"), numbers.count),
    ("conversion", N_("Conversion"), lambda rate: numbers.percent(rate, 2)),
    ("aov", N_("Order value"), money.money),
    ("ad_cost", N_("Ad spend"), money.money),
    ("ad_share", N_("Ad spend, share of sales"), numbers.percent),
    ("roi", N_("Ad ROI"), numbers.ratio),
    ("refund_amount", N_("Refunds"), money.money),
    ("service_conversion", N_("Inquiry conversion"), numbers.percent),
)
"""The figures of the first page, from the operations and profit tables: (column, name, formatter)."""


def report_over(workday: Workday, span: Span) -> Report:
    """Return the report of the week or month.

    Raise NotEnoughData if no figure is known for any of its days.
    """
    today = day_of(workday.now())
    reached = min(span.last, today - timedelta(days=1))
    told, days = _told(workday, span, max(reached, span.first), today), _entries(workday, span)
    title = _title(span)
    if not told.figures and not days:
        raise NotEnoughData(
            say("There is nothing about {span}: no files and no journal entries.", span=title)
        )
    earlier = [
        entry
        for entry in workday.index.lasting(span.first - timedelta(days=1))
        if entry.kind in ("action", "action-update")
    ]
    plan = [PlannedStep(step, words, time(), 0) for step, words in step_titles(workday.folder).items()]
    found = period_report.report(
        days,
        earlier,
        shop=workday.shop,
        over=period_report.Over("month" if span.by == "month" else "week", span.first, span.last, title),
        told=told,
        plan=plan,
    )
    return replace(found, corrected=notices(corrected_days(workday.folder, span.first, span.last)))


def _entries(workday: Workday, span: Span) -> period_report.Days:
    return {day: entries for day in span.days if (entries := workday.book.day(day))}


def _title(span: Span) -> str:
    if span.by == "month":
        return say("{year}-{month:02d}", year=span.first.year, month=span.first.month)
    year, week, _ = span.first.isocalendar()
    return say(
        "{year} W{week} ({first} to {last})",
        year=year,
        week=week,
        first=dates.short_day(span.first),
        last=dates.short_day(span.last),
    )


def _told(workday: Workday, span: Span, reached: date, today: date) -> period_report.Told:
    """Return the figures of the exports, compared with the same number of days of the previous period.

    Days at the end that are not exported yet are left out, not counted as zero.
    """
    sold = _by_day(workday, replace(span, last=reached), today)
    if not sold:
        return period_report.Told(ReportLine(say("No file about these days is imported yet."), "nodata"))
    shown = replace(span, last=max(sold))
    former = before(span)
    held_against = replace(former, last=min(former.last, former.first + (shown.last - span.first)))
    after = net_outcome.of_days(workday.folder, shown)
    names = ("operations", "profit") if after else ("operations",)
    now, then = (_one_row(workday, one, names, today) for one in (shown, held_against))
    figures = tuple(
        Figure(say(name), show(now[column]), show(then.get(column)) if then.get(column) is not None else "",
               _change(now[column], then.get(column)))
        for column, name, show in FIGURES
        if now.get(column) is not None
    )  # fmt: skip
    chart = net_outcome.picture(after, shown) if after else _sales_chart(sold, shown)
    pictures = (replace(chart, marks=_marks(shown, workday.shop)),) if len(sold) > 1 else ()
    verdict = _verdict(workday.shop, span, (shown, held_against), now, then)
    net = {day: one.result for day, one in after.items()}
    return period_report.Told(verdict, figures, sold, net, pictures)


def _one_row(workday: Workday, span: Span, names: Sequence[str], today: date) -> dict[str, float]:
    """Return the span's figures by column of these tables; empty if nothing is known."""
    row: dict[str, float] = {}
    for name in names:
        found = table(workday.folder, name, span, today=today, lang=workday.lang)
        if found.rows:
            cells = zip(found.columns, found.rows[-1], strict=True)
            row = {column.id: cell for column, cell in cells if isinstance(cell, float)} | row
    return row


def _by_day(workday: Workday, span: Span, today: date) -> dict[date, float]:
    found: ShopTable = table(
        workday.folder, "operations", replace(span, by="day"), today=today, lang=workday.lang
    )
    if not found.rows:
        return {}
    pairs = zip(found.column("period"), found.column("gmv"), strict=True)
    return {day: sold for day, sold in pairs if isinstance(day, date) and isinstance(sold, float)}


def _change(now: float, then: float | None) -> str:
    return numbers.percent(now / then - 1, 0, sign=True) if then else ""


def _verdict(
    shop: Shop, span: Span, both: tuple[Span, Span], now: dict[str, float], then: dict[str, float]
) -> ReportLine:
    """Return the verdict: sales against the month's target or the previous period.

    It ends with the number of unusual days, if there are any.
    """
    shown, known = both[0], int(now.get("known", 0))
    sold, former = now.get("gmv"), then.get("gmv")
    words = [plural("{n} day: sales {gmv}.", "{n} days: sales {gmv}.", known, gmv=money.money(sold))]
    level: LevelName = "info"
    if shown.last < span.last:
        words.insert(0, say("Up to {day}.", day=dates.short_day(shown.last)))
    target = shop.target_of(span.first) if span.by == "month" else None
    after = net_outcome.verdict(now, span)
    if after is not None:
        words.append(after.text)
        level = after.level if shown.last == span.last else level
    elif target and sold is not None:
        share, aim = numbers.percent(sold / target), money.money(target)
        words.append(say("{share} of the month's target of {target}.", share=share, target=aim))
        if shown.last == span.last:
            level = "good" if sold >= target else "watch"
    if former and sold is not None:
        same = say("the week before") if span.by == "week" else say("the month before")
        words.append(say("{change} compared with {before}.", change=_change(sold, former), before=same))
    odd = [sum(not baseline.is_plain(shop, day) for day in one.days) for one in both]
    if any(odd):
        words.append(
            say(
                "{now} of these days and {then} of the days before were not usual (campaign, festival), so "
                "the change says little about the shop.",
                now=odd[0],
                then=odd[1],
            )
        )
    if known < len(shown.days):
        words.append(plural("{n} day has no figures.", "{n} days have no figures.", len(shown.days) - known))
    return ReportLine(wording.sentences(words), level)


def _marks(span: Span, shop: Shop) -> tuple[Mark, ...]:
    """Return a mark for each calendar entry that raises sales, on its first day."""
    marks, said = [], ""
    for day in span.days:
        special = shop.special(day)
        note = special.note if special is not None and (special.multiplier or 1.0) > 1.0 else ""
        if note and note != said:
            marks.append(Mark(day.isoformat(), note))
        said = note
    return tuple(marks)


def _sales_chart(sold: Mapping[date, float], span: Span) -> Series:
    dates = tuple(day.isoformat() for day in span.days)
    return Series(say("Sales by day"), "CNY", dates, tuple(sold.get(day) for day in span.days))
