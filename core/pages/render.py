"""Pages of a day as HTML: self-contained, without scripts, in light and dark, for print and for a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.answers.answer import (
    Answer,
    Bars,
    Finding,
    Number,
    Proposal,
    Series,
    Split,
    Table,
    named,
)
from core.answers.answer_words import LEVEL_WORDS, NEED_WORDS, RIGHT, cell_words, number_words
from core.answers.picture_sentences import said
from core.answers.stake_words import stake_words
from core.language.dates import short_day_of, weekday_name
from core.language.speech import html_language
from core.language.wording import say
from core.measures.indicators import ROLE_NAMES
from core.pages.model import Frame, MonthPage, StepPage, TodayPage
from core.reports import html as report_html
from core.reports.blocks import Bullets, written_in
from core.reports.day_report import Report
from core.reports.plain_text import clean
from core.reports.svg_charts import draw
from core.reports.svg_shapes import PHONE
from core.review.target_share import HEAT, HEAT_WORDS

FOLDER: Final = Path(__file__).parent
FEW: Final = 12
"""Maximum number of missing days named for an export."""


def today(page: TodayPage, frame: Frame) -> str:
    """Return the page of the day."""
    return _rendered("today.html.j2", frame, frame.day, page=page)


def step(page: StepPage, frame: Frame) -> str:
    """Return the page of a step."""
    answer = page.answer
    return _rendered(
        "step.html.j2",
        frame,
        page.title,
        page=page,
        lead=None if answer is None or answer.lead is None else _picture(answer.lead),
        findings=() if answer is None else tuple(_finding(one) for one in answer.findings),
        evidence=() if answer is None else _evidence(answer),
        needs=() if answer is None else _needs(answer),
        written=() if page.part is None else _written(page),
    )


def month(page: MonthPage, frame: Frame) -> str:
    """Return the page of the calendar month."""
    return _rendered(
        "month.html.j2",
        frame,
        page.title,
        page=page,
        weekdays=[weekday_name(number) for number in range(7)],
        legend=tuple(zip(HEAT, HEAT_WORDS, strict=True)),
    )


def report(found: Report, frame: Frame) -> str:
    """Return the report of the day, with a link back to the day."""
    return report_html.render(found, back=(frame.links[0].href, frame.links[0].words))


def _rendered(template: str, frame: Frame, title: str, **values: object) -> str:
    words = {
        "language": html_language(),
        "title": say("{title} · {shop}", title=title, shop=frame.shop),
        "frame": frame,
        "levels": {level: say(words) for level, words in LEVEL_WORDS.items()},
    }
    return _environment().get_template(template).render(**words, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([FOLDER, report_html.FOLDER]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_sanitized,
    )
    environment.globals |= {"say": say, "picture": _picture}
    return environment


def _sanitized(value: object) -> object:
    """Return a text without control, bidirectional and invisible characters, before it is escaped."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


# ---- an answer


def _picture(piece: Series | Split | Bars) -> dict[str, object]:
    """Return a picture in two widths, and what it shows in one sentence."""
    return {"name": piece.name, "said": said(piece), "wide": draw(piece), "narrow": draw(piece, PHONE)}


def _finding(one: Finding) -> dict[str, object]:
    return {
        "level": one.level,
        "text": one.text,
        "stake": stake_words(one.impact),
        "proposals": tuple(_proposal(proposal) for proposal in one.proposals),
    }


def _proposal(one: Proposal) -> tuple[str, str, str]:
    role = say(ROLE_NAMES.get(one.role, one.role))
    return role, one.text, say("by {date}", date=short_day_of(one.due)) if one.due else ""


def _evidence(answer: Answer) -> tuple[tuple[str, object], ...]:
    """Return the kind and the content of each piece but the picture that leads the answer."""
    pieces = [piece for piece in answer.evidence if piece is not answer.lead]
    shown = [(piece.kind, EVIDENCE[type(piece)](piece)) for piece in pieces]
    numbers = [content for kind, content in shown if kind == "number"]
    others = [
        (kind if kind == "table" else "picture", content) for kind, content in shown if kind != "number"
    ]
    return (*([("numbers", numbers)] if numbers else []), *others)


def _number(number: Number) -> tuple[str, str]:
    return number.name, number_words(number)


def _table(table: Table) -> dict[str, object]:
    return {
        "name": table.name,
        "columns": tuple((column.name, column.kind in RIGHT) for column in table.columns),
        "rows": tuple(
            tuple(
                (cell_words(named(column, cell), column.kind), column.kind in RIGHT)
                for column, cell in zip(table.columns, row, strict=True)
            )
            for row in table.rows
        ),
    }


EVIDENCE: Final[dict[type, Callable[[Any], object]]] = {
    Number: _number,
    Table: _table,
    Series: _picture,
    Split: _picture,
    Bars: _picture,
}
"""For each kind of evidence, the function that prepares it for the template."""


def _needs(answer: Answer) -> tuple[str, ...]:
    """Return a line for each export that is missing, incomplete or old."""
    lines = []
    for need in answer.needs:
        if need.state not in NEED_WORDS:
            continue
        days = ", ".join(need.missing[:FEW]) + (" …" if len(need.missing) > FEW else "")
        words = [need.title or need.sheet, say(NEED_WORDS[need.state]), days]
        lines.append(" ".join(filter(None, [*words, f"({need.how})" if need.how else ""])))
    return tuple(lines)


def _written(page: StepPage) -> Sequence[tuple[str, object]]:
    """Return what was written and decided in the step as blocks with their kinds."""
    found = () if page.part is None else written_in(page.part)
    return [
        (report_html.KINDS[type(block)], block)
        for block in found
        if not isinstance(block, Bullets) or block.lines
    ]
