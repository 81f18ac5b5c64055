"""Stands beside Textual so that a lost line or a kill loses no words and leaves no mess.

Textual alone dies on HUP and TERM without saving, leaves the terminal raw, hangs for good when the line
stalls, and spins as an orphan when the terminal is gone (design/limits.md, section 6). Here HUP and TERM are
blocked in every thread and one thread waits for them: drafts first, a polite exit, after two seconds a
hard one.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable

from core.errors import UsageError
from core.language.wording import say

WATCHED = (signal.SIGHUP, signal.SIGTERM)
GRACE = 2.0
"""Seconds a polite exit may take."""
_LOOK_EVERY = 1.0
_RESTORE = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l"
    b"\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Mouse, paste and focus reports off, wrapping on, main screen, cursor shown."""


def refuse_bad_terminal() -> None:
    """UsageError (exit 2) where a screen cannot work: no terminal, or one that takes no commands."""
    if not (sys.__stdin__ and sys.__stdin__.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
        raise UsageError(say("No terminal here: use ssh -t, or the commands in shopday --help."))
    if os.environ.get("TERM", "") == "dumb":
        raise UsageError(say("TERM=dumb cannot show a screen: set TERM=xterm-256color, or use the commands."))


class Guard:
    """Waits for HUP, TERM and a vanished terminal; made before any other thread starts."""

    def __init__(self, save: Callable[[], None], leave: Callable[[], None]) -> None:
        """``save`` writes what was typed (any thread); ``leave`` asks the program to end (any thread)."""
        self.save = save
        self.leave = leave
        self.over = threading.Event()
        self.signal = 0
        self._lock = threading.Lock()
        self._terminal = sys.__stdin__.fileno() if sys.__stdin__ else 0
        self._before = _attributes(self._terminal)

    def start(self) -> None:
        """Block the signals here, so in every later thread too, and start waiting."""
        for number in WATCHED:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        for watch in (self._wait, self._look):
            threading.Thread(target=watch, name=f"guard{watch.__name__}", daemon=True).start()

    def stop(self, code: int = 0) -> None:
        """The program has ended; a thread that somebody left behind does not hold its process for ever.

        Textual's reader of keys outlives a crash and spins when the terminal goes; Python would wait for it.
        """
        self.over.set()
        threading.Thread(target=self._end, args=(code,), name="guard_end", daemon=True).start()

    @staticmethod
    def _end(code: int) -> None:
        time.sleep(GRACE)
        os._exit(code)

    def _wait(self) -> None:
        while True:
            self._go(signal.sigwait(WATCHED))

    def _look(self) -> None:
        """Notice a terminal that is gone even when no HUP came (nohup, a lost parent)."""
        poll = select.poll()
        poll.register(self._terminal, 0)
        while not self.over.wait(_LOOK_EVERY):
            gone = [
                event
                for _, event in poll.poll(0)
                if event & (select.POLLHUP | select.POLLNVAL | select.POLLERR)
            ]
            if gone:
                self._go(signal.SIGHUP)

    def _go(self, number: int) -> None:
        with self._lock:
            if self.signal:
                return
            self.signal = number
        threading.Thread(target=self._hard_exit, name="guard_last", daemon=True).start()
        with contextlib.suppress(Exception):
            self.save()
        with contextlib.suppress(Exception):
            self.leave()

    def _hard_exit(self) -> None:
        if self.over.wait(GRACE):
            return
        restore_terminal(self._terminal, self._before)
        os._exit(128 + self.signal)


def restore_terminal(terminal: int, before: list[object] | None) -> None:
    """Give the terminal back as it was, without ever waiting for it."""
    with contextlib.suppress(OSError):
        line = os.open(os.ttyname(terminal), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            with contextlib.suppress(BlockingIOError):
                os.write(line, _RESTORE)
                break
            time.sleep(0.02)
        os.close(line)
    if before is not None:
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(terminal, termios.TCSANOW, before)  # type: ignore[arg-type]


def _attributes(terminal: int) -> list[object] | None:
    try:
        return list(termios.tcgetattr(terminal))
    except (termios.error, OSError):
        return None
