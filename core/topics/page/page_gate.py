"""Whether the page fails its bounce limit; if so, buying more traffic is mentioned but not proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding
from core.language.message import Words, say
from core.shop.settings import Shop
from core.topics.page.marks import bounce, week

if TYPE_CHECKING:
    import pandas as pd


def failing(days: pd.DataFrame | None, shop: Shop, today: date) -> float | None:
    """Return last week's bounce rate if it fails its limit in the page check.

    None if it passes, is unclear or unknown.
    """
    line = None if days is None else bounce(week(days, today - timedelta(days=1)), shop)
    return line.value if line is not None and line.passed == "fail" else None


def waiting(found: Finding[Words]) -> Finding[Words]:
    """Return the finding without its proposals, with a note that it waits for the page to pass."""
    return replace(
        found, text=say("{text} Do this once the page meets its limits again.", text=found.text), proposals=()
    )
