"""The day's report: it has built itself; here it is read, corrected, finished, copied, written to files."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from core.durable import write_atomically
from core.wording import N_, say
from tui import keys
from tui.drafting import draft_key
from tui.safe import line
from tui.screens.desk import Desk
from tui.widgets.words import Words
from tui.widgets.writing import Page

CLIPBOARD_LIMIT = 74_000
"""Bytes of OSC 52 that common terminals take (xterm and tmux stop near 100 kB with the base64 around it)."""


class ReportScreen(Desk):
    """The report as text to read and correct."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.REPORT, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.REPORT, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "The report of the day as it has built itself. Correct it, finish it, hand it on."
    )
    AUTO_FOCUS: ClassVar[str | None] = "Page"

    def __init__(self) -> None:
        super().__init__()
        self.draft = ""
        self._shown = ""

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Report")

    def body(self) -> Iterable[Widget]:
        """Return where the report stands, and its text."""
        yield Words(id="top")
        yield Page(id="report", read_only=True)

    def on_mount(self) -> None:
        """Show what was corrected last, else what builds itself."""
        self.draft = draft_key("report", "", self.workday.day)
        kept = self.session.keeper.load(self.draft)
        self._put(kept or self._written() or self._built())
        if kept:
            self.tell(say("Your corrections that are not saved yet are here again."))

    def renew(self) -> None:
        """Say where the report stands."""
        entry = next((e for e in reversed(self.workday.entries()) if e.kind == "report"), None)
        if entry is None:
            words = say("Built from today's entries; nobody has corrected it yet.")
        elif entry.data.get("state") == "finished":
            words = say("Finished by {who} at {time}.", who=entry.who, time=f"{entry.at:%H:%M}")
        else:
            words = say(
                "Corrected by {who} at {time}, not finished.", who=entry.who, time=f"{entry.at:%H:%M}"
            )
        mode = say("correcting: Esc ends it") if self._editing else ""
        self.query_one("#top", Words).put(line((words, "$quiet"), (f"  {mode}", "bold $now")))

    @property
    def page(self) -> Page:
        """Where the text stands."""
        return self.query_one(Page)

    @property
    def _editing(self) -> bool:
        return not self.page.read_only

    def _built(self) -> str:
        return self.workday.render(self.workday.report(), "md")

    def _written(self) -> str:
        entry = next((e for e in reversed(self.workday.entries()) if e.kind == "report"), None)
        return str(entry.data.get("text", "")) if entry else ""

    def _put(self, text: str) -> None:
        self._shown = text
        self.page.fill(text)
        self.page.move_cursor((0, 0))

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._editing:
            text = self.page.text
            self.session.keeper.typed(self.draft, "" if text == self._shown else text)

    def why_not(self, does: str) -> str | None:
        """Return why the key cannot work now."""
        if does == "save" and self.page.text == self._shown and not self.session.keeper.load(self.draft):
            return say("Nothing was changed; e corrects the text.")
        return None

    def do_edit(self) -> None:
        """Make the text writable."""
        self.page.read_only = False
        self.page.focus()
        self.renew()
        self.tell(say("Correct the text; Ctrl+S saves, Esc ends correcting."))

    def do_back(self) -> None:
        """End correcting, then leave."""
        if self._editing:
            self.page.read_only = True
            self.session.keeper.flush()
            self.renew()
        else:
            self.dismiss(None)

    def do_save(self) -> None:
        """Save as a draft of the report."""
        self._write("draft")
        self.tell(say("Saved; d finishes the report."), "good")

    def do_finish(self) -> None:
        """Make it final and write reports/DATE.md."""
        self._write("finished")
        self.tell(say("Finished: reports/{day}.md", day=self.workday.day.isoformat()), "good")

    def _write(self, state: str) -> None:
        text = self.page.text
        self.workday.write_report(text, "finished" if state == "finished" else "draft")
        self.session.keeper.drop(self.draft)
        self._shown = text
        self.page.read_only = True
        self.renew()

    def do_build(self) -> None:
        """Build it again from the entries; asks before corrections go."""
        built = self._built()
        words = say("Your corrections go: b again builds the report anew.")
        if self.page.text != built and not self.sure("build", "", words):
            return
        self._put(built)
        self.session.keeper.drop(self.draft)
        self.tell(say("Built again from today's entries; what was saved before stays in the journal."))

    def do_copy(self) -> None:
        """Copy by OSC 52; say how it can fail, because the terminal never answers."""
        text = self.page.text
        size = len(base64.b64encode(text.encode()))
        if size > CLIPBOARD_LIMIT:
            self.tell(say("Too long for the terminal's clipboard ({size} kB): x writes it to a file.",
                          size=size // 1000),
                      "watch")  # fmt: skip
            return
        self.app.copy_to_clipboard(text)
        self.tell(say("Copied. If pasting gives nothing: x writes a file (tmux: set-clipboard on)."))

    def do_export(self) -> None:
        """Write the report as a page and as text."""
        folder = self.workday.folder / "reports"
        name = self.workday.day.isoformat()
        page = self.workday.render(self.workday.report(), "html")
        write_atomically(folder / f"{name}.html", page.encode())
        text = self.workday.render(replace(self.workday.report(), written=self.page.text), "txt")
        write_atomically(folder / f"{name}.txt", text.encode("utf-8", "replace"))
        self.tell(say("Written: {files}", files=f"reports/{name}.html, reports/{name}.txt"), "good")
