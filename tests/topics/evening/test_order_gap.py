"""The order gap: ours exact, theirs a range, lawful levers only."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pandas as pd
import pytest

from core.answers.answer import About, Answer, Bars, Finding, Number, Table, Verdict, named
from core.answers.answer_codec import decode, encode
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.journal.projections import Past
from core.language.speech import speak
from core.records.evening import DayNow, RivalNow
from core.records.records import Records
from core.shop.settings import Rival
from core.topics.evening import order_gap
from core.topics.evening.rivals_now import shown_range
from tests.topics.evenings import at, days_by_hour, moment
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told, told_by, usual_shop
from tests.topics.writing import Journal

gap = told_by(order_gap.gap)
RIVALS = (Rival(id="r1", name="甲家"), Rival(id="r2", name="乙家"))


def asked(
    typed: Records[DayNow],
    seen: Records[RivalNow] | None = None,
    past: Past | None = None,
    target: float = 0.0,
    orders: Orders | None = None,
    items: Items | None = None,
    clock: str = "21:10",
    hours: Hours | None = None,
    *,
    refund_rate: float = 0.0,
) -> Answer:
    days = usual_shop(gmv=24_000.0, buyers=240.0, cart_buyers=900.0)
    return gap(
        typed,
        seen or Records(),
        past or Past(MONDAY),
        orders,
        days_by_hour() if hours is None else hours,
        days,
        items,
        shop=shop(
            rivals=RIVALS,
            margin=0.5,
            refund_rate=refund_rate,
            targets={"2026-06": target * 30} if target else {},
        ),
        today=MONDAY,
        now=moment(clock),
    )


def so_far(orders: int, unpaid: int | None = None, clock: str = "21:00") -> Records[DayNow]:
    return at(
        "21:02" if clock == "21:00" else clock,
        DayNow(at=clock, orders=orders, gmv=orders * 100.0, unpaid=unpaid),
    )


def by_kind(answer: Answer, kind: str) -> Finding:
    (only,) = [finding for finding in answer.findings if finding.kind == kind]
    return only


def kinds(answer: Answer) -> set[str]:
    return {finding.kind for finding in answer.findings}


def keys(answer: Answer) -> set[str]:
    return {finding.key for finding in answer.findings}


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("150-180", 150, 180),
        ("150~180", 150, 180),
        ("150到180单", 150, 180),
        ("100+", 100, 199),
        ("87", 87, 87),
        ("1万-2万", 10_000, 29_999),
    ],
)
def test_a_rivals_count_is_read_as_the_range_it_is(typed: str, low: float, high: float) -> None:
    assert shown_range(typed) == (low, high)


@pytest.mark.parametrize("typed", ["", "很多", "180-150"])
def test_what_is_no_range_is_unknown(typed: str) -> None:
    assert shown_range(typed) is None


def test_nothing_typed_is_asked_for_with_what_the_target_wants_by_now() -> None:
    answer = asked(Records(), target=24_000.0)
    assert answer.verdict.level == "nodata"
    assert "¥2" in answer.verdict.text
    assert not answer.findings


def test_a_day_on_its_way_needs_no_lever() -> None:
    answer = asked(so_far(240), target=24_000.0)
    assert answer.verdict.level == "good"
    assert not any(finding.proposals for finding in answer.findings)


def test_a_target_out_of_reach_gets_no_discount() -> None:
    answer = asked(so_far(120), target=40_000.0)
    assert "order_gap/out_of_reach" in keys(answer)
    assert not keys(answer) & {"order_gap/carts", "order_gap/groups"}


def test_a_gap_that_can_be_closed_names_the_levers_with_their_numbers() -> None:
    answer = asked(so_far(208, unpaid=14), target=24_300.0)
    carts = next(finding for finding in answer.findings if finding.key == "order_gap/carts")
    assert "2,700 people" in carts.text
    assert "order_gap/unpaid" in keys(answer)
    end = next(piece for piece in answer.evidence if isinstance(piece, Number) and piece.low is not None)
    assert end.value is not None
    assert 225 <= end.value <= 245


@pytest.mark.parametrize(("orders", "state"), [(240, "met"), (120, "missed")])
def test_the_forecast_against_what_the_target_needs_leads_the_answer(orders: int, state: str) -> None:
    answer = asked(so_far(orders), target=24_000.0)
    bars = answer.lead
    assert isinstance(bars, Bars)
    now, end = bars.bars[:2]
    assert (str(now.name), now.value) == ("Our orders so far", orders)
    assert (str(end.name), end.state) == ("Our orders by midnight", state)
    assert end.limit is not None
    assert end.value is not None
    assert (end.value >= end.limit) == (state == "met")


def test_a_rival_is_ahead_only_with_both_ends_of_the_range() -> None:
    seen = at(
        "21:04",
        RivalNow(rival="r1", orders="190-230", price="100-200"),
        RivalNow(rival="r2", orders="220-260"),
    )
    answer = asked(so_far(210), seen)
    assert "order_gap/rival/r2" in keys(answer)
    assert "order_gap/rival/r1" not in keys(answer)
    assert "乙家 is 10–50 orders ahead" in answer.verdict.text
    table = next(piece for piece in answer.evidence if isinstance(piece, Table))
    assert ("¥19,000–¥46,000") in {row[4] for row in table.rows}


def test_a_rival_looked_at_yesterday_does_not_count_tonight() -> None:
    seen = at("21:04", RivalNow(rival="r1", orders="900"), day=MONDAY - timedelta(days=1))
    assert "no rival has been looked at tonight" in asked(so_far(210), seen).verdict.text


def test_fake_orders_get_the_article_once_and_no_figure() -> None:
    journal = Journal(MONDAY)
    journal.write("note", "order_gap", text="要不要补单 30 单？")
    journal.write("note", "live", text="刷单的事再说")
    answer = asked(so_far(210), past=journal.past)
    law = [finding for finding in answer.findings if finding.key == "order_gap/law"]
    assert len(law) == 1
    assert "art. 17" in law[0].text
    assert not law[0].proposals
    without = asked(so_far(210))
    assert answer.evidence == without.evidence
    assert answer.verdict == without.verdict


# ---- the day's target


@pytest.mark.parametrize(
    ("orders", "level", "said"),
    [
        (225, "good", ", forecast 256: over 99% likely to reach the day's target of ¥24,000"),
        (215, "good", ", forecast 245: 85% likely to reach the day's target of ¥24,000"),
        (214, "info", ", forecast 244: 80% likely to reach the day's target of ¥24,000"),
        (212, "info", ", forecast 242: 67% likely to reach the day's target of ¥24,000"),
        (211, "watch", ", forecast 241: 60% likely to reach the day's target of ¥24,000"),
        (190, "watch", ", forecast 219: under 1% likely to reach the day's target of ¥24,000"),
    ],
)
def test_the_chance_of_the_target_decides_how_urgent_it_is(orders: int, level: str, said: str) -> None:
    """80 % is likely and 60 % leans; 214 orders are a little under the one, 211 under the other."""
    answer = asked(so_far(orders), target=24_000.0)
    assert (answer.verdict.level, by_kind(answer, "target").level) == (level, level)
    assert said in answer.verdict.text


def test_the_targets_finding_names_what_lacks_and_what_the_evening_brings() -> None:
    missing = by_kind(asked(so_far(208), target=24_300.0), "target")
    assert missing.text == "35 more orders are needed for the target; the evening usually brings 30 (23–37)."
    likely = by_kind(asked(so_far(216), target=24_000.0), "target")
    assert likely.text.endswith(
        "24 more orders reach the target, and the evening usually brings 30 (23–38). "
        "Nothing needs to be done."
    )
    assert "target" not in kinds(asked(so_far(240), target=24_000.0))
    assert "target" not in kinds(asked(so_far(208)))


def test_a_day_that_is_over_is_only_counted() -> None:
    typed = at("23:55", DayNow(at="24:00", orders=230, gmv=23_000.0, unpaid=9))
    answer = asked(typed, target=24_300.0, clock="23:59")
    assert answer.verdict.text == "The day ended with 230 orders; no rival has been looked at tonight."
    assert answer.findings == ()


def test_without_hours_of_earlier_days_no_end_is_told() -> None:
    answer = asked(so_far(208), target=24_300.0, hours=days_by_hour(days=3))
    assert answer.verdict.text == "208 orders by 21:00; no rival has been looked at tonight."
    assert (
        "Too few earlier days have hourly figures to forecast the day: import the hourly file or the orders."
    ) in answer.limits
    assert "for the day;" in asked(so_far(208), hours=days_by_hour(days=4)).verdict.text


# ---- levers


@pytest.mark.parametrize(("orders", "in_reach"), [(203, False), (204, True)])
def test_under_one_evening_in_twenty_no_lever_is_pulled(orders: int, *, in_reach: bool) -> None:
    """203 orders leave 4 % for the day's ¥24,300, 204 leave 6 %."""
    answer = asked(so_far(orders), target=24_300.0)
    assert ("carts" in kinds(answer)) is in_reach
    assert ("out_of_reach" in kinds(answer)) is not in_reach


