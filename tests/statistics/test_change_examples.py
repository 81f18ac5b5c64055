"""Small worked examples of finding what changed, each against the function the product uses."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest

from core.answers.answer import LEVELS
from core.exports.kinds.items import Items
from core.shop.settings import Item, Shop
from core.statistics import evidence
from core.statistics.cause_weighing import (
    explained_share,
    likely_causes,
    meeting,
    meeting_chance,
    posterior,
)
from core.statistics.count_shift import days_needed, expected_needed, scan_chance, signed_root
from core.statistics.mix_shift import MixGroup, kitagawa
from core.statistics.multiple_tests import size_weights, weighted_holm
from core.statistics.panel import day_factors
from core.statistics.price_shift import GATE, price_index, price_z
from core.statistics.silence import few_chance, silence_chance
from core.topics.incidents.calling import standing
from core.topics.incidents.candidates import price_cause
from core.topics.incidents.change import (
    BUDGET,
    ObjectChange,
    expected_yuan,
    interval,
    level_of,
    lost_sales,
)
from core.topics.incidents.facts import size_share
from core.topics.incidents.source_changes import POOR
from core.topics.incidents.watched_counts import is_possible
from core.topics.stock.below_cost import below_cost
from core.topics.stock.sizes import A_DAY, missing_sizes
from tests.topics.tables import of_rows

Given: TypeAlias = Mapping[str, Any]
ENTRIES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "change_examples.json").read_text(encoding="utf-8")
)
DAY = date(2026, 6, 14)
METHODS: dict[str, Callable[[Given], Mapping[str, Any]]] = {}


def method(name: str) -> Callable[[Callable[[Given], Mapping[str, Any]]], None]:
    def register(answer: Callable[[Given], Mapping[str, Any]]) -> None:
        METHODS[name] = answer

    return register


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["name"] for entry in ENTRIES])
def test_example(entry: dict[str, Any]) -> None:
    found = METHODS[entry["method"]](entry["input"])
    for name, expected in entry["expected"].items():
        assert_close(found[name], expected, entry["tolerance"])


def test_every_method_has_an_example() -> None:
    assert set(METHODS) == {entry["method"] for entry in ENTRIES}
    assert len(ENTRIES) == 64


def assert_close(found: Any, expected: Any, tolerance: float) -> None:
    if isinstance(expected, dict):
        assert set(found) == set(expected)
        for name, value in expected.items():
            assert_close(found[name], value, tolerance)
    elif isinstance(expected, list):
        for one, value in zip(found, expected, strict=True):
            assert_close(one, value, tolerance)
    elif expected is None or isinstance(expected, str):
        assert found == expected
    else:
        assert float(found) == pytest.approx(expected, abs=tolerance)


@method("signed_root")
def _(given: Given) -> Given:
    z = float(signed_root(**given))
    return {"z": None if math.isnan(z) else z}


@method("scan_p")
def _(given: Given) -> Given:
    return {"p": scan_chance(given["z_max"], given["looks"])}


@method("weights")
def _(given: Given) -> Given:
    return {"weights": list(size_weights(given["sales"]))}


@method("weighted_holm")
def _(given: Given) -> Given:
    called = weighted_holm(given["p"], given["weights"], given["alpha"])
    chances = np.array(given["p"])
    _, stands, since = standing(lambda _: chances, 1, np.array(given["weights"]), given["alpha"])
    assert list(np.flatnonzero(stands)) == called
    assert not since.any()
    return {"called": called}


@method("days_needed")
def _(given: Given) -> Given:
    a_day = given["visitors"] * given["conversion"]
    return {"days": days_needed(a_day, given["loss"], given["kappa"], given["z"])}


@method("expected_needed")
def _(given: Given) -> Given:
    return {"expected": expected_needed(given["loss"], given["z"])}


@method("day_factor")
def _(given: Given) -> Given:
    expected, observed = (np.array(given[name])[:, None] for name in ("expected", "observed"))
    factor = day_factors(expected, observed, given["kappa"], given["huber"], given["steps"])
    return {"factor": factor[0], "plain_ratio": observed.sum() / expected.sum()}


@method("price_z")
def _(given: Given) -> Given:
    size, z = price_z(**given)
    return {"size": size, "z": z}


@method("price_gate")
def _(given: Given) -> Given:
    assert given["gate"] == GATE
    return {"level": level_of(change("price", called=abs(given["size"]) >= GATE), 1000.0)}


@method("price_cost")
def _(given: Given) -> Given:
    rows: list[dict[str, object]] = [
        {"date": DAY - timedelta(days=back), "item": "dress", "units": units, "gmv": units * paid}
        for back, units, paid in ((2, 9, 160.0), (1, 9, 160.0), (0, given["units"], given["price"]))
    ]
    items = of_rows(Items, rows).frame
    dear = Shop(name="Made", items=(Item("dress", cost=given["cost"]),))
    fair = Shop(name="Made", items=(Item("dress", cost=given["price"]),))
    today = DAY + timedelta(days=1)
    assert below_cost(items, None, fair, today) == {}
    found = below_cost(items, None, dear, today)["dress"]
    return {"level": "act", "loss_per_unit": found.cost - found.paid, "loss_per_day": found.lost}


@method("price_cause")
def _(given: Given) -> Given:
    listed = given["list_price_now"] / given["list_price_before"] - 1.0
    names = {
        "listed_price": "list price of this item changed",
        "shop_offer": "shop-wide discount (coupon, full reduction)",
    }
    return {"cause": names[price_cause(given["paid_change"], listed, given["other_items_change"])]}


@method("price_index")
def _(given: Given) -> Given:
    index = price_index(given["gmv"], given["units"], given["usual_price"])
    return {"index": index, "aov_change_is": "mix" if index == 0 else "price"}


@method("budget")
def _(given: Given) -> Given:
    assert not given
    names = {"shop": "shop", "item": "items", "source": "sources", "word": "words", "agent": "agents"}
    shares = {names.get(family, "refund_reasons"): share for family, share in BUDGET.items()}
    return {**shares, "total": sum(BUDGET.values())}


@method("finding_level")
def _(given: Given) -> Given:
    found = change("conversion", called=given["p_scan"] <= given["alpha_i"], p=given["p_scan"])
    return {"level": level_of(found, 100.0), "word": "possible" if is_possible(found) else ""}


@method("kitagawa")
def _(given: Given) -> Given:
    groups = {
        name: MixGroup(one["v0"], one["b0"], one["v1"], one["b1"]) for name, one in given["groups"].items()
    }
    found = kitagawa(groups)
    assert found is not None
    old = [one for one in groups.values() if one.visitors_before]
    assert sum(found.rate.values()) + sum(found.mix.values()) == pytest.approx(found.change)
    return {
        "before": found.before,
        "now": found.now,
        "change": found.change,
        "rate": found.rate,
        "mix": found.mix,
        "without_new": sum(one.buyers_now for one in old) / sum(one.visitors_now for one in old),
    }


@method("zero_hours")
def _(given: Given) -> Given:
    return {"p": silence_chance(given["expected"], given["kappa"])}


@method("sku_share")
def _(given: Given) -> Given:
    return {"share": size_share(given["sold"], given["item_sold"], given["skus"], given["a"])}


@method("poor_source")
def _(given: Given) -> Given:
    chance = few_chance(given["seen"], given["expected"], given["kappa"])
    return {"p": chance, "say": "poor" if chance <= POOR else "new, too early"}


@method("sku_empty")
def _(given: Given) -> Given:
    assert given["on_hand"] == 0
    a_day = given["share"] * given["item_units_per_day"]
    assert a_day >= A_DAY
    level, yuan = missing_sizes(a_day, given["price"], 20_000.0, known=True)
    assert missing_sizes(a_day, given["price"], 200_000.0, known=True)[0] == "watch"
    return {"level": level, "yuan_per_day_upper": yuan}


@method("coincidence")
def _(given: Given) -> Given:
    chance = meeting_chance(given["moves_per_day"], given["window_days"])
    said = meeting(chance)
    busy = "cannot tell: rivals move prices all the time"
    return {"chance": chance, "say": busy if said == "cannot tell" else said}


@method("promise_evidence")
def _(given: Given) -> Given:
    found = evidence.weigh(given["value"], given["usual"], given["goal"], given["sd"], given["way"])
    gain = evidence.score(given["value"], given["usual"], given["goal"], given["sd"])
    return {"state": found.told, "log_lr": found.log_ratio, "separation": found.separation, "score": gain}


@method("promise_days")
def _(given: Given) -> Given:
    found = evidence.days_needed(given["usual"], given["goal"], given["sd_day"], given["phi"])
    return {"days": found}


@method("crps")
def _(given: Given) -> Given:
    return {"crps": evidence.crps(given["y"], given["mean"], given["sd"])}


@method("money")
def _(given: Given) -> Given:
    missing = given["expected_buyers_per_day"] - given["seen_buyers_per_day"]
    sales, earned = lost_sales(missing, given["aov"], given["margin"] * (1.0 - given["refund"]))
    assert lost_sales(missing, given["aov"], None) == (sales, None)
    return {"gmv_per_day": sales, "profit_per_day": earned}


@method("money_interval")
def _(given: Given) -> Given:
    low, high = interval(given["seen"], given["expected"], given["days"], given["aov"])
    wide = interval(given["seen"], given["expected"], given["days"], given["aov"], 4.0)
    assert wide[0] < low < high < wide[1]
    return {"low": low, "high": high}


@method("priority")
def _(given: Given) -> Given:
    worth = {
        one["name"]: expected_yuan(one["p_real"], one["yuan_per_day"], one["days_left"], one["once"])
        for one in given["findings"]
    }
    return {"order": sorted(worth, key=lambda name: -worth[name]), "expected_yuan": worth}


@method("explained_share")
def _(given: Given) -> Given:
    found = explained_share(given["child_change"], given["child_given_parent"], given["sd_child"])
    said = {"consequence": "consequence, one finding", "own": "second finding of its own", "partly": ""}
    return {"share": found.share, "residual_z": found.residual_z, "say": said[found.kinship]}


@method("cause_posterior")
def _(given: Given) -> Given:
    chances = posterior(given["log_evidence"], given["prior"])
    first, second = likely_causes(chances)
    return {"posterior": chances, "say": f"cannot tell between {first} and {second}"}


def change(metric: Any, *, called: bool, p: float = 1e-6) -> ObjectChange:
    """Return a change of an item that would be worth acting on, were it called."""
    found = ObjectChange(
        family="item",
        metric=metric,
        name="dress",
        start=DAY,
        earliest=DAY,
        latest=DAY,
        last=DAY,
        seen=10.0,
        usual=20.0,
        p=p,
        called=called,
        of_own=0.5,
    )
    assert LEVELS.index(level_of(found, 0.0)) >= LEVELS.index("watch")
    return found
