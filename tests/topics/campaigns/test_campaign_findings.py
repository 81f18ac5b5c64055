"""Every finding of campaigns on both sides of its line, with what it is about and what it is worth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Impact
from core.exports.kinds.items import Items
from core.records.records import CampaignEntry
from core.topics.campaigns import campaigns
from core.topics.campaigns.planning.findings import impact_of
from tests.topics.answer_parts import finding_of, in_both_languages, number_of, rows_of
from tests.topics.recorded import typed
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told_by, usual_shop

progress = told_by(campaigns.progress)
ALL = "旺旺 微信 QQ 邮件 短信"
FAR = MONDAY + timedelta(days=20)


def asked(*entries: CampaignEntry, items: Items | None = None, today: date = MONDAY) -> Answer:
    return progress(None, typed(*((SUNDAY, one) for one in entries)), items, shop=shop(), today=today)


def keys(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings]


def own(name: str, start: date, end: date | None = None, **given: str) -> CampaignEntry:
    return CampaignEntry(name=name, kind="own", start=start, end=end, **({"told": ALL} | given))  # type: ignore[arg-type]


# ---- sign-ups


@pytest.mark.parametrize(
    ("left", "level"), [(0, "act"), (3, "act"), (4, "watch"), (7, "watch"), (-1, "watch")]
)
def test_a_sign_up_is_urgent_three_days_before_its_end(left: int, level: str) -> None:
    entry = CampaignEntry(name="双12", deadline=MONDAY + timedelta(days=left), start=FAR)
    found = finding_of(asked(entry), "campaigns/deadline/双12")
    assert found.level == level
    assert (found.kind, found.about) == ("deadline", About(campaign="双12"))


def test_a_sign_up_of_next_week_is_not_said_yet() -> None:
    entry = CampaignEntry(name="双12", deadline=MONDAY + timedelta(days=8), start=FAR)
    assert keys(asked(entry)) == []


def test_a_sign_up_asks_for_the_missing_material_and_to_be_handed_in() -> None:
    until = MONDAY + timedelta(days=2)
    found = finding_of(
        asked(CampaignEntry(name="双12", deadline=until, start=FAR, materials="主图")),
        "campaigns/deadline/双12",
    )
    design, operator = found.proposals
    assert (design.role, design.deed, design.about) == ("design", "", About(campaign="双12"))
    assert design.text == "Prepare for 双12: 主图"
    assert (operator.role, operator.deed, operator.about) == ("operator", "hand_in", About(campaign="双12"))
    complete = finding_of(
        asked(CampaignEntry(name="双12", deadline=until, start=FAR)), "campaigns/deadline/双12"
    )
    assert [one.deed for one in complete.proposals] == ["hand_in"]


def test_a_sign_up_that_ended_is_asked_about_and_proposes_nothing() -> None:
    found = finding_of(asked(CampaignEntry(name="双12", deadline=SUNDAY)), "campaigns/deadline/双12")
    assert "Was it handed in?" in found.text
    assert found.proposals == ()


# ---- starts, ends


def test_a_start_is_urgent_tomorrow_while_material_is_missing() -> None:
    for days, materials, level in ((1, "主图", "act"), (2, "主图", "watch"), (1, "", "watch")):
        entry = own("上新", MONDAY + timedelta(days=days), materials=materials, told="")
        found = finding_of(asked(entry), "campaigns/start/上新")
        assert (found.level, found.kind) == (level, "start"), days
        assert found.about == About(campaign="上新")


def test_a_start_is_said_a_week_before_and_only_while_something_lacks() -> None:
    week, more = (own("上新", MONDAY + timedelta(days=days), told="微信") for days in (7, 8))
    found = finding_of(asked(week), "campaigns/start/上新")
    assert [one.role for one in found.proposals] == ["service"]
    assert "campaigns/start/上新" not in keys(asked(more))
    ready = own("上新", MONDAY + timedelta(days=7))
    assert "campaigns/start/上新" not in keys(asked(ready))


@pytest.mark.parametrize(("left", "level"), [(0, "watch"), (1, "watch"), (-1, "info")])
def test_an_end_is_said_the_day_before_and_until_it_is_recorded(left: int, level: str) -> None:
    entry = own("上新", MONDAY - timedelta(days=5), MONDAY + timedelta(days=left), state="running")
    found = finding_of(asked(entry), "campaigns/end/上新")
    assert (found.level, found.kind, found.about) == (level, "end", About(campaign="上新"))
    assert bool(found.proposals) == (level == "watch")


def test_a_campaign_that_runs_on_is_left_alone() -> None:
    entry = own("上新", MONDAY - timedelta(days=5), MONDAY + timedelta(days=2), state="running")
    assert keys(asked(entry)) == []


# ---- prices


def test_a_price_that_was_paid_may_be_struck_through_up_to_that_price() -> None:
    paid = of_rows(
        Items, [{"date": SUNDAY, "item": "d1", "title": "法式连衣裙", "units": 10.0, "gmv": 1990.0}]
    )
    over, same = (own("法式连衣裙返场", FAR, discount=f"划线价 {price}，现 179") for price in (200, 199))
    found = finding_of(asked(over, items=paid), "campaigns/struck/法式连衣裙返场")
    assert (found.level, found.kind, found.about) == ("act", "struck", About(campaign="法式连衣裙返场"))
    assert "was sold within the last 7 days; it must not be shown." in found.text
    assert "campaigns/struck/法式连衣裙返场" not in keys(asked(same, items=paid))


def test_a_price_counts_as_paid_for_seven_days() -> None:
    for back, said in ((7, True), (8, False)):
        day = MONDAY - timedelta(days=back)
        paid = of_rows(
            Items, [{"date": day, "item": "d1", "title": "法式连衣裙", "units": 10.0, "gmv": 1990.0}]
        )
        entry = own("法式连衣裙返场", FAR, discount="划线价 299，现 179")
        assert ("campaigns/struck/法式连衣裙返场" in keys(asked(entry, items=paid))) == said, back


def test_the_word_of_the_original_price_is_asked_to_be_changed() -> None:
    found = finding_of(asked(own("上新", FAR, discount="之后恢复原价")), "campaigns/wording/上新")
    assert (found.level, found.kind, found.about) == ("watch", "wording", About(campaign="上新"))
    assert [(one.role, one.about) for one in found.proposals] == [("content", About(campaign="上新"))]
    assert "campaigns/wording/上新" not in keys(asked(own("上新", FAR, discount="之后恢复日常价")))


# ---- the month


def test_the_month_is_on_offer_too_often_from_more_than_twelve_of_thirty_days() -> None:
    twelve, thirteen = (
        own("年中", date(2026, 6, 5), date(2026, 6, last), state="running", discount="满减")
        for last in (16, 17)
    )
    assert "campaigns/share" not in keys(asked(twelve))
    found = finding_of(asked(thirteen), "campaigns/share")
    assert (found.level, found.kind, found.about) == ("watch", "share", About())
    assert "of this month's days, including planned ones. Above" in found.text
    assert number_of(asked(thirteen), "Share of the month's days with an offer").value == pytest.approx(
        13 / 30, abs=5e-4
    )


def test_two_offers_stand_a_week_apart() -> None:
    first = own("甲", FAR, discount="8折")
    near, far = (own("乙", FAR + timedelta(days=days), discount="8折") for days in (7, 8))
    found = finding_of(asked(first, near), "campaigns/close/甲/乙")
    assert (found.level, found.kind, found.about) == ("info", "close", About(campaign="甲", other="乙"))
    assert found.text.startswith("Only 6 days between 甲 and 乙")
    assert "campaigns/close/甲/乙" not in keys(asked(first, far))


def test_an_idea_is_offered_while_nothing_is_planned_for_two_weeks() -> None:
    found = finding_of(asked(own("上新", MONDAY + timedelta(days=15))), "campaigns/idea")
    assert (found.level, found.kind, found.about) == ("info", "idea", About())
    assert [one.metric for one in found.proposals] == ["gmv"]
    assert "campaigns/idea" not in keys(asked(own("上新", MONDAY + timedelta(days=14))))


# ---- what one brought


def test_what_a_campaign_brought_is_worth_its_uplift_with_its_range() -> None:
    days = usual_shop(changes={date(2026, 6, 13): {"gmv": 12_000}, SUNDAY: {"gmv": 12_000}})
    entry = own("周末", date(2026, 6, 13), SUNDAY, state="over")
    found = finding_of(
        progress(days, typed((SUNDAY, entry)), shop=shop(), today=MONDAY), "campaigns/effect/周末"
    )
    assert (found.kind, found.about) == ("effect", About(campaign="周末"))
    worth = found.impact
    assert worth is not None
    assert (worth.per, worth.of, worth.side) == ("once", "sales", "gain")
    assert worth.low is not None
    assert worth.high is not None
    assert 0 < worth.low < worth.yuan < worth.high < 24_000
    assert f"+¥{round(worth.low, -2):,.0f} to +¥{round(worth.high, -2):,.0f}" in found.text


def test_what_a_campaign_brought_is_told_for_a_fortnight() -> None:
    for back, told in ((14, True), (15, False)):
        last = MONDAY - timedelta(days=back)
        entry = own("周末", last, state="planned")
        answer = progress(usual_shop(), typed((SUNDAY, entry)), shop=shop(), today=MONDAY)
        assert ("campaigns/effect/周末" in keys(answer)) == told, back


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((300.0, 100.0, 500.0), Impact(300.0, "once", 100.0, 500.0, "sales", "gain")),
        ((300.0, -100.0, 500.0), Impact(300.0, "once", 0.0, 500.0, "sales", "gain")),
        ((-300.0, -500.0, -100.0), Impact(300.0, "once", 100.0, 500.0, "sales", "loss")),
        ((-300.0, -500.0, 100.0), Impact(300.0, "once", 0.0, 500.0, "sales", "loss")),
        ((-300.0, None, None), Impact(300.0, "once", None, None, "sales", "loss")),
        ((0.0, None, None), Impact(0.0, "once", None, None, "sales", "gain")),
    ],
)
def test_a_range_across_nothing_ends_at_nothing(
    given: tuple[float, float | None, float | None], expected: Impact
) -> None:
    assert impact_of(*given) == expected


# ---- the table


def test_the_campaigns_stand_in_a_table_by_their_first_day() -> None:
    answer = asked(
        CampaignEntry(
            name="双12", deadline=MONDAY + timedelta(days=2), materials="主图，锁定价", told="微信"
        ),
        own("上新", FAR, FAR + timedelta(days=2), state="accepted", discount="首发价 3 天", told=""),
    )
    assert rows_of(answer, "Campaigns") == [
        {"campaign": "上新", "kind": "own", "state": "accepted", "deadline": None, "days_left": None,
         "start": "2026-07-05", "end": "2026-07-07", "missing": "", "told": "", "offer": "首发价 3 天"},
        {"campaign": "双12", "kind": "platform", "state": "planned", "deadline": "2026-06-17", "days_left": 2,
         "start": None, "end": None, "missing": "主图, 锁定价", "told": "WeChat", "offer": ""},
    ]  # fmt: skip
    table = answer.evidence[0]
    assert table.kind == "table"
    assert table.keys == ("campaigns/上新", "campaigns/双12")
    assert table.about == (About(campaign="上新"), About(campaign="双12"))
    called = {column.id: dict(column.words) for column in table.columns if column.words}
    assert called["kind"] == {"platform": "by the platform", "own": "our own campaign"}
    assert called["state"]["accepted"] == "accepted"
    planned = number_of(answer, "Campaigns this month, compared with the plan")
    assert (planned.value, planned.reference) == (0.0, 4.0)


def test_without_a_campaign_there_is_no_table_and_one_is_asked_for() -> None:
    answer = asked()
    assert answer.evidence == ()
    assert answer.verdict.text.startswith("No campaign is recorded")


def test_a_campaign_without_a_first_day_is_named_as_a_limit() -> None:
    assert any("no first day yet" in one for one in asked(CampaignEntry(name="双12")).limits)
    assert not any("no first day yet" in one for one in asked(own("上新", FAR)).limits)


def test_what_is_answered_does_not_depend_on_the_language() -> None:
    days = usual_shop(changes={SUNDAY: {"gmv": 12_000}})
    entries = typed(
        (SUNDAY, own("周末", SUNDAY, SUNDAY, state="over")),
        (SUNDAY, CampaignEntry(name="双12", deadline=MONDAY + timedelta(days=2), materials="主图，锁定价")),
        (SUNDAY, own("甲", FAR, discount="恢复原价")),
        (SUNDAY, own("乙", FAR + timedelta(days=3), discount="8折")),
    )
    english, chinese = in_both_languages(
        lambda: campaigns.progress(days, entries, shop=shop(margin=0.4), today=MONDAY)
    )
    kinds = {one["kind"] for one in english["findings"]}
    assert kinds == {"deadline", "wording", "close", "effect"}
    assert english == chinese
