"""The help dialog: what the screen is for and which keys work there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from core.language.wording import say
from tui.keymap.keys import Key
from tui.text.sanitize import content, width
from tui.text.text_layout import Block, hang, titled
from tui.widgets.labels import Words


class HelpScreen(ModalScreen[None]):
    """The help dialog of one screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "close", show=False),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "#helptext"

    def __init__(self, title: str, words: str, shown_keys: Sequence[Key]) -> None:
        super().__init__()
        self.help_title = title
        self.help_text = words
        self.shown_keys = shown_keys

    def compose(self) -> ComposeResult:
        """Yield the help text and the list of keys."""
        with Vertical(classes="sheet -tall"), VerticalScroll(id="helptext"):
            yield Words(titled(self.help_title or say("Today"), [hang("", self.help_text)]), classes="part")
            yield Words(titled(say("Keys"), key_lines(self.shown_keys)), classes="part")
            yield Words(content(say("Esc closes the help."), "$quiet"))

    def action_close(self) -> None:
        """Close the help."""
        self.dismiss(None)


def key_lines(shown_keys: Sequence[Key]) -> list[Block]:
    """Return one line for each key: the key to press, its label and what it does."""
    faces = max((width(key.face) for key in shown_keys), default=0)
    labels = max((width(say(key.label)) for key in shown_keys), default=0)
    rows: list[Block] = []
    for key in shown_keys:
        face = key.face + " " * (faces - width(key.face))
        label = say(key.label) + " " * (labels - width(say(key.label)))
        rows.append(hang([(f"{face}  ", "bold $key"), (f"{label}  ", "bold")], (say(key.help), "$quiet")))
    return rows
