"""What an answer says of its own files: a day that was not over, and amounts in the shop's currency."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path

from core.answers.answer import Answer
from core.language.money import money, short_money
from core.language.speech import YUAN, speak
from core.platforms.profile import DEFAULT
from routines.answers.compute_answer import ask
from routines.io.importing import commit_files
from tests.exports.files import csv
from tests.routines.days import CHINA

SUNDAY = datetime(2026, 11, 15, 14, 0, tzinfo=CHINA)
MONDAY = SUNDAY + timedelta(hours=19)
SETTINGS = 'name = "兰亭女装"\n{}[targets]\n"2026-11" = 60000\n'


def morning(folder: Path, settings: str = "") -> Answer:
    """Return Monday's target, from figures that were exported on Sunday at 14:00."""
    (folder / "shop.toml").write_text(SETTINGS.format(settings), encoding="utf-8")
    rows = [f"2026-11-{day:02} | {100 + day} | 2000 | 20" for day in range(1, 16)]
    file = csv(
        folder / "店铺整体日报.csv", "\n".join(["统计日期 | 访客数 | 支付金额 | 支付买家数", *rows]), "utf-8"
    )
    os.utime(file, (SUNDAY.timestamp(),) * 2)
    commit_files(folder, [file], today=SUNDAY.date(), who="lan", at=SUNDAY)
    return ask(folder, "target", day=date(2026, 11, 16), now=MONDAY, lang="en")


def test_yesterday_told_at_noon_yesterday_is_said_to_be_a_part_of_the_day(tmp_path: Path) -> None:
    said = "Shop by day: 15 Nov was exported before the day was over; export it again."
    assert said in morning(tmp_path).limits


def test_amounts_are_printed_in_the_shops_currency(tmp_path: Path) -> None:
    found = morning(tmp_path, 'currency = "HK$"\n')
    assert "Yesterday HK$2,000" in found.verdict.text
    assert YUAN not in found.verdict.text
    for lang, short in (("en", "$1.23m"), ("zh", "123.5万")):
        speak(lang, DEFAULT, "$")
        assert (money(1234.0), short_money(1_234_567.0)) == ("$1,234", short)
