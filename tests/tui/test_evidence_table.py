"""A step's table in the operator's hands: sorted, filtered and copied from with keys."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.keyboard import at_the_desk


async def test_the_stock_table_is_sorted_filtered_and_copied_from(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("has 4.7 days of cover", "You are looking ahead")
        await lan.press("t")
        await lan.sees("s sort", "Y copy row")
        await lan.press("right", "s")
        await lan.sees("In stock▾", "> 法式针织开衫")
        await lan.press("s")
        await lan.sees("In stock▴", "> 雪纺衬衫")
        await lan.press("slash")
        await lan.sees("words, or a column and a number")
        await lan.types("profit>1")
        await lan.press("enter")
        await lan.sees("no column of figures called “profit”")
        await lan.press("ctrl+u")
        await lan.types("cover<11")
        await lan.press("enter")
        await lan.sees("2/25  / cover<11", "> 短款牛仔外套")
        await lan.press("down", "y")
        await lan.sees("Copied: 119")
        await lan.press("Y")
        await lan.sees("Copied: 高腰直筒牛仔裤", "119")
        await lan.leaves("/ cover<11")
        await lan.sees("In stock▴")
        await lan.press("question_mark")
        await lan.sees("Reads the stock file")
        await lan.press("end")
        await lan.sees("copy cell")


async def test_a_filter_that_lets_no_row_pass_says_so(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("has 4.7 days of cover", "You are looking ahead")
        await lan.press("t", "slash")
        await lan.sees("words, or a column and a number")
        await lan.types("羽绒 stock>1000")
        await lan.press("enter")
        await lan.sees("No row fits", "0/25")
