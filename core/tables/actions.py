"""Actions (任务跟进表): who promised what by when, and whether the number moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from core.actions.promises import Promise, judge
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.exports.sheet import frames_of
from core.journal.actions import Action
from core.journal.projections import Past
from core.language.wording import N_, percent, say
from core.measures import indicators, metrics
from core.shop.settings import Shop
from core.tables.span import Span, span_title
from core.tables.table import Kind, ShopColumn, ShopTable, build

if TYPE_CHECKING:
    import pandas as pd

STATES = {"open": N_("open"), "done": N_("done"), "handed": N_("handed over"), "dropped": N_("dropped")}
OUTCOMES = {
    "kept": N_("kept"),
    "not kept": N_("not kept"),
    "cannot tell": N_("cannot tell"),
    "waiting": N_("figure not in yet"),
}


def agreed(  # noqa: PLR0913 - the parameters are what it reads
    past: Past,
    days: ShopDay | None = None,
    sources: Sources | None = None,
    items: Items | None = None,
    ads: Ads | None = None,
    keywords: Keywords | None = None,
    service: Service | None = None,
    stock: Stock | None = None,
    *,
    shop: Shop,
    span: Span,
    today: date,
    titles: Mapping[str, str],
) -> ShopTable:
    """What was agreed on in these days, by whom, what became of it, and did its number move?"""
    frames = frames_of(days, sources, items, ads, keywords, service, stock)
    found = [one for one in past.actions if span.first <= one.created <= span.last]
    rows = [_row(one, frames, shop, span, today, titles) for one in found]
    notes = [say("Kept means the figure moved, not that the action moved it.")] if rows else []
    return build("actions", say("Actions"), span.words, _columns(span), rows, notes=notes)


def _row(
    action: Action,
    frames: Mapping[str, pd.DataFrame],
    shop: Shop,
    span: Span,
    today: date,
    titles: Mapping[str, str],
) -> dict[str, object]:
    promise = _promise(action, frames, shop, today)
    ended = action.closed or (today if action.state in ("open", "handed") else None)
    late = (ended - action.due).days if ended is not None and action.due is not None else 0
    cells: dict[str, object] = {
        "period": "" if span.by == "day" else span.of(action.created),
        "created": action.created,
        "text": action.text,
        "owner": action.owner or (indicators.person_for(shop, action.role) if action.role else action.who),
        "due": action.due,
        "state": say(STATES[action.state]),
        "closed": action.closed,
        "late": float(late) if late > 0 else None,
        "metric": say(metrics.NAMES.get(action.metric, action.metric)) if action.metric else "",
        "step": titles.get(action.step, action.step),
        "reason": action.updates[-1].reason if action.updates else "",
        "who": action.who,
    }
    if action.expected is not None:
        cells["expected"] = _shown(action.metric, action.expected)
    if promise is not None:
        cells |= {
            "outcome": say(OUTCOMES[promise.outcome]),
            "before": _shown(action.metric, promise.before),
            "value": _shown(action.metric, promise.value),
            "measured": promise.measured,
            "swing": promise.swing or None,
        }
    return cells


def _promise(action: Action, frames: Mapping[str, pd.DataFrame], shop: Shop, today: date) -> Promise | None:
    """Return what came of it; None while its day has not come, and for what was dropped."""
    come = (action.due is not None and action.due < today) or (
        action.closed is not None and action.closed < today
    )
    if action.state == "dropped" or not come:
        return None
    found = metrics.figures(action.metric, action.item, shop, frames) if action.metric else None
    return judge(action, found, shop, today)


def _shown(metric: str | None, value: float | None) -> str:
    """Return the figure in words: one column holds percents, yuan and seconds."""
    if value is None:
        return ""
    if metric in metrics.RATES:
        return percent(value, 2)
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _columns(span: Span) -> list[ShopColumn]:
    head: list[tuple[str, str, Kind]] = [] if span.by == "day" else [("period", span_title(span), "text")]
    rest: list[tuple[str, str, Kind]] = [
        ("created", say("Agreed on"), "date"),
        ("text", say("Action"), "text"),
        ("owner", say("Who"), "text"),
        ("due", say("Due"), "date"),
        ("state", say("State"), "text"),
        ("closed", say("Closed on"), "date"),
        ("late", say("Days late"), "count"),
        ("metric", say("Should move"), "text"),
        ("before", say("Level before"), "text"),
        ("expected", say("Promised"), "text"),
        ("value", say("Measured"), "text"),
        ("measured", say("Measured on"), "date"),
        ("swing", say("Usual swing"), "rate"),
        ("outcome", say("Outcome"), "text"),
        ("step", say("Step"), "text"),
        ("reason", say("Reason"), "text"),
        ("who", say("Written by"), "text"),
    ]
    return [ShopColumn(*one) for one in [*head, *rest]]
