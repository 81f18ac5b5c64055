"""Whatever a young shop, a hole or an odd day brings: an answer in words, never an error, never "nan"."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import Answer
from core.answers.answer_codec import decode_shown, encode
from core.exports.kinds.ads import Ads
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.shop.settings import CalendarDay, Shop
from core.topics.page import page
from core.topics.sales import drivers, target
from core.topics.team import standup, summary
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told, told_by, usual_shop
from tests.topics.team.test_hands_on_and_summary import NINE
from tests.topics.writing import Journal


def every_answer(days: ShopDay, own: Shop) -> list[Answer]:
    empty = (Ads(Ads.empty()), Service(Service.empty()), Reviews(Reviews.empty()), Stock(Stock.empty()))
    items, sources = Items(Items.empty()), Sources(Sources.empty())
    past = Journal(MONDAY).past
    return [
        told(target.reached(days, shop=own, today=MONDAY)),
        told(target.reached(days, sources, *empty, items, shop=own, today=MONDAY)),
        told(drivers.gap(days, shop=own, today=MONDAY)),
        told(drivers.gap(days, sources, items, shop=own, today=MONDAY)),
        told_by(page.health)(days, items, sources, shop=own, today=MONDAY),
        told(standup.agenda(past, days, sources, items, shop=own, today=MONDAY)),
        told(summary.day(past, days, Hours(Hours.empty()), shop=own, today=MONDAY, now=NINE)),
    ]


def check(answer: Answer) -> None:
    said = [answer.verdict.text, *answer.limits, *(one.text for one in answer.findings)]
    assert all(said)
    assert "nan" not in " ".join(said).lower()
    assert "nan" not in str(answer.evidence).lower()
    assert decode_shown(encode(answer)) == answer


@pytest.mark.parametrize("history", [0, 1, 2, 3, 6, 8, 13, 15, 20, 29, 36, 70])
def test_any_length_of_history_is_answered(history: int) -> None:
    days = usual_shop(days=history) if history else ShopDay(ShopDay.empty())
    for answer in every_answer(days, shop()):
        check(answer)


@pytest.mark.parametrize(
    "yesterday",
    [
        {"visitors": 0, "buyers": 0, "gmv": 0},
        {"visitors": 900, "buyers": 0, "gmv": 0},
        {"visitors": 0, "buyers": 3, "gmv": 600},
        {"visitors": 900, "buyers": 2, "gmv": -500},
        {"visitors": None, "buyers": 20, "gmv": 4000},
        {"visitors": 900, "buyers": None, "gmv": 4000},
        {"visitors": 900, "buyers": 20, "gmv": None},
        {"visitors": 9e6, "buyers": 9e5, "gmv": 9e9},
    ],
)
def test_any_kind_of_day_is_answered(yesterday: dict[str, float | None]) -> None:
    for answer in every_answer(usual_shop(changes={SUNDAY: yesterday}), shop()):
        check(answer)


@pytest.mark.parametrize(
    "calendar",
    [
        (CalendarDay(start=SUNDAY, multiplier=0.0, kind="closed"),),
        (CalendarDay(start=SUNDAY, multiplier=None),),
        (CalendarDay(start=SUNDAY, multiplier=8.0),),
        (CalendarDay(start=date(2026, 1, 1), end=date(2026, 12, 31), multiplier=1.4),),
        (CalendarDay(start=date(2026, 6, 1), end=date(2026, 6, 30), multiplier=0.0),),
    ],
)
def test_any_calendar_is_answered(calendar: tuple[CalendarDay, ...]) -> None:
    for answer in every_answer(usual_shop(), shop(calendar=calendar)):
        check(answer)


def test_a_dead_shop_is_answered() -> None:
    rows: list[dict[str, object]] = [
        {"date": SUNDAY - timedelta(days=back), "visitors": 0, "buyers": 0, "gmv": 0} for back in range(70)
    ]
    for answer in every_answer(of_rows(ShopDay, rows), shop()):
        check(answer)


def test_every_figure_constant_is_answered_and_nothing_stands_out() -> None:
    rows: list[dict[str, object]] = [
        {
            "date": SUNDAY - timedelta(days=back),
            "visitors": 1000,
            "buyers": 30,
            "gmv": 6000,
            "bounce_rate": 0.6,
        }
        for back in range(70)
    ]
    answer = told(drivers.gap(of_rows(ShopDay, rows), shop=shop(), today=MONDAY))
    check(answer)
    assert answer.verdict.level == "info"


@pytest.mark.parametrize("june", [0.0, 1.0, 1e9])
def test_any_target_is_answered(june: float) -> None:
    for answer in every_answer(usual_shop(), shop(targets={"2026-06": june})):
        check(answer)
