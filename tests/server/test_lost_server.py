"""PostgreSQL goes away while somebody types: it is said, no word is lost, and it is saved when it is back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from core.errors import BadInput, CannotWrite
from tests.journal.postgres.loopback import LoopbackServer
from tests.server.shared import TEAM, at_work, make_shop, picture, sees
from tui.app import DayApp
from tui.runtime.session import Session

pytestmark = pytest.mark.e2e


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path, f'{TEAM}\n[journal]\nstore = "postgres"\nshop = "{tmp_path.name}"\n')


@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_a_note_typed_while_the_server_is_away_is_kept_and_saved_later(
    shop: Path, server: LoopbackServer, mode: str
) -> None:
    session = Session(at_work(shop, "daemon"))
    colleague = at_work(shop, "何萍")
    app = DayApp(session)
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(0.3)
        app.open_step("stock")
        await pilot.pause(0.3)
        await pilot.press("w", *"pock")
        server.stop(mode)
        await pilot.press(*"ets")
        await sees(
            pilot,
            f"PostgreSQL at 127.0.0.1:{server.port} does not answer. You see what was read before; what you",
            "pockets",
        )
        await pilot.pause(1.0)
        assert list(session.workday.drafts.all().values()) == ["pockets"]
        await pilot.press("ctrl+s")
        await sees(pilot, "Not saved; your text is kept as a draft. PostgreSQL at 127.0.0.1", "pockets")
        assert "Saved." not in picture(app)
        assert list(session.workday.drafts.all().values()) == ["pockets"]

        server.start()
        await sees(pilot, "answers again")
        await pilot.press("ctrl+s")
        await sees(pilot, "Saved.")
        assert session.workday.drafts.all() == {}
        colleague.note("stock", "seen")
        await sees(pilot, "seen")
    texts = [note.text for note in at_work(shop, "daemon").notes("stock")]
    assert texts == ["pockets", "seen"]


async def test_the_answer_to_the_key_stays_in_sight(shop: Path, server: LoopbackServer) -> None:
    """Reading and saving both find that the server is away; the first sentence must not cover the second."""
    session = Session(at_work(shop, "daemon"))
    app = DayApp(session)
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(0.3)
        app.open_step("stock")
        await pilot.pause(0.3)
        await pilot.press("w", *"pockets")
        server.stop()
        session.workday.changed()
        await pilot.press("ctrl+s")
        await sees(pilot, "Not saved; your text is kept as a draft")
        app._poll()
        await pilot.pause(0.3)
        assert "Not saved; your text is kept as a draft" in picture(app)


async def test_who_leaves_while_the_server_is_away_finds_the_draft_the_next_day_they_look(
    shop: Path, server: LoopbackServer
) -> None:
    session = Session(at_work(shop, "daemon"))
    app = DayApp(session)
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(0.3)
        app.open_step("stock")
        await pilot.pause(0.3)
        await pilot.press("w", *"pockets")
        server.stop()
        await pilot.press("ctrl+s")
        await sees(pilot, "Not saved; your text is kept as a draft")
        await pilot.press("escape", "escape")
        await pilot.pause(0.3)
    server.start()
    app = DayApp(again := Session(at_work(shop, "daemon")))
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(0.3)
        assert again.unfinished() == "stock"
        app.open_step("stock")
        await pilot.press("w")
        await sees(pilot, "pockets")
        await pilot.press("ctrl+s")
        await sees(pilot, "Saved.")


def test_without_a_screen_nothing_is_written_and_writing_goes_on_afterwards(
    shop: Path, server: LoopbackServer
) -> None:
    day = at_work(shop, "daemon")
    day.begin("stock")
    day.note("stock", "before")
    day.changed()
    server.stop()
    assert day.changed() == frozenset(), "what is not known has not changed"
    assert [note.text for note in day.notes()] == ["before"]
    writes: list[tuple[Callable[..., object], tuple[str, ...]]] = [
        (day.note, ("stock", "away")), (day.finish, ("stock",)), (day.skip, ("paid", "x")),
    ]  # fmt: skip
    for write, words in writes:
        with pytest.raises(CannotWrite, match="does not answer"):
            write(*words)
    assert day.is_in("stock")
    assert [said for said in day.told() if "does not answer" in said]

    server.start()
    day.note("stock", "after")
    day.finish("stock")
    assert [note.text for note in at_work(shop, "bin").notes()] == ["before", "after"]
    assert any("answers again" in said for said in day.told())


def test_another_day_is_not_opened_while_it_cannot_be_read(shop: Path, server: LoopbackServer) -> None:
    session = Session(at_work(shop, "daemon"))
    session.workday.note("stock", "before")
    assert [note.text for note in session.workday.notes()] == ["before"]
    server.stop()
    with pytest.raises(BadInput, match="does not answer"):
        session.take_up(date(2026, 11, 13))
    assert session.workday.day == date(2026, 11, 16)
    assert [note.text for note in session.workday.notes()] == ["before"]
    server.start()
    session.take_up(date(2026, 11, 13))
    assert session.workday.day == date(2026, 11, 13)


async def test_no_key_ends_the_program_while_the_server_is_away(shop: Path, server: LoopbackServer) -> None:
    """What is not known any more is said; what was seen before stays to be looked at."""
    session = Session(at_work(shop, "daemon"))
    session.workday.note("stock", "before")
    app = DayApp(session)
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause(0.3)
        server.stop()
        for file in (shop / "facts" / "ledger.json", shop / "inbox" / "new.csv"):  # what others did meanwhile
            file.parent.mkdir(exist_ok=True)
            file.write_text("{}", encoding="utf-8")
        (shop / "shop.toml").write_text((shop / "shop.toml").read_text(encoding="utf-8") + "\n")
        await pilot.pause(1.2)
        closed_again = [word for key in "adsfgpvmlohticyeknr" for word in (key, "escape")]
        for key in ("enter", *closed_again, "left", "right", "slash", "x", "enter", "escape", "escape"):
            await pilot.press(key)
            assert app.is_running, key
        app._minute()
        await pilot.pause(0.3)
        assert app.is_running
        server.start()
        await pilot.pause(1.2)
    assert [note.text for note in at_work(shop, "daemon").notes()] == ["before"]
