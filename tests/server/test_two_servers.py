"""Two servers with a folder of the shop each and one PostgreSQL: what people see of each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.journal.projections import report
from routines.io.day_report import day_report
from routines.workday.workday import Workday
from tests.journal.postgres.loopback import LoopbackServer
from tests.server.shared import TEAM, at_work, make_shop, picture, sees
from tests.server.test_clocks import Wall, opened
from tui.app import DayApp
from tui.runtime.session import Session

pytestmark = pytest.mark.e2e


@pytest.mark.usefixtures("server")
async def test_who_is_in_which_step_is_seen_on_the_other_server(tmp_path: Path) -> None:
    chosen = f'{TEAM}\n[journal]\nstore = "postgres"\nshop = "{tmp_path.name}"\n'
    here, there = make_shop(tmp_path / "here", chosen), make_shop(tmp_path / "there", chosen)
    he = at_work(there, "何萍")
    app = DayApp(Session(at_work(here, "daemon")))
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.pause(0.5)
        he.be_at("paid")
        await sees(pilot, "何萍 in Paid promotion")
        assert [one.who for one in he.presence.others()] == ["沈岚"]
        he.be_at("stock")
        await sees(pilot, "何萍 in Stock")
        he.presence.leave()
        while "何萍 in" in picture(app):
            await pilot.pause(0.05)
    assert he.presence.others() == ()


@pytest.mark.usefixtures("server")
def test_a_report_finished_on_one_server_is_the_report_on_the_other(tmp_path: Path) -> None:
    chosen = f'{TEAM}\n[journal]\nstore = "postgres"\nshop = "{tmp_path.name}"\n'
    here, there = make_shop(tmp_path / "here", chosen), make_shop(tmp_path / "there", chosen)
    at_work(here, "daemon").write_report("# 日报\n成交超过目标\n", "finished")
    other = at_work(there, "何萍")
    written = report(other.entries())
    assert written is not None
    assert (written.text, written.who) == ("# 日报\n成交超过目标\n", "沈岚")
    assert (day_report(other).state, list((there / "reports").glob("*"))) == ("finished", [])


@pytest.mark.usefixtures("server")
def test_a_thought_begun_on_one_server_is_finished_on_the_other(tmp_path: Path) -> None:
    chosen = f'{TEAM}\n[journal]\nstore = "postgres"\nshop = "{tmp_path.name}"\n'
    here, there = make_shop(tmp_path / "here", chosen), make_shop(tmp_path / "there", chosen)
    session = Session(at_work(here, "daemon"))
    session.autosave.typed("note:stock:2026-11-16", "pock")
    session.autosave.flush()
    other = Session(at_work(there, "daemon"))
    assert other.unfinished() == "stock"
    assert other.autosave.load("note:stock:2026-11-16") == "pock"


async def test_two_servers_whose_clocks_differ_by_an_hour(tmp_path: Path, server: LoopbackServer) -> None:
    """Entries stand in the order they were written, ids never go back, and no time is negative."""
    chosen = f'{TEAM}\n[journal]\nstore = "postgres"\nshop = "{tmp_path.name}"\n'
    assert server.running
    ahead, right = Wall("2026-11-16T10:00:00+08:00"), Wall("2026-11-16T09:00:00+08:00")
    here, there = make_shop(tmp_path / "here", chosen), make_shop(tmp_path / "there", chosen)
    lan = opened(here, ahead)
    he = Workday.open(there, clock=right, who="何萍", lang="en")
    lan.begin("stock")
    for minute in range(6):
        ahead.set(f"2026-11-16T10:{minute:02d}:00+08:00")
        right.set(f"2026-11-16T09:{minute:02d}:30+08:00")
        lan.note("stock", f"ahead {minute}")
        he.note("stock", f"right {minute}")
    he.finish("stock")

    written = [f"{who} {minute}" for minute in range(6) for who in ("ahead", "right")]
    for day in (lan, he):
        ids = [entry.id for entry in day.entries()]
        assert ids == sorted(set(ids))
        assert [note.text for note in day.notes("stock")] == written
        line = day.agenda().line("stock")
        assert (line.state, line.used_minutes) == ("done", 0)
        assert all((line.used_minutes or 0) >= 0 for line in day.agenda().lines)
    app = DayApp(Session(he))
    async with app.run_test(size=(110, 50)) as pilot:
        await pilot.pause(0.3)
        app.open_step("stock")
        await sees(pilot, *written)
        shown = picture(app)
        places = [shown.index(text) for text in written]
        assert places == sorted(places) or places == sorted(places, reverse=True), shown
        he.note("stock", "and on")
        await sees(pilot, "and on")
    assert [note.text for note in lan.notes("stock")][-1] == "and on"
