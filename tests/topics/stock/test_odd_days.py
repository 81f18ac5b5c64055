"""One peak is not a new level: it is left out of the pace and asked about, with both plans until then."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from core.answers.answer import About, Answer
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.shop.settings import CalendarDay, Item, OddDay
from tests.topics.stock.test_stock import counted, cover, found, lead, row, sold
from tests.topics.tables import MONDAY, of_rows

OTHER = Item(id="other", hero=True)


def back(days: int) -> date:
    return MONDAY - timedelta(days=days)


def with_peak(units: float, ago: int = 3, **later: float) -> Items:
    """Ten coats a day for five weeks, and a peak some days ago; ``later`` are units by age, as d2=40."""
    items = sold(coat=10)
    for age, n in {f"d{ago}": units, **later}.items():
        items.frame.loc[items.frame["date"].dt.date == back(int(age[1:])), "units"] = n
    return items


def asked(items: Items, *told: OddDay, orders: Orders | None = None, left: float = 60) -> Answer:
    return cover(counted(coat=left), items, orders, shop=lead(9, OTHER, odd_days=told), today=MONDAY)


def test_a_peak_hardly_moves_the_pace_or_the_order() -> None:
    usual, peak = asked(sold(coat=10)), asked(with_peak(300))
    assert row(peak, "coat")["a_day"] == pytest.approx(row(usual, "coat")["a_day"], rel=0.03)
    assert row(peak, "coat")["quantity"] == pytest.approx(row(usual, "coat")["quantity"], rel=0.05)


def test_a_peak_is_asked_about_with_its_day_and_what_is_usual() -> None:
    (question,) = found(asked(with_peak(300)), "odd_day")
    assert question.text.startswith("coat sold 300 on 12 Jun, usually about 10. Was it a campaign or presale")
    assert (question.level, question.about) == ("info", About(item="coat", day="2026-06-12"))
    (ask,) = question.proposals
    assert ask.text == "Note what happened to coat on 12 Jun (form “What an unusual day was”)"
    assert not found(asked(sold(coat=10)), "odd_day")


@pytest.mark.parametrize(("ago", "questions", "named"), [(7, 1, 0), (8, 0, 1)])
def test_a_day_of_more_than_a_week_ago_is_left_out_and_only_named(
    ago: int, questions: int, named: int
) -> None:
    answer = asked(with_peak(300, ago))
    assert len(found(answer, "odd_day")) == questions
    assert sum("Unusual days left out of the sales pace: coat" in one for one in answer.limits) == named


@pytest.mark.parametrize(("units", "odd"), [(24, 0), (32, 1)])
def test_yesterday_is_odd_from_two_and_a_half_times_the_usual(units: float, odd: int) -> None:
    assert len(found(asked(with_peak(units, 1)), "odd_day")) == odd


def test_both_plans_are_told_while_the_peak_may_be_a_new_level() -> None:
    (order,) = found(asked(with_peak(80, 1)), "order")
    assert "If sales stay as high as on 14 Jun (80 sold), order" in order.text
    (over,) = found(asked(with_peak(80, 3)), "order")
    assert "new level" not in over.text, "the days since sold as usual"
    (stays,) = found(asked(with_peak(80, 2, d1=75)), "order")
    assert "If sales stay as high as on" in stays.text


def test_after_four_further_days_at_the_new_height_it_is_the_level() -> None:
    high = {f"d{n}": 80.0 for n in range(1, 5)}
    answer = asked(with_peak(80, 5, **high), left=300)
    assert not found(answer, "odd_day")
    assert row(answer, "coat")["a_day"] == pytest.approx(80.0, rel=0.1)


def test_what_somebody_said_is_believed() -> None:
    items = with_peak(80, 1)
    for what, a_day in (("order", 10.0), ("campaign", 10.0), ("file", 10.0), ("level", 80.0)):
        answer = asked(items, OddDay(back(1), what, "coat"))  # type: ignore[arg-type]
        assert not found(answer, "odd_day"), what
        assert row(answer, "coat")["a_day"] == pytest.approx(a_day, rel=0.05), what
    others = asked(items, OddDay(back(1), "order", "scarf"))
    assert found(others, "odd_day"), "said of another item"


def test_a_campaign_in_the_calendar_is_not_asked_about() -> None:
    peak = CalendarDay(back(3), multiplier=30.0)
    answer = cover(counted(coat=60), with_peak(300), shop=lead(9, OTHER, calendar=(peak,)), today=MONDAY)
    assert not found(answer, "odd_day")


def orders_of(*units: float, title: str = "coat") -> Orders:
    day = pd.Timestamp(back(3))
    return of_rows(
        Orders,
        [
            {"order": str(n), "date": day, "titles": title, "units": one, "amount": 1.0}
            for n, one in enumerate(units)
        ],
    )


@pytest.mark.parametrize(
    ("orders", "large"),
    [
        (orders_of(120, 60, 20, 20), True),  # 180 of 300
        (orders_of(120, 59, 20, 20), False),
        (orders_of(200, 60, title="scarf"), False),
        (None, False),
    ],
)
def test_two_orders_that_took_most_of_it_are_offered_as_the_answer(
    orders: Orders | None, *, large: bool
) -> None:
    (question,) = found(asked(with_peak(300), orders=orders), "odd_day")
    assert (
        (
            "Two orders made up 60% of these pieces: were they large one-off orders? The "
            "day is left out of the sales pace until you note what it was."
        )
        in question.text
    ) == large
    assert (
        (
            "Was it a campaign or presale day, one large order, a lasting new level, or a "
            "wrong file? The day is left out of the sales pace until you note what it was."
        )
        in question.text
    ) != large


def test_a_demand_that_is_lumpy_by_nature_is_not_asked_about() -> None:
    """Nothing on most days, and forty when it sells."""
    items = sold(coat=10)
    age = (pd.Timestamp(MONDAY) - items.frame["date"]).dt.days
    items.frame["units"] = (age % 5 == 2).astype(float) * 40
    assert not found(asked(items), "odd_day")
