"""Who is in the day, at which step: seen within two seconds, gone with the session, and never an entry."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.shop.presence import STALE, FilePresence, Present
from tests.server.shared import at_work, make_shop, sees
from tests.terminal.keyboard import at_the_desk
from tests.tui.shop import make_shop as desk_shop
from tui.app import DayApp
from tui.runtime.session import Session

SITTING = """
import sys, time
from pathlib import Path
from core.shop.presence import FilePresence
presence = FilePresence(Path(sys.argv[1]))
presence.show(sys.argv[2], sys.argv[3])
print("in", flush=True)
sys.stdin.read()
presence.leave()
"""


def sits(shop: Path, who: str, step: str) -> subprocess.Popen[str]:
    """Return somebody else's session."""
    command = [sys.executable, "-c", SITTING, str(shop), who, step]
    session = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert session.stdout is not None
    assert session.stdout.readline() == "in\n"
    return session


def ends(session: subprocess.Popen[str]) -> None:
    session.communicate("")


def test_others_are_seen_where_they_are_and_not_when_they_have_left(tmp_path: Path) -> None:
    me = FilePresence(tmp_path)
    me.show("沈岚", "stock")
    he, zhou = sits(tmp_path, "何萍", "paid"), sits(tmp_path, "周岩", "")
    assert me.others() == (Present("何萍", "paid"), Present("周岩", ""))
    assert FilePresence(tmp_path).others()[2:] == (Present("沈岚", "stock"),)
    ends(he)
    zhou.send_signal(signal.SIGKILL)
    ends(zhou)
    assert me.others() == ()
    me.leave()
    assert FilePresence(tmp_path).others() == ()


def test_a_sign_nobody_touches_is_stale_and_swept(tmp_path: Path) -> None:
    he = sits(tmp_path, "何萍", "paid")
    (file,) = (tmp_path / "cache" / "presence").iterdir()
    old = time.time() - STALE - 1
    os.utime(file, (old, old))
    assert FilePresence(tmp_path).others() == ()
    assert not file.exists()
    ends(he)


def test_only_a_change_of_step_is_written_and_touching_changes_no_folder(tmp_path: Path) -> None:
    me = FilePresence(tmp_path)
    me.show("沈岚", "stock")
    (file,) = me.folder.iterdir()
    before = (file.stat().st_ino, me.folder.stat().st_mtime_ns)
    me.show("沈岚", "stock")
    os.utime(file, (1, 1))
    me.touch()
    assert (file.stat().st_ino, me.folder.stat().st_mtime_ns) == before
    assert file.stat().st_mtime > time.time() - 60
    assert stat.S_IMODE(file.stat().st_mode) == 0o660
    assert stat.S_IMODE(me.folder.stat().st_mode) == 0o2770


@pytest.mark.parametrize("name", ["../../x", "a/b", "何" * 200, "\x1b]0;x\x07"])
def test_names_lead_nowhere_else(tmp_path: Path, name: str) -> None:
    me = FilePresence(tmp_path)
    me.show(name, "stock")
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file.parent for file in files] == [me.folder]


def test_torn_and_foreign_files_are_nobody(tmp_path: Path) -> None:
    me = FilePresence(tmp_path)
    me.show("沈岚", "stock")
    for number, words in enumerate((b"", b"{", b"[]", b"\xff", b'{"who": 1}', b'{"pid": "x"}', b"9" * 99999)):
        (me.folder / f"x{number}.json").write_bytes(words)
    (me.folder / "folder").mkdir()
    assert me.others() == ()


def test_where_it_cannot_be_written_nobody_is_seen_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    me = FilePresence(tmp_path)
    me.show("沈岚", "stock")
    me.touch()
    me.leave()
    assert me.others() == ()


def test_presence_is_no_entry(tmp_path: Path) -> None:
    day = at_work(make_shop(tmp_path), "daemon")
    day.be_at("stock")
    assert day.entries() == ()
    assert day.changed() == frozenset(), "one's own sign is no news to oneself"


async def test_the_agenda_says_who_else_is_where_within_two_seconds(tmp_path: Path) -> None:
    async with at_the_desk("process", desk_shop(tmp_path)) as lan:
        await lan.sees("deadline")
        zhou = sits(tmp_path / "lanting", "周岩", "paid")
        started = time.monotonic()
        await lan.sees("周岩 in Paid promotion")
        assert time.monotonic() - started < 2.0 + 1.0, "two seconds, and one for a busy machine"
        ends(zhou)
        await lan.no_longer_sees("周岩")


async def test_two_people_finish_one_step_and_both_stay(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    lan, other = at_work(shop, "daemon"), at_work(shop, "何萍")
    first, second = lan.finish("target"), other.finish("target")
    assert first.id != second.id
    assert lan.finish("target").id == first.id, "pressed again it is the same"
    assert other.finish("target").id == second.id
    assert [(entry.kind, entry.who) for entry in lan.entries()][1:] == [("done", "沈岚"), ("done", "何萍")]
    assert lan.finishers("target") == ("沈岚", "何萍")
    assert lan.agenda().line("target").state == "done"
    async with DayApp(Session(at_work(shop, "daemon"))).run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        pilot.app.screen.pick("target")  # type: ignore[attr-defined]
        await pilot.pause(0.3)
        await sees(pilot, "finished by 沈岚, 何萍")


def test_taken_up_again_it_is_nobodys_until_it_is_done_again(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    lan = at_work(shop, "daemon")
    lan.finish("target")
    lan.reopen("target")
    assert lan.finishers("target") == ()
    assert at_work(shop, "何萍").finish("target").who == "何萍"
    assert lan.finishers("target") == ("何萍",)
