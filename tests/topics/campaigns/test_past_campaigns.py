"""A finished campaign: its quiet days, what was given away and earned, and what it is held against."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.answers.answer import About, Impact, Table
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.language.wording import text
from core.records.month import CampaignResult
from core.records.records import CampaignEntry
from core.shop.settings import CalendarDay
from core.topics.campaigns.past_campaigns import confidence_findings, findings
from core.topics.campaigns.past_campaigns.comparisons import (
    LastYear,
    Placebo,
    Sure,
    against_the_rest,
    last_year,
    placebo,
)
from core.topics.campaigns.past_campaigns.finished import Finished, finished, lifts, runs
from core.topics.campaigns.past_campaigns.review import CampaignReview, price_index, review, weeks_before
from core.topics.campaigns.planning.campaign import Campaign
from core.topics.campaigns.uplift import (
    Relative,
    Uplift,
    discount_share,
    placebo_p,
    relative_uplift,
    weekday_matched_uplift,
)
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, of_rows, shop

TODAY = MONDAY


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def span(first: int, last: int) -> tuple[date, ...]:
    return tuple(on(n) for n in range(first, last + 1))


# ---- uplift


def test_whole_weeks_are_summed_and_incomplete_ones_left_out() -> None:
    """100 and 121 a week: 110 in the geometric middle; 220 is twice that."""
    found = weekday_matched_uplift([[50.0, 50.0], [60.0, 61.0], [1.0, None], [], [0.0, 0.0]], [100.0, 120.0])
    assert found is not None
    assert (found.actual, found.baseline, found.uplift, found.share) == pytest.approx((220, 110, 110, 1.0))
    assert (found.low, found.high, found.call, found.trend) == (None, None, None, False)
    assert weekday_matched_uplift([[None], [0.0]], [5.0]) is None


def test_three_weeks_give_a_range_and_a_call() -> None:
    """Logs of sd 0.0953: 80 % of t with two degrees is 1.886 × 0.0953 × √(4/3)."""
    weeks = [[100.0], [110.0], [121.0]]
    found = weekday_matched_uplift(weeks, [220.0])
    assert found is not None
    half = 1.8856 * math.log(1.1) * math.sqrt(4 / 3)
    assert (found.low, found.high) == pytest.approx(
        (220 - 110 * math.exp(half), 220 - 110 * math.exp(-half)), rel=1e-3
    )
    calls = [weekday_matched_uplift(weeks, [sold]) for sold in (220.0, 110.0, 50.0)]
    assert [one.call for one in calls if one is not None] == ["up", "no call", "down"]
    two = weekday_matched_uplift(weeks[:2], [220.0])
    assert two is not None
    assert (two.low, two.call) == (None, None)


def test_a_clear_trend_of_four_weeks_is_followed() -> None:
    """A tenth more every week, nearly exactly: the fifth is 146, not the middle 115."""
    found = weekday_matched_uplift([[100.0], [110.1], [121.0], [133.0]], [146.4])
    assert found is not None
    assert found.trend
    assert found.share == pytest.approx(0.0, abs=0.01)
    three = weekday_matched_uplift([[100.0], [110.1], [121.0]], [133.0])
    assert three is not None
    assert not three.trend
    wild = weekday_matched_uplift([[100.0], [150.0], [90.0], [133.0]], [146.4])
    assert wild is not None
    assert not wild.trend


def test_items_on_offer_are_held_against_the_rest() -> None:
    """Twice as much as the rest in clean weeks, four times in the campaign: 100 % beyond."""
    found = relative_uplift([(200.0, 100.0), (220.0, 110.0), (None, 5.0), (5.0, 0.0)], 400.0, 100.0)
    assert found is not None
    assert (found.share, found.weeks, found.low, found.high, found.call) == (
        pytest.approx(1.0),
        2,
        None,
        None,
        None,
    )  # type: ignore[comparison-overlap]
    sure = relative_uplift([(200.0, 100.0), (220.0, 100.0), (180.0, 100.0)], 400.0, 100.0)
    assert sure is not None
    assert sure.low is not None
    assert sure.high is not None
    assert sure.low < sure.share < sure.high
    assert (sure.call, sure.weeks) == ("up", 3)
    for treated, control in ((0.0, 100.0), (100.0, 0.0)):
        assert relative_uplift([(200.0, 100.0)], treated, control) is None
    assert relative_uplift([], 1.0, 1.0) is None


def test_chance_and_share() -> None:
    assert (placebo_p(0, 11), placebo_p(3, 3)) == pytest.approx((1 / 12, 1.0))
    assert (discount_share(3, 30), discount_share(0, 0)) == (0.1, None)


# ---- which are over


def recorded(first: int, last: int, **known: Any) -> Campaign:
    given: dict[str, Any] = {
        "name": "年中大促", "kind": "platform", "state": "over", "start": on(first), "end": on(last)
    }  # fmt: skip
    return Campaign(CampaignEntry(**(given | known)), TODAY)


@pytest.mark.parametrize(
    ("first", "last", "known", "names"),
    [
        (-5, -1, {}, ["年中大促"]),
        (-5, 0, {}, []),
        (-47, -45, {}, ["年中大促"]),
        (-47, -46, {}, []),
        (-5, -1, {"state": "running"}, ["年中大促"]),
        (-5, -1, {"state": "accepted"}, ["年中大促"]),
        (-5, -1, {"state": "planned"}, []),
        (-5, -1, {"state": "applied"}, []),
        (-5, -1, {"state": "rejected"}, []),
    ],
)
def test_a_campaign_is_reviewed_for_45_days(
    first: int, last: int, known: dict[str, Any], names: list[str]
) -> None:
    assert [one.name for one in finished([recorded(first, last, **known)], shop(), TODAY)] == names


def test_three_days_before_and_fourteen_behind_it_are_quiet() -> None:
    (one,) = finished([recorded(-10, -8, discount="满减", items="风衣")], shop(), TODAY)
    assert (one.before, one.after) == (span(-13, -11), span(-7, 6))
    assert (one.start, one.last, one.apart) == (on(-13), on(-8), True)
    assert one.told == "年中大促 风衣  满减"
    assert Finished("", one.days, (), ()).start == on(-10)


def test_the_quiet_ends_where_the_next_campaign_begins() -> None:
    next_one = CalendarDay(on(-4), on(-3), multiplier=2.0)
    (one, other) = finished([recorded(-10, -8)], shop(calendar=(next_one,)), TODAY)[::-1]
    assert one.after == span(-7, -5)
    assert (other.name, other.days, other.told) == ("platform", span(-4, -3), "")
    presale = CalendarDay(on(-4), on(-2), multiplier=0.8)
    (own,) = finished([recorded(-10, -8, kind="own")], shop(calendar=(presale,)), TODAY)
    assert own.after == span(-7, -5)
    (theirs,) = finished([recorded(-10, -8)], shop(calendar=(presale,)), TODAY)
    assert theirs.after == span(-7, 6)
    before = CalendarDay(on(-12), on(-11), multiplier=2.0)
    found = finished([recorded(-10, -8)], shop(calendar=(before,)), TODAY)
    assert next(one for one in found if one.name == "年中大促").before == (on(-13),)


def test_a_presale_of_the_calendar_is_its_waiting_time() -> None:
    presale = CalendarDay(on(-20), on(-11), multiplier=0.8)
    (one,) = finished([recorded(-10, -8)], shop(calendar=(presale,)), TODAY)
    assert one.before == span(-20, -11)
    short = CalendarDay(on(-11), on(-11), multiplier=0.8)
    (two,) = finished([recorded(-10, -8)], shop(calendar=(short,)), TODAY)
    assert two.before == span(-13, -11)
    own = CalendarDay(on(-20), on(-11), multiplier=0.8, kind="own")
    (three,) = finished([recorded(-10, -8)], shop(calendar=(own,)), TODAY)
    assert three.before == span(-13, -11)


def test_runs_of_the_calendar_are_campaigns_unless_one_is_recorded_on_them() -> None:
    days = (
        CalendarDay(on(-12), on(-11), multiplier=1.2, note="预热"),
        CalendarDay(on(-10), multiplier=3.0, note="618"),
        CalendarDay(on(-5), multiplier=1.1, kind="launch"),
        CalendarDay(on(-3), multiplier=1.09),
        CalendarDay(on(-2), multiplier=2.0, kind="festival"),
        CalendarDay(on(-1), multiplier=None),
    )
    own = shop(calendar=days)
    assert runs(own) == [span(-12, -10), (on(-5),)]
    assert [(one.name, one.days) for one in finished([], own, TODAY)] == [
        ("launch", (on(-5),)),
        ("618", span(-12, -10)),
    ]
    covered = finished([recorded(-10, -10)], own, TODAY)
    assert [one.name for one in covered] == ["launch", "年中大促"]
    beside = finished([recorded(-10, -10, kind="own", name="上新")], own, TODAY)
    assert {one.name: one.apart for one in beside} == {"launch": True, "上新": False, "618": True}
    same = finished([recorded(-10, -10, kind="own", name="618")], own, TODAY)
    assert all(one.apart for one in same)
    assert [lifts(one) for one in days] == [True, True, True, False, False, False]
    assert not lifts(None)


# ---- the review

FLAT = {on(-n): 1000.0 for n in range(1, 120)}
BIG = FLAT | {on(-20): 3000.0, on(-19): 3000.0} | {on(-n): 900.0 for n in range(5, 19)}
ONE = Finished("年中大促", span(-20, -19), span(-23, -21), span(-18, -5))


def sold(*rows: tuple[str, date, float, float], **known: Any) -> Any:
    return of_rows(
        Items,
        [
            {"item": item, "title": item, "date": day, "units": units, "gmv": gmv} | known
            for item, day, units, gmv in rows
        ],
    ).frame


PRICES = sold(
    *[("coat", on(-n), 10.0, 1000.0) for n in range(24, 60)],
    ("coat", on(-20), 50.0, 4000.0), ("coat", on(-19), 50.0, 4000.0),
)  # fmt: skip


def test_what_it_brought_is_net_of_the_quiet_around_it() -> None:
    """4,000 more on two days; a tenth less of 1,000 on 14 days: 2,600 net."""
    found = review(ONE, BIG, shop(), TODAY)
    assert found is not None
    assert (found.window.uplift, found.net.uplift, found.quiet_seen) == (
        pytest.approx(4000),
        pytest.approx(2600),
        14,
    )  # type: ignore[comparison-overlap]
    assert (found.price_index, found.given_away, found.extra_ads, found.refunds, found.profit) == (None,) * 5
    assert found.refunds_final
    young = {day: value for day, value in BIG.items() if day < on(-10)}
    part = review(ONE, young, shop(), on(-10))
    assert part is not None
    assert part.net.uplift == pytest.approx(4000 - 800)
    assert (part.quiet_seen, part.refunds_final) == (8, False)
    assert review(ONE, {day: value for day, value in BIG.items() if day != on(-20)}, shop(), TODAY) is None


def test_the_weeks_before_lie_before_its_waiting_time() -> None:
    """Its first waiting day is the 23rd back: the same weekdays of the eight weeks before that."""
    weeks = weeks_before(ONE, ONE.days, FLAT | {on(-27): 5.0, on(-26): 6.0}, shop())
    assert len(weeks) == 8
    assert weeks[-1] == [5.0, 6.0]
    marked = shop(calendar=(CalendarDay(on(-26), multiplier=2.0),))
    assert weeks_before(ONE, ONE.days, FLAT, marked)[-1] == [1000.0, None]


def test_what_was_given_away_is_the_discount_on_what_comes_anyway() -> None:
    """100 usually and 80 in it: a fifth of the usual 2,000."""
    assert price_index(PRICES, ONE, shop()) == pytest.approx(0.8)
    found = review(ONE, BIG, shop(), TODAY, items=PRICES)
    assert found is not None
    assert found.given_away == pytest.approx(2000 * 0.2)
    dearer = sold(("coat", on(-30), 10.0, 500.0), ("coat", on(-20), 10.0, 4000.0))
    assert price_index(dearer, ONE, shop()) == 1.0
    month = [("coat", on(-n), 10.0, 1000.0) for n in range(24, 52)]
    assert price_index(sold(*month, ("coat", on(-20), 50.0, 4000.0)), ONE, shop()) == pytest.approx(0.8)
    older = ("coat", on(-52), 10.0, 9000.0)
    assert price_index(sold(*month, older, ("coat", on(-20), 50.0, 4000.0)), ONE, shop()) == pytest.approx(
        0.8
    )
    few = sold(("coat", on(-30), 4.0, 400.0), ("coat", on(-20), 10.0, 800.0))
    assert price_index(few, ONE, shop()) is None
    five = sold(("coat", on(-30), 5.0, 500.0), ("coat", on(-20), 5.0, 400.0))
    assert price_index(five, ONE, shop()) == pytest.approx(0.8)


@pytest.mark.parametrize(("new", "index"), [(800.0, 0.8), (801.0, None)])
def test_half_of_its_sales_must_have_a_usual_price(new: float, index: float | None) -> None:
    frame = sold(("coat", on(-30), 10.0, 1000.0), ("coat", on(-20), 10.0, 800.0), ("new", on(-20), 10.0, new))
    assert price_index(frame, ONE, shop()) == (None if index is None else pytest.approx(index))


def adverts(usual: float, in_it: float, days: int = 28) -> Any:
    rows = [{"date": on(-n), "report": "plan", "cost": usual} for n in range(24, 24 + days)]
    rows += [{"date": day, "report": "plan", "cost": in_it} for day in ONE.days]
    return of_rows(Ads, rows).frame


def test_what_ads_cost_beyond_ordinary_days() -> None:
    """300 instead of 100 on two days."""
    found = review(ONE, BIG, shop(), TODAY, ads=adverts(100.0, 300.0))
    assert found is not None
    assert found.extra_ads == pytest.approx(400)
    few = review(ONE, BIG, shop(), TODAY, ads=adverts(100.0, 300.0, days=3))
    assert few is not None
    assert few.extra_ads is None
    gap = adverts(100.0, 300.0)
    part = review(ONE, BIG, shop(), TODAY, ads=gap[gap["date"].dt.date != on(-19)])
    assert part is not None
    assert part.extra_ads is None


def test_what_went_back_is_what_was_paid_on_its_days() -> None:
    """600 of 6,000; what was paid on other days, or applied for today, does not count."""
    rows = [
        {"date": on(-10), "paid": on(-20), "amount": 400.0},
        {"date": on(-1), "paid": on(-19), "amount": 200.0},
        {"date": on(0), "paid": on(-19), "amount": 70.0},
        {"date": on(-10), "paid": on(-18), "amount": 70.0},
    ]
    frame = of_rows(Refunds, rows).frame
    import pandas as pd

    frame["paid"] = pd.to_datetime(frame["paid"])
    found = review(ONE, BIG, shop(), TODAY, refunds=frame)
    assert found is not None
    assert found.refunds == pytest.approx(0.1)
    assert found.refunds_final


def test_what_it_earned() -> None:
    """Margin 0.5, a fifth off: 0.375 of the lowered price; a tenth goes back.

    (4,000 + 400) × 0.375 - 1,400 × 0.5 - 400 = 550, of which nine tenths stay; less 400 of ads
    and 20 of fees.
    """
    own = shop(margin=0.5, refund_rate=0.1)
    found = review(ONE, BIG, own, TODAY, items=PRICES, ads=adverts(100.0, 300.0), fees=20.0)
    assert found is not None
    assert found.profit == pytest.approx(0.9 * (4400 * 0.375 - 1400 * 0.5 - 400) - 400 - 20)
    bare = review(ONE, BIG, own, TODAY, items=PRICES)
    assert bare is not None
    assert bare.profit is None
    no_margin = review(ONE, BIG, shop(), TODAY, items=PRICES, ads=adverts(100.0, 300.0))
    assert no_margin is not None
    assert no_margin.profit is None


# ---- what it is held against


def test_windows_without_a_campaign_are_counted() -> None:
    """Twelve weeks of data before it, one window a week; one of them sold twice as much."""
    sales = {on(-n): 1000.0 + n % 3 for n in range(1, 110)}
    sales |= {on(-34): 2500.0, on(-33): 2500.0}
    found = placebo(ONE, 1.0, sales, shop())
    assert found is not None
    assert found.as_large == 1
    assert found.called >= 1
    assert found.windows >= 4
    assert found.p == pytest.approx(2 / (1 + found.windows))
    none = placebo(ONE, 5.0, sales, shop())
    assert none is not None
    assert none.as_large == 0
    assert placebo(ONE, 1.0, {}, shop()) is None
    assert placebo(ONE, 1.0, {day: value for day, value in sales.items() if day > on(-30)}, shop()) is None


def two_sides(**index: float) -> Any:
    """Items of 100 yuan and ten pieces a day; in the campaign three times as many of those on offer."""
    rows = [(item, on(-n), 10.0, 1000.0) for item in index for n in range(21, 90)]
    rows += [
        (item, day, 30.0 if price < 1 else 10.0, (3000.0 if price < 1 else 1000.0) * price)
        for item, price in index.items()
        for day in ONE.days
    ]
    return sold(*rows)


def test_what_is_on_offer_is_what_the_record_names_else_what_cost_less() -> None:
    """0.8 of three times as much: 2.4 times the rest."""
    one = replace(ONE, before=())
    found = against_the_rest(one, two_sides(coat=0.8, tie=1.0), shop())
    assert found is not None
    assert found.share == pytest.approx(1.4)
    assert against_the_rest(one, two_sides(coat=0.98, tie=1.0), shop()) is None
    assert against_the_rest(one, two_sides(coat=0.8, tie=0.8), shop()) is None
    named = against_the_rest(replace(one, told="tie 满减"), two_sides(coat=0.8, tie=1.0), shop())
    assert named is not None
    assert named.share == pytest.approx(1 / 2.4 - 1)


def test_the_same_campaign_a_year_ago() -> None:
    def result(name: str = "年中大促", **known: Any) -> CampaignResult:
        return CampaignResult(**{"name": name, "uplift": 5000.0, **known})

    signed = typed((on(-300), result(uplift=4000.0)), (on(-290), result()), (on(-290), result("other")))
    found = last_year(ONE, BIG, signed, shop())
    assert (found.window, found.signed) == (None, result())
    assert last_year(ONE, BIG, typed((on(-500), result()), (on(-10), result())), shop()).signed is None
    then = tuple(day.replace(year=day.year - 1) for day in ONE.days)
    sales = {then[0] - timedelta(days=n): 1000.0 for n in range(1, 70)} | dict.fromkeys(then, 2500.0)
    marked = shop(calendar=(CalendarDay(on(-20), on(-19), multiplier=3.0, note="年中大促"),))
    window = last_year(ONE, sales, (), marked).window
    assert window is not None
    assert window.share == pytest.approx(1.5)
    assert last_year(ONE, sales, (), shop()).window is None


# ---- how it is said


def uplift(yuan: float, call: Any = "up", low: float | None = None, high: float | None = None) -> Uplift:
    return Uplift(10_000.0 + yuan, 10_000.0, yuan, yuan / 10_000, low, high, call, trend=False)


def reviewed(**known: Any) -> CampaignReview:
    given: dict[str, Any] = {
        "campaign": ONE, "window": uplift(4000.0), "net": uplift(2600.0, low=1240.0, high=3960.0),
        "quiet_seen": 14, "price_index": 0.8, "given_away": 430.0, "extra_ads": 380.0, "refunds": 0.1234,
        "refunds_final": True, "profit": 910.0, "low": 120.0, "high": 1720.0,
    }  # fmt: skip
    return CampaignReview(**(given | known))


def sure(
    placebo_: Placebo | None = None, rest: Relative | None = None, then: Any = None, **known: Any
) -> Sure:
    return Sure(reviewed(**known), placebo_, rest, then or LastYear(None, None))


RELATIVE = Relative(0.31, 0.08, 0.58, "up", 8)


@pytest.mark.parametrize(
    ("one", "call"),
    [
        (sure(), "up"),
        (sure(window=uplift(1.0, None)), None),
        (sure(window=uplift(1.0, "no call")), "no call"),
        (sure(Placebo(4, 1, 0)), "no call"),  # 2 of 5
        (sure(Placebo(4, 0, 0)), "up"),  # 1 of 5
        (sure(Placebo(3, 3, 0)), "up"),  # too few
        (sure(Placebo(9, 9, 0), window=uplift(-9.0, "down")), "down"),
        (sure(rest=RELATIVE), "up"),
        (sure(rest=RELATIVE._replace(call="no call")), "no call"),
        (sure(rest=RELATIVE._replace(call="down")), "no call"),
        (sure(rest=RELATIVE._replace(call=None)), "up"),
    ],
)
def test_a_call_must_hold_against_chance_and_the_rest(one: Sure, call: str | None) -> None:
    assert one.call == call


SIGNED = CampaignResult(name="年中大促", uplift=5120.0)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (sure(), []),
        (
            sure(Placebo(4, 1, 0)),
            ["Effect cannot be told: 1 of 4 similar periods without a campaign sold as much."],
        ),
        (
            sure(rest=RELATIVE._replace(call="down", low=None)),
            ["Effect cannot be told: items that were not on offer changed in the same way."],
        ),
        (
            sure(window=uplift(9.0, "no call")),
            ["Effect cannot be told: days like these vary as much by chance."],
        ),
        (sure(rest=RELATIVE), ["Items on offer sold +31% more than those that were not (80%: +8% to +58%)."]),
        (
            sure(then=LastYear(uplift(1500.0), SIGNED)),
            ["Last year the same campaign sold +15% on its days, this year +40%."],
        ),
        (
            sure(then=LastYear(None, SIGNED)),
            ["Result signed off last year: +¥5,100 including quiet days; this year +¥2,600 so far."],
        ),
        (sure(then=LastYear(None, replace(SIGNED, uplift=None))), []),
    ],
)
def test_what_speaks_for_or_against_the_number(one: Sure, said: list[str]) -> None:
    assert [text(words) for words in confidence_findings.doubts(one)] == said


def rows(table: Any) -> list[dict[str, Any]]:
    assert isinstance(table, Table)
    ids = [column.id for column in table.columns]
    return [
        {
            name: cell if isinstance(cell, int | float | None) else text(cell)
            for name, cell in zip(ids, row, strict=True)
        }
        for row in table.rows
    ]


def test_each_cell_of_how_sure_it_is() -> None:
    full = sure(Placebo(11, 1, 2), RELATIVE, LastYear(uplift(1500.0), SIGNED))
    one, two = rows(confidence_findings.table([full, sure(window=uplift(4000.0, None))]))
    assert one == {
        "campaign": "年中大促", "call": "up", "share": 0.4, "windows": 11, "as_large": 1, "called": 2,
        "against_the_rest": 0.31, "interval": "+8% … +58%", "last_year": 0.15, "signed_last_year": 5120.0,
    }  # fmt: skip
    assert two == {
        "campaign": "年中大促", "call": "unknown", "share": 0.4, "windows": None, "as_large": None,
        "called": None, "against_the_rest": None, "interval": "—", "last_year": None,
        "signed_last_year": None,
    }  # fmt: skip


def test_what_it_could_not_be_held_against() -> None:
    bare = [text(one) for one in confidence_findings.limits([sure()])]
    assert [one.split(": ")[1][:16] for one in bare] == [
        ("fewer than 4 ear"), ("there are no ite"), ("no figures of la")
    ]  # fmt: skip
    full = sure(Placebo(4, 0, 0), RELATIVE, LastYear(None, SIGNED))
    assert [text(one)[:28] for one in confidence_findings.limits([full])] == ["Items not on offer may have "]
    assert (
        len(confidence_findings.limits([sure(Placebo(3, 0, 0), RELATIVE, LastYear(uplift(1.0), None))])) == 2
    )
    assert len(confidence_findings.limits([full, sure()])) == 4


def said(one: Sure, signed: CampaignResult | None = None) -> Any:
    return findings._said(one, signed, TODAY)


def test_a_campaign_that_earned_is_said_with_all_that_belongs_to_it() -> None:
    found = said(sure())
    assert text(found.text) == (
        "年中大促: sold +¥4,000 more than usual on the campaign's days (+40%); including the quiet days "
        "before and after, +¥2,600 (80% range: +¥1,200 to +¥4,000). The campaign probably made a profit of "
        "+¥900, after ¥400 of discount on sales that would have come anyway and +¥400 of extra ads."
    )
    assert (found.kind, found.level, found.about) == ("review", "good", About(campaign="年中大促"))
    assert found.impact == Impact(910.0, "once", 120.0, 1720.0, "margin", "gain")
    (asked,) = found.proposals
    assert text(asked.text) == "Sign off the result of 年中大促 and note what to do differently (form)"
    assert (asked.role, asked.due, asked.about) == ("operator", "2026-06-16", About(campaign="年中大促"))
    signed = said(sure(), SIGNED)
    assert (signed.level, signed.proposals) == ("info", ())


@pytest.mark.parametrize(
    ("known", "level", "part"),
    [
        (
            {"low": 0.0},
            "info",
            ("not clearly different from zero: ¥400 of discount on sales that would have come anyway,"),
        ),
        ({"low": None}, "info", "not clearly different from zero"),
        (
            {"window": uplift(4000.0, "no call")},
            "info",
            "not clearly different from zero",
        ),
        (
            {"low": -900.0, "high": -1.0, "profit": -410.0},
            "watch",
            (
                "The campaign probably lost -¥400: ¥400 of discount went to buyers who would have bought "
                "anyway, and"
            ),
        ),
        (
            {"low": -900.0, "high": 0.0, "profit": -410.0},
            "info",
            "not clearly different from zero",
        ),
        ({"profit": None}, "info", "Whether the campaign made a profit cannot be said yet."),
        (
            {"quiet_seen": 6},
            "info",
            "Profit so far +¥900, after ¥400 of discount on sales that would have come anyway and",
        ),
        ({"quiet_seen": 7}, "good", "of discount on sales that would have come anyway and"),
        (
            {"given_away": None, "extra_ads": None},
            "good",
            ", after ¥0 of discount on sales that would have come anyway and",
        ),
    ],
)
def test_a_gain_or_loss_is_called_only_where_the_whole_range_says_so(
    known: dict[str, Any], level: str, part: str
) -> None:
    found = said(sure(**known))
    assert found.level == level
    assert part in text(found.text).replace("−", "-")


@pytest.mark.parametrize(
    ("known", "end"),
    [
        ({"quiet_seen": 8}, " 8 of 14 quiet days after the campaign have passed."),
        ({"refunds_final": False}, " Refunds are complete only on 11 Jun."),
        ({"quiet_seen": 8, "refunds_final": False}, " 8 of 14 quiet days after the campaign have passed."),
        ({}, "extra ads."),
    ],
)
def test_what_is_still_open_is_said(known: dict[str, Any], end: str) -> None:
    assert text(said(sure(**known)).text).endswith(end)


def test_without_a_range_it_says_so_and_asks_for_no_signature_too_early() -> None:
    for net in (uplift(2600.0, low=None, high=1.0), uplift(2600.0, low=1.0, high=None)):
        assert text(said(sure(net=net)).text).startswith(
            "年中大促: sold +¥4,000 more than usual on the campaign's days (+40%); including the quiet days "
            "before and after, +¥2,600 (too few weeks without a campaign to give a range)."
        )
    assert said(sure(quiet_seen=6)).proposals == ()
    assert len(said(sure(quiet_seen=7)).proposals) == 1
    assert said(sure(profit=None)).impact == Impact(2600.0, "once", 1240.0, 3960.0, "sales", "gain")


def test_each_cell_of_what_it_came_to() -> None:
    bare = reviewed(price_index=None, given_away=None, extra_ads=None, refunds=None, profit=None)
    one, two = rows(findings._table([reviewed(), bare], {}))
    assert one == {
        "campaign": "年中大促", "ended": "2026-05-27", "sold": 14_000, "usual": 10_000, "uplift": 4000,
        "net": 2600, "kept": None, "price_index": 0.8, "given_away": 430, "extra_ads": 380, "refunds": 0.1234,
        "profit": 910, "signed": "no",
    }  # fmt: skip
    assert [two[name] for name in ("price_index", "given_away", "extra_ads", "refunds", "profit")] == [
        None
    ] * 5
    (signed,) = rows(findings._table([reviewed()], {"年中大促": SIGNED}))
    assert signed["signed"] == "yes"


@pytest.mark.parametrize(
    ("known", "margin", "signed", "told"),
    [
        ({}, 0.5, True, []),
        ({}, 0.5, False, ["Slot fees, coupons"]),
        ({}, None, True, ["Without a margin in"]),
        ({"price_index": None}, 0.5, True, ["Without item prices"]),
        ({"price_index": None}, None, True, ["Without a margin in"]),
        (
            {"extra_ads": None},
            0.5,
            True,
            ["Without the ad spend of every day it cannot be said what a campaign earned."],
        ),
    ],
)
def test_what_its_number_does_not_hold(
    known: dict[str, Any], margin: float | None, told: list[str], *, signed: bool
) -> None:
    results = {"年中大促": SIGNED} if signed else {}
    found = findings._limits([reviewed(**known)], results, shop(margin=margin))
    assert text(found[0]).startswith(
        "A campaign is compared with the same weekdays of earlier weeks without one; "
        "whatever else changed since, above all the season, is part of its figure."
    )
    assert [text(one)[: len(start)] for one, start in zip(found[1:], told, strict=True)] == told
