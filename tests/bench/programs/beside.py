"""A list that is moved in while a file is imported and judged, in a ``thread`` or by our ``analyst``."""

from __future__ import annotations

import asyncio
import shutil
import sys
import threading
from pathlib import Path
from tempfile import mkdtemp

from textual.app import ComposeResult
from textual.widgets import Static

from routines.analyst.analyst import Analyst
from tests.bench.programs.import_words import NOW, verdicts
from tui.runtime.base_app import BaseApp
from tui.widgets.table import TableView, ViewColumn


class Beside(BaseApp):
    """``i`` imports the file and asks for its words."""

    CSS = "TableView { height: 20; width: 100%; }"
    BINDINGS = [("i", "start", "import")]  # noqa: RUF012 - typed by Textual
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, way: str, file: Path) -> None:
        super().__init__()
        self.way, self.file = way, file

    def compose(self) -> ComposeResult:
        """The list and a line under it."""
        yield TableView()
        yield Static("waiting", id="state")

    def on_mount(self) -> None:
        """Fill the list."""
        table = self.query_one(TableView)
        table.load([ViewColumn("row")], [(f"row {number}",) for number in range(12)])
        table.focus()

    def action_start(self) -> None:
        """Begin."""
        self.query_one("#state", Static).update("working")
        if self.way == "thread":
            threading.Thread(target=self._work, daemon=True).start()
        else:
            self.run_worker(self._ask())

    async def _ask(self) -> None:
        """Let the analyst do it, as shopday does."""
        shop = _shop()
        analyst = Analyst(shop, lang="en")
        now = NOW.isoformat()
        await analyst.preview([self.file], today=now[:10])
        await analyst.commit([self.file], today=now[:10], who="bench", at=now)
        await analyst.ask("paid", day=now[:10], now=now)
        await analyst.close()
        await asyncio.to_thread(shutil.rmtree, shop)  # as the other side does it: beside the keys
        self.query_one("#state", Static).update("done")

    def _work(self) -> None:
        verdicts(self.file)
        self.call_from_thread(self.query_one("#state", Static).update, "done")


def _shop() -> Path:
    shop = Path(mkdtemp(prefix="shopday-bench-"))
    (shop / "shop.toml").write_text('name = "兰亭女装"\n', encoding="utf-8")
    return shop


if __name__ == "__main__":
    Beside(sys.argv[1], Path(sys.argv[2])).run()
