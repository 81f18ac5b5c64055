"""The analysis of the finished day: how it went, what is left, what comes first tomorrow."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import (
    About,
    Answer,
    Evidence,
    Finding,
    LevelName,
    Number,
    Table,
    TableColumn,
    Verdict,
    finding,
)
from core.answers.incidents import Incidents
from core.exports.kinds.ads import Ads
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.exports.sheet import frames_of
from core.journal.projections import Past
from core.language import message
from core.language.message import Value, Words, plural, say
from core.measures import baseline
from core.measures.metrics import of_day
from core.shop.settings import Shop
from core.topics.evening.course import Course, course_of_day
from core.topics.evening.finished_day import DayOver, day_over, judged_after, over_numbers, sold_words
from core.topics.evening.tally import Tally, first_tomorrow, tally
from core.topics.sales.month.findings import chance_words, share_words
from core.topics.sales.month.progress import month_of
from core.topics.sales.net_target import NetMonth
from core.topics.team.key_figures import key_figures
from core.topics.team.meeting.opening import kept_ids

if TYPE_CHECKING:
    import pandas as pd


def day(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    past: Past,
    days: ShopDay | None = None,
    hours: Hours | None = None,
    orders: Orders | None = None,
    sources: Sources | None = None,
    items: Items | None = None,
    ads: Ads | None = None,
    keywords: Keywords | None = None,
    service: Service | None = None,
    stock: Stock | None = None,
    found: Incidents | None = None,
    refunds: Refunds | None = None,
    *,
    shop: Shop,
    today: date,
    now: datetime,
) -> Answer[Words]:
    """How did today compare with the target, what is done or still open, and what comes first tomorrow?

    Reads the journal (steps, answers, actions, decisions) and, if imported, the shop's daily figures,
    today's hourly figures and the order list. To see whether the figure of an open action has already
    been reached, it also reads traffic sources, items, ads, keywords, service and stock.

    Sales so far come from today's hourly file and are projected to the end of the day using the usual
    course of such a day; the range covers the middle 80%. Without that file the figures reach only to
    yesterday, and the summary says so instead of guessing. Tomorrow starts with the open actions that
    are due, then with what was urgent this morning and has no owner.

    If the day's final figures are already imported (when looking back), they are shown instead of a
    forecast.

    The program knows only what is in the journal. The day's sales become final with tomorrow's file.
    """
    frames = frames_of(days, sources, items, ads, keywords, service, stock)
    kept = kept_ids(past, frames, shop, today)
    done = tally(past, kept)
    back = None if refunds is None else refunds.frame
    over = (
        None
        if days is None
        else day_over(days.frame, None if orders is None else orders.frame, shop, today, back)
    )
    course = (
        None
        if hours is None or over is not None
        else course_of_day(hours.frame, None if days is None else days.frame, shop, today, now)
    )
    tomorrow = first_tomorrow(past, shop, kept)
    return Answer(
        _verdict(done, course, _month_so_far(days, back, shop, today), over),
        (
            *_course_findings(course),
            *_open_findings(done),
            *_reached_findings(done),
            *_tomorrow_findings(tomorrow),
        ),
        (
            *_numbers(course),
            *(() if over is None else over_numbers(over)),
            *key_figures(frames, shop, today, found, back),
            _steps(done),
        ),
        _limits(course, done, over),
        figures={} if days is None or over is None else of_day(days.frame, shop, today),
    )


def _month_so_far(days: ShopDay | None, refunds: pd.DataFrame | None, shop: Shop, today: date) -> Words:
    """Return the month to date, and the chance of the month's target, as the beginning of a sentence.

    Empty if unknown.
    """
    if days is None:
        return ""
    yesterday = today - timedelta(days=1)
    after = judged_after(days.frame, refunds, shop, yesterday)
    if after is not None:
        return _net_month_so_far(after)
    month = month_of(baseline.column(days.frame, "gmv"), shop, yesterday)
    if month is None or month.pace.achievement is None:
        return ""
    mtd = share_words(month.pace.achievement)
    if month.pace.chance is None or not month.left:
        return say("{mtd} of the month's target up to yesterday is reached; ", mtd=mtd)
    odds = chance_words(month.pace.chance)
    return say(
        "{mtd} of the month's target up to yesterday is reached, {odds} likely to reach the whole target; ",
        mtd=mtd,
        odds=odds,
    )


def _net_month_so_far(month: NetMonth) -> Words:
    target = sum(aim for day, aim in month.by_day.items() if day <= month.day)
    if not target:
        return ""
    mtd = share_words(month.so_far.net / target)
    if month.chance is None or month.day == max(month.by_day):
        return say("{mtd} of the month's net target up to yesterday is reached; ", mtd=mtd)
    return say(
        "{mtd} of the month's net target up to yesterday is reached, {odds} likely to reach the whole "
        "target; ",
        mtd=mtd,
        odds=chance_words(month.chance),
    )


def _verdict(done: Tally, course: Course | None, month: Words, over: DayOver | None) -> Verdict[Words]:
    handed = (
        plural(", {n} action handed over", ", {n} actions handed over", len(done.handed))
        if done.handed
        else ""
    )
    values = {"work": _work(done), "handed": handed}
    sold, made = _sold(course, over)
    level: LevelName = "watch" if made is False or done.overdue or done.missed else "good"
    if level == "good" and made is None and not (done.steps_done or done.acted):
        level = "info"
    if sold:
        return Verdict(level, say("{sold}; {work}{handed}.", sold=sold, **values))
    return Verdict(
        level, say("{month}{work}{handed}; today's sales are known tomorrow.", month=month, **values)
    )


def _work(done: Tally) -> Words:
    """Return the text on what was done, and on the first thing that is still to do."""
    if not done.steps and not done.actions:
        return say("no step was worked on") if done.written else say("nothing was written on this day")
    values: dict[str, Value] = {
        "done": done.steps_done,
        "all": done.steps,
        "acted": len(done.acted),
        "agreed": done.actions,
    }
    if done.steps and done.steps_done == done.steps:
        text = say("all {all} steps and {acted} of {agreed} actions done", **values)
    else:
        text = say("{done} of {all} steps and {acted} of {agreed} actions done", **values)
    left = [*done.overdue, *done.open]
    return say("{text}; to do first: {what}", text=text, what=message.inside(left[0].words)) if left else text


def _sold(course: Course | None, over: DayOver | None) -> tuple[Words, bool | None]:
    """Return the text on the day's sales or forecast, and whether the target is reached (None if unknown)."""
    if over is not None:
        return sold_words(over), over.reached
    if course is None or course.gmv is None:
        return "", None
    values: dict[str, Value] = {"gmv": message.money(course.gmv), "hour": f"{course.hour:02d}:00"}
    if course.target is None or course.final is None:
        return say("{gmv} sold by {hour}", **values), None
    values |= {"final": message.money(course.final), "target": message.money(course.target)}
    return say(
        "{gmv} sold by {hour}, forecast {final} for the day (target {target})", **values
    ), False if course.behind else None


