"""Sign-ups, what is missing, the month, the prices, what a past campaign brought."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Answer
from core.exports.kinds.items import Items
from core.records.records import CampaignEntry
from core.topics.campaigns import campaigns
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by, usual_shop

progress = told_by(campaigns.progress)

SOON = MONDAY + timedelta(days=2)
ALL = "旺旺 微信 QQ 邮件 短信"


def asked(*entries: CampaignEntry, items: Items | None = None) -> Answer:
    return progress(None, typed(*((SUNDAY, one) for one in entries)), items, shop=shop(), today=MONDAY)


def keys(answer: Answer, *levels: str) -> list[str]:
    return [one.key for one in answer.findings if one.level in levels]


# ---- left alone


def test_a_campaign_that_lacks_nothing_and_is_far_off_is_left_alone() -> None:
    answer = asked(
        CampaignEntry(name="七夕", kind="own", state="accepted", start=MONDAY + timedelta(days=12), told=ALL)
    )
    assert answer.verdict.level == "good"
    assert keys(answer, "act", "watch") == []


def test_a_campaign_under_way_is_not_announced_as_the_next_one() -> None:
    began = CampaignEntry(
        name="618", kind="own", state="accepted", start=SUNDAY, end=MONDAY + timedelta(days=3), told=ALL
    )
    answer = asked(began)
    assert (answer.verdict.level, answer.verdict.text) == (
        "good",
        "Nothing is urgent: 618 runs until Thu 18 Jun.",
    )


def test_a_sign_up_that_was_handed_in_is_not_asked_for_again() -> None:
    answer = asked(
        CampaignEntry(name="双12", state="applied", deadline=SOON, start=MONDAY + timedelta(days=20))
    )
    assert keys(answer, "act", "watch") == []


def test_a_rejected_campaign_is_silent() -> None:
    assert keys(asked(CampaignEntry(name="双12", state="rejected", deadline=SOON)), "act", "watch") == []


def test_a_launch_price_worded_by_the_law_is_left_alone() -> None:
    entry = CampaignEntry(
        name="上新",
        kind="own",
        start=MONDAY + timedelta(days=9),
        told=ALL,
        discount="首发价 3 天，之后恢复日常价",
    )
    assert keys(asked(entry), "act", "watch") == []


# ---- said


def test_a_sign_up_in_two_days_names_what_is_missing_and_who_was_not_told() -> None:
    answer = asked(
        CampaignEntry(
            name="双12", deadline=SOON, start=MONDAY + timedelta(days=20), materials="主图 3 张，锁定价"
        )
    )
    assert answer.verdict.level == "act"
    found = answer.findings[0]
    assert (
        "in 2 days. Still missing: 主图 3 张, 锁定价. The campaign has not been announced to anyone yet."
        in found.text
    )
    assert [(one.role, one.due) for one in found.proposals] == [
        ("design", "2026-06-16"),
        ("operator", "2026-06-17"),
    ]


def test_the_newest_record_of_a_campaign_counts() -> None:
    first = CampaignEntry(name="双12", deadline=SOON)
    later = CampaignEntry(name="双12", deadline=SOON, state="applied")
    answer = progress(entries=typed((SUNDAY, first), (MONDAY, later)), shop=shop(), today=MONDAY)
    assert keys(answer, "act") == []


def test_a_start_in_four_days_asks_for_pictures_and_channels() -> None:
    entry = CampaignEntry(
        name="上新", kind="own", start=MONDAY + timedelta(days=4), materials="主图", told="微信"
    )
    found = next(one for one in asked(entry).findings if one.key == "campaigns/start/上新")
    assert found.level == "watch"
    assert "not yet on Wangwang, QQ, mail, SMS" in found.text


def test_original_price_is_no_word_for_a_launch() -> None:
    entry = CampaignEntry(
        name="上新",
        kind="own",
        start=MONDAY + timedelta(days=9),
        told=ALL,
        discount="前三天 8 折，之后恢复原价",
    )
    assert keys(asked(entry), "watch") == ["campaigns/wording/上新"]


def test_a_struck_price_nobody_paid_this_week_may_not_stand_there() -> None:
    paid = of_rows(
        Items, [{"date": SUNDAY, "item": "d1", "title": "法式连衣裙", "units": 10.0, "gmv": 1990.0}]
    )
    entry = CampaignEntry(
        name="法式连衣裙返场",
        kind="own",
        start=MONDAY + timedelta(days=9),
        told=ALL,
        discount="划线价 299，现 179",
    )
    assert keys(asked(entry, items=paid), "act") == ["campaigns/struck/法式连衣裙返场"]
    fair = CampaignEntry(
        name="法式连衣裙返场",
        kind="own",
        start=MONDAY + timedelta(days=9),
        told=ALL,
        discount="划线价 199，现 179",
    )
    assert keys(asked(fair, items=paid), "act") == []


def test_half_a_month_on_offer_erodes_the_price() -> None:
    entry = CampaignEntry(
        name="年中",
        kind="own",
        state="running",
        start=date(2026, 6, 5),
        end=date(2026, 6, 22),
        told=ALL,
        discount="满减",
    )
    assert "campaigns/share" in keys(asked(entry), "watch")


def test_nothing_planned_gets_an_idea_and_no_alarm() -> None:
    answer = asked()
    assert answer.verdict.level == "info"
    assert keys(answer, "info") == ["campaigns/idea"]


def test_a_past_campaign_is_held_against_the_same_weekdays() -> None:
    saturday, sunday = date(2026, 6, 13), date(2026, 6, 14)
    days = usual_shop(changes={saturday: {"gmv": 12_000}, sunday: {"gmv": 12_000}})
    entry = CampaignEntry(name="周末", kind="own", state="over", start=saturday, end=sunday, told=ALL)
    answer = progress(days, typed((SUNDAY, entry)), shop=shop(), today=MONDAY)
    found = next(one for one in answer.findings if one.key == "campaigns/effect/周末")
    assert found.level == "good"
    assert "). Refunds and the quiet days after it are not included yet." in found.text
    quiet = progress(usual_shop(), typed((SUNDAY, entry)), shop=shop(), today=MONDAY)
    assert next(one for one in quiet.findings if one.key == "campaigns/effect/周末").level == "info"
