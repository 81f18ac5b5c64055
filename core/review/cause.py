"""Which import came, or was taken back, after a report had stated a figure: from the ledger alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.facts.batch import Batch
from core.review.stated_figures import Stated

SHEETS: Final = (ShopDay.id, Orders.id)
"""What a shop's day figures come from: its daily export, else its order list."""


def counted_then(batch: Batch, stated: Stated) -> bool:
    """Tell whether the batch counted when the figure was shown."""
    if batch.id in stated.batches:
        return True
    gone = batch.undone is not None and batch.undone <= stated.shown
    return batch.at <= stated.shown and not gone


def cause_of(batches: Sequence[Batch], stated: Stated) -> tuple[datetime, str, bool] | None:
    """Return when the last import of the day's figures came that did not count then, its file, and False.

    True where it is one that counted and was taken back. None when there was none, or when the journal does
    not say what the figure came from.
    """
    if not any(batch.id in stated.batches for batch in batches):
        return None
    own = [one for one in batches if one.sheet in SHEETS and one.first <= stated.day <= one.last]
    came = [(one.at, one.file, False) for one in own if one.live and not counted_then(one, stated)]
    went = [(one.undone, one.file, True) for one in own if one.undone and counted_then(one, stated)]
    return max((*came, *went), default=None)
