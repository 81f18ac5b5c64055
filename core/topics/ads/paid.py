"""The analysis of paid keywords: which to keep, delete, raise or lower, and which to add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from core.answers.answer import (
    Answer,
    Evidence,
    Finding,
    Number,
    Proposal,
    Table,
    Verdict,
    finding,
    in_order,
    nodata,
)
from core.answers.incidents import Incidents
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.journal.projections import Earlier
from core.language import message
from core.language.message import Value, Words, say
from core.measures.judged_days import Window, days_of, rows_where, window, within
from core.measures.order_value import ShopRefunds
from core.measures.refund_shares import limit as refunds_limit
from core.records.records import Records
from core.records.site_plan import SitePlan
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.ads import traffic_holds
from core.topics.ads.attribution_review import looked_at_again, matured, reopened
from core.topics.ads.keywords import findings, limits, tables
from core.topics.ads.keywords.additions import Addition, additions
from core.topics.ads.keywords.pictures import Picture, pictures
from core.topics.ads.keywords.verdicts import ItemKeyword, ItemPrior, by_decision, judge_words
from core.topics.ads.site_plans import findings as site_findings
from core.topics.ads.site_plans.plans import ItemPlan, is_site, item_plans
from core.topics.ads.traffic.spending import Spending, net_limit, spendings
from core.topics.ads.traffic_holds import Why
from core.topics.page import page_gate

if TYPE_CHECKING:
    import pandas as pd


def words(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    keywords: Keywords,
    items: Items | None = None,
    ads: Ads | None = None,
    search_terms: SearchTerms | None = None,
    stock: Stock | None = None,
    earlier: Earlier | None = None,
    days: ShopDay | None = None,
    reviews: Reviews | None = None,
    changed: Incidents | None = None,
    plans: Records[SitePlan] | None = None,
    refunds: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which ad keywords stay, are deleted or get another bid, and which keywords are missing?

    Reads the keyword file and, if imported, the ad file by item (what each ad type brings), the item
    ranking (titles, order values), the search terms (missing keywords), the stock (no bid is raised for
    an item about to sell out), the shop's bounce rate, and reviews and refunds (no bid is raised for an
    item whose reviews or refunds have got worse).

    A keyword's conversion is an estimate, not a count: its orders and clicks are combined with what the
    keywords of the same item usually do, so three clicks change nothing. A click is worth conversion ×
    what an order leaves: the margin of orders not refunded, less fees, parcels and returns; the target
    price is 0.7 of that, in steps of at most 20% a day. A keyword is deleted if it has less than a 5%
    chance to earn money and enough clicks to know. Below 60 clicks it is left alone. Clicks of the last
    days, whose orders are still being credited, are never judged; big campaign days are left out. A
    keyword whose price just changed is left until the effect shows. A decision is checked again once
    its days are fully credited, and reopened if the orders credited since change it.

    A whole-site plan has no keywords and is judged for each item: it is stopped if it spent as much as three
    orders would leave and brought no order, or if it is 90% certain not to pay (orders per yuan follow
    Gamma(2 + n, 2 V + S), with n orders, S yuan spent, and V what a paid order leaves). While it learns (3
    days and 10 orders, at most 7 days), it is not judged. Its own average return never decides a raise,
    because sales that would come anyway are credited to it; a step test on all orders of the item decides.

    While last week's bounce rate is above its limit, no bid is raised and no keyword added: the page must be
    fixed first.

    The program does not know how a bid changes the rank, what rivals bid, or how many free clicks a
    paid keyword takes away. Without a margin in shop.toml it cannot say what makes or loses money.
    """
    frame = rows_where(keywords.frame, (keywords.frame["word"] != "").to_numpy())
    seen = window(days_of(frame), shop, today)
    if not seen.judged:
        return nodata(limits.too_young(shop))
    if within(frame, seen.judged)[["clicks", "orders"]].isna().all().any():
        return nodata(say("The keyword file has no clicks or no orders: download it again with all columns."))
    titles = _titles(frame, items)
    names: dict[str, Words] = {"": say("all items")}
    names |= {item: item_name(shop, item, title) for item, title in titles.items()}
    scarce, whys = traffic_holds.held(stock, items, reviews, changed, shop, today, refunds)
    found, known = judge_words(frame, seen, shop, names, _values(items), whys, refunds)
    spent = spendings(_by_item(ads, frame), seen.judged, shop, names, refunds)
    site = [] if ads is None else item_plans(ads.frame, _frame(items), plans, names, shop, today, refunds)
    missing = _missing(search_terms, found, known, titles, shop, today)
    images = pictures(frame, seen.judged, found, known)
    bounce = page_gate.failing(None if days is None else days.frame, shop, today)
    again = matured(frame, earlier, names, _values(items), shop, today, refunds)
    ready = [one for one in missing if one.item not in whys]
    own = page_gate.with_lines(None if days is None else days.frame, shop, today)
    return Answer(
        verdict=_verdict(found, [one for one in spent if not is_site(one.scene)], ready, seen, own, bounce),
        findings=in_order(
            findings.waiting_for_page(
                (
                    *_margin(known),
                    *(() if changed is None else changed.findings(("word_clicks", "word_conversion"))),
                    *findings.of_words(found, today),
                    *reopened(again, today),
                    *findings.of_scarce(found, names, scarce),
                    *traffic_holds.of_worse(whys, {word.item for word in found}, names, "paid"),
                    *findings.of_spending([one for one in spent if not is_site(one.scene)], shop, today),
                    *site_findings.of_plans(site, whys, shop, today),
                    *findings.of_pictures(images, today),
                    *findings.of_additions(missing, whys, today),
                ),
                bounce,
            )
        ),
        evidence=_evidence(
            frame,
            found,
            spent,
            missing,
            seen,
            images,
            looked_at_again(again),
            whys,
            page_fails=bounce is not None,
            site=site,
        ),
        limits=(
            *limits.told(found, seen, missing, images, shop, today),
            *net_limit(spent),
            *refunds_limit(refunds, shop),
            *site_findings.limits(site),
        ),
    )


