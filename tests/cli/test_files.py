"""``shopday files``: the list of what has to be exported, before and after an import."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from routines.answers.file_checklist import file_checklist
from routines.io.importing import commit_files
from tests.cli.conftest import Run
from tests.exports.files import csv
from tests.facts.shops import days
from tests.routines.days import CHINA
from tests.tui.shop import make_shop

DAY = date(2026, 11, 16)
AT = datetime(2026, 11, 16, 8, 30, tzinfo=CHINA)


def test_missing_files_come_first_with_where_to_get_them(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    before = {one.sheet: one for one in file_checklist(shop, DAY)}
    assert {one.state for one in before.values()} == {"expected"}
    assert before["shop_day"].how == "生意参谋 › 取数 › 自助取数（店铺，按天）"
    assert before["shop_day"].required
    assert "target" in before["shop_day"].steps

    csv(shop / "inbox" / "a.csv", days({"2026-11-12": 1, "2026-11-14": 2}))
    commit_files(shop, today=DAY, who="lan", at=AT)
    found = file_checklist(shop, DAY)
    by_sheet = {one.sheet: one for one in found}
    assert by_sheet["shop_day"].state == "stale"
    assert by_sheet["shop_day"].days == (date(2026, 11, 13), date(2026, 11, 15))
    assert (by_sheet["shop_day"].file, by_sheet["shop_day"].last) == ("a.csv", date(2026, 11, 14))
    assert found[0].state == "expected", "what is missing comes first"

    csv(shop / "inbox" / "b.csv", days({"2026-11-13": 1, "2026-11-15": 2}))
    commit_files(shop, today=DAY, who="lan", at=AT)
    assert {one.sheet: one.state for one in file_checklist(shop, DAY)}["shop_day"] == "present"


def test_the_command_tells_the_same_as_json_and_as_lines(shop: Path, run: Run) -> None:
    told = json.loads(run("files", shop, "--json").stdout)
    assert {one["state"] for one in told} == {"expected"}
    assert set(told[0]) == {
        "sheet", "title", "state", "days", "last", "file", "imported", "in_doubt", "steps", "required",
        "how",
    }  # fmt: skip
    lines = run("files", shop).stdout
    assert "missing" in lines
    assert "生意参谋 › 取数 › 自助取数" in lines


def test_what_only_the_evening_reads_is_not_missing_in_the_morning(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    (shop / "routine.toml").write_text(
        """drop = ["hands_on", "wrapup", "order_gap", "summary"]\n""", encoding="utf-8"
    )
    hours = "hours"
    assert {one.sheet: one.state for one in file_checklist(shop, DAY, AT)}[hours] == "tonight"
    evening = AT.replace(hour=20, minute=30)
    assert {one.sheet: one.state for one in file_checklist(shop, DAY, evening)}[hours] == "expected"


def test_an_export_nobody_requires_and_the_shop_never_used_is_not_missed(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    yesterday = date(2026, 11, 15)
    missed = {one.sheet for one in file_checklist(shop, DAY) if one.lacks(yesterday)}
    assert "shop_day" in missed
    assert "listings" not in missed
