"""A campaign as it is recorded: what of it is due when, how its price is worded, how the month is filled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.answers.answer import About, Finding, Impact
from core.language.message import Words
from core.language.wording import text
from core.records.records import CampaignEntry, Recorded
from core.shop.settings import CalendarDay, Thresholds
from core.topics.campaigns.planning import findings
from core.topics.campaigns.planning.campaign import Campaign, MonthFill, campaigns, effect, month
from core.topics.campaigns.uplift import Uplift
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, shop

TODAY = MONDAY


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


PAID = "was sold within the last 7 days; it must not be shown."


def campaign(**known: Any) -> Campaign:
    """A campaign of the platform, applied for, everybody told and nothing missing."""
    given: dict[str, Any] = {
        "name": "年中大促", "kind": "platform", "state": "accepted", "start": on(2), "end": on(4),
        "told": "旺旺 微信 QQ 邮件 短信", "materials": "", "discount": "",
    }  # fmt: skip
    return Campaign(CampaignEntry(**(given | known)), TODAY)


# ---- the record


@pytest.mark.parametrize(
    ("state", "alive"),
    [
        ("planned", True),
        ("applied", True),
        ("accepted", True),
        ("running", True),
        ("rejected", False),
        ("over", False),
    ],
)
def test_a_campaign_lives_until_it_is_rejected_or_over(state: str, *, alive: bool) -> None:
    assert campaign(state=state).alive == alive


@pytest.mark.parametrize(
    ("known", "open_"),
    [
        ({}, True),
        ({"kind": "own"}, False),
        ({"state": "applied"}, False),
        ({"deadline": None}, False),
    ],
)
def test_a_sign_up_is_open_for_a_planned_campaign_of_the_platform(
    known: dict[str, Any], *, open_: bool
) -> None:
    assert campaign(**({"state": "planned", "deadline": on(3)} | known)).to_apply == open_


def test_materials_and_channels_are_told_apart_however_they_are_written() -> None:
    one = campaign(materials="主图, 详情页，短视频、海报;文案；", told="WangWang群, Mail")
    assert one.missing == ("主图", "详情页", "短视频", "海报", "文案")
    assert one.told == ("chat", "邮件")
    assert one.untold == ("微信", "QQ", "短信")
    assert (campaign().missing, campaign().untold, campaign(told="").told) == ((), (), ())


def test_its_days_are_those_from_its_first_to_its_last() -> None:
    assert campaign().days == (on(2), on(3), on(4))
    assert campaign(end=None).days == (on(2),)
    assert campaign(start=None).days == ()


@pytest.mark.parametrize(
    ("offer", "original", "struck"),
    [
        ("原价299 现价199", True, 299.0),
        ("划线价：259.5元", False, 259.5),
        ("吊牌价 ¥ 399", False, 399.0),
        ("满300减40", False, None),
        ("原价见页面内 199", True, None),
    ],
)
def test_a_compared_price_is_found_in_the_offer(offer: str, struck: float | None, *, original: bool) -> None:
    one = campaign(discount=offer)
    assert (one.says_original_price, one.struck_price) == (original, struck)


def test_the_newest_record_of_a_campaign_counts_and_they_stand_by_their_first_day() -> None:
    def entry(name: str, **known: Any) -> CampaignEntry:
        return CampaignEntry(**{"name": name, "kind": "own", "state": "planned", **known})

    found = campaigns(
        typed(
            (on(-9), entry("late", start=on(9))),
            (on(-8), entry("soon", start=on(1))),
            (on(-7), entry("late", start=on(5), state="accepted")),
            (on(-6), entry("none", deadline=on(9))),
            (on(-5), entry("first", deadline=on(3))),
        )
    )
    assert [one.name for one in found] == ["soon", "late", "first", "none"]
    assert (found[1].entry.state, found[1].seen) == ("accepted", on(-7))
    assert campaigns(None) == []


# ---- the month


def fill(*found: Campaign, **settings: Any) -> MonthFill:
    return month(found, shop(**settings), TODAY, 7)


def test_the_month_counts_its_campaigns_and_the_days_on_offer() -> None:
    """3 + 2 of June's 30 days are on offer; the last days of May and of a rejected one are not."""
    offered = campaign(name="a", discount="满减")
    past = campaign(name="b", start=date(2026, 5, 30), end=date(2026, 6, 2), discount="九折")
    no_offer = campaign(name="c", start=on(10), end=on(11))
    rejected = campaign(name="d", state="rejected", start=on(12), end=on(14), discount="九折")
    may = campaign(name="e", start=date(2026, 5, 1), end=date(2026, 5, 2), discount="九折")
    year = campaign(name="f", start=date(2025, 6, 1), end=date(2025, 6, 2), discount="九折")
    found = fill(offered, past, no_offer, rejected, may, year)
    assert (found.planned, found.done) == (3, 1)
    assert found.share == pytest.approx(5 / 30)
    assert fill(campaign(state="over", start=on(0), end=on(3))).done == 1
    assert fill(campaign(start=on(-2), end=on(0))).done == 0
    assert fill(campaign(start=on(-2), end=on(-1))).done == 1
    assert fill().share == 0.0
    assert fill(thresholds=Thresholds(campaigns_per_month=6)).aim == 6