@pytest.mark.parametrize(("clock", "pulled"), [("22:29", True), ("22:30", False)])
def test_after_half_past_ten_no_lever_is_pulled(clock: str, *, pulled: bool) -> None:
    answer = asked(so_far(222, unpaid=5, clock=clock), target=24_000.0, clock="22:45")
    assert answer.verdict.level == "watch"
    assert ("carts" in kinds(answer)) is pulled
    assert "unpaid" in kinds(answer)


def test_carts_say_what_a_coupon_gives_away() -> None:
    carts = by_kind(asked(so_far(208), target=24_300.0), "carts")
    assert (
        "2,700 people added something to the cart in three days; the target needs 6 more orders."
        in carts.text
    )
    assert carts.text.endswith(
        "An order earns ¥50: a coupon of ¥25 gives half of that away, also to buyers who "
        "would have bought anyway."
    )
    (ask,) = carts.proposals
    assert (ask.role, ask.metric, ask.direction, ask.due) == ("operator", "buyers", "up", "2026-06-15")
    some_sent_back = by_kind(asked(so_far(208), target=24_300.0, refund_rate=0.2), "carts")
    assert (
        "An order earns ¥40: a coupon of ¥20 gives half of that away, also to buyers who "
        "would have bought anyway."
    ) in some_sent_back.text


