"""Every column, note and picture of every table, from figures that can be added up in one's head."""

# ruff: noqa: E501 - texts as they are shown

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from textwrap import dedent

import pytest

from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.records.evening import RivalNow
from core.records.month import CampaignResult
from core.records.records import CampaignEntry, RivalSeen
from core.records.team import TaokePartner
from core.review.correction import Correction
from core.shop.settings import Rival, Shop
from core.tables.actions import agreed
from core.tables.campaigns import results
from core.tables.operations import operations
from core.tables.rivals import looks
from core.tables.scores import scores
from core.tables.service import agents
from core.tables.span import By, Span, span
from core.tables.table import Cell, ShopTable
from core.tables.taoke import resources
from core.tables.time_used import minutes
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, festival, of_rows, sheet, shop, usual_shop
from tests.topics.writing import ZONE, Journal

FIRST, SECOND = date(2026, 6, 1), date(2026, 6, 2)
DAYS = span(FIRST, SECOND)
WEEKS = span(FIRST, date(2026, 6, 14), "week")
JUNE = span(FIRST, date(2026, 6, 14))
MONTH = span(FIRST, date(2026, 6, 30), "month")


def written(table: ShopTable) -> str:
    """Return everything the table holds, a line a column."""
    lines = [f"{table.id}: {table.title}, {table.span}"]
    for column in table.columns:
        cells = " | ".join(_cell(cell) for cell in table.column(column.id))
        lines.append(f"{column.id} ({column.kind}) {column.title}: {cells}")
    lines += [f"- {note}" for note in table.notes]
    if chart := table.chart:
        lines.append(f"{chart.title}: {chart.bars} {chart.lines} along {chart.along}")
    return "\n".join(lines)


def expected(text: str) -> str:
    """Return what a test wrote down, without its indentation."""
    return dedent(text).strip()


def _cell(cell: Cell) -> str:
    if cell is None:
        return "-"
    return f"{cell:.7g}" if isinstance(cell, float) else str(cell)


# ---- shop operations

FIGURES: dict[str, float] = {
    "visitors": 2000, "buyers": 50, "gmv": 10_000, "units": 60, "pageviews": 8000, "bounce_rate": 0.6,
    "cart_buyers": 160, "ordered_buyers": 80, "new_buyers": 30, "old_buyers": 20, "ads_keyword": 400,
    "ads_crowd": 300, "ads_scene": 200, "ads_whole": 100, "taoke_fee": 80, "refund_amount": 500,
    "reviews_count": 40, "negative_reviews": 2, "new_members": 7, "members": 900, "followers": 5000,
    "score_item": 4.8, "score_logistics": 4.7, "score_service": 4.9,
}  # fmt: skip
STATES = {
    "bounce_rate": 0.7, "members": 907, "followers": 5010, "score_item": 4.81, "score_logistics": 4.72,
    "score_service": 4.88,
}  # fmt: skip
"""What is not twice as much on the second day, but another state."""
ADS = """
    date        report  scene       plan_id  item  cost  clicks  gmv
    2026-06-01  item    关键词推广  1        i1    500   250     1500
    2026-06-02  item    关键词推广  1        i1    300   350     2500
"""
SERVICE = """
    date        agent  benchmark  inquiries  converted  amount  first_response_s  average_response_s  refund_amount
    2026-06-01  小禾   -          10         5          500     8                 20                  50
    2026-06-01  均值   yes        900        900        9000    1                 1                   9
    2026-06-02  小禾   -          30         15         1500    16                40                  -
    2026-06-02  木子   -          10         2          300     6                 30                  100
"""


def two_days() -> ShopDay:
    second = {name: figure * 2 for name, figure in FIGURES.items()} | STATES
    return of_rows(ShopDay, [{"date": FIRST, **FIGURES}, {"date": SECOND, **second}])


def operated(of: Span, today: date, special: date) -> ShopTable:
    return operations(
        two_days(), sheet(Ads, ADS), sheet(Service, SERVICE),
        shop=shop(calendar=(festival(special, note="618 预热"),)), span=of, today=today,
    )  # fmt: skip


