"""An operator's mornings: quiet ones stay quiet, and a trouble is said with object, counts, money, a look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from core.answers.answer import About, Answer, Finding
from core.answers.answer_codec import decode, encode, rendered
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.language.message import Words
from core.language.speech import speak
from core.measures.order_value import RefundShares, ShopRefunds
from core.records.records import Recorded, Records
from core.records.rivals import RivalHero
from core.records.team import ListingChange
from core.shop.settings import Shop, Thresholds
from core.topics.incidents.incidents import morning
from tests.exam.made_shop import AGENTS, DAYS, NEW_SOURCE, REASONS, SOURCES, TODAY, Made, quiet, sheets
from tests.exam.planted_troubles import several
from tests.topics.incidents.morning import asking, told
from tests.topics.tables import of_rows
from tests.topics.writing import ZONE

SEED = 31


def shop_of(seed: int = SEED) -> Made:
    """Return a shop of twenty items and 6,000 visitors a day."""
    return quiet(seed, visitors=6000, items=20)


def troubled(plant: Callable[[Made], None], seed: int = SEED) -> list[Finding]:
    """Return what asks for a look once the trouble is planted."""
    made = shop_of(seed)
    plant(made)
    return asking(told(made))


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_a_quiet_morning_asks_for_nothing(seed: int) -> None:
    answer = told(shop_of(seed))
    assert asking(answer) == []
    assert answer.verdict.level == "info"
    assert answer.verdict.text == "No figure is outside its usual range."


def test_what_a_trouble_costs_is_what_its_sales_would_have_left_after_the_refunds_measured() -> None:
    """One in ten is typed, more than half go back: the loss is half of what it would seem."""
    made = shop_of()
    made.conversion[0, -3:] = 0.0
    own = Shop(name="Made", margin=0.5, refund_rate=0.1)
    measured = ShopRefunds(RefundShares(0.22, 0.33), {}, "list", 60, 900)
    typed, real = (asking(told(made, own, measured=one))[0].impact for one in (None, measured))
    assert typed is not None
    assert real is not None
    assert real.yuan / typed.yuan == pytest.approx(0.45 / 0.9)


def test_a_hero_that_nobody_buys_any_more_is_said_first_with_counts_money_and_a_look() -> None:
    def nobody_buys(made: Made) -> None:
        made.conversion[0, -3:] = 0.0

    found = troubled(nobody_buys)[0]
    item = shop_of().item(0)
    assert (found.key, found.level, found.about) == (
        f"incidents/item_conversion/{item}",
        "act",
        About(item=item),
    )
    assert found.text.startswith("第0号衣服: 0 buyers a day ")
    assert "since 30 Aug" in found.text
    assert "of margin a day" in found.text
    assert "As usual: visitors" in found.text
    (ask,) = found.proposals
    assert (ask.metric, ask.direction, ask.item, ask.due) == (
        "item_conversion",
        "up",
        item,
        TODAY.isoformat(),
    )
    assert found.impact is not None
    assert found.impact.low is not None
    assert found.impact.high is not None
    assert found.impact.low <= found.impact.yuan <= found.impact.high
    assert found.sure > 0.99


def test_a_page_that_sells_less_is_one_finding_with_two_candidates() -> None:
    def worse_page(made: Made) -> None:
        made.conversion[1, -7:] *= 0.3
        made.carts[1, -7:] *= 0.3

    (found,) = troubled(worse_page)
    assert found.kind in ("item_conversion", "item_cart_rate")
    assert found.about.item == shop_of().item(1)
    assert "Cannot tell yet: the page or pictures, or a rival's price." in found.text
    assert "rivals' prices" in found.proposals[0].text


def test_an_item_shown_less_is_told_by_its_visitors_and_one_lost_in_search_by_those() -> None:
    def shown_less(made: Made) -> None:
        made.visitors[0, -5:] *= 0.3

    def lost_in_search(made: Made) -> None:
        share = made.search[0, -5:].copy()
        made.visitors[0, -5:] *= 1 - 0.9 * share
        made.search[0, -5:] = 0.1 * share / (1 - 0.9 * share)

    (less,) = troubled(shown_less)
    assert (less.kind, less.about.item) == ("item_visitors", shop_of().item(0))
    assert "Consequence" in less.text
    (lost,) = troubled(lost_in_search)
    assert (lost.kind, lost.about.item) == ("item_search_visitors", shop_of().item(0))
    assert "title, category or an attribute" in lost.proposals[0].text


def test_a_price_typed_wrong_is_no_good_news() -> None:
    def typo(made: Made) -> None:
        made.price[2, -1:] *= 0.5
        made.conversion[2, -1:] *= 2.0

    found = troubled(typo)[0]
    assert (found.kind, found.about.item) == ("item_price", shop_of().item(2))
    assert found.proposals[0].role == "operator"
    assert found.impact is not None
    assert found.impact.of == "margin"


def test_a_source_that_stopped_is_named() -> None:
    def stopped(made: Made) -> None:
        made.sources[4, -3:] *= 0.02

    (found,) = troubled(stopped)
    assert (found.kind, found.about) == ("source_visitors", About(source=SOURCES[4]))
    assert found.proposals[0].role == "content"


def test_a_new_source_whose_visitors_do_not_buy_is_blamed_and_no_page() -> None:
    def poor(made: Made) -> None:
        made.new_visitors[-4:] = 2500.0

    found = troubled(poor)
    assert [(one.kind, one.about.source) for one in found] == [("source_new_source", NEW_SOURCE)]
    assert "0 buyers" in found[0].text
    assert found[0].proposals[0].role == "promotion"


def test_clicks_that_bring_no_orders_are_said_of_the_word() -> None:
    made = shop_of()
    place = int(np.argmax(made.clicks.mean(axis=1)))

    def empty_clicks(made: Made) -> None:
        made.clicks[place, -3:] *= 4

    found = troubled(empty_clicks)[0]
    assert (found.kind, found.about.word) == ("word_clicks", made.word(place))
    assert found.proposals[0].deed == "lower_spend"


def test_an_agent_who_answers_half_as_fast_is_named_with_the_load() -> None:
    def slow(made: Made) -> None:
        made.seconds[0, -4:] *= 2.0

    def busy(made: Made) -> None:
        slow(made)
        made.inquiries[0, -7:] *= 2.0

    (found,) = troubled(slow)
    assert (found.kind, found.about.agent) == ("agent_answer_time", AGENTS[0])
    assert "Probably the agent answering more slowly, with the usual number of inquiries." in found.text
    assert "Consequence" in found.text
    loaded = next(one for one in troubled(busy) if one.about.agent == AGENTS[0])
    assert "Probably more inquiries than one person can answer." in loaded.text


def test_slow_answers_cost_the_payments_that_fail_because_of_them() -> None:
    def slow(made: Made) -> None:
        made.inquiries[0] = 80.0
        made.seconds[0, -5:] *= 2.5
        made.closing[0, -5:] *= 0.3

    (found,) = [one for one in troubled(slow) if one.about.agent == AGENTS[0]]
    assert found.kind == "agent_answer_time"
    assert "inquiries a day end in a payment" in found.text
    assert found.impact is not None
    assert found.impact.yuan > 1000


def test_what_one_item_loses_is_not_told_again_of_the_shop() -> None:
    def dead_hero_and_poor_visitors(made: Made) -> None:
        made.conversion[0, -4:] = 0.0
        made.new_visitors[-4:] = 3000.0

    found = troubled(dead_hero_and_poor_visitors)
    assert {one.kind for one in found} == {"item_conversion", "source_new_source"}


def test_refunds_are_told_by_reason_and_by_the_one_item_behind_them() -> None:
    def late(made: Made) -> None:
        made.reasons[3, -6:] += 1.2

    def batch(made: Made) -> None:
        made.refunds[0, -5:] *= 10

    reason = next(one for one in troubled(late) if one.kind == "reason_refunds")
    assert reason.about == About(aspect=REASONS[3])
    assert shop_of().item(0) in {one.about.item for one in troubled(batch)}


def test_what_all_items_do_is_one_finding_of_the_shop() -> None:
    def checkout(made: Made) -> None:
        made.conversion[:, -4:] *= 0.4

    found = troubled(checkout)
    assert found[0].kind == "shop_conversion"
    assert not [one for one in found if one.about.item]
    assert "lower demand, or the page or pictures" in found[0].text

    def unpaid(made: Made) -> None:
        made.paid[:, -4:] *= 0.4

    (failing,) = troubled(unpaid)
    assert failing.kind == "shop_conversion"
    assert "Probably payment or coupons at checkout." in failing.text

    def coupon(made: Made) -> None:
        made.price[:, -3:] *= 0.8

    (offer,) = troubled(coupon)
    assert (offer.kind, offer.about) == ("shop_price", About(metric="price"))


def test_a_row_that_vanished_is_a_fact() -> None:
    def gone(made: Made) -> None:
        made.missing[0] = DAYS - 2

    found = troubled(gone)[0]
    assert (found.kind, found.about.item, found.level) == ("item_missing_row", shop_of().item(0), "act")
    assert "Was it taken down, or left out of the file?" in found.text


def test_an_incident_keeps_its_id_from_morning_to_morning() -> None:
    made = shop_of()
    made.conversion[0, -5:] = 0.0
    found = sheets(made)
    ids, firsts = [], []
    for back in (0, 1, 2):
        today = TODAY - timedelta(days=back)
        items = found["items"].frame
        known = Items(items[items["date"] < pd.Timestamp(today)])
        first = asking(rendered(morning(items=known, shop=Shop(name="Made"), today=today)))[0]
        ids.append(first.incident)
        firsts.append(first.since)
    assert len(set(ids)) == 1
    assert len(set(firsts)) == 1
    assert firsts[0] < TODAY.isoformat()
    assert made.item(0) in ids[0]


def test_two_troubles_are_two_findings_the_dearer_first() -> None:
    def both(made: Made) -> None:
        made.conversion[0, -4:] = 0.0
        made.visitors[3, -4:] *= 0.1

    found = troubled(both)
    assert [(one.kind, one.about.item) for one in found[:2]] == [
        ("item_conversion", shop_of().item(0)),
        ("item_visitors", shop_of().item(3)),
    ]


def test_a_shop_that_wants_fewer_alarms_gets_fewer() -> None:
    made = shop_of()
    made.visitors[0, -4:] *= 0.35
    usual = told(made, Shop(name="Made"))
    strict = told(made, Shop(name="Made", thresholds=Thresholds(false_alarms=1e-9)))
    assert len(asking(usual)) == 1
    assert asking(strict) == []


def test_without_files_or_with_few_days_nothing_is_claimed() -> None:
    nothing = rendered(morning(shop=Shop(name="Made"), today=TODAY))
    assert nothing.verdict.level == "nodata"
    made = shop_of()
    made.conversion[0, -3:] = 0.0
    items = sheets(made)["items"].frame
    young = Items(items[items["date"] >= pd.Timestamp(TODAY - timedelta(days=10))])
    answer = rendered(morning(items=young, shop=Shop(name="Made"), today=TODAY))
    assert asking(answer) == []
    assert answer.verdict.level == "nodata"
    zeros = Items(items.assign(visitors=0.0, buyers=0.0, units=0.0, gmv=0.0, cart_buyers=0.0))
    assert asking(rendered(morning(items=zeros, shop=Shop(name="Made"), today=TODAY))) == []


def test_silent_hours_of_a_day_that_sells_are_told() -> None:
    chance = np.random.default_rng(5)
    rows = [
        {
            "date": TODAY - timedelta(days=back),
            "hour": hour,
            "buyers": 6 + chance.integers(0, 3),
            "visitors": 200,
        }
        for back in range(1, 29)
        for hour in range(8, 24)
    ]
    calm = of_rows(Hours, rows)
    silent = of_rows(
        Hours,
        [
            {**row, "buyers": 0}
            if row["date"] == TODAY - timedelta(days=1) and row["hour"] in (19, 20, 21)
            else row
            for row in rows
        ],
    )
    made = shop_of()
    (found,) = asking(told(made, hours=silent))
    assert found.kind == "shop_silent_hours"
    assert "19:00–22:00" in found.text
    assert asking(told(made, hours=calm)) == []


def test_sold_out_sizes_are_the_cause_where_their_share_fits() -> None:
    made = shop_of()
    made.conversion[0, -5:] *= 0.5
    stock = of_rows(
        Stock,
        [
            {
                "date": TODAY,
                "item": made.item(0),
                "sku": f"s{size}",
                "on_hand": 0 if size < 2 else 50,
                "price": 9e3,
            }
            for size in range(4)
        ],
    )
    found = next(one for one in asking(told(made, stock=stock)) if one.about.item == made.item(0))
    assert "Probably sizes or colours that are sold out." in found.text
    assert found.proposals[0].role == "supply"
    full = of_rows(Stock, [{"date": TODAY, "item": made.item(0), "sku": "s1", "on_hand": 50, "price": 9e3}])
    other = next(one for one in asking(told(made, stock=full)) if one.about.item == made.item(0))
    assert "sold out" not in other.text


def test_what_is_said_does_not_depend_on_the_language() -> None:
    made = shop_of()
    made.conversion[0, -3:] = 0.0
    found = sheets(made)
    answers = []
    for lang in ("en", "zh"):
        speak(lang)
        answers.append(
            encode(morning(items=Items(found["items"].frame), shop=Shop(name="Made"), today=TODAY))
        )
    assert answers[0] == answers[1]
    back: Answer[Words] = decode(answers[0])
    assert back.findings[0].incident
    spoken = rendered(back)
    assert "个买家，平常" in spoken.findings[0].text


# ---- changes that somebody wrote down


def noted(part: str, back: int, item: str) -> Records[ListingChange]:
    change = ListingChange(item=item, part=part, on=TODAY - timedelta(days=back))
    at = datetime(2026, 8, 25, 9, tzinfo=ZONE)
    return Records((Recorded(change, at, "小兰", "1"),))


def test_a_small_loss_of_search_since_a_title_change_is_told_because_it_is_one_look() -> None:
    """Too small for the morning's budget, it is told where the title was changed that day."""
    made = shop_of()
    made.search[1, -6:] *= 0.7
    item = made.item(1)
    assert not [one for one in asking(told(made)) if one.about.item == item]
    (found,) = [one for one in asking(told(made, listings=noted("title", 6, item))) if one.about.item == item]
    assert found.kind == "item_search_visitors"
    assert "since 27 Aug" in found.text
    assert "The item's title was changed on 27 Aug." in found.text
    assert "Probably a change of title" in found.text


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_a_noted_change_without_an_effect_is_no_finding(seed: int) -> None:
    made = shop_of(seed)
    for part in ("title", "price", "page"):
        assert asking(told(made, listings=noted(part, 6, made.item(1)))) == []


