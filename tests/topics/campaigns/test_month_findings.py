"""Every finding of the month to come on both sides of its line, with its tables and what is at stake."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer
from core.records.month import CampaignResult
from core.records.team import NewItem
from core.shop.settings import AdSettings, Item
from core.topics.campaigns import month_plan
from tests.topics.answer_parts import finding_of, in_both_languages, number_of, rows_of
from tests.topics.campaigns.test_month_plan import FIRST, LAST, ads, campaign, items, july, plan, terms
from tests.topics.recorded import typed
from tests.topics.tables import festival, hero, shop, told_by, usual_shop

plan_month = told_by(month_plan.plan)


def keys(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings]


# ---- the target


def test_what_the_target_lacks_is_at_stake_with_its_range() -> None:
    answer = plan(july(260_000.0))
    found = finding_of(answer, "month_plan/target")
    usual = number_of(answer, "The month's sales with ordinary days only")
    assert (found.level, found.kind, found.about) == ("act", "target", About())
    worth = found.impact
    assert worth is not None
    assert (worth.per, worth.of, worth.side) == ("once", "sales", "loss")
    assert usual.value is not None
    assert usual.low is not None
    assert usual.high is not None
    assert worth.yuan == pytest.approx(260_000 - usual.value, abs=1)
    assert worth.low == pytest.approx(260_000 - usual.high, abs=1)
    assert worth.high == pytest.approx(260_000 - usual.low, abs=1)
    assert f"¥260,000: ¥{round(worth.yuan, -3):,.0f}" in found.text


def test_a_target_in_reach_or_not_set_has_nothing_at_stake() -> None:
    assert finding_of(plan(july(170_000.0)), "month_plan/target").impact is None
    unset = finding_of(plan(july(None)), "month_plan/target")
    assert unset.impact is None
    assert [(one.role, one.text) for one in unset.proposals] == [
        ("owner", "Set the target for 2026-07 (form “A month's target”)")
    ]


def test_a_target_a_little_above_the_usual_month_is_watched_and_may_need_nothing() -> None:
    usual = number_of(plan(july()), "The month's sales with ordinary days only").value
    assert usual is not None
    found = finding_of(plan(july(round(usual * 1.03))), "month_plan/target")
    assert found.level == "watch"
    assert found.impact is not None
    assert found.impact.low == 0.0
    assert found.impact.yuan == pytest.approx(0.03 * usual, abs=1)


# ---- campaigns


def test_a_day_of_the_platform_that_the_calendar_lacks_is_named_with_its_weekday() -> None:
    answer = plan_month(
        usual_shop(last=date(2026, 10, 31)),
        shop=shop(targets={"2026-11": 200_000.0}),
        today=date(2026, 11, 1),
    )
    found = finding_of(answer, "month_plan/calendar/2026-11-11")
    assert (found.kind, found.about) == ("calendar", About(day="2026-11-11"))
    assert ") is not in the calendar, so its target is that of an ordinary Wed." in found.text
    assert not any(key.startswith("month_plan/calendar") for key in keys(plan(july())))


def test_campaigns_of_the_month_are_enough_from_four() -> None:
    starts = [date(2026, 7, day) for day in (2, 10, 18, 26)]
    three, four = (
        plan(july(), entries=typed(*((LAST, campaign(f"第{n}场", starts[n])) for n in range(count))))
        for count in (3, 4)
    )
    room = finding_of(three, "month_plan/campaigns")
    assert (room.level, room.kind) == ("watch", "campaigns")
    assert "2026-07 has 3 of 4 campaigns." in room.text
    assert [one.metric for one in room.proposals] == ["gmv"]
    enough = finding_of(four, "month_plan/campaigns")
    assert (enough.level, enough.proposals) == ("good", ())


def test_a_month_without_room_gets_no_campaign_proposed() -> None:
    starts = [date(2026, 7, day) for day in (6, 16, 26)]
    answer = plan(july(), entries=typed(*((LAST, campaign(f"第{n}场", day)) for n, day in enumerate(starts))))
    found = finding_of(answer, "month_plan/campaigns")
    assert (found.level, found.proposals) == ("info", ())
    assert "campaigns; one more would be within a week of another." in found.text


def test_a_month_is_on_offer_too_often_from_more_than_four_days_in_ten() -> None:
    twelve, thirteen = (
        plan(july(), entries=typed((LAST, campaign("年中", date(2026, 7, 3), days=days))))
        for days in (12, 13)
    )
    assert "month_plan/share" not in keys(twelve)
    found = finding_of(thirteen, "month_plan/share")
    assert (found.level, found.kind) == ("watch", "share")
    assert found.text.startswith("There is an offer on 42% of the month's days.")


# ---- line-up


def test_heroes_are_asked_for_where_none_is_set() -> None:
    found = finding_of(plan(july(), items=items(a=1000.0)), "month_plan/heroes")
    assert (found.level, found.kind) == ("watch", "heroes")
    assert "No best seller is marked in shop.toml, so the plan has no main item." in found.text
    assert [one.role for one in found.proposals] == ["operator"]
    assert "month_plan/heroes" not in keys(plan(july()))


def test_heroes_are_heavy_from_six_tenths_of_sales() -> None:
    light, heavy = (
        finding_of(plan(july(items=(hero("a", "甲"),)), items=items(a=gmv, b=400.0)), "month_plan/heroes")
        for gmv in (599.0, 601.0)
    )
    assert (light.level, light.proposals) == ("info", ())
    assert heavy.level == "watch"
    assert [one.text for one in heavy.proposals] == ["Build up b as the next best seller"]


def test_a_season_that_ends_in_the_month_is_said_and_one_after_it_is_not() -> None:
    for ends, said in ((date(2026, 7, 31), True), (date(2026, 8, 1), False), (date(2026, 6, 30), False)):
        own = july(items=(Item(id="a", name="凉鞋", hero=True, season_end=ends),))
        answer = plan(own, items=items(a=1000.0, b=1000.0))
        assert ("month_plan/season/凉鞋" in keys(answer)) == said, ends
        if said:
            found = finding_of(answer, "month_plan/season/凉鞋")
            assert (found.level, found.kind, found.about) == ("watch", "season", About(other="凉鞋"))
            assert "ends on 31 Jul" in found.text


def test_arrivals_are_listed_with_their_day_where_it_is_known() -> None:
    coming = typed(
        (LAST, NewItem(item="亚麻衬衫", listed=date(2026, 7, 9))),
        (LAST, NewItem(item="草帽")),
        (LAST, NewItem(item="秋装", listed=date(2026, 8, 1))),
    )
    found = finding_of(plan(july(), coming=coming), "month_plan/arrivals")
    assert (found.level, found.kind) == ("info", "arrivals")
    assert found.text == "New items in 2026-07: 亚麻衬衫 (9 Jul), 草帽."
    assert "No new item is recorded for" in finding_of(plan(july()), "month_plan/arrivals").text


# ---- search


def test_a_term_that_rises_or_falls_is_named_with_how_much() -> None:
    answer = plan(july(), search_terms=terms(28, 防晒衣=2.0, 羽绒服=0.4))
    rising = finding_of(answer, "month_plan/rising")
    assert (rising.level, rising.kind) == ("watch", "rising")
    assert [(one.about, one.role) for one in rising.proposals] == [(About(word="防晒衣"), "operator")]
    falling = finding_of(answer, "month_plan/falling")
    assert (falling.level, falling.kind, falling.proposals) == ("info", "falling", ())
    assert "羽绒服 (×0." in falling.text
    assert "month_plan/search" not in keys(answer)
    steady = plan(july(), search_terms=terms(28, 防晒衣=1.0))
    assert finding_of(steady, "month_plan/search").kind == "search"
    assert not {"month_plan/rising", "month_plan/falling"} & set(keys(steady))


def test_the_terms_that_moved_stand_in_a_table() -> None:
    answer = plan(
        july(), search_terms=terms(28, 防晒衣=2.0), items=items(夏季防晒衣女薄款=1000.0, 其他款=900.0)
    )
    (row,) = rows_of(answer, "Search terms that changed")
    assert row["search_term"] == "防晒衣"
    assert row["before"] == pytest.approx(14 * 31, abs=14)
    assert row["after"] == pytest.approx(14 * 61, abs=14)
    assert row["times"] == pytest.approx(1.8, abs=0.15)
    assert row["item"] == "夏季防晒衣女薄款"
    (bare,) = rows_of(plan(july(), search_terms=terms(28, 防晒衣=2.0)), "Search terms that changed")
    assert bare["item"] == "—"


# ---- budget, lessons


def test_the_budget_of_the_month_is_the_usual_share_of_its_target() -> None:
    answer = plan(july(), ads=ads(500.0))
    found = finding_of(answer, "month_plan/budget")
    assert (found.level, found.kind) == ("info", "budget")
    total = number_of(answer, "The month's ad spend at the usual share").value
    assert total == pytest.approx(180_000 * 500 / 6_000, rel=0.05)
    assert "关键词推广 takes 100% of that." in found.text
    assert "month_plan/budget" not in keys(plan(july()))


def test_a_daily_budget_is_too_small_from_the_first_day_above_it() -> None:
    most = max(row["budget"] for row in rows_of(plan(july(), ads=ads(500.0)), "The month, day by day"))
    enough, short = (
        plan(july(ads=AdSettings(daily_budget=most + change)), ads=ads(500.0)) for change in (1.0, -1.0)
    )
    assert "month_plan/budget_days" not in keys(enough)
    found = finding_of(short, "month_plan/budget_days")
    assert (found.level, found.kind) == ("watch", "budget_days")
    assert [one.role for one in found.proposals] == ["promotion"]


@pytest.mark.parametrize(
    ("result", "level", "worth"),
    [
        (CampaignResult(name="618", uplift=90_000.0, profit=-4_000.0), "watch", (4_000.0, "margin", "loss")),
        (CampaignResult(name="618", uplift=90_000.0, profit=0.0), "info", (0.0, "margin", "gain")),
        (CampaignResult(name="618", uplift=90_000.0), "info", (90_000.0, "sales", "gain")),
        (CampaignResult(name="618", uplift=90_000.0, again=False), "watch", (90_000.0, "sales", "gain")),
        (CampaignResult(name="618", lesson="少给满减"), "info", None),
    ],
)
def test_a_lesson_is_worth_what_was_signed(
    result: CampaignResult, level: str, worth: tuple[float, str, str] | None
) -> None:
    found = finding_of(plan(july(), results=typed((LAST, result))), "month_plan/lesson/618")
    assert (found.level, found.kind, found.about) == (level, "lesson", About(campaign="618"))
    signed = found.impact
    assert worth == (None if signed is None else (signed.yuan, signed.of, signed.side))
    assert found.text.endswith(("Decision: do not repeat.", ".", "少给满减"))
    assert ("Decision: do not repeat." in found.text) == (result.again is False)


def test_without_a_signed_result_there_is_no_lesson() -> None:
    assert not any(key.startswith("month_plan/lesson") for key in keys(plan(july())))


# ---- tables, languages


def test_every_day_stands_in_the_table_with_its_weekday_target_budget_and_campaign() -> None:
    calendar = (festival(date(2026, 7, 18), multiplier=4.0, note="年中"),)
    days = rows_of(plan(july(calendar=calendar), ads=ads(500.0)), "The month, day by day")
    assert len(days) == 31
    first, great = days[0], days[17]
    assert (first["day"], first["weekday"]) == ("2026-07-01", "Wed")
    assert (first["multiplier"], first["campaign"]) == (None, "")
    assert first["budget"] == pytest.approx(first["target"] * 500 / 6_000, rel=0.05)
    assert (great["day"], great["weekday"]) == ("2026-07-18", "Sat")
    assert (great["multiplier"], great["campaign"]) == (4.0, "年中")
    assert great["target"] == pytest.approx(4 * first["target"], rel=0.1)


def test_sales_stand_in_price_bands() -> None:
    bands = rows_of(
        plan(july(), items=items(a=990.0, b=1000.0, c=9000.0)),
        "Sales by price band (ordinary days of the last four weeks)",
    )
    assert [(row["band"], row["items"], row["gmv"], row["visitors"]) for row in bands] == [
        ("¥0–100", 1, 28 * 990, 2800),
        ("¥100–200", 1, 28 * 1000, 2800),
        ("¥800+", 1, 28 * 9000, 2800),
    ]
    assert sum(row["share"] for row in bands) == pytest.approx(1.0, abs=2e-4)


def test_the_month_does_not_depend_on_the_language() -> None:
    own = july(200_000.0, ads=AdSettings(daily_budget=300.0), items=(hero("a", "甲"),))
    english, chinese = in_both_languages(
        lambda: month_plan.plan(
            usual_shop(last=LAST),
            items(a=9000.0, b=900.0),
            terms(28, 防晒衣=2.0, 羽绒服=0.4),
            ads(500.0),
            typed((LAST, campaign("年中", date(2026, 7, 3), days=13))),
            typed((LAST, NewItem(item="亚麻衬衫", listed=FIRST + timedelta(days=8)))),
            typed((LAST, CampaignResult(name="618", profit=-4_000.0, again=False))),
            shop=own,
            today=FIRST,
        )
    )
    kinds = {one["kind"] for one in english["findings"]}
    assert kinds >= {"target", "campaigns", "share", "heroes", "arrivals", "rising", "budget", "lesson"}
    assert english == chinese
