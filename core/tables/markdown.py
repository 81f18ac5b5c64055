"""A table as markdown, for a chat, a wiki or a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from core.language import money, numbers
from core.language.wording import say
from core.reports.blocks import Bullets, Heading
from core.reports.markdown import escape, from_blocks
from core.reports.plain_text import clean
from core.tables.table import Cell, Kind, ShopTable

_SHOWN: dict[Kind, Callable[[float], str]] = {
    "text": numbers.count,
    "date": numbers.count,
    "money": money.money,
    "count": numbers.count,
    "rate": lambda value: numbers.percent(value, 2),
    "ratio": numbers.ratio,
    "seconds": numbers.count,
    "minutes": numbers.count,
}


def render(table: ShopTable) -> str:
    """Return the table as markdown, with its title above and its notes below."""
    title = from_blocks([Heading(1, clean(say("{table}, {span}", table=table.title, span=table.span)))])
    notes = from_blocks([Bullets(tuple(clean(note) for note in table.notes))]) if table.notes else ""
    if not table.rows:
        return f"{title}\n{escape(say('There are no figures for these days.'))}\n"
    kinds = [column.kind for column in table.columns]
    lines = [
        _line(escape(clean(column.title)) for column in table.columns),
        "|" + "".join(" --- |" if kind in ("text", "date") else " ---: |" for kind in kinds),
        *(_line(_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in table.rows),
        *([_line(_bold(_cell(cell, kind)) for cell, kind in zip(table.totals, kinds, strict=True))]
          if table.totals else ()),
    ]  # fmt: skip
    return "\n".join([title, *lines, *([f"\n{notes}".rstrip("\n")] if notes else [])]) + "\n"


def words(cell: Cell, kind: Kind) -> str:
    """Return a cell as text; empty if its value is unknown."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return clean(cell)
    return _SHOWN[kind](cell)


def _cell(cell: Cell, kind: Kind) -> str:
    return escape(words(cell, kind)) if isinstance(cell, str) else words(cell, kind)


def _bold(words: str) -> str:
    return f"**{words}**" if words else ""


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
