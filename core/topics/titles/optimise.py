"""The analysis of titles: words to change, claims a page may make, and the next hero item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from core.answers.answer import Answer, Finding, Verdict, in_order, nodata
from core.answers.incidents import Incidents
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.market_terms import MarketTerms
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.measures.order_value import ShopRefunds
from core.measures.usual_days import usable_or_all
from core.records.market import MarketSeen
from core.records.records import Records
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.campaigns.month_ahead.crowd import NO_CROWD
from core.topics.campaigns.month_ahead.demand import demand, titles_of
from core.topics.page import page_gate
from core.topics.reviews.worsening import worsening
from core.topics.titles import findings as titles_findings
from core.topics.titles import market_demand, market_words
from core.topics.titles.claims import Claim, claims
from core.topics.titles.next_hero import HeroCandidate, candidates, search_growth, sell_out_chances
from core.topics.titles.tables import evidence
from core.topics.titles.title_words import DAYS, TitlePlan, effect, plan, terms_of

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 7


def titles(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    items: Items,
    search_terms: SearchTerms | None = None,
    keywords: Keywords | None = None,
    reviews: Reviews | None = None,
    stock: Stock | None = None,
    ads: Ads | None = None,
    days: ShopDay | None = None,
    changed: Incidents | None = None,
    market: Records[MarketSeen] | None = None,
    refunds: ShopRefunds | None = None,
    market_terms: MarketTerms | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which title words should change, what may a page promise, which item is worth promoting next?

    Reads the items and, if imported, search terms, ad keywords, reviews, refunds, stock, ads and a list of
    what the market searches for.

    A title is measured in GBK bytes (60 by default, a setting). Words are scored by demand × fit × conversion
    compared with the item's own, and the best combination that fits is chosen: at most two new words a week
    in one title, and a title changed within seven days is left alone until its search visitors show the
    effect. Only words that nobody searches for are removed, and only to make room. Superlatives, other shops'
    names, unproven materials and colours not sold are never used. A search term is rising if its share of
    search visitors grew by at least a quarter and, with all terms tested together, by more than chance gives;
    one busy day is not a rise. A page may promise what buyers often praise and hardly complain about. The
    next best seller grows in search faster than the shop, its clicks are worth their price, and it has enough
    stock. Where a list of the market's searches is imported, terms that rise by a quarter are compared with
    the items they fit: an item that both the market and our own visitors search for more is likely to sell;
    if only the market searches for it more, we miss that demand.

    It does not see demand for words under which the shop never appeared, or where in a title a word
    reads best.
    """
    frame = items.frame[items.frame["date"].dt.date < today]
    if frame.empty:
        return nodata(say("No item figures are imported yet, so titles cannot be compared with searches."))
    counted = usable_or_all({when for when in frame["date"].dt.date if isinstance(when, date)}, shop, FEWEST)[
        -DAYS:
    ]
    chosen = _watched(frame, counted, shop)
    known = terms_of(
        None if search_terms is None else search_terms.frame,
        None if keywords is None else keywords.frame,
        counted,
    )
    plans = [_plan(item, frame, counted, known, stock, shop, today) for item in chosen]
    told = [] if reviews is None else claims(reviews.frame[reviews.frame["date"].dt.date < today], chosen)
    empty = {}
    if stock is not None:
        empty = sell_out_chances(stock.frame, items.frame, shop, today, refunds)
    coming = candidates(items.frame, empty, _prices(ads, counted), shop, today, refunds)
    names = {one.item: one.name for one in plans}
    wanted = None
    if search_terms is not None:
        wanted = demand(search_terms.frame, titles_of(items.frame, today), shop, today)
    bounce = page_gate.failing(None if days is None else days.frame, shop, today)
    worse = worsening(None if reviews is None else reviews.frame, frame, shop, today)
    worse |= frozenset(
        one.about.item for one in (() if changed is None else changed.of(("item_refunds", "reason_refunds")))
    )
    ailing = worse if changed is None else worse | changed.items
    coming = [one for one in coming if one.item not in ailing]
    named = titles_of(items.frame, today)
    seen = market_demand.market(None if market_terms is None else market_terms.frame, named, today)
    grown = search_growth(items.frame, shop, today)
    called = {item: item_name(shop, item, title) for item, title in named.items()}
    short = {item for item, chance in empty.items() if chance > 1 - shop.thresholds.likely}
    titled = [
        (
            replace(
                one, text=say("{text} Do this once the complaints are solved.", text=one.text), proposals=()
            )
            if one.kind == "title" and one.about.item in worse
            else one
        )
        for one in titles_findings.of_titles(plans, shop, today)
    ]
    findings = in_order(
        (
            *(() if changed is None else changed.findings(("item_search_visitors",))),
            *titles_findings.of_rising(wanted, plans),
            *market_words.findings(market_words.rising(market, shop, today), named.values()),
            *(
                page_gate.waiting(one) if bounce is not None and one.level == "good" else one
                for one in market_demand.findings(
                    seen, grown, called, short, ailing, shop.thresholds.likely, today
                )
            ),
            *titled,
            *titles_findings.of_claims(told, names, today),
            *_waiting(titles_findings.of_heroes(coming, shop, today), bounce),
        )
    )
    return Answer(
        verdict=_verdict(
            [one for one in plans if one.item not in worse], told, coming if bounce is None else [], shop
        ),
        findings=findings,
        evidence=(
            *evidence(plans, told, coming, names, shop),
            *market_demand.table(seen, grown, called),
        ),
        limits=(
            *_limits(plans, told, known_terms=bool(known), searched=search_terms is not None),
            *market_demand.limits(seen),
        ),
    )


