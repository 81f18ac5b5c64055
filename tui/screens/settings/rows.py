"""One section of the settings: its rows, which are changed, added and removed in forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from core.journal.entry import Entry
from core.language.wording import N_, say
from tui.keymap import keys, settings_keys
from tui.runtime.draft_autosave import draft_key
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import AskLine
from tui.screens.form import FormScreen
from tui.text.sanitize import content
from tui.widgets.labels import Words
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn

if TYPE_CHECKING:
    from routines.settings.section import EditedRow, ReadSettings, Section


class SettingRows(BaseScreen):
    """The rows of one section; Enter changes one."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*settings_keys.ROWS, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(settings_keys.ROWS, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Enter opens the row under the cursor as a form; Ctrl+S saves it. A wrong value is named beside its "
        "field, and nothing is saved then. / goes to the next row with the words that you type."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        self.seen: ReadSettings | None = None
        """The settings that the rows were read from."""
        self.shown: list[EditedRow] = []

    def title_words(self) -> str:
        """Return the section's title."""
        return say(self.section.title)

    def body(self) -> Iterable[Widget]:
        """Yield what the section is for, and its rows."""
        yield Words(id="top")
        yield TableView(id="rows")

    def redraw(self) -> None:
        """Read the settings again and draw the section's rows."""
        before = self.picked
        self.seen = self.workday.settings.seen()
        self.shown = self.section.rows(self.seen)
        table = self.query_one(TableView)
        table.load(
            [ViewColumn(say(head)) for head in self.section.heads],
            [row.cells for row in self.shown],
            look=lambda row, _: "quiet" if self.shown[row].off else "",
        )
        keys_now = [row.key for row in self.shown]
        if before is not None and before.key in keys_now:
            table.go(keys_now.index(before.key))
        self.query_one("#top", Words).put(content(say(self.section.about), "$quiet"))

    @property
    def picked(self) -> EditedRow | None:
        """The row under the cursor; None if there is none."""
        at = self.query_one(TableView).cursor
        return self.shown[at] if 0 <= at < len(self.shown) else None

    async def on_rows_chosen(self, _: Rows.Chosen) -> None:
        """Change the row that was clicked."""
        await self.action_do("change")

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does == "new" and not self.section.adds:
            return say("No row can be added here.")
        if does == "remove" and self.section.remove is None:
            return say("Nothing can be removed here; empty the field instead.")
        if does in ("change", "remove") and self.picked is None:
            return say("There is no row yet; n adds one.")
        return None

    def do_change(self) -> None:
        """Open the form of the row under the cursor."""
        self._open(self.picked)

    def do_new(self) -> None:
        """Open the form of a new row."""
        self._open(None)

    def _open(self, row: EditedRow | None) -> None:
        from routines.settings.sections import title_of

        section, seen = self.section, self.seen
        if seen is None:
            return

        def save(values: Mapping[str, str]) -> object:
            return self.workday.settings.save(section, seen, row, values)

        key = row.key if row is not None else "new"
        form = FormScreen(
            title_of(section, row),
            section.fields(seen, row),
            save,
            draft=draft_key("setting", section.id, self.workday.day, key),
            offers={},
            begin={
                name: text for name, text in (row.texts if row is not None else section.begin).items() if text
            },
        )
        known = {one.key for one in self.shown}
        self.app.push_screen(form, lambda done: self._after_form(done, known, new=row is None))

    def _after_form(self, done: str | None, known: set[str], *, new: bool) -> None:
        self.redraw()
        if new and done == "saved":
            added = [number for number, one in enumerate(self.shown) if one.key not in known]
            self.query_one(TableView).go(added[0] if added else self.query_one(TableView).cursor)
        if done == "proposed":
            self.tell(
                say("Proposed to {owner}, who decides on it.", owner=self.workday.proposals.owner), "good"
            )
        elif done == "saved":
            self.tell(say("Saved."), "good")
        elif done is None:
            self.tell(say("Saved as a draft."))

    def do_remove(self) -> None:
        """Remove the row under the cursor, or leave the step out of the plan, or plan it again."""
        picked, seen = self.picked, self.seen
        if picked is None or seen is None:
            return
        name = " ".join(filter(None, picked.cells[:2]))
        if self.section.twice and not self.confirmed(
            "remove", picked.key, say("Press x again to remove {row}.", row=name)
        ):
            return
        kept = self.workday.settings.remove(self.section, seen, picked)
        self.redraw()
        if isinstance(kept, Entry):
            self.tell(
                say("Proposed to {owner}, who decides on it.", owner=self.workday.proposals.owner), "good"
            )
        elif self.section.twice:
            self.tell(say("Removed: {row}.", row=name), "good")
        elif picked.off:
            self.tell(say("Planned again: {row}.", row=name), "good")
        else:
            self.tell(say("Left out of the plan: {row}. Press x to plan it again.", row=name), "good")

    def do_jump(self) -> None:
        """Ask for words and go to the next row that contains them."""
        self.app.push_screen(AskLine(say("Go to the row with these words")), self._jumped)

    def _jumped(self, words: str | None) -> None:
        if not words:
            return
        at, total = self.query_one(TableView).cursor, len(self.shown)
        order = [(at + ahead) % total for ahead in range(1, total + 1)]
        sought = words.casefold()
        found = next(
            (n for n in order if any(sought in cell.casefold() for cell in self.shown[n].cells)), None
        )
        if found is None:
            self.tell(say("No row contains “{words}”.", words=words), "watch")
        else:
            self.query_one(TableView).go(found)
