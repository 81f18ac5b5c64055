"""Net sales: what is left of paid money after refunds, by the day of payment.

Net = paid − refunds known − refunds to come. Refunds to come are estimated from the refund list; without one
roughly from the refunds completed, else from the rate in shop.toml. Sums over several days are taken within
each simulated draw, because the days share the refund curve and rate.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from core.measures import baseline
from core.shop.settings import Shop

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Basis = Literal["list", "rough", "typed", "none"]
"""Where refunds come from: the refund list; refunds by day of completion; the rate in shop.toml; unknown."""

REACH: Final = 75
"""Number of days back whose payments are used to fit the development of refunds."""
SETTLED: Final = 0.9
"""Share of a day's refunds that must be applied for before its net sales are called settled."""
OPEN_SUCCEEDS: Final = 0.92
"""Share of open applications that succeed, until 50 of the shop's own are closed (a judgement)."""
FEWEST_CLOSED: Final = 50
CANCELLED: Final = "关闭"
"""Text contained in the status of a cancelled application."""
NO_MONEY_BACK: Final = "换货|维修|补寄"
"""Kinds of after-sales cases in the refund list that give no money back: exchanges, repairs, parts sent."""
WIDE: Final = 0.05
"""Probability outside each end of the range if campaign days are included; 80 % ranges were too narrow then
(simulated)."""
TAIL: Final = 0.10
DAY_CALL: Final = 0.15
"""No verdict on a day if half the range of its net sales exceeds this share of them (a judgement)."""


@dataclass(frozen=True, slots=True)
class Net:
    """Paid money and refunds of one or several days together, in yuan."""

    days: tuple[date, ...]
    paid: float
    known: float
    """Refunds applied for; open applications count with the share that succeeds."""
    to_come: float
    low: float
    """``low`` and ``high`` are the limits of the 80 % range of the net sales (90 % with campaign days)."""
    high: float
    sd: float
    developed: float
    """Share of the refunds of these days that has been applied for, 0..1."""
    basis: Basis

    @property
    def net(self) -> float:
        """Return the net sales: the paid money left after all refunds."""
        return self.paid - self.known - self.to_come

    @property
    def refund_rate(self) -> float:
        """Return the share of paid money that is refunded in the end."""
        return 1.0 - self.net / self.paid if self.paid else 0.0

    @property
    def settled(self) -> bool:
        """Return whether at least nine tenths of the refunds have been applied for.

        False without a refund list.
        """
        return self.basis == "list" and self.developed >= SETTLED

    @property
    def callable(self) -> bool:
        """Return whether the range is narrow enough to judge the net sales; False without a refund list."""
        if self.basis != "list" or self.net <= 0:
            return False
        return (self.high - self.low) / 2 <= DAY_CALL * self.net

    def chance(self, target: float) -> float:
        """Return the probability that the net sales reach the target."""
        from core.statistics.distributions import normal_cdf

        if self.sd <= 0:
            return 1.0 if self.net >= target else 0.0
        return normal_cdf((self.net - target) / self.sd)


@dataclass(frozen=True, slots=True)
class NetSales:
    """The net sales of every day with paid money."""

    basis: Basis
    paid: Mapping[date, float]
    known: Mapping[date, float]
    to_come: Mapping[date, float]
    developed: Mapping[date, float]
    rate: float
    """Share of paid money that is refunded in the end, on ordinary days."""
    campaign_rate: float
    """Share of paid money that is refunded in the end, on campaign days."""
    rate_sd: float
    """The standard error of the rate."""
    since: date | None
    """The first day that the refund list covers."""
    upto: date | None
    """The newest day of the refund list."""
    campaign: frozenset[date]
    draws: np.ndarray
    """Simulated refunds to come in yuan, shape (draws, days); ``order`` gives the column of each day."""
    order: Mapping[date, int]
    too_large: int = 0
    """Number of refunds larger than their order; each counts only up to the order's amount."""
    unpaid: int = 0
    """Number of refunds in the list that count for no day, because the day their order was paid is not
    known."""

    def of(self, days: Collection[date]) -> Net | None:
        """Return the net sales of these days together; None if one of them has no paid money on record."""
        import numpy as np

        chosen = tuple(sorted(days))
        if not chosen or self.basis == "none" or any(day not in self.paid for day in chosen):
            return None
        paid, known, come = (
            math.fsum(part.get(day, 0.0) for day in chosen) for part in (self.paid, self.known, self.to_come)
        )
        places = [self.order[day] for day in chosen if day in self.order]
        if places:
            sums = self.draws[:, places].sum(axis=1)
            sums = sums + (come - float(sums.mean()))
            tail = WIDE if self.campaign.intersection(chosen) else TAIL
            least, most = (float(value) for value in np.quantile(sums, [tail, 1.0 - tail]))
            least, most = min(max(0.0, least), come), max(most, come)
            sd = float(sums.std())
        else:
            least, most, sd = come, come, 0.0
        final = known + come
        return (
            Net(
                days=chosen,
                paid=paid,
                known=known,
                to_come=come,
                low=paid - known - most,
                high=paid - known - least,
                sd=sd,
                developed=math.fsum(self.developed.get(day, 0.0) * self.paid[day] for day in chosen) / paid
                if paid
                else 1.0,
                basis=self.basis,
            )
            if final >= 0
            else None
        )

    def day(self, day: date) -> Net | None:
        """Return the net sales of one day."""
        return self.of((day,))


