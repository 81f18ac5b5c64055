"""The import screen: the exports that the day needs, the files in inbox/, and one key to import them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import DescendantFocus
from textual.widget import Widget

from core.errors import ShopdayError
from core.language.dates import day as day_words
from core.language.dates import days as day_list
from core.language.wording import N_, listing, plural, say, sentences
from core.storage.system_errors import words_of
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.text.sanitize import Shown, content, fit, line, width
from tui.text.text_layout import Block, Prose, hang, titled
from tui.widgets.containers import Across
from tui.widgets.file_checklist import (
    checklist_words,
    file_rows,
    last_days,
    last_import,
    show_checklist,
)
from tui.widgets.labels import Head, Words
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn
from tui.widgets.timing import box_bar

_STATES = {
    "new": N_("new"), "same": N_("already imported"), "refused": N_("not usable"), "done": N_("imported"),
    "undone": N_("undone"),
}  # fmt: skip
_LOOKS = {"new": "good", "same": "quiet", "refused": "act", "done": "good", "undone": "quiet"}
_PROBLEMS = 4
_STRIP_FROM = 34
"""Minimum screen height in rows at which the last days of each file are shown."""
_WIDE_FROM = 108
_ASIDE = 34


class Imports(BaseScreen):
    """The screen with the checklist of the day's exports, and below it the files of the inbox."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.IMPORTS, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.IMPORTS, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "The list above shows what today needs: a tick if it is there, or else the days to download "
        "and where. Put downloaded files into the shop's inbox/ folder; this screen says what each "
        "one is and what is wrong with it. Enter imports every usable file; nothing is imported "
        "before that. Rows that a newer file lacks stay as in the older file; r imports the file under the "
        "cursor as whole days instead. Tab goes from one list to the other. Press u twice to undo an import. "
        "t teaches shopday an unknown kind of file; it is then recognised from now on."
    )
    AUTO_FOCUS: ClassVar[str | None] = "#files"

    def __init__(self) -> None:
        super().__init__()
        self.files: list[dict[str, Any]] = []
        self.busy = ""
        self._asked = ""
        """The batch id of the import for which undo was pressed once; pressing it again undoes the import."""

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Import")

    def body(self) -> Iterable[Widget]:
        """Yield the checklist, the inbox's files, the progress bar, and details of the selected row."""
        yield Words(id="needs")
        with Across(id="list"):
            yield TableView(id="needed")
            with VerticalScroll(id="aside", can_focus=False):
                yield Words(id="preview")
        yield Words(id="top")
        yield TableView(id="files")
        yield Words(id="bar")
        yield Words(id="strip")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """Read the inbox and check which exports are missing."""
        self.do_again()

    def changed(self, parts: frozenset[str]) -> None:
        """Redraw after a change on disk; read the inbox again if a complete new file is in it."""
        super().changed(parts)
        known = {str(file.get("path")) for file in self.files}
        if not self.busy and any(file["path"] not in known for file in self.session.files.waiting):
            self.do_again()

    # -- drawing ---------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw the checklist and the inbox's files, and the lines around them."""
        titles = (say("state"), say("file"), say("recognised as"), say("rows"), say("days"), say("problems"))
        self._inbox.load(
            [ViewColumn(title, right=title in (say("rows"), say("problems"))) for title in titles],
            [self._cells(file) for file in self.files],
            look=self._look,
        )
        needed = self.session.files.needed
        self.query_one("#needs", Words).put(content(checklist_words(needed), "bold"))
        show_checklist(self._checklist, needed, self._step_title, wide=self.size.width >= _WIDE_FROM)
        self.query_one("#list").display = bool(needed)
        self._draw_strip()
        if not self.files and needed and not self.busy and self._inbox.has_focus:
            self._checklist.focus()
        self._draw_top()
        self._draw_bottom()
        self.draw_keys()

    @property
    def _inbox(self) -> TableView:
        return self.query_one("#files", TableView)

    @property
    def _checklist(self) -> TableView:
        return self.query_one("#needed", TableView)

    def _cells(self, file: dict[str, Any]) -> tuple[str, ...]:
        dates = [str(date) for date in file.get("dates") or ()]
        days = "-" if not dates else (dates[0][5:] if len(dates) == 1 else f"{dates[0][5:]}..{dates[-1][5:]}")
        state = self._state(file)
        problems = [one for one in file.get("problems") or () if one.get("level") != "note"]
        return (
            say(_STATES.get(state, state)),
            middle_cut(Path(str(file.get("file", ""))).name),
            say(str(file.get("title") or file.get("sheet") or "-")),
            f"{int(file.get('rows') or 0):,}",
            days,
            str(len(problems)) if problems else "-",
        )

    @staticmethod
    def _state(file: dict[str, Any]) -> str:
        return str(file.get("state") or ("done" if file.get("batch") else "refused"))

    def _look(self, row: int, column: int) -> str:
        state = self._state(self.files[row])
        if column == 0:
            return _LOOKS.get(state, "")
        return "quiet" if state in ("same", "undone") else ""

    def _draw_top(self) -> None:
        new = sum(1 for file in self.files if self._state(file) == "new")
        if self.busy:
            words: Shown = content(self.busy, "$quiet")
        elif not self.files:
            inbox = str(self.workday.folder / "inbox")
            words = content(say("There are no files in {inbox}. Put files there and press g.", inbox=inbox))
        elif new:
            ready = plural("{n} file is ready", "{n} files are ready", new)
            words = line((ready, "bold"), "   ", ("Enter", "bold $key"), f" {say('import all')}")
        else:
            last = last_import(self.session.files.needed)
            words = line((say("Nothing new to import."), "$quiet"), "  ", (last, "$quiet"))
        self.query_one("#top", Words).put(words)

    def draw_head(self) -> None:
        """Show the day on the left and the inbox folder on the right."""
        workday = self.workday
        left = line(" ", (self.title_words(), "bold"), "  ", (day_words(workday.day), "$quiet"))
        inbox = f"{workday.folder.name}/inbox"
        self.query_one("#head", Head).put(left, line((inbox, "$quiet"), " "))

    def _draw_strip(self) -> None:
        """Draw on a high screen which of the last days each export has."""
        needed, rows = self.session.files.needed, list[Shown]()
        if needed and self.size.height >= _STRIP_FROM:
            rows = last_days(needed, self.workday.day, self.size.width - 2)
        self.query_one("#strip", Words).put(Prose(rows))

    def _draw_preview(self) -> None:
        """Draw beside the checklist what is in the file under the cursor, and what importing it changes."""
        picked = self.picked
        if picked is None or not picked.get("sheet"):
            self.query_one("#preview", Words).put(Prose())
            return
        dates = [date.fromisoformat(str(one)) for one in picked.get("dates") or ()]
        steps = next((one.steps for one in self.session.files.needed if one.sheet == picked["sheet"]), ())
        rows: list[Block] = [
            hang((f"{say('recognised as')}  ", "$quiet"), str(picked.get("title") or picked["sheet"])),
            hang((f"{say('days')}  ", "$quiet"), day_list(dates) or "-"),
            hang((f"{say('rows')}  ", "$quiet"), f"{int(picked.get('rows') or 0):,}"),
            hang((f"{say('problems')}  ", "$quiet"), str(len(picked.get("problems") or ()) or "-")),
        ]
        if replaces := [date.fromisoformat(str(one)) for one in picked.get("replaces") or ()]:
            rows.append(hang((f"{say('replaces')}  ", "$quiet"), day_list(replaces)))
        if steps and self._state(picked) == "new":
            rows += [
                content(""),
                content(say("After Enter"), "bold $heading"),
                hang("", say("Calculated again: {steps}.", steps=listing(map(self._step_title, steps)))),
                hang("", say("u takes the import back.")),
            ]
        name = middle_cut(Path(str(picked.get("file", ""))).name, _ASIDE)
        self.query_one("#preview", Words).put(titled(name, rows))

    def _draw_bottom(self) -> None:
        self._draw_preview()
        needed = self.session.files.needed
        if self._checklist.has_focus and 0 <= self._checklist.cursor < len(needed):
            about = file_rows(needed[self._checklist.cursor], self._step_title)
            self.query_one("#bottom", Words).put(Prose(about))
            return
        picked = self.picked
        rows: list[Block] = []
        problems = (picked.get("problems") or []) if picked else []
        for problem in problems[:_PROBLEMS]:
            spot = ":".join(
                str(problem[part]) for part in ("row", "column") if problem.get(part) not in (None, "")
            )
            look = {"refused": "$level-act", "row": "$level-watch", "doubt": "$level-watch"}.get(
                str(problem.get("level")), "$quiet"
            )
            rows.append(hang((f"{spot} " if spot else "", "$quiet"), (str(problem.get("what", "")), look),
                             f" {problem.get('todo', '')}"))  # fmt: skip
        if len(problems) > _PROBLEMS:
            rows.append(
                content(plural("{n} more problem", "{n} more problems", len(problems) - _PROBLEMS), "$quiet")
            )
        self.query_one("#bottom", Words).put(Prose(rows))

    def _step_title(self, step: str) -> str:
        return say(self.workday.step(step).title)

    def on_rows_moved(self, _: Rows.Moved) -> None:
        """Show details of the selected row."""
        self._draw_bottom()

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        """Show details of the row selected in the list that has got the focus."""
        self._draw_bottom()
        self.draw_keys()

    @property
    def picked(self) -> dict[str, Any] | None:
        """The file under the cursor; None if there is none or the checklist has the focus."""
        if self._checklist.has_focus:
            return None
        at = self._inbox.cursor
        return self.files[at] if 0 <= at < len(self.files) else None

    def _progress(self, done: int, total: int, words: str) -> None:
        bar = box_bar(done / total if total else 0, 30)
        self.query_one("#bar", Words).put(
            line((bar, "$key"), f" {done}/{total}  ", (words, "$quiet")), layout=False
        )

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does == "other":
            return None if self.session.files.needed else say("Still checking which files today needs.")
        if does in ("commit", "replace", "undo", "again", "teach") and self.busy:
            return say("Wait until this is done: {what}", what=self.busy)
        if does == "commit" and not any(self._state(file) == "new" for file in self.files):
            return say("There is nothing new to import.")
        return self._not_on_this_file(does)

    def _not_on_this_file(self, does: str) -> str | None:
        if does == "replace" and not (self.picked and self._state(self.picked) == "new"):
            return say("Put the cursor on a new file.")
        if does == "teach" and not (self.picked and self.picked.get("path")):
            return say("Put the cursor on a file in inbox/.")
        if does == "undo" and not (self.picked and self.picked.get("batch")):
            return say("Only an imported file can be undone: put the cursor on one.")
        return None

    def do_again(self) -> None:
        """Read the inbox again, and check again which exports are missing."""
        self._work(say("Scanning inbox/ ..."), self._look_in())
        self.run_worker(
            self._look_at_needs(), name="needs", group="needs", exclusive=True, exit_on_error=False
        )

    def do_other(self) -> None:
        """Move the cursor from the checklist to the inbox's files, or back."""
        (self._inbox if self._checklist.has_focus else self._checklist).focus()

    def do_commit(self) -> None:
        """Import all usable files."""
        new = (file for file in self.files if self._state(file) == "new" and file.get("path"))
        self._work(say("Importing ..."), self._take_in([Path(str(file["path"])) for file in new]))

    def do_replace(self) -> None:
        """Import only the selected file, replacing whole days, i.e. also older rows that the file lacks."""
        if self.picked is not None:
            self._work(say("Importing ..."), self._take_in([Path(str(self.picked["path"]))], replace=True))

    def do_teach(self) -> None:
        """Open the screen for defining the layout of the selected file."""
        from tui.screens.teach import Teach

        if self.picked is not None:
            self.app.push_screen(Teach(Path(str(self.picked["path"]))), self._taught)

    def _taught(self, made: dict[str, Any] | None) -> None:
        if made is None:
            return
        self.session.forget()
        self.do_again()
        words = plural(
            "Layout saved: {title} ({id}); {n} row imported.",
            "Layout saved: {title} ({id}); {n} rows imported.",
            int(made["rows"]),
            title=made["title"],
            id=made["id"],
        )
        if made["older"]:
            again = plural(
                "{n} file was read with an earlier version; to read it again: shopday layouts {shop} reread "
                "{id}",
                "{n} files were read with an earlier version; to read them again: shopday layouts {shop} "
                "reread {id}",
                int(made["older"]),
                shop=self.workday.folder.name,
                id=made["id"],
            )
            words = sentences([words, again])
        self.tell(words, "good")

    def do_undo(self) -> None:
        """Undo the selected import; the first press only shows what that would change."""
        picked = self.picked
        if picked is None:
            return
        if self._asked != picked["batch"]:
            self._asked = picked["batch"]
            self.tell(_what_comes_back(picked), "watch")
            return
        self._asked = ""
        self._work(say("Undoing ..."), self._take_back(picked))

    def _work(self, words: str, what: Any) -> None:  # noqa: ANN401 - a coroutine
        self.busy = words
        self.redraw()
        self.run_worker(self._guarded(what), name="import", exit_on_error=False)

    async def _guarded(self, what: Any) -> None:  # noqa: ANN401 - a coroutine
        try:
            await what
        except (ShopdayError, OSError, TimeoutError) as error:
            self.tell(words_of(error), "act")
        finally:
            self.busy = ""
            self.query_one("#bar", Words).put(content(""), layout=False)
            self.redraw()

    async def _look_in(self) -> None:
        self.files = await self.session.preview(self._progress)

    async def _look_at_needs(self) -> None:
        if await self.session.files.look(self._needs_known) and self.is_up:
            self.redraw()

    def _needs_known(self) -> None:
        if self.is_up:
            self.redraw()

    async def _take_in(self, wanted: list[Path], *, replace: bool = False) -> None:
        self.files = await self.session.commit(wanted, self._progress, replace=replace)
        self.session.forget()
        taken = sum(1 for file in self.files if file.get("batch"))
        self.tell(plural("{n} file imported. The analyses use it now.",
                         "{n} files imported. The analyses use them now.",
                         taken), "good")  # fmt: skip

    async def _take_back(self, file: dict[str, Any]) -> None:
        await self.session.undo(str(file["batch"]))
        file["state"] = "undone"
        file["batch"] = ""
        self.session.forget()
        self.tell(say("Undone; the file stays in inbox/."), "good")


def _what_comes_back(file: dict[str, Any]) -> str:
    """Return a sentence on which older files would be used again if the import were undone."""
    older = file.get("gives_back") or []
    if not older:
        return say(
            "Press u again to undo {file}; no other file contains its days.",
            file=middle_cut(str(file["file"])),
        )
    return plural(
        "Press u again to undo {file}; {older} is used again for {n} day.",
        "Press u again to undo {file}; {older} is used again for {n} days.",
        sum(len(one["days"]) for one in older),
        file=middle_cut(str(file["file"])),
        older=listing([middle_cut(str(one["file"])) for one in older[:_PROBLEMS]]),
    )


def middle_cut(name: str, cells: int = 36) -> str:
    """Return a file name cut in the middle, keeping its start and the date at its end."""
    if width(name) <= cells:
        return name
    tail = name[-16:]
    return fit(name, cells - width(tail)) + tail
