"""Tonight's ads: leaving them is the usual answer; four gates before anything is added."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from core.answers.answer import About, Answer, Finding, Impact, Number, Table, named
from core.answers.answer_codec import encode
from core.exports.kinds.ads import Ads
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.language.speech import speak
from core.records.evening import DayNow
from core.records.records import Check, Records
from core.shop.settings import AdSettings as Account
from core.topics.evening import evening_ads
from tests.topics.evenings import at, days_by_hour, moment
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by

tonight = told_by(evening_ads.tonight)


def reported(roi: float = 8.0) -> Ads:
    """Return 28 days of 1,200 clicks, 2,400 yuan and 48 orders a day at this ROI."""
    rows: list[dict[str, object]] = [
        {
            "date": MONDAY - timedelta(days=back),
            "report": "item",
            "scene": "关键词推广",
            "plan_id": "1",
            "item": "9",
            "clicks": 1200,
            "cost": 2400,
            "orders": 48,
            "gmv": 2400 * roi,
        }
        for back in range(28, 0, -1)
    ]
    return of_rows(Ads, rows)


def asked(
    typed: Records[DayNow],
    ads: Ads | None = None,
    checks: Records[Check] | None = None,
    clock: str = "20:05",
    hours: Hours | None = None,
    stock: Stock | None = None,
    **settings: object,
) -> Answer:
    given: dict[str, object] = {"margin": 0.4, "ads": Account(daily_budget=2400.0), **settings}
    sold = None if stock is None else selling(*stock.frame["item"])
    return tonight(
        typed,
        checks or Records(),
        days_by_hour() if hours is None else hours,
        reported() if ads is None else ads,
        sold,
        stock,
        shop=shop(**given),
        today=MONDAY,
        now=moment(clock),
    )


def selling(*items: str) -> Items:
    """Return four weeks in which each item sold ten pieces a day."""
    return of_rows(
        Items,
        [
            {"date": MONDAY - timedelta(days=back), "item": item, "title": item, "units": 10.0, "gmv": 4000.0}
            for item in items
            for back in range(28, 0, -1)
        ],
    )


def counted(**on_hand: float) -> Stock:
    """Return yesterday's count of items whose names begin with a letter, as ``i9=0``."""
    return of_rows(
        Stock,
        [
            {"date": SUNDAY, "item": name[1:], "title": name, "sku": name, "on_hand": left}
            for name, left in on_hand.items()
        ],
    )


def by_kind(answer: Answer, kind: str) -> Finding:
    (only,) = [finding for finding in answer.findings if finding.kind == kind]
    return only


def kinds(answer: Answer) -> set[str]:
    return {finding.kind for finding in answer.findings}


def now(
    spent: float, orders: int | None = 60, clicks: int = 1500, gmv: float | None = None
) -> Records[DayNow]:
    return at("20:02", DayNow(at="20:00", spent=spent, clicks=clicks, ad_orders=orders, ad_gmv=gmv))


def test_without_todays_figures_it_asks_and_says_from_where_it_would_matter() -> None:
    answer = asked(Records())
    assert answer.verdict.level == "nodata"
    assert (
        "The budget of ¥2,400 runs out this evening only if more than ¥2,000 was spent by 20:05."
    ) in answer.verdict.text.replace("¥2,010", "¥2,000")


def test_a_budget_that_lasts_is_left_alone_however_good_the_roi() -> None:
    answer = asked(now(1900.0, orders=300, gmv=60_000.0))
    assert answer.verdict.text.startswith(
        "Leave the ads as they are: ¥1,900 spent by 20:00, forecast ¥2,280 of ¥2,400"
    )
    assert answer.verdict.level == "good"
    assert not any(finding.proposals for finding in answer.findings)


def test_clicks_without_typed_orders_are_no_call() -> None:
    assert "cannot be told" in asked(now(2300.0, orders=None)).verdict.text


def test_under_thirty_clicks_are_no_call() -> None:
    assert (
        "clicks today are too few to tell whether more would pay."
        in asked(now(2300.0, orders=5, clicks=20)).verdict.text
    )


def test_the_next_yuan_decides_not_the_average() -> None:
    answer = asked(now(2300.0, orders=30), reported(roi=3.0))
    assert answer.verdict.level == "info"
    assert "Do not add" in answer.verdict.text
    assert "break-even" in answer.verdict.text


