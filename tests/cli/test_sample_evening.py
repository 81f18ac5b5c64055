"""A newcomer's evening with the sample shop: today's exports come in, the page's figures are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.answers.answer import Answer
from routines.workday.workday import Workday
from sample.evening_files import RIVALS_TONIGHT, late_desks
from sample.world import build
from tests.conftest import copy_of
from tui.cli.demo import LAST_DAY, download
from tui.cli.shop import _take_in

NINE = datetime(2026, 11, 16, 21, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
MORNING = ("target", "drivers", "paid")
Ask = Callable[[str], Answer]


def opened(shop: Path) -> Workday:
    return Workday.open(shop, clock=lambda: NINE, who="lan", day=date(2026, 11, 16), lang="en")


def progress(_done: int, _total: int, _words: str) -> None:
    """Nobody looks."""


@pytest.fixture(scope="module")
def before(sample_shop: Path) -> dict[str, Answer]:
    """What the morning's steps said before anything of today was there."""
    return {step: opened(sample_shop).ask(step) for step in MORNING}


@pytest.fixture(scope="module")
def tonight(sample_shop: Path, before: dict[str, Answer], tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The sample shop at 21:12 with its exports of 21:00, and what the page says typed into the forms."""
    shop = copy_of(sample_shop, tmp_path_factory.mktemp("evening") / "lanting")
    assert len(download(shop, time(21, 0))) == 4
    _take_in(shop, sorted((shop / "inbox").iterdir()), NINE, progress)
    day = opened(shop)
    assert before
    rivals = {rival.name[:2]: rival.id for rival in day.shop.rivals}
    for name, orders, price, slots in RIVALS_TONIGHT:
        day.record(
            "order_gap",
            "rival_now",
            {"rival": rivals[name[:2]], "orders": orders, "price": price, "listings": slots},
        )
    for agent, asked, won in late_desks(build()):
        day.record(
            "evening_service",
            "shift",
            {"agent": agent, "inquiries": str(asked), "converted": str(won), "shift": "evening"},
        )
    day.record("live", "live", {"shop": "云裳里旗舰店", "mechanism": "draw", "viewers": "5000+"})
    day.record("communities", "community", {"shop": "半夏女装专营店", "mechanism": "preview"})
    return day.ask


# ---- left alone


@pytest.mark.parametrize("step", MORNING)
def test_today_so_far_changes_nothing_the_morning_said(
    step: str, before: dict[str, Answer], tonight: Ask
) -> None:
    after = tonight(step)
    assert (after.verdict, after.findings, after.limits) == (
        before[step].verdict,
        before[step].findings,
        before[step].limits,
    )


def test_the_ads_are_left_as_they_are(tonight: Ask) -> None:
    answer = tonight("evening_ads")
    assert answer.verdict.level == "good"
    assert answer.verdict.text.startswith("Leave the ads as they are: ¥3,115 spent by 21:00")


def test_nobody_is_called_for_one_evening(tonight: Ask) -> None:
    answer = tonight("evening_service")
    assert answer.verdict.text.startswith("Conversion tonight 17/59")
    assert not [one.key for one in answer.findings if one.key.startswith("evening_service/below")]


# ---- found


def test_the_gap_is_counted_from_the_file_and_the_rivals_stay_ranges(tonight: Ask) -> None:
    answer = tonight("order_gap")
    assert "139 orders by 21:00" in answer.verdict.text
    said = {one.key: one.text for one in answer.findings}
    assert "170–210 orders: 31–71 more than ours" in said["order_gap/rival/r01"]
    assert "15 orders are not paid yet" in " ".join(said.values())


def test_what_was_watched_joins_what_was_seen_before(tonight: Ask) -> None:
    assert "live/pattern/draw" in [one.key for one in tonight("live").findings]
    assert "3 shops" in tonight("communities").verdict.text


def test_the_report_has_the_day_in_it(tonight: Ask) -> None:
    assert "¥36,628 sold by 21:00" in tonight("summary").verdict.text
    assert date(2026, 11, 16) == LAST_DAY
