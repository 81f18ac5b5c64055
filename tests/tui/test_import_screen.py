"""The import screen at the keyboard: problems are seen, and an import is taken back knowingly."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

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
        await lan.sees("old.csv", "new.csv", "already in")
        await lan.press("end", "u")
        await lan.sees("u again takes new.csv back; old.csv counts again for 1 day.")
        await lan.press("u")
        await lan.sees("taken back")


async def test_a_file_in_doubt_shows_a_problem_in_the_list(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    csv(shop / "inbox" / "day.csv", days({"2026-11-14": "", "2026-11-15": ""}))
    async with at_the_desk("process", shop) as lan:
        await lan.press("i")
        await lan.sees("day.csv", "支付金额 holds nothing in any row.")
        rows = [line for line in (await lan.screen()).splitlines() if "day.csv" in line]
        assert rows[0].rstrip(" │┃|").endswith("1"), rows
