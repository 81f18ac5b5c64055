"""The analysis of pictures: weak click rates, running tests, new items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.answers.answer import (
    About,
    Answer,
    Evidence,
    Finding,
    Table,
    TableColumn,
    Verdict,
    in_order,
    key_of,
)
from core.answers.incidents import Incidents
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.stock import Stock
from core.language import message
from core.language.message import Value, Words, say
from core.measures.judged_days import days_of, window
from core.records.records import Records
from core.records.team import ContentPost, DesignBrief, NewItem, PictureChange, PictureTest, ShopWatched
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.creative import briefs as brief_list
from core.topics.creative import old_items
from core.topics.creative.picture_tests import LOW
from core.topics.creative.pictures import findings as pictures_findings
from core.topics.creative.pictures.bonus import Bonus, bonus
from core.topics.creative.pictures.click_rates import Drawn, Effect, drawn, effect, placed
from core.topics.creative.pictures.new_items import ArrivingItem, arrivals
from core.topics.creative.pictures.running_tests import Tested, tested
from core.topics.creative.posts import pictures_for_posts
from core.topics.creative.posts.plan import posts

CHANGES_DAYS = 21
"""The number of days a changed picture is followed."""


def pictures(  # noqa: PLR0913, PLR0917 - six kinds of records and three exports
    tests: Records[PictureTest],
    new_items: Records[NewItem],
    watched: Records[ShopWatched],
    changes: Records[PictureChange],
    keywords: Keywords | None = None,
    ads: Ads | None = None,
    items: Items | None = None,
    briefs: Records[DesignBrief] | None = None,
    planned: Records[ContentPost] | None = None,
    reviews: Reviews | None = None,
    stock: Stock | None = None,
    changed: Incidents | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which pictures get too few clicks, how are the picture tests going, what is due for new items?

    Reads the ad files (keywords with their rank, other ad types by name), the items, and what was recorded:
    tests, new items, changed pictures, shops looked at, posts that wait for a picture. For best sellers
    also the reviews, the stock and the changes found this morning.

    A click rate depends on the ad slot. The clicks of each item are compared with what other items get in
    the same slots; a picture is called weak if it is at least 90% sure to be below 0.85 of that. The size
    of a test is set before it starts (80% power to find the wanted increase), and no leader is named before
    both pictures have enough impressions. A changed picture is followed for three weeks against the other
    items; the service team must know about it on the same day, because buyers ask about what it promises. A
    best seller is compared with items of 0.6 to 1.7 times its price over four weeks: it converts too little
    if that is 90% sure to be below 0.85 of theirs. Then it is said where buyers are lost (before the cart
    or after it) and what reviews, sizes and picture say about it.

    It cannot see the picture, nor clicks in free search. Before and after is not a test: season and
    bids change too.
    """
    rows = placed(None if keywords is None else keywords.frame, None if ads is None else ads.frame)
    shown: list[Drawn] = []
    if rows is not None and len(rows):
        judged = window(days_of(rows), shop, today)
        shown = drawn(rows, [*judged.judged, *judged.young])
    names = _names(items, ads, shop)
    names |= {one.value.item: names.get(one.value.item, item_name(shop, one.value.item)) for one in new_items}
    usual = {one.item: one.found.plain_ctr for one in shown}
    running = _newest_tests(tests)
    stands = [tested(test, usual.get(test.item), shop) for test in running]
    coming = arrivals(new_items, today)
    given = brief_list.open_briefs(briefs)
    names |= {one.item: names.get(one.item, item_name(shop, one.item)) for one in given}
    shops = sorted({one.value.shop for one in watched if one.at.astimezone(shop.zone).date() == today})
    swapped = _changes(changes, shop, today)
    effects = [
        (one, None if rows is None or one.on is None else effect(rows, one.item, one.on, today))
        for one in swapped
    ]
    sold = bonus(None if items is None else items.frame, shop, today)
    found = posts(planned or Records(), shop)
    testing = {one.item for one in running if one.state == "running"}
    new = {one.plan.item for one in coming if one.stage}
    old = old_items.old_items(None if items is None else items.frame, changed, new, shop, today)
    clues = old_items.Clues(
        None if reviews is None else reviews.frame,
        None if stock is None else stock.frame,
        {one.item for one in shown if one.weak},
        testing,
        today,
    )
    findings = in_order(
        (
            *pictures_findings.of_changes(effects, names, today),
            *pictures_findings.of_arrivals(coming, names, today),
            *brief_list.findings(given, names, today),
            *pictures_for_posts.asked_for(found, today),
            *old_items.findings(old, clues, names, testing, today),
            *pictures_findings.of_tests(stands, names),
            *pictures_findings.of_pictures(shown, {one.item for one in running}, names, today),
            *pictures_findings.of_watched(shops, shop),
            *pictures_findings.of_bonus(sold),
        )
    )
    return Answer(
        verdict=_verdict(
            findings, stands, shops, shop, seen=bool(shown or stands or coming), coming=bool(coming)
        ),
        findings=findings,
        evidence=(
            *brief_list.table(given, names),
            *pictures_for_posts.posts_table(found, lambda item: names.get(item, item), today),
            *_evidence(shown, stands, coming, names),
            *old_items.table(old, names),
        ),
        limits=_limits(shown, effects, stands, sold),
    )


