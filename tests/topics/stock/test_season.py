"""Whether goods find their season: only clear misses count."""

from datetime import date

import pytest

from core.topics.stock.season import out_of_season


@pytest.mark.parametrize(
    ("title", "over", "coming"),
    [
        ("春季风衣", date(2026, 7, 1), date(2026, 6, 30)),
        ("夏季连衣裙", date(2026, 10, 1), date(2026, 9, 30)),
        ("冬季羽绒服", date(2026, 4, 1), date(2026, 3, 31)),
    ],
)
def test_a_season_is_over_on_the_first_of_a_month(title: str, over: date, coming: date) -> None:
    assert (out_of_season(title, over), out_of_season(title, coming)) == (title[0], "")


@pytest.mark.parametrize(
    ("title", "early", "in_time"),
    [
        ("春季风衣", date(2026, 11, 30), date(2026, 12, 2)),
        ("夏季连衣裙", date(2026, 1, 29), date(2026, 1, 31)),
        ("秋季卫衣", date(2026, 5, 31), date(2026, 6, 1)),
        ("冬季羽绒服", date(2026, 8, 1), date(2026, 8, 2)),
    ],
)
def test_a_month_before_its_season_is_in_time(title: str, early: date, in_time: date) -> None:
    assert (out_of_season(title, early), out_of_season(title, in_time)) == (title[0], "")


@pytest.mark.parametrize("title", ["风衣", "四季风衣", "春夏秋冬风衣", "春夏 秋冬 风衣", "春夏四季款"])
def test_what_is_sold_all_year_is_never_out_of_season(title: str) -> None:
    assert [out_of_season(title, date(2026, month, 15)) for month in range(1, 13)] == [""] * 12


@pytest.mark.parametrize(
    ("title", "open_in"),
    [
        ("春", {12, 1, 2, 3, 4, 5, 6}),
        ("夏", {2, 3, 4, 5, 6, 7, 8, 9}),
        ("秋", {6, 7, 8, 9, 10, 11, 12}),
        ("冬", {8, 9, 10, 11, 12, 1, 2, 3}),
        ("春夏", {12, 1, 2, 3, 4, 5, 6, 7, 8, 9}),
    ],
)
def test_the_months_in_which_goods_of_a_season_may_arrive(title: str, open_in: set[int]) -> None:
    """In the middle of a month, those that come up in thirty days count too."""
    found = {month: out_of_season(title, date(2026, month, 15)) for month in range(1, 13)}
    assert {month for month, said in found.items() if not said} == open_in
    assert {said for said in found.values() if said} == {"/".join(title)}
