"""Forms whose values are settings: recording one writes shop.toml too, so that it is asked for once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import UsageError
from core.language.wording import say
from core.shop.settings import CalendarDay, Shop

FORMS = ("month_target", "special_day")
FREQUENCY = "frequency"
"""How often a step comes: no form that is filled in, but proposed and worded like one."""
MOST_TIMES = 100.0
"""A day said to bring more than this many usual days is a slip of the keyboard."""


def write_back(folder: Path, form: str, values: Mapping[str, Any]) -> bool:
    """Write what the form says into shop.toml; True when the file changed.

    UsageError for values that cannot be meant, BadSettings or CannotWrite when the file cannot be changed:
    then nothing was.
    """
    if form not in FORMS:
        return False
    from core.shop.editing import set_calendar_day, set_target  # tomlkit only where it writes

    if form == "month_target":
        return set_target(folder, *_target(values))
    return set_calendar_day(folder, _special(values))


def changes(shop: Shop, form: str, values: Mapping[str, Any]) -> bool:
    """Tell whether what the form says is not in the settings yet; UsageError as :func:`write_back`."""
    if form not in FORMS:
        return False
    from core.shop.editing import with_calendar_day, with_target

    if form == "month_target":
        return with_target(shop, *_target(values)) != shop
    return with_calendar_day(shop, _special(values)) != shop


def standing(shop: Shop, form: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the settings say of the form's month or days, as its values; empty for nothing."""
    if form == "month_target":
        month, _ = _target(values)
        target = shop.targets.get(f"{month:%Y-%m}")
        return {} if target is None else {"month": values["month"], "target": target}
    from core.shop.editing import same_days

    special = _special(values)
    known = next((one for one in shop.calendar if same_days(one, special)), None)
    return {} if known is None else {name: getattr(known, name) for name in values}


def _target(values: Mapping[str, Any]) -> tuple[date, float]:
    if values["target"] <= 0:
        raise UsageError(say("A target is more than nothing. Write it in yuan: 500000."))
    return date.fromisoformat(values["month"]), float(values["target"])


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
