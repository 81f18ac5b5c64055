"""A program in a terminal of our own, with the moment of every byte it wrote."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence

import pyte

_UNKNOWN = re.compile(rb"\x1b\[[><=?][0-9;]*[a-zA-Z$]+p?|\x1b\[[0-9;]*\$p")
"""Private sequences that pyte would print as words."""


class Screen:
    """One program; what it writes is stamped when it comes and looked at only afterwards."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        where: str | None = None,
    ) -> None:
        self.size = (columns, rows)
        self.pieces: list[tuple[float, bytes]] = []
        self.start = time.perf_counter()
        self.process, self.line = pty.fork()
        if self.process == 0:
            if where:
                os.chdir(where)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            fresh = {"TERM": "xterm-256color", "COLORTERM": "", "LANG": "C.UTF-8", **(env or {})}
            os.execvpe(command[0], list(command), os.environ | fresh)  # noqa: S606 - our own programs
        fcntl.ioctl(self.line, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds: float) -> bytes:
        """Take what comes within the time."""
        end, got = time.perf_counter() + seconds, b""
        while (left := end - time.perf_counter()) > 0:
            if not select.select([self.line], [], [], left)[0]:
                break
            try:
                piece = os.read(self.line, 1 << 16)
            except OSError:
                break
            if not piece:
                break
            self.pieces.append((time.perf_counter(), piece))
            got += piece
        return got

    def quiet(self, calm: float = 0.25, longest: float = 30.0) -> bytes:
        """Take what comes until nothing has come for ``calm`` seconds."""
        end, got = time.perf_counter() + longest, b""
        while time.perf_counter() < end:
            piece = self.read(calm) if not select.select([self.line], [], [], 0)[0] else self._take()
            if not piece:
                return got
            got += piece
        raise TimeoutError("it never stops writing")

    def _take(self) -> bytes:
        try:
            piece = os.read(self.line, 1 << 16)
        except OSError:
            return b""
        if piece:
            self.pieces.append((time.perf_counter(), piece))
        return piece

    def until(self, words: str, longest: float = 60.0) -> float:
        """Return when (ms from the start) the words stood on the screen, seen as a person sees them."""
        end = time.perf_counter() + longest
        while True:
            self.read(0.3)
            moment = self.shown(words)
            if moment is not None:
                return moment
            if time.perf_counter() > end:
                raise TimeoutError(f"{words!r} never came")

    def shown(self, words: str) -> float | None:
        """Return when (ms from the start) the words first stood on the screen, by playing it all again."""
        terminal = pyte.Screen(*self.size)
        stream = pyte.ByteStream(terminal)
        for moment, piece in self.pieces:
            stream.feed(_UNKNOWN.sub(b"", piece))
            if any(words in line for line in terminal.display):
                return (moment - self.start) * 1000
        return None

    def key(self, keys: bytes, calm: float = 0.06, longest: float = 20.0) -> tuple[float, int]:
        """Press a key; return the ms to the last byte of what it painted, and the bytes."""
        before = len(self.pieces)
        start = time.perf_counter()
        os.write(self.line, keys)
        if not select.select([self.line], [], [], longest)[0]:
            raise TimeoutError("the key painted nothing")
        while select.select([self.line], [], [], calm)[0] and self._take():
            pass
        new = self.pieces[before:]
        return (new[-1][0] - start) * 1000, sum(len(piece) for _, piece in new)

    def end(self) -> None:
        """Kill the program."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.line)
