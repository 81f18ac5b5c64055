"""The analysis of followed rivals: their changes since the previous observation, and what follows for us."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from core.answers.answer import (
    Answer,
    Cell,
    Finding,
    LevelName,
    Table,
    TableColumn,
    Verdict,
    in_order,
    nodata,
)
from core.answers.incidents import Incidents
from core.exports.kinds.items import Items
from core.exports.kinds.listings import Listings
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.language import message
from core.language.message import N_, Words, say
from core.records.records import CampaignEntry, Records, RivalSeen
from core.records.rivals import RivalHero
from core.records.team import NewItem
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.statistics.distributions import Interval
from core.topics.page import page_gate
from core.topics.reviews.bad_reviews import bad_reviews
from core.topics.rivals.displayed_counts import SeasonCall, season_call
from core.topics.rivals.followed import findings as followed_findings
from core.topics.rivals.followed import hero_findings, search_conversion
from core.topics.rivals.followed.beside_ours import beside_ours
from core.topics.rivals.followed.heroes import Hero, heroes
from core.topics.rivals.followed.sightings import Held, Peer, fake_orders_named, held, peers
from core.topics.rivals.listings.findings import listed
from core.topics.rivals.listings.shop_listings import ShopListings, shelves
from core.topics.rivals.spans import span
from core.topics.rivals.waiting import closing, waiting_items

NEWS = ("hero", "news", "listings")
"""The kinds of findings about changes at a rival."""
RELATIONS = {"better": N_("better than us"), "equal": N_("about equal"), "similar": N_("similar style")}
SEASON = {
    "selling": N_("sells well"),
    "not selling": N_("listed, but not selling"),
    "not listed": N_("not listed"),
    "unknown": N_("unknown"),
}


def moves(  # noqa: PLR0913, PLR0917 - the parameters are what it reads
    seen: Records[RivalSeen],
    stock: Stock | None = None,
    items: Items | None = None,
    reviews: Reviews | None = None,
    listings: Listings | None = None,
    days: ShopDay | None = None,
    heroes_seen: Records[RivalHero] | None = None,
    new_items: Records[NewItem] | None = None,
    campaigns: Records[CampaignEntry] | None = None,
    sources: Sources | None = None,
    changed: Incidents | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """What did the rivals we follow do since we last looked, and what does it mean for us?

    Reads what was recorded by hand and, if imported, the stock, the items, our plan of new items and
    our campaigns (what waits to be listed, and whether it can be), the reviews (whether a rival's
    weakness is a strength of ours) and rivals' items as saved by a tool (new ones, taken down after two
    looks, new prices and titles; a counter that fell counts as unknown).

    If a rival's search conversion was entered, it is compared with ours of the last seven days, from
    the traffic sources.

    A rival's best seller is compared from one look to the next: price changes, new pictures and item
    pages as noted, and the range of daily sales that agrees with all its displayed sales figures. A
    price change of an item comparable to ours is shown for two weeks, with both prices.

    The last look at each rival is compared with the one before. Displayed counts are minimums ("1000+"
    means 1,000 to 1,999) and stay ranges in every sum; no midpoint is used. An ad slot counts as given
    up if a rival had it in the earlier five days looked at and, with 90% probability, no longer does.
    Rule for the season: if this season's styles sell at two close rivals, list ours now; at one,
    prepare; if they are listed but do not sell, wait.

    What nobody looked at is unknown, not unchanged. Displayed figures may contain fake orders; nothing
    here counts, plans or imitates those. A rival's weakness becomes a selling point of ours only if our
    own reviews prove it, and no rival is named (Anti-Unfair Competition Law, articles 9 and 12).
    """
    shown = [] if listings is None else shelves(listings.frame, shop, today)
    news, tables, unknown, fresh = listed(shown, _titles(items, shop), shop, today)
    watched = heroes(heroes_seen or (), shown, shop, today)
    limit = shop.thresholds.rival_stale_days
    fresh |= {one.rival.id for one in watched if (today - one.last_day).days <= limit}
    if not len(seen) and not tables and not watched:
        return nodata(say("No rival has been looked at yet: record what you see, one form for each shop."))
    found = peers(seen, shop, today)
    statuses = {one.rival.id: one.season(today, shop.thresholds.rival_stale_days) for one in found}
    followed = [one for one in found if one.rival.followed]
    call = season_call([statuses[one.rival.id] for one in followed])
    selling = [one.name for one in followed if statuses[one.rival.id] == "selling"]
    places = [(one, place) for one in followed if (place := held(one, today)) is not None]
    written = None if reviews is None else reviews.frame[reviews.frame["date"].dt.date < today]
    bad = [] if written is None else bad_reviews(written)
    bounce = page_gate.failing(None if days is None else days.frame, shop, today)
    findings = [
        *followed_findings.season(
            call, selling, waiting_items(stock, items, new_items, shop), closing(campaigns, today), today
        ),
        *(
            said
            for one, place in places
            for said in followed_findings.place(one, place, today, page_fails=bounce is not None)
        ),
        *followed_findings.stale(found, fresh, shop, today),
        *followed_findings.unseen(found, shop, today),
        *news,
        *hero_findings.of_heroes(watched, shop, today),
        *search_conversion.findings(
            found, search_conversion.own_rate(None if sources is None else sources.frame, shop, today), today
        ),
        *beside_ours(heroes_seen, items, changed, shop, today),
        *(said for one in found for said in followed_findings.news(one, today)),
        *(followed_findings.selling_points(found, bad, len(written), today) if written is not None else ()),
    ]
    tried = places if bounce is None or call.decision == "list now" else []
    return Answer(
        verdict=_verdict(findings, call, selling, tried, followed, today),
        findings=in_order(findings),
        evidence=(_table(found, statuses, shown, today), *_heroes(watched, today), *tables),
        limits=(*_limits(seen, followed, today), *hero_findings.hero_limits(watched), *unknown),
    )


def _heroes(watched: Sequence[Hero], today: date) -> tuple[Table[Words], ...]:
    table = hero_findings.hero_table(watched, today)
    return () if table is None else (table,)


def _titles(items: Items | None, shop: Shop) -> dict[str, str]:
    """Return the titles of our items, by item name."""
    if items is None:
        return {}
    pairs = zip(items.frame["item"], items.frame["title"], strict=True)
    return {item_name(shop, str(item), str(title)): str(title) for item, title in dict(pairs).items()}


def _verdict(
    findings: Sequence[Finding[Words]],
    call: SeasonCall,
    selling: Sequence[str],
    places: Sequence[tuple[Peer, Held]],
    followed: Sequence[Peer],
    today: date,
) -> Verdict[Words]:
    fallen = [_let_go(one, place) for one, place in places if place.hold.fell_back]
    if call.decision == "list now":
        level: LevelName = next((one.level for one in findings if one.kind == "season"), "act")
        if level == "act":
            season = message.plural(
                "{n} rival ({names}) already sells this season's styles: list ours now.",
                "{n} rivals ({names}) already sell this season's styles: list ours now.",
                len(selling),
                names=message.listing(selling),
            )
        else:
            season = message.plural(
                "{n} rival ({names}) already sells this season's styles, but our pictures are not ready.",
                "{n} rivals ({names}) already sell this season's styles, but our pictures are not ready.",
                len(selling),
                names=message.listing(selling),
            )
        return Verdict(level, message.sentences([season, *fallen]))
    if fallen:
        return Verdict("watch", message.sentences([*fallen, say("Try to get the ad slot at a fair price.")]))
    stale = [one for one in findings if one.kind == "stale"]
    if stale:
        return Verdict(
            "watch",
            message.plural(
                "{n} rival we follow has not been looked at for days, so what it does is not known.",
                "{n} rivals we follow have not been looked at for days, so what they do is not known.",
                len(stale),
            ),
        )
    news = [one for one in findings if one.kind in NEWS]
    if news:
        return Verdict(news[0].level, news[0].text)
    if any(one.last_day == today for one in followed):
        return Verdict("good", say("Nothing new at the rivals we follow since we last looked at them."))
    return Verdict(
        "info", say("Nothing was new when we last looked at the rivals; none has been looked at today yet.")
    )


def _let_go(peer: Peer, held: Held) -> Words:
    """Return the text saying which ad rank a rival no longer has, or now seldom has."""
    name, word, times = peer.name, held.keyword, held.last[1]
    if held.last[0]:
        return say("{name} now seldom holds its ad slot for {word}.", name=name, word=word, m=times)
    if held.place == 1:
        return say("{name} no longer holds the first ad slot for {word}.", name=name, word=word, m=times)
    return say(
        "{name} no longer holds one of the first three ad slots for {word}.", name=name, word=word, m=times
    )


def _table(
    found: Sequence[Peer], statuses: Mapping[str, str], shown: Sequence[ShopListings], today: date
) -> Table[Words]:
    exported = {one.rival.id: one for one in shown if one.rival is not None}
    columns = (
        TableColumn(say("Rival"), "text", "rival"),
        TableColumn(say("Compared with us"), "word", "relation", _named(RELATIONS)),
        TableColumn(say("Last looked at"), "date", "last_look"),
        TableColumn(say("Days ago"), "count", "days_ago"),
        TableColumn(say("Newly listed"), "count", "new"),
        TableColumn(say("Prices"), "text", "prices"),
        TableColumn(say("Displayed sales"), "text", "sold"),
        TableColumn(say("Sales per slot and day (坑产)"), "text", "slot"),
        TableColumn(say("Reviews added"), "count", "reviews"),
        TableColumn(say("Keyword"), "text", "word"),
        TableColumn(say("Rank"), "count", "rank"),
        TableColumn(say("This season's styles"), "word", "season", _named(SEASON)),
    )
    rows: list[tuple[Cell | Words, ...]] = []
    for one in found:
        last = one.last
        rows.append(
            (
                one.name,
                one.rival.relation,
                None if one.last_day is None else one.last_day.isoformat(),
                None if one.last_day is None else (today - one.last_day).days,
                _new_listings(one, exported.get(one.rival.id)),
                last.price if last else "",
                _range(one.sold),
                _range(_rounded(one.slot)),
                _reviews(one),
                last.keyword if last else "",
                last.rank if last else None,
                statuses[one.rival.id],
            )
        )
    return Table(say("Rivals and when they were last looked at"), columns, tuple(rows))


def _new_listings(peer: Peer, exported: ShopListings | None) -> int | None:
    """Return the number of the rival's new listings at the newest observation.

    It comes from the listing export if that is at least as new as the newest recorded observation, otherwise
    from that observation. None if unknown.
    """
    newest = None if exported is None else exported.last
    if newest is not None and (peer.last_day is None or newest.day >= peer.last_day):
        return len(newest.new)
    return peer.last.new_listings if peer.last else None


def _named(names: Mapping[str, str]) -> tuple[tuple[str, Words], ...]:
    return tuple((id_, say(name)) for id_, name in names.items())


def _range(found: Interval | None) -> Words:
    return message.DASH if found is None else span(found)


def _rounded(found: Interval | None) -> Interval | None:
    """Return the range rounded to two significant digits, because it is not known more precisely."""
    return None if found is None else Interval(_two_digits(found.low), _two_digits(found.high))


def _two_digits(value: float) -> float:
    return round(value, 1 - math.floor(math.log10(abs(value)))) if value else 0.0


def _reviews(one: Peer) -> int | None:
    if one.before is None or one.last is None or one.before.reviews is None or one.last.reviews is None:
        return None
    return one.last.reviews - one.before.reviews


def _limits(seen: Records[RivalSeen], followed: Sequence[Peer], today: date) -> list[Words]:
    limits: list[Words] = [
        say(
            "Displayed sales are what the page shows and may contain fake orders. The sales of a "
            "search position are estimated as price × the daily increase in displayed sales, and "
            "shown only if the estimate is narrow enough."
        )
    ]
    waiting = [one.name for one in followed if one.last_day != today]
    if waiting:
        limits.append(say("Not looked at today yet: {names}.", names=message.listing(waiting)))
    limits.append(
        say(
            "No rank means that the shop was not found on the pages looked at, not that its rank "
            "is low; one check a day shows only that hour."
        )
    )
    if any(look.rank is not None for one in followed for _, look in one.looks):
        limits.append(
            say("What a rival spends on ads is not shown: no file says how many people click at its rank.")
        )
    if fake_orders_named(seen):
        limits.append(
            say(
                "Someone's note mentions 补单 or 刷单 (fake orders). Nothing is calculated from it: "
                "E-Commerce Law, art. 17, and Anti-Unfair Competition Law, art. 9, forbid fake "
                "deals."
            )
        )
    return limits
