"""What a key sends over a real ssh connection, counted on the wire, with compression and without."""

from __future__ import annotations

import shlex
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from statistics import median

from tests.bench.measure import Figure, Left, Result
from tests.bench.places import PYTHON, ROOT
from tests.bench.screen import Screen
from tests.terminal.sshd import PEOPLE, Server, serving


def figures(rounds: int) -> Iterator[Result]:
    """Yield a scrolling key over ssh against Textual's table, and with ``ssh -C`` against one without."""
    try:
        with serving() as server:
            theirs = _sent(server, "data", rounds * 3)
            plain, packed = _sent(server, "ours", rounds * 3), _sent(server, "ours", rounds * 3, "-C")
    except (OSError, AssertionError) as error:
        yield Left("wire bytes per scrolling key", f"no sshd here: {error}")
        return
    yield Figure("wire bytes per scrolling key, ssh", "DataTable", 0.35, "bytes", plain, theirs)
    yield Figure(
        "wire bytes per scrolling key, ssh -C", "DataTable, without -C", 0.05, "bytes", packed, theirs
    )
    yield Figure("the same", "our table, without -C", 0.05, "bytes", packed, plain)


def _sent(server: Server, table: str, presses: int, *options: str) -> list[float]:
    """Return the bytes each scrolling key sent from the server to the client."""
    counted = Counter(server.port)
    there = replace(server, port=counted.port)
    program = f"{PYTHON} -P -m tests.bench.programs.tables {table} 1000"
    remote = f"cd /; PYTHONPATH={shlex.quote(str(ROOT))} exec {program}"
    screen = Screen([*there.ssh(server.accounts[PEOPLE[0]], "-tt", *options), remote])
    screen.until("毛衣女 5")
    screen.quiet(0.5)
    for _ in range(25):
        screen.key(b"\x1b[B", calm=0.2)
    sent = []
    for _ in range(presses):
        before = counted.bytes
        screen.key(b"\x1b[B", calm=0.2)
        sent.append(float(counted.bytes - before))
    screen.end()
    if not median(sent):
        raise OSError("nothing came over the wire")
    return sent


class Counter:
    """Stands between client and server and counts what the server sends."""

    def __init__(self, port: int) -> None:
        self.bytes = 0
        self._to = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        client, _ = self._door.accept()
        server = socket.create_connection(("127.0.0.1", self._to))
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=self._pump, args=(client, server), daemon=True).start()
        self._pump(server, client, counted=True)

    def _pump(self, source: socket.socket, target: socket.socket, *, counted: bool = False) -> None:
        with suppress(OSError):
            while piece := source.recv(1 << 16):
                self.bytes += len(piece) if counted else 0
                target.sendall(piece)
