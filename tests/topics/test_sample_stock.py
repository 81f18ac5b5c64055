"""The sample shop: what was planted in stock, ads, reviews, rivals, campaigns and checks."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.answers.answer import Answer, Table
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.search_terms import SearchTerms
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.journal.entry import Entry
from core.journal.projections import records
from core.records.records import CampaignEntry, Check, ListingCopy, ReviewCase, RivalSeen
from core.shop.loading import load_shop
from core.shop.settings import Shop
from core.topics.ads import paid
from core.topics.campaigns import campaigns
from core.topics.checks import checks
from core.topics.reviews import reviews
from core.topics.rivals import rivals
from core.topics.stock import stock
from tests.topics.imported import TODAY, of
from tests.topics.tables import told, told_by

SAMPLE = Path(__file__).parents[2] / "sample"
pytestmark = pytest.mark.usefixtures("imported")


@cache
def the_shop() -> Shop:
    return load_shop(SAMPLE)


@cache
def entries() -> tuple[Entry, ...]:
    rows = json.loads((SAMPLE / "entries.json").read_text(encoding="utf-8"))
    zone = ZoneInfo("Asia/Shanghai")
    made = []
    for number, row in enumerate(rows):
        at = datetime.fromisoformat(row["at"])
        at = at if at.tzinfo else at.replace(tzinfo=zone)
        made.append(
            Entry(str(number).zfill(6), at, row["who"], row["kind"], row["step"], row["data"], at.date())
        )
    return tuple(made)


@cache
def words() -> Answer:
    return told(
        paid.words(of(Keywords), of(Items), of(Ads), of(SearchTerms), of(Stock), shop=the_shop(), today=TODAY)
    )


def keys(answer: Answer, *levels: str) -> list[str]:
    return [one.key for one in answer.findings if one.level in levels]


def test_the_jeans_run_out_before_an_order_can_arrive() -> None:
    answer = told_by(stock.cover)(of(Stock), of(Items), shop=the_shop(), today=TODAY)
    assert answer.verdict.level == "act"
    assert "高腰直筒牛仔裤" in answer.verdict.text
    assert keys(answer, "act") == ["stock/order/736500100102"]
    first = answer.findings[0]
    assert first.impact is not None
    assert (first.impact.per, first.impact.of, round(first.impact.yuan, -2)) == ("once", "margin", 17_600)
    assert [(one.deed, one.about.item, one.quantity) for one in first.proposals] == [
        ("order", "736500100102", 1120.0),
        ("lower_spend", "736500100102", None),
    ]


def test_the_sun_shirt_is_cleared_and_the_six_blouses_are_left_alone() -> None:
    answer = told_by(stock.cover)(of(Stock), of(Items), shop=the_shop(), today=TODAY)
    assert "stock/slow/736500100120" in keys(answer, "watch")
    assert not any("736500100119" in one.key for one in answer.findings)


def test_one_word_burns_money_and_the_rare_ones_are_observed() -> None:
    assert keys(words(), "act") == ["paid/delete/736500100101/毛衣女"]
    table = next(one for one in words().evidence if isinstance(one, Table) and one.name == "Keywords")
    observed = {row[0] for row in table.rows if row[2] == "observe"}
    assert observed == {"奶茶色毛衣开衫", "小个子牛仔裤", "度假长裙"}
    assert "paid/moved/736500100106/羊毛大衣女" in keys(words(), "info")


def test_the_two_missing_words_are_found_and_the_jeans_wait_for_their_stock() -> None:
    found = [one for one in words().findings if one.key.startswith("paid/add/")]
    assert {one.key.split("/")[-1] for one in found} == {"法式针织开衫外搭", "高腰直筒裤女显瘦"}
    assert [len(one.proposals) for one in sorted(found, key=lambda one: one.key)] == [1, 0]
    assert keys(words(), "watch")[-1] == "paid/scarce/736500100102"


def test_the_cardigans_seams_are_a_rise_and_the_dress_is_copied() -> None:
    copies, cases = records(entries(), ListingCopy), records(entries(), ReviewCase)
    answer = told(reviews.cases(of(Items), of(Reviews), copies, cases, shop=the_shop(), today=TODAY))
    assert keys(answer, "act") == ["reviews/rise/736500100101", "reviews/copy/736500100103/衣品汇小铺"]
    assert len([key for key in keys(answer, "watch") if key.startswith("reviews/addition/")]) == 1


def test_rivals_sell_winter_one_fell_back_and_one_is_stale() -> None:
    seen = records(entries(), RivalSeen)
    answer = told(rivals.moves(seen, of(Stock), of(Items), of(Reviews), shop=the_shop(), today=TODAY))
    assert keys(answer, "act", "watch", "good") == [
        "rivals/season",
        "rivals/stale/r05",
        "rivals/fell_back/r02",
    ]
    assert "轻薄羽绒服 (180)" in answer.findings[0].text


def test_the_sign_up_of_double_twelve_ends_on_wednesday() -> None:
    answer = told(
        campaigns.progress(of(ShopDay), records(entries(), CampaignEntry), shop=the_shop(), today=TODAY)
    )
    assert keys(answer, "act") == ["campaigns/deadline/双12 预热"]
    assert "Wed 18 Nov, in 2 days" in answer.verdict.text


def test_the_ad_money_lasts_for_hours_and_a_tool_ends_on_friday() -> None:
    answer = told_by(checks.due)(
        records(entries(), Check), of(Ads), of(Refunds), shop=the_shop(), today=TODAY
    )
    assert keys(answer, "act")[0] == "checks/balance"
    assert keys(answer, "watch") == ["checks/expires/生意参谋 市场洞察专业版"]


def test_verdicts_are_one_short_sentence_or_two() -> None:
    texts = [
        words().verdict.text,
        told_by(stock.cover)(of(Stock), of(Items), shop=the_shop(), today=TODAY).verdict.text,
    ]
    assert max(len(text) for text in texts) <= 110
