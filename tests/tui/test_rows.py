"""Lists with a cursor: where it may stop, what is found and shown, cells of tables in their kinds."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult

from core.answers.answer import Cell, CellKind, Table, TableColumn
from routines.past.find_results import Result, ResultDay, ResultFigure, ResultLine
from tui.runtime.base_app import BaseApp
from tui.text.table_cells import cell
from tui.widgets.evidence_table import show_evidence
from tui.widgets.find_results import FoundRows, from_hit
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn


class OneList(BaseApp):
    CSS_PATH = "../../tui/base.tcss"

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield self.rows

    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]


LINE = ResultLine("1", "2026-11-16T09:05:00+08:00", "沈岚", "stock", "Stock", "note", "补 300 件开衫")
ACTION = ResultLine(
    "2", "2026-11-16T09:06:00+08:00", "林夕", "stock", "Stock", "action", "问工厂", "Done Mon 16 Nov."
)
FOUND = Result(
    "开衫", ("开衫",),
    (
        ResultDay("2026-11-16", (LINE, ACTION), (ResultFigure("conversion", "conversion", 0.0188, 0.0233),)),
        ResultDay("2026-11-13", (LINE,), (ResultFigure("gmv", "sales", 900.0, None),)),
    ),
    2, 3, 0,
)  # fmt: skip


async def test_what_was_found_is_listed_by_day_and_outcomes_are_passed_over() -> None:
    found = FoundRows()
    async with OneList(found).run_test(size=(80, 12)) as pilot:
        found.load(FOUND)
        found.focus()
        await pilot.pause()
        app = pilot.app
        assert isinstance(app, OneList)
        assert app.lines()[:6] == [
            ">Mon 16 Nov 2026  conversion 1.88% -> 2.33%",
            "   09:05 沈岚 Stock Note: 补 300 件开衫",
            "   09:06 林夕 Stock Action: 问工厂",
            "         -> Done Mon 16 Nov.",
            " Fri 13 Nov 2026  sales ¥900",
            "   09:05 沈岚 Stock Note: 补 300 件开衫",
        ]
        assert (found.picked, f"{found.day}", found.outcome) == (FOUND.days[0], "2026-11-16", "")
        await pilot.press("down", "down")
        assert (found.picked, found.outcome) == (ACTION, "Done Mon 16 Nov.")
        await pilot.press("down")
        assert (found.cursor, found.picked, f"{found.day}") == (4, FOUND.days[1], "2026-11-13")
        await pilot.press("up")
        assert found.cursor == 2, "the outcome is passed over upwards too"
        await pilot.press("end")
        assert found.cursor == 5
        await pilot.press("home")
        assert found.cursor == 0
        found.load(Result("x", (), (), 0, 0, 0))
        assert (found.picked, found.day, found.outcome, found.count()) == (None, None, "", 0)


def test_a_long_text_begins_shortly_before_what_was_found() -> None:
    text = "一" * 40 + "开衫" + "二" * 40
    assert from_hit("补  300\n件", ("件",), 80) == "补 300 件"
    assert from_hit(text, ("开衫",), 60) == f"..{'一' * 12}开衫{'二' * 40}"
    assert from_hit(text, ("三",), 60) == text
    assert from_hit("abc 开衫 " + text, ("开衫",), 60) == "abc 开衫 " + text
    assert from_hit("x" * 50 + "HIT" + "y" * 50, ("hit",), 60) == f"..{'x' * 12}HIT{'y' * 50}"


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (1234.5, "money", "¥1,234"), (0.0188, "rate", "1.9%"), (2.5, "ratio", "2.50"), (12.0, "count", "12"),
        (4.25, "days", "4.2"), (True, "text", "yes"), (False, "count", "no"), ("x\x1b[2J", "text", "x[2J"),
        (None, "money", "-"), (3.5, "text", "3.5"),
    ],
)  # fmt: skip
def test_a_cell_is_shown_in_its_kind(value: Cell, kind: CellKind, words: str) -> None:
    assert cell(value, kind) == words


async def test_a_table_of_an_answer_has_its_columns_aligned_and_losses_marked() -> None:
    view = TableView()
    evidence = Table(
        "Items",
        (TableColumn("Item"), TableColumn("Margin", "money"), TableColumn("Due", "date")),
        (("jeans", -5.0, "2026-11-18"), ("长袖毛衣", 1200.0, None)),
    )
    async with OneList(view).run_test(size=(50, 8)) as pilot:
        show_evidence(view, evidence)
        view.focus()
        await pilot.pause()
        app = pilot.app
        assert isinstance(app, OneList)
        assert app.lines()[:3] == [
            "  Item      Margin  Due",
            "> jeans        -¥5  2026-11-18",
            "  长袖毛衣  ¥1,200  -",
        ]
        assert [look for _, look in view.parts(0)] == ["", "", "watch", ""]
        assert [look for _, look in view.parts(1)] == ["", "", "", ""]


async def test_columns_are_as_wide_as_their_widest_cell_up_to_a_limit() -> None:
    view = TableView()
    async with OneList(view).run_test(size=(50, 8)) as pilot:
        view.load([ViewColumn("a"), ViewColumn("b")], [["x" * 50, "y" * 200], ["", ""]])
        await pilot.pause()
        assert view.widths == (36, 160)
        view.load([ViewColumn(""), ViewColumn("标题")], [["", ""]])
        assert view.widths == (1, 4)


WORDS = Table(
    "Keywords",
    tuple(
        TableColumn(name, kind)  # type: ignore[arg-type]
        for name, kind in (
            ("Keyword", "text"), ("Clicks", "count"), ("Spend", "money"), ("Orders", "count"),
            ("Return", "ratio"), ("Why", "text"),
        )
    ),
    (("毛衣女", 1234, 5678.0, 12, 1.23,
      "it brings less than a click costs, and has for fifteen days in a row"),),
)  # fmt: skip


async def test_the_first_column_stays_while_whole_columns_move_past_it() -> None:
    view = TableView()
    async with OneList(view).run_test(size=(40, 6)) as pilot:
        show_evidence(view, WORDS)
        view.focus()
        app = pilot.app
        assert isinstance(app, OneList)

        async def after(*keys: str) -> list[str]:
            await pilot.press(*keys)
            await pilot.pause()
            return app.lines()[:2]

        assert await after() == [
            "  Keyword  Clicks   Spend  Orders  +2▸",
            "> 毛衣女    1,234  ¥5,678      12",
        ]
        assert (await after("right", "right", "right"))[0] == "  Keyword  Clicks   Spend  Orders  +2▸"
        assert view.at == 3
        assert await after("right") == [
            "  Keyword ◂ Spend  Orders  Return  +1▸",
            "> 毛衣女   ¥5,678      12    1.23",
        ]
        assert await after("right") == [
            "  Keyword ◂Return  Why",
            "> 毛衣女     1.23  it brings less tha..",
        ]
        assert (await after("right"))[1] == "> 毛衣女     1.23  han a click costs,.."
        assert (await after(*["right"] * 9))[1] == "> 毛衣女     1.23  ifteen days in a row"
        assert await after(*["left"] * 20) == [
            "  Keyword  Clicks   Spend  Orders  +2▸",
            "> 毛衣女    1,234  ¥5,678      12",
        ]
        await pilot.resize_terminal(120, 6)
        assert (await after())[1].endswith("fifteen days in a row")


class Clicked(OneList):
    """A list that writes down what its rows tell."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self.told: list[str] = []

    def on_rows_moved(self, event: Rows.Moved) -> None:
        self.told.append(f"moved to {event.rows.cursor}")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.told.append(f"chose {event.rows.cursor}")


