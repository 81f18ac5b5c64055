"""Net figures of the second shop in six steps and the report, recomputed from its raw exports.

The recomputation reads the exports with pandas only and uses none of the product's code.
"""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from core.tables.span import span
from core.tables.table import ShopTable
from routines.io.table_export import table
from sample.shops import TANGLI
from tests.conftest import ROOT, copy_of
from tests.topics.planted import Asked, Json, asking, numbers
from tests.topics.test_net_money_sample import Frame, day_of_items, money, of_month, to_come
from tui.cli.commands import shopday
from tui.cli.context import Terms

EXPORTS = ROOT / "sample" / TANGLI.folder / "exports"
SETTINGS = tomllib.loads((EXPORTS.parent / "shop.toml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 16)
NOVEMBER = [date(2026, 11, 1) + timedelta(days=n) for n in range(15)]
ADS = ("关键词推广花费", "精准人群推广花费", "智能场景花费", "全站推广花费")


def zipped(path: Path) -> Frame:
    with zipfile.ZipFile(path) as archive:
        content = archive.read(archive.namelist()[0])
    return pd.read_csv(io.BytesIO(content), dtype=str, encoding="gb18030")


@pytest.fixture(scope="module")
def refunds() -> Frame:
    rows = pd.concat([zipped(path) for path in sorted((EXPORTS / "refunds").glob("*.zip"))])
    made = pd.DataFrame(
        {
            "paid": pd.to_datetime(rows["订单付款时间"]).dt.date,
            "asked": pd.to_datetime(rows["退款申请时间"]).dt.date,
            "open": rows["退款完结时间"].isna(),
            "money": rows["退款总额"].astype(float),
            "order": rows["订单编号"],
            "kind": rows["售后类型"],
            "sent": rows["发货物流单号"].notna(),
            "item": rows["商品id"],
            "cancelled": rows["退款状态"].str.contains("关闭"),
        }
    )
    return made[(made["asked"] < TODAY) & (made["kind"] != "换货")]


@pytest.fixture(scope="module")
def succeeds(refunds: Frame) -> float:
    """The share of closed applications that were not taken back."""
    closed = refunds[~refunds["open"]]
    return float((~closed["cancelled"]).mean())


@pytest.fixture(scope="module")
def counted(refunds: Frame, succeeds: float) -> Frame:
    """The refunds that count, with the money each counts for."""
    weight = np.where(refunds["cancelled"], 0.0, np.where(refunds["open"], succeeds, 1.0))
    return refunds.assign(weighed=refunds["money"] * weight, weight=weight)


@pytest.fixture(scope="module")
def back(counted: Frame) -> Frame:
    """Refunds known by the day their order was paid."""
    return counted.groupby("paid")["weighed"].sum()


@pytest.fixture(scope="module")
def days() -> Frame:
    rows = pd.read_excel(next((EXPORTS / "shop_day").glob("*.xlsx")), dtype=str, engine="calamine")
    rows.index = pd.to_datetime(rows["统计日期"]).dt.date
    return rows.sort_index()


@pytest.fixture(scope="module")
def bill() -> Frame:
    """October's fees by kind, as shares of what they were charged on, and the insurance in yuan."""
    path = next((EXPORTS / "fees").glob("*_20261001_*.xlsx"))
    rows = pd.read_excel(path, dtype=str, engine="calamine")
    rows = rows.assign(fee=rows["本月付款"].astype(float), on=rows["本月交易额"].astype(float))
    return rows.groupby("业务大类")[["fee", "on"]].sum()


@pytest.fixture(scope="module")
def shop(second_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(second_shop, tmp_path_factory.mktemp("net") / "tangli")


@pytest.fixture(scope="module")
def asked(shop: Path) -> Asked:
    return asking(shop)


@pytest.fixture(scope="module")
def by_month(shop: Path) -> ShopTable:
    return table(shop, "profit", span(date(2026, 9, 1), date(2026, 11, 15), "month"), today=TODAY, lang="en")


@pytest.fixture(scope="module")
def waterfall(asked: Asked) -> dict[str, tuple[float, float]]:
    """The lines from paid to profit that the step target shows: yesterday's, and the month's so far."""
    rows = next(
        one for one in asked("target")["evidence"] if one["kind"] == "table" and "remained" in one["name"]
    )
    return {row[0].lstrip("−= "): (row[1], row[2]) for row in rows["rows"]}


def number(answer: Json, name: str) -> float:
    value = next(
        one["value"] for one in answer["evidence"] if one["kind"] == "number" and one["name"] == name
    )
    return float(value)


def item_days(name: str) -> Frame:
    """Return a figure of every item by day, from the item files of November."""
    rows = pd.concat([day_of_items(path) for path in sorted((EXPORTS / "items").glob("*_2026-11-*.xlsx"))])
    plain = rows[name].str.replace(",", "").replace("-", "0").astype(float)
    return pd.DataFrame(
        {"day": pd.to_datetime(rows["统计日期"]).dt.date, "item": rows["商品ID"], "value": plain}
    )


def test_paid_and_refunds_known_of_three_months(by_month: ShopTable, days: Frame, back: Frame) -> None:
    """Twelve figures: paid, refunds known, ads and commissions of three months."""
    paid, ads, taoke = money(days, "支付金额"), money(days, *ADS), money(days, "淘宝客佣金")
    for at, month in enumerate((9, 10, 11)):
        assert by_month.column("paid")[at] == pytest.approx(of_month(paid, month), abs=0.05)
        assert by_month.column("refunds_known")[at] == pytest.approx(of_month(back, month), abs=0.05)
        assert by_month.column("ads")[at] == pytest.approx(of_month(ads, month), abs=0.05)
        assert by_month.column("commission")[at] == pytest.approx(of_month(taoke, month), abs=0.05)


def test_a_month_whose_refunds_are_in_keeps_half(by_month: ShopTable, days: Frame, back: Frame) -> None:
    """One figure: September is closed, but for a few late returns."""
    paid = of_month(money(days, "支付金额"), 9)
    kept = paid - of_month(back, 9)
    assert by_month.column("net_sales")[0] == pytest.approx(kept, rel=0.003)
    assert 0.45 < kept / paid < 0.55


@pytest.fixture(scope="module")
def still(days: Frame, counted: Frame) -> dict[date, float]:
    """Refunds to come by day: a chain ladder in plain loops, with this shop's own share that succeeds."""
    special = set()
    for row in SETTINGS["calendar"]:
        length = (row.get("end", row["start"]) - row["start"]).days + 1
        for n in range(length):
            size = row["profile"][n] if "profile" in row else row["multiplier"]
            special |= {row["start"] + timedelta(days=n)} if size > 1 else set()
    rows = counted.assign(open=False)
    rows["money"] = rows["weighed"]
    return to_come(days, rows.assign(weight=counted["weight"]), special)


def test_yesterday_and_the_month_from_paid_to_net_sales(
    waterfall: dict[str, tuple[float, float]],
    days: Frame,
    back: Frame,
    still: dict[date, float],
    asked: Asked,
) -> None:
    """Eight figures of the step target."""
    paid = money(days, "支付金额")
    for at, span_ in enumerate(([NOVEMBER[-1]], NOVEMBER)):
        sold, seen = float(paid.loc[span_].sum()), float(back.reindex(span_).fillna(0.0).sum())
        come = sum(still[day] for day in span_)
        assert waterfall["Paid amount"][at] == pytest.approx(sold, abs=1)
        assert waterfall["refunds known"][at] == pytest.approx(seen, abs=1)
        assert waterfall["refunds to come"][at] == pytest.approx(come, rel=0.01)
        assert waterfall["net sales"][at] == pytest.approx(sold - seen - come, rel=0.01)
    text = next(one["text"] for one in asked("target")["findings"] if one["key"] == "target/kept")
    assert numbers(text)[:2] == pytest.approx(
        [round(waterfall["Paid amount"][1]), round(waterfall["net sales"][1])]
    )


def test_fees_by_the_rates_of_octobers_bill_and_the_profit(
    waterfall: dict[str, tuple[float, float]], bill: Frame, days: Frame
) -> None:
    """Six figures of the step target: fees, ads, and what is left in the end."""
    on = bill.loc["基础软件服务费", "on"]
    rate = float(bill.loc[["基础软件服务费", "天猫佣金", "返点积分"], "fee"].sum() / on)
    assert rate == pytest.approx(0.006 + 0.05 + 0.011, abs=1e-4)
    spent = money(days, *ADS)
    fixed = SETTINGS["money"]["fixed_month"] / 30
    for at, span_ in enumerate(([NOVEMBER[-1]], NOVEMBER)):
        net = waterfall["net sales"][at]
        assert waterfall["platform fees"][at] == pytest.approx(net * rate, abs=2)
        assert waterfall["ads"][at] == pytest.approx(float(spent.loc[span_].sum()), abs=1)
        lines = ("goods", "platform fees", "parcels, insurance, returns", "ads", "affiliates")
        left = net - sum(waterfall[name][at] for name in lines) - fixed * len(span_)
        assert waterfall["profit"][at] == pytest.approx(left, abs=3)


def test_goods_of_november_at_each_items_own_cost(waterfall: dict[str, tuple[float, float]]) -> None:
    """Two figures: the pieces paid at their cost, less the share that does not stay sold."""
    cost = {row["id"]: row["cost"] for row in SETTINGS["items"]}
    rows = item_days("支付件数")
    whole = (rows["value"] * rows["item"].map(cost)).groupby(rows["day"]).sum()
    for at, span_ in enumerate(([NOVEMBER[-1]], NOVEMBER)):
        goods = float(whole.loc[span_].sum())
        share = waterfall["net sales"][at] / waterfall["Paid amount"][at]
        assert waterfall["goods"][at] == pytest.approx(goods * share, rel=0.02)


def test_what_changed_concerns_refunds_that_are_in_the_list(asked: Asked, refunds: Frame) -> None:
    """Two figures of the step drivers (variance): refunds a day of two items."""
    items = {row["id"]: row["name"] for row in SETTINGS["items"]}
    shirt = next(key for key, name in items.items() if "打底衫" in name)
    text = next(
        one["text"] for one in asked("drivers")["findings"] if one["key"] == f"incidents/item_refunds/{shirt}"
    )
    said = re.search(r"([\d.]+) refunds a day since (\d+) Nov", text)
    assert said is not None
    own = refunds[refunds["item"] == shirt]
    since = date(2026, 11, int(said[2]))
    a_day = float((own["asked"] >= since).sum()) / (TODAY - since).days
    assert float(said[1]) == pytest.approx(a_day, rel=0.1)
    before = own[(own["asked"] >= date(2026, 9, 20)) & (own["asked"] < date(2026, 11, 1))]
    usual = re.search(r"usually (\d+(?:\.\d+)?)", text)
    assert usual is not None
    assert float(usual[1]) == pytest.approx(len(before) / 42, rel=0.35)


def refunded(counted: Frame, item: str) -> tuple[float, float]:
    """Return the shares of an item's October buyers refunded, and refunded after dispatch."""
    files = sorted((EXPORTS / "items").glob("*_2026-10-*.xlsx"))
    rows = pd.concat([day_of_items(path) for path in files])
    own = rows[rows["商品ID"] == item]
    buyers = float(own["支付买家数"].str.replace(",", "").astype(float).sum())
    first = min(pd.to_datetime(own["统计日期"]).dt.date)
    back = counted[
        (counted["item"] == item) & (counted["paid"] >= first) & (counted["paid"] <= date(2026, 10, 31))
    ]
    return float(back["weight"].sum()) / buyers, float(back.loc[back["sent"], "weight"].sum()) / buyers


def test_the_stock_step_counts_what_comes_back(asked: Asked, counted: Frame) -> None:
    """Two figures of the step stock: the share of the jeans' orders that is returned, and fit for sale."""
    jeans = next(row["id"] for row in SETTINGS["items"] if "牛仔裤女" in row["name"])
    text = next(one["text"] for one in asked("stock")["findings"] if one["key"] == f"stock/order/{jeans}")
    said = re.search(r"(\d+)% of the orders are returned, (\d+)% of them fit", text)
    assert said is not None
    assert float(said[1]) / 100 == pytest.approx(refunded(counted, jeans)[1], abs=0.04)
    fit = 1.0 - SETTINGS["money"]["resale_loss"]
    assert float(said[2]) / 100 == pytest.approx(fit, abs=0.005)


def test_the_returns_of_ads_are_after_refunds(asked: Asked, counted: Frame) -> None:
    """One figure of the step paid: the share of the sweater's orders refunded, drawn towards the shop's."""
    sweater = next(row["id"] for row in SETTINGS["items"] if "套头毛衣" in row["name"])
    warned = next(
        one["text"]
        for one in asked("paid")["findings"]
        if one["key"].startswith(f"paid/site_target/{sweater}")
    )
    said = re.search(r"yours is (\d+)%", warned)
    assert said is not None
    assert float(said[1]) / 100 == pytest.approx(refunded(counted, sweater)[0], abs=0.075)


def test_the_campaign_is_reviewed_by_what_was_paid(asked: Asked, days: Frame) -> None:
    """One figure of the step campaigns: what 双11 sold, from 20 October to 14 November."""
    text = next(
        one["text"] for one in asked("campaigns")["findings"] if one["key"] == "campaigns/effect/双11"
    )
    paid = money(days, "支付金额")
    whole = float(paid.loc[date(2026, 10, 20) : date(2026, 11, 14)].sum())
    assert any(one == pytest.approx(whole, abs=100) for one in numbers(text))


def test_the_report_states_on_its_first_page_what_the_month_kept(
    shop: Path, days: Frame, counted: Frame
) -> None:
    """Two figures of the report of 15 November: paid, and left after refunds, up to the 14th."""
    now = datetime(2026, 11, 16, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    done = CliRunner().invoke(
        shopday, ["report", str(shop), "--date", "2026-11-15"],
        obj=Terms(clock=lambda: now, user="boss"), env={"SHOPDAY_LANG": "en"},
    )  # fmt: skip
    first = re.search(r"Month to date: ¥([\d,]+) paid, ¥([\d,]+) of it left", done.output)
    assert first is not None, done.output[:400]
    paid, left = (float(one.replace(",", "")) for one in first.groups())
    upto = NOVEMBER[:-1]
    sold = float(money(days, "支付金额").loc[upto].sum())
    assert paid == pytest.approx(sold, abs=1)
    early = counted[counted["asked"] < date(2026, 11, 15)]
    seen = float(early[early["paid"].isin(upto)]["weighed"].sum())
    assert 0.45 * sold < left < sold - seen
