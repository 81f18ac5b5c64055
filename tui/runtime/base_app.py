"""The base class of the app: own themes, sanitized output, and only changed cells sent to the terminal."""

from __future__ import annotations

from typing import Any, ClassVar

from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme

from tui.runtime import themes
from tui.runtime.frame_diff import FrameDiff
from tui.text import characters
from tui.text.characters import CharactersFilter
from tui.text.sanitize import SanitizingFilter


def _theme_of(app: Any) -> str:  # noqa: ANN401 - typed by Textual
    return app.first_theme or themes.chosen()


class BaseApp(App[None]):
    """The base class of the app: it has its own colour names, and sanitizes and minimizes the output."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "repaint", "paint again", show=False, priority=True)
    ]
    theme: Reactive[str] = Reactive(Initialize(_theme_of))
    """The theme's name, set before the style sheet is parsed; setting it later would parse it again."""

    def __init__(self, *, theme: str = "", **settings: Any) -> None:  # noqa: ANN401 - Textual's own settings
        """Initialize the app; ``theme`` is a theme's name, or empty to choose one that suits the terminal."""
        self.first_theme = theme
        super().__init__(**settings)
        table = characters.chosen()
        self._edges: list[LineFilter] = [*([CharactersFilter(table)] if table else []), SanitizingFilter()]
        self._frames = FrameDiff()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Return only the program's own themes, because Textual's lack the program's colour names."""
        return {theme.name: theme for theme in themes.THEMES}

    def get_line_filters(self) -> list[LineFilter]:
        """Return Textual's line filters and the program's own.

        They sanitize each rendered line and, if the user chose other characters, replace those of pictures.
        """
        return [*super().get_line_filters(), *self._edges]

    def _display(self, screen: Screen[Any], renderable: Any) -> None:  # noqa: ANN401 - a frame, or anything Rich can render
        if isinstance(renderable, CompositorUpdate):
            renderable = self._frames.sparing(renderable)
        super()._display(screen, renderable)

    def on_resize(self) -> None:
        """Forget what the terminal shows, because a resized terminal may have rearranged its lines."""
        self._frames.forget()

    def action_repaint(self) -> None:
        """Repaint the whole screen, without assuming anything about what the terminal shows."""
        self._frames.forget()
        self.screen.refresh()
