"""Frames that are asked for again and again, kept in memory; the ones not asked for longest go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class FramesInMemory:
    """As many frames as fit into ``most`` bytes; one that takes more than a quarter of them is not kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[pd.DataFrame, int]] = OrderedDict()
        self._bytes = 0

    def get(self, name: Hashable) -> pd.DataFrame | None:
        """Return the frame, which the caller may change (pandas copies what is written to); else None."""
        kept = self._kept.get(name)
        if kept is None:
            return None
        self._kept.move_to_end(name)
        return kept[0].copy(deep=False)

    def put(self, name: Hashable, frame: pd.DataFrame) -> None:
        """Keep the frame unless it is too large."""
        size = int(frame.memory_usage(deep=True).sum())
        if size > self._most // 4 or name in self._kept:
            return
        self._kept[name] = (frame.copy(deep=False), size)
        self._bytes += size
        while self._bytes > self._most:
            _, (_, gone) = self._kept.popitem(last=False)
            self._bytes -= gone
