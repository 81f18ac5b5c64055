"""The line to PostgreSQL under faults: a proxy that cuts it, or kills the child, at any packet."""

from __future__ import annotations

import mmap
import os
import selectors
import signal
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from core.journal.postgres.address import URL
from tests.faults import supervised
from tests.faults.supervised import Call, Decide, Ended
from tests.journal.postgres.loopback import LoopbackServer

KEY: Final = "lanting"
SETTINGS: Final = f'\n[journal]\nstore = "postgres"\nshop = "{KEY}"\n'
"""What shop.toml has below its team, so that the journal is in PostgreSQL."""
_TABLES: Final = ("journal_entry", "journal_day", "journal_mark", "draft", "presence", "sent")


class Line:
    """A proxy on this machine; every packet, in either direction, is an event that may be its last."""

    def __init__(self, port: int) -> None:
        self._server_port = port
        self.decide: Callable[[Call], bool] | None = None
        """Returns whether the packet goes through; None: all do."""
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._select = selectors.DefaultSelector()
        self._select.register(self._door, selectors.EVENT_READ)
        self._other: dict[socket.socket, socket.socket] = {}
        self._of_client: set[socket.socket] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Close it and all connections."""
        self._ended.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join(5)
        for one in list(self._other):
            one.close()
        self._door.close()

    def _run(self) -> None:
        while not self._ended.is_set():
            for key, _ in self._select.select():
                one = key.fileobj
                if not isinstance(one, socket.socket):
                    continue
                if one is self._door:
                    self._accept()
                elif one in self._other:
                    self._pass_on(one)

    def _goes(self, name: str, words: bytes) -> bool:
        return self.decide is None or self.decide(Call(name, repr(words[:60]), writes=True))

    def _accept(self) -> None:
        client, _ = self._door.accept()
        if self._ended.is_set() or not self._goes("connect", b""):
            client.close()
            return
        try:
            server = socket.create_connection(("127.0.0.1", self._server_port))
        except OSError:
            client.close()
            return
        self._other |= {client: server, server: client}
        self._of_client.add(client)
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._select.register(one, selectors.EVENT_READ)

    def _pass_on(self, one: socket.socket) -> None:
        try:
            words = one.recv(1 << 20)
            if words and self._goes("send" if one in self._of_client else "receive", words):
                self._other[one].sendall(words)
                return
        except OSError:
            pass
        for end in (one, self._other.pop(one)):
            self._other.pop(end, None)
            self._of_client.discard(end)
            self._select.unregister(end)
            with suppress(OSError):  # cut off, not closed politely
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.close()


class PostgresLine:
    """The surroundings of an operation whose shop has its journal in PostgreSQL."""

    settings = SETTINGS

    def __init__(self, server: LoopbackServer, line: Line) -> None:
        self._server, self._line = server, line
        self._ready = False

    def empty(self) -> None:
        """Begin with an empty database."""
        self._cut_off()
        self._server.sql("DROP SCHEMA IF EXISTS shopday, ready CASCADE", "shops")

    def keep(self) -> None:
        """Keep what is there now as what every trial begins with."""
        self._cut_off()
        copies = "; ".join(f"CREATE TABLE ready.{name} AS TABLE shopday.{name}" for name in _TABLES)
        self._server.sql(f"CREATE SCHEMA ready; {copies}", "shops")

    def fresh(self) -> None:
        """Bring back what was kept."""
        self._cut_off()
        rows = "; ".join(
            f"TRUNCATE shopday.{name}; INSERT INTO shopday.{name} TABLE ready.{name}" for name in _TABLES
        )
        self._server.sql(rows, "shops")

    def run(self, work: Callable[[], int], decide: Decide, folders: list[Path]) -> Ended:
        """Do the work in a child; ``decide`` is asked about each packet."""
        del folders
        calls: list[Call] = []
        with mmap.mmap(-1, 8) as child:

            def begun() -> int:
                child[:8] = struct.pack("q", os.getpid())
                return work()

            def goes(call: Call) -> bool:
                calls.append(call)
                decision = decide(call)
                if decision == "kill":
                    with suppress(ProcessLookupError):
                        os.kill(struct.unpack("q", child[:8])[0], signal.SIGKILL)
                return decision is None

            self._line.decide = goes
            try:
                ended = supervised.run(begun, lambda _: None, [])
            finally:
                self._line.decide = None
        ended.calls = calls
        return ended

    def _cut_off(self) -> None:
        """End what a killed child has left behind."""
        left = "FROM pg_stat_activity WHERE datname = 'shops' AND pid <> pg_backend_pid()"
        self._server.sql(f"SELECT pg_terminate_backend(pid, 5000) {left}", "shops")


@contextmanager
def postgres_line(server: LoopbackServer) -> Iterator[PostgresLine]:
    """Give a line to the server and set the environment's address to it."""
    line = Line(server.port)
    before = os.environ.get(URL)
    address = server.url().replace(f":{server.port}/", f":{line.port}/")
    os.environ[URL] = f"{address}?sslmode=disable&gssencmode=disable"
    try:
        yield PostgresLine(server, line)
    finally:
        line.close()
        os.environ.pop(URL)
        if before is not None:
            os.environ[URL] = before