def test_the_shops_days() -> None:
    assert written(operated(DAYS, date(2026, 6, 3), SECOND)) == expected("""
        operations: Shop operations, 2026-06-01 – 2026-06-02
        period (date) Date: 2026-06-01 | 2026-06-02
        weekday (text) Weekday: Mon | Tue
        gmv (money) Sales: 10000 | 20000
        target (money) Target of these days: 5806 | 11613
        reached (rate) % of target: 1.722356 | 1.722208
        visitors (count) Visitors: 2000 | 4000
        buyers (count) Buyers: 50 | 100
        conversion (rate) Conversion: 0.025 | 0.025
        aov (money) Order value: 200 | 200
        visitor_value (money) Sales per visitor: 5 | 5
        units (count) Pieces sold: 60 | 120
        depth (ratio) Pages per visitor: 4 | 4
        bounce_rate (rate) Bounce rate: 0.6 | 0.7
        cart_rate (rate) Add-to-cart rate: 0.08 | 0.08
        paid_share (rate) Paid-order rate: 0.625 | 0.625
        new_buyers (count) New buyers: 30 | 60
        old_buyers (count) Returning buyers: 20 | 40
        old_share (rate) Share of returning buyers: 0.4 | 0.4
        ad_cost (money) Ad spend: 1000 | 2000
        ads_keyword (money) Keyword ads: 400 | 800
        ads_crowd (money) Crowd ads: 300 | 600
        ads_scene (money) Scene ads: 200 | 400
        ads_whole (money) Whole-site ads: 100 | 200
        ad_share (rate) Ad spend, share of sales: 0.1 | 0.1
        ad_clicks (count) Ad clicks: 250 | 350
        cpc (money) Cost per click: 2 | 0.8571429
        ad_gmv (money) Ad sales: 1500 | 2500
        roi (ratio) Ad ROI: 3 | 8.333333
        taoke_fee (money) Taoke commission: 80 | 160
        refund_amount (money) Refunds: 500 | 1000
        refund_share (rate) Refunds, share of sales: 0.05 | 0.05
        inquiries (count) Inquiries: 10 | 40
        service_conversion (rate) Inquiry conversion: 0.5 | 0.425
        response (seconds) Answer time (s): 20 | 37.5
        reviews_count (count) Reviews: 40 | 80
        negative_reviews (count) Bad reviews: 2 | 4
        score_item (ratio) Item as described: 4.8 | 4.81
        score_logistics (ratio) Logistics: 4.7 | 4.72
        score_service (ratio) Service attitude: 4.9 | 4.88
        new_members (count) New members: 7 | 14
        members (count) Members: 900 | 907
        followers (count) Followers: 5000 | 5010
        special (text) Remark: - | 618 预热
        - Ad sales of the last 15 days will still grow, because orders are still being credited.
        - Refunds are counted on the day they were completed, for orders of any day.
        Sales and conversion: ('gmv',) ('conversion',) along period
    """)


def test_the_shops_month_against_its_target() -> None:
    assert written(operated(MONTH, date(2026, 6, 30), FIRST)) == expected("""
        operations: Shop operations, 2026-06-01 – 2026-06-30
        period (text) Month: 2026-06
        dates (text) Days: 06-01 – 06-30
        known (count) Days with figures: 2
        gmv (money) Sales: 30000
        target (money) Month's target: 180000
        reached (rate) % of target: 0.1666667
        visitors (count) Visitors: 6000
        buyers (count) Buyers: 150
        conversion (rate) Conversion: 0.025
        aov (money) Order value: 200
        visitor_value (money) Sales per visitor: 5
        units (count) Pieces sold: 180
        depth (ratio) Pages per visitor: 4
        bounce_rate (rate) Bounce rate: 0.6666667
        cart_rate (rate) Add-to-cart rate: 0.08
        paid_share (rate) Paid-order rate: 0.625
        new_buyers (count) New buyers: 90
        old_buyers (count) Returning buyers: 60
        old_share (rate) Share of returning buyers: 0.4
        ad_cost (money) Ad spend: 3000
        ads_keyword (money) Keyword ads: 1200
        ads_crowd (money) Crowd ads: 900
        ads_scene (money) Scene ads: 600
        ads_whole (money) Whole-site ads: 300
        ad_share (rate) Ad spend, share of sales: 0.1
        ad_clicks (count) Ad clicks: 600
        cpc (money) Cost per click: 1.333333
        ad_gmv (money) Ad sales: 4000
        roi (ratio) Ad ROI: 5
        taoke_fee (money) Taoke commission: 240
        refund_amount (money) Refunds: 1500
        refund_share (rate) Refunds, share of sales: 0.05
        inquiries (count) Inquiries: 50
        service_conversion (rate) Inquiry conversion: 0.44
        response (seconds) Answer time (s): 34
        reviews_count (count) Reviews: 120
        negative_reviews (count) Bad reviews: 6
        score_item (ratio) Item as described: 4.81
        score_logistics (ratio) Logistics: 4.72
        score_service (ratio) Service attitude: 4.88
        new_members (count) New members: 21
        members (count) Members: 907
        followers (count) Followers: 5010
        - 27 days have no figures and are left out (2026-06-03 to 2026-06-29).
        - Rates are calculated from the totals of the days, not as the mean of daily rates.
        - Refunds are counted on the day they were completed, for orders of any day.
    """)


