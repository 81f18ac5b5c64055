"""Whether the agents on duty tonight can answer the buyers who usually ask."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from core.language import message
from core.language.message import Words, plural, say
from core.measures import baseline
from core.records.evening import OnDuty
from core.records.records import Records
from core.shop.settings import Shop
from core.topics.evening.day_so_far import clock, is_of
from core.topics.evening.usual_hours import HOURS, of_hours, usual, usual_days

if TYPE_CHECKING:
    import pandas as pd

SHIFT_HOURS: Final = 8.0
"""The hours of the day for which ``agent_buyers_a_day`` holds [judgement: one shift]."""
_BETWEEN: Final = re.compile(r"[,，、;；/\s]+")


@dataclass(frozen=True, slots=True)
class Capacity:
    """The agents on duty tonight, and the buyers who ask in the busiest hour still to come."""

    people: int
    per_hour: float
    """The buyers all of them can answer well in an hour."""
    busiest: int | None = None
    """The busiest hour from now to midnight; None if the usual hours are not known."""
    asked: float | None = None
    """The inquiries usual in that hour."""

    @property
    def enough(self) -> bool | None:
        """Return whether the agents on duty can answer the busiest hour; None if its load is unknown."""
        return None if self.asked is None else self.asked <= self.per_hour


def people_in(text: str) -> int:
    """Return the number of people in the typed text: ``2``, ``2 人``, or names between commas or blanks."""
    number = re.fullmatch(r"\s*(\d{1,3})\s*(?:个|人|个人|名|people|agents?)?\s*", text)
    if number:
        return int(number[1])
    return len([name for name in _BETWEEN.split(text.strip()) if name])


def on_duty(
    duty: Records[OnDuty] | None,
    service: pd.DataFrame | None,
    hours: pd.DataFrame | None,
    shop: Shop,
    today: date,
    hour: float,
) -> Capacity | None:
    """Return tonight's capacity from ``hour`` on; None if nobody said today who is on duty."""
    said = [row.value.agents for row in duty or () if is_of(row.at, today)]
    if not said:
        return None
    people = people_in(said[-1])
    per_hour = people * shop.thresholds.agent_buyers_a_day / SHIFT_HOURS
    course = None if hours is None else usual(of_hours(hours, "visitors"), shop, today)
    daily = _inquiries(service, shop, today)
    left = range(min(math.floor(hour), HOURS - 1), HOURS)
    if course is None or daily is None:
        return Capacity(people, per_hour)
    expected = {at: daily * (course.profile.shares[at + 1] - course.profile.shares[at]) for at in left}
    busiest = max(expected, key=lambda at: expected[at])
    return Capacity(people, per_hour, busiest, expected[busiest])


def _inquiries(service: pd.DataFrame | None, shop: Shop, today: date) -> float | None:
    """Return the team's mean number of inquiries on usual days; None if there are no such days."""
    if service is None or service.empty:
        return None
    known = baseline.totals(service, "inquiries")
    days = usual_days(known, shop, today)
    return math.fsum(known[day] for day in days) / len(days) if days else None


def figure(found: Capacity | None) -> Words:
    """Return what is known of the capacity, for the table of questions."""
    if found is None:
        return say("not entered: form “Who is on duty tonight”")
    people = plural("{n} agent on duty answers", "{n} agents on duty answer", found.people)
    can = message.count(found.per_hour)
    if found.asked is None:
        return say(
            "{people} about {can} buyers an hour; usual inquiries by hour are not known",
            people=people,
            can=can,
        )
    return say(
        "{people} about {can} buyers an hour; about {asked} usually ask at {clock}",
        people=people,
        can=can,
        asked=message.count(found.asked),
        clock=clock(float(found.busiest or 0)),
    )
