"""Looking behind a row: its days, the log of a day, and back to the same row."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.keyboard import at_the_desk
from tests.tui.test_evidence_table import table_at_rest


async def test_enter_shows_the_days_of_an_item_then_the_log_of_a_day_and_esc_goes_back(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("has 4.7 days of cover", "You are looking ahead")
        await lan.press("t")
        await lan.sees("copy row")
        await lan.press("right", "s", *["down"] * 16)
        await lan.sees("In stock▾")
        view = await table_at_rest(lan)
        assert view.scroll_y > 0
        item, before = view.words(view.cursor, 0), (view.cursor, view.at, view.scroll_y)
        await lan.press("enter")
        await lan.sees(f"Stock › {item}", "Against usual", "2026-11-15")
        lines = (await lan.screen()).splitlines()
        assert "Day by day  30" in lines[1]
        await lan.press("down", "down", "enter")
        await lan.sees(f"Stock › {item} › 13 Nov")
        await lan.leaves(f"{item} › 13 Nov")
        await lan.leaves(f"Stock › {item}")
        assert await table_at_rest(lan) is view
        assert (view.cursor, view.at, view.scroll_y) == before


async def test_a_row_without_figures_by_day_says_so(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("enter")
        await lan.sees("of target", "Findings")
        await lan.press("t", "enter")
        await lan.sees("There are no figures by day for this row.")