def _names(items: Items | None, ads: Ads | None, shop: Shop) -> dict[str, str]:
    titles: dict[str, Value] = {}
    if ads is not None:
        titles |= dict(zip(ads.frame["item"], ads.frame["item_title"], strict=True))
    if items is not None:
        titles |= dict(zip(items.frame["item"], items.frame["title"], strict=True))
    named = {item.id: "" for item in shop.items} | titles
    return {str(item): item_name(shop, str(item), str(title)) for item, title in named.items() if item}


def _newest_tests(tests: Records[PictureTest]) -> list[PictureTest]:
    """Return each item's picture test as last recorded; finished tests are left out."""
    newest = {one.value.item: one.value for one in tests}
    return [test for test in newest.values() if test.state != "over"]


def _changes(changes: Records[PictureChange], shop: Shop, today: date) -> list[PictureChange]:
    newest: dict[str, PictureChange] = {}
    for one in changes:
        on = one.value.on or one.at.astimezone(shop.zone).date()
        if today - timedelta(days=CHANGES_DAYS) <= on <= today:
            newest[one.value.item] = PictureChange(
                item=one.value.item, what=one.value.what, on=on, says=one.value.says, told=one.value.told
            )
    return list(newest.values())


def _verdict(
    findings: Sequence[Finding[Words]],
    stands: Sequence[Tested],
    shops: Sequence[str],
    shop: Shop,
    *,
    seen: bool,
    coming: bool,
) -> Verdict[Words]:
    urgent = [one for one in findings if one.level == "act"]
    watch = [one for one in findings if one.level == "watch"]
    decided = [one for one in stands if one.state in ("new", "old", "alike")]
    rest = say(
        "Picture tests: {decided} decided, {running} running. Rival shops looked at: {n} of {quota}.",
        decided=len(decided),
        running=sum(one.state == "running" for one in stands),
        n=len(shops),
        quota=shop.design.shops_a_day,
    )
    first = (urgent or watch)[:1]
    if first:
        return Verdict(first[0].level, first[0].text)
    if not seen:
        return Verdict(
            "info", say("There is no click rate, picture test or new item to judge. {rest}", rest=rest)
        )
    fine = (
        say("Pictures and new items are in order. {rest}", rest=rest)
        if coming
        else say("Pictures are in order; no new item is recorded. {rest}", rest=rest)
    )
    return Verdict("good" if decided else "info", fine)


