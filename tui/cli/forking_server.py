"""``shopday server``: has the program in memory and forks a session for each terminal that asks (optional).

One server a Unix user, listening where only that user can go. The session is a child of the server: it gets
the terminal's descriptors, the environment and the command line of the client, watches the client, and leaves
as after a lost line when the client is gone. The server ends itself when nobody has come for a while, and
when its own code has been replaced: the next start is then a plain one.
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
"""Seconds without any session after which the server ends."""
_LOOK_EVERY: Final = 5.0
_LONGEST: Final = 1 << 20
_OWN: Final = frozenset({"core", "routines", "tui"})


def serve(idle: float = IDLE) -> None:
    """Serve this user's terminals until idle for so many seconds, or ended; UsageError: one is running."""
    _preload()
    files = _files()
    stamps, sessions, last = _stamps(files), set[int](), time.monotonic()
    with _listening() as door:
        gc.collect()
        gc.freeze()  # what is loaded stays shared with every session
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
    """End this user's server; its sessions go on. False when there is none."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(server_client.door())
            socket.send_fds(line, [b"\0\0\0\0"], [0])
            line.recv(1)
        except OSError:
            return False
    return True


def _preload() -> None:
    """Import what every session needs and draw a day once; pandas stays with the analyst."""
    import tui.cli.commands  # noqa: F401 - for the sessions to come
    from tui import screens
    from tui.cli.warm_up import warm_up

    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    warm_up()


def _files() -> tuple[str, ...]:
    """Return the files of the program in memory, its words included."""
    own = [module for name, module in sys.modules.items() if name.partition(".")[0] in _OWN]
    files = {file for module in own if (file := getattr(module, "__file__", None))}
    words = (file for file in LOCALE.glob("**/*") if file.suffix in (".mo", ".toml"))
    return (*sorted(files), str(LOCALE), *map(str, words))  # the folder itself changes with a new language


def _stamps(files: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return what changes when one of the files is another one than the one in memory."""
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
        raise UsageError(say("{folder} is not yours alone; no server is started there.", folder=path.parent))
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
        try:
            other.connect(str(path))
        except OSError:
            with suppress(FileNotFoundError):
                path.unlink()
        else:
            raise UsageError(say("A server of yours is running already: shopday server --stop ends it."))
    before = os.umask(0o177)
    try:
        door.bind(str(path))
    finally:
        os.umask(before)
    door.listen(16)
    return door


def _session(line: socket.socket, door: socket.socket) -> int:
    """Fork a session for the client; 0 when there is nothing to start. Raises SystemExit when told to end."""
    line.settimeout(2.0)
    try:
        size, terminal, _, _ = socket.recv_fds(line, 4, 3)
        wanted = int.from_bytes(size)
        if not _ours(line) or len(size) < 4 or wanted > _LONGEST:  # noqa: PLR2004 - somebody who only looks
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
    """Be the session: the client's terminal, folder, environment and words, then the program as ever."""
    code = 1
    try:
        os.setsid()
        for target, source in enumerate(terminal):
            os.dup2(source, target)
        _close([one for one in terminal if one > 2])  # noqa: PLR2004 - the standard ones stay
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
        # For every thread to come: they wait for the guard of the session, which saves what was typed.
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
    """Leave as after a lost line when the client is gone: it never says anything."""
    with suppress(OSError):
        while line.recv(1):
            pass
    os.kill(os.getpid(), signal.SIGHUP)


def _ours(line: socket.socket) -> bool:
    known = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", known)
    return bool(user == os.getuid())


def _ended(sessions: set[int]) -> set[int]:
    """Return the sessions that are over."""
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
