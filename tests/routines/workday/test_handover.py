"""Somebody covers for a colleague: what is open is listed, acknowledged one by one, and told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import UsageError
from core.journal.handover import cover_lines
from routines.io.day_report import day_report, render
from routines.workday.handover import Handover
from tests.review.days_gone import FRIDAY, MONDAY, SETTINGS, on

pytestmark = pytest.mark.usefixtures("any_store")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "lanting"
    folder.mkdir()
    (folder / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    friday = on(folder, FRIDAY, "10:20", who="he")
    friday.act("standup", text="回访差评买家", owner="何萍", due="2026-11-17")
    friday.act("standup", text="换主图", owner="沈岚", due="2026-11-16")
    on(folder, MONDAY, "08:35").note("stock", "@何萍 话术改了吗")
    return folder


def covering(shop: Path, clock: str = "09:00") -> Handover:
    return Handover(on(shop, MONDAY, clock))


def test_nobody_is_covered_for_until_somebody_says_so(shop: Path) -> None:
    assert covering(shop).cover is None
    assert covering(shop).items() == ()
    assert covering(shop).end() is None
    assert covering(shop).colleagues() == ("何萍",)


def test_what_a_colleague_has_open_and_nothing_of_ones_own(shop: Path) -> None:
    covering(shop).begin("何萍")
    items = covering(shop, "09:01").items()
    assert [item.id.partition(":")[0] for item in items] == ["action", "word", "report"]
    assert [item.text for item in items] == [
        "回访差评买家",
        "沈岚: @何萍 话术改了吗",
        "The report of 13 Nov is not finished.",
    ]


def test_each_item_is_acknowledged_once(shop: Path) -> None:
    covering(shop).begin("何萍")
    first, *_ = covering(shop).items()
    assert covering(shop, "09:05").acknowledge(first) is not None
    assert covering(shop, "09:06").acknowledge(first) is None
    assert [item.seen is not None for item in covering(shop).items()] == [True, False, False]


def test_what_is_settled_is_no_open_item(shop: Path) -> None:
    covering(shop).begin("何萍")
    monday = on(shop, MONDAY, "09:10", who="he")
    (mine,) = [one for one in monday.actions() if one.owner == "何萍"]
    monday.update_action(mine.id, "done")
    asked = monday.asked()[0]
    monday.reply("stock", "", "改了", to=asked.id)
    on(shop, MONDAY, "09:12", of=FRIDAY).write_report("# x", "finished")
    assert covering(shop, "09:15").items() == ()


def test_handing_back_ends_it_and_the_report_tells(shop: Path) -> None:
    covering(shop).begin("何萍")
    covering(shop).acknowledge(covering(shop).items()[0])
    day = on(shop, MONDAY, "09:20")
    assert cover_lines(day.entries()) == ("沈岚 has stood in for 何萍 since 09:00: 1 open item checked.",)
    covering(shop, "18:00").end()
    assert covering(shop, "18:01").cover is None
    told = on(shop, MONDAY, "21:50")
    line = "沈岚 stood in for 何萍 from 09:00 to 18:00: 1 open item checked."
    assert cover_lines(told.entries()) == (line,)
    assert line in render(day_report(told))


def test_it_lasts_for_the_day_only(shop: Path) -> None:
    covering(shop).begin("何萍")
    assert Handover(on(shop, MONDAY + timedelta(days=1), "09:00")).cover is None


@pytest.mark.parametrize("name", ["沈岚", "nobody", ""])
def test_one_covers_for_a_colleague(shop: Path, name: str) -> None:
    with pytest.raises(UsageError, match="The team has nobody called"):
        covering(shop).begin(name)


def test_acknowledging_needs_somebody_to_cover_for(shop: Path) -> None:
    covering(shop).begin("何萍")
    item = covering(shop).items()[0]
    covering(shop).end()
    with pytest.raises(UsageError, match="whom you stand in for"):
        covering(shop).acknowledge(item)
