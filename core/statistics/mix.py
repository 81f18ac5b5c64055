"""Why a rate of the whole store moved: its parts' own rates or their shares, the mix (section 2.3)."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from core.statistics.split import carry


class MixRate(NamedTuple):
    """A store rate's change: by what its parts did (rate) and by how their shares moved (mix)."""

    rate: float
    mix: float
    rate_parts: tuple[float, ...]
    mix_parts: tuple[float, ...]
    """Relative form: a growing source that converts below average counts as negative."""


def kitagawa(
    shares_before: Sequence[float],
    rates_before: Sequence[float | None],
    shares_after: Sequence[float],
    rates_after: Sequence[float | None],
) -> MixRate:
    """Why a store's conversion or AOV moved: the parts' own rates, and their shares (each period's sum to 1).

    Exact: rate + mix = the change. A part without visitors has rate None and borrows the other period's rate.
    Kitagawa 1955.
    """
    pairs = [carry(r0, r1) for r0, r1 in zip(rates_before, rates_after, strict=True)]
    moves = [(m0 + m1, m1 - m0) for m0, m1 in zip(shares_before, shares_after, strict=True)]
    overall = (
        math.fsum(
            m0 * r0 + m1 * r1 for m0, m1, (r0, r1) in zip(shares_before, shares_after, pairs, strict=True)
        )
        / 2.0
    )
    rate_parts = tuple(both / 2.0 * (r1 - r0) for (both, _), (r0, r1) in zip(moves, pairs, strict=True))
    mix_parts = tuple(
        gap * ((r0 + r1) / 2.0 - overall) for (_, gap), (r0, r1) in zip(moves, pairs, strict=True)
    )
    return MixRate(math.fsum(rate_parts), math.fsum(mix_parts), rate_parts, mix_parts)
