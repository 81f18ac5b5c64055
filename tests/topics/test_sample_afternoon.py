"""The sample shop in the afternoon: what is planted for each role, and what is left alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core.answers.answer import Answer
from core.answers.answer_codec import decode_shown, encode
from core.exports.kinds.ads import Ads
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.orders import Orders
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.journal.entry import Entry
from core.journal.projections import Past, records
from core.records.records import CampaignEntry, Records
from core.records.team import (
    ContentPost,
    NewItem,
    Notice,
    PictureChange,
    PictureTest,
    PromotionPlan,
    ShopWatched,
    WakeUp,
)
from core.topics.ads import promotion
from core.topics.campaigns import notices
from core.topics.creative import content, design
from core.topics.customers import members
from core.topics.stock import stock
from core.topics.team import breakdown, wrapup
from core.topics.titles import optimise
from sample.catalogue import ITEM
from sample.typed_afternoon import FOREIGN_NOTICE, LATE_ARRIVAL, MISSED_NOTICE, PICTURE_UNTOLD, TEST_RUNNING
from tests.topics.imported import TODAY, of
from tests.topics.incidents.morning import of_the_morning
from tests.topics.tables import MONDAY, shop, told, told_by, usual_shop
from tests.topics.test_sample_stock import entries, the_shop
from tests.topics.writing import ZONE, Journal

pytestmark = pytest.mark.usefixtures("imported")


def keys(answer: Answer, *levels: str) -> list[str]:
    return [one.key for one in answer.findings if not levels or one.level in levels]


def test_promotion_buys_nothing_for_the_jeans_and_nothing_into_the_failing_page() -> None:
    answer = told(promotion.traffic(
        of(ShopDay), records(entries(), PromotionPlan), of(Sources), of(Ads), of(Items), of(Stock),
        changed=of_the_morning(of(ShopDay), sources=of(Sources), own=the_shop(), today=TODAY),
        shop=the_shop(), today=TODAY,
    ))  # fmt: skip
    assert "Fix the page first" in answer.verdict.text
    assert f"promotion/scarce/{ITEM['jeans'].id}" in keys(answer)
    assert "incidents/source_visitors/短视频" in keys(answer, "act")
    assert not any("小红书" in key for key in keys(answer))
    assert "promotion/first" in keys(answer)


def test_design_tells_service_about_the_trench_and_nobody_about_the_running_test() -> None:
    made = entries()
    answer = told(design.pictures(
        records(made, PictureTest), records(made, NewItem), records(made, ShopWatched),
        records(made, PictureChange), of(Keywords), of(Ads), of(Items), shop=the_shop(), today=TODAY,
    ))  # fmt: skip
    urgent = keys(answer, "act")
    assert f"design/untold/{ITEM[PICTURE_UNTOLD].id}" in urgent
    assert f"design/new/{ITEM[LATE_ARRIVAL].id}" in urgent
    assert f"design/untold/{ITEM['coat'].id}" not in keys(answer)
    running = next(one for one in answer.findings if one.key == f"design/test/{ITEM[TEST_RUNNING].id}")
    assert "is not finished" in running.text
    assert f"design/test/{ITEM['shirt'].id}" in keys(answer, "good")
    assert not any(key.startswith("design/picture/") for key in keys(answer))


def test_content_misses_two_posts_and_leaves_xiaohongshu_alone() -> None:
    answer = told(
        content.posts_today(
            records(entries(), ContentPost),
            of(Sources),
            of_the_morning(sources=of(Sources), own=the_shop(), today=TODAY),
            shop=the_shop(),
            today=TODAY,
        )
    )
    assert {"content/missing", "content/figures", "incidents/source_visitors/短视频"} == set(keys(answer))


def test_members_say_the_window_and_call_no_small_difference() -> None:
    answer = told_by(members.returning_buyers)(
        of(Orders), records(entries(), WakeUp), of(ShopDay), of(Ads), shop=the_shop(), today=TODAY
    )
    assert "within 60 days" in answer.verdict.text
    assert any("The repeat rate for 90 days is not known yet" in limit for limit in answer.limits)
    assert any("No difference can be seen" in one.text for one in answer.findings)
    assert next(one for one in answer.findings if one.key == "members/cost").level == "info"


def test_optimise_finds_the_next_hero_and_refuses_a_claim_that_is_not_true() -> None:
    answer = told(optimise.titles(
        of(Items), of(SearchTerms), of(Keywords), of(Reviews), of(Stock), of(Ads),
        shop=the_shop(), today=TODAY,
    ))  # fmt: skip
    heroes = {key.rsplit("/", 1)[1] for key in keys(answer) if key.startswith("optimise/hero")}
    assert ITEM["legging"].id in heroes
    assert ITEM["cape"].id not in heroes
    cardigan = ITEM["cardigan"].id
    assert {f"optimise/claim/{cardigan}/work", f"optimise/claim/{cardigan}/colour"} <= set(
        keys(answer, "watch")
    )
    assert not any(key.startswith("optimise/banned") for key in keys(answer))


def test_notices_ask_for_the_one_nobody_decided_and_leave_the_foreign_one() -> None:
    made = entries()
    answer = told(
        notices.deadlines(records(made, Notice), records(made, CampaignEntry), shop=the_shop(), today=TODAY)
    )
    assert keys(answer, "act") == [f"notices/{MISSED_NOTICE}"]
    assert f"notices/{FOREIGN_NOTICE}" not in keys(answer)


def test_the_morning_of_the_sample_is_broken_down_by_role() -> None:
    days: dict[date, list[Entry]] = {}
    for entry in entries():
        days.setdefault(entry.at.date(), []).append(entry)
    past = Past(TODAY, {day: tuple(some) for day, some in sorted(days.items())})
    assert breakdown.owners(past, shop=the_shop(), today=TODAY).verdict.level == "nodata"
    evening = told(wrapup.evening(
        past, of(Hours), of(ShopDay), of(Stock), of(Items), shop=the_shop(), today=TODAY,
        now=datetime(2026, 11, 16, 17, 30, tzinfo=ZONE),
    ))  # fmt: skip
    assert any(ITEM["jeans"].title[:4] in one.text for one in evening.findings if "tonight" in one.key)


def test_the_jeans_order_is_in_hand_and_their_ads_are_not() -> None:
    """The supplier is being asked since 13 November (promise a5); nobody turned the ads down yet."""
    journal = Journal(TODAY)
    for entry in entries():
        journal.days.setdefault(entry.at.date(), []).append(entry)
    journal.shown("stock", told_by(stock.cover)(of(Stock), of(Items), shop=the_shop(), today=TODAY))
    answer = breakdown.owners(journal.past, shop=the_shop(), today=TODAY)
    first = next(one for one in answer.findings if one.level == "act")
    assert [ask.role for ask in first.proposals] == ["promotion"]
    assert answer.verdict.level == "act"


@pytest.mark.parametrize("history", [0, 1, 3, 8, 20, 70])
def test_young_and_empty_shops_are_answered_in_words(history: int) -> None:
    days = usual_shop(days=history) if history else ShopDay(ShopDay.empty())
    own, ads, items = shop(margin=0.4), Ads(Ads.empty()), Items(Items.empty())
    sources, shelf, words = Sources(Sources.empty()), Stock(Stock.empty()), Keywords(Keywords.empty())
    past, now = Past(MONDAY, {}), datetime(2026, 6, 15, 17, 30, tzinfo=ZONE)
    answers = [
        told(promotion.traffic(days, Records(), sources, ads, items, shelf, shop=own, today=MONDAY)),
        told(promotion.traffic(days, Records(), shop=own, today=MONDAY)),
        told(design.pictures(
            Records(), Records(), Records(), Records(), words, ads, items, shop=own, today=MONDAY
        )),
        told(content.posts_today(Records(), sources, shop=own, today=MONDAY)),
        told_by(members.returning_buyers)(
            Orders(Orders.empty()), Records(), days, ads, shop=own, today=MONDAY
        ),
        told(optimise.titles(
            items, SearchTerms(SearchTerms.empty()), words, Reviews(Reviews.empty()), shelf, ads,
            shop=own, today=MONDAY,
        )),
        told(notices.deadlines(Records(), Records(), shop=own, today=MONDAY)),
        told(breakdown.owners(past, shop=own, today=MONDAY)),
        told(wrapup.evening(past, Hours(Hours.empty()), days, shelf, items, shop=own, today=MONDAY, now=now)),
    ]  # fmt: skip
    for answer in answers:
        said = [answer.verdict.text, *answer.limits, *(one.text for one in answer.findings)]
        assert all(said)
        assert "nan" not in " ".join(said).lower()
        assert decode_shown(encode(answer)) == answer
