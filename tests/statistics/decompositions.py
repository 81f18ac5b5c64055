"""Two published decompositions of a product's change, which the product's closed form is compared with."""

import math
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TypeVar

Factor = TypeVar("Factor")


def shapley(
    before: Sequence[Factor], after: Sequence[Factor], value: Callable[[Sequence[Factor]], float]
) -> tuple[float, ...]:
    """Shapley effects of any number of factors (numbers or vectors) of any function; they sum to its change.

    2^k evaluations; for a product this is Das Gupta's symmetric decomposition. Shapley 1953, Das Gupta 1993.
    """
    k = len(before)
    worth = {
        chosen: value([after[place] if place in chosen else before[place] for place in range(k)])
        for size in range(k + 1)
        for chosen in map(frozenset, combinations(range(k), size))
    }
    return tuple(
        math.fsum(
            (worth[chosen | {place}] - worth[chosen]) / (k * math.comb(k - 1, len(chosen)))
            for chosen in worth
            if place not in chosen
        )
        for place in range(k)
    )


def lmdi(before: Sequence[float], after: Sequence[float]) -> tuple[float, ...]:
    """Additive LMDI-I effects of a product of factors, the cross-check of Shapley; they sum to its change.

    A factor that is zero in one period takes the whole change and, should several be zero, they share it
    (the published limit counted for each would count twice). Raises ValueError for negative
    factors: use Shapley. Ang 2005, Ang and Liu 2007.
    """
    if min(*before, *after) < 0:
        raise ValueError("LMDI knows no negative factors: use shapley, which needs no logarithms")
    start, end = math.prod(before), math.prod(after)
    zeros = [
        place for place, pair in enumerate(zip(before, after, strict=True)) if 0 in pair and pair != (0, 0)
    ]
    if start == 0 or end == 0:
        share = (end - start) / len(zeros) if zeros else 0.0
        return tuple(share if place in zeros else 0.0 for place in range(len(before)))
    weight = log_mean(end, start)
    return tuple(weight * math.log(x1 / x0) for x0, x1 in zip(before, after, strict=True))


def log_mean(p: float, q: float) -> float:
    """Logarithmic mean of two positive numbers; L(p, p) = p."""
    gap = math.log(p / q)
    return (p - q) / gap if abs(gap) > 1e-12 else p  # below it the ratio has no digits left