async def test_a_click_moves_the_cursor_and_a_second_one_chooses() -> None:
    found = FoundRows()
    async with Clicked(found).run_test(size=(80, 12)) as pilot:
        app = pilot.app
        assert isinstance(app, Clicked)
        found.load(FOUND)
        await pilot.pause()
        for line, told in (
            (2, ["moved to 2"]), (2, ["chose 2"]), (3, []), (0, ["moved to 0"]), (0, ["chose 0"]), (9, []),
        ):  # fmt: skip
            app.told.clear()
            await pilot.click(FoundRows, offset=(5, line))
            await pilot.pause()
            assert (line, app.told) == (line, told)


async def test_a_click_on_a_tables_heads_is_for_nothing_and_one_below_counts_from_the_first_row_shown() -> (
    None
):
    table = TableView()
    async with Clicked(table).run_test(size=(40, 6)) as pilot:
        app = pilot.app
        assert isinstance(app, Clicked)
        table.load([ViewColumn("Item")], [[f"item {number}"] for number in range(20)])
        table.focus()
        await pilot.pause()
        app.told.clear()
        await pilot.click(TableView, offset=(3, 0))
        assert app.told == []
        await pilot.click(TableView, offset=(3, 3))
        await pilot.pause()
        assert app.told == [f"moved to {table.cursor}"]
        first = table.cursor
        await pilot.press("end")
        await pilot.pause()
        await pilot.click(TableView, offset=(3, 3))
        await pilot.pause()
        assert table.cursor == first + round(table.scroll_y) > first
