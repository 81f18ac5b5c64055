"""Whether the page fails its bounce line: then more traffic may be suggested, but is not proposed."""

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
    """Return last week's bounce rate where it fails its line as the page check says it.

    None where it passes, is unclear or is not known.
    """
    line = None if days is None else bounce(week(days, today - timedelta(days=1)), shop)
    return line.value if line is not None and line.passed == "fail" else None


def waiting(found: Finding[Words]) -> Finding[Words]:
    """Return the finding of something that waits for the page: it says so and proposes nothing."""
    return replace(found, text=say("{text} Once the page passes again.", text=found.text), proposals=())
