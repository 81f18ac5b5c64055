"""A table of so many rows: Textual's own or ours (``data`` or ``ours``), on a bare screen."""

import sys
from collections.abc import Sequence
from typing import overload

from textual.app import App, ComposeResult
from textual.widgets import DataTable

from tests.bench.places import ROOT
from tui.runtime.base_app import BaseApp
from tui.widgets.table import TableView, ViewColumn

HEADS = (
    "Word",
    "Item",
    "Decision",
    "CPC",
    "Next",
    "Worth",
    "Earns",
    "Clicks",
    "Orders",
    "CTR",
    "Cost",
    "ROI",
)
"""Those of the keyword table people work in."""


class Words(Sequence[tuple[str, ...]]):
    """Rows made when they are looked at; both tables are filled from the same."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, row: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[tuple[str, ...]]: ...
    def __getitem__(self, row: int | slice) -> object:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(self.total))]
        if row >= self.total:
            raise IndexError
        clicks = row * 7 % 83
        return (
            f"毛衣女 {row}", f"开衫{row % 7}", "keep", f"{row % 29 / 10:.2f}", f"{row % 31 / 10:.2f}",
            f"{row % 17 / 9:.2f}", f"{row % 97}%", str(clicks), str(clicks // 20), f"{row % 5}.1%",
            f"¥{clicks * 2}", f"{row % 7}.35",
        )  # fmt: skip


class Theirs(App[None]):
    """Textual's table and nothing else."""

    CSS = "DataTableView { height: 100%; width: 100%; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, count: int) -> None:
        super().__init__()
        self.number = count

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns(*HEADS)
        table.add_rows(Words(self.number))
        table.focus()


class Ours(BaseApp):
    """Our table and nothing else, in an app that paints and sends as the day's does."""

    CSS_PATH = ROOT / "tui" / "base.tcss"
    CSS = "TableView { height: 100%; width: 100%; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, count: int) -> None:
        super().__init__()
        self.number = count

    def compose(self) -> ComposeResult:
        """The table."""
        yield TableView()

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(TableView)
        table.load([ViewColumn(head) for head in HEADS], Words(self.number))
        table.focus()


if __name__ == "__main__":
    {"ours": Ours, "data": Theirs}[sys.argv[1]](int(sys.argv[2])).run()
