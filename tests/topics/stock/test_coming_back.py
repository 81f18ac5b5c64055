"""Returned pieces come back: worked examples, what is ordered with them, and how it is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures.order_value import RefundShares, ShopRefunds
from core.shop.settings import MoneySettings
from core.statistics.demand import Demand, mean_days, total
from core.statistics.returning_goods import ReturningGoods, returning
from core.topics.stock import reorder, stock
from core.topics.stock.coming_back import resale
from tests.topics.stock.test_stock import counted, lead, row, sold
from tests.topics.tables import MONDAY, shop, told_by

EXAMPLES = {
    one["name"]: (one["input"], one["expected"])
    for one in json.loads(
        (Path(__file__).parents[2] / "statistics" / "money_examples.json").read_text(encoding="utf-8")
    )
}
HALF = ShopRefunds(RefundShares(0.22, 0.33), {}, "list", 60, 900)
"""Women's wear: 55 % of the orders are refunded, most of them after dispatch."""
cover = told_by(stock.cover)


def certain(a_day: float, back: ReturningGoods | None = None) -> Demand:
    """Return a demand that scatters as chance does and whose mean is known."""
    return Demand(a_day, 1.0, 28, 1e18, None, returning=back)


@pytest.mark.parametrize("name", ["stock.returns_come_back", "stock.same_without_returns"])
def test_what_comes_back_is_not_ordered_again(name: str) -> None:
    """20 a day, 70 in stock and 40 on order: 100 pieces with the returns, 303 without."""
    given_, expected = EXAMPLES[name]
    horizon = given_["L"] + given_["Rv"]
    back = ReturningGoods(given_["u"], given_["v"] * given_["res"], given_["tau"], (given_["back_known"],))
    whole = total(certain(given_["D"], back), [1.0] * horizon)
    point = reorder.reorder_point(whole)
    assert horizon == expected["horizon"]
    assert whole.net == pytest.approx(expected["mean"], abs=1e-6)
    assert whole.net + given_["z"] * point.lead_sd == pytest.approx(expected["level"], abs=1e-5)
    ordered = reorder.order_quantity(given_["onhand"] + given_["onorder"], point, whole.net)
    assert ordered == pytest.approx(expected["order"], abs=1), "a count instead of a bell curve"


def test_pieces_that_come_back_after_the_season_count_as_gone() -> None:
    """1,000 sold over five return times: four fifths of the returns are back in time."""
    given_, expected = EXAMPLES["stock.season_end_single"]
    back = ReturningGoods(given_["u"], given_["v"] * given_["res"], 14)
    needed = total(certain(given_["paid_expected"] / 70, back), [1.0] * 70).net
    assert given_["turns_back_in_season"] == 56 / 70
    assert needed == pytest.approx(expected["kept_units"], abs=1e-4)
    found = reorder.season_order(given_["paid_expected"], given_["sd"], needed, given_["quantile"])
    assert found.quantity == pytest.approx(expected["order"], abs=1e-3)


def test_parcels_of_the_last_days_come_back_on_their_days() -> None:
    """Five sold yesterday, ten four days ago; a return takes four days: ten of them are due today."""
    found = returning(0.1, 0.5, 0.8, 4, {1: 5.0, 4: 10.0, 5: 99.0})
    assert found.known == pytest.approx((4.0, 0.0, 2.0, 0.0))
    assert found.back == pytest.approx(0.4)


@given(st.floats(0.5, 30), st.floats(0, 0.4), st.floats(0, 0.4), st.integers(1, 40), st.floats(0, 300))
def test_returns_never_shorten_the_cover_nor_raise_the_need(
    a_day: float, before: float, after: float, days: int, held: float
) -> None:
    plain = certain(a_day)
    with_back = certain(a_day, returning(before, after, 0.95, 14, dict.fromkeys(range(1, 15), a_day)))
    ahead = [1.0] * 300
    assert total(with_back, ahead[:days]).net <= total(plain, ahead[:days]).net + 1e-9
    long, short = mean_days(with_back, held, ahead), mean_days(plain, held, ahead)
    assert long is None or (short is not None and long >= short - 1e-9)


def test_without_any_refund_nothing_changes() -> None:
    none = certain(7.0, returning(0.0, 0.0, 0.95, 14, {1: 7.0}))
    assert total(none, [1.0] * 19) == total(certain(7.0), [1.0] * 19)


@pytest.mark.parametrize(("loss", "share"), [(None, 0.95), (0.03, 0.97), (0.0, 1.0)])
def test_what_is_lost_on_a_returned_piece_is_set_once(loss: float | None, share: float) -> None:
    assert resale(shop(money=MoneySettings(resale_loss=loss))) == pytest.approx(share)


def quantity(refunds: ShopRefunds | None) -> float:
    answer = cover(counted(coat=60), sold(coat=10), refunds=refunds, shop=lead(9), today=MONDAY)
    (order,) = [one for one in answer.findings if one.key.startswith("stock/order")]
    asked = order.proposals[0].quantity
    assert asked is not None
    return asked