def test_ad_sales_grow_until_the_last_click_of_the_span_is_credited() -> None:
    told = [
        any("still grow" in note for note in operated(DAYS, today, FIRST).notes)
        for today in (date(2026, 6, 17), date(2026, 6, 18))
    ]
    assert told == [True, False]


@pytest.mark.parametrize(
    ("by", "told"), [("day", "sales ¥12,345 → ¥10,000"), ("week", "sales of 1 Jun ¥12,345 → ¥10,000")]
)
def test_what_a_finished_report_stated_otherwise_stands_beside_its_day(by: By, told: str) -> None:
    change = Correction(
        report=SECOND, day=FIRST, metric="gmv", was=12_345.0, now=10_000.0,
        at=datetime(2026, 6, 3, 9, tzinfo=ZONE), file="六月.xlsx",
    )  # fmt: skip
    elsewhere = replace(change, day=date(2026, 5, 31), was=1.0)
    table = operations(
        two_days(), shop=shop(), span=span(FIRST, date(2026, 6, 7), by), today=MONDAY,
        corrections=[change, elsewhere],
    )  # fmt: skip
    assert table.column("corrected")[0] == told
    assert table.notes[0].startswith("Corrected: sales of 1 Jun ¥12,345 → ¥10,000")


# ---- campaigns


def test_what_a_campaign_sold_beyond_usual_and_left() -> None:
    start, end = date(2026, 6, 8), date(2026, 6, 9)
    own = date(2026, 6, 11)
    eight_weeks = [start + timedelta(days=day) for day in range(-49, 7)]
    days = usual_shop(
        changes={day: {"gmv": 12_500.0, "visitors": 2000, "buyers": 100} for day in (start, end)}
    )
    items = of_rows(
        Items,
        [
            {"date": day, "item": "i1", "gmv": 9000.0, "units": 60}
            if day in (start, end)
            else {"date": day, "item": "i1", "gmv": 2000.0, "units": 10}
            for day in eight_weeks
        ],
    )
    ads = of_rows(
        Ads,
        [
            {"date": day, "report": "item", "item": "i1", "cost": 300.0 if day in (start, end) else 100.0}
            for day in eight_weeks
        ],
    )
    came_back = date(2026, 6, 11)
    refunds = of_rows(
        Refunds,
        [
            {"date": came_back, "paid": datetime(2026, 6, 8, 20), "amount": 500.0, "refund": "r1"},
            {"date": came_back, "paid": datetime(2026, 6, 7, 20), "amount": 900.0, "refund": "r2"},
        ],
    )
    entries = typed(
        (FIRST, CampaignEntry(name="端午", state="over", start=start, end=end, discount="前三天八折")),
        (FIRST, CampaignEntry(name="店庆", kind="own", state="over", start=own, end=own)),
    )
    result = CampaignResult(
        name="端午", uplift=11_000.0, profit=900.0, fees=200.0, again=True, lesson="早点报名"
    )
    table = results(
        days, items, ads, refunds, entries, typed((date(2026, 6, 12), result)),
        shop=shop(calendar=(festival(start, end, 2.0, "端午"),), margin=0.4, refund_rate=0.05),
        span=JUNE, today=MONDAY,
    )  # fmt: skip
    assert written(table) == expected("""
        campaigns: Campaign results, 2026-06-01 – 2026-06-14
        name (text) Campaign: 端午 | 店庆
        kind (text) Whose campaign: platform campaign | our own campaign
        first (date) First day: 2026-06-08 | 2026-06-11
        last (date) Last day: 2026-06-09 | 2026-06-11
        days (count) Number of days: 2 | 1
        offer (text) Offer: 前三天八折 | -
        gmv (money) Sales: 25000 | 5880
        usual (money) Usual sales on such days: 11932.26 | 5995.994
        uplift (money) Sold more than usual: 13067.74 | -115.9937
        share (rate) Sold more than usual, share: 1.09516 | -0.0193452
        net (money) Sold more than usual, with quiet days: 12405.06 | -171.5797
        net_low (money) Sold more with quiet days, lower end (80% range): 11985.8 | -644.5054
        net_high (money) Sold more with quiet days, upper end (80% range): 12821.42 | 294.0203
        visitors (count) Visitors: 4000 | 960
        buyers (count) Buyers: 200 | 28
        conversion (rate) Conversion: 0.05 | 0.02916667
        given_away (money) Discount on sales that would have come anyway: 2983.066 | 0
        extra_ads (money) Extra ad spend: 400 | 0
        refunds (rate) Refund rate so far: 0.02 | 0
        profit (money) Net profit: -636.0757 | -65.20027
        signed_uplift (money) Signed-off result: sold more: 11000 | -
        signed_profit (money) Signed-off result: net profit: 900 | -
        fees (money) Campaign fees: 200 | -
        again (text) Run again next time?: yes | -
        lesson (text) What we learnt: 早点报名 | -
        - Usual days are the same weekdays of earlier weeks without a campaign; selling more does not prove that the campaign caused it.
        Sales because of campaigns: ('uplift', 'net') () along name
    """)


