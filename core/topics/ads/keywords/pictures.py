"""Whether an item's main picture gets fewer clicks than usual in its ad slots."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.language.message import Words
from core.measures.judged_days import within
from core.topics.ads.keywords.verdicts import ItemKeyword, ItemPrior
from core.topics.creative.picture_tests import Coec, change_image, coec, impressions_per_arm

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

SLOTS = ((3.5, "1-3"), (6.5, "4-6"), (10.5, "7-10"))
FEWEST_ITEMS = 3
"""The minimum number of items for a usual click rate by slot; with fewer an item is compared with itself."""
LOW_CONVERSION = 0.5
"""The mean probability of profit below which the keywords are to blame, not the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An item's main picture, with its click rate compared with the usual one of the same ad slots."""

    item: str
    name: Words
    found: Coec
    change: bool | None
    """Whether to change the picture; None if too few clicks were expected to tell."""
    usual_ctr: float
    """The click rate of the same slots over all items."""
    sample: int | None
    """The number of impressions each picture needs in a test."""


def pictures(
    frame: pd.DataFrame,
    days: Collection[date],
    words: Collection[ItemKeyword],
    known: Mapping[str, ItemPrior],
) -> list[Picture]:
    """Return a verdict on the picture of each advertised item; empty if there are fewer than three items.

    Impressions of keywords that are to be deleted are not counted.
    """
    doomed = {(word.item, word.text) for word in words if word.decision == "delete"}
    rows = within(frame[["date", "item", "word", "rank", "clicks", "impressions"]], days)
    rows = rows[rows["impressions"] > 0]
    if doomed:
        keep = [(item, word) not in doomed for item, word in zip(rows["item"], rows["word"], strict=True)]
        rows = rows[keep]
    rows = rows.assign(slot=rows["rank"].map(_slots(rows["rank"])))
    if rows["item"].nunique() < FEWEST_ITEMS:
        return []
    by_slot = rows.groupby("slot")[["clicks", "impressions"]].sum()
    reference = {
        str(slot): float(k / n)
        for slot, k, n in zip(by_slot.index, by_slot["clicks"], by_slot["impressions"], strict=True)
        if n > 0
    }
    by_item: dict[str, list[ItemKeyword]] = {}
    for word in words:
        by_item.setdefault(word.item, []).append(word)
    made = [
        _picture(str(item), own, reference, by_item.get(str(item), []), known)
        for item, own in rows.groupby("item", sort=True)
    ]
    return sorted((one for one in made if one is not None), key=lambda one: one.found.ratio or 1.0)


def _picture(
    item: str,
    rows: pd.DataFrame,
    reference: Mapping[str, float],
    words: Collection[ItemKeyword],
    known: Mapping[str, ItemPrior],
) -> Picture | None:
    if item not in known:
        return None
    shown = {str(slot): float(n) for slot, n in rows.groupby("slot")["impressions"].sum().items()}
    clicks, total = float(rows["clicks"].sum()), float(rows["impressions"].sum())
    found = coec(clicks, shown, reference)
    usual = found.expected / total if total else 0.0
    low = _conversion_is_low([word for word in words if word.decision != "delete"])
    change = change_image(found, conversion_is_low=low)
    now = clicks / total if total else 0.0
    sample = impressions_per_arm(now, usual) if change and 0 < now < 1 and 0 < usual < 1 else None
    return Picture(
        item=item, name=known[item].name, found=found, change=change, usual_ctr=usual, sample=sample
    )


def _conversion_is_low(words: Collection[ItemKeyword]) -> bool:
    judged = [(word.judged.chance_good, word.clicks) for word in words if word.judged.chance_good is not None]
    clicks = sum(n for _, n in judged)
    return bool(clicks) and sum((p or 0.0) * n for p, n in judged) / clicks < LOW_CONVERSION


def _slots(ranks: pd.Series) -> dict[float, str]:
    """Return for each distinct rank the group of slots it belongs to."""
    return {rank: _slot(rank) for rank in ranks.unique()}


def _slot(rank: float) -> str:
    if rank != rank:  # noqa: PLR0124 - NaN is unknown
        return "?"
    return next((name for limit, name in SLOTS if rank < limit), "11+")