def test_the_order_counts_returns_and_says_with_which_share() -> None:
    answer = cover(counted(coat=60), sold(coat=10), refunds=HALF, shop=lead(9), today=MONDAY)
    (order,) = [one for one in answer.findings if one.key.startswith("stock/order")]
    assert "returned pieces are expected back for sale and are counted (33% of the orders" in order.text
    assert "95% of them fit for sale again)" in order.text
    assert any(limit.startswith("Returns count as stock: 22% of orders") for limit in answer.limits)
    assert quantity(HALF) < 0.5 * quantity(None)


@pytest.mark.parametrize("basis", ["typed", "rough", "short"])
def test_without_a_refund_list_of_four_weeks_nothing_changes(basis: str) -> None:
    typed = replace(HALF, basis=basis)  # type: ignore[arg-type]  # one of them
    given_ = {"shop": lead(9), "today": MONDAY}
    before = cover(counted(coat=60), sold(coat=10), **given_)  # type: ignore[arg-type]
    assert cover(counted(coat=60), sold(coat=10), refunds=typed, **given_) == before  # type: ignore[arg-type]


def test_an_item_returned_more_often_is_ordered_less() -> None:
    own = {"coat": RefundShares(0.1, 0.1), "scarf": RefundShares(0.3, 0.4)}
    answer = cover(
        counted(coat=60, scarf=60), sold(coat=10, scarf=10), refunds=replace(HALF, by_item=own),
        shop=lead(9), today=MONDAY,
    )  # fmt: skip
    asked = {one.about.item: one.proposals[0].quantity or 0 for one in answer.findings if one.proposals}
    assert asked.get("scarf", 0) < asked["coat"]


def test_what_is_refunded_without_a_return_is_ordered_again() -> None:
    """Of the parcels refunded after dispatch two in five stay with the buyers."""
    answer = cover(
        counted(coat=60), sold(coat=10), refunds=replace(HALF, returned=0.6), shop=lead(9), today=MONDAY
    )
    (order,) = [one for one in answer.findings if one.key.startswith("stock/order")]
    assert "counted (20% of the orders are returned" in order.text
    assert (order.proposals[0].quantity or 0) > quantity(HALF)


def test_days_that_are_not_imported_are_taken_as_usual_ones() -> None:
    """Six of the last fourteen days are missing: their parcels come back all the same."""
    whole = sold(coat=10)
    frame = whole.frame
    late = type(whole)(frame[frame["date"].dt.date < MONDAY - timedelta(days=6)])
    answers = [
        cover(counted(MONDAY - timedelta(days=1), coat=60), items, refunds=HALF, shop=lead(9), today=MONDAY)
        for items in (whole, late)
    ]
    backs = [
        next(one.text.split(" returned pieces")[0].rsplit(" ", 1)[-1] for one in answer.findings
             if "returned pieces" in one.text)
        for answer in answers
    ]  # fmt: skip
    assert abs(int(backs[0]) - int(backs[1])) <= 3


def test_expected_sales_are_those_paid_for_whatever_comes_back() -> None:
    answers = [
        cover(counted(coat=60), sold(coat=10), refunds=one, shop=lead(9), today=MONDAY)
        for one in (None, HALF)
    ]
    plain, with_back = (row(answer, "coat") for answer in answers)
    assert with_back["a_day"] == pytest.approx(plain["a_day"], abs=0.2)
    assert float(str(with_back["cover"])) > 1.3 * float(str(plain["cover"]))


def lived(seed: int, *, counts: bool) -> tuple[float, float]:
    """Return the mean stock and the share of demand unmet over 400 days of ordering every week.

    20 pieces a day are asked for, 22 % never leave, 33 % come back 14 days later; an order takes 12 days.
    """
    chance = np.random.default_rng(seed)
    on_hand, back_on = 260.0, dict.fromkeys(range(440), 0.0)
    coming: dict[int, float] = {}
    sold: list[float] = []
    held, unmet, asked = [], 0.0, 0.0
    for day in range(400):
        on_hand += coming.pop(day, 0.0) + back_on[day]
        if day % 7 == 0:
            known = {age: sold[-age] for age in range(1, min(14, len(sold)) + 1)}
            own = returning(0.22, 0.33, 0.95, 14, known) if counts else None
            whole = total(certain(20.0, own), [1.0] * 19)
            point = reorder.reorder_point(whole)
            coming[day + 12] = float(reorder.order_quantity(on_hand + sum(coming.values()), point, whole.net))
        wanted = float(chance.poisson(20.0))
        leaving = float(chance.binomial(int(wanted), 0.78))
        served = min(on_hand, leaving)
        on_hand -= served
        back_on[day + 14] = float(chance.binomial(round(served), 0.33 * 0.95 / 0.78))
        sold.append(wanted)
        if day >= 60:
            held.append(on_hand)
            asked, unmet = asked + leaving, unmet + leaving - served
    return float(np.mean(held)), unmet / asked


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counting_returns_halves_the_stock_and_still_serves(seed: int) -> None:
    """Ordering on paid demand about 255 pieces lie there, with returns about 55; hardly any is missed."""
    plain, _ = lived(seed, counts=False)
    lean, missed = lived(seed, counts=True)
    assert plain > 220
    assert lean < 0.55 * plain
    assert missed < 0.01
