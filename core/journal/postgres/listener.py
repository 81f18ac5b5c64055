"""A connection that waits for PostgreSQL's notifications, so that changes by others are seen at once.

It has its own thread, which sleeps until the server sends something or the connection breaks; then it
connects again until it is stopped. Without a connection nothing is lost: whoever asks then asks the server
itself.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeAlias
from weakref import WeakKeyDictionary

import psycopg

from core.errors import ShopdayError
from core.journal.postgres import tables
from core.journal.postgres.server import Connection, NoServer, Server, keep_for_parent
from core.storage.decoding import json_in

Heard: TypeAlias = Callable[[], object]
"""Called in the listener's thread, so it must return quickly."""
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds between two attempts to connect; the last one is repeated."""
_LEAVES: Final = 1.0
"""Seconds in which the thread must end when it is stopped."""


class Listener:
    """The notifications of one server, for all shops of this process."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._ears: dict[int, tuple[str, Heard]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._connections = 0
        """How often it was connected: what was notified in between is unknown."""
        self._up = False
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()
        self._bell: tuple[int, int] | None = None
        self.connection: Connection | None = None

    def listen(self, shop: str, heard: Heard) -> Callable[[], None]:
        """Call ``heard`` when others change the shop, and when the connection comes or goes.

        What this process writes changes :meth:`version`, but calls nobody. Return the function that ends
        this; the connection is closed when nobody listens any more.
        """
        with self._lock:
            ear = max(self._ears, default=0) + 1
            self._ears[ear] = (shop, heard)
            if self._thread is None:
                self._stopped = threading.Event()
                self._bell = os.pipe()
                self._thread = threading.Thread(
                    target=self._run, args=(self._stopped, self._bell[0]), name="listener", daemon=True
                )
                self._thread.start()
        return lambda: self._leave(ear)

    def version(self, shop: str, part: str) -> tuple[int, int] | None:
        """Return a value that changes when the shop's ``part`` does; None while nobody listens.

        ``part``: a day, :data:`tables.ANY_DAY` or :data:`tables.PEOPLE`.
        """
        return (self._connections, self._counts.get((shop, part), 0)) if self._up else None

    def changed(self, shop: str, *parts: str) -> None:
        """Change the :meth:`version` of these parts, because this process has written them."""
        with self._lock:
            for part in parts:
                self._counts[shop, part] = self._counts.get((shop, part), 0) + 1

    def _leave(self, ear: int) -> None:
        with self._lock:
            self._ears.pop(ear, None)
            if self._ears or self._thread is None or self._bell is None:
                return
            thread, bell, self._thread, self._bell = self._thread, self._bell, None, None
            self._stopped.set()
            os.write(bell[1], b"x")
        thread.join(_LEAVES)
        os.close(bell[1])
        if not thread.is_alive():
            os.close(bell[0])

    def _run(self, stopped: threading.Event, bell: int) -> None:
        failed = 0
        while not stopped.is_set():
            with suppress(NoServer, ShopdayError, psycopg.Error, OSError):
                self._connected(stopped, bell)
                failed = 0
            if self._up:
                self._up, failed = False, 0
                self._wake()
            stopped.wait(_PAUSES[min(failed, len(_PAUSES) - 1)])
            failed += 1

    def _connected(self, stopped: threading.Event, bell: int) -> None:
        """Connect and listen until the connection breaks or the listener is stopped."""
        connection = self._server.connected()
        try:
            self.connection = connection
            for channel in (tables.CHANNEL, tables.PEOPLE_CHANNEL):
                connection.execute(f"LISTEN {channel}".encode())
            self._connections += 1
            self._up = True
            self._wake()
            ready = select.poll()
            ready.register(connection.fileno(), select.POLLIN)
            ready.register(bell, select.POLLIN)
            while not stopped.is_set():
                ready.poll()
                connection.pgconn.consume_input()
                while news := connection.pgconn.notifies():
                    self._take(news.extra, wake=not self._server.is_own(news.be_pid))
        finally:
            self.connection = None
            connection.close()

    def _take(self, words: bytes, *, wake: bool) -> None:
        try:
            said = json_in(words, "news")
            shop, day = str(said["shop"]), str(said.get("day", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # somebody else notifies on this channel
        self.changed(shop, *((day, tables.ANY_DAY) if day else (tables.PEOPLE,)))
        if wake:
            self._wake(shop)

    def _wake(self, shop: str = "") -> None:
        """Tell those who listen for this shop; empty: all."""
        for wanted, heard in list(self._ears.values()):
            if shop in ("", wanted):
                with suppress(RuntimeError):  # its event loop has ended
                    heard()


def listener_of(server: Server) -> Listener:
    """Return the server's listener, the same for all journals of this process."""
    with _lock:
        return _listeners.setdefault(server, Listener(server))


_listeners: WeakKeyDictionary[Server, Listener] = WeakKeyDictionary()
_lock = threading.Lock()


def _abandon() -> None:
    """In a forked child, forget the listeners: their threads and connections belong to the parent."""
    global _listeners, _lock
    for listener in list(_listeners.values()):
        if listener.connection is not None:
            keep_for_parent(listener.connection)
    _listeners, _lock = WeakKeyDictionary(), threading.Lock()


os.register_at_fork(after_in_child=_abandon)
