"""A step's table in the operator's hands: sorted, filtered and copied from with keys."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.keyboard import InProcess, Operator, at_the_desk
from tui.widgets.table import TableView


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
        await lan.sees("to file")


async def test_a_filter_that_lets_no_row_pass_says_so(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("has 4.7 days of cover", "You are looking ahead")
        await lan.press("t", "slash")
        await lan.sees("words, or a column and a number")
        await lan.types("羽绒 stock>1000")
        await lan.press("enter")
        await lan.sees("No row fits", "0/25")


async def test_below_the_rows_stand_the_totals_of_those_shown(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("has 4.7 days of cover", "You are looking ahead")
        await lan.press("t")
        await lan.sees("  Sum  ")
        await lan.press("slash")
        await lan.sees("words, or a column and a number")
        await lan.types("cover<11")
        await lan.press("enter")
        await lan.sees("2/25  / cover<11", "Sum (filtered)")
        view = await table_at_rest(lan)
        stock = [int(view.words(row, 1).replace(",", "")) for row in range(2)]
        (line,) = [one for one in (await lan.screen()).splitlines() if "Sum (filtered)" in one]
        assert line.split()[2] == f"{sum(stock):,}"


async def test_columns_are_chosen_and_the_choice_is_there_the_next_time(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("has 4.7 days of cover", "You are looking ahead")
        await lan.press("t")
        await lan.sees("copy row")
        await lan.press("plus")
        await lan.sees("Which columns of", "[✓] In stock")
        await lan.press("1", "enter")
        await lan.sees("1 column not shown")
        view = await table_at_rest(lan)
        assert [column.title for column in view.columns][:2] == ["Item", "Expected sales a day"]
    async with at_the_desk("process", lanting, size=(120, 40), lang="zh") as lan:
        await lan.press("down", "enter")
        await lan.sees("已答问题 0/3")
        await lan.press("t")
        await lan.sees("1 列没显示")
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("You are looking ahead")
        await lan.press("t")
        await lan.sees("1 column not shown")
        await lan.press("plus")
        await lan.sees("[ ] In stock")
        await lan.press("space", "enter")
        await lan.no_longer_sees("1 column not shown")


async def test_the_rows_shown_are_saved_as_a_file(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.press("down", "enter")
        await lan.sees("has 4.7 days of cover", "You are looking ahead")
        await lan.press("t")
        await lan.sees("copy row")
        await lan.press("slash")
        await lan.sees("words, or a column and a number")
        await lan.types("cover<11")
        await lan.press("enter")
        await lan.sees("2/25")
        await lan.press("x")
        await lan.sees("Save the 2 shown rows as a file?")
        await lan.press("2")
        await lan.sees("Saved: reports/tables/Stock-and-days-of-cover_2026-11-16.csv (3 rows)")
    (file,) = (lanting / "reports" / "tables").iterdir()
    head, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("Item,In stock,Expected sales a day")
    assert [row.split(",")[0] for row in rows] == ["高腰直筒牛仔裤", "短款牛仔外套", "Sum (filtered)"]


async def table_at_rest(lan: Operator) -> TableView:
    """Return the table in focus, after all keys were handled."""
    assert isinstance(lan, InProcess)
    await lan.pilot.pause()
    view = lan.pilot.app.screen.focused
    assert isinstance(view, TableView)
    return view
