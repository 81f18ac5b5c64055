"""Nothing typed or pasted is lost or changed unasked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.app import App, ComposeResult

from core.journal.drafts import FileDrafts
from tests.tui.shop import make_shop
from tui.runtime.base_app import BaseApp
from tui.runtime.draft_autosave import DraftAutosave, draft_key
from tui.widgets.text_input import OneLine, Page


class Fields(BaseApp):
    CSS_PATH = ["../../tui/base.tcss", "../../tui/screens.tcss"]  # noqa: RUF012 - typed by Textual

    def compose(self) -> ComposeResult:
        yield OneLine()
        yield Page()


async def paste(app: App[None], text: str) -> None:
    from textual.events import Paste

    assert app.focused is not None
    app.focused.post_message(Paste(text))


async def test_several_pasted_lines_go_whole_into_one_line_and_into_a_page() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        app.query_one(OneLine).focus()
        await paste(app, "毛衣\r\n开衫\n\x1b[2J外套")
        await pilot.pause()
        assert app.query_one(OneLine).value == "毛衣 开衫 [2J外套"
        app.query_one(Page).focus()
        await pilot.pause()
        await paste(app, "one\r\ntwo\x1b]0;x\x07\nthree")
        await pilot.pause()
        assert app.query_one(Page).text == "one\ntwo]0;x\nthree"


async def test_no_cursor_blinks() -> None:
    app = Fields()
    async with app.run_test():
        assert not app.query_one(OneLine).cursor_blink
        assert not app.query_one(Page).cursor_blink


def test_a_draft_is_kept_until_it_is_saved_or_emptied(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    autosave = DraftAutosave(FileDrafts(shop, "沈岚"))
    autosave.typed("note:stock:2026-11-16", "buyers ask")
    assert autosave.load("note:stock:2026-11-16") == "buyers ask"
    autosave.flush()
    assert DraftAutosave(FileDrafts(shop, "沈岚")).load("note:stock:2026-11-16") == "buyers ask"
    autosave.typed("note:stock:2026-11-16", "  ")
    autosave.flush()
    assert FileDrafts(shop, "沈岚").all() == {}


def test_a_draft_of_every_version_is_found_under_the_same_key() -> None:
    day = date(2026, 11, 16)
    assert draft_key("note", "stock", day) == "note:stock:2026-11-16"
    assert draft_key("done", "stock", day, "a1") == "done:stock:2026-11-16:a1"
    assert draft_key("report", "", day) == "report:2026-11-16"
