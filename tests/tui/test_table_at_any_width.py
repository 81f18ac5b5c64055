"""A step's table at every width, with long and hostile names and a thousand rows: nothing is cut in half."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import ComposeResult

from core.answers.answer import Cell, Table, TableColumn
from core.language.text_width import cells_of
from tui.runtime.base_app import BaseApp
from tui.widgets.evidence_table import show_evidence
from tui.widgets.table import TableView

SIZES = ((40, 12), (60, 20), (80, 24), (100, 30), (110, 30), (120, 40), (160, 40), (200, 50))
TITLE = (
    "法式碎花连衣裙女秋季长袖收腰中长裙新款法式复古气质长裙子小个"
    "子显瘦显高茶歇裙雪纺裙夏装桔梗裙温柔风初恋裙仙女裙秋秋秋秋秋"
)
BIDI = "\u202e开衫\u2066 coat\u200f\x1b[2J"
COLUMNS = (
    TableColumn("商品", id="item"),
    TableColumn("Sales", "money", "sold", total="sum"),
    TableColumn("Visitors", "count", "visitors", total="sum"),
    TableColumn("支付转化率", "rate", "conversion", total="ratio:buyers/visitors"),
    TableColumn("Buyers", "count", "buyers", total="sum"),
    TableColumn("说明", id="note"),
    TableColumn("Day", "date", "day"),
)


class OneTable(BaseApp):
    CSS_PATH = "../../tui/base.tcss"

    def compose(self) -> ComposeResult:
        yield TableView()


def table(names: list[str], rows: int) -> Table:
    made: list[tuple[Cell, ...]] = [
        (
            names[n % len(names)],
            n * 1234.5 - 700,
            n * 7,
            None if n % 9 == 0 else 0.0213,
            n,
            names[-1],
            "2026-11-15",
        )
        for n in range(rows)
    ]
    return Table("Items", COLUMNS, tuple(made))


async def lines_at(size: tuple[int, int], shown: Table, *keys: str) -> list[str]:
    async with OneTable().run_test(size=size) as pilot:
        view = pilot.app.query_one(TableView)
        show_evidence(view, shown)
        view.focus()
        await pilot.press(*keys)
        await pilot.pause()
        return [strip.text for strip in pilot.app.screen._compositor.render_strips()]


def holds(lines: list[str], size: tuple[int, int]) -> None:
    assert len(lines) == size[1]
    for line in lines:
        assert cells_of(line) == size[0], f"not {size[0]} cells: {line!r}"
        assert line.isprintable(), f"characters that move the cursor or turn the text: {line!r}"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_thousand_rows_with_long_titles_fit_and_all_columns_are_reached(
    size: tuple[int, int],
) -> None:
    assert len(TITLE) == 60
    shown = table([TITLE, BIDI, "coat"], 1000)
    holds(lines := await lines_at(size, shown), size)
    assert "Sum" in lines[-1], "the totals stay in sight"
    assert "¥615,932,750" in lines[-1], "the whole sum"
    for steps in range(1, len(COLUMNS)):
        holds(lines := await lines_at(size, shown, "end", *["right"] * steps), size)
        head = lines[0]
        assert COLUMNS[steps].name in head or ".." in head, (
            f"the column under the cursor is in sight: {head!r}"
        )
        whole = [one.name for one in COLUMNS if one.kind not in ("text", "date") and one.name in head]
        for line in lines[1:-1]:
            assert "¥" not in line or "Sales" in whole, "figures stand only under their whole title"


NAMES = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80) | st.sampled_from([TITLE, BIDI, ""]),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    NAMES,
    st.sampled_from(SIZES),
    st.lists(st.sampled_from(["right", "left", "down", "end", "home"]), max_size=8),
)
def test_whatever_the_names_are_each_line_is_as_wide_as_the_screen(
    names: list[str], size: tuple[int, int], keys: list[str]
) -> None:
    holds(asyncio.run(lines_at(size, table(names, 30), *keys)), size)
