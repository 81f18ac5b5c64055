"""How certain a campaign's effect is: comparisons with other periods, other items, and the year before."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures import baseline
from core.records.month import CampaignResult
from core.records.records import Recorded
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.campaigns.past_campaigns.finished import Finished, runs
from core.topics.campaigns.past_campaigns.review import (
    CampaignReview,
    Prices,
    usual_and_paid,
    weeks_before,
    window_uplift,
)
from core.topics.campaigns.uplift import Call, Relative, Uplift, placebo_p, relative_uplift

if TYPE_CHECKING:
    import pandas as pd

FEWEST_WINDOWS = 4
"""The minimum number of placebo windows that may overrule a conclusion; fewer never give p under 0.2."""
ORDINARY = 0.20
"""The p-value of the placebo test above which additional sales are nothing unusual (likely = 80 %)."""
REDUCED, UNREDUCED = 0.97, 0.99
"""The price relative to usual up to which an item was on offer, and that from which it was not
(a judgement)."""
SMALLEST_SIDE = 0.10
"""The share of usual sales that items on offer and the others must each have to be compared (a judgement)."""
YEAR = 365


@dataclass(frozen=True, slots=True)
class Placebo:
    """The same calculation on earlier windows of the same weekdays without a campaign (a placebo test)."""

    windows: int
    as_large: int
    """The number of windows with at least as large an effect."""
    called: int
    """The number of windows in which a campaign would have been said to work."""

    @property
    def p(self) -> float:
        """Return the probability of so large an effect on ordinary days (Phipson and Smyth)."""
        return placebo_p(self.as_large, self.windows)


@dataclass(frozen=True, slots=True)
class LastYear:
    """The same campaign a year ago; a field is None if its data or signed result is missing."""

    window: Uplift | None
    signed: CampaignResult | None


@dataclass(frozen=True, slots=True)
class Sure:
    """A campaign's review with the comparisons that show how certain its effect is."""

    review: CampaignReview
    placebo: Placebo | None
    rest: Relative | None
    """The items on offer compared with the others; None if they cannot be compared."""
    last_year: LastYear

    @property
    def ordinary(self) -> bool:
        """Return whether too many windows without a campaign show an increase as large as the campaign's.

        If so, its increase may be chance.
        """
        chance = self.placebo
        if chance is None or chance.windows < FEWEST_WINDOWS or self.review.window.call != "up":
            return False
        return chance.p > ORDINARY

    @property
    def call(self) -> Call | None:
        """Return the conclusion on the campaign's own days; None if too few weeks had no campaign.

        It is "up" or "down" only if placebo windows seldom show as much and the comparison with items not on
        offer does not contradict it.
        """
        own = self.review.window.call
        if own in (None, "no call"):
            return own
        if self.ordinary:
            return "no call"
        if self.rest is not None and self.rest.call is not None and self.rest.call != own:
            return "no call"
        return own


def sure(
    found: CampaignReview,
    sales: baseline.Values,
    items: pd.DataFrame | None,
    results: Iterable[Recorded[CampaignResult]],
    shop: Shop,
) -> Sure:
    """Return the review with its comparisons: placebo windows, items not on offer, last year's campaign."""
    one = found.campaign
    rest = None if items is None else against_the_rest(one, items, shop)
    return Sure(found, placebo(one, found.window.share, sales, shop), rest,
                last_year(one, sales, results, shop))  # fmt: skip


def placebo(one: Finished, share: float, sales: baseline.Values, shop: Shop) -> Placebo | None:
    """Return the campaign's calculation repeated on earlier windows; None if there are none.

    Only windows without a campaign are used.
    """
    length = len(one.days)
    step = 7 * math.ceil(length / 7)
    first, oldest = one.start - timedelta(days=step), min(sales, default=one.start)
    shares, called = [], 0
    weekday = one.days[0].weekday()
    first -= timedelta(days=(first.weekday() - weekday) % 7)
    while first >= oldest:
        days = tuple(first + timedelta(days=n) for n in range(length))
        first -= timedelta(days=step)
        if not all(day in sales and baseline.is_plain(shop, day) for day in days):
            continue
        pretended = Finished("", days, (), ())
        told = window_uplift(pretended, days, sales, shop)
        if told is not None and told.call is not None:
            shares.append(told.share)
            called += told.call == "up"
    if not shares:
        return None
    return Placebo(len(shares), sum(other >= share for other in shares), called)