def _by_item(ads: Ads | None, words: pd.DataFrame) -> pd.DataFrame:
    """Return the ad report if it has rows by item, else the keyword report."""
    speaks = ads is not None and bool((ads.frame["report"] == "item").any())
    return ads.frame if ads is not None and speaks else words


def _frame(items: Items | None) -> pd.DataFrame | None:
    return None if items is None else items.frame


def _titles(frame: pd.DataFrame, items: Items | None) -> dict[str, str]:
    """Return the newest title of each item of the keyword report and, if imported, of the item file."""
    last = frame.drop_duplicates("item", keep="last")
    titles = dict.fromkeys(frame["item"].unique()) | dict(zip(last["item"], last["item_title"], strict=True))
    if items is not None:
        newest = items.frame.sort_values("date")
        titles |= dict(zip(newest["item"], newest["title"], strict=True))
    return {str(item): str(title) for item, title in titles.items() if item}


def _values(items: Items | None) -> dict[str, float]:
    """Return the sales per buyer of each item, used for items whose keywords have no orders yet."""
    if items is None:
        return {}
    summed = items.frame.groupby("item")[["gmv", "buyers"]].sum()
    rows = zip(summed.index, summed["gmv"], summed["buyers"], strict=True)
    return {str(item): float(gmv / buyers) for item, gmv, buyers in rows if buyers > 0}


def _missing(
    terms: SearchTerms | None,
    found: Sequence[ItemKeyword],
    known: Mapping[str, ItemPrior],
    titles: Mapping[str, str],
    shop: Shop,
    today: date,
) -> list[Addition]:
    """Return the search terms to add as keywords, from days without big campaigns.

    Days whose ad orders are still being credited count too, because free visits are credited at once.
    """
    if terms is None:
        return []
    days = window(days_of(terms.frame), shop, today)
    frame = within(terms.frame, (*days.judged, *days.young))
    return additions(frame, known, {word.text for word in found}, titles, shop)


