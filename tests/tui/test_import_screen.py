"""The import screen at the keyboard: problems are seen, and an import is taken back knowingly."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

from core.exports.kinds.items import Items
from core.facts.window import load
from routines.io.importing import commit_files
from tests.exports.files import csv
from tests.facts.shops import days
from tests.routines.days import CHINA
from tests.terminal.keyboard import at_the_desk
from tests.tui.shop import make_shop

MORNING = datetime(2026, 11, 16, 8, 30, tzinfo=CHINA)


async def test_what_comes_back_is_named_before_an_import_is_taken_back(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    old = csv(shop / "inbox" / "old.csv", days({"2026-11-14": 1}))
    new = csv(tmp_path / "new.csv", days({"2026-11-14": 2}))
    commit_files(shop, [old, new], today=MORNING.date(), who="lan", at=MORNING)
    async with at_the_desk("process", shop) as lan:
        await lan.press("i")
        await lan.sees("old.csv", "new.csv", "already imported")
        await lan.press("end", "u")
        await lan.sees("Press u again to undo new.csv; old.csv is used again for 1 day.")
        await lan.press("u")
        await lan.sees("undone")


async def test_a_file_in_doubt_shows_a_problem_in_the_list(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    csv(shop / "inbox" / "day.csv", days({"2026-11-14": "", "2026-11-15": ""}))
    async with at_the_desk("process", shop) as lan:
        await lan.press("i")
        await lan.sees("day.csv", "支付金额 is empty in every row.")
        rows = [line for line in (await lan.screen()).splitlines() if "day.csv" in line]
        assert rows[0].rstrip(" │┃|").endswith("1"), rows


async def test_today_says_what_is_missing_and_offers_a_file_that_arrives(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    csv(shop / "inbox" / "old.csv", days({"2026-11-14": 1}))
    commit_files(shop, today=MORNING.date(), who="lan", at=MORNING)
    async with at_the_desk("process", shop) as lan:
        await lan.sees("of yesterday are missing")
        csv(shop / "inbox" / "new.csv", days({"2026-11-15": 2}))
        await lan.sees("1 new file in the inbox: Shop by day 15 Nov")
        await lan.press("i")
        await lan.sees("1 day missing", "生意参谋", "1 file is ready")
        await lan.press("enter")
        await lan.sees("1 file imported", "complete: 1, missing: 5")


async def test_tab_leads_to_the_checklist_and_says_which_days_to_export(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    csv(shop / "inbox" / "old.csv", days({"2026-11-12": 1, "2026-11-13": 1}))
    commit_files(shop, today=MORNING.date(), who="lan", at=MORNING)
    async with at_the_desk("process", shop) as lan:
        await lan.press("i")
        await lan.sees("2 days missing", "old.csv")
        await lan.press("tab", *["down"] * 5)
        await lan.sees("Days to download: 14 Nov, 15 Nov.")


async def test_a_newer_file_that_lacks_rows_is_merged_by_enter_and_replaces_its_day_by_r(
    tmp_path: Path,
) -> None:
    shop = make_shop(tmp_path)
    head = "统计日期 | 商品ID | 商品名称 | 商品访客数 | 支付金额"
    rows = [f"2026-11-15 | 61000000000{n} | a | 10 | {100 * n}" for n in (1, 2)]
    old = csv(shop / "inbox" / "old.csv", "\n".join([head, *rows]))
    os.utime(old, (MORNING.timestamp(),) * 2)
    commit_files(shop, today=MORNING.date(), who="lan", at=MORNING)
    new = csv(shop / "inbox" / "new.csv", "\n".join([head, rows[0]]))
    os.utime(new, (MORNING.timestamp() + 600,) * 2)
    async with at_the_desk("process", shop) as lan:
        await lan.press("i")
        await lan.sees("1 file is ready")
        await lan.press("end")
        await lan.sees("lacks 1 of 2 rows", "r replace the day")
        await lan.press("r")
        await lan.sees("1 file imported")
    day = date(2026, 11, 15)
    assert load(shop, Items, day, day).frame["gmv"].tolist() == [100.0]