def test_a_campaign_without_clean_weeks_says_why_its_effect_is_empty() -> None:
    start = date(2026, 6, 8)
    entries = typed((FIRST, CampaignEntry(name="端午", state="over", start=start, end=start)))
    table = results(usual_shop(days=10), entries=entries, shop=shop(), span=JUNE, today=MONDAY)
    assert written(table) == expected("""
        campaigns: Campaign results, 2026-06-01 – 2026-06-14
        name (text) Campaign: 端午
        kind (text) Whose campaign: platform campaign
        first (date) First day: 2026-06-08
        last (date) Last day: 2026-06-08
        days (count) Number of days: 1
        gmv (money) Sales: 5916
        visitors (count) Visitors: 1030
        buyers (count) Buyers: 29
        conversion (rate) Conversion: 0.02815534
        - Usual days are the same weekdays of earlier weeks without a campaign; selling more does not prove that the campaign caused it.
        - If days or weeks without a campaign are missing, the comparison stays empty.
    """)


# ---- promoters


def test_what_each_promoter_brought() -> None:
    told = typed(
        (FIRST, TaokePartner(
            name="小美", channel="微信群", contact="wx1", item="i1", commission=8.0, visitors=100, buyers=5,
            gmv=900.0, fee=72.0,
        )),
        (date(2026, 6, 9), TaokePartner(
            name="小美", channel="微博", contact="wx2", item="i2", commission=10.0, state="paused",
            on=date(2026, 6, 4), visitors=50, buyers=4, gmv=600.0, fee=60.0, note="能加量",
        )),
        (SECOND, TaokePartner(name="返利网", state="talking")),
        (date(2026, 6, 15), TaokePartner(name="太晚")),
    )  # fmt: skip
    days = sheet(ShopDay, "date gmv taoke_fee\n2026-06-01 1000 80\n2026-06-02 1000 20")
    sources = sheet(
        Sources,
        """
        date        level1    level2    visitors  buyers  gmv
        2026-06-01  付费流量  淘宝客    200       8       800
        2026-06-02  付费流量  淘宝客    200       12      1200
        2026-06-02  免费流量  手淘搜索  900       90      9000
        """,
    )
    table = resources(told, days, sources, shop=shop(), span=WEEKS)
    assert written(table) == expected("""
        taoke: Taoke promoters, 2026-06-01 – 2026-06-14
        period (text) Calendar week: 2026-W23 | 2026-W23 | 2026-W23
        dates (text) Days: 06-01 – 06-07 | 06-01 – 06-07 | 06-01 – 06-07
        name (text) Promoter: All promoters (from the file) | 小美 | 返利网
        channel (text) Channel: - | 微博 | -
        contact (text) Contact: - | wx2 | -
        item (text) Item: - | i2 | -
        state (text) State: - | paused | in talks
        commission (rate) Commission rate: 0.05 | 0.1 | -
        visitors (count) Visitors: 400 | 150 | -
        buyers (count) Buyers: 20 | 9 | -
        conversion (rate) Conversion: 0.05 | 0.06 | -
        gmv (money) Sales: 2000 | 1500 | -
        fee (money) Commission paid: 100 | 132 | -
        note (text) Note: - | 能加量 | -
        - The shop's own files show all promoters together; single promoters are as entered by hand.
        - Refunds of single promoters are not entered, so their sales are those before refunds.
    """)


