"""A year whose days off nobody has published yet: Today says so, and a plain weekday is planned."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.keyboard import at_the_desk
from tests.tui.shop import make_shop


async def test_today_says_that_the_days_off_are_not_known(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path), at="2099-11-16T08:40:00+08:00") as lan:
        await lan.sees("The official holidays of 2099 are not known here")


async def test_a_known_year_is_not_mentioned(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        await lan.sees("Target")
        assert "official holidays" not in await lan.screen()
