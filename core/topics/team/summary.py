"""The analysis of the finished day: how it went, what is left, what comes first tomorrow."""

from __future__ import annotations

from datetime import date, datetime, timedelta

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
from core.topics.evening.finished_day import DayOver, day_over, over_numbers, sold_words
from core.topics.evening.tally import Tally, first_tomorrow, tally
from core.topics.sales.month.findings import chance_words, share_words
from core.topics.sales.month.progress import month_of
from core.topics.team.key_figures import key_figures
from core.topics.team.meeting.opening import kept_ids


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
    *,
    shop: Shop,
    today: date,
    now: datetime,
) -> Answer[Words]:
    """How did today go against its target, what was done and left open, and what comes first tomorrow?

    Reads the journal (steps, answers, actions, decisions), and where they are there the shop's days, today's
    hours and the order list; to see whether an open action's figure is reached already also sources, items,
    ads, words, service and stock.

    Sales so far come from today's hourly export and are brought to the end of the day with the usual course
    of such a day; the range is the middle 80 %. Without it the exports reach yesterday only, and the summary
    says so instead of guessing. Open actions due by tomorrow come first tomorrow, then what was urgent this
    morning and nobody took on.

    Where the day itself is in already (a day looked back at), its figures stand instead of a forecast.

    It cannot tell what was done outside the journal. Sales of the day become final with tomorrow's export.
    """
    frames = frames_of(days, sources, items, ads, keywords, service, stock)
    kept = kept_ids(past, frames, shop, today)
    done = tally(past, kept)
    over = (
        None if days is None else day_over(days.frame, None if orders is None else orders.frame, shop, today)
    )
    course = (
        None
        if hours is None or over is not None
        else course_of_day(hours.frame, None if days is None else days.frame, shop, today, now)
    )
    tomorrow = first_tomorrow(past, shop, kept)
    return Answer(
        _verdict(done, course, _month_so_far(days, shop, today), over),
        (
            *_course_findings(course),
            *_open_findings(done),
            *_reached_findings(done),
            *_tomorrow_findings(tomorrow),
        ),
        (
            *_numbers(course),
            *(() if over is None else over_numbers(over)),
            *key_figures(frames, shop, today, found),
            _steps(done),
        ),
        _limits(course, done, over),
        figures={} if days is None or over is None else of_day(days.frame, shop, today),
    )


def _month_so_far(days: ShopDay | None, shop: Shop, today: date) -> Words:
    """Return the month to date and its chance as the beginning of a sentence.

    Empty if unknown.
    """
    month = (
        None
        if days is None
        else month_of(baseline.column(days.frame, "gmv"), shop, today - timedelta(days=1))
    )
    if month is None or month.pace.achievement is None:
        return ""
    mtd = share_words(month.pace.achievement)
    if month.pace.chance is None or not month.left:
        return say("Month at {mtd} of plan up to yesterday; ", mtd=mtd)
    odds = chance_words(month.pace.chance)
    return say("Month to date {mtd} of target, {odds} likely to make it; ", mtd=mtd, odds=odds)


def _verdict(done: Tally, course: Course | None, month: Words, over: DayOver | None) -> Verdict[Words]:
    handed = plural(", {n} handed on", ", {n} handed on", len(done.handed)) if done.handed else ""
    values = {"work": _work(done), "handed": handed}
    sold, made = _sold(course, over)
    level: LevelName = "watch" if made is False or done.overdue or done.missed else "good"
    if level == "good" and made is None and not (done.steps_done or done.acted):
        level = "info"
    if sold:
        return Verdict(level, say("{sold}; {work}{handed}.", sold=sold, **values))
    return Verdict(level, say("{month}{work}{handed}; today's sales come tomorrow.", month=month, **values))


def _work(done: Tally) -> Words:
    """Return the text on what was done, and on the first thing that was not."""
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
    return say("{text}, first left: {what}", text=text, what=message.inside(left[0].words)) if left else text


def _sold(course: Course | None, over: DayOver | None) -> tuple[Words, bool | None]:
    """Return the text on the day's sales or forecast, and whether the target is reached (None if unknown)."""
    if over is not None:
        return sold_words(over), None if not over.target else over.gmv >= over.target
    if course is None or course.gmv is None:
        return "", None
    values: dict[str, Value] = {"gmv": message.money(course.gmv), "hour": f"{course.hour:02d}:00"}
    if course.target is None or course.final is None:
        return say("{gmv} by {hour}", **values), None
    values |= {"final": message.money(course.final), "target": message.money(course.target)}
    return say("{gmv} by {hour}, heads for {final} of {target}", **values), False if course.behind else None


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
        text = say("The day heads for {final} ({low} to {high}) and likely misses its {target}.", **values)
        return (finding("summary", "course", "watch", text),)
    if course.ahead:
        return (
            finding(
                "summary",
                "course",
                "good",
                say("The day heads for {final} ({low} to {high}), its {target} is likely made.", **values),
            ),
        )
    text = say("The day heads for {final} ({low} to {high}); {target} is open.", **values)
    return (finding("summary", "course", "info", text),)


def _open_findings(done: Tally) -> tuple[Finding[Words], ...]:
    found = [
        finding(
            "summary",
            "open",
            "watch",
            say(
                "Open and due: {what} ({who}, {due}).",
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
            "{n} step of the plan was left without a word.",
            "{n} steps of the plan were left without a word.",
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
                "Figure reached, tick it off: {what} ({who}).",
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
            say("Tomorrow {place}: {what}", place=place, what=what),
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
            Number(say("End of the day"), "CNY", course.final, course.low, course.high, course.target)
        )
    if course.cost is not None:
        numbers.append(Number(say("Ad cost so far"), "CNY", course.cost, reference=course.budget))
    return tuple(numbers)


def _steps(done: Tally) -> Table[Words]:
    rows = (
        (say("Steps done, this report aside"), done.steps_done, done.steps),
        (say("Actions done"), len(done.acted), done.actions),
        (say("Minutes worked"), done.used, done.planned),
    )
    columns = (
        TableColumn(say("The day"), id="what"),
        TableColumn(say("Done"), "count", "done"),
        TableColumn(say("Of"), "count", "of"),
    )
    return Table(say("The day in figures"), columns, rows)


def _limits(course: Course | None, done: Tally, over: DayOver | None) -> tuple[Words, ...]:
    said: list[Words] = []
    if over is not None:
        said.append(say("Refunds of these orders still come in; sales are not lowered by them."))
    elif course is None or course.gmv is None:
        said.append(say("No hourly export of today: nothing is said of today's sales."))
    elif course.final is None:
        said.append(say("Too few earlier days with hours to say where the day ends."))
    else:
        said.append(
            message.plural(
                "The end of the day is a forecast from {n} usual day; orders may still be cancelled.",
                "The end of the day is a forecast from {n} usual days; orders may still be cancelled.",
                course.days,
            )
        )
    if done.actions:
        said.append(
            say("An action is done when somebody ticked it; whether it worked shows when its figure is in.")
        )
    return tuple(said)
