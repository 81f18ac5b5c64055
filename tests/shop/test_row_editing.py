"""One row or value of shop.toml is changed from a form: the rest stays, nobody is overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import BadSettings, CannotWrite
from core.shop.loading import load_shop
from core.shop.row_editing import put_row, put_values
from core.shop.settings import CalendarDay, Item, Person, Rival

TOML = """\
# 兰亭的设置，岚写的
name = "兰亭"   # 店名
margin = 0.5    # 估的

[targets]   # yuan a month
"2026-11" = 2470000   # agreed with 陆正

[thresholds]
aov_ratio = 1.3   # ours

# 团队
[[team]]
name = "沈岚"   # 店长
roles = ["operator"]
user = "lan"

# 老板
[[team]]
name = "陆正"
roles = ["owner"]

[[rivals]]
id = "r01"
name = "素年锦时"
followed = true   # 每天看

[[calendar]]
start = 2026-11-11
multiplier = 6.0
note = "双11"
"""
LAN = Person("沈岚", ("operator",), "lan")


def folder(tmp_path: Path, text: str = TOML) -> Path:
    (tmp_path / "shop.toml").write_text(text, encoding="utf-8")
    return tmp_path


def text(shop: Path) -> str:
    return (shop / "shop.toml").read_text(encoding="utf-8")


def test_one_member_gets_another_role_and_every_comment_stays(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    assert put_row(shop, "team", LAN, LAN._replace(roles=("operator", "promotion"))) is True
    assert text(shop) == TOML.replace('["operator"]', '["operator", "promotion"]')


def test_a_member_is_added_after_the_others_and_taken_out_again(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    lin = Person("林夕", ("design",), "")
    assert put_row(shop, "team", None, lin) is True
    assert [one.name for one in load_shop(shop).team] == ["沈岚", "陆正", "林夕"]
    assert load_shop(shop).rivals == (Rival("r01", "素年锦时"),)
    assert put_row(shop, "team", lin, None) is True
    assert load_shop(shop).team == load_shop(folder(tmp_path)).team


def test_the_first_row_of_a_kind_and_the_last_one_removed(tmp_path: Path) -> None:
    shop = folder(tmp_path, 'name = "兰亭"\n')
    item = Item("610000000001", "开衫", hero=True, margin=0.5, cost=78.0)
    assert put_row(shop, "items", None, item) is True
    assert load_shop(shop).items == (item,)
    assert "cost = 78\n" in text(shop)
    assert put_row(shop, "items", item, None) is True
    assert load_shop(shop).items == ()


def test_a_row_changed_by_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    theirs = TOML.replace('"operator"', '"viewer"')
    (shop / "shop.toml").write_text(theirs, encoding="utf-8")
    with pytest.raises(CannotWrite, match=r"Somebody else has changed this in shop\.toml"):
        put_row(shop, "team", LAN, LAN._replace(user="shen"))
    assert text(shop) == theirs


def test_a_change_elsewhere_in_the_file_stands_beside_mine(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    (shop / "shop.toml").write_text(TOML.replace("2470000", "2500000"), encoding="utf-8")
    assert put_row(shop, "team", LAN, LAN._replace(user="shen")) is True
    assert load_shop(shop).targets == {"2026-11": 2_500_000}
    assert load_shop(shop).team[0].user == "shen"


def test_a_calendar_row_moves_to_other_days_in_its_place(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    row = CalendarDay(date(2026, 11, 11), multiplier=6.0, note="双11")
    assert put_row(shop, "calendar", row, row._replace(start=date(2026, 11, 10), end=date(2026, 11, 11)))
    assert text(shop).endswith(
        '[[calendar]]\nstart = 2026-11-10\nmultiplier = 6.0\nnote = "双11"\nend = 2026-11-11\n'
    )


def test_values_are_set_and_taken_back_where_they_stand(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    assert put_values(
        shop, {"margin": 0.5, "thresholds.likely": 0.8}, {"margin": 0.55, "thresholds.likely": 0.9}
    )
    assert "margin = 0.55    # 估的\n" in text(shop)
    assert load_shop(shop).thresholds.likely == 0.9
    assert put_values(shop, {"thresholds.likely": 0.9}, {"thresholds.likely": None})
    assert load_shop(shop).thresholds.likely == 0.8
    assert "likely" not in text(shop)
    assert put_values(shop, {"margin": 0.55}, {"margin": 0.55}) is False


def test_a_month_gets_both_of_its_targets_in_one_write(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    was: dict[str, float | None] = {"targets.2026-12": None, "targets_net.2026-12": None}
    assert put_values(shop, dict(was), {"targets.2026-12": 300_000.0, "targets_net.2026-12": 240_000.0})
    assert '"2026-12" = 300000\n' in text(shop)
    assert load_shop(shop).targets_net == {"2026-12": 240_000.0}
    with pytest.raises(CannotWrite):
        put_values(shop, dict(was), {"targets.2026-12": 1.0})


def test_what_the_settings_do_not_allow_is_not_written(tmp_path: Path) -> None:
    shop = folder(tmp_path)
    with pytest.raises(BadSettings, match=r"net target 3000000\.0 is higher"):
        put_values(shop, {"targets_net.2026-11": None}, {"targets_net.2026-11": 3_000_000.0})
    assert text(shop) == TOML
