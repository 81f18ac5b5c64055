"""The report as a self-contained HTML page: no scripts, fonts or images from elsewhere.

Suitable for printing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from core.language.speech import html_language
from core.language.wording import say
from core.reports import markdown, svg_charts
from core.reports.blocks import DAYS, DETAILS, Block, Bullets, Grid, Heading, Paragraph, blocks
from core.reports.day_report import Report
from core.reports.markdown import to_blocks
from core.reports.plain_text import clean

FOLDER = Path(__file__).parent
KINDS = {Heading: "heading", Paragraph: "paragraph", Bullets: "bullets", Grid: "grid"}


def render(report: Report) -> str:
    """Return the report as an HTML page; all data is escaped."""
    found = to_blocks(markdown.render(report)) if report.written else blocks(report)
    front, details = _parted(found)
    return _template().render(
        language=html_language(),
        title=clean(f"{report.shop} {report.date}"),
        blocks=[(KINDS[type(block)], block) for block in front],
        charts=say("In pictures"),
        pictures=[(svg_charts.caption(piece), svg_charts.draw(piece)) for piece in report.pictures],
        details=[(KINDS[type(block)], block) for block in details],
        foot=say("Made by shopday from the day's journal."),
    )


def _parted(found: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Return the blocks of the first page and those of the details; the charts are shown between them."""
    begins = {say(DETAILS), say(DAYS)}
    at = next(
        (place for place, one in enumerate(found) if isinstance(one, Heading) and one.text in begins),
        len(found),
    )
    return found[:at], found[at:]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("evening.html.j2")
