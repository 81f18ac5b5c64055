"""The first page as one SVG picture for a chat group: 1080 pixels wide, as high as it needs to be.

SVG does not break lines, so they are broken here, by the width of terminal cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple, TypeAlias

from markupsafe import Markup

from core.answers.answer import Series
from core.language.text_width import cells_of
from core.reports.blocks import (
    Block,
    Bullets,
    Grid,
    Heading,
    Paragraph,
    blocks,
    first_page,
    foot_words,
    open_lines,
    promise_lines,
)
from core.reports.day_report import Report
from core.reports.markdown import render, to_blocks
from core.reports.plain_text import clean
from core.reports.svg_shapes import HIGH
from core.reports.svg_shapes import WIDE as CHART_WIDE
from core.reports.svg_trend import trend
from core.reports.text import wrap

Size: TypeAlias = Literal["long", "short"]
WIDE, MARGIN = 1080, 48
INSIDE = WIDE - 2 * MARGIN
CELL = 0.54
"""Width of a terminal cell in em, a little more than fonts need."""
FONTS = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
_STYLE = """
text { fill: #1a1d21 } .soft, .chart text { fill: #5c6570 } .bad { fill: #a84f00 } .good { fill: #1f5f96 }
.key { fill: #12314d } .sheet { fill: #f4f6f8 } .rule { stroke: #d9dee4; stroke-width: 2 }
.grid { stroke: #d9dee4 } .mark { stroke: #5c6570; stroke-dasharray: 3 3 } .band { fill: #e8eef4 }
.met { fill: #2b6ca3 } .missed { fill: #c76a00 } .plain { fill: #7f8a95 }
.hollow { fill-opacity: .25; stroke-width: 1.4 } .met.hollow { stroke: #2b6ca3 }
.missed.hollow { stroke: #c76a00 } .plain.hollow { stroke: #7f8a95 }
.aim { stroke: #1a1d21; stroke-width: 1.6 } .cut { stroke: #fff; stroke-width: 2.5 }
.chart text { font-size: 12px }
"""


class _Room(NamedTuple):
    """How much of the first page the picture shows."""

    lines: int
    """Maximum lines of a list."""
    cards: int
    promises: int
    """Maximum lines of the list of promises."""
    rows: int = 99
    """Maximum rows that one line of a list is broken into; a longer one is cut."""


MOST_HIGH: Final[dict[Size, int]] = {"long": 3200, "short": 1900}
"""The height in pixels above which a picture shows less, so that a phone shows it in a readable size."""
_ROOMS: Final = (_Room(99, 99, 99), _Room(99, 99, 0), _Room(3, 99, 0), _Room(3, 6, 0), _Room(2, 4, 0, 2))
"""From everything to the least; the first that is not too high is used."""


def draw(report: Report, size: Size = "long") -> Markup:
    """Return the picture of the report's first page, as computed or as edited by a person.

    The size ``short`` shows only the verdict, the figures, what is open and the first things to do tomorrow.
    """
    found, _ = first_page(to_blocks(render(report)) if report.written else blocks(report))
    if size == "short":
        found = _shortened(report, found)
    page = _Page()
    for room in _ROOMS:
        page = _filled(report, found, room, charted=size == "long")
        if page.high <= MOST_HIGH[size]:
            break
    return page.svg(f"{report.shop} {report.date}")


def _shortened(report: Report, found: Sequence[Block]) -> list[Block]:
    """Return the blocks without tables, their notes, and all lists but the two that ask for something."""
    urgent = (_cleaned(open_lines(report)), _cleaned(report.tomorrow))
    kept: list[Block] = []
    before: Block | None = None
    for block in found:
        noted = isinstance(block, Paragraph) and isinstance(before, Grid)
        listed = isinstance(block, Bullets) and block.lines not in urgent
        if not (noted or listed or (isinstance(block, Grid) and not block.cards)):
            kept.append(block)
        before = block
    return kept


def _filled(report: Report, found: Sequence[Block], room: _Room, *, charted: bool) -> _Page:
    """Return the picture with as much of the blocks as the room allows; the chart stands above the lists."""
    page = _Page()
    charts = [one for one in report.pictures if charted and isinstance(one, Series) and one.targets][:1]
    promises = _cleaned(promise_lines(report))
    heading: Heading | None = None
    for block in found:
        match block:
            case Heading(1):
                page.text(block.text, 44, weight=700, look="key")
                page.down(10)
            case Heading():
                heading = block
                continue
            case Paragraph():
                size, weight, look = (34, 600, _look(block.level)) if block.strong else (25, 400, "soft")
                page.text(block.text, size, weight=weight, look=look)
            case Grid(cards=True):
                _cards(page, replace(block, rows=block.rows[: room.cards]))
            case Grid():
                _title(page, heading)
                _table(page, block)
            case Bullets():
                while charts:
                    _chart(page, charts.pop())
                most = room.promises if block.lines == promises else room.lines
                _titled_list(page, heading, block.lines[:most], room.rows)
        heading = None
    page.down(20)
    page.text(foot_words(report), 22, look="soft")
    return page


def _cleaned(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(clean, lines))


class _Page:
    """A picture that is filled from top to bottom; the next shape is placed ``y`` pixels below the top."""

    def __init__(self) -> None:
        self.y = 44.0
        self._shapes: list[Markup] = []

    def down(self, pixels: float) -> None:
        """Leave a space of this many pixels."""
        self.y += pixels

    def add(self, shape: Markup) -> None:
        """Add a shape that contains its own position."""
        self._shapes.append(shape)

    def text(
        self,
        words: str,
        size: float,
        *,
        weight: int = 400,
        look: str = "",
        x: float = 0.0,
        wide: float = INSIDE,
        most: int = 99,
    ) -> None:
        """Add a paragraph, broken into lines at most ``wide`` pixels wide; ``most`` lines at most."""
        lines = wrap(clean(words), max(1, int((wide - x) / (size * CELL))))
        if len(lines) > most:
            lines = [*lines[: most - 1], f"{lines[most - 1][:-2]} …"]
        for line in lines:
            self.y += size * 1.4
            self.at(line, MARGIN + x, self.y - size * 0.3, size, weight=weight, look=look)

    def at(
        self,
        words: str,
        x: float,
        y: float,
        size: float,
        *,
        weight: int = 400,
        look: str = "",
        anchor: str = "start",
    ) -> None:
        """Add one line of text with its baseline at ``y``."""
        self.add(
            Markup(
                '<text x="{}" y="{}" font-size="{}" font-weight="{}" class="{}" text-anchor="{}">{}</text>'
            ).format(f"{x:.0f}", f"{y:.0f}", f"{size:g}", weight, look, anchor, clean(words))
        )

    @property
    def high(self) -> float:
        """The height of the whole picture in pixels."""
        return self.y + 40

    def svg(self, label: str) -> Markup:
        """Return the whole picture as an <svg> element; ``label`` describes it for screen readers."""
        high = f"{self.high:.0f}"
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
            ' viewBox="0 0 {wide} {high}" role="img" aria-label="{label}" font-family="{fonts}">'
            '<style>{style}</style><rect width="{wide}" height="{high}" fill="#fff"/>{inside}</svg>'
        ).format(
            wide=WIDE,
            high=high,
            label=clean(label),
            fonts=FONTS,
            style=Markup(_STYLE),  # noqa: S704 - our own
            inside=Markup("").join(self._shapes),
        )


def _look(level: str) -> str:
    return {"act": "bad", "watch": "bad", "good": "good"}.get(level, "")


def _cards(page: _Page, grid: Grid) -> None:
    """Add a card for each row of the grid, two cards side by side."""
    page.down(16)
    wide = (INSIDE - 16) / 2
    for pair in (grid.rows[n : n + 2] for n in range(0, len(grid.rows), 2)):
        below = [_under(grid, row, wide - 40) for row in pair]
        high = 98 + 30 * max(1, *map(len, below), 0)
        for place, ((name, value, *_), lines) in enumerate(zip(pair, below, strict=True)):
            x, top = MARGIN + place * (wide + 16), page.y
            page.add(
                Markup('<rect x="{}" y="{}" width="{}" height="{}" class="sheet"/>').format(
                    f"{x:.0f}", f"{top:.0f}", f"{wide:.0f}", high
                )
            )
            page.at(name, x + 20, top + 36, 25, look="soft")
            page.at(value, x + 20, top + 82, 42, weight=700)
            for number, words in enumerate(lines):
                page.at(words, x + 20, top + 114 + 30 * number, 22, look="soft")
        page.down(high + 16)


def _under(grid: Grid, row: Sequence[str], wide: float) -> list[str]:
    """Return the lines below a card's value, each a cell with its column's name, as few as fit the width."""
    cells = [f"{head} {cell}" for head, cell in zip(grid.columns[2:], row[2:], strict=True) if cell]
    whole = "  ".join(cells)
    return [whole] if cells_of(whole) * 22 * CELL <= wide else cells


def _table(page: _Page, grid: Grid) -> None:
    """Add a table with columns as wide as their longest cells; its text is made smaller if it must be."""
    rows = (grid.columns, *grid.rows)
    widths = [max(cells_of(row[place]) for row in rows) + 2 for place in range(len(grid.columns))]
    size = min(27.0, INSIDE / (sum(widths) * CELL))
    for number, row in enumerate(rows):
        page.down(size * 1.85)
        x = float(MARGIN)
        for cell, wide in zip(row, widths, strict=True):
            page.at(cell, x, page.y - size * 0.5, size, look="soft" if number == 0 else "")
            x += wide * size * CELL
        page.add(
            Markup('<line x1="{}" y1="{y}" x2="{}" y2="{y}" class="rule"/>').format(
                MARGIN, WIDE - MARGIN, y=f"{page.y:.0f}"
            )
        )


def _chart(page: _Page, series: Series) -> None:
    page.down(20)
    page.text(series.name, 30, weight=700, look="key")
    high = INSIDE * HIGH / CHART_WIDE
    placed = Markup('<svg class="chart" x="{}" y="{}" width="{}" height="{}" ').format(
        MARGIN, f"{page.y + 10:.0f}", INSIDE, f"{high:.0f}"
    )
    page.add(Markup(str(trend(series)).replace("<svg ", str(placed), 1)))  # noqa: S704 - escaped by trend
    page.down(high + 14)


def _title(page: _Page, heading: Heading | None) -> None:
    if heading is not None:
        page.down(20)
        page.text(heading.text, 30, weight=700, look="key")


def _titled_list(page: _Page, heading: Heading | None, lines: Sequence[str], rows: int) -> None:
    if lines:
        _title(page, heading)
    for line in lines:
        start = page.y
        page.text(line, 28, x=36, most=rows)
        page.at("-", MARGIN + 8, start + 28 * 1.1, 28, look="soft")
