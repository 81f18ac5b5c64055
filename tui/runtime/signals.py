"""Handles hang-ups, kills and lost terminals, so that no text is lost and the terminal is restored.

On HUP and TERM, Textual alone ends without saving and leaves the terminal in raw mode; it hangs if the
connection stalls, and busy-loops as an orphan if the terminal is gone. Here HUP
and TERM are blocked in every thread, and one thread waits for them. It saves drafts, asks the app to exit,
and forces the exit after two seconds.
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
from typing import TYPE_CHECKING, Any

from core.errors import UsageError
from core.language.wording import say

if TYPE_CHECKING:
    from textual.app import App

WATCHED = (signal.SIGHUP, signal.SIGTERM)
GRACE = 2.0
"""Seconds that the app is given to exit by itself before the exit is forced."""
_LOOK_EVERY = 1.0
_RESTORE = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l"
    b"\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Escape sequences: mouse, paste and focus reports off; line wrapping, main screen and cursor on."""


def refuse_bad_terminal() -> None:
    """Raise UsageError (exit code 2) if there is no terminal, or one that cannot show a screen."""
    if not (sys.__stdin__ and sys.__stdin__.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
        raise UsageError(say("There is no terminal here: use ssh -t, or the commands in shopday --help."))
    if os.environ.get("TERM", "") == "dumb":
        raise UsageError(say("TERM=dumb cannot show a screen: set TERM=xterm-256color, or use the commands."))


def prepare_terminal() -> None:
    """Let the screen follow the terminal's size; raise UsageError if there is no suitable terminal."""
    refuse_bad_terminal()
    for name in ("COLUMNS", "LINES"):  # if exported, these would hide every resize
        os.environ.pop(name, None)


def run_guarded(app: App[Any], save: Callable[[], object] = lambda: None) -> None:
    """Run the app until it is left or a signal ends it, then ``save``; raise SystemExit if it failed."""

    def leave() -> None:
        loop = app._loop  # noqa: SLF001 - the only way into the event loop from another thread
        if loop is not None:
            loop.call_soon_threadsafe(app.exit)

    guard = Guard(save, leave)
    guard.start()
    code = 1
    try:
        app.run()
        code = 128 + guard.signal if guard.signal else app.return_code or 0
    finally:
        save()
        guard.stop(code)
    if code:
        raise SystemExit(code)


class Guard:
    """Waits for HUP, TERM and a lost terminal; must be created before any other thread starts."""

    def __init__(self, save: Callable[[], object], leave: Callable[[], None]) -> None:
        """Initialize the guard.

        ``save`` writes unsaved text and ``leave`` asks the program to end; both may be called from any
        thread.
        """
        self.save = save
        self.leave = leave
        self.over = threading.Event()
        self.signal = 0
        self._lock = threading.Lock()
        self._terminal = sys.__stdin__.fileno() if sys.__stdin__ else 0
        self._before = _attributes(self._terminal)

    def start(self) -> None:
        """Block the signals in this thread, and so in all later ones, and start waiting for them."""
        for number in WATCHED:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        for watch in (self._wait, self._look):
            threading.Thread(target=watch, name=f"guard{watch.__name__}", daemon=True).start()

    def stop(self, code: int = 0) -> None:
        """End the process soon after the program has ended, even if some thread is still running.

        Textual's key-reading thread survives a crash and busy-loops when the terminal goes away; Python would
        wait for it.
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
        """Check for a lost terminal, in case there is no HUP (nohup, a lost parent process)."""
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
    """Restore the terminal's state without blocking."""
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