# ---- actions


def test_who_promised_what_and_whether_its_number_moved() -> None:
    journal = Journal(MONDAY)
    kept = journal.promise("买回流量", back=4, metric="visitors", direction="up", expected=1300.0)
    journal.write("action-update", "standup", day=MONDAY - timedelta(days=2), action=kept, state="done")
    journal.promise(
        "提转化", back=4, metric="conversion", direction="up", expected=0.031, role="service", owner=""
    )
    journal.promise("多卖点", back=4, metric="gmv", direction="up", expected=6000.0, role="", owner="")
    journal.promise("今天到期", back=3, due="2026-06-15", metric="visitors", direction="up")
    journal.promise("昨天到期", back=3, due="2026-06-14", metric="visitors", direction="up")
    dropped = journal.promise("不做了", back=5)
    journal.write("action-update", "standup", action=dropped, state="dropped", reason="缺货")
    handed = journal.promise("转手", back=5, due="2026-06-12")
    journal.write("action-update", "standup", action=handed, state="handed", owner="阿美", reason="请假")
    journal.promise("六月以前的", back=15)
    table = agreed(
        journal.past,
        usual_shop(changes={date(2026, 6, 12): {"visitors": 1400}}),
        shop=shop(),
        span=JUNE,
        today=MONDAY,
        titles={"standup": "Stand-up"},
    )
    assert written(table) == expected("""
        actions: Actions, 2026-06-01 – 2026-06-14
        created (date) Agreed on: 2026-06-10 | 2026-06-10 | 2026-06-11 | 2026-06-11 | 2026-06-11 | 2026-06-12 | 2026-06-12
        text (text) Action: 不做了 | 转手 | 买回流量 | 提转化 | 多卖点 | 今天到期 | 昨天到期
        owner (text) Who: 周岩 | 阿美 | 周岩 | Service | 小兰 | 周岩 | 周岩
        due (date) Due: 2026-06-11 | 2026-06-12 | 2026-06-12 | 2026-06-12 | 2026-06-12 | 2026-06-15 | 2026-06-14
        state (text) State: dropped | handed over | done | open | open | open | open
        closed (date) Ended on: 2026-06-15 | - | 2026-06-13 | - | - | - | -
        late (count) Days late: 4 | 3 | 1 | 3 | 3 | - | 1
        metric (text) Figure to improve: - | - | visitors | conversion | sales | visitors | visitors
        usual (text) Usual: - | - | 999.76 | 3.01% | ¥5,936.08 | - | 990.79
        expected (text) Promised value: - | - | 1,300 | 3.10% | ¥6,000 | - | -
        value (text) Measured value: - | - | 1,400 | 2.21% | ¥6,448 | - | 1,000
        measured (date) Measured on: - | - | 2026-06-12 | 2026-06-12 | 2026-06-12 | - | 2026-06-14
        days (count) Days measured: - | - | 1 | 1 | 1 | - | 1
        needed (count) Days needed: - | - | 1 | 9 | 41 | - | -
        outcome (text) Outcome: - | missed | kept | missed | cannot tell | - | cannot tell
        step (text) Step: Stand-up | Stand-up | Stand-up | Stand-up | Stand-up | Stand-up | Stand-up
        reason (text) Reason: 缺货 | 请假 | - | - | - | - | -
        who (text) Written by: 小兰 | 小兰 | 小兰 | 小兰 | 小兰 | 小兰 | 小兰
        - “Kept” only means that the promised figure changed, not that the action changed it.
    """)


def test_actions_by_week() -> None:
    journal = Journal(MONDAY)
    journal.promise("第一周的", back=12)
    journal.promise("第二周的", back=4)
    table = agreed(journal.past, shop=shop(), span=WEEKS, today=MONDAY, titles={})
    assert written(table) == expected("""
        actions: Actions, 2026-06-01 – 2026-06-14
        period (text) Calendar week: 2026-W23 | 2026-W24
        created (date) Agreed on: 2026-06-03 | 2026-06-11
        text (text) Action: 第一周的 | 第二周的
        owner (text) Who: 周岩 | 周岩
        due (date) Due: 2026-06-04 | 2026-06-12
        state (text) State: open | open
        late (count) Days late: 11 | 3
        outcome (text) Outcome: missed | missed
        step (text) Step: standup | standup
        who (text) Written by: 小兰 | 小兰
        - “Kept” only means that the promised figure changed, not that the action changed it.
    """)


