"""The income that the platform reported for a quarter, compared with the shop's own figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.answers.answer import About, Finding, Proposal, finding
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.records.platform_checks import TaxQuarter
from core.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

TOLERANCE: Final = 0.02
TOLD: Final = 45
"""The number of days for which the result of a comparison is shown (a judgement)."""


class TaxCheck(NamedTuple):
    """The shop's own figure for its income in a quarter, and how far the platform's figure differs from it.

    The own figure is paid money minus refunds; a refund counts on the day on which it was completed.
    """

    own: float
    difference: float
    """The platform's income divided by the shop's own, minus 1."""

    @property
    def within(self) -> bool:
        """Return whether both figures agree within 2 %."""
        return abs(self.difference) <= TOLERANCE


def tax_check(reported: float, paid: float, refunds: float) -> TaxCheck | None:
    """Return the comparison of the reported income with the shop's own figure; None if that is not above 0.

    ``refunds`` are those completed in the quarter.
    """
    own = paid - refunds
    return TaxCheck(own, reported / own - 1.0) if own > 0 else None


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the day's quarter."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)


def of_quarter(
    records: Records[TaxQuarter] | None, days: pd.DataFrame | None, today: date
) -> list[Finding[Words]]:
    """Return the finding on whether the newest reported quarter agrees with the shop's own figures."""
    last = list(records or ())[-1:]
    if not last or (today - last[0].at.date()).days > TOLD:
        return []
    value = last[0].value
    first, end = quarter_of(value.quarter)
    span = [first + timedelta(days=n) for n in range((end - first).days + 1)]
    about = About(day=first.isoformat())
    paid = {} if days is None else baseline.column(days, "gmv")
    back = {} if days is None else baseline.column(days, "refund_amount")
    missing = sum(day not in paid or day not in back for day in span)
    values = {
        "first": message.day(first),
        "last": message.day(end),
        "reported": message.money(value.reported),
    }
    if missing:
        text = message.plural(
            "The tax figures of {first} to {last} cannot be checked: our own figures of {n} day are missing.",
            "The tax figures of {first} to {last} cannot be checked: our own figures of {n} days are "
            "missing.",
            missing,
            **values,
        )
        return [finding("checks", "tax", "info", text, about=about)]
    found = tax_check(value.reported, sum(paid[day] for day in span), sum(back[day] for day in span))
    if found is None:
        return []
    values |= {"own": message.money(round(found.own)), "off": message.percent(found.difference, 1, sign=True)}
    if found.within:
        text = say(
            "Tax figures of {first} to {last}: the platform reported {reported}, our own figures say "
            "{own} ({off}); within 2%.",
            **values,
        )
        return [finding("checks", "tax", "good", text, about=about)]
    text = say(
        "Tax figures of {first} to {last}: the platform reported {reported}, our own figures say "
        "{own} ({off}).",
        **values,
    )
    ask = Proposal(
        "owner",
        say("Ask the accountant before the tax declaration: {reported} or {own}?", **values),
        due=today.isoformat(),
    )
    return [finding("checks", "tax", "watch", text, ask, about=about)]
