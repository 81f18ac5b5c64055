"""What is recorded of a month, as typed values: its target, its special days, what its campaigns came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTarget:
    """A month's target as agreed; written into shop.toml when it is recorded."""

    form: ClassVar[str] = "month_target"
    form_title: ClassVar[str] = N_("A month's target")
    month: Annotated[date, Ask(N_("Month (any day of it)"), "date", hint=N_("2026-12-01"))]
    target: Annotated[float, Ask(N_("Target, yuan"), "money", hint=N_("kept in shop.toml"))]
    reason: Annotated[str, Ask(N_("What it rests on"), "long")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A day or run of days unlike its weekday; written into shop.toml's calendar when it is recorded."""

    form: ClassVar[str] = "special_day"
    form_title: ClassVar[str] = N_("A day unlike its weekday")
    note: Annotated[str, Ask(N_("What it is"), hint=N_("Double 12, own sale, holiday …"))]
    start: Annotated[date, Ask(N_("First day"), "date")]
    end: Annotated[date | None, Ask(N_("Last day"), "date")] = None
    multiplier: Annotated[
        float | None, Ask(N_("How many times a usual day"), "number", hint=N_("1.8; empty = not known"))
    ] = None
    kind: Annotated[str, Ask(N_("Kind"), "choice", {
        "platform": N_("the platform's"), "own": N_("our own"), "launch": N_("launch of a new arrival"),
        "festival": N_("holiday"), "work": N_("weekend worked (调休)"), "closed": N_("closed"),
        "no_shipping": N_("no shipping"), "supplier_closed": N_("suppliers closed"),
    })] = "platform"  # fmt: skip


ODD_DAYS = {
    "campaign": N_("campaign or presale day"),
    "order": N_("one large order"),
    "level": N_("a new level from then on"),
    "file": N_("wrong file"),
}
"""What a day that sold unlike any other was: id and message id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OddDaySaid:
    """What a day was that sold unlike any other; written into shop.toml when it is recorded."""

    form: ClassVar[str] = "odd_day"
    form_title: ClassVar[str] = N_("What a strange day was")
    day: Annotated[date, Ask(N_("Day"), "date")]
    what: Annotated[str, Ask(N_("What it was"), "choice", ODD_DAYS)]
    item: Annotated[str, Ask(N_("Item"), "item", hint=N_("empty = the whole shop"))] = ""
    multiplier: Annotated[
        float | None,
        Ask(N_("How many times a usual day"), "number", hint=N_("for a campaign of the whole shop")),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResult:
    """What a finished campaign came to, as the operator signs it: kept for the next plan."""

    form: ClassVar[str] = "campaign_result"
    form_title: ClassVar[str] = N_("What a campaign came to")
    name: Annotated[str, Ask(N_("Name"), hint=N_("as it was recorded"))]
    uplift: Annotated[float | None, Ask(N_("Sales beyond usual days, net, yuan"), "money")] = None
    """Sales beyond the usual days, yuan, after the dip behind it."""
    profit: Annotated[float | None, Ask(N_("Earned on them, yuan"), "money")] = None
    discount_cost: Annotated[
        float | None, Ask(N_("Discount on sales that would have come anyway, yuan"), "money")
    ] = None
    fees: Annotated[float | None, Ask(N_("Fees, coupons, gifts besides ads, yuan"), "money")] = None
    again: Annotated[bool | None, Ask(N_("Again next time?"), "yesno")] = None
    lesson: Annotated[str, Ask(N_("What is done differently next time"), "long")] = ""


MONTH_RECORDS = (MonthTarget, SpecialDay, OddDaySaid, CampaignResult)