def net_sales(
    days: pd.DataFrame,
    refunds: pd.DataFrame | None,
    shop: Shop,
    today: date,
    *,
    reach: int = 400,
    ranges: bool = True,
) -> NetSales:
    """Return the net sales of each day before ``today``; ``days`` are the shop's daily figures.

    ``refunds`` is the refund list; days before it begins are estimated at the list's usual rate. Without a
    list, the refunds that the daily figures report for a day's sales count as known, and the rest of the
    usual rate is to come. Without ``ranges`` nothing is simulated and the ranges are empty.
    """
    paid = {
        day: value
        for day, value in baseline.column(days, "gmv").items()
        if today - timedelta(days=reach) <= day < today
    }
    rows = None if refunds is None else applications(refunds, today)
    unpaid = 0 if refunds is None else int((refunds["paid"].isna() & (refunds["amount"] > 0)).sum())
    if rows is not None and len(rows) and (counted := _orders_of(paid, days, rows)):
        return replace(_from_list(paid, counted, rows, shop, today, ranges=ranges), unpaid=unpaid)
    back = baseline.column(days, "refunded_of_day")
    known = {day: min(value, paid[day]) for day, value in back.items() if day in paid}
    done = baseline.column(days, "refund_amount")
    rate = rough_rate(paid, done, shop, today)
    if rate is not None:
        return replace(_at_rate(paid, known, rate, "rough"), unpaid=unpaid)
    basis: Basis = "typed" if shop.refund_rate > 0 else "none"
    return replace(_at_rate(paid, known, shop.refund_rate, basis), unpaid=unpaid)


def rough_rate(
    paid: Mapping[date, float], done: Mapping[date, float], shop: Shop, today: date
) -> float | None:
    """Return refunds completed in 28 days over paid money of the 28 days ending a week earlier.

    None if a day is missing, or if there was a big campaign in the last seven weeks, because then the refunds
    of the one period do not correspond to the sales of the other.
    """
    late = [today - timedelta(days=back) for back in range(1, 29)]
    early = [day - timedelta(days=7) for day in late]
    if any(day not in done for day in late) or any(day not in paid for day in early):
        return None
    recent = [today - timedelta(days=back) for back in range(1, 50)]
    if any(is_campaign(shop, day) and (shop.special(day).multiplier or 2.0) >= baseline.BIG_CAMPAIGN  # type: ignore[union-attr]
           for day in recent):  # fmt: skip
        return None
    sold, back = math.fsum(paid[day] for day in early), math.fsum(done[day] for day in late)
    return min(0.98, back / sold) if sold > 0 and back > 0 else None


def is_campaign(shop: Shop, day: date) -> bool:
    """Return whether the calendar lists an event on this day that is expected to raise sales.

    An event of unknown effect counts as one.
    """
    special = shop.special(day)
    return special is not None and (special.multiplier is None or special.multiplier > 1.0)


def _at_rate(paid: Mapping[date, float], known: Mapping[date, float], rate: float, basis: Basis) -> NetSales:
    import numpy as np

    come = {day: max(0.0, value * rate - known.get(day, 0.0)) for day, value in paid.items()}
    return NetSales(
        basis, paid, known, come, {}, rate, rate, 0.0, None, None, frozenset(), np.zeros((1, 0)), {}
    )


def applications(frame: pd.DataFrame, today: date) -> pd.DataFrame:
    """Return the refund applications with payment day, age in days, weight and amount.

    The weight is the probability that the application succeeds.
    """
    import numpy as np

    asked = frame["applied"].fillna(frame["closed"])
    known = frame["paid"].notna() & asked.notna() & (frame["amount"] > 0)
    if "kind" in frame:
        known &= ~frame["kind"].str.contains(NO_MONEY_BACK)
    rows = frame[known].assign(asked=asked[known].dt.normalize(), day=frame.loc[known, "paid"].dt.normalize())
    rows = rows[(rows["asked"].dt.date < today) & (rows["asked"] >= rows["day"])]
    cancelled = rows["status"].str.contains(CANCELLED)
    open_ = rows["closed"].isna() & ~cancelled
    closed = ~open_
    share = OPEN_SUCCEEDS
    if int(closed.sum()) >= FEWEST_CLOSED and bool(cancelled.any()):
        share = float((closed & ~cancelled).sum() / closed.sum())
    weight = np.where(cancelled, 0.0, np.where(open_, share, 1.0))
    paid = rows["paid_amount"]
    capped = np.where((paid > 0) & (rows["amount"] > paid), paid, rows["amount"])
    made: pd.DataFrame = rows.assign(
        age=(rows["asked"] - rows["day"]).dt.days,
        weight=weight,
        money=capped,
        too_large=(paid > 0) & (rows["amount"] > paid + 0.005),
        date_paid=rows["day"].dt.date,
    )
    return made


