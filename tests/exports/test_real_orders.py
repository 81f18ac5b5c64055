"""28,010 real orders of one shop, February 2020: read by path, never copied."""

from __future__ import annotations

import pytest

from core.exports.reading.result import Reading
from tests.conftest import ROOT
from tests.exports.files import reading, said

FILE = ROOT.parent / "shared" / "data" / "tmall_order_report.csv"

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the real orders are not on this machine")


@pytest.fixture(scope="module")
def orders() -> Reading:
    return reading(FILE)


def test_every_order_comes_in(orders: Reading) -> None:
    assert orders.sheet is not None
    assert orders.sheet.id == "orders"
    assert orders.rows == 28_010
    assert not [problem for problem in orders.problems if problem.level == "row"]


def test_the_figures_are_the_files(orders: Reading) -> None:
    frame = orders.frame
    assert frame["amount"].sum() == pytest.approx(2_995_760.65, abs=1)
    assert int(frame["paid"].isna().sum()) == 3_923
    assert frame["region"].nunique() == 31
    assert (frame["region"] != "").all()
    assert frame["status"].eq("").all(), "a column that is not there is empty, not invented"


def test_two_days_without_orders_are_told(orders: Reading) -> None:
    assert "The file has no rows for 8 Feb, 16 Feb." in said(orders)


def test_the_outlier_is_counted_and_told_with_its_row(orders: Reading) -> None:
    assert orders.frame["amount"].max() == 188_320
    told = next(problem for problem in orders.problems if "¥188,320" in problem.what)
    assert told.level == "note"
    line = FILE.read_text(encoding="utf-8").splitlines()[(told.row or 0) - 1]
    assert "188320.0" in line
