"""A page that fails its bounce line comes before more traffic: what would buy more is said, not proposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding
from core.language.wording import say
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


def waiting(found: Iterable[Finding], left: float | None, begins: str) -> list[Finding]:
    """Return the findings; with a failing page those that begin so ask for nothing until it passes."""
    if left is None:
        return list(found)
    return [_wait(one) if one.key.startswith(begins) else one for one in found]


def _wait(one: Finding) -> Finding:
    return replace(one, text=say("{text} Once the page passes again.", text=one.text), proposals=())
