"""The actions table (任务跟进表): who promised what by when, and whether the promised figure improved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

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
from core.language import wording
from core.language.money import exact_money
from core.language.numbers import number, percent
from core.language.wording import N_, say
from core.measures import indicators, metrics
from core.shop.settings import Shop
from core.tables.span import Span, span_title
from core.tables.table import Declared, ShopTable, build

if TYPE_CHECKING:
    import pandas as pd

STATES = {"open": N_("open"), "done": N_("done"), "handed": N_("handed over"), "dropped": N_("dropped")}
OUTCOMES = {
    "kept": N_("kept"),
    "not kept": N_("missed"),
    "cannot tell": N_("cannot tell"),
    "waiting": N_("not known yet"),
}


def agreed(  # noqa: PLR0913 - the parameters are the sheets it reads
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
    """Return the table of the actions agreed in the span, each with its outcome and its measured figure."""
    frames = frames_of(days, sources, items, ads, keywords, service, stock)
    found = [one for one in past.actions if span.first <= one.created <= span.last]
    rows = [_Row(one, _promise(one, frames, shop, today)) for one in found]
    notes = (
        [say("“Kept” only means that the promised figure changed, not that the action changed it.")]
        if rows
        else []
    )
    return build(
        "actions", say("Actions"), span.words, _columns(shop, span, today, titles), rows, notes=notes
    )


class _Row(NamedTuple):
    action: Action
    promise: Promise | None


def _promise(action: Action, frames: Mapping[str, pd.DataFrame], shop: Shop, today: date) -> Promise | None:
    """Return how the action's promise turned out.

    None if the action was dropped, or if it was neither due nor closed before ``today``.
    """
    come = (action.due is not None and action.due < today) or (
        action.closed is not None and action.closed < today
    )
    if action.state == "dropped" or not come:
        return None
    found = metrics.figures(action.metric, action.item, shop, frames) if action.metric else None
    return judge(action, found, shop, today)


def _shown(metric: str | None, value: float | None) -> str:
    """Return the figure formatted for its metric, because one column holds percentages, yuan and seconds."""
    if value is None:
        return ""
    if metric in metrics.RATES:
        return percent(value, 2)
    if metric in metrics.MONEY:
        return exact_money(value)
    return number(round(value, 2))


def _late(action: Action, today: date) -> float | None:
    ended = action.closed or (today if action.state in ("open", "handed") else None)
    late = (ended - action.due).days if ended is not None and action.due is not None else 0
    return float(late) if late > 0 else None


def _owner(action: Action, shop: Shop) -> str:
    return action.owner or (
        wording.text(indicators.person_for(shop, action.role)) if action.role else action.who
    )


def _columns(shop: Shop, span: Span, today: date, titles: Mapping[str, str]) -> list[Declared[_Row]]:
    period: list[Declared[_Row]] = [
        ("period", span_title(span), "text", lambda row: span.of(row.action.created)),
    ]
    return [
        *(period if span.by != "day" else ()),
        ("created", say("Agreed on"), "date", lambda row: row.action.created),
        ("text", say("Action"), "text", lambda row: row.action.text),
        ("owner", say("Who"), "text", lambda row: _owner(row.action, shop)),
        ("due", say("Due"), "date", lambda row: row.action.due),
        ("state", say("State"), "text", lambda row: say(STATES[row.action.state])),
        ("closed", say("Ended on"), "date", lambda row: row.action.closed),
        ("late", say("Days late"), "count", lambda row: _late(row.action, today)),
        ("metric", say("Figure to improve"), "text",
         lambda row: row.action.metric and say(metrics.NAMES.get(row.action.metric, row.action.metric))),
        ("usual", say("Usual"), "text",
         lambda row: row.promise and _shown(row.action.metric, row.promise.usual)),
        ("expected", say(
            "Promised value"), "text", lambda row: _shown(row.action.metric, row.action.expected)),
        ("value", say("Measured value"), "text",
         lambda row: row.promise and _shown(row.action.metric, row.promise.value)),
        ("measured", say("Measured on"), "date", lambda row: row.promise and row.promise.measured),
        ("days", say("Days measured"), "count", lambda row: (row.promise and row.promise.days) or None),
        ("needed", say("Days needed"), "count", lambda row: row.promise and row.promise.needed),
        ("outcome", say("Outcome"), "text", lambda row: row.promise and say(OUTCOMES[row.promise.outcome])),
        ("step", say("Step"), "text", lambda row: titles.get(row.action.step, row.action.step)),
        ("reason", say("Reason"), "text",
         lambda row: row.action.updates[-1].reason if row.action.updates else ""),
        ("who", say("Written by"), "text", lambda row: row.action.who),
    ]  # fmt: skip
