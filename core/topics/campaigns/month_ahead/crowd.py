"""The text saying that age, city and spending level of the buyers are unknown."""

from __future__ import annotations

from typing import Final

from core.language.message import say

NO_CROWD: Final = say(
    "Who the buyers are (age, city, spending level) is in no file: look it up in {analytics} before a price "
    "or a style is decided by it."
)
