"""The disk fills up, or the folder is closed, while somebody types: it is said, and no word is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.server.shared import at_work, make_shop, picture, sees
from tui.app import DayApp
from tui.runtime.session import Session


async def test_what_cannot_be_saved_is_said_kept_and_saved_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(at_work(make_shop(tmp_path), "daemon"))
    app = DayApp(session)
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(0.3)
        app.open_step("stock")
        await pilot.pause(0.3)
        await pilot.press("w")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        await pilot.press(*"pockets")
        await pilot.pause(1.0)
        await sees(pilot, "The disk is full")
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        await sees(pilot, "The disk is full")
        assert "Saved." not in picture(app)
        await sees(pilot, "pockets")
        assert session.workday.notes("stock") == ()
        monkeypatch.undo()
        await pilot.pause(1.0)
        assert list(session.workday.drafts.all().values()) == ["pockets"]
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        await sees(pilot, "Saved.")
        assert session.workday.drafts.all() == {}
    assert [note.text for note in session.workday.notes("stock")] == ["pockets"]