def test_a_figure_that_is_not_in_yet_is_waited_for() -> None:
    journal = Journal(MONDAY)
    journal.promise("昨天到期", back=3, due="2026-06-14", metric="visitors", direction="up")
    days = usual_shop(last=MONDAY - timedelta(days=2))
    table = agreed(journal.past, days, shop=shop(), span=JUNE, today=MONDAY, titles={})
    assert table.column("outcome") == ["not known yet"]


def test_without_actions_there_is_no_note() -> None:
    assert agreed(Journal(MONDAY).past, shop=shop(), span=JUNE, today=MONDAY, titles={}).notes == ()


# ---- rivals


def seen(of: Span) -> ShopTable:
    first = RivalSeen(
        rival="r1", new_listings=2, season_items=5, season_sells=False, price="129-199", sold="900",
        reviews=300, bad_reviews="起球", keyword="裙", rank=2, changes="换主图", off_site="小红书",
        note="看过",
    )  # fmt: skip
    later = RivalSeen(
        rival="r1", new_listings=1, season_items=7, season_sells=True, price="119-189", sold="1000+",
        reviews=320, bad_reviews="起球", keyword="裙子", rank=3, changes="改价", off_site="微博", note="再看",
    )  # fmt: skip
    stranger = RivalSeen(rival="路人", note="第一次看")
    told = typed(
        (FIRST, first), (date(2026, 6, 3), later), (date(2026, 6, 4), RivalSeen(rival="r1", keyword="裙子")),
        (date(2026, 6, 3), stranger), (date(2026, 6, 15), stranger),
    )  # fmt: skip
    evenings = typed(
        (date(2026, 6, 3), RivalNow(rival="r1", orders="100-120")),
        (date(2026, 6, 4), RivalNow(rival="r1", orders="30-40")),
        (date(2026, 6, 5), RivalNow(rival="r2", orders="5-6")),
    )
    named = shop(rivals=(Rival(id="r1", name="素年"), Rival(id="r2", name="")))
    return looks(told, evenings, shop=named, span=of)


def test_each_look_at_a_rival() -> None:
    assert written(seen(JUNE)) == expected("""
        rivals: Rivals, 2026-06-01 – 2026-06-14
        period (date) Date: 2026-06-01 | 2026-06-03 | 2026-06-03 | 2026-06-04 | 2026-06-05
        weekday (text) Weekday: Mon | Wed | Wed | Thu | Fri
        rival (text) Rival: 素年 | 素年 | 路人 | 素年 | r2
        new_listings (count) New listings: 2 | 1 | - | - | -
        season_items (count) Season items: 5 | 7 | - | - | -
        season_sells (text) Do season items sell?: no | yes | - | - | -
        price_low (money) Lowest price: 129 | 119 | - | - | -
        price_high (money) Highest price: 199 | 189 | - | - | -
        sold_low (count) Displayed sales, at least: 900 | 1000 | - | - | -
        sold_high (count) Displayed sales, at most: 900 | 1999 | - | - | -
        orders_low (count) Orders in the evening, at least: - | 100 | - | 30 | 5
        orders_high (count) Orders in the evening, at most: - | 120 | - | 40 | 6
        reviews (count) Reviews: 300 | 320 | - | - | -
        keyword (text) Keyword searched: 裙 | 裙子 | - | 裙子 | -
        rank (count) Best ad rank: 2 | 3 | - | - | -
        changes (text) Changes seen: 换主图 | 改价 | - | - | -
        bad_reviews (text) Complaints in bad reviews: 起球 | 起球 | - | - | -
        off_site (text) Outside the platform: 小红书 | 微博 | - | - | -
        note (text) Note: 看过 | 再看 | 第一次看 | - | -
        - Displayed sales are ranges: 2000+ means 2,000 to 2,999. An empty cell means not looked at, never zero.
    """)


