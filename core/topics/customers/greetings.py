"""Greetings to returning customers before festivals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from chinese_calendar import get_holiday_detail

from core.answers.answer import About, Finding, Proposal, finding
from core.language import message
from core.language.message import N_, Words, say
from core.records.records import Records
from core.records.team import WakeUp
from core.shop.settings import Shop

AHEAD: Final = 10
"""The number of days before a festival from which a greeting is proposed (a judgement)."""
_FESTIVALS: Final = {
    "New Year's Day": N_("New Year's Day"),
    "Spring Festival": N_("Spring Festival"),
    "Labour Day": N_("Labour Day"),
    "Dragon Boat Festival": N_("Dragon Boat Festival"),
    "Mid-autumn Festival": N_("Mid-Autumn Festival"),
    "National Day": N_("National Day"),
}
"""The official festivals for which greetings are sent, by their name in the package chinesecalendar."""


_FIXED: Final = {(1, 1): "New Year's Day", (5, 1): "Labour Day", (10, 1): "National Day"}
"""Those that fall on the same day each year, for years whose days off are not published yet."""


class GreetingDay(NamedTuple):
    """A coming festival for which returning customers are sent a greeting."""

    day: date
    """The festival's first day off."""
    name: Words


def coming(shop: Shop, today: date) -> GreetingDay | None:
    """Return the next festival within ten days, by the shop's calendar or the official days off."""
    for ahead in range(AHEAD + 1):
        day = today + timedelta(days=ahead)
        own = next((one for one in shop.calendar if one.kind == "festival" and one.start == day), None)
        if own is not None and own.note:
            return GreetingDay(day, own.note)
        name = _official(day) or _FIXED.get((day.month, day.day), "")
        if name and _official(day - timedelta(days=1)) != name:
            return GreetingDay(day, say(_FESTIVALS[name]))
    return None


def findings(wake_ups: Records[WakeUp], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return the finding on a greeting for the next festival; empty if none is near or one was sent."""
    festival = coming(shop, today)
    if festival is None:
        return []
    first = festival.day - timedelta(days=AHEAD)
    sent = [(one.value.on or one.at.astimezone(shop.zone).date()) for one in wake_ups]
    days = (festival.day - today).days
    values = {"festival": festival.name, "day": message.short_day(festival.day), "n": days}
    if any(first <= day <= today for day in sent):
        return []
    text = message.plural(
        "{festival} is in {n} day ({day}), and returning customers have not been sent a greeting yet.",
        "{festival} is in {n} days ({day}), and returning customers have not been sent a greeting yet.",
        days,
        **{name: value for name, value in values.items() if name != "n"},
    )
    if not days:
        text = say(
            "{festival} is today ({day}), and returning customers have not had a greeting yet.", **values
        )
    about = About(other=festival.day.isoformat())
    ask = Proposal(
        "service",
        say("Send returning customers a greeting for {festival}: thanks first, at most one offer", **values),
        due=(festival.day - timedelta(days=1)).isoformat() if days else today.isoformat(),
        about=about,
    )
    return [finding("members", "greeting", "watch" if days <= AHEAD // 2 else "info", text, ask, about=about)]


def _official(day: date) -> str:
    """Return the official festival that a day off belongs to.

    Empty if there is none or the year is unknown.
    """
    try:
        off, name = get_holiday_detail(day)
    except NotImplementedError:
        return ""
    return name if off and name in _FESTIVALS else ""  # make-up working days have the festival's name too
