"""The sample shop: every planted trouble is found, and what must be left alone is left alone."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from core.answers.answer import Answer, Number
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.journal.entry import Entry
from core.journal.projections import Past
from core.shop.loading import load_shop
from core.shop.settings import Shop
from core.topics.page import page
from core.topics.sales import drivers, target
from core.topics.team import standup
from tests.topics.imported import loaded
from tests.topics.incidents.morning import of_the_morning
from tests.topics.tables import S, told, told_by

STORY = {
    "平均响应压到 40 秒": "Kept",
    "跳失率回到 70% 以下": "Missed",
    "斗篷外套换主图": "Cannot tell",
    "点击花费压到 2.60 元": "Kept",
    "双11 当天预算": "Cannot tell",
}
SAMPLE = Path(__file__).parents[2] / "sample"
TODAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def shop() -> Shop:
    return load_shop(SAMPLE)


class Exports:
    """The sample's exports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, kind: type[S]) -> S:
        """Return what an analysis gets of that kind."""
        return loaded(self.folder, kind)


@pytest.fixture(scope="module")
def exports(sample_shop: Path) -> Exports:
    return Exports(sample_shop)


@pytest.fixture(scope="module")
def monday(exports: Exports, shop: Shop) -> Answer:
    of = exports.of
    answer = target.reached(
        of(ShopDay),
        of(Sources),
        of(Ads),
        of(Service),
        of(Reviews),
        of(Stock),
        of(Items),
        shop=shop,
        today=TODAY,
    )
    return told(answer)


@pytest.fixture(scope="module")
def gap(exports: Exports, shop: Shop) -> Answer:
    return told(
        drivers.gap(
            exports.of(ShopDay),
            exports.of(Sources),
            exports.of(Items),
            found=of_the_morning(exports.of(ShopDay), sources=exports.of(Sources), own=shop, today=TODAY),
            shop=shop,
            today=TODAY,
        )
    )


def asking(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings if one.level in ("act", "watch")]


def test_the_quiet_week_after_the_campaign_is_not_a_cause(monday: Answer, gap: Answer) -> None:
    assert "target/yesterday" not in asking(monday)
    assert "below a usual day after Double 11" in gap.verdict.text
    assert "drivers/visitors" not in asking(gap)
    assert "drivers/conversion" not in asking(gap)


def test_notes_from_another_platform_swing_by_chance(gap: Answer) -> None:
    assert not [one for one in gap.findings if "小红书" in one.key]


def test_traffic_ads_and_service_are_left_alone(monday: Answer) -> None:
    assert [key for key in asking(monday) if key.startswith("target/cause")] == []


def test_the_presale_in_october_is_left_alone(exports: Exports, shop: Shop) -> None:
    for day in (date(2026, 10, 23), date(2026, 10, 27), date(2026, 10, 30)):
        days = exports.of(ShopDay).frame
        until = ShopDay(days[days["date"] < pd.Timestamp(day)])
        answer = told(drivers.gap(until, exports.of(Sources), shop=shop, today=day))
        assert answer.verdict.text.endswith("within the usual range, nothing to do.")
        assert asking(answer) == []


def test_yesterday_is_held_against_sundays_before_the_presale(gap: Answer) -> None:
    assert gap.limits[0] == "Days used for comparison: 20 Sep, 27 Sep, 11 Oct, 18 Oct."


def test_november_is_open_and_its_chance_is_said(monday: Answer) -> None:
    done = next(one for one in monday.evidence if isinstance(one, Number) and one.name == "Month to date")
    assert done.value == pytest.approx(1_594_231, abs=1)
    assert "30% likely" in monday.verdict.text
    assert monday.verdict.level == "watch"


def test_short_videos_died(gap: Answer) -> None:
    assert gap.verdict.text.startswith("短视频: 22 visitors a day")
    assert "since 12 Nov" in gap.verdict.text
    assert [one.key for one in gap.findings if one.level == "act"] == ["incidents/source_visitors/短视频"]


def test_the_page_bounces_since_the_ninth(exports: Exports, shop: Shop) -> None:
    answer = told_by(page.health)(
        exports.of(ShopDay), exports.of(Items), exports.of(Sources), shop=shop, today=TODAY
    )
    assert answer.verdict.text == (
        "Fix the page before buying traffic: Bounce rate 75.1% (limit 70.0%), worse since 9 Nov."
    )
    assert asking(answer) == ["page/bounce"]


def test_promises_come_out_as_the_story_says(exports: Exports, shop: Shop) -> None:
    of = exports.of
    meeting = standup.agenda(
        _journal(),
        of(ShopDay),
        of(Sources),
        of(Items),
        of(Ads),
        of(Keywords),
        of(Service),
        of(Stock),
        shop=shop,
        today=TODAY,
    )
    answer = told(meeting)
    said = {what: one.text.split(":")[0] for one in answer.findings for what in STORY if what in one.text}
    assert said == STORY
    assert next(one for one in answer.findings if one.key == "standup/budget").level == "act"


def _journal() -> Past:
    """The entries as they were typed; the sample's own names of actions become entry ids."""
    days: dict[date, list[Entry]] = {}
    names: dict[str, str] = {}
    for number, typed in enumerate(json.loads((SAMPLE / "entries.json").read_text(encoding="utf-8"))):
        at = datetime.fromisoformat(typed["at"])
        at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        data, name = dict(typed["data"]), f"{number:04d}"
        if typed["kind"] == "action":
            names[data.pop("id")] = name
        if typed["kind"] == "action-update":
            data["action"] = names[data["action"]]
        days.setdefault(at.date(), []).append(
            Entry(name, at, typed["who"], typed["kind"], typed["step"], data, at.date())
        )
    return Past(TODAY, {day: tuple(entries) for day, entries in days.items()})
