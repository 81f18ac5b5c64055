"""The rows of a board, kept in files or in PostgreSQL: what one process writes, another one reads."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.answers.answer import MonthStanding
from core.language.message import money, say
from core.language.wording import text
from routines.fleet.board_row import BoardRow, MissingExport, StepLevel, StepTable, Team, row_data, row_from
from routines.fleet.board_store import BoardStore, FileBoard, board_store
from routines.fleet.fleet import Fleet, load_fleet
from tests.journal.postgres.loopback import LoopbackServer
from tests.routines.fleet.test_fleet_file import fleet_file, shop

MOMENT = datetime(2026, 11, 16, 1, 5, tzinfo=UTC)
ROW = BoardRow(
    name="兰亭女装旗舰店",
    day="2026-11-16",
    computed="2026-11-16T09:05:00+08:00",
    month=MonthStanding("2026-11-15", 37460, 48001, 1_594_231, 1_601_139, 2_470_000, 0.298, "watch"),
    yesterday=37460,
    recent=(1.0, None, 3.5),
    stake=35_834.0,
    level="act",
    steps=StepTable.of([StepLevel("target", "Target", "08:30", "act", "late")]),
    missing=(MissingExport("keywords", "Keyword report", "expected"),),
    headline=say("Being out of stock would lose {money}.", money=money(24900)),
    team=Team(("沈岚",), ("lan",)),
)
CALM = BoardRow(name="青禾童装", day="2026-11-16", computed="2026-11-16T09:06:00+08:00", level="good")


def two_shops(folder: Path, board: str = "") -> Fleet:
    """Return a fleet of two shops."""
    shop(folder / "lanting")
    shop(folder / "qinghe")
    return load_fleet(fleet_file(folder, f'[shops]\nlanting = "lanting"\nqinghe = "qinghe"\n{board}'))


@pytest.fixture(params=["files", pytest.param("postgres", marks=pytest.mark.e2e)])
def fleet(request: pytest.FixtureRequest, tmp_path: Path) -> Fleet:
    """Two shops with a board of either kind."""
    if request.param == "files":
        return two_shops(tmp_path)
    request.getfixturevalue("server")
    return two_shops(tmp_path, f'[board]\nstore = "postgres"\nname = "{tmp_path.name}"\n')


@pytest.fixture
def store(fleet: Fleet) -> BoardStore:
    """The store of that board."""
    return board_store(fleet, now=lambda: MOMENT)


def test_a_row_is_read_as_it_was_written_by_somebody_else(store: BoardStore, fleet: Fleet) -> None:
    store.write("qinghe", CALM)
    store.write("lanting", ROW)
    lanting, qinghe = board_store(fleet, now=lambda: MOMENT).rows()
    assert (lanting.key, qinghe.key) == ("lanting", "qinghe")
    assert lanting.month == ROW.month
    assert row_data(qinghe)["row"]["name"] == "青禾童装"
    assert text(lanting.headline) == "Being out of stock would lose ¥24,900."


def test_a_shop_without_a_row_is_there_all_the_same(store: BoardStore) -> None:
    store.write("qinghe", CALM)
    assert [(row.key, row.computed) for row in store.rows()] == [("lanting", ""), ("qinghe", CALM.computed)]


def test_a_failure_keeps_the_last_row_and_the_next_row_ends_it(store: BoardStore) -> None:
    store.write("lanting", ROW)
    store.failed("lanting", say("The disk is full."))
    store.failed("qinghe", "shop.toml: ?")
    lanting, qinghe = store.rows()
    assert (text(lanting.trouble), lanting.trouble_at, lanting.stake) == (
        "The disk is full.",
        "2026-11-16T01:05:00+00:00",
        ROW.stake,
    )
    assert (qinghe.trouble, qinghe.computed) == ("shop.toml: ?", "")
    store.write("lanting", ROW)
    assert store.rows()[0].trouble == ""


@pytest.mark.parametrize("name", ["C:\\u0000新款", "a\0b", "\udce9.xlsx", "\u2028\x1b[2J"])
def test_characters_that_are_hard_to_store_are_kept(store: BoardStore, name: str) -> None:
    store.write("lanting", replace(ROW, name=name))
    assert store.rows()[0].name == name


def test_rows_of_other_shops_are_not_shown(store: BoardStore, fleet: Fleet) -> None:
    store.write("long ago", CALM)
    assert [row.key for row in store.rows()] == list(fleet.shops)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"format": 1, "row": {"name": "\xe5\x85', "The stored row cannot be read (lanting.json)."),
        (b"[]", "The stored row cannot be read (lanting.json)."),
        (b'{"format": 1, "row": {"due": "many"}}', "The stored row cannot be read (lanting.json)."),
        (
            b'{"format": 1, "row": {"computed": "this morning"}}',
            "The stored row cannot be read (lanting.json).",
        ),
        (b'{"format": 1, "row": {"computed": "2026-11-16T09:00:00"}}', "The stored row cannot be read"),
        (b'{"format": 1, "row": {"stake": Infinity}}', "The stored row cannot be read (lanting.json)."),
        (b'{"format": 1, "row": {"steps": {"steps": ["a"]}}}', "The stored row cannot be read"),
        (b'{"format": 99, "row": {}}', "This row was written by a newer version of shopday."),
        (b"[" * 2000, "The stored row cannot be read (lanting.json)."),
    ],
)
def test_a_torn_or_newer_row_says_so_and_the_others_are_read(tmp_path: Path, raw: bytes, said: str) -> None:
    store = FileBoard(two_shops(tmp_path), now=lambda: MOMENT)
    store.write("lanting", ROW)
    store.write("qinghe", CALM)
    (tmp_path / "board" / "lanting.json").write_bytes(raw)
    lanting, qinghe = store.rows()
    assert text(lanting.trouble).startswith(said)
    assert qinghe.name == "青禾童装"
    store.failed("lanting", "again")
    assert store.rows()[0].trouble == "again"


def test_a_field_that_a_later_version_adds_is_no_hindrance() -> None:
    data = json.loads(json.dumps(row_data(ROW)))
    data["row"]["colour"] = "blue"
    assert row_from(data) == ROW


@pytest.mark.e2e
def test_a_server_that_does_not_answer_is_said_in_one_sentence(
    tmp_path: Path, server: LoopbackServer
) -> None:
    store = board_store(
        two_shops(tmp_path, '[board]\nstore = "postgres"\nname = "down"\n'), now=lambda: MOMENT
    )
    server.stop()
    for ask in (store.rows, lambda: store.write("lanting", ROW)):
        with pytest.raises(Exception, match=r"PostgreSQL at .* does not answer\. Nothing was changed"):
            ask()


def test_a_board_in_postgres_needs_a_name(tmp_path: Path) -> None:
    fleet = two_shops(tmp_path, '[board]\nstore = "postgres"\n')
    with pytest.raises(Exception, match=r"fleet\.toml: board\.name must be a name"):
        board_store(fleet, now=lambda: MOMENT)
