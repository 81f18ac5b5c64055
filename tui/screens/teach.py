"""The teach screen: map the columns of an unknown export file, preview the rows, and save the layout."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

from textual.binding import BindingType
from textual.widget import Widget

from core.errors import ShopdayError
from core.language.wording import N_, listing, plural, say
from core.storage.decoding import json_in
from core.storage.system_errors import words_of
from tui.keymap import keys
from tui.runtime.draft_autosave import draft_key
from tui.screens.base_screen import BaseScreen
from tui.screens.palette import Palette, PaletteEntry
from tui.text.sanitize import content, fit, line
from tui.text.text_layout import Block, Prose, hang
from tui.widgets.labels import Words
from tui.widgets.table import TableView, ViewColumn

UNITS: Final[Mapping[str, str]] = {
    "yuan": N_("yuan"), "fen": N_("fen"), "wan": N_("ten thousand"), "percent": N_("percent"),
    "fraction": N_("fraction"), "seconds": N_("in seconds"), "minutes": N_("in minutes"),
}  # fmt: skip
_SPLITS: Final[Mapping[str, str]] = {
    "keep": N_("only some values"), "sum": N_("added up"), "ignore": N_("does not split rows"),
    "refuse": N_("splits the rows"), "own": N_("the shop"),
}  # fmt: skip
_DOTS: Final = "⣿⣿⣿⠒⠒⠒"
_CELL, _FILE, _TOLD = 18, 40, 2


class Teach(BaseScreen):
    """One row for each column of the file: sample values, its mapping, and how likely the mapping is."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.TEACH, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.TEACH, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Each row is a column of the file. What is certain is filled in; Enter changes it, Tab "
        "changes the kind of file. The lines below show what would be read. s saves it, and later "
        "files with the same headers are imported without asking. Columns with personal data are "
        "not shown."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.view: dict[str, Any] = {}
        self.said: list[tuple[str, str, str]] = []
        """The user's changes, as (header, what, value), with which the file has not been read yet."""
        self.busy = ""
        self.as_read = False
        """Whether the first rows are shown as they would be read, instead of the columns."""

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Teach")

    def body(self) -> Iterable[Widget]:
        """Yield the kind of file, its columns, and a preview of what would be read."""
        yield Words(id="top")
        yield TableView(id="columns")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """Read the file, with the layout kept as a draft if there is one."""
        self._look(self._kept_draft())

    @property
    def draft(self) -> dict[str, Any]:
        """The draft layout with which the file was last read; an empty one before that."""
        return dict(self.view["draft"]) if self.view else {"sheet": "", "columns": {}, "units": {}}

    @property
    def _draft_key(self) -> str:
        name = hashlib.sha256(str(self.path).encode("utf-8", "replace")).hexdigest()[:8]
        return draft_key("teach", "", self.workday.day, name)

    def _kept_draft(self) -> dict[str, Any] | None:
        kept = self.session.autosave.load(self._draft_key)
        try:
            return dict(json_in(kept, "draft")) if kept else None
        except (ValueError, TypeError):
            return None

    # -- drawing ---------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw the columns, or the first rows as they would be read, and the lines around them."""
        table = self.query_one(TableView)
        if self.as_read and self.view:
            sample = self.view["sample"]
            table.load([ViewColumn(title) for title in sample["columns"]], sample["rows"])
        else:
            heads = (say("column in file"), say("example"), say("shopday column"), say("match"), say("unit"))
            table.load([ViewColumn(head) for head in heads], [self._cells(one) for one in self._columns()],
                       look=self._row_look)  # fmt: skip
        self._draw_top()
        self._draw_bottom()
        self.draw_keys()

    def _columns(self) -> list[dict[str, Any]]:
        return list(self.view.get("columns", ()))

    def _cells(self, column: dict[str, Any]) -> tuple[str, ...]:
        target = self._target_of(column["header"])
        shown = say("(not shown)") if column["private"] else fit("  ".join(column["cells"]), _CELL).rstrip()
        split = _SPLITS.get(str(column["split"]))
        free = say(split) if split else "-"
        unit = self.draft["units"].get(target, "")
        dots = _DOTS[3 - column["likeness"] :][:3] if target else ""
        return (
            column["header"],
            shown,
            self._label(target) if target else free,
            dots,
            say(UNITS[unit]) if unit else "",
        )

    def _row_look(self, row: int, column: int) -> str:
        one = self._columns()[row]
        if self._target_of(one["header"]):
            return ""
        if one["split"] == "refuse" and column == 2:  # noqa: PLR2004 - what it is taken for
            return "watch"
        return "quiet"

    def _target_of(self, header: str) -> str:
        return next((target for target, one in self.draft["columns"].items() if one == header), "")

    def _label(self, target: str) -> str:
        labels = {one["name"]: one["label"] for one in self.view.get("targets", ())}
        return f"{labels.get(target, target)} {target}"

    def _draw_top(self) -> None:
        if not self.view:
            self.query_one("#top", Words).put(content(self.busy, "$quiet"))
            return
        title = next((one["title"] for one in self.view["sheets"] if one["id"] == self.draft["sheet"]), "")
        words = line(
            (f"{fit(self.path.name, _FILE).rstrip()}  ", "bold"),
            (say("header in row {n}", n=self.view["header_row"]) + "   ", "$quiet"),
            (title, "bold $key"),
        )
        self.query_one("#top", Words).put(words)

    def _draw_bottom(self) -> None:
        rows: list[Block] = []
        if self.view:
            sums = [f"{label} {value}" for label, value in self.view["sums"]]
            read = plural("{n} row", "{n} rows", int(self.view["rows"]))
            told = say("Reading the file ...") if self.busy else listing([read, *sums])
            rows.append(hang((f"{say('what would be read')}: ", "$quiet"), (told, "bold")))
            if self.view["blocked"]:
                rows.append(hang((self.view["blocked"], "$level-act")))
            rows += [
                hang((words, "$quiet"))
                for words in [self.view["known"], *self.view["problems"][:_TOLD]]
                if words
            ]
        self.query_one("#bottom", Words).put(Prose(rows))

    # -- looking ---------------------------------------------------------------------------------

    def _look(self, draft: dict[str, Any] | None, sheet: str = "") -> None:
        """Read the file in the background with the draft layout, or as the kind ``sheet``.

        After several changes in quick succession it is read only once.
        """
        self.busy = say("Reading the file ...")
        self.redraw()
        self.run_worker(self._looked(draft, sheet), name="teach", exclusive=True, exit_on_error=False)

    async def _looked(self, draft: dict[str, Any] | None, sheet: str) -> None:
        said = list(self.said)
        try:
            self.view = await self.session.look_to_teach(self.path, draft, said, sheet)
            if said:
                words = json.dumps(self.view["draft"], ensure_ascii=False)
                self.session.autosave.typed(self._draft_key, words)
        except (ShopdayError, OSError, TimeoutError) as error:
            self.tell(words_of(error), "act")
        del self.said[: len(said)]
        self.busy = ""
        self.redraw()

    def _say(self, header: str, what: str, value: str) -> None:
        self.said.append((header, what, value))
        self._look(self.draft)

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does in ("column", "unit") and (self.as_read or not self._columns()):
            return say("Press p to come back to the columns.") if self.as_read else self.busy
        if does == "column" and self._picked["private"] and not self._picked["guesses"]:
            return say("A column with personal data is not read, and nothing of it is kept.")
        if does == "unit" and not self._units():
            return say("The column under the cursor has no unit.")
        if does in ("keep", "kind", "rows") and (self.busy or not self.view):
            return self.busy or say("The file contains no table.")
        if does == "keep" and self.view["blocked"]:
            return str(self.view["blocked"])
        return None

    @property
    def _picked(self) -> dict[str, Any]:
        return self._columns()[self.query_one(TableView).cursor]

    def _units(self) -> list[str]:
        target = self._target_of(self._picked["header"])
        return next((list(one["units"]) for one in self.view["targets"] if one["name"] == target), [])

    def do_column(self) -> None:
        """Ask what the selected column stands for."""
        picked = self._picked
        names = [one["name"] for one in self.view["targets"]]
        likely = [name for name in picked["guesses"] if name in names]
        entries = [self._entry("map", name, self._label(name)) for name in likely]
        entries.append(self._entry("map", "", say("not used")))
        if not self._target_of(picked["header"]):
            entries += [
                self._entry("keep", value, say("only rows with {value}", value=value))
                for value in picked["values"]
            ]
            entries.append(self._entry("sum", "", say("add up rows that differ only in this column")))
            entries.append(self._entry("ignore", "", say("this column does not split rows")))
        called = {one["name"]: " ".join(one["called"]) for one in self.view["targets"]}
        entries += [
            self._entry("map", name, self._label(name), called[name]) for name in names if name not in likely
        ]
        title = say("What is {header}?", header=picked["header"])
        self.app.push_screen(Palette(entries, title, say("type to search for a column")), self._column_said)

    @staticmethod
    def _entry(kind: str, value: str, words: str, called: str = "") -> PaletteEntry:
        """Return a palette entry; ``called`` holds further words it can be found by."""
        return PaletteEntry((kind, value), content(words), f"{value} {words} {called}")

    def _column_said(self, chosen: tuple[str, str] | None) -> None:
        if chosen is None:
            return
        kind, value = chosen
        self._say(str(self._picked["header"]), kind, value)
        table = self.query_one(TableView)
        table.go(min(table.cursor + 1, len(self._columns()) - 1))

    def do_kind(self) -> None:
        """Ask which kind of export the file is."""
        entries = [self._entry("kind", one["id"], one["title"]) for one in self.view["sheets"]]
        palette = Palette(entries, say("What kind of file is it?"), say("type to search for a kind"))
        self.app.push_screen(palette, self._kind_said)

    def _kind_said(self, chosen: tuple[str, str] | None) -> None:
        if chosen is not None and chosen[1] != self.draft["sheet"]:
            self.session.autosave.drop(self._draft_key)
            self._look(None, chosen[1])

    def do_unit(self) -> None:
        """Switch to the next unit of the selected column."""
        target = self._target_of(self._picked["header"])
        units = self._units()
        now = self.draft["units"].get(target, "")
        self._say(str(self._picked["header"]), "unit", units[(units.index(now) + 1) % len(units)])

    def do_rows(self) -> None:
        """Switch between the columns and the first rows as they would be read."""
        self.as_read = not self.as_read
        self.redraw()

    async def do_keep(self) -> None:
        """Save the layout, import the file with it, and close the screen."""
        self.busy = say("Importing ...")
        self.redraw()
        try:
            made = await self.session.teach(self.path, self.draft)
        finally:
            self.busy = ""
        self.session.autosave.drop(self._draft_key)
        self.dismiss(made)
