"""The analysis of a peak day by hour: sales so far against the plan, and the forecast."""

from __future__ import annotations

import math
from datetime import date, datetime

from core.answers.answer import (
    About,
    Answer,
    Evidence,
    Finding,
    LevelName,
    Number,
    Proposal,
    Table,
    TableColumn,
    Verdict,
    finding,
)
from core.exports.kinds.hours import Hours
from core.exports.kinds.shop_day import ShopDay
from core.language import message
from core.language.message import Value, Words, say
from core.shop.settings import Shop
from core.topics.evening.course import Course, course_of_day
from core.topics.evening.hours_table import HourRow, hour_rows, unusual

STALE_HOURS = 1.5
"""The age in hours from which a file no longer shows the current state."""
NAMED = 3


def hours_so_far(
    hours: Hours, days: ShopDay | None = None, *, shop: Shop, today: date, now: datetime
) -> Answer[Words]:
    """How do the hours so far stand against the day's target, which hour stood out, and does the budget last?

    Reads today's hours and those of earlier days (export 分时数据 again each hour), and the shop's days for
    the target of the day. The plan of an hour is the day's target by the share that hour usually has; an
    hour stands out only against the day's own pace, and only beyond chance for all hours looked at together.

    It cannot know why an hour was strong, nor whether a great day runs by the hour like usual ones: a start
    at midnight or a price that ends at 20:00 changes its course.
    """
    course = course_of_day(hours.frame, None if days is None else days.frame, shop, today, now)
    if course is None:
        return Answer(
            Verdict("nodata", say("No hour of today is in: export 分时数据 and import it, again each hour."))
        )
    rows, usual = hour_rows(hours.frame, shop, today, course.hour, course.target)
    return Answer(
        verdict=_verdict(course),
        findings=(
            *_behind_the_clock(course, today, now),
            *_end(course),
            *_hours(rows),
            *_budget(course, rows),
        ),
        evidence=_evidence(course, rows),
        limits=_limits(course, None if usual is None else len(usual.days)),
    )


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"


def _verdict(course: Course) -> Verdict[Words]:
    values: dict[str, Value] = {"clock": _clock(course.hour), "gmv": message.money(course.gmv)}
    if course.target is None:
        text = say("{gmv} by {clock}; no target is set for this month.", **values)
        return Verdict("info", text)
    values["target"] = message.money(course.target)
    if course.gmv is not None and course.gmv >= course.target:
        return Verdict("good", say("{gmv} by {clock}: the day's {target} is reached.", **values))
    if course.final is None:
        return Verdict("info", say("{gmv} by {clock} of the day's {target}.", **values))
    values |= {
        "final": message.money(round(course.final)),
        "low": message.money(round(course.low or 0.0)),
        "high": message.money(round(course.high or 0.0)),
    }
    text = say("{gmv} by {clock} of the day's {target}, heading for {final} ({low} to {high}).", **values)
    level: LevelName = "watch" if course.behind else "good" if course.ahead else "info"
    return Verdict(level, text)


def _behind_the_clock(course: Course, today: date, now: datetime) -> list[Finding[Words]]:
    """Return the finding that the file is old; empty if it is not."""
    if now.date() != today or now.hour + now.minute / 60 - course.hour <= STALE_HOURS:
        return []
    text = say("The hours end at {clock}: export 分时数据 again.", clock=_clock(course.hour))
    return [finding("peak_watch", "old_hours", "watch", text)]


def _end(course: Course) -> list[Finding[Words]]:
    if course.target is None or course.final is None:
        return []
    values: dict[str, Value] = {"target": message.money(course.target)}
    if course.behind and course.high is not None:
        values["short"] = message.money(round(course.target - course.high))
        text = say(
            "Even the upper end of the forecast stays {short} under the day's {target}: decide now what is "
            "pushed in the hours left, and what is stopped.",
            **values,
        )
        proposal: Proposal[Words] = Proposal(
            "operator", say("Decide what is pushed in the hours left"), metric="gmv", direction="up"
        )
        return [finding("peak_watch", "behind", "act", text, proposal)]
    if course.ahead:
        text = say(
            "Even the lower end of the forecast makes the day's {target}: no further discount.", **values
        )
        return [finding("peak_watch", "ahead", "good", text)]
    return []


