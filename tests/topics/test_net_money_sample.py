"""Twenty net figures of the sample, recomputed from its raw exports without any of the product's code."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from core.answers.answer import Table
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.measures.refund_shares import measured_refunds
from core.shop.loading import load_shop
from core.tables.span import span
from core.tables.table import ShopTable
from routines.answers.compute_answer import ask
from routines.io.table_export import table
from sample import catalogue
from tests.topics.imported import loaded

ROOT = Path(__file__).parents[2] / "sample" / "exports"
TODAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
Frame: TypeAlias = Any
"""A pandas frame or series, whose cells mypy cannot know."""


@pytest.fixture(scope="module")
def refunds() -> Frame:
    parts = [
        pd.read_excel(path, dtype=str, engine="calamine")
        for path in sorted((ROOT / "refunds").glob("*.xlsx"))
    ]
    rows = pd.concat(parts)
    made = pd.DataFrame(
        {
            "paid": pd.to_datetime(rows["订单付款时间"]).dt.date,
            "asked": pd.to_datetime(rows["退款申请时间"]).dt.date,
            "open": rows["退款完结时间"].isna(),
            "money": rows["退款总额"].astype(float),
            "order": rows["订单编号"],
            "kind": rows["售后类型"],
            "closed": pd.to_datetime(rows["退款完结时间"]).dt.date,
            "done": ~rows["退款状态"].str.contains("关闭"),
        }
    )
    return made[made["asked"] < TODAY]


@pytest.fixture(scope="module")
def days() -> Frame:
    old = pd.read_excel(next((ROOT / "shop_day").glob("*.xls")), header=3, dtype=str)
    new = pd.read_excel(next((ROOT / "shop_day").glob("*.xlsx")), dtype=str, engine="calamine")
    both = pd.concat([old[~old["统计日期"].isin(set(new["统计日期"]))], new])
    both.index = pd.to_datetime(both["统计日期"]).dt.date
    return both.sort_index()


def money(days: Frame, *names: str) -> Frame:
    columns = [name for name in names if name in days]
    plain = days[columns].apply(lambda one: one.str.replace(",", "").replace("-", np.nan).astype(float))
    return plain.sum(axis=1)


def known(refunds: Frame) -> Frame:
    return (refunds["money"] * np.where(refunds["open"], 0.92, 1.0)).groupby(refunds["paid"]).sum()


@pytest.fixture(scope="module")
def by_month(sample_shop: Path) -> ShopTable:
    whole = span(date(2026, 9, 1), date(2026, 11, 15), "month")
    return table(sample_shop, "profit", whole, today=TODAY, lang="en")


@pytest.fixture(scope="module")
def by_day(sample_shop: Path) -> ShopTable:
    whole = span(date(2026, 10, 17), date(2026, 11, 15), "day")
    return table(sample_shop, "profit", whole, today=TODAY, lang="en")


def of_month(values: Frame, month: int) -> float:
    return float(sum(value for day, value in values.items() if day.month == month))


def test_paid_refunds_ads_and_fixed_costs_of_three_months(
    by_month: ShopTable, days: Frame, refunds: Frame
) -> None:
    """Fifteen figures: five lines of three months."""
    paid, back = money(days, "支付金额"), known(refunds)
    ads = money(days, "关键词推广花费", "精准人群推广花费", "智能场景花费", "全站推广花费", "直通车消耗",
                "引力魔方花费", "万相台花费", "钻石展位消耗")  # fmt: skip
    taoke = money(days, "淘宝客佣金")
    for at, month in enumerate((9, 10, 11)):
        assert by_month.column("paid")[at] == pytest.approx(of_month(paid, month), abs=0.05)
        assert by_month.column("refunds_known")[at] == pytest.approx(of_month(back, month), abs=0.05)
        assert by_month.column("ads")[at] == pytest.approx(of_month(ads, month), abs=0.05)
        assert by_month.column("commission")[at] == pytest.approx(of_month(taoke, month), abs=0.05)
    assert by_month.column("fixed") == pytest.approx([168_000.0, 168_000.0, 84_000.0])


def test_months_whose_refunds_are_all_in_are_paid_less_refunds(
    by_month: ShopTable, days: Frame, refunds: Frame
) -> None:
    """Two figures: no refund of this shop is asked for after nine days."""
    paid, back = money(days, "支付金额"), known(refunds)
    for at, month in enumerate((9, 10)):
        wanted = of_month(paid, month) - of_month(back, month)
        assert by_month.column("net_sales")[at] == pytest.approx(wanted, rel=1e-4)


def to_come(days: Frame, refunds: Frame, special: set[date]) -> dict[date, float]:
    """Return refunds to come by day: a chain ladder and shrunk rates, written down again in plain loops."""
    paid = money(days, "支付金额")
    buyers = money(days, "支付买家数")
    last = TODAY - timedelta(days=1)
    chosen = [day for day in paid.index if refunds["asked"].min() <= day <= last]
    weight: dict[tuple[date, str], float] = {}
    age: dict[tuple[date, str], int] = {}
    for row in refunds.itertuples():
        key = (row.paid, row.order)
        counts = getattr(row, "weight", 0.92 if row.open else 1.0)
        weight[key] = max(weight.get(key, 0.0), counts)
        age[key] = min(age.get(key, 99), (row.asked - row.paid).days)
    seen: Counter[date] = Counter()
    steps: dict[date, Counter[int]] = defaultdict(Counter)
    for (day, order), one in weight.items():
        seen[day] += one  # type: ignore[assignment]
        steps[day][age[day, order]] += one  # type: ignore[assignment]
    young = [day for day in chosen if (last - day).days < 75]
    share = {44: 1.0}
    for a in range(43, -1, -1):
        old = [day for day in young if (last - day).days >= a + 1]
        before = sum(steps[day][k] for day in old for k in range(a + 1))
        after = sum(steps[day][k] for day in old for k in range(a + 2))
        share[a] = share[a + 1] / (after / before if before else 1.0)
    g = {day: share[min(44, (last - day).days)] for day in chosen}
    fade = {day: 0.5 ** ((last - day).days / 21) for day in young}
    plain = [day for day in young if day not in special]
    rate = sum(fade[d] * seen[d] for d in plain) / sum(fade[d] * buyers[d] * g[d] for d in plain)
    odd = [day for day in young if day in special]
    factor = (sum(seen[d] for d in odd) + 20) / (rate * sum(buyers[d] * g[d] for d in odd) + 20)
    ripe = [day for day in plain if g[day] > 0.9]
    excess = [
        ((seen[d] / (buyers[d] * g[d]) - rate) ** 2 - rate * (1 - rate) / (buyers[d] * g[d])) / rate**2
        for d in ripe
    ]
    v = min(0.09, max(0.0009, sum(excess) / len(excess)))
    kappa = (1 - rate) / (v * rate) - 1
    back = known(refunds)
    part = sum(back.get(d, 0.0) for d in chosen) / sum(seen[d] * paid[d] / buyers[d] for d in chosen)
    found = {}
    for day in chosen:
        prior = rate * factor if day in special else rate
        own = (kappa * prior + seen[day]) / (kappa + buyers[day] * g[day])
        each = own * (1 - g[day]) / (1 - own * g[day])
        found[day] = (buyers[day] - seen[day]) * each * paid[day] / buyers[day] * part
    return found


def test_refunds_still_to_come_of_single_days_and_the_month(
    by_day: ShopTable, by_month: ShopTable, days: Frame, refunds: Frame, sample_shop: Path
) -> None:
    """Six figures: yesterday, three days before, the day of the festival, and the month."""
    import tomllib

    rows = tomllib.loads((sample_shop / "shop.toml").read_text(encoding="utf-8"))["calendar"]
    special: set[date] = set()
    for row in rows:
        if row["multiplier"] > 1:
            end = row.get("end", row["start"])
            special |= {row["start"] + timedelta(days=n) for n in range((end - row["start"]).days + 1)}
        else:
            end = row.get("end", row["start"])
            special -= {row["start"] + timedelta(days=n) for n in range((end - row["start"]).days + 1)}
    wanted = to_come(days, refunds, special)
    places = {day: at for at, day in enumerate(by_day.column("period"))}
    for day in (
        date(2026, 11, 15),
        date(2026, 11, 14),
        date(2026, 11, 12),
        date(2026, 11, 11),
        date(2026, 11, 8),
    ):
        found = by_day.column("refunds_to_come")[places[day]]
        assert found == pytest.approx(wanted[day], rel=1e-6), day
    month = sum(value for day, value in wanted.items() if day.month == 11)
    assert by_month.column("refunds_to_come")[2] == pytest.approx(month, rel=1e-6)


def day_of_items(path: Path) -> Frame:
    """Return the rows below the header row, wherever it is."""
    rows = pd.read_excel(path, header=None, dtype=str, engine="calamine")
    at = next(n for n, cells in enumerate(rows.itertuples(index=False)) if "商品ID" in cells)
    below = rows.iloc[at + 1 :]
    below.columns = list(rows.iloc[at])
    return below[below["商品ID"].notna()]


def test_goods_and_profit_of_october(by_month: ShopTable) -> None:
    """Two figures, from the items' own costs as far as their days are there."""
    items: Frame = pd.concat(
        [day_of_items(path) for path in sorted((ROOT / "items").glob("*_2026-10-*.xls"))]
    )
    cost = {item.id: float(item.cost) for item in catalogue.ITEMS}
    plain = {name: items[name].str.replace(",", "").replace("-", "0").astype(float) for name in
             ("支付件数", "支付金额")}  # fmt: skip
    goods = float((items["商品ID"].map(cost) * plain["支付件数"]).sum())
    paid, net = by_month.column("paid")[1], by_month.column("net_sales")[1]
    assert isinstance(paid, float)
    assert isinstance(net, float)
    rest = (paid - float(plain["支付金额"].sum())) * 0.45
    kept = (goods + rest) * net / paid
    assert by_month.column("goods")[1] == pytest.approx(kept, rel=1e-6)
    fees = net * 0.006
    assert by_month.column("fees")[1] == pytest.approx(fees)
    taken = sum(by_month.column(name)[1] for name in ("ads", "commission", "fixed"))  # type: ignore[misc]
    assert by_month.column("profit")[1] == pytest.approx(net - kept - fees - taken, abs=0.5)
    assert json.dumps(by_month.notes).count("parcels (ship)") == 1


