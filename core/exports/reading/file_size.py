"""The limit on the size of an export, checked before reading it."""

from __future__ import annotations

from typing import Final

from core.errors import BadExport
from core.language.wording import say

MOST_BYTES: Final = 512 << 20
"""The maximum size of an export in bytes."""


def check_size(size: int, most: int = MOST_BYTES) -> None:
    """Raise BadExport if the size is 0 or more than ``most`` bytes."""
    if not size:
        raise BadExport(say("The file is empty. Download it again."))
    if size > most:
        raise BadExport(
            say(
                "The file has {size:,} MB. Download fewer days at a time (at most {most:,} MB).",
                size=size >> 20,
                most=most >> 20,
            )
        )
