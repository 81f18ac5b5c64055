"""Forms whose values are settings: recording one also updates shop.toml, so that nobody is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from core.errors import UsageError
from core.language.wording import say
from core.measures.festivals.drafts import shape_named
from core.shop.settings import CalendarDay, OddDay, Shop

FORMS = ("month_target", "special_day", "odd_day", "ad_budget")
FREQUENCY = "frequency"
"""The frequency of a step: not a form to fill in, but proposed and displayed like one."""
MOST_TIMES = 100.0
"""The maximum multiple of a usual day; higher values are typing errors."""


class _Target(NamedTuple):
    month: date
    yuan: float


class _Budget(NamedTuple):
    yuan: float


def write_back(folder: Path, form: str, values: Mapping[str, Any]) -> bool:
    """Write the form's values into shop.toml; return whether the file changed.

    Raise UsageError for invalid values, and BadSettings or CannotWrite if the file cannot be changed; in
    these cases nothing is changed.
    """
    if form not in FORMS:
        return False
    from core.shop import editing  # needs tomlkit, so imported only to write

    match _meant(form, values):
        case _Target() as target:
            return editing.set_target(folder, target.month, target.yuan)
        case _Budget() as budget:
            return editing.set_daily_budget(folder, budget.yuan)
        case OddDay() as told:
            return editing.set_odd_day(folder, told)
        case special:
            return editing.set_calendar_day(folder, special)


def changes(shop: Shop, form: str, values: Mapping[str, Any]) -> bool:
    """Return whether the values differ from the settings; raise UsageError as :func:`write_back` does."""
    if form not in FORMS:
        return False
    from core.shop.editing import with_calendar_day, with_daily_budget, with_odd_day, with_target

    match _meant(form, values):
        case _Target() as target:
            return with_target(shop, target.month, target.yuan) != shop
        case _Budget() as budget:
            return with_daily_budget(shop, budget.yuan) != shop
        case OddDay() as told:
            return with_odd_day(shop, told) != shop
        case special:
            return with_calendar_day(shop, special) != shop


def standing(shop: Shop, form: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the current settings for the month or days that the form's values name, as form values.

    Empty if they are not set.
    """
    from core.shop.editing import same_days

    match _meant(form, values):
        case _Target() as target:
            known = shop.targets.get(f"{target.month:%Y-%m}")
            return {} if known is None else {"month": values["month"], "target": known}
        case _Budget():
            return {} if shop.ads.daily_budget is None else {"amount": shop.ads.daily_budget}
        case OddDay() as told:
            said = next((one for one in shop.odd_days if (one.day, one.item) == (told.day, told.item)), None)
            return {} if said is None else {"day": values["day"], "item": said.item, "what": said.what}
        case special:
            day = next((one for one in shop.calendar if same_days(one, special)), None)
            return {} if day is None else {name: getattr(day, name) for name in values if hasattr(day, name)}


def _meant(form: str, values: Mapping[str, Any]) -> _Target | _Budget | CalendarDay | OddDay:
    if form == "ad_budget":
        if values["amount"] <= 0:
            raise UsageError(say("A budget must be more than 0. Write it in yuan: 4500."))
        return _Budget(float(values["amount"]))
    if form == "month_target":
        if values["target"] <= 0:
            raise UsageError(say("A target must be more than 0. Write it in yuan: 500000."))
        return _Target(date.fromisoformat(values["month"]), float(values["target"]))
    if form == "odd_day" and (values["what"] != "campaign" or values.get("item")):
        return OddDay(date.fromisoformat(values["day"]), values["what"], values.get("item", ""))
    if form == "odd_day":
        return _special(
            {"start": values["day"], "multiplier": values.get("multiplier"), "note": say("campaign")}
        )
    return _special(values)


def _special(values: Mapping[str, Any]) -> CalendarDay:
    start = date.fromisoformat(values["start"])
    end = date.fromisoformat(values["end"]) if values.get("end") else None
    times = values.get("multiplier")
    if end is not None and end < start:
        raise UsageError(say("The last day is before the first one."))
    if times is not None and not 0 <= times <= MOST_TIMES:
        raise UsageError(
            say("“{times}” cannot be a multiple of a usual day. Write 1.8 for 80% more.", times=times)
        )
    state = values.get("state", "confirmed")
    return CalendarDay(
        start=start,
        end=None if end == start else end,
        multiplier=None if times is None else float(times),
        kind=values.get("kind", "platform"),
        note=values["note"],
        profile=()
        if times is not None or state != "confirmed"
        else shape_named(values["note"], start, end or start),
        state=state,
    )