def test_one_day_after_a_change_is_too_early() -> None:
    made = shop_of()
    made.search[1, -1:] *= 0.6
    item = made.item(1)
    assert not [one for one in asking(told(made, listings=noted("title", 1, item))) if one.about.item == item]


def test_of_page_and_rival_the_changed_page_is_named_alone() -> None:
    made = shop_of()
    made.conversion[1, -7:] *= 0.3
    made.carts[1, -7:] *= 0.3
    (found,) = asking(told(made, listings=noted("page", 7, made.item(1))))
    assert "Probably the page or pictures." in found.text


def test_a_listed_price_that_moves_is_a_change_the_files_show() -> None:
    made = shop_of()
    item = made.item(1)
    made.conversion[1, -6:] *= 0.6
    rows = [
        {"date": TODAY - timedelta(days=back), "item": item, "sku": "S", "on_hand": 50.0,
         "price": 129.0 if back > 6 else 159.0}
        for back in range(1, 20)
    ]  # fmt: skip
    found = [one for one in asking(told(made, stock=of_rows(Stock, rows))) if one.about.item == item]
    assert [one.kind for one in found] == ["item_conversion"]
    assert "The item's listed price was changed on 27 Aug." in found[0].text


# ---- rivals' prices beside our own item


def rival_looks(item: str, *prices: tuple[int, str]) -> Records[RivalHero]:
    """Looks at one hero of a rival: so many days ago, its price."""
    rows = [
        Recorded(
            RivalHero(rival="r1", item="她家大衣", ours=item, price=price),
            datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=ZONE) - timedelta(days=back),
            "小兰",
            str(back),
        )
        for back, price in prices
    ]
    return Records(tuple(rows))