def paid_orders(waiting: int = 0, late: int = 0, asleep: tuple[int, ...] = ()) -> Orders:
    """Return eight days of 48 orders and what was unpaid at half past eight.

    Of those ``late`` were paid before midnight. Buyers who ordered last so many days ago come on top.
    """
    rows: list[dict[str, object]] = []

    def add(created: datetime, paid: datetime | None, buyer: str) -> None:
        rows.append(
            {
                "order": str(len(rows)),
                "date": created.date(),
                "created": created.replace(tzinfo=None),
                "paid": None if paid is None else paid.replace(tzinfo=None),
                "amount": 100.0,
                "buyer": buyer,
            }
        )

    for back in (*range(1, 9), *asleep):
        for half_hour in range(48):
            at_once = moment(f"{half_hour // 2:02d}:05", MONDAY - timedelta(days=back))
            add(at_once, at_once, f"buyer of {back}")
    for n in range(waiting):
        evening = moment("20:30", MONDAY - timedelta(days=1 + n % 8))
        add(evening, evening + timedelta(hours=1) if n < late else None, f"late {n}")
    return of_rows(Orders, rows)


@pytest.mark.parametrize(("waiting", "known"), [(19, False), (20, True)])
def test_twenty_unpaid_orders_tell_how_many_still_pay(waiting: int, *, known: bool) -> None:
    answer = asked(so_far(43, unpaid=14), target=4_800.0, orders=paid_orders(waiting, late=15))
    unpaid = by_kind(answer, "unpaid")
    assert unpaid.level == "watch"
    assert unpaid.proposals[0].text == "Remind the 14 unpaid buyers by 22:00, one message each"
    if known:
        assert ", already in the forecast. A reminder can win some of the other" in unpaid.text
        assert (
            "are paid the same night anyway: about 10, already in the forecast. A reminder "
            "can win some of the other 4."
        ) in unpaid.text
    else:
        assert unpaid.text == "14 orders are not paid yet: remind the buyers."
    assert "unpaid" not in kinds(asked(so_far(43, unpaid=0), orders=paid_orders()))


def test_buyers_of_two_weeks_to_two_months_ago_are_written_to() -> None:
    answer = asked(so_far(40), target=4_900.0, orders=paid_orders(asleep=(13, 14, 60, 61)))
    groups = by_kind(answer, "groups")
    assert groups.level == "info"
    assert groups.text.startswith("2 buyers ordered between two weeks and two months ago and")
    (ask,) = groups.proposals
    assert (ask.role, ask.metric, ask.direction, ask.due) == ("content", "returning", "up", "2026-06-15")
    short = re.search(r"; the target needs (\d+) more orders\.$", groups.text)
    assert short
    assert int(short[1]) > 0
    assert "carts" in kinds(answer)
    assert "groups" not in kinds(asked(so_far(40), target=4_900.0, orders=paid_orders(asleep=(13, 61))))


