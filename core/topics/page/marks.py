"""The page figures of one week (shop-to-hero order ratio, bounce, depth) with interval and pass mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.statistics import distributions
from core.statistics.drift import shift_place
from core.topics.page.page_health import (
    Sample,
    aov_ratio,
    bounce_rate,
    hero_item,
    mean_depth,
    rate_dispersion,
)

if TYPE_CHECKING:
    import pandas as pd

WEEK = 7
MONTH = 28
FEWEST_LEVEL_DAYS = 3
"""The fewest days before and after a step in the bounce rate for it to count as a change of level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFigure:
    """One figure compared with its pass mark and, if there is one, its goal."""

    key: Literal["aov", "bounce", "depth"]
    name: Words
    value: float
    low: float | None
    high: float | None
    line: float
    goal: float | None
    side: distributions.Side
    unit: str
    doubt: Words = ""
    """Why the figure stays unclear whatever the interval; empty if it does not."""
    meaning: Words = ""
    """An explanation of the value if its name does not say it."""

    @property
    def passed(self) -> distributions.Verdict:
        """Return pass, fail or unclear against the pass mark."""
        return self._against(self.line)

    @property
    def reached(self) -> distributions.Verdict | None:
        """Return pass, fail or unclear against the goal; None if the figure has no goal."""
        return None if self.goal is None else self._against(self.goal)

    def _against(self, line: float) -> distributions.Verdict:
        if self.doubt != "" or self.low is None or self.high is None:
            return "unclear"
        return distributions.verdict(self.low, self.high, line, self.side)

    def show(self, value: float | None) -> Words:
        """Return a value formatted in the figure's unit."""
        return message.percent(value) if self.unit == "rate" else message.ratio(value)


def week(days: pd.DataFrame, last: date) -> pd.DataFrame:
    """Return the rows of the seven days ending with ``last``."""
    when = days["date"].dt.date
    found: pd.DataFrame = days[(when > last - timedelta(days=WEEK)) & (when <= last)]
    return found


def old_share(frame: pd.DataFrame) -> float | None:
    """Return the share of returning visitors in the week; None if the export does not count them."""
    new, old = baseline.column(frame, "new_visitors"), baseline.column(frame, "old_visitors")
    both = [day for day in new if day in old]
    everyone = sum(new[day] + old[day] for day in both)
    return sum(old[day] for day in both) / everyone if everyone else None


def with_own_lines(shop: Shop, frame: pd.DataFrame) -> Shop:
    """Return a copy of the shop whose page thresholds fit this week's visitors.

    The thresholds are stricter than usual if many of the visitors are returning ones.
    """
    lines, share = shop.thresholds, old_share(frame)
    if share is None or share < lines.old_visitors_many:
        return shop
    bounce_line, depth_line = min(lines.bounce_pass, lines.bounce_old), max(lines.depth_pass, lines.depth_old)
    own = lines._replace(
        bounce_pass=bounce_line,
        bounce_goal=min(lines.bounce_goal, bounce_line),
        depth_pass=depth_line,
        depth_goal=max(lines.depth_goal, depth_line),
    )
    return shop._replace(thresholds=own)


def aov(frame: pd.DataFrame, items: pd.DataFrame | None, shop: Shop, last: date) -> PageFigure | None:
    """Return the shop's average order value divided by that of its best seller (the hero).

    None if the item export is missing, if nobody bought the best seller, or if only one item sells, because
    the two order values are then the same.
    """
    buyers, gmv = sum(baseline.column(frame, "buyers").values()), sum(baseline.column(frame, "gmv").values())
    hero = None if items is None else _hero(items, shop, last)
    if items is None or hero is None or not buyers or lonely(items, shop, last):
        return None
    own = week(items[items["item"] == hero], last)
    hero_buyers, hero_gmv = float(own["buyers"].sum()), float(own["gmv"].sum())
    if hero_buyers <= 0:
        return None
    found = aov_ratio(Sample(buyers, gmv / buyers, None), Sample(hero_buyers, hero_gmv / hero_buyers, None))
    if found is None:
        return None
    doubt = say("fewer than 30 buyers of the best seller") if found.few else ""
    meaning = say(
        "The shop's average order value is {times} times that of its best seller ({hero}).",
        times=message.ratio(found.value),
        hero=item_name(shop, hero, _title(items, hero)),
    )
    return PageFigure(
        key="aov",
        name=say("Shop-to-hero order ratio"),
        meaning=meaning,
        value=found.value,
        low=found.low,
        high=found.high,
        line=shop.thresholds.aov_ratio,
        goal=None,
        side="above",
        unit="ratio",
        doubt=doubt,
    )


