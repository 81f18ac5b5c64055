"""App base class: our themes, every rendered line sanitized, and only changed cells sent to the terminal."""

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
from tui.text.sanitize import SanitizingFilter


def _theme_of(app: Any) -> str:  # noqa: ANN401 - typed by Textual
    return app.first_theme or themes.chosen()


class BaseApp(App[None]):
    """What our widgets need of an app: our colour names, and output that is safe and sparing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "repaint", "paint again", show=False, priority=True)
    ]
    theme: Reactive[str] = Reactive(Initialize(_theme_of))
    """Known before the style sheet is parsed: to set it later would parse everything a second time."""

    def __init__(self, *, theme: str = "", **settings: Any) -> None:  # noqa: ANN401 - Textual's own
        """``theme`` is a theme's name; empty: the one that suits this terminal."""
        self.first_theme = theme
        super().__init__(**settings)
        self._edge = SanitizingFilter()
        self._frames = FrameDiff()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Return our own themes; Textual's lack our colour names."""
        return {theme.name: theme for theme in themes.THEMES}

    def get_line_filters(self) -> list[LineFilter]:
        """Sanitize each rendered line."""
        return [*super().get_line_filters(), self._edge]

    def _display(self, screen: Screen[Any], renderable: Any) -> None:  # noqa: ANN401 - frames and Rich's
        if isinstance(renderable, CompositorUpdate):
            renderable = self._frames.sparing(renderable)
        super()._display(screen, renderable)

    def on_resize(self) -> None:
        """Send everything again: a terminal may have moved its lines about."""
        self._frames.forget()

    def action_repaint(self) -> None:
        """Paint everything, whatever the terminal shows."""
        self._frames.forget()
        self.screen.refresh()
