"""Lines of the newest closed fee bill that differ from the rates in shop.toml, and compensation paid."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.answers.answer import About, Finding, Proposal, finding
from core.language import message
from core.language.message import N_, Value, Words, say
from core.measures.fee_rates import Bill, bill_of
from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

LEAST_SHARE: Final = 0.10
"""A fee is called different if it is off by more than this share of what was expected (a judgement)."""
LEAST_YUAN: Final = 50.0
COMPENSATION: Final = "赔付"
NAMES: Final = {
    "base_fee": N_("the base fee"),
    "category_fee": N_("the category commission"),
    "points": N_("the reward points"),
}


def of_fee_bill(frame: pd.DataFrame | None, shop: Shop, today: date) -> list[Finding[Words]]:
    """Return findings on fees charged at another rate than shop.toml says, and on compensation paid.

    A fee whose rate is not set, and a bill that does not state the sales it was charged on, are not judged.
    """
    bill = None if frame is None or frame.empty else bill_of(frame, today)
    if bill is None or frame is None:
        return []
    charged = {"base_fee": bill.base, "category_fee": bill.category, "points": bill.points}
    found = [one for name, fee in charged.items() if (one := _off(name, fee, bill, shop, today)) is not None]
    return [*found, *_compensation(frame, bill)]


def _off(name: str, fee: float, bill: Bill, shop: Shop, today: date) -> Finding[Words] | None:
    typed = getattr(shop.money, name)
    if typed is None or bill.confirmed <= 0:
        return None
    expected = typed * bill.confirmed
    more = fee - expected
    if abs(more) < LEAST_YUAN or abs(more) <= LEAST_SHARE * max(expected, 0.0):
        return None
    values: dict[str, Value] = {
        "month": bill.month,
        "name": say(NAMES[name]),
        "rate": message.percent(fee / bill.confirmed, 2),
        "typed": message.percent(typed, 2),
        "money": message.money(round(abs(more))),
    }
    text = (
        say(
            "Fee bill of {month}: {name} was {rate} of confirmed sales, shop.toml says {typed}: {money} more "
            "than expected.",
            **values,
        )
        if more > 0
        else say(
            "Fee bill of {month}: {name} was {rate} of confirmed sales, shop.toml says {typed}: {money} less "
            "than expected.",
            **values,
        )
    )
    ask = Proposal(
        "owner",
        say("Check {name} on the fee bill of {month}: ask the platform, or correct shop.toml", **values),
        due=(today + timedelta(days=2)).isoformat(),
        about=About(metric=name),
    )
    return finding("checks", "fee_bill", "watch", text, ask, about=About(metric=name))


def _compensation(frame: pd.DataFrame, bill: Bill) -> list[Finding[Words]]:
    """Return the finding on compensation (赔付) charged by the bill's month; empty if there is none."""
    rows = frame[frame["category"].str.contains(COMPENSATION)]
    rows = rows[rows["date"].dt.strftime("%Y-%m") == bill.month]
    paid = float(rows["net"].fillna(0.0).sum())
    if paid <= 0:
        return []
    text = say(
        "Fee bill of {month}: {money} compensation paid to buyers ({names}).",
        month=bill.month,
        money=message.money(round(paid, 2)),
        names=message.listing(sorted({str(name) for name in rows["category"]})),
    )
    return [finding("checks", "compensation", "info", text)]
