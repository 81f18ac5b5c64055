"""What Textual loads and this program never uses is left out: an eighth of a bare Textual start.

Textual's command palette is switched off here (``tui.screens.palette`` is ours) and brings half of its
widgets along; asyncio brings TLS, and nothing that shows a screen speaks it.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Final

PALETTE: Final = "textual.command"
_NAMES: Final = (
    "CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider",
)  # fmt: skip
"""What Textual takes from the palette when it is loaded."""


def leave_out() -> None:
    """Keep these parts out of a process that has not loaded Textual yet."""
    if "textual" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # the documented way to say that there is none
    importlib.import_module("asyncio")
    del sys.modules["ssl"]  # who asks for it later gets it
    sys.modules[PALETTE] = _Palette(PALETTE)


class _Palette(ModuleType):
    """Has the names that are taken and nothing behind them; any other name brings the real module."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        for one in _NAMES:
            setattr(self, one, type(one, (), {}))

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        sys.modules.pop(PALETTE, None)
        return getattr(importlib.import_module(PALETTE), name)
