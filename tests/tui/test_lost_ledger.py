"""A desk over imports whose list is gone or torn: every screen opens, and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from core.facts.imports import commit, preview
from core.facts.ledger import Ledger
from routines.workday.workday import Workday
from tests.cli.conftest import STOCK
from tests.server.shared import sees
from tests.terminal.ptys import MORNING
from tests.tui.shop import make_shop
from tui.app import DayApp
from tui.runtime.session import Session

NOW = datetime.fromisoformat(MORNING)
SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "gone": (Path.unlink, "the list of imports is missing"),
    "torn": (lambda path: path.write_bytes(b'{"version"'), "the list of imports is damaged"),
    "newer": (lambda path: path.write_bytes(b'{"version": 2}'), "newer version of shopday"),
}


@pytest.mark.parametrize("case", SPOILT)
async def test_every_screen_opens_and_the_step_says_what_is_wrong(tmp_path: Path, case: str) -> None:
    spoil, said = SPOILT[case]
    shop = make_shop(tmp_path)
    commit(shop, preview(shop, STOCK, today=NOW.date()), who="lan", at=NOW)
    spoil(Ledger(shop).path)
    workday = Workday.open(shop, clock=lambda: NOW, who="lan", lang="en")
    app = DayApp(Session(workday))
    async with app.run_test(size=(200, 40)) as pilot:
        await pilot.press("enter")
        await sees(pilot, said)
        for key in (
            "escape",
            "c",
            "enter",
            "escape",
            "escape",
            "i",
            "escape",
            "f",
            "escape",
            "k",
            "escape",
            "r",
        ):
            await pilot.press(key)
            await pilot.pause()
    assert app.return_code in (0, None)
