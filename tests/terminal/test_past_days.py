"""An operator looks back: from a correcting export to the morning, the calendar, the log and the report."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from core.journal.book import Book
from core.journal.handover import covers
from tests.review.days_gone import FRIDAY, MONDAY, correct, export, make_shop, on, take_in
from tests.terminal.keyboard import at_the_desk

both = pytest.mark.parametrize("where", ["process", pytest.param("tmux", marks=pytest.mark.e2e)])
NINE = f"{MONDAY}T09:20:00+08:00"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "lanting")


@both
async def test_from_the_correcting_export_to_every_screen(where: str, shop: Path) -> None:
    correct(shop)
    async with at_the_desk(where, shop, at=NINE, size=(120, 36)) as lan:
        await lan.sees("Corrected: sales of 12 Nov ¥12,300 → ¥12,180", "(import of 16 Nov 09:12)")
        await lan.press("c")
        await lan.sees("Past days", "2026-11", "today", "21:55*")
        await lan.press("left", "left", "left")
        await lan.sees("Report finished by 沈岚, 21:55", "Corrected: sales of 12 Nov")
        await lan.press("enter")
        await lan.sees("周四偏低", "Yesterday's sales ¥12,300 → ¥12,180", "Now: Yesterday ¥12,180")
        await lan.press("r")
        await lan.sees("Finished by 沈岚 at 21:55.", "Corrected: sales of 12 Nov ¥12,300")
        await lan.press("t")
        await lan.sees("Shop operations")
        await lan.press("enter")
        await lan.sees("Saved: reports/tables/operations_")
    (book,) = (shop / "reports" / "tables").iterdir()
    heads, *days = openpyxl.load_workbook(book).worksheets[0].values
    (thursday,) = [dict(zip(heads, row, strict=True)) for row in days if row[0] == datetime(2026, 11, 12)]
    assert thursday["Sales"] == 12180
    assert thursday["Corrected after the report"] == "sales ¥12,300 → ¥12,180"


async def test_the_keys_of_the_calendar(shop: Path) -> None:
    async with at_the_desk("process", shop, at=NINE) as lan:
        await lan.sees("deadline")
        await lan.press("c")
        await lan.sees("2026-11", "Mon 16 Nov")
        await lan.press("up", "left")
        await lan.sees("Sun 8 Nov")
        await lan.press("enter")
        await lan.sees("Nothing was written on that day; press o to work in it now (marked late).")
        await lan.press("pageup")
        await lan.sees("2026-10", "Thu 8 Oct")
        await lan.press("y")
        await lan.sees("2026-01", "2026-12")
        await lan.press("pageup")
        await lan.sees("2025-01")
        await lan.press("full_stop")
        await lan.sees("2026-01", "Mon 16 Nov")
        await lan.press("enter")
        await lan.no_longer_sees("2026-01")
        await lan.press("pagedown")
        await lan.sees("2026-12", "Wed 16 Dec")
        await lan.press("o")
        await lan.sees("That day is in the future.")


async def test_two_days_beside_each_other_and_who_handed_in(shop: Path) -> None:
    on(shop, FRIDAY - timedelta(days=7), "09:00").note("stock", "上周五的备货")
    async with at_the_desk("process", shop, at=NINE, size=(100, 30)) as lan:
        await lan.sees("deadline")
        await lan.press("c")
        await lan.sees("Past days")
        await lan.press("left", "left", "left")
        await lan.sees("Fri 13 Nov")
        await lan.press("c")
        await lan.sees("Fri 13 Nov compared with Fri 6 Nov", "周四偏低", "上周五的备货", "Change")
        await lan.press("s")
        await lan.sees("Fri 6 Nov compared with Fri 13 Nov")
        await lan.leaves("compared with")
        await lan.press("b")
        await lan.sees("Who handed in", "Reports finished by: 沈岚 1", "1 day without a report")


@both
async def test_a_day_left_open_is_built_anew_and_what_is_written_is_late(where: str, shop: Path) -> None:
    saturday = FRIDAY + timedelta(days=1)
    on(shop, saturday, "09:00").note("stock", "周六只看了库存")
    take_in(shop, export(shop, "店铺_周末", {FRIDAY: 14500.0, saturday: 15000.0}), MONDAY, "09:05")
    async with at_the_desk(where, shop, at=NINE, size=(100, 30)) as lan:
        await lan.sees("Reports not finished: 14 Nov.")
        await lan.press("c")
        await lan.sees("no report")
        await lan.press("left", "left")
        await lan.sees("Sat 14 Nov", "no report  0/13 steps")
        await lan.press("enter")
        await lan.sees("周六只看了库存")
        await lan.press("r")
        await lan.sees("Written from that day's journal", "Sold ¥15,000", "Sales of the day    ¥15,000")
        await lan.press("d")
        await lan.sees("Finished: reports/2026-11-14.md")
        await lan.leaves("Finished: reports")
        await lan.sees("what you write now is marked late")
        await lan.press("c")
        await lan.sees("Report finished by 沈岚, 16 Nov 09:20")
        await lan.press("full_stop")
        await lan.sees("Mon 16 Nov")
        await lan.press("o")
        await lan.sees("deadline")
        await lan.no_longer_sees("marked late")
    report = Book(shop).day(saturday)[-1]
    assert (report.kind, report.late, report.data["state"]) == ("report", True, "finished")
    written = (shop / "reports" / "2026-11-14.md").read_text(encoding="utf-8")
    assert "周六只看了库存" in written
    assert "¥15,000" in written


async def test_covering_for_a_colleague_item_by_item(shop: Path) -> None:
    friday = on(shop, FRIDAY, "10:20", who="he")
    friday.act("standup", text="回访差评买家", owner="何萍", due="2026-11-17")
    friday.act("standup", text="补客服话术", owner="何萍", due="2026-11-18")
    on(shop, MONDAY, "09:00").note("stock", "@何萍 牛仔裤话术改了吗")
    async with at_the_desk("process", shop, at=NINE, size=(100, 30)) as lan:
        await lan.sees("deadline")
        await lan.press("h")
        await lan.sees("Who do you stand in for?", "何萍")
        await lan.press("1")
        await lan.sees("Standing in for 何萍", "0/3 checked", "回访差评买家", "牛仔裤话术改了吗")
        await lan.press("space")
        await lan.sees("1/3 checked")
        await lan.press("space")
        await lan.sees("2/3 checked")
        await lan.leaves("Standing in for")
        await lan.sees("You stand in for 何萍; open items not checked yet: 1.")
        await lan.press("r")
        await lan.sees("沈岚 has stood in for 何萍 since 09:20: 2 open items checked.")
    (cover,) = covers(Book(shop).day(MONDAY))
    assert (cover.who, cover.name, len(cover.seen), cover.until) == ("沈岚", "何萍", 2, None)


async def test_the_same_in_chinese(shop: Path) -> None:
    correct(shop)
    async with at_the_desk("process", shop, at=NINE, lang="zh", size=(120, 36)) as lan:
        await lan.sees("数据更正", "¥12,300 → ¥12,180")
        await lan.press("c")
        await lan.sees("往日", "周一", "交日报 1 份")
