"""The report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere.

Prints well.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from core.reports.evening import Report
from core.reports.layout import Bullets, Grid, Heading, Paragraph, blocks
from core.reports.markdown import to_blocks
from core.wording import language, say

FOLDER = Path(__file__).parent
KINDS = {Heading: "heading", Paragraph: "paragraph", Bullets: "bullets", Grid: "grid"}


def render(report: Report) -> str:
    """Return the page; everything from data is escaped, none of it is markup."""
    found = to_blocks(report.written) if report.written else blocks(report)
    return _template().render(
        language="zh-CN" if language() == "zh" else "en",
        title=f"{report.shop} {report.date}",
        blocks=[(KINDS[type(block)], block) for block in found],
        foot=say("Made by shopday from the day's journal."),
    )


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