def test_the_ads_are_not_decided_twice() -> None:
    journal = Journal(MONDAY)
    journal.shown("evening_ads", Answer(Verdict("good", "Leave it: the budget lasts.")))
    ads = by_kind(asked(so_far(208), past=journal.past, target=24_300.0), "ads")
    assert (ads.level, ads.text) == (
        "info",
        "What was decided about ads earlier this evening: Leave it: the budget lasts.",
    )
    nothing = Journal(MONDAY)
    nothing.shown("evening_ads", Answer(Verdict("nodata", "Type what the ads spent.")))
    assert "ads" not in kinds(asked(so_far(208), past=nothing.past, target=24_300.0))
    assert "ads" not in kinds(asked(so_far(208), target=24_300.0))


# ---- rivals


@pytest.mark.parametrize(
    ("shown", "kind", "stands"),
    [
        ("211-230", "rival", "ahead"),
        ("210-230", None, "open"),
        ("190-210", None, "open"),
        ("190-209", "behind", "behind"),
    ],
)
def test_a_rivals_place_is_said_when_both_ends_agree(shown: str, kind: str | None, stands: str) -> None:
    answer = asked(so_far(210), at("21:04", RivalNow(rival="r1", orders=shown)))
    assert kinds(answer) & {"rival", "behind"} == ({kind} if kind else set())
    (table,) = [piece for piece in answer.evidence if isinstance(piece, Table)]
    assert table.rows[1][-1] == stands
    expected = {"ahead": "watch", "open": "info", "behind": "info"}
    assert answer.verdict.level == expected[stands]


def test_rivals_are_named_in_findings_with_their_id() -> None:
    seen = at("21:04", RivalNow(rival="r1", orders="150"), RivalNow(rival="r2", orders="220-260"))
    answer = asked(so_far(210), seen, target=24_000.0)
    ahead = by_kind(answer, "rival")
    assert (ahead.key, ahead.about, ahead.level) == ("order_gap/rival/r2", About(rival="r2"), "info")
    assert ahead.text == (
        "The page of 乙家 shows 220–260 orders: 10–50 more than ours. If the rival's day runs like "
        "ours, it has 251–296 orders by midnight: 4% likely that we reach the low end of that, "
        "under 1% the high end."
    )
    assert (
        by_kind(answer, "behind").text
        == "We are ahead of 甲家, even at the highest estimate of their orders."
    )


def test_who_was_not_looked_at_is_named_where_others_were() -> None:
    one = asked(so_far(210), at("21:04", RivalNow(rival="r1", orders="150")))
    assert by_kind(one, "not_seen").text == "Not looked at tonight: 乙家."
    both = at("21:04", RivalNow(rival="r1", orders="150"), RivalNow(rival="r2", orders="150"))
    assert "not_seen" not in kinds(asked(so_far(210), both))
    assert "we are ahead of every rival looked at" in asked(so_far(210), both).verdict.text
    assert "not_seen" not in kinds(asked(so_far(210)))


@pytest.mark.parametrize(("clock", "rough"), [("20:30", False), ("20:29", True)])
def test_rivals_looked_at_another_hour_make_the_gap_rough(clock: str, *, rough: bool) -> None:
    answer = asked(so_far(210), at(clock, RivalNow(rival="r1", orders="150")))
    assert (
        any(
            "Rivals were looked at at another hour than our figures, so the difference is rough." in limit
            for limit in answer.limits
        )
        is rough
    )


def test_three_rivals_ahead_are_named_the_furthest_first() -> None:
    rivals = tuple(Rival(id=f"r{n}", name=f"店{n}") for n in range(1, 5))
    seen = at("21:04", *(RivalNow(rival=f"r{n}", orders=str(210 + 10 * n)) for n in range(1, 5)))
    answer = told(
        order_gap.gap(
            so_far(210), seen, Past(MONDAY), shop=shop(rivals=rivals), today=MONDAY, now=moment("21:10")
        )
    )
    assert [one.about.rival for one in answer.findings if one.kind == "rival"] == ["r4", "r3", "r2"]
    assert answer.verdict.text == "210 orders by 21:00; 店4 is 40 orders ahead."


# ---- the table, the law, the two languages


