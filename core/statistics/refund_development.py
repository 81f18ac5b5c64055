"""Refunds still to come: how the refunds of a payment day grow with its age, and how many are yet to follow.

A chain ladder on refund applications by age; a pooled refund rate with weights that halve every three weeks;
each day's rate shrunk to it; and draws in each of which all days share one curve and one rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from core.statistics.distributions import gamma_cdf

LAST_AGE: Final = 44
"""The age in days at which all refunds have been applied for."""
DRAWS: Final = 2000
CURVES: Final = 40
HALF_LIFE: Final = 21.0
LARGEST_RATE: Final = 0.98
USUAL_VARIANCE: Final = 0.01
"""The relative variance of the days' refund rates that is assumed with fewer than ten mature days."""
DRIFT: Final = 0.06
"""The relative drift of the refund rate, multiplied by the share of orders kept (calibrated by
simulation)."""
PSEUDO_REFUNDS: Final = 40.0
PSEUDO_ORDERS: Final = 100.0
EARLY: Final = 0.4
"""The share of refunds before dispatch in the default curve (a judgement)."""


class Curve(NamedTuple):
    """The default curve: share of refunds applied for by each age, before and after dispatch and overall."""

    before: np.ndarray
    after: np.ndarray
    together: np.ndarray


class Days(NamedTuple):
    """Payment days, oldest first, as arrays with one entry for each day."""

    ages: np.ndarray
    """Days from payment to the newest day of the refund list; below 0: paid after it."""
    orders: np.ndarray
    refunded: np.ndarray
    """Orders with a refund application, each weighted by the probability that it succeeds."""
    campaign: np.ndarray
    """Whether the day is a campaign day of the shop's calendar."""
    increments: np.ndarray
    """Applications by day and age, shape (days, LAST_AGE + 1); 0 for ages not reached yet."""


class Model(NamedTuple):
    """How a shop's refunds develop with the age of the payment day, as fitted."""

    developed: np.ndarray
    """By age, the share of all refunds that has been applied for; length LAST_AGE + 1, the last one is 1."""
    rate: float
    """The pooled share of orders that is refunded in the end."""
    campaign_factor: float
    kappa: float
    error: float
    """Relative standard error of the rate."""


@cache
def default_curve() -> Curve:
    """Return the default curve for ages 0 to LAST_AGE.

    Before dispatch 1 - 0.45^(age + 1); after it gamma(4, scale 2) of age - 2, none before day 3; 40 % of
    refunds come before dispatch (a judgement).
    """
    ages = np.arange(LAST_AGE + 1)
    before = 1.0 - 0.45 ** (ages + 1.0)
    after = np.array([gamma_cdf(age - 2.0, 4.0, 0.5) if age >= 3 else 0.0 for age in range(LAST_AGE + 1)])
    together = EARLY * before + (1.0 - EARLY) * after
    return Curve(before, after, together / together[-1])