def test_a_week_of_looks() -> None:
    assert written(seen(WEEKS)) == expected("""
        rivals: Rivals, 2026-06-01 – 2026-06-14
        period (text) Calendar week: 2026-W23 | 2026-W23 | 2026-W23
        dates (text) Days: 06-01 – 06-07 | 06-01 – 06-07 | 06-01 – 06-07
        rival (text) Rival: 素年 | r2 | 路人
        looks (count) Times looked at: 3 | - | 1
        new_listings (count) New listings: 3 | - | -
        season_items (count) Season items: 7 | - | -
        season_sells (text) Do season items sell?: yes | - | -
        price_low (money) Lowest price: 119 | - | -
        price_high (money) Highest price: 199 | - | -
        sold_low (count) Displayed sales, at least: 1000 | - | -
        sold_high (count) Displayed sales, at most: 1999 | - | -
        orders_low (count) Orders in the evening, at least: 130 | 5 | -
        orders_high (count) Orders in the evening, at most: 160 | 6 | -
        reviews (count) Reviews: 320 | - | -
        keyword (text) Keyword searched: 裙子 | - | -
        rank (count) Best ad rank: 2 | - | -
        ranked (count) Times an ad rank was seen: 2 | - | -
        changes (text) Changes seen: 换主图; 改价 | - | -
        bad_reviews (text) Complaints in bad reviews: 起球 | - | -
        off_site (text) Outside the platform: 小红书; 微博 | - | -
        note (text) Note: 看过; 再看 | - | 第一次看
        - Displayed sales are ranges: 2000+ means 2,000 to 2,999. An empty cell means not looked at, never zero.
    """)


# ---- time


def timed(of: Span) -> ShopTable:
    first, second = Journal(FIRST), Journal(SECOND)
    for day, end in ((first, "08:40"), (second, "08:50")):
        day.opened({"target": 15, "stock": 10, "ads": 5})
        day.worked("target", "08:30", end)
    first.write("started", "stock", at="08:40")
    first.write("done", "extra", at="09:02")
    second.write("skipped", "stock", reason="网断了")
    second.write("done", "ads", at="09:01", quick=True)
    second.write("dropped", at="09:05", steps=["page"], reason="来不及")
    outside = Journal(date(2026, 5, 31))
    outside.opened({"target": 15})
    journal = {day.today: day.entries for day in (outside, first, second)}
    return minutes(journal=journal, span=of, titles={"stock": "Stock", "target": "Target", "ads": "Ads"})


def test_the_time_of_each_step() -> None:
    assert written(timed(DAYS)) == expected("""
        time: Time used, 2026-06-01 – 2026-06-02
        period (date) Date: 2026-06-01 | 2026-06-01 | 2026-06-01 | 2026-06-01 | 2026-06-02 | 2026-06-02 | 2026-06-02 | 2026-06-02
        weekday (text) Weekday: Mon | Mon | Mon | Mon | Tue | Tue | Tue | Tue
        step (text) Step: Stock | Target | Ads | extra | Stock | Target | Ads | page
        planned (minutes) Planned minutes: 10 | 15 | 5 | - | 10 | 15 | 5 | -
        used (minutes) Used minutes: 0 | 10 | - | - | - | 20 | - | -
        state (text) State: running | done | not begun | done | skipped | done | nothing to do | left out for lack of time
        started (text) Started: 08:40 | 08:30 | - | - | - | 08:30 | - | -
        ended (text) Ended: - | 08:40 | - | 09:02 | 09:00 | 08:50 | 09:01 | 09:05
        who (text) Who: 小兰 | 小兰 | - | 小兰 | 小兰 | 小兰 | 小兰 | 小兰
        reason (text) Reason: - | - | - | - | 网断了 | - | - | 来不及
        - Minutes are the time a step was open on the screen; a step that nobody opened has none.
    """)


def test_a_weeks_time() -> None:
    assert written(timed(span(FIRST, date(2026, 6, 7), "week"))) == expected("""
        time: Time used, 2026-06-01 – 2026-06-07
        period (text) Calendar week: 2026-W23 | 2026-W23 | 2026-W23 | 2026-W23 | 2026-W23
        dates (text) Days: 06-01 – 06-07 | 06-01 – 06-07 | 06-01 – 06-07 | 06-01 – 06-07 | 06-01 – 06-07
        step (text) Step: Stock | Target | Ads | extra | page
        planned (minutes) Planned minutes: 20 | 30 | 10 | - | -
        used (minutes) Used minutes: 0 | 30 | - | - | -
        mean (minutes) Minutes used per day (mean): 0 | 15 | - | - | -
        days (count) Days planned: 2 | 2 | 2 | 1 | 1
        done (count) Done: 0 | 2 | 1 | 1 | 0
        quick (count) Checked, nothing to do: 0 | 0 | 1 | 0 | 0
        skipped (count) Skipped or left out: 1 | 0 | 0 | 0 | 1
        reason (text) Reason: 网断了 | - | - | - | 来不及
        - Minutes are the time a step was open on the screen; a step that nobody opened has none.
        Time used: ('planned', 'used') () along step
    """)


