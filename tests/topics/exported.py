"""A small shop as its exports: files as the platform writes them, imported and asked by the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from click.testing import CliRunner

from tui.cli.commands import shopday
from tui.cli.context import Terms

TODAY: Final = date(2026, 6, 15)
ZONE: Final = ZoneInfo("Asia/Shanghai")
Json = dict[str, Any]


@dataclass
class SmallShop:
    """Items by day; every figure of the shop is the sum of them."""

    units: dict[str, list[float | None]]
    """By item, the last one yesterday's; None: the item is not in that day's file."""
    visitors: Mapping[str, float] = field(default_factory=dict)
    """A day, by item; 30 for each piece it sells where nothing is said."""
    prices: Mapping[str, float] = field(default_factory=dict)
    on_hand: Mapping[str, float] = field(default_factory=dict)
    costs: Mapping[str, float] = field(default_factory=dict)
    no_files: Sequence[int] = ()
    """Ages of days whose files are missing; 1 is yesterday."""
    settings: str = ""
    language: str = "en"
    orders: Sequence[Json] = ()
    """Rows of an order list."""
    refunded: float = 0.0
    """Yuan of refunds completed a day, for each yuan sold; 0: the file of the shop by day does not say."""
    files: Mapping[str, Sequence[Json]] = field(default_factory=dict)
    """Rows of further exports, by the file's name."""

    @property
    def days(self) -> int:
        """Return how long it is known."""
        return max(len(sold) for sold in self.units.values())

    def write(self, folder: Path) -> Path:
        """Write settings and exports of the shop, and import them."""
        folder.mkdir(parents=True)
        text = f'name = "小店"\nlanguage = "{self.language}"\nlead_days = 9\n{self.settings}'
        (folder / "shop.toml").write_text(text, encoding="utf-8")
        inbox = folder / "inbox"
        inbox.mkdir()
        items, days = self._rows()
        span = f"{TODAY - timedelta(days=self.days)}_{TODAY - timedelta(days=1)}"
        _csv(inbox / f"商品_全部_{span}.csv", items)
        _csv(inbox / f"自助取数_店铺_{span}.csv", days)
        if self.on_hand:
            _csv(inbox / f"库存_{TODAY - timedelta(days=1)}.csv", self._stock())
        if self.orders:
            _csv(inbox / f"订单报表_{span}.csv", self.orders)
        for name, rows in self.files.items():
            _csv(inbox / name, rows)
        done = _run(["import", str(folder)])
        assert done.exit_code == 0, done.output
        return folder

    def _rows(self) -> tuple[list[Json], list[Json]]:
        items, days = [], []
        for age in range(self.days, 0, -1):
            if age in self.no_files:
                continue
            day = (TODAY - timedelta(days=age)).isoformat()
            sums = {"访客数": 0.0, "浏览量": 0.0, "支付买家数": 0.0, "支付金额": 0.0}
            for item, sold in self.units.items():
                n = sold[len(sold) - age] if age <= len(sold) else None
                if n is None:
                    continue
                visitors = self.visitors.get(item, 30.0 * n)
                gmv, buyers = n * self.prices.get(item, 100.0), min(visitors, n)
                items.append(
                    {
                        "统计日期": day, "商品ID": item, "商品名称": f"商品{item[-3:]}",
                        "商品访客数": round(visitors),
                        "支付买家数": round(buyers), "支付件数": round(n), "支付金额": round(gmv, 2),
                    }
                )  # fmt: skip
                for name, value in zip(sums, (visitors, visitors * 2, buyers, gmv), strict=True):
                    sums[name] += value
            if self.refunded:
                sums["成功退款金额"] = self.refunded * sums["支付金额"]
            days.append({"统计日期": day, **{name: round(value, 2) for name, value in sums.items()}})
        return items, days

    def _stock(self) -> list[Json]:
        return [
            {
                "日期": (TODAY - timedelta(days=1)).isoformat(), "商品ID": item,
                "商品名称": f"商品{item[-3:]}", "skuId": item,
                "实际库存数": round(held), "单价成本": self.costs.get(item, ""),
            }
            for item, held in self.on_hand.items()
        ]  # fmt: skip


def ask(folder: Path, step: str, at: str = "08:30") -> Json:
    """Return what ``shopday ask SHOP STEP --json`` prints on that morning."""
    done = _run(["ask", str(folder), step, "--date", TODAY.isoformat(), "--json"], at)
    assert done.exit_code in (0, 4), done.output
    answer: Json = json.loads(done.stdout)
    return answer


def item_ids(n: int) -> list[str]:
    """Return so many ids of items."""
    return [f"7365001{place:05d}" for place in range(n)]


def poisson(chance: np.random.Generator, mean: float, days: int) -> list[float | None]:
    """Return so many days of a steady demand."""
    return [float(n) for n in chance.poisson(mean, days)]


def _run(words: list[str], at: str = "08:30") -> Any:
    hour, minute = map(int, at.split(":"))
    now = datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=ZONE)
    return CliRunner().invoke(shopday, words, obj=Terms(clock=lambda: now, user="lan"))


def _csv(path: Path, rows: Sequence[Json]) -> None:
    lines = [",".join(rows[0])] + [",".join(str(cell) for cell in row.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
