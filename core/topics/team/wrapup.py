"""The analysis for the wrap-up: the day's result, what is left, and who watches what tonight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from core.answers.answer import (
    About,
    Answer,
    Finding,
    LevelName,
    Number,
    Table,
    TableColumn,
    Verdict,
    finding,
    worst,
)
from core.exports.kinds.ads import Ads
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.exports.sheet import frames_of
from core.journal.actions import Action
from core.journal.projections import Past
from core.language import message
from core.language.message import Value, Words, plural, say
from core.measures import indicators
from core.measures.order_value import ShopRefunds
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.evening.course import Course, course_of_day
from core.topics.evening.tally import Tally, looked_at, tally
from core.topics.stock.running_out import running_out
from core.topics.team.meeting.opening import kept_ids
from core.topics.team.tasks.morning_seen import MorningSeen, looked_at_morning
from core.topics.team.tasks.tasks import RoleTask, tasks_of
from core.topics.team.tasks.tonight import Watch, watches

NAMED = 4
"""The number of finished actions listed by name."""


def evening(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    past: Past,
    hours: Hours | None = None,
    days: ShopDay | None = None,
    stock: Stock | None = None,
    items: Items | None = None,
    sources: Sources | None = None,
    ads: Ads | None = None,
    keywords: Keywords | None = None,
    service: Service | None = None,
    refunds: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
    now: datetime,
) -> Answer[Words]:
    """What was achieved today, what is left, and who watches what tonight?

    Reads the journal (steps, actions, the morning's answers) and, if imported, today's hourly figures,
    stock and items. To see whether the figure of an open action has already been reached, it also reads
    sources, ads, keywords and service.

    Results come first: what is done, and how much was sold so far if today's hourly figures are
    imported. Then every open action that was due by today: finish it tonight, give it a new day, or
    drop it, so that nothing is left unclear. Urgent problems of the morning without an owner are listed
    again. Last comes the evening watch: who checks what at which hour, and what must be reported at
    once.

    It cannot see work that nobody wrote down. The forecast for the day is a range; without today's
    hourly figures there is none.
    """
    frames = frames_of(days, sources, items, ads, keywords, service, stock)
    done = tally(past, kept_ids(past, frames, shop, today))
    course = _course(hours, days, shop, today, now)
    scarce = _scarce(stock, items, shop, today, refunds)
    free = [task for task in tasks_of(past, shop) if task.urgent and not task.in_hand]
    tonight = watches(past, today, scarce)
    findings = (
        *_sales(course),
        *[_unowned(task) for task in free],
        *[_left(action, shop, today) for action in done.open],
        *[_reached(action, shop) for action in done.reached],
        *_handed(done, shop),
        *_done(done, shop),
        *[_watch(one, shop, today) for one in tonight],
    )
    return Answer(
        _verdict(done, free, course, [one.level for one in findings], looked_at_morning(past)),
        findings,
        (*_numbers(course), *_tables(done, tonight, shop)),
        _limits(past, course, now, today),
    )


def _course(
    hours: Hours | None, days: ShopDay | None, shop: Shop, today: date, now: datetime
) -> Course | None:
    if hours is None or hours.frame.empty:
        return None
    return course_of_day(hours.frame, None if days is None else days.frame, shop, today, now)


def _scarce(
    stock: Stock | None, items: Items | None, shop: Shop, today: date, refunds: ShopRefunds | None
) -> dict[str, float]:
    """Return the days of cover, by name, of items likely to sell out before a new order arrives."""
    if stock is None or items is None:
        return {}
    found = running_out(stock.frame, items.frame, shop, today, refunds)
    titles = dict(zip(stock.frame["item"], stock.frame["title"], strict=True))
    return {item_name(shop, item, str(titles.get(item, ""))): days for item, days in found.items()}


def _verdict(
    done: Tally,
    free: list[RoleTask],
    course: Course | None,
    levels: list[LevelName],
    looked: MorningSeen,
) -> Verdict[Words]:
    level = worst([one for one in levels if one in ("act", "watch")])
    values: dict[str, Value] = {"done": len(done.acted), "all": done.actions, "sales": _sales_words(course)}
    if not done.actions and not free:
        if not looked.seen:
            text = say(
                "{sales}No action was due today. No step was opened, so urgent problems are not known.",
                **values,
            )
        elif not looked.whole:
            values |= {"seen": looked.seen, "steps": looked.seen + looked.unknown}
            text = say(
                "{sales}Nothing was promised for today, and nothing urgent is open in the steps opened this "
                "morning ({seen} of {steps}).",
                **values,
            )
        else:
            text = say(
                "{sales}No action was due today and nothing urgent is open: hand over to the evening shift.",
                **values,
            )
        return Verdict(level, text)
    if free:
        text = plural(
            "{sales}{done} of {all} actions done; {n} urgent problem of the morning has no owner: {first}",
            "{sales}{done} of {all} actions done; {n} urgent problems of the morning have no owner, "
            "first: {first}",
            len(free),
            first=free[0].text,
            **values,
        )
        return Verdict("act", text)
    if done.open:
        text = plural(
            "{sales}{done} of {all} actions done; finish the remaining {n} tonight or set a new day: {first}",
            "{sales}{done} of {all} actions done; finish the remaining {n} tonight or set a new day, "
            "first: {first}",
            len(done.open),
            first=done.open[0].text,
            **values,
        )
        return Verdict("watch", text)
    return Verdict(
        "good" if level == "info" else level, say("{sales}All {all} of today's actions are done.", **values)
    )


def _sales_words(course: Course | None) -> Words:
    """Return the text on sales so far as the beginning of a sentence; empty if unknown."""
    if course is None or course.gmv is None:
        return ""
    values: dict[str, Value] = {
        "gmv": message.money(course.gmv),
        "hour": course.hour,
        "final": message.money(None if course.final is None else round(course.final, -2)),
        "target": message.money(course.target),
    }
    if course.final is None or course.target is None:
        return say("{gmv} sold by {hour}:00. ", **values)
    return say("{gmv} sold by {hour}:00, forecast {final} for the day (target {target}). ", **values)


def _sales(course: Course | None) -> list[Finding[Words]]:
    if course is None or course.gmv is None:
        return []
    values: dict[str, Value] = {
        "gmv": message.money(course.gmv),
        "hour": course.hour,
        "low": message.money(course.low),
        "high": message.money(course.high),
        "target": message.money(course.target),
    }
    if course.final is None or course.target is None:
        return [finding("wrapup", "sales", "info", say("{gmv} sold by {hour}:00.", **values))]
    if course.behind:
        text = say(
            "{gmv} sold by {hour}:00; forecast {low} to {high}: probably below the day's target of {target}.",
            **values,
        )
        return [finding("wrapup", "sales", "watch", text)]
    if course.ahead:
        text = say(
            "{gmv} sold by {hour}:00; forecast {low} to {high}: the day's target of {target} will "
            "probably be reached.",
            **values,
        )
        return [finding("wrapup", "sales", "good", text)]
    text = say(
        "{gmv} sold by {hour}:00; forecast {low} to {high}: whether it reaches the target of "
        "{target} cannot be told yet.",
        **values,
    )
    return [finding("wrapup", "sales", "info", text)]


def _unowned(task: RoleTask) -> Finding[Words]:
    asks = () if task.proposal is None else (task.proposal,)
    return replace(task.finding, proposals=asks)


def _left(action: Action, shop: Shop, today: date) -> Finding[Words]:
    who = _who(action, shop)
    if action.due is not None and action.due < today:
        text = say(
            "Overdue since {day}: {what} ({who}). Set a new day and give the reason, or drop it.",
            day=message.short_day(action.due),
            what=action.words,
            who=who,
        )
    else:
        text = say("Not done: {what} ({who}). Do it tonight or set another day?", what=action.words, who=who)
    return finding("wrapup", "left", "watch", text, about=About(entry=action.id))


def _reached(action: Action, shop: Shop) -> Finding[Words]:
    text = say(
        "The target figure has been reached, so tick this action off: {what} ({who}).",
        what=action.words,
        who=_who(action, shop),
    )
    return finding("wrapup", "reached", "good", text, about=About(entry=action.id))


def _handed(done: Tally, shop: Shop) -> list[Finding[Words]]:
    if not done.handed:
        return []
    names = message.listing(_named(one, shop) for one in done.handed[:NAMED])
    return [finding("wrapup", "handed", "info", say("Handed over: {names}.", names=names))]


def _done(done: Tally, shop: Shop) -> list[Finding[Words]]:
    if not done.acted:
        return []
    names = message.listing(_named(one, shop) for one in done.acted[:NAMED])
    return [finding("wrapup", "done", "good", say("Done today: {names}.", names=names))]


def _watch(one: Watch, shop: Shop, today: date) -> Finding[Words]:
    text = say(
        "Tonight {at}, {who}: {what}. Report at once if {alarm}.",
        at=one.at,
        who=one.who(shop),
        what=one.what,
        alarm=one.alarm,
    )
    return finding("wrapup", "tonight", "info", text, one.proposal(today), about=one.about)


def _named(action: Action, shop: Shop) -> Words:
    return say("{text} ({who})", text=action.words, who=_who(action, shop))


def _who(action: Action, shop: Shop) -> Words:
    return action.owner or (indicators.person_for(shop, action.role) if action.role else action.who)


def _numbers(course: Course | None) -> tuple[Number[Words], ...]:
    if course is None or course.gmv is None:
        return ()
    so_far = Number(say("Sold so far today"), "CNY", course.gmv, reference=course.target)
    if course.final is None:
        return (so_far,)
    return (
        so_far,
        Number(say("Forecast for the day"), "CNY", course.final, course.low, course.high, course.target),
    )


def _tables(done: Tally, tonight: list[Watch], shop: Shop) -> tuple[Table[Words], ...]:
    tables = []
    if done.open:
        columns = (
            TableColumn(say("Task"), id="task"),
            TableColumn(say("Who"), id="who"),
            TableColumn(say("Due"), "date", "due"),
        )
        rows = tuple(
            (one.words, _who(one, shop), None if one.due is None else one.due.isoformat())
            for one in done.open
        )
        keys = tuple(one.id for one in done.open)
        about = tuple(About(entry=one.id) for one in done.open)
        tables.append(Table(say("Not done today"), columns, rows, keys, about=about))
    if tonight:
        watched = (
            TableColumn(say("When"), id="at"),
            TableColumn(say("Who"), id="who"),
            TableColumn(say("What changed"), id="task"),
            TableColumn(say("Report at once if"), id="alarm"),
        )
        watch = tuple((one.at, one.who(shop), one.what, one.alarm) for one in tonight)
        tables.append(Table(say("Tonight"), watched, watch))
    return tuple(tables)


def _limits(past: Past, course: Course | None, now: datetime, today: date) -> tuple[Words, ...]:
    said: list[Words] = []
    if course is None:
        said.append(
            say("Today's hourly figures are not imported, so today's sales are known only tomorrow morning.")
        )
    elif now.date() == today and course.hour < now.hour:
        said.append(say("Today's hourly figures end at {hour}:00.", hour=course.hour))
    if not looked_at(past):
        said.append(say("No step was opened today, so no problems from the steps are included."))
    said.append(say("Only what was written down counts as done."))
    return tuple(said)
