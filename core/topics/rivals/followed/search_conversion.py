"""A rival's search conversion, as shown by a tool and entered by the operator, compared with our own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.answers.answer import About, Finding, Proposal, finding
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.shop.settings import Shop
from core.statistics.distributions import Rate, rate
from core.topics.rivals.followed.sightings import Peer

if TYPE_CHECKING:
    import pandas as pd

WEEK: Final = 7
FRESH: Final = 7
"""Rates recorded more than this many days ago are not compared (a judgement)."""
_PERCENT: Final = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*[%％]")
_SEARCH: Final = "搜索"


def typed_rate(text: str) -> float | None:
    """Return the percentage in a typed text as a fraction; None if the text has none or several."""
    found = _PERCENT.findall(text)
    return float(found[0]) / 100 if len(found) == 1 else None


def own_rate(sources: pd.DataFrame | None, shop: Shop, today: date) -> Rate | None:
    """Return buyers per visitor of our free search sources in the last seven days; None if unknown."""
    if sources is None or sources.empty:
        return None
    rows = baseline.source_days(sources, shop)
    when = rows["date"].dt.date
    own = rows[
        rows["source"].str.contains(_SEARCH)
        & ~rows["level1"].str.startswith("付费")
        & (when >= today - timedelta(days=WEEK))
        & (when < today)
    ][["buyers", "visitors"]].dropna()
    visitors = float(own["visitors"].sum())
    return rate(float(own["buyers"].sum()), visitors) if visitors else None


def findings(found: Sequence[Peer], ours: Rate | None, today: date) -> list[Finding[Words]]:
    """Return one finding on each rival whose search conversion was recorded in the last seven days."""
    if ours is None:
        return []
    said: list[Finding[Words]] = []
    for peer in found:
        typed = [
            value
            for day, look in peer.looks
            if (today - day).days <= FRESH and (value := typed_rate(look.search_conversion)) is not None
        ]
        if not typed:
            continue
        text = say(
            "{name}: search conversion {theirs}, shown by a tool; ours was {own} over seven days (90%: "
            "{low}–{high}).",
            name=peer.name,
            theirs=message.percent(typed[-1]),
            own=message.percent(ours.value),
            low=message.percent(ours.low),
            high=message.percent(ours.high),
        )
        about = About(rival=peer.rival.id)
        asks: tuple[Proposal[Words], ...] = ()
        if typed[-1] > ours.high:
            todo = say(
                "Compare our first screen, price and reviews with {name}'s for the same search word",
                name=peer.name,
            )
            asks = (Proposal("operator", todo, "conversion", "up", about=about),)
        said.append(finding("rivals", "search", "info", text, *asks, about=about))
    return said
