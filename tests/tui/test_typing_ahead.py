"""Keys that are typed before the screen has caught up go where they were meant."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.keyboard import InProcess, at_the_desk
from tests.tui.shop import make_shop
from tui.widgets.writing import Page


async def test_words_typed_right_after_the_key_for_a_note_are_words_and_not_keys(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        assert isinstance(lan, InProcess)
        await lan.press("enter")
        await lan.sees("questions 0/3")
        await lan.pilot.press("w", *"digs")
        await lan.sees("digs", "keep as draft")
        assert lan.pilot.app.screen.query_one(Page).text == "digs"
