"""kill -9 in the middle of writing, time and again: what the screen has counted is there, no file is torn."""

from __future__ import annotations

import fcntl
import os
import pty
import random
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from core.journal.book import Book
from routines.workday.workday import Workday
from tests.terminal.ptys import MORNING, PATIENCE, ROOT, Watched, desk
from tests.tui.shop import make_shop

DAY = date.fromisoformat(MORNING[:10])
LONGEST_WRITE = 0.08
"""Seconds a note takes to reach the disk, at most: the kill falls anywhere in it."""
WRITING = "keep as draft"
TYPED = "the buyers ask for pockets"


class Warm:
    """Opens desks without importing everything each time."""

    def __init__(self) -> None:
        env = os.environ | {"TERM": "xterm-256color", "COLORTERM": "", "LANG": "C.UTF-8"}
        command = [sys.executable, "-m", "tests.terminal.warm"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._says() == "ready"

    def _says(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def desk(self, shop: Path) -> Watched:
        assert self.process.stdin is not None
        line, other = pty.openpty()
        fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process.stdin.write(f"{os.ttyname(other)} {shop} {MORNING} en\n")
        self.process.stdin.flush()
        terminal = Watched(int(self._says()), line)
        terminal.gets("\x1b[?1049h")
        os.close(other)
        return terminal


@pytest.fixture
def warm() -> Iterator[Warm]:
    started = Warm()
    yield started
    started.process.terminate()
    started.process.communicate(timeout=5)


def gone(terminal: Watched) -> bool:
    try:
        os.kill(terminal.process, 0)
    except ProcessLookupError:
        return True
    return False


def follows(terminal: Watched, keys: str, words: str) -> None:
    """Press keys and wait until the screen answers with the words, which were not there before."""
    assert not terminal.shows(words)
    terminal.types(keys)
    terminal.sees(words)


def opens_target(terminal: Watched) -> None:
    terminal.sees("deadline")
    follows(terminal, "\r", "questions")


def writes_and_is_killed(
    terminal: Watched, count: int, notes: Iterator[str], chance: random.Random
) -> list[str]:
    """Write a few notes, each when the one before is counted; the last one is met by kill -9 somewhere.

    Returns the notes that the screen has counted.
    """
    confirmed = []
    for _ in range(chance.randint(0, 2)):
        follows(terminal, "w", WRITING)
        confirmed.append(text := next(notes))
        count += 1
        follows(terminal, f"{text}\x13", f"notes {count}")
    follows(terminal, "w", WRITING)
    text = next(notes)
    terminal.types(f"{text}\x13")
    terminal.read(chance.uniform(0, LONGEST_WRITE))
    os.kill(terminal.process, signal.SIGKILL)
    while not gone(terminal):
        terminal.read(0.02)
    terminal.read(0.05)
    if terminal.shows(f"notes {count + 1}"):
        confirmed.append(text)
    terminal.hang_up()
    return confirmed


def kept(shop: Path) -> list[str]:
    return [entry.data["text"] for entry in Book(shop).day(DAY) if entry.kind == "note"]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kills", [20, pytest.param(100, marks=pytest.mark.slow)])
def test_kills_lose_no_note_that_the_screen_has_counted(warm: Warm, tmp_path: Path, kills: int) -> None:
    chance = random.Random(16)
    shops = [make_shop(tmp_path / name) for name in ("one", "two")]
    typed = {shop: [f"note {number} of {shop.parent.name}" for number in range(kills * 3)] for shop in shops}
    notes = {shop: iter(typed[shop]) for shop in shops}
    confirmed: dict[Path, list[str]] = {shop: [] for shop in shops}
    following = warm.desk(shops[0])
    for number in range(kills):
        shop, terminal = shops[number % 2], following
        if number + 1 < kills:
            following = warm.desk(shops[(number + 1) % 2])  # opens while this one is written in
        opens_target(terminal)
        confirmed[shop] += writes_and_is_killed(terminal, len(kept(shop)), notes[shop], chance)
        there = kept(shop)
        # The draft of a killed note is offered again: the next one may stand behind it in the same note.
        assert [text for text in confirmed[shop] if not any(text in one for one in there)] == []
        assert [one for one in there if not one.endswith(tuple(typed[shop]))] == [], "half a note"
    assert sum(map(len, confirmed.values())) >= kills / 2
    for shop in shops:
        assert [file.name for file in (shop / "journal").rglob("*") if "damaged" in file.name] == []
        day = Workday.open(shop, clock=lambda: datetime.fromisoformat(MORNING), who="lan", lang="en")
        seen = " ".join(note.text for note in day.notes("target"))
        assert [text for text in confirmed[shop] if text not in seen] == []
        assert list(day.told()) == []


def test_what_was_being_typed_when_it_was_killed_is_offered_again(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    terminal = desk(shop)
    opens_target(terminal)
    follows(terminal, "w", WRITING)
    follows(terminal, TYPED, "pockets")
    end = time.monotonic() + PATIENCE
    while not any(TYPED in file.read_text(encoding="utf-8") for file in shop.rglob("drafts/**/*.json")):
        assert time.monotonic() < end, "no draft on the disk"
        terminal.read(0.05)
    terminal.send(signal.SIGKILL)
    assert terminal.ends(PATIENCE) == -signal.SIGKILL

    again = desk(shop)
    again.sees("What you were typing in “Target” was kept")
    follows(again, "\r", "A draft of 26 characters is kept")
    follows(again, "w", TYPED)
    follows(again, "\x13", "notes 1")
    again.types("\x11")
    assert again.ends(PATIENCE, reading=True) == 0
    assert kept(shop) == [TYPED]