def test_it_adds_what_lacks_and_at_most_a_fifth() -> None:
    answer = asked(now(2300.0))
    assert answer.verdict.level == "act"
    (ask,) = next(finding for finding in answer.findings if finding.key == "evening_ads/raise").proposals
    assert "Raise today's budget by ¥360" in ask.text
    assert ask.due == MONDAY.isoformat()
    assert "by ¥480" in " ".join(
        one.text for finding in asked(now(2390.0 * 1.1)).findings for one in finding.proposals
    )


def test_late_in_the_evening_nothing_is_added() -> None:
    typed = at("22:40", DayNow(spent=2380.0, clicks=1500, ad_orders=60))
    late = asked(typed, clock="22:45", ads=None)
    assert "Add" not in late.verdict.text


def test_a_young_roi_is_said_to_be_young() -> None:
    answer = asked(now(1900.0, gmv=1900.0 * 2.1))
    young = next(finding for finding in answer.findings if finding.key == "evening_ads/young")
    assert "2.10" in young.text
    assert "3.00" in young.text


def test_a_balance_that_does_not_last_the_evening_is_urgent_and_an_old_one_is_not_believed() -> None:
    known = at("10:09", Check(name="ads_balance", passed=False, value=1000.0))
    answer = asked(now(1900.0), checks=known)
    assert "evening_ads/balance" in {finding.key for finding in answer.findings}
    old = at("10:09", Check(name="ads_balance", value=100.0), day=MONDAY - timedelta(days=4))
    assert "evening_ads/balance" not in {finding.key for finding in asked(now(1900.0), checks=old).findings}


def test_far_less_spent_than_usual_asks_what_stopped() -> None:
    answer = asked(now(600.0))
    assert "evening_ads/stopped" in {finding.key for finding in answer.findings}


@pytest.mark.parametrize("written", ["20:30", "20：30", "20点30", "20点30分"])
def test_the_hour_is_read_as_people_write_it(written: str) -> None:
    answer = asked(at("21:00", DayNow(at=written, spent=1900.0)), clock="21:05")
    assert "by 20:30" in answer.verdict.text


# ---- what a raise comes to


def test_a_raise_says_what_it_wins_and_the_budget_it_comes_to() -> None:
    """1,500 clicks at ¥1.53 with 60 orders of ¥400, of which 70 % are credited by the evening."""
    answer = asked(now(2300.0))
    found = by_kind(answer, "raise")
    per_click = (4.0 + 60 / 0.7) / 1600
    roi = per_click * 400 / (2300 / 1500)
    won = 360 * (0.7 * roi * 0.4 - 1)
    assert found.impact is not None
    assert found.impact.yuan == pytest.approx(won)
    assert replace(found.impact, yuan=0.0) == Impact(0.0, "once", of="margin", side="gain")
    (ask,) = found.proposals
    assert (ask.deed, ask.about) == ("raise_spend", About())
    assert ask.price == pytest.approx(2760.0)
    assert f"Adding ¥360 is 100% likely to pay off and would earn about +¥{won:,.0f} more." in found.text
    assert "; set it back to ¥2,400 at midnight" in ask.text
    assert by_kind(asked(now(2390.0 * 1.1)), "raise").proposals[0].price == pytest.approx(2880.0)


@pytest.mark.parametrize(("clock", "raised"), [("22:29", True), ("22:30", False)])
def test_from_half_past_ten_on_nothing_is_added(clock: str, *, raised: bool) -> None:
    typed = at("22:40", DayNow(at=clock, spent=2380.0, clicks=1500, ad_orders=60))
    answer = asked(typed, clock="22:45")
    assert ("raise" in kinds(answer)) is raised
    assert (
        "Do not add ad budget: after 22:30 it would be spent in the worst hours." in answer.verdict.text
    ) is not raised


@pytest.mark.parametrize(("clicks", "judged"), [(29, False), (30, True)])
def test_thirty_clicks_are_enough_for_a_call(clicks: int, *, judged: bool) -> None:
    answer = asked(now(2300.0, orders=5, clicks=clicks))
    assert ("clicks today are too few to tell whether more would pay." in answer.verdict.text) is not judged
    assert ("break-even is" in answer.verdict.text) is judged


@pytest.mark.parametrize(("orders", "pays"), [(33, True), (21, False)])
def test_the_next_yuan_has_to_bring_the_break_even(orders: int, *, pays: bool) -> None:
    """Credited, 33 orders bring 3.9 per yuan and 2.7 at the margin; 21 bring 2.5 and 1.8; 2.5 is needed."""
    answer = asked(now(2300.0, orders=orders), reported(roi=3.8))
    assert ("raise" in kinds(answer)) is pays
    assert (", but additional spend returns only" in answer.verdict.text) is not pays


