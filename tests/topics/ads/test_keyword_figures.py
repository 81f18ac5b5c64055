"""A bought word whose figures are given: what it comes to, how it is said, and its row in the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.answers.answer import About, Finding, Table
from core.exports.kinds.keywords import Keywords
from core.language.message import Words
from core.language.wording import text
from core.measures.judged_days import Window
from core.measures.order_value import OrderValue
from core.statistics.priors import BetaPrior
from core.topics.ads.bids import KeywordVerdict
from core.topics.ads.keywords import findings, limits, tables
from core.topics.ads.keywords.additions import Addition
from core.topics.ads.keywords.pictures import Picture
from core.topics.ads.keywords.verdicts import ItemPrior, by_decision, judge_words, price_moves
from core.topics.ads.traffic.spending import Spending
from core.topics.creative.picture_tests import Coec
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop

SOLD = {"date": SUNDAY, "item": "d1", "word": "裙", "impressions": 1.0, "clicks": 1.0}
(A_WORD,), _ = judge_words(
    of_rows(Keywords, [SOLD]).frame, Window((SUNDAY,), (), ()), shop(), {"d1": "Dress"}, {}
)
VERDICT = KeywordVerdict(
    raw=0.04,
    rate=0.04,
    low=0.03,
    high=0.055,
    cpc=1.5,
    break_even_rate=0.05,
    chance_good=0.3,
    max_cpc=1.2,
    target_cpc=0.84,
    decision="lower",
    next_cpc=1.2,
    more_clicks=0,
)


def word(decision: Any = "lower", **known: Any) -> Any:
    """400 clicks in twenty days at 1.50 yuan, 16 orders of 100 yuan; a click is worth 1.20."""
    judged = {name: known.pop(name) for name in tuple(known) if name in KeywordVerdict._fields}
    given: dict[str, Any] = {
        "impressions": 10_000.0,
        "clicks": 400.0,
        "cost": 600.0,
        "orders": 16.0,
        "gmv": 1600.0,
        "days": 20,
        "order": OrderValue(100.0, 70.0),
    }
    return replace(A_WORD, **(given | known), judged=VERDICT._replace(decision=decision, **judged))


# ---- what it comes to


@pytest.mark.parametrize(
    ("known", "decision"),
    [
        ({"decision": "raise"}, "raise"),
        ({"decision": "raise", "rank": 1.5}, "keep"),
        ({"decision": "raise", "rank": 1.6}, "raise"),
        ({"decision": "raise", "held": "stock"}, "keep"),
        ({"decision": "raise", "moved": 0.2}, "keep"),
        ({"decision": "lower", "rank": 1.0, "held": "stock"}, "lower"),
        ({"decision": "lower", "moved": -0.2}, "keep"),
        ({"decision": "delete", "rank": 1.0, "held": "stock", "moved": 0.2}, "delete"),
        ({"decision": "observe", "moved": 0.2}, "observe"),
        ({"decision": None}, ""),
    ],
)
def test_what_is_decided_about_a_word(known: dict[str, Any], decision: str) -> None:
    assert word(**known).decision == decision


def test_what_is_kept_stays_at_its_price() -> None:
    assert (word().next_cpc, word(rank=None).next_cpc) == (1.2, 1.2)
    assert word(moved=-0.2).next_cpc == 1.5
    assert word("delete", next_cpc=None).next_cpc is None


def test_the_figures_of_a_word() -> None:
    """600 yuan in twenty days are 30 a day; 0.30 less a click at twenty clicks a day are six."""
    one = word()
    assert (one.ctr, one.roi, one.daily_cost) == (0.04, pytest.approx(1600 / 600), 30.0)
    assert one.daily_profit == pytest.approx((1.2 - 1.5) * 20)
    assert one.stake == pytest.approx(0.3 * 20)
    assert one.daily_change == pytest.approx(-6.0)
    assert word("delete").daily_change == -30.0
    assert word("raise", next_cpc=1.8).daily_change == pytest.approx(6.0)
    assert word("observe", more_clicks=50).missing_yuan == 75.0
    assert (one.about, one.key) == (About(item="d1", word="裙"), "paid/word/d1/裙")


def test_what_is_not_known_of_a_word_stays_empty() -> None:
    bare = word(None, impressions=0.0, cost=0.0, cpc=None, max_cpc=None, next_cpc=None)
    assert (bare.ctr, bare.roi, bare.daily_profit, bare.missing_yuan) == (None, None, None, None)
    assert (bare.daily_change, bare.stake, bare.daily_cost) == (0.0, 0.0, 0.0)
    assert word(max_cpc=None).daily_profit is None
    assert word(next_cpc=None).stake == 30.0
    unseen = word(days=0)
    assert (unseen.daily_cost, unseen.daily_profit, unseen.stake, unseen.daily_change) == (
        0.0,
        None,
        0.0,
        0.0,
    )


def test_the_words_of_a_decision_stand_by_the_yuan_they_move() -> None:
    small, large, other = word(clicks=100.0), word(clicks=500.0), word("keep")
    assert by_decision([small, other, large], "lower") == [large, small]


# ---- prices that moved


def day(n: int) -> date:
    return SUNDAY - timedelta(days=n)


def prices(after: dict[str, float], clicks: float = 10.0, before: float = 10.0) -> dict[str, float]:
    """What moved of words bought at one yuan for two weeks and since at these prices."""
    rows: list[dict[str, object]] = []
    for name, price in after.items():
        rows += [
            {"date": day(9), "item": "d1", "word": name, "clicks": before, "cost": before},
            {"date": day(0), "item": "d1", "word": name, "clicks": clicks, "cost": clicks * price},
        ]
    found = price_moves(of_rows(Keywords, rows).frame, Window((day(9),), (day(0),), ()))
    return {name: change for (_, name), change in found.items()}


def test_a_price_moved_where_it_left_the_way_all_went() -> None:
    """All went up by a tenth; 12 % beyond that is 1.1 × 1.12."""
    usual = {"a": 1.1, "b": 1.1, "c": 1.1}
    assert prices(usual | {"up": 1.1 * 1.121, "down": 1.1 * 0.879}) == {
        "up": pytest.approx(0.121), "down": pytest.approx(-0.121)
    }  # fmt: skip
    assert prices(usual | {"up": 1.1 * 1.119, "down": 1.1 * 0.881}) == {}
    assert prices({"a": 1.0, "b": 1.0, "up": 1.12}) == {"up": pytest.approx(0.12)}


def test_ten_clicks_on_either_side_are_the_least() -> None:
    up = {"a": 1.0, "b": 1.0, "up": 2.0}
    assert set(prices(up)) == {"up"}
    assert prices(up, clicks=9.0) == prices(up, before=9.0) == {}


def test_the_fortnight_before_counts_and_what_is_older_does_not() -> None:
    rows: list[dict[str, object]] = [
        {"date": day(n), "item": "d1", "word": name, "clicks": 10.0, "cost": 20.0 if n == 30 else 10.0}
        for n in (30, *range(2, 16), 0)
        for name in ("a", "b")
    ]
    rows[-1]["cost"] = 15.0
    judged = tuple(day(n) for n in (30, *range(15, 1, -1)))
    assert price_moves(of_rows(Keywords, rows).frame, Window(judged, (day(0),), ())) == {
        ("d1", "a"): pytest.approx(1 / 1.25 - 1),
        ("d1", "b"): pytest.approx(1.5 / 1.25 - 1),
    }


# ---- judging a frame


def judged(*rows: Mapping[str, object], **settings: Any) -> tuple[list[Any], dict[str, ItemPrior]]:
    usual = {
        "date": SUNDAY,
        "item": "d1",
        "word": "裙",
        "impressions": 1000.0,
        "clicks": 100.0,
        "cost": 150.0,
    }
    days = Window(tuple(day(n) for n in range(13, -1, -1)), (), ())
    values = settings.pop("values", {})
    held = settings.pop("held", None)
    frame = of_rows(Keywords, [{**usual, "orders": 4.0, "gmv": 400.0, **one} for one in rows]).frame
    return judge_words(frame, days, shop(**settings), {"d1": "Dress"}, values, held)


def test_a_word_has_its_days_added_up_and_its_rank_by_impressions() -> None:
    (one,), known = judged({"rank": 2.0}, {"date": day(1), "impressions": 3000.0, "rank": 6.0}, margin=0.3)
    assert (one.clicks, one.cost, one.orders, one.gmv, one.impressions) == (200.0, 300.0, 8.0, 800.0, 4000.0)
    assert (one.rank, one.days, one.item_name, one.moved, one.held) == (5.0, 14, "Dress", None, "")
    assert (known["d1"].aov, known["d1"].order) == (100.0, OrderValue(100.0, 70.0))
    (two,), _ = judged({"rank": 2.0}, {"date": day(1), "rank": None})
    assert two.rank == 2.0
    assert judged({})[0][0].rank is None


def test_a_word_nobody_saw_is_no_word_and_one_only_clicked_is() -> None:
    found, _ = judged({"word": "a", "impressions": 0.0, "clicks": 0.0}, {"word": "b", "impressions": 0.0})
    assert [one.text for one in found] == ["b"]


def test_the_value_of_an_order_is_the_item_s_own_else_the_shop_s_ranking_says() -> None:
    """A word's orders of 150 yuan are pulled by ten of its item's 125: (8 × 150 + 10 × 125) / 18."""
    found, known = judged(
        {"word": "a", "orders": 8.0, "gmv": 1200.0}, {"word": "b", "orders": 8.0, "gmv": 800.0}, margin=0.5
    )
    assert known["d1"].aov == 125.0
    order = found[0].order
    assert order is not None
    assert (order.paid, order.goods) == (pytest.approx(2450 / 18), pytest.approx(1225 / 18))
    none = {"orders": 0.0, "gmv": 0.0}
    assert judged(none, margin=0.5, values={"d1": 90.0})[1]["d1"].aov == 90.0
    assert judged(none, margin=0.5)[1]["d1"].order is None
    assert judged({})[1]["d1"].order is None


def test_what_holds_an_item_holds_its_words() -> None:
    assert judged({}, held={"d1": "reviews"})[0][0].held == "reviews"
    assert judged({}, held={"d2": "reviews"})[0][0].held == ""


def test_two_weeks_are_needed_before_a_word_is_deleted() -> None:
    rows = [{"date": day(n), "orders": 0.0, "gmv": 0.0, "cost": 400.0} for n in range(13)]
    frame = {"values": {"d1": 50.0}, "margin": 0.3}
    assert judged(*rows, **frame)[0][0].decision == "delete"
    usual = {"date": SUNDAY, "item": "d1", "word": "裙", "impressions": 1000.0, "clicks": 100.0}
    young = of_rows(Keywords, [usual | one for one in rows]).frame
    short = Window(tuple(day(n) for n in range(12, -1, -1)), (), ())
    (one,), _ = judge_words(young, short, shop(margin=0.3), {}, {"d1": 50.0})
    assert one.decision == "lower"


# ---- how it is said


def said(*words: Any) -> dict[str, Finding[Words]]:
    return {one.kind: one for one in findings.of_words(words, MONDAY)}


def test_a_deletion_is_said_with_what_it_loses_and_what_would_pay() -> None:
    found = said(word("delete"))["delete"]
    assert text(found.text) == (
        "Delete “裙” (Dress): 400 clicks brought 16 orders, conversion probably 4.0% (3.0%–5.5%); "
        "break-even is 5.0%. It loses about ¥6 a day."
    )
    assert found.impact is not None
    assert found.impact.yuan == pytest.approx(6.0)
    (asked,) = found.proposals
    assert text(asked.text) == "Delete “裙” from the ad plan of Dress"
    assert (asked.metric, asked.direction, asked.due, asked.expected, asked.item) == (
        "cost", "down", "2026-06-16", 0.0, "裙"
    )  # fmt: skip
    assert said(word("delete", max_cpc=1.6))["delete"].impact is None
    assert said(word("delete", max_cpc=None))["delete"].impact is None


def test_a_price_is_lowered_or_raised_to_the_next_one() -> None:
    lower, raised = said(word())["lower"], said(word("raise", next_cpc=1.803, max_cpc=3.0))["raise"]
    assert text(lower.text) == (
        "Lower the bid on “裙” (Dress) until a click costs ¥1.20 (now ¥1.50): it converts 4.0% "
        "(3.0%–5.5%), so a click is worth ¥1.20 at most. The aim is ¥0.84 a click, so that a profit is "
        "left; lower the bid step by step."
    )
    assert text(raised.text) == (
        "Raise the bid on “裙” (Dress) until a click costs ¥1.80 (now ¥1.50): it converts 4.0% "
        "(3.0%–5.5%), so a click is worth ¥3.00."
    )
    assert text(lower.proposals[0].text) == "Lower the bid on “裙” until a click costs ¥1.20"
    assert text(raised.proposals[0].text) == "Raise the bid on “裙” until a click costs ¥1.80"
    for found, way in ((lower, "down"), (raised, "up")):
        (asked,) = found.proposals
        assert (asked.role, asked.metric, asked.direction, asked.due, asked.item) == (
            "promotion", "cpc", way, "2026-06-16", "裙"
        )  # fmt: skip
    assert (raised.proposals[0].expected, raised.proposals[0].price) == (1.8, 1.803)
    assert said(word("raise", next_cpc=None))["raise"].proposals[0].expected is None


@pytest.mark.parametrize(("aim", "steps"), [(1.2, False), (1.195, False), (1.18, True)])
def test_a_lowered_bid_says_its_aim_and_whether_it_takes_several_steps(aim: float, *, steps: bool) -> None:
    lower = said(word(next_cpc=1.2, target_cpc=aim))["lower"]
    assert "so that a profit is left" in text(lower.text)
    assert ("lower the bid step by step" in text(lower.text)) is steps


def test_three_words_of_a_kind_have_a_line_of_their_own() -> None:
    many = [word(text=f"w{n}", clicks=100.0 + n) for n in range(4)]
    kinds = [one.about.word for one in findings.of_words(many, MONDAY)]
    assert kinds == ["w3", "w2", "w1"]
    raised = [word("raise", text=f"w{n}", next_cpc=1.8) for n in range(4)]
    assert len(findings.of_words(raised, MONDAY)) == 3
    assert len(findings.of_words([word("delete")] * 4, MONDAY)) == 4


def test_a_moved_price_is_said_where_the_word_would_be_changed_and_is_kept() -> None:
    found = said(word(moved=0.2))["moved"]
    assert text(found.text) == (
        "“裙” (Dress): its cost per click just changed by +20%. Leave it until the orders "
        "of those clicks are credited."
    )
    assert found.about == About(item="d1", word="裙")
    assert said(word("keep")) == said(word("delete", moved=0.2)).get("moved", {}) == {}


def test_words_too_young_to_judge_are_named_fewest_clicks_first() -> None:
    few = [
        word(
            "observe", text=f"w{n}", clicks=10.0 * n, orders=1.0, more_clicks=20, cpc=None if n == 7 else 1.5
        )
        for n in range(7, 0, -1)
    ]
    assert text(said(*few)["observe"].text) == (
        "Leave these alone, they have too few clicks to judge (orders/clicks): w1 "
        "(1/10), w2 (1/20), w3 (1/30), w4 (1/40), w5 (1/50), w6 (1/60). 10 clicks prove "
        "nothing; together they need about 140 more (about ¥180)."
    )
    assert said() == {}


def add(**known: Any) -> Addition:
    given: dict[str, Any] = {
        "term": "碎花裙", "item": "d1", "item_name": "Dress", "visitors": 200.0, "buyers": 12.0,
        "rate": 0.055, "low": 0.033, "high": 0.089, "chance": 0.95, "first_cpc": 0.9,
    }  # fmt: skip
    return Addition(**(given | known))


@pytest.mark.parametrize(
    ("known", "held", "sentence", "todo"),
    [
        (
            {},
            "",
            ": in free search it converts {rate}. Start with ¥0.90 a click.",
            "Add “碎花裙” to the ad plan of Dress at ¥0.90 a click",
        ),
        ({"first_cpc": None}, "", "converts {rate}.", "Add “碎花裙” to the ad plan of Dress"),
        ({}, "stock", "”, which converts {rate} in free search; add it once stock arrives.", None),
        (
            {},
            "reviews",
            ("”, which converts {rate} in free search; add it once reviews and refunds are back to normal."),
            None,
        ),
    ],
)
def test_a_term_is_added_at_its_first_price_or_waits(
    known: dict[str, Any], held: Any, sentence: str, todo: str | None
) -> None:
    (found,) = findings.of_additions([add(**known)], {"d1": held} if held else {}, MONDAY)
    rate = "12/200, probably 5.5% (3.3%–8.9%)"
    assert text(found.text).endswith(sentence.format(rate=rate))
    assert (found.kind, found.level, found.about) == ("add", "info", About(item="d1", word="碎花裙"))
    assert [text(one.text) for one in found.proposals] == ([] if todo is None else [todo])
    if todo is not None:
        (asked,) = found.proposals
        assert (asked.metric, asked.direction, asked.due, asked.item, asked.price, asked.deed) == (
            "ad_clicks", "up", "2026-06-16", "碎花裙", known.get("first_cpc", 0.9), "add_word"
        )  # fmt: skip


def test_three_terms_are_added_at_a_time() -> None:
    assert len(findings.of_additions([add()] * 4, {}, MONDAY)) == 3


def test_an_advertised_item_that_runs_out_is_said_with_its_days() -> None:
    (found,) = findings.of_scarce([word()], {"d1": "Dress"}, {"d1": 3.46, "d2": 1.0})
    assert text(found.text) == (
        "Dress: 3.5 days of cover. Do not raise or add its keywords until stock arrives."
    )
    assert (found.level, found.about) == ("watch", About(item="d1"))


def spent(**known: Any) -> Spending:
    """100 yuan a day for twenty days, bringing 300; 4 are needed to break even: 25 a day are lost."""
    given: dict[str, Any] = {
        "item": "d1", "name": "Dress", "scene": "人群", "impressions": 50_000.0, "clicks": 1000.0,
        "cost": 2000.0, "orders": 60.0, "gmv": 6000.0, "days": 20, "low": 2.4, "high": 3.7, "share": 0.25,
        "chance_bad": 0.9,
    }  # fmt: skip
    return Spending(**(given | known))


def test_a_scene_that_loses_is_said_with_its_range_and_lowered_by_a_fifth() -> None:
    (found,) = findings.of_spending([spent()], shop(), MONDAY)
    assert text(found.text) == (
        "人群 for Dress probably loses money: ROI 3.00 (2.40–3.70), break-even 4.00; about ¥25 a day."
    )
    assert (found.kind, found.level, found.about) == ("scene", "watch", About(item="d1", scene="人群"))
    assert found.impact is not None
    assert (found.impact.yuan, found.impact.of, found.impact.per) == (25.0, "margin", "day")
    (asked,) = found.proposals
    assert text(asked.text) == "Lower the bids or the budget of 人群 for Dress by a fifth"
    assert (asked.metric, asked.direction, asked.due, asked.item, asked.deed, asked.about) == (
        "cost", "down", "2026-06-16", "d1", "lower_spend", About(item="d1", scene="人群")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("known", "level"),
    [
        ({"gmv": 6400.0}, "watch"),  # 2,000 - 1,600: 20 a day
        ({"gmv": 6404.0}, None),  # 19.95
        ({"gmv": 0.0}, "act"),  # 100 a day
        ({"gmv": 4.0}, "watch"),  # 99.95
        ({"chance_bad": 0.8}, "watch"),
        ({"chance_bad": 0.79}, None),
        ({"chance_bad": None}, None),
        ({"share": None}, None),
        ({"scene": "关键词推广"}, None),
        ({"scene": "直通车"}, None),
        ({"days": 0}, None),
    ],
)
def test_a_loss_likely_and_of_twenty_yuan_a_day_is_a_finding(
    known: dict[str, Any], level: str | None
) -> None:
    found = findings.of_spending([spent(**known)], shop(), MONDAY)
    assert [one.level for one in found] == ([] if level is None else [level])


def test_the_three_largest_losses_are_said() -> None:
    many = [spent(item=f"d{n}", gmv=6000.0 - 100 * n) for n in range(4)]
    assert [one.about.item for one in findings.of_spending(many, shop(), MONDAY)] == ["d3", "d2", "d1"]


@pytest.mark.parametrize(("chance", "told"), [(0.199, 1), (0.201, 0), (None, 0)])
def test_the_scene_that_earns_most_is_said(chance: float | None, told: int) -> None:
    good = spent(item="d2", name="Coat", chance_bad=chance, gmv=12_000.0, low=5.0, high=7.1)
    less = spent(chance_bad=chance, gmv=9000.0)
    found = findings.of_spending([less, good], shop(), MONDAY)
    assert [text(one.text) for one in found] == [
        "Coat earns most with 人群: ROI 6.00 (5.00–7.10), break-even 4.00."
    ] * told
    assert [(one.kind, one.level, one.about) for one in found] == [("earns", "good", About(item="d2"))] * told


def picture(**known: Any) -> Picture:
    given: dict[str, Any] = {
        "item": "d1", "name": "Dress", "change": True, "usual_ctr": 0.04127, "sample": 5200,
        "found": Coec(ratio=0.666, chance_below=0.9876, plain_ctr=0.02749, expected=300.0),
    }  # fmt: skip
    return Picture(**(given | known))


def test_a_weak_picture_is_tested_beside_the_old_one() -> None:
    (found,) = findings.of_pictures([picture()], MONDAY)
    assert text(found.text) == (
        "Dress: the click rate of its picture is 2.75%, where the same ad slots usually "
        "give 4.13%, and its keywords convert well: the picture is probably the problem. "
        "Each picture in the test needs 5,200 impressions."
    )
    (asked,) = found.proposals
    assert text(asked.text) == (
        "Make a new main picture for Dress and test it beside the old one (5,200 impressions each)"
    )
    assert (asked.role, asked.metric, asked.direction, asked.due, asked.expected, asked.item, asked.deed) == (
        "design", "ctr", "up", "2026-06-18", 0.0413, "d1", "test_picture"
    )  # fmt: skip
    assert found.about == asked.about == About(item="d1")
    (plain,) = findings.of_pictures([picture(sample=None)], MONDAY)
    assert text(plain.text).endswith(", and its keywords convert well: the picture is probably the problem.")
    assert text(plain.proposals[0].text) == "Make a new main picture for Dress and test it beside the old one"
    assert findings.of_pictures([picture(change=False), picture(change=None)], MONDAY) == []
    assert len(findings.of_pictures([picture()] * 3, MONDAY)) == 2


def test_while_the_page_fails_what_buys_more_waits_and_the_rest_does_not() -> None:
    words = findings.of_words([word("raise", next_cpc=1.8), word()], MONDAY)
    assert findings.waiting_for_page(words, None) == words
    kept = findings.waiting_for_page(words, 0.74)
    assert [(one.kind, bool(one.proposals)) for one in kept] == [
        ("lower", True), ("raise", False), ("page", False)
    ]  # fmt: skip
    assert text(kept[-1].text) == (
        "The bounce rate is 74.0%, above its limit. Lower bids and delete keywords now; raise bids and "
        "add keywords once the page is good again."
    )
    assert text(kept[1].text).endswith(" Do this once the page meets its limits again.")
    lower = findings.of_words([word()], MONDAY)
    assert findings.waiting_for_page(lower, 0.74) == lower


# ---- tables


def rows(table: Table[Words]) -> list[dict[str, Any]]:
    ids = [column.id for column in table.columns]
    return [dict(zip(ids, row, strict=True)) for row in table.rows]


def shown(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, int | float) else text(cell)


def test_each_cell_of_a_word() -> None:
    (row,) = rows(tables.word_table([word(rank=3.26)]))
    assert {name: shown(cell) for name, cell in row.items()} == {
        "word": "裙", "item": "Dress", "decision": "lower", "cpc": 1.5, "next_cpc": 1.2, "click_value": 1.2,
        "earns": 0.3, "clicks": 400.0, "orders": 16.0, "click_conversion": 0.04, "interval": "3.0–5.5%",
        "ctr": 0.04, "impressions": 10_000.0, "cost": 600.0, "roi": 2.67, "rank": 3.3, "still_needs": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("known", "needs"),
    [
        ({"decision": "observe", "more_clicks": 50}, "50 clicks (about ¥75)"),
        ({"decision": "observe", "more_clicks": 50, "cpc": None}, "50 clicks (about —)"),
        ({"decision": "observe"}, ""),
        ({"decision": "lower", "more_clicks": 50}, ""),
        ({"moved": -0.2, "held": "stock"}, "cost per click just changed -20%"),
        ({"moved": 0.2}, "cost per click just changed +20%"),
        ({"held": "stock"}, "stock running out"),
        ({"held": "reviews"}, "bad reviews are increasing"),
        ({"held": "refunds"}, "refunds for faults are increasing"),
    ],
)
def test_what_a_word_still_needs(known: dict[str, Any], needs: str) -> None:
    (row,) = rows(tables.word_table([word(**known)]))
    assert shown(row["still_needs"]).replace("−", "-") == needs


def test_words_stand_by_decision_then_by_what_they_move() -> None:
    words = [
        word(None, text="none"), word("observe", text="observe"), word("keep", text="keep"),
        word("raise", text="raise", next_cpc=1.8), word(text="small", clicks=10.0), word(text="large"),
        word("delete", text="delete", next_cpc=None),
    ]  # fmt: skip
    table = tables.word_table(words)
    assert [row[0] for row in table.rows] == ["delete", "large", "small", "raise", "keep", "observe", "none"]
    assert table.keys == tuple(f"paid/word/d1/{row[0]}" for row in table.rows)
    assert [one.word for one in table.about or ()] == [row[0] for row in table.rows]
    assert [row["decision"] for row in rows(table)][-1] == "—"


def test_each_cell_of_a_term_to_add() -> None:
    table = tables.addition_table([add(), add(item="d2")], {"d2": "stock"})
    assert {name: shown(cell) for name, cell in rows(table)[0].items()} == {
        "search_term": "碎花裙", "item": "Dress", "visitors": 200.0, "buyers": 12.0, "conversion": 0.055,
        "interval": "3.3–8.9%", "first_cpc": 0.9,
    }  # fmt: skip
    assert table.holds == ("", "stock")
    assert table.keys == ("paid/add/d1/碎花裙", "paid/add/d2/碎花裙")


def test_each_cell_of_a_scene() -> None:
    (full,) = rows(tables.spending_table([spent()]))
    assert {name: shown(cell) for name, cell in full.items()} == {
        "item": "Dress", "scene": "人群", "cost": 2000.0, "clicks": 1000.0, "ctr": 0.02, "cpc": 2.0,
        "orders": 60.0, "roi": 3.0, "interval": "2.40–3.70", "break_even": 4.0,
    }  # fmt: skip
    none = spent(scene="", impressions=0.0, clicks=0.0, cost=0.0, low=None, high=None, share=None)
    (bare,) = rows(tables.spending_table([none]))
    empty = {name: shown(cell) for name, cell in bare.items()}
    assert (empty["scene"], empty["ctr"], empty["cpc"], empty["roi"], empty["interval"]) == (
        "—", None, None, None, "—–—"
    )  # fmt: skip
    assert (none.daily_loss, spent(days=0).daily_loss) == (None, None)


def test_each_cell_of_a_picture() -> None:
    (row,) = rows(tables.picture_table([picture()]))
    assert row == {"item": "Dress", "ctr": 0.0275, "usual_ctr": 0.0413, "ratio": 0.67, "too_low": 0.988}


# ---- limits


def told(found: Any = (), days: Window | None = None, missing: Any = (), images: Any = ()) -> list[str]:
    window = days or Window((day(40), day(30)), (), ())
    return [text(one) for one in limits.told(found, window, missing, images, shop(), MONDAY)]


def test_what_cannot_be_concluded_is_told_where_it_applies() -> None:
    always = told()
    assert always[0] == "Judged on 2 days: 5 May to 15 May."
    assert [one[:20] for one in always[1:]] == [("Orders are those the")]
    full = told(
        [word()],
        Window((day(40), day(10)), (day(3), day(1)), (day(35), day(34))),
        [add()],
        [picture(change=False), picture()],
    )
    assert full[1].startswith(
        "11 Jun to 13 Jun are too recent to judge; their orders are still being credited."
    )
    assert full[2].startswith(
        "Of the judged days, 4 Jun to 4 Jun are within the 15 days in which orders are still "
        "credited to the ads, so a few more orders will be added. Today's decisions are "
        "checked again automatically on "
    )
    assert full[3] == "Big campaign days left out: 10 May, 11 May."
    assert full[4].startswith(
        "Target prices are 70% of what a click is worth, because it is not known how "
        "clicks respond to bids. What you pay depends on the next bidder: change the bid "
        "until the cost per click reaches the target."
    )
    assert [one[:20] for one in full[5:]] == [
        "Orders are those the", "A keyword that alrea", "Ad slots are compare",
    ]  # fmt: skip
    assert len(told([word(order=None)])) == 2
    assert len(told(images=[picture(change=False)])) == 2


@pytest.mark.parametrize(("ago", "growing"), [(14, True), (15, False)])
def test_days_younger_than_the_attribution_window_still_grow(ago: int, *, growing: bool) -> None:
    found = told(days=Window((day(30), day(ago)), (), ()))
    assert any(one.startswith("Of the judged days") for one in found) == growing


def test_the_beliefs_behind_an_item_come_from_its_own_words() -> None:
    _, known = judged({"word": "a", "orders": 150.0}, {"word": "b", "orders": 4.0})
    assert known["d1"].prior.mean == pytest.approx(0.04, abs=0.01), "more orders than clicks tell nothing"
    assert isinstance(known["d1"].prior, BetaPrior)
