"""The field at the foot of a screen where notes and replies are written; every change is kept as a draft."""

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
    """note, edit, reply (to a question of the step) or answer (to a question by name)."""
    title: str
    draft: str
    """The key its draft goes by."""
    about: str = ""
    """The question of a reply, the entry id of an edited note or of what is answered."""
    text: str = ""
    """What to begin with when there is no draft."""


class Composer(Vertical):
    """A title over a text field; hidden until something is to be written."""

    def __init__(self, autosave: DraftAutosave) -> None:
        super().__init__(id="composer")
        self.display = False
        self.autosave = autosave
        self.writing: WritingTask | None = None

    def compose(self) -> ComposeResult:
        """Put the title over the field."""
        yield Words(id="asked")
        yield Page(id="page-text")

    @property
    def is_open(self) -> bool:
        """Whether something is being written."""
        return self.writing is not None

    @property
    def text(self) -> str:
        """What is written so far, without blanks around it."""
        return self.query_one(Page).text.strip()

    def open(self, task: WritingTask) -> bool:
        """Begin writing; True when an earlier draft was taken up."""
        self.close()
        draft = self.autosave.load(task.draft)
        page = self.query_one(Page)
        page.fill(draft or task.text)
        self.query_one("#asked", Words).put(content(task.title, "bold $heading"))
        self.writing = task
        self.display = True
        self.screen.set_focus(page)  # at once: the next key may already be waiting
        return bool(draft)

    def close(self) -> int:
        """Stop writing; what was typed stays as a draft. Returns how many characters that is."""
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
        """The text is in the journal; its draft goes."""
        if self.writing is not None:
            self.autosave.drop(self.writing.draft)
            self.writing = None
        self.display = False
        self.query_one(Page).fill("")

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self.writing is not None:
            self.autosave.typed(self.writing.draft, self.query_one(Page).text)
