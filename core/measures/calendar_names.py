"""Display names of the days in the shop's calendar."""

from __future__ import annotations

from typing import Final

from core.language.message import N_, Words, say
from core.shop.settings import CalendarDay

_PLATFORM: Final = {
    "双11": N_("Double 11"),
    "双12": N_("Double 12"),
    "年货节": N_("New Year goods festival"),
    "春节": N_("Spring Festival"),
    "38 焕新": N_("Women's Day sale"),
    "618": N_("618"),
    "新势力周": N_("New Fashion Week"),
    "超级88": N_("Super 88"),
    "中秋国庆": N_("Mid-Autumn and National Day"),
}


def name_of(day: CalendarDay) -> Words:
    """Return the name of a calendar day: its note, translated if it names a campaign of the platform.

    The day's kind if it has no note.
    """
    name = festival_name(day.note) or day.kind
    return say("after {campaign}", campaign=name) if day.kind == "after" and day.note else name


def festival_name(name: str) -> Words:
    """Return the name of one of the platform's festivals in the reader's language.

    Other names are returned unchanged.
    """
    known = _PLATFORM.get(name)
    return say(known) if known is not None else name
