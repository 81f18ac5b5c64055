"""The client of ``shopday server``: lets a running server show the screen in this terminal, to start faster.

This module imports only light parts of the standard library, because its imports determine the start-up time
with a server. If anything goes wrong, the caller continues as if there were no server.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import sys
from contextlib import suppress
from typing import Final

SCREENS: Final = ("open", "demo")
"""The commands that show a screen; all others run without the server."""
FORWARDED: Final = (signal.SIGWINCH, signal.SIGTERM, signal.SIGHUP)
STOPPED: Final = b"S"
ENDED: Final = b"E"
client: socket.socket | None = None
"""In a session of the server, the socket to the client that owns the terminal; None in other processes."""


def door() -> str:
    """Return the path of this user's server socket; its folder must be accessible to this user only."""
    base = os.environ.get("XDG_RUNTIME_DIR") or ""
    if not (base.startswith("/") and private(base)):
        base = f"/tmp/shopday-{os.getuid()}"  # noqa: S108 - owner and mode are checked before use
    return f"{base}/shopday.sock"


def private(folder: str | os.PathLike[str]) -> bool:
    """Return whether the folder belongs to this user and is inaccessible to all others."""
    try:
        known = os.lstat(folder)
    except OSError:
        return False
    private = not stat.S_IMODE(known.st_mode) & 0o077
    return stat.S_ISDIR(known.st_mode) and known.st_uid == os.getuid() and private


def wanted(words: list[str]) -> bool:
    """Return whether the command shows a screen in this terminal."""
    plain = [word for word in words if not word.startswith("-")]
    if "--help" in words or "-h" in words or not all(map(os.isatty, (0, 1, 2))):
        return False
    if words[:1] == ["--who"]:
        plain = plain[1:]
    return not plain or plain[0] in SCREENS


def go(words: list[str]) -> int | None:
    """Let the server run the command in this terminal, and return the exit code; None if it cannot."""
    path = door()
    if not private(os.path.dirname(path)):  # noqa: PTH120 - pathlib would take a third of the start-up time
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(path)
            head = {"words": words, "cwd": os.getcwd(), "env": dict(os.environ), "umask": _umask()}  # noqa: PTH109
            body = json.dumps(head).encode()
            socket.send_fds(line, [len(body).to_bytes(4)], [0, 1, 2])
            line.sendall(body)
            answer = line.recv(16)
        except OSError:
            return None
        if not answer:
            return None
        return _wait(line, int.from_bytes(answer[:4]))


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _wait(line: socket.socket, process: int) -> int:
    """Forward signals to the session, a process of the server, until it ends; return its exit code."""

    def forward(number: int, _frame: object) -> None:
        with suppress(ProcessLookupError):
            os.kill(process, number)

    for number in FORWARDED:
        signal.signal(number, forward)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is a key press for the session
    while True:
        word = line.recv(2)
        if word[:1] == STOPPED:
            os.kill(os.getpid(), signal.SIGSTOP)
            forward(signal.SIGCONT, None)
        else:
            return word[1] if word[:1] == ENDED and len(word) > 1 else 1


def pause(to: socket.socket) -> None:
    """Suspend the client at the other end of ``to``, and this process, so that the shell gets the terminal.

    Return when the client is resumed.
    """
    to.sendall(STOPPED)
    os.kill(os.getpid(), signal.SIGSTOP)


def quick() -> None:
    """Run the command in the server and exit with its exit code; return if there is no server."""
    words = sys.argv[1:]
    if wanted(words) and not os.environ.get(
        "SHOPDAY_RESTRICTED"
    ):  # restricted sessions get their own process
        code = go(words)
        if code is not None:
            os._exit(code)
