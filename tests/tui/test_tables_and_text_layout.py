"""Columns line up with Chinese in them, long tables open like short ones, Chinese breaks where it should."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textual.app import ComposeResult

from core.answers.answer import Part as SplitPart
from core.answers.answer import Split
from tui.runtime.base_app import BaseApp
from tui.text.sanitize import width
from tui.text.table_cells import cell
from tui.text.text_layout import Prose, hang, wrap
from tui.widgets.charts import plot, split_lines
from tui.widgets.table import TableView, ViewColumn


class OneTable(BaseApp):
    CSS_PATH = "../../tui/base.tcss"

    def compose(self) -> ComposeResult:
        yield TableView()


class Counting(Sequence[Sequence[object]]):
    """A hundred thousand rows that know how often they were asked for."""

    asked = 0

    def __len__(self) -> int:
        return 100_000

    def __getitem__(self, row: object) -> Sequence[object]:  # type: ignore[override]
        self.asked += 1
        return (f"毛衣女{row}" if isinstance(row, int) and row % 2 else f"coat {row}", row)


async def test_a_hundred_thousand_rows_open_like_twenty_and_only_what_is_seen_is_read() -> None:
    async with OneTable().run_test(size=(60, 20)) as pilot:
        table = pilot.app.query_one(TableView)
        rows = Counting()
        started = time.perf_counter()
        table.load([ViewColumn("词"), ViewColumn("clicks", right=True)], rows)
        await pilot.pause()
        assert time.perf_counter() - started < 1.0
        assert rows.asked < 3000
        await pilot.press("end")
        assert table.cursor == 99_999
        lines = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
        assert "99999" in lines[-1]
        ends = {width(line.rstrip()) for line in lines[1:]}
        assert len(ends) == 1, "numbers end in one column"


async def test_the_cursor_stays_in_view_and_pages_overlap_by_a_row() -> None:
    async with OneTable().run_test(size=(40, 12)) as pilot:
        table = pilot.app.query_one(TableView)
        table.load([ViewColumn("n")], [[n] for n in range(50)])
        table.focus()
        await pilot.press("pagedown", "pagedown", "up")
        assert table.cursor == 19
        assert table.scroll_y <= 19 < table.scroll_y + 11


def test_an_unknown_cell_is_a_dash_and_never_zero() -> None:
    assert [cell(None, "money"), cell(float("nan"), "rate"), cell(0, "count")] == ["-", "-", "0"]


def test_chinese_breaks_between_characters_and_no_line_begins_with_a_stop() -> None:
    words = "短视频 11 月 12 日起没有流量，找出原因。先看内容是否被限流、挂车商品是否下架，再决定是否补投。"
    rows = _rows(words, 20)
    assert "".join(rows).replace(" ", "") == words.replace(" ", "")
    assert all(width(row) <= 22 for row in rows)
    assert all(width(row) >= 15 for row in rows[:-1]), "no ragged holes"
    assert not any(row.startswith(tuple("，。、")) for row in rows)


def test_of_a_million_characters_the_first_lines_are_laid_out_and_the_rest_is_counted() -> None:
    for word in ("a", "长", "长a", "（", " x"):
        text = word * (1_000_000 // len(word))
        lines = [shown.plain for shown in Prose([hang("- ", text)]).lines(80)]
        assert len(lines) < 800
        assert all(width(one) <= 80 for one in lines)
        assert "980,000 more characters; shopday day shows them all" in " ".join(" ".join(lines[-3:]).split())
    whole = [shown.plain for shown in Prose([hang("- ", "长" * 20_000)]).lines(80)]
    assert "".join(whole).count("长") == 20_000


def test_a_run_of_chinese_breaks_as_character_by_character() -> None:
    for room in range(2, 20):
        run = ["".join(part[0] for part in row) for row in wrap([("ab长袖毛衣，开衫长裙。", "")], room)]
        styled = wrap([(bit, "") for bit in ("ab", "长", "袖", "毛", "衣，", "开", "衫", "长", "裙。")], room)
        assert run == ["".join(part[0] for part in row) for row in styled]


def test_a_paragraph_hangs_under_its_first_word() -> None:
    shown = Prose([hang("act  ", "one two three four five six seven")]).lines(20)
    assert [line.plain.rstrip() for line in shown] == [
        "act  one two three",
        "     four five six",
        "     seven",
    ]


def test_split_bars_grow_from_one_middle_line() -> None:
    split = Split("gap", "CNY", -50.0, (SplitPart("visitors", -100.0), SplitPart("转化率", 50.0)))
    left, right, _ = (line.plain for line in split_lines(split, 60))
    assert left.index("|") == right.index("|") + len("转化率"), (
        "the same cell: three characters are six cells wide"
    )
    assert left.rstrip().endswith("|")
    assert not right.rstrip().endswith("|")


def test_an_unknown_day_leaves_a_gap_in_the_line() -> None:
    (row,) = plot([1.0, 1.0, None, 1.0, 1.0], 10, 1)
    assert "\u2800" in row.strip("\u2800")


def test_a_flag_or_a_hand_in_a_review_is_never_torn_in_two() -> None:
    for room in range(4, 24):
        rows = _rows("买家说好看🇨🇳谢谢👍🏽", room)
        for whole in ("🇨🇳", "👍🏽"):
            assert sum(whole in row for row in rows) == 1, (room, rows)


def _rows(words: str, room: int) -> list[str]:
    return [
        "".join(part if isinstance(part, str) else part[0] for part in row) for row in wrap([words], room)
    ]
