"""The settings screen: the sections that can be edited, each with what it holds now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from core.language.wording import N_, say
from tui.keymap import keys, settings_keys
from tui.screens.base_screen import BaseScreen
from tui.text.sanitize import content
from tui.text.text_layout import Prose, hang
from tui.widgets.labels import Words
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn

if TYPE_CHECKING:
    from routines.settings.section import EditedRow, Section

MOST_DIGITS = 9


class Settings(BaseScreen):
    """The list of the sections; Enter or a digit opens one."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*settings_keys.SECTIONS, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(settings_keys.SECTIONS, keys.LEAVE),
        *(Binding(str(number), f"number({number})", show=False) for number in range(1, MOST_DIGITS + 1)),
    ]
    HELP: ClassVar[str] = N_(
        "What shop.toml and routine.toml say, as lists to change. Enter or the digit in front opens a "
        "section. Everything is checked before it is saved, comments in the files stay, and what somebody "
        "else has changed meanwhile is not overwritten. If only the owner may change the settings, your "
        "change is proposed to them."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"

    def __init__(self) -> None:
        super().__init__()
        self.sections: tuple[Section, ...] = ()

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Settings")

    def body(self) -> Iterable[Widget]:
        """Yield the sections, and what the one under the cursor is for."""
        yield TableView(id="sections")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """Look up the sections."""
        self.sections = self.workday.settings.sections()

    def redraw(self) -> None:
        """Draw the sections, each with what it holds now."""
        seen = self.workday.settings.seen()
        rows = [
            (number, say(one.title), _summary(one.rows(seen))) for number, one in enumerate(self.sections, 1)
        ]
        titles = ("", say("section"), say("now"))
        self.query_one(TableView).load([ViewColumn(title) for title in titles], rows, fixed=2)
        self._draw_bottom()

    def _draw_bottom(self) -> None:
        picked = self.picked
        words = say(picked.about) if picked is not None else ""
        self.query_one("#bottom", Words).put(Prose([hang("", (words, "$quiet"))]) if words else content(""))

    @property
    def picked(self) -> Section | None:
        """The section under the cursor; None before the sections are known."""
        at = self.query_one(TableView).cursor
        return self.sections[at] if 0 <= at < len(self.sections) else None

    def on_rows_moved(self, _: Rows.Moved) -> None:
        """Show what the section under the cursor is for."""
        self._draw_bottom()

    async def on_rows_chosen(self, _: Rows.Chosen) -> None:
        """Open the section that was clicked."""
        await self.action_do("open")

    async def action_number(self, number: int) -> None:
        """Open the section with this number."""
        if number <= len(self.sections):
            self.query_one(TableView).go(number - 1)
            await self.action_do("open")

    def do_open(self) -> None:
        """Open the section under the cursor."""
        from tui.screens.settings.rows import SettingRows

        if self.picked is not None:
            self.app.push_screen(SettingRows(self.picked))


def _summary(rows: list[EditedRow]) -> str:
    """Return the first rows in a line."""
    used = [row for row in rows if not row.off and any(row.cells[1:])]
    return say("; ").join(" ".join(filter(None, row.cells[:2])) for row in used[:3])
