"""Worked examples of calendar, score, whole-site plans and checks against the functions in use."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.measures.festivals.public_festivals import moved
from core.measures.festivals.shape import profile, shrunk_multiplier
from core.shop.settings import CalendarDay, Shop
from core.topics.ads.site_plans.arithmetic import (
    PRIOR_ORDERS,
    Side,
    average_says_nothing,
    chance_pays,
    days_for_step,
    refunds_assumed,
    spend_without_order,
    step_result,
    target_for,
    verdict,
)
from core.topics.checks.experience.score import (
    FULL,
    LINE,
    Metric,
    dimension_score,
    is_scored,
    late_left,
    levers,
    mean_if_closed,
    rate_tomorrow,
    total_score,
)
from core.topics.checks.pickup import Parcel, due_parcels
from core.topics.checks.tax import TOLERANCE, tax_check
from core.topics.sales.run_rate import chance_above, unconfirmed_sd

Given = dict[str, Any]
EXAMPLES = json.loads((Path(__file__).parent / "platform_examples.json").read_text(encoding="utf-8"))


def align_lunar(given: Given) -> Given:
    start, end = (date.fromisoformat(day) for day in given["last_year"]["nianhuo"])
    found = moved("lunar", start, end, 1)
    assert found is not None
    return {"draft": [day.isoformat() for day in found]}


def multiplier(given: Given) -> Given:
    ratios, strength = given["day_ratios"], given["strength"]
    return {
        "raw_geo": shrunk_multiplier(ratios, strength=0),
        "used": shrunk_multiplier(ratios, strength=strength),
    }


def long_span(given: Given) -> Given:
    days, usual = given["days"], given["ordinary_day"]
    shape = profile(days)
    assert list(shape) == given["profile"]
    start = date(2026, 10, 20)
    row = CalendarDay(start, date(2026, 11, 14), profile=shape)
    first = Shop(name="x", calendar=(row,)).multiplier(start) * usual
    total = sum(shape) * usual
    flat = total / days / usual
    return {
        "span_total": total,
        "same_total_flat_multiplier": flat,
        "first_day_plan": first,
        "flat_first_day": flat * usual,
    }


def unknown_widens(given: Given) -> Given:
    forecast, target = given["month_forecast"], given["target"]
    sd = unconfirmed_sd(given["sd"], forecast, given["festival_share"], given["multiplier_sd_relative"])
    return {
        "sd_with_unknown": sd,
        "chance_known": chance_above(target, forecast, given["sd"]),
        "chance_unknown": chance_above(target, forecast, sd),
    }


def metrics(rows: list[list[Any]]) -> dict[str, Metric]:
    """Rows of weight and score, with a name in front or without one."""
    return {str(row[0] if len(row) > 2 else n): Metric(*row[-2:]) for n, row in enumerate(rows)}


def total(given: Given) -> Given:
    dimensions = {name: metrics(rows) for name, rows in given["sub"].items()}
    found = total_score(given["weights"], dimensions, given["extra"])
    assert found is not None
    scores = {name: dimension_score(list(one.values())) for name, one in dimensions.items()}
    return {"dimensions": pytest.approx(scores, abs=1e-9), "total": found, "gap_to_4_8": LINE - found}


def lever(given: Given) -> Given:
    assert given["to"] == FULL
    found = levers(given["weights"], {"service": metrics(given["service_sub"])})
    by_name = {one.metric: one.gain for one in found}
    gains = [by_name[name] for name, _, _ in given["service_sub"]]
    return {"gain_if_full": pytest.approx(gains, abs=1e-9), "first": found[0].metric}


def late_pickups(given: Given) -> Given:
    due, late, line = given["due_30_days"], given["late"], given["line"]
    left = late_left(due, late, line)
    return {"rate": 1 - late / due, "late_allowed": left + late, "left": left}


def rolling(given: Given) -> Given:
    late, days = given["late_total"], given["late_by_day_oldest_first"]
    tomorrow = rate_tomorrow(
        given["window_total"],
        late,
        (given["due_leaving"], days[0]),
        (given["due_entering"], given["late_entering"]),
    )
    return {"rate_today": 1 - late / given["window_total"], "rate_tomorrow": tomorrow}


def refund_hours(given: Given) -> Given:
    hours = [hours for _, hours in given["open_returned_to_us"]][: given["closed_today"]]
    return {"mean_if_closed_now": mean_if_closed(given["done"], given["mean_hours"], hours)}


def too_few(given: Given) -> Given:
    scored = is_scored(given["valid_paid_30"], given["line"])
    return {"verdict": "scored" if scored else "not scored yet"}


def site(given: Given) -> Given:
    orders, spend, value = given["orders"], given["spend"], given["value"]
    assert given["prior_orders"] == PRIOR_ORDERS
    words = {"stop": "stop", "keep": "keep, cannot tell", "more": "more"}
    return {
        "expected_at_break_even": spend / value,
        "chance_pays": chance_pays(orders, spend, value),
        "verdict": words[verdict(orders, spend, value, days=14)],
    }


def spend_to_judge(given: Given) -> Given:
    return {"spend_without_order": spend_without_order(given["value"], given["alpha"])}


def step_days(given: Given) -> Given:
    found = days_for_step(given["item_orders_per_day"], given["change_to_see"], given["dispersion"])
    return {"days_each_side": found}


def step_test(given: Given) -> Given:
    before, after = (
        Side(one["days"], one["item_orders"], one["spend"]) for one in (given["before"], given["after"])
    )
    found = step_result(before, after, given["value"], given["dispersion"])
    return {
        "extra_orders_per_day": found.orders,
        "extra_spend_per_day": found.spend,
        "marginal_profit_per_day": found.profit,
        "sd": found.sd,
        "chance": found.chance,
    }


def cover(given: Given) -> Given:
    share = given["plan_sales"] / given["item_sales_all"]
    change = given["free_visitors_now"] / given["free_visitors_before"] - 1
    blind = average_says_nothing(share, change)
    assert average_says_nothing(share, None)
    assert average_says_nothing(None, change)
    verdict_words = "average ROI says nothing: judge by step test" if blind else ""
    return {"plan_share": share, "free_change": change, "verdict": verdict_words}


def net_to_total(given: Given) -> Given:
    return {"refund_share_assumed": refunds_assumed(given["net_target"], given["total_shown"])}


def roi_target(given: Given) -> Given:
    found = target_for(given["A"], given["value"], given["kept"], given["wanted_profit_share_of_spend"])
    assert found is not None
    return {"total_target": found.total, "net_target": found.net}


def overdue(given: Given) -> Given:
    def moment(text: str | None) -> datetime | None:
        return None if text is None else datetime.fromisoformat(text)

    now = datetime.fromisoformat(given["now"])
    parcels = [
        Parcel(order, datetime.fromisoformat(paid), moment(picked)) for order, paid, picked in given["orders"]
    ]
    found = due_parcels(parcels, now, timedelta(hours=given["limit_hours"]))
    return {"overdue": list(found.overdue), "due_within_12h": list(found.soon), "fine": list(found.fine)}


def quarter(given: Given) -> Given:
    assert given["tolerance"] == TOLERANCE
    found = tax_check(given["platform_reported"], given["own_paid"], given["own_refunds_by_success_date"])
    assert found is not None
    return {
        "own_income": found.own,
        "difference": found.difference,
        "verdict": "within 2 %" if found.within else "off",
    }


CHECKED: dict[str, Callable[[Given], Given]] = {
    "calendar.align_lunar": align_lunar,
    "calendar.multiplier_shrunk": multiplier,
    "calendar.long_span_not_flat": long_span,
    "calendar.unknown_widens": unknown_widens,
    "score.total": total,
    "score.lever": lever,
    "score.late_pickups_left": late_pickups,
    "score.rolling_window": rolling,
    "score.refund_hours": refund_hours,
    "score.too_few": too_few,
    **{f"site.{name}": site for name in ("silent", "few", "good", "bad", "even")},
    "site.spend_to_judge": spend_to_judge,
    "site.days_for_step_test": step_days,
    "site.step_test_result": step_test,
    "site.attribution_cover": cover,
    "checks.dispatch_overdue": overdue,
    "checks.tax_quarter": quarter,
    "roi.net_to_total": net_to_total,
    "roi.target_for_value": roi_target,
}


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one["name"])
def test_a_worked_example_comes_out(one: Given) -> None:
    found = CHECKED[one["name"]](one["input"])
    for name, value in one["expected"].items():
        if isinstance(value, float):
            assert found[name] == pytest.approx(value, abs=max(one["tolerance"], 1e-6)), name
        else:
            assert found[name] == value, name
