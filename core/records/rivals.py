"""What is recorded of the one item of a rival that is watched closely: its hero, look by look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalHero:
    """One look at a rival's hero item: the one it pushes, or the one nearest to ours."""

    form: ClassVar[str] = "rival_hero"
    rival: str
    """Shop id from shop.toml, or the name as typed."""
    item: str
    """Its name, or its number as a listing export has it; the same words at every look."""
    price: str = ""
    """As a buyer would pay it: 129, 129-199."""
    sold: str = ""
    """Displayed count as seen: 300, 2000+, 1万+."""
    reviews: int | None = None
    picture: str = ""
    """What the main picture shows in a few words, or its checksum; empty = not looked at."""
    description: str = ""
    """What the description opens with, or its checksum; empty = not looked at."""
    note: str = ""
    """What else was noticed."""


RIVAL_RECORDS = (RivalHero,)
