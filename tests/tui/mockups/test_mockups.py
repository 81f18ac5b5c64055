"""The screens of the day stand on the sample as they were drawn, at both sizes and in both languages."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from core.language.speech import Language, speak
from core.language.text_width import cells_of
from routines.answers.compute_answer import said
from routines.workday.workday import Workday
from tests.approved.sample_answers import MOMENTS
from tests.approved.sample_screens import shop_to_walk_in
from tests.tui.mockups.parts import SCREENS, SIDE_FROM, Part
from tui.app import DayApp
from tui.runtime.session import Session

ASKED = ("target", "paid", "standup")
PATIENCE = 120.0


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_what_was_drawn_stands_where_it_was_drawn(
    sample_shop: Path, tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    shop, now = shop_to_walk_in(sample_shop, tmp_path / "lanting"), MOMENTS["monday-morning"]
    for step in ASKED:
        said(shop, step, day=now.date(), now=now, lang=lang)
    day = Workday.open(shop, clock=lambda: now, who="lan", lang=lang)
    speak(lang, day.shop.platform)
    async with DayApp(Session(day)).run_test(size=size) as pilot:
        for name, screen in SCREENS.items():
            for key in screen.keys:
                await _at_rest(pilot)
                await pilot.press(key)
            lines = await _at_rest(pilot)
            _fits(name, lines, size)
            _stands(name, lines, [part for part in screen.parts if _is_drawn(part, size)], lang)


def _is_drawn(part: Part, size: tuple[int, int]) -> bool:
    return size[0] >= SIDE_FROM or (part.where != "side" and not part.wide_only)


def _fits(name: str, lines: Sequence[str], size: tuple[int, int]) -> None:
    assert len(lines) == size[1], name
    for line in lines:
        assert cells_of(line.rstrip()) <= size[0], f"{name}: wider than the screen: {line!r}"
        assert "\ufffd" not in line, f"{name}: half a character: {line!r}"


def _stands(name: str, lines: Sequence[str], parts: Sequence[Part], lang: Language) -> None:
    shown = "\n".join(lines)
    at = {"main": 0, "side": 0}
    for part in parts:
        wanted = re.compile(part.zh if lang == "zh" else part.en)
        if part.where == "keys":
            assert wanted.search(lines[-1].rstrip()), f"{name}: {part.name} is not in the last line:\n{shown}"
            continue
        found = [row for row, line in enumerate(lines) if wanted.search(line.rstrip())]
        below = [row for row in found if row >= at[part.where]]
        assert found, f"{name}: {part.name} is not there:\n{shown}"
        assert below, f"{name}: {part.name} stands above what it should follow:\n{shown}"
        at[part.where] = below[0]
        if part.where == "side":
            match = wanted.search(lines[below[0]].rstrip())
            assert match is not None
            left = cells_of(lines[below[0]][: match.start()])
            assert left >= cells_of(lines[below[0]]) // 2, (
                f"{name}: {part.name} is not at the right:\n{shown}"
            )


async def _at_rest(pilot: Pilot[None]) -> list[str]:
    """Return the screen's lines when nothing works any more and the screen stays as it is."""
    app, end = pilot.app, time.monotonic() + PATIENCE
    assert isinstance(app, DayApp)
    before: list[str] = []
    while True:
        await pilot.pause()
        busy = [one.name for one in app.workers if not one.is_finished and one.name != "keys"]
        lines = [strip.text for strip in app.screen._compositor.render_strips()]
        if not busy and not app.session.asking and lines == before:
            return lines
        assert time.monotonic() < end, busy
        before = lines
        await asyncio.sleep(0.02)
