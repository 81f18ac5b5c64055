"""Why an overall rate changed: the rates of its groups, or the shares of the groups (Kitagawa 1955)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class MixGroup(NamedTuple):
    """Visitors and buyers of one group, before and now."""

    visitors_before: float
    buyers_before: float
    visitors_now: float
    buyers_now: float


class MixShift(NamedTuple):
    """The change of an overall rate, split by group; ``rate`` and ``mix`` together add up to ``change``."""

    before: float
    now: float
    rate: Mapping[str, float]
    """By group: the effect of its own rate's change on the overall rate."""
    mix: Mapping[str, float]
    """By group: the effect of its share's change on the overall rate, relative to the mean rate."""

    @property
    def change(self) -> float:
        """Return the change of the overall rate."""
        return self.now - self.before


def kitagawa(groups: Mapping[str, MixGroup]) -> MixShift | None:
    """Split the change of buyers / visitors by group, exactly; None if one period has no visitors.

    A group that is absent in one period is given its rate of the other period, so that its whole effect is
    that of its share.
    """
    before, now = (_total(groups, place) for place in (0, 2))
    if not before[0] or not now[0]:
        return None
    whole = before[1] / before[0], now[1] / now[0]
    middle = (whole[0] + whole[1]) / 2.0
    rate, mix = {}, {}
    for name, one in groups.items():
        old = one.buyers_before / one.visitors_before if one.visitors_before else None
        new = one.buyers_now / one.visitors_now if one.visitors_now else None
        first, second = _borrowed(old, new)
        shares = one.visitors_before / before[0], one.visitors_now / now[0]
        rate[name] = (shares[0] + shares[1]) / 2.0 * (second - first)
        mix[name] = ((first + second) / 2.0 - middle) * (shares[1] - shares[0])
    return MixShift(whole[0], whole[1], rate, mix)


def _total(groups: Mapping[str, MixGroup], place: int) -> tuple[float, float]:
    return sum(one[place] for one in groups.values()), sum(one[place + 1] for one in groups.values())


def _borrowed(old: float | None, new: float | None) -> tuple[float, float]:
    first = new if old is None else old
    second = old if new is None else new
    return first or 0.0, second or 0.0
