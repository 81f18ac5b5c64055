"""A program in a real terminal of our own: its bytes are read, keys and signals sent."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from pathlib import Path

import pyte

ROOT = Path(__file__).parents[2]
MORNING = "2026-11-16T08:52:10+08:00"
LARGEST = (200, 60)
"""Columns and rows that no terminal here has more of."""
PATIENCE = 60.0
"""Seconds until what does not come is a failure; long, because only failures wait for it."""


def at_rest(process: int) -> bool:
    """Tell whether every thread of the process waits for something: what it was given is worked off."""
    try:
        threads = [task.read_text() for task in Path(f"/proc/{process}/task").glob("*/stat")]
    except OSError:
        return True  # a thread has gone, or the process
    return all(thread.rpartition(")")[2].split()[0] not in "RD" for thread in threads)


_UNKNOWN = re.compile(r"\x1b\[[<>=?][0-9;]*(?:[a-gi-km-z]|\$[a-z])|\x1b[\]P_][^\x07\x1b]*(?:\x07|\x1b\\)")
"""What pyte would print instead of obeying: private questions, and strings for the terminal itself."""


_CUT = re.compile(r"\x1b(?:\[[^@-~]*|[\]P_][^\x07\x1b]*\x1b?)?$")
"""A sequence whose end is still to come."""


class Picture:
    """A terminal in memory: what a program has written so far, as lines."""

    def __init__(self, columns: int, rows: int) -> None:
        self.lines = [""] * rows
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._cut = ""

    def feed(self, written: bytes) -> None:
        """Show what was written next, wherever it was cut."""
        text = self._cut + self._decoder.decode(written)
        self._cut = cut[0] if (cut := _CUT.search(text)) else ""
        self._stream.feed(_UNKNOWN.sub("", text.removesuffix(self._cut)))
        for row in self._screen.dirty:
            cells = self._screen.buffer[row]
            self.lines[row] = "".join(cells[column].data for column in range(self._screen.columns)).rstrip()
        self._screen.dirty.clear()


def played(written: bytes, columns: int, rows: int) -> list[str]:
    """Return the lines a terminal in memory shows after all of it."""
    picture = Picture(columns, rows)
    picture.feed(written)
    return picture.lines


class Watched:
    """One program's process and its terminal's other end."""

    def __init__(self, process: int, line: int) -> None:
        self.process = process
        self.line = line
        self.forgets()

    def forgets(self) -> None:
        """Look only at what is written from now on."""
        self.written = b""
        self._picture = Picture(*LARGEST)
        self._shown = 0

    def read(self, seconds: float) -> bytes:
        """Return what is written within the time, and keep it."""
        got, end = b"", time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.line], [], [], left)[0]:
                break
            try:
                piece = os.read(self.line, 65536)
            except OSError:
                break
            if not piece:
                break
            got += piece
        self.written += got
        return got

    def shows(self, text: str) -> bool:
        """Tell whether the text stands on the screen now."""
        self._picture.feed(self.written[self._shown :])
        self._shown = len(self.written)
        return any(text in line for line in self._picture.lines)

    def sees(self, text: str, seconds: float = PATIENCE) -> None:
        """Read until the text stands on the screen."""
        self._reads_until(lambda: self.shows(text), text, seconds)

    def gets(self, order: str) -> None:
        """Read until the terminal was told so, in these very bytes."""
        self._reads_until(lambda: order.encode() in self.written, order, PATIENCE)

    def _reads_until(self, come: Callable[[], bool], what: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not come():
            assert time.monotonic() < end, f"{what!r} never came; last: {self.written[-2000:]!r}"
            self.read(0.05)

    def settles(self) -> None:
        """Read until all is painted and the program waits."""
        end, still = time.monotonic() + PATIENCE, 0
        while still < 3 and time.monotonic() < end:
            still = 0 if self.read(0.05) or not at_rest(self.process) else still + 1

    def types(self, keys: str) -> None:
        """Press keys."""
        os.write(self.line, keys.encode())

    def begins_a_note(self, text: str) -> None:
        """Open the step that is on now and write into its note, not saved yet."""
        self.sees("deadline")
        self.types("\r")
        self.sees("questions")
        self.types("w")
        self.sees("keep as draft")
        self.types(text)
        self.sees(text)

    def send(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.process, number)

    def hang_up(self) -> None:
        """The line is cut."""
        os.close(self.line)

    def ends(self, seconds: float, *, reading: bool = False) -> int:
        """Return the exit code when it ends within the time; ``reading`` takes what it still writes."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if reading:
                self.read(0.05)
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                if reading:
                    self.read(0.05)
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        raise AssertionError("still running")


class Terminal(Watched):
    """One program, started in a terminal of its own."""

    def __init__(
        self, *command: str, columns: int = 80, rows: int = 24, env: dict[str, str] | None = None
    ) -> None:
        process, line = pty.fork()
        if process == 0:
            os.chdir(ROOT)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "", "LANG": "C.UTF-8", **(env or {})})
            os.execv(sys.executable, [sys.executable, *command])  # noqa: S606 - our own program
        fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        super().__init__(process, line)


def desk(shop: Path, *, at: str = MORNING, lang: str = "en", columns: int = 80, rows: int = 24) -> Terminal:
    """Return the desk of a shop in a terminal."""
    return Terminal("-m", "tests.terminal.program", str(shop), at, lang, columns=columns, rows=rows)
