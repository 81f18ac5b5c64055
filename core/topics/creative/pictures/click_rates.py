"""Each item's click rate compared with what is usual in the same slots (ad ranks or ad types)."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures.judged_days import within
from core.statistics import distributions
from core.topics.creative.picture_tests import LOW, Coec, change_image, coec, impressions_per_arm

if TYPE_CHECKING:
    import pandas as pd

SLOTS = ((3.5, "1-3"), (6.5, "4-6"), (10.5, "7-10"))
HIGH = 1.15
SURE = 0.90
FEWEST_ITEMS = 3
FEWEST_EXPECTED = 30.0
BEFORE_DAYS = 14
FEWEST_CLICKS = 100
"""The minimum number of clicks before and after a change for comparing the two (a judgement)."""
UNEASY = 1.5
"""How many times a Poisson count's standard deviation the daily click rates vary (a judgement)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One item's picture: its clicks on fully credited days, compared with other items in the same slots."""

    item: str
    found: Coec
    usual: float
    """The usual click rate in the slots in which the picture was shown."""
    weak: bool
    strong: bool

    @property
    def sample(self) -> int | None:
        """Return the impressions each picture of a test needs to distinguish its rate from the usual one.

        None if unknown.
        """
        now = self.found.plain_ctr
        return None if now is None else impressions_per_arm(now, self.usual)


@dataclass(frozen=True, slots=True)
class Effect:
    """The click rates before and after a picture was changed, both relative to those of other items."""

    before: float | None
    after: float | None
    clicks: float
    """The number of clicks since the change."""
    chance: float | None
    """The probability that the new picture draws more clicks than the old; None if clicks are too few."""


def placed(keywords: pd.DataFrame | None, ads: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the rows with impressions: date, item, slot, impressions, clicks; None if there is no report.

    The slot is the ad rank for keyword ads, and the name of the ad type for others.
    """
    import pandas as pd

    parts = []
    if keywords is not None and len(keywords):
        rows = keywords[(keywords["impressions"] > 0) & (keywords["item"] != "")]
        parts.append(rows.assign(slot=[_slot(rank) for rank in rows["rank"]]))
    if ads is not None and len(ads):
        rows = ads[(ads["report"] == "item") & (ads["impressions"] > 0)]
        if parts:
            rows = rows[~rows["scene"].str.contains("关键词|直通车")]
        parts.append(rows.assign(slot=rows["scene"]))
    columns = ["date", "item", "slot", "impressions", "clicks"]
    return pd.concat([part[columns] for part in parts], ignore_index=True) if parts else None


def _slot(rank: float) -> str:
    if math.isnan(rank):
        return "?"
    return next((name for limit, name in SLOTS if rank < limit), "11+")


def drawn(rows: pd.DataFrame, days: Collection[date]) -> list[Drawn]:
    """Return the verdict on each item's picture, the weakest first; empty for fewer than three items."""
    rows = within(rows, days)
    if rows["item"].nunique() < FEWEST_ITEMS:
        return []
    found = [_judged(str(item), own, rows) for item, own in rows.groupby("item", sort=True)]
    return sorted(found, key=lambda one: one.found.ratio or 1.0)


def _judged(item: str, own: pd.DataFrame, rows: pd.DataFrame) -> Drawn:
    """Return the verdict on an item's picture, compared with the other items in the same slots."""
    others = _rates(rows[rows["item"] != item])
    shown = {str(slot): float(n) for slot, n in own.groupby("slot")["impressions"].sum().items()}
    known = {slot: n for slot, n in shown.items() if slot in others}
    clicks = float(own[own["slot"].isin(list(known))]["clicks"].sum())
    found = coec(clicks, known, others, LOW)
    whole = math.fsum(known.values())
    above = 1.0 - coec(clicks, known, others, HIGH).chance_below
    return Drawn(
        item,
        found,
        found.expected / whole if whole else 0.0,
        weak=bool(change_image(found, conversion_is_low=False, fewest_expected=FEWEST_EXPECTED, sure=SURE)),
        strong=found.expected >= FEWEST_EXPECTED and above >= SURE,
    )


def _rates(rows: pd.DataFrame) -> Mapping[str, float]:
    summed = rows.groupby("slot")[["clicks", "impressions"]].sum()
    return {
        str(slot): float(k / n)
        for slot, k, n in zip(summed.index, summed["clicks"], summed["impressions"], strict=True)
    }


def effect(rows: pd.DataFrame, item: str, on: date, today: date) -> Effect:
    """Return the item's click rate before and after the day ``on``, each relative to the other items'."""
    before = [on - timedelta(days=back) for back in range(1, BEFORE_DAYS + 1)]
    since = [on + timedelta(days=ahead) for ahead in range((today - on).days)]
    sides = [_against(within(rows, days), item) for days in (before, since)]
    (k0, expected0), (k1, expected1) = sides
    first = k0 / expected0 if expected0 else None
    last = k1 / expected1 if expected1 else None
    if first is None or last is None or min(k0, k1) < FEWEST_CLICKS:
        return Effect(first, last, k1, None)
    spread = UNEASY * math.sqrt(1.0 / k0 + 1.0 / k1)
    return Effect(first, last, k1, distributions.normal_cdf(math.log(last / first) / spread))


def _against(rows: pd.DataFrame, item: str) -> tuple[float, float]:
    others = _rates(rows[rows["item"] != item])
    own = rows[rows["item"] == item]
    own = own[own["slot"].isin(list(others))]
    expected = math.fsum(
        n * others[str(slot)] for slot, n in own.groupby("slot")["impressions"].sum().items()
    )
    return float(own["clicks"].sum()), expected
