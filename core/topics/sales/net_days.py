"""The result of a past day after refunds, which is not final while refunds are still to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from core.measures.net_sales import Net

NetState: TypeAlias = Literal["met", "missed", "met?", "missed?", "open"]
"""With a question mark it is what is likely, and open is undecided: refunds are still to come."""


Called: TypeAlias = Literal["met", "leans_met", "open", "leans_missed", "missed"]
"""The verdict on a target by the probability that it is reached."""
MARKS: Final[Mapping[NetState, str]] = {"met": "✓", "missed": "✗", "met?": "◦", "missed?": "◦", "open": "◦"}
"""The mark of each result, hollow if it is not final."""
_LIKELY: Final[Mapping[Called, NetState]] = {
    "met": "met?",
    "leans_met": "met?",
    "open": "open",
    "leans_missed": "missed?",
    "missed": "missed?",
}


@dataclass(frozen=True, slots=True)
class NetDay:
    """A day's net sales in yuan, and its result against its net target."""

    net: float
    state: NetState


def called(chance: float) -> Called:
    """Return the verdict on a target by the probability that it is reached."""
    if chance >= 0.8:  # noqa: PLR2004 - as sure as "likely" elsewhere
        return "met"
    if chance >= 0.6:  # noqa: PLR2004
        return "leans_met"
    if chance > 0.4:  # noqa: PLR2004
        return "open"
    return "leans_missed" if chance > 0.2 else "missed"  # noqa: PLR2004


def net_day(one: Net, target: float) -> NetDay:
    """Return the day's result: final if nine tenths of its refunds are in, else what is likely.

    Without a refund list a single day is not judged.
    """
    if one.settled:
        return NetDay(one.net, "met" if one.net >= target else "missed")
    if one.basis != "list":
        return NetDay(one.net, "open")
    return NetDay(one.net, _LIKELY[called(one.chance(target))])
