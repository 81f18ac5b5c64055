"""Questions about festivals: calendar drafts nobody has confirmed, and days that sold like a festival."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from core.answers.answer import About, Finding, LevelName, Proposal, finding
from core.language import message
from core.language.message import N_, Value, Words, say
from core.measures.calendar_names import festival_name, name_of
from core.measures.festivals.seen import SeenFestival
from core.shop.settings import CalendarDay, Shop

ASKED_AHEAD: Final = 45
"""How many days before a festival its draft is first asked about."""
PRESSING: Final = 14
"""From this many days before the festival on, the question is rated watch (a judgement)."""
SOURCES: Final[Mapping[str, str]] = {
    "public": N_("the dates published by the platform"),
    "habit": N_("the dates of a shopping guide, partly from past years"),
    "moved": N_("last year's dates; please check"),
    "own": N_("your own dates of last year, adjusted"),
    "": N_("entered by hand"),
}
"""Where a draft's dates come from."""


def open_drafts(shop: Shop, first: date, last: date) -> list[CalendarDay]:
    """Return the festivals in these days that nobody has confirmed or declined, ordered by first day."""
    drafts = (one for one in shop.calendar if one.state == "proposed" and one.kind != "after")
    return sorted(
        (one for one in drafts if one.source != "sales" and one.touches(first, last)),
        key=lambda one: one.start,
    )


def of_drafts(step: str, found: Sequence[CalendarDay], today: date) -> list[Finding[Words]]:
    """Return a question for each draft: whether to confirm it or mark it as not for us."""
    return [_draft(step, one, today) for one in found]


def sized(found: Sequence[CalendarDay], today: date) -> Iterator[CalendarDay]:
    """Yield the drafts that begin soon and that the daily targets already allow for."""
    for one in found:
        if one.profile and one.last >= today and (one.start - today).days <= ASKED_AHEAD:
            yield one


def _draft(step: str, one: CalendarDay, today: date) -> Finding[Words]:
    values = _span(one.start, one.last) | {
        "name": name_of(one),
        "source": say(SOURCES.get(one.source, one.source)),
    }
    if one.profile:
        text = say(
            "{name} ({first} to {last}) is a draft in the calendar: {source}. Until you confirm it, its "
            "days count in the target, but with a wider range.",
            **values,
        )
    else:
        text = say(
            "{name} ({first} to {last}) is not in the calendar: {source}. Do you take part? Until you "
            "say so, its days are planned like any others.",
            **values,
        )
    about = About(campaign=one.note, day=one.start.isoformat())
    due = max(today, min(today + timedelta(days=2), one.start - timedelta(days=1))).isoformat()
    ask = Proposal(
        "operator",
        say(
            "Confirm the days of {name}, or say that it is not for us (form “A special day or period”)",
            **values,
        ),
        due=due,
        about=about,
    )
    near = one.profile and (one.start - today).days <= PRESSING
    level: LevelName = "watch" if near else "info"
    return finding(step, "calendar", level, text, ask, about=about)


def of_seen(step: str, found: Sequence[SeenFestival]) -> list[Finding[Words]]:
    """Return, for each run of days that sold like a festival, the question whether it was one."""
    return [_seen(step, one) for one in found]


def _seen(step: str, one: SeenFestival) -> Finding[Words]:
    values = _span(one.days[0], one.days[-1]) | {
        "name": festival_name(one.festival.name),
        "times": message.ratio(one.times, 1),
    }
    text = say(
        "{first} to {last} brought up to {times} times the usual sales, near the time of {name}. "
        "Was it {name}? Until you say, these days do not count as usual days.",
        **values,
    )
    about = About(campaign=one.festival.name, day=one.days[0].isoformat())
    ask = Proposal(
        "operator",
        say(
            "Add {name} with its days, or say that it is not for us (form “A special day or period”)",
            **values,
        ),
        about=about,
    )
    return finding(step, "festival", "info", text, ask, about=about)


def widened(shop: Shop, days: Sequence[date]) -> tuple[Words, ...]:
    """Return a text saying that unconfirmed days widen the forecast's range; empty if there are none."""
    notes = dict.fromkeys(one.note for day in days if (one := shop.special(day)) is not None)
    if not notes:
        return ()
    names = message.listing([festival_name(note) for note in notes])
    return (
        say(
            "Not confirmed in the calendar, so the forecast is less certain and its range wider: {names}.",
            names=names,
        ),
    )


def _span(first: date, last: date) -> dict[str, Value]:
    return {"first": message.day(first), "last": message.day(last)}
