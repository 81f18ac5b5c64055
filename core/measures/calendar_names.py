"""Display names of the days in the shop's calendar."""

from __future__ import annotations

from typing import Final

from core.language.message import N_, Words, say
from core.shop.settings import CalendarDay

_PLATFORM: Final = {"双11": N_("Double 11"), "双12": N_("Double 12")}


def name_of(day: CalendarDay) -> Words:
    """Return the day's note, translated for the platform's own campaigns.

    The day's kind if it has no note.
    """
    known = _PLATFORM.get(day.note)
    return say(known) if known is not None else day.note or day.kind
