"""The report, past days, the search and enlarged pictures look as they were drawn: parts, order, widths."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from core.language.text_width import cells_of
from routines.answers.compute_answer import said
from tests.terminal.keyboard import Operator, at_the_desk
from tests.terminal.ptys import MORNING
from tests.tui.mockups_past.parts import HEAD, KEYS, SCREENS, Part

SIZES = [(80, 24), (120, 40)]


async def walk(lan: Operator, zh: bool) -> AsyncIterator[str]:  # noqa: FBT001 - one of two languages
    """Go to each screen of the table in turn, and yield its name when it is there."""

    def either(chinese: str, english: str) -> str:
        return chinese if zh else english

    await lan.press("r")
    await lan.sees(either("店日建议", "suggested by shopday"))
    yield "report"
    await lan.leaves(either("店日建议", "suggested by shopday"))
    await lan.press("c")
    await lan.sees(either("16 今天", "16 today"), either("15.0万", "¥150k"))
    yield "month"
    await lan.press("left", "enter")
    await lan.sees(either("39 条记录", "39 entries"), "09:13")
    yield "log"
    await lan.press("c")
    await lan.sees("-43.5%")
    yield "two days"
    await lan.leaves("-43.5%")
    await lan.leaves("09:13")
    await lan.leaves(either("y 全年", "y year"))
    await lan.press("k")
    await lan.sees(either("何萍：兑现", "何萍: 1 kept"))
    yield "promises"
    await lan.leaves(either("何萍：兑现", "何萍: 1 kept"))
    await lan.press("f")
    await lan.no_longer_sees(either("i 导入", "i import"))
    await lan.types(either("转化率<2.5%", "conversion<2.5%"))
    await lan.press("enter")
    await lan.sees("1.88%")
    yield "found"
    await lan.leaves("1.88%")
    await lan.press("enter")
    await lan.sees(either("z 放大", "z enlarge"))
    await lan.press("z")
    await lan.sees(either(" 每日成交  兰亭", " Sales by day  兰亭"))
    yield "trend"
    await lan.leaves(either(" 每日成交  兰亭", " Sales by day  兰亭"))
    await lan.press("n", "n")
    await lan.sees("+¥2,497")
    await lan.press("z")
    await lan.sees(either("平常一天 ¥55,403", "usual day ¥55,403"))
    yield "waterfall"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
async def test_each_screen_has_its_parts_in_their_order_and_nothing_cut(
    lang: str, size: tuple[int, int], lanting: Path
) -> None:
    now = datetime.fromisoformat(MORNING)
    for step in ("target", "drivers"):
        said(lanting, step, day=now.date(), now=now, lang="zh" if lang == "zh" else "en")
    seen, wrong = [], []
    async with at_the_desk("process", lanting, lang=lang, size=size) as lan:
        async for name in walk(lan, lang == "zh"):
            seen.append(name)
            wrong += [f"{name}: {one}" for one in faults(await lan.screen(), name, lang, size)]
    assert wrong == []
    assert set(seen) == set(SCREENS)


def faults(screen: str, name: str, lang: str, size: tuple[int, int]) -> list[str]:
    """Return what is wrong with the screen: lines too wide, parts missing or in another order."""
    lines = screen.splitlines()
    found = [f"wider than {size[0]} cells: {line!r}" for line in lines if cells_of(line) > size[0]]
    if len(lines) != size[1]:
        found.append(f"{len(lines)} lines instead of {size[1]}")
    at = -1
    for part in SCREENS[name].parts:
        if size[0] < part.least:
            continue
        place = _place(lines, part, part.zh if lang == "zh" else part.en, at)
        if place is None:
            return [*found, f"{part.zh if lang == 'zh' else part.en!r} is not below line {at}:\n{screen}"]
        at = place
    return found


def _place(lines: list[str], part: Part, pattern: str, above: int) -> int | None:
    """Return the number of the first line below ``above`` that shows the part; None if there is none."""
    if part.where == HEAD:
        places = [0]
    elif part.where == KEYS:
        places = [len(lines) - 1]
    else:
        places = list(range(above + 1, len(lines) - 1))
    return next((place for place in places if re.search(pattern, lines[place])), None)


def test_a_part_that_is_missing_or_in_another_order_is_noticed() -> None:
    good = [" 查找  兰亭女装旗舰店" + " " * 46 + "沈岚  08:52", " 转化率<2.5%", " 11月15日 周日", ""]
    screen = "\n".join([*good, *[""] * 19, " Esc 返回  ? 帮助"])
    assert faults(screen, "found", "zh", (80, 24)) == []
    assert faults(screen.replace("2.5%", "2.4%"), "found", "zh", (80, 24))
    swapped = "\n".join([good[0], good[2], good[1], *[""] * 20, " Esc 返回  ? 帮助"])
    assert faults(swapped, "found", "zh", (80, 24))
    assert "wider" in faults(screen.replace("周日", "周" * 40), "found", "zh", (80, 24))[0]
