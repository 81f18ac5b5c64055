"""The board in a real terminal: a shop's day opens in it, and Esc comes back to the same row."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from routines.fleet.board_store import board_store
from routines.fleet.fleet import load_fleet
from tests.terminal.ptys import PATIENCE, Terminal

pytestmark = pytest.mark.e2e


@pytest.fixture
def board(tmp_path: Path) -> Terminal:
    """Return the board of two shops, that nobody has computed yet, in a terminal."""
    for name in ("lanting", "qinghe"):
        (tmp_path / name / "inbox").mkdir(parents=True)
        (tmp_path / name / "shop.toml").write_text(f'name = "{name}"\n', encoding="utf-8")
    (tmp_path / "fleet.toml").write_text('[shops]\na = "lanting"\nb = "qinghe"\n', encoding="utf-8")
    env = {"SHOPDAY_LANG": "en", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    return Terminal("-m", "tui", "board", str(tmp_path / "fleet.toml"), columns=150, rows=30, env=env)


def test_a_shops_day_opens_and_esc_comes_back_to_its_row(board: Terminal, tmp_path: Path) -> None:
    board.sees("This shop has not been computed yet")
    board.sees("> a")
    board.types("\x1b[B")
    board.sees("> b")
    board.types("\r")
    board.sees("Esc goes back to the board.")
    board.sees("qinghe")
    board.types("\x1b")
    board.sees("My shops")
    board.sees("> b")
    board.sees("0 min")  # its row was computed when it was left
    fleet = load_fleet(tmp_path)
    first, second = board_store(fleet, now=lambda: datetime(2026, 1, 1, tzinfo=UTC)).rows()
    assert (first.computed, second.name) == ("", "qinghe")
    board.types("q")
    assert board.ends(PATIENCE, reading=True) == 0


def test_q_on_the_agenda_comes_back_too_and_ctrl_q_leaves_the_board(board: Terminal) -> None:
    board.sees("> a")
    board.types("\r")
    board.sees("Esc goes back to the board.")
    board.types("q")
    board.sees("My shops")
    board.types("\x11")
    assert board.ends(PATIENCE, reading=True) == 0


def test_a_cut_line_ends_board_and_day(board: Terminal) -> None:
    board.sees("> a")
    board.types("\r")
    board.sees("Esc goes back to the board.")
    board.hang_up()
    assert board.ends(PATIENCE) == 128 + signal.SIGHUP
