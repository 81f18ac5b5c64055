"""The quick way in: hands this terminal to ``shopday server``, when one of this user is running.

Nothing but the standard library's lightest parts is imported here: this module is what a start costs when
the server does the rest. Where anything does not fit, the caller goes on by itself, as without a server.
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
"""The commands that show a screen; all others end at once and need no server."""
FORWARDED: Final = (signal.SIGWINCH, signal.SIGTERM, signal.SIGHUP)
STOPPED: Final = b"S"
ENDED: Final = b"E"
client: socket.socket | None = None
"""In a session of the server: the way to the client whose terminal it has; None in every other process."""


def door() -> str:
    """Return where this user's server listens: in a folder that only this user can open."""
    base = os.environ.get("XDG_RUNTIME_DIR") or ""
    if not (base.startswith("/") and private(base)):
        base = f"/tmp/shopday-{os.getuid()}"  # noqa: S108 - its owner and mode are looked at before it is used
    return f"{base}/shopday.sock"


def private(folder: str | os.PathLike[str]) -> bool:
    """Tell whether the folder is this user's and closed to everybody else."""
    try:
        known = os.lstat(folder)
    except OSError:
        return False
    private = not stat.S_IMODE(known.st_mode) & 0o077
    return stat.S_ISDIR(known.st_mode) and known.st_uid == os.getuid() and private


def wanted(words: list[str]) -> bool:
    """Tell whether the command line shows a screen in this terminal."""
    plain = [word for word in words if not word.startswith("-")]
    if "--help" in words or "-h" in words or not all(map(os.isatty, (0, 1, 2))):
        return False
    if words[:1] == ["--who"]:
        plain = plain[1:]
    return not plain or plain[0] in SCREENS


def go(words: list[str]) -> int | None:
    """Let the server show the screen here and return its exit code; None when there is no server for it."""
    path = door()
    if not private(os.path.dirname(path)):  # noqa: PTH120 - pathlib would cost a third of the start
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
    """Pass signals on to the session until it has ended."""

    def forward(number: int, _frame: object) -> None:
        with suppress(ProcessLookupError):
            os.kill(process, number)

    for number in FORWARDED:
        signal.signal(number, forward)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is a key of the session's
    while True:
        word = line.recv(2)
        if word[:1] == STOPPED:
            os.kill(os.getpid(), signal.SIGSTOP)
            forward(signal.SIGCONT, None)
        else:
            return word[1] if word[:1] == ENDED and len(word) > 1 else 1


def pause(to: socket.socket) -> None:
    """Let the client's shell have the terminal; returns when the client is taken up again."""
    to.sendall(STOPPED)
    os.kill(os.getpid(), signal.SIGSTOP)


def quick() -> None:
    """End the process with the session's exit code when a server took it; return when none did."""
    words = sys.argv[1:]
    if wanted(words) and not os.environ.get("SHOPDAY_RESTRICTED"):  # its own process, fenced from the start
        code = go(words)
        if code is not None:
            os._exit(code)
