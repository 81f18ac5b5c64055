"""A peak nobody explained and an item under a new id are no trouble of any item."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.exports.kinds.items import Items
from core.exports.kinds.shop_day import ShopDay
from core.topics.incidents.usable_rows import newest_ids
from tests.exam.made_shop import TODAY, Made, quiet, sheets
from tests.topics.incidents.morning import asking, told

SOLD = ("gmv", "buyers", "ordered_buyers", "units")


@pytest.fixture(scope="module")
def made() -> Made:
    return quiet(402, visitors=3000, items=12)


def with_peak(made: Made, times: float, back: int) -> dict[str, Any]:
    """Return the shop's exports with a day on which everything sold so many times as much."""
    found = sheets(made)
    for kind in (ShopDay, Items):
        frame = found[kind.id].frame.copy()
        day = frame["date"] == pd.Timestamp(TODAY - timedelta(days=back))
        for name in SOLD:
            frame[name] = np.where(day, frame[name] * times, frame[name])
        found[kind.id] = type(found[kind.id])(frame)
    return {kind.id: found[kind.id] for kind in (ShopDay, Items)}


@pytest.mark.parametrize(("times", "back"), [(300, 1), (300, 6), (30, 2)])
def test_a_peak_blames_no_item(made: Made, times: float, back: int) -> None:
    assert asking(told(made)) == []
    assert asking(told(made, None, None, None, **with_peak(made, times, back))) == []


def test_items_listed_anew_under_other_ids_lost_nobody(made: Made) -> None:
    found = sheets(made)
    frame = found[Items.id].frame.copy()
    later = frame["date"] >= pd.Timestamp(TODAY - timedelta(days=30))
    frame["item"] = np.where(later, "9" + frame["item"].astype(str), frame["item"].astype(str))
    assert asking(told(made, items=type(found[Items.id])(Items.shaped(frame)))) == []


def of(*runs: tuple[str, str, int, int]) -> pd.DataFrame:
    rows = [
        {"item": item, "title": title, "date": pd.Timestamp(TODAY - timedelta(days=back))}
        for item, title, first, last in runs
        for back in range(last, first + 1)
    ]
    return pd.DataFrame(rows)


def test_an_id_follows_another_only_where_its_days_do() -> None:
    assert newest_ids(of(("1", "coat", 40, 20), ("2", "coat", 19, 1))) == {"1": "2"}
    assert newest_ids(of(("1", "coat", 60, 40), ("2", "coat", 39, 20), ("3", "coat", 18, 1))) == {
        "1": "3",
        "2": "3",
    }
    beside = of(("1", "coat", 40, 1), ("2", "coat", 19, 1))
    long_after = of(("1", "coat", 60, 40), ("2", "coat", 19, 1))
    unlike = of(("1", "coat", 40, 20), ("2", "scarf", 19, 1))
    assert [newest_ids(one) for one in (beside, long_after, unlike)] == [{}, {}, {}]
