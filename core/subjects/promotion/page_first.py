"""A page that fails its bounce line comes before more traffic: what would buy more is said, not proposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from core import wording
from core.answer import Finding
from core.shop import Shop
from core.subjects.promotion.missing import bounced
from core.wording import say

if TYPE_CHECKING:
    import pandas as pd

MORE = ("paid/raise/", "paid/add/")
"""Findings that buy visitors on top."""


def failing(days: pd.DataFrame | None, shop: Shop, today: date) -> float | None:
    """Return last week's bounce rate where it fails its line; None where it passes or is not known."""
    bounce = None if days is None else bounced(days, today)
    return bounce if bounce is not None and bounce > shop.thresholds.bounce_pass else None


def waiting(found: Iterable[Finding], bounce: float | None, begins: str) -> list[Finding]:
    """Return the findings; with a failing page those that begin so ask for nothing until it passes."""
    if bounce is None:
        return list(found)
    return [
        (
            replace(
                one,
                text=say("{text} Once the page passes again.", text=one.text),
                proposals=(),
            )
            if one.key.startswith(begins)
            else one
        )
        for one in found
    ]


def held(found: Iterable[Finding], bounce: float | None) -> list[Finding]:
    """Return the findings; with a failing page those that buy more ask for nothing, and why is said."""
    if bounce is None:
        return list(found)
    text = say(
        "{bounce} leave after one page: the page fails. Lower and delete; raise and add when it passes.",
        bounce=wording.percent(bounce),
    )
    kept = [replace(one, proposals=()) if one.key.startswith(MORE) else one for one in found]
    waits = any(one.key.startswith(MORE) for one in kept)
    return [*kept, Finding("paid/page", "watch", text)] if waits else kept