@pytest.mark.parametrize(
    ("gap", "known", "close"),
    [
        (6, {}, (("a", "b", 6),)),
        (7, {}, ()),
        (0, {}, (("a", "b", 0),)),
        (-1, {}, (("a", "b", 0),)),
        (3, {"discount": ""}, ()),
        (3, {"state": "over"}, ()),
    ],
)
def test_offers_less_than_a_week_apart_are_close(
    gap: int, known: dict[str, Any], close: tuple[Any, ...]
) -> None:
    one = campaign(name="a", discount="满减")
    two = campaign(**{"name": "b", "start": on(5 + gap), "end": on(9 + gap), "discount": "满减", **known})
    assert fill(one, two).close == close
    assert fill(campaign(name="a"), two).close == ()


# ---- what it brought


def test_what_it_brought_is_held_against_the_same_weekdays() -> None:
    """1,000 a day, and 3,000 on its two days."""
    days = {on(-n): 1000.0 for n in range(1, 70)}
    one = campaign(start=on(-3), end=on(-2))
    days |= {on(-3): 3000.0, on(-2): 3000.0}
    found = effect(one, days, shop())
    assert found is not None
    assert (found.actual, found.baseline, found.uplift) == pytest.approx((6000, 2000, 4000))
    assert effect(one, {day: sold for day, sold in days.items() if day != on(-2)}, shop()) is None
    assert effect(campaign(start=None), days, shop()) is None
    assert effect(one, {on(-3): 3000.0, on(-2): 3000.0}, shop()) is None
    busy = {day: 9000.0 if on(-11) <= day <= on(-9) else sold for day, sold in days.items()}
    marked = shop(calendar=(CalendarDay(on(-11), on(-9), multiplier=9.0),))
    left_out = effect(one, busy, marked)
    assert left_out is not None
    assert left_out.baseline == pytest.approx(2000)


def test_a_campaign_longer_than_a_week_is_held_against_whole_weeks() -> None:
    days = {on(-n): float(1000 + 100 * on(-n).weekday()) for n in range(1, 90)}
    found = effect(campaign(start=on(-10), end=on(-2)), days, shop())
    assert found is not None
    assert found.share == pytest.approx(0.0)


def brought(**known: Any) -> Finding[Words]:
    given: dict[str, Any] = {
        "actual": 60_040.0, "baseline": 40_010.0, "uplift": 20_030.0, "share": 0.5006, "low": 12_340.0,
        "high": 27_890.0, "call": "up", "trend": False,
    }  # fmt: skip
    return findings.brought(campaign(), Uplift(**(given | known)))


def test_what_a_campaign_brought_is_said_with_its_range() -> None:
    found = brought()
    assert text(found.text) == (
        "年中大促 sold ¥60,000; the same weekdays before sold ¥40,000 (+50%; 80% range: +¥12,300 to "
        "+¥27,900). Refunds and the quiet days after it are not included yet."
    )
    assert (found.kind, found.level, found.about) == ("effect", "good", About(campaign="年中大促"))
    assert found.impact == Impact(20_030.0, "once", 12_340.0, 27_890.0, "sales", "gain")
    assert [brought(call=call).level for call in ("no call", "down", None)] == ["info"] * 3
    for bare in (brought(low=None), brought(high=None)):
        assert text(bare.text) == (
            "年中大促 sold ¥60,000; the same weekdays before sold ¥40,000 (+50%). Too few weeks "
            "without a campaign to say more."
        )


@pytest.mark.parametrize(
    ("yuan", "low", "high", "impact"),
    [
        (100.0, 50.0, 150.0, Impact(100.0, "once", 50.0, 150.0, "sales", "gain")),
        (100.0, -50.0, 250.0, Impact(100.0, "once", 0.0, 250.0, "sales", "gain")),
        (-100.0, -150.0, -50.0, Impact(100.0, "once", 50.0, 150.0, "sales", "loss")),
        (-100.0, -250.0, 50.0, Impact(100.0, "once", 0.0, 250.0, "sales", "loss")),
        (0.0, None, None, Impact(0.0, "once", None, None, "sales", "gain")),
    ],
)
def test_a_gain_or_loss_ends_at_nothing(
    yuan: float, low: float | None, high: float | None, impact: Impact
) -> None:
    assert findings.impact_of(yuan, low, high) == impact
    assert findings.impact_of(yuan, low, high, "margin").of == "margin"