def against_the_rest(one: Finished, frame: pd.DataFrame, shop: Shop) -> Relative | None:
    """Return the additional sales of discounted items relative to the other items.

    None if the two groups cannot be compared. Discounted items are those named in the record or, if it names
    none, those clearly cheaper than usual.
    """
    usual, paid = usual_and_paid(frame, one, shop)
    offered, others = _sides(one, frame, usual, paid, shop)
    whole = math.fsum(gmv for gmv, _ in usual.values())
    if not whole or min(
        math.fsum(usual[item][0] for item in side if item in usual) for side in (offered, others)
    ) < SMALLEST_SIDE * whole:  # fmt: skip
        return None
    by_side = [_daily(frame, side) for side in (offered, others)]
    weeks = [[_total(week) for week in weeks_before(one, one.days, values, shop)] for values in by_side]
    sums = [_total([values.get(day) for day in one.days]) for values in by_side]
    if sums[0] is None or sums[1] is None:
        return None
    return relative_uplift(list(zip(*weeks, strict=True)), sums[0], sums[1])


def _sides(
    one: Finished, frame: pd.DataFrame, usual: Prices, paid: Prices, shop: Shop
) -> tuple[set[str], set[str]]:
    titles = dict(zip(frame["item"], frame["title"], strict=True))
    names = {str(item): item_name(shop, str(item), str(title)) for item, title in titles.items()}
    named = {item for item, name in names.items() if one.told and (name in one.told or item in one.told)}
    if named:
        return named, set(names) - named
    index = {
        item: (paid[item][0] / paid[item][1]) / (usual[item][0] / usual[item][1])
        for item in paid
        if item in usual
    }
    return (
        {item for item, price in index.items() if price <= REDUCED},
        {item for item, price in index.items() if price >= UNREDUCED},
    )


def _daily(frame: pd.DataFrame, side: set[str]) -> Mapping[date, float]:
    return baseline.totals(frame[frame["item"].isin(side)], "gmv")


def _total(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) if len(known) == len(values) else None


def last_year(
    one: Finished, sales: baseline.Values, results: Iterable[Recorded[CampaignResult]], shop: Shop
) -> LastYear:
    """Return the same campaign of a year ago, by its daily sales and by its signed result.

    Its days are those with the same note in last year's calendar, else, for platform campaigns, the same
    dates.
    """
    signed = [
        row.value
        for row in results
        if row.value.name == one.name and one.start - timedelta(days=YEAR + 60) <= row.at.date() < one.start
    ]
    days = _days_then(one, shop)
    window = None
    if days and all(day in sales for day in days):
        known = {
            day: value
            for day, value in sales.items()
            if day in days or baseline.is_plain(shop, day + timedelta(days=YEAR))
        }  # campaign days of this year's calendar, moved back a year, in case nobody recorded last year's
        window = window_uplift(Finished("", days, (), ()), days, known, shop)
    return LastYear(window, signed[-1] if signed else None)


def _days_then(one: Finished, shop: Shop) -> tuple[date, ...]:
    notes = {special.note for day in one.days if (special := shop.special(day)) is not None and special.note}
    for run in runs(shop):
        there = {special.note for day in run if (special := shop.special(day)) is not None}
        if notes & there and 0 < (one.days[0] - run[0]).days - YEAR + 40 < 80:  # noqa: PLR2004 - about a year
            return run
    if not notes:
        return ()
    return tuple(day.replace(year=day.year - 1) for day in one.days if (day.month, day.day) != (2, 29))
