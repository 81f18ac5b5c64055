"""Worked examples of the calendar against the functions the product uses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.measures.festivals.public_festivals import moved
from core.measures.festivals.shape import profile, shrunk_multiplier
from core.shop.settings import CalendarDay, Shop
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


CHECKED: dict[str, Callable[[Given], Given]] = {
    "calendar.align_lunar": align_lunar,
    "calendar.multiplier_shrunk": multiplier,
    "calendar.long_span_not_flat": long_span,
    "calendar.unknown_widens": unknown_widens,
}


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one["name"])
def test_a_worked_example_comes_out(one: Given) -> None:
    found = CHECKED[one["name"]](one["input"])
    for name, value in one["expected"].items():
        if isinstance(value, float):
            assert found[name] == pytest.approx(value, abs=max(one["tolerance"], 1e-6)), name
        else:
            assert found[name] == value, name