# ---- the sign-up


def asked(found: Finding[Words] | None) -> list[tuple[str, str, str | None]]:
    assert found is not None
    return [(one.role, text(one.text), one.due) for one in found.proposals]


@pytest.mark.parametrize(
    ("left", "level", "said"),
    [
        (
            -1,
            "watch",
            (
                "年中大促: the sign-up ended on Sun 14 Jun, but it is still recorded as planned. Was "
                "it handed in?"
            ),
        ),
        (0, "act", "年中大促: sign-up ends Mon 15 Jun, today."),
        (1, "act", "年中大促: sign-up ends Tue 16 Jun, tomorrow."),
        (3, "act", "年中大促: sign-up ends Thu 18 Jun, in 3 days."),
        (4, "watch", "年中大促: sign-up ends Fri 19 Jun, in 4 days."),
        (7, "watch", "年中大促: sign-up ends Mon 22 Jun, in 7 days."),
    ],
)
def test_a_sign_up_is_said_a_week_ahead_and_is_urgent_from_three_days_on(
    left: int, level: str, said: str
) -> None:
    found = findings.deadline(campaign(state="planned", deadline=on(left)), TODAY)
    assert found is not None
    assert (found.kind, found.level, text(found.text)) == ("deadline", level, said)
    assert found.about == About(campaign="年中大促")
    hand_in = [("operator", "Hand in the sign-up for 年中大促", on(left).isoformat())]
    assert asked(found) == ([] if left < 0 else hand_in)
    assert [one.deed for one in found.proposals] == ([] if left < 0 else ["hand_in"])


def test_a_sign_up_far_off_or_made_is_not_said() -> None:
    assert findings.deadline(campaign(state="planned", deadline=on(8)), TODAY) is None
    assert findings.deadline(campaign(state="planned", deadline=None), TODAY) is None
    assert findings.deadline(campaign(state="applied", deadline=on(2)), TODAY) is None


@pytest.mark.parametrize(("left", "due"), [(5, 4), (1, 0), (0, 0)])
def test_what_is_missing_is_ready_the_day_before(left: int, due: int) -> None:
    one = campaign(state="planned", deadline=on(left), materials="主图, 海报", told="旺旺")
    found = findings.deadline(one, TODAY)
    assert asked(found)[0] == ("design", "Prepare for 年中大促: 主图, 海报", on(due).isoformat())
    assert found is not None
    assert text(found.text).endswith(
        ". Still missing: 主图, 海报. Announced on Wangwang only; not yet on WeChat, QQ, mail, SMS."
    )


# ---- the first day


@pytest.mark.parametrize(("left", "said"), [(-1, False), (0, True), (7, True), (8, False)])
def test_what_a_campaign_lacks_is_said_in_the_week_before_it(left: int, *, said: bool) -> None:
    one = campaign(start=on(left), end=on(left + 3), materials="主图")
    assert (findings.starting(one, TODAY) is not None) == said


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, False),
        ({"told": "旺旺 微信"}, False),
        ({"told": "旺旺"}, True),
        ({"told": ""}, True),
        ({"materials": "主图"}, True),
        ({"materials": "主图", "state": "rejected"}, False),
        ({"materials": "主图", "start": None}, False),
        ({"materials": "主图", "state": "planned", "deadline": on(1)}, False),
    ],
)
def test_a_campaign_that_lacks_nothing_is_not_said(known: dict[str, Any], *, said: bool) -> None:
    assert (findings.starting(campaign(**known), TODAY) is not None) == said


def test_what_is_missing_and_who_is_not_told_is_asked_for_in_time() -> None:
    found = findings.starting(campaign(start=on(4), end=on(5), materials="主图", told=""), TODAY)
    assert found is not None
    assert text(found.text) == (
        "年中大促 starts Fri 19 Jun, in 4 days. Still missing: 主图. The campaign has not been announced "
        "to anyone yet."
    )
    assert (found.kind, found.level, found.about) == ("start", "watch", About(campaign="年中大促"))
    assert asked(found) == [
        ("design", "Prepare for 年中大促: 主图", on(2).isoformat()),
        ("service", "Tell returning customers about 年中大促 on Wangwang, WeChat, QQ", on(3).isoformat()),
    ]
    late = findings.starting(campaign(start=on(0), end=on(5), materials="主图", told=""), TODAY)
    assert [due for _, _, due in asked(late)] == [TODAY.isoformat()] * 2
    told = findings.starting(campaign(materials="主图"), TODAY)
    assert [role for role, _, _ in asked(told)] == ["design"]
    lacks = findings.starting(campaign(told="旺旺"), TODAY)
    assert [role for role, _, _ in asked(lacks)] == ["service"]