def _orders_of(paid: Mapping[date, float], days: pd.DataFrame, rows: pd.DataFrame) -> dict[date, float]:
    """Return the number of buyers (or orders) on each day with paid money; empty if it cannot be known.

    If the daily figures count neither, the sales are divided by the mean value of the refunded orders.
    """
    buyers, lines = baseline.column(days, "buyers"), baseline.column(days, "suborders")
    counted = {day: buyers.get(day) or lines.get(day) or 0.0 for day in paid}
    if any(counted.values()):
        return counted
    value = float(rows.loc[rows["paid_amount"] > 0, "paid_amount"].mean())
    return {day: sold / value for day, sold in paid.items()} if value > 0 else {}


def _from_list(
    paid: Mapping[date, float],
    counted: Mapping[date, float],
    rows: pd.DataFrame,
    shop: Shop,
    today: date,
    *,
    ranges: bool,
) -> NetSales:
    """Return the net sales estimated from the refund list; ``counted`` is the number of buyers by day."""
    import numpy as np

    from core.statistics import refund_development as development

    since = min(rows["asked"]).date()
    upto = min(max(rows["asked"]).date(), today - timedelta(days=1))
    money = rows.assign(weighted=rows["money"] * rows["weight"]).groupby("date_paid")["weighted"].sum()
    weighed = rows.groupby(["date_paid", "order"])["weight"].max().groupby("date_paid").sum()
    steps = rows.groupby(["date_paid", "order"]).agg(age=("age", "min"), weight=("weight", "max"))
    chosen = sorted(day for day in paid if since <= day and counted[day] > 0)
    place = {day: at for at, day in enumerate(chosen)}
    increments = np.zeros((len(chosen), development.LAST_AGE + 1))
    for (day, _), age, weight in zip(steps.index, steps["age"], steps["weight"], strict=True):
        if day in place:
            increments[place[day], min(int(age), development.LAST_AGE)] += float(weight)
    ages = np.array([(upto - day).days for day in chosen], dtype="int64")
    n = np.array([float(weighed.get(day, 0.0)) for day in chosen])
    campaign = np.array([is_campaign(shop, day) for day in chosen], dtype=bool)
    whole = development.Days(
        ages, np.maximum(np.array([counted[day] for day in chosen]), n), n, campaign, increments
    )
    learnt = ages < REACH if len(ages) else np.zeros(0, dtype=bool)
    model = development.fit(development.Days(*(part[learnt] for part in whole)), shop.refund_rate)
    value = np.array([paid[day] / counted[day] for day in chosen])
    seen = np.array([float(money.get(day, 0.0)) for day in chosen])
    part = float(seen.sum() / (n * value).sum()) if (n * value).sum() > 0 else 1.0
    alive = np.maximum(0.0, np.array([paid[day] for day in chosen]) - seen)
    come = np.minimum(alive, development.expected(whole, model) * value * part)
    draws = np.zeros((1, 0))
    if ranges:
        spread = float(np.nan_to_num((rows["money"] / max(float(rows["money"].mean()), 1e-9)).std()))
        chance = np.random.default_rng(11)
        counts = development.drawn(whole, model)
        noise = 1.0 + spread * chance.standard_normal(counts.shape) / np.sqrt(np.maximum(counts, 1.0))
        draws = np.minimum(alive, counts * value * part * np.maximum(0.0, noise))
    share = development.at_age(model.developed, ages)
    rate = min(0.98, model.rate * min(1.0, part))
    earlier = [day for day in paid if day not in place]
    return NetSales(
        basis="list",
        paid=paid,
        known={day: float(money.get(day, 0.0)) for day in chosen},
        to_come={day: float(come[at]) for day, at in place.items()}
        | {day: paid[day] * rate for day in earlier},
        developed={day: float(share[at]) for day, at in place.items()},
        rate=rate,
        campaign_rate=min(0.98, rate * model.campaign_factor),
        rate_sd=model.error * rate,
        since=since,
        upto=upto,
        campaign=frozenset(day for day in chosen if is_campaign(shop, day)),
        draws=draws,
        order=place if ranges else {},
        too_large=int(rows["too_large"].sum()),
    )
