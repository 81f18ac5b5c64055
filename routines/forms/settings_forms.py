"""Forms whose values are settings: recording one writes shop.toml too, so that it is asked for once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import UsageError
from core.language.wording import say
from core.shop.settings import CalendarDay, OddDay

FORMS = ("month_target", "special_day", "odd_day", "ad_budget")
MOST_TIMES = 100.0
"""A day said to bring more than this many usual days is a slip of the keyboard."""


def write_back(folder: Path, form: str, values: Mapping[str, Any]) -> bool:
    """Write what the form says into shop.toml; True when the file changed.

    UsageError for values that cannot be meant, BadSettings or CannotWrite when the file cannot be changed:
    then nothing was.
    """
    if form not in FORMS:
        return False
    from core.shop import editing  # tomlkit only where it writes

    if form == "ad_budget":
        if values["amount"] <= 0:
            raise UsageError(say("A budget is more than nothing. Write it in yuan: 4500."))
        return editing.set_daily_budget(folder, float(values["amount"]))

    if form == "month_target":
        if values["target"] <= 0:
            raise UsageError(say("A target is more than nothing. Write it in yuan: 500000."))
        return editing.set_target(folder, date.fromisoformat(values["month"]), float(values["target"]))
    if form == "odd_day":
        if values["what"] == "campaign" and not values.get("item"):
            day = {"start": values["day"], "multiplier": values.get("multiplier"), "note": say("campaign")}
            return editing.set_calendar_day(folder, _special(day))
        told = OddDay(date.fromisoformat(values["day"]), values["what"], values.get("item", ""))
        return editing.set_odd_day(folder, told)
    return editing.set_calendar_day(folder, _special(values))


def _special(values: Mapping[str, Any]) -> CalendarDay:
    start = date.fromisoformat(values["start"])
    end = date.fromisoformat(values["end"]) if values.get("end") else None
    times = values.get("multiplier")
    if end is not None and end < start:
        raise UsageError(say("The last day lies before the first one."))
    if times is not None and not 0 <= times <= MOST_TIMES:
        raise UsageError(
            say("“{times}” times a usual day cannot be meant. Write 1.8 for 80 % more.", times=times)
        )
    return CalendarDay(
        start=start,
        end=None if end == start else end,
        multiplier=None if times is None else float(times),
        kind=values.get("kind", "platform"),
        note=values["note"],
    )
