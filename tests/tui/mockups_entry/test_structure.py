"""First run and import screen: the parts of their mock-ups, in order, whole, at 80 by 24 and at 120 by 40.

A table per screen says which parts stand below each other. Where the screen differs from the mock-up on
purpose, the table says so.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.pilot import Pilot

import sample
from core.facts.ledger import Ledger
from core.language.speech import Language, speak
from core.language.text_width import cells_of
from routines.io.importing import commit_files
from routines.workday.workday import Workday
from tests.tui.shop import make_shop
from tui.app import DayApp
from tui.runtime.session import Session
from tui.screens.base_screen import BaseScreen
from tui.screens.first_run import FirstRun
from tui.screens.imports import Imports

EIGHT = datetime.fromisoformat("2026-11-16T08:30:02+08:00")
SIZES = ((80, 24), (120, 40))
EXPORTS = Path(sample.__file__).parent / "exports"
PATIENCE = 60.0


class Part(NamedTuple):
    """A part of a mock-up."""

    zh: str
    en: str
    wide: bool = False
    """Whether only the large screen has it."""


FIRST_RUN = (
    Part("新店", "New shop"),
    Part("欢迎。三步就能看到昨天的结论，大约 10 分钟。",
         "Welcome. Three steps to the first verdict, about 10 minutes."),
    Part("✓  1 店铺信息", "✓  1 The shop"),
    Part("▸  2 拿一份数据来", "▸  2 Bring one file"),
    Part("3 看第一步", "3 Open the first step"),
    Part("有了哪份数据，就能看到什么（* 先拿这三份，够用一周）",
         "Which file opens which steps (* the first three are enough for a week)"),
    Part("*  店铺日报", "*  Shop by day"),
    Part("*  商品排行", "*  Items by day"),
    Part("*  推广报表", "*  Ads by item"),
    Part("没有数据也能用", "Without files too"),
    Part("t 打开示例店", "t opens the sample shop"),
    # The program often runs on a server, where no folder can be opened: o copies its path instead.
    Part("o 复制 inbox 路径  i 导入  e 改店铺信息  t 示例店  Enter 照样开始  ? 帮助",
         "o copy inbox path  i import  e fill in  t sample shop  Enter start  ? help"),
)  # fmt: skip
IMPORTS = (
    Part("导入  11月16日 周一", "Import  Mon 16 Nov"),
    Part("今天要 13 张表", "Files for today: 13."),
    # At 80 columns the steps that need a file stand below, for the row under the cursor.
    Part("影响", "needed by", wide=True),
    Part("✗", "✗"),
    Part("个文件可以导入", "file is ready"),
    Part("待导入", "new "),
    Part("近 14 天数据齐不齐", "The last 14 days", wide=True),
    Part("Enter 全部导入", "Enter import all"),
)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak("en", "taobao")


@asynccontextmanager
async def shown(shop: Path, lang: Language, screen: BaseScreen) -> AsyncIterator[Pilot[None]]:
    """Open the screen on the small terminal, and wait until it knows which files the day needs."""
    day = Workday.open(shop, clock=lambda: EIGHT, who="lan", lang=lang, day=date(2026, 11, 16))
    speak(lang, day.shop.platform)
    session = Session(day)
    async with DayApp(session).run_test(size=SIZES[0]) as pilot:
        await pilot.app.push_screen(screen)
        end = time.monotonic() + PATIENCE
        while not session.files.needed or (isinstance(screen, Imports) and (screen.busy or not screen.files)):
            assert time.monotonic() < end, "the files that the day needs are not known"
            await asyncio.sleep(0.05)
        yield pilot


async def lines_at(pilot: Pilot[None], size: tuple[int, int]) -> list[str]:
    await pilot.resize_terminal(*size)
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, BaseScreen)
    screen.redraw()
    await pilot.pause(0.1)
    return [strip.text.rstrip() for strip in screen._compositor.render_strips()]


def compare(lines: list[str], parts: tuple[Part, ...], lang: Language, size: tuple[int, int]) -> None:
    """Each part stands whole below the one before it, and no line is wider than the screen."""
    picture = "\n".join(lines)
    assert len(lines) == size[1]
    assert max(map(cells_of, lines)) <= size[0]
    row = 0
    for part in parts:
        words = part.zh if lang == "zh" else part.en
        if part.wide and size[0] < 110:
            assert words not in picture
            continue
        found = next((n for n, line in enumerate(lines[row:], row) if words in line), None)
        assert found is not None, f"{words!r} is not at or below line {row}:\n{picture}"
        row = found
    assert row == size[1] - 1, f"the keys are not in the last line:\n{picture}"


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_first_run_has_the_parts_of_its_mock_up(tmp_path: Path, lang: Language) -> None:
    async with shown(make_shop(tmp_path), lang, FirstRun()) as pilot:
        for size in SIZES:
            compare(await lines_at(pilot, size), FIRST_RUN, lang, size)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_import_screen_has_the_parts_of_its_mock_up(tmp_path: Path, lang: Language) -> None:
    shop = make_shop(tmp_path)
    first, second = sorted((EXPORTS / "stock").iterdir())[:1] + sorted((EXPORTS / "reviews").iterdir())[:1]
    commit_files(shop, [first], today=EIGHT.date(), who="lan", at=EIGHT)
    assert Ledger(shop).batches()
    shutil.copy(second, shop / "inbox")
    async with shown(shop, lang, Imports()) as pilot:
        for size in SIZES:
            lines = await lines_at(pilot, size)
            compare(lines, IMPORTS, lang, size)
            if size[0] >= 110:
                after = next(
                    line for line in lines if ("Enter 之后" if lang == "zh" else "After Enter") in line
                )
                assert cells_of(after[: after.index("Enter")]) > 80, "the preview stands at the right"
