"""The first page as one SVG picture for a chat group: 1080 pixels wide, as high as it needs to be.

SVG does not break lines, so they are broken here, by the width of terminal cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from markupsafe import Markup

from core.answers.answer import Series
from core.language.text_width import cells_of
from core.language.wording import say
from core.reports.blocks import Bullets, Grid, Heading, Paragraph, blocks, first_page
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
.aim { stroke: #1a1d21; stroke-width: 1.6 } .cut { stroke: #fff; stroke-width: 2.5 }
.chart text { font-size: 12px }
"""


def draw(report: Report, size: Size = "long") -> Markup:
    """Return the picture of the report's first page, as computed or as edited by a person.

    The size ``short`` shows only the verdict, the figures and the first few things to do tomorrow.
    """
    found, _ = first_page(to_blocks(render(report)) if report.written else blocks(report))
    page, chart = (
        _Page(),
        next((one for one in report.pictures if isinstance(one, Series) and one.targets), None),
    )
    heading: Heading | None = None
    for block in found:
        match block:
            case Heading(1):
                page.text(block.text, 44, weight=700, look="key")
                page.down(10)
            case Heading():
                heading = block
                continue
            case Paragraph(strong=True):
                page.text(block.text, 34, weight=600, look=_look(block.level))
            case Paragraph():
                page.text(block.text, 25, look="soft")
            case Grid(cards=True):
                _cards(page, block)
            case Grid() if size == "long":
                _title(page, heading)
                _table(page, block)
            case Bullets() if size == "long" or block.lines == report.tomorrow:
                if chart is not None and size == "long":
                    _chart(page, chart)
                    chart = None
                _title(page, heading)
                _list(page, block.lines)
        heading = None
    page.down(20)
    page.text(say("Made by shopday from the day's journal."), 22, look="soft")
    return page.svg(f"{report.shop} {report.date}")


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
    ) -> None:
        """Add a paragraph, broken into lines that are at most ``wide`` pixels wide."""
        for line in wrap(clean(words), max(1, int((wide - x) / (size * CELL)))):
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

    def svg(self, label: str) -> Markup:
        """Return the whole picture as an <svg> element; ``label`` describes it for screen readers."""
        high = f"{self.y + 40:.0f}"
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
    for place, (name, value, *more) in enumerate(grid.rows):
        x, top = MARGIN + (place % 2) * (wide + 16), page.y
        page.add(
            Markup('<rect x="{}" y="{}" width="{}" height="128" class="sheet"/>').format(
                f"{x:.0f}", f"{top:.0f}", f"{wide:.0f}"
            )
        )
        under = "  ".join(f"{head} {cell}" for head, cell in zip(grid.columns[2:], more, strict=True) if cell)
        page.at(name, x + 20, top + 36, 25, look="soft")
        page.at(value, x + 20, top + 82, 42, weight=700)
        page.at(under, x + 20, top + 114, 22, look="soft")
        if place % 2 or place == len(grid.rows) - 1:
            page.down(144)


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


def _list(page: _Page, lines: Sequence[str]) -> None:
    for line in lines:
        start = page.y
        page.text(line, 28, x=36)
        page.at("-", MARGIN + 8, start + 28 * 1.1, 28, look="soft")
