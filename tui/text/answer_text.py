"""The answer of an analysis as plain lines, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from core.answers.answer import (
    Answer,
    Bars,
    Cell,
    CellKind,
    Evidence,
    LevelName,
    Number,
    Series,
    Split,
    Table,
    named,
)
from core.answers.picture_sentences import bar_figure, said
from core.answers.waterfall import Row, waterfall
from core.exports.kinds.registry import SHEETS
from core.language.message import DASH
from core.language.money import money
from core.language.numbers import count, percent, ratio
from core.language.wording import N_, say
from core.measures.indicators import ROLE_NAMES
from tui.text.columns import table

LEVEL_WORDS: dict[LevelName, str] = {
    "act": N_("Act"),
    "watch": N_("Watch"),
    "good": N_("Good"),
    "info": N_("For information"),
    "nodata": N_("No data"),
}
NEED_WORDS = {
    "partial": N_("is incomplete"),
    "missing": N_("is missing"),
    "stale": N_("is out of date"),
    "immature": N_("is not final yet"),
}
_RIGHT: tuple[CellKind, ...] = ("money", "count", "rate", "ratio", "days")
_MANY = 5
UNIT_WORDS = {"days": N_("{number} days"), "seconds": N_("{number} seconds"), "": "{number}"}


_FIGURES: dict[str, Callable[[float], str]] = {
    "money": money,
    "rate": percent,
    "ratio": ratio,
    "count": count,
    "days": partial(ratio, digits=1),
}


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
    yield f"{number.name}: {_number(number)}"


def _table_lines(piece: Table) -> Iterator[str]:
    yield piece.name
    rows = [
        [_cell(named(column, cell), column.kind) for column, cell in zip(piece.columns, row, strict=True)]
        for row in piece.rows
    ]
    right = [place for place, column in enumerate(piece.columns) if column.kind in _RIGHT]
    yield table([[column.name for column in piece.columns], *rows], right=right)


def _series_lines(series: Series) -> Iterator[str]:
    yield said(series)


def _bars_lines(bars: Bars) -> Iterator[str]:
    yield bars.name
    rows = [
        [
            f"  {bar.name}",
            bar_figure(bar, lambda value: _unit(value, bars.unit)),
            f"{bars.limit} {_unit(bar.limit, bars.unit)}" if bar.limit is not None else "",
        ]
        for bar in bars.bars
    ]
    yield table(rows or [[""]], right=[1])


def _split_lines(split: Split) -> Iterator[str]:
    yield f"{split.name}: {_unit(split.total, split.unit)}"
    found = waterfall(split)
    shown = split.parts if found is None else found.rows
    usual = say("within its usual range")
    rows = [
        [f"  {one.name}", _unit(one.value, split.unit), usual if isinstance(one, Row) and one.usual else ""]
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


def _number(number: Number) -> str:
    text = _unit(number.value, number.unit)
    if number.low is not None and number.high is not None:
        text += f" ({_unit(number.low, number.unit)} - {_unit(number.high, number.unit)})"
    if number.reference is not None:
        text += say(", compared with {reference}", reference=_unit(number.reference, number.unit))
    return text


def _unit(value: float | None, unit: str) -> str:
    match unit:
        case "CNY":
            return money(value)
        case "rate":
            return percent(value)
        case "ratio":
            return ratio(value)
        case "count":
            return count(value)
        case _:
            words = UNIT_WORDS.get(unit, "{number} " + unit)
            return DASH if value is None else say(words, number=ratio(value, 1))


def _cell(cell: Cell, kind: CellKind) -> str:
    if isinstance(cell, bool):
        return say("yes") if cell else say("no")
    if cell is None or isinstance(cell, str):
        return DASH if cell is None else cell
    return _FIGURES.get(kind, str)(cell)
