"""An app in our own colours, each of whose painted lines is looked at a last time."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.filter import LineFilter
from textual.reactive import Reactive
from textual.theme import Theme

from tui.runtime import themes
from tui.text.sanitize import Edge


class Coloured(App[None]):
    """What our widgets need of an app: the names of our colours, and the last look."""

    theme: Reactive[str] = Reactive(themes.chosen)
    """On from the very beginning: one put on later has everything parsed a second time."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Textual's own
        super().__init__(**settings)
        self._edge = Edge()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Return our own themes; Textual's have not our colour names."""
        return {theme.name: theme for theme in themes.THEMES}

    def get_line_filters(self) -> list[LineFilter]:
        """Look at each painted line a last time."""
        return [*super().get_line_filters(), self._edge]
