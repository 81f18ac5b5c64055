"""The report screen: read, correct, finish, copy or export the automatically built report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import TextArea

from core.answers.answer import Answer
from core.errors import CannotWrite
from core.language.wording import N_, plural, say
from core.storage.atomic_files import reason_of, write_atomically
from routines.io.day_report import day_report, entries_since, outdated, render
from tui.keymap import keys
from tui.runtime import clipboard
from tui.runtime.draft_autosave import draft_key
from tui.screens.base_screen import BaseScreen
from tui.text.text_layout import Prose, hang
from tui.widgets.labels import Words
from tui.widgets.text_input import Page

if TYPE_CHECKING:
    from core.reports.day_report import Report
    from routines.workday.step_record import ReportState


class ReportScreen(BaseScreen):
    """The day's report, shown as a page to read or as Markdown to correct."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.REPORT, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.REPORT, keys.LEAVE)
    HELP: ClassVar[str] = N_("The day's report, written from the journal. Correct it, finish it, send it.")
    AUTO_FOCUS: ClassVar[str | None] = "#reading"

    def __init__(self) -> None:
        super().__init__()
        self.draft = ""
        self._shown = ""
        self._present: dict[str, Answer] = {}
        """The day's summary by step id, computed again so that a report on an unfinished day is current."""
        self._asked: dict[str, Answer] = {}
        """For a past day, by step: the answers computed now, because nobody was shown them on that day."""

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Report")

    def body(self) -> Iterable[Widget]:
        """Yield the state of the report and its text."""
        yield Words(id="top")
        with VerticalScroll(id="reading"):
            yield Words(id="written")
        yield Page(id="report", read_only=True)

    def on_mount(self) -> None:
        """Show the latest correction if there is one, otherwise the report as built."""
        self.draft = draft_key("report", "", self.workday.day)
        self.attempt(self._begin)

    def _begin(self) -> None:
        kept = self.session.autosave.load(self.draft)
        self._put(kept or self._written() or self._built())
        if kept:
            self.tell(say("Your unsaved corrections are shown again."))
        elif not self._written():
            self.run_worker(self._look_back(), name="look back", exit_on_error=False)
            self.run_worker(self._look_now(), name="look now", exit_on_error=False)

    async def _look_now(self) -> None:
        """If the day is still under way, have its summary computed again, and build the report from it."""
        if not outdated(self.workday):
            return
        self._present["summary"] = await self.session.ask("summary")
        if self.is_up and not self._editing and self.page.text == self._shown and not self._written():
            self._put(self._built())

    async def _look_back(self) -> None:
        """For a past day, have the missing answers computed, and build the report again."""
        from routines.past.review import unasked

        missing = unasked(self.workday)
        for step in missing:
            self._asked[step] = await self.session.ask(step)
        if missing and self.is_up and not self._editing and self.page.text == self._shown:
            self._put(self._built())

    def redraw(self) -> None:
        """Show the state of the report."""
        entry = next((e for e in reversed(self.workday.entries()) if e.kind == "report"), None)
        if entry is None and self.session.past:
            words = say(
                "Written from that day's journal and the current figures; press d to finish it (late)."
            )
        elif entry is None:
            words = say("Written from today's journal; nobody has corrected it yet.")
        elif entry.data.get("state") == "finished":
            words = say("Finished by {who} at {time}.", who=entry.who, time=f"{entry.at:%H:%M}")
            if since := entries_since(self.workday):
                words += " " + plural(
                    "{n} entry was written since then: press b to write the report again.",
                    "{n} entries were written since then: press b to write the report again.",
                    since,
                )
        else:
            words = say(
                "Corrected by {who} at {time}, not finished.", who=entry.who, time=f"{entry.at:%H:%M}"
            )
        mode = say("correcting: Esc ends it") if self._editing else ""
        rows = [hang("", (words, "$quiet"), (f"  {mode}", "bold $now"))]
        if entry is not None:
            from routines.past.review import corrected_in

            rows += [hang("", (one, "$level-watch")) for one in corrected_in(self.workday)]
        self.query_one("#top", Words).put(Prose(rows))

    @property
    def page(self) -> Page:
        """The text field that holds the report as Markdown."""
        return self.query_one(Page)

    @property
    def _editing(self) -> bool:
        return not self.page.read_only

    def _built(self) -> str:
        return render(replace(self._report(), written=""), "md")

    def _report(self) -> Report:
        return day_report(self.workday, asked=self._asked, present=self._present)

    def _written(self) -> str:
        entry = next((e for e in reversed(self.workday.entries()) if e.kind == "report"), None)
        return str(entry.data.get("text", "")) if entry else ""

    def _put(self, text: str) -> None:
        self._shown = text
        self.page.fill(text)
        self.page.move_cursor((0, 0))
        self._lay_out()

    def _lay_out(self) -> None:
        """Show the page or, while it is corrected, its Markdown."""
        from tui.widgets.report_page import page_of

        reading = self.query_one("#reading", VerticalScroll)
        reading.display, self.page.display = not self._editing, self._editing
        if self._editing:
            self.page.focus()
        else:
            self.query_one("#written", Words).put(page_of(self.page.text))
            reading.focus()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._editing:
            text = self.page.text
            self.session.autosave.typed(self.draft, "" if text == self._shown else text)
            self.draw_keys()

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does == "save" and self.page.text == self._shown and not self.session.autosave.load(self.draft):
            return say("Nothing was changed; press e to correct the text.")
        return None

    def do_edit(self) -> None:
        """Make the text editable."""
        self.page.read_only = False
        self._lay_out()
        self.redraw()
        self.tell(say("Correct the text; Ctrl+S saves, Esc ends correcting."))

    def do_back(self) -> None:
        """Stop correcting the text if it is being corrected; otherwise close the screen."""
        if self._editing:
            self.page.read_only = True
            self.session.autosave.flush()
            self._lay_out()
            self.redraw()
        else:
            self.dismiss(None)

    def do_save(self) -> None:
        """Save the text in the journal as a report that is not finished."""
        self._write("draft")
        self.tell(say("Saved; press d to finish the report."), "good")

    def do_finish(self) -> None:
        """Finish the report and write it to reports/DATE.md; ask for confirmation while steps are open."""
        open_steps = self._open_steps()
        words = plural(
            "{n} step is still open: press d again to finish the report anyway.",
            "{n} steps are still open: press d again to finish the report anyway.",
            open_steps,
        )
        if open_steps and not self.session.past and not self.confirmed("finish", str(open_steps), words):
            return
        self._write("finished")
        self.tell(say("Finished: reports/{day}.md", day=self.workday.day.isoformat()), "good")

    def _open_steps(self) -> int:
        lines = self.workday.agenda().lines
        over = ("done", "skipped", "dropped")
        return sum(line.state not in over and line.step.screen != "report" for line in lines)

    def _write(self, state: str) -> None:
        text = self.page.text
        finished: ReportState = "finished" if state == "finished" else "draft"
        self.workday.write_report(text, finished, self._asked, built=len(self._built()))
        self.session.autosave.drop(self.draft)
        self._shown = text
        self.page.read_only = True
        self._lay_out()
        self.redraw()

    def do_build(self) -> None:
        """Build the report again from the journal; ask for confirmation if corrections would be lost."""
        built = self._built()
        words = say("Your corrections will be lost: press b again to write the report anew.")
        kept = self.page.text == self._written() and entries_since(self.workday)  # it is in the journal
        if self.page.text != built and not kept and not self.confirmed("build", "", words):
            return
        self._put(built)
        self.session.autosave.drop(self.draft)
        self.tell(say("Written again from today's journal; the earlier version stays in the journal."))

    def do_copy(self) -> None:
        """Copy the text to the terminal's clipboard; terminals do not confirm this, so say how to check."""
        text = self.page.text
        if not clipboard.fits(text):
            size = clipboard.size_of(text) // 1000
            words = say(
                "Too long for the terminal's clipboard ({size} kB): press x to save it as a file.", size=size
            )
            self.tell(words, "watch")
            return
        self.app.copy_to_clipboard(text)
        sent = (
            say(
                "Sent {n} characters to tmux: paste to check. Nothing there? Turn on set-clipboard "
                "in tmux, or press x to save a file.", n=len(text))
            if clipboard.through_tmux()
            else say("Sent {n} characters: paste to check. Nothing there? x saves a file instead.",
                     n=len(text))
        )  # fmt: skip
        self.tell(sent)

    def do_export(self) -> None:
        """Save the report as HTML, as plain text and, if the drawing package is installed, as a picture."""
        from core.reports import png

        folder = self.workday.folder / "reports"
        name = self.workday.day.isoformat()
        report = replace(self._report(), written=self.page.text)
        files = {
            f"{name}.html": render(self._report(), "html").encode(),
            f"{name}.txt": render(report, "txt").encode("utf-8", "replace"),
        }
        if png.can_draw():
            files[f"{name}.png"] = png.render(report)
        written: list[str] = []
        for file, content in files.items():
            try:
                write_atomically(folder / file, content)
            except CannotWrite as error:
                if not written:
                    raise
                raise CannotWrite(
                    say(
                        "{written} was saved, but {file} could not be saved ({reason}). Press x again.",
                        written=", ".join(written),
                        file=f"reports/{file}",
                        reason=reason_of(error),
                    )
                ) from error
            written.append(f"reports/{file}")
        self.tell(say("Saved: {files}", files=", ".join(written)), "good")

    def do_tables(self) -> None:
        """Open the tables screen."""
        from tui.screens.tables import Tables

        self.app.push_screen(Tables())

    def do_post(self) -> None:
        """Open the preview of the message that would be posted to the team."""
        from routines.io.posting import preview
        from tui.screens.posting import Posting

        self.app.push_screen(Posting(self.workday, preview(self.workday)), self._posted)

    def _posted(self, words: str | None) -> None:
        if words:
            self.tell(words, "good")
