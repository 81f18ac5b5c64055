"""Refunds still to come: worked examples, and simulated shops whose truth is known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.random import Generator

from core.statistics import refund_development as development
from core.statistics.refund_development import LAST_AGE, Days

EXAMPLES = {
    one["name"]: (one["input"], one["expected"])
    for one in json.loads((Path(__file__).parent / "money_examples.json").read_text(encoding="utf-8"))
}


def test_the_chain_ladder() -> None:
    given, expected = EXAMPLES["develop.age_factors"]
    rows = given["increments_by_age"]
    filled = np.array([row + [0] * (6 - len(row)) for row in rows], dtype=float)
    factors, developed = development.age_factors(filled, np.array([len(row) - 1 for row in rows]))
    assert factors == pytest.approx(expected["factors"], abs=1e-6)
    assert developed == pytest.approx(expected["developed"], abs=1e-6)


def test_the_rate_of_young_and_old_days_together() -> None:
    given, expected = EXAMPLES["develop.cape_cod_rate"]
    orders, seen, share = (
        np.array(given[name]) for name in ("paid_orders", "refunded_seen", "developed_at_age")
    )
    assert float((orders * share).sum()) == pytest.approx(expected["exposure"], abs=1e-5)
    found = development.pooled_rate(orders, seen, share, np.ones(len(orders)))
    assert found == pytest.approx(expected["rate"], abs=1e-5)


@pytest.mark.parametrize(
    "name", [name for name in EXAMPLES if name.startswith("rest.") and "open" not in name]
)
def test_orders_whose_refund_is_to_come(name: str) -> None:
    given, expected = EXAMPLES[name]
    orders, seen, share = (np.array([float(given[part])]) for part in ("paid", "refunded", "developed"))
    (rate,) = development.day_rate(given["pool_rate"], given["kappa"], orders, seen, share)
    (each,) = development.chance_each(np.array([rate]), share)
    assert rate == pytest.approx(expected["day_rate"], abs=1e-6)
    assert each == pytest.approx(expected["chance_each"], abs=1e-6)
    assert (orders - seen)[0] * each == pytest.approx(expected["orders_to_come"], abs=1e-5)


def test_the_default_curve() -> None:
    _, expected = EXAMPLES["develop.default_curve"]
    curve = development.default_curve()
    for age, shares in expected.items():
        found = [part[int(age)] for part in curve]
        assert found == pytest.approx(shares, abs=2e-4), age


@pytest.mark.parametrize("name", ["kappa.moments", "kappa.moments_unequal_days"])
def test_how_much_days_differ_beyond_chance(name: str) -> None:
    given, expected = EXAMPLES[name]
    found = development.kappa(given["mature_day_rates"], given["exposures"], given["pool"])
    assert found == pytest.approx(expected["kappa"], abs=1e-2)
    assert development.kappa([0.5] * 9, [100] * 9, 0.5) == pytest.approx(0.5 / (0.01 * 0.5) - 1)


@pytest.mark.parametrize("name", ["item.shrink_small", "item.shrink_large", "item.shrink_none"])
def test_an_item_with_few_orders_is_like_the_shop(name: str) -> None:
    given, expected = EXAMPLES[name]
    found = development.shrunk_rate(given["refunded"], given["exposure"], given["pool"], given["K"])
    assert found == pytest.approx(expected["shrunk"], abs=1e-6)


def test_the_range_of_one_day() -> None:
    """100 paid yesterday, 14 refunded: 44 more, 36 to 53."""
    given, expected = EXAMPLES["interval.one_day"]
    developed = np.ones(LAST_AGE + 1)
    developed[0] = given["developed"]
    chance = np.random.default_rng(1)
    hits = given["kappa"] * given["pool_rate"] + 14
    rates = chance.beta(hits, given["kappa"] * 0.45 + 22 - 14, size=200_000)
    each = development.chance_each(rates, np.full(rates.shape, given["developed"]))
    more = chance.binomial(86, each)
    assert more.mean() == pytest.approx(expected["mean"], abs=1)
    low, high = np.quantile(more, [0.1, 0.9])
    assert (low, high) == (pytest.approx(expected["lo80"], abs=1), pytest.approx(expected["hi80"], abs=1))


# ---- simulated shops: items with own rates, day effects, a drifting rate, festivals


class Truth:
    """A shop of 120 payment days of which the last 104 are known up to a morning."""

    def __init__(self, chance: Generator, rate: float, a_day: float) -> None:
        count, known = 120, 104
        drift = np.cumsum(chance.normal(0, 0.006, count))
        festival = np.zeros(count, dtype=bool)
        start = int(chance.integers(60, 95))
        festival[start : start + 3] = True
        items = chance.dirichlet(np.full(20, 0.7))
        own = np.clip(rate * np.exp(chance.normal(0, 0.25, 20)), 0.01, 0.95)
        own *= rate / float((items * own).sum())
        size = a_day * chance.lognormal(0, 0.12, count) * np.where(festival, 2.5, 1.0)
        self.orders = chance.poisson(size).astype(float)
        final = np.clip(
            rate * np.exp(drift - drift[known - 15]) * chance.lognormal(0, 0.07, count)
            * np.where(festival, 1.0 + 0.25 * (1 - rate), 1.0), 0.005, 0.95,
        )  # fmt: skip
        self.final = chance.binomial(self.orders.astype(int), final).astype(float)
        early, late = development.default_curve()[:2]
        steps_early, steps_late = np.diff(early, prepend=0.0), np.diff(late, prepend=0.0)
        mix = 0.4 * steps_early / steps_early.sum() + 0.6 * steps_late / steps_late.sum()
        self.whole = np.stack([chance.multinomial(int(n), mix) for n in self.final]).astype(float)
        self.campaign, self.known = festival, known

    def days(self) -> Days:
        ages = self.known - 1 - np.arange(self.known)
        seen = np.where(np.arange(LAST_AGE + 1)[None, :] <= ages[:, None], self.whole[: self.known], 0.0)
        keep = slice(self.known - 75, self.known)
        return Days(
            ages[keep], self.orders[: self.known][keep], seen.sum(axis=1)[keep],
            self.campaign[: self.known][keep], seen[keep],
        )  # fmt: skip

    def net(self, last: int) -> float:
        chosen = slice(self.known - last, self.known)
        return float((self.orders[chosen] - self.final[chosen]).sum())


def judged(rate: float, a_day: float, shops: int) -> tuple[float, float]:
    """Return the mean relative error of the last 30 days' net orders, and how often the 80 % range holds."""
    chance = np.random.default_rng(round(1000 * rate + a_day))
    errors, inside = [], 0
    for _ in range(shops):
        shop = Truth(chance, rate, a_day)
        days = shop.days()
        model = development.fit(days)
        seen = float((days.orders[-30:] - days.refunded[-30:]).sum())
        net = seen - float(development.expected(days, model)[-30:].sum())
        errors.append(abs(net / shop.net(30) - 1))
        rest = development.drawn(days, model)[:, -30:].sum(axis=1)
        low, high = np.quantile(seen - rest, [0.1, 0.9])
        inside += bool(low <= shop.net(30) <= high)
    return float(np.mean(errors)), inside / shops


MEASURED = {(0.1, 30): 0.005, (0.1, 300): 0.002, (0.3, 30): 0.012, (0.3, 300): 0.005, (0.55, 30): 0.023,
            (0.55, 300): 0.009}  # fmt: skip
"""Mean error of the last 30 days' net sales that the method has on simulated shops."""


@pytest.mark.parametrize(("rate", "a_day"), [(0.1, 300), (0.55, 30)])
def test_the_net_of_a_month_is_known_closely_on_a_few_simulated_shops(rate: float, a_day: int) -> None:
    error, covered = judged(rate, a_day, 12)
    assert error <= 2 * MEASURED[rate, a_day]
    assert covered >= 7 / 12


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "a_day"), list(MEASURED))
def test_the_net_of_a_month_is_known_closely_on_a_hundred_simulated_shops(rate: float, a_day: int) -> None:
    error, covered = judged(rate, a_day, 100)
    assert error <= 1.5 * MEASURED[rate, a_day]
    assert 0.70 <= covered <= 0.92
