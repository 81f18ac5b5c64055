"""The answer of an analysis as plain lines, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from core.answers.answer import (
    Answer,
    Bars,
    Evidence,
    Number,
    Series,
    Split,
    Table,
    named,
)
from core.answers.answer_words import LEVEL_WORDS, NEED_WORDS, RIGHT, cell_words, in_unit, number_words
from core.answers.picture_sentences import bar_figure, said
from core.answers.waterfall import Row, waterfall
from core.exports.kinds.registry import SHEETS
from core.language.wording import say
from core.measures.indicators import ROLE_NAMES
from tui.text.columns import table

_MANY = 5


def lines(answer: Answer) -> Iterator[str]:
    """Yield the answer's lines: verdict, findings with proposals, evidence, caveats, incomplete exports."""
    yield _labelled(LEVEL_WORDS[answer.verdict.level], answer.verdict.text)
    for finding in answer.findings:
        yield "- " + _labelled(LEVEL_WORDS[finding.level], finding.text)
        for proposal in finding.proposals:
            due = f" ({proposal.due})" if proposal.due else ""
            yield "    > " + _labelled(ROLE_NAMES.get(proposal.role, proposal.role), proposal.text) + due
    for piece in answer.evidence:
        yield ""
        yield from evidence(piece)
    if answer.limits:
        yield ""
        yield from (f"* {limit}" for limit in answer.limits)
    for need in answer.needs:
        if need.state in NEED_WORDS:
            sheet = SHEETS.get(need.sheet)
            days = ", ".join(need.missing[:_MANY]) + (" …" if len(need.missing) > _MANY else "")
            words = ["*", say(sheet.title) if sheet else need.sheet, say(NEED_WORDS[need.state]), days]
            yield " ".join(filter(None, [*words, f"({need.how})" if need.how else ""]))


def evidence(piece: Evidence) -> Iterator[str]:
    """Yield the lines of one piece of an answer's evidence."""
    yield from EVIDENCE[type(piece)](piece)


def _number_lines(number: Number) -> Iterator[str]:
    yield f"{number.name}: {number_words(number)}"


def _table_lines(piece: Table) -> Iterator[str]:
    yield piece.name
    rows = [
        [
            cell_words(named(column, cell), column.kind)
            for column, cell in zip(piece.columns, row, strict=True)
        ]
        for row in piece.rows
    ]
    right = [place for place, column in enumerate(piece.columns) if column.kind in RIGHT]
    yield table([[column.name for column in piece.columns], *rows], right=right)


def _series_lines(series: Series) -> Iterator[str]:
    yield said(series)


def _bars_lines(bars: Bars) -> Iterator[str]:
    yield bars.name
    rows = [
        [
            f"  {bar.name}",
            bar_figure(bar, lambda value: in_unit(value, bars.unit)),
            f"{bars.limit} {in_unit(bar.limit, bars.unit)}" if bar.limit is not None else "",
        ]
        for bar in bars.bars
    ]
    yield table(rows or [[""]], right=[1])


def _split_lines(split: Split) -> Iterator[str]:
    yield f"{split.name}: {in_unit(split.total, split.unit)}"
    found = waterfall(split)
    shown = split.parts if found is None else found.rows
    usual = say("within its usual range")
    rows = [
        [f"  {one.name}", in_unit(one.value, split.unit), usual if isinstance(one, Row) and one.usual else ""]
        for one in shown
    ]
    yield table(rows or [[""]], right=[1])


EVIDENCE: Final[dict[type, Callable[[Any], Iterator[str]]]] = {
    Number: _number_lines,
    Table: _table_lines,
    Series: _series_lines,
    Split: _split_lines,
    Bars: _bars_lines,
}
"""For each kind of evidence, the function that yields its lines."""


def _labelled(label: str, text: str) -> str:
    return say("{label}: {text}", label=say(label), text=text)
