"""The report as a self-contained HTML page: no scripts, fonts or images from elsewhere.

Suitable for printing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from core.answers.answer import Evidence, Series
from core.language.speech import html_language
from core.language.wording import say
from core.reports import markdown, svg_charts
from core.reports.blocks import Block, Bullets, Grid, Heading, Paragraph, blocks, first_page, foot_words
from core.reports.day_report import Report
from core.reports.markdown import to_blocks
from core.reports.plain_text import clean

FOLDER = Path(__file__).parent
KINDS = {Heading: "heading", Paragraph: "paragraph", Bullets: "bullets", Grid: "grid"}


def render(report: Report, *, back: tuple[str, str] | None = None) -> str:
    """Return the report as an HTML page; all data is escaped.

    ``back``: address and words of a link at the top, if the page is one of several.
    """
    found = to_blocks(markdown.render(report)) if report.written else blocks(report)
    front, details = first_page(found)
    first = [one for one in report.pictures[:1] if isinstance(one, Series) and one.targets]
    sections = [
        (look, [[(KINDS[type(block)], block) for block in part] for part in together])
        for look, together in _sections(front)
    ]
    lists = next((place for place, (look, _) in enumerate(sections) if look == "lists"), len(sections))
    return _template().render(
        language=html_language(),
        back=back,
        title=clean(f"{report.shop} {report.date}"),
        above=sections[:lists],
        below=sections[lists:],
        key={
            "met": say("target reached"),
            "missed": say("target missed, outside the usual range"),
            "usual": say("target missed but within the usual range, or no target"),
            "target": say("target"),
            "range": say("usual range"),
        },
        trend=[_chart(piece) for piece in first],
        charts=say("Charts"),
        pictures=[_chart(piece) for piece in report.pictures[len(first) :]],
        details=[(KINDS[type(block)], block) for block in details],
        foot=foot_words(report),
    )


def _sections(front: Sequence[Block]) -> list[tuple[str, list[list[Block]]]]:
    """Return the sections of the first page, one per heading, in groups of the same kind: (kind, sections).

    The kind is "lists" or "text". Neighbouring sections with lists form one group, so that they can be shown
    side by side.
    """
    parts: list[list[Block]] = []
    for block in front:
        if not parts or isinstance(block, Heading):
            parts.append([])
        parts[-1].append(block)
    return [(look, list(together)) for look, together in groupby(parts, key=_look)]


def _look(part: Sequence[Block]) -> str:
    """Return "lists" for a section that contains a list, else "text"."""
    return "lists" if any(isinstance(block, Bullets) for block in part) else "text"


def _chart(piece: Evidence) -> tuple[Markup, Markup]:
    return svg_charts.caption(piece), svg_charts.draw(piece)


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
