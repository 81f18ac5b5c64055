"""Copying text to the clipboard of the operator's own computer, with OSC 52, also through tmux.

Terminals do not report whether they accepted the text. Therefore text that is too long for common terminals
is not sent, and the caller tells the user how to check (after pressing ``c`` in the report) or fix it
(``shopday doctor``).
"""

from __future__ import annotations

import base64
import os
from typing import Final

from core.language.sanitize import safe

LIMIT: Final = 74_000
"""Maximum length in bytes of the base64 text that all common terminals accept.

Xterm's total limit is near 100 kB.
"""


def size_of(text: str) -> int:
    """Return the length in bytes of the text encoded as base64."""
    return len(_spelled(text))


def fits(text: str) -> bool:
    """Return whether common terminals accept text of this length."""
    return size_of(text) <= LIMIT


def through_tmux() -> bool:
    """Return whether the program runs in tmux on this machine."""
    return bool(os.environ.get("TMUX"))


def sequence(text: str) -> str:
    """Return the OSC 52 escape sequence for the text; empty if the text is too long.

    Within tmux the sequence is sent twice: plain, for ``set-clipboard on``, and wrapped, for
    ``allow-passthrough on``. tmux ignores the one that it is not configured for.
    """
    if not fits(text):
        return ""
    plain = f"\x1b]52;c;{_spelled(text)}\a"
    wrapped = "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return plain + wrapped if through_tmux() else plain


def _spelled(text: str) -> str:
    """Return the sanitized text in base64; without control characters it is safe to paste into a shell."""
    return base64.b64encode(safe(text, lines=True).encode()).decode()
