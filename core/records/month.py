"""What is recorded of a month, as typed values: its target, its special days, what its campaigns came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTarget:
    """A month's target as agreed; written into shop.toml when it is recorded."""

    form: ClassVar[str] = "month_target"
    month: date
    """Any day of the month."""
    target: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A day or run of days unlike its weekday; written into shop.toml's calendar when it is recorded."""

    form: ClassVar[str] = "special_day"
    note: str
    start: date
    end: date | None = None
    multiplier: float | None = None
    kind: str = "platform"
    """platform, own, launch, festival, work, closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResult:
    """What a finished campaign came to, as the operator signs it: kept for the next plan."""

    form: ClassVar[str] = "campaign_result"
    name: str
    uplift: float | None = None
    """Sales beyond the usual days, yuan, after the dip behind it."""
    profit: float | None = None
    """What was earned on them, yuan."""
    discount_cost: float | None = None
    """Given away on sales that would have come anyway, yuan."""
    fees: float | None = None
    """What the campaign itself cost besides ads: slots, coupons paid, gifts, yuan."""
    again: bool | None = None
    lesson: str = ""


MONTH_RECORDS = (MonthTarget, SpecialDay, CampaignResult)
