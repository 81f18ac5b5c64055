"""What an operator writes into shop.toml, right and wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import BadSettings
from core.shop.loading import load_shop

GOOD = """
name = "兰亭女装旗舰店"
margin = 0.45

[targets]
"2026-11" = 1800000

[ads]
balance = 860

[[items]]
id = "736500100101"
lead_days = 9

[[calendar]]
start = 2026-11-11
multiplier = 6.0
kind = "platform"
note = "双11"
"""


def shop_with(folder: Path, text: str) -> Path:
    (folder / "shop.toml").write_text(text, encoding="utf-8")
    return folder


def test_what_is_not_written_has_its_default(tmp_path: Path) -> None:
    shop = load_shop(shop_with(tmp_path, GOOD))
    assert shop.thresholds.bounce_pass == 0.70
    assert shop.item("736500100101").lead_days == 9.0
    assert shop.item("never heard of").lead_days is None
    assert shop.multiplier(date(2026, 11, 11)) == 6.0
    assert shop.target_of(date(2026, 12, 1)) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('nmae = "x"', "shop.toml:1: nmae: nobody knows “nmae”. Did you mean “name”?"),
        ('name = "x"\nmargin = "35%"', "shop.toml:2: margin: '35%' is written, but a number is needed here."),
        ('name = "x"\nmargin = 35', "shop.toml: margin = 35.0: write a fraction such as 0.35."),
        ('name = "x"\n[thresholds]\nbounce_pas = 0.7', "Did you mean “bounce_pass”?"),
        ('name = "x"\nplatform = "jd"', "“jd” is not one of: tmall, taobao."),
        ('name = "x"\ntimezone = "Shanghai"', "Write it as Asia/Shanghai."),
        ('name = "x"\n[targets]\n"2026-13" = 5', "“2026-13” = 5.0 cannot be meant."),
        ('name = "x"\n[[rivals]]\nid = "r1"', "“name” is missing. Add it."),
        ('name = "x', "Correct that line; nothing was changed."),
        ("", "“name” is missing. Add it."),
        ('name = "x"\n[[calendar]]\nstart = 2026-11-11T10:00:00', "but a date such as 2026-11-22 is needed"),
        ('name = "x"\nweekday_weights = [1, 1, 1]', "seven numbers are needed"),
    ],
)
def test_what_cannot_be_meant_gets_one_sentence(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(BadSettings) as caught:
        load_shop(shop_with(tmp_path, wrong))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_bytes('name = "兰亭"'.encode("gb18030"))
    with pytest.raises(BadSettings, match="not UTF-8"):
        load_shop(tmp_path)


def test_a_folder_without_settings_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="shopday init"):
        load_shop(tmp_path)
