"""What a day of the shop's calendar is called: the platform's own days in the reader's language."""

from __future__ import annotations

from typing import Final

from core.language.message import N_, Words, say
from core.shop.settings import CalendarDay

_PLATFORM: Final = {"双11": N_("Double 11"), "双12": N_("Double 12")}


def name_of(day: CalendarDay) -> Words:
    """Return the day's note, or its kind where nobody wrote one."""
    known = _PLATFORM.get(day.note)
    return say(known) if known is not None else day.note or day.kind
