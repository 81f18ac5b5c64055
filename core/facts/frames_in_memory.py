"""A memory cache for data frames; the least recently used frames are removed first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class FramesInMemory:
    """An LRU cache of at most ``most`` bytes; a frame larger than a quarter of that is not cached."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[pd.DataFrame, int]] = OrderedDict()
        self._bytes = 0

    def get(self, name: Hashable) -> pd.DataFrame | None:
        """Return a copy-on-write copy of the cached frame, which the caller may change.

        None if it is not cached.
        """
        kept = self._kept.get(name)
        if kept is None:
            return None
        self._kept.move_to_end(name)
        return kept[0].copy(deep=False)

    def clear(self) -> None:
        """Forget all frames."""
        self._kept.clear()
        self._bytes = 0

    def put(self, name: Hashable, frame: pd.DataFrame) -> None:
        """Cache the frame unless it is too large or already cached."""
        size = int(frame.memory_usage(deep=True).sum())
        if size > self._most // 4 or name in self._kept:
            return
        self._kept[name] = (frame.copy(deep=False), size)
        self._bytes += size
        while self._bytes > self._most:
            _, (_, gone) = self._kept.popitem(last=False)
            self._bytes -= gone