def _evidence(
    shown: Sequence[Drawn], stands: Sequence[Tested], coming: Sequence[ArrivingItem], names: dict[str, str]
) -> tuple[Evidence[Words], ...]:
    pieces: list[Evidence[Words]] = []
    if stands:
        pieces.append(_tests(stands, names))
    if coming:
        pieces.append(_coming(coming, names))
    if shown:
        columns = (
            TableColumn(say("Item"), id="item"),
            TableColumn(say("Click rate"), "rate", "ctr"),
            TableColumn(say("Usual click rate, same slots"), "rate", "usual"),
            TableColumn(say("Ratio to usual"), "ratio", "ratio"),
            TableColumn(
                say("Chance of a click rate below {share} of usual", share=message.percent(LOW, 0)),
                "rate",
                "chance_below",
            ),
            TableColumn(say("Impressions a test needs"), "count", "sample"),
        )
        rows = tuple(
            (
                names.get(one.item, one.item),
                None if one.found.plain_ctr is None else round(one.found.plain_ctr, 4),
                round(one.usual, 4),
                None if one.found.ratio is None else round(one.found.ratio, 2),
                round(one.found.chance_below, 3),
                one.sample if one.weak else None,
            )
            for one in shown
        )
        about = tuple(About(item=one.item) for one in shown)
        pieces.append(Table(say("Pictures compared in the same ad slots"), columns, rows, about=about))
    return tuple(pieces)


def _tests(stands: Sequence[Tested], names: dict[str, str]) -> Table[Words]:
    states = (
        ("planned", say("planned")),
        ("running", say("running")),
        ("new", say("new picture probably better")),
        ("old", say("old picture probably better")),
        ("alike", say("no difference found")),
        ("no goal", say("no click rate to start from")),
    )
    rows = tuple(
        (
            names.get(one.test.item, one.test.item),
            one.test.what or message.DASH,
            one.need,
            one.had,
            None if one.share is None else round(one.share, 2),
            one.state,
        )
        for one in stands
    )
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(say("New picture"), id="new_picture"),
        TableColumn(say("Impressions needed per picture"), "count", "needs"),
        TableColumn(say("Impressions so far per picture"), "count", "has"),
        TableColumn(say("Done"), "rate", "done"),
        TableColumn(say("State"), "word", "state", states),
    )
    about = tuple(About(item=one.test.item) for one in stands)
    keys = tuple(key_of("design", "test", one) for one in about)
    return Table(say("Picture tests"), columns, rows, keys, about=about)


def _coming(coming: Sequence[ArrivingItem], names: dict[str, str]) -> Table[Words]:
    rows = tuple(
        (
            names.get(one.plan.item, one.plan.item),
            _iso(one.plan.pictures),
            _iso(one.plan.page),
            _iso(one.plan.listed),
            one.stage or "on the shelf",
            None if one.plan.conversion is None else round(one.plan.conversion / 100, 6),
        )
        for one in coming
    )
    stages = (
        *((stage, say(name)) for stage, name in pictures_findings.STAGE_NAMES.items()),
        ("on the shelf", say("listed")),
    )
    columns = (
        TableColumn(say("New item"), id="item"),
        TableColumn(say("Pictures"), "date", "pictures"),
        TableColumn(say("Item page"), "date", "page"),
        TableColumn(say("Listing day"), "date", "listed"),
        TableColumn(say("Next step"), "word", "stage", stages),
        TableColumn(say("Promised conversion"), "rate", "conversion"),
    )
    return Table(say("New items"), columns, rows)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _limits(
    shown: Sequence[Drawn],
    effects: Sequence[tuple[PictureChange, Effect | None]],
    stands: Sequence[Tested],
    sold: Bonus | None,
) -> tuple[Words, ...]:
    found = []
    if shown:
        found.append(say("Click rates are from ads; no file shows what a picture gets in free search."))
        found.append(say("An expensive item gets fewer clicks than a cheap one with the same picture."))
    else:
        found.append(
            say("Without ad figures of at least three items, pictures cannot be compared in the same slots.")
        )
    if any(one is not None for _, one in effects):
        found.append(say("Before and after a change is not a test: bids, season and rivals changed too."))
    if any(one.state in ("new", "old") for one in stands):
        found.append(
            say("A test measures clicks, not sales: watch the item's conversion for a week afterwards.")
        )
    if sold is not None:
        found.append(say("Pieces count once they are paid for; returns are not subtracted."))
    return tuple(found)
