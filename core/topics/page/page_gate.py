"""A page that fails its bounce line comes before more traffic: what would buy more is said, not proposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding
from core.language import wording
from core.language.wording import say
from core.shop.settings import Shop
from core.topics.page.marks import bounce, week

if TYPE_CHECKING:
    import pandas as pd

MORE = ("paid/raise/", "paid/add/")
"""Findings that buy visitors on top."""


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


def held(found: Iterable[Finding], left: float | None) -> list[Finding]:
    """Return the findings; with a failing page those that buy more ask for nothing, and why is said."""
    if left is None:
        return list(found)
    text = say(
        "{bounce} leave after one page: the page fails. Lower and delete; raise and add when it passes.",
        bounce=wording.percent(left),
    )
    given = list(found)
    kept = [_wait(one) if one.key.startswith(MORE) and one.proposals else one for one in given]
    waits = any(one.key.startswith(MORE) for one in given)
    return [*kept, Finding("paid/page", "watch", text)] if waits else kept
