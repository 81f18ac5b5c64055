"""Finds the import, or undone import, that changed a figure after a report stated it.

Reads only the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.facts.batch import Batch
from core.review.stated_figures import Stated

SHEETS: Final = (ShopDay.id, Orders.id)
"""The sheets a shop's daily figures come from: the daily export or, without one, the order list."""


def counted_then(batch: Batch, stated: Stated) -> bool:
    """Return whether the batch was in effect when the figure was shown."""
    if batch.id in stated.batches:
        return True
    gone = batch.undone is not None and batch.undone <= stated.shown
    return batch.at <= stated.shown and not gone


def cause_of(batches: Sequence[Batch], stated: Stated) -> tuple[datetime, str, bool] | None:
    """Return the time and file of the last import that changed the day's figures, and whether it was undone.

    The third value is False for an import that was added since the figure was shown and True for one that was
    undone since. None if there was neither, or if the journal does not record which imports the figure came
    from.
    """
    if not any(batch.id in stated.batches for batch in batches):
        return None
    own = [one for one in batches if one.sheet in SHEETS and one.first <= stated.day <= one.last]
    came = [(one.at, one.file, False) for one in own if one.live and not counted_then(one, stated)]
    went = [(one.undone, one.file, True) for one in own if one.undone and counted_then(one, stated)]
    return max((*came, *went), default=None)
