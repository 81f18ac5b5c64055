"""Short lists with a cursor: numbered choices, and entries with tick boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tui.text.sanitize import Shown, fit, width
from tui.text.text_layout import Block, Prose, hang
from tui.widgets.rows import Parts, Rows

_NUMBERED = 9


@dataclass(frozen=True, slots=True)
class Point:
    """An entry of a list with tick boxes, such as a point of a meeting, shown under its group's heading."""

    key: str
    group: str
    text: str
    ticked: bool = False
    look: str = ""
    side: str = ""
    """Text at the right end of the row, such as a time."""
    side_look: str = "quiet"


class Choices(Rows):
    """A list of choices; the first nine can be chosen with number keys."""

    def __init__(self, options: Sequence[Shown], *, numbered: bool = True, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(**settings)
        self.options = list(options)
        self.numbered = numbered

    def load(self, options: Sequence[Shown]) -> None:
        """Show these choices."""
        self.options = list(options)
        self.redraw()

    def on_mount(self) -> None:
        """Compute the list's initial size."""
        self.redraw()

    def count(self) -> int:
        """Return the number of choices."""
        return len(self.options)

    def parts(self, row: int) -> Parts:
        """Return the text of a choice, with its number."""
        mark = ">" if row == self.cursor and self.has_focus else " "
        number = f"{row + 1} " if self.numbered and row < _NUMBERED else "  "
        room = self.scrollable_content_region.width - len(number) - 2
        return [(f"{mark}{number}", "head"), (fit(self.options[row].plain, max(0, room)), "")]


class Points(Rows):
    """A list of entries with tick boxes in groups, each group under a heading."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(**settings)
        self.points: list[Point] = []
        self.side_title = ""
        """The heading of the texts at the right end, shown in the first row."""
        self._rows: list[str | Point] = []

    def load(self, points: Sequence[Point]) -> None:
        """Show these entries under their groups' headings."""
        self.points = list(points)
        self._rows = []
        group = ""
        for point in points:
            if point.group != group:
                group = point.group
                self._rows.append(group)
            self._rows.append(point)
        self.redraw()

    def pick(self, key: str) -> None:
        """Put the cursor on the entry with this key, if it is in the list."""
        rows = [n for n, row in enumerate(self._rows) if isinstance(row, Point) and row.key == key]
        if rows:
            self.go(rows[0])

    @property
    def picked(self) -> Point | None:
        """The list entry under the cursor; None if there is none."""
        row = self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None
        return row if isinstance(row, Point) else None

    @property
    def whole(self) -> Prose:
        """The full text of the list entry under the cursor, which may be cut off in its row."""
        return Prose(self.whole_rows)

    @property
    def whole_rows(self) -> list[Block]:
        """The full text of the list entry under the cursor, as a list of paragraphs."""
        return [hang("", self.picked.text)] if self.picked else []

    def count(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def stops(self, row: int) -> bool:
        """Return whether the row is an entry and not a heading, so that the cursor may be on it."""
        return isinstance(self._rows[row], Point)

    def parts(self, row: int) -> Parts:
        """Return the text of a row: a heading, or an entry with its tick box."""
        shown = self._rows[row]
        across = self.scrollable_content_region.width
        if isinstance(shown, str):
            side = self.side_title if row == 0 else ""
            return [(fit(f" {shown}", max(0, across - width(side) - 1)), "head"), (side, "quiet")]
        mark = ">" if row == self.cursor and self.has_focus else " "
        side = f"  {shown.side}" if shown.side else ""
        room = across - 7 - (width(side) + 1 if side else 0)
        tick, look = ("[✓] ", "good") if shown.ticked else ("[ ] ", shown.look)
        return [
            (f" {mark} ", ""),
            (tick, look),
            (fit(shown.text, max(0, room)), "quiet" if shown.ticked else ""),
            (side, shown.side_look),
        ]
