"""Every worked example of the analysis notes against the function the product uses, at its stated tolerance.

An example without an entry in `ANSWERS` fails. Examples that lean on one of the notes' tables ("same data as
...") find that data here.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import NormalDist, mean, stdev
from typing import Any, TypeAlias

import pytest
from scipy import stats as oracle

from core.measures.order_value import OrderValue
from core.statistics import demand, distributions, drift, priors, split
from core.topics.ads import bids
from core.topics.campaigns import uplift
from core.topics.creative import picture_tests
from core.topics.customers import retention
from core.topics.evening import budget_gates, intraday
from core.topics.page import page_health
from core.topics.reviews import review_statistics
from core.topics.rivals import displayed_counts
from core.topics.sales import daily_targets, run_rate, traffic
from core.topics.service import agent_comparison
from core.topics.stock import reorder
from tests.statistics import decompositions

Given = Mapping[str, Any]
Answer: TypeAlias = object
ENTRIES: dict[str, dict[str, Any]] = {
    entry["name"]: entry
    for entry in json.loads((Path(__file__).parent / "worked_examples.json").read_text(encoding="utf-8"))
}
ANSWERS: dict[str, Callable[[Given], Answer]] = {}


def example(*names: str) -> Callable[[Callable[[Given], Answer]], Callable[[Given], Answer]]:
    def register(answer: Callable[[Given], Answer]) -> Callable[[Given], Answer]:
        ANSWERS.update(dict.fromkeys(names, answer))
        return answer

    return register


@pytest.mark.parametrize("name", list(ENTRIES))
def test_worked_example(name: str) -> None:
    entry = ENTRIES[name]
    assert name in ANSWERS, f"{name} has no function in this file"
    assert_close(ANSWERS[name](entry["input"]), entry["expected"], entry["tolerance"], name)


def test_no_answer_without_an_example() -> None:
    assert set(ANSWERS) == set(ENTRIES)
    assert len(ENTRIES) == 59


def assert_close(found: Any, expected: Any, tolerance: float, where: str) -> None:
    if isinstance(expected, dict):
        assert set(found) == set(expected), where
        for key in expected:
            assert_close(found[key], expected[key], tolerance, f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), where
        for place, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_close(one, other, tolerance, f"{where}[{place}]")
    elif isinstance(expected, bool | str) or expected is None:
        assert found == expected, where
    else:
        assert abs(found - expected) <= tolerance, f"{where}: {found} instead of {expected}"


# ---- 1 targets, pace, intraday


@example("1.cascade_round.thirds")
def _(given: Given) -> Answer:
    return daily_targets.cascade_round(given["total"], given["weights"])


@example("1.daily_targets.june2026_618")
def _(given: Given) -> Answer:
    days = daily_targets.days_of_month(2026, 6)
    special = {date(2026, 6, int(day)): factor for day, factor in given["day_multipliers"].items()}
    daily = daily_targets.daily_targets(given["total"], days, given["weekday_weights_mon_to_sun"], special)
    return {"daily": daily, "sum": sum(daily), "cum_20": sum(daily[:20])}


@example("1.pace.flat_prior_t")
def _(given: Given) -> Answer:
    found = month(given)
    return {
        "mtd": found.achieved,
        "mtd_target": found.target_so_far,
        "achievement": found.achievement,
        "required_ratio": found.required_ratio,
        "required_per_day": (found.required_ratio or 0) * given["target_each_day"],
        "forecast": found.forecast,
        "s": stdev(y / given["target_each_day"] for y in given["actual"]),
        "sd": found.sd,
        "p_hit": found.chance,
        "lo80": found.low,
        "hi80": found.high,
    }


@example("1.pace.prior_and_autocorrelation")
def _(given: Given) -> Answer:
    assert run_rate.Spread(0.1, given["lag1_autocorr"], 56).inflation == pytest.approx(
        given["variance_inflation"]
    )
    ratios = [y / given["target_each_day"] for y in given["actual"]]
    spread = run_rate.Spread(stdev(ratios), given["lag1_autocorr"], len(ratios))
    found = month(given, prior=run_rate.RatioPrior(*given["prior_rho"]), spread=spread)
    return {"rho_post": found.ratio, "forecast": found.forecast, "sd": found.sd, "p_hit": found.chance}


def month(
    given: Given, prior: run_rate.RatioPrior | None = None, spread: run_rate.Spread | None = None
) -> run_rate.RunRate:
    each, actual = given["target_each_day"], given["actual"]
    rest = given["month_target"] // each - len(actual)
    found = run_rate.month_pace(
        actual, [each] * len(actual), [each] * rest, given["month_target"], prior=prior, spread=spread
    )
    assert found is not None
    return found


@example(
    "1.intraday.quasi.10h",
    "1.intraday.gamma_poisson.15h",
    "1.intraday.quasi.15h",
    "1.intraday.gamma_poisson.21h",
    "1.intraday.quasi.21h",
)
def _(given: Given) -> Answer:
    end = intraday.day_end(
        given["orders_so_far"],
        given["usual_share_by_now"],
        given["prior_mean_orders"],
        given["prior_cv"],
        given["phi"],
    )
    return {"naive": end.naive, "rate": end.rate, "final": end.final, "sd": end.sd}


# ---- 2 decomposition


@example("2.lmdi.external.LMDIR_1", "2.lmdi.external.PyLMDI_demo")
def _(given: Given) -> Answer:
    rows = [decompositions.lmdi(*pair) for pair in zip(given["x0"], given["x1"], strict=True)]
    return [math.fsum(column) for column in zip(*rows, strict=True)]


@example(
    "2.shapley.external.dasgupta_earnings2",
    "2.shapley.external.dasgupta_birthrate3",
    "2.shapley.external.dasgupta_fertility5",
)
def _(given: Given) -> Answer:
    return decompositions.shapley(given["x0"], given["x1"], math.prod)


@example("2.shapley.external.dasgupta_taiwan_vectors")
def _(given: Given) -> Answer:
    def total(vectors: Sequence[Sequence[float]]) -> float:
        return math.fsum(math.prod(cell) for cell in zip(*vectors, strict=True))

    return decompositions.shapley(given["x0"], given["x1"], total)


@example("2.zero.orders_fall_to_zero")
def _(_given: Given) -> Answer:
    before, after = split.Trade(500, 12, 12 * 238), split.Trade(480, 0, 0)
    factors, effects = split.carried(before, after), split.split_gmv(before, after)
    assert factors is not None
    assert effects is not None
    assert effects.aov == 0
    return {
        "delta": effects.total,
        "lmdi": decompositions.lmdi(*factors),
        "shapley_2factor_visitors_conversion": [effects.visitors, effects.conversion],
    }


@example("2.zero.double_count_trap")
def _(given: Given) -> Answer:
    zeros = sum(x1 == 0 for x1 in given["x1"])
    return {
        "case_rule_sum": -zeros * math.prod(given["x0"]),
        "true_delta": math.fsum(decompositions.lmdi(given["x0"], given["x1"])),
    }


@example("2.zero.new_item")
def _(given: Given) -> Answer:
    visitors, conversion, aov = given["x1"]
    after = split.Trade(visitors, visitors * conversion, visitors * conversion * aov)
    effects = split.split_gmv(split.Trade(0, 0, 0), after)
    assert effects is not None
    assert effects.total == pytest.approx(effects.visitors)
    return {"new_item_effect": effects.visitors}


def sources(given: Given) -> dict[str, tuple[split.Trade, split.Trade]]:
    periods = [
        [
            split.Trade(visitors, buyers, buyers * aov)
            for visitors, buyers, aov in zip(
                *(given[f"{name}{when}"] for name in ("visitors", "buyers", "aov")), strict=True
            )
        ]
        for when in (0, 1)
    ]
    return dict(zip(given["sources"], zip(*periods, strict=True), strict=True))


@example("2.by_source.shapley_with_unattributed")
def _(given: Given) -> Answer:
    trades = sources(given)
    found = split.split_by_source(trades, given["store_gmv0"], given["store_gmv1"])
    return {
        "by_source_visitors_conversion_aov": {name: effects[:3] for name, effects in found.sources.items()},
        "unattributed": found.unattributed,
        "total": found.total,
    }


# ---- 3 traffic


@example("3.bh.1995_table")
def _(given: Given) -> Answer:
    adjusted = distributions.benjamini_hochberg(given["p"])
    return {"rejected": sum(p <= given["q"] for p in adjusted), "adjusted": adjusted}


@example("3.cost_per_visitor.ci")
def _(given: Given) -> Answer:
    found = traffic.cost_per_visitor(given["cost"], given["visitors"])
    return {"cpv": found.value, "lo": found.low, "hi": found.high}


@example("3.marginal_roi.loglog")
def _(given: Given) -> Answer:
    spend, gmv = given["spend"], given["gmv"]
    slope = traffic.elasticity(spend, gmv)
    average = gmv[-1] / given["at_spend"]
    assert slope is not None
    return {
        "elasticity": slope.value,
        "average_roi": average,
        "marginal_roi": traffic.marginal_roi(average, slope.value),
        "arc_marginal_last_step": (gmv[-1] - gmv[-2]) / (spend[-1] - spend[-2]),
        "break_even_roi_at_margin_0.35": OrderValue(1.0, 0.65).break_even_roi,
    }


# ---- 4 keywords


@example("4.beta_update.robinson")
def _(given: Given) -> Answer:
    a, b = given["prior"]
    found = bids.posterior(given["at_bats"], given["hits"], priors.BetaPrior(a / (a + b), a + b))
    return {"a": found.a, "b": found.b, "mean": found.mean}


@example("4.zero_orders.evidence")
def _(given: Given) -> Answer:
    return {
        "p_no_order": (1.0 - given["cvr"]) ** given["clicks"],
        "clicks_needed": bids.clicks_to_judge(given["cvr"], given["alpha"]),
    }


@example("4.keywords.posterior_table")
def _(given: Given) -> Answer:
    a, b = given["prior"]
    rules = bids.Rules(
        share=given["kappa"], largest_step=given["max_step"], fewest_clicks=given["min_clicks"]
    )
    order, table = OrderValue(given["aov"], given["aov"] * (1.0 - given["margin"])), {}
    for word, clicks, orders in given["words_clicks_orders"]:
        prior = priors.BetaPrior(a / (a + b), a + b)
        found = bids.judge_keyword(clicks, orders, clicks * given["cpc"], prior, order, rules=rules)
        assert found.break_even_rate == pytest.approx(given["break_even_cvr"])
        table[word] = {
            "raw": found.raw,
            "post": found.rate,
            "p_good": found.chance_good,
            "lo90": found.low,
            "hi90": found.high,
            "max_cpc": found.max_cpc,
            "decision": found.decision,
            "next_cpc": found.next_cpc,
        }
    return table


@example("4.betabinom_ml.fit")
def _(given: Given) -> Answer:
    found = priors.fit_beta_prior(given["orders"], given["clicks"])
    assert found is not None
    assert found.origin == "fitted"
    return {"mean": found.mean, "strength": found.strength}


@example("4.image_test.sample_size")
def _(given: Given) -> Answer:
    n = picture_tests.impressions_per_arm(given["ctr_old"], given["ctr_new"], given["alpha"], given["power"])
    return {"impressions_per_arm": n}


@example("4.image_test.p_new_better")
def _(_given: Given) -> Answer:
    return {"p": picture_tests.chance_new_is_better(40, 1000, 55, 1000)}


@example("4.coec")
def _(given: Given) -> Answer:
    found = picture_tests.coec(given["clicks"], given["impressions_by_slot"], given["reference_ctr"])
    return {"expected_clicks": found.expected, "coec": found.ratio, "plain_ctr": found.plain_ctr}


# ---- 5 page


BORDERLINE: dict[distributions.Verdict, str] = {"unclear": "borderline", "pass": "pass", "fail": "fail"}


@example("5.aov_ratio.delta_ci")
def _(given: Given) -> Answer:
    store, hero = (
        page_health.Sample(given[who]["buyers"], given[who]["mean"], given[who]["sd"])
        for who in ("store", "hero")
    )
    found = page_health.aov_ratio(store, hero, given["conf"])
    assert found is not None
    verdict = distributions.verdict(found.low, found.high, 1.3)
    return {"ratio": found.value, "lo": found.low, "hi": found.high, "verdict_vs_1.3": BORDERLINE[verdict]}


@example("5.bounce.wilson")
def _(given: Given) -> Answer:
    found = page_health.bounce_rate(given["single_page_visitors"], given["visitors"])
    assert found is not None
    says: dict[distributions.Verdict, str] = {"unclear": "not shown", "pass": "passes", "fail": "fails"}
    return {
        "rate": found.value,
        "lo": found.low,
        "hi": found.high,
        "pass_70": says[distributions.verdict(found.low, found.high, 0.70, good="below")],
        "goal_60": says[distributions.verdict(found.low, found.high, 0.60, good="below")],
    }


@example("5.depth.weekly_t")
def _(given: Given) -> Answer:
    found = page_health.mean_depth(given["daily_depth"], [1.0] * len(given["daily_depth"]))
    assert found is not None
    assert found[1] is not None
    low, high = found[1]
    return {
        "mean": found[0],
        "lo90": low,
        "hi90": high,
        "verdict": BORDERLINE[distributions.verdict(low, high, given["line"])],
    }


# ---- 6 service


@example("6.wilson.newcombe1998.15_148", "6.wilson.newcombe1998.0_20", "6.wilson.newcombe1998.1_29")
def _(given: Given) -> Answer:
    return distributions.wilson(given["k"], given["n"])


@example("6.diff.newcombe1998.56_70_48_80", "6.diff.newcombe1998.9_10_3_10")
def _(given: Given) -> Answer:
    return distributions.newcombe(given["k1"], given["n1"], given["k2"], given["n2"])


@example("6.agents.shrinkage")
def _(given: Given) -> Answer:
    team = priors.BetaPrior(given["team_mean"], given["prior_strength"])
    agents = agent_comparison.judge_agents({name: (hits, n) for name, hits, n in given["agents"]}, team)
    below = {
        name: distributions.beta_cdf(team.mean, team.hits + hits, team.misses + n - hits)
        for name, hits, n in given["agents"]
    }
    return {
        name: {"raw": agent.raw, "shrunk": agent.shrunk, "p_below_mean": below[name]}
        for name, agent in agents.items()
    }


# ---- 7 stock


@example("7.newsvendor.snyder_shen_4_3")
def _(given: Given) -> Answer:
    ratio = given["stockout"] / (given["stockout"] + given["holding"])
    found = reorder.single_order(given["mean"], given["sd"], ratio)
    return {"critical_ratio": found.critical_ratio, "S": found.quantity}


@example("7.predictive_rop.slow_item")
def _(given: Given) -> Answer:
    days, lead, service_level = given["days_in_stock"], given["lead_days"], given["service"]
    sold = [1.0] * given["sold"] + [0.0] * (days - given["sold"])
    # Spread evenly over the days, as the rate alone is given.
    spread = [float(sum(sold) * (n + 1) // days - sum(sold) * n // days) for n in range(days)]
    fitted = demand.fit([demand.Sold(days - n, units) for n, units in enumerate(spread)])
    point = reorder.reorder_point(demand.total(fitted, [1.0] * lead), service_level)
    mu = given["sold"] / days * lead
    # The two rivals of the rule, for the record: a Poisson and a normal with the plugged-in mean (z = 1.645).
    normal = mu + 1.645 * math.sqrt(mu)
    return {
        "rop": point.point,
        "plug_in_poisson": int(oracle.poisson.ppf(service_level, mu)),
        "normal": normal,
    }


@example("7.predictive_rop.quasi_gamma")
def _(given: Given) -> Answer:
    sold = given["daily_sales_in_stock_days"]
    plain = demand.mean_demand(sold)
    whole = demand.total(plain, [1.0] * given["lead_days"])
    point = reorder.reorder_point(whole, given["service"])
    # The gamma of the same mean and variance, of which the negative binomial is the whole-number kin.
    shape, scale = whole.mean**2 / whole.variance, whole.variance / whole.mean
    quantile = float(oracle.gamma.ppf(given["service"], shape, scale=scale))
    assert abs(point.point - quantile) < 1
    return {
        "mean": plain.mean,
        "phi": plain.dispersion,
        "lead_mean": point.lead_mean,
        "lead_var": point.lead_sd**2,
        "rop": math.ceil(quantile),
        "quantile": quantile,
    }


@example("7.stockout_censoring")
def _(given: Given) -> Answer:
    there = [units for units, known in zip(given["sales"], given["in_stock"], strict=True) if known]
    return {"naive_mean": mean(given["sales"]), "in_stock_mean": demand.mean_demand(there).mean}


@example("7.newsvendor.seasonal")
def _(given: Given) -> Answer:
    ratio = reorder.critical_ratio(given["price"], given["cost"], given["salvage"])
    assert ratio is not None
    return {"critical_ratio": ratio, "q": reorder.single_order(50, 20, ratio).quantity}


# ---- 8 rivals


def shown(text: str) -> distributions.Interval:
    found = displayed_counts.displayed_count(text)
    assert found is not None
    return found


@example("8.kengchan_range")
def _(given: Given) -> Answer:
    price = distributions.Interval(given["price"], given["price"])
    return displayed_counts.product_range(price, shown(given["sold"]))


@example("8.bucket_difference")
def _(given: Given) -> Answer:
    return displayed_counts.net_change(shown(given["d0"]), shown(given["d7"]))


@example("8.ad_strength.hold_rate")
def _(_given: Given) -> Answer:
    found = displayed_counts.hold_rate(9, 10, 2, 10)
    assert found is not None
    assert found.fell_back
    return {
        "diff": found.difference,
        "lo": found.low,
        "hi": found.high,
        "fisher_p": found.fisher_p,
        "p_retreated": found.chance_retreated,
    }


@example("8.title_similarity.bigram_dice")
def _(given: Given) -> Answer:
    return {
        "ab": displayed_counts.bigram_dice(given["a"], given["b"]),
        "ac": displayed_counts.bigram_dice(given["a"], given["c"]),
    }


@example("8.season_rule")
def _(given: Given) -> Answer:
    call = displayed_counts.season_call(
        [
            displayed_counts.season_status(peer["spring_live"], peer["days_live"], sells=peer["sells"])
            for peer in given["peers"]
        ]
    )
    return {
        "selling": call.selling,
        "not_selling": call.not_selling,
        "not_listed": call.not_listed,
        "decision": call.decision,
        "confidence": f"{call.selling} of {call.selling + call.not_selling} that listed",
    }


# ---- 9 campaigns


@example("9.weekday_matched_uplift")
def _(given: Given) -> Answer:
    found = uplift.weekday_matched_uplift(given["fri_sat_sun_4_weeks"], given["campaign_fri_sat_sun"])
    assert found is not None
    return {
        "baseline": found.baseline,
        "actual": found.actual,
        "uplift": found.uplift,
        "uplift_pct": found.share,
        "lo80": found.low,
        "hi80": found.high,
    }


@example("9.placebo_p")
def _(given: Given) -> Answer:
    return {"p": uplift.placebo_p(given["placebo_at_least_as_large"], given["placebo_windows"])}


# ---- 10 reviews, titles


@example("10.title_knapsack")
def _(given: Given) -> Answer:
    rows, room = given["words_bytes_demand"], given["free_bytes"]
    assert all(review_statistics.title_bytes(word) == size for word, size, _ in rows)
    best = review_statistics.choose_words(
        [review_statistics.TitleWord(word, value) for word, _, value in rows], room
    )
    greedy, left = 0, room
    for _, size, value in sorted(rows, key=lambda row: -row[2]):
        if size <= left:
            greedy, left = greedy + value, left - size
    return {
        "best_value": best.value,
        "best_words": sorted(best.words, key=["气质", "法式连衣裙", "碎花", "茶歇裙"].index),
        "greedy_by_demand_value": greedy,
    }


@example("10.bad_review_rise")
def _(given: Given) -> Answer:
    return {
        "p_at_least": review_statistics.bad_review_chance(given["bad"], given["reviews"], given["usual_rate"])
    }


# ---- 11 customers


@example("11.repeat_rate.censoring")
def _(given: Given) -> Answer:
    followed, repeated = given["with_90_days_of_follow_up"], given["repeated_within_90d"]
    buyers = [retention.Buyer(120, 30)] * repeated + [retention.Buyer(120, None)] * (followed - repeated)
    buyers += [retention.Buyer(20, None)] * (given["customers"] - followed)
    found = retention.repeat_rate(buyers)
    assert found.mature is not None
    low, high = found.mature.low, found.mature.high
    return {"naive": found.naive, "mature": found.mature.value, "mature_wilson95": [low, high]}


@example("11.new_vs_old_cost_ratio")
def _(given: Given) -> Answer:
    new, old = given["new"], given["old"]
    found = retention.cost_ratio(new["cost"], new["customers"], old["cost"], old["customers"])
    assert found is not None
    return {"ratio": found.ratio, "lo95": found.low, "hi95": found.high}


# ---- 12 anomalies


@example("12.dsr.one_star_needed")
def _(given: Given) -> Answer:
    found = drift.one_star_ratings(given["dsr"], given["ratings"], given["to_reach_at_most"])
    return {"one_star_ratings": found}


# ---- 13 evening


@example("13.budget_binding")
def _(given: Given) -> Answer:
    shares = {int(hour): share for hour, share in given["usual_share_by_hour"].items()}
    found = budget_gates.budget_course(
        given["budget"], given["spent"], given["usual_share_of_spend_by_20h"], shares
    )
    assert found is not None
    return {
        "projected_spend": found.projected,
        "binding": found.binding,
        "unserved": found.unserved,
        "runs_out_at_share": found.runs_out_share,
        "runs_out_hour": found.runs_out_hour,
    }


@example("13.evening_roi_posterior")
def _(given: Given) -> Answer:
    order = OrderValue(given["aov"], given["aov"] * (1.0 - given["margin"]))
    found = budget_gates.evening_worth(
        given["evening_clicks"],
        given["evening_orders"],
        given["cpc"],
        order,
        maturity=given["maturity"],
        prior=(3, 100),
    )
    assert found is not None
    return {
        "orders_per_click": found.orders_per_click,
        "roi": found.roi,
        "break_even_roi": found.break_even_roi,
        "p_profitable": found.chance_pays,
        "expected_profit_of_150_yuan": budget_gates.expected_profit(150, found, order),
    }


@example("13.maturity")
def _(given: Given) -> Answer:
    seen = given["usual_share_of_final_gmv_seen_same_day"]
    return {"matured_roi": budget_gates.matured(given["same_day_roi"], seen)}


@example("13.p_close_gap")
def _(given: Given) -> Answer:
    end = intraday.day_end(given["orders_now"], given["share_by_21h"], given["prior_mean"], given["prior_cv"])
    return {"expected_more": end.rest, "p_reach": intraday.chance_of_more(end, given["need_more"])}


def test_the_normal_oracle_agrees() -> None:
    assert distributions.normal_quantile(0.975) == pytest.approx(NormalDist().inv_cdf(0.975))