def _waiting(heroes: Sequence[Finding[Words]], bounce: float | None) -> Sequence[Finding[Words]]:
    """Return the findings on heroes, without their proposals if the page misses its bounce-rate limit.

    ``bounce`` is the bounce rate if it misses the limit, else None.
    """
    if bounce is None:
        return heroes
    return [page_gate.waiting(one) for one in heroes]


def _watched(frame: pd.DataFrame, days: Sequence[date], shop: Shop) -> list[str]:
    """Return the items whose titles are examined: heroes first, then by number of visitors."""
    recent = frame[frame["date"].dt.date.isin(set(days))]
    ranked = [
        str(item) for item in recent.groupby("item")["visitors"].sum().sort_values(ascending=False).index
    ]
    heroes = [item for item in ranked if shop.item(item).hero]
    return list(dict.fromkeys([*heroes, *ranked]))[: max(shop.thresholds.top_items, len(heroes))]


def _plan(
    item: str,
    frame: pd.DataFrame,
    days: Sequence[date],
    known: dict[str, list[object]] | object,
    stock: Stock | None,
    shop: Shop,
    today: date,
) -> TitlePlan:
    own = frame[frame["item"] == item].sort_values("date")
    by_day = {when.date(): str(title) for when, title in zip(own["date"], own["title"], strict=True) if title}
    recent = own[own["date"].dt.date.isin(set(days))]
    came = float(recent["visitors"].sum())
    rate = float(recent["buyers"].sum()) / came if came else None
    colours = None
    if stock is not None:
        colours = " ".join(str(text) for text in stock.frame[stock.frame["item"] == item]["sku_text"])
    others = {str(title) for other, title in zip(frame["item"], frame["title"], strict=True) if other != item}
    found = plan(item, by_day, known, colours, rate, others, shop, today)  # type: ignore[arg-type]
    if found.changed is None:
        return found
    told = effect(
        baseline.column(own, "search_visitors"), baseline.totals(frame, "search_visitors"), found.changed
    )
    return found if told is None else replace(found, ratio=told[0], chance=told[1])


def _prices(ads: Ads | None, days: Sequence[date]) -> dict[str, float]:
    """Return the price paid per click in keyword ads by item; "" stands for all items together."""
    if ads is None:
        return {}
    rows = ads.frame[(ads.frame["report"] == "item") & ads.frame["date"].dt.date.isin(set(days))]
    rows = rows[rows["scene"].str.contains("关键词|直通车")]
    summed = rows.groupby("item")[["cost", "clicks"]].sum()
    summed = summed[summed["clicks"] > 0]
    if summed.empty:
        return {}
    found = {str(item): float(cost / clicks) for item, cost, clicks in summed.itertuples()}
    return found | {"": float(summed["cost"].sum() / summed["clicks"].sum())}


def _verdict(
    plans: Sequence[TitlePlan], told: Sequence[Claim], coming: Sequence[HeroCandidate], shop: Shop
) -> Verdict[Words]:
    banned = [one for one in plans if one.banned]
    if banned:
        first = banned[0]
        text = say(
            "{item}: “{word}” is not allowed in a title; remove it today.",
            item=first.name,
            word=first.banned[0],
        )
        return Verdict("act", text)
    change = [one for one in plans if one.add]
    hero = next((one for one in coming if one.sure(shop.thresholds.likely)), None)
    parts = []
    if change:
        words = message.listing(
            [say("{item} +{word}", item=one.name, word=one.add[0].text) for one in change[:2]]
        )
        parts.append(
            message.plural(
                "{n} title can be improved with new words ({words}).",
                "{n} titles can be improved with new words ({words}).",
                len(change),
                words=words,
            )
        )
    if hero is not None:
        parts.append(
            say(
                "Next item to promote: {item}; compared with the whole shop, its search visitors "
                "changed by {growth}; conversion {rate}.",
                item=hero.name,
                growth=message.percent(hero.growth - 1, 0, sign=True),
                rate=message.percent(hero.rate),
            )
        )
    if not parts:
        if any(one.verdict == "forbidden" for one in told):
            return Verdict(
                "watch",
                say(
                    "Titles can stay as they are, but some selling points should be removed from "
                    "the item pages."
                ),
            )
        return Verdict("good", say("Titles contain what people search for; nothing to change this week."))
    return Verdict(
        "watch" if change else "good",
        message.sentences(parts),
    )


def _limits(
    plans: Sequence[TitlePlan], told: Sequence[Claim], *, known_terms: bool, searched: bool
) -> tuple[Words, ...]:
    notes = []
    if not known_terms:
        notes.append(say("Without search terms or ad keywords nothing can be said about title words."))
    elif not searched:
        notes.append(say("Without search terms, only ad keywords show what people search for."))
    if plans:
        notes.append(
            say(
                "The limit of {n} bytes is a setting: the platform's current rule could not be verified.",
                n=plans[0].limit,
            )
        )
        notes.append(
            say(
                "Search demand is counted only from searches that led to this shop; a word for "
                "which the shop never appears shows no demand here."
            )
        )
        notes.append(
            say("A title may only contain words that are true of the item; judge style words yourself.")
        )
    if told:
        notes.append(say("Opinions are recognised by keywords; irony and pictures are not understood."))
    notes.append(NO_CROWD)
    notes.append(
        say("Growth in search is measured, not explained: season, rank and rivals are all part of it.")
    )
    return tuple(notes)
