"""Forty people in three shops over a real sshd, typing at a human pace (``make soak``): cost and losses.

Each opens the day, goes through steps and writes notes; a note counts as confirmed when the screen
has said so and the journal has it.
At the end every confirmed note has to be in the journal, once and by its writer.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from core.journal.book import Book
from tests.bench.measure import Figure
from tests.bench.places import sample_shop
from tests.bench.screen import Screen
from tests.bench.startup import own_memory
from tests.bench.table import HEADS, number, row
from tests.terminal.sshd import PEOPLE, TEAM, Server, serving

SESSIONS, SHOPS = 40, 3
DAY = date(2026, 11, 16)
TYPICAL, SLOWEST = 60.0, 300.0
"""Milliseconds that 99 of 100 keys, and the slowest key, may take with all forty at work."""
SHARE = 40.0
"""Percent of two cores that all sessions together may use in the middle of typing."""


@dataclass
class Hand:
    """One of the forty: what they typed and how long their keys took."""

    number: int
    shop: Path
    person: str
    confirmed: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    trouble: str = ""

    def work(self, screen: Screen, until: float) -> None:
        """Write notes until the time is over."""
        chance = random.Random(self.number)
        try:
            screen.until("? help", 120)
            screen.quiet(0.5)
            for _ in range(self.number // (SHOPS * len(PEOPLE))):  # one step, one hand: a draft is a person's
                self._press(screen, b"\x1b[B")
            self._press(screen, b"\r")
            while time.monotonic() < until:
                self._note(screen, f"note {len(self.confirmed)} by hand {self.number}", chance)
                time.sleep(chance.uniform(1.0, 4.0))
                for _ in range(chance.randrange(1, 6)):
                    self._press(
                        screen, chance.choice((b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~")), may_rest=True
                    )
                    time.sleep(chance.uniform(0.1, 0.5))
            screen.end()
        except (TimeoutError, OSError) as error:
            self.trouble = f"{type(error).__name__}: {error}"

    def _note(self, screen: Screen, words: str, chance: random.Random) -> None:
        self._press(screen, b"w")
        time.sleep(0.3)
        for letter in words:
            self._press(screen, letter.encode())
            time.sleep(chance.uniform(0.03, 0.12))
        self._press(screen, b"\x13")
        book, end = Book(self.shop), time.monotonic() + 30
        screen.quiet(0.4)
        while words not in [entry.data.get("text") for entry in book.day(DAY)]:
            if time.monotonic() > end:
                raise TimeoutError(f"{words!r} was not kept")
            screen.read(0.2)
        self.confirmed.append(words)

    def _press(self, screen: Screen, key: bytes, *, may_rest: bool = False) -> None:
        with suppress(*[TimeoutError] if may_rest else []):
            took, _ = screen.key(key, calm=0.04, longest=0.5 if may_rest else 20.0)
            self.waits.append(took)
        screen.pieces[:-40] = []


def main() -> int:
    """Run it and print its table; exit code 1 when something was lost or a line is over its limit."""
    words = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    words.add_argument("--minutes", type=float, default=10.0)
    minutes = words.parse_args().minutes
    with serving() as server:
        hands = [Hand(n, server.base / "shops" / f"shop{n % SHOPS}", PEOPLE[n % 2]) for n in range(SESSIONS)]
        for shop in {hand.shop for hand in hands}:
            _make(shop, server)
        used, held = _run(hands, server, minutes)
        return _told(hands, used, held, minutes)  # while the shops are there


def _make(shop: Path, server: Server) -> None:
    """Copy the sample shop for the group, its journal empty, its team our two accounts."""
    shop.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(sample_shop(), shop)
    shutil.rmtree(shop / "journal", ignore_errors=True)
    settings = shop / "shop.toml"
    text = settings.read_text(encoding="utf-8").partition("[[team]]")[0]
    settings.write_text(text + TEAM.format(*server.accounts.values()), encoding="utf-8")
    subprocess.run(["chgrp", "-R", server.group, str(shop)], check=True)
    for place in [shop, *shop.rglob("*")]:
        place.chmod(0o2770 if place.is_dir() else 0o660)


def _run(hands: list[Hand], server: Server, minutes: float) -> tuple[float, float]:
    """Let them all work; return the percent of two cores of all, and the megabytes of one, halfway."""
    screens = []
    for hand in hands:
        words = server.shopday(
            hand.person, "open", str(hand.shop), "--date", DAY.isoformat(), "--at", "08:52"
        )
        screens.append(Screen([*server.ssh(server.accounts[hand.person], "-tt"), words]))
        time.sleep(0.7)  # sshd lets ten people knock at once
    until = time.monotonic() + minutes * 60
    threads = [
        threading.Thread(target=hand.work, args=(screen, until))
        for hand, screen in zip(hands, screens, strict=True)
    ]
    for thread in threads:
        thread.start()
    time.sleep(minutes * 60 / 2)
    sessions = _processes(server, {b"open", b"tui"})
    before = {process: _ticks(process) for process in _processes(server, set())}
    time.sleep(10)
    ticks = sum(_ticks(process) - earlier for process, earlier in before.items())
    used = ticks / os.sysconf("SC_CLK_TCK") / 10 / 2 * 100
    held = [own_memory(process) for process in sessions]
    for thread in threads:
        thread.join(minutes * 60 + 120)
    return used, median(held or [0.0])


def _processes(server: Server, words: set[bytes]) -> list[int]:
    """Return the Python processes at work in the server's shops whose command has all these words.

    They are the days on somebody's screen, and the processes that work out their answers.
    """
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (place / "cmdline").read_bytes().split(b"\0")
            here = any(str(server.base).encode() in word for word in command)
            if here and words <= set(command) and (place / "exe").resolve().name.startswith("python"):
                found.append(int(place.name))
    return found


def _ticks(process: int) -> int:
    try:
        words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(words[11]) + int(words[12])


def _told(hands: list[Hand], used: float, held: float, minutes: float) -> int:
    confirmed = sum(len(hand.confirmed) for hand in hands)
    lost = 0
    for shop in {hand.shop for hand in hands}:
        mine = [words for hand in hands if hand.shop == shop for words in hand.confirmed]
        kept = [entry.data.get("text") for entry in Book(shop).day(DAY) if entry.kind == "note"]
        lost += sum(kept.count(words) != 1 for words in mine)
    waits = sorted(wait for hand in hands for wait in hand.waits)
    troubled = [f"hand {hand.number}: {hand.trouble}" for hand in hands if hand.trouble]
    typical = waits[len(waits) // 100 * 99] if waits else 0.0
    figures = (
        Figure("notes lost or doubled", "", 0.0, "notes", [float(lost)]),
        Figure("sessions in trouble", "", 0.0, "sessions", [float(len(troubled))]),
        Figure("99 of 100 keys within", "", TYPICAL, "ms", [typical]),
        Figure("slowest key", "", SLOWEST, "ms", [waits[-1] if waits else 0.0]),
        Figure("processors used, all sessions", "", SHARE, "% of two cores", [used]),
    )
    lines = [
        f"{SESSIONS} sessions in {SHOPS} shops, {minutes:g} minutes: {confirmed} notes, {len(waits)} keys.",
        f"Keys: median {number(median(waits or [0.0]))} ms.",
        f"A session holds {number(held)} MB of its own.",
        f"| {' | '.join(HEADS)} |",
        *(row(figure) for figure in figures),
        *troubled,
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(figure.verdict == "over" for figure in figures) or not confirmed)


if __name__ == "__main__":
    sys.exit(main())
