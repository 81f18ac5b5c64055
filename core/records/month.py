"""Records about a month: its target, its special days, and the results of its campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTarget:
    """A month's agreed target; also written to shop.toml when recorded."""

    form: ClassVar[str] = "month_target"
    form_title: ClassVar[str] = N_("A month's target")
    month: Annotated[date, Ask(N_("Month (any day of it)"), "date", hint=N_("2026-12-01"))]
    target: Annotated[float, Ask(N_("Target, yuan"), "money", hint=N_("will be saved in shop.toml"))]
    reason: Annotated[str, Ask(N_("What the target is based on"), "long")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """One or more days that differ from other days of their weekday; also written to shop.toml's calendar."""

    form: ClassVar[str] = "special_day"
    form_title: ClassVar[str] = N_("A special day or period")
    note: Annotated[str, Ask(N_("Kind of day"), hint=N_("Double 12, campaign of ours, holiday …"))]
    start: Annotated[date, Ask(N_("First day"), "date")]
    end: Annotated[date | None, Ask(N_("Last day"), "date")] = None
    multiplier: Annotated[
        float | None, Ask(N_("How many times a usual day's sales"), "number", hint=N_("1.8; empty = unknown"))
    ] = None
    kind: Annotated[str, Ask(N_("Kind"), "choice", {
        "platform": N_("platform campaign"), "own": N_(
            "our own campaign"), "launch": N_("launch of a new item"),
        "festival": N_("holiday"), "work": N_("weekend worked (调休)"), "closed": N_("closed"),
        "no_shipping": N_("no shipping"), "supplier_closed": N_("suppliers closed"),
        "after": N_("quiet days after a campaign"),
    })] = "platform"  # fmt: skip
    state: Annotated[str, Ask(N_("Do we take part?"), "choice", {
        "confirmed": N_("we take part"), "not_for_us": N_("not for us"),
    })] = "confirmed"  # fmt: skip


ODD_DAYS = {
    "campaign": N_("campaign or presale day"),
    "order": N_("one large order"),
    "level": N_("a lasting new level of sales"),
    "file": N_("wrong file"),
}
"""Explanations for a day with unusual sales: ids and message ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OddDaySaid:
    """The explanation of a day with unusual sales; also written to shop.toml when recorded."""

    form: ClassVar[str] = "odd_day"
    form_title: ClassVar[str] = N_("What an unusual day was")
    day: Annotated[date, Ask(N_("Day"), "date")]
    what: Annotated[str, Ask(N_("Why the day was unusual"), "choice", ODD_DAYS)]
    item: Annotated[str, Ask(N_("Item"), "item", hint=N_("empty = the whole shop"))] = ""
    multiplier: Annotated[
        float | None,
        Ask(
            N_("How many times a usual day's sales"),
            "number",
            hint=N_("fill in for a campaign of the whole shop"),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResult:
    """The result of a finished campaign, as confirmed by the operator; used for planning the next one."""

    form: ClassVar[str] = "campaign_result"
    form_title: ClassVar[str] = N_("Result of a campaign")
    name: Annotated[str, Ask(N_("Name"), hint=N_("the same name as in the campaign's record"))]
    uplift: Annotated[float | None, Ask(N_("Sales above usual, including quiet days, yuan"), "money")] = None
    """Sales beyond usual days in yuan, minus the dip after the campaign."""
    profit: Annotated[float | None, Ask(N_("Profit from the campaign, yuan"), "money")] = None
    discount_cost: Annotated[
        float | None, Ask(N_("Discount on sales that would have come anyway, yuan"), "money")
    ] = None
    fees: Annotated[float | None, Ask(N_("Fees, coupons, gifts (without ads), yuan"), "money")] = None
    again: Annotated[bool | None, Ask(N_("Run this campaign again?"), "yesno")] = None
    lesson: Annotated[str, Ask(N_("What to do differently next time"), "long")] = ""


MONTH_RECORDS = (MonthTarget, SpecialDay, OddDaySaid, CampaignResult)
