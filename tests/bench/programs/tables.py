"""A table of so many rows: Textual's own or ours (``data`` or ``ours``), on a bare screen."""

import sys
from collections.abc import Sequence
from typing import overload

from textual.app import App, ComposeResult
from textual.widgets import DataTable

from tui import looks
from tui.widgets.table import Column, Table

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


class Shown(App[None]):
    """One table and nothing else."""

    CSS = "DataTable, Table { height: 100%; width: 100%; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, kind: str, count: int) -> None:
        super().__init__()
        self.kind, self.number = kind, count
        for theme in looks.THEMES:
            self.register_theme(theme)
        self.theme = looks.theme_for(self.console.color_system)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colour names."""
        return dict(looks.DARK.variables)

    def compose(self) -> ComposeResult:
        """The table."""
        yield Table() if self.kind == "ours" else DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill it."""
        rows = Words(self.number)
        if self.kind == "ours":
            table = self.query_one(Table)
            table.load([Column(head) for head in HEADS], rows)
            table.focus()
        else:
            other = self.query_one(DataTable)
            other.add_columns(*HEADS)
            other.add_rows(rows)
            other.focus()


if __name__ == "__main__":
    Shown(sys.argv[1], int(sys.argv[2])).run()
