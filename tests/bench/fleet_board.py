"""The board of 500 shops: read, limited to what one person may see, ordered and laid out for the screen."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from core.answers.answer import MonthStanding
from core.language.message import Words, money, say
from core.shop.settings import settings_file
from core.storage.regular_files import read_regular
from routines.days.day_plan import boxes_for
from routines.fleet.board_columns import columns_of, row_text
from routines.fleet.board_row import BoardRow, MissingExport, StepLevel, StepTable, Team, row_data
from routines.fleet.board_store import BoardStore, board_store
from routines.fleet.fleet import Fleet, load_fleet
from routines.fleet.fleet_board import board
from routines.fleet.shop_state import file_stamp
from tests.bench.measure import MORE, Figure, Result, in_turns, timed
from tests.bench.places import ROOT

SHOPS: Final = 500
SCREEN: Final = 40
"""Rows that are turned into text: what one screen shows."""
LIMIT: Final = 2.0
NOW: Final = datetime(2026, 11, 16, 1, 5, tzinfo=UTC)


def figures(rounds: int) -> Iterator[Result]:
    """Yield the board of 500 shops against reading its 500 stored rows."""
    with tempfile.TemporaryDirectory(prefix="shopday-board-") as folder:
        fleet = many_shops(Path(folder))
        store = board_store(fleet, now=lambda: NOW)
        ours, theirs = in_turns(
            MORE * rounds, timed(partial(shown, fleet, store)), timed(partial(plainly, fleet))
        )
        yield Figure(
            f"board of {SHOPS} shops", f"reading the {SHOPS} rows as JSON from the same store", LIMIT, "ms",
            ours, theirs,
        )  # fmt: skip


def shown(fleet: Fleet, store: BoardStore) -> list[list[str]]:
    """Return the first screen of the board: rows read, rights checked, most money first, as text."""
    found = board(fleet, store, user="lan", at=NOW)
    columns = columns_of("work")
    return [row_text(found, row, columns) for row in found.in_order("stake")[:SCREEN]]


def plainly(fleet: Fleet) -> list[object]:
    """Return the stored rows as they are."""
    folder = fleet.folder / "board"
    return [json.loads(read_regular(folder / f"{name}.json")) for name in fleet.shops]


def many_shops(folder: Path) -> Fleet:
    """Return a fleet of shops with the sample's settings and rows as a worker writes them."""
    settings = (ROOT / "sample" / "shop.toml").read_bytes()
    (folder / "board").mkdir()
    usual = usual_row()
    for number in range(SHOPS):
        shop = folder / f"shop {number:03}"
        shop.mkdir()
        settings_file(shop).write_bytes(settings)
        stamped = replace(usual, settings=file_stamp(settings_file(shop)), stake=float(number * 37 % SHOPS))
        text = json.dumps(row_data(stamped), ensure_ascii=False)
        (folder / "board" / f"{shop.name}.json").write_text(text, encoding="utf-8")
    lines = "".join(f'"shop {number:03}" = "shop {number:03}"\n' for number in range(SHOPS))
    (folder / "fleet.toml").write_text(f"[shops]\n{lines}", encoding="utf-8")
    return load_fleet(folder)


def usual_row() -> BoardRow[Words]:
    """Return a row of the size that the sample's Monday has."""
    people = ("lan", "zhou", "lin", "he", "xu", "boss")
    days = say("{n} days", n=4)
    return BoardRow(
        name="兰亭女装旗舰店",
        day="2026-11-16",
        computed="2026-11-16T09:00:00+08:00",
        platform="taobao",
        currency="¥",
        month=MonthStanding("2026-11-15", 37460, 48001, 1_594_231, 1_601_139, 2_470_000, 0.298, "watch"),
        yesterday=37460,
        recent=tuple(50_000.0 + 1000 * day for day in range(14)),
        level="act",
        steps=StepTable.of(
            StepLevel(box.step.id, box.step.title, f"{box.step.at:%H:%M}", "act", "later")
            for box in boxes_for("weekday", None)
        ),
        missing=(MissingExport("keywords", "Keywords", "expected"),),
        due=1,
        late=2,
        headline=say("Being out of stock for about {days} would lose about {money} of sales.",
                     days=days, money=money(24_900)),
        headline_step="stock",
        headline_stake=12_831.0,
        team=Team(people, people),
    )  # fmt: skip
