"""Which days a day is held against, and when a figure has really moved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.exports.kinds.sources import Sources
from core.measures import baseline
from core.measures.source_names import is_paid, source_name
from tests.topics.tables import SUNDAY, festival, sheet, shop


def days_before(day: date, weeks: int = 10) -> list[date]:
    return [day - timedelta(days=back) for back in range(weeks * 7 + 1)]


def test_a_day_is_held_against_the_last_four_of_its_weekday() -> None:
    usual = baseline.usual_days(days_before(SUNDAY), SUNDAY, shop())
    assert [day.isoformat() for day in usual.days] == ["2026-06-07", "2026-05-31", "2026-05-24", "2026-05-17"]
    assert usual.kind == "weekday"
    assert usual.left_out == ()


def test_campaign_days_are_left_out_and_named() -> None:
    calendar = (festival(date(2026, 5, 31), multiplier=1.3),)
    usual = baseline.usual_days(days_before(SUNDAY), SUNDAY, shop(calendar=calendar))
    assert date(2026, 5, 31) not in usual.days
    assert usual.left_out == (date(2026, 5, 31),)
    assert len(usual.days) == 4


def test_a_calendar_day_of_unknown_size_is_left_out_too() -> None:
    calendar = (festival(date(2026, 6, 7), multiplier=None),)
    assert (
        date(2026, 6, 7) in baseline.usual_days(days_before(SUNDAY), SUNDAY, shop(calendar=calendar)).left_out
    )


def test_the_week_after_a_big_campaign_is_not_usual() -> None:
    with_campaign = shop(calendar=(festival(date(2026, 6, 3), multiplier=3.0),))
    usual = baseline.usual_days(days_before(SUNDAY), SUNDAY, with_campaign)
    assert usual.left_out == (date(2026, 6, 7),)


def test_a_campaign_in_the_shadow_of_another_is_no_dip() -> None:
    two = shop(
        calendar=(festival(date(2026, 6, 3), multiplier=3.0), festival(date(2026, 6, 5), multiplier=1.2))
    )
    assert baseline.dip_after(two, date(2026, 6, 5)) is None
    assert baseline.dip_after(two, date(2026, 6, 6)) is not None
    assert not baseline.shape_known(two, date(2026, 6, 5))
    assert baseline.shape_known(two, date(2026, 6, 6))


def test_a_small_campaign_leaves_no_shadow() -> None:
    small = shop(calendar=(festival(date(2026, 6, 3), multiplier=1.2),))
    assert date(2026, 6, 7) in baseline.usual_days(days_before(SUNDAY), SUNDAY, small).days


def test_a_calendar_day_as_large_as_usual_stays() -> None:
    worked = shop(calendar=(festival(date(2026, 6, 7), multiplier=1.0),))
    assert date(2026, 6, 7) in baseline.usual_days(days_before(SUNDAY), SUNDAY, worked).days


def test_a_missing_weekday_is_not_made_up() -> None:
    known = [day for day in days_before(SUNDAY) if day != date(2026, 6, 7)]
    assert baseline.usual_days(known, SUNDAY, shop()).days[0] == date(2026, 5, 31)


def test_a_young_shop_is_held_against_its_other_weekend_days() -> None:
    usual = baseline.usual_days(days_before(SUNDAY, weeks=1), SUNDAY, shop())
    assert usual.kind == "class"
    assert usual.days == (date(2026, 6, 13), date(2026, 6, 7))


def test_the_first_day_has_nothing_to_be_held_against() -> None:
    usual = baseline.usual_days([SUNDAY], SUNDAY, shop())
    assert usual.kind == "none"
    assert usual.days == ()


def figures(today: float, *, wobble: float = 0.05) -> dict[date, float]:
    values = {day: 100.0 * (1 + wobble * (day.day % 5 - 2) / 2) for day in days_before(SUNDAY)}
    return values | {SUNDAY: today}


def test_the_usual_swing_is_no_move() -> None:
    found = baseline.standing(figures(96.0), SUNDAY, shop())
    assert found is not None
    assert found.moved == ""
    assert found.low < 96.0 < found.high


@pytest.mark.parametrize(("today", "moved"), [(50.0, "down"), (150.0, "up")])
def test_a_figure_far_outside_has_moved(today: float, moved: str) -> None:
    found = baseline.standing(figures(today), SUNDAY, shop())
    assert found is not None
    assert found.moved == moved


def test_a_constant_figure_is_never_called_moved() -> None:
    found = baseline.standing(figures(101.0, wobble=0.0), SUNDAY, shop())
    assert found is not None
    assert found.moved == ""


def test_a_very_stable_figure_does_not_move_by_a_trifle() -> None:
    found = baseline.standing(figures(103.0, wobble=0.002), SUNDAY, shop())
    assert found is not None
    assert found.value > found.high
    assert found.moved == ""


def test_the_calendar_size_is_allowed_for() -> None:
    found = baseline.standing(figures(76.0), SUNDAY, shop(), expected=0.76)
    assert found is not None
    assert found.moved == ""


def test_an_unknown_day_has_no_standing() -> None:
    values = figures(100.0)
    del values[SUNDAY]
    assert baseline.standing(values, SUNDAY, shop()) is None


def test_a_short_history_has_no_standing() -> None:
    short = {day: 100.0 + day.day for day in days_before(SUNDAY, weeks=1)}
    assert baseline.standing(short, SUNDAY, shop()) is None


def test_a_zero_is_a_figure() -> None:
    found = baseline.standing(figures(0.0), SUNDAY, shop())
    assert found is not None
    assert (found.value, found.moved) == (0.0, "down")


TREE = """
date        carrier   level1    level2              level3      level4  visitors  buyers  gmv   subtotal
2026-06-14  全店流量  平台流量  .                   .           .       900       30      6000  1
2026-06-14  全店流量  平台流量  手淘搜索            .           .       600       20      4000  .
2026-06-14  全店流量  平台流量  手淘推荐            .           .       400       10      2000  1
2026-06-14  全店流量  平台流量  手淘推荐            猜你喜欢    .       300       8       1600  .
2026-06-14  全店流量  平台流量  手淘推荐            购中推荐    .       120       2       400   .
2026-06-14  全店流量  付费推广  关键词推广(原直通车) .          .       200       6       1100  .
2026-06-14  直播      平台流量  手淘搜索            .           .       50        2       300   .
2026-06-13  .         淘内免费  手淘搜索            .           .       580       19      3900  .
2026-06-13  .         淘内免费  短视频              推荐        .       90        1       150   .
"""


def test_every_visit_is_counted_once() -> None:
    found = baseline.source_days(sheet(Sources, TREE).frame, shop())
    sunday = found[found["date"] == "2026-06-14"].set_index("source")["visitors"].to_dict()
    assert sunday == {"手淘搜索": 600.0, "手淘推荐": 400.0, "关键词推广": 200.0}


def test_older_layouts_without_a_carrier_stay() -> None:
    found = baseline.source_days(sheet(Sources, TREE).frame, shop())
    saturday = found[found["date"] == "2026-06-13"].set_index("source")["visitors"].to_dict()
    assert saturday == {"手淘搜索": 580.0, "短视频": 90.0}


def test_a_renamed_source_goes_by_the_shops_name() -> None:
    assert source_name("直通车", shop(source_names={"直通车": "关键词推广"})) == "关键词推广"
    assert source_name("精准人群推广(原引力魔方)") == "精准人群推广"


@pytest.mark.parametrize("name", ["关键词推广", "引力魔方", "全站推广"])
def test_bought_sources_are_known(name: str) -> None:
    assert is_paid(name)
    assert not is_paid("手淘搜索")