def _verdict(
    found: Sequence[ItemKeyword],
    spent: Sequence[Spending],
    missing: Sequence[Addition],
    days: Window,
    shop: Shop,
    bounce: float | None,
) -> Verdict[Words]:
    if not any(word.order for word in found):
        text = say(
            "Clicks are known, but profit is not: set the margin in shop.toml, and every keyword gets a "
            "target price."
        )
        return Verdict("watch", text)
    if not days.enough:
        text = message.plural(
            "Only {n} day is old enough to judge: change bids only a little and delete no keyword.",
            "Only {n} days are old enough to judge: change bids only a little and delete no keyword.",
            len(days.judged),
        )
        return Verdict("info", text)
    lower, raised = (len(by_decision(found, name)) for name in ("lower", "raise"))
    values: dict[str, Value] = {"lower": lower, "raised": raised, "added": len(missing)}
    counts: Words = say("{lower} to lower, {raised} to raise, {added} to add", **values)
    held: Words = ""
    if bounce is not None and raised + len(missing):
        counts = say("{lower} to lower", **values) if lower else ""
        held = _on_hold(raised, len(missing), shop)
    deleted = by_decision(found, "delete")
    if deleted:
        return Verdict("act", message.sentences([_deleting(deleted, counts), held]), asks=True)
    losing = findings.losing(spent, shop)
    if losing:
        text = say(
            "{scene} for {item} probably loses {money} a day.",
            scene=losing[0].scene_name,
            item=losing[0].name,
            money=message.money(round(losing[0].daily_loss or 0.0)),
        )
        words = say("Keywords: {counts}.", counts=counts) if counts != "" else ""
        return Verdict("watch", message.sentences([text, words, held]), asks=True)
    if lower + raised + len(missing):
        text = (
            say("No keyword wastes money.")
            if counts == ""
            else say("No keyword wastes money; keywords to change: {counts}.", counts=counts)
        )
        return Verdict("watch", message.sentences([text, held]), asks=True)
    return Verdict(
        "good", say("No keyword needs a change today: each is worth its price or too new to judge.")
    )


def _on_hold(raised: int, added: int, shop: Shop) -> Words:
    """Return the text on raises and new keywords on hold until the page's bounce rate is within its limit."""
    values: dict[str, Value] = {"line": message.percent(shop.thresholds.bounce_pass, 0)}
    if raised and added:
        return message.plural(
            "{n} keyword bid raise and {added} new keywords are on hold until the bounce rate is "
            "under {line}.",
            "{n} keyword bid raises and {added} new keywords are on hold until the bounce rate "
            "is under {line}.",
            raised,
            added=added,
            **values,
        )
    if raised:
        return message.plural(
            "{n} keyword bid raise is on hold until the bounce rate is under {line}.",
            "{n} keyword bid raises are on hold until the bounce rate is under {line}.",
            raised,
            **values,
        )
    return message.plural(
        "{n} new keyword is on hold until the bounce rate is under {line}.",
        "{n} new keywords are on hold until the bounce rate is under {line}.",
        added,
        **values,
    )


def _deleting(deleted: Sequence[ItemKeyword], counts: Words) -> Words:
    burnt = message.money(round(sum(-(word.daily_profit or 0.0) for word in deleted)))
    text = message.plural(
        "The keyword “{word}” loses about {money} a day: delete it.",
        "{n} keywords lose about {money} a day, “{word}” most: delete them.",
        len(deleted),
        word=deleted[0].text,
        money=burnt,
    )
    return (
        text if counts == "" else message.sentences([text, say("Other keywords: {counts}.", counts=counts)])
    )


def _margin(known: Mapping[str, ItemPrior]) -> list[Finding[Words]]:
    names = [one.name for one in known.values() if one.order is None and one.aov]
    if not names:
        return []
    text = say(
        "No margin is set for {names}: clicks and conversion are shown, but not what they are worth.",
        names=message.listing(names),
    )
    ask = Proposal("operator", say("Set the margin in shop.toml, for the whole shop or by item"))
    return [finding("paid", "margin", "watch", text, ask)]


def _evidence(  # noqa: PLR0913 - all that is shown
    frame: pd.DataFrame,
    found: Sequence[ItemKeyword],
    spent: Sequence[Spending],
    missing: Sequence[Addition],
    days: Window,
    images: Sequence[Picture],
    again: Table[Words] | None,
    held: Mapping[str, Why],
    *,
    page_fails: bool,
    site: Sequence[ItemPlan],
) -> tuple[Evidence[Words], ...]:
    last = days.young[-1] if days.young else days.judged[-1]
    cost = float(within(frame, [last])["cost"].sum())
    usual = sum(word.daily_cost for word in found)
    pieces: list[Evidence[Words]] = [
        Number(
            say("Keyword ad spend on {day}", day=message.short_day(last)),
            "CNY",
            round(cost, 2),
            reference=round(usual, 2),
        ),
    ]
    if any(word.decision in ("raise", "lower", "delete") for word in found):
        change = sum(word.daily_change for word in found)
        pieces.append(
            Number(say("Change in daily ad spend if all decisions are carried out"), "CNY", round(change, 2))
        )
    pieces.append(tables.word_table(found, page_fails=page_fails))
    if again is not None:
        pieces.append(again)
    if missing:
        pieces.append(tables.addition_table(missing, held, page_fails=page_fails))
    pieces.append(tables.spending_table(spent))
    if site:
        pieces.append(site_findings.board(site))
    if images:
        pieces.append(tables.picture_table(images))
    return tuple(pieces)
