"""No step advises against another: nothing sends more buyers to what runs out or what they complain of."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.answers.answer import Answer, Finding, Proposal, Verdict
from core.answers.incidents import Incidents
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.stock import Stock
from core.records.records import Records
from core.records.team import PromotionPlan
from core.shop.settings import Item
from core.topics.ads import paid, promotion
from core.topics.incidents import incidents
from core.topics.reviews.worsening import faults, worsening
from core.topics.stock import stock
from core.topics.team import hands_on
from core.topics.titles import optimise
from tests.topics.ads.test_paid import EARNS, STEADY, bought
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told, told_by, usual_shop
from tests.topics.writing import ZONE, Journal

CHEAP = bought(*STEADY, ("法式连衣裙", 400, 18, 0.80))
"""One word of the dress d1 that is worth more than it costs."""


def items(units: float = 20.0, days: int = 70, visitors: float = 600.0) -> Items:
    """The dress d1 and the skirt d2, selling the same every day."""
    return of_rows(
        Items,
        [
            {
                "date": SUNDAY - timedelta(days=back),
                "item": item,
                "title": title,
                "visitors": visitors,
                "buyers": units,
                "units": units,
                "gmv": units * 200,
                "search_visitors": visitors / 3,
            }
            for back in range(days)
            for item, title in (("d1", "连衣裙"), ("d2", "半身裙"))
        ],
    )


def reviews(bad: int, good: int = 9) -> Reviews:
    """A good review of the dress every day for nine weeks; of the last week also so many bad ones."""
    rows = [
        {
            "review": f"g{back}",
            "date": SUNDAY - timedelta(days=back),
            "item": "d1",
            "stars": 5.0,
            "text": "好看",
        }
        for back in range(70)
    ]
    rows += [
        {
            "review": f"x{n}",
            "date": SUNDAY - timedelta(days=n % 7),
            "item": "d1",
            "stars": 5.0,
            "text": "不错",
        }
        for n in range(good)
    ]
    rows += [
        {
            "review": f"b{n}",
            "date": SUNDAY - timedelta(days=n % 7),
            "item": "d1",
            "stars": 1.0,
            "text": "开线",
        }
        for n in range(bad)
    ]
    return of_rows(Reviews, rows)


def refunds(faults: int) -> Refunds:
    """Two refunds a week for a fault, over ten weeks; in the last week so many."""
    rows = [
        {
            "refund": f"r{week}-{n}",
            "date": SUNDAY - timedelta(days=7 * week + n),
            "item": "d1",
            "reason": "质量问题",
            "amount": 99.0,
        }
        for week in range(1, 10)
        for n in range(2)
    ]
    rows += [
        {
            "refund": f"n{n}",
            "date": SUNDAY - timedelta(days=n % 7),
            "item": "d1",
            "reason": "质量问题",
            "amount": 99.0,
        }
        for n in range(faults)
    ]
    return of_rows(Refunds, rows)


def left(units: float) -> Stock:
    return of_rows(
        Stock,
        [
            {"date": SUNDAY, "item": item, "title": title, "sku": f"{item}s", "price": 200.0, "on_hand": n}
            for item, title, n in (("d1", "连衣裙", units), ("d2", "半身裙", 2000.0))
        ],
    )


def asked(answer: Answer, start: str) -> list[str]:
    return [one.text for found in answer.findings if found.key.startswith(start) for one in found.proposals]


def keys(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings]


# ---- what counts as worse


def sent_back(faults: int) -> Incidents:
    """Return the morning's incidents with so many refunds for a fault in the last week."""
    return Incidents(incidents.morning(None, items(), refunds=refunds(faults), shop=EARNS, today=MONDAY))


def test_a_usual_week_of_reviews_and_refunds_holds_nothing() -> None:
    assert worsening(reviews(0).frame, items().frame, shop(), MONDAY) == set()
    assert faults(None, None, sent_back(2), EARNS, MONDAY) == {}


def test_bad_reviews_beyond_chance_hold_the_item() -> None:
    assert worsening(reviews(7).frame, items().frame, shop(), MONDAY) == {"d1"}


