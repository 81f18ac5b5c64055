"""The queue of shops to be worked through, each by one worker at a time; the queue of one machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Final, Protocol

from core.storage.atomic_files import locked_if_free

LOCK: Final = ".worker.lock"
"""The lock file in a shop's folder that a worker holds during a job."""


class JobQueue(Protocol):
    """Shops with work, oldest request first."""

    def want(self, shops: Iterable[str]) -> None:
        """Add the shops, by their keys, unless they are in the queue already."""

    def taken(self) -> AbstractContextManager[str | None]:
        """Take the first shop that no worker is working on, and hold it during the block.

        None if there is none. When the block ends without an error, the shop leaves the queue. If the process
        is killed, the shop is free at once and another worker takes it.
        """


class LocalQueue:
    """A queue in memory for the shops of one machine; a lock in each shop's folder excludes other workers."""

    def __init__(self, shops: Mapping[str, Path]) -> None:
        self._shops = shops
        self._wanted: dict[str, None] = {}

    def want(self, shops: Iterable[str]) -> None:
        """Add the shops that are not in the queue yet."""
        self._wanted |= dict.fromkeys(shops)

    @contextmanager
    def taken(self) -> Iterator[str | None]:
        """Hold the lock of the first shop that no other worker holds.

        A shop held by another worker leaves this queue: if work remains, the next look finds it.
        """
        with ExitStack() as held:
            yield self._first(held)

    def _first(self, held: ExitStack) -> str | None:
        while self._wanted:
            key = next(iter(self._wanted))
            del self._wanted[key]
            try:
                free = held.enter_context(locked_if_free(self._shops[key] / LOCK))
            except OSError:  # the folder is gone or read-only: the job finds that out and says so
                return key
            if free:
                return key
        return None
