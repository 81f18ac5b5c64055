"""Every sentence about a line of the stock, with its figures, from lines whose figures are given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.answers.answer import Finding, Proposal
from core.language.message import Words
from core.language.wording import text
from core.statistics.demand import mean_demand
from core.topics.stock import findings, phrases
from core.topics.stock.cover import StockLine
from core.topics.stock.pace import Pace
from core.topics.stock.stock_count import SkuCount, StockCount
from tests.topics.tables import MONDAY, SUNDAY, shop

TITLED = (
    "pieces left. Its title says 春, and that season is over when new stock arrives. Reorder "
    "only if you are sure it will sell."
)


def line(state: str, **known: Any) -> StockLine:
    """A coat of which ten a day are sold at 100 yuan; the order takes nine days."""
    shelf = {"item": "coat", "title": "coat", "counted": SUNDAY, "on_hand": 40.0}
    shelf |= {
        name: known.pop(name) for name in tuple(known) if name in StockCount.__slots__ and name != "cost"
    }
    a_day, days = known.pop("a_day", 10.0), known.pop("sold_days", 28)
    pace = Pace(demand=mean_demand([a_day] * days), first_seen=SUNDAY, price=100.0)
    given = {"name": "Coat", "hero": False, "pace": pace, "lead": 9.0, "position": 40.0} | known
    return StockLine(shelf=StockCount(**shelf), state=state, **given)  # type: ignore[arg-type]


def skus(**on_hand: float) -> tuple[SkuCount, ...]:
    """Sizes as counted once: nobody knows which of them sell."""
    return tuple(SkuCount(sku=name, name=name, on_hand=float(n)) for name, n in on_hand.items())


def said(*lines: StockLine) -> dict[str, Finding[Words]]:
    return {one.kind: one for one in findings.findings(lines, {}, shop(), MONDAY, 1000.0)}


def told(asked: Proposal[Words]) -> tuple[str, str, str | None, str | None, str | None, float | None]:
    return (asked.role, text(asked.text), asked.metric, asked.direction, asked.due, asked.expected)


def runs_out(**known: Any) -> StockLine:
    usual = {"days": 4.0, "low": 3.4, "high": 4.6, "chance": 0.9, "quantity": 200}
    return line("order", **(usual | known))


def test_what_runs_out_is_told_with_the_order_and_what_waiting_costs() -> None:
    """Five days without it of ten at 100 yuan; 60 of 100 are margin."""
    order = said(runs_out(cost=40.0, out=("S", "M")))["order"]
    assert text(order.text) == (
        "Coat has 4 days of cover (3–5 days) and a new order takes 9 days: the item will very likely "
        "sell out before the new stock arrives. Order 200 today. Being out of stock for about 5 days "
        "would lose about ¥5,000 of sales. About ¥3,000 of that is profit margin. Already sold out: S, M."
    )
    assert order.level == "act"
    assert order.impact is not None
    assert (order.impact.yuan, order.impact.of) == (3000.0, "margin")
    first, second = order.proposals
    assert told(first) == (
        "supply",
        "Order 200 × Coat today (arrives about 24 Jun); ask what can be sent at once",
        "on_hand", "up", "2026-06-15", 200.0,
    )  # fmt: skip
    assert told(second) == (
        "promotion",
        "Lower the ads of Coat until new stock arrives, and advertise what is in stock instead",
        "ad_clicks", "down", "2026-06-16", None,
    )  # fmt: skip
    assert (second.deed, second.item) == ("lower_spend", "coat")


@pytest.mark.parametrize(
    ("position", "expected"), [(190.0, 300.0), (90.0, 200.0), (91.0, 201.0), (40.0, 200.0)]
)
def test_after_the_order_arrives_there_is_what_is_left_and_what_came(
    position: float, expected: float
) -> None:
    """Nine days of ten are sold until then."""
    (order, *_) = said(runs_out(position=position))["order"].proposals
    assert order.expected == expected


@pytest.mark.parametrize(("chance", "odds"), [
    (0.80, "the item will very likely"), (0.79, "the item will probably"), (0.60, "the item will probably"),
    (0.59, "59% likely to"), (None, "0% likely to"),
])  # fmt: skip
def test_it_sells_out_very_likely_from_80_and_probably_from_60_percent_on(
    chance: float | None, odds: str
) -> None:
    sentence = f"takes 9 days: {odds} sell out before the new stock arrives. Order"
    assert sentence in text(said(runs_out(chance=chance))["order"].text)


@pytest.mark.parametrize(
    ("known", "level"),
    [
        ({"chance": 0.80}, "act"),
        ({"chance": 0.79}, "watch"),
        ({"chance": None}, "watch"),
        ({"chance": 0.1, "hero": True}, "act"),
        ({"state": "gone", "chance": 0.0, "a_day": 1.0}, "act"),
        ({"state": "gone", "chance": 0.0, "a_day": 0.9}, "watch"),
        ({"state": "gone", "chance": 0.0, "pace": None}, "watch"),
    ],
)
def test_it_is_urgent_when_likely_out_a_hero_or_sold_out_and_wanted(
    known: dict[str, Any], level: str
) -> None:
    given = {"days": 4.0, "quantity": 20} | known
    state = given.pop("state", "order")
    assert said(line(state, **given))["order"].level == level


@pytest.mark.parametrize(("days", "lead", "costs"), [(8.0, 9.0, True), (8.1, 9.0, False), (9.0, 9.0, False)])
def test_a_day_without_goods_is_the_least_that_is_told(days: float, lead: float, *, costs: bool) -> None:
    order = said(runs_out(days=days, lead=lead))["order"]
    assert (order.impact is not None, len(order.proposals)) == ((True, 2) if costs else (False, 1))


def test_without_a_price_nothing_is_lost_that_could_be_told() -> None:
    bare = Pace(demand=mean_demand([10.0] * 28), first_seen=SUNDAY)
    order = said(runs_out(pace=bare))["order"]
    assert order.impact is None
    assert text(order.text).endswith("Order 200 today.")


def test_what_is_on_its_way_is_counted_and_asked_after() -> None:
    """Five days of ten less the 20 on their way, at 100 yuan."""
    order = said(runs_out(in_transit=20.0, position=60.0))["order"]
    assert text(order.text).endswith(
        "counting what is on its way, about ¥3,000 of sales would be lost before a new "
        "order arrives. 20 pieces already on their way are counted; ask on which day "
        "they arrive."
    )
    assert order.impact is not None
    assert (order.impact.yuan, order.impact.of, order.impact.per) == (3000.0, "sales", "once")


def test_sold_out_is_said_with_its_pace_and_with_an_order_where_there_is_one() -> None:
    order = said(line("gone", on_hand=0.0, position=0.0, days=0.0, quantity=90))["order"]
    assert text(order.text).startswith(
        "Coat is sold out; it used to sell about 10 a day. Order 90 today; they will "
        "arrive about Wed 24 Jun. Being out of stock"
    )
    nothing = said(line("gone", on_hand=0.0, days=0.0, lead=None, a_day=2.54))
    assert text(nothing["order"].text) == "Coat is sold out; it used to sell about 2.5 a day."
    assert nothing["order"].proposals == ()
    assert "lead_time" in nothing


@pytest.mark.parametrize(("a_day", "pace"), [(9.94, "9.9"), (10.0, "10"), (12.6, "13"), (0.0, "0.0")])
def test_a_small_pace_has_a_decimal(a_day: float, pace: str) -> None:
    gone = said(line("gone", lead=None, days=0.0, a_day=a_day))["order"]
    assert text(gone.text) == f"Coat is sold out; it used to sell about {pace} a day."


def test_a_count_below_zero_is_counted_again_today() -> None:
    wrong = said(line("enough", days=40.0, negative=("S", "M")))["negative"]
    assert text(wrong.text) == (
        "Coat: the stock of S, M is below zero. That is a bookkeeping error, not demand; it is left out."
    )
    assert wrong.level == "watch"
    (asked,) = wrong.proposals
    assert told(asked) == (
        "supply", ("Count S, M of Coat in the warehouse and correct the stock "
"figure"), None, None, "2026-06-15", None
    )  # fmt: skip
    assert asked.about.item == wrong.about.item == "coat"


@pytest.mark.parametrize(("lead", "due"), [(9.0, "2026-06-24"), (9.2, "2026-06-25"), (None, "2026-06-22")])
def test_sizes_that_are_out_are_reordered_by_the_day_they_can_be_there(lead: float | None, due: str) -> None:
    state = "no_lead" if lead is None else "enough"
    sizes = said(line(state, days=40.0, lead=lead, skus=skus(S=0, M=30, L=10, XL=0)))["sizes"]
    assert text(sizes.text) == (
        "Coat: S, XL sold out, 40 pieces left in other sizes. Buyers who want a sold-out size leave."
    )
    assert sizes.level == "watch"
    (asked,) = sizes.proposals
    assert told(asked) == ("supply", "Reorder the sold-out sizes of Coat: S, XL", "on_hand", "up", due, None)
    assert asked.item == "coat"


@pytest.mark.parametrize("state", ["order", "slow", "season", "new"])
def test_missing_sizes_of_what_is_ordered_or_not_wanted_are_no_finding(state: str) -> None:
    assert "sizes" not in said(line(state, days=40.0, skus=skus(S=0, M=40)))


@pytest.mark.parametrize(
    ("known", "pace"),
    [
        ({"a_day": 0.0}, "none sold in 28 days"),
        ({"a_day": 0.25}, "7 sold in 28 days"),
        ({"a_day": 1.0, "sold_days": 9}, "9 sold in 9 days"),
        ({"a_day": 1.0, "sold_days": 10, "days": 120.0}, "1.0 sold a day: 120 days of cover"),
        ({"a_day": 0.5, "days": None}, "0.5 sold a day: more than a year of cover"),
        ({"a_day": 0.5, "days": 400.0}, "0.5 sold a day: 400 days of cover"),
    ],
)
def test_a_heap_is_told_with_what_it_sells_and_is_cleared_in_two_weeks(
    known: dict[str, Any], pace: str
) -> None:
    slow = said(line("slow", cost=46.0, **known))["slow"]
    assert text(slow.text) == f"Do not reorder Coat: 40 pieces left, {pace}. ¥1,840 is tied up in this stock."
    assert slow.level == "watch"
    assert slow.impact is not None
    assert slow.impact.yuan == 40 * 46
    (asked,) = slow.proposals
    assert told(asked) == (
        "operator", ("Clear Coat: lower the price or bundle it, and take it off the "
"reorder list"), "on_hand", "down",
        (MONDAY + timedelta(days=14)).isoformat(), None,
    )  # fmt: skip
    assert asked.item == "coat"


@pytest.mark.parametrize(
    ("state", "on_hand", "days", "heap"),
    [
        ("slow", 30.0, None, True),
        ("slow", 29.0, None, False),
        ("slow", None, None, False),
        ("season", 30.0, 90.0, False),
        ("season", 30.0, 90.1, True),
        ("season", 30.0, None, True),
        ("season", 29.0, None, False),
        ("enough", 500.0, None, False),
    ],
)
def test_a_heap_is_thirty_pieces_that_do_not_go_or_outlast_their_season_by_months(
    state: str, on_hand: float | None, days: float | None, *, heap: bool
) -> None:
    assert ("slow" in said(line(state, on_hand=on_hand, days=days, season="春"))) == heap


@pytest.mark.parametrize(
    ("lead", "days", "told"),
    [(9.0, 18.0, True), (9.0, 18.1, False), (9.0, None, False), (None, 5.0, False), (9.0, 91.0, False)],
)
def test_what_is_past_its_season_is_told_where_one_would_order_it(
    lead: float | None, days: float | None, *, told: bool
) -> None:
    """It lasts at most twice as long as an order takes."""
    assert ("season" in said(line("season", lead=lead, days=days, season="春"))) == told


@pytest.mark.parametrize(
    ("season", "sentence"),
    [
        (
            "2026-06-23",
            (
                "Coat: 40 pieces left. Do not reorder: new stock would arrive after its season ends on "
                "2026-06-23."
            ),
        ),
        (
            "春",
            f"Coat: 40 {TITLED}",
        ),
    ],
)
def test_the_season_is_a_date_or_what_the_title_says(season: str, sentence: str) -> None:
    over = said(line("season", days=5.0, season=season))["season"]
    assert (text(over.text), over.level) == (sentence, "info")


def test_without_lead_times_one_question_is_asked_for_all() -> None:
    found = said(
        line("no_lead", name="Coat", lead=None, days=9.0),
        line("gone", name="Scarf", lead=None, days=0.0),
        line("slow", name="Tie", lead=None),
        line("gone", name="Hat", days=0.0),
    )["lead_time"]
    assert text(found.text) == "No lead time is set for Coat, Scarf, so it cannot be said when to reorder."
    assert [text(one.text) for one in found.proposals] == [
        "Set lead_days in shop.toml, for the whole shop or by item"
    ]
    assert (found.level, [one.role for one in found.proposals]) == ("watch", ["operator"])


@pytest.mark.parametrize(("on_hand", "told"), [(5.0, 1), (0.0, 0), (None, 0)])
def test_what_lies_there_without_being_on_sale_is_told_while_there_is_some(
    on_hand: float | None, told: int
) -> None:
    found = findings.findings([line("not_on_sale", on_hand=on_hand, pace=None)], {}, shop(), MONDAY, 1000.0)
    assert [text(one.text) for one in found] == [
        (
            "In stock but not listed in recent weeks: Coat (5). Whether to list them is your "
            "decision; they are not counted as slow stock."
        )
    ] * told


@pytest.mark.parametrize(
    ("state", "lead", "days", "told"),
    [
        ("enough", 9.0, 20.0, True),
        ("enough", 9.0, 9.0, True),
        ("enough", 9.0, 8.9, False),  # enough with what is on its way, which comes too late
        ("enough", None, 20.0, False),
        ("enough", 9.0, None, False),
        ("slow", 9.0, 20.0, False),
    ],
)
def test_a_hero_with_enough_is_said_with_its_days(
    state: str, lead: float | None, days: float | None, *, told: bool
) -> None:
    found = said(line(state, hero=True, lead=lead, days=days, on_hand=20.0))
    assert ("heroes" in found) == told
    if told:
        assert text(found["heroes"].text) == (
            f"These best sellers have enough stock to outlast a reorder: Coat {days:g} days."
        )
        assert found["heroes"].level == "good"
    assert "heroes" not in said(line(state, lead=lead, days=days, on_hand=20.0))


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        (4, "No lead time is set for N0, N1, N2, N3, so it cannot be said when to reorder."),
        (5, ("No lead time is set for N0, N1, N2, N3 and 1 more, so it cannot be said when to reorder.")),
    ],
)
def test_four_names_are_listed_and_the_rest_is_counted(names: int, listed: str) -> None:
    lines = [line("no_lead", name=f"N{n}", lead=None, days=9.0) for n in range(names)]
    assert listed in text(said(*lines)["lead_time"].text)


@pytest.mark.parametrize(("days", "words"), [
    (None, "over a year"), (1.0, "1 day"), (4.74, "4.7 days"), (4.75, "5 days"), (4.25, "4 days"),
    (4.26, "4.3 days"), (5.5, "6 days"), (5.0, "5 days"), (0.0, "0 days"),
])  # fmt: skip
def test_half_a_day_matters_below_five(days: float | None, words: str) -> None:
    assert text(phrases.days_said(days)) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(3.4, 4.6, "3–5"), (3.6, 4.4, "4"), (9.0, None, "9–a year"), (None, None, "—–a year")],
)
def test_the_range_of_the_cover(low: float | None, high: float | None, words: str) -> None:
    assert text(phrases.band(line("enough", low=low, high=high))) == words


def test_no_money_is_tied_up_in_what_is_not_counted() -> None:
    assert (line("slow", cost=46.0).tied, line("slow", cost=46.0, on_hand=None).tied) == (1840.0, 0.0)
