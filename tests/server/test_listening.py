"""Two people on two servers with one PostgreSQL: each sees at once what the other has saved."""

from __future__ import annotations

import select
import shutil
import statistics
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from core.journal.postgres.listener import listener_of
from core.journal.postgres.server import Connection, server_at
from tests.journal.postgres.loopback import LoopbackServer
from tests.server.shared import TEAM, at_work, make_shop, picture, sees
from tests.terminal.ptys import MORNING, Terminal, desk
from tests.terminal.test_quiet import LITTLE, SECONDS, settled, used
from tests.tui.shop import make_shop as desk_shop
from tui.app import DayApp
from tui.runtime.session import Session

pytestmark = pytest.mark.e2e

NOTES = 20
AT_ONCE = 0.2
"""Seconds from the saved note to the other's screen."""


def chosen(folder: Path) -> str:
    return f'\n[journal]\nstore = "postgres"\nshop = "{folder.name}"\n'


def until_seen(words: dict[Terminal, str]) -> dict[Terminal, float]:
    """Read from all terminals until each shows its words; return when each did."""
    seen: dict[Terminal, float] = {}
    by_line = {one.line: one for one in words}
    end = time.monotonic() + 30
    while len(seen) < len(words):
        assert time.monotonic() < end, {words[one]: one.written[-500:] for one in words if one not in seen}
        for line in select.select(list(by_line), [], [], 0.5)[0]:
            one = by_line[line]
            one.read(0.001)
            if one not in seen and one.shows(words[one]):
                seen[one] = time.monotonic()
    return seen


@pytest.mark.usefixtures("server")
def test_two_sessions_on_two_servers_see_each_others_notes_at_once(tmp_path: Path) -> None:
    here = desk_shop(tmp_path / "here")
    with (here / "shop.toml").open("a", encoding="utf-8") as settings:
        settings.write(chosen(tmp_path))
    there = tmp_path / "there" / "lanting"
    shutil.copytree(here, there)
    program = ("-m", "tests.terminal.program")
    people = [
        Terminal(*program, str(here), MORNING, "en", "lan", columns=120, rows=60),
        Terminal(*program, str(there), MORNING, "en", "周岩", columns=120, rows=60),
    ]
    for one in people:
        one.sees("deadline")
        one.types("\r")
        one.sees("questions")
        one.settles()
    took: list[float] = []
    from_key: list[float] = []
    for number in range(NOTES):
        writer, reader = people if number % 2 == 0 else people[::-1]
        text = f"note-{number:02d}-end"
        writer.types("w")
        writer.sees("keep as draft")
        writer.types(text)
        writer.sees(text)
        pressed = time.monotonic()
        writer.types("\x13")
        seen = until_seen({writer: "Saved.", reader: text})
        took.append(max(0.0, seen[reader] - seen[writer]))
        from_key.append(seen[reader] - pressed)
    for one in people:
        one.types("\x11")
    for one in people:
        one.ends(10.0, reading=True)
    told = f"{NOTES} notes: {figures(took)} after “Saved.” was shown, {figures(from_key)} after the key"
    print(told)  # noqa: T201 - shown by pytest -s and when it fails
    assert statistics.median(took) < AT_ONCE, told
    assert len(list((there / "journal").glob("2*"))) == 0, "nothing went by files"


def figures(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds) * 1000:.0f} ms, slowest {max(seconds) * 1000:.0f} ms"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path, TEAM + chosen(tmp_path))


@pytest.mark.usefixtures("server")
async def test_an_idle_screen_asks_the_server_nothing(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    really = psycopg.Connection.execute

    def execute(connection: Any, statement: Any, *words: Any, **more: Any) -> Any:
        asked.append(statement)
        return really(connection, statement, *words, **more)

    monkeypatch.setattr(psycopg.Connection, "execute", execute)
    app = DayApp(Session(at_work(shop, "daemon")))
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(2.5)
        assert asked
        asked.clear()
        await pilot.pause(6.0)
        assert app.is_running
        assert len(asked) <= 1, asked


@pytest.mark.usefixtures("server")
def test_an_idle_screen_writes_nothing_and_costs_no_more_than_with_files(tmp_path: Path) -> None:
    screens = []
    for name, more in (("files", ""), ("postgres", chosen(tmp_path))):
        shop = desk_shop(tmp_path / name)
        with (shop / "shop.toml").open("a", encoding="utf-8") as settings:
            settings.write(more)
        screens.append(desk(shop, at=MORNING.replace(":52:10", ":52:02")))
    for one in screens:
        one.sees("deadline")
        one.sees("Calculating")
    settled(screens)
    while any(one.shows("Calculating") for one in screens):
        settled(screens)
    before = [used(one) for one in screens]
    time.sleep(SECONDS)
    files, postgres = (used(one) - had for one, had in zip(screens, before, strict=True))
    assert [one.read(0.1) for one in screens] == [b"", b""]
    told = f"{files:.2f} s of processor with files, {postgres:.2f} s with PostgreSQL"
    print(f"idle for {SECONDS:.0f} s: {told}")  # noqa: T201 - shown by pytest -s and when it fails
    assert postgres < SECONDS * LITTLE
    for one in screens:
        one.types("\x11")
        one.ends(10.0, reading=True)


async def test_a_restarted_server_is_heard_again(shop: Path, server: LoopbackServer) -> None:
    session = Session(at_work(shop, "daemon"))
    colleague = at_work(shop, "何萍")
    app = DayApp(session)
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(0.3)
        app.open_step("stock")
        await pilot.pause(0.5)
        colleague.note("stock", "before the restart")
        await sees(pilot, "before the restart")
        for mode in ("fast", "immediate"):
            server.stop(mode)
            await sees(pilot, "does not answer")
            server.start()
            await sees(pilot, "answers again")
            colleague.note("stock", f"after {mode}")
            await sees(pilot, f"after {mode}")


async def test_without_notifications_the_poll_finds_it(
    shop: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As behind a proxy that does not pass notifications on, or while the listening connection is broken."""

    def refused(_: object) -> Connection:
        raise OSError("no route")

    session = Session(at_work(shop, "daemon"))
    monkeypatch.setattr(type(server_at(server.url())), "connected", refused)
    app = DayApp(session)
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(0.3)
        app.open_step("stock")
        await pilot.pause(0.3)
        assert listener_of(server_at(server.url())).version(shop.parent.name, "people") is None
        at_work(shop, "何萍").note("stock", "found by looking")
        await sees(pilot, "found by looking")


async def test_a_slow_refusal_does_not_keep_the_screen_waiting_when_the_server_is_back(
    shop: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine a refused connection may take a second; reading then rests for ten."""
    session = Session(at_work(shop, "daemon"))
    app = DayApp(session)
    really, away = psycopg.connect, [True]

    def connect(*words: Any, **more: Any) -> Any:
        if away:
            time.sleep(1.0)
        return really(*words, **more)

    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(0.3)
        app.open_step("stock")
        await pilot.pause(0.3)
        monkeypatch.setattr(psycopg, "connect", connect)
        server.stop()
        await sees(pilot, "does not answer")
        away.clear()
        server.start()
        await sees(pilot, "answers again")
        assert "does not answer" not in picture(app)
