"""A list of lines with a cursor, of which only the visible ones are painted.

The agenda and all tables and lists are subclasses of :class:`Rows`. A subclass provides the number of rows
and the text of each. Header lines at the top stay in place when the rest scrolls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final, Self

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.keymap import keys
from tui.runtime import themes
from tui.text.sanitize import segment

_KEPT: Final = 500
"""Maximum number of painted lines in the cache."""
Parts = Sequence[tuple[str, str]]
"""The text of a line, as pairs of a text and a style name such as "", "head", "quiet" or "act"."""


class Rows(ScrollView, can_focus=True):
    """A scrollable list of lines with a cursor; the base class of the agenda, tables and lists."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(press, f"move('{key.does}')", key.does, show=False)
        for key in keys.ROWS
        for press in key.press.split(",")
    ]
    heads = 0
    """Number of header lines, which do not scroll."""
    feet = 0
    """Number of lines below the rows, 0 or 1, which stay in sight when the rows scroll."""
    cursor: reactive[int] = reactive(0, init=False, repaint=False)

    class Chosen(Message):
        """Posted when the row under the cursor was clicked."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

    class Moved(Message):
        """Posted when the cursor moved to another row."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        self._painted: dict[tuple[object, ...], Strip] = {}
        self._base: Style | None = None
        super().__init__(**settings)

    # -- to be overridden ------------------------------------------------------------------------

    def count(self) -> int:
        """Return the number of rows."""
        raise NotImplementedError

    def parts(self, row: int) -> Parts:
        """Return the text of a row."""
        raise NotImplementedError

    def head(self, line: int) -> Parts:  # noqa: ARG002 - the number of the header line
        """Return the text of a header line."""
        return ()

    def foot_parts(self) -> Parts:
        """Return the text of the line below the rows."""
        return ()

    def stops(self, row: int) -> bool:  # noqa: ARG002 - the row's number
        """Return whether the cursor may be on the row."""
        return True

    def full_width(self) -> int:
        """Return the width of the widest row in cells; 0 if the rows need not scroll sideways."""
        return 0

    # -- painting --------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Measure and repaint after the rows changed; the cursor stays on its row if possible."""
        self.virtual_size = Size(self.full_width(), self.count() + self.heads + self.feet)
        self.set_reactive(Rows.cursor, self._stop(min(self.cursor, self.count() - 1), -1))
        self.refresh(layout=self.styles.height is not None and self.styles.height.is_auto)

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Repaint; the cache of painted lines is cleared unless only ``regions`` are repainted."""
        if not regions:
            self._painted.clear()
        return super().refresh(*regions, **how)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render the lines of the region, looking up their common base style only once."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Render the line at height ``y`` of the widget, from the cache if it was painted before."""
        across, down = self.scroll_offset
        width = self.scrollable_content_region.width
        base = self._base or self.rich_style
        row = y - self.heads + down if y >= self.heads else y - self.heads
        high = self.scrollable_content_region.height
        if self.feet and y == min(high, self.heads + self.count() + self.feet) - 1:
            return self._strip(self.foot_parts(), base, across, width)
        if row >= self.count():
            return Strip.blank(width, base)
        marked = row == self.cursor and self.stops(row)
        key = (row, marked, self.has_focus, across, width, base)
        if key not in self._painted:
            if len(self._painted) > _KEPT:
                self._painted.clear()
            self._painted[key] = self._line(row, base, across, width, marked=marked)
        return self._painted[key]

    def _line(self, row: int, base: Style, across: int, width: int, *, marked: bool) -> Strip:
        if row < 0:
            return self._strip(self.head(row + self.heads), base, across, width)
        if marked:
            look = themes.painted(self.app, "cursor") if self.has_focus else Style()
            return self._strip(self.parts(row), base + look, across, width, flat=self.has_focus)
        return self._strip(self.parts(row), base, across, width)

    def _strip(self, parts: Parts, base: Style, across: int, width: int, *, flat: bool = False) -> Strip:
        styled = [
            segment(words, base if flat or not look else base + themes.painted(self.app, look))
            for words, look in parts
            if words
        ]
        return Strip(styled).crop_extend(across, across + width, base).simplify()

    # -- cursor ----------------------------------------------------------------------------------

    def action_move(self, where: str) -> None:
        """Move the cursor vertically, or scroll horizontally."""
        page = max(1, self.scrollable_content_region.height - self.heads - self.feet - 1)
        last = self.count() - 1
        to = {
            "up": self.cursor - 1,
            "down": self.cursor + 1,
            "page_up": self.cursor - page,
            "page_down": self.cursor + page,
            "first": 0,
            "last": last,
        }
        if where in ("left", "right"):
            self.scroll_to(x=self.scroll_x + (8 if where == "right" else -8), animate=False)
        elif last >= 0:
            wanted = max(0, min(last, to[where]))
            self.cursor = self._stop(wanted, -1 if to[where] < self.cursor else 1)

    def _stop(self, row: int, step: int) -> int:
        """Return the nearest row that may have the cursor: in direction ``step``, else in the opposite."""
        if self.count() == 0:
            return 0
        row = max(0, row)
        for way in (step, -step):
            at = row
            while 0 <= at < self.count():
                if self.stops(at):
                    return at
                at += way
        return row

    def go(self, row: int) -> None:
        """Move the cursor to the row, or to the nearest one where it may be."""
        self.cursor = self._stop(min(row, self.count() - 1), 1)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the old and the new row, and scroll the cursor into view."""
        self.post_message(self.Moved(self))
        self._keep_in_view()
        for row in (old, new):
            self.repaint_row(row)

    def on_resize(self) -> None:
        """Scroll the cursor into view, in case it was set before the widget had a size."""
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        """Scroll as little as needed to show the cursor's row and any headings directly above it."""
        top = round(self.scroll_y)
        high = self.scrollable_content_region.height - self.heads - self.feet
        above = self.cursor
        while above > 0 and not self.stops(above - 1):
            above -= 1
        if above < top:
            self.scroll_to(y=above, animate=False)
        elif high > 0 and self.cursor >= top + high:
            self.scroll_to(y=self.cursor - high + 1, animate=False)

    def repaint_row(self, row: int) -> None:
        """Repaint one row."""
        for key in [key for key in self._painted if key[0] == row]:
            del self._painted[key]
        y = row - round(self.scroll_y) + self.heads
        self.refresh(Region(0, y, self.size.width, 1))

    def on_focus(self) -> None:
        """Highlight the cursor's row, because the list now has the focus."""
        self.repaint_row(self.cursor)

    def on_blur(self) -> None:
        """Stop highlighting the cursor's row, because the list has lost the focus."""
        self.repaint_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row that was clicked; a click on the cursor's row chooses it."""
        row = event.y - self.heads + round(self.scroll_y)
        if event.y < self.heads or not 0 <= row < self.count() or not self.stops(row):
            return
        if row == self.cursor:
            self.post_message(self.Chosen(self))
        self.cursor = row
