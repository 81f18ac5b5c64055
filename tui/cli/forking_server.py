"""``shopday server``: keeps the program in memory and forks a session for each terminal that connects.

The server is optional. There is one per Unix user, on a socket that only that user can open. A session is a
child process of the server: it receives the client's terminal descriptors, environment and command line, and
exits, as after a lost connection, if the client ends. The server ends after a time without sessions, or when
the program's files have changed; the next start then runs without a server.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import select
import signal
import socket
import struct
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from core.errors import UsageError
from core.language.locale_folders import LOCALE
from core.language.wording import say
from core.storage.decoding import json_in
from tui.runtime import server_client
from tui.runtime.signals import WATCHED

IDLE: Final = 1800.0
"""Seconds without sessions after which the server ends."""
_LOOK_EVERY: Final = 5.0
_LONGEST: Final = 1 << 20
_OWN: Final = frozenset({"core", "routines", "tui"})


def serve(idle: float = IDLE) -> None:
    """Serve this user's terminals until stopped, or until there was no session for ``idle`` seconds.

    Raise UsageError if a server is already running.
    """
    _preload()
    files = _files()
    stamps, sessions, last = _stamps(files), set[int](), time.monotonic()
    with _listening() as door:
        gc.collect()
        gc.freeze()  # loaded objects stay in memory shared with every session
        try:
            while sessions or time.monotonic() - last < idle:
                sessions -= _ended(sessions)
                if sessions:
                    last = time.monotonic()
                if not select.select([door], [], [], min(_LOOK_EVERY, max(idle, 0.1)))[0]:
                    continue
                line, _ = door.accept()
                last = time.monotonic()
                if stamps != _stamps(files):
                    line.close()
                    return
                with line:
                    if process := _session(line, door):
                        sessions.add(process)
        finally:
            with suppress(OSError):
                Path(server_client.door()).unlink()


def stop() -> bool:
    """Stop this user's server, but not its sessions; return False if there is no server."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(server_client.door())
            socket.send_fds(line, [b"\0\0\0\0"], [0])
            line.recv(1)
        except OSError:
            return False
    return True


def _preload() -> None:
    """Import what every session needs, except pandas, and render a day once."""
    import tui.cli.commands  # noqa: F401 - imported for later sessions
    from tui import screens
    from tui.cli.warm_up import warm_up

    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    warm_up()


def _files() -> tuple[str, ...]:
    """Return the paths of the program's loaded modules and of its translations."""
    own = [module for name, module in sys.modules.items() if name.partition(".")[0] in _OWN]
    files = {file for module in own if (file := getattr(module, "__file__", None))}
    words = (file for file in LOCALE.glob("**/*") if file.suffix in (".mo", ".toml"))
    return (
        *sorted(files),
        str(LOCALE),
        *map(str, words),
    )  # the folder itself, because it changes if a language is added


def _stamps(files: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the files' modification times and sizes, to detect that the program was changed."""
    stamps = []
    for file in files:
        try:
            known = Path(file).stat()
        except OSError:
            stamps.append((0, 0))
        else:
            stamps.append((known.st_mtime_ns, known.st_size))
    return stamps


def _listening() -> socket.socket:
    path = Path(server_client.door())
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not server_client.private(path.parent):
        raise UsageError(
            say("{folder} does not belong to you alone, so no server is started there.", folder=path.parent)
        )
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
        try:
            other.connect(str(path))
        except OSError:
            with suppress(FileNotFoundError):
                path.unlink()
        else:
            raise UsageError(say("A server of yours is already running: shopday server --stop ends it."))
    before = os.umask(0o177)
    try:
        door.bind(str(path))
    finally:
        os.umask(before)
    door.listen(16)
    return door


def _session(line: socket.socket, door: socket.socket) -> int:
    """Fork a session for the client and return its process id; 0 if no session was requested.

    Raise SystemExit if the client asks the server to stop.
    """
    line.settimeout(2.0)
    try:
        size, terminal, _, _ = socket.recv_fds(line, 4, 3)
        wanted = int.from_bytes(size)
        if not _ours(line) or len(size) < 4 or wanted > _LONGEST:  # noqa: PLR2004 - another user, or only a connection test
            _close(terminal)
            return 0
        if not wanted:
            _close(terminal)
            raise SystemExit(0)
        body = b""
        while len(body) < wanted and (piece := line.recv(wanted - len(body))):
            body += piece
        head = json_in(body, "request")
    except (OSError, ValueError):
        return 0
    process = os.fork()
    if not process:
        door.close()
        line.settimeout(None)
        _become(line, terminal, head)
    _close(terminal)
    with suppress(OSError):
        line.sendall(process.to_bytes(4))
    return process


def _become(line: socket.socket, terminal: list[int], head: dict[str, Any]) -> NoReturn:
    """Become the session: take over the client's terminal, folder, environment and arguments, and run.

    Never returns: the process ends with the program's exit code, which is sent to the client.
    """
    code = 1
    try:
        os.setsid()
        for target, source in enumerate(terminal):
            os.dup2(source, target)
        _close([one for one in terminal if one > 2])  # noqa: PLR2004 - keep the standard streams
        os.environ.clear()
        os.environ.update(head["env"])
        os.umask(int(head["umask"]))
        with suppress(OSError):
            os.chdir(head["cwd"])
        sys.argv = ["shopday", *head["words"]]
        for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
            stream = os.fdopen(number, mode, encoding="utf-8", errors="surrogateescape", closefd=False)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        server_client.client = line
        # Blocked in all threads started later, because the session's guard thread waits for these signals and
        # saves unsaved text.
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        threading.Thread(target=_watch, args=(line,), name="client", daemon=True).start()
        gc.enable()
        from tui.__main__ import start

        start()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1 if end.code else 0
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        with suppress(OSError):
            line.sendall(server_client.ENDED + bytes([code & 0xFF]))
        os._exit(code)


def _watch(line: socket.socket) -> None:
    """Send SIGHUP to this process if the client ends; the client never sends anything."""
    with suppress(OSError):
        while line.recv(1):
            pass
    os.kill(os.getpid(), signal.SIGHUP)


def _ours(line: socket.socket) -> bool:
    known = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", known)
    return bool(user == os.getuid())


def _ended(sessions: set[int]) -> set[int]:
    """Return the process ids of the sessions that have ended."""
    over = set()
    for process in sessions:
        with suppress(ChildProcessError):
            if not os.waitpid(process, os.WNOHANG)[0]:
                continue
        over.add(process)
    return over


def _close(descriptors: list[int]) -> None:
    for one in descriptors:
        os.close(one)