def lonely(items: pd.DataFrame, shop: Shop, last: date) -> bool:
    """Return whether the best seller was the only item that sold in the week."""
    recent = week(items, last)
    return set(recent.loc[recent["buyers"] > 0, "item"]) == {_hero(items, shop, last)}


def _hero(frame: pd.DataFrame, shop: Shop, last: date) -> str | None:
    recent = frame[frame["date"].dt.date > last - timedelta(days=MONTH)]
    visitors = {str(item): float(count) for item, count in recent.groupby("item")["visitors"].sum().items()}
    pinned = {item.id: visitors[item.id] for item in shop.items if item.hero and item.id in visitors}
    return hero_item(visitors, hero_item(pinned))


def _title(frame: pd.DataFrame, item: str) -> str:
    return str(frame.loc[frame["item"] == item, "title"].iloc[-1])


def bounce(frame: pd.DataFrame, shop: Shop) -> PageFigure | None:
    """Return the week's bounce rate; None if the export has none."""
    rates, visitors = baseline.column(frame, "bounce_rate"), baseline.column(frame, "visitors")
    known = [day for day in rates if visitors.get(day)]
    single, seen = [rates[day] * visitors[day] for day in known], [visitors[day] for day in known]
    found = bounce_rate(sum(single), sum(seen), rate_dispersion(single, seen))
    if found is None:
        return None
    lines = shop.thresholds
    return PageFigure(
        key="bounce",
        name=say("Bounce rate"),
        value=found.value,
        low=found.low,
        high=found.high,
        line=lines.bounce_pass,
        goal=lines.bounce_goal,
        side="below",
        unit="rate",
    )


def depth(frame: pd.DataFrame, shop: Shop) -> PageFigure | None:
    """Return the week's pages per visitor; None if the export has none."""
    pages, visitors = baseline.column(frame, "pageviews"), baseline.column(frame, "visitors")
    known = [day for day in pages if visitors.get(day)]
    found = mean_depth([pages[day] for day in known], [visitors[day] for day in known])
    if found is None:
        return None
    value, band = found
    low, high = band if band is not None else (None, None)
    lines = shop.thresholds
    return PageFigure(
        key="depth",
        name=say("Pages per visitor"),
        value=value,
        low=low,
        high=high,
        line=lines.depth_pass,
        goal=lines.depth_goal,
        side="above",
        unit="ratio",
    )


def bounce_shift(frame: pd.DataFrame, last: date) -> date | None:
    """Return the first day of a significant rise of the bounce rate in four weeks; None if there is none."""
    rates = {
        day: rate
        for day, rate in baseline.column(frame, "bounce_rate").items()
        if day > last - timedelta(days=MONTH)
    }
    ordered = sorted(rates)
    place = shift_place([rates[day] for day in ordered])
    if place is None or min(place, len(ordered) - place) < FEWEST_LEVEL_DAYS:
        return None
    before, after = [rates[day] for day in ordered[:place]], [rates[day] for day in ordered[place:]]
    step = sum(after) / len(after) - sum(before) / len(before)
    scatter = max(distributions.standard_deviation(before), distributions.standard_deviation(after), 1e-9)
    return ordered[place] if step > 2 * scatter else None
