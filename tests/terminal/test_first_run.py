"""The first run of a new shop: the sample shop is one key away, and leaving it comes back."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import copy_of
from tests.terminal.keyboard import in_a_shell
from tui.cli.new_shop import Beginnings, make_shop

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


async def test_the_sample_shop_is_one_key_away_and_leaving_it_comes_back(
    sample_shop: Path, tmp_path: Path
) -> None:
    shop = tmp_path / "xindian"
    make_shop(shop, Beginnings(name="新店", language="zh"), date(2026, 11, 16))
    (tmp_path / "data").mkdir()
    copy_of(sample_shop, tmp_path / "data" / "shopday-demo")
    async with in_a_shell(tmp_path) as (lan, run):
        run([sys.executable, "-m", "tui", "open", str(shop)])
        await lan.sees("三步就能看到", "还没填：月目标、谁在做")
        await lan.press("t")
        await lan.sees("棠里女装旗舰店", "08:30", "目标达成")
        await lan.press("ctrl+q")
        await lan.sees("三步就能看到", "新店")
        await lan.press("enter")
        await lan.sees("Enter 打开")