def test_tonight_as_a_table() -> None:
    seen = at(
        "21:04",
        RivalNow(rival="r1", orders="190-230", price="100-200", listings=10),
        RivalNow(rival="r2", orders="220-260"),
    )
    sold = of_rows(
        Items, [{"date": SUNDAY, "item": item, "units": n} for item, n in (("1", 3), ("2", 4), ("3", 0))]
    )
    (table,) = [piece for piece in asked(so_far(210), seen, items=sold).evidence if isinstance(piece, Table)]
    assert [column.id for column in table.columns] == [
        "shop", "orders", "ahead", "midnight", "gmv", "slot", "stands",
    ]  # fmt: skip
    assert table.rows == (
        ("We", "210", "", "", "¥21,000", "¥10,500", ""),
        ("乙家", "220–260", "10–50", "251–296", "—", "—", "ahead"),
        ("甲家", "190–230", "-20–20", "216–262", "¥19,000–¥46,000", "¥1,900–¥4,600", "open"),
    )
    stands = table.columns[-1]
    assert [named(stands, one) for one in ("ahead", "behind", "open")] == [
        "ahead of us", "behind us", "cannot tell",
    ]  # fmt: skip


def test_our_own_numbers_carry_the_forecast_and_what_the_target_needs() -> None:
    numbers = [piece for piece in asked(so_far(208), target=24_300.0).evidence if isinstance(piece, Number)]
    assert [(one.value, one.low, one.high, one.reference) for one in numbers] == [
        (208, None, None, None),
        (238, 231.0, 245.0, 243),
    ]


def test_orders_of_today_come_from_the_hours_where_nobody_typed_them() -> None:
    today = of_rows(
        Hours,
        [
            {"date": MONDAY, "hour": float(hour), "buyers": 9, "ordered_buyers": 10, "gmv": 900}
            for hour in range(22)
        ],
    ).frame
    hours = Hours(Hours.shaped(pd.concat([days_by_hour().frame, today])))
    answer = asked(Records(), hours=hours)
    assert answer.verdict.text.startswith("189 orders by 21:00")
    assert any(
        limit.startswith("Our figure is from today's hourly file up to 21:00") for limit in answer.limits
    )
    assert by_kind(answer, "unpaid").text == "21 orders are not paid yet: remind the buyers."


def test_the_law_is_not_shown_where_nobody_typed_of_it() -> None:
    journal = Journal(MONDAY)
    journal.write("note", "order_gap", text="补货 30 单")
    assert "law" not in kinds(asked(so_far(210), past=journal.past))


def test_the_answer_is_the_same_in_both_languages() -> None:
    journal = Journal(MONDAY)
    journal.write("note", "order_gap", text="刷单")
    journal.shown("evening_ads", Answer(Verdict("good", "Leave it.")))
    seen = at(
        "20:04",
        RivalNow(rival="r1", orders="150", price="100-200"),
        RivalNow(rival="r2", orders="220-260"),
    )

    def encoded() -> dict[str, object]:
        return encode(
            order_gap.gap(
                so_far(43, unpaid=14),
                seen,
                journal.past,
                paid_orders(20, late=15, asleep=(14, 60)),
                days_by_hour(),
                usual_shop(gmv=4_800.0, buyers=48.0, cart_buyers=90.0),
                shop=shop(rivals=RIVALS, margin=0.5, targets={"2026-06": 5_100.0 * 30}),
                today=MONDAY,
                now=moment("21:10"),
            )
        )

    english = encoded()
    speak("zh")
    assert encoded() == english
    assert "单" in told(decode(english)).verdict.text


@pytest.mark.parametrize(
    ("orders", "said"), [(199, "under 1%"), (201, "2%"), (221, "99%"), (222, "over 99%")]
)
def test_nothing_is_quite_impossible_and_nothing_quite_sure(orders: int, said: str) -> None:
    target = 24_300.0 if orders < 210 else 24_000.0
    assert f": {said} likely to reach the day's" in asked(so_far(orders), target=target).verdict.text


def test_what_lacks_is_counted_at_todays_order_value_mixed_with_the_usual() -> None:
    """208 orders of ¥150 and thirty usual ones of ¥100 make ¥143.70: ¥4,800 are 34 orders."""
    dear = at("21:02", DayNow(at="21:00", orders=208, gmv=31_200.0))
    assert by_kind(asked(dear, target=36_000.0), "target").text.startswith("34 more orders")


@pytest.mark.parametrize(("days", "compared"), [(11, 11), (12, 8)])
def test_eight_days_of_the_same_half_of_the_week_are_enough(days: int, compared: int) -> None:
    limits = asked(so_far(210), hours=days_by_hour(days=days)).limits
    assert any(f"({compared} comparable days)" in limit for limit in limits)
