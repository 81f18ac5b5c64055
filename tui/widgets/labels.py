"""Widgets for text: labels, the head line and the key bar; they accept only sanitized text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual import events
from textual.widget import Widget
from textual.widgets import Static

from core.language.wording import N_, say
from tui.keymap.keys import Key
from tui.text.sanitize import Shown, content, line, width
from tui.text.text_layout import Prose

if TYPE_CHECKING:
    from core.answers.answer import LevelName

LEVEL_WORDS: dict[LevelName, str] = {
    "act": N_("act"),
    "watch": N_("watch"),
    "good": N_("good"),
    "info": N_("info"),
    "nodata": N_("no data"),
}


class Words(Static):
    """A text label without markup."""

    def __init__(self, shown: Shown | Prose | None = None, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(shown if shown is not None else content(""), markup=False, **settings)

    def put(self, shown: Shown | Prose, *, layout: bool = True) -> None:
        """Show the text; do nothing if it is unchanged. ``layout=False``: its size is unchanged."""
        now = self.content
        same = shown.same(now) if isinstance(shown, Prose) else isinstance(now, Shown) and shown.is_same(now)
        if not same:
            self.update(shown, layout=layout)


class Head(Widget):
    """A line with one text at its left and one at its right end, such as the head line of a screen."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(**settings)
        self.left = content("")
        self.right = content("")

    def put(self, left: Shown, right: Shown) -> None:
        """Show these texts at the left and right end."""
        if not (left.is_same(self.left) and right.is_same(self.right)):
            self.left, self.right = left, right
            self.refresh()

    def render(self) -> Shown:
        """Return the line; the left text is truncated if there is not enough room."""
        room = self.size.width - self.right.cell_length
        left = self.left if self.left.cell_length < room else self.left.truncate(max(0, room - 1))
        return line("").append(left).append(" " * max(1, room - left.cell_length)).append(self.right)


class KeyBar(Widget):
    """A line with the screen's keys that work now; they can also be clicked."""

    def __init__(self, keys: Sequence[Key], why_not: Callable[[str], str | None], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(**settings)
        self.keys = [key for key in keys if key.bar]
        self.why_not = why_not
        self._spots: list[tuple[int, int, str]] = []
        self._shown: list[Key] = []

    def use(self, keys: Sequence[Key]) -> None:
        """Show these keys from now on."""
        self.keys = [key for key in keys if key.bar]
        self.redraw()

    def redraw(self) -> None:
        """Repaint if the set of available keys has changed."""
        if self._working() != self._shown:
            self.refresh()

    def _working(self) -> list[Key]:
        return [key for key in self.keys if key.does != "help" and not self.why_not(key.does)]

    def render(self) -> Shown:
        """Return the keys that fit; the help key is always among them."""
        helps = [key for key in self.keys if key.does == "help"]
        shown = self._shown = self._working()
        end = sum(self._cells(key) for key in helps)
        parts: list[tuple[str, str]] = []
        at, self._spots = 1, []
        for key in [*shown, *helps]:
            size = self._cells(key)
            if at + size + (0 if key in helps else end) > self.size.width:
                continue
            parts += [(key.face, "bold $key"), (f" {say(key.label)}  ", "")]
            self._spots.append((at, at + size, key.does))
            at += size
        return line(" ", *parts)

    def on_click(self, event: events.Click) -> None:
        """Run the action of the key that was clicked."""
        for start, end, does in self._spots:
            if start <= event.x < end:
                self.screen.call_later(self.screen.run_action, f"do('{does}')")

    @staticmethod
    def _cells(key: Key) -> int:
        return width(key.face) + width(say(key.label)) + 3


def badge(level: LevelName) -> tuple[str, str]:
    """Return the level's word, padded to a common width, and its style."""
    widest = max(width(say(word)) for word in LEVEL_WORDS.values())
    word = say(LEVEL_WORDS[level])
    return (word + " " * (widest - width(word)), f"bold $level-{level}")
