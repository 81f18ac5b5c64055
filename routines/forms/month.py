"""The forms of the month: its target, its special days, what a campaign came to."""

from __future__ import annotations

from typing import Final

from core.language.wording import N_
from core.records.month import CampaignResult, MonthTarget, SpecialDay
from routines.forms.form import Field, Form

MONTH_TARGET = Form(
    "month_target",
    N_("A month's target"),
    MonthTarget,
    (
        Field("month", N_("Month (any day of it)"), "date", required=True, hint=N_("2026-12-01")),
        Field("target", N_("Target, yuan"), "money", required=True, hint=N_("kept in shop.toml")),
        Field("reason", N_("What it rests on"), "long"),
    ),
)

SPECIAL_DAY = Form(
    "special_day",
    N_("A day unlike its weekday"),
    SpecialDay,
    (
        Field("note", N_("What it is"), required=True, hint=N_("双12, own sale, holiday …")),
        Field("start", N_("First day"), "date", required=True),
        Field("end", N_("Last day"), "date"),
        Field("multiplier", N_("How many times a usual day"), "money", hint=N_("1.8; empty = not known")),
        Field(
            "kind",
            N_("Kind"),
            "choice",
            (
                ("platform", N_("the platform's")),
                ("own", N_("our own")),
                ("launch", N_("launch of a new arrival")),
                ("festival", N_("holiday")),
                ("work", N_("weekend worked (调休)")),
                ("closed", N_("closed")),
            ),
        ),
    ),
)

CAMPAIGN_RESULT = Form(
    "campaign_result",
    N_("What a campaign came to"),
    CampaignResult,
    (
        Field("name", N_("Name"), required=True, hint=N_("as it was recorded")),
        Field("uplift", N_("Sales beyond usual days, net, yuan"), "money"),
        Field("profit", N_("Earned on them, yuan"), "money"),
        Field("discount_cost", N_("Discount on sales that would have come anyway, yuan"), "money"),
        Field("fees", N_("Fees, coupons, gifts besides ads, yuan"), "money"),
        Field("again", N_("Again next time?"), "yesno"),
        Field("lesson", N_("What is done differently next time"), "long"),
    ),
)

MONTH_FORMS: Final = (MONTH_TARGET, SPECIAL_DAY, CAMPAIGN_RESULT)
"""The month's forms."""
