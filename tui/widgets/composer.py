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
    """What the user is writing in the text field, and what it will be saved as."""

    kind: str
    """"note", "edit" (of a note), "reply" (to a step's question) or "answer" (to a person's question)."""
    title: str
    draft: str
    """The key under which the draft is kept."""
    about: str = ""
    """The question replied to, or the id of the journal entry that is edited or answered."""
    text: str = ""
    """The initial text, if no draft is kept."""


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
        """Whether the text field is open for writing."""
        return self.writing is not None

    @property
    def text(self) -> str:
        """The text so far, without surrounding white space."""
        return self.query_one(Page).text.strip()

    def open(self, task: WritingTask) -> bool:
        """Open the text field for writing; return whether an earlier draft was restored in it."""
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
        """Hide the text field and keep its text as a draft; return the text's length in characters."""
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
