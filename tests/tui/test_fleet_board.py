"""An agency's lead looks at many shops: orders, filters, opens one and comes back to the same row."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from core.answers.answer import MonthStanding
from core.language.message import say
from core.language.speech import speak
from core.language.text_width import cells_of
from core.language.wording import N_
from core.shop.settings import settings_file
from routines.fleet.board_row import BoardRow, MissingExport, StepLevel, StepTable, Team, row_data
from routines.fleet.board_store import BoardStore, board_store
from routines.fleet.fleet import Fleet, load_fleet
from routines.fleet.fleet_board import board
from routines.fleet.shop_state import file_stamp
from tui.board_app import BoardApp
from tui.screens.fleet_board import FleetBoard

NOW = datetime(2026, 11, 16, 1, 5, tzinfo=UTC)
COMPUTED = "2026-11-16T09:00:00+08:00"
TITLES = (N_("Target"), N_("Stock"))


def row(key: str, **changes: object) -> BoardRow[object]:
    """Return a usual row of a shop on this morning."""
    month = MonthStanding("2026-11-15", 37460, 48001, 1_594_231, 1_601_139, 2_470_000, 0.298, "watch")
    usual = BoardRow(
        key=key,
        name=f"{key}旗舰店",
        day="2026-11-16",
        computed=COMPUTED,
        platform="taobao",
        currency="¥",
        month=month,
        yesterday=37460,
        recent=tuple(float(value) for value in range(14)),
        stake=1000.0,
        level="watch",
        steps=StepTable.of(
            [
                StepLevel("target", TITLES[0], "08:30", "act", "late"),
                StepLevel("stock", TITLES[1], "08:45", None, "due"),
            ]
        ),
        at="stock",
        headline=say("Nothing urgent."),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def make_fleet(folder: Path, rows: Sequence[BoardRow[object]], settings: str = "") -> Fleet:
    """Write shops with these rows, and the fleet.toml that lists them."""
    lines = []
    for one in rows:
        shop = folder / one.key
        shop.mkdir()
        (shop / "shop.toml").write_text(f'name = "{one.key}"\n{settings}', encoding="utf-8")
        lines.append(f'"{one.key}" = "{one.key}"\n')
    (folder / "fleet.toml").write_text("[shops]\n" + "".join(lines), encoding="utf-8")
    (folder / "board").mkdir()
    for one in rows:
        if one.computed:
            stamped = replace(one, settings=file_stamp(settings_file(folder / one.key)))
            text = json.dumps(row_data(stamped))  # type: ignore[arg-type]
            (folder / "board" / f"{one.key}.json").write_text(text)
    return load_fleet(folder)


THREE = (
    row(
        "lanting",
        stake=42_300.0,
        level="act",
        late=1,
        headline=say("No row fits. Press / and clear the line to see all."),
    ),
    row(
        "qinghe",
        stake=None,
        level="good",
        late=4,
        missing=(MissingExport("stock", "Stock", "expected"),),
    ),
    row("mubai", stake=51_000.0, level="watch", late=0, who=("周末",), report="draft"),
)


class Desk:
    """Somebody at the board: presses keys, and reads the screen."""

    def __init__(self, app: BoardApp, pilot: Pilot[None], opened: list[str], store: BoardStore) -> None:
        self.app, self.pilot, self.opened, self.store = app, pilot, opened, store

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until the screen is at rest."""
        await self.pilot.press(*keys)
        await self.rest()

    async def rest(self) -> None:
        """Wait until the rows that are being read have been drawn."""
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    def lines(self) -> list[str]:
        """Return what is on the screen, line by line."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def text(self) -> str:
        """Return the screen as one text."""
        return "\n".join(self.lines())

    def shops(self) -> list[str]:
        """Return the shops in the order shown."""
        screen = self.app.screen
        assert isinstance(screen, FleetBoard)
        return [one.key for one in screen.shown]

    def selected(self) -> str:
        """Return the shop under the cursor."""
        screen = self.app.screen
        assert isinstance(screen, FleetBoard)
        return screen.selected.key if screen.selected is not None else ""


@asynccontextmanager
async def at_the_board(
    fleet: Fleet,
    size: tuple[int, int] = (120, 40),
    *,
    lang: str = "en",
    user: str = "lan",
    now: datetime = NOW,
) -> AsyncIterator[Desk]:
    """Open the board as this user."""
    speak(lang)
    store = board_store(fleet, now=lambda: now)
    opened: list[str] = []

    def open_day(key: str) -> int:
        opened.append(key)
        return 0

    async def renewed(key: str) -> None:
        opened.append(f"{key} renewed")

    app = BoardApp(
        lambda: board(fleet, store, user=user, at=now), open_day, renewed, who=user, theme="desk-dark"
    )
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot, opened, store)
        await desk.rest()
        yield desk
    speak("en")


@pytest.fixture
def three(tmp_path: Path) -> Fleet:
    """Three shops."""
    return make_fleet(tmp_path, THREE)


async def test_most_money_comes_first_and_o_changes_what_comes_first(three: Fleet) -> None:
    async with at_the_board(three) as desk:
        assert desk.shops() == ["mubai", "lanting", "qinghe"]
        await desk.press("o")
        assert desk.shops() == ["qinghe", "lanting", "mubai"]
        assert "Most late steps first." in desk.text()
        await desk.press("o")
        assert desk.shops() == ["lanting", "mubai", "qinghe"]
        await desk.press("o")
        assert desk.shops() == ["lanting", "qinghe", "mubai"]


async def test_the_row_under_the_cursor_says_what_is_missing_and_what_to_act_on(three: Fleet) -> None:
    async with at_the_board(three) as desk:
        await desk.press("end")
        assert desk.selected() == "qinghe"
        assert "Missing: Stock" in desk.text()
        assert "Act on: Target" in desk.text()
        assert "Yesterday all together ¥112,380, 78% of target." in desk.text()


async def test_a_filter_by_words_and_by_a_figure(three: Fleet) -> None:
    async with at_the_board(three) as desk:
        await desk.press("slash", *"late>0", "enter")
        assert desk.shops() == ["lanting", "qinghe"]
        assert "/ late>0  2/3" in desk.text()
        await desk.press("escape")
        assert len(desk.shops()) == 3
        await desk.press("slash", *"draft", "enter")
        assert desk.shops() == ["mubai"]
        await desk.press("escape", "slash", *"colour>3", "enter")
        assert "This table has no column of figures called “colour”." in desk.text()


async def test_s_sorts_by_the_column_under_the_cursor(three: Fleet) -> None:
    async with at_the_board(three) as desk:
        await desk.press("s")
        assert desk.shops() == ["lanting", "mubai", "qinghe"]
        await desk.press("s")
        assert desk.shops() == ["qinghe", "mubai", "lanting"]
        await desk.press("right", "right", "s", "s")  # the least money first; unknown stays last
        assert desk.shops() == ["lanting", "mubai", "qinghe"]


async def test_enter_opens_the_shop_and_the_cursor_is_where_it_was(three: Fleet) -> None:
    async with at_the_board(three) as desk:
        await desk.press("down")
        await desk.press("enter")
        assert desk.opened == ["lanting", "lanting renewed"]
        assert desk.selected() == "lanting"
        desk.store.write("lanting", replace(THREE[0], stake=1.0))  # type: ignore[arg-type]
        await desk.press("g")
        assert desk.shops() == ["mubai", "lanting", "qinghe"]
        assert desk.selected() == "lanting"


async def test_new_rows_are_shown_and_the_cursor_stays_on_its_shop(three: Fleet) -> None:
    async with at_the_board(three) as desk:
        assert desk.selected() == "mubai"
        desk.store.write("qinghe", replace(THREE[1], stake=90_000.0))  # type: ignore[arg-type]
        await desk.press("g")
        assert desk.shops() == ["qinghe", "mubai", "lanting"]
        assert desk.selected() == "mubai"


async def test_the_boss_sees_months_and_promises_but_no_steps(three: Fleet) -> None:
    async with at_the_board(three) as desk:
        assert "Each step" in desk.text() or "Steps" in desk.text()
        await desk.press("b")
        assert "Month's target" in desk.text()
        assert "Steps" not in desk.text()
        await desk.press("b")
        assert "Month's target" not in desk.text()


async def test_old_failed_and_missing_rows_say_so(tmp_path: Path) -> None:
    rows = (
        row("fresh"),
        row("hours", computed="2026-11-16T05:00:00+08:00"),
        row("days", day="2026-11-14", computed="2026-11-14T09:00:00+08:00"),
        row("broken"),
        row("never", computed=""),
        row("gone"),
    )
    fleet = make_fleet(tmp_path, rows)
    board_store(fleet, now=lambda: NOW).failed("hours", "The disk is full.")
    (tmp_path / "broken" / "shop.toml").write_text("name = 3\n", encoding="utf-8")
    (tmp_path / "gone" / "shop.toml").unlink()
    async with at_the_board(fleet) as desk:
        shown = {one: line for one in fleet.shops for line in desk.lines() if line[2:].startswith(one)}
        assert "5 min" in shown["fresh"]
        assert "failed" in shown["hours"]
        assert "2 d" in shown["days"]
        assert "failed" in shown["broken"]
        assert "never" in shown["never"]
        assert "3 shops could not be computed.  2 rows are old." in desk.text()
        said = {}
        for _ in fleet.shops:
            said[desk.selected()] = desk.text()
            await desk.press("down")
        assert "The disk is full.  last computed 4 h ago" in said["hours"]
        assert "shop.toml:1: name: 3 was written" in said["broken"]
        assert "The folder of this shop is not there" in said["gone"]
        assert "This shop has not been computed yet: shopday worker does it." in said["never"]
        assert "Computed 2 d ago; figures may have changed." in said["days"]


TEAM = '[[team]]\nname = "沈岚"\nuser = "root"\n'


async def test_whoever_is_not_in_a_shops_team_does_not_see_it(tmp_path: Path) -> None:
    fleet = make_fleet(tmp_path, (row("open"), row("closed", team=Team(("沈岚",), ("root",)))))
    (tmp_path / "closed" / "shop.toml").write_text(f'name = "closed"\n{TEAM}', encoding="utf-8")
    async with at_the_board(fleet, user="lan") as desk:
        assert desk.shops() == ["open"]
        assert "1 shop is not shown: you are not in its team." in desk.text()
        assert "closed" not in desk.text()
    async with at_the_board(fleet, user="root") as desk:
        assert sorted(desk.shops()) == ["closed", "open"]


LONG = "慵懒风套头毛衣" * 9
SIZES = [(40, 12), (60, 20), (80, 24), (100, 30), (120, 40), (160, 45), (200, 50)]


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_nothing_is_wider_than_the_screen_at_any_size(tmp_path: Path, lang: str) -> None:
    rows = [
        row("慵懒风" * 18, headline=f"\u202e{LONG}\u2066", trouble=LONG),
        row("a\u0301\u202eb"[:2] + "x", who=(LONG, LONG), stake=123_456_789.0),
        *(row(f"shop {n:03}") for n in range(60)),
    ]
    fleet = make_fleet(tmp_path, rows)
    async with at_the_board(fleet, SIZES[0], lang=lang) as desk:
        for size in SIZES:
            await desk.pilot.resize_terminal(*size)
            for _ in range(2):
                await desk.pilot.pause()
                lines = desk.lines()
                assert len(lines) == size[1]
                assert {cells_of(line) for line in lines} == {size[0]}
                assert not any(mark in "".join(lines) for mark in "\u202e\u2066")
                assert any("shop 0" in line or "慵懒" in line for line in lines)
                await desk.pilot.press("right", "down", "b")


async def test_a_board_of_500_shops_pages_and_finds_one(tmp_path: Path) -> None:
    fleet = make_fleet(tmp_path, [row(f"shop {n:03}", stake=float(n)) for n in range(500)])
    async with at_the_board(fleet, (80, 24)) as desk:
        assert desk.selected() == "shop 499"
        await desk.press("end")
        assert desk.selected() == "shop 000"
        await desk.press("ctrl+p", *"shop 250", "enter")
        await asyncio.sleep(0)
        assert desk.selected() == "shop 250"


async def test_the_help_says_what_the_board_is_for_and_its_keys(three: Fleet) -> None:
    async with at_the_board(three) as desk:
        await desk.press("question_mark")
        for words in ("My shops", "All shops on one screen.", "boss view", "other order"):
            assert words in desk.text()
        await desk.press("escape")
        await desk.press("y")
        assert "Copied: mubai" in desk.text()
        assert desk.app.clipboard.splitlines()[1].startswith("mubai\twatch\t¥51,000")


async def test_ages_grow_with_the_clock(three: Fleet) -> None:
    async with at_the_board(three, now=NOW + timedelta(hours=5)) as desk:
        assert "5 h" in desk.text()
        assert "3 rows are old." in desk.text()
