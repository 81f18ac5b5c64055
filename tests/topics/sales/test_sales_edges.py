"""Where a sentence about a day's gap begins and ends: each line tried exactly on it and beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.answers.answer import Impact
from core.language.wording import text
from core.statistics.split import Effects, SourceSplit, Trade
from core.topics.sales.causes import shop_side
from core.topics.sales.traffic import SourceChange, SourceTest
from core.topics.sales.variance import summary
from core.topics.sales.variance.effects import Gap
from core.topics.sales.variance.sources import SourceGap, SourceLine, _line, _since
from tests.topics.sales.test_causes import item_rows, looked, said, stock_rows
from tests.topics.sales.test_driver_findings import USUALLY, item, line, made, of_items, of_sources
from tests.topics.tables import SUNDAY, festival, usual_shop


def back(n: int) -> date:
    return SUNDAY - timedelta(days=n)


def gap(effects: Effects, likely: str = "likely", **known: Any) -> Gap:
    """A usual day of 6,112 yuan with these effects, each judged likely."""
    found, _ = made(effects, likely, sold=known.pop("sold", USUALLY + effects.total))
    return replace(found, **known)


def of(*lines: SourceLine, worth: float = 61.0) -> SourceGap:
    day, _ = made(Effects(0.0, 0.0, 0.0))
    return SourceGap(lines, SourceSplit({}, 0.0, 0.0, ()), SourceTest({}, None, 1.0), day.usual, worth)


def sentence(found: Gap, sources: SourceGap | None = None) -> tuple[str, str]:
    told = summary.verdict(found, sources)
    return told.level, text(told.text).replace("−", "-")


LESS = Effects(-2000.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("lost", "end"),
    [
        (-1000.0, "likely Visitors (-¥2,000), most of it from 手淘推荐."),
        (-999.0, "likely Visitors (-¥2,000)."),
        (1500.0, "likely Visitors (-¥2,000)."),
    ],
)
def test_a_source_stands_in_the_sentence_from_half_of_the_effect(lost: float, end: str) -> None:
    assert sentence(gap(LESS), of(line(lost=lost)))[1].endswith(end)


def test_without_a_source_that_moved_none_stands_in_the_sentence() -> None:
    assert sentence(gap(LESS), of())[1].endswith(": likely Visitors (-¥2,000).")
    assert sentence(gap(LESS), of(line(lost=-1500.0, q=0.2)))[1].endswith(": likely Visitors (-¥2,000).")
    assert sentence(gap(LESS))[1].endswith(": likely Visitors (-¥2,000).")
    other = gap(Effects(0.0, -2000.0, 0.0))
    assert sentence(other, of(line(lost=-1500.0)))[1].endswith(": likely Conversion (-¥2,000).")


def test_the_largest_effect_the_way_of_the_gap_is_the_cause() -> None:
    both = gap(Effects(-900.0, -1500.0, 400.0))
    assert sentence(both)[1].endswith("likely Conversion (-¥1,500).")
    more = gap(Effects(2000.0, -100.0, 0.0))
    assert sentence(more) == (
        "good", "Yesterday ¥8,012, ¥1,900 above a usual day: likely Visitors (+¥2,000)."
    )  # fmt: skip


@pytest.mark.parametrize(("share", "hidden"), [(0.1, True), (0.0999, False)])
def test_a_usual_sum_hides_a_tenth_of_the_usual_sales(share: float, *, hidden: bool) -> None:
    day = gap(Effects(0.0, 0.0, 0.0))
    loss = -share * day.usually
    found = replace(day, effects=Effects(loss, -loss, 0.0), said={**day.said, "visitors": "likely"})
    level, told = sentence(found)
    assert level == ("watch" if hidden else "info")
    assert ("but Visitors cost" in told) == hidden


def test_a_usual_sum_may_hide_a_source_that_stopped() -> None:
    day = gap(Effects(0.0, 0.0, 0.0))
    stopped = line(lost=-61.0, since=back(2))
    assert sentence(day, of(stopped))[1].endswith("; within the usual range, but 手淘推荐 stopped on 12 Jun.")
    for quiet in (line(lost=-60.0, since=back(2)), line(lost=-61.0), line(lost=-61.0, since=back(2), q=0.2)):
        assert sentence(day, of(quiet))[1].endswith("; within the usual range, nothing to do.")


@pytest.mark.parametrize(
    ("known", "against"),
    [
        ({}, "¥2,000 below a usual day:"),
        ({"dip": festival(date(2026, 6, 10))}, "¥2,000 below a usual day after 618:"),
        ({"multiplier": 1.2}, "¥2,000 below what the calendar expects:"),
        ({"shape_known": False}, "¥2,000 below a usual day, which it was not:"),
    ],
)
def test_what_a_day_is_held_against(known: dict[str, Any], against: str) -> None:
    assert against in sentence(gap(LESS, **known))[1]


@pytest.mark.parametrize(
    ("known", "level"),
    [
        ({}, "act"),
        ({"shape_known": False}, "watch"),
        ({"dip": festival(date(2026, 6, 10))}, "watch"),
        ({"dip": festival(date(2026, 6, 10)), "multiplier": 0.9}, "act"),
    ],
)
def test_a_day_no_one_can_size_is_watched(known: dict[str, Any], level: str) -> None:
    assert sentence(gap(LESS, **known))[0] == level


def test_beyond_the_swing_without_a_cause() -> None:
    less = gap(LESS, "possible")
    assert sentence(less) == (
        "watch",
        (
            "Yesterday ¥4,112, ¥2,000 below a usual day: outside the usual range, "
            "but no single factor stands out."
        ),
    )
    assert sentence(gap(Effects(2000.0, 0.0, 0.0), "possible"))[0] == "good"
    campaign = gap(LESS, "usual", shape_known=False)
    assert sentence(campaign)[0] == "watch"
    assert sentence(campaign)[1].endswith("a campaign day, judged by its sales only.")


# ---- sources and items


def test_only_a_source_that_rose_and_brought_something_is_praised() -> None:
    assert [one.level for one in of_sources(line(lost=500.0, z=5.0))] == ["good"]
    assert of_sources(line(lost=-500.0, z=5.0)) == []
    fell = of_sources(line(lost=500.0, z=-5.0))
    assert [(one.level, one.impact) for one in fell] == [("watch", None)]


CHANGE = SourceChange("tested", 10.0, 100.0, -9.0, 0.001, 0.01)


def days(*visitors: float | None) -> dict[date, Trade]:
    """Visitors of the days before Sunday, the nearest last; None: not in the export."""
    return {
        back(len(visitors) - n): Trade(one, 0.0, 0.0) for n, one in enumerate(visitors) if one is not None
    }


@pytest.mark.parametrize(
    ("own", "today", "since"),
    [
        (days(100.0, 100.0), 10.0, SUNDAY),
        (days(100.0, 19.9, 5.0), 10.0, back(2)),
        (days(100.0, 20.0, 5.0), 10.0, back(1)),
        (days(5.0, None, 5.0), 10.0, back(1)),
        ({}, 10.0, SUNDAY),
        (days(100.0, 5.0), 20.0, None),
        (days(100.0, 5.0), 19.9, back(1)),
    ],
)
def test_a_stop_goes_back_to_its_first_day_under_a_fifth(
    own: dict[date, Trade], today: float, since: date | None
) -> None:
    """100 a day are usual."""
    assert _since(own, CHANGE._replace(today=today), SUNDAY) == since
    assert _since(own, CHANGE._replace(today=today, mean=None), SUNDAY) is None


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("直通车", "ads_keyword"), ("关键词推广", "ads_keyword"), ("引力魔方", "ads_crowd"),
        ("超级推荐", "ads_crowd"), ("全站推广", "ads_whole"), ("智能场景", "ads_scene"),
        ("淘宝客", "taoke_fee"), ("手淘搜索", ""),
    ],
)  # fmt: skip
def test_what_a_source_cost_stands_in_its_own_column(name: str, column: str) -> None:
    """50 yuan for ten visitors."""
    frame = usual_shop(days=3, changes={SUNDAY: {column: 50.0} if column else {}}).frame
    one = _line(name, CHANGE, SourceSplit({}, 0.0, 0.0, ()), {}, frame, SUNDAY)
    assert (one.spent, one.cost.value) == ((50.0, 5.0) if column else (None, None))
    assert (one.visitors, one.usual, one.yuan, one.lost) == (10.0, 100.0, 0.0, 0.0)


def test_an_item_that_only_changed_its_mix_costs_nothing() -> None:
    assert of_items(item("1", Effects(900.0, -900.0, 0.0), swing=-1.0)) == []
    (fell,) = of_items(item("1", Effects(-900.0, 0.0, 0.0)))
    assert fell.impact == Impact(900.0, "once")


# ---- empty items


@pytest.mark.parametrize(("gmv", "hurt"), [(30.0, True), (29.9, False)])
def test_empty_items_hurt_from_exactly_three_percent(gmv: float, *, hurt: bool) -> None:
    stock = stock_rows(i1=0.0, i2=9000.0)
    found = shop_side.stock(looked(stock=stock, items=item_rows(i1=gmv, i2=1000.0 - gmv)))
    assert (found.state == "hurt") == hurt


def test_empty_items_of_a_shop_without_sales_are_no_cause() -> None:
    found = shop_side.stock(looked(stock=stock_rows(i1=0.0), items=item_rows(i1=0.0)))
    assert said(found)[1:] == ("usual", "nothing that sells is empty.")


def test_three_empty_items_are_named_the_largest_first() -> None:
    stock = stock_rows(i1=0.0, i2=0.0, i3=0.0, i4=0.0, i5=9000.0)
    items = item_rows(i1=100.0, i2=400.0, i3=300.0, i4=200.0, i5=1000.0)
    found = shop_side.stock(looked(stock=stock, items=items))
    assert said(found)[2] == "款2, 款3, 款4 empty; they carried 50% of sales in 14 days."
    assert found.weight == pytest.approx(3 + 5)


def test_an_item_that_is_gone_and_never_sold_costs_nothing() -> None:
    (gone,) = of_items(replace(item("1", Effects(0.0, 0.0, 0.0)), state="gone"))
    assert (gone.level, gone.impact) == ("act", None)