def sells_less(made: Made) -> Made:
    made.conversion[1, -7:] *= 0.3
    made.carts[1, -7:] *= 0.3
    return made


def test_a_rivals_cut_that_meets_the_start_is_named_with_both_prices_and_its_day() -> None:
    made = sells_less(shop_of())
    looks = rival_looks(made.item(1), (20, "159"), (7, "119"))
    (found,) = asking(told(made, heroes=looks))
    assert "Probably a rival's price." in found.text
    assert "r1 changed the price of 她家大衣 from ¥159 to ¥119 (seen on 26 Aug); ours costs ¥" in found.text


def test_rivals_that_move_prices_every_other_day_explain_nothing() -> None:
    made = sells_less(shop_of())
    prices = [(back, "159" if back % 4 < 2 else "119") for back in range(59, 6, -2)]
    (found,) = asking(told(made, heroes=rival_looks(made.item(1), *prices)))
    assert "Cannot tell yet: the page or pictures, or a rival's price." in found.text
    assert "they change prices all the time" in found.text


def test_a_cut_beside_another_item_or_long_before_is_not_named() -> None:
    made = sells_less(shop_of())
    for looks in (
        rival_looks(made.item(2), (20, "159"), (7, "119")),
        rival_looks(made.item(1), (40, "159"), (30, "119")),
        rival_looks(made.item(1), (20, "119"), (7, "159")),
    ):
        (found,) = asking(told(made, heroes=looks))
        assert "went from" not in found.text


def test_two_changes_that_may_each_explain_the_other_are_told_and_end() -> None:
    """A hero that is not shown and a source that ran dry: item, source and shop point at each other."""
    made = quiet(13_071_002, visitors=9000, items=16)
    planted = several(made, np.random.default_rng(13_071_009), 2)
    found = asking(told(made))
    for one in planted:
        about = {finding.about.item or finding.about.source for finding in found if finding.kind in one.kinds}
        assert one.about in about
