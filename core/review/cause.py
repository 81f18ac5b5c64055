"""Which import came, or was taken back, after a report had stated its figures: from the ledger alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from core.facts.ledger import Batch
from core.review.digest import DayDigest
from core.sheets.orders import Orders
from core.sheets.shop_day import ShopDay

SHEETS: Final = (ShopDay.id, Orders.id)
"""What a shop's day figures come from: its daily export, else its order list."""


def may_be_corrected(batches: Sequence[Batch], digest: DayDigest, report: date) -> bool:
    """Tell whether anything came or went since that touches what the day's finished report stated."""
    return cause_of(batches, digest, report - timedelta(days=1)) is not None


def counted_then(batch: Batch, digest: DayDigest) -> bool:
    """Tell whether the batch counted when the report's figures were shown."""
    if batch.id in digest.batches:
        return True
    shown = digest.shown
    gone = shown is not None and batch.undone is not None and batch.undone <= shown
    return shown is not None and batch.at <= shown and not gone


def cause_of(batches: Sequence[Batch], digest: DayDigest, day: date) -> tuple[datetime, str, bool] | None:
    """Return when the last import of the day's figures came that did not count then, its file, and False.

    True where it is one that counted and was taken back. None when there was none, or when the journal does
    not say what the figures came from.
    """
    if digest.shown is None or not any(batch.id in digest.batches for batch in batches):
        return None
    own = [one for one in batches if one.sheet in SHEETS and one.first <= day <= one.last]
    came = [(one.at, one.file, False) for one in own if one.live and not counted_then(one, digest)]
    went = [(one.undone, one.file, True) for one in own if one.undone and counted_then(one, digest)]
    return max((*came, *went), default=None)