def test_refunds_beyond_chance_hold_the_item() -> None:
    assert faults(None, None, sent_back(25), EARNS, MONDAY) == {"d1": "refunds"}


# ---- paid


def test_a_word_worth_more_is_raised_while_buyers_are_pleased() -> None:
    answer = told(
        paid.words(CHEAP, items(), reviews=reviews(0), changed=sent_back(2), shop=EARNS, today=MONDAY)
    )
    assert asked(answer, "paid/raise/d1")


def test_no_word_is_raised_for_what_buyers_complain_about() -> None:
    for answer in (
        told(paid.words(CHEAP, items(), reviews=reviews(7), shop=EARNS, today=MONDAY)),
        told(paid.words(CHEAP, items(), changed=sent_back(25), shop=EARNS, today=MONDAY)),
    ):
        assert not any(key.startswith("paid/raise/d1") for key in keys(answer))
        assert "paid/worse/d1" in keys(answer)


def test_what_stock_wants_slowed_is_not_raised_the_same_morning() -> None:
    lead = shop(margin=0.35, items=(Item(id="d1", name="连衣裙", hero=True, lead_days=9),))
    for units in range(60, 260, 10):
        goods = told_by(stock.cover)(left(units), items(), shop=lead, today=MONDAY)
        slowed = any(one.role == "promotion" for found in goods.findings for one in found.proposals)
        answer = told(paid.words(CHEAP, items(), stock=left(units), shop=lead, today=MONDAY))
        assert not (slowed and asked(answer, "paid/raise/d1")), units


# ---- promotion, titles


def test_an_item_with_complaints_is_no_next_hero_and_gets_no_new_title_word() -> None:
    answer = told(optimise.titles(items(), reviews=reviews(7), shop=EARNS, today=MONDAY))
    assert not asked(answer, "optimise/title/d1")
    assert "optimise/hero/d1" not in keys(answer)


def test_promotion_copies_nothing_to_an_item_with_complaints() -> None:
    plans: Records[PromotionPlan] = Records(())
    answer = told(
        promotion.traffic(usual_shop(), plans, items=items(), reviews=reviews(7), shop=EARNS, today=MONDAY)
    )
    assert not any("连衣裙" in text for text in asked(answer, "promotion/strength/"))


# ---- what was decided all the same


def noted(key: str, level: str, text: str, *asks: Proposal) -> Answer:
    return Answer(Verdict("act", text), (Finding(key, level, text, asks),))  # type: ignore[arg-type]


def morning() -> Journal:
    journal = Journal(MONDAY)
    journal.opened({"stock": 10, "reviews": 10, "paid": 20, "hands_on": 90})
    return journal


def carried_out(journal: Journal) -> Answer:
    at = datetime(2026, 6, 15, 10, 40, tzinfo=ZONE)
    return told(hands_on.decisions(journal.past, shop=shop(), today=MONDAY, now=at))


def test_a_word_raised_against_the_stock_is_stopped_before_it_is_carried_out() -> None:
    journal = morning()
    journal.shown("stock", noted("stock/order/d1", "act", "连衣裙 lasts 3 days."))
    journal.write("decision", "paid", key="paid/word/d1/法式连衣裙", choice="raise", detail="")
    journal.write("decision", "paid", key="paid/word/d2/半身裙", choice="raise", detail="")
    against = [one for one in carried_out(journal).findings if one.key.startswith("hands_on/against/")]
    assert [one.level for one in against] == ["act"]
    assert "lasts 3 days" in against[0].text


def test_lowering_a_word_of_a_held_item_goes_through() -> None:
    journal = morning()
    journal.shown("reviews", noted("reviews/rise/d1", "act", "连衣裙: 7 bad of 20."))
    journal.write("decision", "paid", key="paid/word/d1/法式连衣裙", choice="lower", detail="")
    assert not [key for key in keys(carried_out(journal)) if "against" in key]


def test_goods_ordered_in_time_hold_nothing_back() -> None:
    journal = morning()
    journal.shown("stock", noted("stock/order/d1", "watch", "连衣裙 lasts 20 days."))
    journal.write("decision", "paid", key="paid/word/d1/法式连衣裙", choice="raise", detail="")
    assert not [key for key in keys(carried_out(journal)) if "against" in key]
