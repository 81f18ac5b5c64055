"""The board as one self-contained HTML page: no scripts, fonts or images from elsewhere.

It follows the reader's light or dark setting; on a narrow screen each shop is a card instead of a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from core.language.dates import clock
from core.language.dates import day as day_words
from core.language.money import money
from core.language.speech import html_language
from core.language.wording import listing, say, text
from core.reports.plain_text import clean
from routines.fleet.board_columns import LEVEL_WORDS, Row, age_words, columns_of, row_text
from routines.fleet.board_row import speak_for
from routines.fleet.fleet_board import Board

_TALL, _WIDE = 20, 84
"""The size of the drawing of the last days' sales."""
_ASIDE = ("shop", "recent", "headline", "levels", "age", "at", "who")
"""Columns that stand in a place of their own, or change too fast for a page."""


def page(found: Board) -> str:
    """Return the board as an HTML page in the current language; all data is escaped."""
    columns = {one.id: one for view in ("owner", "work") for one in columns_of(view)}
    shown = [column for name, column in columns.items() if name not in _ASIDE]
    rows = found.in_order("stake")
    return _template().render(
        language=html_language(),
        title=clean(say("My shops")),
        at=clean(f"{day_words(found.at.date())} {clock(found.at)}"),
        heads=[(clean(say(column.title)), not column.is_text) for column in shown],
        words={
            "shop": say("Shop"),
            "days": say("14 days"),
            "nothing": say("Nothing urgent."),
            "never": say("This shop has not been computed yet: shopday worker does it."),
        },
        shops=[
            _shop(
                found,
                row,
                [
                    (clean(say(one.title)), clean(cell), _looks(one.look(found, row)), not one.is_text)
                    for one, cell in zip(shown, row_text(found, row, shown), strict=True)
                ],
            )
            for row in rows
        ],
        foot=say("Made by shopday from the rows that shopday worker computed."),
    )


def _shop(found: Board, row: Row, cells: Sequence[tuple[str, str, str, bool]]) -> dict[str, Any]:
    speak_for(row)
    computed = say("computed {age} ago", age=age_words(found.age(row))) if row.computed else ""
    return {
        "key": clean(row.key),
        "name": clean(row.name),
        "level": row.level,
        "level_words": say(LEVEL_WORDS[row.level]),
        "cells": cells,
        "points": _points(row.recent),
        "headline": clean(text(row.headline)),
        "stake": money(round(row.headline_stake)) if row.headline_stake else "",
        "missing": clean(say("Missing: {names}", names=listing([say(one.title) for one in row.missing])))
        if row.missing
        else "",
        "who": clean(say("Here now: {names}", names=listing(row.who))) if row.who else "",
        "trouble": clean(text(row.trouble)),
        "computed": computed,
        "old": found.is_old(row),
        "never": not row.computed,
    }


def _looks(look: str) -> str:
    return look if look in ("act", "watch", "good", "quiet") else ""


def _points(values: Sequence[float | None]) -> str:
    """Return the points of a line through the known values, for SVG; empty if there are fewer than two."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line needs two points
        return ""
    low, high = min(value for _, value in known), max(value for _, value in known)
    across, up = _WIDE / (len(values) - 1), (_TALL - 4) / ((high - low) or 1.0)
    return " ".join(f"{place * across:.1f},{_TALL - 2 - (value - low) * up:.1f}" for place, value in known)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("board.html.j2")
