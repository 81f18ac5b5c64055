"""The sample shop: the service team and the evenings, what is found and what is left alone."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from core.answers.answer import Answer
from core.exports.kinds.ads import Ads
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.journal.entry import Entry
from core.journal.projections import Past, records
from core.records.evening import BuyerIdea, CommunitySeen, ContactMade, DayNow, LiveSeen, RivalNow, ShiftSeen
from core.records.records import Check, Records
from core.topics.evening import evening_ads, order_gap
from core.topics.scouting import communities, live, network
from core.topics.service import evening_service, service
from sample.typed_evening import BORROWED_DONE, BORROWED_OPEN
from tests.topics.imported import TODAY, of
from tests.topics.tables import S, told, told_by
from tests.topics.test_sample_stock import entries, the_shop

ads_tonight, gap = told_by(evening_ads.tonight), told_by(order_gap.gap)
pytestmark = pytest.mark.usefixtures("imported")
SUNDAY = date(2026, 11, 15)
ZONE = ZoneInfo("Asia/Shanghai")


@cache
def past(today: date) -> Past:
    """Return the journal up to a day; the sample's own handles stand for the entries' ids."""
    days: dict[date, list[Entry]] = {}
    for entry in entries():
        days.setdefault(entry.at.date(), []).append(entry._replace(id=entry.data.get("id", entry.id)))
    return Past(today, {day: tuple(some) for day, some in sorted(days.items()) if day <= today})


@cache
def team() -> Answer:
    return told(
        service.team(of(Service), records(entries(), BuyerIdea), past(TODAY), shop=the_shop(), today=TODAY)
    )


def before(kind: type[S], today: date) -> S:
    sheet = of(kind)
    return kind(sheet.frame[sheet.frame["date"].dt.date < today])


def keys(answer: Answer, *levels: str) -> list[str]:
    return [one.key for one in answer.findings if not levels or one.level in levels]


def test_the_newcomer_with_the_lowest_luck_is_not_called() -> None:
    assert "service/below/小满" not in keys(team())
    assert "小满" not in team().verdict.text


def test_only_the_one_who_is_really_below_is_talked_to() -> None:
    assert [key for key in keys(team()) if key.startswith("service/below")] == ["service/below/木子"]
    below = next(one for one in team().findings if one.key == "service/below/木子")
    assert "116/364 = 31.9%" in below.text
    assert below.level == "act"


def test_who_converts_best_shares_how() -> None:
    assert [key for key in keys(team(), "good") if key.startswith("service/above")] == ["service/above/阿珂"]


def test_a_colour_that_runs_is_a_theme_and_a_gift_box_is_not() -> None:
    themes = [key for key in keys(team()) if key.startswith("service/ideas")]
    assert any("掉色" in key for key in themes)
    assert not any("礼盒" in key for key in themes)


def sunday_ads() -> Answer:
    return ads_tonight(
        records(entries(), DayNow),
        records(entries(), Check),
        before(Hours, SUNDAY),
        before(Ads, SUNDAY),
        before(Items, SUNDAY),
        before(Stock, SUNDAY),
        shop=the_shop(),
        today=SUNDAY,
        now=datetime(2026, 11, 15, 20, 6, tzinfo=ZONE),
    )


def test_sunday_evenings_ads_are_left_as_they_are() -> None:
    answer = sunday_ads()
    assert answer.verdict.level == "good"
    assert "Leave the ads as they are: ¥2,598 spent by 20:00" in answer.verdict.text
    assert "evening_ads/raise" not in keys(answer)
    young = next(one for one in answer.findings if one.key == "evening_ads/young")
    assert "2.11" in young.text


def test_mondays_balance_does_not_last_the_evening() -> None:
    answer = ads_tonight(
        Records(),
        records(entries(), Check),
        of(Hours),
        of(Ads),
        shop=the_shop(),
        today=TODAY,
        now=datetime(2026, 11, 16, 20, 0, tzinfo=ZONE),
    )
    assert "evening_ads/balance" in keys(answer, "act")


def test_sundays_order_gap_counts_ranges_and_no_fake_order() -> None:
    answer = gap(
        records(entries(), DayNow),
        records(entries(), RivalNow),
        past(SUNDAY),
        before(Orders, SUNDAY),
        before(Hours, SUNDAY),
        before(ShopDay, SUNDAY),
        before(Items, SUNDAY),
        shop=the_shop(),
        today=SUNDAY,
        now=datetime(2026, 11, 15, 21, 15, tzinfo=ZONE),
    )
    assert "106 orders by 21:00" in answer.verdict.text
    rivals = [key for key in keys(answer) if key.startswith("order_gap/rival/")]
    assert rivals == ["order_gap/rival/r01"]
    assert keys(answer).count("order_gap/law") == 1
    assert "order_gap/carts" not in keys(answer)


def test_evenings_convert_less_with_the_same_people() -> None:
    answer = told(
        evening_service.tonight(records(entries(), ShiftSeen), of(Service), shop=the_shop(), today=TODAY)
    )
    [shift] = answer.findings
    assert (shift.key, shift.level, shift.proposals) == ("evening_service/shift", "info", ())
    assert (
        "With the same agents (5), conversion is 228/615 = 37.1% in the evening and 605/1,196 = 50.6% by day"
        in shift.text
    )
    assert "the true difference is smaller: do not act on it" in shift.text


def test_what_was_borrowed_is_followed_to_its_task() -> None:
    shop = the_shop()
    streams = told(live.watched(records(entries(), LiveSeen), past(TODAY), shop=shop, today=TODAY))
    assert any(BORROWED_OPEN in one.text for one in streams.findings if one.level == "watch")
    assert "live/pattern/flash" in keys(streams)
    assert "live/pattern/draw" not in keys(streams)
    groups = told(communities.visited(records(entries(), CommunitySeen), past(TODAY), shop=shop, today=TODAY))
    assert any(BORROWED_DONE in one.text for one in groups.findings)
    assert not keys(groups, "watch")
    talks = told(network.contacts(records(entries(), ContactMade), past(TODAY), shop=shop, today=TODAY))
    assert len(keys(talks, "watch")) == 1