@pytest.mark.parametrize(("budget", "binds"), [(2280.0, False), (2279.0, True)])
def test_a_budget_binds_where_it_is_less_than_what_the_day_heads_for(budget: float, *, binds: bool) -> None:
    answer = asked_of(Account(daily_budget=budget))
    assert ("raise" in kinds(answer)) is binds
    assert ("bids" in kinds(answer)) is not binds


def asked_of(account: Account) -> Answer:
    """Return the answer to ¥1,900 by eight with this account."""
    return tonight(
        now(1900.0),
        Records(),
        days_by_hour(),
        reported(),
        shop=shop(margin=0.4, ads=account),
        today=MONDAY,
        now=moment("20:05"),
    )


def test_without_a_budget_a_margin_or_hours_it_is_left_alone() -> None:
    assert ", and no daily budget is set that could run out." in asked_of(Account()).verdict.text
    without_margin = asked(now(2300.0), margin=None)
    assert (
        "; without a margin in shop.toml it is not known whether more would pay."
        in without_margin.verdict.text
    )
    assert (
        "There are no fully credited ad figures, or no margin is set, so it cannot be "
        "said whether more would pay."
    ) in without_margin.limits
    assert kinds(without_margin) == set()
    few = asked(now(2300.0), hours=days_by_hour(days=3))
    assert (
        "Leave the ads as they are: it is not known yet how much of "
        "a day's ad spend usually falls in each hour." in few.verdict.text
    )
    assert (
        "No earlier hourly figures are imported, so it is not known when the budget runs "
        "out: import the hourly file."
    ) in few.limits
    assert "raise" in kinds(asked(now(2300.0), hours=days_by_hour(days=4)))


# ---- what else is said


@pytest.mark.parametrize(("spent", "stopped"), [(1199.0, True), (1200.0, False)])
def test_under_six_tenths_of_the_usual_spend_something_has_stopped(spent: float, *, stopped: bool) -> None:
    answer = asked(now(spent))
    assert ("stopped" in kinds(answer)) is stopped
    assert ("bids" in kinds(answer)) is not stopped
    assert (answer.verdict.level == "watch") is stopped
    if stopped:
        assert by_kind(answer, "stopped").text.startswith("¥1,199")


@pytest.mark.parametrize(("gmv", "under"), [(1.74, True), (1.76, False)])
def test_a_roi_that_heads_under_what_pays_is_looked_at_tomorrow(gmv: float, *, under: bool) -> None:
    """Seven tenths are credited tonight: 1.75 becomes 2.50, which is what pays."""
    young = by_kind(asked(now(1900.0, gmv=1900.0 * gmv)), "young")
    assert (": check it tomorrow, keyword by keyword." in young.text) is under
    assert (
        "of the sales of today's ads are credited by tonight, so the ROI will end at about" in young.text
    ) is not under
    assert "young" not in kinds(asked(now(1900.0)))


@pytest.mark.parametrize(("held", "short"), [(1315.0, True), (1316.0, False)])
def test_a_balance_has_to_last_until_midnight(held: float, *, short: bool) -> None:
    """By 10:09 ¥964 of the ¥1,900 were spent already; the evening takes another ¥380."""
    known = at("10:09", Check(name="ads_balance", value=held))
    answer = asked(now(1900.0), checks=known)
    assert ("balance" in kinds(answer)) is short
    if short:
        found = by_kind(answer, "balance")
        assert found.text.startswith(
            "The ad balance was ¥379 after 15 Jun; the rest of tonight costs about ¥380"
        )
        assert (found.proposals[0].deed, found.impact) == ("top_up", None)


@pytest.mark.parametrize(("days_ago", "believed"), [(1, True), (2, False)])
def test_a_balance_of_two_days_ago_is_not_believed(days_ago: int, *, believed: bool) -> None:
    known = at("10:09", Check(name="ads_balance", value=2000.0), day=MONDAY - timedelta(days=days_ago))
    assert ("balance" in kinds(asked(now(1900.0), checks=known))) is believed


def test_a_balance_below_nothing_was_topped_up() -> None:
    known = at("10:09", Check(name="ads_balance", value=900.0))
    assert "balance" not in kinds(asked(now(1900.0), checks=known))


def spread(**cost: float) -> Ads:
    """Return what ``reported`` does, the cost spread over items written as ``i9=0.5``."""
    whole = reported().frame
    parts = []
    for name, share in cost.items():
        part = whole.assign(item=name[1:], plan_id=name[1:])
        for column in ("clicks", "cost", "orders", "gmv"):
            part[column] = part[column] * share
        parts.append(part)
    return Ads(Ads.shaped(pd.concat(parts, ignore_index=True)))


