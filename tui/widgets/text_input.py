"""Text inputs without a blinking cursor, in which pasted text is sanitized and never truncated."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea

from tui.text.sanitize import safe


class OneLine(Input):
    """A single-line input; several pasted lines are joined into one."""

    class Joined(Message):
        """Posted when several pasted lines were joined into one; ``lines`` is their number."""

        def __init__(self, lines: int) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, text: str = "", *, hint: str = "", **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(safe(text), placeholder=safe(hint), **settings)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        self.insert_text_at_cursor(safe(" ".join(lines)))
        if len(lines) > 1:
            self.post_message(self.Joined(len(lines)))


class Page(TextArea):
    """A multi-line text input."""

    def __init__(self, text: str = "", **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(safe(text, lines=True), soft_wrap=True, tab_behavior="focus", **settings)
        self.cursor_blink = False

    def fill(self, text: str) -> None:
        """Set the text, and move the cursor to its end."""
        self.load_text(safe(text, lines=True))
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if self.read_only:
            return
        if done := self._replace_via_keyboard(safe(event.text, lines=True), *self.selection):
            self.move_cursor(done.end_location)