def test_one_period_is_drawn_and_several_are_not() -> None:
    assert timed(span(FIRST, date(2026, 6, 7), "week")).chart is not None
    assert timed(WEEKS).chart is None


# ---- service and scores


def test_each_agents_days() -> None:
    assert written(agents(sheet(Service, SERVICE), shop=shop(), span=DAYS)) == expected("""
        service: Service, 2026-06-01 – 2026-06-02
        period (date) Date: 2026-06-01 | 2026-06-01 | 2026-06-02 | 2026-06-02 | 2026-06-02
        weekday (text) Weekday: Mon | Mon | Tue | Tue | Tue
        agent (text) Agent: Team | 小禾 | Team | 小禾 | 木子
        inquiries (count) Inquiries: 10 | 10 | 40 | 30 | 10
        converted (count) Paying buyers: 5 | 5 | 17 | 15 | 2
        conversion (rate) Inquiry conversion: 0.5 | 0.5 | 0.425 | 0.5 | 0.2
        amount (money) Sales: 500 | 500 | 1800 | 1500 | 300
        spent (money) Sales per buyer: 100 | 100 | 105.8824 | 100 | 150
        first_response_s (seconds) Time to first answer (s): 8 | 8 | 13.5 | 16 | 6
        average_response_s (seconds) Answer time (s): 20 | 20 | 37.5 | 40 | 30
        refund_amount (money) Refunds: 50 | 50 | 100 | - | 100
        - Rates and answer times are weighted by inquiries, not the mean of the days.
    """)


def test_each_agents_week() -> None:
    assert written(agents(sheet(Service, SERVICE), shop=shop(), span=WEEKS)) == expected("""
        service: Service, 2026-06-01 – 2026-06-14
        period (text) Calendar week: 2026-W23 | 2026-W23 | 2026-W23
        dates (text) Days: 06-01 – 06-07 | 06-01 – 06-07 | 06-01 – 06-07
        agent (text) Agent: Team | 小禾 | 木子
        days (count) Days with figures: 2 | 2 | 1
        inquiries (count) Inquiries: 50 | 40 | 10
        converted (count) Paying buyers: 22 | 20 | 2
        conversion (rate) Inquiry conversion: 0.44 | 0.5 | 0.2
        amount (money) Sales: 2300 | 2000 | 300
        spent (money) Sales per buyer: 104.5455 | 100 | 150
        first_response_s (seconds) Time to first answer (s): 12.4 | 14 | 6
        average_response_s (seconds) Answer time (s): 34 | 35 | 30
        refund_amount (money) Refunds: 150 | 50 | 100
        - Rates and answer times are weighted by inquiries, not the mean of the days.
    """)


def test_the_scores() -> None:
    assert written(scores(two_days(), shop=Shop(name="兰亭"), span=DAYS)) == expected("""
        scores: Shop scores, 2026-06-01 – 2026-06-02
        period (date) Date: 2026-06-01 | 2026-06-02
        weekday (text) Weekday: Mon | Tue
        score_item (ratio) Item as described: 4.8 | 4.81
        score_item_moved (ratio) Item as described, change: - | 0.01
        score_logistics (ratio) Logistics: 4.7 | 4.72
        score_logistics_moved (ratio) Logistics, change: - | 0.02
        score_service (ratio) Service attitude: 4.9 | 4.88
        score_service_moved (ratio) Service attitude, change: - | -0.02
        reviews_count (count) Reviews: 40 | 80
        negative_reviews (count) Bad reviews: 2 | 4
        bad_share (rate) Share of bad reviews: 0.05 | 0.05
        refund_amount (money) Refunds: 500 | 1000
        refund_share (rate) Refunds, share of sales: 0.05 | 0.05
        - A score is a mean over half a year and changes slowly; each row shows the last known one.
        Bad reviews and the item score: ('negative_reviews',) ('score_item',) along period
    """)


def test_without_figures_there_are_no_scores_and_no_note() -> None:
    table = scores(shop=Shop(name="兰亭"), span=DAYS)
    assert (table.rows, table.notes) == ((), ())
