"""A text on its way to the clipboard of the operator's own computer: OSC 52, also out of tmux.

No terminal ever says whether it took the text. So what is too long for common terminals is not sent at all,
and who sends it tells how to check (``c`` in the report) or what to mend (``shopday doctor``).
"""

from __future__ import annotations

import base64
import os
from typing import Final

from core.language.sanitize import safe

LIMIT: Final = 74_000
"""Bytes of base64 that common terminals take; xterm stops near 100 kB with everything around it."""


def size_of(text: str) -> int:
    """Return how many bytes go to the terminal."""
    return len(_spelled(text))


def fits(text: str) -> bool:
    """Tell whether common terminals take as much."""
    return size_of(text) <= LIMIT


def through_tmux() -> bool:
    """Tell whether a tmux on this machine stands between the program and the terminal."""
    return bool(os.environ.get("TMUX"))


def sequence(text: str) -> str:
    """Return what the terminal is sent, empty when it is too long: the text as OSC 52.

    tmux takes that with ``set-clipboard on``, and hands it on wrapped with ``allow-passthrough on``; what it
    is not set for it drops, so it is sent both.
    """
    if not fits(text):
        return ""
    plain = f"\x1b]52;c;{_spelled(text)}\a"
    wrapped = "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return plain + wrapped if through_tmux() else plain


def _spelled(text: str) -> str:
    """A line that is pasted into a shell or a sheet is text there too: no control characters in it."""
    return base64.b64encode(safe(text, lines=True).encode()).decode()
