"""A list that is moved in while the same import runs in a thread of its process, as is often done."""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path
from tempfile import mkdtemp

from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.bench.programs.reading import NOW
from tui import looks
from tui.widgets.table import Column, Table


class Threaded(App[None]):
    """``i`` imports the file."""

    CSS = "Table { height: 20; width: 100%; }"
    BINDINGS = [("i", "start", "import")]  # noqa: RUF012 - typed by Textual
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        for theme in looks.THEMES:
            self.register_theme(theme)
        self.theme = looks.theme_for(self.console.color_system)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colour names."""
        return dict(looks.DARK.variables)

    def compose(self) -> ComposeResult:
        """The list and a line under it."""
        yield Table()
        yield Static("waiting", id="state")

    def on_mount(self) -> None:
        """Fill the list."""
        table = self.query_one(Table)
        table.load([Column("row")], [(f"row {number}",) for number in range(12)])
        table.focus()

    def action_start(self) -> None:
        """Begin."""
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        from core.facts.imports import commit, preview

        shop = Path(mkdtemp(prefix="shopday-bench-"))
        (shop / "shop.toml").write_text('name = "兰亭女装"\n', encoding="utf-8")
        commit(shop, preview(shop, self.file, today=NOW.date()), who="bench", at=NOW)
        shutil.rmtree(shop)
        self.call_from_thread(self.query_one("#state", Static).update, "done")


if __name__ == "__main__":
    Threaded(Path(sys.argv[1])).run()
