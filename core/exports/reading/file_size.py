"""How large an export may be; it shows before a byte of it is read."""

from __future__ import annotations

from typing import Final

from core.errors import BadExport
from core.language.wording import say

MOST_BYTES: Final = 512 << 20
"""A file beyond this is no export."""


def check_size(size: int, most: int = MOST_BYTES) -> None:
    """BadExport when so many bytes are none, or more than ``most``."""
    if not size:
        raise BadExport(say("The file is empty. Download it again."))
    if size > most:
        raise BadExport(
            say(
                "The file has {size:,} MB. Export fewer days at a time (at most {most:,} MB).",
                size=size >> 20,
                most=most >> 20,
            )
        )
