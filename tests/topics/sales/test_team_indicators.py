"""The indicators of ads, service and reviews in the morning's table."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from core.exports.kinds.ads import Ads
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.service import Service
from core.records.experience import ScoreSeen
from core.records.team import ContentPost
from core.shop.settings import AdSettings, IndicatorRow, MoneySettings, Thresholds
from core.topics.sales import team_indicators
from tests.topics.recorded import typed
from tests.topics.tables import SUNDAY, of_rows, shop


def ads(roi: float, orders: float | None = None) -> pd.DataFrame:
    rows: list[dict[str, object]] = [
        {"date": SUNDAY - timedelta(days=n), "report": "item", "item": "d1", "scene": "关键词推广",
         "cost": 100.0, "gmv": 100.0 * roi, "orders": orders}
        for n in range(14)
    ]  # fmt: skip
    return of_rows(Ads, rows).frame


@pytest.mark.parametrize(("roi", "state"), [(3.0, "reached"), (1.5, "missed")])
def test_the_roi_of_settled_days_is_held_against_break_even(roi: float, state: str) -> None:
    own = shop(margin=0.5, refund_rate=0.0, ads=AdSettings(daily_budget=120.0))
    spend, returned = team_indicators.of_ads(ads(roi), own, SUNDAY)
    assert (spend.seen, spend.aim, spend.state) == (100.0, 120.0, "reached")
    assert (returned.seen, returned.aim, returned.state) == (roi, 2.0, state)


@pytest.mark.parametrize(("roi", "orders", "aim"), [(3.0, 1.0, 2.5), (3.0, 3.0, 5.0), (3.0, 6.0, None)])
def test_parcels_of_counted_orders_are_part_of_break_even(
    roi: float, orders: float, aim: float | None
) -> None:
    """¥30 a parcel: of an order of ¥300 at a margin of half ¥120 is left, of ¥100 ¥20, of ¥50 nothing."""
    own = shop(margin=0.5, refund_rate=0.0, money=MoneySettings(base_fee=0.0, ship=30.0))
    _, returned = team_indicators.of_ads(ads(roi, orders), own, SUNDAY)
    assert returned.aim == (None if aim is None else pytest.approx(aim))


@pytest.mark.parametrize(("bought", "state"), [(45.0, "reached"), (38.0, "close"), (20.0, "missed")])
def test_inquiry_conversion_is_held_against_the_industry(bought: float, state: str) -> None:
    rows = [{"date": SUNDAY, "agent": "木子", "inquiries": 100.0, "converted": bought}]
    frame = of_rows(Service, rows).frame
    own = shop(thresholds=Thresholds(industry_conversion=0.42))
    [found] = team_indicators.of_service(frame, own, SUNDAY)
    assert found.state == state


def test_few_inquiries_or_reviews_make_no_indicator() -> None:
    few = of_rows(Service, [{"date": SUNDAY, "agent": "木子", "inquiries": 19.0, "converted": 1.0}])
    assert team_indicators.of_service(few.frame, shop(), SUNDAY) == []
    assert team_indicators.of_reviews(None, SUNDAY) == []


@pytest.mark.parametrize(("bad", "state"), [(1, "reached"), (5, "close"), (25, "missed")])
def test_the_share_of_bad_reviews_is_held_against_the_weeks_before(bad: int, state: str) -> None:
    def rows(day: int, n: int, k: int) -> list[dict[str, object]]:
        when = SUNDAY - timedelta(days=day)
        return [
            {"review": f"{day}/{i}", "date": when, "stars": 1.0 if i < k else 5.0, "sentiment": ""}
            for i in range(n)
        ]

    frame = of_rows(Reviews, [*rows(0, 50, bad), *rows(10, 100, 5)]).frame
    [found] = team_indicators.of_reviews(frame, SUNDAY)
    assert found.state == state


def post(title: str, day: date, state: str = "posted") -> tuple[date, ContentPost]:
    return day, ContentPost(channel="微淘", title=title, on=day, state=state)


def test_the_posts_of_the_day_are_held_against_those_planned_and_a_shop_that_never_posts_has_no_row() -> None:
    saturday = SUNDAY - timedelta(days=1)
    written = typed(
        post("甲", SUNDAY), post("乙", SUNDAY), post("丙", SUNDAY, "planned"), post("丁", saturday)
    )
    (found,) = team_indicators.of_posts(written, shop(), SUNDAY)
    assert (found.role, found.seen, found.aim, found.state) == ("content", 2.0, 3.0, "missed")
    assert team_indicators.of_posts(typed(), shop(), SUNDAY) == []


@pytest.mark.parametrize(
    ("total", "line", "state"), [(4.8, None, "reached"), (4.7, None, "missed"), (4.7, 4.6, "reached")]
)
def test_the_experience_score_is_held_against_the_next_line(
    total: float, line: float | None, state: str
) -> None:
    (found,) = team_indicators.of_score(typed((SUNDAY, ScoreSeen(total=total, line=line))), shop(), SUNDAY)
    assert found.state == state


@pytest.mark.parametrize(("days", "known"), [(13, True), (14, False)])
def test_a_score_of_more_than_two_weeks_ago_is_none(days: int, *, known: bool) -> None:
    seen = typed((SUNDAY - timedelta(days=days), ScoreSeen(total=4.7)))
    assert bool(team_indicators.of_score(seen, shop(), SUNDAY)) is known


@pytest.mark.parametrize(
    ("row", "seen", "state"),
    [
        (IndicatorRow("cart_rate", 0.08, "design"), 0.08, "reached"),
        (IndicatorRow("cart_rate", 0.09, "design"), 0.08, "missed"),
        (IndicatorRow("bounce_rate", 0.70, "design"), 0.71, "missed"),
        (IndicatorRow("bounce_rate", 0.71, "design"), 0.71, "reached"),
    ],
)
def test_a_row_of_the_shops_own_is_held_against_its_aim(row: IndicatorRow, seen: float, state: str) -> None:
    (found,) = team_indicators.own({row.metric: {SUNDAY: seen}}, shop(indicators=(row,)), SUNDAY)
    assert (found.role, found.seen, found.state) == ("design", seen, state)
