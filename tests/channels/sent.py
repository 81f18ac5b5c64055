"""What a shop has sent, as its log says."""

from __future__ import annotations

from pathlib import Path

from core.journal.store_choice import store_of
from core.shop.sent_log import Sent


def outbox(folder: Path) -> tuple[Sent, ...]:
    """Return the shop's log of sent messages, oldest entry first; raise CannotPost if it cannot be read."""
    return store_of(folder).shared.sent_log().sent()
