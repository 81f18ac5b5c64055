"""Worked examples of demand, sizes and levels against the functions the product uses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.shop.settings import CalendarDay
from core.statistics import demand
from core.statistics import level as levels
from core.statistics.demand import Demand, Sold
from core.statistics.demand_total import Total
from core.statistics.level import DayRatio
from core.topics.stock import arrival
from tests.topics.tables import shop

Given = dict[str, Any]
EXAMPLES = json.loads((Path(__file__).parent / "level_examples.json").read_text(encoding="utf-8"))["examples"]


def fitted(units: list[float]) -> Demand:
    return demand.fit([Sold(len(units) - n, float(sold)) for n, sold in enumerate(units)])


def eleven_days(units: list[float]) -> float:
    return demand.total(fitted(units), [1.0] * 11).mean


def quantile(given: Given) -> Given:
    return {"units": Total(given["mean"], given["variance"]).quantile(given["p"])}


def fit(given: Given) -> Given:
    found = fitted(given["units"])
    flat = next(one["input"]["units"] for one in EXAMPLES if one["name"] == "demand.flat")
    return {
        "level": found.mean,
        "slope": found.slope,
        "asked": [one.age for one in found.odd],
        "asked_days_back": [one.age for one in found.odd],
        "change_of_11_day_demand": eleven_days(given["units"]) / eleven_days(flat) - 1,
    }


def whole(given: Given) -> Given:
    known = Demand(given["level"], 1.05, 42, 400.0, None, given["slope"], (0.0, 0.0, 0.0))
    assert given["damp"] == demand.DAMPING
    return {"mean": demand.total(known, [1.0] * given["days"]).mean}


def shutdown(given: Given) -> Given:
    start, end = (date.fromisoformat(day) for day in given["supplier_closed"])
    closure = CalendarDay(start, end, kind="supplier_closed")
    closed, today, lead = shop(calendar=(closure,)), date.fromisoformat(given["today"]), given["lead_days"]
    arrives = arrival.arrival(closed, today, lead)
    covered = arrival.lead_from(closed, today, lead) + 1
    return {
        "last_day_before": arrival.last_order_day(closed, closure, lead).isoformat(),
        "arrival_if_ordered_today": arrives.isoformat(),
        "cover_needed_units": covered * given["daily"],
    }


def share(given: Given) -> Given:
    others = (given["item_sold"] - given["sold"]) / (given["skus"] - 1)
    sold = {"best": given["sold"]} | {str(n): others for n in range(given["skus"] - 1)}
    return {"share": demand.sku_shares(sold, given["a"])["best"]}


def level(given: Given) -> Given:
    assert (given["slope_sd"], given["clip"], given["ask"]) == (levels.SLOPE_SD, levels.CLIP, levels.ODD)
    days = [DayRatio(len(given["log_ratio"]) - n, log) for n, log in enumerate(given["log_ratio"])]
    found, without = levels.fit(days), levels.fit(days[:-1])
    assert found is not None
    assert without is not None
    return {
        "level": found.level,
        "level_without_peak": without.level,
        "asked_last_day": any(one.age == 1 for one in found.odd),
    }


METHODS: dict[str, Callable[[Given], Given]] = {
    "nb_quantile": quantile,
    "demand_fit": fit,
    "demand_total": whole,
    "shutdown_reorder": shutdown,
    "sku_share": share,
    "level_fit": level,
}


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["name"] for one in EXAMPLES])
def test_worked_example(example: Given) -> None:
    found = METHODS[example["method"]](example["input"])
    for name, expected in example["expected"].items():
        if isinstance(expected, float | int):
            assert found[name] == pytest.approx(expected, abs=example["tolerance"] or 1e-9), name
        else:
            assert found[name] == expected, name
