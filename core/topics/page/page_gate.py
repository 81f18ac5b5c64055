"""Check whether the page misses its bounce-rate limit; if it does, no finding proposes buying traffic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding
from core.language.message import Words, say
from core.shop.settings import Shop
from core.topics.page.marks import bounce, week, with_own_lines

if TYPE_CHECKING:
    import pandas as pd


def failing(days: pd.DataFrame | None, shop: Shop, today: date) -> float | None:
    """Return last week's bounce rate if it fails its limit in the page check.

    None if it passes, if the check is unclear or if the rate is unknown.
    """
    if days is None:
        return None
    frame = week(days, today - timedelta(days=1))
    line = bounce(frame, with_own_lines(shop, frame))
    return line.value if line is not None and line.passed == "fail" else None


def with_lines(days: pd.DataFrame | None, shop: Shop, today: date) -> Shop:
    """Return a copy of the shop whose page thresholds fit last week's visitors."""
    return shop if days is None else with_own_lines(shop, week(days, today - timedelta(days=1)))


def waiting(found: Finding[Words]) -> Finding[Words]:
    """Return the finding without proposals, with a note that it waits until the page meets its limits."""
    return replace(
        found, text=say("{text} Do this once the page meets its limits again.", text=found.text), proposals=()
    )
