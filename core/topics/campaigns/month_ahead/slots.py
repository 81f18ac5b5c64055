"""Dates for a campaign of our own: a week away from any other, and not too many discount days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.shop.settings import CalendarDay, Shop
from core.topics.campaigns.planning.campaign import Campaign, MonthFill, month
from core.topics.campaigns.planning.launch import LENGTH
from core.topics.sales.daily_targets import days_of_month
from core.topics.sales.month.calendar_findings import open_drafts

APART = 7
"""The suggested number of days between two offers."""
PREPARING = 3
"""The days needed to prepare an own campaign: none is proposed to begin earlier (a judgement)."""
LIFTS = 1.1
"""The multiplier from which a calendar day counts as a campaign."""


@dataclass(frozen=True, slots=True)
class Filling:
    """The campaigns of the month, recorded or in the calendar, and the dates still free for another one."""

    recorded: MonthFill
    by_calendar: tuple[CalendarDay, ...]
    """Campaigns of the calendar for which no campaign was recorded."""
    free: tuple[date, ...]
    """The first day of each free period of three days."""
    unknown: tuple[tuple[date, str], ...]
    """Campaign days of the platform that are missing in the shop's calendar, with their names."""
    drafts: tuple[CalendarDay, ...] = ()
    """Drafted festivals of the month that nobody has confirmed or declined."""

    @property
    def planned(self) -> int:
        """Return the number of campaigns in the month."""
        return self.recorded.planned + len(self.by_calendar)


def filling(found: Sequence[Campaign], shop: Shop, first: date, today: date) -> Filling:
    """Return the campaigns of the month, and dates on which another one fits."""
    days = days_of_month(first.year, first.month)
    recorded = {day for one in found if one.entry.state != "rejected" for day in one.days}
    spans = tuple(
        one
        for one in shop.calendar
        if _lifts(one) and any(one.covers(day) for day in days)
        and not any(one.covers(day) for day in recorded)
    )  # fmt: skip
    near = [first + timedelta(days=n) for n in range(-APART - 1, len(days) + APART + 1)]
    taken = recorded | {day for day in near if any(_lifts(one) and one.covers(day) for one in shop.calendar)}
    peaks = [
        (date(first.year, one.month, one.day), one.name)
        for one in shop.profile.calendar
        if one.month == first.month
    ]
    taken |= {day for day, _ in peaks}
    plan = month(found, shop, first, APART)
    room = max(0, plan.aim - plan.planned - len(spans))
    unknown = tuple((day, name) for day, name in peaks if shop.special(day) is None)
    coming = [day for day in days if day > today + timedelta(days=PREPARING)]
    drafts = tuple(open_drafts(shop, max(today, days[0]), days[-1])) if today <= days[-1] else ()
    return Filling(plan, spans, tuple(_free(coming, taken, room)), unknown, drafts)


def _lifts(one: CalendarDay) -> bool:
    return (
        one.counts
        and one.kind in ("platform", "own", "launch")
        and (one.multiplier is None or one.multiplier >= LIFTS)
    )


def _free(days: Sequence[date], taken: Collection[date], room: int) -> list[date]:
    """Return the first days of up to ``room`` free periods, each at least a week away from ``taken`` days."""
    busy, found = set(taken), list[date]()
    for day in days:
        mine = [day + timedelta(days=n) for n in range(LENGTH)]
        reach = [day + timedelta(days=n) for n in range(-APART, LENGTH + APART)]
        if len(found) < room and mine[-1] <= days[-1] and not busy.intersection(reach):
            found.append(day)
            busy.update(mine)
    return found
