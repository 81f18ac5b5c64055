"""An item that comes back broken is not ordered again as it is, whatever its cover."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.answers.answer import Answer
from core.answers.incidents import Incidents
from core.exports.kinds.reviews import Reviews
from core.shop.settings import Item
from core.topics.stock import stock
from core.topics.stock.cover import lines
from core.topics.stock.orders import urgency
from tests.topics.tables import MONDAY, shop, told_by
from tests.topics.team.test_advice import items, left, reviews, sent_back

DRESS = shop(margin=0.35, items=(Item(id="d1", name="Dress", hero=True, lead_days=9),))


def cover(units: float, told: Reviews | None = None, changed: Incidents | None = None) -> Answer:
    return told_by(stock.cover)(left(units), items(), reviews=told, changed=changed, shop=DRESS, today=MONDAY)


def kinds(answer: Answer) -> list[tuple[str, str]]:
    return [(one.kind, one.level) for one in answer.findings if one.kind in ("order", "faulty")]


def test_an_item_with_more_bad_reviews_is_ordered_only_once_the_cause_is_settled() -> None:
    assert kinds(cover(100, reviews(0))) == [("order", "act")]
    answer = cover(100, reviews(7))
    assert kinds(answer) == [("faulty", "watch")]
    (held,) = [one for one in answer.findings if one.kind == "faulty"]
    assert "its bad reviews are increasing: settle the cause with the supplier" in held.text
    assert [one.deed for one in held.proposals] == [""]
    assert (answer.verdict.level, answer.verdict.text) == ("watch", held.text)


def test_more_refunds_for_a_fault_hold_the_order_too() -> None:
    held = [one for one in cover(100, changed=sent_back(25)).findings if one.kind == "faulty"]
    assert ["its refunds are increasing" in one.text for one in held] == [True]
    assert kinds(cover(100, changed=sent_back(2))) == [("order", "act")]


def test_a_faulty_item_with_enough_in_stock_is_not_mentioned() -> None:
    assert kinds(cover(1500, reviews(7))) == []


@pytest.mark.parametrize(("chance", "level"), [(0.01, "watch"), (0.03, "act")])
def test_a_best_seller_is_urgent_once_it_may_sell_out_more_often_than_its_service_level_allows(
    chance: float, level: str
) -> None:
    found, _ = lines(left(100).frame, items().frame, DRESS, MONDAY, ("d1",))
    dress = next(line for line in found if line.shelf.item == "d1")
    assert urgency(replace(dress, chance=chance), DRESS, 1000.0) == level