def _hours(rows: list[HourRow]) -> list[Finding[Words]]:
    low, high = unusual(rows)
    found: list[Finding[Words]] = []
    for one in low[-NAMED:]:
        text = say("{clock}: {buyers} buyers where this day's pace asks for {expected}.", **_values(one))
        found.append(finding("peak_watch", "weak_hour", "watch", text, about=About(clock=_clock(one.hour))))
    for one in high[-NAMED:]:
        text = say(
            "{clock}: {buyers} buyers, the day's pace makes {expected}: what ran then?", **_values(one)
        )
        found.append(finding("peak_watch", "strong_hour", "good", text, about=About(clock=_clock(one.hour))))
    return found


def _values(one: HourRow) -> dict[str, Value]:
    return {
        "clock": f"{_clock(one.hour)}–{_clock(one.hour + 1)}",
        "buyers": message.count(one.buyers),
        "expected": message.count(round(one.expected_buyers or 0.0)),
    }


def _budget(course: Course, rows: list[HourRow]) -> list[Finding[Words]]:
    """Return the finding on when the ad budget runs out at the pace of the last hours."""
    if course.budget is None or course.cost is None or course.hour >= 24:  # noqa: PLR2004 - the day is over
        return []
    left = course.budget - course.cost
    if left <= 0:
        text = say(
            "The ad budget of {budget} is used up at {clock}.",
            budget=message.money(course.budget),
            clock=_clock(course.hour),
        )
        return [finding("peak_watch", "budget_gone", "act", text)]
    recent = [one.cost for one in rows[-3:] if one.cost is not None]
    pace = math.fsum(recent) / len(recent) if recent else 0.0
    ends = course.hour + left / pace if pace > 0 else 24.0
    if ends >= 24:  # noqa: PLR2004 - midnight
        return []
    text = say(
        "At the pace of the last hours the ad budget of {budget} ends at about {ends}.",
        budget=message.money(course.budget),
        ends=f"{int(ends):02d}:{int(ends % 1 * 60):02d}",
    )
    return [finding("peak_watch", "budget_ends", "watch", text)]


def _evidence(course: Course, rows: list[HourRow]) -> tuple[Evidence[Words], ...]:
    ending = Number(say("Sales by midnight"), "CNY", course.final, course.low, course.high, course.target)
    columns = (
        TableColumn(say("Hour"), id="hour"),
        TableColumn(say("Visitors"), "count", "visitors"),
        TableColumn(say("Buyers"), "count", "buyers"),
        TableColumn(say("Conversion"), "rate", "conversion"),
        TableColumn(say("Sales"), "money", "gmv"),
        TableColumn(say("Plan of the hour"), "money", "planned_gmv"),
        TableColumn(say("Ad spend"), "money", "cost"),
    )
    told = tuple(
        (_clock(one.hour), one.visitors, one.buyers, one.conversion, one.gmv, one.planned_gmv, one.cost)
        for one in rows
    )
    table: Table[Words] = Table(say("The hours so far"), columns, told)
    return (ending, table) if course.final is not None else (table,)


def _limits(course: Course, days: int | None) -> tuple[Words, ...]:
    said: list[Words] = []
    if days is None:
        said.append(
            say("Too few earlier days by hour: neither the plan of an hour nor the day's end can be said.")
        )
    else:
        said.append(
            say("By the usual course of {n} days without campaigns: a great day may run otherwise.", n=days)
        )
    if course.target is None:
        said.append(say("Without the month's target there is nothing to hold the day against."))
    return tuple(said)
