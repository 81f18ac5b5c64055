"""What a finished campaign came to: nothing is praised or blamed before the quiet behind it is in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Impact, Table
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.records.month import CampaignResult
from core.records.records import CampaignEntry
from core.shop.settings import CalendarDay, Shop
from core.topics.campaigns import campaigns
from core.topics.campaigns.past_campaigns.finished import finished
from core.topics.campaigns.planning.campaign import campaigns as folded
from tests.topics.answer_parts import finding_of, in_both_languages, rows_of
from tests.topics.recorded import typed
from tests.topics.tables import of_rows, shop, told_by

progress = told_by(campaigns.progress)

FIRST, LAST = date(2026, 6, 13), date(2026, 6, 14)
"""A weekend; usual days sell 100 pieces at 100 yuan, which cost 60."""
ENTRY = CampaignEntry(name="周末", kind="own", state="over", start=FIRST, end=LAST)


def history(until: date) -> list[date]:
    return [date(2026, 4, 6) + timedelta(days=n) for n in range((until - date(2026, 4, 6)).days)]


def tables(
    today: date, pieces: float = 300.0, price: float = 80.0, quiet: float = 1.0, ads: float = 500.0
) -> tuple[ShopDay, Items, Ads, Refunds]:
    days, items, spent = [], [], []
    for day in history(today):
        on = FIRST <= day <= LAST
        behind = quiet if 0 < (day - LAST).days <= 7 else 1.0
        n, asked = (pieces, price) if on else (100.0 * behind * (1 + (day.day % 3 - 1) / 100), 100.0)
        days.append({"date": day, "gmv": n * asked, "visitors": 1000.0, "buyers": n})
        items.append(
            {"date": day, "item": "1", "title": "开衫", "gmv": n * asked, "units": n, "visitors": 900.0}
        )
        spent.append({"date": day, "report": "plan", "scene": "关键词推广", "cost": ads if on else 500.0})
    back = [{"refund": "r1", "date": LAST + timedelta(days=3), "paid": LAST, "amount": 2400.0}]
    return of_rows(ShopDay, days), of_rows(Items, items), of_rows(Ads, spent), of_rows(Refunds, back)


def asked(
    today: date, *, signed: CampaignResult | None = None, given: Shop | None = None, **how: float
) -> Answer:
    days, items, ads, refunds = tables(today, **how)
    results = None if signed is None else typed((today, signed))
    return progress(
        days, typed((LAST, ENTRY)), items, ads, refunds, results, shop=given or shop(margin=0.4), today=today
    )


def found(answer: Answer, key: str = "campaigns/review/周末") -> str:
    return next((f"{one.level}: {one.text}" for one in answer.findings if one.key == key), "")


def cells(answer: Answer) -> dict[str, object]:
    table = next(one for one in answer.evidence if one.name == "Results of finished campaigns")
    assert isinstance(table, Table)
    return dict(zip([column.name for column in table.columns], table.rows[0], strict=True))


def test_the_day_after_only_its_own_days_are_told() -> None:
    answer = asked(LAST + timedelta(days=2))
    assert not found(answer)
    assert found(answer, "campaigns/effect/周末")


def test_while_the_quiet_lasts_nothing_is_praised_and_nobody_signs() -> None:
    answer = asked(LAST + timedelta(days=5))
    assert found(answer).startswith("info")
    assert "of 14 quiet days after the campaign have passed." in found(answer)
    assert not next(one for one in answer.findings if one.key == "campaigns/review/周末").proposals


def test_an_old_campaign_is_not_told_again() -> None:
    assert not found(asked(LAST + timedelta(days=60)))


def test_a_signed_one_is_not_asked_for_again() -> None:
    answer = asked(LAST + timedelta(days=10), signed=CampaignResult(name="周末", profit=3000.0))
    assert found(answer).startswith("info")
    assert not next(one for one in answer.findings if one.key == "campaigns/review/周末").proposals


def test_what_was_earned_is_the_books_answer() -> None:
    """300 pieces at 80 that cost 60, instead of 100 at 100: (300 × 20 − 100 × 40) × 2 days = 4,000."""
    answer = asked(LAST + timedelta(days=16), ads=500.0)
    row = cells(answer)
    assert row["Discount given"] == pytest.approx(4000, rel=0.02)
    assert row["Price compared with usual"] == pytest.approx(0.8, abs=0.001)
    assert row["Net profit"] == pytest.approx(4000 - 0.05 * 48_000 * 0.25, abs=400), (
        "5 % of its sales went back"
    )
    assert found(answer).startswith("good")


def test_pieces_sold_ahead_are_taken_off() -> None:
    plain, dip = (cells(asked(LAST + timedelta(days=16), quiet=quiet)) for quiet in (1.0, 0.8))
    assert plain["Sold more than usual"] == dip["Sold more than usual"]
    assert dip["Including quiet days"] < plain["Including quiet days"] - 10_000  # type: ignore[operator]
    assert "lost" in found(asked(LAST + timedelta(days=16), quiet=0.7))


def test_a_discount_that_sells_nothing_more_costs_money() -> None:
    answer = asked(LAST + timedelta(days=16), pieces=110.0)
    assert found(answer).startswith("watch")
    assert "of discount went to buyers who would have bought anyway, and" in found(answer)


def test_ads_and_typed_fees_are_taken_off() -> None:
    dear = cells(asked(LAST + timedelta(days=16), ads=1500.0))
    plain = cells(asked(LAST + timedelta(days=16)))
    fees = cells(asked(LAST + timedelta(days=16), signed=CampaignResult(name="周末", fees=700.0)))
    assert plain["Net profit"] - dear["Net profit"] == pytest.approx(2000)  # type: ignore[operator]
    assert plain["Net profit"] - fees["Net profit"] == pytest.approx(700)  # type: ignore[operator]


def test_ads_told_for_the_whole_account_only_are_taken_off_too() -> None:
    today = LAST + timedelta(days=16)
    days, items, ads, refunds = tables(today, ads=1500.0)
    whole = Ads(ads.frame.assign(report="whole"))
    own = shop(margin=0.4)
    answer = progress(days, typed((LAST, ENTRY)), items, whole, refunds, None, shop=own, today=today)
    assert cells(answer)["Net profit"] == cells(asked(today, ads=1500.0))["Net profit"]


def test_without_a_margin_or_prices_no_profit_is_made_up() -> None:
    today = LAST + timedelta(days=16)
    assert cells(asked(today, given=shop()))["Net profit"] is None
    days, _, ads, _ = tables(today)
    answer = progress(days, typed((LAST, ENTRY)), None, ads, shop=shop(margin=0.4), today=today)
    assert cells(answer)["Net profit"] is None
    assert any(
        "Without item prices of earlier ordinary weeks, the discount given is not known." in one
        for one in answer.limits
    )


def test_a_missing_day_is_no_zero() -> None:
    days, items, ads, refunds = tables(LAST + timedelta(days=10))
    holed = ShopDay(days.frame[days.frame["date"].dt.date != FIRST])
    answer = progress(
        holed,
        typed((LAST, ENTRY)),
        items,
        ads,
        refunds,
        shop=shop(margin=0.4),
        today=LAST + timedelta(days=10),
    )
    assert not found(answer)


def test_a_calendar_run_is_one_campaign_and_an_own_one_inside_it_is_not_told_apart() -> None:
    calendar = (
        CalendarDay(start=date(2026, 6, 1), end=date(2026, 6, 5), multiplier=0.8, note="预售"),
        CalendarDay(start=date(2026, 6, 6), end=date(2026, 6, 12), multiplier=1.5, note="618 第一波"),
        CalendarDay(start=FIRST, end=LAST, multiplier=3.0, note="618"),
    )
    over = finished(folded(typed((LAST, ENTRY))), shop(calendar=calendar), date(2026, 6, 25))
    assert {one.name: (one.days[0].day, one.apart) for one in over} == {"周末": (13, False), "618": (6, True)}
    whole = next(one for one in over if one.name == "618")
    assert whole.before[0] == date(2026, 6, 1)
    assert len(whole.after) == 14


def test_a_review_is_worth_what_was_earned_and_without_a_margin_what_was_sold() -> None:
    today = LAST + timedelta(days=16)
    gain = finding_of(asked(today), "campaigns/review/周末")
    assert (gain.kind, gain.about) == ("review", About(campaign="周末"))
    assert gain.impact is not None
    assert (gain.impact.per, gain.impact.of, gain.impact.side) == ("once", "margin", "gain")
    assert round(gain.impact.yuan) == cells(asked(today))["Net profit"]
    assert gain.impact.low is not None
    assert gain.impact.high is not None
    assert gain.impact.low <= gain.impact.yuan <= gain.impact.high
    loss = finding_of(asked(today, pieces=110.0), "campaigns/review/周末")
    assert loss.level == "watch"
    assert loss.impact is not None
    assert (loss.impact.of, loss.impact.side) == ("margin", "loss")
    assert round(loss.impact.yuan) == -cells(asked(today, pieces=110.0))["Net profit"]  # type: ignore[operator]
    unknown = finding_of(asked(today, given=shop()), "campaigns/review/周末")
    assert isinstance(unknown.impact, Impact)
    assert (unknown.impact.of, unknown.impact.side) == ("sales", "gain")
    assert round(unknown.impact.yuan) == cells(asked(today, given=shop()))["Including quiet days"]


def test_a_review_may_be_signed_from_the_seventh_quiet_day() -> None:
    early, settled = (
        finding_of(asked(LAST + timedelta(days=days)), "campaigns/review/周末") for days in (7, 8)
    )
    assert early.proposals == ()
    assert [one.about for one in settled.proposals] == [About(campaign="周末")]


def test_a_review_is_told_from_the_third_quiet_day_for_six_weeks() -> None:
    keys = [[one.key for one in asked(LAST + timedelta(days=days)).findings] for days in (3, 4, 45, 46)]
    assert ["campaigns/review/周末" in told for told in keys] == [False, True, True, False]


def test_refunds_are_waited_for_until_the_fifteenth_day() -> None:
    waiting, final = (found(asked(LAST + timedelta(days=days))) for days in (15, 16))
    assert waiting.endswith("Refunds are complete only on 29 Jun.")
    assert final
    assert "Refunds are complete only on" not in final


def test_a_campaign_has_three_waiting_days_before_it() -> None:
    over = finished(folded(typed((LAST, ENTRY))), shop(), date(2026, 6, 25))
    assert [[day.day for day in one.before] for one in over] == [[10, 11, 12]]


def test_a_calendar_day_is_a_campaign_from_a_tenth_more_than_usual() -> None:
    for multiplier, named in ((1.1, ["618"]), (1.09, [])):
        calendar = (CalendarDay(start=FIRST, multiplier=multiplier, note="618"),)
        over = finished([], shop(calendar=calendar), date(2026, 6, 25))
        assert [one.name for one in over] == named


def test_every_column_of_the_finished_campaigns() -> None:
    today = LAST + timedelta(days=16)
    (row,) = rows_of(asked(today, ads=700.0), "Results of finished campaigns")
    assert (row["campaign"], row["ended"], row["signed"]) == ("周末", "2026-06-14", "no")
    assert row["sold"] == 48_000
    assert row["usual"] == pytest.approx(20_000, rel=0.02)
    assert row["uplift"] == row["sold"] - row["usual"]
    assert row["net"] == pytest.approx(row["uplift"], abs=3_000)
    assert row["price_index"] == pytest.approx(0.8, abs=0.001)
    assert row["given_away"] == pytest.approx(0.2 * row["usual"], abs=10)
    assert row["extra_ads"] == 400
    assert row["refunds"] == pytest.approx(2400 / 48_000)
    assert row["profit"] is not None
    (signed,) = rows_of(
        asked(today, signed=CampaignResult(name="周末", profit=1.0)), "Results of finished campaigns"
    )
    assert signed["signed"] == "yes"


def test_a_review_does_not_depend_on_the_language() -> None:
    today = LAST + timedelta(days=16)
    days, items, ads, refunds = tables(today)
    english, chinese = in_both_languages(
        lambda: campaigns.progress(
            days, typed((LAST, ENTRY)), items, ads, refunds, shop=shop(margin=0.4), today=today
        )
    )
    assert "review" in [one["kind"] for one in english["findings"]]
    assert english == chinese


def test_the_quiet_ends_where_the_next_campaign_begins() -> None:
    calendar = (CalendarDay(start=date(2026, 6, 18), multiplier=2.0, note="618"),)
    over = finished(folded(typed((LAST, ENTRY))), shop(calendar=calendar), date(2026, 6, 18))
    assert [day.day for day in over[0].after] == [15, 16, 17]