def _course_findings(course: Course | None) -> tuple[Finding[Words], ...]:
    if course is None or course.final is None or course.target is None:
        return ()
    values: dict[str, Value] = {
        "final": message.money(course.final),
        "low": message.money(course.low),
        "high": message.money(course.high),
        "target": message.money(course.target),
    }
    if course.behind:
        text = say(
            "The day's forecast is {final} ({low} to {high}): it will probably miss the target of {target}.",
            **values,
        )
        return (finding("summary", "course", "watch", text),)
    if course.ahead:
        return (
            finding(
                "summary",
                "course",
                "good",
                say(
                    "The day's forecast is {final} ({low} to {high}): it will probably reach the target of "
                    "{target}.",
                    **values,
                ),
            ),
        )
    text = say(
        "The day's forecast is {final} ({low} to {high}): whether it reaches {target} cannot be told yet.",
        **values,
    )
    return (finding("summary", "course", "info", text),)


def _open_findings(done: Tally) -> tuple[Finding[Words], ...]:
    found = [
        finding(
            "summary",
            "open",
            "watch",
            say(
                "Overdue or due: {what} ({who}, {due}).",
                what=action.words,
                who=action.owner or action.who,
                due=message.short_day(action.due),
            ),
            about=About(entry=action.id),
        )
        for action in done.overdue
    ]
    if done.missed:
        text = plural(
            "{n} planned step was neither done nor explained.",
            "{n} planned steps were neither done nor explained.",
            len(done.missed),
        )
        found.append(finding("summary", "missed", "info", text))
    return tuple(found)


def _reached_findings(done: Tally) -> tuple[Finding[Words], ...]:
    return tuple(
        finding(
            "summary",
            "reached",
            "good",
            say(
                "The target figure has been reached, so tick this action off: {what} ({who}).",
                what=action.words,
                who=action.owner or action.who,
            ),
            about=About(entry=action.id),
        )
        for action in done.reached
    )


def _tomorrow_findings(tomorrow: tuple[Words, ...]) -> tuple[Finding[Words], ...]:
    return tuple(
        finding(
            "summary",
            "tomorrow",
            "info",
            say("To do tomorrow, no. {place}: {what}", place=place, what=what),
            about=About(other=str(place)),
        )
        for place, what in enumerate(tomorrow, 1)
    )


def _numbers(course: Course | None) -> tuple[Evidence[Words], ...]:
    if course is None or course.gmv is None:
        return ()
    numbers: list[Evidence[Words]] = [Number(say("Sales so far"), "CNY", course.gmv, reference=course.target)]
    if course.final is not None:
        numbers.append(
            Number(say("Forecast for the day"), "CNY", course.final, course.low, course.high, course.target)
        )
    if course.cost is not None:
        numbers.append(Number(say("Ad spend so far today"), "CNY", course.cost, reference=course.budget))
    return tuple(numbers)


def _steps(done: Tally) -> Table[Words]:
    rows = (
        (say("Steps done (without this report)"), done.steps_done, done.steps),
        (say("Actions done"), len(done.acted), done.actions),
        (say("Minutes worked"), done.used, done.planned),
    )
    columns = (
        TableColumn(say("The day"), id="what"),
        TableColumn(say("Done"), "count", "done"),
        TableColumn(say("Total"), "count", "of"),
    )
    return Table(say("The day in figures"), columns, rows)


def _limits(course: Course | None, done: Tally, over: DayOver | None) -> tuple[Words, ...]:
    said: list[Words] = []
    if over is not None:
        said.append(say("Refunds for these orders may still come; the sales figure is before refunds."))
    elif course is None or course.gmv is None:
        said.append(say("There is no hourly file for today, so nothing is said about today's sales."))
    elif course.final is None:
        said.append(say("Too few earlier days have hourly figures to forecast the day."))
    else:
        said.append(
            message.plural(
                "The day's forecast uses {n} comparable day; orders may still be cancelled.",
                "The day's forecast uses {n} comparable days; orders may still be cancelled.",
                course.days,
            )
        )
    if done.actions:
        said.append(
            say(
                "An action counts as done when somebody ticks it; whether it worked shows when its figure "
                "arrives."
            )
        )
    return tuple(said)
