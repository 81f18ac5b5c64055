"""Files as operators have them that nobody knows: taught with a few words, they read to the right figures."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from core.exports.kinds.registry import SHEETS
from core.facts.ledger import Ledger
from core.facts.window import load
from tests.cli.conftest import Run

FILES = Path(__file__).parents[1] / "exports" / "operator_files"
SUNDAY = datetime(2026, 11, 29, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class Taught(NamedTuple):
    """What has to be said about a file, and what it reads to."""

    words: tuple[str, ...]
    sheet: str
    rows: int
    sums: dict[str, float]
    shop: str = "兰亭女装旗舰店"


TAUGHT = {
    "b21_reviews.xlsx": Taught((), "reviews", 20, {}),
    "b22_service_20261128.xlsx": Taught(
        (), "service", 2, {"inquiries": 100, "converted": 40, "amount": 4_000}
    ),
    "b33_jst_sales.xlsx": Taught(
        (
            "--as",
            "orders",
            "--column",
            "order=内部订单号",
            "--column",
            "paid=付款日期",
            "--column",
            "amount=销售金额",
        ),
        "orders",
        9,
        {"amount": 900},
        shop="甲店",
    ),
    "n24_shopify_orders.csv": Taught(
        (
            *("--as", "orders", "--column", "order=Name", "--column", "created=Created at"),
            *("--column", "paid=Paid at", "--column", "amount=Total", "--column", "units=Lineitem quantity"),
            *("--column", "titles=Lineitem name", "--column", "refund_amount=Refunded Amount"),
            *("--amount-per", "order", "--fill-down", "Created at", "--fill-down", "Paid at"),
        ),
        "orders",
        2,
        {"amount": 85, "units": 3, "refund_amount": 30},
    ),
    "n25_amazon_business_2026-11-28.csv": Taught(
        (
            *("--as", "items", "--column", "item=(Child) ASIN", "--column", "title=Title"),
            *("--column", "visitors=Sessions - Total", "--column", "units=Units Ordered"),
            *("--column", "gmv=Ordered Product Sales"),
        ),
        "items",
        2,
        {"visitors": 600, "units": 30, "gmv": 1_900},
    ),
}


@pytest.mark.parametrize(("name", "right"), TAUGHT.items())
def test_a_file_that_is_taught_reads_to_the_right_figures(
    name: str, right: Taught, tmp_path: Path, run: Run
) -> None:
    shop = tmp_path / "one"
    shop.mkdir()
    (shop / "shop.toml").write_text(f'name = "{right.shop}"\n', encoding="utf-8")
    refused = run("import", shop, FILES / name, clock=SUNDAY)
    assert refused.exit_code == 3
    taught = run("teach", shop, FILES / name, *right.words, "--yes", clock=SUNDAY)
    assert taught.exit_code == 0, taught.output
    (batch,) = Ledger(shop).batches()
    assert (batch.sheet, batch.rows) == (right.sheet, right.rows)
    frame = load(shop, SHEETS[right.sheet], date(2026, 10, 1), SUNDAY.date()).frame
    assert {column: float(frame[column].sum()) for column in right.sums} == pytest.approx(right.sums)

    again = shutil.copy(FILES / name, tmp_path / f"neu_{name}")
    with Path(again).open("ab") as file:
        file.write(b"\n" if name.endswith(".csv") else b"")
    assert run("import", shop, again, clock=SUNDAY).exit_code == 0
