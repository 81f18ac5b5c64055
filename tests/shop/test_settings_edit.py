"""shop.toml changed from the program: what was not asked for stays as it stands, to the letter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import tomlkit

from core.errors import BadSettings
from core.shop.editing import (
    add_shop_id,
    set_calendar_day,
    set_daily_budget,
    set_journal,
    set_odd_day,
    set_target,
)
from core.shop.loading import load_shop
from core.shop.rewriting import edited
from core.shop.settings import CalendarDay, OddDay

DECEMBER = date(2026, 12, 1)
DOUBLE12 = CalendarDay(start=date(2026, 12, 10), end=date(2026, 12, 12), multiplier=1.8, note="双12")
TOML = """\
# 兰亭的设置，岚写的
name = "兰亭"   # 店名

[targets]   # yuan a month
"2026-11" = 2470000   # agreed with 陆正
"2026-12" = 2000000

[thresholds]
aov_ratio = 1.3

[[calendar]]
start = 2026-11-11
multiplier = 6.0
note = "双11"

[[items]]
id = "736500100101"
name = "开衫"
"""


def folder(tmp_path: Path, text: str = TOML) -> Path:
    (tmp_path / "shop.toml").write_bytes(text.encode())
    return tmp_path


def lines(shop: Path) -> list[str]:
    return (shop / "shop.toml").read_bytes().decode().splitlines()


def test_the_same_target_leaves_the_file_alone(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    assert set_target(shop, DECEMBER, 2_000_000) is False
    assert (shop / "shop.toml").read_text() == TOML


def test_a_new_target_changes_one_line(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    assert set_target(shop, date(2026, 11, 20), 2_500_000) is True
    changed = [new for old, new in zip(TOML.splitlines(), lines(shop), strict=True) if old != new]
    assert changed == ['"2026-11" = 2500000   # agreed with 陆正']


def test_a_month_without_a_target_gets_a_line_and_nothing_else_moves(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    set_target(shop, date(2027, 1, 1), 1_500_000.5)
    assert [line for line in lines(shop) if line not in TOML.splitlines()] == ['"2027-01" = 1500000.5']
    assert [line for line in lines(shop) if "2027" not in line] == TOML.splitlines()
    assert load_shop(shop).targets["2027-01"] == 1_500_000.5


def test_a_file_without_targets_gets_the_table(tmp_path: Path) -> None:
    shop = folder(tmp_path, 'name = "小店"\n\n[[items]]\nid = "1"\n')
    set_target(shop, DECEMBER, 300_000)
    assert load_shop(shop).targets == {"2026-12": 300_000.0}
    assert load_shop(shop).items[0].id == "1"


def test_a_campaign_day_joins_the_calendar(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    assert set_calendar_day(shop, DOUBLE12) is True
    assert load_shop(shop).calendar[-1] == DOUBLE12
    assert set(TOML.splitlines()) <= set(lines(shop))
    assert set_calendar_day(shop, DOUBLE12) is False


def test_the_same_dates_again_bring_the_entry_up_to_date(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    set_calendar_day(shop, CalendarDay(start=date(2026, 11, 11), multiplier=5.5, note="双11"))
    assert [one.multiplier for one in load_shop(shop).calendar] == [5.5]
    assert len(lines(shop)) == len(TOML.splitlines()) + 1


def test_a_first_calendar_day(tmp_path: Path) -> None:
    shop = folder(tmp_path, 'name = "小店"\n[ads]\nbalance = 12.0\n')
    set_calendar_day(shop, DOUBLE12)
    set_calendar_day(shop, CalendarDay(start=date(2026, 12, 24), note="平安夜", kind="own"))
    assert [one.note for one in load_shop(shop).calendar] == ["双12", "平安夜"]


def test_a_calendar_on_one_line(tmp_path: Path) -> None:
    shop = folder(tmp_path, 'name = "小店"\ncalendar = [{start = 2026-11-11, multiplier = 5.0}]\n')
    set_calendar_day(shop, DOUBLE12)
    assert [one.multiplier for one in load_shop(shop).calendar] == [5.0, 1.8]


@pytest.mark.parametrize(("yuan", "written"), [(600.0, "600"), (600.5, "600.5"), (600.004, "600")])
def test_the_ad_budget_is_written_to_the_fen_beside_what_stands_there(
    tmp_path: Path, yuan: float, written: str
) -> None:
    shop = folder(tmp_path, TOML + "\n[ads]\nbalance = 12.0  # of today\ndaily_budget = 500 # till now\n")
    assert set_daily_budget(shop, yuan) is True
    assert lines(shop)[-2:] == ["balance = 12.0  # of today", f"daily_budget = {written} # till now"]
    assert load_shop(shop).ads.daily_budget == float(written)
    assert set_daily_budget(shop, yuan) is False


def test_a_shop_is_known_by_several_ids_each_once(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    assert [add_shop_id(shop, one) for one in ("10020", "77", "10020")] == [True, True, False]
    assert load_shop(shop).shop_ids == ("10020", "77")


def test_what_an_odd_day_was_is_said_once_for_each_item(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    day = date(2026, 11, 3)
    whole, other = OddDay(day, "campaign"), OddDay(day, "order", "736500100101")
    assert [set_odd_day(shop, one) for one in (whole, other, whole)] == [True, True, False]
    assert load_shop(shop).odd_days == (whole, other)
    assert set_odd_day(shop, OddDay(day, "level")) is True
    assert load_shop(shop).odd_days == (OddDay(day, "level"), other)
    assert "item" not in "".join(lines(shop)).partition("[[odd_days]]")[2].partition("[[odd_days]]")[0]


def test_what_an_entry_no_longer_says_goes_from_it(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    set_calendar_day(shop, DOUBLE12)
    plainer = DOUBLE12._replace(multiplier=None, note="")
    assert set_calendar_day(shop, plainer) is True
    assert load_shop(shop).calendar[-1] == plainer
    added = [line for line in lines(shop) if line not in TOML.splitlines()]
    assert added == ["start = 2026-12-10", "end = 2026-12-12", 'kind = "platform"']


def test_line_ends_and_mark_of_a_windows_editor_stay(tmp_path: Path) -> None:
    shop = folder(tmp_path, "\ufeff" + TOML.replace("\n", "\r\n"))
    set_target(shop, DECEMBER, 2_100_000)
    raw = (shop / "shop.toml").read_bytes()
    assert raw.startswith("\ufeff# 兰亭".encode())
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_a_broken_file_is_not_made_worse(tmp_path: Path) -> None:
    shop = folder(tmp_path, TOML + "\nmargin = = 3\n")
    with pytest.raises(BadSettings):
        set_target(shop, DECEMBER, 1.0)
    assert (shop / "shop.toml").read_text() == TOML + "\nmargin = = 3\n"


def test_a_value_the_settings_refuse_is_never_written(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    with pytest.raises(BadSettings):
        set_target(shop, DECEMBER, -5.0)
    assert (shop / "shop.toml").read_text() == TOML


def test_the_sample_keeps_every_comment(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "sample" / "shop.toml").read_text(encoding="utf-8")
    shop = folder(tmp_path, text)
    set_target(shop, DECEMBER, 2_222_222)
    set_calendar_day(shop, CalendarDay(start=date(2026, 12, 24), note="平安夜", kind="own", multiplier=1.1))
    kept = [line for line in text.splitlines() if '"2026-12"' not in line]
    assert [line for line in lines(shop) if line in kept] == kept or set(kept) <= set(lines(shop))


def refuse(_: tomlkit.TOMLDocument) -> None:
    raise KeyError("targets")


@pytest.mark.parametrize("raw", [b'name = "x"\n', b'name = "x\n', 'name = "店"'.encode("gb18030")])
def test_what_cannot_be_edited_is_left_for_a_person_to_write(raw: bytes) -> None:
    with pytest.raises(BadSettings) as told:
        edited("shop.toml", raw, refuse)
    assert str(told.value) == (
        "shop.toml cannot be changed here without changing other lines too. Edit it by hand."
    )


def test_an_edit_that_would_change_more_than_was_asked_for_writes_nothing(tmp_path: Path) -> None:
    text = 'name = "x"\n' + 2 * "[[calendar]]\nstart = 2026-12-12\n"
    file = tmp_path / "shop.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings, match=r"^shop\.toml cannot be changed here without changing other"):
        set_calendar_day(tmp_path, CalendarDay(date(2026, 12, 12), multiplier=2.0))
    assert file.read_text(encoding="utf-8") == text


def test_where_the_journal_is_kept_is_written_with_the_shops_key(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    before = (shop / "shop.toml").read_text(encoding="utf-8")
    assert set_journal(shop, "postgres", "lanting") is True
    assert load_shop(shop).journal == ("postgres", "lanting")
    assert (shop / "shop.toml").read_text(encoding="utf-8").startswith(before.rstrip())
    assert set_journal(shop, "postgres", "") is False, "the key stays"
    assert set_journal(shop, "files", "") is True
    assert load_shop(shop).journal == ("files", "lanting")
