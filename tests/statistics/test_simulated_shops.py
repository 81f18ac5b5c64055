"""What the methods promise, kept by shops made of chance: seeded, small, and with the truth known."""

import math
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.random import Generator

from core.measures.order_value import OrderValue
from core.statistics import demand, priors
from core.topics.ads import bids
from core.topics.campaigns import uplift
from core.topics.evening import intraday
from core.topics.sales import run_rate
from core.topics.stock import reorder

SUNDAY = date(2026, 11, 22)


def ratios(chance: Generator, days: int, sd: float, autocorrelation: float, level: float) -> list[float]:
    """Daily achieved/target of a shop whose luck lasts for some days."""
    noise, luck = [], float(chance.normal())
    for _ in range(days):
        luck = autocorrelation * luck + math.sqrt(1 - autocorrelation**2) * float(chance.normal())
        noise.append(level + sd * luck)
    return noise


@pytest.mark.parametrize("autocorrelation", [0.0, 0.4])
@pytest.mark.parametrize("gone", [5, 15])
def test_the_month_ends_within_the_80_percent_interval_4_times_in_5(
    autocorrelation: float, gone: int
) -> None:
    chance, inside, runs = np.random.default_rng(3), 0, 700
    plan = [10_000.0 * (1.4 if day % 7 > 4 else 0.9) for day in range(30)]
    for _ in range(runs):
        prior = run_rate.RatioPrior(1.0, 0.06)
        level = float(chance.normal(prior.mean, prior.sd))
        spread = run_rate.ratio_spread(ratios(chance, 56, 0.15, autocorrelation, level))
        month = [
            t * ratio for t, ratio in zip(plan, ratios(chance, 30, 0.15, autocorrelation, level), strict=True)
        ]
        found = run_rate.month_pace(
            month[:gone], plan[:gone], plan[gone:], sum(plan), prior=prior, spread=spread
        )
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        inside += found.low <= sum(month) <= found.high
    assert 0.74 <= inside / runs <= 0.86


@pytest.mark.parametrize("plan", [80.0, 300.0, 1000.0])
@pytest.mark.parametrize("hour", [10, 15, 21])
def test_the_day_ends_within_the_80_percent_interval_4_times_in_5(plan: float, hour: int) -> None:
    chance, inside, runs = np.random.default_rng(5), 0, 400
    shape = np.array([1, 1, 1, 0.5, 0.5, 1, 2, 3, 5, 6, 7, 7, 6, 6, 7, 7, 6, 6, 7, 9, 10, 9, 6, 4])

    def day(mean: float) -> list[float]:
        profile = chance.dirichlet(150 * shape / shape.sum())
        return [float(n) for n in chance.poisson(mean * profile)]

    profile = None
    for shop in range(runs):
        if shop % 10 == 0:
            profile = intraday.intraday_profile(
                [day(plan * float(chance.gamma(16, 1 / 16))) for _ in range(28)]
            )
        assert profile is not None
        today = day(plan * float(chance.gamma(16, 1 / 16)))
        end = intraday.day_end(sum(today[:hour]), profile.shares[hour], plan, 0.25, profile.dispersions[hour])
        inside += end.low <= sum(today) <= end.high
    assert 0.74 <= inside / runs <= 0.86


def clean_days(chance: Generator) -> dict[date, float | None]:
    weekday = np.exp(chance.normal(0, 0.15, 7))
    return {
        SUNDAY - timedelta(days=back): float(20_000 * weekday[back % 7] * np.exp(0.12 * chance.standard_t(5)))
        for back in range(57)
    }


ORDER = OrderValue(200.0, 130.0)
START_CPC, ELASTICITY, DAYS = 1.6, 1.5, 14


def words(chance: Generator) -> Iterator[tuple[float, float]]:
    """True orders per click, and clicks a day at the starting price."""
    for _ in range(40):
        yield float(chance.beta(1.8, 58.2)), float(chance.gamma(0.6, 15.0))


def earned(rate: float, clicks: float, cpc: float) -> float:
    return clicks * (rate * ORDER.value - cpc)


def test_bidding_by_posterior_earns_more_than_deleting_by_roi() -> None:
    chance, by_bid, by_deletion, untouched = np.random.default_rng(11), 0.0, 0.0, 0.0
    for _ in range(12):
        shop = list(words(chance))
        clicks = [float(chance.poisson(per_day * DAYS)) for _, per_day in shop]
        orders = [float(chance.binomial(int(n), rate)) for n, (rate, _) in zip(clicks, shop, strict=True)]
        prior = priors.fit_beta_prior(orders, clicks)
        assert prior is not None
        line = ORDER.break_even_roi
        assert line is not None
        for (rate, per_day), n, k in zip(shop, clicks, orders, strict=True):
            untouched += earned(rate, DAYS * per_day, START_CPC)
            if n == 0 or k * ORDER.paid / (n * START_CPC) >= line:
                by_deletion += earned(rate, DAYS * per_day, START_CPC)
            by_bid += bid_for_a_fortnight(chance, prior, rate, per_day, n, k)
    assert by_bid > 1.1 * by_deletion
    assert by_deletion > untouched


def bid_for_a_fortnight(
    chance: Generator, prior: priors.BetaPrior, rate: float, per_day: float, clicks: float, orders: float
) -> float:
    """Follow the decision every day, learning on."""
    cpc, profit = START_CPC, 0.0
    for _ in range(DAYS):
        found = bids.judge_keyword(clicks, orders, clicks * cpc or None, prior, ORDER)
        if found.decision == "delete":
            break
        cpc = found.next_cpc or cpc
        today = per_day * (cpc / START_CPC) ** ELASTICITY
        profit += earned(rate, today, cpc)
        new = int(chance.poisson(today))
        clicks, orders = clicks + new, orders + float(chance.binomial(new, rate))
    return profit


@pytest.mark.parametrize("weeks", [4, 8])
def test_a_campaign_without_effect_is_no_call_8_times_in_10(weeks: int) -> None:
    chance, runs, quiet, inside = np.random.default_rng(13), 800, 0, 0
    usual = np.array([41_000.0, 52_000.0, 50_000.0])
    for _ in range(runs):
        sold = usual * np.exp(chance.normal(0, 0.1, (weeks + 1, 3)) + chance.normal(0, 0.05, (weeks + 1, 1)))
        found = uplift.weekday_matched_uplift(sold[:-1].tolist(), sold[-1].tolist())
        assert found is not None
        quiet += found.call == "no call"
        inside += found.low is not None and found.high is not None and found.low <= 0 <= found.high
    assert quiet / runs >= 0.8
    assert 0.74 <= inside / runs <= 0.86


def test_a_great_campaign_is_seen() -> None:
    chance, runs, seen = np.random.default_rng(14), 200, 0
    for _ in range(runs):
        sold = 50_000 * np.exp(chance.normal(0, 0.08, (5, 3)))
        sold[-1] *= 1.4
        found = uplift.weekday_matched_uplift(sold[:-1].tolist(), sold[-1].tolist())
        seen += found is not None and found.call == "up"
    assert seen / runs > 0.8


def test_the_reorder_point_keeps_its_service_on_uneven_demand() -> None:
    chance, runs, served = np.random.default_rng(15), 1500, 0
    for _ in range(runs):
        days = [float(n) for n in chance.negative_binomial(4, 4 / (4 + 12), 28 + 7)]
        fitted = demand.fit([demand.Sold(28 - n, units) for n, units in enumerate(days[:28])])
        point = reorder.reorder_point(demand.total(fitted, [1.0] * 7))
        served += sum(days[28:]) <= point.point
    assert 0.91 <= served / runs <= 0.98