def test_the_refund_shares_by_which_orders_are_valued_and_stock_comes_back(
    sample_shop: Path, days: Frame, refunds: Frame
) -> None:
    """September's refunds are all in: their rate, divided by kind; and how long a return takes."""
    paid = money(days, "支付金额")
    rate = of_month(known(refunds), 9) / of_month(paid, 9)
    early = float((refunds["kind"] == "仅退款").mean())
    done = refunds[(refunds["kind"] == "退货退款") & ~refunds["open"] & refunds["done"]]
    back = float((pd.to_datetime(done["closed"]) - pd.to_datetime(done["paid"])).dt.days.median())
    found = measured_refunds(
        loaded(sample_shop, ShopDay).frame, loaded(sample_shop, Refunds).frame, None,
        load_shop(sample_shop), TODAY,
    )  # fmt: skip
    assert found.basis == "list"
    assert found.shop.before == pytest.approx(rate * early, rel=0.08)
    assert found.shop.after == pytest.approx(rate * (1 - early), rel=0.08)
    assert found.days_back == round(back) + 1
    assert found.returned == 1.0


def test_what_double_eleven_kept(sample_shop: Path, days: Frame, refunds: Frame) -> None:
    """Eleven days' sales less their refunds, known and usual, less what the weeks before would have kept."""
    answer = ask(sample_shop, "campaigns", day=TODAY, now=NOON, lang="en")
    table = next(one for one in answer.evidence if isinstance(one, Table) and "finished" in one.name)
    columns = [column.id for column in table.columns]
    row = dict(zip(columns, next(one for one in table.rows if one[0] == "双11 大促"), strict=True))
    cells = {name: float(str(row[name])) for name in ("sold", "usual", "uplift", "net", "kept", "refunds")}
    paid = money(days, "支付金额")
    span_ = [date(2026, 11, 1) + timedelta(days=n) for n in range(11)]
    assert cells["sold"] == pytest.approx(float(paid.loc[span_].sum()), abs=1)
    seen = float(known(refunds).reindex(span_).sum()) / cells["sold"]
    usual = of_month(known(refunds), 9) / of_month(paid, 9)
    assert seen < cells["refunds"] < 1.6 * seen
    around = cells["net"] - cells["uplift"]
    own = 1 - cells["refunds"]
    assert cells["kept"] == pytest.approx(
        cells["sold"] * own - (cells["usual"] - around) * (1 - usual), rel=0.01
    )
