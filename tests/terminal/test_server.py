"""``shopday server``: screens that open at once, and that behave as if there were no server."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from core.journal.book import Book
from core.journal.drafts import FileDrafts
from core.journal.projections import notes
from tests.terminal.ptys import ROOT, Terminal
from tests.tui.shop import make_shop

DAY = date(2026, 11, 16)
WORDS = ("-P", "-m", "tui", "--who", "沈岚", "open")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop that is not new: its day is what opens."""
    shop = make_shop(tmp_path)
    noon = datetime(2026, 11, 13, 12, tzinfo=UTC)
    Book(shop).append(noon.date(), at=noon, who="沈岚", kind="note", step="target", data={"text": "begun"})
    return shop


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A runtime folder of this test's own, so that no other server is met."""
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    return {"XDG_RUNTIME_DIR": str(run), "PYTHONPATH": str(ROOT), "SHOPDAY_LANG": "en"}


@contextmanager
def serving(home: dict[str, str], *, cwd: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen([sys.executable, "-P", "-m", "tui", "server"], env=os.environ | home, cwd=cwd)
    end = time.monotonic() + 30
    while not (Path(home["XDG_RUNTIME_DIR"]) / "shopday.sock").exists():
        assert time.monotonic() < end, "the server never listened"
        assert server.poll() is None
        time.sleep(0.05)
    try:
        yield server
    finally:
        server.kill()
        server.wait(10)


def open_day(shop: Path, home: dict[str, str]) -> Terminal:
    day = ("--date", "2026-11-16", "--at", "08:52")
    return Terminal(*WORDS, str(shop), *day, env=home)


def resize(terminal: Terminal, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal.line, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def children(process: int) -> list[int]:
    words = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [int(word) for word in words]


def gone(process: int, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state = Path(f"/proc/{process}/stat")
        with suppress(FileNotFoundError):
            if state.read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z":
                time.sleep(0.05)
                continue
        return True
    return False


def test_a_day_is_worked_in_as_without_a_server(shop: Path, home: dict[str, str]) -> None:
    with serving(home) as server:
        lan = open_day(shop, home)
        lan.sees("deadline", 30)
        (session,) = children(server.pid)
        lan.begins_a_note("buyers ask for pockets")
        lan.types("\x13")
        lan.sees("notes 1", 30)
        lan.types("\x11")
        assert lan.ends(20, reading=True) == 0
        assert gone(session)
        assert b"\x1b[?1049l" in lan.written, "the terminal was given back"
    assert [note.text for note in notes(Book(shop).day(DAY))] == ["buyers ask for pockets"]


def test_two_sessions_at_once_and_a_resize_reaches_the_right_one(shop: Path, home: dict[str, str]) -> None:
    with serving(home) as server:
        one, two = open_day(shop, home), open_day(shop, home)
        for terminal in (one, two):
            terminal.sees("deadline", 30)
        assert len(children(server.pid)) == 2
        while one.read(1.0) or two.read(1.0):
            pass  # the answers of the day are still coming
        before = len(two.written)
        resize(one, 100, 30)
        one.forgets()
        one.sees("deadline", 30)
        two.read(0.3)
        assert len(two.written) == before
        for terminal in (one, two):
            terminal.types("\x11")
            assert terminal.ends(20, reading=True) == 0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_what_was_typed_is_kept_when_the_line_goes(
    shop: Path, home: dict[str, str], number: signal.Signals
) -> None:
    with serving(home) as server:
        lan = open_day(shop, home)
        lan.sees("deadline", 30)
        (session,) = children(server.pid)
        lan.begins_a_note("half a thou")
        lan.send(number)
        lan.read(0.5)
        assert gone(session), "no orphan"
    assert "half a thou" in FileDrafts(shop, "沈岚").all().values()


def test_the_server_ends_when_nobody_comes_and_when_told(shop: Path, home: dict[str, str]) -> None:
    with serving(home) as server:
        told = subprocess.run(
            [sys.executable, "-P", "-m", "tui", "server", "--stop"],
            env=os.environ | home, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (told.returncode, told.stdout) == (0, "The server has ended.\n")
        assert server.wait(20) == 0
    lan = open_day(shop, home)
    lan.sees("deadline", 30)
    lan.types("\x11")
    assert lan.ends(20, reading=True) == 0, "without a server the day opens all the same"


def test_a_server_whose_program_was_replaced_ends_and_the_day_opens_all_the_same(
    shop: Path, home: dict[str, str], tmp_path: Path
) -> None:
    """Any file in memory counts, one that was written over in its place too."""
    program = tmp_path / "program"
    for package in ("core", "routines", "tui"):
        copytree(ROOT / package, program / package, ignore=ignore_patterns("__pycache__"))
    home |= {"PYTHONPATH": str(program)}
    with serving(home, cwd=program) as server:
        with (program / "tui" / "screens" / "today" / "today.py").open("a", encoding="utf-8") as file:
            file.write("# another one\n")
        lan = open_day(shop, home)
        lan.sees("deadline", 30)
        assert server.wait(20) == 0
        lan.types("\x11")
        assert lan.ends(20, reading=True) == 0


def test_the_shell_gets_the_terminal_back_and_the_day_goes_on(shop: Path, home: dict[str, str]) -> None:
    with serving(home):
        lan = open_day(shop, home)
        lan.sees("deadline", 30)
        lan.types("\x1a")
        end = time.monotonic() + 30
        while not os.WIFSTOPPED(os.waitpid(lan.process, os.WNOHANG | os.WUNTRACED)[1]):
            assert time.monotonic() < end, "the client never stopped"
            lan.read(0.1)
        lan.forgets()
        lan.send(signal.SIGCONT)
        lan.sees("deadline", 30)
        lan.types("\x11")
        assert lan.ends(20, reading=True) == 0


def test_a_second_server_is_refused_and_a_dead_ones_door_taken_over(home: dict[str, str]) -> None:
    with serving(home):
        second = subprocess.run(
            [sys.executable, "-P", "-m", "tui", "server"],
            env=os.environ | home, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (second.returncode, "already running" in second.stderr) == (2, True)
    assert (Path(home["XDG_RUNTIME_DIR"]) / "shopday.sock").exists(), "it was killed"
    with serving(home) as third:
        time.sleep(0.5)
        assert third.poll() is None


def test_the_door_opens_for_its_user_only(home: dict[str, str]) -> None:
    with serving(home):
        assert (Path(home["XDG_RUNTIME_DIR"]) / "shopday.sock").stat().st_mode & 0o777 == 0o600
    Path(home["XDG_RUNTIME_DIR"]).chmod(0o755)
    words = "from tui.runtime.server_client import door; print(door())"
    place = subprocess.run(
        [sys.executable, "-c", words], env=os.environ | home, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert not place.startswith(home["XDG_RUNTIME_DIR"]), "a folder others can enter is not used"
