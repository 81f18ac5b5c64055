"""The text field at the bottom of a screen for notes and replies; every change is kept as a draft."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import TextArea

from tui.runtime.draft_autosave import DraftAutosave
from tui.text.sanitize import content
from tui.widgets.labels import Words
from tui.widgets.text_input import Page


@dataclass(frozen=True, slots=True)
class WritingTask:
    """What is being written."""

    kind: str
    """"note", "edit", "reply" (to a question of the step) or "answer" (to a question identified by name)."""
    title: str
    draft: str
    """The key of the draft."""
    about: str = ""
    """The question of a reply, or the id of the entry that is edited or answered."""
    text: str = ""
    """Initial text if there is no draft."""


class Composer(Vertical):
    """A title above a text field; hidden until something is to be written."""

    def __init__(self, autosave: DraftAutosave) -> None:
        super().__init__(id="composer")
        self.display = False
        self.autosave = autosave
        self.writing: WritingTask | None = None

    def compose(self) -> ComposeResult:
        """Compose the title and the text field."""
        yield Words(id="asked")
        yield Page(id="page-text")

    @property
    def is_open(self) -> bool:
        """Whether something is being written."""
        return self.writing is not None

    @property
    def text(self) -> str:
        """The text so far, without surrounding white space."""
        return self.query_one(Page).text.strip()

    def open(self, task: WritingTask) -> bool:
        """Start writing; return whether an earlier draft was restored."""
        self.close()
        draft = self.autosave.load(task.draft)
        page = self.query_one(Page)
        page.fill(draft or task.text)
        self.query_one("#asked", Words).put(content(task.title, "bold $heading"))
        self.writing = task
        self.display = True
        self.screen.set_focus(page)  # at once, because the next key may already be in the queue
        return bool(draft)

    def close(self) -> int:
        """Stop writing and keep the text as a draft; return its length in characters."""
        if self.writing is None:
            return 0
        text = self.query_one(Page).text
        self.autosave.typed(self.writing.draft, "" if text.strip() == self.writing.text.strip() else text)
        self.autosave.flush()
        self.writing = None
        self.display = False
        self.query_one(Page).fill("")
        return len(text.strip())

    def saved(self) -> None:
        """Delete the draft and hide the field, after the text was saved to the journal."""
        if self.writing is not None:
            self.autosave.drop(self.writing.draft)
            self.writing = None
        self.display = False
        self.query_one(Page).fill("")

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self.writing is not None:
            self.autosave.typed(self.writing.draft, self.query_one(Page).text)
