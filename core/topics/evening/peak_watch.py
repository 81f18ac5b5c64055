"""The analysis of a peak day by hour: sales so far compared with the plan, and the forecast."""

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
"""The age in hours from which an hourly file no longer shows the current state."""
NAMED = 3


def hours_so_far(
    hours: Hours, days: ShopDay | None = None, *, shop: Shop, today: date, now: datetime
) -> Answer[Words]:
    """How do the hours so far compare with the day's target, which hour stands out, is the budget enough?

    Reads today's hourly figures and those of earlier days (import 分时数据 again every hour), and the
    shop's days for the day's target. The target of an hour is the day's target × the share that hour
    usually has. An hour stands out only compared with the day's own pace, and only beyond chance with
    all hours tested together.

    The program does not know why an hour was strong, or whether a big campaign day runs through the
    hours like an ordinary one: a start at midnight or a price that ends at 20:00 changes its course.
    """
    course = course_of_day(hours.frame, None if days is None else days.frame, shop, today, now)
    if course is None:
        return Answer(
            Verdict(
                "nodata",
                say(
                    "No hourly figures of today are imported: import the hourly file (分时数据), and "
                    "again every hour."
                ),
            )
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
        text = say("{gmv} sold by {clock}; no target is set for this month.", **values)
        return Verdict("info", text)
    values["target"] = message.money(course.target)
    if course.gmv is not None and course.gmv >= course.target:
        return Verdict(
            "good", say("{gmv} sold by {clock}: the day's target of {target} is reached.", **values)
        )
    if course.final is None:
        return Verdict("info", say("{gmv} sold by {clock}; the day's target is {target}.", **values))
    values |= {
        "final": message.money(round(course.final)),
        "low": message.money(round(course.low or 0.0)),
        "high": message.money(round(course.high or 0.0)),
    }
    text = say(
        "{gmv} sold by {clock}; the day's target is {target}, the forecast {final} ({low} to {high}).",
        **values,
    )
    level: LevelName = "watch" if course.behind else "good" if course.ahead else "info"
    return Verdict(level, text)


def _behind_the_clock(course: Course, today: date, now: datetime) -> list[Finding[Words]]:
    """Return the finding that the hourly file is out of date; empty if it is not."""
    if now.date() != today or now.hour + now.minute / 60 - course.hour <= STALE_HOURS:
        return []
    text = say(
        "The hourly figures end at {clock}: import the hourly file (分时数据) again.",
        clock=_clock(course.hour),
    )
    return [finding("peak_watch", "old_hours", "watch", text)]


def _end(course: Course) -> list[Finding[Words]]:
    if course.target is None or course.final is None:
        return []
    values: dict[str, Value] = {"target": message.money(course.target)}
    if course.behind and course.high is not None:
        values["short"] = message.money(round(course.target - course.high))
        text = say(
            "Even the upper end of the forecast is {short} below the day's target of {target}: decide "
            "now what to promote in the remaining hours, and what to stop.",
            **values,
        )
        proposal: Proposal[Words] = Proposal(
            "operator", say("Decide what to promote in the remaining hours"), metric="gmv", direction="up"
        )
        return [finding("peak_watch", "behind", "act", text, proposal)]
    if course.ahead:
        text = say(
            "Even the lower end of the forecast reaches the day's target of {target}: no further "
            "discount is needed.",
            **values,
        )
        return [finding("peak_watch", "ahead", "good", text)]
    return []


def _hours(rows: list[HourRow]) -> list[Finding[Words]]:
    low, high = unusual(rows)
    found: list[Finding[Words]] = []
    for one in low[-NAMED:]:
        text = say(
            "{clock}: {buyers} buyers; at today's pace there should have been {expected}.", **_values(one)
        )
        found.append(finding("peak_watch", "weak_hour", "watch", text, about=About(clock=_clock(one.hour))))
    for one in high[-NAMED:]:
        text = say(
            "{clock}: {buyers} buyers, while today's pace gives {expected}: what was running then?",
            **_values(one),
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
    """Return the finding on when the ad budget runs out at the pace of the last three hours."""
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
        "At the pace of the last hours, the ad budget of {budget} will be used up at about {ends}.",
        budget=message.money(course.budget),
        ends=f"{int(ends):02d}:{int(ends % 1 * 60):02d}",
    )
    return [finding("peak_watch", "budget_ends", "watch", text)]


def _evidence(course: Course, rows: list[HourRow]) -> tuple[Evidence[Words], ...]:
    ending = Number(
        say("Sales forecast for the day"), "CNY", course.final, course.low, course.high, course.target
    )
    columns = (
        TableColumn(say("Hour"), id="hour"),
        TableColumn(say("Visitors"), "count", "visitors"),
        TableColumn(say("Buyers"), "count", "buyers"),
        TableColumn(say("Conversion"), "rate", "conversion"),
        TableColumn(say("Sales"), "money", "gmv"),
        TableColumn(say("Target of the hour"), "money", "planned_gmv"),
        TableColumn(say("Ad spend"), "money", "cost"),
    )
    told = tuple(
        (_clock(one.hour), one.visitors, one.buyers, one.conversion, one.gmv, one.planned_gmv, one.cost)
        for one in rows
    )
    table: Table[Words] = Table(say("Hour by hour"), columns, told)
    return (ending, table) if course.final is not None else (table,)


def _limits(course: Course, days: int | None) -> tuple[Words, ...]:
    said: list[Words] = []
    if days is None:
        said.append(
            say(
                "Too few earlier days have hourly figures: there are no hourly targets and no forecast for "
                "the day."
            )
        )
    else:
        said.append(
            say(
                "Based on the usual course of {n} days without campaigns: a big campaign day may run "
                "differently.",
                n=days,
            )
        )
    if course.target is None:
        said.append(say("Without the month's target there is nothing to compare the day with."))
    return tuple(said)
