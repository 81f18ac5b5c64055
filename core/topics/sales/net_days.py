"""The result of a past day after refunds, which is not final while refunds are still to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from core.measures.net_sales import Net

NetState: TypeAlias = Literal["met", "missed", "met?", "missed?", "open"]
"""With a question mark it is what is likely, and open is undecided: refunds are still to come."""


MARKS: Final[Mapping[NetState, str]] = {"met": "✓", "missed": "✗", "met?": "◦", "missed?": "◦", "open": "◦"}
"""The mark of each result, hollow if it is not final."""


@dataclass(frozen=True, slots=True)
class NetDay:
    """A day's net sales in yuan, and its result against its net target."""

    net: float
    state: NetState


def net_day(one: Net, target: float) -> NetDay:
    """Return the day's result: final if nine tenths of its refunds are in, else what is likely.

    Without a refund list a single day is not judged.
    """
    if one.settled:
        return NetDay(one.net, "met" if one.net >= target else "missed")
    if one.basis != "list":
        return NetDay(one.net, "open")
    chance = one.chance(target)
    if chance >= 0.6:  # noqa: PLR2004 - leans
        return NetDay(one.net, "met?")
    return NetDay(one.net, "missed?" if chance <= 0.4 else "open")  # noqa: PLR2004
