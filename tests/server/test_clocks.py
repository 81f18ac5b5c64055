"""Clocks that jump, nights that pass with the program open, shops that move to another time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from routines.workday.workday import Workday
from tests.server.shared import make_shop, picture, sees
from tui.app import DayApp
from tui.runtime.session import Session

pytestmark = pytest.mark.usefixtures("any_store")

MONDAY = date(2026, 11, 16)


class Wall:
    """A clock on the wall that somebody sets."""

    def __init__(self, text: str) -> None:
        self.set(text)

    def set(self, text: str) -> None:
        self.now = datetime.fromisoformat(text)

    def __call__(self) -> datetime:
        return self.now


def opened(shop: Path, wall: Wall) -> Workday:
    return Workday.open(shop, clock=wall, who="daemon", lang="en")


def test_a_clock_that_jumps_back_loses_nothing_and_turns_no_time_negative(tmp_path: Path) -> None:
    wall = Wall("2026-11-16T09:00:00+08:00")
    day = opened(make_shop(tmp_path), wall)
    day.begin("target")
    day.note("target", "first")
    wall.set("2026-11-16T07:10:00+08:00")
    day.note("target", "second")
    day.finish("target")
    assert [note.text for note in day.notes("target")] == ["first", "second"], (
        "in the order they were written"
    )
    ids = [entry.id for entry in day.entries()]
    assert ids == sorted(ids)
    line = day.agenda().line("target")
    assert (line.state, line.used_minutes) == ("done", 0)
    again = opened(day.folder, wall)
    assert [entry.id for entry in again.entries()] == ids


def test_a_clock_that_jumps_back_over_midnight_stays_in_the_day_that_is_open(tmp_path: Path) -> None:
    wall = Wall("2026-11-16T09:00:00+08:00")
    day = opened(make_shop(tmp_path), wall)
    wall.set("2026-11-15T23:00:00+08:00")
    assert not day.turned()
    assert day.note("target", "x").day == MONDAY
    assert day.agenda().lines


def test_a_clock_that_jumps_ahead_by_years_and_is_set_right_again(tmp_path: Path) -> None:
    wall = Wall("2026-11-16T09:00:00+08:00")
    day = opened(make_shop(tmp_path), wall)
    wall.set("2031-01-01T09:00:00+08:00")
    assert day.turned()
    assert day.note("target", "from the future").late
    wall.set("2026-11-16T09:05:00+08:00")
    day.note("target", "from now")
    assert [note.text for note in day.notes()] == ["from the future", "from now"]
    assert not day.turned()


async def test_a_night_passes_with_the_program_open(tmp_path: Path) -> None:
    wall = Wall("2026-11-16T23:58:00+08:00")
    shop = make_shop(tmp_path)
    day = opened(shop, wall)
    app = DayApp(Session(day))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.3)
        wall.set("2026-11-17T00:20:00+08:00")
        app._minute()
        await pilot.pause(0.1)
        assert "This day is over" not in picture(app), "the evening before goes on until four"
        assert not day.note("target", "after midnight").late
        wall.set("2026-11-17T04:01:00+08:00")
        app._minute()
        await pilot.pause(0.1)
        await sees(pilot, "This day is over")
        assert day.note("target", "after four").late
    assert {entry.day for entry in day.entries()} == {MONDAY}
    assert opened(shop, wall).day == date(2026, 11, 17)


def test_a_shop_that_moves_to_another_zone_keeps_its_moments(tmp_path: Path) -> None:
    wall = Wall("2026-11-16T09:00:00+08:00")
    shop = make_shop(tmp_path)
    day = opened(shop, wall)
    day.begin("target")
    settings = shop / "shop.toml"
    settings.write_text('timezone = "Asia/Tokyo"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    assert day.changed() >= {"settings"}
    day.reload()
    wall.set("2026-11-16T09:10:00+08:00")
    assert day.now().hour == 10
    day.finish("target")
    started, done = (entry for entry in day.entries() if entry.kind in ("started", "done"))
    assert done.at - started.at == timedelta(minutes=10)
    assert (started.at.utcoffset(), done.at.utcoffset()) == (timedelta(hours=8), timedelta(hours=9))
    assert day.agenda().line("target").used_minutes == 10


@pytest.mark.parametrize(
    ("begin", "day"), [("2026-03-08T04:30", date(2026, 3, 8)), ("2026-11-01T04:30", date(2026, 11, 1))]
)
def test_the_night_the_clocks_change(tmp_path: Path, begin: str, day: date) -> None:
    shop = make_shop(tmp_path, 'name = "x"\ntimezone = "America/New_York"\n')
    wall = Wall(f"{day}T00:30:00-05:00" if day.month == 3 else f"{day}T00:30:00-04:00")
    evening = opened(shop, wall)
    assert evening.day == day - timedelta(days=1)
    ids = []
    for hours in range(6):  # through the hour that is missing or comes twice
        ids.append(evening.note("target", f"{hours}").id)
        wall.now += timedelta(hours=1)
    assert ids == sorted(ids)
    assert [note.text for note in evening.notes()] == [str(hours) for hours in range(6)]
    assert evening.turned()
    wall.now = datetime.fromisoformat(begin).replace(tzinfo=evening.shop.zone).astimezone(UTC)
    assert opened(shop, wall).day == day
    starts = [line.planned_start for line in opened(shop, wall).agenda().lines]
    assert starts == sorted(starts)