@pytest.mark.parametrize(
    ("left", "materials", "level"),
    [(1, "主图", "act"), (2, "主图", "watch"), (1, "", "watch"), (0, "主图", "act")],
)
def test_what_is_missing_the_day_before_is_urgent(left: int, materials: str, level: str) -> None:
    found = findings.starting(campaign(start=on(left), end=on(9), materials=materials, told="旺旺"), TODAY)
    assert found is not None
    assert found.level == level


# ---- the last day


@pytest.mark.parametrize(("left", "kind"), [(2, None), (1, "watch"), (0, "watch"), (-1, "info")])
def test_the_end_is_said_the_day_before_and_until_it_is_recorded(left: int, kind: str | None) -> None:
    found = findings.ending(campaign(start=on(-5), end=on(left)), TODAY)
    assert (None if found is None else found.level) == kind


def test_after_its_end_everyday_prices_go_back() -> None:
    found = findings.ending(campaign(start=on(0), end=on(1)), TODAY)
    assert found is not None
    assert text(found.text) == (
        "年中大促 ends on Tue 16 Jun: after that, change prices, banners and the service team's answers back."
    )
    assert asked(found) == [("operator", "Change prices and banners of 年中大促 back", "2026-06-17")]
    past = findings.ending(campaign(start=on(-5), end=on(-1)), TODAY)
    assert past is not None
    assert (
        text(past.text)
        == "年中大促 ended on Sun 14 Jun but is still recorded as open: record it as finished."
    )
    assert past.proposals == ()
    for other in (
        campaign(start=on(1), end=on(1)),
        campaign(start=None),
        campaign(state="over", start=on(-3), end=on(0)),
    ):
        assert findings.ending(other, TODAY) is None


# ---- prices


def test_an_offer_that_says_original_price_is_reworded() -> None:
    (found,) = findings.price_wording(campaign(discount="原价见页面"), {})
    assert (found.kind, found.level) == ("wording", "watch")
    assert text(found.text).startswith("年中大促")
    assert asked(found) == [
        (
            "content",
            "Reword the price of 年中大促: 首发价 (launch price) …, then 恢复日常价 (back to everyday price)",
            None,
        )
    ]


@pytest.mark.parametrize(("paid", "told"), [(258.6, 1), (259.0, 0), (300.0, 0)])
def test_a_struck_price_must_have_been_paid(paid: float, told: int) -> None:
    found = findings.price_wording(campaign(discount="划线价259"), {"风衣": paid})
    assert [(one.kind, one.level, text(one.text)) for one in found] == [
        (
            "struck",
            "act",
            f"年中大促: the crossed-out price ¥259 is higher than ¥259, for which 风衣 {PAID}",
        )
    ] * told
    assert findings.price_wording(campaign(discount="划线价259", state="over"), {"风衣": 1.0}) == []
    assert findings.price_wording(campaign(discount="满减"), {"风衣": 1.0}) == []


# ---- the month as it is said


def filled(share: float = 0.2, *close: tuple[str, str, int]) -> list[Finding[Words]]:
    return findings.month_filled(MonthFill(3, 1, 4, share, close), TODAY)


def test_a_month_on_offer_for_more_than_four_days_in_ten_is_too_much() -> None:
    assert filled(0.40) == []
    (found,) = filled(0.41)
    assert text(found.text) == (
        "There is an offer on 41% of this month's days, including planned ones. Above 40%, "
        "buyers wait for the next offer."
    )
    assert (found.kind, found.level) == ("share", "watch")
    assert asked(found) == [("operator", "Keep the next free week without an offer", "2026-06-22")]


def test_campaigns_that_stand_close_are_named() -> None:
    one, two = filled(0.1, ("a", "b", 1), ("b", "c", 3))
    assert (
        text(one.text) == "Only 1 day between a and b: leave a week, so that buyers see the everyday price."
    )
    assert text(two.text).startswith(
        "Only 3 days between b and c: leave a week, so that buyers see the everyday price."
    )
    assert (one.level, one.about) == ("info", About(campaign="a", other="b"))


def test_an_idea_has_a_week() -> None:
    found = findings.idea(None, TODAY)
    (asked_for,) = found.proposals
    assert (found.kind, found.level, asked_for.metric, asked_for.direction, asked_for.due) == (
        "idea", "info", "gmv", "up", "2026-06-22"
    )  # fmt: skip


def test_a_record_is_of_the_day_it_was_typed() -> None:
    at = datetime(2026, 6, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    (one,) = campaigns([Recorded(CampaignEntry(name="a", kind="own", state="planned"), at, "lan", "1")])
    assert one.seen == date(2026, 6, 3)
