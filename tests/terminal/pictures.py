"""What a terminal shows after everything that was written to it, as a terminal in memory understands it."""

from __future__ import annotations

from tests.terminal.ptys import Terminal, played


def picture(terminal: Terminal, columns: int = 80, rows: int = 24) -> list[str]:
    """Return the lines of the screen."""
    return played(terminal.written, columns, rows)