@pytest.mark.parametrize(("share", "served"), [(0.49, True), (0.5, False)])
def test_half_of_the_ads_on_what_is_sold_out_cannot_be_served(share: float, *, served: bool) -> None:
    ads = spread(i9=share, i8=1 - share)
    answer = asked(now(2300.0), ads, stock=counted(i9=0.0, i8=900.0))
    assert ("raise" in kinds(answer)) is served
    assert ("of the ad spend is for items about to sell out." in answer.verdict.text) is not served
    assert ("scarce" in kinds(answer)) is served
    if served:
        assert by_kind(answer, "scarce").text.startswith(
            "Add no ad budget for 9: they will sell out before new stock arrives."
        )
        assert ", but not for 9; set it back to ¥2,400" in by_kind(answer, "raise").proposals[0].text


# ---- the gates as a table


def test_the_gates_and_the_figures_behind_them() -> None:
    answer = asked(now(2300.0), stock=counted(i9=900.0))
    gates, *numbers = answer.evidence
    assert isinstance(gates, Table)
    assert [column.id for column in gates.columns] == ["gate", "figure", "answer"]
    roi = (4.0 + 60 / 0.7) / 1600 * 400 / (2300 / 1500)
    assert gates.rows == (
        ("1 Will the budget run out?", "¥2,760 of ¥2,400", "yes"),
        (
            "2 Do extra ads pay tonight?",
            f"additional spend returns {0.7 * roi:.2f}, break-even 2.50; 100% likely to pay",
            "yes",
        ),
        ("3 Is there stock?", "0% of the ad spend is for items about to sell out", "yes"),
        ("4 Can service answer more buyers?", "not entered: form “Who is on duty tonight”", "—"),
        ("5 How much to add?", "¥360", ""),
    )
    assert named(gates.columns[2], "no") == "no"
    assert [(one.value, one.reference) for one in numbers if isinstance(one, Number)] == [
        (2300.0, pytest.approx(2000.0)),
        (2760, 2400.0),
        (round(0.7 * roi, 2), 2.5),
        (8.0, None),
    ]


def test_what_is_assumed_of_the_evening_is_said() -> None:
    limits = asked(now(2300.0)).limits
    assert any(
        one.startswith(
            "About 70% of the sales of a day's ads are credited by the same evening: this is a setting "
            "in shop.toml, not measured here."
        )
        for one in limits
    )
    assert any(
        one.startswith(
            "Additional spend is assumed to return 70% of the average (too optimistic, "
            "because spend was higher on good days)."
        )
        for one in limits
    )


def test_the_gates_that_say_no_or_nothing() -> None:
    lasts = asked(now(1900.0)).evidence[0]
    assert isinstance(lasts, Table)
    assert [row[2] for row in lasts.rows] == ["no", "yes", "yes", "—", ""]
    assert lasts.rows[4][1] == "—"
    unknown = asked(Records(), margin=None).evidence[0]
    assert isinstance(unknown, Table)
    assert [row[2] for row in unknown.rows] == ["—", "—", "yes", "—", ""]


def test_spend_is_read_from_todays_hours_where_nobody_typed_it() -> None:
    earlier = days_by_hour().frame
    today = of_rows(
        Hours,
        [
            {
                "date": MONDAY,
                "hour": float(hour),
                "visitors": 300,
                "buyers": 10,
                "ad_cost": 95,
                "ad_clicks": 60,
            }
            for hour in range(21)
        ],
    ).frame
    answer = asked(Records(), hours=Hours(Hours.shaped(pd.concat([earlier, today]))))
    assert answer.verdict.text.startswith("Leave the ads as they are: ¥1,900 spent by 20:00")
    assert "Ad spend up to 20:00 is from today's hourly file." in answer.limits


def test_the_answer_is_the_same_in_both_languages() -> None:
    def encoded() -> dict[str, object]:
        return encode(
            evening_ads.tonight(
                now(2300.0, gmv=4000.0),
                at("10:09", Check(name="ads_balance", value=1200.0)),
                days_by_hour(),
                reported(),
                shop=shop(margin=0.4, ads=Account(daily_budget=2400.0)),
                today=MONDAY,
                now=moment("20:05"),
            )
        )

    english = encoded()
    speak("zh")
    assert encoded() == english
    assert asked(now(2300.0)).verdict.text.startswith("今晚推广加 ¥360")
