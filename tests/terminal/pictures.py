"""What a terminal shows after everything that was written to it, as a terminal in memory understands it."""

from __future__ import annotations

import re

import pyte

from tests.terminal.ptys import Terminal

_UNKNOWN = re.compile(r"\x1b\[[<>=?][0-9;]*(?:[a-gi-km-z]|\$[a-z])|\x1b[\]P_][^\x07\x1b]*(?:\x07|\x1b\\\\)")
"""What pyte would print instead of obeying: private questions, and strings for the terminal itself."""


def picture(terminal: Terminal, columns: int = 80, rows: int = 24) -> list[str]:
    """Return the lines of the screen."""
    screen = pyte.Screen(columns, rows)
    pyte.Stream(screen).feed(_UNKNOWN.sub("", terminal.written.decode("utf-8", "replace")))
    return [line.rstrip() for line in screen.display]
