"""The picture of a step's answer on the whole screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from core.answers.picture_sentences import Picture
from core.language.wording import N_
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.widgets.labels import Words
from tui.widgets.lead_picture import enlarged

_AROUND = 3
"""The rows of the head line, the message line and the key bar."""


class EnlargedPicture(BaseScreen):
    """One picture, as large as the screen."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.ENLARGED, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.ENLARGED, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "The picture that stands below the verdict, as large as the screen; days go back up to sixty days."
    )

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.picture = picture

    def title_words(self) -> str:
        """Return the picture's name."""
        return self.picture.name

    def body(self) -> Iterable[Widget]:
        """Yield the picture."""
        with VerticalScroll(id="enlarged", can_focus=False):
            yield Words(id="picture")

    def redraw(self) -> None:
        """Draw the picture as large as there is room for."""
        self.query_one("#picture", Words).put(enlarged(self.picture, self.app.size.height - _AROUND))

    def on_resize(self) -> None:
        """Draw the picture as large as there is room for now."""
        self.attempt(self.redraw)
