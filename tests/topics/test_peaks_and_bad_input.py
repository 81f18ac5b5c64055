"""One odd day moves no plan, and whatever a young or broken shop brings is answered: by files and `ask`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.topics.exported import Json, SmallShop, ask, item_ids, poisson

STEPS = (
    "target", "stock", "drivers", "page", "paid", "standup", "promotion", "optimise", "wrapup",
    "summary",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPDAY_LANG", "en")


def table(answer: Json, name: str) -> list[dict[str, Any]]:
    found: Json = next(
        (one for one in answer["evidence"] if one["name"] == name), {"columns": [], "rows": []}
    )
    ids = [column["id"] for column in found["columns"]]
    return [dict(zip(ids, cells, strict=True)) for cells in found["rows"]]


def month_end(answer: Json) -> float:
    value = next(one["value"] for one in answer["evidence"] if one["name"] == "Month-end forecast")
    return float(value)


def gone(answer: Json) -> float:
    value = next(one["value"] for one in answer["evidence"] if one["name"] == "Month to date")
    return float(value)


# ---- one odd day


@pytest.mark.parametrize(("times", "ago", "seed"), [(8, 1, 1), (30, 5, 2), (30, 20, 3), (8, 12, 4)])
def test_one_peak_moves_pace_order_level_and_month_by_at_most_a_tenth(
    times: float, ago: int, seed: int, tmp_path: Path
) -> None:
    """Pace, order-up-to level and the rest of the month; the order itself may fall with the stock."""
    chance = np.random.default_rng(seed)
    ids = item_ids(4)
    usual = {item: poisson(chance, mean, 60) for item, mean in zip(ids, (8, 12, 20, 30), strict=True)}
    peaked = {item: list(sold) for item, sold in usual.items()}
    for item in ids:
        peaked[item][60 - ago] = float(round(times * np.mean([n or 0 for n in usual[item]])))
    made = {
        name: SmallShop(units, on_hand=dict.fromkeys(ids, 10.0), settings=TARGET).write(tmp_path / name)
        for name, units in (("usual", usual), ("peaked", peaked))
    }
    before, after = (table(ask(made[name], "stock"), "Stock and days of cover") for name in made)
    for item in (row["item"] for row in before):
        was, now = ({row["item"]: row for row in rows}[item] for rows in (before, after))
        assert now["a_day"] == pytest.approx(was["a_day"], rel=0.1), item
        assert now["quantity"] + 10 == pytest.approx(was["quantity"] + 10, rel=0.1), item
    asked = [one for one in ask(made["peaked"], "stock")["findings"] if one["kind"] == "odd_day"]
    assert len(asked) == (4 if ago <= 7 else 0)
    month = {name: ask(folder, "target") for name, folder in made.items()}
    rest = {name: month_end(answer) - gone(answer) for name, answer in month.items()}
    assert rest["peaked"] == pytest.approx(rest["usual"], rel=0.1)


TARGET = '[targets]\n"2026-06" = 210000\n'


# ---- bad input


def shops() -> dict[str, SmallShop]:
    chance = np.random.default_rng(9)
    ids = item_ids(3)

    def three(days: int, mean: float = 8.0) -> dict[str, list[float | None]]:
        return {item: poisson(chance, mean, days) for item in ids}

    stock = dict.fromkeys(ids, 20.0)
    changed, unknown = three(40), list[float | None]([None] * 20)
    changed[ids[0]][20:] = unknown
    changed["736500999999"] = [*unknown, *poisson(chance, 8.0, 20)]
    wild = three(40)
    wild[ids[0]][-1] = 2400.0
    closed = "[[calendar]]\nstart = 2026-05-10\nend = 2026-06-14\nmultiplier = 0.5\n"
    return {
        "three days": SmallShop(three(3), on_hand=stock, settings=TARGET),
        "three items": SmallShop(three(40), on_hand=stock, settings=TARGET),
        "ten visitors a day": SmallShop(
            {item: poisson(chance, 0.1, 60) for item in ids}, dict.fromkeys(ids, 10.0), on_hand=stock
        ),
        "no file in the middle": SmallShop(three(40), on_hand=stock, no_files=range(8, 15), settings=TARGET),
        "an id that changed": SmallShop(changed, on_hand={**stock, "736500999999": 20.0}, settings=TARGET),
        "a day of 300 times the usual": SmallShop(wild, on_hand=stock, settings=TARGET),
        "only zeros": SmallShop({item: [0.0] * 40 for item in ids}, on_hand=stock, settings=TARGET),
        "a month of holidays": SmallShop(three(40), on_hand=stock, settings=TARGET + closed),
        "one item": SmallShop({ids[0]: poisson(chance, 8.0, 40)}, on_hand={ids[0]: 500.0}, settings=TARGET),
    }


ODD_SHOPS = list(shops())


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("odd")
    return {name: made.write(base / str(n)) for n, (name, made) in enumerate(shops().items())}


@pytest.mark.parametrize("name", ODD_SHOPS)
def test_every_step_answers_whatever_the_shop_brings(name: str, folders: dict[str, Path]) -> None:
    for step in STEPS:
        answer = ask(folders[name], step)
        words = [answer["verdict"]["text"], *(one["text"] for one in answer["findings"]), *answer["limits"]]
        assert all(words), step
        assert not re.search(r"\bnan\b|\binf\b|None", " ".join(words)), (step, words)


def findings(folder: Path, step: str, *levels: str) -> list[str]:
    return [one["key"] for one in ask(folder, step)["findings"] if one["level"] in levels]


def test_three_days_ask_for_no_action_and_say_how_little_is_known(folders: dict[str, Path]) -> None:
    answer = ask(folders["three days"], "stock")
    assert [one["level"] for one in answer["findings"] if one["kind"] == "order"] in ([], ["watch"] * 3)
    assert "Only 3 usable days of sales: the sales pace is rough." in answer["limits"]
    assert findings(folders["three days"], "target", "act") == []


def test_ten_visitors_a_day_ask_for_nothing(folders: dict[str, Path]) -> None:
    assert findings(folders["ten visitors a day"], "stock", "act") == []


def test_a_day_of_300_times_the_usual_orders_no_mountain(folders: dict[str, Path]) -> None:
    answer = ask(folders["a day of 300 times the usual"], "stock")
    orders = [row["quantity"] for row in table(answer, "Stock and days of cover") if row["quantity"]]
    assert max(orders) < 400
    assert [one["kind"] for one in answer["findings"]].count("odd_day") == 1
    month = ask(folders["a day of 300 times the usual"], "target")
    assert month_end(month) - gone(month) < 16 * 3 * 12 * 100


def test_only_zeros_order_nothing_and_have_no_level(folders: dict[str, Path]) -> None:
    answer = ask(folders["only zeros"], "stock")
    assert [row["quantity"] for row in table(answer, "Stock and days of cover")] == [None] * 3
    assert findings(folders["only zeros"], "stock", "act") == []


def test_an_id_that_changed_is_not_ordered_under_its_old_one(folders: dict[str, Path]) -> None:
    rows = {
        row["item"]: row
        for row in table(ask(folders["an id that changed"], "stock"), "Stock and days of cover")
    }
    assert (rows["商品000"]["state"], rows["商品000"]["quantity"]) == ("not seen in the shop", None)
    assert rows["商品999"]["quantity"] > 0


def test_days_without_a_file_are_unknown_and_no_silence(folders: dict[str, Path]) -> None:
    rows = table(ask(folders["no file in the middle"], "stock"), "Stock and days of cover")
    assert [row["a_day"] for row in rows] == [pytest.approx(8.0, rel=0.35)] * 3


def test_a_shop_of_one_item_is_not_failed_for_the_ratio_it_must_have(folders: dict[str, Path]) -> None:
    assert not [
        key for key in findings(folders["one item"], "page", "act", "watch") if key.startswith("page/aov")
    ]
