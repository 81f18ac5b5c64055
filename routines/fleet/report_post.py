"""Send the finished daily report at the time that the shop's settings name, once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core.errors import UsageError
from core.shop.settings import Shop
from routines.io.posting import post, preview
from routines.plan.calendar import TURNS
from routines.workday.workday import Workday


def posting_time(shop: Shop, day: date) -> datetime | None:
    """Return when the report of the working day is sent; None if the settings name no time."""
    if not shop.worker.post_at:
        return None
    at = time.fromisoformat(shop.worker.post_at)
    late = timedelta(days=1) if at < TURNS else timedelta()
    return datetime.combine(day + late, at, shop.zone)


def post_report(workday: Workday) -> bool:
    """Send the report of the workday's day if it is finished and its time has come; return whether it was.

    Raise CannotPost if it did not arrive for certain, UsageError if this account may not send it, and
    BadSettings if no channel is set up. A report that was sent before is not sent again.
    """
    moment = posting_time(workday.shop, workday.day)
    if moment is None or workday.now() < moment:
        return False
    shown = preview(workday)
    if not shown.finished:
        return False
    if workday.refusal:
        raise UsageError(workday.refusal)
    try:
        post(workday, shown, refusal="")
    except UsageError:  # sent before
        return False
    return True