def age_factors(
    increments: np.ndarray, ages: np.ndarray, pseudo: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the volume-weighted development factors and the developed share by age.

    ``increments`` has a row for each day and a column for each age; a day counts for the step from a to
    a + 1 if it is at least a + 1 days old. ``pseudo`` are cumulative pseudo-refunds by age. Ages without any
    refund have a factor of 1.
    """
    cumulated = np.cumsum(increments, axis=1)
    steps = increments.shape[1] - 1
    old = ages[:, None] >= np.arange(1, steps + 1)[None, :]
    later, earlier = (cumulated[:, 1:] * old).sum(axis=0), (cumulated[:, :-1] * old).sum(axis=0)
    if pseudo is not None:
        later, earlier = later + pseudo[1:], earlier + pseudo[:-1]
    factors = np.where(earlier > 0, later / np.where(earlier > 0, earlier, 1.0), 1.0)
    developed = np.append(1.0 / np.cumprod(factors[::-1])[::-1], 1.0)
    return factors, developed


def pooled_rate(
    orders: np.ndarray, refunded: np.ndarray, developed: np.ndarray, weights: np.ndarray, pseudo: float = 0.0
) -> float:
    """Return the weighted refunds so far over the developed orders, i.e. the final refund rate (Cape Cod).

    ``pseudo`` is the rate of PSEUDO_ORDERS further orders; 0 for none.
    """
    more = PSEUDO_ORDERS if pseudo > 0 else 0.0
    exposure = float((weights * orders * developed).sum()) + more
    return (
        min(LARGEST_RATE, (float((weights * refunded).sum()) + more * pseudo) / exposure) if exposure else 0.0
    )


def kappa(rates: Sequence[float] | np.ndarray, exposures: Sequence[float] | np.ndarray, pool: float) -> float:
    """Return the pseudo-orders with which a day's rate is shrunk to ``pool``, by moments over mature days.

    With a day's rate z and p = ``pool``, v is the mean of ((z - p)² - p (1 - p) / exposure) / p², between
    0.0009 and 0.09; kappa = (1 - p) / (v p) - 1. With fewer than ten days, v = 0.01.
    """
    z, e = np.asarray(rates, dtype=float), np.asarray(exposures, dtype=float)
    return (1.0 - pool) / (_variance(z, e, pool) * pool) - 1.0 if pool > 0 else 1.0 / USUAL_VARIANCE


def _variance(z: np.ndarray, exposures: np.ndarray, pool: float) -> float:
    if len(z) < 10 or pool <= 0:
        return USUAL_VARIANCE
    excess = ((z - pool) ** 2 - pool * (1.0 - pool) / exposures) / pool**2
    return float(np.clip(excess.mean(), 0.0009, 0.09))


def day_rate(
    prior: float | np.ndarray,
    strength: float,
    orders: np.ndarray,
    refunded: np.ndarray,
    developed: np.ndarray,
) -> np.ndarray:
    """Return each day's final refund rate: its own refunds over developed orders, shrunk to ``prior``."""
    rates: np.ndarray = np.minimum(
        LARGEST_RATE, (strength * prior + refunded) / (strength + orders * developed)
    )
    return rates


def chance_each(rates: np.ndarray, developed: np.ndarray) -> np.ndarray:
    """Return the probability that an order without an application so far is refunded later."""
    each: np.ndarray = rates * (1.0 - developed) / (1.0 - rates * developed)
    return each


def shrunk_rate(refunded: float, exposure: float, pool: float, strength: float) -> float:
    """Return an item's refund rate, shrunk to ``pool`` by ``strength`` pseudo-orders."""
    return (strength * pool + refunded) / (strength + exposure)


def item_strength(refunded: np.ndarray, exposures: np.ndarray, pool: float) -> float:
    """Return the pseudo-orders with which items' rates are shrunk to ``pool``, by moments: 10 to 400.

    40 if fewer than five items have 20 developed orders.
    """
    known = exposures >= 20
    if known.sum() < 5 or not 0 < pool < 1:
        return 40.0
    z, e = refunded[known] / exposures[known], exposures[known]
    between = float(((z - pool) ** 2 - pool * (1.0 - pool) / e).mean())
    return float(np.clip(pool * (1.0 - pool) / between - 1.0, 10.0, 400.0)) if between > 0 else 400.0


def fit(days: Days, typed_rate: float = 0.0) -> Model:
    """Return the development of the shop's refunds, fitted to its payment days.

    With less than four weeks of payment days, two things are mixed in: the default curve, with the weight of
    40 refunds, and the refund rate set in shop.toml (``typed_rate``), if any, with the weight of 100 orders.
    """
    short = len(days.ages) == 0 or days.ages.max(initial=0) < 28
    return _fit(
        days, default_curve().together * PSEUDO_REFUNDS if short else None, typed_rate if short else 0
    )


def _fit(days: Days, pseudo: np.ndarray | None, typed: float) -> Model:
    _, developed = age_factors(days.increments, days.ages, pseudo)
    share = at_age(developed, days.ages)
    weights = 0.5 ** (np.maximum(days.ages, 0) / HALF_LIFE)
    plain = ~days.campaign & (days.ages >= 0)
    if not (plain & (days.orders * share > 0)).any():
        plain = days.ages >= 0
    exposure = days.orders * share
    rate = pooled_rate(days.orders[plain], days.refunded[plain], share[plain], weights[plain], typed)
    unusual = days.campaign & (days.ages >= 0) & ~plain
    expected = rate * float(exposure[unusual].sum())
    factor = (float(days.refunded[unusual].sum()) + 20.0) / (expected + 20.0)
    mature = plain & (share > 0.9) & (exposure > 0)
    z = days.refunded[mature] / np.where(exposure[mature] > 0, exposure[mature], 1.0)
    v = _variance(z, exposure[mature], rate)
    strength = kappa(z, exposure[mature], rate)
    w = weights[plain]
    effective = float((w**2).sum() / w.sum() ** 2) if len(w) else 1.0
    counted = max(1.0, float((w * exposure[plain]).sum()))
    noise = (1.0 - rate) / (max(rate, 1e-6) * counted)
    error = float(np.sqrt(v * effective + noise + (DRIFT * (1.0 - rate)) ** 2))
    return Model(developed, rate, factor, strength, error)


def at_age(developed: np.ndarray, ages: np.ndarray) -> np.ndarray:
    """Return the developed share at each age; 0 below age 0, 1 beyond the last."""
    share = developed[np.clip(ages, 0, len(developed) - 1)]
    return np.where(ages < 0, 0.0, np.where(ages >= len(developed) - 1, 1.0, share))


def expected(days: Days, model: Model) -> np.ndarray:
    """Return for each day the number of orders that are expected to be refunded later."""
    share = at_age(model.developed, days.ages)
    prior = np.where(days.campaign, min(LARGEST_RATE, model.rate * model.campaign_factor), model.rate)
    rates = day_rate(prior, model.kappa, days.orders, days.refunded, share)
    rest: np.ndarray = np.maximum(0.0, days.orders - days.refunded) * chance_each(rates, share)
    return rest


def drawn(days: Days, model: Model, *, seed: int = 7) -> np.ndarray:
    """Return simulated numbers of orders still to be refunded, shape (DRAWS, days).

    In each draw all days share one curve, from a bootstrap of payment weeks, and one rate; so a sum over days
    must be taken within each draw.
    """
    chance = np.random.default_rng(seed)
    count = len(days.ages)
    if not count:
        return np.zeros((DRAWS, 0))
    shares = _curves(days, chance)[chance.integers(CURVES, size=DRAWS)]
    share = np.where(days.ages[None, :] < 0, 0.0, shares[:, np.clip(days.ages, 0, shares.shape[1] - 1)])
    rate = np.clip(model.rate * (1.0 + model.error * chance.standard_normal(DRAWS)), 1e-4, LARGEST_RATE)
    factor = np.where(days.campaign, model.campaign_factor, 1.0)
    prior = np.clip(rate[:, None] * factor[None, :], 1e-4, LARGEST_RATE)
    hits = np.maximum(0.5, model.kappa * prior + days.refunded)
    misses = np.maximum(0.5, model.kappa * (1.0 - prior) + days.orders * share - days.refunded)
    rates = np.minimum(LARGEST_RATE, chance.beta(hits, misses))
    alive = np.broadcast_to(np.maximum(0, np.rint(days.orders - days.refunded)).astype(int), rates.shape)
    return chance.binomial(alive, np.clip(chance_each(rates, share), 0.0, 1.0)).astype(float)


def _curves(days: Days, chance: np.random.Generator) -> np.ndarray:
    """Return curves from a bootstrap of payment weeks, shape (CURVES, LAST_AGE + 1)."""
    weeks = np.arange(len(days.ages)) // 7
    names = np.unique(weeks)
    short = days.ages.max(initial=0) < 28
    pseudo = default_curve().together * PSEUDO_REFUNDS if short else None
    cumulated = np.cumsum(days.increments, axis=1)
    steps = days.increments.shape[1] - 1
    old = days.ages[:, None] >= np.arange(1, steps + 1)[None, :]
    later = np.stack([(cumulated[weeks == one, 1:] * old[weeks == one]).sum(axis=0) for one in names])
    earlier = np.stack([(cumulated[weeks == one, :-1] * old[weeks == one]).sum(axis=0) for one in names])
    drawn_weeks = chance.multinomial(len(names), np.full(len(names), 1.0 / len(names)), size=CURVES)
    up, down = drawn_weeks @ later, drawn_weeks @ earlier
    if pseudo is not None:
        up, down = up + pseudo[1:], down + pseudo[:-1]
    factors = np.where(down > 0, up / np.where(down > 0, down, 1.0), 1.0)
    shares = 1.0 / np.cumprod(factors[:, ::-1], axis=1)[:, ::-1]
    return np.concatenate([shares, np.ones((CURVES, 1))], axis=1)
