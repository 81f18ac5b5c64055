"""Each cause of the checklist on a usual day, on a bad one, on a good one and without its export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.service import Service
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.language.wording import text
from core.shop.settings import CalendarDay, Item
from core.topics.sales.causes import ads, shop_side, tables, visits
from core.topics.sales.causes.cause import Cause, Looked
from core.topics.sales.causes.checklist import CHECKLIST, judged
from tests.topics.tables import SUNDAY, WOBBLE, festival, of_rows, shop, usual_shop


def looked(
    days: pd.DataFrame | None = None, *, calendar: tuple[CalendarDay, ...] = (), **frames: pd.DataFrame
) -> Looked:
    frame = usual_shop().frame if days is None else days
    return Looked(day=SUNDAY, shop=shop(calendar=calendar), days=frame, **frames)  # type: ignore[arg-type]  # frames only


def said(cause: Cause) -> tuple[str, str, str]:
    return text(cause.name), cause.state, text(cause.seen)


def state(cause: Cause) -> tuple[str, str]:
    return cause.key, cause.state


def wobble(day: date) -> float:
    return 1 + WOBBLE[day.toordinal() % 11]


# ---- ads


def ad_rows(
    scene: str,
    yesterday: float | None,
    usual: float = 100.0,
    *,
    ctr: float = 0.04,
    ctr_yesterday: float | None = None,
    also: str = "",
) -> pd.DataFrame:
    """Return 60 days of a scene's clicks; yesterday as given (None: the report ends the day before).

    ``also`` is a second scene that ran all days.
    """
    rows: list[dict[str, object]] = []
    for back in range(60):
        day = SUNDAY - timedelta(days=back)
        if back or yesterday is not None:
            clicks = usual * wobble(day) if back or yesterday is None else yesterday
            rate = ctr_yesterday if ctr_yesterday is not None and not back else ctr * wobble(day)
            rows.append(
                {
                    "date": day, "report": "plan", "scene": scene, "plan_id": "1", "plan": scene,
                    "clicks": clicks, "impressions": clicks / rate, "cost": clicks,
                }
            )  # fmt: skip
        if also:
            rows.append(
                {
                    "date": day, "report": "plan", "scene": also, "plan_id": "2", "plan": also,
                    "clicks": 50.0, "impressions": 1000.0, "cost": 50.0,
                }
            )  # fmt: skip
    return of_rows(Ads, rows).frame


SCENES = [
    (ads.keyword, "keyword_ads", "Keyword ads", "关键词推广"),
    (ads.crowd, "crowd_ads", "Crowd ads", "人群推广"),
    (ads.whole, "whole_ads", "Whole-site ads", "货品全站推广"),
    (ads.display, "display_ads", "Display ads", "品牌展示"),
]


@pytest.mark.parametrize(("judge", "key", "name", "scene"), SCENES)
def test_a_scene_that_did_not_run_is_not_judged(
    judge: Callable[[Looked], Cause], key: str, name: str, scene: str
) -> None:
    other = ad_rows("别的场景", 100.0)
    assert said(judge(looked(ads=other))) == (name, "nodata", "no ads ran in these days.")
    assert judge(looked()).state == "nodata"
    assert text(judge(looked()).seen).startswith("no ad report")
    short = judge(looked(ads=ad_rows(scene, None)))
    assert (short.key, *said(short)) == (key, name, "nodata", "the ad report does not contain that day.")


def test_a_scene_without_a_click_stopped_if_it_had_one_a_day() -> None:
    stopped = ads.keyword(looked(ads=ad_rows("关键词推广", 0.0, usual=2.0, also="人群推广")))
    assert said(stopped) == (
        "Keyword ads",
        "hurt",
        "no clicks at all; usually 2 a day. Was the ad plan stopped, or did its money run out?",
    )
    assert stopped.weight > 3
    assert len(stopped.proposals) == 1
    rare = ads.keyword(looked(ads=ad_rows("关键词推广", 0.0, usual=0.5, also="人群推广")))
    assert said(rare) == ("Keyword ads", "nodata", "no ads ran in these days.")


# ---- market, calendar, traffic


def test_the_calendar_is_told_and_never_blamed() -> None:
    assert said(visits.campaign(looked())) == (
        "Campaign",
        "usual",
        "the calendar has no campaign for that day.",
    )
    sized = visits.campaign(looked(calendar=(festival(SUNDAY, multiplier=2.5),)))
    assert said(sized)[1:] == ("usual", "618, planned at 2.50 times a usual day.")
    unsized = visits.campaign(looked(calendar=(festival(SUNDAY, multiplier=None),)))
    assert said(unsized)[1:] == ("nodata", "618; how much it should sell is not set in shop.toml.")
    dip = visits.campaign(looked(calendar=(festival(date(2026, 6, 10), multiplier=4.0),)))
    assert said(dip)[1:] == ("usual", "in the quiet days after 618; lower sales are expected.")


def day(**values: float) -> pd.DataFrame:
    return usual_shop(changes={SUNDAY: values}).frame


def source_rows(search: float) -> pd.DataFrame:
    rows: list[dict[str, object]] = [
        {
            "date": SUNDAY - timedelta(days=back), "level1": "平台流量", "level2": name,
            "visitors": search if name == "手淘搜索" and not back else 300.0, "buyers": 9.0, "gmv": 1800.0,
        }
        for back in range(50)
        for name in ("手淘搜索", "手淘推荐")
    ]  # fmt: skip
    return of_rows(Sources, rows).frame


def test_on_a_campaign_day_and_with_few_days_nothing_is_judged() -> None:
    campaign = visits.traffic(looked(calendar=(festival(SUNDAY),)))
    assert said(campaign)[1:] == (
        "nodata",
        "the day was a campaign day, and there is no usual value for such a day.",
    )
    young = visits.traffic(looked(usual_shop(days=5).frame))
    assert said(young)[1:] == ("nodata", "too few usual days to compare with.")


# ---- inside the shop


def review_rows(bad: int, *, before: int = 4, stars: float = 1.0, good: int = 20) -> pd.DataFrame:
    """Return a week of reviews, ``bad`` of them bad, after four weeks with ``before`` bad ones of 100."""
    rows: list[dict[str, object]] = [
        {"review": f"n{n}", "date": SUNDAY - timedelta(days=n % 7), "stars": 5.0} for n in range(good)
    ]
    rows += [{"review": f"b{n}", "date": SUNDAY - timedelta(days=n % 7), "stars": stars} for n in range(bad)]
    rows += [
        {"review": f"o{n}", "date": SUNDAY - timedelta(days=8 + n % 20), "stars": 1.0 if n < before else 5.0}
        for n in range(100)
    ]
    return of_rows(Reviews, rows).frame


@pytest.mark.parametrize(("bad", "state"), [(1, "usual"), (9, "hurt")])
def test_the_checklist_calls_reviews_worse_where_the_reviews_step_does(bad: int, state: str) -> None:
    days = [SUNDAY - timedelta(days=back) for back in range(60)]
    rows = [
        {
            "review": f"r{n}", "item": "coat", "date": days[n % 7 if n < 20 else 8 + n % 50],
            "stars": 1.0 if n < bad else 5.0,
        }
        for n in range(160)
    ]  # fmt: skip
    items = of_rows(
        Items, [{"date": day, "item": "coat", "title": "Wool coat", "visitors": 500.0} for day in days]
    ).frame
    found = shop_side.reviews(looked(reviews=of_rows(Reviews, rows).frame, items=items))
    assert found.state == state
    assert ("clearly more for Wool coat" in text(found.seen)) is (state == "hurt")
    assert tables.findings((found,)) == ()


def test_without_reviews_or_older_ones_nothing_is_compared() -> None:
    assert (
        text(shop_side.reviews(looked()).seen)
        == "no reviews are imported; get them from 千牛 › 交易 › 评价管理（用评价导出插件存为 csv）."
    )
    young = of_rows(Reviews, [{"review": "1", "date": SUNDAY, "stars": 1.0}]).frame
    assert said(shop_side.reviews(looked(reviews=young)))[1:] == ("nodata", "too few reviews to compare.")


def stock_rows(**on_hand: float) -> pd.DataFrame:
    return of_rows(
        Stock,
        [{"date": SUNDAY, "item": item[1:], "sku": "a", "on_hand": left} for item, left in on_hand.items()],
    ).frame


def item_rows(**sold: float) -> pd.DataFrame:
    return of_rows(
        Items,
        [
            {
                "date": SUNDAY - timedelta(days=back), "item": item[1:], "title": f"款{item[1:]}",
                "visitors": 100.0, "buyers": gmv / 100, "gmv": gmv, "units": gmv / 100,
            }
            for back in range(30)
            for item, gmv in sold.items()
        ],
    ).frame  # fmt: skip


def test_an_empty_item_hurts_from_three_percent_of_the_sales() -> None:
    stock = stock_rows(i1=0.0, i2=9000.0)
    bad = shop_side.stock(looked(stock=stock, items=item_rows(i1=31.0, i2=969.0)))
    assert said(bad) == ("Stock", "hurt", "款1 out of stock; they made 3% of sales in the last 14 days.")
    assert [(one.role, one.metric, one.due) for one in bad.proposals] == [("supply", "on_hand", "2026-06-15")]
    few = shop_side.stock(looked(stock=stock, items=item_rows(i1=29.0, i2=971.0)))
    assert said(few)[1:] == ("usual", "every item that sells is in stock.")


def test_an_item_that_runs_out_before_an_order_could_come_is_named() -> None:
    def left(pieces: float) -> tuple[str, str, str]:
        own = shop(items=(Item("2", lead_days=9.0),))
        stock, items = stock_rows(i2=pieces), item_rows(i2=1000.0)
        return said(shop_side.stock(replace(looked(stock=stock, items=items), shop=own)))

    assert left(20.0)[1:] == (
        "usual",
        (
            "nothing that sells is out of stock yet, but 款2 has only about 2.0 days of cover: see "
            "the stock step."
        ),
    )
    assert left(2000.0)[1:] == ("usual", "every item that sells is in stock.")


def test_stock_without_items_says_only_what_is_known() -> None:
    assert text(shop_side.stock(looked()).seen) == (
        "no stock file is imported; get it from 千牛 › 商品 › 批量导出商品（发布模板，含 SKU），或 ERP "
        "的库存查询."
    )
    assert said(shop_side.stock(looked(stock=stock_rows(i1=5.0))))[1:] == (
        "usual",
        "every listed item is in stock.",
    )
    assert said(shop_side.stock(looked(stock=stock_rows(i1=0.0, i2=0.0))))[1:] == (
        "nodata",
        "2 items are out of stock; without the item file their usual sales are unknown.",
    )


def service_rows(asked: float, paid: float, *, benchmark: bool = False) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for back in range(60):
        when = SUNDAY - timedelta(days=back)
        inquiries, converted = (asked, paid) if not back else (200.0, round(200 * 0.4 * wobble(when)))
        rows.append({"date": when, "agent": "小禾", "inquiries": inquiries, "converted": converted})
        if benchmark:
            rows.append(
                {"date": when, "agent": "均值", "inquiries": 9000.0, "converted": 0.0, "benchmark": True}
            )
    return of_rows(Service, rows).frame


def test_without_the_service_of_that_day_nothing_is_judged() -> None:
    assert (
        text(shop_side.service(looked()).seen)
        == "no service file is imported; get it from 生意参谋 › 服务 › 自制报表 › 客服绩效（单日）."
    )
    older = service_rows(200, 80)
    older = older[older["date"].dt.date < SUNDAY]
    assert (
        text(shop_side.service(looked(service=older)).seen) == "the service file does not contain that day."
    )


# ---- the list


def cause(key: str, which: str, weight: float = 1.0) -> Cause:
    return Cause(key=key, name=key, state=which, seen="so", weight=weight)  # type: ignore[arg-type]


def test_the_farthest_three_of_each_kind_are_told() -> None:
    causes = (
        *(cause(f"h{n}", "hurt", n) for n in range(4)),
        *(cause(f"g{n}", "helped", n) for n in range(4)),
        cause("u", "usual", 9),
        cause("n", "nodata", 9),
    )
    found = tables.findings(causes)
    assert [one.key for one in found] == [
        f"target/cause/{key}" for key in ("h3", "h2", "h1", "g3", "g2", "g1")
    ]
    assert [(one.kind, one.about.aspect, one.level) for one in (found[0], found[3])] == [
        ("cause", "h3", "watch"),
        ("cause", "g3", "good"),
    ]
    assert [text(found[0].text), text(found[3].text)] == ["Check h3: so", "g3: so"]
    assert tables.findings((cause("u", "usual"), cause("n", "nodata"))) == ()


def test_the_checklist_has_every_cause_what_was_missing_on_top() -> None:
    causes = (cause("n", "nodata"), cause("u", "usual"), cause("g", "helped"), cause("h", "hurt"))
    shown = tables.checklist(causes)
    assert shown.rows == (
        ("h", "hurt", "so"),
        ("g", "helped", "so"),
        ("u", "usual", "so"),
        ("n", "nodata", "so"),
    )
    assert [column.id for column in shown.columns] == ["cause", "state", "seen"]
    assert {name: text(words) for name, words in shown.columns[1].words} == {
        "hurt": "to check",
        "helped": "good",
        "moved": "outside the usual range",
        "usual": "as usual",
        "nodata": "no data",
    }


def test_what_the_checklist_leaves_open_is_said() -> None:
    assert [text(one) for one in tables.limits((cause("n", "nodata"), cause("m", "nodata")))] == [
        "No judgement possible, because data or usual days are missing: n, m."
    ]
    for moved in ("hurt", "helped", "moved"):
        assert [text(one) for one in tables.limits((cause("x", moved),))] == [
            "A figure that changed on the same day is not necessarily the reason."
        ]
    assert tables.limits((cause("u", "usual"),)) == ()


def test_every_cause_is_looked_at_once() -> None:
    found = judged(looked())
    assert len(found) == len({one.key for one in found}) == 12
    kinds = {"keyword_ads", "crowd_ads", "whole_ads", "display_ads"}
    assert {one.key for one in found} >= kinds
    elsewhere = {one.key for one in judged(replace(looked(), shop=shop(platform="pdd")))}
    assert elsewhere == {one.key for one in found} - kinds - {"service"} | {"ads"}
    assert len(CHECKLIST) == len({one.key for one in found} | elsewhere)
